"""The search of a window step by step: arcs of all objects, and the pairs that come near.

Steps are taken in chunks, so that memory does not grow with the window. A chunk has two passes
over as many threads as Numba is set to: over the objects (states and arcs), then over the steps
(`encounters_step`). No number depends on chunks, threads or the order of the objects.

A step that a table covers only in part has an arc too: beyond its end the motion goes on under
gravity (`movers.continued`), so that no pair is lost there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from functools import partial

import numba
import numpy as np

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_arcs import MOST_STEPS, WIDTH, Arcs, write_arcs
from hoshimori.numerics.encounters_cells import HEIGHTS, Single
from hoshimori.numerics.encounters_exact import Coefficients, slowest_fast_km_s
from hoshimori.numerics.encounters_pairs import LENS, Flags, Rows, write_lenses
from hoshimori.numerics.encounters_step import Question, Room, new_room, search_step
from hoshimori.numerics.movers import Movers, as_movers, continued
from hoshimori.numerics.sgp4 import Satellites, minutes_since_epoch, propagate
from hoshimori.numerics.sgp4_block import fill_grid
from hoshimori.numerics.sgp4_near import AO, ARGPO, ECCO, INCLO, MO, NODEO

_LONGEST_STEP_S = 360.0
_GREATEST_STEP_S = 1800.0
"""A step must be well below half a revolution of the lowest orbits, else arcs turn the wrong way
and nothing is found."""
_EDGE = 3
_FEW = 300
_LONGEST_STEP_OF_FEW_S = 720.0
"""Up to so many primaries it costs less to compare them with all than to draw all into cells."""
_OBJECTS_PER_TASK = 256
_SHELL_EVERY_S = 43200.0
_SHELL_MARGIN_KM = 100.0
"""For circular orbits; eccentric ones get more, as their osculating apogee swings at perigee."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Which objects to search for close approaches, in which window and to which distance."""

    movers: Movers
    """Those that can come near, in an order of their own, whatever the order given: objects with
    element sets by perigee, then those with tables."""
    rows: Rows
    """Where each of them stands among the objects that were given."""
    rank: Rows
    """The object of a pair with the lower rank is named first."""
    is_primary: Flags
    t0_utc: np.datetime64
    step_s: float
    steps: int
    threshold_km: float

    @property
    def duration_s(self) -> float:
        """Length of the window."""
        return self.steps * self.step_s

    def middle_s(self, step: Rows) -> Floats:
        """Return the middle of steps in seconds after `t0_utc`."""
        return np.asarray((step + 0.5) * self.step_s, np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Crossings:
    """Closest approaches of fast pairs, one row each; objects are rows of `Search.movers`."""

    first: Rows
    second: Rows
    step: Rows
    approach: Floats
    """Shape (n, APPROACH)."""


@dataclass(frozen=True, slots=True, eq=False)
class SlowSteps:
    """Pairs and steps in which a pair moves together and may come near, one row each."""

    first: Rows
    second: Rows
    step: Rows


def joined_slow_steps(parts: Sequence[SlowSteps]) -> SlowSteps:
    """Return the rows of all parts, at least one, one part after the other."""
    names = [field.name for field in fields(SlowSteps)]
    return SlowSteps(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


NO_SLOW_STEPS = SlowSteps(*np.empty((3, 0), np.int64))


NearPairs = Callable[[Search, int, int], Iterable[tuple[Crossings, SlowSteps]]]
"""Finds what comes near from one step until before another, piece by piece."""


def new_search(
    objects: Satellites | Movers,
    t0_utc: np.datetime64,
    duration_s: float,
    threshold_km: float,
    *,
    primaries: Rows | None = None,
    longest_step_s: float | None = None,
) -> Search:
    """Return a search of `duration_s` from `t0_utc`, of `primaries` (rows) against all `objects`.

    Without primaries, of all objects against all. The window is cut in equal steps of at most
    `longest_step_s`; by default of a length that is fast. Raises ValueError for an empty window,
    for a threshold that is no length, and for steps above half an hour.
    """
    if longest_step_s is None:
        is_few = primaries is not None and len(primaries) <= _FEW
        longest_step_s = _LONGEST_STEP_OF_FEW_S if is_few else _LONGEST_STEP_S
    if not (0.0 < duration_s < np.inf and 0.0 < longest_step_s <= _GREATEST_STEP_S):
        raise ValueError(
            f"a search needs a finite duration and a step of at most {_GREATEST_STEP_S:g} s, "
            f"got {duration_s} s in steps of {longest_step_s} s"
        )
    if not 0.0 < threshold_km < np.inf:
        raise ValueError(f"a threshold is a distance above zero, got {threshold_km} km")
    steps = int(np.ceil(duration_s / longest_step_s))
    every = as_movers(objects)
    everything = np.arange(len(every))
    asked = everything if primaries is None else np.asarray(primaries, np.int64)
    reached = everything
    if primaries is not None:
        reached = _reached(every, asked, t0_utc, duration_s, threshold_km)
    rows = reached[_in_order(every.take(reached))]
    rank = np.full(len(every), len(every))
    rank[asked[::-1]] = np.arange(len(asked))[::-1]
    return Search(
        every.take(rows),
        rows,
        rank[rows],
        rank[rows] < len(asked),
        t0_utc,
        duration_s / steps,
        steps,
        threshold_km,
    )


def _in_order(movers: Movers) -> Rows:
    """Return an order that depends on nothing but what each object is, tables last."""
    with_elements, with_tables = (np.flatnonzero(k) for k in (movers.table < 0, movers.table >= 0))
    tables = movers.ephemerides
    keys = [tables.content_of(row) for row in movers.table[with_tables]]
    by_content = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)
    by_perigee = with_elements[_by_perigee(movers.satellites)]
    return np.concatenate([by_perigee, with_tables[by_content]])


def _by_perigee(satellites: Satellites) -> Rows:
    """Return an order that keeps neighbours in radius together and depends on nothing else."""
    near = satellites.near
    keys = [near[:, column] for column in (INCLO, NODEO, ARGPO, ECCO, MO)]
    return np.lexsort([*keys, satellites.epoch_utc, near[:, AO] * (1.0 - near[:, ECCO])])


def _reached(
    movers: Movers,
    primaries: Rows,
    t0_utc: np.datetime64,
    duration_s: float,
    threshold_km: float,
) -> Rows:
    """Return the objects whose orbits come within the threshold of the shell of a primary.

    Orbits are looked at twice a day; in between perigee and apogee may move by a margin that is
    several times what the Earth's flattening, Moon and Sun do to them. Drag only shrinks the shell.
    Of tables every sample is looked at.
    """
    lowest, highest = _shells(movers, t0_utc, duration_s)
    reached = np.zeros(len(movers), bool)
    for row in primaries:
        reached |= (lowest <= highest[row] + threshold_km) & (lowest[row] <= highest + threshold_km)
    return np.flatnonzero(reached)


def _shells(movers: Movers, t0_utc: np.datetime64, duration_s: float) -> tuple[Floats, Floats]:
    """Return radii [km] between which each object stays; everything where it is not known."""
    times = np.linspace(0.0, duration_s, 2 + int(duration_s / _SHELL_EVERY_S))
    states = propagate(movers.satellites, t0_utc, times)
    shells = np.empty((2, len(movers)))
    shells[:, movers.table < 0] = _shell(states.position_teme_km, states.velocity_teme_km_s)
    for row in np.flatnonzero(movers.table >= 0):
        samples = movers.ephemerides.samples_of(movers.table[row])
        r, v = movers.ephemerides.position_teme_km, movers.ephemerides.velocity_teme_km_s
        shells[:, row] = _shell(r[samples], v[samples])
    return shells[0], shells[1]


def _shell(r: Floats, v: Floats) -> tuple[Floats, Floats]:
    """Return the limits of radius of the orbits of states, shape (..., m, 3)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        radius = np.linalg.norm(r, axis=-1)
        energy = 0.5 * np.sum(v * v, axis=-1) - WGS72_MU_KM3_S2 / radius
        semi_major = -WGS72_MU_KM3_S2 / (2.0 * energy)
        momentum_2 = np.sum(np.cross(r, v) ** 2, axis=-1)
        e = np.sqrt(np.maximum(1.0 - momentum_2 / (WGS72_MU_KM3_S2 * semi_major), 0.0))
        is_ellipse = (semi_major > 0.0) & (e < 1.0)
        margin = _SHELL_MARGIN_KM * (1.0 + 10.0 * e)
        low = np.where(is_ellipse, semi_major * (1.0 - e) - margin, 0.0)
        high = np.where(is_ellipse, semi_major * (1.0 + e) + margin, np.inf)
    return low.min(axis=-1, initial=np.inf), high.max(axis=-1, initial=0.0)


def coefficients_of(search: Search) -> Coefficients:
    """Return what the propagation of single states needs, of the objects with element sets."""
    satellites = search.movers.satellites
    offset_min = minutes_since_epoch(satellites, search.t0_utc)
    return satellites.near, satellites.deep, satellites.deep_row, offset_min


def near_pairs(
    search: Search, first_step: int, last_step: int, *, all_slow: bool = False
) -> Iterator[tuple[Crossings, SlowSteps]]:
    """Yield, chunk by chunk, what comes near in steps `first_step` until before `last_step`.

    With `all_slow` no pair is solved: all that may come near are returned as slow. So are pairs
    with a table.
    """
    coefficients = coefficients_of(search)
    lenses = np.empty((HEIGHTS, LENS), np.float32)
    write_lenses(0.5 * search.step_s, search.threshold_km, lenses)
    speed = np.inf if all_slow else slowest_fast_km_s(search.threshold_km)
    edge = 0 if np.count_nonzero(search.is_primary) <= _FEW else _EDGE
    question = Question(
        0.5 * search.step_s, search.threshold_km, speed, edge, len(search.movers.satellites)
    )
    asked = _Asked(search, coefficients, lenses, question)
    objects = len(search.movers)
    threads = range(numba.get_num_threads())
    rooms = [new_room(objects, 4 * objects + 1024, 1024, edge) for _ in threads]
    arcs = np.empty((min(MOST_STEPS, last_step - first_step), objects, WIDTH), np.float32)
    with ThreadPoolExecutor(len(rooms)) as pool:
        for start in range(first_step, last_step, MOST_STEPS):
            count = min(MOST_STEPS, last_step - start)
            _fill_arcs(pool, search, coefficients, start, arcs[:count])

            search_stripe = partial(_search_steps, asked, arcs, start, rooms)
            stripes = [range(w, count, len(rooms)) for w in range(len(rooms))]
            found = [step for steps in pool.map(search_stripe, stripes) for step in steps]
            yield _joined_steps(sorted(found, key=lambda step: step.number))


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """What stays the same from step to step."""

    search: Search
    coefficients: Coefficients
    lenses: Single
    question: Question


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """What one step holds."""

    number: int
    crossing_pairs: Rows
    crossings: Floats
    slow_pairs: Rows


def _fill_arcs(
    pool: ThreadPoolExecutor, search: Search, coefficients: Coefficients, start: int, arcs: Arcs
) -> None:
    middles_s = search.middle_s(np.arange(start - 1, start + len(arcs) + 1))
    near, deep, deep_row, offset_min = coefficients

    def fill(first: int) -> None:
        part = slice(first, first + _OBJECTS_PER_TASK)
        shape = (len(near[part]), len(middles_s))
        position, velocity = (np.empty((*shape, 3), np.float64) for _ in range(2))
        status = np.empty(shape, np.uint8)
        fill_grid(
            near[part], deep, deep_row[part], offset_min[part], middles_s / 60.0,
            position, velocity, status,
        )  # fmt: skip
        write_arcs(position, velocity, status, 0.5 * search.step_s, arcs, first)

    list(pool.map(fill, range(0, len(near), _OBJECTS_PER_TASK)))
    half_step_s, movers = 0.5 * search.step_s, search.movers
    tables = movers.table[movers.table >= 0]
    states = continued(movers.ephemerides, tables, search.t0_utc, middles_s, half_step_s)
    position, velocity = states.position_teme_km, states.velocity_teme_km_s
    write_arcs(position, velocity, states.status, half_step_s, arcs, len(near))


def _search_steps(
    asked: _Asked, arcs: Arcs, first: int, rooms: list[Room], stripe: range
) -> list[_Step]:
    """Search the steps of a stripe, one thread's share of a chunk."""
    return [_search_step(asked, arcs[k], first + k, rooms, stripe.start) for k in stripe]


def _search_step(asked: _Asked, arcs: Arcs, number: int, rooms: list[Room], mine: int) -> _Step:
    while True:
        room = rooms[mine]
        crossings, slow, entries, pairs = search_step(
            arcs,
            asked.search.is_primary,
            asked.coefficients,
            asked.lenses,
            asked.question,
            number * asked.search.step_s,
            room,
        )
        if entries <= len(room.entries) and pairs <= len(room.pairs):
            return _Step(
                number,
                room.crossing_pairs[:crossings].copy(),
                room.crossings[:crossings].copy(),
                room.slow_pairs[:slow].copy(),
            )
        rooms[mine] = new_room(
            len(arcs),
            max(len(room.entries), entries + entries // 4),
            max(len(room.pairs), pairs + pairs // 4),
            asked.question.edge,
        )


def _joined_steps(steps: list[_Step]) -> tuple[Crossings, SlowSteps]:
    crossing = np.concatenate([step.crossing_pairs for step in steps])
    slow = np.concatenate([step.slow_pairs for step in steps])
    numbers = np.array([step.number for step in steps])
    return (
        Crossings(
            crossing[:, 0],
            crossing[:, 1],
            np.repeat(numbers, [len(step.crossing_pairs) for step in steps]),
            np.concatenate([step.crossings for step in steps]),
        ),
        SlowSteps(
            slow[:, 0], slow[:, 1], np.repeat(numbers, [len(step.slow_pairs) for step in steps])
        ),
    )
