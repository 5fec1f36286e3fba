"""Closest approaches of a few objects to all others, for days.

*Encounter*: a moment at which the range of a pair has a local minimum at or below a threshold.
Where a pair is below the threshold at an edge of the search and receding from it (at the start)
or still approaching it (at the end), that moment counts as an encounter and is marked: the true
closest approach lies outside. An edge is the start or end of the window, or the first or last
sample at which both objects can be propagated. Each minimum is reported once. Pairs that share
one element set, such as docked spacecraft, have no encounters.

States are sampled in chunks of time, so that memory does not grow with the window. What lies
between samples is searched by a sieve that cannot lose an encounter (`encounters_sieve`,
`encounters_bounds`); what passes it is solved exactly (`encounters_refine`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_refine import RelativeMotion, isolated_minima, refined_minima
from hoshimori.numerics.encounters_search import Near, Search, chunks, new_search, sieve
from hoshimori.numerics.encounters_sieve import ONE_ORBIT_KM, Flags, Rows
from hoshimori.numerics.sgp4 import Satellites


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
    satellites: Satellites,
    primaries: Rows,
    t0_utc: np.datetime64,
    duration_s: float,
    threshold_km: float,
    *,
    longest_step_s: float = 480.0,
) -> Encounters:
    """Return every closest approach of `primaries` (rows) to any object, up to `threshold_km`.

    The window is `duration_s` long from `t0_utc`, sampled at equal steps of at most
    `longest_step_s`. Complete for every orbit as SGP4 gives it (see
    the module). Times are good to 0.1 ms for pairs faster than 0.1 km/s, to 0.1 s at 5 m/s.
    Raises ValueError for an empty window.
    """
    search = new_search(satellites, primaries, t0_utc, duration_s, longest_step_s, threshold_km)
    found = []
    for chunk in chunks(search):
        near = sieve(search, chunk, threshold_km, samples_only=False)
        halves, near = _halved(search, near)
        found.append(solved(halves, near, *_motions_at_ends(halves, near), threshold_km))
    together = _joined(found)
    return together.take(np.lexsort((together.secondary, together.primary, together.tca_s)))


def solved(
    search: Search, near: Near, start: RelativeMotion, end: RelativeMotion, threshold_km: float
) -> Encounters:
    """Return the encounters in intervals, given the exact motions at their starts and ends."""
    row, guess_s, low_s, high_s = isolated_minima(
        (start.position_km, end.position_km),
        (start.velocity_km_s, end.velocity_km_s),
        search.step_s,
    )
    begin_s = search.time_s(near.sample)
    tca_s = refined_minima(
        search.satellites,
        search.t0_utc,
        search.primaries[near.place[row]],
        near.secondary[row],
        begin_s[row] + guess_s,
        (begin_s[row] + low_s, begin_s[row] + high_s),
    )
    motion = search.motion(near.place[row], near.secondary[row], tca_s)
    receding = ~near.both_good_before & (start.half_range_squared_rate >= 0.0)
    approaching = ~near.both_good_two_after & (end.half_range_squared_rate < 0.0)
    every = _joined(
        [
            _encounters(search, near, row, tca_s, motion, at_edge=False),
            _at_edge(search, near, start, begin_s, receding),
            _at_edge(search, near, end, begin_s + search.step_s, approaching),
        ]
    )
    return every.take((every.miss_km <= threshold_km) & (every.miss_km > ONE_ORBIT_KM))


def _halved(search: Search, near: Near) -> tuple[Search, Near]:
    """Return a search with half the step and the intervals as two halves each.

    The sieve affords steps over which an interpolant is a kilometre off; the solver does not.
    Both ends of an interval have states, and after a decay there are none: so does the middle.
    """
    known = np.full(len(near), True)
    return replace(search, step_s=0.5 * search.step_s, steps=2 * search.steps), Near(
        place=np.repeat(near.place, 2),
        secondary=np.repeat(near.secondary, 2),
        sample=np.stack([2 * near.sample, 2 * near.sample + 1], axis=1).ravel(),
        both_good_before=np.stack([near.both_good_before, known], axis=1).ravel(),
        both_good_two_after=np.stack([known, near.both_good_two_after], axis=1).ravel(),
    )


def _motions_at_ends(search: Search, near: Near) -> tuple[RelativeMotion, RelativeMotion]:
    """Return exact relative motions at the start and the end of every interval.

    Consecutive intervals of a pair share a sample and must see the same rate there, so that its
    sign places each minimum in one of them; each sample is therefore computed once.
    """
    pair = near.place * len(search.satellites) + near.secondary
    ends = np.concatenate([near.sample, near.sample + 1])
    key = np.concatenate([pair, pair]) * (search.steps + 2) + ends
    _, once, which = np.unique(key, return_index=True, return_inverse=True)
    of = once % max(len(near), 1)
    motion = search.motion(near.place[of], near.secondary[of], search.time_s(ends[once]))
    return motion.take(which[: len(near)]), motion.take(which[len(near) :])


def _at_edge(
    search: Search, near: Near, motion: RelativeMotion, t_s: Floats, chosen: Flags
) -> Encounters:
    row = np.flatnonzero(chosen)
    return _encounters(search, near, row, t_s[row], motion.take(row), at_edge=True)


def _encounters(
    search: Search, near: Near, row: Rows, tca_s: Floats, motion: RelativeMotion, *, at_edge: bool
) -> Encounters:
    return Encounters(
        primary=search.rows[search.primaries[near.place[row]]],
        secondary=search.rows[near.secondary[row]],
        tca_s=tca_s,
        miss_km=motion.range_km,
        relative_position_teme_km=motion.position_km,
        relative_velocity_teme_km_s=motion.velocity_km_s,
        at_window_edge=np.full(len(row), at_edge),
    )


def _joined(parts: Sequence[Encounters]) -> Encounters:
    names = [field.name for field in fields(Encounters)]
    return Encounters(*(np.concatenate([getattr(p, name) for p in parts]) for name in names))
