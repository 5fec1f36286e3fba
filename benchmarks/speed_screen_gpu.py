"""All against all on a CUDA device: time of every stage, and the rows against those of the CPU.

Run: ``python benchmarks/speed_screen_gpu.py [--catalogue FILE] [--days 1 7] [--objects 30000]
[--threshold-km 5] [--longest-step-s 360] [--no-cpu]``. Two populations: the catalogue as it is, and
one of so many objects (the catalogue and copies of its orbits with other nodes and anomalies); made
orbits where there is no catalogue. Prints and keeps figures as it goes, so that what was measured
is not lost where something fails. Compilation is timed apart; what follows is wall time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from measuring import RESULTS, keep, peak_memory_mib

from hoshimori.numerics import encounters, encounters_cuda
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.encounters import Encounters, Search
from hoshimori.numerics.sgp4 import initialise, propagate

RUNS = 3
FAST_KM_S = 0.01
SAME_S = 1.0
NEAR_S, NEAR_KM = 1e-4, 1e-6
"""How far fast pairs may differ between the processors."""
SURELY_FAST_KM_S = 0.2


def main() -> None:
    given = arguments()
    figures: dict[str, Any] = {"threshold_km": given.threshold_km}
    attempt("device", figures, device)
    if reason := encounters_cuda.why_no_device():
        print(f"nothing measured: {reason}")
        return
    skies = populations(given)
    first = next(iter(skies.values()))
    attempt("compilation_s", figures, lambda: compilation_s(first, given.threshold_km))
    found: dict[str, tuple[Search, Encounters]] = {}
    for name, (elements, t0_utc) in skies.items():
        for days in given.days:
            for longest_step_s in given.longest_step_s:
                label = f"{name}, {len(elements)} objects, {days:g} days, {longest_step_s:g} s"
                question = (days * 86400.0, given.threshold_km, longest_step_s)
                attempt(
                    label, figures, partial(on_device, elements, t0_utc, question, found, label)
                )
    if not given.no_cpu:
        attempt("states", figures, partial(states_differ_by, *first))
        for label, (search, rows) in found.items():
            attempt(f"{label}: CPU", figures, partial(on_cpu, search, rows))
    keep("speed_screen_gpu", figures | {"peak_memory_mib": peak_memory_mib()})


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--catalogue", type=Path, help="any catalogue file")
    parser.add_argument("--days", type=float, nargs="+", default=[1.0, 7.0])
    parser.add_argument("--objects", type=int, default=30_000)
    parser.add_argument("--threshold-km", type=float, default=5.0)
    parser.add_argument("--longest-step-s", type=float, nargs="+", default=[360.0])
    parser.add_argument("--no-cpu", action="store_true", help="do not run the CPU's engine")
    return parser.parse_args()


def attempt(label: str, figures: dict[str, Any], work: Callable[[], Any]) -> None:
    """Note what a piece of work returns, or how it failed, at once."""
    try:
        figures[label] = work()
    except Exception as problem:
        traceback.print_exc()
        figures[label] = f"failed: {problem!r}"[:500]
    print(f"{label}: {figures[label]}", flush=True)
    if RESULTS.is_dir():
        (RESULTS / "speed_screen_gpu.partial.txt").write_text(repr(figures), encoding="utf-8")


def device() -> dict[str, str]:
    """Return what the figures are measured on."""
    packages = ("numba", "numba-cuda", "llvmlite", "numpy", "cuda-bindings", "cuda-core")
    named = {name: _version(name) for name in packages}
    return named | {"device": encounters_cuda.device_name()}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def populations(given: argparse.Namespace) -> dict[str, tuple[MeanElements, np.datetime64]]:
    rng = np.random.default_rng(0)
    path = given.catalogue or _catalogue_beside()
    if path is None or not path.is_file():
        t0_utc = np.datetime64("2025-03-03T00:00:00", "us")
        return {"made": (made_orbits(given.objects, t0_utc, rng), t0_utc)}
    # Imported here: a machine that measures made orbits needs none of this.
    from hoshimori.formats.catalogue import read_catalogue  # noqa: PLC0415

    received_utc = np.datetime64("2025-06-01", "us")
    reading = read_catalogue(path.read_bytes(), source=path.name, received_utc=received_utc)
    sets = reading.element_sets.newest()
    t0_utc = np.sort(sets.epoch_utc)[int(0.99 * len(sets))]
    elements = sets.mean_elements()
    return {
        "catalogue": (elements, t0_utc),
        "filled up": (filled_up(elements, given.objects, rng), t0_utc),
    }


def _catalogue_beside() -> Path | None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    data = Path(os.environ.get("HOSHIMORI_DATA", beside))
    path = data / "catalogue" / "snapshots" / "spacetrack_2025-03-03.3le.gz"
    return path if path.is_file() else None


def filled_up(elements: MeanElements, objects: int, rng: np.random.Generator) -> MeanElements:
    """Return so many objects: copies have other nodes and anomalies than their originals."""
    rows = np.arange(objects) % len(elements)
    many = elements.take(rows)
    is_copy = np.arange(objects) >= len(elements)
    turned = [
        np.where(is_copy, rng.uniform(0.0, 2.0 * np.pi, objects), angle)
        for angle in (many.raan_rad, many.mean_anomaly_rad)
    ]
    return replace(many, raan_rad=turned[0], mean_anomaly_rad=turned[1])


def made_orbits(objects: int, t0_utc: np.datetime64, rng: np.random.Generator) -> MeanElements:
    """Return made orbits: two thirds in narrow shells, debris, transfer and high orbits."""
    kind = rng.choice(4, objects, p=(0.65, 0.22, 0.05, 0.08))
    shells = rng.choice([15.06, 15.2, 13.1, 14.35], objects)
    rev_day = np.choose(
        kind,
        [
            shells + rng.normal(0.0, 0.01, objects),
            rng.uniform(12.5, 15.4, objects),
            rng.uniform(2.0, 5.0, objects),
            rng.choice([1.0027, 2.006], objects),
        ],
    )
    lowest = np.power(rev_day / 16.4, 2.0 / 3.0)  # so that no perigee is below 180 km
    wanted = np.choose(
        kind,
        [
            rng.uniform(0.0, 0.002, objects),
            rng.gamma(1.2, 0.012, objects),
            rng.uniform(0.5, 0.72, objects),
            rng.uniform(0.0, 0.01, objects),
        ],
    )
    return MeanElements(
        epoch_utc=np.full(objects, t0_utc - np.timedelta64(6, "h")),
        mean_motion_kozai_rad_min=rev_day * 2.0 * np.pi / 1440.0,
        eccentricity=np.minimum(wanted, 1.0 - lowest),
        inclination_rad=np.radians(rng.choice([53.0, 97.6, 74.0, 43.0, 65.0, 5.0], objects))
        + rng.normal(0.0, 0.01, objects),
        raan_rad=rng.uniform(0.0, 2.0 * np.pi, objects),
        arg_of_perigee_rad=rng.uniform(0.0, 2.0 * np.pi, objects),
        mean_anomaly_rad=rng.uniform(0.0, 2.0 * np.pi, objects),
        bstar_per_er=np.full(objects, 2e-5),
    )


def compilation_s(sky: tuple[MeanElements, np.datetime64], threshold_km: float) -> float:
    """Return how long the first search takes: of few objects and steps, compilation mostly."""
    elements, t0_utc = sky
    start = time.perf_counter()
    few = elements.take(np.arange(0, len(elements), max(len(elements) // 256, 1)))
    # Their doubles a kilometre ahead are slow pairs, which the host solves.
    both = few.take(np.tile(np.arange(len(few)), 2))
    ahead_rad = np.repeat([0.0, 1e-4], len(few))
    search = encounters.new_search(
        initialise(replace(both, mean_anomaly_rad=both.mean_anomaly_rad + ahead_rad)),
        t0_utc,
        1800.0,
        threshold_km,
    )
    encounters_cuda.encounters_in(search, 0, search.steps)
    return time.perf_counter() - start


def on_device(
    elements: MeanElements,
    t0_utc: np.datetime64,
    question: tuple[float, float, float],
    found: dict[str, tuple[Search, Encounters]],
    label: str,
) -> dict[str, Any]:
    """Return the wall time of a whole search and of its stages; what it found goes to `found`.

    The whole goes from parsed elements to sorted rows.
    """
    duration_s, threshold_km, longest_step_s = question
    end_to_end_s = []
    for _ in range(RUNS):
        start = time.perf_counter()
        search = encounters.new_search(
            initialise(elements), t0_utc, duration_s, threshold_km, longest_step_s=longest_step_s
        )
        rows = encounters_cuda.encounters_in(search, 0, search.steps)
        end_to_end_s.append(time.perf_counter() - start)
    found[label] = (search, rows)
    return {
        "end_to_end_s": statistics.median(end_to_end_s),
        "slowest_end_to_end_s": max(end_to_end_s),
        "rows": len(rows),
        "steps": search.steps,
        "step_s": search.step_s,
        "stages": stages(search),
    }


def stages(search: Search) -> dict[str, float]:
    """Return the seconds of each stage, the device waited for after every one."""
    gpu = encounters_cuda
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[..., Any], *given: Any) -> Any:
        start = time.perf_counter()
        result = work(*given)
        gpu.wait_for_device()
        spent[name] = spent.get(name, 0.0) + time.perf_counter() - start
        return result

    run = timed("upload", gpu.prepare, search)
    pieces, candidates = [], 0
    for first in range(0, search.steps, gpu.STEPS_PER_PIECE):
        last = min(first + gpu.STEPS_PER_PIECE, search.steps)
        timed("sgp4", gpu.propagate_piece, run, first, last)
        timed("arcs", gpu.trace_piece, run, first, last)
        timed("pairs", gpu.sieve_piece, run, first, last)
        run = timed("pairs", gpu.with_room, run, first, last)
        candidates += gpu.candidates_in(run)
        timed("exact", gpu.solve_piece, run, first)
        pieces.append(timed("download", gpu.download_piece, run))
    on_device_s = sum(spent.values())
    timed("rows_on_host", rows_of, search, pieces)
    return spent | {
        "on_device_s": on_device_s,
        "candidates": candidates,
        "slow_steps": sum(len(slow.step) for _, slow in pieces),
    }


def rows_of(search: Search, pieces: list[Any]) -> Encounters:
    """Return what the host makes of the device's findings: slow pairs solved, all sorted."""
    return encounters.encounters_in(search, 0, search.steps, finder=lambda *_: pieces)


