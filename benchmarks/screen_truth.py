"""The truth about close approaches: brute force with the reference ``sgp4`` package.

Nothing is shared with the search of `hoshimori` but the lines of a catalogue file, which the
reference package itself parses.

1. *Instants.* Every object at every 10 s. A minimum of range at most 5 s away from an instant and
   below the threshold has a range of at most threshold + 5 s x (both speeds) there: a k-d tree
   gives those pairs. Speeds are bounded by the chords between samples plus 0.1 km/s (10 s times
   the largest gravity).
2. *Fast pairs.* A sample lower than its neighbours brackets a minimum. Of those, only pairs whose
   straight chords between the three samples come within the threshold plus 0.25 km (twice the
   largest gravity, 10 s squared, one eighth) are solved. Near a minimum below 5 km the square of
   the range of a pair faster than 10 m/s is convex (v^2 exceeds range x relative acceleration),
   so that no minimum hides between samples.
3. *Slow pairs* (chord below 50 m/s, range within the threshold plus 1 km) are sampled every second
   from 10 s before to 10 s after each such instant, and each minimum of those samples is solved.
   Two minima closer than a second differ from the maximum between them by less than 1e-9 of the
   range.
4. *Solving.* A polynomial of fourth degree is fitted to the squared range at 21 positions around
   the lowest sample, and centred again until its minimum moves by less than 1e-6 s. Positions
   alone are used: the velocities of SGP4 are not their exact derivatives.
5. *Noise.* Times are a half-integer Julian date plus days after it (1e-11 s in the first day);
   positions are rounded at 1e-10 to 1e-8 km. A minimum of a slow pair that lies less than 1e-7 km
   (0.1 mm) below the higher ground on either side of it is noise and is kept apart. A pair whose
   range never exceeds 1e-6 km is *docked*: it shares one element set and has no minima.
6. *Edges.* A pair below the threshold at the start and receding, or at the end and approaching,
   has a row there. A lowest sample beside one that cannot be propagated is a row of kind *decay*.
7. *Nonsense.* Past a decay SGP4 may return positions a million kilometres away without an error.
   Where two samples are further apart than at 12 km/s, above any escape speed, the object counts as
   not propagated, and it is listed.

Run: ``python benchmarks/screen_truth.py --help``. Slices of an hour are kept in the cache folder,
so that a run that was cut off goes on where it stopped.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from scipy.spatial import cKDTree
from screen_sky import GRID_S, SNAPSHOTS, Question, Sky, asked, command_line, read_sky

SLICE_STEPS = 360
CHUNK_STEPS = 60
MARGIN_KM = 1e-3
"""Minima a metre above the threshold are kept too, so that rows at the threshold can be judged."""
CHORD_PAD_KM = 0.25
SPEED_PAD_KM_S = 0.1
FASTEST_KM_S = 12.0
SLOW_CHORD_KM_S = 0.05
SLOW_EVENT_KM_S = 0.01
NOISE_KM = 1e-7
DOCKED_KM = 1e-6
HALF_SPAN_FAST_S = 1.0
HALF_SPAN_SLOW_S = 5.0


class Minimum(NamedTuple):
    """One minimum of range, or one row that stands for what is no minimum."""

    kind: str
    """event, edge_start, edge_end, decay, noise, docked or nonsense (of one object, in a slice)."""
    first_norad_id: int
    second_norad_id: int
    tca_s: float
    miss_km: float
    speed_km_s: float


class Stay(NamedTuple):
    """One span in which a slow pair stays below the threshold."""

    first_norad_id: int
    second_norad_id: int
    start_s: float
    end_s: float
    closest_km: float
    minima: int


@dataclass(frozen=True)
class Truth:
    """All that brute force found."""

    minima: list[Minimum]
    stays: list[Stay]


# Instants


class Near(NamedTuple):
    """Pairs at instants, shape (n, 3): row, row, step."""

    fast: np.ndarray
    slow: np.ndarray
    within: np.ndarray
    """Below the threshold at the first or last instant of the window."""
    nonsense: np.ndarray
    """Objects faster than any escape speed: row, row, step."""


def near_in_slice(sky: Sky, question: Question, first: int, last: int) -> Near:
    """Return what is near at the steps from first up to, not including, last."""
    parts = []
    for begin in range(first, last, CHUNK_STEPS):
        end = min(begin + CHUNK_STEPS, last)
        position = sky.positions(np.arange(begin - 1, end + 1) * GRID_S)
        parts += [
            _near_at(position[:, k - 1 : k + 2], begin + k - 1, question)
            for k in range(1, end - begin + 1)
        ]
    return Near(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _near_at(position: np.ndarray, step: int, question: Question) -> Near:
    """`position` has the shape (objects, 3 instants, 3)."""
    chords = np.nan_to_num(np.linalg.norm(np.diff(position, axis=1), axis=-1) / GRID_S).max(axis=1)
    real = chords <= FASTEST_KM_S
    rows = np.flatnonzero(real & np.isfinite(position[:, 1]).all(axis=-1))
    top = np.sort(chords[rows])[-2:].sum() + 2.0 * SPEED_PAD_KM_S
    tree = cKDTree(position[rows, 1])
    reach_km = question.threshold_km + MARGIN_KM + 0.5 * GRID_S * top
    pairs = rows[tree.query_pairs(reach_km, output_type="ndarray")]
    offset = position[pairs[:, 1]] - position[pairs[:, 0]]
    ranges = np.nan_to_num(np.linalg.norm(offset, axis=-1), nan=np.inf)
    speeds = np.linalg.norm(np.diff(offset, axis=1), axis=-1) / GRID_S
    slowest = np.nan_to_num(speeds, nan=np.inf).min(axis=1)
    slow = (slowest < SLOW_CHORD_KM_S) & (ranges[:, 1] <= question.threshold_km + 1.0)
    lowest = (ranges[:, 1] <= ranges[:, 0]) & (ranges[:, 1] < ranges[:, 2])
    closest = np.fmin(_chord_km(offset[:, 0], offset[:, 1]), _chord_km(offset[:, 1], offset[:, 2]))
    fast = lowest & ~slow & (closest <= question.threshold_km + MARGIN_KM + CHORD_PAD_KM)
    at_edge = step in (0, question.steps)
    within = at_edge & (ranges[:, 1] <= question.threshold_km)
    table = np.column_stack([pairs, np.full(len(pairs), step)])
    nonsense = np.flatnonzero(~real)[:, None] * [1, 1, 0] + [0, 0, step]
    return Near(table[fast], table[slow], table[within], nonsense)


def _chord_km(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return how near straight chords come to the origin."""
    along = end - start
    with np.errstate(invalid="ignore", divide="ignore"):
        part = -np.sum(start * along, axis=-1) / np.sum(along * along, axis=-1)
    nearest = start + np.clip(np.nan_to_num(part), 0.0, 1.0)[:, None] * along
    return np.linalg.norm(nearest, axis=-1)


