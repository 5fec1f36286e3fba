"""Looks at pairs of objects: when both are seen, and from when to when they are near.

A look is a moment at which both objects of a pair have an element set not far away in time. What
lies between two looks is not known and is not filled in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """Objects at moments, one row each, by moment and object."""

    moment_days: Floats
    """The moments themselves, days since 1970, shape (m,)."""
    objects: Rows
    """Catalogue numbers, ascending, shape (o,)."""
    row: npt.NDArray[np.int32]
    """Row of the set nearest in time to each moment and object, -1 for none, shape (m, o)."""


@dataclass(frozen=True, slots=True, eq=False)
class PairEpisodes:
    """Spans of looks at which pairs remain near, one row each; ends are rows of the near looks."""

    first: Rows
    """First look inside."""
    last: Rows
    """Last look inside."""
    after_days: Floats
    """The last look before at which both were seen apart; -infinity where there was none."""
    until_days: Floats
    """The first look after at which both were seen apart; infinity where there was none."""

    def __len__(self) -> int:
        return len(self.first)


def looks_at(object_id: Rows, days: Floats, *, step_days: float, reach_days: float) -> Looks:
    """Return who is seen at moments `step_days` apart that have any element set in their step.

    An object is seen where it has a set within `reach_days`. `days` are since 1970, one for each
    row of element sets.
    """
    objects, place = np.unique(object_id, return_inverse=True)
    steps = np.unique(np.floor(days / step_days).astype(np.int64))
    moment_days = np.asarray((steps + 0.5) * step_days, np.float64)
    row = np.full((len(steps), len(objects)), -1, np.int32)
    _fill_rows(days, place.astype(np.int64), moment_days, row, reach_days)
    return Looks(moment_days, objects, row)


@kernel
def _fill_rows(
    days: Floats, place: Rows, moment_days: Floats, row: npt.NDArray[np.int32], reach_days: float
) -> None:
    for k in range(len(days)):
        start = np.searchsorted(moment_days, days[k] - reach_days)
        for m in range(start, len(moment_days)):
            gap = abs(moment_days[m] - days[k])
            if gap > reach_days:
                break
            other = row[m, place[k]]
            if other < 0 or gap < abs(moment_days[m] - days[other]):
                row[m, place[k]] = k


def pair_episodes(
    looks: Looks, first: Rows, second: Rows, moment: Rows, inner: Flags
) -> PairEpisodes:
    """Return the episodes of all pairs: runs of near looks with no look apart between them.

    One near look for each row, ordered by pair and moment: the places of both in `Looks.objects`,
    the moment, and whether it counts as inside; every episode has one that does.
    """
    return PairEpisodes(*_episodes(first, second, moment, inner, looks.row, looks.moment_days))


@kernel
def _episodes(
    first: Rows,
    second: Rows,
    moment: Rows,
    inner: Flags,
    row: npt.NDArray[np.int32],
    moment_days: Floats,
) -> tuple[Rows, Rows, Floats, Floats]:
    n, found, k = len(first), 0, 0
    starts, ends = np.empty(n, np.int64), np.empty(n, np.int64)
    after, until = np.empty(n), np.empty(n)
    while k < n:
        one, other, stop = first[k], second[k], k + 1
        while stop < n and first[stop] == one and second[stop] == other:
            if _look_at_both(row, one, other, moment[stop - 1], 1) != moment[stop]:
                break
            stop += 1
        inside = np.flatnonzero(inner[k:stop])
        if len(inside):
            start, end = k + inside[0], k + inside[-1]
            before = _look_at_both(row, one, other, moment[k], -1)
            later = _look_at_both(row, one, other, moment[stop - 1], 1)
            starts[found], ends[found] = start, end
            after[found] = moment_days[before] if before >= 0 else -np.inf
            until[found] = moment_days[later] if later >= 0 else np.inf
            found += 1
        k = stop
    return starts[:found], ends[:found], after[:found], until[:found]


@kernel
def _look_at_both(row: npt.NDArray[np.int32], one: int, other: int, moment: int, step: int) -> int:
    """Return the next moment, in steps of 1 or -1, at which both are seen; -1 for none."""
    m = moment + step
    while 0 <= m < len(row):
        if row[m, one] >= 0 and row[m, other] >= 0:
            return m
        m += step
    return -1
