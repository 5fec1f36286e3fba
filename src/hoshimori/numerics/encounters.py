"""Closest approaches of all objects, or of a few to all others, for days.

*Encounter*: a moment at which the range of a pair has a local minimum at or below a threshold.
Where a pair is below the threshold at an edge of the window and receding from it (at the start)
or still approaching it (at the end), that moment counts as an encounter and is marked: the true
closest approach lies outside. Each minimum is reported once. Pairs that share one element set,
such as docked spacecraft, have no encounters.

Objects have element sets, or tables of states (`movers`). A table is searched between the ends of
its spans, and what is near at an end is marked as at an edge of the window.

The window is cut in steps. In each step a sweep that cannot lose a pair (`encounters_pairs`, over
arcs and cells: `encounters_arcs`, `encounters_cells`) leaves those that may come near; fast pairs
are solved one by one (`encounters_exact`), pairs that move together and pairs with a table on
finer pieces (`encounters_slow`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_exact import MISS, POSITION, TCA, VELOCITY
from hoshimori.numerics.encounters_refine import Flags, RelativeMotion, Rows, relative_motion
from hoshimori.numerics.encounters_search import (
    NO_SLOW_STEPS,
    Crossings,
    NearPairs,
    Search,
    SlowSteps,
    joined_slow_steps,
    near_pairs,
    new_search,
)
from hoshimori.numerics.encounters_slow import LONGEST_PIECE_S, docked, pieces_of, slow_minima
from hoshimori.numerics.movers import Movers
from hoshimori.numerics.sgp4 import Satellites

__all__ = ["Encounters", "Search", "closest_approaches", "encounters_in", "joined", "new_search"]


@dataclass(frozen=True, slots=True, eq=False)
class Encounters:
    """Closest approaches, one row each, by time."""

    primary: Rows
    """Row of the object that was asked about; of two such, the one named first."""
    secondary: Rows
    tca_s: Floats
    """Time of closest approach, seconds after the start of the window."""
    miss_km: Floats
    relative_position_teme_km: Floats
    """Secondary minus primary, shape (n, 3)."""
    relative_velocity_teme_km_s: Floats
    """Its rate of change, shape (n, 3)."""
    at_window_edge: Flags

    def __len__(self) -> int:
        return len(self.tca_s)

    @property
    def speed_km_s(self) -> Floats:
        """Relative speed."""
        return np.asarray(np.linalg.norm(self.relative_velocity_teme_km_s, axis=-1))

    def take(self, rows: Rows | Flags) -> Self:
        """Return the chosen rows in the order given."""
        return type(self)(*(getattr(self, field.name)[rows] for field in fields(self)))


def closest_approaches(
    objects: Satellites | Movers,
    primaries: Rows,
    t0_utc: np.datetime64,
    duration_s: float,
    threshold_km: float,
    *,
    longest_step_s: float | None = None,
) -> Encounters:
    """Return every closest approach of `primaries` (rows) to any object, up to `threshold_km`.

    The window is `duration_s` long from `t0_utc`, searched in equal steps of at most
    `longest_step_s`. Complete for every orbit as SGP4 gives it (see the module). Times are good to
    0.1 ms for pairs faster than 0.1 km/s, to 0.1 s at 5 m/s.
    Raises ValueError for an empty window and for steps above half an hour.
    """
    search = new_search(
        objects,
        t0_utc,
        duration_s,
        threshold_km,
        primaries=primaries,
        longest_step_s=longest_step_s,
    )
    return encounters_in(search, 0, search.steps)


def encounters_in(
    search: Search, first_step: int, last_step: int, *, finder: NearPairs = near_pairs
) -> Encounters:
    """Return the encounters from the start of one step until before the start of another.

    By time, then by object. The union over any split of the steps is that of one call over all.
    Times count from `search.t0_utc`; accuracy as `closest_approaches`. The `finder` looks for what
    comes near: on the CPU if not told otherwise.
    """
    return encounters_and_slow_steps(search, first_step, last_step, finder=finder)[0]


def encounters_and_slow_steps(
    search: Search, first_step: int, last_step: int, *, finder: NearPairs = near_pairs
) -> tuple[Encounters, SlowSteps]:
    """Return the encounters of `encounters_in`, and where pairs move together and may be near.

    The second is what `slow_stays` asks for, in no order; it costs nothing more.
    """
    found, near = [joined([])], [NO_SLOW_STEPS]
    for crossings, slow in finder(search, first_step, last_step):
        found.append(_of_crossings(search, crossings))
        found.append(_of_slow(search, slow))
        near.append(slow)
    every = joined(found)
    order = np.lexsort((every.secondary, every.primary, every.tca_s))
    return every.take(order), joined_slow_steps(near)


def joined(parts: Sequence[Encounters]) -> Encounters:
    """Return the rows of all parts, one part after the other."""
    nothing = Encounters(
        np.empty(0, np.int64),
        np.empty(0, np.int64),
        np.empty(0),
        np.empty(0),
        np.empty((0, 3)),
        np.empty((0, 3)),
        np.empty(0, bool),
    )
    names = [field.name for field in fields(Encounters)]
    return Encounters(
        *(np.concatenate([getattr(part, name) for part in (nothing, *parts)]) for name in names)
    )


def _of_crossings(search: Search, found: Crossings) -> Encounters:
    tca_s = found.approach[:, TCA]
    begin_s, end_s = found.step * search.step_s, (found.step + 1) * search.step_s
    inside = (tca_s >= begin_s) & (tca_s < end_s)
    here = found.approach[inside]
    between = _named(
        search,
        found.first[inside],
        found.second[inside],
        tca_s[inside],
        here[:, MISS],
        here[:, POSITION : POSITION + 3],
        here[:, VELOCITY : VELOCITY + 3],
        np.zeros(len(here), bool),
    )
    start = (tca_s < 0.0) & (found.step == 0)
    end = (tca_s >= search.duration_s) & (found.step == search.steps - 1)
    return joined(
        [
            between,
            _crossing_at_edge(search, found, start, 0.0),
            _crossing_at_edge(search, found, end, search.duration_s),
        ]
    )


def _crossing_at_edge(search: Search, found: Crossings, chosen: Flags, edge_s: float) -> Encounters:
    first, second = found.first[chosen], found.second[chosen]
    t_s = np.full(len(first), edge_s)
    motion = relative_motion(search.movers, search.t0_utc, first, second, t_s)
    near = np.flatnonzero(motion.range_km <= search.threshold_km)
    at_edge = np.ones(len(near), bool)
    return _moving(search, first[near], second[near], t_s[near], motion.take(near), at_edge)


def _of_slow(search: Search, slow: SlowSteps) -> Encounters:
    apart = ~docked(search, slow)
    steps = SlowSteps(slow.first[apart], slow.second[apart], slow.step[apart])
    pieces = pieces_of(search, steps, LONGEST_PIECE_S)
    found = slow_minima(search, steps, pieces, search.threshold_km)
    return _moving(search, found.first, found.second, found.tca_s, found.motion, found.at_edge)


def _moving(
    search: Search, first: Rows, second: Rows, t_s: Floats, motion: RelativeMotion, at_edge: Flags
) -> Encounters:
    return _named(
        search,
        first,
        second,
        t_s,
        motion.range_km,
        motion.position_km,
        motion.velocity_km_s,
        at_edge,
    )


def _named(
    search: Search,
    first: Rows,
    second: Rows,
    tca_s: Floats,
    miss_km: Floats,
    position_km: Floats,
    velocity_km_s: Floats,
    at_edge: Flags,
) -> Encounters:
    """Return encounters by the rows that were given, the one with the lower rank first."""
    swapped = search.rank[second] < search.rank[first]
    sign = np.where(swapped, -1.0, 1.0)[:, None]
    return Encounters(
        primary=search.rows[np.where(swapped, second, first)],
        secondary=search.rows[np.where(swapped, first, second)],
        tca_s=tca_s,
        miss_km=miss_km,
        relative_position_teme_km=sign * position_km,
        relative_velocity_teme_km_s=sign * velocity_km_s,
        at_window_edge=at_edge,
    )
