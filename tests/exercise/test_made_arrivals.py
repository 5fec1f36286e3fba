"""Made signals: orbits that go round, and what disturbs them."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.exercise.made_arrivals import MadeSignal, circular, made_differences
from hoshimori.numerics.surface import position_itrf_km

ORBIT = circular(550.0, 53.0, 10.0, 38.0)


def test_an_orbit_comes_back_after_a_revolution() -> None:
    """Source: Kepler's third law."""
    period = 2.0 * np.pi * np.sqrt((6378.137 + 550.0) ** 3 / 398600.4418)
    np.testing.assert_allclose(ORBIT.at(period)[0], ORBIT.position_km, atol=1e-6)
    half, speed = ORBIT.at(period / 2.0)
    np.testing.assert_allclose(half, -ORBIT.position_km, atol=1e-6)
    np.testing.assert_allclose(speed, -ORBIT.velocity_km_s, atol=1e-9)


def test_a_step_along_the_track_is_the_orbit_a_little_later() -> None:
    off = ORBIT.disturbed(np.array([0.0, 1.0, 0.0]), np.zeros(3))
    later = ORBIT.at(1.0 / float(np.linalg.norm(ORBIT.velocity_km_s)))
    np.testing.assert_allclose(off.position_km, later[0], atol=1e-4)
    np.testing.assert_allclose(off.velocity_km_s, later[1], atol=1e-6)


def test_the_same_satellite_twice_gives_no_difference() -> None:
    place = position_itrf_km(np.array(0.5), np.array(0.3), np.array(0.0))
    told = made_differences(MadeSignal(place, 1e9), ORBIT, ORBIT, 20.0)
    assert told == pytest.approx((0.0, 0.0), abs=1e-12)
