"""Letters as JSON values and back: the payload that their origin signs.

Fields: ``form`` (``hoshimori-letter/1``), ``kind``, ``origin``, ``about``, ``stated_utc``,
``expires_utc``, ``marking``, ``reality``, ``content``. A value has one form: what is read is
written again and must be the same, so that nothing unread travels along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, assert_never

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.fact_items import element_set_values, element_sets_from, moment_value
from hoshimori.formats.letter_texts import Fields, octets_value
from hoshimori.formats.markings import parse_marking, write_marking
from hoshimori.formats.records import Faults, Origin, reading
from hoshimori.formats.report_fields import report_of, report_value
from hoshimori.formats.tables import FieldError
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.letters import (
    ABOUT_ANOTHER,
    AnswerContent,
    AnyContent,
    CorrectionContent,
    DossierContent,
    FactsContent,
    IncidentContent,
    KeysContent,
    Letter,
    LetterKind,
    QuestionContent,
    ReplyContent,
    ReportContent,
    RevocationContent,
    RevocationReason,
)
from hoshimori.model.markings import OPEN, Marking
from hoshimori.model.moments import as_column_time
from hoshimori.model.provenance import Reality, combined_reality

FORM = "hoshimori-letter/1"
_FORMS = "hoshimori-letter/"
MOST_FACTS = 20_000
_MOST_NAMED = 10_000
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_CODED = frozenset(kind.value for kind in LetterKind)


def is_of_another_version(value: Any) -> bool:
    """Tell whether a value is a letter of a form or kind that this version does not know."""
    if not isinstance(value, Mapping):
        return False
    form, kind = value.get("form"), value.get("kind")
    if not isinstance(form, str) or not form.startswith(_FORMS):
        return False
    return form != FORM or (isinstance(kind, str) and kind not in _CODED)


def letter_value(letter: Letter) -> dict[str, Any]:
    """Return a letter as a JSON value.

    Raises:
        FormatError: its marking cannot be written.
    """
    expires = letter.expires_utc
    return {
        "form": FORM,
        "kind": letter.kind.value,
        "origin": letter.origin,
        "about": letter.about,
        "stated_utc": moment_value(letter.stated_utc),
        "expires_utc": None if expires is None else moment_value(expires),
        "marking": write_marking(letter.marking),
        "reality": letter.reality.value,
        "content": _content_value(letter.content),
    }


def letter_from(value: Any, source: str = "letter") -> Letter:
    """Return the letter that a JSON value holds.

    Raises:
        FormatError: it holds none, a field is not as it should be, or what is in it is marked
            stricter, or is of another reality, than the letter says.
    """
    fields = Fields(value, source)
    if fields.text("form", 80) != FORM:
        raise fields.wrong("form", f"expected {FORM}")
    kind = _one_of(fields, "kind", LetterKind)
    marking = _marking(fields)
    reality = _one_of(fields, "reality", Reality)
    stated_utc = fields.moment("stated_utc")
    try:
        content = _READERS[kind](fields.within("content"), stated_utc)
    except FieldError as error:
        raise fields.wrong(f"content.{error.field}", str(error)) from None
    letter = Letter(
        origin=fields.code("origin"),
        about=fields.optional_digest("about"),
        stated_utc=stated_utc,
        expires_utc=fields.optional_moment("expires_utc"),
        marking=marking,
        reality=reality,
        content=content,
    )
    _check_whole(letter, fields)
    if letter_value(letter) != value:
        raise fields.wrong(
            "", "has fields that this form does not know, or not as they are written"
        )
    return letter


def _check_whole(letter: Letter, fields: Fields) -> None:
    """Refuse what contradicts itself: about nothing, or holding more than its marking says."""
    if (letter.about is None) == (letter.kind in ABOUT_ANOTHER):
        expected = (
            "expected the letter that it is about" if letter.about is None else "expected null"
        )
        raise fields.wrong("about", expected)
    held = letter.content
    if isinstance(held, ReportContent) and not held.report.marking.is_within(letter.marking):
        raise fields.wrong("marking", f"is more open than the report in it, {held.report.marking}")
    realities = _realities(held)
    if realities and combined_reality(realities) is not letter.reality:
        raise fields.wrong("reality", "is not that of what the letter holds")


def _realities(content: AnyContent) -> tuple[Reality, ...]:
    if isinstance(content, ReportContent):
        return (content.report.reality,)
    if isinstance(content, FactsContent):
        return tuple(p.reality for p in content.element_sets.provenances)
    return ()


def _content_value(content: AnyContent) -> dict[str, Any]:
    match content:
        case FactsContent():
            return {"element_sets": element_set_values(content.element_sets)}
        case ReportContent():
            return {"report": report_value(content.report)}
        case IncidentContent():
            return {
                "incident_id": content.incident_id,
                "objects": list(content.objects),
                "start_utc": moment_value(content.start_utc),
                "end_utc": moment_value(content.end_utc),
                "basis": list(content.basis),
                "document": content.document,
            }
        case DossierContent():
            return {"dossier": octets_value(content.data)}
        case CorrectionContent():
            return {"text": content.text, "instead": content.instead}
        case RevocationContent():
            return {"reason": content.reason.value}
        case ReplyContent() | QuestionContent() | AnswerContent():
            return {"text": content.text}
        case KeysContent():
            new = content.new_key
            return {
                "new_key": None if new is None else octets_value(new),
                "revoked": list(content.revoked),
                "vouched": list(content.vouched),
            }
        case _:
            assert_never(content)


def _facts(fields: Fields, stated_utc: datetime) -> FactsContent:
    values = fields.several("element_sets", MOST_FACTS)
    if not values:
        raise fields.wrong("element_sets", "there is none")
    for number, value in enumerate(values, start=1):
        _check_row(value, number, fields)
    sets = element_sets_from(values, "element_sets")
    _check_physics(sets, stated_utc, fields)
    return FactsContent(sets)


def _check_row(value: Any, number: int, fields: Fields) -> None:
    """Refuse what has not even the kinds of values that a row of element sets has."""
    name = f"element_sets.{number}"
    if not isinstance(value, Mapping):
        raise fields.wrong(name, "expected an object of fields")
    for text in ("source", "payload_sha256", "reality"):
        if not isinstance(value.get(text), str):
            raise fields.wrong(f"{name}.{text}", "expected a text")
    for moment in ("epoch_utc", "known_utc"):
        told = value.get(moment)
        if not isinstance(told, str) or not _MOMENT.fullmatch(told):
            raise fields.wrong(f"{name}.{moment}", "expected a moment to the microsecond, with Z")


def _check_physics(sets: ElementSets, stated_utc: datetime, fields: Fields) -> None:
    """Refuse what no reader of catalogues would let in."""
    columns = {name: getattr(sets, name) for name in COLUMNS if name != "provenance_index"}
    origin = Origin("", "0" * 64, as_column_time(stated_utc))
    names = {name: name for name in columns}
    with np.errstate(invalid="ignore"):
        read = reading(columns, None, Faults(), lambda row, _: (row + 1, b""), origin, names)
    if read.rejections:
        first = read.rejections[0]
        raise fields.wrong(f"element_sets.{first.line}.{first.field}", first.problem)
    for provenance in sets.provenances:
        told = {"source": provenance.source, "payload_sha256": provenance.payload_sha256}
        one = Fields(told, "element_sets")
        one.text("source", 500)
        one.digest("payload_sha256")


def _report(fields: Fields, _: datetime) -> ReportContent:
    value = fields.document("report")
    return ReportContent(report_of(value, marking=OPEN, reality=Reality.REAL))


def _incident(fields: Fields, _: datetime) -> IncidentContent:
    objects = fields.several("objects", _MOST_NAMED)
    if not all(type(one) is int and 0 < one < 2**53 for one in objects):
        raise fields.wrong("objects", "expected catalogue numbers")
    return IncidentContent(
        incident_id=fields.text("incident_id", 80),
        objects=tuple(objects),
        start_utc=fields.moment("start_utc"),
        end_utc=fields.moment("end_utc"),
        basis=fields.digests("basis", MOST_FACTS),
        document=fields.document("document"),
    )


def _revocation(fields: Fields, _: datetime) -> RevocationContent:
    return RevocationContent(_one_of(fields, "reason", RevocationReason))


def _keys(fields: Fields, _: datetime) -> KeysContent:
    new = None if fields.get("new_key") is None else fields.octets("new_key")
    return KeysContent(new, fields.digests("revoked", 1000), fields.digests("vouched", MOST_FACTS))


_READERS: Mapping[LetterKind, Callable[[Fields, datetime], AnyContent]] = {
    LetterKind.FACTS: _facts,
    LetterKind.REPORT: _report,
    LetterKind.INCIDENT: _incident,
    LetterKind.DOSSIER: lambda fields, _: DossierContent(fields.octets("dossier")),
    LetterKind.CORRECTION: lambda fields, _: CorrectionContent(
        fields.told("text"), fields.optional_digest("instead")
    ),
    LetterKind.REVOCATION: _revocation,
    LetterKind.REPLY: lambda fields, _: ReplyContent(fields.told("text")),
    LetterKind.QUESTION: lambda fields, _: QuestionContent(fields.told("text")),
    LetterKind.ANSWER: lambda fields, _: AnswerContent(fields.told("text")),
    LetterKind.KEYS: _keys,
}


def _marking(fields: Fields) -> Marking:
    try:
        return parse_marking(fields.text("marking", 2000))
    except FormatError as error:
        raise fields.wrong("marking", error.problem) from None


def _one_of(fields: Fields, name: str, kind: type[Any]) -> Any:
    value = fields.get(name)
    for member in kind:
        if member.value == value:
            return member
    raise fields.wrong(name, f"expected one of {', '.join(str(m.value) for m in kind)}")
