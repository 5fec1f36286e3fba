"""How far our SGP4 is from the reference implementation over a real catalogue.

Every object of the newest snapshot, every hour for seven days, cell by cell against
``sgp4.api.Satrec.sgp4_tsince`` at the same minutes since epoch, and the same status everywhere.

    python benchmarks/accuracy_sgp4.py [DATA_FOLDER]

The folder (default: ../shared/data beside the repository, or HOSHIMORI_DATA) holds
``catalogue/snapshots/*.3le.gz``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
from measuring import keep
from speed_sgp4 import reference

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.sgp4 import Sgp4Status, initialise, propagate

DAYS = 7
BATCH = 500
MILLIMETRES_PER_KM = 1e6


def main() -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    data = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HOSHIMORI_DATA", beside))
    snapshots = sorted((data / "catalogue" / "snapshots").glob("*.3le.gz"))
    if not snapshots:
        print(f"no snapshots in {data}: nothing measured")
        return
    received = np.datetime64("2026-11-01", "us")
    reading = read_catalogue(
        snapshots[-1].read_bytes(), source=snapshots[-1].name, received_utc=received
    )
    elements = reading.element_sets.newest().mean_elements()
    start_utc = np.median(elements.epoch_utc.astype(np.int64)).astype("datetime64[us]")
    parts = [
        _compared(elements.take(np.arange(first, min(first + BATCH, len(elements)))), start_utc)
        for first in range(0, len(elements), BATCH)
    ]
    worst_mm, is_deep, cells, runaway, others = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    keep(
        "accuracy_sgp4",
        {
            "objects": len(elements),
            "days": DAYS,
            "states_compared": int(cells.sum()),
            "cells_refused_after_a_decay_that_the_reference_goes_on_with": int(runaway.sum()),
            "cells_with_another_status": int(others.sum()),
            "near_earth": _summary(worst_mm[~is_deep]),
            "deep_space": _summary(worst_mm[is_deep]),
        },
    )


def _compared(elements: MeanElements, start_utc: np.datetime64) -> tuple[np.ndarray, ...]:
    """Return per object the largest error [mm], its kind, and counts of cells by agreement."""
    satellites = initialise(elements)
    t_s = np.arange(DAYS * 24 + 1) * 3600.0
    states = propagate(satellites, start_utc, t_s)
    offset_min = (start_utc - elements.epoch_utc).astype(np.int64) / 6.0e7
    code, position = np.empty_like(states.status), np.empty_like(states.position_teme_km)
    for i, satrec in enumerate(reference(elements)):
        for k, minutes in enumerate(offset_min[i] + t_s / 60.0):
            code[i, k], position[i, k], _ = satrec.sgp4_tsince(minutes)
    good = (code == 0) & (states.status == 0)
    error_km = np.linalg.norm(states.position_teme_km - position, axis=2)
    worst_mm = np.where(good, error_km, 0.0).max(axis=1) * MILLIMETRES_PER_KM
    runaway = (states.status == Sgp4Status.DECAYED) & (code == 0)
    others = (code != states.status) & ~runaway
    is_deep = satellites.deep_row >= 0
    return worst_mm, is_deep, good.sum(axis=1), runaway.sum(axis=1), others.sum(axis=1)


def _summary(worst_mm: np.ndarray) -> dict[str, float]:
    return {
        "objects": len(worst_mm),
        "median_of_worst_mm": float(np.median(worst_mm)),
        "p99_of_worst_mm": float(np.quantile(worst_mm, 0.99)),
        "worst_mm": float(worst_mm.max()),
        "objects_above_1_mm": int((worst_mm > 1.0).sum()),
    }


if __name__ == "__main__":
    main()
