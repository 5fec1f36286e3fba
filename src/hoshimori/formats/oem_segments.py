"""One segment of an OEM as it is written, and what it says, whatever notation it came in.

Refused are missing, repeated and unknown keywords, states and matrices of the wrong length, times
that do not increase or lie outside the span, usable spans that are half stated or reach beyond the
whole, interpolation without a whole degree, and what a version does not know: accelerations,
covariances and REF_FRAME_EPOCH in version 1.0.  A state that is written twice is read once.

Source: CCSDS 502.0-B-3, section 5.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, NoReturn

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.epochs import parse_epoch
from hoshimori.formats.omm_message import Statement
from hoshimori.formats.records import texts, unprintable_rows
from hoshimori.model.elements import Column
from hoshimori.model.ephemeris import Ephemeris

VERSIONS = ("1.0", "2.0", "3.0")
HEADER = ("CCSDS_OEM_VERS", "CLASSIFICATION", "CREATION_DATE", "ORIGINATOR", "MESSAGE_ID")
METADATA = (
    "OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "REF_FRAME_EPOCH", "TIME_SYSTEM",
    "START_TIME", "USEABLE_START_TIME", "USEABLE_STOP_TIME", "STOP_TIME", "INTERPOLATION",
    "INTERPOLATION_DEGREE",
)  # fmt: skip
_MANDATORY_HEADER = ("CCSDS_OEM_VERS", "CREATION_DATE", "ORIGINATOR")
_MANDATORY = (
    "OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "TIME_SYSTEM", "START_TIME",
    "STOP_TIME",
)  # fmt: skip
_SPAN = ("START_TIME", "USEABLE_START_TIME", "USEABLE_STOP_TIME", "STOP_TIME")
_FLOAT = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_DEGREE = re.compile(r"\d{1,3}", re.ASCII)


class Row(NamedTuple):
    """A state, or a covariance (then with the frame), with its line in the file."""

    epoch: str
    numbers: Sequence[str]
    line: int
    frame: str = ""


@dataclass(slots=True)
class Segment:
    """The statements and rows of one segment."""

    source: str
    line: int
    metadata: list[Statement] = field(default_factory=list)
    states: list[Row] = field(default_factory=list)
    covariances: list[Row] = field(default_factory=list)


def check_header(statements: list[Statement], source: str) -> str:
    """Return the version that a header states; raise `FormatError` where the header is unsound."""
    values = _values(statements, HEADER, _MANDATORY_HEADER, source, 1)
    version = values["CCSDS_OEM_VERS"].value
    if statements[0].keyword != "CCSDS_OEM_VERS":
        _refuse(statements[0], source, "expected CCSDS_OEM_VERS before it")
    if version not in VERSIONS:
        _refuse(values["CCSDS_OEM_VERS"], source, f"expected {', '.join(VERSIONS)}")
    _moment(values["CREATION_DATE"], source)
    for keyword in ("CLASSIFICATION", "MESSAGE_ID"):
        if keyword in values and version != "3.0":
            _refuse(values[keyword], source, "belongs to version 3.0")
    return version


def ephemeris(segment: Segment, version: str) -> Ephemeris:
    """Return what a segment says; raise `FormatError` where it breaks the rules."""
    source = segment.source
    values = _values(segment.metadata, METADATA, _MANDATORY, source, segment.line)
    moments = {name: _moment(values[name], source) for name in _SPAN if name in values}
    _check_span(values, moments, source)
    times, numbers = _states(segment, version)
    if times[0] < moments["START_TIME"] or times[-1] > moments["STOP_TIME"]:
        raise FormatError(
            "states outside START_TIME to STOP_TIME", source=source, line=segment.line
        )
    epoch = values.get("REF_FRAME_EPOCH")
    if epoch and version == "1.0":
        _refuse(epoch, source, "belongs to version 2.0 and later")
    stated = {name: statement.value for name, statement in values.items()}
    covariance_times, covariances = _covariances(segment, version)
    return Ephemeris(
        stated["OBJECT_NAME"],
        stated["OBJECT_ID"],
        stated["CENTER_NAME"].upper(),
        stated["REF_FRAME"].upper(),
        stated["TIME_SYSTEM"].upper(),
        times,
        numbers[:, :3].copy(),
        numbers[:, 3:6].copy(),
        moments.get("USEABLE_START_TIME", moments["START_TIME"]),
        moments.get("USEABLE_STOP_TIME", moments["STOP_TIME"]),
        acceleration_km_s2=None if np.isnan(numbers[:, 6:]).all() else numbers[:, 6:].copy(),
        frame_epoch=_moment(epoch, source) if epoch else None,
        interpolation=stated.get("INTERPOLATION", "").upper() or None,
        interpolation_degree=_degree(values, source),
        covariance_times=covariance_times,
        covariance_frames=tuple(
            (row.frame or stated["REF_FRAME"]).upper() for row in segment.covariances
        ),
        covariance_km2=covariances,
    )


def _values(
    statements: list[Statement],
    known: tuple[str, ...],
    mandatory: tuple[str, ...],
    source: str,
    line: int,
) -> dict[str, Statement]:
    seen: dict[str, Statement] = {}
    for statement in statements:
        if statement.keyword not in known:
            _refuse(statement, source, f"no keyword here: expected one of {', '.join(known)}")
        if statement.keyword in seen:
            _refuse(statement, source, "is there twice")
        if unprintable_rows(texts([statement.value])):
            _refuse(statement, source, "control characters: expected printable text")
        seen[statement.keyword] = statement
    for keyword in mandatory:
        if keyword not in seen or not seen[keyword].value:
            raise FormatError(
                f"missing: every OEM states {keyword}", source=source, line=line, field=keyword
            )
    return {keyword: seen[keyword] for keyword in known if keyword in seen and seen[keyword].value}


def _check_span(
    values: dict[str, Statement], moments: dict[str, np.datetime64], source: str
) -> None:
    usable = [name for name in moments if name.startswith("USEABLE")]
    if len(usable) == 1:
        _refuse(values[usable[0]], source, "expected USEABLE_START_TIME and USEABLE_STOP_TIME both")
    names = list(moments)
    for earlier, later in pairwise(names):
        if moments[later] < moments[earlier]:
            _refuse(values[later], source, f"lies before {earlier}")


def _degree(values: dict[str, Statement], source: str) -> int | None:
    if "INTERPOLATION" not in values:
        return None
    statement = values.get("INTERPOLATION_DEGREE")
    if statement is None:
        _refuse(values["INTERPOLATION"], source, "expected INTERPOLATION_DEGREE with it")
    if not _DEGREE.fullmatch(statement.value) or int(statement.value) < 1:
        _refuse(statement, source, f"{statement.value[:40]!r}: expected a whole number from 1")
    return int(statement.value)


def _states(segment: Segment, version: str) -> tuple[Column, Column]:
    """Return epochs and nine numbers a row: where acceleration is not stated, NaN."""
    if not segment.states:
        raise FormatError("a segment without states", source=segment.source, line=segment.line)
    widths = (6,) if version == "1.0" else (6, 9)
    rows: list[Row] = []
    for row in segment.states:
        if len(row.numbers) not in widths:
            raise FormatError(
                f"a state of {len(row.numbers)} numbers: expected {' or '.join(map(str, widths))}",
                source=segment.source,
                line=row.line,
            )
        if not rows or rows[-1][:2] != row[:2]:  # some files write their last state twice
            rows.append(row)
    times = _epochs(rows, segment.source)
    numbers = np.full((len(rows), 9), np.nan)
    for n, row in enumerate(rows):
        numbers[n, : len(row.numbers)] = _numbers(row, segment.source)
    return times, numbers


def _covariances(segment: Segment, version: str) -> tuple[Column | None, Column | None]:
    if not segment.covariances:
        return None, None
    for row in segment.covariances:
        if version == "1.0" or len(row.numbers) != 21:
            problem = "a covariance in version 1.0" if version == "1.0" else "expected 21 numbers"
            raise FormatError(problem, source=segment.source, line=row.line, field="COVARIANCE")
    times = _epochs(segment.covariances, segment.source)
    triangles = np.array([_numbers(row, segment.source) for row in segment.covariances])
    matrices = np.empty((len(times), 6, 6))
    rows, columns = np.tril_indices(6)
    matrices[:, rows, columns] = triangles
    matrices[:, columns, rows] = triangles
    return times, matrices


def _epochs(rows: list[Row], source: str) -> Column:
    """Return the epochs of rows, which must increase."""
    times = np.array(
        [_moment(Statement("EPOCH", row.epoch, "", row.line), source) for row in rows],
        dtype="datetime64[us]",
    )
    late = np.flatnonzero(np.diff(times) <= np.timedelta64(0, "us"))
    if len(late):
        line = rows[int(late[0]) + 1].line
        raise FormatError("expected a later epoch", source=source, line=line, field="EPOCH")
    return times


def _numbers(row: Row, source: str) -> list[float]:
    values = [float(cell) if _FLOAT.fullmatch(cell) else math.nan for cell in row.numbers]
    for cell, value in zip(row.numbers, values, strict=True):
        if not math.isfinite(value):
            raise FormatError(f"{cell[:40]!r}: expected a number", source=source, line=row.line)
    return values


def _moment(statement: Statement, source: str) -> np.datetime64:
    try:
        return parse_epoch(statement.value)
    except FormatError as error:
        _refuse(statement, source, error.problem[:200])


def _refuse(statement: Statement, source: str, problem: str) -> NoReturn:
    raise FormatError(problem, source=source, line=statement.line, field=statement.keyword[:40])
