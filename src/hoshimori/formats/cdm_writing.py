"""Conjunction Data Messages written in KVN, XML and JSON, so that reading gives the same nouns.

Kilometres become metres by moving the decimal point; every number has the fewest digits that name
it exactly, moments have microseconds.  What a message does not state is left out.  Radii and the
data mode go into comments, because version 1.0 has no keywords for them.  `FormatError` is raised
for what a CDM cannot carry: objects without states, and texts that would not come back.

Source: CCSDS 508.0-B-1, sections 3 to 5; CCSDS 505.0-B-3.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats import cdm_names as names
from hoshimori.formats.cdm_keywords import (
    COVARIANCE,
    METRES_TO_KILOMETRES,
    PLACE,
    SECTION_OF,
    UNIT,
)
from hoshimori.formats.epochs import format_epochs
from hoshimori.formats.statements import COMMENT, USER_DEFINED, USER_KEYWORD, exact, printable
from hoshimori.model.conjunction_message import ConjunctionMessage, ConjunctionObject
from hoshimori.model.messages import Entry
from hoshimori.model.provenance import Reality

_WIDTH = 32
_TOLD_BY_FIELDS = frozenset(names.used())
_USER_SECTION = "userDefinedParameters"
_XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_XML_NAMESPACE = (
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:noNamespaceSchemaLocation="http://sanaregistry.org/r/ndmxml/ndmxml-1.0-master.xsd"'
)
_IN_DATA = ("odParameters", "additionalParameters", "stateVector", "covarianceMatrix")


def write_cdm_kvn(message: ConjunctionMessage) -> bytes:
    """Return a message in KVN; raise `FormatError` where it cannot be carried."""
    lines = list(_kvn_part(_about_encounter(message), _message_comments(message), "TCA"))
    for number, item in enumerate((message.object1, message.object2), 1):
        entries = _about_object(item, number)
        lines += _kvn_part(entries, _object_comments(item), "OBJECT_DESIGNATOR")
    return ("\n".join(lines) + "\n").encode("utf-8")


def write_cdms_kvn(messages: Sequence[ConjunctionMessage]) -> bytes:
    """Return messages in KVN, one after another in one file."""
    return b"".join(map(write_cdm_kvn, messages))


def write_cdms_xml(messages: Sequence[ConjunctionMessage]) -> bytes:
    """Return messages in XML: one as it is, several in an ``ndm``. Source: CCSDS 505.0-B-3."""
    written = [write_cdm_xml(message).decode("utf-8") for message in messages]
    if len(written) == 1:
        return written[0].encode("utf-8")
    head = f"{_XML_HEAD}\n<ndm {_XML_NAMESPACE}>\n"
    bare = (one.removeprefix(_XML_HEAD).replace(f" {_XML_NAMESPACE}", "", 1) for one in written)
    return (head + "".join(one.lstrip() for one in bare) + "</ndm>\n").encode("utf-8")


def write_cdms_json(messages: Sequence[ConjunctionMessage]) -> bytes:
    """Return messages in the JSON that Space-Track delivers: a list of flat records of texts."""
    records = [dict(_json_record(message)) for message in messages]
    return json.dumps(records, ensure_ascii=False, indent=1).encode("utf-8")


def _json_record(message: ConjunctionMessage) -> Iterator[tuple[str, str]]:
    yield from _json_part("", _about_encounter(message), _message_comments(message))
    for number, item in enumerate((message.object1, message.object2), 1):
        yield from _json_part(f"SAT{number}_", _about_object(item, number), _object_comments(item))


def _json_part(prefix: str, entries: list[Entry], comments: list[str]) -> Iterator[tuple[str, str]]:
    for number, comment in enumerate(comments, 1):
        yield f"{prefix}{COMMENT}_{number}", comment
    for entry in entries:
        yield prefix + entry.keyword, entry.value
        if entry.unit:
            yield f"{prefix}{entry.keyword}_UNIT", entry.unit


def write_cdm_xml(message: ConjunctionMessage) -> bytes:
    """Return a message in XML; raise `FormatError` where it cannot be carried."""
    entries = _about_encounter(message)
    header = [e for e in entries if SECTION_OF.get(e.keyword) == "header"][1:]
    relative = [e for e in entries if SECTION_OF.get(e.keyword) == "relativeMetadataData"]
    lines = [
        _XML_HEAD,
        f'<cdm {_XML_NAMESPACE} id="CCSDS_CDM_VERS" version="{entries[0].value}">',
        *_group("header", map(_element, header)),
        "<body>",
        *_group(
            "relativeMetadataData",
            [*_xml_comments(_message_comments(message)), *_xml_relative(relative)],
        ),
    ]
    for number, item in enumerate((message.object1, message.object2), 1):
        lines += _xml_segment(_about_object(item, number), _object_comments(item))
    return "\n".join([*lines, "</body>", "</cdm>", ""]).encode("utf-8")


def _about_encounter(message: ConjunctionMessage) -> list[Entry]:
    values = names.values_of(message, names.MESSAGE)
    values |= names.values_of(message.screening, names.SCREENING)
    return _entries(values, message.further)


def _about_object(item: ConjunctionObject, number: int) -> list[Entry]:
    if item.state is None:
        raise FormatError(f"object {item.designator} has no state: a CDM must state it", field="X")
    values = {"OBJECT": f"OBJECT{number}"} | names.values_of(item, names.OBJECT)
    values["MANEUVERABLE"] = "N/A" if item.manoeuvrable is None else item.manoeuvrable
    for noun, table in (
        (item.force_model, names.FORCE_MODEL),
        (item.orbit_determination, names.ORBIT_DETERMINATION),
        (item.body, names.BODY),
        (item.state, names.STATE_AT_TCA),
    ):
        values |= names.values_of(noun, table)
    rows = enumerate(item.state.covariance_rtn_km2)
    triangle = [value for n, row in rows for value in row[: n + 1]]
    values |= dict(zip(COVARIANCE, triangle, strict=True))
    return _entries(values, item.further)


def _entries(values: dict[str, Any], further: Iterable[Entry]) -> list[Entry]:
    """Return what is stated, in the order of the standard."""
    stated = [
        Entry(keyword, _text(keyword, value), UNIT[keyword])
        for keyword, value in values.items()
        if value is not None
    ]
    for entry in further:
        _check_entry(entry)
    last = len(PLACE)
    return sorted([*stated, *further], key=lambda e: PLACE.get(e.keyword, last))


def _check_entry(entry: Entry) -> None:
    known = entry.keyword in PLACE and entry.keyword not in _TOLD_BY_FIELDS
    if not (known or USER_KEYWORD.fullmatch(entry.keyword)):
        raise FormatError(
            "expected a keyword of a CDM that no field tells", field=entry.keyword[:40]
        )
    printable(entry.keyword, entry.value)


def _text(keyword: str, value: Any) -> str:
    match value:
        case bool():
            return "YES" if value else "NO"
        case np.datetime64():
            return format_epochs(np.array([value]))[0]
        case int():
            return str(value)
        case float():
            return _moved(value, -METRES_TO_KILOMETRES.get(keyword, 0), keyword)
        case _:
            return printable(keyword, str(value))


def _moved(value: float, places: int, keyword: str) -> str:
    """Return a number with its decimal point moved to the right."""
    digits = exact(value, keyword)
    if not places:
        return digits
    moved = Decimal(digits).scaleb(places)
    return f"{moved:f}" if -4 <= moved.adjusted() < 16 else str(moved)


def _message_comments(message: ConjunctionMessage) -> list[str]:
    told = []
    if message.hard_body_radius_km is not None:
        told.append(f"HBR = {_moved(message.hard_body_radius_km, 3, 'HBR')} [m]")
    if message.reality is not Reality.REAL:
        told.append(f"DATA_MODE = {message.reality.value}")
    return _checked([*told, *message.comments])


def _object_comments(item: ConjunctionObject) -> list[str]:
    told = []
    if item.hard_body_radius_km is not None:
        radius_m = _moved(item.hard_body_radius_km, 3, "HBR")
        told.append(f"Operator Hard Body Radius = {radius_m} [m]")
    if item.exclusion_radius_km is not None:
        radius_m = _moved(item.exclusion_radius_km, 3, "EXCLUSION_VOLUME_RADIUS")
        told.append(f"Exclusion Volume Radius = {radius_m} [m]")
    return _checked([*told, *item.comments])


def _checked(comments: list[str]) -> list[str]:
    for comment in comments:
        printable(COMMENT, comment)
        if comment.startswith("="):
            raise FormatError(f"{comment[:40]!r}: a comment begins with no =", field=COMMENT)
    return comments


def _kvn_part(entries: list[Entry], comments: list[str], before: str) -> Iterator[str]:
    """Give the lines of a part, its comments before the keyword that is given."""
    for entry in entries:
        if entry.keyword == before:
            yield from (f"{COMMENT} {comment}" for comment in comments)
        unit = f" [{entry.unit}]" if entry.unit else ""
        yield f"{entry.keyword:<{_WIDTH}} = {entry.value}{unit}"


def _xml_segment(entries: list[Entry], comments: list[str]) -> Iterator[str]:
    sections: dict[str, list[str]] = {
        section: [_element(entry) for entry in group]
        for section, group in groupby(entries, lambda e: SECTION_OF.get(e.keyword, _USER_SECTION))
    }
    yield "<segment>"
    yield from _group("metadata", sections["metadata"])
    yield "<data>"
    yield from _xml_comments(comments)
    for section in (*_IN_DATA, _USER_SECTION):
        if section in sections:
            yield from _group(section, sections[section])
    yield from ("</data>", "</segment>")


def _xml_relative(entries: list[Entry]) -> Iterator[str]:
    """Give the elements of the encounter; the relative state is a group of its own."""
    for state, group in groupby(
        entries, lambda e: e.keyword.startswith(("RELATIVE_POSITION", "RELATIVE_VELOCITY"))
    ):
        elements = map(_element, group)
        yield from _group("relativeStateVector", elements) if state else elements


def _group(name: str, elements: Iterable[str]) -> Iterator[str]:
    yield f"<{name}>"
    yield from elements
    yield f"</{name}>"


def _xml_comments(comments: list[str]) -> list[str]:
    return [f"<{COMMENT}>{escape(comment)}</{COMMENT}>" for comment in comments]


def _element(entry: Entry) -> str:
    if entry.keyword.startswith(USER_DEFINED):
        name = quoteattr(entry.keyword.removeprefix(USER_DEFINED))
        return f"<USER_DEFINED parameter={name}>{escape(entry.value)}</USER_DEFINED>"
    unit = f' units="{entry.unit}"' if entry.unit else ""
    return f"<{entry.keyword}{unit}>{escape(entry.value)}</{entry.keyword}>"
