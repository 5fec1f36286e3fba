"""Orbit Mean-Elements Messages: what the keywords mean, whatever syntax they come in.

Accepted are CCSDS 502.0 versions 2.0 and 3.0 with MEAN_ELEMENT_THEORY SGP4 (or SGP/SGP4), REF_FRAME
TEME, TIME_SYSTEM UTC and CENTER_NAME EARTH; CelesTrak's and Space-Track's CSV and JSON leave these
constants out, and then they are taken as given.  Any other theory, frame, time system or centre is
refused by name, record by record.  Values stay as published: no unit is converted.

NORAD_CAT_ID, EPOCH, the six elements and BSTAR must be there (a message, KVN or XML, may leave
NORAD_CAT_ID out: then its OBJECT_ID is the key, see `hoshimori.formats.namespaces`).  Of the others
the derivatives are 0 where missing, EPHEMERIS_TYPE (then SGP4) and the counters are "not stated".
CREATION_DATE, where it is given, is when the record became known; otherwise that is when the file
was received.  DATA_MODE (in messages: USER_DEFINED_DATA_MODE) carries the reality of a record;
other columns are passed over.

Source: CCSDS 502.0-B-3, section 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.epochs import EXPECTED_EPOCH, parse_epochs
from hoshimori.formats.namespaces import LARGEST_NORAD_ID
from hoshimori.formats.records import LABELS, Faults, Origin, Place, reading, texts
from hoshimori.model.elements import COLUMNS, NOT_STATED, Column
from hoshimori.model.provenance import Reality
from hoshimori.model.rejections import Reading

KEYWORD = {
    "object_name": "OBJECT_NAME",
    "object_id": "OBJECT_ID",
    "epoch_utc": "EPOCH",
    "mean_motion_rev_day": "MEAN_MOTION",
    "eccentricity": "ECCENTRICITY",
    "inclination_deg": "INCLINATION",
    "raan_deg": "RA_OF_ASC_NODE",
    "arg_of_pericenter_deg": "ARG_OF_PERICENTER",
    "mean_anomaly_deg": "MEAN_ANOMALY",
    "ephemeris_type": "EPHEMERIS_TYPE",
    "classification": "CLASSIFICATION_TYPE",
    "norad_id": "NORAD_CAT_ID",
    "element_set_no": "ELEMENT_SET_NO",
    "rev_at_epoch": "REV_AT_EPOCH",
    "bstar_per_er": "BSTAR",
    "mean_motion_dot_rev_day2": "MEAN_MOTION_DOT",
    "mean_motion_ddot_rev_day3": "MEAN_MOTION_DDOT",
    "known_utc": "CREATION_DATE",
}
"""The OMM keyword of each column, in CelesTrak's order; CREATION_DATE last."""

CONSTANTS = {
    "CENTER_NAME": ("EARTH",),
    "REF_FRAME": ("TEME",),
    "TIME_SYSTEM": ("UTC",),
    "MEAN_ELEMENT_THEORY": ("SGP4", "SGP/SGP4"),
}
"""What these keywords must say; the first form is the one that is written."""

VERSIONS = ("2.0", "3.0")
DATA_MODE = "DATA_MODE"
REQUIRED = (
    "NORAD_CAT_ID", "EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE",
    "ARG_OF_PERICENTER", "MEAN_ANOMALY", "BSTAR",
)  # fmt: skip
USED = (*KEYWORD.values(), *CONSTANTS, "CCSDS_OMM_VERS", "BTERM", "AGOM", DATA_MODE)
"""Every keyword that a reader of columns looks at."""

_FLOATS = [c for c in KEYWORD if COLUMNS[c] == np.float64]
_OPTIONAL_FLOATS = {"mean_motion_dot_rev_day2", "mean_motion_ddot_rev_day3"}
COUNTERS = {"ephemeris_type": 99, "element_set_no": 2**31 - 1, "rev_at_epoch": 2**31 - 1}
"""Columns of whole numbers that a record need not state, with the largest that is accepted."""

_FLOAT = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_INTEGER = re.compile(r"\+?\d{1,18}", re.ASCII)

Texts = Mapping[str, Sequence[str]]


def read_columns(
    columns: Texts,
    length: int,
    faults: Faults,
    place: Place,
    origin: Origin,
    *,
    largest_id: int = LARGEST_NORAD_ID,
) -> Reading:
    """Return the records of a file whose cells are given as text, one column per keyword.

    An empty cell, or a column that is not there, means that the record does not state the value.
    """
    _check_constants(columns, faults)
    typed: dict[str, Column] = {}
    typed["norad_id"] = _integers(columns, "norad_id", None, largest_id, length, faults)
    typed["epoch_utc"] = _epochs(columns, faults)
    for name in _FLOATS:
        typed[name] = _floats(columns, name, length, faults)
    for name, largest in COUNTERS.items():
        typed[name] = _integers(columns, name, NOT_STATED, largest, length, faults)
    for name in LABELS:
        typed[name] = texts(_stripped(columns.get(KEYWORD[name]) or [""] * length))
    _check_classification(typed["classification"], faults)
    typed["known_utc"] = _known(columns, length, faults, origin)
    realities = _realities(columns, faults)
    return reading(typed, realities, faults, place, origin, KEYWORD)


