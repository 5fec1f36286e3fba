"""CDM as Space-Track gives them in JSON: whole messages, and the records of ``cdm_public``.

A whole message has the keywords of the standard, those of the objects with SAT1_ and SAT2_ before
them, units in ``_UNIT``, fractions of seconds as milliseconds in ``_FRACTION`` and comments under
names of their own.  A public record says who, when, how close (in metres) and how probable, and has
no states.  Numbers are taken as they are written, so that no digit is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from hoshimori.errors import FormatError
from hoshimori.formats.cdm_keywords import MOMENTS, PLACE
from hoshimori.formats.cdm_statements import Statements
from hoshimori.formats.statements import COMMENT, Statement

PUBLIC = "MIN_RNG"
"""The field by which a public record is known."""

_ABOUT_THE_RECORD = {"CONSTELLATION", "FILENAME", "INSERT_EPOCH", "GID"}
_OBJECT = re.compile(r"SAT([12])_(.+)", re.ASCII)
_MILLISECONDS = re.compile(r"\d{1,3}", re.ASCII)
_PUBLIC_NAMES = {
    "CDM_ID": "MESSAGE_ID", "CREATED": "CREATION_DATE", "TCA": "TCA", PUBLIC: "MISS_DISTANCE",
    "PC": "COLLISION_PROBABILITY",
}  # fmt: skip
_PUBLIC_OBJECT_NAMES = {
    "ID": "OBJECT_DESIGNATOR", "NAME": "OBJECT_NAME", "OBJECT_TYPE": "OBJECT_TYPE",
}  # fmt: skip
_TYPES = {"ROCKET_BODY": "ROCKET BODY"}

Record = Mapping[str, str | None]


def json_records(data: bytes, source: str) -> list[object]:
    """Return the records of a file; raise `FormatError` where it is not JSON."""
    try:
        found = json.loads(data, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"not JSON: {error}", source=source, line=_line(error)) from error
    return found if isinstance(found, list) else [found]


def json_statements(record: object, number: int, source: str) -> tuple[Statements, bool]:
    """Return the statements of one record, counted from 1, and whether it is a public one.

    Raises `FormatError` where it is not an object of texts and numbers.
    """
    place = f"{source}, record {number}"
    if not isinstance(record, dict) or not all(
        value is None or isinstance(value, str) for value in record.values()
    ):
        raise FormatError("expected an object of texts and numbers", source=place)
    public = PUBLIC in record
    message = Statements(place, 1)
    message.begin_part(1)
    message.begin_part(1)
    _fill(message, _as_whole(record) if public else record)
    return message, public


def _line(error: Exception) -> int:
    return error.lineno if isinstance(error, json.JSONDecodeError) else 1


def _fill(message: Statements, record: Record) -> None:
    for name, cell in record.items():
        if cell is None or name in _ABOUT_THE_RECORD or name.endswith(("_UNIT", "_FRACTION")):
            continue
        found = _OBJECT.fullmatch(name)
        part = message.parts[int(found[1]) if found else 0]
        keyword = found[2] if found else name
        value = cell.strip()
        if keyword == "CDM_ID" or keyword.startswith(COMMENT):
            value = f"CDM_ID:{value}" if keyword == "CDM_ID" else value
            keyword = COMMENT
        elif keyword in MOMENTS:
            value = _moment(value, record.get(f"{name}_FRACTION"))
        unit = record.get(f"{name}_UNIT") or ""
        part.statements.append(Statement(keyword, value, unit.strip(), 1))
    for part in message.parts:
        part.statements.sort(key=lambda s: PLACE.get(s.keyword, len(PLACE)))


def _moment(value: str, fraction: str | None) -> str:
    """Return a moment as CCSDS writes it; what is not one is left for the reader to refuse."""
    moment = value.replace(" ", "T", 1)
    if fraction and _MILLISECONDS.fullmatch(fraction) and "." not in moment:
        return f"{moment}.{fraction:0>3}"
    return moment if not fraction else f"{moment} and fraction {fraction}"


def _as_whole(record: Record) -> Record:
    """Return a public record under the names of the standard."""
    whole = {"CCSDS_CDM_VERS": "1.0"}
    whole |= {name: record.get(public) or "" for public, name in _PUBLIC_NAMES.items()}
    if record.get("EMERGENCY_REPORTABLE"):
        whole["COMMENT_EMERGENCY"] = f"EMERGENCY_REPORTABLE = {record['EMERGENCY_REPORTABLE']}"
    for n in (1, 2):
        for public, name in _PUBLIC_OBJECT_NAMES.items():
            cell = record.get(f"SAT_{n}_{public}") or record.get(f"SAT{n}_{public}") or ""
            whole[f"SAT{n}_{name}"] = _TYPES.get(cell, cell)
        volume = record.get(f"SAT_{n}_EXCL_VOL") or record.get(f"SAT{n}_EXCL_VOL")
        if volume:
            whole[f"SAT{n}_COMMENT_EXCLUSION"] = f"Exclusion Volume Radius = {volume} [m]"
        whole[f"SAT{n}_OBJECT"] = f"OBJECT{n}"
        whole[f"SAT{n}_CATALOG_NAME"] = "SATCAT"
    return whole
