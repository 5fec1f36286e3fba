"""An ingest killed at any moment leaves the store as before or as after."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hoshimori.store import open_store

# The full run: HOSHIMORI_KILLS=500 pytest tests/store/test_killed.py
KILLS = int(os.environ.get("HOSHIMORI_KILLS", "12"))
ROWS = 5_000
LATER = datetime(2030, 1, 1, tzinfo=UTC)

# Delivers batches 0, 1, 2 ... from the first that is missing on, until it is killed; batch k
# holds the same ROWS objects at day k, and one refused record.
DELIVER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import numpy as np
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.provenance import Provenance
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.store import open_store

rows, moment = int(sys.argv[2]), datetime(2026, 11, 1, tzinfo=UTC)
print("ready", flush=True)
with open_store(Path(sys.argv[1])) as store:
    batch = len(store.receipts())
    while True:
        columns = {name: np.zeros(rows, dtype) for name, dtype in COLUMNS.items()}
        columns["norad_id"] = np.arange(1, rows + 1)
        columns["epoch_utc"] = np.full(rows, np.datetime64("2026-11-01", "us"))
        columns["epoch_utc"] += np.timedelta64(batch, "D")
        columns["known_utc"] = columns["epoch_utc"]
        payload = str(batch).encode()
        sets = ElementSets(**columns, provenances=(Provenance("made", payload.hex()),))
        refused = Rejection("made", batch, "", "refused", payload)
        reading = Reading(sets, (refused,))
        store.append(reading, payload=payload, source="made", received_utc=moment)
        batch += 1
"""


def deliver_until_killed(folder: Path, after_s: float) -> None:
    command = [sys.executable, "-c", DELIVER, str(folder), str(ROWS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        time.sleep(after_s)
        assert process.poll() is None, process.communicate()[1]
        process.send_signal(signal.SIGKILL)


def test_a_killed_ingest_leaves_the_store_as_before_or_as_after(tmp_path: Path) -> None:
    is_left_as_before_or_as_after(tmp_path, KILLS)


@pytest.mark.xdist_group("postgres")
def test_a_killed_ingest_leaves_a_database_as_before_or_as_after(
    postgres: Any, tmp_path: Path
) -> None:
    is_left_as_before_or_as_after(postgres.fresh_place(tmp_path), max(KILLS // 12, 1))


def is_left_as_before_or_as_after(folder: Path, kills: int) -> None:
    moments = random.Random(20261123)
    delivered = number = 0
    while number < kills or (not delivered and number < kills + 8):
        # On a busy machine nothing may come within half a second.
        deliver_until_killed(folder, moments.uniform(0.0, max(0.5, 0.5 * (number - kills))))
        number += 1
        with open_store(folder) as store:
            # A server may still be at what the killed process sent last: who appends waits for it.
            store.append_objects([], source="made", known_utc=LATER)
            receipts, refused = store.receipts(), store.rejections()
            held = store.history_of(None, as_known_at_utc=LATER)
            newest = store.newest_as_known_at(LATER)
        whole = len(receipts)
        assert whole >= delivered
        assert [receipt.counts.new for receipt in receipts] == [ROWS] * whole
        assert [record.line for record in refused] == list(range(whole))
        batches, sizes = np.unique(held.epoch_utc, return_counts=True)
        assert len(batches) == whole
        assert np.all(sizes == ROWS)
        assert len(newest) == (ROWS if whole else 0)
        delivered = whole
    assert delivered > 0
