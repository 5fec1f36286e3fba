"""The store: one DuckDB file that only ever grows, and what is asked of it."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from hoshimori.formats.database_address import DatabaseAddress
from hoshimori.model.elements import ElementSets
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.fact_transfer import FactPage, SentReading
from hoshimori.model.objects import SpaceObject
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receipts import IngestCounts, Receipt
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.store import element_facts, object_facts, receipts
from hoshimori.store.claims import Past, Permits
from hoshimori.store.contract import EVER, OwnStore, naive_utc, require_may_be_kept
from hoshimori.store.database import explained, open_database
from hoshimori.store.doorstep import address_at, needed_driver
from hoshimori.store.file_copies import copy_facts

FACTS_FILE = "facts.duckdb"


def open_store(
    folder: Path, *, read_only: bool = False, exercise: ExerciseMark | None = None
) -> OwnStore:
    """Open the store in a folder, making it where there is none; use it in a `with` statement.

    One process may write, or several may read (`read_only`); not both at once. Where the folder is
    the doorstep of a database, the store there is opened, and many may do so at once. With
    `exercise` it is the store of an exercise: what is made bears the mark for good, and holds
    nothing else.

    Raises:
        StoreError: another process has it open, it is damaged or of a newer version, or it is
            missing and `read_only`; the database cannot be reached, or refuses; it is not of the
            exercise asked for. Nothing is ever deleted.
    """
    if (address := address_at(folder)) is not None:
        return _database_store(address, folder, read_only=read_only, exercise=exercise)
    path = folder / FACTS_FILE
    connection, mark = open_database(path, read_only=read_only, exercise=exercise)
    return Store(connection, path, exercise=mark)


def _database_store(
    address: DatabaseAddress, folder: Path, *, read_only: bool, exercise: ExerciseMark | None
) -> OwnStore:
    with needed_driver():
        from hoshimori.store.postgresql.facts import open_database_store  # noqa: PLC0415 - an extra
    return open_database_store(address, folder, read_only=read_only, exercise=exercise)


class Store:
    """Facts, append-only and bi-temporal; made by `open_store`.

    Every method raises StoreError where the file is damaged or may only be read. Moments need a
    time zone (ValueError). A method that appends does all or nothing, whenever it is killed, and
    raises ReleaseError for facts of an exercise in a store of the real sky, and the other way.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        writing: threading.Lock | None = None,
        *,
        exercise: ExerciseMark | None = None,
    ) -> None:
        self._connection = connection
        self._path = path
        self._writing = writing or threading.Lock()
        self.exercise = exercise
        """The exercise that it is of; None where it is of the real sky."""

    @property
    def server(self) -> str:
        """Empty: this process keeps the facts itself."""
        return ""

    def beside(self) -> Store:
        """Return the same store for another thread of this process; each is closed by itself.

        Threads read at once; what they append comes one after the other.
        """
        with explained(self._path):
            return Store(
                self._connection.cursor(), self._path, self._writing, exercise=self.exercise
            )

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
        """Close it; another process may open the file once every thread has closed its own."""
        self._connection.close()

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
        provenance = Provenance(source, hashlib.sha256(payload).hexdigest(), reality)
        return self.append_sent(SentReading(reading, provenance, len(payload), received_utc))

    def append_sent(self, sent: SentReading) -> IngestCounts:
        """Keep a reading whose bytes stayed elsewhere, as `append` does."""
        require_may_be_kept(sent, self.exercise)
        with self._transaction() as connection:
            new, duplicate = element_facts.append(connection, sent.reading.element_sets)
            counts = IngestCounts(new, duplicate, len(sent.reading.rejections))
            receipt = Receipt(sent.provenance, sent.received_utc, sent.byte_count, counts)
            receipts.append(connection, receipt, sent.reading.rejections)
        return counts

    def append_objects(
        self, objects: Iterable[SpaceObject], *, source: str, known_utc: datetime
    ) -> int:
        """Keep what a source says of objects where it differs from what it said before.

        Returns the number of objects of which something was new.
        """
        with self._transaction() as connection:
            return object_facts.append(connection, objects, source, naive_utc(known_utc))

    def newest_as_known_at(
        self, as_of_utc: datetime, *, permits: Permits | None = None
    ) -> ElementSets:
        """Return the newest element set of every object as known at a moment, by object.

        Newest is the latest epoch; of several with this epoch, the one that became known last.
        Where `permits` is given, only facts of bytes that it permits are looked at.
        """
        with explained(self._path):
            return element_facts.newest(self._connection, naive_utc(as_of_utc), permits)

    def history_of(
        self,
        norad_ids: Collection[int] | None,
        *,
        as_known_at_utc: datetime,
        since_utc: datetime = EVER,
    ) -> ElementSets:
        """Return element sets with epochs from `since_utc` on, as known at a moment.

        Ordered by object, epoch and the moment they became known; `norad_ids` None means all
        objects.
        """
        past = Past(naive_utc(as_known_at_utc), naive_utc(since_utc), norad_ids)
        with explained(self._path):
            return element_facts.history(self._connection, past)

    def history_page(
        self,
        norad_ids: Collection[int] | None,
        *,
        as_known_at_utc: datetime,
        since_utc: datetime,
        after: int,
        most_rows: int,
        permits: Permits | None = None,
    ) -> FactPage:
        """Return the part of `history_of` that the objects after one have, at most so many rows.

        A page holds whole objects, at least one, and says after which object the next begins.
        """
        past = Past(naive_utc(as_known_at_utc), naive_utc(since_utc), norad_ids, permits)
        with explained(self._path):
            return FactPage(*element_facts.page(self._connection, past, after, most_rows))

    def objects_as_known_at(
        self, as_of_utc: datetime, *, permits: Callable[[str], bool] | None = None
    ) -> dict[int, SpaceObject]:
        """Return what catalogues say of each object; the latest statement of each property.

        Where `permits` is given, only statements of sources that it permits are looked at.
        """
        with explained(self._path):
            return object_facts.read(self._connection, naive_utc(as_of_utc), permits)

    def receipts(self) -> tuple[Receipt, ...]:
        """Return the receipt of every payload, in the order of arrival."""
        with explained(self._path):
            return receipts.read(self._connection)

    def rejections(self) -> tuple[Rejection, ...]:
        """Return every refused record with its raw bytes, in the order of arrival."""
        with explained(self._path):
            return receipts.rejections(self._connection)

    def copy_to(self, target: Path) -> None:
        """Copy everything into a new file, as it is at this moment; others may write meanwhile."""
        with explained(self._path):
            copy_facts(self._connection, target)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._writing, explained(self._path):
            self._connection.begin()
            try:
                yield self._connection
                self._connection.commit()
            except BaseException:
                # A failed commit has rolled back already; then there is nothing left to undo.
                with contextlib.suppress(duckdb.Error):
                    self._connection.rollback()
                raise
