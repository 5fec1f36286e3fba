"""How long `watch` takes: 50 assets against a made sky, 7 days; also the start of the program.

Run: ``python benchmarks/speed_watch.py [1000 10000 27000]``
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from measuring import keep, peak_memory_mib

from hoshimori.model.assets import Asset
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.watch import DETECTORS, watch

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
ASSETS = 50
DAYS = 7.0


def watch_figures(objects: int) -> dict[str, float]:
    sky = made_sky(seed=1, objects=objects, as_of_utc=AS_OF)
    ids = sky.parts[0].newest().norad_id
    chosen = ids[:: max(1, len(ids) // ASSETS)][:ASSETS]
    picture = sky.picture(assets=tuple(Asset(int(i)) for i in chosen), days_ahead=DAYS)
    figures: dict[str, float] = {}
    for detector in DETECTORS:
        wall, cpu = time.perf_counter(), time.process_time()
        detector.detect(picture)
        figures[f"{detector.card.name}_wall_s"] = time.perf_counter() - wall
        figures[f"{detector.card.name}_cpu_s"] = time.process_time() - cpu
    wall, cpu = time.perf_counter(), time.process_time()
    board = watch(picture)
    figures["watch_wall_s"] = time.perf_counter() - wall
    figures["watch_cpu_s"] = time.process_time() - cpu
    figures["findings"] = len(board.findings)
    figures["peak_memory_mib"] = peak_memory_mib()
    return figures


def help_wall_s() -> float:
    """Return the fastest of five starts of ``hoshimori --help``."""
    program = Path(sys.executable).with_name("hoshimori")
    walls = []
    for _ in range(5):
        wall = time.perf_counter()
        subprocess.run([program, "--help"], check=True, capture_output=True)
        walls.append(time.perf_counter() - wall)
    return min(walls)


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 27_000]
    watch_figures(1_000)  # compile
    figures = {str(size): watch_figures(size) for size in sizes}
    keep("speed_watch", {"watch": figures, "help_wall_s": help_wall_s()})


if __name__ == "__main__":
    main()
