"""Courses through the belt: mean longitudes, drifts, and who moves itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.exercise.belt_years import START_UTC, Life, belt_lives, free_orbit
from hoshimori.model.elements import ElementSets
from hoshimori.numerics.belt_track import BeltTrack, belt_track, in_belt


def track_of(sets: ElementSets) -> BeltTrack:
    return belt_track(sets.norad_id, sets.mean_elements())[0]


def life(*points: tuple[float, float], number: int = 1) -> Life:
    return Life(number, "SIM", "2010-001A", points)


@settings(max_examples=20, deadline=None)
@given(
    slot=st.floats(-180.0, 179.0),
    drift=st.floats(-3.0, 3.0).filter(lambda d: abs(d) > 0.01),
)
def test_longitude_and_drift_are_those_of_the_path(slot: float, drift: float) -> None:
    sets = belt_lives([life((0.0, slot), (40.0, slot + 40.0 * drift))], START_UTC, 40, every_days=8)
    track = track_of(sets)
    days = (track.epoch_utc - START_UTC) / np.timedelta64(1, "D")
    apart = (track.mean_deg_east - slot - drift * days + 180.0) % 360.0 - 180.0
    # Sun and Moon move the mean of one day by some hundredths of a degree.
    np.testing.assert_allclose(apart, 0.0, atol=0.06)
    np.testing.assert_allclose(track.drift_deg_day, drift, atol=0.02)


def test_an_inclined_eccentric_orbit_has_the_mean_longitude_of_its_slot() -> None:
    orbit = free_orbit(START_UTC, 75.1, 0.0, 14.0)
    sets = belt_lives(
        [Life(1, "SIM", "2001-001A", orbits=((0.0, orbit),))], START_UTC, 20.0, every_days=5.0
    )
    np.testing.assert_allclose(track_of(sets).mean_deg_east, 75.1, atol=0.2)


def test_a_free_object_never_moves_itself_and_a_kept_one_is_driven() -> None:
    orbit = free_orbit(START_UTC, 120.0, 0.3, 5.0)
    lives = [
        Life(1, "SIM FREE", "2001-001A", orbits=((0.0, orbit),)),
        life((0.0, 120.0), (400.0, 120.0), number=2),
    ]
    for every in (3.0, 30.0):
        track = track_of(belt_lives(lives, START_UTC, 400.0, every_days=every))
        free, kept = track.object_id == 1, track.object_id == 2
        assert not track.moved_itself()[free].any()
        assert not track.is_driven[free].any()
        assert track.is_driven[kept & track.is_judged].mean() > 0.5


def test_a_start_and_a_stop_show_at_the_sets_after_them() -> None:
    points = ((0.0, 10.0), (60.0, 10.0), (100.0, 30.0), (160.0, 30.0))
    track = track_of(belt_lives([life(*points)], START_UTC, 160.0, every_days=2.0))
    days = (track.epoch_utc - START_UTC) / np.timedelta64(1, "D")
    moved = days[track.moved_itself() & (np.abs(track.drift_change_deg_day) > 0.3)]
    assert np.all((np.abs(moved - 61.0) <= 2.0) | (np.abs(moved - 101.0) <= 2.0))
    assert len(moved) >= 2


def test_rows_outside_the_belt_second_rows_and_refused_rows_are_left_out() -> None:
    sets = belt_lives([life((0.0, 10.0), (30.0, 10.0))], START_UTC, 30.0, every_days=10.0)
    elements = sets.mean_elements()
    low = elements.mean_motion_kozai_rad_min.copy()
    low[0] *= 15.0
    assert not in_belt(
        type(elements)(
            elements.epoch_utc,
            low,
            elements.eccentricity,
            elements.inclination_rad,
            elements.raan_rad,
            elements.arg_of_perigee_rad,
            elements.mean_anomaly_rad,
            elements.bstar_per_er,
        )
    )[0]
    twice = sets.take(np.array([0, 0, 1, 2]))
    track, rows, satellites = belt_track(twice.norad_id, twice.mean_elements())
    assert rows.tolist() == [0, 2, 3]
    assert len(satellites) == len(track) == 3


@pytest.mark.parametrize("count", [0, 1])
def test_few_rows_are_no_trouble(count: int) -> None:
    sets = belt_lives([life((0.0, 10.0), (30.0, 10.0))], START_UTC, 30.0, every_days=10.0)
    track = track_of(sets.take(slice(count)))
    assert len(track) == count
    assert np.isnan(track.shift_deg).all()
