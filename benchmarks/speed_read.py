"""How fast catalogue files are read: CPU seconds, by format and size.

Run ``python benchmarks/speed_read.py``; the results go to ``benchmarks/results/speed_read.json``
with the machine named.  ``--million`` adds a million element sets in CSV and 3LE (1.5 GiB).
"""

from __future__ import annotations

import sys

import numpy as np
from measuring import keep, peak_memory_mib, timed

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.omm_writing import (
    write_omm_csv,
    write_omm_json,
    write_omm_kvn,
    write_omm_xml,
)
from hoshimori.formats.parquet import write_parquet
from hoshimori.formats.tle_writing import write_tle
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.provenance import Provenance

RECEIVED_UTC = np.datetime64("2026-11-23T00:00:00", "us")
SIZES = (1_000, 10_000, 30_000)
MILLION = 1_000_000
RUNS = 3
WRITERS = {
    "csv": write_omm_csv,
    "json": write_omm_json,
    "kvn": write_omm_kvn,
    "xml": write_omm_xml,
    "3le": write_tle,
    "parquet": write_parquet,
}


def made_up_sets(count: int, dice: np.random.Generator) -> ElementSets:
    """Return element sets with as many digits as published ones have."""
    span_us = 7 * 86_400_000_000
    columns = {
        "norad_id": np.arange(count) % 339_999 + 1,
        "object_name": [f"OBJECT {n}" for n in range(count)],
        "object_id": [f"20{n % 26:02d}-{n % 999 + 1:03d}A" for n in range(count)],
        "epoch_utc": RECEIVED_UTC - dice.integers(0, span_us, count).astype("timedelta64[us]"),
        "mean_motion_rev_day": dice.uniform(1, 16, count).round(8),
        "eccentricity": dice.uniform(0, 0.7, count).round(7),
        "inclination_deg": dice.uniform(0, 120, count).round(4),
        "raan_deg": dice.uniform(0, 360, count).round(4) % 360,
        "arg_of_pericenter_deg": dice.uniform(0, 360, count).round(4) % 360,
        "mean_anomaly_deg": dice.uniform(0, 360, count).round(4) % 360,
        "bstar_per_er": dice.uniform(0, 1e-3, count).round(8),
        "mean_motion_dot_rev_day2": dice.uniform(-1e-4, 1e-4, count).round(8),
        "mean_motion_ddot_rev_day3": np.zeros(count),
        "ephemeris_type": np.zeros(count),
        "classification": ["U"] * count,
        "element_set_no": np.full(count, 999),
        "rev_at_epoch": dice.integers(0, 99_999, count),
        "known_utc": np.full(count, RECEIVED_UTC),
        "provenance_index": np.zeros(count),
    }
    typed = {name: np.asarray(columns[name], dtype=dtype) for name, dtype in COLUMNS.items()}
    return ElementSets(**typed, provenances=(Provenance("benchmark", "0" * 64),))


def measure(kind: str, sets: ElementSets, runs: int) -> dict[str, object]:
    data = WRITERS[kind](sets)

    def read() -> None:
        reading = read_catalogue(data, source="benchmark", received_utc=RECEIVED_UTC)
        assert len(reading.element_sets) == len(sets)

    spent = {name: round(seconds, 3) for name, seconds in timed(read, runs=runs).items()}
    return {"format": kind, "records": len(sets), "file_mib": round(len(data) / 2**20, 2)} | spent


def main() -> None:
    dice = np.random.default_rng(2026)
    figures = [
        measure(kind, made_up_sets(count, dice), RUNS) for count in SIZES for kind in WRITERS
    ]
    if "--million" in sys.argv:
        sets = made_up_sets(MILLION, dice)
        figures += [measure(kind, sets, 1) for kind in ("csv", "3le")]
    keep("speed_read", {"reading": figures, "peak_mib": round(peak_memory_mib())})


if __name__ == "__main__":
    main()
