"""How long it takes to screen a whole catalogue against itself; beside a peer, and how it scales.

1. *Side by side.* All objects of a real catalogue, one day, 5 km: ours and ``astroz.screen`` at its
   best step of 0.5 minutes (MIT; ``pip install astroz``; left out where it is absent), one after
   the other, again and again. Each side lives in a process of its own, so that memory is its own;
   a whole run that does not count comes first.
2. *A week*, ours alone.
3. *Scaling*, ours alone: objects, days, threshold, threads, one of them varied at a time.

The clock runs from parsed elements to the result table sorted by time. Ours starts from arrays of
mean elements; astroz from its ``Constellation``, which has parsed and initialised already.
Peak memory is that of the whole process.

Fewer objects than the catalogue are drawn from it by a seed. More are made from it: rows drawn
again, right ascension, argument of perigee and mean anomaly drawn anew from the whole circle, mean
motion and eccentricity jittered by 0.01 % and 1 %, inclination by 0.01 deg (standard deviations).
Such a sky keeps the crowding in altitude and inclination, but not the order within constellations.

Run: ``python benchmarks/speed_screen.py`` (several minutes), or ``... --objects 1000 --rounds 1
--sizes 500,1000`` for a look. Real data beside the repository or in HOSHIMORI_DATA.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep
from screen_once import ASTROZ_BEST_STEP_MIN, Case
from screen_sky import SNAPSHOTS, Question, newest_lines

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.numerics.elements import MeanElements

SNAPSHOT, T0_UTC = Question.snapshot, Question.t0_utc
SIZES = "1000,2000,5000,10000,0,52000,100000"
"""Of the skies; 0 is the whole catalogue."""
SCALED = {
    "days": (1.0, 2.0, 4.0, 7.0),
    "threshold_km": (1.0, 2.0, 5.0, 10.0, 20.0),
    "threads": (1, 2),
}
LONG_ENOUGH_S = 6.0
MOST_RUNS = 3


def main() -> None:
    arguments = command_line().parse_args()
    if not (SNAPSHOTS / SNAPSHOT).is_file():
        print(f"no {SNAPSHOTS / SNAPSHOT}: nothing measured")
        return
    every = real_sky()
    objects = min(arguments.objects or len(every), len(every))
    sizes = sorted({size or len(every) for size in arguments.sizes})
    with tempfile.TemporaryDirectory() as folder:
        skies = {size: Path(folder) / f"{size}.npz" for size in {objects, *sizes}}
        for size, path in skies.items():
            write_sky(path, sky_of(every, size))
        day = Case("hoshimori", objects, T0_UTC)
        keep(
            "speed_screen",
            {
                "side_by_side": side_by_side(day, skies[objects], arguments.rounds),
                "week": alone(replace(day, days=7.0), skies[objects]),
                "scaling": scaling(day, skies, sizes),
            },
        )


def command_line() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--objects", type=int, default=0, help="of the real catalogue; 0 means all")
    parser.add_argument("--rounds", type=int, default=5, help="alternations with the peer")
    parser.add_argument(
        "--sizes", type=lambda text: [int(n) for n in text.split(",")], default=SIZES
    )
    return parser


# Skies


def real_sky() -> MeanElements:
    packed = (SNAPSHOTS / SNAPSHOT).read_bytes()
    received_utc = np.datetime64(T0_UTC, "us")
    reading = read_catalogue(packed, source=SNAPSHOT, received_utc=received_utc)
    return reading.element_sets.newest().mean_elements()


def sky_of(every: MeanElements, size: int) -> MeanElements:
    """Return a sky of any size: drawn from the catalogue, or the catalogue and what is made of it.

    The draw is that of `screen_sky`.
    """
    rng = np.random.default_rng(Question.seed)
    if size <= len(every):
        return taken(every, np.sort(rng.choice(len(every), size, replace=False)))
    more = size - len(every)
    made = asdict(taken(every, rng.choice(len(every), more)))
    for angle in ("raan_rad", "arg_of_perigee_rad", "mean_anomaly_rad"):
        made[angle] = rng.uniform(0.0, 2.0 * np.pi, more)
    made["mean_motion_kozai_rad_min"] *= 1.0 + 1e-4 * rng.standard_normal(more)
    made["eccentricity"] *= 1.0 + 1e-2 * rng.standard_normal(more)
    made["eccentricity"] = np.clip(made["eccentricity"], 0.0, 0.95)
    tilted = made["inclination_rad"] + np.radians(0.01) * rng.standard_normal(more)
    made["inclination_rad"] = np.clip(tilted, 0.0, np.pi)
    own = asdict(every)
    return MeanElements(**{name: np.concatenate([own[name], made[name]]) for name in own})


def taken(elements: MeanElements, rows: np.ndarray) -> MeanElements:
    names = [field.name for field in fields(elements)]
    return MeanElements(**{name: getattr(elements, name)[rows] for name in names})


def write_sky(path: Path, elements: MeanElements) -> None:
    np.savez(path, **asdict(elements))


# One process for each case


@contextmanager
def process_of(case: Case, sky: Path) -> Iterator[Callable[[], dict[str, float]]]:
    """Yield a function that screens once in a process kept for this case."""
    once = Path(__file__).with_name("screen_once.py")
    command = [sys.executable, str(once), json.dumps(asdict(case)), str(sky)]
    threads = {"NUMBA_NUM_THREADS": str(case.threads)} if case.threads else {}
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | threads,
    ) as process:
        asking, answering = process.stdin, process.stdout
        assert asking is not None
        assert answering is not None

        def run() -> dict[str, float]:
            asking.write("\n")
            asking.flush()
            answer = answering.readline()
            if not answer:
                raise RuntimeError(f"the process of {case} ended early: see its message above")
            return dict(json.loads(answer))

        yield run
        asking.close()


# Figures


def side_by_side(day: Case, sky: Path, rounds: int) -> dict[str, Any]:
    """Return both sides' medians and the ratios of each round."""
    if importlib.util.find_spec("astroz") is None:
        print("astroz is not installed (pip install astroz): ours is measured alone")
        return {"hoshimori": alone(day, sky)}
    theirs = replace(day, side="astroz")
    lines = sky.with_suffix(".tle")
    chosen = newest_lines(Question(objects=day.objects))
    lines.write_text("\n".join(chosen.values()), encoding="ascii")
    with process_of(day, sky) as ours, process_of(theirs, lines) as peer:
        ours(), peer()
        runs = [(ours(), peer()) for _ in range(rounds)]
    cpu = [peer["cpu_s"] / own["cpu_s"] for own, peer in runs]
    wall = [peer["wall_s"] / own["wall_s"] for own, peer in runs]
    return {
        "rounds": rounds,
        "hoshimori": asdict(day) | medians([own for own, _ in runs]),
        "astroz": asdict(theirs)
        | {"version": version_of_astroz(), "step_min": ASTROZ_BEST_STEP_MIN}
        | medians([peer for _, peer in runs]),
        "times_less_cpu": {"median": statistics.median(cpu), "least": min(cpu), "most": max(cpu)},
        "times_less_wall": {
            "median": statistics.median(wall),
            "least": min(wall),
            "most": max(wall),
        },
    }