def columns_of(records: Sequence[Mapping[str, Any]]) -> Texts:
    """Return the cells of records as columns of text; what a record does not state is empty."""
    present = set(REQUIRED).union(*records)
    return {
        keyword: [_cell(record.get(keyword)) for record in records]
        for keyword in USED
        if keyword in present
    }


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else str(value)


def _stripped(values: Sequence[str]) -> list[str]:
    return [value.strip() for value in values]


def _stated(columns: Texts, keyword: str) -> list[tuple[int, str]]:
    """Give the rows in which a keyword has a value, with the value."""
    cells = enumerate(columns.get(keyword) or ())
    return [(row, text) for row, cell in cells if cell and (text := cell.strip())]


def _check_constants(columns: Texts, faults: Faults) -> None:
    for keyword, accepted in (*CONSTANTS.items(), ("CCSDS_OMM_VERS", VERSIONS)):
        for row, text in _stated(columns, keyword):
            if text.upper() not in accepted:
                problem = f"{text!r} is not supported: expected {' or '.join(accepted)}"
                faults.add([row], keyword, problem)
    for keyword in ("BTERM", "AGOM"):
        rows = [row for row, _ in _stated(columns, keyword)]
        faults.add(rows, keyword, "belongs to SGP4-XP: expected SGP4 elements with BSTAR")


def _floats(columns: Texts, name: str, length: int, faults: Faults) -> Column:
    cells = columns.get(KEYWORD[name])
    if cells is None:
        return np.zeros(length)
    if not "".join(cells).strip("0123456789+-.eE"):
        try:
            return np.fromiter(map(float, cells), dtype=np.float64, count=length)
        except ValueError:
            pass
    values = np.zeros(length)
    for row, cell in enumerate(cells):
        text = cell.strip()
        if _FLOAT.fullmatch(text):
            values[row] = float(text)
        elif text or name not in _OPTIONAL_FLOATS:
            problem = f"{text!r}: expected a number such as 15.0942 or -.38E-6"
            faults.add([row], KEYWORD[name], problem)
    return values


def _integers(
    columns: Texts, name: str, default: int | None, largest: int, length: int, faults: Faults
) -> Column:
    keyword = KEYWORD[name]
    cells = columns.get(keyword)
    if cells is None:
        return np.full(length, 0 if default is None else default, dtype=np.int64)
    if not "".join(cells).strip("0123456789"):
        try:
            values = np.fromiter(map(int, cells), dtype=np.int64, count=length)
            if not length or values.max() <= largest:
                return values
        except (ValueError, OverflowError):
            pass
    values = np.full(length, 1 if default is None else default, dtype=np.int64)
    for row, cell in enumerate(cells):
        text = cell.strip()
        if _INTEGER.fullmatch(text) and int(text) <= largest:
            values[row] = int(text)
        elif text or default is None:
            problem = f"{text[:40]!r}: expected a whole number, 0 to {largest:,}"
            faults.add([row], keyword, problem)
    return values


def _epochs(columns: Texts, faults: Faults) -> Column:
    cells = columns["EPOCH"]
    moments, unreadable = parse_epochs(cells)
    faults.add(unreadable, "EPOCH", lambda row: f"{cells[row][:40]!r}: {EXPECTED_EPOCH}")
    return moments


def _known(columns: Texts, length: int, faults: Faults, origin: Origin) -> Column:
    """Return CREATION_DATE, or the moment of receipt where there is none."""
    cells = columns.get("CREATION_DATE")
    if cells is None:
        return np.full(length, origin.received_utc, dtype="datetime64[us]")
    known, unreadable = parse_epochs(cells)
    wrong = [row for row in unreadable.tolist() if cells[row].strip()]
    faults.add(wrong, "CREATION_DATE", lambda row: f"{cells[row][:40]!r}: {EXPECTED_EPOCH}")
    known[unreadable] = origin.received_utc
    return known


def _check_classification(classification: Column, faults: Faults) -> None:
    long = np.flatnonzero(np.strings.str_len(classification) > 1)
    faults.add(
        long,
        "CLASSIFICATION_TYPE",
        lambda row: f"{str(classification[row])[:40]!r}: expected one character such as U",
    )


def _realities(columns: Texts, faults: Faults) -> list[Reality] | None:
    cells = columns.get(DATA_MODE)
    if cells is None:
        return None
    found = {cell: _reality(cell) for cell in dict.fromkeys(cells)}
    unknown = [row for row, cell in enumerate(cells) if found[cell] is None]
    expected = ", ".join(r.value for r in Reality)
    faults.add(unknown, DATA_MODE, lambda row: f"{cells[row][:40]!r}: expected one of {expected}")
    if set(found.values()) <= {Reality.REAL, None}:
        return None
    return [found[cell] or Reality.REAL for cell in cells]


def _reality(cell: str) -> Reality | None:
    text = cell.strip().upper()
    if not text:
        return Reality.REAL
    return next((r for r in Reality if r.value == text), None)


def require_keywords(present: Sequence[str], origin: Origin, line: int) -> None:
    """Raise `FormatError` where a table lacks a column that every record must fill."""
    missing = [keyword for keyword in REQUIRED if keyword not in present]
    if missing:
        raise FormatError(
            f"no column {', '.join(missing)}: expected a table with the OMM keywords"
            f" {', '.join(REQUIRED)}",
            source=origin.source,
            line=line,
        )
