"""How long `hoshimori manoeuvres` takes over a year of the whole catalogue, and how much memory.

The year is made: every object of a real catalogue gets 590 element sets (16 million in all) that
follow SGP4's own rates, with noise of the size measured on well tracked satellites, every tenth
object a burn of 1 to 50 cm/s every month. Rows are ordered by time, as catalogues come, in one
Parquet file of OMM columns, written beside nothing else in a temporary folder. Then the command
runs as its users run it, in a process of its own, from file to JSON; its burns are compared with
those that were made.

Run: ``python benchmarks/speed_manoeuvres.py`` (about five minutes), or ``... --sets 60 --objects
2000`` for a look. Real data beside the repository or in HOSHIMORI_DATA.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from measuring import keep
from screen_sky import SNAPSHOTS

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.elements import MeanElements, orbit_regime
from hoshimori.numerics.sgp4 import initialise

SNAPSHOT = "spacetrack_2025-03-03.3le.gz"
START = np.datetime64("2024-01-01", "us")
YEAR_DAYS = 365.0
MOTION_NOISE = 2e-8
"""Relative; 0.05 mm/s in LEO."""
ANGLE_NOISE_RAD = 5e-6
"""35 m along a low orbit."""
EVERY_TENTH, BURN_EVERY_DAYS = 10, 30.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--objects", type=int, default=0, help="0: all")
    parser.add_argument("--sets", type=int, default=590)
    arguments = parser.parse_args()
    if not SNAPSHOTS.is_dir():
        print(f"no data in {SNAPSHOTS}: nothing measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "year.parquet"
        made = write_year(path, arguments.objects, arguments.sets)
        figures = {**made, **measured(path, made)}
        del figures["burns"]
        keep("speed_manoeuvres", figures)


def write_year(path: Path, objects: int, sets: int) -> dict[str, Any]:
    """Write the made year and return how large it is, and how many burns are in it."""
    sky = read_catalogue(
        (SNAPSHOTS / SNAPSHOT).read_bytes(),
        source=SNAPSHOT,
        received_utc=np.datetime64("2025-04-01", "us"),
    ).element_sets.newest()
    sky = sky.take(np.arange(len(sky))[: objects or None])
    elements = sky.mean_elements()
    rng = np.random.default_rng(1)
    burning = np.arange(len(sky)) % EVERY_TENTH == 0
    low = orbit_regime(elements) == 0
    dv_m_s = np.where(burning & low, 10.0 ** rng.uniform(-2.0, -0.3, len(sky)), 0.0)
    angles = np.column_stack(
        (elements.raan_rad, elements.arg_of_perigee_rad, elements.mean_anomaly_rad)
    )
    motion = elements.mean_motion_kozai_rad_min.copy()
    speed_m_s = 1000.0 * (398600.8 * motion / 60.0) ** (1.0 / 3.0)
    days = np.linspace(0.0, YEAR_DAYS, sets)
    burns: list[tuple[int, float]] = []
    writer = None
    still = elements
    for k, day in enumerate(days):
        if k:
            rates = initialise(still).near[:, [near.NODEDOT, near.ARGPDOT, near.MDOT]]
            angles = angles + rates * (day - days[k - 1]) * 1440.0
            if day // BURN_EVERY_DAYS > days[k - 1] // BURN_EVERY_DAYS:
                motion *= 1.0 - 3.0 * dv_m_s / speed_m_s
                burns += [(int(i), day) for i in sky.norad_id[dv_m_s > 0.0]]
        still = MeanElements(
            elements.epoch_utc, motion, elements.eccentricity, elements.inclination_rad,
            angles[:, 0], angles[:, 1], angles[:, 2], np.zeros(len(sky)),
        )  # fmt: skip
        table = _table(sky.norad_id, day, still, rng)
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    assert writer is not None
    writer.close()
    return {
        "objects": len(sky),
        "element_sets": len(sky) * sets,
        "burns_made": len(burns),
        "burns": burns,
        "file_mib": round(path.stat().st_size / 2**20),
    }


def _table(norad_id: Any, day: float, still: MeanElements, rng: np.random.Generator) -> pa.Table:
    rows = len(norad_id)
    epoch = START + np.timedelta64(round(day * 86400e6), "us")
    angles = np.degrees(
        np.column_stack((still.raan_rad, still.arg_of_perigee_rad, still.mean_anomaly_rad))
    )
    angles[:, 2] += np.degrees(ANGLE_NOISE_RAD) * rng.standard_normal(rows)
    angles %= 360.0
    motion = still.mean_motion_kozai_rad_min * (1440.0 / (2.0 * np.pi))
    motion *= 1.0 + MOTION_NOISE * rng.standard_normal(rows)
    return pa.table(
        {
            "NORAD_CAT_ID": norad_id,
            "EPOCH": pa.array(np.full(rows, epoch), pa.timestamp("us")),
            "MEAN_MOTION": motion,
            "ECCENTRICITY": still.eccentricity,
            "INCLINATION": np.degrees(still.inclination_rad),
            "RA_OF_ASC_NODE": angles[:, 0],
            "ARG_OF_PERICENTER": angles[:, 1],
            "MEAN_ANOMALY": angles[:, 2],
            "BSTAR": np.zeros(rows),
        }
    )


def measured(path: Path, made: dict[str, Any]) -> dict[str, Any]:
    """Return how long the command takes, its memory, and how many of the burns it finds."""
    program = Path(sys.executable).with_name("hoshimori")
    command = [str(program), "manoeuvres", "--history", str(path), "--json"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    result = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=os.environ)
    wall_s = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = [
        (m["norad_id"], (np.datetime64(m["time_utc"][:-1]) - START) / np.timedelta64(1, "D"))
        for m in json.loads(result.stdout)["manoeuvres"]
    ]
    hits = matches(made["burns"], found)
    return {
        "wall_s": round(wall_s, 1),
        "cpu_s": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
        "peak_mib": round(after.ru_maxrss / 1024),
        "sets_per_second": round(made["element_sets"] / wall_s),
        "burns_found": hits,
        "false_alarms": len(found) - hits,
    }


def matches(made: list[tuple[int, float]], found: list[tuple[int, float]]) -> int:
    """Return how many made burns have a find of the same object within two days after."""
    by_object: dict[int, list[float]] = {}
    for norad_id, day in found:
        by_object.setdefault(norad_id, []).append(day)
    return sum(
        any(-0.5 <= at - day <= 2.5 for at in by_object.get(norad_id, [])) for norad_id, day in made
    )


if __name__ == "__main__":
    main()
