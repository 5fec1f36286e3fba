"""The search of a window in chunks of time: sampled states, their bounds, and what comes near."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numba
import numpy as np

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_bounds import BOUNDS, bound_objects
from hoshimori.numerics.encounters_chords import Tracks, write_tracks
from hoshimori.numerics.encounters_refine import RelativeMotion, relative_motion
from hoshimori.numerics.encounters_sieve import Flags, Rows, near_intervals
from hoshimori.numerics.sgp4 import Satellites, Sgp4Status, States, propagate

_SAMPLES_PER_CHUNK = 64
_OBJECTS_PER_TASK = 512
_SHELL_EVERY_S = 43200.0
_SHELL_MARGIN_KM = 100.0
"""For circular orbits; eccentric ones get more, as their osculating apogee swings at perigee."""
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Which objects to search from which, and at which moments."""

    satellites: Satellites
    """The objects whose orbits reach a primary's shell of radius, primaries included."""
    rows: Rows
    """Where each of them stands among the objects that were given."""
    primaries: Rows
    """Rows of the objects searched from, among `satellites`."""
    t0_utc: np.datetime64
    step_s: float
    steps: int
    """Samples are numbered 0 to `steps`."""

    def time_s(self, sample: Rows) -> Floats:
        """Return the time of samples since `t0_utc`."""
        return np.asarray(sample * self.step_s)

    def motion(self, place: Rows, secondary: Rows, t_s: Floats) -> RelativeMotion:
        """Return exact relative motions; `place` is a place in `primaries`."""
        first = self.primaries[place]
        return relative_motion(self.satellites, self.t0_utc, first, secondary, t_s)


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """States of all objects at consecutive samples, with one margin sample at either end."""

    first: int
    """Number of the first sample searched; it stands in column 1."""
    last: int
    """Number of the last sample searched."""
    states: States
    is_good: Flags
    """Whether an object can be propagated at a sample."""
    tracks: Tracks
    """The good positions without the margins, for the first question of the sieve."""
    bounds: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Pairs and samples that the sieve let through, one row each, by pair, then by sample."""

    place: Rows
    """Place of the first object in the primaries."""
    secondary: Rows
    sample: Rows
    both_good_before: Flags
    """Whether both objects can be propagated one sample earlier, inside the window."""
    both_good_two_after: Flags
    """Whether they can two samples later, inside the window."""

    def __len__(self) -> int:
        return len(self.sample)


def new_search(
    satellites: Satellites,
    primaries: Rows,
    t0_utc: np.datetime64,
    duration_s: float,
    longest_step_s: float,
    threshold_km: float,
) -> Search:
    """Return a search with equal steps of at most `longest_step_s`; ValueError if it is empty.

    Objects whose orbits stay more than the threshold outside the shells of all primaries are left
    out at once. Orbits are looked at twice a day; in between perigee and apogee may move by a
    margin that is several times what the Earth's flattening, Moon and Sun do to them. Drag only
    shrinks the shell.
    """
    if not (0.0 < duration_s < np.inf and longest_step_s > 0.0):
        raise ValueError(
            f"a search needs a finite duration and a step above zero, "
            f"got {duration_s} s in steps of {longest_step_s} s"
        )
    steps = int(np.ceil(duration_s / longest_step_s))
    wanted = np.asarray(primaries, np.int64)
    lowest, highest = _shells(satellites, t0_utc, duration_s)
    reached = np.zeros(len(satellites), bool)
    for row in wanted:
        reached |= (lowest <= highest[row] + threshold_km) & (lowest[row] <= highest + threshold_km)
    rows = np.flatnonzero(reached)
    return Search(
        satellites.take(rows),
        rows,
        np.searchsorted(rows, wanted),
        t0_utc,
        duration_s / steps,
        steps,
    )


def _shells(
    satellites: Satellites, t0_utc: np.datetime64, duration_s: float
) -> tuple[Floats, Floats]:
    """Return radii [km] between which each object stays; everything where it is not known."""
    times = np.linspace(0.0, duration_s, 2 + int(duration_s / _SHELL_EVERY_S))
    states = propagate(satellites, t0_utc, times)
    r, v = states.position_teme_km, states.velocity_teme_km_s
    with np.errstate(invalid="ignore", divide="ignore"):
        radius = np.linalg.norm(r, axis=2)
        energy = 0.5 * np.sum(v * v, axis=2) - WGS72_MU_KM3_S2 / radius
        semi_major = -WGS72_MU_KM3_S2 / (2.0 * energy)
        momentum_2 = np.sum(np.cross(r, v) ** 2, axis=2)
        e = np.sqrt(np.maximum(1.0 - momentum_2 / (WGS72_MU_KM3_S2 * semi_major), 0.0))
        is_ellipse = (semi_major > 0.0) & (e < 1.0)
        margin = _SHELL_MARGIN_KM * (1.0 + 10.0 * e)
        low = np.where(is_ellipse, semi_major * (1.0 - e) - margin, 0.0)
        high = np.where(is_ellipse, semi_major * (1.0 + e) + margin, np.inf)
    return low.min(axis=1, initial=np.inf), high.max(axis=1, initial=0.0)


def chunks(search: Search) -> Iterator[Chunk]:
    """Yield the window piece by piece; neighbouring chunks share one sample.

    The next chunk overwrites this one: all but the last use the same memory.
    """
    chunk = None
    for first in range(0, search.steps, _SAMPLES_PER_CHUNK):
        last = min(first + _SAMPLES_PER_CHUNK, search.steps)
        chunk = _chunk(search, first, last, chunk)
        _in_tasks(partial(_bound, search, chunk), len(search.satellites))
        yield chunk


def _chunk(search: Search, first: int, last: int, before: Chunk | None) -> Chunk:
    """Return the states of a chunk, in the memory of the one before if that has the right size."""
    times = search.time_s(np.arange(first - 1, last + 2))
    size = (len(search.satellites), len(times))
    into = before.states if before and before.states.status.shape == size else None
    states = propagate(search.satellites, search.t0_utc, times, into=into)
    return Chunk(
        first,
        last,
        states,
        states.status == Sgp4Status.OK,
        before.tracks if into and before else np.empty((size[0], 3, size[1] - 2), np.float32),
        np.empty((size[0], BOUNDS)),
    )


def sieve(search: Search, chunk: Chunk, threshold_km: float, *, samples_only: bool) -> Near:
    """Return the intervals of a chunk that may come within a threshold, else only its samples.

    An interval is named by its first sample. With `samples_only` these are exactly the samples at
    which the range is at most the threshold, the last one of the chunk left to the next chunk.
    """
    rank = np.full(len(search.satellites), -1, np.int64)
    rank[search.primaries] = np.arange(len(search.primaries))
    last = chunk.last + 1 if samples_only and chunk.last == search.steps else chunk.last

    def task(start: int, stop: int) -> Rows:
        return near_intervals(
            chunk.states.position_teme_km[:, 1:-1],
            chunk.states.velocity_teme_km_s[:, 1:-1],
            chunk.tracks,
            chunk.bounds,
            search.step_s,
            threshold_km,
            search.primaries,
            rank,
            (start, stop),
            last - chunk.first,
            samples_only,
        )

    found = np.concatenate(_in_tasks(task, len(search.satellites)))
    return _near(search, chunk, *found.T)


def _near(search: Search, chunk: Chunk, place: Rows, secondary: Rows, inner: Rows) -> Near:
    good, primary = chunk.is_good, search.primaries[place]
    column, sample = inner + 1, inner + chunk.first

    def both_good(offset: int) -> Flags:
        at = np.minimum(column + offset, good.shape[1] - 1)
        inside = (sample + offset >= 0) & (sample + offset <= search.steps)
        return np.asarray(inside & good[primary, at] & good[secondary, at])

    return Near(place, secondary, sample, both_good(-1), both_good(2))


def _bound(search: Search, chunk: Chunk, start: int, stop: int) -> None:
    part = slice(start, stop)
    bound_objects(
        chunk.states.position_teme_km[part],
        chunk.states.velocity_teme_km_s[part],
        search.step_s,
        chunk.is_good[part],
        chunk.bounds[part],
    )
    inner = (part, slice(1, -1))
    write_tracks(chunk.states.position_teme_km[inner], chunk.is_good[inner], chunk.tracks[part])


def _in_tasks(task: Callable[[int, int], _Result], rows: int) -> list[_Result]:
    """Return the results of a task for slices of the rows, on as many threads as Numba uses."""
    starts = range(0, max(rows, 1), _OBJECTS_PER_TASK)
    stops = [min(start + _OBJECTS_PER_TASK, rows) for start in starts]
    with ThreadPoolExecutor(numba.get_num_threads()) as pool:
        return list(pool.map(task, starts, stops))
