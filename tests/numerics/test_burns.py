"""Burns found in made histories: where they begin and end, how large they are, and when."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.numerics.burns import Burns, find_burns
from hoshimori.numerics.change import find_steps
from hoshimori.numerics.constants import TWO_PI
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.sgp4 import initialise

TWO_PER_CENT = 0.02
AN_HOUR_DAYS = 1.0 / 24.0


def burns_of(elements: MeanElements, ids: np.ndarray | None = None) -> Burns:
    ids = np.ones(len(elements), np.int64) if ids is None else ids
    floors = np.tile((1e-4, 0.02, 0.02), (len(elements), 1))
    satellites = initialise(elements)
    steps = find_steps(satellites, ids, floors, window=60, fewest=15, longest_gap_days=10.0)
    return find_burns(steps, satellites, ids, 9.0)


def days_after(made: SimpleNamespace, moment: np.datetime64) -> float:
    return float((moment - made.start_utc) / np.timedelta64(1, "D"))


@pytest.mark.parametrize("dv_m_s", [0.005, -0.02, 0.3])
def test_a_burn_has_its_size_its_sets_and_its_time(made: SimpleNamespace, dv_m_s: float) -> None:
    found = burns_of(made.history(60, made.Burn(24, in_track_m_s=dv_m_s), noise=1e-8))
    assert (found.before.tolist(), found.first.tolist(), found.after.tolist()) == ([23], [24], [24])
    assert found.delta_v_m_s[0, 0] == pytest.approx(dv_m_s, rel=TWO_PER_CENT)
    assert found.dated.all()
    assert found.explained.all()
    assert not found.returned.any()
    # It was made at the epoch of set 24.
    burn_day = days_after(made, found.burn_utc[0])
    assert abs(burn_day - 24 * made.every_days) <= max(3.0 * found.burn_sigma_days[0], AN_HOUR_DAYS)


def test_the_phase_dates_a_burn_inside_a_gap(made: SimpleNamespace) -> None:
    # Set 24 is not published: the burn at its epoch shows a day later, at set 25.
    elements = made.history(60, made.Burn(24, in_track_m_s=0.05), noise=1e-9)
    published = np.arange(60) != 24
    found = burns_of(elements.take(published))
    assert found.first.tolist() == [24]
    assert days_after(made, found.burn_utc[0]) == pytest.approx(24 * made.every_days, abs=0.05)


def test_a_set_that_came_late_does_not_shift_the_burn(made: SimpleNamespace) -> None:
    """A set whose epoch lies after the burn still shows the orbit before it."""
    quiet, burnt = made.history(60), made.history(60, made.Burn(24, in_track_m_s=0.05))
    late = np.arange(60) == 25
    elements = MeanElements(
        *(np.where(late, getattr(quiet, n), getattr(burnt, n)) for n in MeanElements.__slots__)
    )
    found = burns_of(elements.take(np.arange(60) != 24))  # set 24 itself is not published
    assert found.before.tolist() == [24]  # set 25 of the full history
    assert found.first.tolist() == [24]
    assert days_after(made, found.burn_utc[0]) == pytest.approx(24 * made.every_days, abs=0.05)


def test_a_smeared_burn_is_one_with_its_whole_size(made: SimpleNamespace) -> None:
    smeared = [made.Burn(k, in_track_m_s=dv) for k, dv in ((25, 0.002), (26, 0.005), (27, 0.003))]
    found = burns_of(made.history(60, *smeared))
    assert (found.before.tolist(), found.after.tolist()) == ([24], [27])
    assert found.delta_v_m_s[0, 0] == pytest.approx(0.010, rel=TWO_PER_CENT)


def test_two_burns_days_apart_are_two(made: SimpleNamespace) -> None:
    pair = (made.Burn(30, in_track_m_s=0.01), made.Burn(35, in_track_m_s=0.01))
    assert burns_of(made.history(60, *pair)).first.tolist() == [30, 35]


def test_a_burn_across_the_plane_has_no_date_of_its_own(made: SimpleNamespace) -> None:
    found = burns_of(made.history(60, made.Burn(30, cross_track_m_s=1.9), noise=1e-6))
    assert found.component.tolist() != [0]
    assert not found.dated.any()
    assert np.hypot(*found.delta_v_m_s[0, 1:]) == pytest.approx(1.9, rel=TWO_PER_CENT)
    middle = 29.5 * made.every_days
    assert days_after(made, found.burn_utc[0]) == pytest.approx(middle, abs=1e-6)


def test_swapped_identities_are_told_from_burns(made: SimpleNamespace) -> None:
    """For five sets another object, higher and 100 km ahead, stands under this number."""
    own, other = made.history(80), made.history(80, made.Burn(0, in_track_m_s=0.2))
    anomaly = other.mean_anomaly_rad + 100.0 / 7178.0
    other = replace(other, mean_anomaly_rad=anomaly % TWO_PI)
    swapped = (np.arange(80) >= 40) & (np.arange(80) < 45)
    elements = MeanElements(
        *(np.where(swapped, getattr(other, n), getattr(own, n)) for n in MeanElements.__slots__)
    )
    found = burns_of(elements)
    assert found.first.tolist() == [40, 45]
    assert found.returned.all()


def test_a_burn_and_a_burn_back_are_burns(made: SimpleNamespace) -> None:
    pair = (made.Burn(40, in_track_m_s=0.2), made.Burn(45, in_track_m_s=-0.2))
    found = burns_of(made.history(80, *pair))
    assert found.first.tolist() == [40, 45]
    assert not found.returned.any()


@settings(max_examples=20, deadline=None)
@given(
    at_set=st.integers(20, 90),
    dv_mm_s=st.floats(3.0, 500.0),
    sign=st.sampled_from((-1.0, 1.0)),
    seed=st.integers(0, 10),
)
def test_any_clear_burn_is_found_once_whole_and_dated(
    made: SimpleNamespace, at_set: int, dv_mm_s: float, sign: float, seed: int
) -> None:
    dv_m_s = sign * dv_mm_s / 1000.0
    found = burns_of(
        made.history(120, made.Burn(at_set, in_track_m_s=dv_m_s), noise=2e-8, seed=seed)
    )
    near = np.flatnonzero(np.abs(found.first - at_set) <= 1)
    assert len(near) == 1
    five_sigma = 5.0 * found.sigma_m_s[near[0], 0]
    assert abs(found.delta_v_m_s[near[0], 0] - dv_m_s) <= 0.02 * abs(dv_m_s) + five_sigma
    off_days = days_after(made, found.burn_utc[near[0]]) - at_set * made.every_days
    assert abs(off_days) <= 5.0 * found.burn_sigma_days[near[0]] + AN_HOUR_DAYS


def test_nothing_gives_nothing(made: SimpleNamespace) -> None:
    for sets in (0, 1, 5):
        assert len(burns_of(made.history(sets))) == 0
