"""The store in a PostgreSQL database: what the file of facts is, for many users and processes."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from hoshimori.errors import StoreError
from hoshimori.formats.database_address import DatabaseAddress
from hoshimori.model.elements import ElementSets
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.fact_transfer import FactPage, SentReading
from hoshimori.model.objects import SpaceObject
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receipts import IngestCounts, Receipt
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.store.claims import Past, Permits
from hoshimori.store.contract import EVER, naive_utc, require_may_be_kept
from hoshimori.store.doorstep import DUMP, made_doorstep
from hoshimori.store.exercise_mark import agreed_with
from hoshimori.store.postgresql import element_rows, object_rows, receipt_rows
from hoshimori.store.postgresql.line import Connection, Line, LineForm
from hoshimori.store.postgresql.schema import (
    FACTS_LOCK,
    SCHEMA,
    make_tables,
    mark_in,
    require_current,
    require_whole,
)

_T = TypeVar("_T")
_MOST_IDLE = 8
"""Lines that wait for the next who asks."""


def open_database_store(
    address: DatabaseAddress,
    folder: Path,
    *,
    read_only: bool = False,
    exercise: ExerciseMark | None = None,
) -> DatabaseStore:
    """Open the store in a database, making its tables where there are none; use it in a `with`.

    `folder` is its doorstep. Several processes may read and write at once.

    Raises:
        StoreError: no server answers, it refuses, or its tables are of a newer version; it is not
            of the exercise asked for.
    """
    lines = _Lines(LineForm(address, SCHEMA, FACTS_LOCK, read_only=read_only))
    line = lines.take()
    try:
        with line.explained():
            mark = _opened(line.opened(), read_only, exercise)
            mark = agreed_with(mark, made_doorstep(folder), exercise)
    except BaseException:
        line.close()
        raise
    return DatabaseStore(lines, line, exercise=mark)


def unguarded_store(form: LineForm, exercise: ExerciseMark | None) -> DatabaseStore:
    """Open a store of which somebody else has seen to it that its tables are there."""
    lines = _Lines(form)
    return DatabaseStore(lines, lines.take(), exercise=exercise)


def _opened(
    connection: Connection, read_only: bool, exercise: ExerciseMark | None
) -> ExerciseMark | None:
    if read_only:
        require_current(connection)
    else:
        make_tables(connection, exercise)
    require_whole(connection)
    return mark_in(connection)


class _Lines:
    """Lines to one database, used again by whoever asks next."""

    def __init__(self, form: LineForm) -> None:
        self._form = form
        self._idle: list[Line] = []
        self._lock = threading.Lock()
        self._users = 0

    def take(self) -> Line:
        with self._lock:
            self._users += 1
            return self._idle.pop() if self._idle else Line(self._form)

    def give_back(self, line: Line) -> None:
        with self._lock:
            self._users -= 1
            ended = [] if self._users else self._idle
            if not self._users:
                ended, self._idle = [*self._idle, line], []
            elif len(self._idle) < _MOST_IDLE:
                self._idle.append(line)
            else:
                ended = [line]
        for one in ended:
            one.close()


class DatabaseStore:
    """Facts in a database, append-only and bi-temporal; made by `open_database_store`.

    Every method raises StoreError where the server cannot be reached, also after the line was
    drawn anew. Moments need a time zone (ValueError). A method that appends does all or nothing,
    whenever it is killed or the server is, and raises ReleaseError for facts of an exercise in a
    store of the real sky, and the other way.
    """

    def __init__(self, lines: _Lines, line: Line, *, exercise: ExerciseMark | None = None) -> None:
        self._lines = lines
        self._line: Line | None = line
        self._one_at_a_time = threading.RLock()
        self.exercise = exercise
        """The exercise that it is of; None where it is of the real sky."""

    @property
    def server(self) -> str:
        """Empty: no server of Hoshimori stands between."""
        return ""

    def beside(self) -> DatabaseStore:
        """Return the same store for another thread of this process; each is closed by itself."""
        return DatabaseStore(self._lines, self._lines.take(), exercise=self.exercise)

    def copy_to(self, target: Path) -> None:
        """Refuse: the copy of a database is for its own tools to make."""
        raise StoreError(f"{target.name}: the facts are in PostgreSQL: {DUMP}")

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
        """Let go of the server."""
        with self._one_at_a_time:
            line, self._line = self._line, None
        if line is not None:
            self._lines.give_back(line)

    def has_receipt(self, payload: bytes, source: str, reality: Reality = Reality.REAL) -> bool:
        """Tell whether these bytes of a source came before; then nothing in them is new."""
        return self._read(lambda line: receipt_rows.is_held(line, payload, source, reality))

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

        def keep(connection: Connection) -> IngestCounts:
            new, duplicate = element_rows.append(connection, sent.reading.element_sets)
            counts = IngestCounts(new, duplicate, len(sent.reading.rejections))
            receipt = Receipt(sent.provenance, sent.received_utc, sent.byte_count, counts)
            receipt_rows.append(connection, receipt, sent.reading.rejections)
            return counts

        return self._write(keep)

    def append_objects(
        self, objects: Iterable[SpaceObject], *, source: str, known_utc: datetime
    ) -> int:
        """Keep what a source says of objects where it differs from what it said before.

        Returns the number of objects of which something was new.
        """
        moment, told = naive_utc(known_utc), tuple(objects)
        return self._write(lambda line: object_rows.append(line, told, source, moment))

    def newest_as_known_at(
        self, as_of_utc: datetime, *, permits: Permits | None = None
    ) -> ElementSets:
        """Return the newest element set of every object as known at a moment, by object.

        Newest is the latest epoch; of several with this epoch, the one that became known last.
        Where `permits` is given, only facts of bytes that it permits are looked at.
        """
        moment = naive_utc(as_of_utc)
        return self._read(lambda line: element_rows.newest(line, moment, permits))

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
        return self._read(lambda line: element_rows.history(line, past))

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
        return self._read(lambda line: FactPage(*element_rows.page(line, past, after, most_rows)))

    def objects_as_known_at(
        self, as_of_utc: datetime, *, permits: Callable[[str], bool] | None = None
    ) -> dict[int, SpaceObject]:
        """Return what catalogues say of each object; the latest statement of each property.

        Where `permits` is given, only statements of sources that it permits are looked at.
        """
        moment = naive_utc(as_of_utc)
        return self._read(lambda line: object_rows.read(line, moment, permits))

    def receipts(self) -> tuple[Receipt, ...]:
        """Return the receipt of every payload, in the order of arrival."""
        return self._read(receipt_rows.read)

    def rejections(self) -> tuple[Rejection, ...]:
        """Return every refused record with its raw bytes, in the order of arrival."""
        return self._read(receipt_rows.rejections)

    def _read(self, ask: Callable[[Connection], _T]) -> _T:
        with self._one_at_a_time:
            return self._open_line().read(ask)

    def _write(self, do: Callable[[Connection], _T]) -> _T:
        with self._one_at_a_time:
            return self._open_line().write(do)

    def _open_line(self) -> Line:
        if self._line is None:
            raise StoreError("the store is closed")
        return self._line
