"""The store file: shared with nobody while written, never harmed, clear when it cannot be read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from hoshimori.errors import StoreError
from hoshimori.store import open_store
from hoshimori.store.database import open_database

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)

HOLD = """
import sys
from pathlib import Path
from hoshimori.store import open_store
from hoshimori.store.database import open_database
with open_store(Path(sys.argv[1]), read_only=sys.argv[2] == "reads"):
    print("open", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(folder: Path, *, reads: bool = False) -> Iterator[int]:
    """Hold the store open in another process and give its pid."""
    command = [sys.executable, "-c", HOLD, str(folder), "reads" if reads else "writes"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        yield process.pid
        _, complaints = process.communicate("")
        # DuckDB reports objects that outlive their connection when Python exits.
        assert complaints == ""


@pytest.mark.parametrize("read_only", [False, True])
def test_a_second_process_is_told_who_has_the_store(tmp_path: Path, read_only: bool) -> None:
    with (
        another_process(tmp_path) as pid,
        pytest.raises(StoreError, match=rf"another Hoshimori process \(pid {pid}\) has the store"),
    ):
        open_store(tmp_path, read_only=read_only)
    open_store(tmp_path).close()


def test_several_processes_may_read(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    with another_process(tmp_path, reads=True), open_store(tmp_path, read_only=True) as store:
        assert len(store.newest_as_known_at(NOON)) == 0


def test_reading_asks_for_a_store_that_exists(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere.*there is no store yet; ingest something first"):
        open_store(tmp_path / "nowhere", read_only=True)
    assert not (tmp_path / "nowhere").exists()


def test_a_place_where_nothing_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(StoreError, match=r"the store refused: .*file"):
        open_store(tmp_path / "file" / "store")


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "facts.duckdb"
    file.write_bytes(b"my holiday photographs")
    with pytest.raises(StoreError, match=r"damaged.*restore it from a backup, or move it aside"):
        open_store(tmp_path)
    assert file.read_bytes() == b"my holiday photographs"


# The last block of a new file (256 KiB) is free: without it nothing is lost.
@pytest.mark.parametrize("cut", [0, 100, 5_000, 13_000, -263_000])
def test_a_file_cut_short_is_named_and_left_alone(tmp_path: Path, cut: int) -> None:
    open_store(tmp_path).close()
    file = tmp_path / "facts.duckdb"
    damaged = file.read_bytes()[:cut]
    file.write_bytes(damaged)
    with pytest.raises(StoreError, match=r"facts\.duckdb"), open_store(tmp_path) as store:
        store.newest_as_known_at(NOON)
    assert file.read_bytes() == damaged


def test_damage_inside_is_reported_when_it_is_met(tmp_path: Path) -> None:
    file = tmp_path / "facts.duckdb"
    with open_store(tmp_path):
        pass
    with duckdb.connect(file) as connection:
        connection.execute(
            "INSERT INTO receipts SELECT random()::VARCHAR, 'x', 'REAL', '2026-01-01', 1, 0, 0, 0 "
            "FROM range(200_000)"
        )
    content = bytearray(file.read_bytes())
    for place in range(12_288, len(content), 50_000):
        content[place : place + 8] = b"\xff" * 8
    file.write_bytes(content)
    with pytest.raises(StoreError, match="the store is damaged"), open_store(tmp_path) as store:
        store.receipts()
    assert file.read_bytes() == content


def test_another_database_is_refused(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "facts.duckdb") as connection:
        connection.execute("CREATE TABLE recipes (name VARCHAR)")
    with pytest.raises(StoreError, match="no store of Hoshimori"):
        open_store(tmp_path)


def test_making_a_store_leaves_one_file(tmp_path: Path) -> None:
    open_store(tmp_path / "deep" / "store").close()
    assert [f.name for f in (tmp_path / "deep" / "store").iterdir()] == ["facts.duckdb"]


def test_memory_has_a_limit_below_that_of_the_machine(tmp_path: Path) -> None:
    with open_store(tmp_path):
        pass
    connection, _ = open_database(tmp_path / "facts.duckdb", read_only=False)
    with connection:
        (told,) = connection.execute("SELECT current_setting('memory_limit')").fetchall()[0]
        size, unit = str(told).split()
        assert float(size) * {"MiB": 2.0**-10, "GiB": 1.0}[unit] <= 2.0
