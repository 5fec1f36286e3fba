"""Differences of arrival in CSV, one a line; a line that cannot be read is refused alone.

Columns: ``time_utc``, ``kind`` (``tdoa`` or ``fdoa``), ``first``, ``second``, ``value`` (the first
minus the second, s or Hz), and where wanted ``sigma``, ``emitter``, ``station``, ``carrier_hz``,
``downlink_hz``, ``received_utc`` (when it could be known). Lines that begin with ``#`` are passed
over.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from datetime import datetime

from hoshimori.errors import FormatError
from hoshimori.formats.epochs import parse_epoch
from hoshimori.formats.toml_shapes import Number
from hoshimori.model.geolocation import ArrivalDifference, ArrivalKind
from hoshimori.model.moments import as_datetime
from hoshimori.model.rejections import Rejection

NEEDED = ("time_utc", "kind", "first", "second", "value")
FURTHER = ("sigma", "emitter", "station", "carrier_hz", "downlink_hz", "received_utc")
_MOST_LINES = 200_000
_LIMITS = {
    "value": Number("seconds or hertz", -1e9, 1e9),
    "sigma": Number("seconds or hertz", 1e-12, 1e6),
    "carrier_hz": Number("hertz", 1e5, 1e12),
    "downlink_hz": Number("hertz", 1e5, 1e12),
}


@dataclass(frozen=True, slots=True)
class ArrivalReading:
    """What a file of differences held, and the records refused."""

    differences: tuple[ArrivalDifference, ...]
    rejections: tuple[Rejection, ...] = ()


def is_arrivals_csv(data: bytes) -> bool:
    """Tell whether the first line that says something is a header of ours."""
    for line in data[:4096].decode("utf-8-sig", "replace").splitlines():
        if line.strip() and not line.startswith("#"):
            return {"kind", "first", "second"} <= {c.strip().lower() for c in line.split(",")}
    return False


def read_arrivals_csv(data: bytes, *, source: str) -> ArrivalReading:
    """Return the differences of a file.

    Raises:
        FormatError: the header lacks or repeats a column, or there are far too many lines.
    """
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = [(n, one) for n, one in enumerate(text.split("\n"), 1) if one.strip() and one[0] != "#"]
    if not lines or len(lines) > _MOST_LINES:
        problem = f"{len(lines):,} lines: expected a header and at most {_MOST_LINES:,} differences"
        raise FormatError(problem, source=source)
    header = _header(lines[0][1], source, lines[0][0])
    found: list[ArrivalDifference] = []
    refused: list[Rejection] = []
    for number, line in lines[1:]:
        try:
            found.append(_difference(line, header, f"{source}:{number}"))
        except _CellError as error:
            raw = line.encode("utf-8", "replace")
            refused.append(Rejection(source, number, error.field, str(error), raw))
    return ArrivalReading(tuple(found), tuple(refused))


class _CellError(ValueError):
    """One cell cannot be read; becomes a `Rejection`."""

    def __init__(self, field: str, problem: str) -> None:
        self.field = field
        super().__init__(problem)


def _header(line: str, source: str, number: int) -> list[str]:
    names = [cell.strip().lower() for cell in line.split(",")]
    expected = f"expected {', '.join(NEEDED)} and perhaps {', '.join(FURTHER)}"
    for name in NEEDED:
        if name not in names:
            raise FormatError(f"no column {name}: {expected}", source=source, line=number)
    for name in names:
        if name not in (*NEEDED, *FURTHER) or names.count(name) > 1:
            problem = f"column {name[:40]!r} unknown or twice: {expected}"
            raise FormatError(problem, source=source, line=number)
    return names


def _difference(line: str, header: list[str], place: str) -> ArrivalDifference:
    try:
        row = next(csv.reader([line]))
    except (csv.Error, StopIteration):
        row = []
    if len(row) != len(header):
        raise _CellError("", f"{len(row)} cells: expected {len(header)} as in the header")
    cells = {name: cell.strip() for name, cell in zip(header, row, strict=True)}
    for name in ("first", "second"):
        if not cells[name]:
            raise _CellError(name, "empty: expected the name of a satellite")
    kind = cells["kind"].lower()
    if kind not in {one.value for one in ArrivalKind}:
        raise _CellError("kind", f"{kind[:40]!r}: expected tdoa or fdoa")
    value = _number(cells, "value")
    if value is None:
        raise _CellError("value", "empty: expected a number, seconds or hertz")
    return ArrivalDifference(
        time_utc=_moment(cells, "time_utc"),
        kind=ArrivalKind(kind),
        first=cells["first"],
        second=cells["second"],
        value=value,
        sigma=_number(cells, "sigma"),
        emitter=cells.get("emitter", ""),
        station=cells.get("station", ""),
        carrier_hz=_number(cells, "carrier_hz"),
        downlink_hz=_number(cells, "downlink_hz"),
        received_utc=_moment(cells, "received_utc") if cells.get("received_utc") else None,
        place=place,
    )


def _moment(cells: dict[str, str], name: str) -> datetime:
    try:
        return as_datetime(parse_epoch(cells[name]))
    except FormatError as error:
        raise _CellError(name, error.problem) from None


def _number(cells: dict[str, str], name: str) -> float | None:
    text, limits = cells.get(name, ""), _LIMITS[name]
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not limits.low <= value <= limits.high:
        raise _CellError(name, f"{text[:40]!r}: expected {limits.expected}")
    return value
