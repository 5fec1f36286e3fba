"""How often fragments pass near an orbit: rates where two ellipses cross, phases left to chance."""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.breakup_orbits import OrbitShapes, velocities_km_s
from hoshimori.numerics.constants import TWO_PI, WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats

_LEAST_SINE = 0.02
"""Planes nearer than about one degree cross so flatly that a rate by crossings means nothing."""


def crossings_per_day(asset: OrbitShapes, fragments: OrbitShapes, within_km: float) -> Floats:
    """Return how often each fragment passes within a distance of an asset, a day, shape (n,).

    `asset` holds one orbit. The two planes share a line; on each side of it an ellipse pair whose
    radii differ by less than the distance meets as often as both happen to be there: any phase is
    as likely as any other, which holds some days after a break-up. NaN for unknown fragments.
    Source: Opik 1951, Proc. R. Irish Acad. 54A, 165 (probability of encounters at a node).
    """
    normal = asset.normal[0]
    line = np.cross(normal, fragments.normal)
    sine = np.linalg.norm(line, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        line = line / sine[:, None]
    total = np.zeros(len(fragments.parameter_km))
    for side in (1.0, -1.0):
        direction = side * line
        gap_km = _radius_km(asset, direction) - _radius_km(fragments, direction)
        total += _rate(asset, fragments, direction, gap_km, sine, within_km)
    return np.where(np.isfinite(fragments.parameter_km), total, np.nan)


def _rate(
    asset: OrbitShapes,
    fragments: OrbitShapes,
    direction: Floats,
    gap_km: Floats,
    sine: Floats,
    within_km: float,
) -> Floats:
    own = velocities_km_s(_repeated(asset, len(direction)), direction)
    theirs = velocities_km_s(fragments, direction)
    speed = np.linalg.norm(theirs - own, axis=1)
    own_speed, their_speed = np.linalg.norm(own, axis=1), np.linalg.norm(theirs, axis=1)
    with np.errstate(invalid="ignore"):
        reach_km = np.sqrt(np.maximum(within_km**2 - gap_km**2, 0.0))
        # One pass of the asset finds the fragment near if it is due within this time.
        due_s = 2.0 * reach_km * speed / (own_speed * their_speed * np.maximum(sine, _LEAST_SINE))
        return np.asarray(
            86400.0 / _period_s(asset)[0] * np.minimum(due_s / _period_s(fragments), 1.0)
        )


def _radius_km(shapes: OrbitShapes, direction: Floats) -> Floats:
    return np.asarray(shapes.parameter_km / (1.0 + np.sum(shapes.eccentricity * direction, axis=1)))


def _period_s(shapes: OrbitShapes) -> Floats:
    axis_km = shapes.parameter_km / (1.0 - np.sum(shapes.eccentricity**2, axis=1))
    return np.asarray(TWO_PI * np.sqrt(axis_km**3 / WGS72_MU_KM3_S2))


def _repeated(shapes: OrbitShapes, times: int) -> OrbitShapes:
    return shapes.take(np.zeros(times, np.int64))
