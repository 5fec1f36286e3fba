"""Stays: spans of time in which a pair remains near.

A stay is a longest span in which the range is at most an outer threshold and falls to an inner
one at least once. States are sampled at least twice in the shortest span that counts, so that
none can hide between samples. Pairs that share one element set have no stays.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_refine import Flags, Rows, relative_motion
from hoshimori.numerics.encounters_search import Search, SlowSteps, near_pairs, new_search
from hoshimori.numerics.encounters_slow import Pieces, SlowMinima, docked, pieces_of, slow_minima
from hoshimori.numerics.movers import Movers, as_movers
from hoshimori.numerics.sgp4 import Satellites

_LONGEST_PIECE_S = 240.0
_HALVINGS = 24
"""Of a step of at most 240 s: 14 microseconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Stays:
    """Spans of time in which pairs remain near, one row each, by start."""

    primary: Rows
    secondary: Rows
    start_s: Floats
    """Seconds after the start of the window at which the range falls below the outer threshold."""
    end_s: Floats
    closest_s: Floats
    """When the range is smallest."""
    closest_km: Floats
    minima: Rows
    """How many times the range has a minimum below the inner threshold."""
    open_start: Flags
    """The stay began before the window, or before the objects could be propagated."""
    open_end: Flags

    def __len__(self) -> int:
        return len(self.start_s)

    def take(self, rows: Rows | Flags) -> Self:
        """Return the chosen rows in the order given."""
        return type(self)(*(getattr(self, field.name)[rows] for field in fields(self)))


def stays(
    objects: Satellites | Movers,
    primaries: Rows | None,
    t0_utc: np.datetime64,
    duration_s: float,
    *,
    inner_km: float,
    outer_km: float,
    shortest_s: float,
) -> Stays:
    """Return the stays of `primaries` (rows), or of all, that last `shortest_s` or longer.

    The window is `duration_s` long from `t0_utc`; a stay that it cuts is measured inside it.
    Starts and ends are good to a millisecond. Raises ValueError for an empty window.
    """
    search = new_search(objects, t0_utc, duration_s, outer_km, primaries=primaries)
    near = [slow for _, slow in near_pairs(search, 0, search.steps, all_slow=True)]
    names = [field.name for field in fields(SlowSteps)]
    together = SlowSteps(*(np.concatenate([getattr(p, name) for p in near]) for name in names))
    return _stays(search, together, inner_km, outer_km, shortest_s)


def stays_of_pairs(
    objects: Satellites | Movers,
    first: Rows,
    second: Rows,
    t0_utc: np.datetime64,
    duration_s: float,
    *,
    inner_km: float,
    outer_km: float,
    shortest_s: float,
) -> Stays:
    """Return the stays of given pairs (rows), the lower row named first; else as `stays`."""
    rows = np.unique(np.concatenate([first, second]))
    search = new_search(as_movers(objects).take(rows), t0_utc, duration_s, outer_km)
    place = np.argsort(search.rows)
    i, j = place[np.searchsorted(rows, first)], place[np.searchsorted(rows, second)]
    pairs = np.unique(np.stack([np.minimum(i, j), np.maximum(i, j)]), axis=1)
    every = np.arange(search.steps)
    steps = SlowSteps(
        np.repeat(pairs[0], len(every)),
        np.repeat(pairs[1], len(every)),
        np.tile(every, pairs.shape[1]),
    )
    found = _stays(search, steps, inner_km, outer_km, shortest_s)
    return replace(found, primary=rows[found.primary], secondary=rows[found.secondary])


def slow_stays(search: Search, near: SlowSteps, *, shortest_s: float) -> Stays:
    """Return the stays below the threshold of a search, of pairs that move together.

    `near` are all slow steps of the search, as `encounters_and_slow_steps` gives them; else as
    `stays`.
    """
    return _stays(search, near, search.threshold_km, search.threshold_km, shortest_s)


