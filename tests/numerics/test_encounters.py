"""The search against brute force: every minimum of range, once, whatever the orbits."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import fields, replace

import numba
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sgp4.api import WGS72, Satrec, SatrecArray

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.encounters import (
    Encounters,
    closest_approaches,
    encounters_in,
    joined,
    new_search,
)
from hoshimori.numerics.sgp4 import Satellites, initialise

T0 = np.datetime64("2025-03-03T00:00:00", "us")
T0_JULIAN = 2460737.5
DAYS_SINCE_1949 = T0_JULIAN - 2433281.5
GRID_S = 5.0
FASTEST_KM_S = 16.0
ONE_MILLISECOND_S = 1e-3
ONE_MILLIMETRE_KM = 1e-6
ROUNDING_KM = 1e-9
"""Of a propagated position in double precision."""
SLOW_STENCIL_S = 1e-3
"""Truncation of the rates of slow pairs, in the time of the closest approach."""

AsElements = Callable[[Sequence[Satrec]], MeanElements]


def satrec(
    mean_motion_rad_min: float,
    e: float,
    i: float,
    node: float,
    argument: float,
    anomaly: float,
    bstar: float = 1e-5,
) -> Satrec:
    made = Satrec()
    epoch = DAYS_SINCE_1949 - 0.25
    made.sgp4init(
        WGS72, "i", 1, epoch, bstar, 0.0, 0.0, e, argument, i, anomaly, mean_motion_rad_min, node
    )
    return made


def random_sky(seed: int) -> list[Satrec]:
    """Objects that meet the first one: co-moving and crossing, in LEO, eccentric, HEO or GEO."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(4)
    rev_day, e = [(15.2, 0.001), (1.0027, 0.0003), (2.006, 0.7), (9.5, 0.2)][kind]
    i, node, argument, anomaly = rng.uniform(0.05, 1.8), *rng.uniform(0, 2 * np.pi, 3)
    motion = rev_day * 2 * np.pi / 1440
    sky = [satrec(motion, e, i, node, argument, anomaly)]
    for _ in range(10):  # near it, by 100 m to hundreds of km
        size = 10 ** rng.uniform(-5.0, -1.5)
        d = rng.normal(size=6) * size
        sky.append(
            satrec(
                motion * (1 + d[0] * 0.1),
                abs(e + 0.2 * d[1]),
                i + d[2],
                node + d[3],
                argument + d[4],
                anomaly + d[5] - d[4],
            )
        )
    for _ in range(8):  # crossing its orbit at its own height
        tilt, turn, phase = rng.uniform(0.1, 3.0), *rng.uniform(0, 2 * np.pi, 2)
        sky.append(satrec(motion * rng.uniform(0.98, 1.02), e, tilt, turn, argument, phase))
    return sky


def all_ranges(sky: Sequence[Satrec], t_s: np.ndarray) -> np.ndarray:
    errors, r, _ = SatrecArray(sky).sgp4(np.full(len(t_s), T0_JULIAN), t_s / 86400.0)
    ranges = np.linalg.norm(r[1:] - r[0], axis=2)
    return np.where((errors[1:] == 0) & (errors[0] == 0), ranges, np.inf)


def minimum_between(pair: Sequence[Satrec], low_s: float, high_s: float) -> tuple[float, float]:
    """Narrow a minimum down by ever finer sampling."""
    while True:
        t = np.linspace(low_s, high_s, 41)
        ranges = all_ranges(pair, t)[0]
        best = int(np.argmin(ranges))
        step = t[1] - t[0]
        if step < 0.1 * ONE_MILLISECOND_S:
            return float(t[best]), float(ranges[best])
        low_s, high_s = max(low_s, t[best] - step), min(high_s, t[best] + step)


