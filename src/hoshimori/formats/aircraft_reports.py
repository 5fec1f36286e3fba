"""Decoded aircraft states (ADS-B): who was where when, and how well it knew.

Accepted, packed (gzip, zip and others) or not, recognised by content:

* JSON of readsb and tar1090 (``aircraft.json``, its history, traces), of services that speak like
  them, of OpenSky (state vectors); documents or rows, one a line too.
* CSV and Parquet with columns for address (``icao24``, ``icao``, ``hex``), time (``time``,
  ``timestamp``; seconds or milliseconds since 1970, or ISO 8601), ``lat``, ``lon``, and as far as
  there are any altitude (``alt_baro``, ``altitude``: feet; ``baroaltitude``, ``altitude_m``:
  metres), ``gs`` (knots) or ``velocity`` (m/s), ``track``, ``nic``, ``nac_p`` or ``nacp``,
  ``version``, ``onground``, ``type``, ``category``.

Decoded ones only: Mode S messages are decoded first, by a decoder of one's own. A row is refused
where address, time or position cannot be, also at 0, 0 and at the poles, where decoders put what
they do not know. Values out of range, and an altitude of exactly 0 in flight, are not stated.
Where no column tells the version, NIC and NACp are taken for what they are called.
Source: RTCA DO-260B; readsb README-json; OpenSky documentation.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from hoshimori.errors import FormatError
from hoshimori.formats.aircraft_columns import (
    NAMES,
    Column,
    addresses,
    altitudes_m,
    emitters,
    is_table_of_aircraft,
    moments,
    named,
    numbers,
    speeds_m_s,
)
from hoshimori.formats.aircraft_json import Row, rows_of_json
from hoshimori.formats.encodings import as_utf8
from hoshimori.formats.packing import LARGEST_UNPACKED_BYTES, unpacked
from hoshimori.model.aircraft_reports import (
    UNSTATED,
    AircraftReading,
    AircraftReports,
    Emitter,
    joined_reports,
)
from hoshimori.model.provenance import Provenance, Reality, combined_reality
from hoshimori.model.rejections import Rejection

_FIRST = np.datetime64("2000-01-01", "ms")
_LAST = np.datetime64("2100-01-01", "ms")
_NULL_ISLAND_DEG = 0.01
_POLE_DEG = 89.9
_LOWEST_M, _HIGHEST_M = -600.0, 40_000.0
_MOST_CATEGORY = 11
_MOST_VERSION = 2
_MOST_TOLD = 200
_REALITY = b"reality"

Columns = Mapping[str, list[Column]]
Bools = npt.NDArray[np.bool_]


def is_aircraft_reports(data: bytes, *, source: str) -> bool:
    """Tell whether bytes hold aircraft states, by their first member.

    Raises `FormatError` where they are packed and cannot be unpacked.
    """
    _, member = next(iter(unpacked(data, source=source)), ("", b""))
    if member.startswith(b"PAR1"):
        try:
            return is_table_of_aircraft(pq.read_schema(pa.BufferReader(member)).names)
        except (pa.ArrowException, OSError, ValueError):
            return False
    head = member[:4096].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if head[:1] in ("{", "["):
        return True
    return is_table_of_aircraft(head.split("\n", 1)[0].replace('"', "").split(","))


def read_aircraft_reports(
    data: bytes,
    *,
    source: str,
    reality: Reality = Reality.REAL,
    limit_bytes: int = LARGEST_UNPACKED_BYTES,
) -> AircraftReading:
    """Return the aircraft states in bytes, and the rows that were refused.

    `source` names the file in messages and provenance. Raises `FormatError` where the bytes hold
    no aircraft states.
    """
    digest = hashlib.sha256(data).hexdigest()
    readings = [
        _reading(member, name, Provenance(source, digest, reality))
        for name, member in unpacked(data, source=source, limit_bytes=limit_bytes)
    ]
    if not readings:
        raise FormatError("an empty archive", source=source)
    return AircraftReading(
        reports=joined_reports([one.reports for one in readings]),
        rejections=tuple(r for one in readings for r in one.rejections)[:_MOST_TOLD],
        rejected=sum(one.rejected for one in readings),
        without_position=sum(one.without_position for one in readings),
        absurd=sum(one.absurd for one in readings),
    )


def write_aircraft_reports(reports: AircraftReports) -> bytes:
    """Return states as Parquet; reading it gives the same states and reality back."""
    table = pa.table(
        {
            "icao24": pa.array([f"{one:06x}" for one in reports.address.tolist()]),
            "time_utc": pa.array(reports.time_utc),
            "lat": pa.array(reports.latitude_deg),
            "lon": pa.array(reports.longitude_deg),
            "altitude_m": pa.array(reports.altitude_m),
            "speed_m_s": pa.array(reports.speed_m_s),
            "track": pa.array(reports.track_deg),
            "nic": pa.array(reports.nic),
            "nacp": pa.array(reports.nacp),
            "version": pa.array(reports.version),
            "onground": pa.array(reports.emitter == Emitter.ON_GROUND),
        }
    )
    if reports.reality is not Reality.REAL:
        table = table.replace_schema_metadata({_REALITY: reports.reality.value.encode()})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue().to_pybytes()


def _reading(data: bytes, source: str, provenance: Provenance) -> AircraftReading:
    damaged = 0
    if data.startswith(b"PAR1"):
        table, stated = _parquet(data, source)
        reality = combined_reality((stated, provenance.reality))
        provenance = Provenance(provenance.source, provenance.payload_sha256, reality)
    elif data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        table, damaged = _json_table(data, source)
    else:
        table, damaged = _csv(as_utf8(data, source), source)
    columns = named(table.column_names)
    if not is_table_of_aircraft(table.column_names):
        needs = "expected aircraft states with columns icao24, time, lat and lon"
        raise FormatError(f"{needs}, not {table.column_names[:8]}", source=source, line=1)
    held = {meaning: [table[name] for name in names] for meaning, names in columns.items()}
    try:
        return _judged(held, table.num_rows, provenance, source, damaged)
    except pa.ArrowException as error:
        problem = f"a column of a kind that holds no states ({str(error)[:200]})"
        raise FormatError(problem, source=source) from error


def _parquet(data: bytes, source: str) -> tuple[pa.Table, Reality]:
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        wanted = {name for names in named(file.schema_arrow.names).values() for name in names}
        table = file.read(columns=[n for n in file.schema_arrow.names if n in wanted])
        stated = (file.schema_arrow.metadata or {}).get(_REALITY)
        return table, Reality(stated.decode()) if stated else Reality.REAL
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        problem = f"a damaged Parquet file ({str(error)[:200]})"
        raise FormatError(problem, source=source) from error


def _csv(data: bytes, source: str) -> tuple[pa.Table, int]:
    damaged = 0

    def skipped(row: pa_csv.InvalidRow) -> Literal["skip"]:
        nonlocal damaged
        damaged += 1
        return "skip"

    try:
        head = data.split(b"\n", 1)[0].decode("utf-8", "replace").replace('"', "").strip("\r")
        texts = {
            name: pa.string() for names in named(head.split(",")).items()
            if names[0] in ("address", "type", "category", "on_ground") for name in names[1]
        }  # fmt: skip
        table = pa_csv.read_csv(
            io.BytesIO(data),
            parse_options=pa_csv.ParseOptions(invalid_row_handler=skipped),
            convert_options=pa_csv.ConvertOptions(column_types=texts, strings_can_be_null=True),
        )
    except (pa.ArrowException, ValueError) as error:
        problem = f"a damaged CSV file ({str(error)[:200]})"
        raise FormatError(problem, source=source) from error
    return table, damaged


def _json_table(data: bytes, source: str) -> tuple[pa.Table, int]:
    """Return rows of JSON as texts of columns; what is no row is counted."""
    columns: dict[str, list[str | None]] = {
        alias: [] for aliases in NAMES.values() for alias in aliases
    }
    damaged = 0
    for row in rows_of_json(data, source):
        if "damaged" in row:
            damaged += 1
            continue
        plain: Row = {str(name).lower(): value for name, value in row.items()}
        for name, values in columns.items():
            value = plain.get(name)
            values.append(None if value is None else str(value))
    stated = [name for name, values in columns.items() if any(v is not None for v in values)]
    for meaning in ("address", "time", "latitude", "longitude"):
        if not set(NAMES[meaning]) & set(stated):
            stated.append(NAMES[meaning][0])
    kept = {name: pa.chunked_array([pa.array(columns[name], pa.string())]) for name in stated}
    return pa.table(kept), damaged


def _judged(
    columns: Columns, count: int, provenance: Provenance, source: str, damaged: int
) -> AircraftReading:
    address, anonymous = addresses(columns["address"][0])
    time = moments(columns["time"][0])
    latitude, longitude = numbers(columns["latitude"][0]), numbers(columns["longitude"][0])
    emitter = emitters(columns, anonymous)
    height, wrong_height = _heights(columns, count, emitter)
    nic, wrong_nic = _categories(columns, "nic", count, _MOST_CATEGORY)
    nacp, wrong_nacp = _categories(columns, "nacp", count, _MOST_CATEGORY)
    version, wrong_version = _categories(columns, "version", count, _MOST_VERSION)
    if "version" not in columns:
        version = np.full(count, _MOST_VERSION, dtype=np.int8)
    without = np.isnan(latitude) & np.isnan(longitude)
    problems = _problems(address, time, latitude, longitude)
    refused = np.logical_or.reduce([bad for _, _, bad in problems]) & ~without
    kept = ~refused & ~without
    reports = AircraftReports(
        address=address[kept].astype(np.uint32),
        time_utc=time[kept],
        latitude_deg=latitude[kept],
        longitude_deg=longitude[kept],
        altitude_m=height[kept],
        speed_m_s=speeds_m_s(columns, count)[kept],
        track_deg=_first(columns, "track", count)[kept],
        nic=nic[kept],
        nacp=nacp[kept],
        version=version[kept],
        emitter=emitter[kept],
        provenance_index=np.zeros(int(kept.sum()), dtype=np.int32),
        provenances=(provenance,),
    )
    absurd = wrong_height | wrong_nic | wrong_nacp | wrong_version
    return AircraftReading(
        reports=reports,
        rejections=tuple(_told(problems, refused, columns, source)),
        rejected=int(np.count_nonzero(refused)) + damaged,
        without_position=int(np.count_nonzero(without)),
        absurd=int(np.count_nonzero(absurd & kept)),
    )


def _heights(
    columns: Columns, count: int, emitter: npt.NDArray[np.int8]
) -> tuple[npt.NDArray[np.float64], Bools]:
    height = altitudes_m(columns, count)
    wrong = (height < _LOWEST_M) | (height > _HIGHEST_M)
    wrong |= (height == 0.0) & (emitter != Emitter.ON_GROUND)
    return np.where(wrong, np.nan, height), wrong


def _categories(
    columns: Columns, meaning: str, count: int, most: int
) -> tuple[npt.NDArray[np.int8], Bools]:
    """Return whole numbers from 0 to `most`, and which stated ones are none."""
    value = _first(columns, meaning, count)
    fits = (value >= 0) & (value <= most) & (value == np.floor(value))
    plain = np.where(fits, value, UNSTATED).astype(np.int8)
    return plain, np.isfinite(value) & ~fits & (value != UNSTATED)


def _first(columns: Columns, meaning: str, count: int) -> npt.NDArray[np.float64]:
    return numbers(columns[meaning][0]) if meaning in columns else np.full(count, np.nan)


def _problems(
    address: npt.NDArray[np.int64],
    time: npt.NDArray[np.datetime64],
    latitude: npt.NDArray[np.float64],
    longitude: npt.NDArray[np.float64],
) -> tuple[tuple[str, str, Bools], ...]:
    outside = ~(np.abs(latitude) <= 90.0) | ~(np.abs(longitude) <= 360.0)
    nowhere = (np.abs(latitude) < _NULL_ISLAND_DEG) & (np.abs(longitude) < _NULL_ISLAND_DEG)
    nowhere |= np.abs(latitude) >= _POLE_DEG
    return (
        ("address", "expected six hexadecimal digits", (address <= 0) | (address > 0xFFFFFF)),
        (
            "time",
            "expected a moment from 2000 on: seconds since 1970 or ISO 8601",
            np.isnat(time) | (time < _FIRST) | (time > _LAST),
        ),
        ("position", "expected latitude and longitude in degrees", outside),
        ("position", "0, 0 or a pole: what is written where none is known", nowhere),
    )


def _told(
    problems: tuple[tuple[str, str, Bools], ...], refused: Bools, columns: Columns, source: str
) -> list[Rejection]:
    told = []
    for row in np.flatnonzero(refused)[:_MOST_TOLD].tolist():
        field, problem = next((f, p) for f, p, bad in problems if bad[row])
        raw = ",".join(str(held[0][row].as_py()) for held in columns.values())
        told.append(Rejection(source, row + 1, field, problem, raw.encode()))
    return told
