"""The tables of facts of a database, read in the order of arrival, or filled from another store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Self

import numpy as np

from hoshimori.errors import StoreError
from hoshimori.formats.database_address import DatabaseAddress
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.store.columns import PLAIN
from hoshimori.store.contract import OwnStore
from hoshimori.store.fact_tables import ELEMENT_SETS, ORDER, TABLES, Columns, Row
from hoshimori.store.postgresql.binary_rows import RowForm
from hoshimori.store.postgresql.element_rows import HELD_KINDS, storable, years_of
from hoshimori.store.postgresql.facts import unguarded_store
from hoshimori.store.postgresql.line import LOCKS, Connection, Line, LineForm, one
from hoshimori.store.postgresql.schema import (
    FACTS_LOCK,
    SCHEMA,
    make_parts,
    make_tables,
    mark_in,
    migrating_from,
    require_current,
    require_whole,
    schema_version,
)

_ROWS_AT_ONCE = 20_000
_NUMBERED = {"provenances": "provenance_id", "labels": "label_id"}
_CARRIED = RowForm(HELD_KINDS)


class DatabaseTables:
    """The tables of a database, opened; nobody else appends to them meanwhile."""

    def __init__(self, line: Line) -> None:
        self._line = line
        with line.explained():
            self._connection = line.opened()
            self._connection.execute("SET lock_timeout = '10s'")
            self._connection.execute("SELECT pg_advisory_lock(%s, %s)", (LOCKS, FACTS_LOCK))
        self.exercise: ExerciseMark | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        with self._line.explained():
            (number,) = one(self._connection, f"SELECT count(*) FROM {table}")
        return int(number)

    def rows(self, table: str, after: int) -> Iterator[Sequence[Row]]:
        """Return the rows of a table of few rows after so many, in portions."""
        names, order = ", ".join(TABLES[table]), ORDER.get(table, "arrival")
        asked = f"SELECT {names} FROM {table} ORDER BY {order} LIMIT %s OFFSET %s"
        while True:
            with self._line.explained():
                rows = self._connection.execute(asked, (_ROWS_AT_ONCE, after)).fetchall()
            if not rows:
                return
            yield rows
            after += len(rows)

    def element_sets(self, after: int, most: int) -> Iterator[Columns]:
        """Return element sets after so many, in portions of at most so many."""
        places = {table: self._numbers(table) for table in _NUMBERED}
        asked = f"COPY (SELECT {_CARRIED.names} FROM element_sets ORDER BY arrival OFFSET {after}) "
        with (
            self._line.explained(),
            self._connection.cursor() as cursor,
            cursor.copy(asked + "TO STDOUT (FORMAT BINARY)") as copy,
        ):
            for data in _CARRIED.portions(copy, most):
                found = _CARRIED.read(data)
                columns: dict[str, Any] = {name: found[name] for name in PLAIN}
                columns |= {
                    name.removesuffix("_id"): np.searchsorted(places[f"{name[:-3]}s"], found[name])
                    for name in ("label_id", "provenance_id")
                }
                yield columns

    def store(self) -> OwnStore:
        """Return the store of these tables to ask; it is closed by itself."""
        return unguarded_store(replace(self._line.form, read_only=True), self.exercise)

    def _numbers(self, table: str) -> Any:
        with self._line.explained():
            asked = f"SELECT {_NUMBERED[table]} FROM {table} ORDER BY 1"
            rows = self._connection.execute(asked).fetchall()
        return np.array([number for (number,) in rows], np.int64)


def tables_of_database(address: DatabaseAddress) -> DatabaseTables:
    """Open the tables of a database to read; who would append to them waits.

    Raises:
        StoreError: there are none, they are of another version; no server answers, or it refuses.
    """
    line = Line(LineForm(address, SCHEMA, FACTS_LOCK, read_only=True))
    try:
        with line.explained():
            require_current(line.opened())
            require_whole(line.opened())
            tables = DatabaseTables(line)
            tables.exercise = mark_in(line.opened())
    except BaseException:
        line.close()
        raise
    return tables


class ComingDatabase(DatabaseTables):
    """The tables of a database that are being filled; stores do not open before that is over."""

    came_from = ""

    def keep(self, table: str, rows: Sequence[Row]) -> None:
        """Append rows to a table of few rows, all or none."""
        names = [*TABLES[table]]
        listed = [[_storable(value) for value in row] for row in rows]
        if table in _NUMBERED:
            names, held = [_NUMBERED[table], *names], self.count(table)
            listed = [[held + place, *row] for place, row in enumerate(listed, start=1)]
        with self._line.explained(), self._connection.transaction():
            # COPY overrides the numbers that the tables would give.
            filling = f"COPY {table} ({', '.join(names)}) FROM STDIN"
            with self._connection.cursor() as cursor, cursor.copy(filling) as copy:
                for row in listed:
                    copy.write_row(row)
            if table in _NUMBERED:
                _set_sequence(self._connection, table, _NUMBERED[table])

    def keep_element_sets(self, columns: Columns) -> None:
        """Append element sets, all or none."""
        batch = {name: columns[name] for name in PLAIN}
        batch["label_id"] = columns["label"] + 1
        batch["provenance_id"] = columns["provenance"] + 1
        with self._line.explained(), self._connection.transaction():
            make_parts(self._connection, years_of(columns["epoch_utc"]))
            with (
                self._connection.cursor() as cursor,
                cursor.copy(
                    f"COPY element_sets ({_CARRIED.names}) FROM STDIN (FORMAT BINARY)"
                ) as copy,
            ):
                copy.write(_CARRIED.write(batch))

    def finish(self) -> None:
        """Show the store to everybody."""
        with self._line.explained():
            self._connection.execute("ANALYZE element_sets")
            self._connection.execute(
                "INSERT INTO migration (step, came_from) VALUES ('ended', %s)", (self.came_from,)
            )


def coming_database(
    address: DatabaseAddress, exercise: ExerciseMark | None, came_from: str
) -> ComingDatabase:
    """Open the tables of a database that are to be filled, making them where they are missing.

    Raises:
        StoreError: it holds something already, or another migration goes on into it.
    """
    line = Line(LineForm(address, SCHEMA, FACTS_LOCK))
    try:
        with line.explained():
            _begin(line.opened(), exercise, came_from)
            tables = ComingDatabase(line)
    except BaseException:
        line.close()
        raise
    tables.exercise, tables.came_from = exercise, came_from
    return tables


def is_whole(address: DatabaseAddress) -> bool:
    """Tell whether a database holds a store into which no migration goes on, and facts in it."""
    line = Line(LineForm(address, SCHEMA, FACTS_LOCK, read_only=True))
    try:
        with line.explained():
            connection = line.opened()
            if not schema_version(connection) or migrating_from(connection):
                return False
            return not _is_empty(connection)
    finally:
        line.close()


def _begin(connection: Connection, exercise: ExerciseMark | None, came_from: str) -> None:
    make_tables(connection, exercise)
    going_on = migrating_from(connection)
    if going_on and going_on != came_from:
        raise StoreError(f"a migration from {going_on} goes on into it: end that first")
    if going_on:
        return
    if not _is_empty(connection):
        raise StoreError("it holds facts already: migrate into an empty database")
    if mark_in(connection) != exercise:
        raise StoreError("its exercise is not that of the store that is migrated")
    connection.execute("INSERT INTO migration (step, came_from) VALUES ('begun', %s)", (came_from,))


def _is_empty(connection: Connection) -> bool:
    held = " OR ".join(f"EXISTS (SELECT FROM {table})" for table in (*TABLES, ELEMENT_SETS))
    return not one(connection, f"SELECT {held}")[0]


def _set_sequence(connection: Connection, table: str, number: str) -> None:
    connection.execute(
        f"SELECT setval(pg_get_serial_sequence('{SCHEMA}.{table}', '{number}'), "
        f"(SELECT max({number}) FROM {table}))"
    )


def _storable(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value
