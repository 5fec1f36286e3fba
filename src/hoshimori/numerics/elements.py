"""Mean elements as SGP4 takes them, and what follows from them without propagation."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import (
    MINUTES_PER_DAY,
    TWO_PI,
    WGS72_J2,
    WGS72_RADIUS_KM,
    XKE,
)

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class MeanElements:
    """Mean elements of *n* objects in SGP4 theory (TEME, UTC), one array per element, shape (n,).

    The mean motion is Kozai's, as published; radians and radians per minute.
    """

    epoch_utc: Times
    mean_motion_kozai_rad_min: Floats
    eccentricity: Floats
    inclination_rad: Floats
    raan_rad: Floats
    arg_of_perigee_rad: Floats
    mean_anomaly_rad: Floats
    bstar_per_er: Floats

    def __len__(self) -> int:
        return len(self.epoch_utc)

    def take(self, rows: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> MeanElements:
        """Return the objects of these rows (indices or a mask), in that order."""
        return MeanElements(*(getattr(self, column.name)[rows] for column in fields(self)))


class OrbitRegime(IntEnum):
    """Where an orbit lies; the boundaries are those of ESA's Space Environment Report.

    Its classes are merged as far as base rates need: GEO holds every geosynchronous orbit whatever
    its inclination, HEO what crosses regimes (transfer orbits, Molniya) or lies beyond GEO.
    """

    LEO = 0
    MEO = 1
    GEO = 2
    HEO = 3


def brouwer_mean_motion_rad_min(elements: MeanElements) -> Floats:
    """Return Brouwer's mean motion [rad/min], from which a semi-major axis may be taken.

    Element sets publish Kozai's; without this step a LEO axis is 5 to 10 km off. Shape (n,).
    NaN for impossible elements.
    Source: Vallado et al. 2006, AIAA 2006-6753, routine ``initl``.
    """
    with np.errstate(all="ignore"):
        kozai, theta2 = elements.mean_motion_kozai_rad_min, np.cos(elements.inclination_rad) ** 2
        beta2 = 1.0 - elements.eccentricity**2
        a1 = (XKE / kozai) ** (2.0 / 3.0)
        d1 = 0.75 * WGS72_J2 * (3.0 * theta2 - 1.0) / (np.sqrt(beta2) * beta2)
        delta = d1 / a1**2
        a2 = a1 * (1.0 - delta**2 - delta * (1.0 / 3.0 + 134.0 * delta**2 / 81.0))
        return np.asarray(kozai / (1.0 + d1 / a2**2))


def semi_major_axis_km(elements: MeanElements) -> Floats:
    """Return mean semi-major axes [km] (Brouwer, WGS-72), shape (n,)."""
    with np.errstate(all="ignore"):
        motion = brouwer_mean_motion_rad_min(elements)
        return np.asarray((XKE / motion) ** (2.0 / 3.0) * WGS72_RADIUS_KM)


def perigee_altitude_km(elements: MeanElements) -> Floats:
    """Return mean perigees above the equatorial radius of WGS-72 [km], shape (n,).

    The osculating perigee differs by up to about 10 km, the height above the ellipsoid by 21 km.
    """
    return semi_major_axis_km(elements) * (1.0 - elements.eccentricity) - WGS72_RADIUS_KM


def apogee_altitude_km(elements: MeanElements) -> Floats:
    """Return mean apogees above the equatorial radius of WGS-72 [km], shape (n,)."""
    return semi_major_axis_km(elements) * (1.0 + elements.eccentricity) - WGS72_RADIUS_KM


def period_min(elements: MeanElements) -> Floats:
    """Return periods [min] of the published (Kozai) mean motion, as catalogues print them."""
    with np.errstate(all="ignore"):
        return np.asarray(TWO_PI / elements.mean_motion_kozai_rad_min)


def orbit_regime(elements: MeanElements) -> npt.NDArray[np.uint8]:
    """Return codes of `OrbitRegime`, shape (n,); impossible elements count as HEO.

    LEO: apogee below 2000 km. MEO: perigee above 2000 km, apogee below 31570 km. GEO: semi-major
    axis 37948 to 46380 km, eccentricity below 0.25. HEO: all others.
    Source: ESA Space Debris Office, Annual Space Environment Report 2024, table 1.2.
    """
    axis_km = semi_major_axis_km(elements)
    perigee_km, apogee_km = perigee_altitude_km(elements), apogee_altitude_km(elements)
    geosynchronous = (axis_km > 37948.0) & (axis_km < 46380.0) & (elements.eccentricity < 0.25)
    choices = [
        (apogee_km < 2000.0, OrbitRegime.LEO),
        (geosynchronous, OrbitRegime.GEO),
        ((perigee_km >= 2000.0) & (apogee_km < 31570.0), OrbitRegime.MEO),
    ]
    codes = np.select(
        [condition for condition, _ in choices], [int(c) for _, c in choices], OrbitRegime.HEO
    )
    return codes.astype(np.uint8)


def plane_angle_rad(
    inclination_1_rad: Floats, raan_1_rad: Floats, inclination_2_rad: Floats, raan_2_rad: Floats
) -> Floats:
    """Return the angle between orbit planes [rad, 0 to pi], exact also for tiny angles.

    Opposite directions of motion count: two orbits in one plane that run against each other are
    pi apart. Arguments broadcast.
    """
    half_tilt = np.sin(0.5 * (inclination_2_rad - inclination_1_rad)) ** 2
    half_node = np.sin(0.5 * (raan_2_rad - raan_1_rad)) ** 2
    sines = np.sin(inclination_1_rad) * np.sin(inclination_2_rad)
    return np.asarray(2.0 * np.arcsin(np.sqrt(np.clip(half_tilt + sines * half_node, 0.0, 1.0))))


def raan_rate_rad_day(elements: MeanElements) -> Floats:
    """Return the secular rate of the node by J2 [rad/day], shape (n,); good to 1 % in LEO.

    Source: Vallado 2013, Fundamentals of Astrodynamics and Applications, eq. 9-37.
    """
    return -1.5 * _j2_rate_rad_day(elements) * np.cos(elements.inclination_rad)


def perigee_rate_rad_day(elements: MeanElements) -> Floats:
    """Return the secular rate of the argument of perigee by J2 [rad/day], shape (n,).

    Source: Vallado 2013, Fundamentals of Astrodynamics and Applications, eq. 9-39.
    """
    sine2 = np.sin(elements.inclination_rad) ** 2
    return 0.75 * _j2_rate_rad_day(elements) * (4.0 - 5.0 * sine2)


def _j2_rate_rad_day(elements: MeanElements) -> Floats:
    axis_er = semi_major_axis_km(elements) / WGS72_RADIUS_KM
    with np.errstate(all="ignore"):
        parameter2 = (axis_er * (1.0 - elements.eccentricity**2)) ** 2
        motion_rad_day = brouwer_mean_motion_rad_min(elements) * MINUTES_PER_DAY
        return np.asarray(WGS72_J2 * motion_rad_day / parameter2)
