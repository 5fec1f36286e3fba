"""When an encounter on curved orbits is most likely to be a collision, and how long that lasts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hoshimori.numerics.collision_overlap import UncertainOrbits, overlap
from hoshimori.numerics.elements import Floats

_MOST_STEPS = 40
_FARTHEST_SIGMAS = 30.0
"""Longest step towards the peak, so that the clouds still overlap where it lands."""
_NEAR_SIGMAS = 1e-3
_ROWS_AT_ONCE = 2048
"""Bounds the memory to some tens of megabytes."""
_MOST_HALVINGS = 12
_ROUNDING = 1e-6
"""Of a squared Mahalanobis distance."""
_STENCIL_SIGMAS = np.array([-1.0, 0.0, 1.0])


class Peak(NamedTuple):
    """Where the density of meeting is largest in time, all of shape (n,); NaN where none is."""

    t_s: Floats
    """After the moment of the states."""
    sigma_s: Floats
    """Standard deviation of the moment of meeting."""
    level: Floats
    """Least squared Mahalanobis distance plus the logarithm of the determinant [ln km^6]."""
    speed_km_s: Floats
    """Relative speed there."""


def peak(orbits: UncertainOrbits) -> Peak:
    """Return when each pair is most likely to meet.

    The minimum over time of the squared Mahalanobis distance plus the logarithm of the determinant
    of the covariance at the peak overlap: downhill from the moment of the states by parabolas
    through three moments one width apart, to 1e-3 of that width.
    Source: Hall, Baars & Casali 2023, A Multistep Probability of Collision Algorithm, AAS 23-398.
    """
    blocks = [
        _peak(orbits.take(np.arange(first, min(first + _ROWS_AT_ONCE, len(orbits)))))
        for first in range(0, max(len(orbits), 1), _ROWS_AT_ONCE)
    ]
    return Peak(*(np.concatenate(columns) for columns in zip(*blocks, strict=True)))


def _peak(orbits: UncertainOrbits) -> Peak:
    t, width = np.zeros(len(orbits)), _straight(orbits)[1]
    shift = np.full(len(orbits), np.nan)
    active = np.flatnonzero(np.isfinite(width))
    for _ in range(_MOST_STEPS):
        some = orbits.take(active)
        levels = _levels(some, t[active, None] + width[active, None] * _STENCIL_SIGMAS)
        shift[active], following = _to_the_bottom(levels, width[active])
        shift[active] = _downhill(some, t[active], shift[active], levels[:, 1])
        t[active] += shift[active]
        width[active] = following
        active = active[np.abs(shift[active]) > _NEAR_SIGMAS * following]
        if len(active) == 0:
            break
    here = overlap(orbits, t[:, None])
    level = (here.distance_squared + here.log_determinant)[:, 0]
    speed = np.linalg.norm(here.velocity_km_s[:, 0], axis=-1)
    known = np.isfinite(t + width + level) & (np.abs(shift) <= _NEAR_SIGMAS * width)
    columns = (np.where(known, x, np.nan) for x in (t, width, level, speed))
    return Peak(*columns)


def straight_peak_s(orbits: UncertainOrbits) -> Floats:
    """Return when the peak would be if all moved straight from now on, (n,); NaN without motion."""
    return _straight(orbits)[0]


def _straight(orbits: UncertainOrbits) -> tuple[Floats, Floats]:
    """Return the moment of least Mahalanobis distance for straight motion, and its width [s]."""
    here = overlap(orbits, np.zeros((len(orbits), 1)))
    velocity, inverse = here.velocity_km_s[:, 0], here.inverse_km2[:, 0]
    slowness = np.einsum("nij,nj->ni", inverse, velocity)
    rate = np.sum(velocity * slowness, axis=-1)
    rate = np.where(rate > 0.0, rate, np.nan)
    return -np.sum(here.position_km[:, 0] * slowness, axis=-1) / rate, 1.0 / np.sqrt(rate)


def _levels(orbits: UncertainOrbits, t_s: Floats) -> Floats:
    here = overlap(orbits, t_s)
    return np.asarray(here.distance_squared + here.log_determinant)


def _to_the_bottom(levels: Floats, width: Floats) -> tuple[Floats, Floats]:
    """Return the step to the bottom of the parabola and its width; NaN where it has none."""
    before, level, after = np.moveaxis(levels, -1, 0)
    bend = after - 2.0 * level + before
    bend = np.where(bend > 0.0, bend, np.nan)
    shift = 0.5 * (before - after) / bend * width
    following = width * np.sqrt(2.0 / bend)
    return np.clip(shift, -_FARTHEST_SIGMAS * width, _FARTHEST_SIGMAS * width), following


def _downhill(orbits: UncertainOrbits, t: Floats, shift: Floats, level: Floats) -> Floats:
    """Return steps shortened until they go down, as far as that can be told from rounding."""
    for _ in range(_MOST_HALVINGS):
        there = _levels(orbits, (t + shift)[:, None])[:, 0]
        higher = ~(there <= level + _ROUNDING) & np.isfinite(shift)
        if not np.any(higher):
            break
        shift = np.where(higher, 0.5 * shift, shift)
    return shift
