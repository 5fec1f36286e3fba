"""Sub-satellite points, the Sun, shadow and lines of sight."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.geometry import (
    angle_rad,
    has_line_of_sight,
    longitude_drift_rad_day,
    mean_longitude_rad,
    phase_angle_rad,
    signed_angle_rad,
    sub_satellite_longitude_rad,
    sun_angle_rad,
    sun_position_teme_km,
    sunlit_fraction,
)
from hoshimori.numerics.sgp4 import initialise, propagate

EPOCH = np.datetime64("2024-07-05T03:00:00", "us")
SUN_KM = np.array([149597870.7, 0.0, 0.0])
ONE_HUNDREDTH_DEGREE = np.radians(0.01)


def _geostationary(revs_per_day: np.ndarray, inclination_deg: float = 0.05) -> MeanElements:
    n = len(revs_per_day)
    return MeanElements(
        np.full(n, EPOCH),
        revs_per_day * 2.0 * np.pi / 1440.0,
        np.full(n, 0.0003),
        np.full(n, np.radians(inclination_deg)),
        np.linspace(0.1, 5.0, n),
        np.linspace(1.0, 3.0, n),
        np.linspace(2.0, 6.0, n),
        np.zeros(n),
    )


def test_mean_longitude_is_the_middle_of_the_daily_swing() -> None:
    elements = _geostationary(np.array([1.00271, 1.0027, 1.0020]), inclination_deg=3.0)
    t_s = np.linspace(-0.5, 0.5, 145)[:-1] * 86164.1
    states = propagate(initialise(elements), EPOCH, t_s)
    utc = EPOCH + np.rint(t_s * 1e6).astype("timedelta64[us]")
    longitude = np.unwrap(sub_satellite_longitude_rad(states.position_teme_km, utc), axis=1)
    miss = signed_angle_rad(longitude.mean(axis=1) - mean_longitude_rad(elements))
    np.testing.assert_allclose(miss, 0.0, atol=3 * ONE_HUNDREDTH_DEGREE)


def test_drift_is_that_between_daily_means() -> None:
    elements = _geostationary(np.array([1.00273, 1.0027, 1.0000, 1.0060]))
    satellites = initialise(elements)
    day_s = np.linspace(-0.5, 0.5, 145)[:-1] * 86164.1
    means = []
    for day in (-1.0, 1.0):
        t_s = day_s + day * 86164.1
        utc = EPOCH + np.rint(t_s * 1e6).astype("timedelta64[us]")
        states = propagate(satellites, EPOCH, t_s)
        longitude = sub_satellite_longitude_rad(states.position_teme_km, utc)
        means.append(np.unwrap(longitude, axis=1).mean(axis=1))
    measured = signed_angle_rad(means[1] - means[0]) / (2.0 * 86164.1 / 86400.0)
    drift = longitude_drift_rad_day(satellites)
    np.testing.assert_allclose(np.degrees(drift), np.degrees(measured), atol=0.003)


def test_the_sub_satellite_point_of_a_known_moment() -> None:
    # Vallado 2013, example 3-5: GMST is 152.578787886 degrees at 1992-08-20 12:14 UT1.
    above = np.array([42164.0, 0.0, 0.0])
    longitude = sub_satellite_longitude_rad(above, np.datetime64("1992-08-20T12:14:00", "us"))
    assert np.degrees(longitude) == pytest.approx(-152.578787886, abs=1e-6)


# astropy 8.0.2: get_sun(t) in TEME [km]; made once in an environment of its own.
ASTROPY_SUN = {
    "1995-03-01T00:00:00": (139213090.5, -46670220.3, -20228976.5),
    "2004-04-06T07:51:28.386": (143289539.2, 39826189.0, 17264721.1),
    "2015-06-30T12:00:00": (-22213975.4, 138041415.7, 59835302.6),
    "2024-07-05T03:04:05.678": (-35762621.2, 135637424.9, 58804110.8),
    "2025-11-23T18:00:00": (-70030998.3, -119334764.0, -51736103.6),
}


def test_the_sun_agrees_with_astropy() -> None:
    sun = sun_position_teme_km(np.array(list(ASTROPY_SUN), "datetime64[us]"))
    expected = np.array(list(ASTROPY_SUN.values()))
    assert angle_rad(sun, expected).max() < ONE_HUNDREDTH_DEGREE
    ratio = np.linalg.norm(sun, axis=1) / np.linalg.norm(expected, axis=1)
    np.testing.assert_allclose(ratio, 1.0, atol=2e-4)


@pytest.mark.parametrize(
    ("position_km", "fraction"),
    [
        ((42164.0, 0.0, 0.0), 1.0),  # between Earth and Sun
        ((0.0, 42164.0, 0.0), 1.0),
        ((-42164.0, 0.0, 0.0), 0.0),  # behind the Earth
        ((-42164.0, 6000.0, 0.0), 0.0),
        ((-42164.0, 6700.0, 0.0), 1.0),  # outside the penumbra (6574 km)
        # A ring of the Sun around the Earth: 1 - (3.189 / 4.589)^2, apparent radii in mrad.
        ((-2.0e6, 0.0, 0.0), pytest.approx(0.517, abs=0.001)),
    ],
)
def test_shadow_at_marked_places(position_km: tuple[float, ...], fraction: object) -> None:
    assert sunlit_fraction(np.array(position_km), SUN_KM) == fraction


def test_the_penumbra_runs_smoothly_from_none_to_all() -> None:
    across = np.linspace(6100.0, 6700.0, 301)
    places = np.stack([np.full(301, -42164.0), across, np.zeros(301)], axis=1)
    fraction = sunlit_fraction(places, SUN_KM)
    assert (np.diff(fraction) >= 0.0).all()
    assert (fraction[0], fraction[-1]) == (0.0, 1.0)
    # Half the disc is hidden where the Sun's centre stands on the limb: a straight line of sight.
    limb = 6378.137 * (1.0 + 42164.0 / 149597870.7)
    assert np.interp(limb, across, fraction) == pytest.approx(0.5, abs=0.02)


def test_sun_and_phase_angles_of_a_right_triangle() -> None:
    observer, target = np.array([0.0, 42164.0, 0.0]), np.array([1000.0, 42164.0, 0.0])
    sun_side = sun_angle_rad(observer, target, SUN_KM)
    assert np.degrees(sun_side) == pytest.approx(0.0, abs=0.02)
    assert np.degrees(phase_angle_rad(observer, target, SUN_KM)) == pytest.approx(180.0, abs=0.02)


@given(st.floats(1e-9, np.pi - 1e-9))
def test_angles_are_exact_near_zero_and_pi(angle: float) -> None:
    first = np.array([2.0, 0.0, 0.0])
    second = 3.0 * np.array([np.cos(angle), np.sin(angle), 0.0])
    assert angle_rad(first, second) == pytest.approx(angle, rel=1e-7, abs=1e-15)


def test_the_earth_stands_in_the_way() -> None:
    first = np.array([[7000.0, 0.0, 0.0]] * 3)
    second = np.array([[-7000.0, 0.0, 0.0], [7000.0, 3000.0, 0.0], [7000.0, 0.0, 0.0]])
    np.testing.assert_array_equal(has_line_of_sight(first, second), [False, True, True])
    grazing = np.array([6378.2, -5000.0, 0.0]), np.array([6378.2, 5000.0, 0.0])
    assert has_line_of_sight(*grazing)
    assert not has_line_of_sight(*grazing, clearance_km=100.0)
