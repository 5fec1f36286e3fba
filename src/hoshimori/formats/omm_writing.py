"""OMM in CSV, JSON, XML and KVN, written so that reading gives back the same element sets.

Every number is written with the fewest digits that name it exactly, EPOCH and CREATION_DATE with
microseconds; CREATION_DATE is when the record became known.  Counters that are not stated are left
empty or out.  Each record says whether it is real (DATA_MODE, in messages USER_DEFINED_DATA_MODE).
`FormatError` is raised for what OMM cannot carry: numbers of a foreign namespace (Parquet can).

Source: CCSDS 502.0-B-3 (version 2.0 messages, as CelesTrak writes them), CCSDS 505.0-B-3.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from xml.sax.saxutils import escape

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.epochs import format_epochs
from hoshimori.formats.namespaces import designator_id, is_norad_id
from hoshimori.formats.omm import CONSTANTS, COUNTERS, DATA_MODE, KEYWORD
from hoshimori.formats.records import LABELS, unprintable_rows
from hoshimori.formats.statements import USER_DEFINED
from hoshimori.model.elements import COLUMNS, MICROSECONDS, NOT_STATED, TEXT, Column, ElementSets

ORIGINATOR = "HOSHIMORI"
_VERSION = "2.0"
_KEYWORDS = (*KEYWORD.values(), DATA_MODE)
_NUMBERS = tuple(
    KEYWORD[name] for name, dtype in COLUMNS.items() if dtype.kind in "if" and name in KEYWORD
)
_METADATA = ("OBJECT_NAME", "OBJECT_ID", *CONSTANTS)
_MEAN_ELEMENTS = (
    "EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER",
    "MEAN_ANOMALY",
)  # fmt: skip
_TLE_PARAMETERS = (
    "EPHEMERIS_TYPE", "CLASSIFICATION_TYPE", "NORAD_CAT_ID", "ELEMENT_SET_NO", "REV_AT_EPOCH",
    "BSTAR", "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT",
)  # fmt: skip

Record = dict[str, str]


def write_omm_csv(element_sets: ElementSets) -> bytes:
    """Return element sets as OMM CSV: CelesTrak's columns, then CREATION_DATE and DATA_MODE."""
    _refuse_foreign(element_sets.norad_id)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(_KEYWORDS)
    writer.writerows(record.values() for record in _records(element_sets))
    return table.getvalue().encode("utf-8")


def write_omm_json(element_sets: ElementSets) -> bytes:
    """Return element sets as an array of OMM objects, one on a line, numbers as numbers."""
    _refuse_foreign(element_sets.norad_id)
    lines = (
        json.dumps({k: _json_value(k, v) for k, v in record.items() if v}, ensure_ascii=False)
        for record in _records(element_sets)
    )
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode("utf-8")


def write_omm_kvn(element_sets: ElementSets) -> bytes:
    """Return element sets as OMM messages in KVN, one after another."""
    blocks = []
    for record in _messages(element_sets):
        lines = [f"{keyword} = {value}" for keyword, value in record.items()]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks).encode("utf-8")


def write_omm_xml(element_sets: ElementSets) -> bytes:
    """Return element sets as one ``ndm`` of OMM messages in XML."""
    messages = "".join(_xml_message(record) for record in _messages(element_sets))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ndm>\n{messages}</ndm>\n'.encode()


def _records(element_sets: ElementSets) -> Iterator[Record]:
    """Give each record as text, by keyword in CelesTrak's order; empty where not stated."""
    _check_text(element_sets)
    columns = [_texts(element_sets, name) for name in KEYWORD]
    modes = [provenance.reality.value for provenance in element_sets.provenances]
    columns.append([modes[index] for index in element_sets.provenance_index])
    for values in zip(*columns, strict=True):
        yield dict(zip(_KEYWORDS, values, strict=True))


def _refuse_foreign(norad_ids: Column) -> None:
    foreign = norad_ids[~is_norad_id(norad_ids)]
    if len(foreign):
        raise FormatError(
            f"{foreign[0]} is no NORAD catalogue number, and this form of OMM has no place for"
            " others: write Parquet, or leave these objects out"
        )


def _check_text(element_sets: ElementSets) -> None:
    for name in LABELS:
        if rows := unprintable_rows(getattr(element_sets, name)):
            norad_id = element_sets.norad_id[rows[0]]
            raise FormatError(f"object {norad_id}: {name} holds control characters", field=name)


def _texts(element_sets: ElementSets, name: str) -> list[str]:
    values = getattr(element_sets, name)
    if values.dtype == MICROSECONDS:
        return format_epochs(values)
    if values.dtype == TEXT:
        texts: list[str] = values.tolist()
        return texts
    if name in COUNTERS:
        return ["" if value == NOT_STATED else str(value) for value in values.tolist()]
    return [repr(value) for value in values.tolist()]


def _json_value(keyword: str, text: str) -> str | int | float:
    if keyword not in _NUMBERS:
        return text
    return float(text) if _is_fractional(keyword) else int(text)


def _is_fractional(keyword: str) -> bool:
    return any(KEYWORD[name] == keyword and COLUMNS[name] == np.float64 for name in KEYWORD)


def _messages(element_sets: ElementSets) -> Iterator[Record]:
    """Give each record as the statements of a message in the order of the standard."""
    names = [designator_id(object_id) for object_id in element_sets.object_id.tolist()]
    keys = element_sets.norad_id
    _refuse_foreign(keys[[key != name for key, name in zip(keys.tolist(), names, strict=True)]])
    constants = {keyword: accepted[0] for keyword, accepted in CONSTANTS.items()}
    for record in _records(element_sets):
        known = record | constants
        message = {
            "CCSDS_OMM_VERS": _VERSION,
            "CREATION_DATE": record["CREATION_DATE"],
            "ORIGINATOR": ORIGINATOR,
        }
        message |= {keyword: known[keyword] for keyword in (*_METADATA, *_MEAN_ELEMENTS)}
        message |= {keyword: known[keyword] for keyword in _TLE_PARAMETERS if known[keyword]}
        if int(record["NORAD_CAT_ID"]) == designator_id(record["OBJECT_ID"]):
            del message["NORAD_CAT_ID"]
        yield message | {USER_DEFINED + DATA_MODE: record[DATA_MODE]}


def _xml_message(record: Record) -> str:
    def group(name: str, keywords: tuple[str, ...]) -> str:
        stated = (keyword for keyword in keywords if keyword in record)
        inside = "".join(f"<{k}>{escape(record[k])}</{k}>" for k in stated)
        return f"<{name}>{inside}</{name}>\n"

    return (
        f'<omm id="CCSDS_OMM_VERS" version="{record["CCSDS_OMM_VERS"]}">\n'
        + group("header", ("CREATION_DATE", "ORIGINATOR"))
        + "<body><segment>\n"
        + group("metadata", _METADATA)
        + "<data>\n"
        + group("meanElements", _MEAN_ELEMENTS)
        + group("tleParameters", _TLE_PARAMETERS)
        + f'<userDefinedParameters><USER_DEFINED parameter="{DATA_MODE}">'
        + f"{record[USER_DEFINED + DATA_MODE]}</USER_DEFINED></userDefinedParameters>\n"
        + "</data></segment></body></omm>\n"
    )
