"""Places on the ellipsoid: the inverse of geodetic, moves and maps around a place."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.frames import geodetic
from hoshimori.numerics.surface import (
    around,
    east_north_km,
    east_north_up,
    moved,
    position_itrf_km,
    sine_of_elevation,
    spread_over_the_earth,
)

ONE_CENTIMETRE_KM = 1e-5
LATITUDE, LONGITUDE = (
    np.radians([-89.0, -35.0, 0.0, 48.0, 80.0]),
    np.radians([3.0, 179.5, -60, 8, 0]),
)


def test_position_is_the_inverse_of_geodetic() -> None:
    height = np.array([0.0, 1.0, 10.0, -0.4, 550.0])
    latitude, longitude, back = geodetic(position_itrf_km(LATITUDE, LONGITUDE, height))
    np.testing.assert_allclose(latitude, LATITUDE, rtol=0, atol=2e-9)
    np.testing.assert_allclose(longitude, LONGITUDE, rtol=0, atol=1e-12)
    np.testing.assert_allclose(back, height, rtol=0, atol=ONE_CENTIMETRE_KM)


def test_east_north_up_is_a_right_handed_triad_and_up_points_outwards() -> None:
    axes = east_north_up(LATITUDE, LONGITUDE)
    np.testing.assert_allclose(axes @ np.swapaxes(axes, -1, -2), np.tile(np.eye(3), (5, 1, 1)),
                               atol=1e-12)  # fmt: skip
    np.testing.assert_allclose(np.linalg.det(axes), 1.0)
    position = position_itrf_km(LATITUDE, LONGITUDE, np.array(0.0))
    assert ((position * axes[:, 2]).sum(axis=-1) > 6300.0).all()


def test_a_step_north_of_a_degree_at_the_equator() -> None:
    """Source: WGS-84, one degree of latitude at the equator is 110.574 km."""
    zero = np.array([0.0])
    latitude, longitude = moved(zero, zero, np.array(0.0), np.array([[0.0, 11.0574]]))
    assert np.degrees(latitude[0]) == pytest.approx(0.1, abs=1e-5)
    assert longitude[0] == 0.0


@pytest.mark.parametrize("place", [(48.0, 8.0), (-33.0, 179.9), (70.0, -150.0)])
def test_the_map_around_a_place_goes_both_ways(place: tuple[float, float]) -> None:
    east, north = np.array([0.0, 30.0, -400.0, 1500.0]), np.array([0.0, -40.0, 700.0, 90.0])
    middle = np.radians(place)
    back = east_north_km(*middle, *around(*middle, east, north))
    np.testing.assert_allclose(back, np.stack([east, north], axis=-1), atol=1e-6)


def test_a_satellite_overhead_stands_at_the_zenith_and_one_behind_the_earth_below() -> None:
    place = position_itrf_km(np.array(0.0), np.array(0.0), np.array(0.0))
    assert sine_of_elevation(place, np.array([7000.0, 0.0, 0.0])) == pytest.approx(1.0)
    assert sine_of_elevation(place, np.array([-7000.0, 0.0, 0.0])) == pytest.approx(-1.0)


def test_points_are_spread_evenly() -> None:
    latitude, longitude = spread_over_the_earth(2000)
    assert np.abs(np.sin(latitude).mean()) < 1e-9
    assert (latitude > np.radians(30.0)).mean() == pytest.approx(0.25, abs=0.01)
    assert (np.abs(longitude) < np.pi / 4).mean() == pytest.approx(0.25, abs=0.01)
