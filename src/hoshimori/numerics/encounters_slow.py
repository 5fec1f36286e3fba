"""Closest approaches of pairs that move together, from exact states at short intervals.

The range of such a pair may have several minima in a step, or flat ones. Every step is cut in
pieces; at their ends the relative motion is exact (`relative_motion`), in between it is a cubic
Hermite interpolant whose minima are isolated (`isolated_minima`) and then solved with exact states.

Where a pair is below the threshold at an edge of the search and receding from it (at the start)
or still approaching it (at the end), that moment counts, marked: the true closest approach lies
outside. An edge is the start or end of the window, or the first or last end of a piece at which
both objects have states. Where one of them has a table, the piece that its end falls into is cut
there, so that the edge is the end of the table itself; a gap within one piece is not seen.

Fast pairs with a table come this way too. None is lost: rates are exact at the ends of all pieces,
a minimum turns them from negative to positive, and a Bernstein form with ends of these signs keeps
a part that has them however often it is halved. Over 90 s the interpolant of two low orbits is off
by up to 5 m (h^4 / 384 times twice n^4 r), which at 10 km/s moves the first guess by half a
millisecond; the solution is that of the states themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_refine import (
    Flags,
    RelativeMotion,
    Rows,
    isolated_minima,
    refined_minima,
    relative_motion,
)
from hoshimori.numerics.encounters_search import Search, SlowSteps
from hoshimori.numerics.sgp4 import Sgp4Status

ONE_ORBIT_KM = 1e-6
"""Two objects nearer than a millimetre in mid-step share one element set."""
LONGEST_PIECE_S = 90.0
_HALVINGS = 30
"""Of a piece of up to four minutes: below a microsecond."""
_AROUND_S = 5.0
"""Soon enough for the slowest turn to show above the rounding of positions, and no second turn."""
_ROUNDED_S = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class SlowMinima:
    """Minima of range of slow pairs, one row each."""

    first: Rows
    second: Rows
    tca_s: Floats
    motion: RelativeMotion
    at_edge: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Exact motions of pairs at the ends of consecutive pieces of time, one row for each end."""

    first: Rows
    second: Rows
    number: Rows
    """The moment in pieces since t0, rounded down."""
    t_s: Floats
    """Seconds since t0."""
    piece_s: float
    """How long a piece is that is not cut."""
    motion: RelativeMotion
    is_good: Flags
    """Inside the window, and both objects can be propagated."""
    follows: Flags
    """Whether the row before is the same pair one piece earlier."""
    is_cut: Flags
    """Whether the moment is the end of a table, inside a piece."""

    def since_before_s(self) -> Floats:
        """Return how long ago the row before is, where it is the same pair."""
        beside_cut = self.is_cut | np.roll(self.is_cut, 1)
        return np.where(beside_cut, self.t_s - np.roll(self.t_s, 1), self.piece_s)


def docked(search: Search, slow: SlowSteps) -> Flags:
    """Return which pairs share one element set: they are in one place in mid-step."""
    middle_s = search.middle_s(slow.step)
    a, b = (
        search.movers.take(rows).states_each(search.t0_utc, middle_s).position_teme_km
        for rows in (slow.first, slow.second)
    )
    return np.asarray(np.linalg.norm(b - a, axis=1) < ONE_ORBIT_KM)


def pieces_of(search: Search, slow: SlowSteps, longest_piece_s: float) -> Pieces:
    """Return the pieces of all steps, and one more on either side, in order of pair and time."""
    cuts = int(np.ceil(search.step_s / longest_piece_s))
    piece_s = search.step_s / cuts
    last = cuts * search.steps
    pair = slow.first * len(search.movers) + slow.second
    keys = pair * (last + 3) + cuts * slow.step + 1
    every = np.unique((keys[:, None] + np.arange(-1, cuts + 2)).ravel())
    pair, number = every // (last + 3), every % (last + 3) - 1
    first, second = pair // len(search.movers), pair % len(search.movers)
    t_s = np.asarray(number * piece_s)
    motion = relative_motion(search.movers, search.t0_utc, first, second, t_s)
    inside = (number >= 0) & (number <= last)
    follows = np.concatenate([[False], np.diff(every) == 1])[: len(every)]
    is_good = inside & np.isfinite(motion.range_km)
    whole = np.zeros(len(every), bool)
    pieces = Pieces(first, second, number, t_s, piece_s, motion, is_good, follows, whole)
    return _cut(search, pieces, inside)


def _cut(search: Search, pieces: Pieces, inside: Flags) -> Pieces:
    """Return pieces that end where a table ends: with one more row where states begin or cease."""
    first, second, good = pieces.first, pieces.second, pieces.is_good
    tabulated = search.movers.is_tabulated
    changes = pieces.follows & inside & np.roll(inside, 1) & (good != np.roll(good, 1))
    row = np.flatnonzero(changes & (tabulated[first] | tabulated[second]))
    if not len(row):
        return pieces
    known_s = np.where(good[row], pieces.t_s[row], pieces.t_s[row - 1])
    unknown_s = np.where(good[row], pieces.t_s[row - 1], pieces.t_s[row])
    end_s = _last_known_s(search, first[row], second[row], known_s, unknown_s)
    # A piece may end with the table as it is; what is near there belongs to that piece.
    is_inside = np.abs(end_s - known_s) > _ROUNDED_S
    row, end_s = row[is_inside], end_s[is_inside]
    ends = relative_motion(search.movers, search.t0_utc, first[row], second[row], end_s)
    flags = np.ones(len(row), bool)
    return Pieces(
        np.insert(first, row, first[row]),
        np.insert(second, row, second[row]),
        np.insert(pieces.number, row, pieces.number[row - 1]),
        np.insert(pieces.t_s, row, end_s),
        pieces.piece_s,
        RelativeMotion(
            *(
                np.insert(getattr(pieces.motion, f.name), row, getattr(ends, f.name), axis=0)
                for f in fields(RelativeMotion)
            )
        ),
        np.insert(good, row, flags),
        np.insert(pieces.follows, row, flags),
        np.insert(pieces.is_cut, row, flags),
    )