# Minima


def solved(
    sky: Sky, pair: tuple[int, int], guess_s: float, half_span_s: float
) -> tuple[float, float, float] | None:
    """Return time, range and relative speed of the minimum near a guess; None beside a decay."""
    centre = guess_s
    x = np.linspace(-1.0, 1.0, 21)
    for _ in range(20):
        offset = sky.offsets(pair, centre + half_span_s * x)
        if not np.isfinite(offset).all():
            return None
        fitted = np.polynomial.Polynomial.fit(x, np.sum(offset**2, axis=1), 4, domain=[-1, 1])
        move = _lowest(fitted) * half_span_s
        centre += move
        if abs(move) < 1e-6:
            break
    offset = sky.offsets(pair, centre + np.array([-0.5, 0.0, 0.5]))
    miss_km, speed = np.linalg.norm(offset[1]), np.linalg.norm(offset[2] - offset[0])
    return float(centre), float(miss_km), float(speed)


def _lowest(fitted: np.polynomial.Polynomial) -> float:
    """Return where a polynomial is lowest on [-1, 1]."""
    roots = fitted.deriv().roots()
    real = roots.real[(np.abs(roots.imag) < 1e-12) & (np.abs(roots.real) <= 1.0)]
    places = np.concatenate([real, [-1.0, 1.0]])
    return float(places[np.argmin(fitted(places))])


def fast_minima(sky: Sky, question: Question, near: np.ndarray) -> Iterator[Minimum]:
    """Yield the minimum that each sample lower than its neighbours stands for."""
    for first, second, step in near.tolist():
        t_s = step * GRID_S + np.linspace(-GRID_S, GRID_S, 21)
        ranges = np.linalg.norm(sky.offsets((first, second), t_s), axis=1)
        best = int(np.nanargmin(ranges))
        found = solved(sky, (first, second), t_s[best], HALF_SPAN_FAST_S)
        kind = "event" if found else "decay"
        found = found or (t_s[best], float(ranges[best]), float("nan"))
        yield from _kept(sky, question, kind, (first, second), found)


def _kept(
    sky: Sky,
    question: Question,
    kind: str,
    pair: tuple[int, int],
    found: tuple[float, float, float],
) -> Iterator[Minimum]:
    inside = 0.0 <= found[0] <= question.hours * 3600.0
    if inside and found[1] <= question.threshold_km + MARGIN_KM:
        yield Minimum(kind, int(sky.norad_id[pair[0]]), int(sky.norad_id[pair[1]]), *found)


