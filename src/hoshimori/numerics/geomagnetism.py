"""The Earth's main magnetic field: its strength, and the shells that trapped particles follow."""

from __future__ import annotations

import math

import numpy as np

from hoshimori.numerics.elements import Floats, Times

REFERENCE_RADIUS_KM = 6371.2
_EPOCH = np.datetime64("2025-01-01T00:00:00", "us")
_US_PER_YEAR = 365.25 * 86400e6
_DEGREE = 8

# Coefficients of degree and order (n, m): g, h [nT] at 2025.0, and their change [nT/year].
# Source: IGRF-14 (IAGA Working Group V-MOD 2024, igrf14coeffs.txt), cut at degree 8.
_IGRF = (
    (1, 0, -29350.0, 0.0, 12.6, 0.0),
    (1, 1, -1410.3, 4545.5, 10.0, -21.5),
    (2, 0, -2556.2, 0.0, -11.2, 0.0),
    (2, 1, 2950.9, -3133.6, -5.3, -27.3),
    (2, 2, 1648.7, -814.2, -8.3, -11.1),
    (3, 0, 1360.9, 0.0, -1.5, 0.0),
    (3, 1, -2404.2, -56.9, -4.4, 3.8),
    (3, 2, 1243.8, 237.6, 0.4, -0.2),
    (3, 3, 453.4, -549.6, -15.6, -3.9),
    (4, 0, 894.7, 0.0, -1.7, 0.0),
    (4, 1, 799.6, 278.6, -2.3, -1.3),
    (4, 2, 55.8, -134.0, -5.8, 4.1),
    (4, 3, -281.1, 212.0, 5.4, 1.6),
    (4, 4, 12.0, -375.4, -6.8, -4.1),
    (5, 0, -232.9, 0.0, 0.6, 0.0),
    (5, 1, 369.0, 45.3, 1.3, -0.5),
    (5, 2, 187.2, 220.0, 0.0, 2.1),
    (5, 3, -138.7, -122.9, 0.7, 0.5),
    (5, 4, -141.9, 42.9, 2.3, 1.7),
    (5, 5, 20.9, 106.2, 1.0, 1.9),
    (6, 0, 64.3, 0.0, -0.2, 0.0),
    (6, 1, 63.8, -18.4, -0.3, 0.3),
    (6, 2, 76.7, 16.8, 0.8, -1.6),
    (6, 3, -115.7, 48.9, 1.2, -0.4),
    (6, 4, -40.9, -59.8, -0.8, 0.8),
    (6, 5, 14.9, 10.9, 0.4, 0.7),
    (6, 6, -60.8, 72.8, 0.9, 0.9),
    (7, 0, 79.6, 0.0, -0.1, 0.0),
    (7, 1, -76.9, -48.9, -0.1, 0.6),
    (7, 2, -8.8, -14.4, -0.1, 0.5),
    (7, 3, 59.3, -1.0, 0.5, -0.7),
    (7, 4, 15.8, 23.5, -0.1, 0.0),
    (7, 5, 2.5, -7.4, -0.8, -0.9),
    (7, 6, -11.2, -25.1, -0.8, 0.5),
    (7, 7, 14.3, -2.2, 0.9, -0.3),
    (8, 0, 23.1, 0.0, -0.1, 0.0),
    (8, 1, 10.9, 7.2, 0.2, -0.3),
    (8, 2, -17.5, -12.6, 0.0, 0.4),
    (8, 3, 2.0, 11.5, 0.4, -0.3),
    (8, 4, -21.8, -9.7, -0.1, 0.4),
    (8, 5, 16.9, 12.7, 0.3, -0.5),
    (8, 6, 14.9, 0.7, 0.1, -0.6),
    (8, 7, -16.8, -5.2, 0.0, 0.3),
    (8, 8, 1.0, 3.9, 0.3, 0.2),
)


