"""Small things in tables of our own: opened, kept whole, and clear when they cannot be read.

In SQLite files, because several processes write small things at once; where the store is in a
database, in tables there.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from hoshimori.errors import StoreError
from hoshimori.store.doorstep import address_at, needed_driver
from hoshimori.store.exercise_mark import exercise_of

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@dataclass(frozen=True, slots=True)
class SmallForm:
    """What one kind of file is called and holds."""

    file_name: str
    noun: str
    """What people call it: *journal*, *audit*."""
    application_id: int
    """Four letters as a number, by which SQLite files of ours are told apart."""
    version: int
    tables: str
    """SQL that makes the tables of a new file."""
    begun_by: str
    """What makes one where there is none, as the end of a sentence."""
    unreadable: str = "restore it from a backup"
    """What to do where an entry cannot be read."""
    is_private: bool = False
    """Whether nobody but the user who made it may read it."""
    database_tables: str = ""
    """The same tables in PostgreSQL; empty where they stay on this machine in any case."""
    granted: str = "SELECT, INSERT"
    """What who may write may do with these tables; their triggers let it do no more than they."""
    upgrades: tuple[str, ...] = ()
    """SQL that makes version 2 of version 1, and so on; written once, never changed afterwards."""

    def __post_init__(self) -> None:
        if self.version != len(self.upgrades) + 1:
            raise ValueError(f"{self.noun}: version {self.version} needs one upgrade fewer")


class SmallCursor(Protocol):
    """What a statement found."""

    @property
    def rowcount(self) -> int:
        """How many rows it wrote."""

    @property
    def lastrowid(self) -> int | None:
        """The number that a file gave to the row last written."""

    def fetchone(self) -> Any:
        """Return the next row; None where none is left."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class SmallConnection(Protocol):
    """What statements are given to; `?` stands for values."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> SmallCursor:
        """Do one thing."""

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> object:
        """Do one thing for each of several values."""


class SmallTables(Protocol):
    """Where small things are kept, opened."""

    is_database: bool
    """Whether they are in PostgreSQL: its SQL differs in places."""

    def close(self) -> None:
        """Let go of them."""

    def transaction(self) -> contextlib.AbstractContextManager[None]:
        """Let nobody else write between what is read and what is written inside."""

    def explained(self) -> contextlib.AbstractContextManager[SmallConnection]:
        """Give the connection; what goes wrong becomes a StoreError that says why."""


def open_small(
    folder: Path, form: SmallForm, *, create: bool, wait_s: float, whole: bool = True
) -> tuple[SmallTables, Path]:
    """Open what a folder has of a form, where asked beginning it; close it after use.

    What a migration is still bringing is not opened, unless it need not be `whole`.

    Raises:
        StoreError: there is none, it is damaged, none of Hoshimori's or of a newer version, or
            another process writes to it for longer than `wait_s`; the database of the folder
            cannot be reached, or refuses.
    """
    path = folder / form.file_name
    if form.database_tables and (address := address_at(folder)) is not None:
        with needed_driver():
            from hoshimori.store.postgresql.small import open_database_tables  # noqa: PLC0415
        tables = open_database_tables(
            address, folder, form, create=create, wait_s=wait_s, whole=whole
        )
        return tables, path
    return _open_file(path, form, create=create, wait_s=wait_s), path


def is_begun(folder: Path, form: SmallForm) -> bool:
    """Tell whether a folder, or the database that it stands for, has something of a form.

    Raises:
        StoreError: the database cannot be reached, or refuses.
    """
    address = address_at(folder) if form.database_tables else None
    if address is None:
        return (folder / form.file_name).exists()
    with needed_driver():
        from hoshimori.store.postgresql.small import has_tables  # noqa: PLC0415 - an extra
    return has_tables(address, form)


def _open_file(path: Path, form: SmallForm, *, create: bool, wait_s: float) -> SmallTables:
    with _explained(path, form):
        if not create and not path.exists():
            raise StoreError(f"there is no {form.noun} yet; {form.begun_by}")
        path.parent.mkdir(parents=True, exist_ok=True)
        if form.is_private:
            path.touch(mode=0o600, exist_ok=True)
        connection = sqlite3.connect(
            path, timeout=wait_s, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(connection, form)
        except BaseException:
            connection.close()
            raise
    return _TablesOfFile(connection, path, form)


def upgrade_small(folder: Path, form: SmallForm) -> None:
    """Bring the file of a form in a folder to the newest version, in one transaction.

    Raises:
        StoreError: it is damaged, none of Hoshimori's or of a newer version, or busy.
    """
    path = folder / form.file_name
    with _explained(path, form), contextlib.closing(
        sqlite3.connect(path, timeout=10.0, isolation_level=None)
    ) as connection:  # fmt: skip
        _refuse_foreign(connection, form)
        connection.execute("BEGIN EXCLUSIVE")
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            for script in form.upgrades[max(version, 1) - 1 :] if version else ():
                for statement in _statements(script):
                    connection.execute(statement)
                version += 1
                connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


class SmallFile:
    """Open tables of small things, which threads may share.

    Methods raise StoreError where the file is damaged or busy. What a transaction writes is kept
    as a whole once it ends, and not at all where it is killed before.
    """

    def __init__(
        self, tables: SmallTables, path: Path, form: SmallForm, *, store: Path | None = None
    ) -> None:
        """Take open tables; `store` is the folder of their store, where the path is deeper."""
        self._tables = tables
        self._form = form
        self.path = path
        """The file, or where it would be beside a store in a file."""
        self.exercise = exercise_of(store or path.parent)
        """The exercise that its store is of; None where it is of the real sky."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def is_database(self) -> bool:
        """Whether the tables are in PostgreSQL: its SQL differs in places."""
        return self._tables.is_database

    def close(self) -> None:
        """Let go of them; nothing can be read after."""
        self._tables.close()

    def transaction(self) -> contextlib.AbstractContextManager[None]:
        """Let nobody else write between what is read and what is written inside."""
        return self._tables.transaction()

    def explained(self) -> contextlib.AbstractContextManager[SmallConnection]:
        """Give the connection; what goes wrong becomes a StoreError that says why."""
        return self._tables.explained()