def states_differ_by(elements: MeanElements, t0_utc: np.datetime64) -> dict[str, float]:
    """Return how far states of the device are from those of the CPU, over half a day."""
    search = encounters.new_search(initialise(elements), t0_utc, 43200.0, 5.0)
    run = encounters_cuda.prepare(search)
    steps = min(search.steps, encounters_cuda.STEPS_PER_PIECE)
    encounters_cuda.propagate_piece(run, 0, steps)
    theirs = [part[: steps + 2].copy_to_host() for part in run.states]
    middles_s = (np.arange(-1, steps + 1) + 0.5) * search.step_s
    ours = propagate(search.movers.satellites.take(run.order), t0_utc, middles_s)
    position = np.abs(theirs[0] - ours.position_teme_km.transpose(1, 0, 2))
    velocity = np.abs(theirs[1] - ours.velocity_teme_km_s.transpose(1, 0, 2))
    return {
        "states": position.size // 3,
        "other_status": int(np.sum(theirs[2] != ours.status.T)),
        "largest_km": float(np.nanmax(position)),
        "largest_km_s": float(np.nanmax(velocity)),
    }


def on_cpu(search: Search, rows: Encounters) -> dict[str, Any]:
    """Return the CPU engine's time for the same search, and how far the rows agree."""
    encounters.encounters_in(search, 0, 2)  # compiles
    wall, cpu = time.perf_counter(), time.process_time()
    expected = encounters.encounters_in(search, 0, search.steps)
    seconds = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
    return seconds | agreement(expected, rows)


