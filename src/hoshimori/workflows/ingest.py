"""Bring catalogues and lists of objects into the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.objects import read_objects
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.provenance import source_of_file
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.sources.folder import WatchedFolder
from hoshimori.store import IngestCounts, StoreContract
from hoshimori.workflows.admission import admitted, entering
from hoshimori.workflows.deliveries import catalogue_files, now_utc, read_bytes
from hoshimori.workflows.pictures import dated_by_catalogue

BY_CATALOGUE = "catalogue"
"""Stands for each file's own moment as the time from which it was known."""

_REASONS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file or delivery."""

    source: str
    counts: IngestCounts
    reasons: tuple[str, ...]
    """The first refusals, each with file, line, field and what was expected."""
    problem: str = ""
    """Why nothing of it could be read; empty where it was read."""

    @property
    def records(self) -> int:
        """All records that the file held."""
        return self.counts.new + self.counts.duplicate + self.counts.rejected


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of all files, and the sums."""

    files: tuple[Ingested, ...]
    new: int
    duplicate: int
    rejected: int
    unreadable: int
    """Files that are no catalogue."""


def report_of(files: Iterable[Ingested]) -> IngestReport:
    """Return the report on these files with its sums."""
    listed = tuple(files)
    return IngestReport(
        files=listed,
        new=sum(f.counts.new for f in listed),
        duplicate=sum(f.counts.duplicate for f in listed),
        rejected=sum(f.counts.rejected for f in listed),
        unreadable=sum(bool(f.problem) for f in listed),
    )


def ingest_files(
    store: StoreContract, paths: Iterable[Path], *, known_at: np.datetime64 | str | None = None
) -> Iterator[Ingested]:
    """Append catalogue files, and every file of folders, to the store, one after the other.

    `known_at` dates rows that state no creation date: a moment, `BY_CATALOGUE`, or None for the
    moment of receipt. A file that is no catalogue is reported and does not stop the others.

    Raises:
        SettingsError: a path does not exist.
    """
    for path in catalogue_files(paths):
        source = source_of_file(path.name)
        yield _ingested_or_refused(store, read_bytes(path), source, now_utc(), known_at)


def follow_folder(
    folder: Path,
    open_store: Callable[[], StoreContract],
    *,
    wait: Callable[[], bool],
    known_at: np.datetime64 | str | None = None,
) -> Iterator[Ingested]:
    """Append every complete file that appears in a folder, for as long as `wait` returns True.

    The store is open only while there is something to append, so that others can use it between.

    Raises:
        SourceError: the folder is gone, or a file in it cannot be read.
        StoreError: another process has the store open.
    """
    watched = WatchedFolder(folder)
    while wait():
        deliveries = list(watched.look())
        if not deliveries:
            continue
        with open_store() as store:
            for delivery in deliveries:
                received = as_column_time(delivery.received_utc)
                yield _ingested_or_refused(
                    store, delivery.payload, delivery.source, received, known_at
                )


def _ingested_or_refused(
    store: StoreContract,
    payload: bytes,
    source: str,
    received_utc: np.datetime64,
    known_at: np.datetime64 | str | None,
) -> Ingested:
    try:
        return ingest_payload(
            store, payload, source=source, received_utc=received_utc, known_at=known_at
        )
    except FormatError as error:
        return Ingested(source, IngestCounts(0, 0, 0), (), str(error))


def ingest_payload(
    store: StoreContract,
    payload: bytes,
    *,
    source: str,
    received_utc: np.datetime64,
    known_at: np.datetime64 | str | None = None,
) -> Ingested:
    """Append the bytes of one catalogue, or of one list of objects, to the store.

    In the store of an exercise everything becomes EXERCISE; in any other, element sets that are
    EXERCISE are refused, each with the reason.

    Raises:
        FormatError: the bytes are neither.
        StoreError: the store refuses.
    """
    reality = entering(store.exercise)
    try:
        reading = read_catalogue(payload, source=source, received_utc=received_utc, reality=reality)
    except FormatError as no_catalogue:
        return _ingest_objects(store, payload, source, received_utc, no_catalogue)
    reading = admitted(reading, store.exercise, source=source)
    counts = store.append(
        _dated(reading, received_utc, known_at),
        payload=payload,
        source=source,
        received_utc=as_datetime(received_utc),
        reality=reality,
    )
    return _ingested(source, counts, reading.rejections)


def _ingest_objects(
    store: StoreContract,
    payload: bytes,
    source: str,
    received_utc: np.datetime64,
    no_catalogue: FormatError,
) -> Ingested:
    """Append a list of objects; what was already said of an object counts as duplicate."""
    try:
        reading = read_objects(payload, source=source)
    except FormatError:
        raise no_catalogue from None
    moment = as_datetime(received_utc)
    new = store.append_objects(reading.objects, source=source, known_utc=moment)
    refused = Reading(NO_ELEMENT_SETS, reading.rejections)
    store.append(
        refused,
        payload=payload,
        source=source,
        received_utc=moment,
        reality=entering(store.exercise),
    )
    counts = IngestCounts(new, len(reading.objects) - new, len(reading.rejections))
    return _ingested(source, counts, reading.rejections)


def _ingested(source: str, counts: IngestCounts, refused: Sequence[Rejection]) -> Ingested:
    return Ingested(source, counts, tuple(map(str, refused[:_REASONS_SHOWN])))


def _dated(
    reading: Reading, received_utc: np.datetime64, known_at: np.datetime64 | str | None
) -> Reading:
    rows = reading.element_sets
    if known_at is None:
        return reading
    if isinstance(known_at, str):
        return replace(reading, element_sets=dated_by_catalogue(rows, received_utc))
    undated = rows.known_utc >= received_utc
    known = np.where(undated, known_at, rows.known_utc)
    return replace(reading, element_sets=replace(rows, known_utc=known))
