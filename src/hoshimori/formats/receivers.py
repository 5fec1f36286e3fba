"""Series of receivers: C/N0, gain control, noise, bit errors and others, sample by sample.

Accepted, packed (gzip, zip and others) or not:

* CSV with a header, and Parquet: one row for each sample, or for each satellite of a sample
  (column ``satellite``); columns as in `receiver_columns`, others are passed over;
* Observations of OGC SensorThings as JSON (`sensorthings`).

A row is refused alone, with file, line and field, where a number is none or absurd, words are not
known, or the time is none, not UTC, or later than when the row was received. An empty cell is not
measured and nothing wrong. In rejections of Parquet the line is the row, of JSON the observation.
Source: OGC SensorThings 1.1 (18-088); column names are ours.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hoshimori.errors import FormatError
from hoshimori.formats.encodings import as_utf8, excerpt
from hoshimori.formats.packing import LARGEST_UNPACKED_BYTES, unpacked
from hoshimori.formats.receiver_columns import (
    BAND,
    BEARING,
    LINK,
    NUMBERS,
    OBJECT,
    PLACES,
    POLARISATION,
    RECEIVED,
    RECEIVER,
    SAMPLE_NAMES,
    SATELLITE,
    TEXTS,
    TIME,
    TIME_UNIX,
)
from hoshimori.formats.receiver_rows import Rows, SampleClock, judged
from hoshimori.formats.sensorthings import observation_rows
from hoshimori.model.provenance import Provenance, Reality, combined_reality
from hoshimori.model.receiver_readings import ReceiverReading
from hoshimori.model.receivers import (
    PLACE_OF,
    Bearing,
    Polarisation,
    Quantity,
    ReceiverSeries,
    joined_series,
)

_KNOWN = frozenset((*NUMBERS, *PLACES, *TEXTS, *SAMPLE_NAMES, TIME, TIME_UNIX, RECEIVED))
_REALITY = b"reality"
_MOST_ROWS = 20_000_000
_NEEDS = (
    "expected a receiver series: CSV or Parquet with a time (time_utc, time_unix_s or sample) and "
    "a quantity such as cn0_dbhz, or SensorThings Observations"
)


def read_receivers(
    data: bytes,
    *,
    source: str,
    clock: SampleClock | None = None,
    reality: Reality = Reality.REAL,
    limit_bytes: int = LARGEST_UNPACKED_BYTES,
) -> ReceiverReading:
    """Return the series of receivers, and the rows that were refused.

    `source` names the file in messages and provenance, and the receiver where nothing else does.
    `clock` tells the times of files that number their samples only.

    Raises:
        FormatError: the bytes hold no series of receivers.
    """
    digest = hashlib.sha256(data).hexdigest()
    readings = []
    for name, member in unpacked(data, source=source, limit_bytes=limit_bytes):
        stated = combined_reality((_stated_reality(member, name), reality))
        rows = _rows(member, name, clock)
        readings.append(judged(rows, Provenance(source, digest, stated), name, clock))
    if not readings:
        raise FormatError("an empty archive", source=source)
    parts = [series for reading in readings for series in reading.series]
    whole = joined_series(parts)
    once = sum(map(len, parts)) - sum(map(len, whole))
    return ReceiverReading(
        series=whole,
        rejections=tuple(r for reading in readings for r in reading.rejections),
        repeated=once + sum(reading.repeated for reading in readings),
        restarts=tuple(one for reading in readings for one in reading.restarts),
    )


def write_receivers(series: Sequence[ReceiverSeries]) -> bytes:
    """Return series as Parquet; reading it gives the same samples and reality back."""
    tables = [_table(one) for one in series]
    table = pa.concat_tables(tables) if tables else _table(None)
    reality = combined_reality(one.reality for one in series)
    if reality is not Reality.REAL:
        table = table.replace_schema_metadata({_REALITY: reality.value.encode()})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue().to_pybytes()


_WRITTEN = {
    Quantity.CN0: "cn0_dbhz",
    Quantity.CN0_SPREAD: "cn0_spread_db",
    Quantity.GAIN_CONTROL: "agc_level_db",
    Quantity.NOISE_FLOOR: "noise_floor_dbm",
    Quantity.BIT_ERRORS: "ber",
    Quantity.RSSI: "rssi_dbm",
    Quantity.OTHER_RSSI: "other_rssi_dbm",
    Quantity.USED: "used_percent",
    Quantity.POSITION_OFFSET: "position_offset_m",
    Quantity.CLOCK_OFFSET: "clock_offset_us",
}


@dataclass(frozen=True, slots=True, eq=False)
class _Long:
    """Samples as rows: first those of the whole, then one for each satellite of a sample."""

    sample: np.ndarray
    satellite: list[str | None]
    cn0: np.ndarray


def _long(one: ReceiverSeries) -> _Long:
    row, place = np.nonzero(np.isfinite(one.cn0_dbhz))
    whole = np.arange(len(one))
    names: list[str | None] = [None] * len(one)
    return _Long(
        np.concatenate([whole, row]),
        [*names, *(one.satellites[k] for k in place.tolist())],
        np.concatenate([one.of(Quantity.CN0), one.cn0_dbhz[row, place]]),
    )


def _table(one: ReceiverSeries | None) -> pa.Table:
    if one is None:
        return pa.table({TIME: pa.array([], pa.timestamp("us")), "cn0_dbhz": pa.array([], "f8")})
    long, count = _long(one), len(one)

    def words(text: str | None) -> Any:
        return pa.array([text] * len(long.sample), pa.string())

    columns: dict[str, Any] = {
        TIME: pa.array(one.time_utc[long.sample]),
        RECEIVED: pa.array(one.known_utc[long.sample]),
        RECEIVER: words(one.receiver.name),
        LINK: words(one.receiver.link.value),
        BAND: words(one.receiver.band),
        POLARISATION: words(_word(one.receiver.polarisation)),
        BEARING: words(_word(one.receiver.bearing)),
        OBJECT: pa.array([one.receiver.norad_id] * len(long.sample), pa.int64()),
        SATELLITE: pa.array(long.satellite, pa.string()),
    }
    for quantity, name in _WRITTEN.items():
        values = long.cn0
        if quantity is not Quantity.CN0:
            values = np.full(len(long.sample), np.nan)
            values[:count] = one.values[:, PLACE_OF[quantity]] / NUMBERS[name].factor
        columns[name] = pa.array(values, from_pandas=True)
    for k, name in enumerate(PLACES):
        columns[name] = pa.array(one.place_deg[long.sample, k], from_pandas=True)
    return pa.table(columns)


def _word(member: Polarisation | Bearing) -> str | None:
    return None if member.name == "NOT_STATED" else member.value


def _stated_reality(data: bytes, source: str) -> Reality:
    if not data.startswith(b"PAR1"):
        return Reality.REAL
    try:
        stated = (pq.read_schema(pa.BufferReader(data)).metadata or {}).get(_REALITY)
        return Reality(stated.decode()) if stated else Reality.REAL
    except (pa.ArrowException, OSError, ValueError) as error:
        problem = f"a damaged Parquet file ({str(error)[:200]})"
        raise FormatError(problem, source=source) from error


def _rows(data: bytes, source: str, clock: SampleClock | None) -> Rows:
    if data.startswith(b"PAR1"):
        rows = _parquet_rows(data, source)
    else:
        text = as_utf8(data, source).decode("utf-8", "replace")
        if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
            rows = observation_rows(text, source)
        else:
            rows = _text_rows(text, source)
    names = set(rows.columns)
    timed = TIME in names or TIME_UNIX in names or bool(names & set(SAMPLE_NAMES))
    if not timed or not names & set(NUMBERS):
        raise FormatError(f"{_NEEDS}, not {excerpt(data[:200])}", source=source, line=1)
    if not {TIME, TIME_UNIX} & names and clock is None:
        problem = "samples are numbered and no time is stated: give the start and the step"
        raise FormatError(problem, source=source, line=1)
    return rows


def _text_rows(text: str, source: str) -> Rows:
    table = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    try:
        head = [name.strip() for name in next(table, [])]
        numbered = [(table.line_num, row) for row in table if row]
    except csv.Error as error:
        raise FormatError(f"not CSV: {error}", source=source, line=table.line_num) from None
    if len(numbered) > _MOST_ROWS:
        raise FormatError("larger than can be read at once: split the file", source=source)
    width = len(head)
    twice = sorted({name for name in head if name in _KNOWN and head.count(name) > 1})
    if twice:
        raise FormatError(f"{twice[0]}: two columns of this name", source=source, line=1)
    return Rows(
        columns={
            name: [row[k] if len(row) == width else None for _, row in numbered]
            for k, name in enumerate(head)
            if name in _KNOWN
        },
        line=np.array([line for line, _ in numbered], dtype=np.int64),
        raw=[",".join(row).encode() for _, row in numbered],
        torn=np.array([len(row) != width for _, row in numbered], dtype=np.bool_),
    )


def _parquet_rows(data: bytes, source: str) -> Rows:
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        names = [name for name in file.schema_arrow.names if name in _KNOWN]
        if not names:
            raise FormatError(f"{_NEEDS}, not {file.schema_arrow.names[:8]}", source=source)
        if file.metadata.num_rows > _MOST_ROWS:
            raise FormatError("larger than can be read at once: split the file", source=source)
        table = file.read(columns=names)
        return Rows(
            columns={name: _arrow_column(table[name]) for name in names},
            line=np.arange(1, table.num_rows + 1),
            raw=None,
            torn=np.zeros(table.num_rows, dtype=np.bool_),
        )
    except FormatError:
        raise
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        problem = f"a damaged Parquet file ({str(error)[:200]})"
        raise FormatError(problem, source=source) from error


def _arrow_column(column: pa.ChunkedArray[Any]) -> Any:
    """Return numbers and moments as arrays, anything else as a list."""
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        numbers: Any = column.cast(pa.float64(), safe=False)
        return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.float64)
    if pa.types.is_timestamp(kind):
        return np.asarray(column.to_numpy()).astype("datetime64[us]")
    return [None if v is None else str(v) for v in column.to_pylist()]
