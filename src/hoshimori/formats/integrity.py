"""Aircraft integrity maps: how many aircraft reported good and low navigation integrity, by cell.

Accepted, packed (gzip, zip and others) or not:

* CSV as GPSJam publishes it: ``hex,count_good_aircraft,count_bad_aircraft``, the H3 cell in
  hexadecimal; the UTC day is that in a column ``date``, else in the file's name
  (``2022-10-18-h3_4.csv``), else the one given.
* Parquet with columns ``hex`` (whole number or text), ``date``, ``good``, ``bad``; that of ours
  states in its metadata where it is not real.

A row is refused where its cell is none of H3 or of another resolution than the first, a count is
missing, negative or absurd, there is no aircraft at all, or the day is not one. In rejections of
Parquet the line is the row, from 1.
Source: gpsjam.org/faq; H3 (h3geo.org).
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hoshimori.errors import FormatError
from hoshimori.formats.encodings import as_utf8, excerpt
from hoshimori.formats.packing import LARGEST_UNPACKED_BYTES, unpacked
from hoshimori.model.integrity import IntegrityCells, IntegrityReading, joined_integrity
from hoshimori.model.provenance import Provenance, Reality, combined_reality
from hoshimori.model.rejections import Rejection
from hoshimori.numerics.hexagons import is_cell, resolution_of

_NAMES = {
    "hex": "cell",
    "date": "day",
    "good": "good",
    "count_good_aircraft": "good",
    "bad": "bad",
    "count_bad_aircraft": "bad",
}
_DAY = re.compile(r"(?<!\d)(\d{4}-[01]\d-[0-3]\d)(?!\d)")
_REALITY = b"reality"
_MISSING = np.int64(-1)
_MOST_AIRCRAFT = 1_000_000
_FIRST_DAY = np.datetime64("2000-01-01", "D")
_LAST_DAY = np.datetime64("2100-01-01", "D")
_MOST_ROWS = 100_000_000
_NEEDS = "expected an integrity map: CSV or Parquet with columns hex, good, bad and perhaps date"

Whole = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Rows as they stand, before they are judged; -1 where a count cannot be read."""

    cell: npt.NDArray[np.uint64]
    """0 where it cannot be read."""
    day: npt.NDArray[np.datetime64]
    good: Whole
    bad: Whole
    line: Whole
    raw: Sequence[bytes] | None
    """The lines of a text; None where the columns themselves are all there is."""


def read_integrity(
    data: bytes,
    *,
    source: str,
    day_utc: np.datetime64 | None = None,
    reality: Reality = Reality.REAL,
    limit_bytes: int = LARGEST_UNPACKED_BYTES,
) -> IntegrityReading:
    """Return the cells and days of integrity maps, and the rows that were refused.

    `source` names the file in messages and provenance; `day_utc` is the day of a map that says
    none. Raises `FormatError` where the bytes hold no integrity map or its day is not known.
    """
    digest = hashlib.sha256(data).hexdigest()
    readings = []
    for name, member in unpacked(data, source=source, limit_bytes=limit_bytes):
        stated = combined_reality((_stated_reality(member, name), reality))
        provenance = Provenance(source, digest, stated)
        readings.append(_judged(_rows(member, name, day_utc), provenance, name))
    if not readings:
        raise FormatError("an empty archive", source=source)
    if len(readings) == 1:
        return readings[0]
    cells = joined_integrity([reading.cells for reading in readings])
    return IntegrityReading(cells, tuple(r for reading in readings for r in reading.rejections))


def write_integrity(cells: IntegrityCells) -> bytes:
    """Return cells and days as Parquet; reading it gives the same counts and reality back."""
    table = pa.table(
        {
            "hex": pa.array(cells.cell),
            "date": pa.array(cells.day_utc),
            "good": pa.array(cells.good),
            "bad": pa.array(cells.bad),
        }
    )
    if cells.reality is not Reality.REAL:
        table = table.replace_schema_metadata({_REALITY: cells.reality.value.encode()})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue().to_pybytes()


