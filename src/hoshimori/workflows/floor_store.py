"""The store of a floor: many threads read, one writes, and a full disk loses nothing."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hoshimori.errors import DiskFullError, FormatError, StoreError
from hoshimori.model.floor import DiskState
from hoshimori.model.moments import as_column_time
from hoshimori.store import IngestCounts, OwnStore, free_mib, is_disk_full
from hoshimori.workflows.admission import entering
from hoshimori.workflows.ingest import Ingested, ingest_payload

FreeMib = Callable[[Path], float]


@dataclass(frozen=True, slots=True)
class Delivered:
    """Bytes of a catalogue that came, on their way to the store."""

    source: str
    payload: bytes
    received_utc: datetime


class FloorStore:
    """The open store of a floor, shared between threads.

    Nothing is written where the disk has less room than `least_free_mib`, or once a write found
    it full: what comes then waits in memory, up to `most_waiting_mib`, and is kept, in the order
    in which it came, once there is room.
    """

    def __init__(
        self,
        open_store: Callable[[], OwnStore],
        folder: Path,
        *,
        least_free_mib: float,
        most_waiting_mib: float = 1024.0,
        free: FreeMib = free_mib,
    ) -> None:
        self._open = open_store
        self._folder = folder
        self._least_free_mib = least_free_mib
        self._most_waiting_mib = most_waiting_mib
        self._free = free
        self._store: OwnStore | None = open_store()
        self.exercise = self._store.exercise
        """The exercise that the store is of; None where it is of the real sky."""
        self._writing = threading.RLock()
        self._changed = threading.Condition()
        self._readers = 0
        self._full_since_utc: datetime | None = None
        self._waiting: deque[Delivered] = deque()

    def close(self) -> None:
        """Wait for the write that runs, then close the file."""
        with self._writing, self._changed:
            if self._store is not None:
                self._store.close()
                self._store = None

    @contextlib.contextmanager
    def reading(self) -> Iterator[OwnStore]:
        """Give a store of one's own to read from, while another thread may write.

        Raises:
            StoreError: the floor is closed.
        """
        with self._changed:
            if self._store is None:
                raise StoreError("the floor has closed its store")
            beside = self._store.beside()
            self._readers += 1
        try:
            yield beside
        finally:
            beside.close()
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()

    @contextlib.contextmanager
    def writing(self, now_utc: datetime) -> Iterator[OwnStore]:
        """Give the store to append to, to one thread at a time.

        Raises:
            DiskFullError: there is no room; nothing of it was kept.
        """
        with self._writing:
            if self._store is None:
                raise StoreError("the floor has closed its store")
            if not self.has_room(now_utc):
                raise DiskFullError("there is no room on the disk: nothing is written")
            try:
                yield self._store
            except StoreError as error:
                if not self.is_full_error(error, now_utc):
                    raise
                self._reopen()
                raise DiskFullError("there is no room on the disk: nothing was kept") from error

    def has_room(self, now_utc: datetime) -> bool:
        """Look whether there is room to write, and remember since when there is none."""
        is_full = self._free(self._folder) < self._least_free_mib
        if is_full and self._full_since_utc is None:
            self._full_since_utc = now_utc
        if not is_full:
            self._full_since_utc = None
        return not is_full

    def is_full_error(self, error: BaseException, now_utc: datetime) -> bool:
        """Tell whether an error of any file beside the store says that the disk is full."""
        if not is_disk_full(error):
            return False
        self._full_since_utc = self._full_since_utc or now_utc
        return True

    def keep(self, delivered: Delivered, now_utc: datetime) -> Ingested:
        """Bring what came into the store; where there is no room it waits.

        Raises:
            DiskFullError: it waits for room; nothing of it is lost.
            StoreError: it cannot be kept for another reason; or the disk is full and more waits
                than may.
        """
        with self._writing:
            if self._waiting or not self.has_room(now_utc):
                self._hold(delivered)
                raise DiskFullError(f"{delivered.source} waits for room on the disk")
            try:
                return self._ingested(delivered)
            except StoreError as error:
                if not self.is_full_error(error, now_utc):
                    raise
                self._hold(delivered)
                self._reopen()
                raise DiskFullError(f"{delivered.source} waits for room on the disk") from error

    def keep_waiting(self, now_utc: datetime) -> tuple[Ingested, ...]:
        """Bring what waits into the store, as far as there is room, in the order it came."""
        done: list[Ingested] = []
        with self._writing:
            while self._waiting and self.has_room(now_utc):
                try:
                    done.append(self._ingested(self._waiting[0]))
                except StoreError as error:
                    if not self.is_full_error(error, now_utc):
                        raise
                    self._reopen()
                    break
                self._waiting.popleft()
        return tuple(done)

    @property
    def waits(self) -> bool:
        """Whether something waits for room."""
        return bool(self._waiting)

    def disk(self) -> DiskState:
        """Return how much room there is and what waits for it."""
        waiting = tuple(self._waiting)
        return DiskState(
            free_mib=self._free(self._folder),
            is_full=self._full_since_utc is not None,
            since_utc=self._full_since_utc,
            waiting=len(waiting),
            waiting_mib=sum(len(one.payload) for one in waiting) / 1024**2,
        )

    def _hold(self, delivered: Delivered) -> None:
        held_mib = sum(len(one.payload) for one in self._waiting) / 1024**2
        if held_mib + len(delivered.payload) / 1024**2 > self._most_waiting_mib:
            raise StoreError(
                f"{delivered.source}: the disk is full and {held_mib:,.0f} MiB wait for room; "
                "make room and ask for it again"
            )
        self._waiting.append(delivered)

    def _ingested(self, delivered: Delivered) -> Ingested:
        """Append one delivery; what is no catalogue is refused for good, and says so."""
        if self._store is None:
            raise StoreError("the floor has closed its store")
        if self._store.has_receipt(delivered.payload, delivered.source, entering(self.exercise)):
            return Ingested(delivered.source, IngestCounts(0, 0, 0), ())
        try:
            return ingest_payload(
                self._store,
                delivered.payload,
                source=delivered.source,
                received_utc=as_column_time(delivered.received_utc),
            )
        except FormatError as error:
            return Ingested(delivered.source, IngestCounts(0, 0, 0), (), str(error))

    def _reopen(self) -> None:
        """Open the file anew: a write that found no room makes DuckDB refuse everything after.

        All who read must be done: while one connection lives, DuckDB hands out the old database.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._readers == 0, timeout=60.0)
            if self._store is not None:
                with contextlib.suppress(StoreError):
                    self._store.close()
                self._store = None
            self._store = self._open()
