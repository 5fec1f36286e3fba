"""Patterns in the belt from elements made by hand: longitudes, drifts and planes that are known."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.exercise.mean_orbits import MeanOrbits, geosynchronous_axis_km
from hoshimori.numerics.belt_forces import longitude_acceleration_deg_day2, plane_drift_deg_day
from hoshimori.numerics.belt_pattern import BeltPattern, belt_pattern
from hoshimori.numerics.frames import gmst82_rad
from hoshimori.numerics.steering import Control

START_UTC = np.datetime64("2025-01-01", "us")
DAYS = np.arange(0.0, 180.0)


def seen(longitude: np.ndarray, plane_y: np.ndarray, days: np.ndarray = DAYS) -> BeltPattern:
    """Return the pattern of an object with these mean longitudes and inclinations [deg]."""
    rng = np.random.default_rng(9)
    at_utc = START_UTC + np.round(days * 86400e6).astype("timedelta64[us]")
    drift = np.gradient(longitude, days) + 1e-4 * rng.standard_normal(len(days))
    plane_y = plane_y + 3e-4 * rng.standard_normal(len(days))
    tilt, node = np.radians(np.abs(plane_y)), np.where(plane_y >= 0.0, 0.5 * np.pi, 1.5 * np.pi)
    flat = np.full(len(days), 2e-4)
    orbits = MeanOrbits(
        geosynchronous_axis_km(drift, flat, tilt), flat, tilt, node, -node,
        np.radians(longitude) + gmst82_rad(at_utc),
    )  # fmt: skip
    return belt_pattern(orbits.elements(at_utc, np.zeros(len(days))), days)


def free_longitude(start: float, drift: float, days: np.ndarray = DAYS) -> np.ndarray:
    """Return the longitudes of an object that nobody steers, stepped finely."""
    at, now, places = 0.0, start, []
    for day in days:
        while at < day:
            drift += 0.05 * float(longitude_acceleration_deg_day2(np.array([now]))[0])
            now += 0.05 * drift
            at += 0.05
        places.append(now)
    return np.array(places)


def free_plane(days: np.ndarray = DAYS) -> np.ndarray:
    at_utc = START_UTC + np.round(days * 86400e6).astype("timedelta64[us]")
    zero = np.zeros(len(days))
    return np.cumsum(plane_drift_deg_day(zero, zero, at_utc)[:, 1] * np.gradient(days))


def ways(pattern: BeltPattern) -> tuple[list[Control], list[Control]]:
    first, second = pattern.east_west_modes, pattern.north_south_modes
    return [m.control for m in first], [m.control for m in second]


HELD = np.zeros(len(DAYS))


def test_nobody_steers_and_nothing_is_seen() -> None:
    assert ways(seen(free_longitude(40.0, 0.01), free_plane())) == ([Control.FREE], [Control.FREE])


def test_a_satellite_held_in_both_directions_near_the_stable_longitude() -> None:
    # The pull is too weak to tell there; that the plane is held says that the satellite is.
    where = np.full(len(DAYS), 75.1)
    assert ways(seen(where, HELD)) == ([Control.CONTINUOUS], [Control.CONTINUOUS])


def test_burns_one_way_and_ramps_the_other_are_a_hybrid() -> None:
    pull = float(longitude_acceleration_deg_day2(np.array([120.0]))[0])
    phase = DAYS % 12.0
    saw = 120.0 + 0.5 * pull * phase * (phase - 12.0)
    assert ways(seen(saw, HELD)) == ([Control.BOTH], [Control.BOTH])


@pytest.mark.parametrize("drift", [-4.6, -0.4, 0.4, 3.1])
def test_a_drifting_object_is_followed_over_gaps_of_a_month(drift: float) -> None:
    months = np.arange(0.0, 900.0, 30.0)
    truth = free_longitude(10.0, drift, months)
    pattern = seen(truth, free_plane(months), months)
    gone = pattern.longitude_deg_east[-1] - pattern.longitude_deg_east[0]
    assert gone == pytest.approx(truth[-1] - truth[0], abs=1.0)
    assert ways(pattern)[0] == [Control.FREE]


def test_a_move_is_a_drift_between_two_stays_with_its_adjustment() -> None:
    rate = np.select([DAYS < 60.0, DAYS < 90.0, DAYS < 120.0], [0.0, 0.4, 0.25], 0.0)
    # A burn shows a day early and late here, as drifts are taken from neighbouring days.
    moved = seen(100.0 + np.cumsum(rate), HELD)
    assert ways(moved)[0] == [Control.CONTINUOUS, Control.FREE, Control.CONTINUOUS]
    assert moved.east_west_modes[1].start == pytest.approx(60, abs=2)
    assert moved.east_west_modes[1].stop == pytest.approx(120, abs=2)
    assert len(moved.adjustments) == 1
    assert moved.adjustments[0] == pytest.approx(90, abs=2)
