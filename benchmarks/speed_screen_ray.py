"""How screening scales: over objects on this machine, and over the workers of a local Ray.

Run: ``python benchmarks/speed_screen_ray.py [1 2 4]`` (numbers of workers; needs the extra
``ray``); real data beside the repository or in HOSHIMORI_DATA. All against all, a day, 5 km.
Workers have one thread each; with more workers than cores they share them. Every table is compared
byte for byte with the one made without Ray.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numba
import numpy as np
from measuring import keep, peak_memory_mib

from hoshimori.workflows import screen as screening
from hoshimori.workflows.screen import ScreenPlan, ScreenRequest, screen
from hoshimori.workflows.screen_places import on_this_machine, place_named
from hoshimori.workflows.screen_sky import screened_sky, start_of
from hoshimori.workflows.skies import Sky, sky_of_files

SNAPSHOT = "spacetrack_2025-05-23.3le.gz"
SIZES = (3_500, 7_000, 14_000, 27_000)
DAYS, THRESHOLD_KM = 1.0, 5.0


def main() -> None:
    workers = [int(argument) for argument in sys.argv[1:]] or [1, 2, 4]
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    data = Path(os.environ.get("HOSHIMORI_DATA", beside)) / "catalogue" / "snapshots" / SNAPSHOT
    if not data.is_file():
        print(f"no {data}: nothing measured")
        return
    sky = sky_of_files([data])
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "rows.parquet"
        figures: dict[str, Any] = {
            "load_at_start": os.getloadavg()[0],
            "days": DAYS,
            "threshold_km": THRESHOLD_KM,
            "sizes": [of_size(sky, size, output) for size in SIZES],
            "job": job(sky),
        }
        figures["peak_memory_mib"] = peak_memory_mib()
        figures |= places(sky, output, workers)
    keep("speed_screen_ray", figures)


def request(sky: Sky) -> ScreenRequest:
    return ScreenRequest(start_of(sky), DAYS, THRESHOLD_KM)


def of_size(sky: Sky, size: int, output: Path) -> dict[str, Any]:
    """Return what a day of so many objects costs, drawn from the catalogue by a fixed seed."""
    newest = sky.parts[0].newest()
    chosen = np.sort(np.random.default_rng(0).choice(len(newest), size, replace=False))
    some = replace(sky, parts=(newest.take(chosen),), as_of_utc=start_of(sky))
    screen(some, replace(request(sky), days=0.05), output, ScreenPlan())
    cpu, wall = time.process_time(), time.perf_counter()
    found = screen(some, request(sky), output, ScreenPlan())
    return {
        "objects": found.summary.coverage.screened,
        "cpu_s": time.process_time() - cpu,
        "wall_s": time.perf_counter() - wall,
        "rows": found.summary.counts.conjunctions,
        "table_bytes": output.stat().st_size,
    }


def job(sky: Sky) -> dict[str, float]:
    """Return how many bytes a worker is sent, once."""
    asked = request(sky)
    screened = screened_sky(sky, None, asked.start_utc, DAYS)
    sent = len(pickle.dumps(screening.job_of(screened, asked)))
    return {"bytes": float(sent), "bytes_per_object": sent / screened.coverage.screened}


def places(sky: Sky, output: Path, workers: list[int]) -> dict[str, Any]:
    import ray  # noqa: PLC0415 - an extra

    numba.set_num_threads(1)
    expected, wall_s = timed_screen(sky, output, "local")
    figures: dict[str, Any] = {"one_thread_without_ray_wall_s": wall_s, "ray": []}
    for count in workers:
        ray.init(
            num_cpus=count,
            include_dashboard=False,
            log_to_driver=False,
            logging_level="error",
        )
        first, cold_s = timed_screen(sky, output, "ray")
        again, warm_s = timed_screen(sky, output, "ray")
        ray.shutdown()
        figures["ray"].append(
            {
                "workers": count,
                "first_wall_s": cold_s,
                "wall_s": warm_s,
                "same_bytes": first == expected == again,
            }
        )
    return figures


def timed_screen(sky: Sky, output: Path, where: str) -> tuple[bytes, float]:
    place = on_this_machine if where == "local" else place_named(where)
    start = time.perf_counter()
    screen(sky, request(sky), output, ScreenPlan(place=place))
    return output.read_bytes(), time.perf_counter() - start


if __name__ == "__main__":
    main()