def brute_force(
    sky: Sequence[Satrec], duration_s: float, threshold_km: float
) -> list[tuple[int, float, float]]:
    """Return (object, time, range) of all local minima, edges of the window included."""
    t = np.linspace(0.0, duration_s, round(duration_s / GRID_S) + 1)
    ranges = np.pad(all_ranges(sky, t), ((0, 0), (1, 1)), constant_values=np.inf)
    lowest = (ranges[:, 1:-1] <= ranges[:, :-2]) & (ranges[:, 1:-1] < ranges[:, 2:])
    candidates = lowest & (ranges[:, 1:-1] < threshold_km + FASTEST_KM_S * GRID_S)
    found = edges(sky, duration_s, threshold_km)
    for row, k in np.argwhere(candidates):
        around = max(t[k] - GRID_S, 0.0), min(t[k] + GRID_S, duration_s)
        tca_s, miss_km = minimum_between([sky[0], sky[row + 1]], *around)
        # Ranges that rounding does not tell apart are one minimum: that of the edge.
        is_the_edge = any(
            other == row + 1 and abs(at_s - tca_s) <= GRID_S and at_km - miss_km < 4 * ROUNDING_KM
            for other, at_s, at_km in found
        )
        if ONE_MILLIMETRE_KM < miss_km <= threshold_km and not is_the_edge:
            found.append((int(row) + 1, tca_s, miss_km))
    return found


def edges(
    sky: Sequence[Satrec], duration_s: float, threshold_km: float
) -> list[tuple[int, float, float]]:
    """Return pairs that recede at the start or approach at the end of the window."""
    ranges = all_ranges(sky, np.array([0.0, 0.1, duration_s - 0.1, duration_s]))
    start = [(row, 0.0, r[0]) for row, r in enumerate(ranges, 1) if r[0] < r[1]]
    end = [(row, duration_s, r[3]) for row, r in enumerate(ranges, 1) if r[3] < r[2]]
    return [event for event in start + end if event[2] <= threshold_km]


def by_pair(found: Encounters) -> Encounters:
    return found.take(np.lexsort((found.tca_s, found.secondary, found.primary)))


def assert_same(found: Encounters, truth: list[tuple[int, float, float]]) -> None:
    assert sorted(found.secondary) == sorted(row for row, _, _ in truth)
    for row in set(found.secondary):
        mine = found.take(found.secondary == row)
        mine = mine.take(np.argsort(mine.tca_s))
        theirs = np.sort([t for other, t, _ in truth if other == row])
        # Brute force compares ranges, whose rounding hides shifts of sqrt(rounding * range) / v;
        # the search compares rates, with differences over a second.
        blur_s = np.sqrt(2.0 * ROUNDING_KM * mine.miss_km) / mine.speed_km_s
        blur_s += ROUNDING_KM * mine.miss_km / mine.speed_km_s**2
        np.testing.assert_array_less(
            np.abs(mine.tca_s - theirs), 4.0 * (ONE_MILLISECOND_S + SLOW_STENCIL_S + blur_s)
        )
    ours_km = np.sort(found.miss_km)
    theirs_km = np.sort([miss for _, _, miss in truth])
    np.testing.assert_allclose(ours_km, theirs_km, rtol=0.0, atol=ONE_MILLIMETRE_KM)


@settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 2**32 - 1), st.sampled_from([2.0, 20.0, 50.0]), st.sampled_from([60, 240, 480])
)
def test_brute_force_finds_no_minimum_more_and_none_less(
    as_elements: AsElements, seed: int, threshold_km: float, step_s: int
) -> None:
    sky = random_sky(seed)
    duration_s = 4.0 * 3600.0
    found = closest_approaches(
        initialise(as_elements(sky)), [0], T0, duration_s, threshold_km, longest_step_s=step_s
    )
    truth = [
        event
        for event in brute_force(sky, duration_s, threshold_km)
        if abs(event[2] - threshold_km) > ONE_MILLIMETRE_KM
    ]
    assert_same(found, truth)


@pytest.fixture(scope="module")
def cluster(as_elements: AsElements) -> Satellites:
    """One primary with neighbours that cross and neighbours that stay."""
    return initialise(as_elements(random_sky(14)))


