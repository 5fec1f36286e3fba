"""Probability of collision by an integral around the body: shares nothing with the quadrature."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hoshimori.numerics.collision import EncounterPlane
from hoshimori.numerics.elements import Floats

_FEWEST_STEPS = 64
_MOST_STEPS = 2**20
_CONVERGED = 1e-10
_NEAR_SIGMAS = 1.0
"""Contours that come nearer to the centre of the errors are integrated in the regular form."""


class _Contour(NamedTuple):
    """The edge of the body in units of sigma, and its change along the way."""

    x: Floats
    y: Floats
    dx: Floats
    dy: Floats


def patera_probability(plane: EncounterPlane) -> Floats:
    """Return the probability that the miss is within the hard-body radius, shape (n,).

    In units of the errors the probability is one over 2 pi times the integral of 1 - exp(-r^2/2)
    over the angle under which the edge of the body is seen from the centre of the errors; the
    integrand is periodic, so that equal steps converge faster than any power of the step. A check
    of `collision_probability`, good to 1e-8 relative for probabilities above 1e-200. NaN where
    there is no plane, and for bodies beyond some 1e4 sigma, which need more than a million steps.
    Source: Patera 2001, J. Guid. Control Dyn. 24(4), 716-722; Patera 2005, ibid. 28(6), 1326-1331.
    """
    return np.array([_around(*row) for row in _columns(plane)], dtype=np.float64)


def _columns(plane: EncounterPlane) -> Floats:
    return np.stack(
        [
            plane.miss_major_km / plane.sigma_major_km,
            plane.miss_minor_km / plane.sigma_minor_km,
            plane.hard_body_radius_km / plane.sigma_major_km,
            plane.hard_body_radius_km / plane.sigma_minor_km,
        ],
        axis=-1,
    )


def _around(x: float, y: float, half_width: float, half_height: float) -> float:
    if not np.isfinite(x + y):
        return np.nan
    if half_width == 0.0 or np.isinf(half_width):
        return float(half_width > 0.0)
    # No step is longer than an eighth of the shortest sigma: nothing narrow is stepped over.
    finest = _FEWEST_STEPS + 50.0 * max(half_width, half_height)
    steps, before = 2 ** int(np.ceil(np.log2(finest))), np.inf
    while steps <= _MOST_STEPS:
        now = _sum(_contour(x, y, half_width, half_height, steps))
        if abs(now - before) <= _CONVERGED * abs(now):
            return min(max(now, 0.0), 1.0)
        steps, before = 2 * steps, now
    return np.nan


def _contour(x: float, y: float, half_width: float, half_height: float, steps: int) -> _Contour:
    angle = (np.arange(steps) + 0.5) * (2.0 * np.pi / steps)
    cosine, sine = np.cos(angle), np.sin(angle)
    return _Contour(
        x + half_width * cosine, y + half_height * sine, -half_width * sine, half_height * cosine
    )


def _sum(edge: _Contour) -> float:
    squared = edge.x**2 + edge.y**2
    swept = edge.x * edge.dy - edge.y * edge.dx
    if np.min(squared) < _NEAR_SIGMAS**2 or _holds_centre(edge):
        share = np.divide(
            -np.expm1(-0.5 * squared), squared, out=np.full(len(squared), 0.5), where=squared > 0.0
        )
        return float(np.mean(swept * share))
    # From outside the whole angle is zero: without the one nothing cancels in the tail.
    return float(-np.mean(swept * np.exp(-0.5 * squared) / squared))


def _holds_centre(edge: _Contour) -> bool:
    """Tell whether the edge goes around the origin: it is convex, so that its centre tells."""
    return bool(np.min(edge.x * edge.dy - edge.y * edge.dx) > 0.0)
