"""What a server gives of its facts and takes into them, for whom, as streams.

Every question is answered for an audience: facts of bytes that it may not see are never read.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from hoshimori import __version__
from hoshimori.errors import DiskFullError, FormatError, StoreError
from hoshimori.formats import fact_streams
from hoshimori.formats.receipt_json import counts_json, receipt_json
from hoshimori.model.access import Audience, Permission, Viewer
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.fact_transfer import FactPage, SentReading
from hoshimori.model.moments import as_column_time
from hoshimori.model.provenance import Provenance, brought_source
from hoshimori.settings import Settings, marking_of
from hoshimori.store import OwnStore
from hoshimori.store.remote import CONTRACT
from hoshimori.workflows.deliveries import moment_from
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.ingest import BY_CATALOGUE, Ingested, ingest_payload

MOST_ROWS = 250_000
"""Element sets on one page of history."""
MOST_BYTES = 512 * 1024 * 1024
"""The largest delivery that is taken."""
_NO_BYTES = "0" * 64
_LONGEST_NAME = 200
_BLOCK = 1 << 20
_COPY_PREFIX = ".copy-"


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a client hears first: whether it and the server understand one another."""

    contract: int
    version: str
    exercise: ExerciseMark | None = None
    """The exercise that the facts are of; None where they are of the real sky."""


def greeting(floor: Floor) -> Greeting:
    """Return what a client hears first."""
    return Greeting(CONTRACT, __version__, floor.exercise)


@contextlib.contextmanager
def facts_of(floor: Floor, audience: Audience) -> Iterator[Facts]:
    """Give the facts of a floor as an audience may see them, for one thread."""
    with floor.store() as store:
        yield Facts(store, audience, floor.settings)


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """Facts as an audience may see them."""

    store: OwnStore
    audience: Audience
    settings: Settings

    def newest(self, as_known_at_utc: datetime) -> Iterator[bytes]:
        """Return the newest element set of every object as a stream of one page."""
        sets = self.store.newest_as_known_at(as_known_at_utc, permits=self._permits())
        return fact_streams.write_page(FactPage(sets, None))

    def history(
        self,
        norad_ids: Collection[int] | None,
        *,
        as_known_at_utc: datetime,
        since_utc: datetime,
        after: int,
    ) -> Iterator[bytes]:
        """Return one page of histories as a stream; it says where the next begins."""
        page = self.store.history_page(
            norad_ids,
            as_known_at_utc=as_known_at_utc,
            since_utc=since_utc,
            after=after,
            most_rows=MOST_ROWS,
            permits=self._permits(),
        )
        return fact_streams.write_page(page)

    def objects(self, as_known_at_utc: datetime) -> Iterator[bytes]:
        """Return what catalogues say of objects as a stream."""
        permits = self._permits()
        of_source = None if permits is None else lambda name: permits(Provenance(name, _NO_BYTES))
        found = self.store.objects_as_known_at(as_known_at_utc, permits=of_source)
        return fact_streams.write_objects(found.values())

    def receipts(self) -> dict[str, Any]:
        """Return the receipts of deliveries as a JSON value."""
        permits = self._permits() or (lambda provenance: True)
        kept = [r for r in self.store.receipts() if permits(r.provenance)]
        return {"receipts": [receipt_json(receipt) for receipt in kept]}

    def rejections(self) -> Iterator[bytes]:
        """Return the refused records with their raw bytes as a stream; of the house alone."""
        return fact_streams.write_rejections(self.store.rejections())

    def _permits(self) -> Callable[[Provenance], bool] | None:
        if self.audience.sees_the_whole_house:
            return None
        return lambda provenance: self.audience.may_see(marking_of(provenance, self.settings))


