"""Conjunction Data Messages: KVN, XML and Space-Track's JSON, read into nouns in kilometres.

Accepted are CCSDS 508.0-B-1 and, as far as operators' systems write it already, the draft of
version 2.0; gzip and zip files are unpacked.  What the nouns have no field for is carried along as
it was written (`further`, `comments`), so that writing loses nothing.  Metres become kilometres by
moving the decimal point, not by a division: what is written is read back exactly.

The hard-body radius and the exclusion volume have no keyword in version 1.0; they are taken from
the comments in which NASA CARA and Space-Track state them, in metres.

Source: CCSDS 508.0-B-1, sections 3 to 6.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.formats import cdm_names as names
from hoshimori.formats.cdm_json import json_records, json_statements
from hoshimori.formats.cdm_keywords import (
    COVARIANCE,
    MANDATORY_OF_MESSAGE,
    MANDATORY_OF_OBJECT,
    OF_MESSAGE,
    SECTION_OF,
)
from hoshimori.formats.cdm_kvn import kvn_messages
from hoshimori.formats.cdm_statements import Part, Statements
from hoshimori.formats.cdm_xml import xml_statements
from hoshimori.formats.encodings import as_utf8
from hoshimori.formats.packing import LARGEST_UNPACKED_BYTES, unpacked
from hoshimori.formats.statements import USER_KEYWORD
from hoshimori.formats.xml_tree import is_xml, xml_messages
from hoshimori.model.conjunction_message import (
    Body,
    ConjunctionMessage,
    ConjunctionObject,
    ForceModel,
    Matrix,
    OrbitDetermination,
    Screening,
    StateAtClosestApproach,
)
from hoshimori.model.provenance import Reality

_PUBLIC_MANDATORY = ("MESSAGE_ID", "CREATION_DATE", "TCA", "MISS_DISTANCE")
_PUBLIC_OBJECT_MANDATORY = ("OBJECT", "OBJECT_DESIGNATOR", "CATALOG_NAME")
_NOT_PUBLISHED = {
    "name": "", "international_designator": "", "ephemeris_name": "", "covariance_method": "",
    "manoeuvrable": None,
}  # fmt: skip
_USED = frozenset(names.used())


def read_cdm(
    data: bytes, *, source: str, limit_bytes: int = LARGEST_UNPACKED_BYTES
) -> tuple[ConjunctionMessage, ...]:
    """Return the messages of a file, in its order.

    Raises `FormatError` with source, line and field where the file or a message in it is not a CDM.
    """
    found = tuple(
        message
        for name, member in unpacked(data, source=source, limit_bytes=limit_bytes)
        for message in _messages(as_utf8(member, name), name)
    )
    if not found:
        raise FormatError("no Conjunction Data Message in it", source=source)
    return found


def _messages(data: bytes, source: str) -> Iterator[ConjunctionMessage]:
    if is_xml(data):
        for element in xml_messages(data, source, "cdm"):
            yield message_of(xml_statements(element, source))
    elif data.lstrip().startswith((b"[", b"{")):
        for number, record in enumerate(json_records(data, source), 1):
            yield message_of(*json_statements(record, number, source))
    else:
        for message in kvn_messages(data, source):
            yield message_of(message)


def message_of(statements: Statements, public: bool = False) -> ConjunctionMessage:
    """Return what statements say, those of a public summary or of a whole message.

    Raises `FormatError` where they break the rules.
    """
    if len(statements.parts) != 3:
        raise FormatError("expected two objects", source=statements.source, line=statements.line)
    relative, *objects = statements.parts
    _check_parts(relative, objects)
    values = relative.values(_PUBLIC_MANDATORY if public else MANDATORY_OF_MESSAGE)
    _check_vectors(relative, values, names.MESSAGE)
    _check_vectors(relative, values, names.SCREENING)
    first, second = (_object(part, n, public) for n, part in enumerate(objects, 1))
    comments = relative.comments()
    radius_km = _radius_km(relative, comments, names.HARD_BODY_RADIUS)
    mode = names.taken_comment(comments, names.DATA_MODE)
    return ConjunctionMessage(
        **({"originator": ""} | names.fields_of(values, names.MESSAGE)),
        object1=first,
        object2=second,
        screening=Screening(**names.fields_of(values, names.SCREENING)),
        hard_body_radius_km=radius_km,
        reality=Reality(mode) if mode else Reality.REAL,
        further=relative.further(_USED),
        comments=tuple(comments),
    )


def _object(part: Part, number: int, public: bool) -> ConjunctionObject:
    values = part.values(_PUBLIC_OBJECT_MANDATORY if public else MANDATORY_OF_OBJECT)
    if values["OBJECT"].upper() != f"OBJECT{number}":
        part.fault(f"{values['OBJECT'][:40]!r}: expected OBJECT{number}", keyword="OBJECT")
    comments = part.comments()
    told = _radius_km(part, comments, names.OBJECT_HARD_BODY_RADIUS)
    exclusion_km = _radius_km(part, comments, names.EXCLUSION_RADIUS)
    fields = names.fields_of(values, names.OBJECT)
    return ConjunctionObject(
        **(_NOT_PUBLISHED | fields if public else fields),
        state=None if public else _state(values),
        force_model=ForceModel(**names.fields_of(values, names.FORCE_MODEL)),
        orbit_determination=OrbitDetermination(
            **names.fields_of(values, names.ORBIT_DETERMINATION)
        ),
        body=Body(**names.fields_of(values, names.BODY)),
        hard_body_radius_km=values.get("HBR", told),
        exclusion_radius_km=exclusion_km,
        further=part.further(_USED),
        comments=tuple(comments),
    )


def _state(values: dict[str, Any]) -> StateAtClosestApproach:
    covariance = symmetric([values[keyword] for keyword in COVARIANCE])
    fields = names.fields_of(values, names.STATE_AT_TCA)
    return StateAtClosestApproach(**fields, covariance_rtn_km2=covariance)


def symmetric(triangle: list[float]) -> Matrix:
    """Return the six rows of a symmetric matrix of which the lower triangle is given by rows."""
    return tuple(
        tuple(
            triangle[max(row, column) * (max(row, column) + 1) // 2 + min(row, column)]
            for column in range(6)
        )
        for row in range(6)
    )


def _check_parts(relative: Part, objects: list[Part]) -> None:
    """Refuse statements of an object before the first object, and the other way round."""
    for part in (relative, *objects):
        for statement in part.statements:
            if not (statement.keyword in SECTION_OF or USER_KEYWORD.fullmatch(statement.keyword)):
                continue  # refused for being no keyword at all
            about_encounter = SECTION_OF.get(statement.keyword) in OF_MESSAGE
            if about_encounter != (part is relative):
                where = "before the objects" if about_encounter else "with an object"
                part.fault(f"stands in the wrong place: expected {where}", statement)


def _check_vectors(part: Part, values: dict[str, Any], table: names.Names) -> None:
    for cell in table.values():
        missing = [keyword for keyword in cell if keyword not in values]
        if not isinstance(cell, str) and missing and len(missing) < len(cell):
            part.fault("missing: a vector needs all three components", keyword=missing[0])


def _radius_km(part: Part, comments: list[str], form: re.Pattern[str]) -> float | None:
    """Take a radius, which is in metres, out of the comments."""
    metres = names.taken_comment(comments, form)
    if metres is None:
        return None
    mantissa, _, exponent = metres.lower().partition("e")
    radius_km = float(f"{mantissa}e{int(exponent or 0) - 3}")
    if not math.isfinite(radius_km):
        part.fault(f"a radius of {metres[:40]} m: expected less", keyword="COMMENT")
    return radius_km
