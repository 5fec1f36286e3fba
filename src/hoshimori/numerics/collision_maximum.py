"""The most that a probability of collision could be, and whether a small one says anything.

Of the same miss a very small and a very large uncertainty both make a collision improbable. In the
second case, *dilution*, the small number says only that little is known: it supports no conclusion
(Alfano 2005, J. Astronaut. Sci. 53; Hejduk & Snow 2019).
"""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy.special import erf

from hoshimori.numerics.collision import EncounterPlane, collision_probability
from hoshimori.numerics.elements import Floats

_GROWTH = 1.001
"""By how much the error ellipse is grown to see which way the probability goes."""


class DilutionRegion(IntEnum):
    """What better knowledge of the orbits would do to a probability."""

    ROBUST = 0
    """Smaller errors lower it: a small probability is a result."""
    DILUTED = 1
    """Smaller errors could raise it: a small probability is no conclusion."""


def maximum_sigma_km(miss_km: Floats, hard_body_radius_km: Floats) -> Floats:
    """Return the error along the miss at which a collision is most probable [km], shape (n,).

    Zero where the miss is within the radius: there every error lowers the probability.
    Source: Alfano 2005, J. Astronaut. Sci. 53 (infinite aspect ratio): with r = R/d,
    sigma* = d sqrt(2 r / ln((1 + r) / (1 - r))).

    >>> maximum_sigma_km(np.array([1.0, 1.0]), np.array([0.001, 2.0])).round(6)
    array([1., 0.])
    """
    miss_km, radius_km = np.broadcast_arrays(miss_km, hard_body_radius_km)
    outside = miss_km > radius_km
    ratio = np.divide(radius_km, miss_km, out=np.full(miss_km.shape, 0.5), where=outside)
    # r / artanh(r), which tends to 1 for a point.
    shape = np.divide(ratio, np.arctanh(ratio), out=np.ones(miss_km.shape), where=ratio > 0.0)
    sigma_km = np.where(outside, miss_km * np.sqrt(shape), 0.0)
    return np.where(np.isnan(miss_km), np.nan, sigma_km)


def maximum_probability(plane: EncounterPlane) -> Floats:
    """Return the probability that no covariance whatever can exceed for this miss, shape (n,).

    The exact maximum, 0.48394 R/d for small radii; one where the miss is within the radius. NaN
    where there is no plane.
    Source: Alfano 2005, J. Astronaut. Sci. 53 (infinite aspect ratio).

    >>> from hoshimori.numerics.collision import encounter_plane
    >>> plane = encounter_plane(
    ...     np.array([[1.0, 0.0, 0.0]]), np.array([[0.0, 0.0, 10.0]]), np.eye(3)[None], 0.001
    ... )
    >>> maximum_probability(plane).round(8)
    array([0.00048394])
    """
    miss_km, radius_km = plane.miss_km, plane.hard_body_radius_km
    scale_km = np.sqrt(2.0) * maximum_sigma_km(miss_km, radius_km)
    outside = scale_km > 0.0
    near, far = (
        np.divide(miss_km + sign * radius_km, scale_km, out=np.zeros(len(plane)), where=outside)
        for sign in (-1.0, 1.0)
    )
    pc = np.where(outside, 0.5 * (erf(far) - erf(near)), 1.0)
    return np.where(np.isnan(plane.sigma_minor_km + miss_km), np.nan, pc)


def dilution_region(plane: EncounterPlane) -> npt.NDArray[np.int64]:
    """Return the `DilutionRegion` of each encounter, shape (n,).

    Robust only if both tests agree: the shorter axis of the error ellipse is at most `sigma*`
    (Alfano 2005), and the probability does not fall when the ellipse grows, its shape kept (Hejduk
    & Snow 2019). Where either is undecided there is no conclusion: diluted.
    """
    grown = replace(
        plane,
        sigma_major_km=_GROWTH * plane.sigma_major_km,
        sigma_minor_km=_GROWTH * plane.sigma_minor_km,
    )
    is_narrow = plane.sigma_minor_km <= maximum_sigma_km(plane.miss_km, plane.hard_body_radius_km)
    grows = collision_probability(grown) >= collision_probability(plane)
    return np.where(is_narrow & grows, DilutionRegion.ROBUST, DilutionRegion.DILUTED)
