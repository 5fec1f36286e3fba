"""How many impacts are expected by chance, from how densely space is filled at a height."""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.elements import Floats

_SHELL_HALF_KM = 25.0
# Relative speed of crossing objects in low orbits [km/s]: most between these two.
# Source: Klinkrad 2006, Space Debris: Models and Risk Analysis, section 4.2.
_SPEED_KM_S = (7.0, 14.0)
# Objects of 1 cm and more for each catalogued piece of debris in low orbits, declared. ESA counts
# 1.2 million of 1 to 10 cm and 54,000 above in all orbits (August 2024), catalogues name some
# 20,000 pieces of debris: 60 for each, and by height several times more or fewer.
# Source: ESA Space Debris Office, Annual Space Environment Report 2025 (MASTER, August 2024).
_SMALL_FOR_EACH = (10.0, 100.0)
LEAST_HEIGHT_KM, GREATEST_HEIGHT_KM = 200.0, 2000.0
"""Outside, catalogues tell too little of small debris for a number."""


def spatial_density_per_km3(
    perigee_radius_km: Floats, apogee_radius_km: Floats, radius_km: float
) -> float:
    """Return how many of some objects stand in a cubic kilometre at a distance from the centre.

    Each object's share of time in a shell of 50 km, over the shell's volume: the mean over all
    latitudes. Where inclinations crowd (within some degrees of the highest latitudes) it is up to
    three times as much.
    Source: Kessler 1981, Icarus 48, 39, eq. 9 (averaged over latitude).
    """
    low, high = radius_km - _SHELL_HALF_KM, radius_km + _SHELL_HALF_KM
    inside = _time_below(perigee_radius_km, apogee_radius_km, high) - _time_below(
        perigee_radius_km, apogee_radius_km, low
    )
    volume_km3 = 4.0 / 3.0 * np.pi * (high**3 - low**3)
    return float(np.sum(inside) / volume_km3)


def _time_below(perigee_km: Floats, apogee_km: Floats, radius_km: float) -> Floats:
    """Return the share of a revolution that orbits spend below a distance, by Kepler's equation."""
    axis = 0.5 * (perigee_km + apogee_km)
    eccentricity = np.maximum((apogee_km - perigee_km) / (apogee_km + perigee_km), 1e-9)
    cosine = np.clip((1.0 - radius_km / axis) / eccentricity, -1.0, 1.0)
    anomaly = np.arccos(cosine)
    return np.asarray((anomaly - eccentricity * np.sin(anomaly)) / np.pi)


def expected_impacts(
    debris_per_km3: float, area_m2: tuple[float, float], days: float
) -> tuple[float, float]:
    """Return how many impacts of 1 cm and more are expected in a time, low and high.

    `debris_per_km3` counts catalogued debris; what is too small for the catalogue is taken to be
    spread as it is. Kinetic theory of gases: density times area times speed times time.
    Source: Klinkrad 2006, eq. 3.31.
    """
    low, high = (
        debris_per_km3 * many * area * 1e-6 * speed * 86400.0 * days
        for many, area, speed in zip(_SMALL_FOR_EACH, area_m2, _SPEED_KM_S, strict=True)
    )
    return low, high


def expected_passes(
    objects_per_km3: float, within_km: float, seconds: float
) -> tuple[float, float]:
    """Return how many catalogued objects chance brings within a distance in a time, low and high.

    Source: as `expected_impacts`.
    """
    low, high = (objects_per_km3 * np.pi * within_km**2 * speed * seconds for speed in _SPEED_KM_S)
    return low, high