def _rows(data: bytes, source: str, day_utc: np.datetime64 | None) -> _Rows:
    stated = _DAY.search(source)
    day = day_utc
    if stated is not None and day is None:
        day = _day(stated[1])
    if data.startswith(b"PAR1"):
        return _parquet_rows(data, source, day)
    return _text_rows(as_utf8(data, source), source, day)


def _stated_reality(data: bytes, source: str) -> Reality:
    """Return the reality that a map states of itself; only Parquet of ours does."""
    if not data.startswith(b"PAR1"):
        return Reality.REAL
    try:
        stated = (pq.read_schema(pa.BufferReader(data)).metadata or {}).get(_REALITY)
        return Reality(stated.decode()) if stated else Reality.REAL
    except (pa.ArrowException, OSError, ValueError) as error:
        problem = f"a damaged Parquet file ({str(error)[:200]})"
        raise FormatError(problem, source=source) from error


def _day(text: str) -> np.datetime64:
    """Return a day, or not-a-time."""
    try:
        return np.datetime64(text.strip()[:10], "D")
    except ValueError:
        return np.datetime64("NaT", "D")


def _known_day(day: np.datetime64 | None, source: str) -> np.datetime64:
    if day is None or np.isnat(day):
        raise FormatError(
            "the map states no day: name the file as in 2022-10-18-h3_4.csv, or give --day",
            source=source,
        )
    return day


def _text_rows(data: bytes, source: str, day: np.datetime64 | None) -> _Rows:
    text = data.decode("utf-8", "replace")
    lines = text.splitlines()
    head = [name.strip() for name in lines[0].split(",")] if lines else []
    place = {_NAMES[name]: k for k, name in enumerate(head) if name in _NAMES}
    if not {"cell", "good", "bad"} <= set(place):
        raise FormatError(f"{_NEEDS}, not {excerpt(data[:400])}", source=source, line=1)
    if "day" not in place:
        day = _known_day(day, source)
    table = [row for row in csv.reader(io.StringIO("\n".join(lines[1:])))]
    numbered = [(k, row) for k, row in enumerate(table, start=2) if row]

    def cells(name: str) -> list[str]:
        return [row[place[name]] if len(row) == len(head) else "" for _, row in numbered]

    count = len(numbered)
    days = np.full(count, day if day is not None else "NaT", dtype="datetime64[D]")
    if "day" in place:
        days = np.array([_day(text) for text in cells("day")], dtype="datetime64[D]")
    return _Rows(
        cell=np.array([_cell(text) for text in cells("cell")], dtype=np.uint64),
        day=days,
        good=np.array([_count(text) for text in cells("good")], dtype=np.int64),
        bad=np.array([_count(text) for text in cells("bad")], dtype=np.int64),
        line=np.array([k for k, _ in numbered], dtype=np.int64),
        raw=[",".join(row).encode() for _, row in numbered],
    )


def _cell(text: str) -> int:
    text = text.strip()
    return int(text, 16) if re.fullmatch(r"[0-9a-fA-F]{15,16}", text) else 0


def _count(text: str) -> int:
    text = text.strip()
    fits = text.isascii() and text.isdecimal() and len(text) <= 9
    return int(text) if fits else int(_MISSING)


def _parquet_rows(data: bytes, source: str, day: np.datetime64 | None) -> _Rows:
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        names = [name for name in file.schema_arrow.names if name in _NAMES]
        if not {"cell", "good", "bad"} <= {_NAMES[name] for name in names}:
            raise FormatError(f"{_NEEDS}, not {file.schema_arrow.names[:8]}", source=source)
        if file.metadata.num_rows > _MOST_ROWS:
            raise FormatError("larger than can be read at once: split the file", source=source)
        table = file.read(columns=names)
        columns = {_NAMES[name]: table[name] for name in names}
        if "day" not in columns:
            day = _known_day(day, source)
        count = table.num_rows
        days = np.full(count, day if day is not None else "NaT", dtype="datetime64[D]")
        if "day" in columns:
            days = _days_of(columns["day"])
        return _Rows(
            cell=_cells_of(columns["cell"]),
            day=days,
            good=_counts_of(columns["good"]),
            bad=_counts_of(columns["bad"]),
            line=np.arange(1, count + 1),
            raw=None,
        )
    except FormatError:
        raise
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        problem = f"a damaged Parquet file ({str(error)[:200]})"
        raise FormatError(problem, source=source) from error


