"""Small tables in a PostgreSQL database: what the SQLite files are beside a store in a file."""

from __future__ import annotations

import contextlib
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from hoshimori.errors import StoreError
from hoshimori.formats.database_address import DatabaseAddress
from hoshimori.store.doorstep import made_doorstep
from hoshimori.store.exercise_mark import agreed_with
from hoshimori.store.postgresql.line import LOCKS, Connection, Line, LineForm, one
from hoshimori.store.postgresql.schema import SCHEMA, grant, mark_in, require_whole, schema_version
from hoshimori.store.small_database import SmallConnection, SmallForm

_T = TypeVar("_T")


def schema_of(form: SmallForm) -> str:
    """Return the schema that the tables of a form are in."""
    return f"{SCHEMA}_{Path(form.file_name).stem}"


def open_database_tables(
    address: DatabaseAddress,
    folder: Path,
    form: SmallForm,
    *,
    create: bool,
    wait_s: float,
    whole: bool = True,
) -> TablesOfDatabase:
    """Open the tables of a form, where asked making them; close them after use.

    `folder` is the doorstep of the database; where not `whole`, a migration into it may go on.

    Raises:
        StoreError: there are none, they are of a newer version; no server answers, or it refuses.
    """
    schema = schema_of(form)
    lock = zlib.crc32(schema.encode()) >> 1
    line = Line(LineForm(address, schema, lock, wait_s=wait_s, noun=form.noun))
    try:
        with line.explained():
            make_small_tables(line.opened(), form, create=create)
            if schema_version(line.opened()):
                if whole:
                    require_whole(line.opened())
                agreed_with(mark_in(line.opened()), made_doorstep(folder), None)
    except BaseException:
        line.close()
        raise
    return TablesOfDatabase(line)


def make_small_tables(connection: Connection, form: SmallForm, *, create: bool) -> None:
    """See to it that the tables of a form are there, in one transaction.

    Raises:
        StoreError: there are none and none are to be made, or they are of a newer version.
    """
    version = _version(connection, schema_of(form))
    if version == 0 and not create:
        raise StoreError(f"there is no {form.noun} yet; {form.begun_by}")
    if version > form.version:
        raise StoreError(
            f"a newer Hoshimori made this {form.noun} (version {version}, this one knows up to "
            f"{form.version}); upgrade Hoshimori to open it"
        )
    if version:
        return
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT pg_advisory_xact_lock(%s, 0)", (LOCKS,))
        if _version(connection, schema_of(form)) == 0:  # nobody else made them meanwhile
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema_of(form)}".encode())
            connection.execute(form.database_tables.encode())
            connection.execute("CREATE TABLE schema_version (version integer NOT NULL)")
            connection.execute("INSERT INTO schema_version VALUES (%s)", (form.version,))
        connection.execute("COMMIT")
    except BaseException:
        if not connection.closed:
            connection.execute("ROLLBACK")
        raise


def has_tables(address: DatabaseAddress, form: SmallForm) -> bool:
    """Tell whether the tables of a form are there.

    Raises:
        StoreError: no server answers, or it refuses.
    """
    line = Line(LineForm(address, schema_of(form), 0, read_only=True, noun=form.noun))
    try:
        return line.read(lambda connection: _version(connection, schema_of(form))) > 0
    finally:
        line.close()


def prepare_small(
    address: DatabaseAddress, forms: Sequence[SmallForm], role: str, *, may_write: bool
) -> None:
    """Make the tables of forms, and let a role read, or read and append, facts and these.

    Raises:
        StoreError: no server answers, or it refuses.
    """
    for form in forms:
        line = Line(LineForm(address, schema_of(form), 0, noun=form.noun))
        try:
            with line.explained():
                make_small_tables(line.opened(), form, create=True)
                if role:
                    granted = form.granted if may_write else "SELECT"
                    grant(line.opened(), role, schema_of(form), granted)
        finally:
            line.close()
    line = Line(LineForm(address, SCHEMA, 0))
    try:
        with line.explained():
            if role:
                grant(line.opened(), role, SCHEMA, "SELECT, INSERT" if may_write else "SELECT")
    finally:
        line.close()


def _version(connection: Connection, schema: str) -> int:
    (held,) = one(connection, "SELECT to_regclass(%s) IS NOT NULL", (f"{schema}.schema_version",))
    if not held:
        return 0
    (version,) = one(connection, f"SELECT max(version) FROM {schema}.schema_version")
    return int(version or 0)


class TablesOfDatabase:
    """Tables of one form, which threads may share.

    Outside a transaction each statement is one: a question is asked again where the line broke,
    and what is written is written once.
    """

    is_database = True

    def __init__(self, line: Line) -> None:
        self._line = line
        self._lock = threading.RLock()
        self._within: Connection | None = None
        self._is_closed = False

    def close(self) -> None:
        """Let go of the server."""
        with self._lock:
            self._is_closed = True
            self._line.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Let nobody else write between what is read and what is written inside."""
        with self._lock, self._line.transaction() as connection:
            self._require_open()
            self._within = connection
            try:
                yield
            finally:
                self._within = None

    @contextlib.contextmanager
    def explained(self) -> Iterator[SmallConnection]:
        """Give what statements are given to; what goes wrong becomes a StoreError."""
        with self._lock:
            self._require_open()
            yield _Statements(self._line, self._within)

    def _require_open(self) -> None:
        if self._is_closed:
            raise StoreError(f"the {self._line.form.noun} is closed")


class _Rows:
    """What a statement found, fetched whole."""

    lastrowid = None

    def __init__(self, rows: list[tuple[Any, ...]], rowcount: int) -> None:
        self._rows = iter(rows)
        self.rowcount = rowcount

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows


class _Statements:
    """Takes statements as SQLite does."""

    def __init__(self, line: Line, within: Connection | None) -> None:
        self._line = line
        self._within = within

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> _Rows:
        asked = _translated(statement)

        def do(connection: Connection) -> _Rows:
            cursor = connection.execute(asked, tuple(values))
            rows = cursor.fetchall() if cursor.description else []
            return _Rows(rows, cursor.rowcount)

        return self._done(do, is_question=asked.lstrip()[:6].upper() == b"SELECT")

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> object:
        asked, rows = _translated(statement), [tuple(row) for row in values]

        def do(connection: Connection) -> None:
            with connection.cursor() as cursor:
                cursor.executemany(asked, rows)

        return self._done(do, is_question=False)

    def _done(self, do: Callable[[Connection], _T], *, is_question: bool) -> _T:
        if self._within is not None:
            with self._line.explained():
                return do(self._within)
        return self._line.read(do) if is_question else self._line.write(do)


def _translated(statement: str) -> bytes:
    return statement.replace("%", "%%").replace("?", "%s").encode()