def slow_minima(
    sky: Sky, question: Question, pair: tuple[int, int], steps: np.ndarray
) -> tuple[list[Minimum], list[Stay]]:
    """Return the minima and stays of one slow pair, from samples every second."""
    seconds = np.unique((steps[:, None] * int(GRID_S) + np.arange(-10, 11)).ravel())
    ranges = np.linalg.norm(sky.offsets(pair, seconds.astype(float)), axis=1)
    ids = int(sky.norad_id[pair[0]]), int(sky.norad_id[pair[1]])
    if np.nanmax(ranges, initial=0.0) <= DOCKED_KM:
        return [Minimum("docked", *ids, 0.0, float(np.nanmax(ranges)), 0.0)], []
    breaks = np.flatnonzero((np.diff(seconds) > 1) | np.diff(np.isnan(ranges))) + 1
    minima: list[Minimum] = []
    stays: list[Stay] = []
    for t, r in zip(np.split(seconds, breaks), np.split(ranges, breaks), strict=True):
        if np.isnan(r[0]):
            continue
        for kind, place in _lowest_samples(r):
            found = solved(sky, pair, float(t[place]), HALF_SPAN_SLOW_S)
            name = kind if found else "decay"
            found = found or (float(t[place]), float(r[place]), float("nan"))
            minima += _kept(sky, question, name, pair, found)
        stays += _stays(question, ids, t, r)
    return _once(minima), stays


def _lowest_samples(ranges: np.ndarray) -> Iterator[tuple[str, int]]:
    """Yield the local minima of samples; those that rounding may have made are called noise."""
    inner = (ranges[1:-1] <= ranges[:-2]) & (ranges[1:-1] < ranges[2:])
    places = np.flatnonzero(inner & (ranges[1:-1] < np.inf)) + 1
    for k, place in enumerate(places):
        before = places[k - 1] if k else 0
        after = places[k + 1] if k + 1 < len(places) else len(ranges) - 1
        # The ground must rise on both sides, up to the next minimum or the end of the samples.
        rise = min(ranges[before : place + 1].max(), ranges[place : after + 1].max())
        yield ("event" if rise - ranges[place] >= NOISE_KM else "noise"), int(place)


def _once(minima: list[Minimum]) -> list[Minimum]:
    """Drop what was solved to the same moment from two neighbouring samples."""
    ordered = sorted(minima, key=lambda row: row.tca_s)
    return [
        row
        for row, before in zip(ordered, [None, *ordered], strict=False)
        if before is None or row.tca_s - before.tca_s > 1e-3
    ]


def _stays(
    question: Question, ids: tuple[int, int], seconds: np.ndarray, ranges: np.ndarray
) -> Iterator[Stay]:
    """Yield the spans below the threshold, their ends interpolated between seconds."""
    window = (seconds >= 0) & (seconds <= question.hours * 3600.0)
    t, r = seconds[window].astype(float), ranges[window]
    below = np.flatnonzero(np.diff(np.concatenate([[False], r <= question.threshold_km, [False]])))
    for first, end in below.reshape(-1, 2):
        start_s, end_s = float(t[first]), float(t[end - 1])
        if first > 0:
            start_s -= (question.threshold_km - r[first]) / (r[first - 1] - r[first])
        if end < len(r):
            end_s += (question.threshold_km - r[end - 1]) / (r[end] - r[end - 1])
        span = r[max(first - 1, 0) : end + 1]
        minima = sum(kind == "event" for kind, _ in _lowest_samples(span)) if len(span) > 2 else 0
        yield Stay(*ids, start_s, end_s, float(r[first:end].min()), minima)


def edges(sky: Sky, question: Question, within: np.ndarray) -> Iterator[Minimum]:
    """Yield rows at the start and the end of the window."""
    for first, second, step in within.tolist():
        t_s = step * GRID_S + np.array([-0.5, 0.0, 0.5])
        ranges = np.linalg.norm(sky.offsets((first, second), t_s), axis=1)
        rate = (ranges[2] - ranges[0]) if np.isfinite(ranges).all() else np.nan
        speed = float(np.linalg.norm(np.diff(sky.offsets((first, second), t_s)[::2], axis=0)))
        if ranges[1] <= DOCKED_KM or not (rate >= 0.0 if step == 0 else rate < 0.0):
            continue
        kind = "edge_start" if step == 0 else "edge_end"
        found = (step * GRID_S, float(ranges[1]), speed)
        yield from _kept(sky, question, kind, (first, second), found)


# The whole


_AT_WORK: dict[str, Any] = {}


def _begin(question: Question) -> None:
    _AT_WORK["question"], _AT_WORK["sky"] = question, read_sky(question)