class FactsFile:
    """A copy of the file of facts at one moment, in a file without a name, to be sent."""

    def __init__(self, floor: Floor) -> None:
        """Make the copy; others may write facts meanwhile.

        Raises:
            DiskFullError: there is no room for it.
            StoreError: it is not the same.
        """
        for left in floor.folder.glob(f"{_COPY_PREFIX}*"):
            if not left.name.startswith(_own_prefix()):  # of a server that was killed
                shutil.rmtree(left, ignore_errors=True)
        with _room(), tempfile.TemporaryDirectory(dir=floor.folder, prefix=_own_prefix()) as aside:
            copy = Path(aside) / "facts.duckdb"
            with floor.store() as store:
                store.copy_to(copy)
            self._file = copy.open("rb")
        self.sha256 = hashlib.file_digest(self._file, "sha256").digest()
        self.byte_count = self._file.seek(0, io.SEEK_END)

    def parts(self) -> Iterator[bytes]:
        """Yield the bytes of the copy, once; then it is gone."""
        with self._file as file:
            file.seek(0)
            while block := file.read(_BLOCK):
                yield block


class Incoming:
    """A delivery on its way in, written to a file without a name that ends with the process."""

    def __init__(self, folder: Path) -> None:
        with _room():
            self._file = tempfile.TemporaryFile(dir=folder, prefix=".incoming-")  # noqa: SIM115
        self.byte_count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, part: bytes) -> None:
        """Take the next part.

        Raises:
            DiskFullError: there is no room for it.
        """
        with _room():
            self._file.write(part)
        self.byte_count += len(part)

    def read(self) -> io.BufferedIOBase:
        """Return the file, at its beginning."""
        with _room():
            self._file.seek(0)
        return cast(io.BufferedIOBase, self._file)


def keep_catalogue(
    floor: Floor, delivered: Incoming, *, source: str, by: Viewer, known_at: str = ""
) -> Ingested:
    """Append the bytes of a catalogue, or of a list of objects, as they were sent.

    Facts that come `by` somebody else than an administrator are called brought (`brought_source`):
    the name that is sent gives them no marking.

    Raises:
        FormatError: they are neither, or `source` or `known_at` cannot be understood.
        StoreError: the store refuses.
    """
    dated = known_at if known_at in ("", BY_CATALOGUE) else moment_from(known_at)
    with floor.writing() as store:
        ingested = ingest_payload(
            store,
            delivered.read().read(),
            source=_source(source, by),
            received_utc=as_column_time(floor.state().now_utc),
            known_at=dated or None,
        )
    floor.watch_soon()
    return ingested


def keep_reading(floor: Floor, delivered: Incoming, *, by: Viewer) -> dict[str, int]:
    """Append a reading that a client made of bytes which it keeps; return its counts as JSON.

    Its sources are called as `keep_catalogue` calls them.

    Raises:
        FormatError: it is no reading, or holds element sets of other bytes than it says.
        StoreError: the store refuses.
    """
    sent = fact_streams.read_reading(delivered.read(), "the reading sent")
    named = _named_by(sent, by)
    with floor.writing() as store:
        counts = store.append_sent(named)
    floor.watch_soon()
    return counts_json(counts)


def keep_objects(
    floor: Floor, delivered: Incoming, *, source: str, by: Viewer, known_utc: datetime
) -> dict[str, int]:
    """Append what a source says of objects; return the number of those that were new as JSON.

    The source is called as `keep_catalogue` calls it.

    Raises:
        FormatError: it is no such stream.
        StoreError: the store refuses.
    """
    objects = fact_streams.read_objects(delivered.read(), "the objects sent")
    with floor.writing() as store:
        new = store.append_objects(objects, source=_source(source, by), known_utc=known_utc)
    return {"new": new}


def _named_by(sent: SentReading, by: Viewer) -> SentReading:
    def named(provenance: Provenance) -> Provenance:
        return replace(provenance, source=_source(provenance.source, by))

    sets = sent.reading.element_sets
    renamed = replace(sets, provenances=tuple(map(named, sets.provenances)))
    reading = replace(sent.reading, element_sets=renamed)
    return replace(sent, reading=reading, provenance=named(sent.provenance))


def _source(source: str, by: Viewer) -> str:
    """Return what the source of facts that somebody brings is called."""
    if len(source) > _LONGEST_NAME or not source.isprintable():
        raise FormatError(f"expected at most {_LONGEST_NAME} printable characters", field="source")
    return source if by.may(Permission.ADMINISTER) else brought_source(source)


def _own_prefix() -> str:
    return f"{_COPY_PREFIX}{os.getpid()}-"


@contextlib.contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError("there is no room on the disk for what is sent") from None
        raise StoreError(f"what is sent cannot be written: {error.strerror or error}") from None
