"""Spatial density against a shell that holds everything, and expected impacts in proportion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.debris_flux import (
    expected_impacts,
    expected_passes,
    spatial_density_per_km3,
)

RADIUS = 7178.0


def test_circular_orbits_inside_a_shell_fill_it() -> None:
    orbits = np.full(1000, RADIUS)
    volume = 4.0 / 3.0 * np.pi * ((RADIUS + 25.0) ** 3 - (RADIUS - 25.0) ** 3)
    assert spatial_density_per_km3(orbits, orbits, RADIUS) == pytest.approx(1000.0 / volume)
    assert spatial_density_per_km3(orbits, orbits, RADIUS + 60.0) == 0.0


@given(st.floats(6578.0, 8000.0), st.floats(1.0, 2000.0))
def test_the_shells_of_an_orbit_add_up_to_one_object(perigee: float, higher: float) -> None:
    low, high = np.array([perigee]), np.array([perigee + higher])
    total = 0.0
    for radius in np.arange(perigee - 25.0, perigee + higher + 50.0, 50.0):
        volume = 4.0 / 3.0 * np.pi * ((radius + 25.0) ** 3 - (radius - 25.0) ** 3)
        total += spatial_density_per_km3(low, high, float(radius)) * volume
    assert total == pytest.approx(1.0, abs=1e-6)


def test_expected_impacts_grow_with_area_time_and_density() -> None:
    low, high = expected_impacts(1e-8, (10.0, 10.0), 1.0)
    assert 0.0 < low < high
    assert expected_impacts(2e-8, (10.0, 10.0), 1.0)[0] == pytest.approx(2 * low)
    assert expected_impacts(1e-8, (20.0, 30.0), 1.0)[1] == pytest.approx(3 * high)
    assert expected_impacts(1e-8, (10.0, 10.0), 7.0)[0] == pytest.approx(7 * low)


def test_small_debris_is_ten_to_a_hundred_times_the_catalogued() -> None:
    """Speeds are those of catalogued passes; a disc of 1 m2 has a radius of 0.564 m."""
    impacts = expected_impacts(3e-8, (1.0, 1.0), 1.0)
    passes = expected_passes(3e-8, 0.5641896e-3, 86400.0)
    ratio = [many / one for many, one in zip(impacts, passes, strict=True)]
    assert ratio == pytest.approx([10.0, 100.0], rel=1e-5)


def test_passes_of_catalogued_objects() -> None:
    low, high = expected_passes(5e-8, 5.0, 240.0)
    assert low == pytest.approx(5e-8 * np.pi * 25.0 * 7.0 * 240.0)
    assert high == pytest.approx(2.0 * low)
