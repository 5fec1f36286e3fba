"""How many meteors the major showers of the year bring, by where the Earth is in its orbit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.geometry import signed_angle_rad
from hoshimori.numerics.time import centuries_since_j2000

SPORADIC_HOURLY = 10.0
"""Meteors that an observer sees in an hour without any shower.
Source: Jenniskens 1994, A&A 287, 990 ("a canonical value of 10 meteors/hr")."""


@dataclass(frozen=True, slots=True)
class Shower:
    """One major shower: when it peaks, how strong, and how fast it rises and falls."""

    name: str
    peak_deg: float
    """Longitude of the Sun at the peak (J2000)."""
    hourly: float
    """Zenithal hourly rate at the peak, in a usual year."""
    rise_per_deg: float
    """Decades by which the rate grows in each degree before the peak."""
    fall_per_deg: float
    """Decades by which it falls in each degree after it."""
    from_deg: float
    until_deg: float
    """Longitudes between which it is active: the whole of the days that are printed."""


# Peaks, rates and days of activity. Source: IMO Meteor Shower Calendar 2026 (Rendtel ed., IMO INFO
# 3-25), table 5, as public copies of it have them; the Daytime Arietids, and the slope of the
# Southern delta-Aquariids, as Stellarium's list has them (MeteorShowers.json, commit 7646efa).
# Slopes: Jenniskens 1994, A&A 287, 990, table 3b. Rates of single years differ by a third,
# outbursts by far more. Looked up on 28 November 2026; the calendar itself was out of reach.
SHOWERS = (
    Shower("Quadrantids", 283.15, 80.0, 1.8, 1.8, 276.1, 292.4),
    Shower("Lyrids", 32.32, 18.0, 0.22, 0.22, 23.7, 40.3),
    Shower("eta-Aquariids", 45.5, 50.0, 0.08, 0.08, 28.6, 67.3),
    Shower("Daytime Arietids", 76.6, 30.0, 0.1, 0.1, 52.0, 93.0),
    Shower("Southern delta-Aquariids", 128.0, 25.0, 0.091, 0.091, 109.3, 150.5),
    Shower("Perseids", 140.0, 100.0, 0.2, 0.2, 114.1, 151.5),
    Shower("Orionids", 208.0, 20.0, 0.12, 0.12, 188.4, 225.2),
    Shower("Leonids", 235.27, 15.0, 0.39, 0.39, 223.2, 248.4),
    Shower("Geminids", 262.2, 150.0, 0.39, 0.72, 251.5, 268.7),
    Shower("Ursids", 270.7, 10.0, 0.61, 0.61, 264.7, 274.8),
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

    Source: Jenniskens 1994, A&A 287, 990: the rate at the peak times ten to the power of minus
    slope times distance.
    """
    longitude = solar_longitude_deg(utc)
    return np.stack([_rate(shower, longitude) for shower in SHOWERS])


def _rate(shower: Shower, longitude_deg: Floats) -> Floats:
    apart = np.degrees(signed_angle_rad(np.radians(longitude_deg - shower.peak_deg)))
    slope = np.where(apart < 0.0, shower.rise_per_deg, shower.fall_per_deg)
    rate = shower.hourly * 10.0 ** (-slope * np.abs(apart))
    inside = (apart >= shower.from_deg - shower.peak_deg) & (
        apart <= shower.until_deg - shower.peak_deg
    )
    return np.where(inside, rate, 0.0)
