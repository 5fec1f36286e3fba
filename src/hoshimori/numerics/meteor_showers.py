"""How many meteors the major showers of the year bring, by where the Earth is in its orbit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.geometry import signed_angle_rad
from hoshimori.numerics.time import centuries_since_j2000

SPORADIC_HOURLY = 10.0
"""Meteors that an observer sees in an hour without any shower. Source: as `SHOWERS`, section 2."""


@dataclass(frozen=True, slots=True)
class Shower:
    """One major shower: when it peaks, how strong, and how fast it rises and falls."""

    name: str
    peak_deg: float
    """Longitude of the Sun at the peak (J2000)."""
    hourly: float
    """Zenithal hourly rate at the peak."""
    slope_per_deg: float
    """Decades by which the rate falls in each degree from the peak."""
    from_deg: float
    until_deg: float
    """Longitudes between which it is active."""


# Peaks, rates and times of activity of the showers that the IMO counts among the major ones.
# Source: IMO Meteor Shower Calendar 2021 (Rendtel ed.), table 5. Slopes: Jenniskens 1994, A&A 287,
# 990, table 2, rounded. Rates of single years differ by a third, outbursts by far more.
SHOWERS = (
    Shower("Quadrantids", 283.15, 110.0, 1.8, 276.0, 292.0),
    Shower("Lyrids", 32.32, 18.0, 0.22, 24.0, 40.0),
    Shower("eta-Aquariids", 45.5, 50.0, 0.08, 29.0, 67.0),
    Shower("Southern delta-Aquariids", 127.0, 25.0, 0.091, 110.0, 150.0),
    Shower("Perseids", 140.0, 100.0, 0.2, 114.0, 151.0),
    Shower("Orionids", 208.0, 20.0, 0.12, 189.0, 225.0),
    Shower("Leonids", 235.27, 10.0, 0.39, 224.0, 248.0),
    Shower("Geminids", 262.2, 150.0, 0.39, 252.0, 268.0),
    Shower("Ursids", 270.7, 10.0, 0.61, 265.0, 274.0),
)


def solar_longitude_deg(utc: Times) -> Floats:
    """Return the ecliptic longitude of the Sun [deg, 0 to 360], of equinox J2000.

    Within 0.02 degrees (half an hour) from 1950 to 2050.
    Source: Vallado 2013, algorithm 29; precession in longitude of 1.397 degrees a century.

    >>> peak = np.array(["2020-12-14T00:50"], "datetime64[us]")
    >>> solar_longitude_deg(peak).round(1).tolist()
    [262.2]
    """
    t = centuries_since_j2000(utc)
    anomaly = np.radians(357.5291092 + 35999.05034 * t)
    of_date = (
        280.460
        + 36000.771 * t
        + 1.914666471 * np.sin(anomaly)
        + 0.019994643 * np.sin(2.0 * anomaly)
    )
    return np.asarray((of_date - 1.397 * t) % 360.0)


def shower_rates_hourly(utc: Times) -> Floats:
    """Return the zenithal hourly rate of each shower of `SHOWERS` at moments, shape (k, m).

    Source: Jenniskens 1994, A&A 287, 990, eq. 8: ten to the power of slope times distance.
    """
    longitude = solar_longitude_deg(utc)
    return np.stack([_rate(shower, longitude) for shower in SHOWERS])


def _rate(shower: Shower, longitude_deg: Floats) -> Floats:
    apart = np.degrees(signed_angle_rad(np.radians(longitude_deg - shower.peak_deg)))
    rate = shower.hourly * 10.0 ** (-shower.slope_per_deg * np.abs(apart))
    inside = (apart >= shower.from_deg - shower.peak_deg) & (
        apart <= shower.until_deg - shower.peak_deg
    )
    return np.where(inside, rate, 0.0)