def agreement(expected: Encounters, found: Encounters) -> dict[str, Any]:
    """Match rows one to one by pair and time, and compare what matched."""
    ours, theirs = matched(expected, found)
    speed = expected.speed_km_s
    is_fast = speed > FAST_KM_S
    late = np.abs(expected.tca_s[ours] - found.tca_s[theirs])
    off = np.abs(expected.miss_km[ours] - found.miss_km[theirs])
    surely = speed[ours] > SURELY_FAST_KM_S
    return {
        "rows_expected": len(expected),
        "rows_found": len(found),
        "fast_expected": int(is_fast.sum()),
        "fast_matched": int(is_fast[ours].sum()),
        "slow_expected": int((~is_fast).sum()),
        "slow_matched": int((~is_fast)[ours].sum()),
        "unmatched_found": len(found) - len(theirs),
        "largest_difference_s": float(late[surely].max(initial=0.0)),
        "largest_difference_km": float(off[surely].max(initial=0.0)),
        "beyond_tolerance": int(np.sum(surely & ((late > NEAR_S) | (off > NEAR_KM)))),
        "p99_difference_s": float(np.percentile(late, 99)) if len(late) else 0.0,
        "lost": lost(expected, ours),
    }


def lost(expected: Encounters, ours: Any) -> list[list[float]]:
    """Return rows without a match, the first twenty: objects, time, miss, relative speed."""
    rows = np.setdiff1d(np.arange(len(expected)), ours)[:20]
    columns = (expected.primary, expected.secondary, expected.tca_s, expected.miss_km)
    return [[float(column[row]) for column in (*columns, expected.speed_km_s)] for row in rows]


def matched(expected: Encounters, found: Encounters) -> tuple[Any, Any]:
    """Return the rows of both that are the same pair within a second of one another."""
    objects = 1 + max(int(e.primary.max(initial=0)) for e in (expected, found))
    objects = max(objects, 1 + max(int(e.secondary.max(initial=0)) for e in (expected, found)))
    keys = [
        np.minimum(e.primary, e.secondary) * objects + np.maximum(e.primary, e.secondary)
        for e in (expected, found)
    ]
    orders = [np.lexsort((e.tca_s, key)) for e, key in zip((expected, found), keys, strict=True)]
    ours: list[int] = []
    theirs: list[int] = []
    k = 0
    for row in orders[0]:
        while k < len(orders[1]) and (
            keys[1][orders[1][k]],
            found.tca_s[orders[1][k]],
        ) < (keys[0][row], expected.tca_s[row] - SAME_S):
            k += 1
        if k < len(orders[1]):
            other = orders[1][k]
            same = keys[1][other] == keys[0][row]
            if same and abs(found.tca_s[other] - expected.tca_s[row]) <= SAME_S:
                ours.append(int(row))
                theirs.append(int(other))
                k += 1
    return np.array(ours, np.int64), np.array(theirs, np.int64)


if __name__ == "__main__":
    main()
