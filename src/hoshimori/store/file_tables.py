"""The tables of the file of facts, read in the order of arrival, or written anew beside it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import duckdb
import numpy as np
import pyarrow as pa

from hoshimori.errors import StoreError
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.store.columns import PLAIN
from hoshimori.store.contract import OwnStore
from hoshimori.store.database import explained, open_database
from hoshimori.store.fact_tables import ELEMENT_SETS, ORDER, TABLES, Columns, Row
from hoshimori.store.facts import Store

_ROWS_AT_ONCE = 20_000
_NUMBERED = {"provenances": ("provenance_id", 0), "labels": ("label_id", 1)}
"""The number of a row in the file: its place and this."""


class FileTables:
    """The tables of a file, opened."""

    def __init__(self, path: Path, *, read_only: bool, exercise: ExerciseMark | None) -> None:
        self._path = path
        self._connection, self.exercise = open_database(
            path, read_only=read_only, exercise=exercise
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        with explained(self._path):
            (number,) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0]
        return int(number)

    def rows(self, table: str, after: int) -> Iterator[Sequence[Row]]:
        """Return the rows of a table of few rows after so many, in portions."""
        names, order = ", ".join(TABLES[table]), ORDER.get(table, "rowid")
        asked = f"SELECT {names} FROM {table} ORDER BY {order} LIMIT ? OFFSET ?"
        while True:
            with explained(self._path):
                rows = self._connection.execute(asked, [_ROWS_AT_ONCE, after]).fetchall()
            if not rows:
                return
            yield [tuple(row) for row in rows]
            after += len(rows)

    def element_sets(self, after: int, most: int) -> Iterator[Columns]:
        """Return element sets after so many, in portions of at most so many."""
        places = [self._numbers(table) for table in _NUMBERED]
        names = ", ".join((*PLAIN, "label_id", "provenance_id"))
        asked = f"SELECT {names} FROM element_sets WHERE rowid >= $after AND rowid < $until "
        total = self.count(ELEMENT_SETS)
        for first in range(after, total, most):
            span = {"after": first, "until": first + most}
            with explained(self._path):
                found = self._connection.sql(asked + "ORDER BY rowid", params=span).to_arrow_table()
            columns: dict[str, Any] = {name: found[name].to_numpy() for name in PLAIN}
            columns["provenance"] = np.searchsorted(places[0], found["provenance_id"].to_numpy())
            columns["label"] = np.searchsorted(places[1], found["label_id"].to_numpy())
            yield columns

    def store(self) -> OwnStore:
        """Return the store of these tables to ask; it is closed by itself."""
        return Store(self._connection.cursor(), self._path, exercise=self.exercise)

    def _numbers(self, table: str) -> Any:
        name = _NUMBERED[table][0]
        with explained(self._path):
            found = self._connection.sql(f"SELECT {name} FROM {table} ORDER BY 1").to_arrow_table()
        return found[name].to_numpy()


def tables_of_file(path: Path) -> FileTables:
    """Open the tables of a file to read.

    Raises:
        StoreError: there is none, a process has it open for writing, it is damaged.
    """
    return FileTables(path, read_only=True, exercise=None)


class ComingFile(FileTables):
    """The tables of a file that is not at its place yet."""

    def __init__(self, path: Path, exercise: ExerciseMark | None, place: Path) -> None:
        super().__init__(path, read_only=False, exercise=exercise)
        self._place = place

    def keep(self, table: str, rows: Sequence[Row]) -> None:
        """Append rows to a table of few rows, all or none."""
        names = [*TABLES[table]]
        listed = list(zip(*rows, strict=True))
        if table in _NUMBERED:
            name, first = _NUMBERED[table]
            held = self.count(table) + first
            names, listed = [name, *names], [tuple(range(held, held + len(rows))), *listed]
        with self._transaction() as connection:
            like = connection.sql(f"SELECT {', '.join(names)} FROM {table} LIMIT 0")
            kinds = like.to_arrow_table().schema.types
            arrays = [pa.array(values, kind) for values, kind in zip(listed, kinds, strict=True)]
            batch = {**dict(zip(names, arrays, strict=True)), "place": pa.array(range(len(rows)))}
            _insert(connection, table, names, batch)

    def keep_element_sets(self, columns: Columns) -> None:
        """Append element sets, all or none."""
        batch = {name: pa.array(columns[name]) for name in PLAIN}
        batch["label_id"] = pa.array(columns["label"] + _NUMBERED["labels"][1])
        batch["provenance_id"] = pa.array(columns["provenance"] + _NUMBERED["provenances"][1])
        batch["place"] = pa.array(np.arange(len(columns["label"])))
        with self._transaction() as connection:
            _insert(connection, ELEMENT_SETS, [*PLAIN, "label_id", "provenance_id"], batch)

    def finish(self) -> None:
        """Show the store to everybody."""
        with explained(self._path):
            self._connection.execute("CHECKPOINT")
            self._connection.close()
            if self._place.exists():
                raise StoreError(f"somebody made {self._place} meanwhile")
            self._path.rename(self._place)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with explained(self._path):
            self._connection.begin()
            try:
                yield self._connection
                self._connection.commit()
            except BaseException:
                with contextlib.suppress(duckdb.Error):
                    self._connection.rollback()
                raise


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    names: Sequence[str],
    batch: Mapping[str, Any],
) -> None:
    listed = ", ".join(names)
    connection.register("batch", pa.table(dict(batch)))
    try:
        connection.execute(
            f"INSERT INTO {table} ({listed}) SELECT {listed} FROM batch ORDER BY place"
        )
    finally:
        connection.unregister("batch")
