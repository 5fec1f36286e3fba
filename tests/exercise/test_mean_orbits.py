import numpy as np
import pytest

from hoshimori.exercise.mean_orbits import (
    MeanOrbits,
    geosynchronous_axis_km,
    secular_rates_rad_day,
)
from hoshimori.numerics.sgp4 import initialise, propagate_each


def orbit(axis_km: float, eccentricity: float, inclination_deg: float) -> MeanOrbits:
    return MeanOrbits(
        np.array([axis_km]),
        np.array([eccentricity]),
        np.radians([inclination_deg]),
        np.array([1.0]),
        np.array([0.5]),
        np.array([2.0]),
    )


def test_secular_rates_of_a_sun_synchronous_orbit() -> None:
    """500 km, 97.4 deg: +0.985 deg a day of the node (measured on published element sets)."""
    node, _, anomaly = secular_rates_rad_day(orbit(6878.135, 1e-3, 97.4))
    assert np.degrees(node[0]) == pytest.approx(0.985, abs=0.005)
    assert anomaly[0] / (2 * np.pi) == pytest.approx(15.2, abs=0.03)


def test_the_perigee_of_a_molniya_orbit_stands_still() -> None:
    _, perigee, _ = secular_rates_rad_day(orbit(26560.0, 0.72, 63.4349))
    assert abs(np.degrees(perigee[0])) < 1e-4


def test_advanced_orbits_follow_sgp4(as_of_utc: np.datetime64) -> None:
    second_order_deg_in_ten_days = 0.6
    orbits, epoch_utc = orbit(7178.0, 1e-3, 74.0), np.array([as_of_utc])
    ahead = initialise(orbits.elements(epoch_utc, np.zeros(1)))
    later = initialise(orbits.advanced(10.0).elements(epoch_utc, np.zeros(1)))
    there = propagate_each(ahead, as_of_utc, np.array([864000.0])).position_teme_km[0]
    here = propagate_each(later, as_of_utc, np.zeros(1)).position_teme_km[0]
    cosine = there @ here / np.linalg.norm(there) / np.linalg.norm(here)
    assert np.degrees(np.arccos(cosine)) < second_order_deg_in_ten_days


def test_a_kilometre_above_the_belt_drifts_west_as_published() -> None:
    """-0.01284 deg a day per km: linearised about 42,164.17 km."""
    drifts = geosynchronous_axis_km(np.array([0.0, -0.01284]), np.zeros(2), np.zeros(2))
    assert drifts[1] - drifts[0] == pytest.approx(1.0, abs=0.005)


def test_rows_can_be_taken() -> None:
    both = MeanOrbits(*(np.arange(3.0) + 7000.0 for _ in range(6)))
    assert both.take(np.array([2, 0])).raan_rad.tolist() == [7002.0, 7000.0]
