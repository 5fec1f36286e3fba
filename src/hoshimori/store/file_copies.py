"""Copies of the files of a store as they were at one moment, while others write to them.

Every copy is compared with what it is a copy of, by the number of rows and a digest of them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from hoshimori.errors import StoreError
from hoshimori.store.database import SETTINGS, explained
from hoshimori.store.schema import schema_version

_BLOCK = 1 << 20
_WAIT_S = 30.0
_OWNER_ONLY = 0o600
_NUMBERED = "SELECT row_number() OVER () AS n, t FROM {}"
"""Not by rowid: within the transaction that writes them rows have other ones."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What stands in a file: the version of its tables and how many rows each has."""

    version: int
    rows: dict[str, int]


def copy_facts_file(path: Path, target: Path) -> Tables:
    """Copy a file of facts that no other process writes to, of whatever version.

    Raises:
        StoreError: another process has it open, it is damaged, or the copy is not the same.
    """
    with explained(path), contextlib.closing(duckdb.connect(config=SETTINGS)) as connection:
        connection.execute("SET memory_limit = '1 GiB'")
        connection.execute(f"SET temp_directory = {_text(target.parent / '.spill')}")
        connection.execute(f"ATTACH {_text(path)} AS held (READ_ONLY)")
        return copy_facts(connection, target, of="held")


def copy_facts(connection: duckdb.DuckDBPyConnection, target: Path, *, of: str = "") -> Tables:
    """Copy the open database of a connection into a new file, as it is at this moment.

    Others may write meanwhile: what they keep from now on is not in the copy.

    Raises:
        StoreError: the copy is not the same.
    """
    source = of or str(_one(connection, "SELECT current_database()"))
    copied = f"copy_{secrets.token_hex(8)}"
    connection.execute(f"ATTACH {_text(target)} AS {copied}")
    try:
        connection.begin()
        try:
            connection.execute(f'COPY FROM DATABASE "{source}" TO {copied}')
            found = _compared(connection, source, copied)
            connection.commit()
        except BaseException:
            with contextlib.suppress(duckdb.Error):
                connection.rollback()
            raise
    finally:
        connection.execute(f"DETACH {copied}")
    target.chmod(_OWNER_ONLY)
    return found


def look_at_facts(path: Path) -> Tables:
    """Open a file of facts to read, changing nothing, and say what stands in it.

    Raises:
        StoreError: it is damaged, or no store of Hoshimori.
    """
    with explained(path):
        opened = duckdb.connect(path, read_only=True, config=SETTINGS)
        with contextlib.closing(opened) as connection:
            rows = {
                name: int(_one(connection, f'SELECT count(*) FROM "{name}"'))
                for name in _names(connection, str(_one(connection, "SELECT current_database()")))
            }
            return Tables(schema_version(connection), rows)


def copy_small_file(path: Path, target: Path) -> Tables:
    """Copy a file of SQLite as it is at this moment; others may write to it meanwhile.

    Raises:
        StoreError: it is damaged or busy, or the copy is not the same.
    """
    target.touch(mode=_OWNER_ONLY)
    with _told(path), _opened(path, "mode=ro") as source:
        source.execute("BEGIN")
        before = _digests(source)
        with contextlib.closing(sqlite3.connect(target)) as copied:
            source.backup(copied)
            after = _digests(copied)
            if before != after:
                raise StoreError("its copy is not the same")
            _require_whole(copied)
            return Tables(_version(copied), {name: rows for name, (rows, _) in after.items()})


def look_at_small(path: Path) -> Tables:
    """Open a file of SQLite that nobody writes to, changing nothing, and say what stands in it.

    Raises:
        StoreError: it is damaged.
    """
    with _told(path), _opened(path, "immutable=1") as connection:
        _require_whole(connection)
        counted = {name: _rows(connection, name) for name in _tables(connection)}
        return Tables(_version(connection), counted)


def is_small(path: Path) -> bool:
    """Tell whether a file is one of SQLite."""
    if path.suffix == ".sqlite":
        return True
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\x00"


def private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are not there, for their owner alone."""
    for one in reversed((folder, *folder.parents)):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)


def copy_plain_file(path: Path, target: Path) -> None:
    """Copy a file; the copy can be read by its owner alone."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as written, path.open("rb") as read:
        while block := read.read(_BLOCK):
            written.write(block)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes.

    In the process that has the file open this would give up its lock: use it on copies alone.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def made_lasting(folder: Path) -> None:
    """Have the disk keep every file in a folder and its name."""
    for path in (*sorted(folder.rglob("*")), folder):
        if not path.is_symlink():
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _compared(connection: duckdb.DuckDBPyConnection, source: str, copied: str) -> Tables:
    """Return what stands in a copy; rows count with their place: the order of arrival is kept."""
    rows = {}
    for name in _names(connection, source):
        digest = f'SELECT count(*), sum(hash(n, t)::HUGEINT) FROM ({_NUMBERED}."{name}" t)'
        held = connection.execute(digest.format(f'"{source}"')).fetchall()
        if held != connection.execute(digest.format(copied)).fetchall():
            raise StoreError(f"the copy of the table {name} is not the same")
        rows[name] = int(held[0][0])
    versions = f"SELECT max(version) FROM {copied}.schema_version"
    return Tables(int(_one(connection, versions)) if "schema_version" in rows else 0, rows)


def _names(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    found = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND NOT temporary "
        "ORDER BY table_name",
        [database],
    )
    return [name for (name,) in found.fetchall()]


def _one(connection: duckdb.DuckDBPyConnection, question: str) -> str | int:
    (found,) = connection.execute(question).fetchall()[0]
    return found  # type: ignore[no-any-return]


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@contextlib.contextmanager
def _opened(path: Path, how: str) -> Iterator[sqlite3.Connection]:
    address = f"{path.absolute().as_uri()}?{how}"
    with contextlib.closing(
        sqlite3.connect(address, uri=True, timeout=_WAIT_S, isolation_level=None)
    ) as connection:
        yield connection


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise StoreError(f"{path}: {error}") from None
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path}: cannot be copied or read: {error}") from error


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in found.fetchall()]


def _rows(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def _digests(connection: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    """Return the number of rows of each table and a digest of all of them in their order."""
    found = {}
    for table in _tables(connection):
        digest, count = hashlib.sha256(), 0
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
            count += 1
        found[table] = (count, digest.hexdigest())
    return found


def _require_whole(connection: sqlite3.Connection) -> None:
    (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise StoreError(f"it is damaged ({answer})")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