def _stays(
    search: Search, near: SlowSteps, inner_km: float, outer_km: float, shortest_s: float
) -> Stays:
    apart = ~docked(search, near)
    steps = SlowSteps(near.first[apart], near.second[apart], near.step[apart])
    pieces = pieces_of(search, steps, min(_LONGEST_PIECE_S, 0.5 * shortest_s))
    spans = _spans(search, pieces, outer_km)
    minima = slow_minima(search, steps, pieces, inner_km)
    found = _with_closest(spans, minima)
    kept = found.take((found.minima > 0) & (found.end_s - found.start_s >= shortest_s))
    named = _named(search, kept)
    return named.take(np.lexsort((named.secondary, named.primary, named.start_s)))


def _spans(search: Search, pieces: Pieces, outer_km: float) -> Stays:
    """Return every run of samples within the outer threshold, its closest not yet filled in."""
    inside = pieces.is_good & (pieces.motion.range_km <= outer_km)
    goes_on = inside & np.roll(inside, 1) & pieces.follows
    first = np.flatnonzero(inside & ~goes_on)
    last = np.flatnonzero(inside & ~np.append(goes_on[1:], False))
    before, after = np.maximum(first - 1, 0), np.minimum(last + 1, len(inside) - 1)
    open_start = ~(pieces.is_good[before] & pieces.follows[first])
    open_end = ~(pieces.is_good[after] & pieces.follows[after] & (after > last))
    t_s, nothing = pieces.t_s, np.full(len(first), np.nan)
    pair = pieces.first[first], pieces.second[first]
    length_s = pieces.since_before_s()
    starts = _crossing(search, pair, t_s[first], t_s[first] - length_s[first], outer_km)
    ends = _crossing(search, pair, t_s[last], t_s[last] + length_s[after], outer_km)
    return Stays(
        primary=pair[0],
        secondary=pair[1],
        start_s=np.where(open_start, t_s[first], starts),
        end_s=np.where(open_end, t_s[last], ends),
        closest_s=nothing,
        closest_km=nothing,
        minima=np.zeros(len(first), np.int64),
        open_start=open_start,
        open_end=open_end,
    )


def _crossing(
    search: Search, pair: tuple[Rows, Rows], inside_s: Floats, outside_s: Floats, outer_km: float
) -> Floats:
    """Return when the range passes the outer threshold between two moments, by bisection."""
    for _ in range(_HALVINGS):
        middle = 0.5 * (inside_s + outside_s)
        motion = relative_motion(search.movers, search.t0_utc, *pair, middle)
        is_inside = motion.range_km <= outer_km
        inside_s = np.where(is_inside, middle, inside_s)
        outside_s = np.where(is_inside, outside_s, middle)
    return inside_s


def _with_closest(found: Stays, minima: SlowMinima) -> Stays:
    closest_s, closest_km = found.closest_s.copy(), found.closest_km.copy()
    count = found.minima.copy()
    miss_km = minima.motion.range_km
    for i in range(len(found)):
        mine = np.flatnonzero(
            (minima.first == found.primary[i])
            & (minima.second == found.secondary[i])
            & (minima.tca_s >= found.start_s[i])
            & (minima.tca_s <= found.end_s[i])
        )
        count[i] = len(mine)
        if len(mine):
            best = mine[np.argmin(miss_km[mine])]
            closest_s[i], closest_km[i] = minima.tca_s[best], miss_km[best]
    return replace(found, closest_s=closest_s, closest_km=closest_km, minima=count)


def _named(search: Search, found: Stays) -> Stays:
    """Return stays by the rows that were given, the object with the lower rank first."""
    swapped = search.rank[found.secondary] < search.rank[found.primary]
    first = np.where(swapped, found.secondary, found.primary)
    second = np.where(swapped, found.primary, found.secondary)
    return replace(found, primary=search.rows[first], secondary=search.rows[second])
