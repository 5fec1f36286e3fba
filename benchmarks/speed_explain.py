"""How long `explain` takes for one asset and moment against a whole catalogue of the world.

Of assets in low, sun-synchronous, medium, geostationary and highly eccentric orbits, and in a
constellation; and the command from its start to its answer, reading the catalogue included.

Run: ``python benchmarks/speed_explain.py [DATA_FOLDER]``
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep, peak_memory_mib, timed

from hoshimori.model.assets import Asset
from hoshimori.workflows.explain import Beside, explain
from hoshimori.workflows.known_failures import known_failures
from hoshimori.workflows.skies import sky_of_files
from hoshimori.workflows.space_weather import space_weather_of_file

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
CATALOGUE = "catalogue/snapshots/spacetrack_2025-03-03.3le.gz"
WEATHER = "spaceweather/SW-All.csv.gz"
AT = "2025-03-03T00:00:00"
ASSETS = {
    "low (ISS)": 25544,
    "sun-synchronous (ALOS 2)": 39766,
    "medium (GPS BIIF-6)": 39741,
    "geostationary (INTELSAT 39)": 44476,
    "highly eccentric (MOLNIYA 3-50)": 25847,
    "constellation (ONEWEB-0012)": 44057,
}


def main() -> None:
    """Measure and keep."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HOSHIMORI_DATA", BESIDE))
    sky = sky_of_files([folder / CATALOGUE])
    beside = Beside(space_weather_of_file(folder / WEATHER).weather, known_failures())
    figures: dict[str, Any] = {"assets": {}}
    for name, norad_id in ASSETS.items():
        picture = sky.picture(assets=(Asset(norad_id),), days_ahead=1.0)
        at_utc = np.datetime64(AT, "us")

        def once(picture: Any = picture, norad_id: int = norad_id, at_utc: Any = at_utc) -> object:
            return explain(picture, norad_id, at_utc, beside=beside)

        figures["assets"][name] = timed(once)
        figures["objects"] = len(picture.newest)
    figures["slowest_wall_s"] = max(one["wall_s"] for one in figures["assets"].values())
    figures["slowest_cpu_s"] = max(one["cpu_s"] for one in figures["assets"].values())
    figures["whole_command_wall_s"] = whole_command_s(folder)
    figures["peak_memory_mib"] = peak_memory_mib()
    keep("speed_explain", figures)


def whole_command_s(folder: Path) -> float:
    """Return the wall seconds of the command for the low asset, the second time."""
    program = Path(sys.executable).with_name("hoshimori")
    asked = ["explain", "--asset", "25544", "--at", f"{AT}Z", "--json"]
    asked += ["--catalogue", str(folder / CATALOGUE), "--space-weather", str(folder / WEATHER)]
    walls = []
    for _ in range(2):
        start = time.perf_counter()
        subprocess.run([program, *asked], check=True, capture_output=True)
        walls.append(time.perf_counter() - start)
    return walls[-1]


if __name__ == "__main__":
    main()
