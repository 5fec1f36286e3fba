"""The store that a server keeps, spoken to over the network by the contract of every store.

Histories come page by page, so that a broken line costs one page and neither side holds more than
one beside the result.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import hoshimori
from hoshimori.errors import FormatError, StoreError
from hoshimori.formats import fact_streams
from hoshimori.formats.receipt_json import counts_from, receipt_from
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.fact_transfer import SentReading
from hoshimori.model.objects import SpaceObject
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receipts import IngestCounts, Receipt
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.store.connection import Connection, ServerLine
from hoshimori.store.contract import EVER

FACTS_PATH = "/api/v1/facts"
CONTRACT = 1
"""Raised whenever facts are asked for or answered in another way."""
_GREETING_S = 20.0
"""How long a server may take to answer at all: it may be starting, on a busy machine."""
_OBJECTS_AT_ONCE = 500
_T = TypeVar("_T")


def open_remote_store(line: ServerLine) -> RemoteStore | None:
    """Return the store that a server keeps; None where no Hoshimori answers at its address.

    Raises:
        StoreError: it refuses the key, speaks another contract, or its address cannot be trusted.
    """
    connection = Connection(line)
    try:
        greeting = connection.greet(FACTS_PATH, _GREETING_S)
        if isinstance(greeting, dict) and "contract" in greeting:
            _require_contract(greeting, connection.address)
            return RemoteStore(connection, _exercise(greeting))
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def _require_contract(greeting: Mapping[str, Any], address: str) -> None:
    if greeting["contract"] != CONTRACT:
        raise StoreError(
            f"the server at {address} runs Hoshimori {greeting.get('version', '?')}, this is "
            f"{hoshimori.__version__}, and they do not understand one another: upgrade the older "
            "and start the server again"
        )


def _exercise(greeting: Mapping[str, Any]) -> ExerciseMark | None:
    """Return the mark in a greeting; servers that know of none leave it out."""
    stated = greeting.get("exercise")
    if not stated:
        return None
    begun_utc = datetime.fromisoformat(str(stated["begun_utc"]))
    return ExerciseMark(str(stated["name"]), begun_utc.astimezone(UTC))


class RemoteStore:
    """Facts that a server keeps; made by `open_remote_store`."""

    def __init__(self, connection: Connection, exercise: ExerciseMark | None = None) -> None:
        self._connection = connection
        self._exercise = exercise

    @property
    def server(self) -> str:
        """The address of the server."""
        return self._connection.address

    @property
    def exercise(self) -> ExerciseMark | None:
        """The exercise that the server's store is of; None where it is of the real sky."""
        return self._exercise

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
        """Close the connection."""
        self._connection.close()

    def append(
        self,
        reading: Reading,
        *,
        payload: bytes,
        source: str,
        received_utc: datetime,
        reality: Reality = Reality.REAL,
    ) -> IngestCounts:
        """Have the server keep what a payload held; the payload itself stays here."""
        _moment(received_utc)
        provenance = Provenance(source, hashlib.sha256(payload).hexdigest(), reality)
        sent = SentReading(reading, provenance, len(payload), received_utc)
        content = fact_streams.write_reading(sent)
        return self._understood(
            lambda: counts_from(self._connection.send(f"{FACTS_PATH}/readings", {}, content))
        )

    def append_objects(
        self, objects: Iterable[SpaceObject], *, source: str, known_utc: datetime
    ) -> int:
        """Have the server keep what a source says of objects where it is new."""
        asked = {"source": source, "known_utc": _moment(known_utc)}
        content = fact_streams.write_objects(objects)
        return self._understood(
            lambda: int(self._connection.send(f"{FACTS_PATH}/objects", asked, content)["new"])
        )

    def newest_as_known_at(self, as_of_utc: datetime) -> ElementSets:
        """Return the newest element set of every object as known at a moment, by object."""
        page = self._stream("newest", {"as_known_at": _moment(as_of_utc)}, fact_streams.read_page)
        return page.element_sets

    def history_of(
        self,
        norad_ids: Collection[int] | None,
        *,
        as_known_at_utc: datetime,
        since_utc: datetime = EVER,
    ) -> ElementSets:
        """Return element sets with epochs from `since_utc` on, as known at a moment."""
        asked = {"as_known_at": _moment(as_known_at_utc), "since": _moment(since_utc)}
        portions = (asked | chosen for chosen in _portions(norad_ids))
        return concatenate([part for portion in portions for part in self._pages(portion)])

    def _pages(self, asked: dict[str, str]) -> Iterator[ElementSets]:
        after: int | None = 0
        while after is not None:
            page = self._stream("history", asked | {"after": str(after)}, fact_streams.read_page)
            yield page.element_sets
            if page.next_after is not None and page.next_after <= after:
                raise StoreError(f"the server at {self.server} repeats a page of history")
            after = page.next_after

    def objects_as_known_at(self, as_of_utc: datetime) -> dict[int, SpaceObject]:
        """Return what catalogues say of each object; the latest statement of each property."""
        asked = {"as_known_at": _moment(as_of_utc)}
        found = self._stream("objects", asked, fact_streams.read_objects)
        return {item.norad_id: item for item in found}

    def receipts(self) -> tuple[Receipt, ...]:
        """Return the receipt of every payload, in the order of arrival."""
        return self._understood(
            lambda: tuple(
                map(receipt_from, self._connection.ask(f"{FACTS_PATH}/receipts")["receipts"])
            )
        )

    def rejections(self) -> tuple[Rejection, ...]:
        """Return every refused record with its raw bytes, in the order of arrival."""
        return self._stream("rejections", {}, fact_streams.read_rejections)

    def copy_to(self, target: Path) -> None:
        """Have the server copy its file of facts, and write what it sends into a new file.

        Raises:
            StoreError: it may not be asked for, or did not arrive as it was sent.
        """
        self._connection.download(f"{FACTS_PATH}/file", target)

    def _stream(
        self, name: str, asked: dict[str, str], reader: Callable[[io.BufferedReader, str], _T]
    ) -> _T:
        def read(body: io.BufferedReader) -> _T:
            return reader(body, self.server)

        return self._understood(lambda: self._connection.read(f"{FACTS_PATH}/{name}", asked, read))

    def _understood(self, read: Callable[[], _T]) -> _T:
        try:
            return read()
        except (FormatError, LookupError, TypeError, ValueError) as error:
            raise StoreError(
                f"the server at {self.server} answered what cannot be read: {error}"
            ) from error


def _moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give the moment in UTC")
    return moment.astimezone(UTC).isoformat()


def _portions(norad_ids: Collection[int] | None) -> Iterator[dict[str, str]]:
    """Yield what to ask for: all objects, or so many at once as an address can name, by number."""
    if norad_ids is None:
        yield {}
        return
    ordered = sorted({int(norad_id) for norad_id in norad_ids})
    for first in range(0, len(ordered), _OBJECTS_AT_ONCE):
        yield {"objects": ",".join(map(str, ordered[first : first + _OBJECTS_AT_ONCE]))}
