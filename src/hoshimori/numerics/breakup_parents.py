"""Which known orbits pass through the point at which fragments parted, at that moment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.breakup_orbits import (
    SecularOrbits,
    passes_min,
    shapes_at,
    velocities_km_s,
)
from hoshimori.numerics.elements import Floats

_PLANE_DEG = 4.0
_RADIUS_KM = 150.0
_SIDE_TAIL = 2.0
"""Exponent of the likelihood's tail: element sets err with heavy tails."""


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """How near *n* known orbits come to a point at a moment, in RTN of each orbit."""

    rows: npt.NDArray[np.int64]
    """Rows of the orbits that come into question, shape (m,)."""
    miss_rtn_km: Floats
    """Shape (m, 3): the point from the orbit; in-track by the time of the nearest pass."""
    velocity_km_s: Floats
    """Of each orbit at the point, TEME, shape (m, 3)."""
    late_min: Floats
    """How long after the moment each passes the direction, shape (m,)."""


def meetings(
    orbits: SecularOrbits,
    utc: np.datetime64,
    direction: Floats,
    radius_km: float,
    normal: Floats,
) -> Meeting:
    """Return how near orbits come to a point in a plane near their own.

    Only orbits within four degrees of the plane `normal` whose ellipse passes the direction within
    150 km of the point: a parent's plane lies amid the planes of its fragments.
    """
    shapes = shapes_at(orbits, utc)
    radius = shapes.radius_km(direction)
    with np.errstate(invalid="ignore"):
        near = shapes.normal @ normal > np.cos(np.radians(_PLANE_DEG))
        near &= np.abs(radius - radius_km) < _RADIUS_KM
    rows = np.flatnonzero(near)
    chosen, parts = orbits.take(rows), shapes.take(rows)
    velocity = velocities_km_s(parts, direction)
    period_min = chosen.period_min
    passed = passes_min(chosen, direction, utc, float(np.max(period_min, initial=1.0)))
    column = np.nanargmin(np.abs(np.where(np.isfinite(passed), passed, np.inf)), axis=1)
    late_min = passed[np.arange(len(rows)), column] if len(rows) else np.empty(0)
    miss = np.stack(
        [
            radius_km - radius[rows],
            60.0 * late_min * np.linalg.norm(velocity, axis=1),
            radius_km * (parts.normal @ direction),
        ],
        axis=1,
    )
    return Meeting(rows, miss, velocity, late_min)


def passers(
    orbits: SecularOrbits,
    utc: np.datetime64,
    direction: Floats,
    radius_km: float,
    *,
    within_km: float,
) -> tuple[npt.NDArray[np.int64], Floats, Floats]:
    """Return which orbits of any plane pass a point, and how long after a moment each is there.

    Rows whose ellipse passes within a distance of the point, minutes from the moment to the nearest
    pass, and periods [min], each of shape (m,).
    """
    shapes = shapes_at(orbits, utc)
    radius = shapes.radius_km(direction)
    with np.errstate(invalid="ignore"):
        apart = np.hypot(radius - radius_km, radius_km * (shapes.normal @ direction))
        rows = np.flatnonzero(apart < within_km)
    chosen = orbits.take(rows)
    if not len(rows):
        return rows, np.empty(0), np.empty(0)
    period = chosen.period_min
    passed = passes_min(chosen, direction, utc, float(np.max(period)))
    column = np.argmin(np.abs(np.nan_to_num(passed, nan=np.inf)), axis=1)
    return rows, passed[np.arange(len(rows)), column], period


def likelihoods(miss_rtn_km: Floats, sigma_rtn_km: Floats) -> Floats:
    """Return how well each orbit explains the point, 1 for one that passes through it, shape (m,).

    A product over the components of heavy-tailed densities (power law), as errors of element sets
    have them: ten sigma off is unlikely, not impossible.
    """
    z = miss_rtn_km / sigma_rtn_km
    return np.asarray(np.prod((1.0 + z**2) ** (-0.5 * _SIDE_TAIL), axis=1))
