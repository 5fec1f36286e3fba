"""How long `ingest` takes for a million element sets, from the file's bytes to the closed store.

Run: ``python benchmarks/speed_ingest.py``
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from measuring import keep, peak_memory_mib

from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.elements import concatenate
from hoshimori.store import open_store
from hoshimori.workflows.ingest import ingest_files, report_of
from hoshimori.workflows.skies import made_sky

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
OBJECTS, DAYS = 30_000, 34


def million() -> bytes:
    """Return a made sky whose every object is published anew on each of some days."""
    newest = made_sky(seed=1, objects=OBJECTS, as_of_utc=AS_OF).parts[0].newest()
    days = [np.timedelta64(day, "D") for day in range(DAYS)]
    return write_omm_csv(
        concatenate([replace(newest, epoch_utc=newest.epoch_utc - day) for day in days])
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.csv"
        path.write_bytes(million())
        wall, cpu = time.perf_counter(), time.process_time()
        with open_store(Path(folder) / "store") as store:
            report = report_of(ingest_files(store, [path]))
        figures = {
            "element_sets": report.new,
            "rejected": report.rejected,
            "file_mib": path.stat().st_size / 2**20,
            "wall_s": time.perf_counter() - wall,
            "cpu_s": time.process_time() - cpu,
            "peak_memory_mib": peak_memory_mib(),
        }
    keep("speed_ingest", figures)


if __name__ == "__main__":
    main()
