"""Kill a migration hundreds of times: nothing is lost, nothing doubled, nothing half is seen.

A store with facts, a journal, boards and accounts moves into PostgreSQL and back, each time in a
process of its own that is killed (SIGKILL) at a random moment and begun again, until so many kills
are done. After every kill the target either refuses to open or is
whole. Sometimes the database's server is killed too. Every migration that ends must say that both
stores hold the same, and is compared here once more, row by row.

    python benchmarks/drill_migration.py [KILLS [ROWS]]
"""

from __future__ import annotations

import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from measuring import keep

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.postgres_server import PostgresServer, postgres_server
from tests.workflows.test_store_migration import agree, filled

from hoshimori.errors import StoreError
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.provenance import Provenance
from hoshimori.model.rejections import Reading
from hoshimori.store import open_journal, open_store
from hoshimori.workflows.store_migration import migrate_store

SERVER_KILLED_EVERY = 10
PROCESSES = multiprocessing.get_context("forkserver")
"""Each begins as a copy of one that has imported everything and opened nothing."""


def enlarged(folder: Path, rows: int) -> None:
    """Add many rows, so that a migration lasts long enough to be killed within."""
    columns = {name: np.zeros(rows, dtype) for name, dtype in COLUMNS.items()}
    columns["norad_id"] = np.arange(rows) % 5_000 + 1
    minute = np.timedelta64(60, "s")
    columns["epoch_utc"] = np.datetime64("2025-11-01", "us") + np.arange(rows) * minute
    columns["known_utc"] = columns["epoch_utc"]
    sets = ElementSets(**columns, provenances=(Provenance("many", "f" * 64),))
    with open_store(folder) as store:
        received = datetime(2026, 11, 5, tzinfo=UTC)
        store.append(Reading(sets), payload=b"many", source="many", received_utc=received)


def migrate_and_tell(source: Path, target: Path, told: Path) -> None:
    """Migrate, in a process that may be killed, and say how it ended."""
    told.write_text(str(migrate_store(source, target, most_rows=5_000).is_same), encoding="utf-8")


def is_closed_or_whole(target: Path, rows: int) -> bool:
    """Tell whether a target is not opened, or holds everything."""
    try:
        with open_store(target, read_only=True) as store:
            return sum(r.counts.new for r in store.receipts()) == rows
    except StoreError as error:
        return "is not over" in str(error) or "there is no store yet" in str(error)


class Drill:
    """Counts what happened."""

    def __init__(self, server: PostgresServer, source: Path, rows: int) -> None:
        self.server, self.source, self.rows = server, source, rows
        self.chance = random.Random(20261128)
        self.kills = self.server_kills = self.migrations = 0
        self.faults: list[str] = []
        self.longest_s = 0.0
        """How long a migration takes that nobody kills; kills fall anywhere within."""

    def moved(self, source: Path, target: Path, kills: int) -> None:
        """Move a store, killed again and again, until it is there."""
        told = source.parent / "told"
        while True:
            told.unlink(missing_ok=True)
            began = time.monotonic()
            process = PROCESSES.Process(target=migrate_and_tell, args=(source, target, told))
            process.start()
            is_spared = self.kills >= kills or not self.longest_s
            process.join(600.0 if is_spared else self.chance.uniform(0.0, self.longest_s))
            if process.exitcode is not None:
                # A kill may fall anywhere within what a whole one took, and a little after.
                self.longest_s = max((time.monotonic() - began) * 1.1, 0.5)
                self.ended(source, target, told)
                return
            process.kill()
            process.join()
            self.kills += 1
            if self.kills % SERVER_KILLED_EVERY == 0:
                self.server.kill()
                self.server.start()
                self.server_kills += 1
            if not is_closed_or_whole(target, self.rows):
                self.faults.append(f"{target}: opened before it was whole")

    def ended(self, source: Path, target: Path, told: Path) -> None:
        """Compare what a migration says it made."""
        self.migrations += 1
        if not told.exists() or told.read_text(encoding="utf-8") != "True":
            self.faults.append(f"{target}: the migration did not end well")
            return
        try:
            agree(source, target)
            with open_journal(target) as journal:
                assert journal.check().problem is None
                assert journal.check().entries == 5
        except AssertionError as error:
            self.faults.append(f"{target}: {error}")


def main() -> None:
    """Run the drill, print the figures and keep them."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 60_000
    PROCESSES.set_forkserver_preload(
        ["hoshimori.workflows.store_migration", "hoshimori.store.postgresql.database_tables"]
    )
    with tempfile.TemporaryDirectory() as name, postgres_server() as server:
        folder = Path(name)
        source = filled(folder / "source")
        enlarged(source, rows)
        with open_store(source) as store:
            held = sum(receipt.counts.new for receipt in store.receipts())
        drill = Drill(server, source, held)
        began = time.monotonic()
        while drill.kills < kills and not drill.faults:
            there = server.place(server.fresh_database(), folder)
            drill.moved(source, there, kills)
            back = folder / f"back-{drill.migrations}"
            drill.moved(there, back, kills)
            shutil.rmtree(back, ignore_errors=True)
            print(f"{drill.kills} kills, {drill.migrations} migrations", file=sys.stderr)
        figures = {
            "kills": drill.kills,
            "kills_of_the_database": drill.server_kills,
            "migrations": drill.migrations,
            "element_sets": held,
            "faults": drill.faults,
            "took": str(timedelta(seconds=round(time.monotonic() - began))),
        }
    keep("drill_migration", figures)
    sys.exit(bool(drill.faults))


if __name__ == "__main__":
    main()
