"""What every store of facts does, whether this process keeps it or a server does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from hoshimori.model.elements import ElementSets
from hoshimori.model.exercise_stores import ExerciseMark, require_belongs
from hoshimori.model.fact_transfer import FactPage, SentReading
from hoshimori.model.objects import SpaceObject
from hoshimori.model.provenance import Reality
from hoshimori.model.receipts import IngestCounts, Receipt
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.store.claims import Permits

EVER = datetime(1, 1, 1, tzinfo=UTC)
"""A moment before every fact."""


def naive_utc(moment: datetime) -> datetime:
    """Return a moment as columns hold it, in UTC and without saying so.

    Raises:
        ValueError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give the moment in UTC")
    return moment.astimezone(UTC).replace(tzinfo=None)


def require_may_be_kept(sent: SentReading, exercise: ExerciseMark | None) -> None:
    """Refuse a reading without a moment, or of another reality than that of the store.

    Raises:
        ValueError: when it was received has no time zone.
        ReleaseError: it is of an exercise and the store is not, or the other way round.
    """
    naive_utc(sent.received_utc)
    for provenance in (sent.provenance, *sent.reading.element_sets.provenances):
        require_belongs(provenance.reality, exercise, f"what {provenance.source} delivers")


class StoreContract(Protocol):
    """Facts, append-only and bi-temporal, opened; use it in a `with` statement.

    Every method raises StoreError where the store cannot answer, and says why. Moments need a time
    zone (ValueError). A method that appends does all or nothing, whenever it is killed.
    """

    @property
    def server(self) -> str:
        """The address of the server that keeps the facts and fetches new ones; empty where none."""

    @property
    def exercise(self) -> ExerciseMark | None:
        """The exercise that it is of; None where it is of the real sky."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def close(self) -> None:
        """Let go of it."""

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

    def append_objects(
        self, objects: Iterable[SpaceObject], *, source: str, known_utc: datetime
    ) -> int:
        """Keep what a source says of objects where it differs from what it said before.

        Returns the number of objects of which something was new.
        """

    def newest_as_known_at(self, as_of_utc: datetime) -> ElementSets:
        """Return the newest element set of every object as known at a moment, by object.

        Newest is the latest epoch; of several with this epoch, the one that became known last.
        """

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

    def objects_as_known_at(self, as_of_utc: datetime) -> dict[int, SpaceObject]:
        """Return what catalogues say of each object; the latest statement of each property."""

    def receipts(self) -> tuple[Receipt, ...]:
        """Return the receipt of every payload, in the order of arrival."""

    def rejections(self) -> tuple[Rejection, ...]:
        """Return every refused record with its raw bytes, in the order of arrival."""


class OwnStore(StoreContract, Protocol):
    """A store that this process reads and writes itself, in a file or a database.

    Threads have one each (`beside`): they read at once; what they append comes one after the
    other. Where `permits` is given, only facts of bytes, or of sources, that it permits are
    looked at.
    """

    def beside(self) -> OwnStore:
        """Return the same store for another thread of this process; each is closed by itself."""

    def copy_to(self, target: Path) -> None:
        """Copy everything into a new file, as it is at this moment; others may write meanwhile."""

    def has_receipt(self, payload: bytes, source: str, reality: Reality = Reality.REAL) -> bool:
        """Tell whether these bytes of a source came before; then nothing in them is new."""

    def append_sent(self, sent: SentReading) -> IngestCounts:
        """Keep a reading whose bytes stayed elsewhere, as `append` does."""

    def newest_as_known_at(
        self, as_of_utc: datetime, *, permits: Permits | None = None
    ) -> ElementSets:
        """Return the newest element set of every object as known at a moment, by object."""

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

    def objects_as_known_at(
        self, as_of_utc: datetime, *, permits: Callable[[str], bool] | None = None
    ) -> dict[int, SpaceObject]:
        """Return what catalogues say of each object; the latest statement of each property."""
