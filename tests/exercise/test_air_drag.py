import numpy as np
import pytest

from hoshimori.exercise.air_drag import (
    bstar_per_er,
    density_kg_m3,
    lifetime_years,
    mean_motion_dot_rev_day2,
)
from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.numerics.constants import WGS72_RADIUS_KM
from hoshimori.numerics.elements import MeanElements


def circular(height_km: float) -> MeanOrbits:
    zero = np.zeros(1)
    return MeanOrbits(
        np.array([WGS72_RADIUS_KM + height_km]), zero + 1e-4, zero + 1, zero, zero, zero
    )


def test_density_at_the_nodes_of_vallado_table_8_4() -> None:
    density = density_kg_m3(np.array([400.0, 700.0, 36000.0]))
    assert density == pytest.approx([3.725e-12, 3.614e-14, 0.0])


def test_bstar_at_the_height_where_both_atmospheres_agree_is_the_ballistic_one() -> None:
    """Vallado 2013, section 9.4.2: BC = 1 / (12.741621 B*) with BC = m / (c_D A)."""
    height = np.linspace(105.0, 140.0, 2001)
    sgp4_kg_m3 = 0.157 / 6378135.0 * (42.0 / (height - 78.0)) ** 4
    same = height[np.argmin(np.abs(np.log(density_kg_m3(height) / sgp4_kg_m3)))]
    bstar = bstar_per_er(np.array([same]), np.array([0.01]))
    assert bstar[0] == pytest.approx(2.2 * 0.01 / 12.741621, rel=0.02)


def test_lifetimes_are_of_the_published_order() -> None:
    """A/m 0.01: months at 300 km, years at 500 km, centuries at 800 km (NASA-STD-8719.14)."""
    months, years, centuries = (
        lifetime_years(circular(h), np.array([0.01]))[0] for h in (300.0, 500.0, 800.0)
    )
    assert 0.02 < months < 0.6
    assert 1.5 < years < 15.0
    assert 80.0 < centuries < 2000.0


def test_published_drag_of_the_first_near_earth_verification_object() -> None:
    """Object 88888 of Spacetrack Report 3: B* 0.66816e-4 and half the rate 0.00073094.

    The published rate is an independent fit: the two agree to a factor of 1.5.
    """
    elements = MeanElements(
        epoch_utc=np.array(["1980-10-01"], "datetime64[us]"),
        mean_motion_kozai_rad_min=np.array([16.05824518 * 2 * np.pi / 1440]),
        eccentricity=np.array([0.0086731]),
        inclination_rad=np.radians([72.8435]),
        raan_rad=np.radians([115.9689]),
        arg_of_perigee_rad=np.radians([52.6988]),
        mean_anomaly_rad=np.radians([110.5714]),
        bstar_per_er=np.array([0.66816e-4]),
    )
    rate = mean_motion_dot_rev_day2(elements)[0]
    assert 1 / 1.5 < rate / 0.00073094 < 1.5
