"""What came of an exercise as JSON and back: the looks of a machine, and what people did.

Each noun is an object of its fields, as every command prints it. What is not as it should be is
told by its place, as in ``looks.3.findings.0.kind``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeAlias, TypeVar

from hoshimori.errors import FormatError
from hoshimori.formats.json_document import as_json_value, write_json
from hoshimori.model.assessments import Label
from hoshimori.model.finding import Interval
from hoshimori.model.incidents import Attention
from hoshimori.model.rehearsals import (
    ActKind,
    CellAct,
    Look,
    Rehearsal,
    SeenFinding,
    SeenIncident,
)
from hoshimori.model.tapes import TrueEvent

Value = TypeVar("Value")
Member = TypeVar("Member", bound=Enum)
Reader: TypeAlias = Callable[["_Place"], Value]
_EXERCISE = "EXERCISE"


def write_rehearsal(rehearsal: Rehearsal) -> bytes:
    """Return a rehearsal as JSON, marked EXERCISE; the same rehearsal gives the same bytes."""
    document = {"reality": _EXERCISE, **as_json_value(rehearsal)}
    return (write_json(document) + "\n").encode()


def read_rehearsal(data: bytes, *, source: str) -> Rehearsal:
    """Return the rehearsal that `write_rehearsal` wrote.

    Raises:
        FormatError: it is none; the message names the place.
    """
    root = _opened(data, source)
    if root.get("reality").value != _EXERCISE:
        raise root.get("reality").wrong("EXERCISE: nothing else is a rehearsal")
    return Rehearsal(
        scenario_id=root.get("scenario_id").text(),
        sky=root.get("sky").text(),
        starts_utc=root.get("starts_utc").moment(),
        every_h=root.get("every_h").number(),
        numbers=root.get("numbers").by_name(lambda place: int(place.number())),
        assets=root.get("assets").several(lambda place: int(place.number())),
        truth=root.get("truth").several(_event),
        looks=root.get("looks").several(_look),
        acts=root.get("acts").several(_act),
    )


def write_look(look: Look) -> str:
    """Return a look as JSON."""
    return write_json(look)


def read_look(text: str, *, source: str) -> Look:
    """Return the look that `write_look` wrote.

    Raises:
        FormatError: it is none; the message names the place.
    """
    return _look(_opened(text.encode(), source))


def read_acts(data: bytes, *, source: str) -> tuple[CellAct, ...]:
    """Return what cells did, from a JSON list of acts.

    Raises:
        FormatError: an act is not as it should be; the message names the place.
    """
    return _opened(data, source).several(_act)


def _opened(data: bytes, source: str) -> _Place:
    try:
        return _Place(json.loads(data), "", source)
    except ValueError as error:
        raise FormatError(f"is no JSON: {error}", source=source) from error


class _Place:
    """A value of a document with where it stands."""

    def __init__(self, value: Any, path: str, source: str) -> None:
        self.value = value
        self._path, self._source = path, source

    def wrong(self, expected: str) -> FormatError:
        """Return the error that names this place."""
        shown = json.dumps(self.value, ensure_ascii=False)[:60]
        return FormatError(f"{shown}: expected {expected}", source=self._source, field=self._path)

    def get(self, name: str) -> _Place:
        """Return a field of an object."""
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        if name not in self.value:
            path = f"{self._path}.{name}" if self._path else name
            raise FormatError("is missing", source=self._source, field=path)
        return self._within(self.value[name], name)

    def text(self) -> str:
        """Return a text."""
        if not isinstance(self.value, str):
            raise self.wrong("a text")
        return self.value

    def number(self) -> float:
        """Return a finite number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.wrong("a number")
        return float(self.value)

    def truth(self) -> bool:
        """Return yes or no."""
        if not isinstance(self.value, bool):
            raise self.wrong("true or false")
        return self.value

    def moment(self) -> datetime:
        """Return a moment in UTC."""
        try:
            moment = datetime.fromisoformat(self.text())
        except ValueError:
            raise self.wrong("a moment, as in 2026-01-01T00:00:00Z") from None
        if moment.tzinfo is None:
            raise self.wrong("a moment that ends with Z")
        return moment.astimezone(UTC)

    def one_of(self, kind: type[Member]) -> Member:
        """Return the member of an enumeration by the word that JSON has for it."""
        known: dict[str, Member] = {as_json_value(member): member for member in kind}
        if self.value not in known:
            raise self.wrong(f"one of {', '.join(known)}")
        return known[self.value]

    def several(self, read: Reader[Value]) -> tuple[Value, ...]:
        """Return the elements of a list."""
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        return tuple(read(self._within(one, str(n))) for n, one in enumerate(self.value))

    def by_name(self, read: Reader[Value]) -> dict[str, Value]:
        """Return the values of an object by name."""
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        return {name: read(self._within(one, name)) for name, one in self.value.items()}

    def optional(self, read: Reader[Value]) -> Value | None:
        """Return a value, or None for null."""
        return None if self.value is None else read(self)

    def _within(self, value: Any, name: str) -> _Place:
        return _Place(value, f"{self._path}.{name}" if self._path else name, self._source)


def _event(place: _Place) -> TrueEvent:
    return TrueEvent(
        inject_id=place.get("inject_id").text(),
        kind=place.get("kind").text(),
        objects=_numbers(place.get("objects")),
        from_utc=place.get("from_utc").moment(),
        to_utc=place.get("to_utc").moment(),
        measures=place.get("measures").by_name(_Place.number),
        observable_utc=place.get("observable_utc").moment(),
        public_utc=place.get("public_utc").optional(_Place.moment),
    )


def _look(place: _Place) -> Look:
    return Look(
        as_of_utc=place.get("as_of_utc").moment(),
        findings=place.get("findings").several(_finding),
        incidents=place.get("incidents").several(_incident),
        failed=place.get("failed").several(_Place.text),
    )


def _finding(place: _Place) -> SeenFinding:
    return SeenFinding(
        finding_id=place.get("finding_id").text(),
        kind=place.get("kind").text(),
        objects=_numbers(place.get("objects")),
        start_utc=place.get("start_utc").moment(),
        end_utc=place.get("end_utc").moment(),
        trait=place.get("trait").text(),
        parents=_numbers(place.get("parents")),
        measures=_intervals(place.get("measures")),
        is_of_the_sky=place.get("is_of_the_sky").truth(),
    )


def _incident(place: _Place) -> SeenIncident:
    return SeenIncident(
        incident_id=place.get("incident_id").text(),
        objects=_numbers(place.get("objects")),
        finding_ids=place.get("finding_ids").several(_Place.text),
        attention=place.get("attention").one_of(Attention),
        label=place.get("label").optional(lambda one: one.one_of(Label)),
        groups=_intervals(place.get("groups")),
        wording=place.get("wording").several(_Place.text),
    )


def _act(place: _Place) -> CellAct:
    return CellAct(
        cell=place.get("cell").text(),
        kind=place.get("kind").one_of(ActKind),
        at_utc=place.get("at_utc").moment(),
        subject=place.get("subject").text(),
        value=place.get("value").text(),
    )


def _numbers(place: _Place) -> tuple[int, ...]:
    return place.several(lambda one: int(one.number()))


def _intervals(place: _Place) -> Mapping[str, Interval]:
    return place.by_name(_interval)


def _interval(place: _Place) -> Interval:
    low, best, high = (place.get(name).number() for name in ("low", "best", "high"))
    try:
        return Interval(low, best, high)
    except ValueError:
        raise place.wrong("low <= best <= high") from None
