"""How far the states of element sets are expected to be off by class, and what that does to ranges.

Element sets carry no covariance. How errors grow with age in each class of orbits is measured in
`covariance_classes`; `covariance` refines it by the history of each object.
"""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.covariance_classes import Flags, class_growth
from hoshimori.numerics.elements import Floats, MeanElements
from hoshimori.numerics.frames import rtn_basis


def element_sigma_rtn_km(
    elements: MeanElements, age_days: Floats, *, in_shell: Flags | None = None
) -> Floats:
    """Return the expected error of propagated element sets, one sigma [km] in RTN, shape (n, 3).

    `age_days` has shape (n,): time between epoch and the moment asked about, of either sign. What
    the class of each orbit shows, objects under unannounced thrust in `in_shell` apart (see
    `class_growth`). Impossible elements count as the widest class.

    >>> from numpy import array, zeros, datetime64
    >>> geostationary = MeanElements(
    ...     array(["2025-03-03"], "datetime64[us]"), array([0.0043752]), *zeros((6, 1))
    ... )
    >>> element_sigma_rtn_km(geostationary, array([1.0])).round(1)
    array([[2.1, 7.8, 3.1]])
    """
    return class_growth(elements, in_shell=in_shell).sigma_rtn_km(age_days)


def covariance_teme_km2(position_km: Floats, velocity_km_s: Floats, sigma_rtn_km: Floats) -> Floats:
    """Return covariances of position in TEME from standard deviations in RTN, shape (n, 3, 3)."""
    rows = rtn_basis(position_km, velocity_km_s) * sigma_rtn_km[..., :, None]
    return np.asarray(np.swapaxes(rows, -1, -2) @ rows)


def rtn_covariance_to_teme_km2(
    position_km: Floats, velocity_km_s: Floats, covariance_rtn_km2: Floats
) -> Floats:
    """Return covariances of position in TEME from those in the RTN frame of TEME states, (n, 3, 3).

    >>> ahead = rtn_covariance_to_teme_km2(
    ...     np.array([7000.0, 0.0, 0.0]), np.array([0.0, 7.5, 0.0]), np.diag([1.0, 9.0, 4.0])
    ... )
    >>> ahead.diagonal().tolist()
    [1.0, 9.0, 4.0]
    """
    basis = rtn_basis(position_km, velocity_km_s)
    return np.asarray(np.swapaxes(basis, -1, -2) @ covariance_rtn_km2 @ basis)


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
