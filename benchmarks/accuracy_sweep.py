"""How often the machine finds what is drawn by chance, over the full catalogue, and how fast.

Usage: python benchmarks/accuracy_sweep.py [ROWS] [--number N] [--compare N] [--workers N] [--made]

Real data beside the repository or in HOSHIMORI_DATA; with ``--made`` a made sky of 30,000 objects.
ROWS is the file of ``hoshimori rehearse sweep --output``: a sweep goes on where it ends. Some draws
of different kinds are looked at again with nothing left out, and compared.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from typing import Any

from hoshimori.exercise.drawn_scripts import draw
from hoshimori.model.sweeps import DrawKind, Sweep
from hoshimori.settings import Settings
from hoshimori.workflows.exercise_skies import ExerciseSky, SkyAsked, exercise_sky
from hoshimori.workflows.sweep import SweepPlan, sweep
from hoshimori.workflows.sweep_looks import (
    Drawn,
    Fared,
    cut_sight,
    drawn_on,
    fared,
    whole_sight,
)
from hoshimori.workflows.sweep_places import in_processes
from hoshimori.workflows.sweep_sky import SweepSky

sys.path.insert(0, str(Path(__file__).parent))
from measuring import RESULTS, keep, peak_memory_mib

SNAPSHOT = "spacetrack_2025-05-23.3le.gz"
SEED, OBJECTS = 1, 30_000


def main() -> None:
    """Measure and keep the figures."""
    asked = arguments()
    sky = sky_asked(made=asked.made)
    if sky is None:
        print(f"no {SNAPSHOT}: nothing measured")
        return
    plan = SweepPlan(seed=SEED, number=asked.number, controls=asked.controls)
    with tempfile.TemporaryDirectory() as folder:
        rows = asked.rows or Path(folder) / "rows.jsonl"
        before = lines_of(rows)
        start = time.perf_counter()
        told = sweep(sky, plan, place=in_processes(asked.workers), file=rows)
        seconds = time.perf_counter() - start
        computed = lines_of(rows) - max(before, 1)
    name = "accuracy_sweep_made" if asked.made else "accuracy_sweep"
    costs: dict[str, Any] = {
        "load_at_end": os.getloadavg()[0],
        "workers": asked.workers,
        "computed_now": computed,
        "wall_s": seconds,
        "peak_memory_mib": peak_memory_mib(),
    }
    if not computed:
        # Rows that are there already cost nothing: what is told is what computing them cost.
        before_now = kept(name)
        costs = {key: before_now.get(key, value) for key, value in costs.items()}
    figures = costs | {"compared": compared(sky, asked.compare), "sweep": plain(told)}
    keep(name, figures)


def kept(name: str) -> dict[str, Any]:
    """Return the figures that an earlier run kept; none where there are none."""
    file = RESULTS / f"{name}.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))["figures"]) if file.exists() else {}


def arguments() -> argparse.Namespace:
    """Return what is asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=Path)
    parser.add_argument("--number", type=int, default=2000)
    parser.add_argument("--controls", type=int, default=3)
    parser.add_argument("--compare", type=int, default=10)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--made", action="store_true")
    return parser.parse_args()


def sky_asked(*, made: bool) -> ExerciseSky | None:
    """Return the made sky, or the real catalogue where it is at hand."""
    if made:
        return exercise_sky(SkyAsked(objects=OBJECTS, seed=SEED), Settings(), seed=SEED)
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    data = Path(os.environ.get("HOSHIMORI_DATA", beside)) / "catalogue" / "snapshots" / SNAPSHOT
    if not data.is_file():
        return None
    return exercise_sky(SkyAsked(catalogues=(data,)), Settings(), seed=SEED)


def lines_of(file: Path) -> int:
    """Return how many lines a file has; 0 for none."""
    return len(file.read_text(encoding="utf-8").splitlines()) if file.exists() else 0


def compared(sky: ExerciseSky, count: int) -> dict[str, Any]:
    """Return how some draws of different kinds fare by cut-down looks and by whole ones."""
    if not count:
        return {"draws": 0}
    worked = SweepSky.of(sky, SEED)
    rows: list[dict[str, Any]] = []
    for number in range(len(DrawKind) * 2):
        if len(rows) == count:
            break
        try:
            drawn = drawn_on(worked, draw(SEED, 3 * number))
        except ValueError:
            continue
        rows.append(comparison(drawn))
        print(rows[-1], file=sys.stderr, flush=True)
    return {
        "draws": len(rows),
        "same_score": sum(row["same_score"] for row in rows),
        "findings": sum(row["findings"] for row in rows),
        "same_findings": sum(row["same_findings"] for row in rows),
        "rows": rows,
    }


def comparison(drawn: Drawn) -> dict[str, Any]:
    """Return one draw looked at both ways."""
    start = time.process_time()
    cut = fared(drawn, cut_sight(drawn))
    between = time.process_time()
    whole = fared(drawn, whole_sight(drawn))
    end = time.process_time()
    ours, theirs = seen(drawn, cut), seen(drawn, whole)
    return {
        "number": drawn.draw.number,
        "kind": drawn.draw.kind.value,
        "verdict": cut.score.verdict.value,
        "same_score": cut.score == whole.score,
        "findings": len(theirs | ours),
        "same_findings": len(theirs & ours),
        "cut_cpu_s": round(between - start, 2),
        "whole_cpu_s": round(end - between, 2),
    }


def seen(drawn: Drawn, told: Fared) -> set[tuple[object, ...]]:
    """Return what looks show of the objects of a draw: kind, objects, trait, first parent."""
    touched = {*drawn.cast.numbers.values(), *drawn.truth.objects}
    return {
        (look.as_of_utc, f.kind, f.objects, f.trait, f.parents[:1])
        for look in told.rehearsal.looks
        for f in look.findings
        if set(f.objects) & touched and not f.is_of_the_sky
    }


def plain(told: Sweep) -> Any:
    """Return a sweep as plain values, numbers to four digits."""
    return _plain({**asdict_of(told), "parents": dict(told.parents)})


def asdict_of(told: Sweep) -> dict[str, Any]:
    """Return the fields of a sweep; tables of counts are no dataclasses."""
    names = ("sky", "seed", "objects", "rows", "fitting")
    lists = ("curves", "delays", "alarms", "operating")
    return {
        **{name: getattr(told, name) for name in names},
        **{name: [asdict(one) for one in getattr(told, name)] for name in lists},
        "problems": dict(told.problems),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


if __name__ == "__main__":
    main()