def version_of_astroz() -> str:
    import astroz  # noqa: PLC0415  # a peer that not everyone has

    return str(astroz.__version__)


def alone(case: Case, sky: Path) -> dict[str, Any]:
    """Return the medians of a few runs after one that does not count."""
    with process_of(case, sky) as run:
        first = run()
        # A long first run is mostly not compilation: it is repeated once only.
        enough = 1 if first["wall_s"] > LONG_ENOUGH_S * MOST_RUNS else MOST_RUNS
        return asdict(case) | medians([run() for _ in range(enough)])


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    """Return the medians of the runs; of peak memory, the largest."""
    table = {name: [run[name] for run in runs] for name in ("wall_s", "cpu_s")}
    return {name: statistics.median(values) for name, values in table.items()} | {
        "rows": runs[-1]["rows"],
        "peak_memory_mib": max(run["peak_memory_mib"] for run in runs),
    }


def scaling(day: Case, skies: dict[int, Path], sizes: list[int]) -> dict[str, Any]:
    """Return the cases of each quantity that is varied, by its value."""
    cases = {"objects": [replace(day, objects=size) for size in sizes]} | {
        name: [replace(day, **{name: value}) for value in values] for name, values in SCALED.items()
    }
    measured: dict[Case, dict[str, Any]] = {}
    for case in [case for of_one in cases.values() for case in of_one]:
        if case not in measured:
            measured[case] = alone(case, skies[case.objects])
            print(json.dumps(measured[case]), flush=True)
    return {
        name: {f"{getattr(case, name):g}": measured[case] for case in of_one}
        for name, of_one in cases.items()
    }


if __name__ == "__main__":
    main()