def field_nt(position_itrf_km: Floats, utc: Times) -> Floats:
    """Return the strength of the main field [nT] at positions in ITRF, shape (...,).

    Degree 8 of IGRF-14: at the ground within 200 nT of the World Magnetic Model's published values
    from 2020 to 2025. Storms, the crust and currents above are left out.
    Source: Langel 1987, The Main Field, in Geomagnetism 1, eq. 7 to 9 (spherical harmonics, Schmidt
    quasi-normalised).
    """
    r = np.linalg.norm(position_itrf_km, axis=-1)
    x, y, z = np.moveaxis(position_itrf_km, -1, 0)
    cosine = z / r
    sine = np.maximum(np.hypot(x, y) / r, 1e-9)
    longitude = np.arctan2(y, x)
    years = (utc - _EPOCH).astype(np.float64) / _US_PER_YEAR
    legendre, slope = _legendre(cosine, sine)
    radial, south, east = np.zeros_like(r), np.zeros_like(r), np.zeros_like(r)
    for n, m, g0, h0, g_rate, h_rate in _IGRF:
        g, h = g0 + g_rate * years, h0 + h_rate * years
        reach = (REFERENCE_RADIUS_KM / r) ** (n + 2)
        along = g * np.cos(m * longitude) + h * np.sin(m * longitude)
        across = g * np.sin(m * longitude) - h * np.cos(m * longitude)
        radial = radial + (n + 1) * reach * along * legendre[n, m]
        south = south - reach * along * slope[n, m]
        east = east + reach * m * across * legendre[n, m] / sine
    return np.asarray(np.sqrt(radial**2 + south**2 + east**2))


def _legendre(
    cosine: Floats, sine: Floats
) -> tuple[dict[tuple[int, int], Floats], dict[tuple[int, int], Floats]]:
    """Return Schmidt quasi-normalised functions of colatitude, and their slopes."""
    value: dict[tuple[int, int], Floats] = {(0, 0): np.ones_like(cosine)}
    slope: dict[tuple[int, int], Floats] = {(0, 0): np.zeros_like(cosine)}
    nothing = np.zeros_like(cosine)
    for n in range(1, _DEGREE + 1):
        for m in range(n + 1):
            if m == n:
                factor = 1.0 if n == 1 else math.sqrt(1.0 - 0.5 / n)
                before, turned = value[n - 1, n - 1], slope[n - 1, n - 1]
                value[n, n] = factor * sine * before
                slope[n, n] = factor * (sine * turned + cosine * before)
                continue
            width = math.sqrt(n * n - m * m)
            first, second = (2 * n - 1) / width, math.sqrt((n - 1) ** 2 - m * m) / width
            earlier = value.get((n - 2, m), nothing) if n - 2 >= m else nothing
            turned = slope.get((n - 2, m), nothing) if n - 2 >= m else nothing
            value[n, m] = first * cosine * value[n - 1, m] - second * earlier
            slope[n, m] = (
                first * (cosine * slope[n - 1, m] - sine * value[n - 1, m]) - second * turned
            )
    return value, slope


def ground_field_nt(position_itrf_km: Floats, utc: Times) -> Floats:
    """Return the strength of the main field [nT] straight below positions, at the mean radius."""
    r = np.linalg.norm(position_itrf_km, axis=-1, keepdims=True)
    return field_nt(position_itrf_km / r * REFERENCE_RADIUS_KM, utc)


def dipole_shell(position_itrf_km: Floats, utc: Times) -> Floats:
    """Return McIlwain's L [Earth radii] of positions, of the tilted dipole at the Earth's centre.

    The dipole is that of IGRF-14. The real field is shifted by 600 km and more, so that L in low
    orbits is good to 0.3, and beyond L 5 the outer field adds as much.
    Source: Walt 1994, Introduction to Geomagnetically Trapped Radiation, eq. 3.5 and section 3.2.
    """
    years = (utc - _EPOCH).astype(np.float64) / _US_PER_YEAR
    (_, _, g10, _, g10_rate, _), (_, _, g11, h11, g11_rate, h11_rate) = _IGRF[:2]
    axis = np.stack(
        [g11 + g11_rate * years, h11 + h11_rate * years, g10 + g10_rate * years], axis=-1
    )
    r = np.linalg.norm(position_itrf_km, axis=-1)
    sine = np.sum(position_itrf_km * axis, axis=-1) / (r * np.linalg.norm(axis, axis=-1))
    return np.asarray(r / REFERENCE_RADIUS_KM / np.maximum(1.0 - sine**2, 1e-6))
