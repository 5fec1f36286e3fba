"""How the air acts on made objects: their B* term, and what would have fallen already."""

from __future__ import annotations

import numpy as np

from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.numerics.atmosphere import density_kg_m3, scale_height_km
from hoshimori.numerics.constants import WGS72_MU_KM3_S2, WGS72_RADIUS_KM
from hoshimori.numerics.elements import Floats, MeanElements

DRAG_COEFFICIENT = 2.2
_BSTAR_PER_AREA_TO_MASS = 0.157 / 2.0  # reference density of SGP4 in kg/(m2 ER), halved
_SGP4_DENSITY_KG_M3 = 0.157 / 6378135.0
_Q0_KM, _S_KM = 120.0, 78.0

_YEAR_DAYS = 365.25


def bstar_per_er(perigee_km: Floats, area_to_mass_m2_kg: Floats) -> Floats:
    """Return the B* with which SGP4 has about the drag of the tabulated air at the perigee.

    SGP4's own air falls with the fourth power of height; published B* absorb the difference.
    Source: Hoots & Roehrich 1980, Spacetrack Report 3, sections 6 and 11.
    """
    sgp4_kg_m3 = (
        _SGP4_DENSITY_KG_M3 * (_Q0_KM - _S_KM) ** 4 / np.maximum(perigee_km - _S_KM, 1) ** 4
    )
    ratio = density_kg_m3(perigee_km) / sgp4_kg_m3
    return _BSTAR_PER_AREA_TO_MASS * DRAG_COEFFICIENT * area_to_mass_m2_kg * ratio


def lifetime_years(orbits: MeanOrbits, area_to_mass_m2_kg: Floats) -> Floats:
    """Return the time in orbit that remains, right to a factor of a few.

    The orbit-averaged decay of the semi-major axis at the density of the perigee, spread over
    the part of an eccentric orbit that lies in the air. Source: King-Hele 1987, Satellite Orbits
    in an Atmosphere, chapter 4.
    """
    scale_km = scale_height_km(orbits.perigee_km)
    swing_km = orbits.semi_major_axis_km * orbits.eccentricity
    in_air = np.sqrt(np.minimum(1.0, scale_km / np.maximum(2.0 * np.pi * swing_km, 1e-9)))
    pull_per_km = density_kg_m3(orbits.perigee_km) * DRAG_COEFFICIENT * area_to_mass_m2_kg * 1e3
    speed = np.sqrt(WGS72_MU_KM3_S2 * orbits.semi_major_axis_km)
    years = (scale_km + swing_km) / np.maximum(pull_per_km * speed * in_air, 1e-30)
    return np.asarray(years / (86400.0 * _YEAR_DAYS))


def mean_motion_dot_rev_day2(elements: MeanElements) -> Floats:
    """Return half the rate of the mean motion, as element sets publish it, from B*.

    The leading drag coefficient C1 of SGP4, without the terms in the eccentricity of the air.
    Source: Hoots & Roehrich 1980, Spacetrack Report 3, section 6 (C2, C1).
    """
    rate_per_s = elements.mean_motion_kozai_rad_min / 60.0
    axis_er = (WGS72_MU_KM3_S2 / rate_per_s**2) ** (1.0 / 3.0) / WGS72_RADIUS_KM
    perigee_km = (axis_er * (1.0 - elements.eccentricity) - 1.0) * WGS72_RADIUS_KM
    s_er = 1.0 + np.minimum(_S_KM, np.maximum(perigee_km - _S_KM, 20.0)) / WGS72_RADIUS_KM
    xi = 1.0 / (axis_er - s_er)
    eta2 = (axis_er * elements.eccentricity * xi) ** 2
    eta2 = np.minimum(eta2, 0.99)
    span_er = (1.0 + _Q0_KM / WGS72_RADIUS_KM) - s_er
    c2 = span_er**4 * xi**4 * elements.mean_motion_kozai_rad_min * (1.0 - eta2) ** -3.5
    c2 *= axis_er * (1.0 + 1.5 * eta2 + 4.0 * elements.eccentricity * np.sqrt(eta2))
    rate_rad_min2 = 3.0 * elements.mean_motion_kozai_rad_min * elements.bstar_per_er * c2
    return np.asarray(0.5 * rate_rad_min2 * 1440.0**2 / (2.0 * np.pi))