def _slice(task: tuple[int, int, Path]) -> Path:
    """Find what is near in one slice, solve the fast pairs, keep both in the cache."""
    first, last, path = task
    sky, question = _AT_WORK["sky"], _AT_WORK["question"]
    if not path.exists():
        near = near_in_slice(sky, question, first, last)
        found = [*fast_minima(sky, question, near.fast), *edges(sky, question, near.within)]
        found += [
            Minimum("nonsense", int(number), int(number), first * GRID_S, 0.0, 0.0)
            for number in sky.norad_id[np.unique(near.nonsense[:, 0])]
        ]
        document = {"minima": found, "slow": near.slow.tolist()}
        partial = path.with_suffix(".partial")
        partial.write_bytes(gzip.compress(json.dumps(document).encode(), 1))
        partial.rename(path)
    return path


def _slow_pair(task: tuple[tuple[int, int], np.ndarray]) -> tuple[list[Minimum], list[Stay]]:
    return slow_minima(_AT_WORK["sky"], _AT_WORK["question"], *task)


def truth(question: Question, cache: Path, *, workers: int = 2) -> Truth:
    """Return the truth of a question, from the cache if it is there."""
    kept = cache / f"{question.name}.parquet", cache / f"{question.name}_stays.parquet"
    if not all(path.exists() for path in kept):
        _make(question, cache, kept, workers)
    rows, stays = (pq.read_table(path).to_pylist() for path in kept)
    return Truth([Minimum(**row) for row in rows], [Stay(**row) for row in stays])


def _make(question: Question, cache: Path, kept: tuple[Path, Path], workers: int) -> None:
    folder = cache / f"{question.name}_slices"
    folder.mkdir(parents=True, exist_ok=True)
    tasks = [
        (first, min(first + SLICE_STEPS, question.steps + 1), folder / f"{first:07d}.json.gz")
        for first in range(0, question.steps + 1, SLICE_STEPS)
    ]
    began = time.monotonic()
    minima: list[Minimum] = []
    slow: list[np.ndarray] = []
    with multiprocessing.Pool(workers, _begin, (question,)) as pool:
        for done, path in enumerate(pool.imap(_slice, tasks), 1):
            document = json.loads(gzip.decompress(path.read_bytes()))
            minima += [Minimum(*row) for row in document["minima"]]
            slow.append(np.array(document["slow"], dtype=np.int64).reshape(-1, 3))
            print(f"slice {done} of {len(tasks)}, {time.monotonic() - began:.0f} s", flush=True)
        when: dict[tuple[int, int], list[int]] = defaultdict(list)
        for first, second, step in np.concatenate(slow).tolist():
            when[first, second].append(step)
        stays: list[Stay] = []
        work = [(pair, np.array(steps)) for pair, steps in sorted(when.items())]
        for found, spans in pool.imap(_slow_pair, work, chunksize=8):
            minima += found
            stays += spans
    _keep(sorted(minima, key=lambda row: (row.tca_s, *row[1:3])), Minimum, question, kept[0])
    _keep(sorted(stays, key=lambda row: (row.start_s, *row[:2])), Stay, question, kept[1])


def _keep(rows: list[Any], of: type[Any], question: Question, path: Path) -> None:
    columns = {name: [getattr(row, name) for row in rows] for name in of._fields}
    table = pa.table(columns, metadata={"question": json.dumps(asdict(question))})
    pq.write_table(table, path)


def counted(question: Question, found: Truth) -> dict[str, int]:
    """Return how many rows of each kind there are."""
    below = [row for row in found.minima if row.miss_km <= question.threshold_km]
    speeds = np.array([row.speed_km_s for row in below if row.kind == "event"])
    kinds = [row.kind for row in below]
    return {
        "fast_events": int(np.count_nonzero(speeds > SLOW_EVENT_KM_S)),
        "slow_events": int(np.count_nonzero(speeds <= SLOW_EVENT_KM_S)),
        "stays": len(found.stays),
        **{
            kind: kinds.count(kind)
            for kind in ("docked", "edge_start", "edge_end", "decay", "noise", "nonsense")
        },
        "within_a_metre_above_the_threshold": len(found.minima) - len(below),
    }


def main() -> None:
    parser = command_line(hours=1.0, objects=0)
    arguments = parser.parse_args()
    if arguments.cache is None:
        parser.error("name a folder for the truth: --cache, or HOSHIMORI_TRUTH")
    if not (SNAPSHOTS / arguments.snapshot).is_file():
        print(f"no {SNAPSHOTS / arguments.snapshot}: nothing made")
        return
    began = time.process_time(), time.monotonic()
    question = asked(arguments)
    found = truth(question, arguments.cache, workers=arguments.workers)
    print(json.dumps({"question": asdict(question), **counted(question, found)}, indent=2))
    print(f"{time.monotonic() - began[1]:.0f} s")


if __name__ == "__main__":
    main()
