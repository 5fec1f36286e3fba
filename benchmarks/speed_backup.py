"""How long a backup of a large store takes, and how much memory.

A made year of element sets of 30,000 objects, given in portions of a month, is backed up and
restored without a server. Nothing is asserted here; figures are kept in
`benchmarks/results/speed_backup.json`.

    python benchmarks/speed_backup.py [OBJECTS]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from measuring import keep, peak_memory_mib
from speed_store import DAYS, SETS_PER_DAY, made_rows, taken

from hoshimori.model.audit import AuditEntry, AuditKind
from hoshimori.settings import Settings
from hoshimori.store import open_store
from hoshimori.workflows.backup import BackupAsked, make_backup, restore_backup, verify_backup

PORTION_DAYS = 30.0
NOW = datetime(2026, 11, 28, tzinfo=UTC)
ENTRY = AuditEntry(NOW, AuditKind.ACCOUNTS, "benchmark", "backup restore")


def seconds_of(work: Callable[[], object]) -> float:
    """Return the wall seconds of a piece of work."""
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 2)


def measure(objects: int, place: Path) -> dict[str, float]:
    """Fill a store, back it up, verify and restore it; return the figures."""
    rng, portion = np.random.default_rng(objects), int(objects * SETS_PER_DAY * PORTION_DAYS)
    with open_store(place / "store") as store:
        for first in np.arange(0.0, DAYS, PORTION_DAYS):
            taken(store, made_rows(rng, objects, portion, float(first), PORTION_DAYS))
        held = sum(receipt.counts.new for receipt in store.receipts())
    before_mib = peak_memory_mib()
    asked = BackupAsked(place / "kept")
    figures: dict[str, float] = {"objects": objects, "element_sets": held}
    figures["store_mib"] = round((place / "store" / "facts.duckdb").stat().st_size / 2**20, 1)
    figures["create_s"] = seconds_of(lambda: make_backup(Settings(), place / "store", asked, NOW))
    (made,) = place.joinpath("kept").glob("hoshimori-*")
    figures["backup_mib"] = round((made / "store" / "facts.duckdb").stat().st_size / 2**20, 1)
    figures["verify_s"] = seconds_of(lambda: verify_backup(made))
    figures["restore_s"] = seconds_of(
        lambda: restore_backup(made, place / "back", settings_into=None, entry=ENTRY)
    )
    figures["peak_memory_mib_before"] = round(before_mib)
    figures["peak_memory_mib"] = round(peak_memory_mib())
    return figures


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    with tempfile.TemporaryDirectory(prefix="hoshimori-backup-") as folder:
        keep("speed_backup", measure(number, Path(folder)))
