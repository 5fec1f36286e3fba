"""Element sets in Parquet and Arrow (IPC files and streams).

Accepted columns, recognised by name:

* OMM keywords (``NORAD_CAT_ID``, ``EPOCH``…), as numbers, timestamps or texts; this is also what
  `write_parquet` writes.
* ``norad, name, intl, epoch, ndot, bstar, inc, raan, ecc, argp, ma, n``: degrees, revolutions and
  days, as element sets publish them (mirrors of CelesTrak).
* ``tle_line1, tle_line2`` with ``norad_id`` and perhaps ``name, cospar_id`` (the mizuba library):
  the lines are read as TLE.  Rows without lines are operators' element sets (SupGP) and are read
  from ``epoch_jd1, epoch_jd2, n0, e0, i0, node0, omega0, m0, bstar`` in radians and minutes; there,
  angles are rounded to 1e-10 degrees, which gives back the digits that were published.

A null where a value is needed refuses the row.  In rejections the line is the row, from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hoshimori.errors import FormatError
from hoshimori.formats.epochs import format_epochs
from hoshimori.formats.namespaces import DESIGNATOR_IDS
from hoshimori.formats.omm import (
    CONSTANTS,
    COUNTERS,
    DATA_MODE,
    KEYWORD,
    USED,
    read_columns,
    require_keywords,
)
from hoshimori.formats.records import Faults, Origin, joined, reading, texts
from hoshimori.formats.tle_columns import NAMES, designator, read_lines
from hoshimori.model.elements import COLUMNS, NOT_STATED, Column, ElementSets
from hoshimori.model.rejections import Reading

_T = TypeVar("_T")
_BLOCK_ROWS = 65_536
_MOST_ROWS = 100_000_000
_MOST_BYTES = 32_000_000_000
_MIRROR = {
    "norad": "NORAD_CAT_ID",
    "name": "OBJECT_NAME",
    "intl": "OBJECT_ID",
    "epoch": "EPOCH",
    "n": "MEAN_MOTION",
    "ecc": "ECCENTRICITY",
    "inc": "INCLINATION",
    "raan": "RA_OF_ASC_NODE",
    "argp": "ARG_OF_PERICENTER",
    "ma": "MEAN_ANOMALY",
    "bstar": "BSTAR",
    "ndot": "MEAN_MOTION_DOT",
}
_WITH_LINES = ("norad_id", "tle_line1", "tle_line2")
_RADIANS = ("epoch_jd1", "epoch_jd2", "n0", "e0", "i0", "node0", "omega0", "m0", "bstar")
_WHOLE = ("NORAD_CAT_ID", "EPHEMERIS_TYPE", "ELEMENT_SET_NO", "REV_AT_EPOCH", "norad", "norad_id")
_ANGLES = {
    "INCLINATION": "i0",
    "RA_OF_ASC_NODE": "node0",
    "ARG_OF_PERICENTER": "omega0",
    "MEAN_ANOMALY": "m0",
}
_UNIX_EPOCH_JD = 2_440_587.5
_DAY_US = 86_400_000_000

Cells = dict[str, list[str]]


def read_parquet(data: bytes, origin: Origin) -> Reading:
    """Return the element sets of a Parquet file; `FormatError` where it is damaged or unknown."""
    return joined(list(parquet_readings(data, origin)))


def parquet_readings(
    data: bytes | pa.Buffer, origin: Origin, *, without: frozenset[str] = frozenset()
) -> Iterator[Reading]:
    """Yield the element sets of a Parquet file block after block, so that memory stays bounded.

    Columns in `without` (OMM keywords) are not read and count as not stated. Raises `FormatError`
    where the file is damaged or unknown.
    """

    def load() -> pq.ParquetFile:
        file = pq.ParquetFile(pa.BufferReader(data))
        _check_size(file.metadata, origin)
        return file

    file = _guarded(load, origin)
    names = [n for n in _wanted(file.schema_arrow.names) if _MIRROR.get(n, n) not in without]
    batches = file.iter_batches(_BLOCK_ROWS, columns=names)
    first, empty = 0, pa.Table.from_batches([], schema=file.schema_arrow).select(names)
    while batch := _guarded(lambda: next(batches, None), origin):
        table = pa.Table.from_batches([batch])
        yield _read_table(table, origin, first)
        first += table.num_rows
    if not first:
        yield _read_table(empty, origin)


def read_arrow(data: bytes, origin: Origin) -> Reading:
    """Return the element sets of an Arrow IPC file or stream; `FormatError` where it is damaged."""

    def load() -> pa.Table:
        start = pa.ipc.open_file if data.startswith(b"ARROW1") else pa.ipc.open_stream
        table = start(pa.BufferReader(data)).read_all()
        chosen = table.select(_wanted(table.column_names))
        chosen.validate(full=True)
        return chosen

    return _read_table(_guarded(load, origin), origin)


def write_parquet(element_sets: ElementSets) -> bytes:
    """Return element sets as Parquet with OMM column names; reading it gives the same back.

    Times are UTC timestamps in microseconds, CREATION_DATE is when the record became known.
    """
    columns: dict[str, Any] = {}
    for name, keyword in KEYWORD.items():
        values = getattr(element_sets, name)
        if values.dtype == COLUMNS["object_name"]:
            columns[keyword] = pa.array(values.tolist(), pa.string())
        elif values.dtype == COLUMNS["epoch_utc"]:
            columns[keyword] = pa.array(values, pa.timestamp("us", "UTC"))
        elif name in COUNTERS:
            columns[keyword] = pa.array(values, mask=values == NOT_STATED)
        else:
            columns[keyword] = pa.array(values)
    modes = [provenance.reality.value for provenance in element_sets.provenances]
    columns[DATA_MODE] = pa.array([modes[k] for k in element_sets.provenance_index], pa.string())
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return sink.getvalue().to_pybytes()


def _guarded(load: Callable[[], _T], origin: Origin) -> _T:
    try:
        return load()
    except FormatError:
        raise
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        problem = f"a damaged Parquet or Arrow file ({str(error)[:200]})"
        raise FormatError(problem, source=origin.source) from error


def _check_size(metadata: pq.FileMetaData, origin: Origin) -> None:
    groups = (metadata.row_group(k) for k in range(metadata.num_row_groups))
    if metadata.num_rows > _MOST_ROWS or sum(g.total_byte_size for g in groups) > _MOST_BYTES:
        raise FormatError("larger than can be read at once: split the file", source=origin.source)


def _wanted(names: Sequence[str]) -> list[str]:
    known = {*USED, *_MIRROR, *_WITH_LINES, "cospar_id", *_RADIANS}
    return [name for name in dict.fromkeys(names) if name in known]


def _read_table(table: pa.Table, origin: Origin, first: int = 0) -> Reading:
    """Read a table whose rows stand in their file after `first` others."""
    names = table.column_names
    if set(_WITH_LINES) <= set(names):
        read = _read_lines
    else:
        read = _read_cells
        if "norad" in names and "NORAD_CAT_ID" not in names:
            table = table.rename_columns([_MIRROR.get(name, name) for name in names])
        require_keywords(table.column_names, origin, 1)
    readings = []
    for start in range(0, table.num_rows, _BLOCK_ROWS):
        block = table.slice(start, _BLOCK_ROWS)
        typed = _typed_columns(block, origin) if read is _read_cells else None
        if typed is not None:
            readings.append(_read_typed(block, typed, first + start, origin))
            continue
        cells = {name: _cells(block, name, origin) for name in block.column_names}
        readings.append(read(cells, first + start, origin))
    return joined(readings)


def _typed_columns(block: pa.Table, origin: Origin) -> dict[str, Column] | None:
    """Return the columns of a block that holds numbers and times as such; None where it does not.

    What is stated as text, left out in some rows, or of a reality of its own is read cell by cell.
    """
    names, length = set(block.column_names), block.num_rows
    if names & {*CONSTANTS, "CCSDS_OMM_VERS", "BTERM", "AGOM", DATA_MODE}:
        return None
    typed: dict[str, Column] = {}
    for name, keyword in KEYWORD.items():
        dtype = COLUMNS[name]
        if keyword not in names:
            typed[name] = _not_stated(name, length, origin)
            continue
        column = block[keyword].combine_chunks()
        fits = _FITS[dtype.kind](column.type)
        if not fits or (column.null_count and dtype.kind != "T"):
            return None
        try:
            typed[name] = _as_column(column, dtype, name)
        except pa.ArrowException:
            return None
    whole = all(
        ((typed[name] >= -1) & (typed[name] <= largest)).all() for name, largest in COUNTERS.items()
    )
    short = (np.strings.str_len(typed["classification"]) <= 1).all()
    return typed if whole and short and (typed["norad_id"] >= 0).all() else None


_FITS: dict[str, Callable[[pa.DataType], bool]] = {
    "f": lambda kind: pa.types.is_floating(kind) or pa.types.is_integer(kind),
    "i": pa.types.is_signed_integer,
    "M": pa.types.is_timestamp,
    "T": lambda kind: pa.types.is_string(kind) or pa.types.is_dictionary(kind),
}
"""Which Arrow types hold the values of a column of each NumPy kind as they are."""


def _as_column(column: pa.Array[Any], dtype: np.dtype[Any], name: str) -> Column:
    if dtype.kind == "T":
        return _labels(column, designator if name == "object_id" else str.strip)
    if dtype.kind == "M":
        plain = pc.cast(pc.cast(column, pa.timestamp("us", column.type.tz)), pa.timestamp("us"))
        return np.asarray(plain.to_numpy())
    return np.asarray(pc.cast(column, pa.from_numpy_dtype(dtype)).to_numpy())


def _labels(column: pa.Array[Any], clean: Callable[[str], str]) -> Column:
    """Return labels as a column; each word is cleaned once. Designators may be short (98067A)."""
    coded: Any = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    words = texts([*(clean(text or "") for text in coded.dictionary.to_pylist()), ""])
    return np.asarray(words[pc.fill_null(coded.indices, len(words) - 1).to_numpy()])


def _not_stated(name: str, length: int, origin: Origin) -> Column:
    """Return a column that no record states."""
    if name == "known_utc":
        return np.full(length, origin.received_utc, dtype="datetime64[us]")
    if name in COUNTERS:
        return np.full(length, NOT_STATED, dtype=COLUMNS[name])
    return np.zeros(length, dtype=COLUMNS[name])


def _read_typed(block: pa.Table, typed: dict[str, Column], start: int, origin: Origin) -> Reading:
    def place(row: int, _: str) -> tuple[int, bytes]:
        one = block.slice(row, 1)
        return start + row + 1, _raw({n: _cells(one, n, origin) for n in one.column_names}, 0)

    return reading(typed, None, Faults(), place, origin, KEYWORD)


def _cells(table: pa.Table, name: str, origin: Origin) -> list[str]:
    """Return a column as text, in the forms that OMM values have; nulls are empty."""
    column = table[name]
    try:
        if isinstance(column.type, pa.DictionaryType):
            column = pc.cast(column, column.type.value_type)
        if pa.types.is_floating(column.type) and name in _WHOLE:
            column = pc.cast(column, pa.int64())
        if pa.types.is_timestamp(column.type):
            column = pc.cast(column, pa.timestamp(column.type.unit))
        written = pc.cast(column, pa.large_string())
    except pa.ArrowException as error:
        problem = f"values of type {column.type} ({str(error)[:200]}): expected OMM values"
        raise FormatError(problem, source=origin.source, field=name) from error
    if pa.types.is_timestamp(column.type):
        written = pc.replace_substring(written, " ", "T", max_replacements=1)
    return [text or "" for text in written.to_pylist()]


def _read_cells(cells: Cells, start: int, origin: Origin) -> Reading:
    """Read rows of OMM values; designators may be short (98067A)."""
    if "OBJECT_ID" in cells:
        cells = cells | {"OBJECT_ID": [designator(text) for text in cells["OBJECT_ID"]]}
    length = len(cells["NORAD_CAT_ID"])

    def place(row: int, _: str) -> tuple[int, bytes]:
        return start + row + 1, _raw(cells, row)

    return read_columns(cells, length, Faults(), place, origin, largest_id=DESIGNATOR_IDS.stop - 1)


def _read_lines(cells: Cells, start: int, origin: Origin) -> Reading:
    """Read rows that hold TLE lines, and those that hold only elements in radians."""
    with_lines = [row for row, line in enumerate(cells["tle_line1"]) if line]
    without = [row for row, line in enumerate(cells["tle_line1"]) if not line]
    lined = {name: [column[row] for row in with_lines] for name, column in cells.items()}
    bare = {name: [column[row] for row in without] for name, column in cells.items()}
    readings = [_read_lined(lined, [start + row + 1 for row in with_lines], origin)]
    if without:
        readings.append(_read_radians(bare, [start + row + 1 for row in without], origin))
    return joined(readings)


def _read_lined(cells: Cells, rows: Sequence[int], origin: Origin) -> Reading:
    faults = Faults()
    first, second = (
        [line.encode("utf-8", "replace").rstrip() for line in cells[name]]
        for name in ("tle_line1", "tle_line2")
    )
    columns = read_lines(first, second, faults)
    stated = cells["norad_id"]
    others = [row for row, text in enumerate(stated) if text != str(columns["norad_id"][row])]
    faults.add(others, "norad_id", lambda row: f"{stated[row]}: expected the number in the lines")
    columns["object_name"] = texts([name.strip() for name in cells.get("name", [""] * len(rows))])
    columns["known_utc"] = np.full(len(rows), origin.received_utc, dtype="datetime64[us]")
    return reading(
        columns, None, faults, lambda row, _: (rows[row], _raw(cells, row)), origin, NAMES
    )


def _read_radians(cells: Cells, rows: Sequence[int], origin: Origin) -> Reading:
    numbers = {name: _numbers(cells.get(name, [])) for name in _RADIANS}
    if any(len(values) != len(rows) for values in numbers.values()):
        raise FormatError(
            f"rows without TLE lines need {', '.join(_RADIANS)}", source=origin.source
        )
    omm: Cells = {
        "NORAD_CAT_ID": cells["norad_id"],
        "OBJECT_NAME": cells.get("name", [""] * len(rows)),
        "OBJECT_ID": cells.get("cospar_id", [""] * len(rows)),
        "EPOCH": format_epochs(_from_julian(numbers["epoch_jd1"], numbers["epoch_jd2"])),
        "MEAN_MOTION": _rounded(numbers["n0"] * (1440.0 / (2.0 * np.pi))),
        "ECCENTRICITY": cells["e0"],
        "BSTAR": cells["bstar"],
    }
    for keyword, name in _ANGLES.items():
        omm[keyword] = _rounded(np.degrees(numbers[name]))
    return read_columns(
        omm, len(rows), Faults(), lambda row, _: (rows[row], _raw(cells, row)), origin
    )


def _numbers(cells: Sequence[str]) -> Column:
    return np.array([float(text) if text else np.nan for text in cells], dtype=np.float64)


def _rounded(values: Column) -> list[str]:
    return [repr(value) for value in np.round(values, 10).tolist()]


def _from_julian(whole: Column, part: Column) -> Column:
    """Return the moment of a Julian date in two parts, exact to the microsecond."""
    days = np.floor(whole - _UNIX_EPOCH_JD)
    fraction = (whole - _UNIX_EPOCH_JD - days) + part
    with np.errstate(invalid="ignore"):
        sound = np.isfinite(days) & (np.abs(days) < 1e6) & (np.abs(fraction) < 1e6)
    micros = np.where(sound, days, 0) * _DAY_US + np.rint(np.where(sound, fraction, 0) * _DAY_US)
    moments = micros.astype(np.int64).view("datetime64[us]")
    return np.where(sound, moments, np.datetime64("NaT"))


def _raw(cells: Cells, row: int) -> bytes:
    shown = ", ".join(f"{name}={column[row]}" for name, column in cells.items())
    return shown.encode("utf-8", "surrogatepass")
