"""Covariances of an encounter: into the inertial frame, and mended where they cannot be right."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.frames import rtn_basis

_CLIP_FRACTION = 1e-4
"""Smallest sigma as a share of the hard-body radius: too small to change a probability."""


class UncertainStates(NamedTuple):
    """States of many objects at one moment each, in an inertial frame."""

    position_km: Floats
    """Shape (n, 3)."""
    velocity_km_s: Floats
    """Shape (n, 3)."""
    covariance: Floats
    """Shape (n, 3, 3) [km^2], or (n, 6, 6) with velocities [km^2/s, km^2/s^2]."""


class RepairedCovariance(NamedTuple):
    """Covariances fit for use, and which of them had to be changed."""

    covariance: Floats
    repaired: npt.NDArray[np.bool_]


def inertial_covariance(
    position_km: Floats, velocity_km_s: Floats, covariance_rtn: Floats
) -> Floats:
    """Return covariances given in RTN in the inertial frame of the state.

    States have shape (..., 3), covariances (..., 3, 3) [km^2] or (..., 6, 6) [km^2, km^2/s,
    km^2/s^2]. Velocities are turned with the axes at that moment and not seen from the rotating
    frame, as conjunction data messages mean it. NaN for a velocity along the radius.
    Source: CCSDS 508.0-B-1, annex E; Vallado 2013, section 3.3.
    """
    to_rtn = rtn_basis(position_km, velocity_km_s)
    if covariance_rtn.shape[-1] == 6:
        to_rtn = np.asarray(np.kron(np.eye(2), to_rtn), dtype=np.float64)
    return np.asarray(np.swapaxes(to_rtn, -1, -2) @ covariance_rtn @ to_rtn)


def repaired_covariance(covariance_km2: Floats, hard_body_radius_km: Floats) -> RepairedCovariance:
    """Return covariances with eigenvalues raised to at least (1e-4 R)^2, shape (..., n, n).

    The radii R have the shape (...), or one that spreads to it. Covariances that need no repair are
    returned bit for bit.
    Source: Hall, Hejduk & Johnson 2017, AAS 17-567 (eigenvalue clipping).

    >>> repaired_covariance(np.diag([4.0, -1.0]), np.array(100.0))
    RepairedCovariance(covariance=array([[4.e+00, 0.e+00],
           [0.e+00, 1.e-04]]), repaired=array(True))
    """
    values, vectors = np.linalg.eigh(covariance_km2)
    values, repaired = clipped_eigenvalues(values, hard_body_radius_km)
    clipped = (vectors * values[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    return RepairedCovariance(
        np.where(repaired[..., None, None], clipped, covariance_km2), repaired
    )


def repaired_state_covariance(
    covariance: Floats, time_scale_s: Floats, hard_body_radius_km: Floats
) -> RepairedCovariance:
    """Return covariances of position and velocity that are positive definite, shape (n, 6, 6).

    Velocities are weighed as the distance covered in the time given, shape (n,): one over the mean
    motion makes both halves alike. Eigenvalues that are not above zero are raised to (1e-4 R)^2;
    covariances that have none are returned bit for bit, NaN stays NaN.
    Source: Hall, Hejduk & Johnson 2017, AAS 17-567 (eigenvalue clipping).
    """
    scale = np.ones(covariance.shape[:-1])
    scale[..., 3:] = time_scale_s[..., None]
    known = np.asarray(np.isfinite(covariance).all(axis=(-2, -1)))
    known &= np.isfinite(scale).all(axis=-1)
    scaled = covariance * scale[..., :, None] * scale[..., None, :]
    values, vectors = np.linalg.eigh(np.where(known[..., None, None], scaled, np.eye(6)))
    repaired = values[..., 0] <= 0.0
    least_km2 = (_CLIP_FRACTION * hard_body_radius_km[..., None]) ** 2
    raised = np.where(values <= 0.0, least_km2, values)
    clipped = (vectors * raised[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    clipped /= scale[..., :, None] * scale[..., None, :]
    return RepairedCovariance(np.where(repaired[..., None, None], clipped, covariance), repaired)


def clipped_eigenvalues(
    values_km2: Floats, hard_body_radius_km: Floats
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return eigenvalues (..., n) raised to at least (1e-4 R)^2, and where that was needed (...).

    Source: Hall, Hejduk & Johnson 2017, AAS 17-567.
    """
    least_km2 = (_CLIP_FRACTION * np.asarray(hard_body_radius_km)[..., None]) ** 2
    return np.maximum(values_km2, least_km2), np.asarray(np.any(values_km2 < least_km2, axis=-1))


def is_positive_definite(covariance: Floats) -> npt.NDArray[np.bool_]:
    """Return whether every eigenvalue of the symmetric matrices (..., n, n) is above zero."""
    return np.asarray(np.linalg.eigvalsh(covariance)[..., 0] > 0.0)
