"""How far the states of element sets are expected to be off, by orbit and age.

Element sets carry no covariance. The model is that of pairwise differences, one standard
deviation per axis of the RTN frame, age in days before or after the epoch:
``sigma(age)^2 = s0^2 + (s1 age)^2 + (s2 age^2)^2``, the quadratic term for drag (Flohrer, Krag &
Klinkrad 2008, AMOS; Geul, Mooij & Noomen 2017, Adv. Space Res. 59).

Coefficients and what they rest on:

* LEO above 600 km: RMS of element sets against precise orbits of Jason-1, TOPEX and Sentinel-3A
  (SP3 files of the DORIS centres), worst of the three: 0.4 / 0.9 / 0.5 km within a day of the
  epoch, 0.5 / 2.0 / 0.7 km after 5 to 7 days.
* GEO: differences of successive element sets of Fengyun-2F and -4A, unlisted burns included:
  0.19 / 1.9 / 0.32 km a day, 1.2 / 18.5 / 2.2 km after 7 days; on top a floor of 3 km along the
  track, as such sets carry biases that differences do not show.
* MEO: GNSS against multi-GNSS precise orbits, median 1.4 to 2.2 km in three dimensions.
* LEO below 600 km and HEO: nothing measured here. Generous on purpose: drag along the track
  reaches 11 km in a week at 450 to 600 km, 50 km below.
"""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.elements import (
    Floats,
    MeanElements,
    OrbitRegime,
    orbit_regime,
    perigee_altitude_km,
)
from hoshimori.numerics.frames import rtn_basis

_LOW_LEO, _MIDDLE_LEO, _HIGH_LEO, _MEO, _GEO, _HEO = range(6)
_COEFFICIENTS = np.array(
    [  # s0 [km], s1 [km/day], s2 [km/day^2]; each radial, in-track, cross-track
        [[0.4, 1.0, 0.4], [0.05, 1.0, 0.05], [0.01, 1.0, 0.0]],
        [[0.4, 1.0, 0.4], [0.05, 0.5, 0.05], [0.0, 0.2, 0.0]],
        [[0.4, 0.9, 0.6], [0.06, 0.27, 0.06], [0.0, 0.02, 0.0]],
        [[0.6, 1.5, 0.6], [0.05, 0.3, 0.05], [0.0, 0.0, 0.0]],
        [[1.0, 3.0, 1.0], [0.18, 2.6, 0.32], [0.0, 0.0, 0.0]],
        [[1.5, 5.0, 1.5], [0.5, 3.0, 0.5], [0.0, 0.2, 0.0]],
    ]
)


def element_sigma_rtn_km(elements: MeanElements, age_days: Floats) -> Floats:
    """Return the expected error of propagated element sets, one sigma [km] in RTN, shape (n, 3).

    `age_days` has shape (n,): time between epoch and the moment asked about, of either sign.
    Impossible elements count as HEO.

    >>> from numpy import array, zeros, datetime64
    >>> geostationary = MeanElements(
    ...     array(["2025-03-03"], "datetime64[us]"), array([0.0043752]), *zeros((6, 1))
    ... )
    >>> element_sigma_rtn_km(geostationary, array([1.0])).round(1)
    array([[1., 4., 1.]])
    """
    s0, s1, s2 = np.moveaxis(_COEFFICIENTS[_row(elements)], 1, 0)
    age = np.abs(age_days)[:, None]
    return np.asarray(np.sqrt(s0**2 + (s1 * age) ** 2 + (s2 * age**2) ** 2))


def _row(elements: MeanElements) -> Floats:
    regime, perigee_km = orbit_regime(elements), perigee_altitude_km(elements)
    is_leo = regime == OrbitRegime.LEO
    return np.select(
        [
            is_leo & (perigee_km < 450.0),
            is_leo & (perigee_km < 600.0),
            is_leo,
            regime == OrbitRegime.MEO,
            regime == OrbitRegime.GEO,
        ],
        [_LOW_LEO, _MIDDLE_LEO, _HIGH_LEO, _MEO, _GEO],
        _HEO,
    )


def covariance_teme_km2(position_km: Floats, velocity_km_s: Floats, sigma_rtn_km: Floats) -> Floats:
    """Return covariances of position in TEME from standard deviations in RTN, shape (n, 3, 3)."""
    rows = rtn_basis(position_km, velocity_km_s) * sigma_rtn_km[..., :, None]
    return np.asarray(np.swapaxes(rows, -1, -2) @ rows)


def miss_sigma_km(covariance_km2: Floats, relative_velocity_km_s: Floats) -> Floats:
    """Return one sigma [km] of a miss distance: the longest axis of the error ellipse, shape (n,).

    Only errors across the relative velocity change how near two objects pass. The longest axis of
    that ellipse is an upper bound whatever the direction of the miss, also for misses far smaller
    than the error. Shapes (n, 3, 3) and (n, 3).
    Source: Foster & Estes 1992, NASA JSC-25898 (encounter plane).
    """
    along = relative_velocity_km_s / np.linalg.norm(relative_velocity_km_s, axis=-1, keepdims=True)
    across = np.eye(3) - along[..., :, None] * along[..., None, :]
    return range_sigma_km(across @ covariance_km2 @ across)


def range_sigma_km(covariance_km2: Floats) -> Floats:
    """Return one sigma [km] of a range at a given moment: the longest axis of the ellipsoid."""
    return np.asarray(np.sqrt(np.linalg.eigvalsh(covariance_km2)[..., -1]))


def interval_km(best_km: float, sigma_km: float, sigmas: float = 2.0) -> tuple[float, float, float]:
    """Return (low, best, high) of a range: `sigmas` to either side, never below zero.

    >>> interval_km(3.0, 2.0)
    (0.0, 3.0, 7.0)
    """
    reach_km = sigmas * sigma_km
    return max(0.0, best_km - reach_km), best_km, best_km + reach_km