def _cells_of(column: pa.ChunkedArray[Any]) -> npt.NDArray[np.uint64]:
    if pa.types.is_integer(column.type):
        plain: Any = pc.cast(column, pa.uint64(), safe=False)
        return np.asarray(pc.fill_null(plain, 0).to_numpy(), dtype=np.uint64)
    coded: Any = pc.dictionary_encode(pc.cast(column, pa.string())).combine_chunks()
    words = np.array([*(_cell(text or "") for text in coded.dictionary.to_pylist()), 0], np.uint64)
    return np.asarray(words[pc.fill_null(coded.indices, len(words) - 1).to_numpy()])


def _days_of(column: pa.ChunkedArray[Any]) -> npt.NDArray[np.datetime64]:
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return np.array([_day(text or "") for text in column.to_pylist()], dtype="datetime64[D]")
    days = pc.cast(column, pa.date32(), safe=False)
    return np.asarray(days.to_numpy().astype("datetime64[D]"))


def _counts_of(column: pa.ChunkedArray[Any]) -> Whole:
    if pa.types.is_floating(column.type):
        values = column.to_numpy().astype(np.float64)
        whole_number = np.isfinite(values) & (values == np.round(values)) & (np.abs(values) < 2**53)
        return np.where(whole_number, values, _MISSING).astype(np.int64)
    if not pa.types.is_integer(column.type):
        words = pc.cast(column, pa.string()).to_pylist()
        return np.array([_count(text or "") for text in words], dtype=np.int64)
    whole: Any = pc.cast(column, pa.int64(), safe=False)
    return np.asarray(pc.fill_null(whole, int(_MISSING)).to_numpy(), dtype=np.int64)


def _judged(rows: _Rows, provenance: Provenance, source: str) -> IntegrityReading:
    problems = _problems(rows)
    refused = np.zeros(len(rows.cell), dtype=np.bool_)
    rejections: list[Rejection] = []
    for field, problem, wrong in problems:
        for row in np.flatnonzero(wrong & ~refused).tolist():
            rejections.append(
                Rejection(source, int(rows.line[row]), field, problem, _raw(rows, row))
            )
        refused |= wrong
    kept = ~refused
    cells = IntegrityCells(
        cell=rows.cell[kept],
        day_utc=rows.day[kept],
        good=rows.good[kept],
        bad=rows.bad[kept],
        provenance_index=np.zeros(int(kept.sum()), dtype=np.int32),
        provenances=(provenance,),
    )
    return IntegrityReading(cells, tuple(sorted(rejections, key=lambda r: r.line)))


def _problems(rows: _Rows) -> tuple[tuple[str, str, Bools], ...]:
    valid = is_cell(rows.cell)
    resolution = resolution_of(rows.cell)
    first = resolution[valid][0] if valid.any() else 0
    counts = [("good", rows.good), ("bad", rows.bad)]
    return (
        ("hex", "expected the index of an H3 cell", ~valid),
        ("hex", f"expected resolution {first} as in the first row", valid & (resolution != first)),
        ("date", "expected a UTC day from 2000 on, as in 2022-10-18", _is_no_day(rows.day)),
        *((name, _COUNT, (n < 0) | (n > _MOST_AIRCRAFT)) for name, n in counts),
        ("good", "expected at least one aircraft", (rows.good == 0) & (rows.bad == 0)),
    )


_COUNT = f"expected a number of aircraft, 0 to {_MOST_AIRCRAFT:,}"


def _is_no_day(days: npt.NDArray[np.datetime64]) -> Bools:
    return np.asarray(np.isnat(days) | (days < _FIRST_DAY) | (days > _LAST_DAY))


def _raw(rows: _Rows, row: int) -> bytes:
    if rows.raw is not None:
        return rows.raw[row]
    values = rows.cell[row], rows.day[row], rows.good[row], rows.bad[row]
    return ",".join(map(str, values)).encode()
