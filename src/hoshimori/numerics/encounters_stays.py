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
from hoshimori.numerics.encounters import Encounters, solved
from hoshimori.numerics.encounters_refine import RelativeMotion
from hoshimori.numerics.encounters_search import Near, Search, chunks, new_search, sieve
from hoshimori.numerics.encounters_sieve import Flags, Rows
from hoshimori.numerics.sgp4 import Satellites

_LONGEST_STEP_S = 240.0
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


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """Consecutive samples of a pair within the outer threshold, one row each."""

    place: Rows
    secondary: Rows
    first: Rows
    last: Rows

    def take(self, rows: Rows | Flags) -> _Runs:
        return _Runs(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class _Samples:
    """Exact motions at the samples of runs, run after run."""

    run: Rows
    sample: Rows
    motion: RelativeMotion
    is_good: Flags
    """Inside the window, and both objects can be propagated."""
    begin: Rows
    """Where each run begins."""
    length: Rows


def stays(
    satellites: Satellites,
    primaries: Rows,
    t0_utc: np.datetime64,
    duration_s: float,
    *,
    inner_km: float,
    outer_km: float,
    shortest_s: float,
) -> Stays:
    """Return the stays of `primaries` (rows) with any object that last `shortest_s` or longer.

    The window is `duration_s` long from `t0_utc`; a stay that it cuts is measured inside it.
    Starts and ends are good to a millisecond. Raises ValueError for an empty window.
    """
    step_s = min(_LONGEST_STEP_S, 0.5 * shortest_s)
    search = new_search(satellites, primaries, t0_utc, duration_s, step_s, outer_km)
    runs = _runs(search, outer_km)
    samples = _samples_around(search, runs)
    minima = _minima(search, runs, samples, inner_km)
    found = _with_closest(_spans(search, runs, samples, outer_km), minima)
    kept = found.take((found.minima > 0) & (found.end_s - found.start_s >= shortest_s))
    return kept.take(np.lexsort((kept.secondary, kept.primary, kept.start_s)))


def _runs(search: Search, outer_km: float) -> _Runs:
    near = [sieve(search, chunk, outer_km, samples_only=True) for chunk in chunks(search)]
    place, secondary, sample = (
        np.concatenate([getattr(part, name) for part in near])
        for name in ("place", "secondary", "sample")
    )
    order = np.lexsort((sample, secondary, place))
    place, secondary, sample = place[order], secondary[order], sample[order]
    pair = place * len(search.satellites) + secondary
    broken = (np.diff(pair) != 0) | (np.diff(sample) != 1)
    begins = np.concatenate([[True], broken]) if len(pair) else np.empty(0, bool)
    ends = np.concatenate([broken, [True]]) if len(pair) else np.empty(0, bool)
    runs = _Runs(place[begins], secondary[begins], sample[begins], sample[ends])
    return runs.take(runs.last > runs.first)


def _samples_around(search: Search, runs: _Runs) -> _Samples:
    """Return the exact motions at all samples of the runs and one more at either end."""
    lengths = runs.last - runs.first + 3
    begin = np.cumsum(lengths) - lengths
    run = np.repeat(np.arange(len(lengths)), lengths)
    sample = runs.first[run] - 1 + np.arange(len(run)) - begin[run]
    motion = search.motion(runs.place[run], runs.secondary[run], search.time_s(sample))
    inside = (sample >= 0) & (sample <= search.steps)
    return _Samples(run, sample, motion, inside & np.isfinite(motion.range_km), begin, lengths)


def _minima(search: Search, runs: _Runs, samples: _Samples, inner_km: float) -> Encounters:
    """Return all minima of the runs up to the inner threshold."""
    run, is_good = samples.run, samples.is_good
    padded = np.concatenate([[True], is_good, [True, True]])
    same = np.concatenate([[-1], run, [-1, -1]])
    start = np.flatnonzero((run[:-1] == run[1:]) & is_good[:-1] & is_good[1:])
    near = Near(
        place=runs.place[run[start]],
        secondary=runs.secondary[run[start]],
        sample=samples.sample[start],
        # Beyond the ends of a run the range is above the outer threshold: no edge matters there.
        both_good_before=padded[start] | (same[start] != run[start]),
        both_good_two_after=padded[start + 3] | (same[start + 3] != run[start]),
    )
    return solved(
        search, near, samples.motion.take(start), samples.motion.take(start + 1), inner_km
    )


def _spans(search: Search, runs: _Runs, samples: _Samples, outer_km: float) -> Stays:
    """Return start and end of every run, its closest approach not yet filled in."""
    open_start = ~samples.is_good[samples.begin]
    open_end = ~samples.is_good[samples.begin + samples.length - 1]
    first_s, last_s = search.time_s(runs.first), search.time_s(runs.last)
    nothing = np.full(len(first_s), np.nan)
    return Stays(
        primary=search.rows[search.primaries[runs.place]],
        secondary=search.rows[runs.secondary],
        start_s=np.where(
            open_start, first_s, _crossing(search, runs, first_s, first_s - search.step_s, outer_km)
        ),
        end_s=np.where(
            open_end, last_s, _crossing(search, runs, last_s, last_s + search.step_s, outer_km)
        ),
        closest_s=nothing,
        closest_km=nothing,
        minima=np.zeros(len(first_s), np.int64),
        open_start=open_start,
        open_end=open_end,
    )


def _crossing(
    search: Search, runs: _Runs, inside_s: Floats, outside_s: Floats, outer_km: float
) -> Floats:
    """Return when the range passes the outer threshold between two moments, by bisection."""
    for _ in range(_HALVINGS):
        middle = 0.5 * (inside_s + outside_s)
        is_inside = search.motion(runs.place, runs.secondary, middle).range_km <= outer_km
        inside_s = np.where(is_inside, middle, inside_s)
        outside_s = np.where(is_inside, outside_s, middle)
    return inside_s


def _with_closest(found: Stays, minima: Encounters) -> Stays:
    closest_s, closest_km = found.closest_s.copy(), found.closest_km.copy()
    count = found.minima.copy()
    for i in range(len(found)):
        mine = np.flatnonzero(
            (minima.primary == found.primary[i])
            & (minima.secondary == found.secondary[i])
            & (minima.tca_s >= found.start_s[i])
            & (minima.tca_s <= found.end_s[i])
        )
        count[i] = len(mine)
        if len(mine):
            best = mine[np.argmin(minima.miss_km[mine])]
            closest_s[i], closest_km[i] = minima.tca_s[best], minima.miss_km[best]
    return replace(found, closest_s=closest_s, closest_km=closest_km, minima=count)
