"""How near objects of a whole population are to one another, and for how long."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from scipy.spatial import KDTree

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_refine import Flags, Rows
from hoshimori.numerics.sgp4 import Satellites, Sgp4Status, propagate

_SAMPLES = 145
"""Odd, so that one falls on the moment itself."""


@dataclass(frozen=True, slots=True, eq=False)
class NeighbourPairs:
    """Pairs that are near one another at a moment and move together, one row each."""

    first: Rows
    second: Rows
    closest_km: Floats
    """Smallest sampled range of the time that they remain near."""
    dwell_s: Floats
    """How long they remain near without a break, around the moment and inside the span."""

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: Rows | Flags) -> Self:
        """Return the chosen rows in the order given."""
        return type(self)(*(getattr(self, field.name)[rows] for field in fields(self)))


def neighbour_pairs(
    satellites: Satellites,
    t0_utc: np.datetime64,
    span_s: float,
    *,
    outer_km: float,
    fastest_km_s: float,
) -> NeighbourPairs:
    """Return all pairs of a population within `outer_km` of one another in mid-span.

    Pairs with a relative speed above `fastest_km_s` only cross and are left out. The span of
    `span_s` from `t0_utc` is sampled at 144 steps, which is how coarse both results are.
    """
    t_s = np.linspace(0.0, span_s, _SAMPLES)
    pairs = _near_now(satellites, t0_utc, 0.5 * span_s, outer_km, fastest_km_s)
    objects, which = np.unique(pairs, return_inverse=True)
    position = propagate(satellites.take(objects), t0_utc, t_s).position_teme_km
    first, second = which.reshape(-1, 2).T
    range_km = np.linalg.norm(position[second] - position[first], axis=-1)
    near = _run_around_middle(range_km <= outer_km)
    return NeighbourPairs(
        first=pairs[:, 0],
        second=pairs[:, 1],
        closest_km=np.min(range_km, axis=1, where=near, initial=np.inf),
        dwell_s=(np.count_nonzero(near, axis=1) - 1) * (t_s[1] - t_s[0]),
    )


def _near_now(
    satellites: Satellites, t0_utc: np.datetime64, t_s: float, outer_km: float, fastest_km_s: float
) -> Rows:
    """Return pairs of rows, shape (n, 2), in order."""
    states = propagate(satellites, t0_utc, np.array([t_s]))
    good = np.flatnonzero(states.status[:, 0] == Sgp4Status.OK)
    position, velocity = states.position_teme_km[good, 0], states.velocity_teme_km_s[good, 0]
    if len(good) == 0:
        return np.empty((0, 2), np.int64)
    pairs = KDTree(position).query_pairs(outer_km, output_type="ndarray").astype(np.int64)
    speed = np.linalg.norm(velocity[pairs[:, 1]] - velocity[pairs[:, 0]], axis=1)
    slow = np.sort(good[pairs[speed <= fastest_km_s]], axis=1)
    return slow[np.lexsort((slow[:, 1], slow[:, 0]))]


def _run_around_middle(is_near: Flags) -> Flags:
    """Return which samples belong to the unbroken run through the middle one."""
    middle = is_near.shape[1] // 2
    after = np.logical_and.accumulate(is_near[:, middle:], axis=1)
    before = np.logical_and.accumulate(is_near[:, middle::-1], axis=1)[:, ::-1]
    return np.concatenate([before, after[:, 1:]], axis=1)
