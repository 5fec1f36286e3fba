"""How long it takes to screen 50 assets for 7 days: closest approaches, stays, both detectors.

Run: ``python benchmarks/speed_screen_assets.py [1000 10000 27000]``; real data beside the
repository or in HOSHIMORI_DATA. Objects and assets are drawn from a real catalogue by a fixed seed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
from measuring import keep, peak_memory_mib, timed

from hoshimori.detectors.conjunction import ConjunctionDetector
from hoshimori.detectors.proximity import ProximityDetector
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.numerics.encounters import closest_approaches
from hoshimori.numerics.sgp4 import initialise

SNAPSHOT = "spacetrack_2025-03-03.3le.gz"
ASSETS = 50
DAYS = 7.0
THRESHOLD_KM = 10.0


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 27_000]
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    data = Path(os.environ.get("HOSHIMORI_DATA", beside)) / "catalogue" / "snapshots" / SNAPSHOT
    if not data.is_file():
        print(f"no {data}: nothing measured")
        return
    received_utc = np.datetime64("2025-06-01", "us")
    reading = read_catalogue(data.read_bytes(), source=SNAPSHOT, received_utc=received_utc)
    every = reading.element_sets.newest()
    keep("speed_screen_assets", {str(size): figures(every, size) for size in sizes})


def figures(every: ElementSets, size: int) -> dict[str, object]:
    rng = np.random.default_rng(0)
    sets = every.take(np.sort(rng.choice(len(every), min(size, len(every)), replace=False)))
    assets = np.sort(rng.choice(len(sets), ASSETS, replace=False))
    as_of_utc = np.sort(sets.epoch_utc)[int(0.99 * len(sets))]
    satellites = initialise(sets.mean_elements())
    watched = tuple(Asset(int(sets.norad_id[row])) for row in assets)
    picture = Picture(as_datetime(as_of_utc), sets, sets, watched, DAYS)

    def screen() -> int:
        return len(closest_approaches(satellites, assets, as_of_utc, DAYS * 86400.0, THRESHOLD_KM))

    return {
        "objects": len(sets),
        "encounters": screen(),
        "closest_approaches": timed(screen, runs=1),
        "conjunction_detector": timed(lambda: ConjunctionDetector().detect(picture), runs=1),
        "proximity_detector": timed(lambda: ProximityDetector().detect(picture), runs=1),
        "peak_memory_mib": peak_memory_mib(),
    }


if __name__ == "__main__":
    main()
