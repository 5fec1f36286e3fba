"""Mean orbits of many objects, moved in time by the secular effect of the Earth's flattening."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import WGS72_J2, WGS72_MU_KM3_S2, WGS72_RADIUS_KM
from hoshimori.numerics.elements import Floats, MeanElements, Times

DAY_S = 86400.0
J2000_UTC = np.datetime64("2000-01-01T12:00:00", "us")
EARTH_RATE_RAD_DAY = float(np.radians(360.98564736629))
"""Rotation of the Earth against the mean equinox. Source: Vallado 2013, section 3.5.2."""
_TROPICAL_YEAR_DAYS = 365.2422
_PER_ORBIT = 1.5 * WGS72_J2 * WGS72_RADIUS_KM**2


@dataclass(frozen=True, slots=True, eq=False)
class MeanOrbits:
    """Mean orbits of *n* objects at one moment, one array of shape (n,) per element.

    The semi-major axis is Brouwer's (unkozaied), as SGP4 uses it inside.
    """

    semi_major_axis_km: Floats
    eccentricity: Floats
    inclination_rad: Floats
    raan_rad: Floats
    arg_of_perigee_rad: Floats
    mean_anomaly_rad: Floats

    def __len__(self) -> int:
        return len(self.semi_major_axis_km)

    def take(self, rows: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> Self:
        """Return the chosen rows."""
        return replace(self, **{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    @property
    def perigee_km(self) -> Floats:
        """Height of the perigee above the equatorial radius."""
        return self.semi_major_axis_km * (1.0 - self.eccentricity) - WGS72_RADIUS_KM

    def advanced(self, days: Floats | float) -> Self:
        """Return the orbits some days later, moved by J2 alone (no drag, no Moon, no Sun)."""
        node, perigee, anomaly = secular_rates_rad_day(self)
        return replace(
            self,
            raan_rad=self.raan_rad + node * days,
            arg_of_perigee_rad=self.arg_of_perigee_rad + perigee * days,
            mean_anomaly_rad=self.mean_anomaly_rad + anomaly * days,
        )

    def elements(self, epoch_utc: Times, bstar_per_er: Floats) -> MeanElements:
        """Return the orbits as element sets that hold at `epoch_utc`, shape (n,)."""
        return MeanElements(
            epoch_utc=epoch_utc,
            mean_motion_kozai_rad_min=secular_rates_rad_day(self)[2] / 1440.0,
            eccentricity=self.eccentricity,
            inclination_rad=self.inclination_rad,
            raan_rad=self.raan_rad % (2.0 * np.pi),
            arg_of_perigee_rad=self.arg_of_perigee_rad % (2.0 * np.pi),
            mean_anomaly_rad=self.mean_anomaly_rad % (2.0 * np.pi),
            bstar_per_er=bstar_per_er,
        )


def mean_motion_rad_day(semi_major_axis_km: Floats) -> Floats:
    """Return the undisturbed mean motion of orbits with these semi-major axes."""
    return np.sqrt(WGS72_MU_KM3_S2 / semi_major_axis_km**3) * DAY_S


def secular_rates_rad_day(orbits: MeanOrbits) -> tuple[Floats, Floats, Floats]:
    """Return the rates of node, argument of perigee and mean anomaly, to first order in J2.

    The last one is, to the same order, the mean motion after Kozai that element sets publish.
    Source: Vallado 2013, section 9.6.1; Kozai 1959, AJ 64, 367.
    """
    n = mean_motion_rad_day(orbits.semi_major_axis_km)
    squared = 1.0 - orbits.eccentricity**2
    factor = n * _PER_ORBIT / (orbits.semi_major_axis_km * squared) ** 2
    sin2 = np.sin(orbits.inclination_rad) ** 2
    node = -factor * np.cos(orbits.inclination_rad)
    perigee = factor * (2.0 - 2.5 * sin2)
    anomaly = n + factor * np.sqrt(squared) * (1.0 - 1.5 * sin2)
    return node, perigee, anomaly


def sun_synchronous_inclination_rad(semi_major_axis_km: Floats) -> Floats:
    """Return the inclination at which a circular orbit's plane follows the mean Sun.

    >>> semi_major_axis_km = np.array([6378.135 + 700.0])
    >>> float(np.degrees(sun_synchronous_inclination_rad(semi_major_axis_km)).round(1)[0])
    98.2

    Source: Vallado 2013, section 11.4.1.
    """
    factor = mean_motion_rad_day(semi_major_axis_km) * _PER_ORBIT / semi_major_axis_km**2
    return np.arccos(-2.0 * np.pi / _TROPICAL_YEAR_DAYS / factor)


def mean_sun_rad(at_utc: np.datetime64) -> float:
    """Return the right ascension of the mean Sun, which equals its mean longitude.

    Source: Astronomical Almanac, low-precision formulas for the Sun.
    """
    return float(np.radians(280.460 + 0.9856474 * days_since(at_utc, J2000_UTC)))


def geosynchronous_axis_km(
    drift_deg_day: Floats, eccentricity: Floats, inclination_rad: Floats
) -> Floats:
    """Return the semi-major axis at which the mean longitude drifts east by `drift_deg_day`.

    >>> geosynchronous_axis_km(np.array([0.0]), np.array([0.0]), np.array([0.0])).round(0)
    array([42166.])
    """
    zero = np.zeros_like(drift_deg_day)
    wanted = EARTH_RATE_RAD_DAY + np.radians(drift_deg_day)
    axis_km = np.full_like(drift_deg_day, 42164.0)
    for _ in range(4):
        orbits = MeanOrbits(axis_km, eccentricity, inclination_rad, zero, zero, zero)
        rate = np.sum(secular_rates_rad_day(orbits), axis=0)
        axis_km = axis_km * (1.0 + 2.0 / 3.0 * (rate - wanted) / wanted)
    return axis_km


def joined(parts: list[MeanOrbits]) -> MeanOrbits:
    """Return the rows of all parts in order."""
    return MeanOrbits(
        *(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(MeanOrbits))
    )


def days_since(at_utc: Times | np.datetime64, start_utc: Times | np.datetime64) -> Floats:
    """Return the days from one moment to others, as differences of UTC labels."""
    return np.asarray((at_utc - start_utc) / np.timedelta64(1, "D"), dtype=np.float64)
