"""What it costs to judge errors by the objects' own histories, beside the screening itself.

Run: ``python benchmarks/speed_screen_history.py [DAYS_OF_HISTORY]`` (default 45, 1.75 sets a day,
as CelesTrak published in May 2026); real data beside the repository or in HOSHIMORI_DATA. The
history is made: the newest sets of a real catalogue under earlier epochs, which costs what a real
one does and says nothing about errors.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep, peak_memory_mib

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.numerics.covariance import LOOKBACK_DAYS
from hoshimori.workflows.screen import ScreenPlan, ScreenRequest, screen
from hoshimori.workflows.screen_sky import screened_sky
from hoshimori.workflows.skies import Sky

SNAPSHOT = "spacetrack_2025-03-03.3le.gz"
SETS_PER_DAY = 1.75
PRIMARIES = 50


def main() -> None:
    history_days = float(sys.argv[1]) if len(sys.argv) > 1 else 45.0
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    data = Path(os.environ.get("HOSHIMORI_DATA", beside)) / "catalogue" / "snapshots" / SNAPSHOT
    if not data.is_file():
        print(f"no {data}: nothing measured")
        return
    received_utc = np.datetime64("2025-06-01", "us")
    reading = read_catalogue(data.read_bytes(), source=SNAPSHOT, received_utc=received_utc)
    newest = reading.element_sets.newest()
    keep("speed_screen_history", figures(newest, history_days))


def figures(newest: ElementSets, history_days: float) -> dict[str, Any]:
    start_utc = np.sort(newest.epoch_utc)[int(0.99 * len(newest))]
    bare, told = (Sky((sets,), "made") for sets in (newest, with_history(newest, history_days)))
    drawn = np.random.default_rng(0).choice(newest.norad_id, PRIMARIES, replace=False)
    few = tuple(Asset(int(norad_id)) for norad_id in np.sort(drawn))
    requests = {
        "all, 1 day, 5 km": ScreenRequest(start_utc, 1.0, 5.0),
        "all, 7 days, 5 km": ScreenRequest(start_utc, 7.0, 5.0),
        "50 primaries, 7 days, 10 km": ScreenRequest(start_utc, 7.0, 10.0, primaries=few),
    }
    screened(bare, requests["50 primaries, 7 days, 10 km"])  # compiles
    found: dict[str, Any] = {
        "objects": len(newest),
        "element_sets": len(told.parts[0]),
        "days_of_history": history_days,
        "days_judged_by": LOOKBACK_DAYS,
    }
    for name, request in requests.items():
        found[name] = {"no history": screened(bare, request), "history": screened(told, request)}
    sky = screened_sky(told, None, start_utc, 1.0, None, history_days)
    cpu = time.process_time()
    sky.errors.judged(np.arange(len(sky.element_sets)))
    found["all objects by all sets, cpu_s"] = time.process_time() - cpu
    return found | {"peak_memory_mib": peak_memory_mib()}


def with_history(newest: ElementSets, days: float) -> ElementSets:
    """Return the newest sets with copies under earlier epochs."""
    step_us = round(86_400e6 / SETS_PER_DAY)
    earlier = [
        replace(newest, epoch_utc=newest.epoch_utc - np.timedelta64(k * step_us, "us"))
        for k in range(int(days * SETS_PER_DAY), 0, -1)
    ]
    return concatenate((*earlier, newest))


def screened(sky: Sky, request: ScreenRequest) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), time.process_time()
        done = screen(sky, request, Path(folder) / "table.parquet", ScreenPlan())
        figures = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
    coverage, counts = done.summary.coverage, done.summary.counts
    return figures | {
        "conjunctions": counts.conjunctions,
        "objects_with_rows": coverage.objects_with_rows,
        "errors_of_own_history": coverage.errors_of_own_history,
    }


if __name__ == "__main__":
    main()