def test_the_step_changes_nothing(cluster: Satellites) -> None:
    coarse = closest_approaches(cluster, [0, 3], T0, 86400.0, 60.0, longest_step_s=480.0)
    fine = closest_approaches(cluster, [0, 3], T0, 86400.0, 60.0, longest_step_s=30.0)
    assert len(fine) > 10
    coarse, fine = by_pair(coarse), by_pair(fine)
    np.testing.assert_array_equal(coarse.secondary, fine.secondary)
    np.testing.assert_allclose(coarse.miss_km, fine.miss_km, rtol=0.0, atol=ONE_MILLIMETRE_KM)


def test_two_half_windows_give_the_whole_one(cluster: Satellites) -> None:
    whole = closest_approaches(cluster, [0], T0, 86400.0, 60.0)
    cut_s = float(np.sort(whole.tca_s)[len(whole) // 2]) + 7.0
    first = closest_approaches(cluster, [0], T0, cut_s, 60.0)
    later = np.timedelta64(round(cut_s * 1e6), "us")
    second = closest_approaches(cluster, [0], T0 + later, 86400.0 - cut_s, 60.0)
    inside = [part.take(~part.at_window_edge) for part in (first, second)]
    assert len(inside[0]) + len(inside[1]) == len(whole.take(~whole.at_window_edge))


def test_a_pair_below_the_threshold_at_an_edge_is_reported_there_and_marked(
    cluster: Satellites,
) -> None:
    whole = closest_approaches(cluster, [0], T0, 86400.0, 60.0)
    inner = whole.take(~whole.at_window_edge)
    slow = inner.take(inner.speed_km_s < 1.0)
    row, tca_s = int(slow.secondary[0]), float(slow.tca_s[0])
    pair = cluster.take(np.array([0, row]))
    until_before = closest_approaches(pair, [0], T0, tca_s - 5.0, 60.0)
    last = until_before.take([-1])
    assert last.at_window_edge[0]
    assert last.tca_s[0] == pytest.approx(tca_s - 5.0)
    assert last.miss_km[0] > slow.miss_km[0]


def test_two_primaries_meet_once_and_rows_may_come_in_any_order(cluster: Satellites) -> None:
    found = closest_approaches(cluster, [0, 3], T0, 86400.0, 60.0)
    pairs = np.stack([found.primary, found.secondary], axis=1)
    assert (pairs != [3, 0]).any(axis=1).all()
    order = np.random.default_rng(5).permutation(len(cluster))
    place = np.argsort(order)
    shuffled = closest_approaches(cluster.take(order), place[[0, 3]], T0, 86400.0, 60.0)
    back = by_pair(
        replace(shuffled, primary=order[shuffled.primary], secondary=order[shuffled.secondary])
    )
    found = by_pair(found)
    np.testing.assert_array_equal(back.primary, found.primary)
    np.testing.assert_array_equal(back.secondary, found.secondary)
    np.testing.assert_allclose(back.tca_s, found.tca_s, rtol=0.0, atol=ONE_MILLISECOND_S)


@pytest.fixture(scope="module")
def crowd(as_elements: AsElements) -> Satellites:
    """Objects of every kind, many of which meet."""
    return initialise(as_elements([each for seed in (1, 2, 4, 8, 14) for each in random_sky(seed)]))


def assert_identical(one: Encounters, other: Encounters) -> None:
    for field in fields(Encounters):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


def test_all_against_all_is_every_object_as_a_primary(crowd: Satellites) -> None:
    search = new_search(crowd, T0, 43200.0, 30.0)
    found = encounters_in(search, 0, search.steps)
    few = closest_approaches(crowd, np.arange(len(crowd)), T0, 43200.0, 30.0, longest_step_s=360.0)
    assert len(found) > 50
    assert_identical(found, few)
    assert (found.primary < found.secondary).all()


def test_a_window_searched_in_parts_gives_the_same_rows(crowd: Satellites) -> None:
    search = new_search(crowd, T0, 43200.0, 30.0)
    whole = encounters_in(search, 0, search.steps)
    assert_identical(whole, encounters_in(search, 0, search.steps))
    cuts = [0, 1, 17, 80, search.steps - 1, search.steps]
    parts = [encounters_in(search, *span) for span in itertools.pairwise(cuts)]
    together = joined(parts)
    order = np.lexsort((together.secondary, together.primary, together.tca_s))
    assert_identical(whole, together.take(order))


def test_permuting_the_objects_permutes_the_result_and_nothing_else(crowd: Satellites) -> None:
    search = new_search(crowd, T0, 43200.0, 30.0)
    found = encounters_in(search, 0, search.steps)
    order = np.random.default_rng(6).permutation(len(crowd))
    search = new_search(crowd.take(order), T0, 43200.0, 30.0)
    shuffled = encounters_in(search, 0, search.steps)
    first, second = order[shuffled.primary], order[shuffled.secondary]
    swapped = first > second
    sign = np.where(swapped, -1.0, 1.0)[:, None]
    back = replace(
        shuffled,
        primary=np.where(swapped, second, first),
        secondary=np.where(swapped, first, second),
        relative_position_teme_km=sign * shuffled.relative_position_teme_km,
        relative_velocity_teme_km_s=sign * shuffled.relative_velocity_teme_km_s,
    )
    assert_identical(found, back.take(np.lexsort((back.secondary, back.primary, back.tca_s))))


@pytest.mark.parametrize("threads", [1, 2])
def test_the_number_of_threads_changes_nothing(crowd: Satellites, threads: int) -> None:
    search = new_search(crowd, T0, 43200.0, 30.0)
    found = encounters_in(search, 0, search.steps)
    before = numba.get_num_threads()
    numba.set_num_threads(min(threads, numba.config.NUMBA_NUM_THREADS))
    try:
        assert_identical(found, encounters_in(search, 0, search.steps))
    finally:
        numba.set_num_threads(before)


def test_docked_objects_never_meet(as_elements: AsElements) -> None:
    sky = random_sky(3)[:1] * 2
    found = closest_approaches(initialise(as_elements(sky)), [0], T0, 86400.0, 10.0)
    assert len(found) == 0


def test_an_object_that_decays_is_searched_until_its_last_state(as_elements: AsElements) -> None:
    falling = satrec(16.3 * 2 * np.pi / 1440, 3e-4, 0.9, 1.0, 0.0, 0.0, bstar=0.008)
    beside = satrec(16.3 * 2 * np.pi / 1440, 3e-4, 0.9, 1.001, 0.0, 0.0, bstar=0.008)
    t = np.arange(0.0, 86400.0, 60.0)
    errors, _, _ = falling.sgp4_array(np.full(len(t), T0_JULIAN), t / 86400.0)
    last_s = t[np.flatnonzero(errors)[0] - 1]
    assert 3600.0 < last_s < 80000.0
    found = closest_approaches(
        initialise(as_elements([falling, beside])), [0], T0, 86400.0, 30.0, longest_step_s=60.0
    )
    assert found.at_window_edge[-1]
    assert 0.0 <= last_s - found.tca_s[-1] <= 120.0


def test_an_empty_window_is_refused(cluster: Satellites) -> None:
    with pytest.raises(ValueError, match="duration"):
        closest_approaches(cluster, [0], T0, 0.0, 10.0)


def test_steps_near_half_a_revolution_are_refused_instead_of_finding_nothing(
    cluster: Satellites,
) -> None:
    with pytest.raises(ValueError, match="at most 1800 s"):
        closest_approaches(cluster, [0], T0, 86400.0, 10.0, longest_step_s=3600.0)


def test_a_threshold_must_be_a_distance(cluster: Satellites) -> None:
    with pytest.raises(ValueError, match="threshold"):
        closest_approaches(cluster, [0], T0, 3600.0, -1.0)
