"""One line to a PostgreSQL server: it is drawn anew where it broke, and nothing is done twice.

A question is asked once more on a new line. What is written is written again only where the server
says that the transaction which was cut off did not end: until then the lock of writers is waited
for, so that the old transaction is over before it is asked about.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import psycopg
from psycopg import errors as said
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from hoshimori.errors import StoreError
from hoshimori.formats.database_address import DatabaseAddress

Connection = psycopg.Connection[tuple[Any, ...]]
_T = TypeVar("_T")

LOCKS = 0x484F5348
"""The first half of every lock of ours, by which databases shared with others stay clear."""
_OLDEST = 150_000
_TRIES = 4
_WAITS_S = (0.05, 0.1, 0.25, 0.5, 1.0)
_PASSING = (
    said.AdminShutdown,
    said.CrashShutdown,
    said.CannotConnectNow,
    said.ReadOnlySqlTransaction,
    said.SerializationFailure,
    said.DeadlockDetected,
)
"""What goes by itself on another line: a server that ends, or that others took the place of."""
_DEFAULTS: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "hoshimori",
}


@dataclass(frozen=True, slots=True)
class LineForm:
    """What a line is for."""

    address: DatabaseAddress
    schema: str
    """Its tables are those of this schema."""
    lock: int
    """Who writes holds this lock."""
    read_only: bool = False
    patience_s: float = 30.0
    """How long a line that broke is drawn anew: as long as a server takes to start or to follow."""
    wait_s: float = 600.0
    """How long another who writes is waited for."""
    noun: str = "store"


class _Attempt(Generic[_T]):
    """A transaction, and whether its end was asked for."""

    result: _T
    number: str = ""
    is_sent: bool = False


class Line:
    """A line to the database; one thread uses it at a time.

    Methods raise StoreError where the server cannot be reached or refuses, and say what to do.
    """

    def __init__(self, form: LineForm) -> None:
        self.form = form
        self._connection: Connection | None = None

    def close(self) -> None:
        """Let go of the server."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def role(self) -> str:
        """As whom the server knows us; empty before the first question."""
        return self._connection.info.user if self._connection is not None else ""

    def read(self, ask: Callable[[Connection], _T]) -> _T:
        """Return what is asked for of one state of the database."""
        with self.explained():
            try:
                return self._asked(ask)
            except psycopg.Error as error:
                if not self._passes(error):
                    raise
            self._again()
            return self._asked(ask)

    def write(self, do: Callable[[Connection], _T]) -> _T:
        """Do something as a whole or not at all, and never twice, while nobody else writes."""
        with self.explained():
            attempt: _Attempt[_T] = _Attempt()
            for _ in range(_TRIES):
                try:
                    if attempt.is_sent and self._has_ended(attempt.number):
                        break
                    self._done(do, attempt)
                    break
                except psycopg.Error as error:
                    if not self._passes(error):
                        self._undo()
                        raise
                self._again()
            else:
                known = "nothing was kept"
                if attempt.is_sent:
                    known = "whether it was kept is not known: give it again, nothing is kept twice"
                raise StoreError(f"the line broke {_TRIES} times; {known}")
            return attempt.result

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a line to write with until the end of the block, as a whole or not at all.

        What breaks inside is not done again: whoever wrote is told whether it was kept.
        """
        with self.explained():
            try:
                connection = self._begun()
            except psycopg.Error as error:
                if not self._passes(error):
                    raise
                self._again()
                connection = self._begun()
            number = _number(connection)
        try:
            with self.explained():
                yield connection
        except BaseException:
            self._undo()
            raise
        with self.explained():
            try:
                connection.execute("COMMIT")
            except psycopg.Error as error:
                if not self._passes(error):
                    raise
                self._again()
                if not self._has_ended(number):
                    raise StoreError("the line to the database broke: nothing was kept") from None

    @contextlib.contextmanager
    def explained(self) -> Iterator[None]:
        """Turn what the driver raises into a StoreError that says what to do."""
        try:
            yield
        except StoreError as error:
            if str(error).startswith(self._named):
                raise
            raise StoreError(f"{self._named}: {error}") from None
        except psycopg.Error as error:
            raise StoreError(f"{self._named}: {_explanation(error, self)}") from error

    @property
    def _named(self) -> str:
        return f"the {self.form.noun} in the database {self.form.address.shown}"

    def opened(self) -> Connection:
        """Return the connection, drawn where there is none; raises what the driver raises."""
        if self._connection is None or self._connection.closed:
            self._connection = _connected(self.form)
        return self._connection

    def _asked(self, ask: Callable[[Connection], _T]) -> _T:
        connection = self.opened()
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            found = ask(connection)
            connection.execute("COMMIT")
        except BaseException:
            self._undo()
            raise
        return found

    def _begun(self) -> Connection:
        connection = self.opened()
        connection.execute("BEGIN")
        connection.execute(f"SET LOCAL lock_timeout = '{self.form.wait_s:g}s'")
        connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", (LOCKS, self.form.lock))
        return connection

    def _done(self, do: Callable[[Connection], _T], attempt: _Attempt[_T]) -> None:
        attempt.is_sent = False
        connection = self._begun()
        try:
            attempt.result = do(connection)
            attempt.number = _number(connection)
        except psycopg.Error:
            raise
        except BaseException:
            self._undo()
            raise
        attempt.is_sent = True
        connection.execute("COMMIT")

    def _has_ended(self, number: str) -> bool:
        """Tell whether a transaction whose end was not heard of was kept."""
        connection = self._begun()  # waits for its lock: it is over by then
        try:
            (status,) = one(connection, "SELECT pg_xact_status(%s::text::xid8)", (number,))
        except said.InvalidParameterValue:  # a standby took over that never heard of it
            status = None
        connection.execute("COMMIT")
        return bool(status == "committed")

    def _undo(self) -> None:
        with contextlib.suppress(psycopg.Error):
            if self._connection is not None and not self._connection.closed:
                self._connection.execute("ROLLBACK")

    def _passes(self, error: psycopg.Error) -> bool:
        """Tell whether asking on another line may help: the line broke, or its server ends."""
        if isinstance(error, _PASSING):
            return not (self.form.read_only and isinstance(error, said.ReadOnlySqlTransaction))
        return self._connection is not None and self._connection.broken

    def _again(self) -> None:
        """Draw a new line, as soon as a server takes one."""
        self.close()
        ends_s = time.monotonic() + self.form.patience_s
        number = 0
        while True:
            try:
                self.opened()
            except psycopg.OperationalError as error:
                if time.monotonic() > ends_s or not _may_come_back(error):
                    raise
            else:
                return
            time.sleep(_WAITS_S[min(number, len(_WAITS_S) - 1)])
            number += 1


def one(connection: Connection, query: str | sql.Composed, values: Any = None) -> tuple[Any, ...]:
    """Return the only row that is asked for."""
    row = connection.execute(query, values).fetchone()
    if row is None:
        raise StoreError("the database answered nothing")
    return row


def _number(connection: Connection) -> str:
    """Return the number of the transaction, by which its end can be asked for."""
    return str(one(connection, "SELECT pg_current_xact_id()::text")[0])


def _connected(form: LineForm) -> Connection:
    given = conninfo_to_dict(form.address.text)
    asked = {key: value for key, value in _DEFAULTS.items() if key not in given}
    if "," in str(given.get("host") or "") and "target_session_attrs" not in given:
        asked["target_session_attrs"] = "any" if form.read_only else "read-write"
    connection = psycopg.connect(form.address.text, autocommit=True, **asked)
    try:
        _prepare(connection, form)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Connection, form: LineForm) -> None:
    version = connection.info.server_version
    if version < _OLDEST:
        raise StoreError(
            f"its server is PostgreSQL {version // 10_000}; Hoshimori needs 15 or newer"
        )
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise StoreError("its encoding is not UTF8: make a database with ENCODING 'UTF8'")
    chosen = {
        "search_path": f'"{form.schema}", pg_temp',
        "timezone": "'UTC'",
        "client_min_messages": "warning",
        # An object's rows lie apart: what an index finds is fetched, not looked for in whole years.
        "random_page_cost": "1.1",
    }
    if form.read_only:
        chosen["default_transaction_read_only"] = "on"
    connection.execute("; ".join(f"SET {name} = {value}" for name, value in chosen.items()))


_ADVICE = (
    ("password authentication failed", "{said}; its password comes from PGPASSFILE or PGPASSWORD"),
    ("no password supplied", "it asks for a password: name it in PGPASSFILE or PGPASSWORD"),
    ("does not exist", "{said}; make it first (docs/explain/postgresql.md)"),
    ("no pg_hba.conf entry", "{said}; its administrator must let this machine in"),
    ("is not permitted to log in", "{said}"),
    ("certificate", "{said}; name the authority with sslrootcert= in the address"),
    ("read-only", "none of its hosts takes writes ({said})"),
    ("too many", "{said}; try again, or let it take more (max_connections)"),
)
_LASTING = ("authentication failed", "no password", "does not exist", "pg_hba", "permitted")


def _may_come_back(error: psycopg.Error) -> bool:
    return not any(sign in str(error) for sign in _LASTING)


def _explanation(error: psycopg.Error, line: Line) -> str:
    """Return what was wrong and what to do."""
    told = error.diag.message_primary or " ".join(str(error).split())
    if isinstance(error, said.InsufficientPrivilege):
        return (
            f"{told}; the role {line.role} may not do that: its owner grants it with "
            f"`hoshimori store prepare --grant {line.role}`"
        )
    if isinstance(error, said.LockNotAvailable):
        return f"another Hoshimori process writes to the {line.form.noun}; run this again"
    if isinstance(error, said.ReadOnlySqlTransaction):
        return "it may only be read (opened read-only, or its server is a standby)"
    if isinstance(error, said.UndefinedTable | said.UndefinedColumn | said.InvalidSchemaName):
        return f"its tables are not those of a store ({told}): restore it from a backup"
    for sign, advice in _ADVICE:
        if sign in told:
            return advice.format(said=_of_connecting(told))
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return f"no PostgreSQL answers: is it running, and the network up? ({_of_connecting(told)})"
    return f"the database refused ({told})"


def _of_connecting(told: str) -> str:
    """Return what a server said without the tries that led to it."""
    return told.rpartition("FATAL: ")[2].strip() or told
