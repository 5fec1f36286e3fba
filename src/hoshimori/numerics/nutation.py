"""Precession and nutation: how the true equator of a date stands in the GCRF."""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.constants import TWO_PI
from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.time import J2000, centuries_since_j2000

_ARCSECOND = np.pi / 648000.0
# TT is 64 to 75 s ahead of UTC from 2000 to 2050; a minute moves nutation by 1e-4 arc seconds.
_TT_MINUS_UTC = np.timedelta64(69, "s")

# Multiples of Delaunay's l, l', F, D, Omega; longitude (sine) and obliquity (cosine) [mas].
# Source: McCarthy & Luzum 2003, Cel. Mech. Dyn. Astr. 85, 37-49 (IAU 2000B), the 31 largest terms.
_TERMS = np.array(
    [
        (0, 0, 0, 0, 1, -17206.4161, 9205.2331),
        (0, 0, 2, -2, 2, -1317.0906, 573.0336),
        (0, 0, 2, 0, 2, -227.6413, 97.8459),
        (0, 0, 0, 0, 2, 207.4554, -89.7492),
        (0, 1, 0, 0, 0, 147.5877, 7.3871),
        (0, 1, 2, -2, 2, -51.6821, 22.4386),
        (1, 0, 0, 0, 0, 71.1159, -0.6750),
        (0, 0, 2, 0, 1, -38.7298, 20.0728),
        (1, 0, 2, 0, 2, -30.1461, 12.9025),
        (0, -1, 2, -2, 2, 21.5829, -9.5929),
        (0, 0, 2, -2, 1, 12.8227, -6.8982),
        (-1, 0, 2, 0, 2, 12.3457, -5.3311),
        (-1, 0, 0, 2, 0, 15.6994, -0.1235),
        (1, 0, 0, 0, 1, 6.3110, -3.3228),
        (-1, 0, 0, 0, 1, -5.7976, 3.1429),
        (-1, 0, 2, 2, 2, -5.9641, 2.5543),
        (1, 0, 2, 0, 1, -5.1613, 2.6366),
        (-2, 0, 2, 0, 1, 4.5893, -2.4236),
        (0, 0, 0, 2, 0, 6.3384, -0.1220),
        (0, 0, 2, 2, 2, -3.8571, 1.6452),
        (0, -2, 2, -2, 2, 3.2481, -1.3870),
        (-2, 0, 0, 2, 0, -4.7722, 0.0477),
        (2, 0, 2, 0, 2, -3.1046, 1.3238),
        (1, 0, 2, -2, 2, 2.8593, -1.2338),
        (-1, 0, 2, 0, 1, 2.0441, -1.0758),
        (2, 0, 0, 0, 0, 2.9243, -0.0609),
        (0, 0, 2, 0, 0, 2.5887, -0.0550),
        (0, 1, 0, 0, 1, -1.4053, 0.8551),
        (-1, 0, 0, 2, 1, 1.5164, -0.8001),
        (0, 2, 2, -2, 2, -1.5794, 0.6850),
        (0, 0, -2, 2, 0, 2.1783, -0.0167),
    ]
)

# Polynomials in centuries of TT, ascending powers [arc seconds].
# Delaunay's arguments. Source: Simon et al. 1994, Astron. Astrophys. 282, 663-683.
_DELAUNAY = (
    (485868.249036, 1717915923.2178),
    (1287104.79305, 129596581.0481),
    (335779.526232, 1739527262.8478),
    (1072260.70369, 1602961601.2090),
    (450160.398036, -6962890.5431),
)
# Precession of IAU 2006 in the angles of Fukushima and Williams, and sidereal time without ERA.
# Source: Hilton et al. 2006, Cel. Mech. Dyn. Astr. 94, 351-367; IERS Conventions 2010, eq. 5.32.
_GAMMA = (-0.052928, 10.556378, 0.4932044, -0.00031238)
_PHI = (84381.412819, -46.811016, 0.0511268, 0.00053289)
_PSI = (-0.041775, 5038.481484, 1.5584175, -0.00018522)
_OBLIQUITY = (84381.406, -46.836769, -0.0001831, 0.00200340)
_SIDEREAL = (0.014506, 4612.156534, 1.3915817, -0.00000044)


def true_equator(utc: Times) -> tuple[Floats, Floats]:
    """Return Greenwich apparent sidereal time [rad] and the matrices from GCRF to true equator.

    Shapes (...) and (..., 3, 3). UT1 is taken as UTC: use the angle only in differences with
    another sidereal time taken so. Accurate to 0.01 arc seconds from 1990 to 2030.
    Source: IERS Conventions 2010, chapter 5; truncation after McCarthy & Luzum 2003.
    """
    t = centuries_since_j2000(utc + _TT_MINUS_UTC)
    nutation, d_obliquity, node = _nutation(t)
    obliquity = _polynomial(_OBLIQUITY, t)
    days = (utc - J2000) / np.timedelta64(1, "D")
    within = ((utc - J2000) % np.timedelta64(1, "D")) / np.timedelta64(1, "D")
    rotation = TWO_PI * (0.7790572732640 + 0.00273781191135448 * days + within)
    equinoxes = nutation * np.cos(obliquity) + 0.00264096 * _ARCSECOND * np.sin(node)
    apparent = (rotation + _polynomial(_SIDEREAL, t) + equinoxes) % TWO_PI
    ecliptic = _about_x(_polynomial(_PHI, t)) @ _about_z(_polynomial(_GAMMA, t))
    equinox = _about_z(-_polynomial(_PSI, t) - nutation) @ ecliptic
    return apparent, _about_x(-obliquity - d_obliquity) @ equinox


def _nutation(t: Floats) -> tuple[Floats, Floats, Floats]:
    """Return nutation in longitude and obliquity and the Moon's node [rad]."""
    delaunay = np.stack([_polynomial(argument, t) for argument in _DELAUNAY], axis=-1)
    angles = delaunay @ _TERMS[:, :5].T
    sine, cosine = np.sin(angles), np.cos(angles)
    # The largest term changes by the century and has a part out of phase.
    longitude = sine @ _TERMS[:, 5] - 17.4666 * t * sine[..., 0] + 3.3386 * cosine[..., 0]
    obliquity = cosine @ _TERMS[:, 6] + 0.9086 * t * cosine[..., 0] + 1.5377 * sine[..., 0]
    mas = _ARCSECOND / 1000.0
    # The offsets stand for planetary terms (ibid.).
    return (longitude - 0.135) * mas, (obliquity + 0.388) * mas, delaunay[..., 4]


def _polynomial(coefficients: tuple[float, ...], t: Floats) -> Floats:
    return np.asarray(np.polynomial.polynomial.polyval(t, coefficients) * _ARCSECOND)


def _about_z(angle_rad: Floats) -> Floats:
    return axis_rotation(angle_rad, 0, 1)


def _about_x(angle_rad: Floats) -> Floats:
    return axis_rotation(angle_rad, 1, 2)


def axis_rotation(angle_rad: Floats, first: int, second: int) -> Floats:
    """Return the matrices that turn the axes, `first` towards `second`, by an angle."""
    matrix = np.zeros((*np.shape(angle_rad), 3, 3))
    matrix[..., range(3), range(3)] = 1.0
    matrix[..., first, first] = matrix[..., second, second] = np.cos(angle_rad)
    matrix[..., first, second] = np.sin(angle_rad)
    matrix[..., second, first] = -np.sin(angle_rad)
    return matrix
