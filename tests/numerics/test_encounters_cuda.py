"""The device's search, simulated, against that of the CPU; its questions lose nothing."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.numerics import encounters_search
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.encounters import Encounters, Search, encounters_in, new_search
from hoshimori.numerics.encounters_cells import FIELDS
from hoshimori.numerics.encounters_search import Crossings, SlowSteps
from hoshimori.numerics.movers import movers
from hoshimori.numerics.sgp4 import initialise
from hoshimori.numerics.trajectories import ephemerides

pytest.importorskip("numba.cuda", reason="this Numba brings no CUDA target, and no simulator")

from hoshimori.numerics.encounters_cuda import near_pairs, why_no_device
from hoshimori.numerics.encounters_cuda_sieve import (
    BOUNDS,
    bound_group,
    group_limit_2,
    may_pass,
    pair_limit_2,
    place_on_path,
    shells_meet,
)

T0 = np.datetime64("2025-03-03T00:00:00", "us")
STEP_S = 450.0
STEPS = 6
THRESHOLD_KM = 150.0
"""Far enough that the orbits below meet as they are made to, whatever the flattening does."""
MEETINGS_S = (-15.0, 500.0, 2 * STEP_S, 1700.0, STEPS * STEP_S + 5.0)
"""Before the window, inside, where two steps join, and after: the first and last leave edges."""
PASSING = ((0.4, 0.0, 0.0), (1.0, 0.0, 8.0), (1.7, 0.0, -11.0), (1.3, 0.05, 5.0), (0.8, 0.73, 20.0))
"""Inclination, eccentricity and height over the others, of those that meet."""
SAME_S, SAME_KM = 1e-4, 1e-6
"""What fast pairs may differ by between processors: a tenth of a millisecond, a millimetre."""

Found = list[tuple[Crossings, SlowSteps]]


def crowd() -> MeanElements:
    """Objects that pass one place of their orbits' common node at one time, five at each meeting.

    Three are in circular low orbits, two at the perigee of eccentric ones. Then two that move
    together, two in the belt that cross slowly, and two with one element set.
    """
    mu, node_km = 398600.8, 7170.0
    rows = []
    for meeting, t_s in enumerate(MEETINGS_S):
        for tilt, e, low_km in (
            (0.4, 0, 0),
            (1.0, 0, 8),
            (1.7, 0, -11),
            (1.3, 0.05, 5),
            (0.8, 0.73, 20),
        ):
            a = (node_km + low_km) / (1.0 - e)
            rows.append((a, e, tilt, 1.1 * meeting, t_s))
    rows += [(7000.0, 0.001, 0.9, 2.0, 300.0), (7000.3, 0.001, 0.9001, 2.0, 300.0)]
    rows += [(42164.0, 0.0001, 0.001, 1.0, 800.0), (42170.0, 0.0001, 0.02, 1.0, 800.0)]
    rows += [(6900.0, 0.002, 1.4, 0.5, 0.0)] * 2
    a_km, e, tilt, node, t_s = np.array(rows).T
    motion = np.sqrt(mu / a_km**3)
    return MeanElements(
        epoch_utc=np.full(len(rows), T0),
        mean_motion_kozai_rad_min=60.0 * motion,
        eccentricity=e + 1e-5,
        inclination_rad=tilt,
        raan_rad=node,
        arg_of_perigee_rad=np.zeros(len(rows)),
        mean_anomaly_rad=-motion * t_s % (2.0 * np.pi),
        bstar_per_er=np.full(len(rows), 1e-5),
    )


def searches() -> list[tuple[Search, int, int, int]]:
    """All against all, a part of it with too little room for candidates, and two against all."""
    satellites = initialise(crowd())
    window = (satellites, T0, STEPS * STEP_S, THRESHOLD_KM)
    every = new_search(*window, longest_step_s=STEP_S)
    few = new_search(*window, primaries=np.array([27, 9, 0]), longest_step_s=STEP_S)
    return [(every, 0, STEPS, 1 << 16), (every, 2, 4, 2), (few, 0, STEPS, 1 << 16)]


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Search, int, int, Found]]:
    folder = tmp_path_factory.mktemp("device")
    asked = searches()
    (folder / "searches").write_bytes(pickle.dumps(asked))
    script = Path(__file__).with_name("simulated_device.py")
    command = [sys.executable, str(script), str(folder / "searches"), str(folder / "results")]
    subprocess.run(command, check=True)
    found = pickle.loads((folder / "results").read_bytes())
    return [(*case[:3], part) for case, part in zip(asked, found, strict=True)]


@pytest.mark.parametrize("case", [0, 1, 2])
def test_same_encounters_as_on_the_cpu(
    simulated: list[tuple[Search, int, int, Found]], case: int
) -> None:
    search, first, last, found = simulated[case]
    expected = encounters_in(search, first, last)
    ours = encounters_in(search, first, last, finder=lambda *_: found)
    assert len(expected) > 3
    assert_same(ours, expected)


def assert_same(ours: Encounters, expected: Encounters) -> None:
    for name in ("primary", "secondary", "at_window_edge"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(expected, name))
    np.testing.assert_allclose(ours.tca_s, expected.tca_s, rtol=0, atol=SAME_S)
    for name in ("miss_km", "relative_position_teme_km"):
        speed = expected.speed_km_s if name == "miss_km" else expected.speed_km_s[:, None]
        # A position moves by the speed in what the times may differ; the least range does not.
        late = 0.0 if name == "miss_km" else SAME_S
        off = np.abs(getattr(ours, name) - getattr(expected, name))
        assert np.all(off <= SAME_KM + late * speed)


def test_the_crowd_is_worth_it(simulated: list[tuple[Search, int, int, Found]]) -> None:
    """It holds all meetings, slow pairs, eccentric and high orbits, and rows at both edges."""
    search, first, last, found = simulated[0]
    rows = encounters_in(search, first, last, finder=lambda *_: found)
    assert len(rows) >= 40
    assert {25, 26, 27, 28} <= {*rows.primary, *rows.secondary}
    assert rows.at_window_edge[[0, -1]].all()
    assert sum(len(slow.step) for _, slow in found) > 0


def test_slow_steps_are_those_of_the_cpu(simulated: list[tuple[Search, int, int, Found]]) -> None:
    search, first, last, found = simulated[0]
    on_cpu = encounters_search.near_pairs(search, first, last)
    # Whether a pair that stays outside the threshold is a candidate depends on rounding; a slow one
    # that comes inside must be among those of both.
    inside = {
        (int(a), int(b), int(t_s // search.step_s))
        for a, b, t_s in slow_rows(encounters_in(search, first, last))
    }
    names = search.rows
    for steps in (found, list(on_cpu)):
        asked = {
            (*sorted((int(names[a]), int(names[b]))), int(k))
            for _, slow in steps
            for a, b, k in zip(slow.first, slow.second, slow.step, strict=True)
        }
        assert inside <= asked


def slow_rows(rows: Encounters) -> list[tuple[int, int, float]]:
    slow = np.flatnonzero((rows.speed_km_s < 0.5) & ~rows.at_window_edge)
    pairs = np.sort(np.stack([rows.primary[slow], rows.secondary[slow]], axis=1), axis=1)
    return [(int(a), int(b), float(t)) for (a, b), t in zip(pairs, rows.tca_s[slow], strict=True)]


singles = st.floats(-1.0, 1.0, width=32)
vectors = st.tuples(singles, singles, singles)


def single(vector: Sequence[float], scale: float) -> tuple[np.float32, np.float32, np.float32]:
    x, y, z = (np.float32(scale * component) for component in vector)
    return x, y, z


def least_range(d: Sequence[float], w: Sequence[float], reach: float) -> float:
    """Return the least |d + w x| for |x| up to reach, exactly but for double rounding."""
    place, motion = np.asarray(d, np.float64), np.asarray(w, np.float64)
    speed_2 = float(motion @ motion)
    x = 0.0 if speed_2 == 0.0 else float(np.clip(-(place @ motion) / speed_2, -reach, reach))
    return float(np.linalg.norm(place + x * motion))


@settings(deadline=None)  # the first call compiles
@given(
    vectors,
    vectors,
    st.floats(0.01, 8000.0),
    st.floats(1e-6, 20.0),
    st.floats(1.0, 5000.0),
    st.floats(30.0, 600.0),
)
def test_neither_question_loses_a_pair(
    place: Sequence[float],
    motion: Sequence[float],
    far_km: float,
    fast_km_s: float,
    limit_km: float,
    reach_s: float,
) -> None:
    d, w = single(place, far_km), single(motion, fast_km_s)
    limit_2, reach = np.float32(limit_km**2), np.float32(reach_s)
    nearest = least_range(d, w, float(reach))
    rounding_km = 16.0 * 2.0**-24 * 2.0 * (far_km + fast_km_s * reach_s)
    if nearest <= limit_km - rounding_km - 1e-6 * limit_km:
        assert may_pass(d, w, limit_2, reach)
        assert place_on_path(d, w, limit_2, reach)[0]
    if nearest > 1.01 * limit_km + rounding_km:
        assert not place_on_path(d, w, limit_2, reach)[0]


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([5.0, 50.0]), st.sampled_from([180.0, 240.0]))
def test_limits_of_groups_hold_for_their_pairs(
    seed: int, threshold_km: float, half_step_s: float
) -> None:
    rng = np.random.default_rng(seed)
    objects = 24
    arcs = np.empty((FIELDS, objects), np.float32)
    arcs[6] = rng.choice([6600.0, 7000.0, 26000.0]) * rng.uniform(1.0, 1.3, objects)
    arcs[7] = arcs[6] + 10.0 ** rng.uniform(0.0, 3.5, objects)
    arcs[8] = rng.uniform(0.0, 2.0, objects)
    bounds = np.empty((BOUNDS, 2), np.float32)
    for group in range(2):
        first, last = 12 * group, 12 * group + 12
        bound_group(arcs, first, last, half_step_s, threshold_km, bounds[:, group])
    whole = group_limit_2(bounds, 0, 1)
    for i in range(12):
        for j in range(12, 24):
            own = pair_limit_2(arcs, bounds, (0, 1), (i, j))
            assert threshold_km**2 < own <= whole * (1.0 + 1e-6)
            if shells_meet(arcs, i, j, np.float32(threshold_km)):
                assert bounds[0, 0] <= bounds[1, 1] + threshold_km
                assert bounds[0, 1] <= bounds[1, 0] + threshold_km


def test_one_object_meets_nothing() -> None:
    one = new_search(initialise(crowd().take(np.array([3]))), T0, 3600.0, THRESHOLD_KM)
    assert list(near_pairs(one, 0, one.steps)) == []


def test_without_a_device_the_reason_is_told() -> None:
    reason = why_no_device()
    if not reason:
        pytest.skip("this machine has a CUDA device")
    assert "NVIDIA driver" in reason


def test_objects_with_tables_are_refused() -> None:
    given = movers(initialise(crowd()), ephemerides([[]]))
    with pytest.raises(ValueError, match="search on the CPU"):
        next(iter(near_pairs(new_search(given, T0, STEP_S, THRESHOLD_KM), 0, 1)))
