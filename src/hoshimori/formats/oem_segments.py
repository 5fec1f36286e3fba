"""One segment of an OEM as it is written, and what it says, whatever notation it came in.

Refused are missing, repeated and unknown keywords, states and matrices of the wrong length, times
that do not increase or lie outside the span, usable spans that are half stated or reach beyond the
whole, interpolation without a whole degree, and what a version does not know: accelerations,
covariances and REF_FRAME_EPOCH in version 1.0.  A state that is written twice is read once.

Source: CCSDS 502.0-B-3, section 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.statements import (
    LATER_HEADER,
    Block,
    Statement,
    Values,
    header_keywords,
    header_of,
    moment,
    number_in,
)
from hoshimori.formats.triangles import from_lower_triangle
from hoshimori.model.elements import Column
from hoshimori.model.ephemeris import Ephemeris

VERSIONS = ("1.0", "2.0", "3.0")
HEADER = ("CCSDS_OEM_VERS", "CLASSIFICATION", "CREATION_DATE", "ORIGINATOR", "MESSAGE_ID")
METADATA = (
    "OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "REF_FRAME_EPOCH", "TIME_SYSTEM",
    "START_TIME", "USEABLE_START_TIME", "USEABLE_STOP_TIME", "STOP_TIME", "INTERPOLATION",
    "INTERPOLATION_DEGREE",
)  # fmt: skip
_MANDATORY = (
    "OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "TIME_SYSTEM", "START_TIME",
    "STOP_TIME",
)  # fmt: skip
_SPAN = ("START_TIME", "USEABLE_START_TIME", "USEABLE_STOP_TIME", "STOP_TIME")


class Row(NamedTuple):
    """A state, or a covariance (then with the frame), with its line in the file."""

    epoch: str
    numbers: Sequence[str]
    line: int
    frame: str = ""


@dataclass(slots=True)
class Segment:
    """The statements and rows of one segment."""

    metadata: Block
    states: list[Row] = field(default_factory=list)
    covariances: list[Row] = field(default_factory=list)

    @property
    def source(self) -> str:
        """Return the file it came from."""
        return self.metadata.source


def check_header(header: Block) -> str:
    """Return the version that a header states; raise `FormatError` where the header is unsound."""
    values = header.values(HEADER, header_keywords("OEM"))
    if header.statements[0].keyword != "CCSDS_OEM_VERS":
        header.refuse("expected CCSDS_OEM_VERS first", keyword=header.statements[0].keyword[:40])
    version = header_of(values, "OEM", VERSIONS).version
    for keyword in LATER_HEADER:
        if keyword in values and version != "3.0":
            values.refuse(keyword, "belongs to version 3.0")
    return version


def ephemeris(segment: Segment, version: str) -> Ephemeris:
    """Return what a segment says; raise `FormatError` where it breaks the rules."""
    values = segment.metadata.values(METADATA, _MANDATORY)
    moments = {name: values.moment(name) for name in _SPAN if name in values}
    _check_span(values, moments)
    times, numbers = _states(segment, version)
    if times[0] < moments["START_TIME"] or times[-1] > moments["STOP_TIME"]:
        segment.metadata.refuse("states outside START_TIME to STOP_TIME")
    if "REF_FRAME_EPOCH" in values and version == "1.0":
        values.refuse("REF_FRAME_EPOCH", "belongs to version 2.0 and later")
    covariance_times, covariances = _covariances(segment, version)
    frame = values.name("REF_FRAME")
    return Ephemeris(
        values.text("OBJECT_NAME") or "",
        values.text("OBJECT_ID") or "",
        values.name("CENTER_NAME"),
        frame,
        values.name("TIME_SYSTEM"),
        times,
        numbers[:, :3].copy(),
        numbers[:, 3:6].copy(),
        moments.get("USEABLE_START_TIME", moments["START_TIME"]),
        moments.get("USEABLE_STOP_TIME", moments["STOP_TIME"]),
        acceleration_km_s2=None if np.isnan(numbers[:, 6:]).all() else numbers[:, 6:].copy(),
        frame_epoch=values.maybe_moment("REF_FRAME_EPOCH"),
        interpolation=values.name("INTERPOLATION") or None,
        interpolation_degree=_degree(values),
        covariance_times=covariance_times,
        covariance_frames=tuple((row.frame or frame).upper() for row in segment.covariances),
        covariance_km2=covariances,
    )


def _check_span(values: Values, moments: dict[str, np.datetime64]) -> None:
    usable = [name for name in moments if name.startswith("USEABLE")]
    if len(usable) == 1:
        values.refuse(usable[0], "expected USEABLE_START_TIME and USEABLE_STOP_TIME both")
    for earlier, later in pairwise(moments):
        if moments[later] < moments[earlier]:
            values.refuse(later, f"lies before {earlier}")


def _degree(values: Values) -> int | None:
    if "INTERPOLATION" not in values:
        return None
    if "INTERPOLATION_DEGREE" not in values:
        values.refuse("INTERPOLATION", "expected INTERPOLATION_DEGREE with it")
    return values.count("INTERPOLATION_DEGREE")


def _states(segment: Segment, version: str) -> tuple[Column, Column]:
    """Return epochs and nine numbers a row: where acceleration is not stated, NaN."""
    if not segment.states:
        segment.metadata.refuse("a segment without states")
    widths = (6,) if version == "1.0" else (6, 9)
    rows: list[Row] = []
    for row in segment.states:
        if len(row.numbers) not in widths:
            raise FormatError(
                f"a state of {len(row.numbers)} numbers: expected {' or '.join(map(str, widths))}",
                source=segment.source,
                line=row.line,
                field=row.epoch[:40],
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
    return times, from_lower_triangle(triangles)


def _epochs(rows: list[Row], source: str) -> Column:
    """Return the epochs of rows, which must increase."""
    times = np.array(
        [moment(Statement("EPOCH", row.epoch, "", row.line), source) for row in rows],
        dtype="datetime64[us]",
    )
    late = np.flatnonzero(np.diff(times) <= np.timedelta64(0, "us"))
    if len(late):
        line = rows[int(late[0]) + 1].line
        raise FormatError("expected a later epoch", source=source, line=line, field="EPOCH")
    return times


def _numbers(row: Row, source: str) -> list[float]:
    values = []
    for cell in row.numbers:
        value = number_in(cell)
        if value is None:
            problem = f"{cell[:40]!r}: expected a number"
            raise FormatError(problem, source=source, line=row.line, field=row.epoch[:40])
        values.append(value)
    return values
