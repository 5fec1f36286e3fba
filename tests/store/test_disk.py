"""A full disk is told from everything else."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hoshimori.errors import StoreError
from hoshimori.store import free_mib, is_disk_full


def test_the_room_of_a_folder_that_is_not_there_yet_is_that_of_its_disk(tmp_path: Path) -> None:
    assert free_mib(tmp_path / "a" / "b") == pytest.approx(free_mib(tmp_path), abs=64.0)


def test_a_cause_counts() -> None:
    refused = StoreError("the store refused")
    refused.__cause__ = OSError(errno.ENOSPC, "no room")
    assert is_disk_full(refused)
    assert not is_disk_full(StoreError("the store is damaged"))
    assert not is_disk_full(OSError(errno.EACCES, "Permission denied"))


def test_sqlite_and_duckdb_say_so_in_their_own_ways(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "small.sqlite")) as file:
        file.execute("PRAGMA max_page_count = 2")
        file.execute("CREATE TABLE a (x)")
        with pytest.raises(sqlite3.OperationalError) as full:
            file.execute("INSERT INTO a VALUES (zeroblob(100000))")
    assert is_disk_full(full.value)
    # As DuckDB 1.5 writes it on a full tmpfs.
    said = "FATAL Error: Failed to create checkpoint: Could not write: No space left on device"
    assert is_disk_full(RuntimeError(said))
