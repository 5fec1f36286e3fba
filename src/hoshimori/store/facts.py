"""The store: one DuckDB file that only ever grows, and what is asked of it."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from hoshimori.model.elements import ElementSets
from hoshimori.model.objects import SpaceObject
from hoshimori.model.provenance import Reality
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.store import element_facts, object_facts, receipts
from hoshimori.store.database import explained, open_database
from hoshimori.store.receipts import IngestCounts, Receipt

_FILE = "facts.duckdb"
_EVER = datetime(1, 1, 1, tzinfo=UTC)


def open_store(folder: Path, *, read_only: bool = False) -> Store:
    """Open the store in a folder, making it where there is none; use it in a `with` statement.

    One process may write, or several may read (`read_only`); not both at once.

    Raises:
        StoreError: another process has it open, it is damaged or of a newer version, or it is
            missing and `read_only`. Nothing is ever deleted.
    """
    path = folder / _FILE
    return Store(open_database(path, read_only=read_only), path)


class Store:
    """Facts, append-only and bi-temporal; made by `open_store`.

    Every method raises StoreError where the file is damaged or may only be read. Moments need a
    time zone (ValueError). A method that appends does all or nothing, whenever it is killed.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, so that another process may open it."""
        self._connection.close()

    def beside(self) -> Store:
        """Return the same store for another thread: it reads while this one writes.

        Close it after use. The file stays open until all of them are closed.
        """
        with explained(self._path):
            return Store(self._connection.cursor(), self._path)

    def has_receipt(self, payload: bytes, source: str, reality: Reality = Reality.REAL) -> bool:
        """Tell whether these bytes of a source came before; then nothing in them is new."""
        with explained(self._path):
            return receipts.is_held(self._connection, payload, source, reality)

    def append(
        self,
        reading: Reading,
        *,
        payload: bytes,
        source: str,
        received_utc: datetime,
        reality: Reality = Reality.REAL,
    ) -> IngestCounts:
        """Keep what a payload held: element sets not held yet, and the records refused.

        Element sets that agree in object, epoch, elements, B* and reality are one fact; where
        they differ in `known_utc` the earliest counts. Giving the same payload again changes
        nothing. new + duplicate + rejected are all records of the reading.
        """
        _naive_utc(received_utc)
        with self._transaction() as connection:
            new, duplicate = element_facts.append(connection, reading.element_sets)
            counts = IngestCounts(new, duplicate, len(reading.rejections))
            delivered = receipts.receipt(payload, source, received_utc, reality, counts)
            receipts.append(connection, delivered, reading.rejections)
        return counts

    def append_objects(
        self, objects: Iterable[SpaceObject], *, source: str, known_utc: datetime
    ) -> int:
        """Keep what a source says of objects where it differs from what it said before.

        Returns the number of objects of which something was new.
        """
        with self._transaction() as connection:
            return object_facts.append(connection, objects, source, _naive_utc(known_utc))

    def newest_as_known_at(self, as_of_utc: datetime) -> ElementSets:
        """Return the newest element set of every object as known at a moment, by object.

        Newest is the latest epoch; of several with this epoch, the one that became known last.
        """
        with explained(self._path):
            return element_facts.newest(self._connection, _naive_utc(as_of_utc))

    def history_of(
        self,
        norad_ids: Collection[int] | None,
        *,
        as_known_at_utc: datetime,
        since_utc: datetime = _EVER,
    ) -> ElementSets:
        """Return element sets with epochs from `since_utc` on, as known at a moment.

        Ordered by object, epoch and the moment they became known; `norad_ids` None means all
        objects.
        """
        with explained(self._path):
            return element_facts.history(
                self._connection, norad_ids, _naive_utc(as_known_at_utc), _naive_utc(since_utc)
            )

    def objects_as_known_at(self, as_of_utc: datetime) -> dict[int, SpaceObject]:
        """Return what catalogues say of each object; the latest statement of each property."""
        with explained(self._path):
            return object_facts.read(self._connection, _naive_utc(as_of_utc))

    def receipts(self) -> tuple[Receipt, ...]:
        """Return the receipt of every payload, in the order of arrival."""
        with explained(self._path):
            return receipts.read(self._connection)

    def rejections(self) -> tuple[Rejection, ...]:
        """Return every refused record with its raw bytes, in the order of arrival."""
        with explained(self._path):
            return receipts.rejections(self._connection)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with explained(self._path):
            self._connection.begin()
            try:
                yield self._connection
                self._connection.commit()
            except BaseException:
                # A failed commit has rolled back already; then there is nothing left to undo.
                with contextlib.suppress(duckdb.Error):
                    self._connection.rollback()
                raise


def _naive_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give the moment in UTC")
    return moment.astimezone(UTC).replace(tzinfo=None)
