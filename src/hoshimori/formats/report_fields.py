"""The fields of one report, whatever file it stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any, TypeVar

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.markings import parse_marking, write_marking
from hoshimori.formats.namespaces import is_object_id
from hoshimori.formats.radio_fields import RADIO, radio_of, radio_value
from hoshimori.formats.tables import FieldError
from hoshimori.model.digest import report_digest
from hoshimori.model.markings import Marking
from hoshimori.model.provenance import Reality, combined_reality
from hoshimori.model.reports import (
    NOT_COUNTED,
    Credibility,
    Grade,
    OperatorReport,
    Reliability,
    Statement,
)

REQUIRED = ("statement", "start_utc", "known_utc", "source", "text")
FIELDS = (
    "statement",
    "objects",
    "start_utc",
    "end_utc",
    "known_utc",
    "source",
    "source_chain",
    "grade",
    "text",
    "reference",
    "marking",
    "reality",
    RADIO,
)
DETECTOR = "operator_reports/1"

_NOT_TEXT = re.compile(
    # Control characters, half characters, and what turns the direction of the text around it.
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
Kind = TypeVar("Kind", bound=Enum)

_LONGEST_TEXT = 10_000
_LONGEST_NAME = 500
_MOST_OBJECTS = 10_000
_SHOWN = 60


def report_of(values: Mapping[str, Any], *, marking: Marking, reality: Reality) -> OperatorReport:
    """Return the report that the fields of one record state.

    `marking` is that of a record that states none; `reality` cannot be undone by the record.

    Raises:
        FieldError: naming the field, for what is missing, unknown or not what a field expects.
    """
    for name in values:
        if name not in FIELDS:
            raise FieldError(_shown(name), f"unknown field; expected one of {', '.join(FIELDS)}")
    for name in REQUIRED:
        if name not in values:
            raise FieldError(name, "missing; every report needs it")
    start_utc = _moment(values, "start_utc")
    end_utc = _moment(values, "end_utc") if "end_utc" in values else start_utc
    if end_utc < start_utc:
        raise FieldError("end_utc", f"{end_utc.isoformat()} is before start_utc")
    known_utc = _moment(values, "known_utc")
    statement = _choice(values, "statement", Statement)
    source = _name(values, "source")
    chain = _name(values, "source_chain") if "source_chain" in values else source
    grade = _grade(values)
    text = _words(values, "text")
    reference = _line(values, "reference")
    objects = _objects(values)
    stated = _choice(values, "reality", Reality) if "reality" in values else Reality.REAL
    real = combined_reality((stated, reality))
    radio = radio_of(values, statement, line=_line, moment=_moment)
    digest = report_digest(
        statement=statement,
        objects=objects,
        moments_utc=(start_utc, end_utc, known_utc),
        source=source,
        source_chain=chain,
        grade=grade,
        text=text,
        reference=reference,
        reality=real,
        radio=radio,
    )
    return OperatorReport(
        finding_id=digest,
        detector=DETECTOR,
        objects=objects,
        start_utc=start_utc,
        end_utc=end_utc,
        base_rate=NOT_COUNTED,
        confidence=grade.confidence(),
        confidence_because=f"stated, not measured; graded {grade}",
        basis=(digest,),
        reality=real,
        statement=statement,
        source=source,
        source_chain=chain,
        grade=grade,
        text=text,
        reference=reference,
        known_utc=known_utc,
        marking=_marking(values) if "marking" in values else marking,
        radio=radio,
    )


def report_value(report: OperatorReport) -> dict[str, Any]:
    """Return a report as one JSON value that `report_of` reads back; empty fields stay out.

    Raises:
        FormatError: its marking cannot be written.
    """
    value = {
        "statement": report.statement.name.lower(),
        "objects": list(report.objects),
        "start_utc": _written_moment(report.start_utc),
        "end_utc": _written_moment(report.end_utc),
        "known_utc": _written_moment(report.known_utc),
        "source": report.source,
        "source_chain": report.source_chain,
        "grade": str(report.grade),
        "text": report.text,
        "reference": report.reference,
        "marking": write_marking(report.marking),
        "reality": report.reality.value,
        RADIO: radio_value(report.radio),
    }
    return {name: told for name, told in value.items() if told not in ("", [], {})}


def _written_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def parse_grade(text: str) -> Grade:
    """Return an Admiralty grade written as letter and digit.

    Raises:
        FormatError: the text is no such grade.

    >>> parse_grade("b2").reliability
    <Reliability.USUALLY: 'B'>
    """
    found = re.fullmatch(r"([A-F])([1-6])", text.strip().upper(), re.ASCII)
    if not found:
        raise FormatError(
            f"{_shown(text)!r}: expected an Admiralty grade, A to F (source) and 1 to 6 (content),"
            " as in B2"
        )
    return Grade(Reliability(found[1]), Credibility(int(found[2])))


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _line(values: Mapping[str, Any], name: str, longest: int = _LONGEST_NAME) -> str:
    """Return text without control characters, stripped; empty where the field is left out."""
    value = values.get(name, "")
    if not isinstance(value, str):
        raise FieldError(name, f"{_shown(value)!r}: expected text in quotes")
    if len(value) > longest:
        raise FieldError(name, f"{len(value):,} characters: expected at most {longest:,}")
    if _NOT_TEXT.search(value):
        raise FieldError(name, "control characters: expected printable text")
    return value.strip()


def _name(values: Mapping[str, Any], name: str) -> str:
    text = _line(values, name)
    if not text:
        raise FieldError(name, "empty; say who states it, as written")
    return text


def _words(values: Mapping[str, Any], name: str) -> str:
    """Return what was said, in one line: breaks of lines and tabs are spaces."""
    value = values[name]
    if isinstance(value, str):
        value = " ".join(re.split(r"[ \t\r\n]+", value))
    text = _line({name: value}, name, _LONGEST_TEXT)
    if not text:
        raise FieldError(name, "empty; give what was said, quoted or in short")
    return text


def _moment(values: Mapping[str, Any], name: str) -> datetime:
    value = values[name]
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip()) if len(value.strip()) > 10 else None
        except ValueError:
            value = None
    if not isinstance(value, datetime):
        shown = value.isoformat() if isinstance(value, date) else _shown(values[name])
        raise FieldError(name, f"{shown!r}: expected a moment in UTC, as in 2025-03-03T12:00:00Z")
    moment = value if value.tzinfo else value.replace(tzinfo=UTC)
    if moment.utcoffset() != timedelta(0):
        raise FieldError(name, f"{value.isoformat()}: expected UTC, with Z at the end")
    if moment.year < 1957:
        raise FieldError(name, f"{value.isoformat()}: expected a moment from 1957 on")
    return moment.astimezone(UTC)


def _choice(values: Mapping[str, Any], name: str, kinds: type[Kind]) -> Kind:
    """Return the member that a text names, by its name or by its value, capitals or not."""
    value = values[name]
    wanted = _one_word(value) if isinstance(value, str) else None
    for kind in kinds:
        if wanted in (kind.name.lower(), _one_word(str(kind.value))):
            return kind
    known = ", ".join(kind.name.lower() for kind in kinds)
    raise FieldError(name, f"{_shown(value)!r}: expected one of {known}")


def _one_word(text: str) -> str:
    return re.sub(r"\W+", "_", text.strip().lower())


def _grade(values: Mapping[str, Any]) -> Grade:
    value = values.get("grade", "F6")
    if not isinstance(value, str):
        raise FieldError("grade", f"{_shown(value)!r}: expected text in quotes, as in B2")
    try:
        return parse_grade(value)
    except FormatError as error:
        raise FieldError("grade", error.problem) from None


def _marking(values: Mapping[str, Any]) -> Marking:
    value = values["marking"]
    if not isinstance(value, str):
        raise FieldError("marking", f"{_shown(value)!r}: expected text, as in TLP:GREEN")
    try:
        return parse_marking(value)
    except FormatError as error:
        raise FieldError("marking", error.problem) from None


def _objects(values: Mapping[str, Any]) -> tuple[int, ...]:
    value = values.get("objects", [])
    if not isinstance(value, list):
        raise FieldError("objects", f"{_shown(value)!r}: expected a list, as in [44476, 55841]")
    if len(value) > _MOST_OBJECTS:
        raise FieldError("objects", f"{len(value):,} objects: expected at most {_MOST_OBJECTS:,}")
    for item in value:
        if isinstance(item, bool) or not isinstance(item, int):
            raise FieldError("objects", f"{_shown(item)!r}: expected catalogue numbers")
        if not 0 < item < 1 << 62 or not is_object_id(np.array([item]))[0]:
            raise FieldError("objects", f"{_shown(item)}: expected a catalogue number")
    if len(set(value)) != len(value):
        raise FieldError("objects", "an object is named twice; name each once, the asset first")
    return tuple(value)
