"""Shapes and regimes of orbits from mean elements."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.constants import WGS72_RADIUS_KM, XKE
from hoshimori.numerics.elements import (
    MeanElements,
    OrbitRegime,
    apogee_altitude_km,
    brouwer_mean_motion_rad_min,
    orbit_regime,
    perigee_altitude_km,
    perigee_rate_rad_day,
    period_min,
    plane_angle_rad,
    raan_rate_rad_day,
    semi_major_axis_km,
)
from hoshimori.numerics.sgp4 import initialise
from hoshimori.numerics.sgp4_near import ARGPDOT, NODEDOT

REV_DAY = 2.0 * np.pi / 1440.0


def _elements(*rows: tuple[float, float, float]) -> MeanElements:
    """Rows of mean motion [rev/day], eccentricity and inclination [deg]."""
    motion, eccentricity, inclination = np.array(rows, dtype=float).T
    zeros = np.zeros(len(rows))
    return MeanElements(
        np.full(len(rows), np.datetime64("2024-07-05", "us")),
        motion * REV_DAY,
        eccentricity,
        np.radians(inclination),
        *(zeros.copy() for _ in range(4)),
    )


def test_brouwer_and_kozai_agree_with_the_reference(verification_set, as_elements) -> None:
    satrecs = [case.satrec for case in verification_set]
    elements = as_elements(satrecs)
    third_law = [XKE * s.a**-1.5 for s in satrecs]
    np.testing.assert_allclose(brouwer_mean_motion_rad_min(elements), third_law, rtol=1e-14)
    radii = np.array([(s.a, s.altp, s.alta) for s in satrecs]) * WGS72_RADIUS_KM
    one_millimetre_km = 1e-6
    np.testing.assert_allclose(semi_major_axis_km(elements), radii[:, 0], atol=one_millimetre_km)
    np.testing.assert_allclose(perigee_altitude_km(elements), radii[:, 1], atol=one_millimetre_km)
    np.testing.assert_allclose(apogee_altitude_km(elements), radii[:, 2], atol=one_millimetre_km)


@pytest.mark.parametrize(
    ("row", "regime"),
    [
        ((15.5, 0.0005, 51.6), OrbitRegime.LEO),  # ISS
        ((13.0, 0.05, 66.0), OrbitRegime.LEO),
        ((2.0056, 0.01, 55.0), OrbitRegime.MEO),  # GPS
        ((1.0027, 0.0002, 0.05), OrbitRegime.GEO),
        ((1.0027, 0.075, 41.0), OrbitRegime.GEO),  # QZSS, inclined and eccentric
        ((0.98, 0.001, 5.0), OrbitRegime.GEO),  # graveyard, drifting
        ((2.27, 0.73, 27.0), OrbitRegime.HEO),  # GTO
        ((2.006, 0.72, 63.4), OrbitRegime.HEO),  # Molniya
        ((0.3, 0.1, 20.0), OrbitRegime.HEO),  # beyond GEO
        ((float("nan"), 0.1, 20.0), OrbitRegime.HEO),
    ],
)
def test_regimes_of_well_known_orbits(row: tuple[float, float, float], regime: OrbitRegime) -> None:
    assert orbit_regime(_elements(row))[0] == regime


def test_period_is_that_of_the_catalogue() -> None:
    assert period_min(_elements((15.0, 0.0, 0.0)))[0] == pytest.approx(96.0)


def test_taking_rows_keeps_columns_together() -> None:
    elements = _elements((15.0, 0.1, 1.0), (14.0, 0.2, 2.0), (13.0, 0.3, 3.0))
    some = elements.take(np.array([2, 0]))
    np.testing.assert_array_equal(some.eccentricity, [0.3, 0.1])
    assert len(elements.take(np.array([True, False, True]))) == 2


def test_a_sun_synchronous_node_turns_once_a_year() -> None:
    # Landsat 8: 705 km, 98.2 degrees; the node follows the mean Sun, 0.9856 degrees a day.
    rate = np.degrees(raan_rate_rad_day(_elements((14.5711, 0.0001, 98.2))))
    assert rate[0] == pytest.approx(0.9856, abs=0.01)


def test_the_perigee_stands_still_at_the_critical_inclination() -> None:
    rate = np.degrees(perigee_rate_rad_day(_elements((2.006, 0.72, 63.4349))))
    assert rate[0] == pytest.approx(0.0, abs=1e-4)


def test_secular_rates_are_within_one_percent_of_sgp4(verification_set, as_elements) -> None:
    elements = as_elements([case.satrec for case in verification_set])
    rows = (elements.mean_motion_kozai_rad_min > 0.02) & (elements.inclination_rad < 1.0)
    near = initialise(elements.take(rows)).near
    of_j2 = raan_rate_rad_day(elements.take(rows)) / 1440.0
    np.testing.assert_allclose(of_j2, near[:, NODEDOT], rtol=0.01)
    of_j2 = perigee_rate_rad_day(elements.take(rows)) / 1440.0
    np.testing.assert_allclose(of_j2, near[:, ARGPDOT], rtol=0.02)


angle = st.floats(0.0, np.pi)
node = st.floats(0.0, 2.0 * np.pi)


@given(angle, node, angle, node)
def test_plane_angle_is_the_angle_between_normals(
    i1: float, node1: float, i2: float, node2: float
) -> None:
    def normal(i: float, o: float) -> np.ndarray:
        return np.array([np.sin(i) * np.sin(o), -np.sin(i) * np.cos(o), np.cos(i)])

    first, second = normal(i1, node1), normal(i2, node2)
    expected = np.arctan2(np.linalg.norm(np.cross(first, second)), first @ second)
    got = plane_angle_rad(*(np.array([x]) for x in (i1, node1, i2, node2)))[0]
    assert got == pytest.approx(expected, abs=1e-7)


def test_tiny_plane_angles_are_exact() -> None:
    one = np.array([0.9])
    got = plane_angle_rad(one, np.array([1.0]), one + 1e-9, np.array([1.0]))
    assert got[0] == pytest.approx(1e-9, rel=1e-6)