def _last_known_s(
    search: Search, first: Rows, second: Rows, known_s: Floats, unknown_s: Floats
) -> Floats:
    """Return the last moments, from some with states to others without, at which both have one."""
    pair = search.movers.take(first), search.movers.take(second)
    for _ in range(_HALVINGS):
        middle = 0.5 * (known_s + unknown_s)
        a, b = (objects.states_each(search.t0_utc, middle).status for objects in pair)
        is_known = (a == Sgp4Status.OK) & (b == Sgp4Status.OK)
        known_s = np.where(is_known, middle, known_s)
        unknown_s = np.where(is_known, unknown_s, middle)
    return known_s


def slow_minima(search: Search, slow: SlowSteps, pieces: Pieces, within_km: float) -> SlowMinima:
    """Return every closest approach within a distance in the given steps, each once.

    `pieces` are those of the same steps (`pieces_of`).
    """
    end = np.flatnonzero(pieces.follows & pieces.is_good & np.roll(pieces.is_good, 1))
    end = end[_belongs(search, slow, pieces)[end - 1]]
    row, tca_s = _turns(search, pieces, end)
    turns = _really_turns(search, pieces.first[row], pieces.second[row], tca_s)
    row, tca_s = row[turns], tca_s[turns]
    first, second = pieces.first[row], pieces.second[row]
    motion = relative_motion(search.movers, search.t0_utc, first, second, tca_s)
    between = SlowMinima(first, second, tca_s, motion, np.zeros(len(row), bool))
    found = _joined(between, _at_edges(pieces, end))
    near = found.motion.range_km
    return _taken(found, (near <= within_km) & (near > ONE_ORBIT_KM))


def _belongs(search: Search, slow: SlowSteps, pieces: Pieces) -> Flags:
    """Return which pieces lie in a given step, and not only next to one."""
    cuts = round(search.step_s / pieces.piece_s)
    pair = pieces.first * len(search.movers) + pieces.second
    asked = slow.first * len(search.movers) + slow.second
    step = np.maximum(pieces.number, 0) // cuts
    return np.isin(pair * (search.steps + 1) + step, asked * (search.steps + 1) + slow.step)


def _turns(search: Search, pieces: Pieces, end: Rows) -> tuple[Rows, Floats]:
    """Return the ends of pieces that hold minima, and the moments of these."""
    position, velocity = pieces.motion.position_km, pieces.motion.velocity_km_s
    which, guess_s, low_s, high_s = isolated_minima(
        (position[end - 1], position[end]),
        (velocity[end - 1], velocity[end]),
        pieces.since_before_s()[end],
    )
    row = end[which]
    begin_s = pieces.t_s[row - 1]
    tca_s = refined_minima(
        search.movers,
        search.t0_utc,
        pieces.first[row],
        pieces.second[row],
        begin_s + guess_s,
        (begin_s + low_s, begin_s + high_s),
    )
    return row, tca_s


def _really_turns(search: Search, first: Rows, second: Rows, tca_s: Floats) -> Flags:
    """Return whether exact rates turn from falling to rising around a moment.

    Where the range only pauses in its rise or fall, an interpolant may turn that never was.
    """
    before, after = (
        relative_motion(search.movers, search.t0_utc, first, second, tca_s + shift_s)
        for shift_s in (-_AROUND_S, _AROUND_S)
    )
    falls = ~(before.half_range_squared_rate >= 0.0)
    return np.asarray(falls & ~(after.half_range_squared_rate <= 0.0))


def _at_edges(pieces: Pieces, end: Rows) -> SlowMinima:
    """Return the ends of pieces beyond which there is no state and nearer which the pair was."""
    rate = pieces.motion.half_range_squared_rate
    before = np.maximum(end - 2, 0)
    opens = ~(pieces.is_good[before] & pieces.follows[end - 1]) & (rate[end - 1] >= 0.0)
    after = np.minimum(end + 1, len(rate) - 1)
    closes = ~(pieces.is_good[after] & pieces.follows[after] & (after > end)) & (rate[end] < 0.0)
    row = np.concatenate([end[opens] - 1, end[closes]])
    return SlowMinima(
        pieces.first[row],
        pieces.second[row],
        pieces.t_s[row],
        pieces.motion.take(row),
        np.ones(len(row), bool),
    )


def _taken(found: SlowMinima, rows: Rows | Flags) -> SlowMinima:
    chosen = np.arange(len(found.tca_s))[rows]
    return SlowMinima(
        found.first[chosen],
        found.second[chosen],
        found.tca_s[chosen],
        found.motion.take(chosen),
        found.at_edge[chosen],
    )


def _joined(one: SlowMinima, other: SlowMinima) -> SlowMinima:
    motion = RelativeMotion(
        *(
            np.concatenate([getattr(one.motion, f.name), getattr(other.motion, f.name)])
            for f in fields(RelativeMotion)
        )
    )
    return SlowMinima(
        np.concatenate([one.first, other.first]),
        np.concatenate([one.second, other.second]),
        np.concatenate([one.tca_s, other.tca_s]),
        motion,
        np.concatenate([one.at_edge, other.at_edge]),
    )
