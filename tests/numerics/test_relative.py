"""Relative motion against closed formulas."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.covariance_classes import class_growth
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.relative import (
    in_track_arc_km,
    in_track_drift_km_day,
    orbit_plane_angle_rad,
    pair_motion,
    relative_orbital_elements,
    relative_track_rtn_km,
    rows_near_plane,
)
from hoshimori.numerics.sgp4 import initialise

MU = 398600.8
AXIS_KM = 7000.0
MOTION_RAD_S = np.sqrt(MU / AXIS_KM**3)
T0 = np.datetime64("2025-03-03T00:00:00", "us")
ONE_METRE_KM = 1e-3


def circular(axis_km: float, inclination: float, node: float, latitude: np.ndarray) -> tuple:
    """Position and velocity on a circular Kepler orbit."""
    speed = np.sqrt(MU / axis_km)
    p = np.array([np.cos(node), np.sin(node), 0.0])
    q = np.array(
        [
            -np.cos(inclination) * np.sin(node),
            np.cos(inclination) * np.cos(node),
            np.sin(inclination),
        ]
    )
    cos, sin = np.cos(latitude)[:, None], np.sin(latitude)[:, None]
    return axis_km * (cos * p + sin * q), speed * (cos * q - sin * p)


def test_an_object_ahead_is_in_track_and_its_arc_is_its_angle() -> None:
    u = np.linspace(0.0, 6.0, 7)
    r1, v1 = circular(AXIS_KM, 0.9, 0.3, u)
    r2, _ = circular(AXIS_KM, 0.9, 0.3, u + 0.2)
    track = relative_track_rtn_km(r1, v1, r2)
    expected = AXIS_KM * np.array([np.cos(0.2) - 1.0, np.sin(0.2), 0.0])
    np.testing.assert_allclose(track, np.tile(expected, (7, 1)), atol=ONE_METRE_KM)
    np.testing.assert_allclose(in_track_arc_km(r1, track), AXIS_KM * 0.2, atol=ONE_METRE_KM)


@pytest.mark.parametrize("angle", [1e-9, 1e-3, 0.5])
def test_planes_at_an_angle(angle: float) -> None:
    r1, v1 = circular(AXIS_KM, 0.5, 0.0, np.array([0.1]))
    r2, v2 = circular(AXIS_KM, 0.5 + angle, 0.0, np.array([1.1]))
    assert orbit_plane_angle_rad(r1, v1, r2, v2)[0] == pytest.approx(angle, abs=1e-15, rel=1e-6)


def test_an_orbit_ten_kilometres_lower_drifts_forward_by_the_closed_formula() -> None:
    """D'Amico 2010: the in-track separation changes by -3 pi a da in a revolution."""
    t = np.linspace(0.0, 3.0 * 2.0 * np.pi / MOTION_RAD_S, 200)
    r1, v1 = circular(AXIS_KM, 0.9, 0.3, MOTION_RAD_S * t)
    lower = np.sqrt(MU / (AXIS_KM - 10.0) ** 3)
    r2, _ = circular(AXIS_KM - 10.0, 0.9, 0.3, lower * t - 0.01)
    wobble = 20.0 * np.sin(MOTION_RAD_S * t)  # an eccentricity must not pass for drift
    arc = in_track_arc_km(r1, relative_track_rtn_km(r1, v1, r2)) + wobble
    drift = in_track_drift_km_day(t, arc, MOTION_RAD_S)
    expected = 1.5 * MOTION_RAD_S * 10.0 * 86400.0
    assert drift == pytest.approx(expected, rel=0.01)


def test_relative_elements_are_the_differences_put_in() -> None:
    u = np.array([0.7])
    first = circular(AXIS_KM, 0.9, 0.3, u)
    second = circular(AXIS_KM * 1.001, 0.901, 0.302, u + 0.004)
    found = relative_orbital_elements(*first, *second)
    assert found.da[0] == pytest.approx(0.001)
    assert found.dix_rad[0] == pytest.approx(0.001)
    assert found.diy_rad[0] == pytest.approx(0.002 * np.sin(0.9))
    assert found.dlambda_rad[0] == pytest.approx(0.004 + 0.002 * np.cos(0.9))
    assert abs(found.dex[0]) + abs(found.dey[0]) < 1e-9


def low_orbits(tilts: np.ndarray) -> MeanElements:
    zero = np.zeros(len(tilts))
    return MeanElements(
        np.full(len(tilts), T0), zero + 0.0662, zero + 1e-3, 0.9 + tilts, zero, zero, zero, zero
    )


def test_only_objects_in_planes_that_allow_a_stay_are_kept() -> None:
    satellites = initialise(low_orbits(np.radians([0.0, 0.3, 1.5, 5.0])))
    limits = {"outer_km": 150.0, "shortest_s": 3600.0, "widest_rad": 1.0}
    # 150 km across the track at 6900 km radius is 1.25 degrees, plus half a degree of margin.
    np.testing.assert_array_equal(rows_near_plane(satellites, 0, T0, 86400.0, **limits), [0, 1, 2])
    narrow = limits | {"widest_rad": np.radians(0.1)}
    np.testing.assert_array_equal(rows_near_plane(satellites, 0, T0, 86400.0, **narrow), [0])


def test_the_motion_of_a_pair_carries_an_error_that_grows_with_age() -> None:
    elements = low_orbits(np.radians([0.0, 0.3]))
    motion = pair_motion(
        initialise(elements), class_growth(elements), T0, np.array([0.0, 5.0 * 86400.0])
    )
    assert np.degrees(motion.plane_angle_rad) == pytest.approx(0.3, abs=0.05)
    assert 1.0 < motion.sigma_km[0] < motion.sigma_km[1]
    np.testing.assert_allclose(motion.range_km, np.linalg.norm(motion.track_rtn_km, axis=1))