class _TablesOfFile:
    """Tables in an SQLite file."""

    is_database = False

    def __init__(self, connection: sqlite3.Connection, path: Path, form: SmallForm) -> None:
        self._connection = connection
        self._path = path
        self._form = form
        self._lock = threading.RLock()

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        with self._lock:
            with self.explained() as connection:
                connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            with self.explained() as connection:
                connection.execute("COMMIT")

    @contextlib.contextmanager
    def explained(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _explained(self._path, self._form):
            yield self._connection


@contextlib.contextmanager
def _explained(path: Path, form: SmallForm) -> Iterator[None]:
    """Turn what SQLite or the disk raises into a StoreError that names the file and what to do."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"{path}: {error}") from None
    except sqlite3.Error as error:
        raise StoreError(_explanation(path, form.noun, error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: an entry cannot be read ({error}); {form.unreadable}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from None


def _explanation(path: Path, noun: str, error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return f"another Hoshimori process writes to the {noun}: {path}; run this again"
    if code in _DAMAGED:
        return (
            f"the {noun} is damaged: {path} ({error}); it was left as it was: restore it from a "
            "backup, or move it aside to begin a new one"
        )
    return f"the {noun} refused: {path} ({error})"


def _prepare(connection: sqlite3.Connection, form: SmallForm) -> None:
    """Check whose file it is before anything is written, and make the tables of a new one."""
    _refuse_foreign(connection, form)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == form.version:
        return
    if version:
        raise StoreError(
            f"an older Hoshimori wrote this {form.noun} (version {version}, this one writes "
            f"{form.version}); run `hoshimori store upgrade`, which copies it first"
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:  # nobody else made them meanwhile
            marks = f"PRAGMA application_id = {form.application_id};\n"
            marks += f"PRAGMA user_version = {form.version};\n"
            for statement in _statements(form.tables + marks):
                connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _refuse_foreign(connection: sqlite3.Connection, form: SmallForm) -> None:
    # Whose it is comes last: another process may make the tables meanwhile, all at once.
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    if owner != form.application_id and (tables or version):
        raise StoreError(f"this database is no {form.noun} of Hoshimori; move it aside")
    if version > form.version:
        raise StoreError(
            f"a newer Hoshimori wrote this {form.noun} (version {version}, this one knows up to "
            f"{form.version}); upgrade Hoshimori to open it"
        )


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script: `executescript` would end the transaction."""
    waiting = ""
    for line in script.splitlines():
        waiting += line + "\n"
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""
