"""What nature alone does to orbits of the geostationary belt: longitude and plane."""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.constants import MINUTES_PER_DAY, XKE
from hoshimori.numerics.elements import Floats, Times

# Resonant harmonics of SGP4 for one revolution a day: (order, phase [rad], strength).
# Strength is the harmonic times its inclination function at zero inclination.
# Source: Vallado et al. 2006, AIAA 2006-6753, routine ``dsinit`` (q22, q31, q33, fasx2, 4, 6).
_SYNCHRONOUS_RAD_MIN = 4.37526908801129966e-3
_AXIS_ER = (XKE / _SYNCHRONOUS_RAD_MIN) ** (2.0 / 3.0)
_HARMONICS = (
    (1.0, 0.13130908, -1.5 * 2.1460748e-6 / _AXIS_ER),
    (2.0, 2.8843198, 2.0 * 3.0 * 1.7891679e-6),
    (3.0, 0.37448087, 3.0 * 15.0 * 2.2123015e-7 / _AXIS_ER),
)
_POLE_DEG = 7.4
"""Tilt of the Laplace plane of the belt towards the ecliptic."""
_MEAN_DEG_YEAR, _SWING_DEG_YEAR = 0.85, 0.10
_J2000_UTC = np.datetime64("2000-01-01T12:00:00", "us")
_NODE_DEG, _NODE_DEG_DAY = 125.0445, -0.0529539
"""Longitude of the Moon's ascending node."""
_YEAR_DAYS = 365.25


def longitude_acceleration_deg_day2(longitude_deg_east: Floats) -> Floats:
    """Return the acceleration of the mean longitude by the Earth's shape, east positive.

    Of circular equatorial geosynchronous orbits; zero at the stable longitudes near 75 E and
    105 W and the unstable near 12 W and 162 E. At 7 degrees of inclination 1 % less.
    Source: Vallado et al. 2006, AIAA 2006-6753, routine ``dsinit``; Soop 1994, section 2.4.

    >>> longitude_acceleration_deg_day2(np.array([75.1, 85.0, 120.0])).round(5).tolist()
    [2e-05, -0.00068, -0.00196]
    """
    angle = np.radians(longitude_deg_east)
    scale = 3.0 * (_SYNCHRONOUS_RAD_MIN / _AXIS_ER) ** 2
    rad_min2 = sum(
        strength * np.sin(order * (angle - phase)) for order, phase, strength in _HARMONICS
    )
    return np.asarray(np.degrees(scale * rad_min2) * MINUTES_PER_DAY**2)


def plane_drift_deg_day(
    inclination_x_deg: Floats, inclination_y_deg: Floats, epoch_utc: Times
) -> Floats:
    """Return the drift of the inclination vector i (cos node, sin node) by Moon and Sun, (n, 2).

    The orbit pole circles that of the Laplace plane once in about 53 years: 0.85 degrees a year
    for an equatorial orbit, 0.10 more or less with the Moon's node over 18.6 years. Within a year
    the Sun changes the rate by a third for some weeks, which is left out.
    Source: Allan and Cook 1964, Proc. R. Soc. A 280, 97; Soop 1994, section 2.5; node of the
    Moon: Meeus 1998, Astronomical Algorithms, chapter 22.

    >>> at_utc = np.array(["2006-06-20", "2015-10-10"], "datetime64[us]")
    >>> (plane_drift_deg_day(np.zeros(2), np.zeros(2), at_utc) * 365.25).round(2).tolist()
    [[0.0, 0.95], [0.0, 0.75]]
    """
    days = np.asarray((epoch_utc - _J2000_UTC) / np.timedelta64(1, "D"), dtype=np.float64)
    node = np.radians(_NODE_DEG + _NODE_DEG_DAY * days)
    rate_deg_day = (_MEAN_DEG_YEAR + _SWING_DEG_YEAR * np.cos(node)) / _YEAR_DAYS
    off_x, off_y = inclination_x_deg - _POLE_DEG, inclination_y_deg
    return np.asarray(np.column_stack((off_y, -off_x)) * (rate_deg_day / _POLE_DEG)[:, None])
