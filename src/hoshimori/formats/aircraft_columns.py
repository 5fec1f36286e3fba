"""Columns of aircraft states under the names that decoders and networks give them, as numbers.

Lengths become metres here and nowhere else. What cannot be read is not a number, or `UNSTATED`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hoshimori.model.aircraft_reports import UNSTATED, Emitter

Floats = npt.NDArray[np.float64]
Column: TypeAlias = "pa.ChunkedArray[Any]"

_FOOT_M = 0.3048
_KNOT_M_S = 1852.0 / 3600.0

NAMES: Mapping[str, tuple[str, ...]] = {
    "address": ("icao24", "icao", "hex", "address"),
    "time": (
        "time_position", "lastposupdate", "time_utc", "time", "timestamp", "datetime", "ts",
    ),
    "latitude": ("latitude_deg", "latitude", "lat"),
    "longitude": ("longitude_deg", "longitude", "lon"),
    "altitude_ft": ("alt_baro", "altitude_ft", "altitude", "alt_geom", "geoaltitude_ft"),
    "altitude_m": ("altitude_m", "baro_altitude", "baroaltitude", "geo_altitude", "geoaltitude"),
    "speed_kt": ("gs", "groundspeed"),
    "speed_m_s": ("speed_m_s", "velocity"),
    "track": ("track_deg", "track", "true_track", "heading"),
    "nic": ("nic",),
    "nacp": ("nacp", "nac_p"),
    "version": ("version", "adsb_version"),
    "on_ground": ("on_ground", "onground"),
    "type": ("type",),
    "category": ("category",),
    "source": ("position_source",),
}  # fmt: skip
"""What columns are called, the first that is there counts."""

_OWN_TYPES = frozenset({"adsb_icao", "adsr_icao"})
_ANONYMOUS_TYPES = frozenset({"adsb_other", "adsr_other"})
_VEHICLE_TYPE = "adsb_icao_nt"
_TRUE = frozenset({"true", "1", "t", "yes"})


def named(names: list[str]) -> dict[str, list[str]]:
    """Return which columns of a table hold what, the preferred first; names in any case."""
    plain = {name.strip().lower(): name for name in reversed(names)}
    found = {
        meaning: [plain[alias] for alias in aliases if alias in plain]
        for meaning, aliases in NAMES.items()
    }
    return {meaning: columns for meaning, columns in found.items() if columns}


def is_table_of_aircraft(names: list[str]) -> bool:
    """Tell whether columns of these names hold aircraft states."""
    return {"address", "time", "latitude", "longitude"} <= set(named(names))


def numbers(column: Column) -> Floats:
    """Return a column as numbers, not a number where none is."""
    kind = column.type
    if pa.types.is_boolean(kind):
        column = pc.cast(column, pa.int8(), safe=False)
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        return _by_text(column, _number, np.float64, np.nan)
    plain: Any = pc.cast(column, pa.float64(), safe=False)
    return np.asarray(plain.to_numpy(), dtype=np.float64)


def moments(column: Column) -> npt.NDArray[np.datetime64]:
    """Return a column of moments: seconds or milliseconds since 1970, ISO 8601, or timestamps."""
    if pa.types.is_timestamp(column.type):
        plain: Any = pc.cast(column, pa.timestamp("ms"), safe=False)
        return np.asarray(plain.to_numpy().astype("datetime64[ms]"))
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return _from_seconds(numbers(column))
    return _by_text(column, _moment, np.dtype("datetime64[ms]"), np.datetime64("NaT", "ms"))


def addresses(column: Column) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return 24-bit addresses (-1 where none can be read), and which are none of aircraft."""
    if pa.types.is_integer(column.type):
        whole: Any = pc.cast(column, pa.int64(), safe=False)
        filled: Any = pc.fill_null(whole, -1)
        plain = np.asarray(filled.to_numpy(), dtype=np.int64)
        return plain, np.zeros(len(plain), dtype=np.bool_)
    value = _by_text(column, _address, np.int64, -1)
    anonymous = _by_text(column, lambda text: text.strip().startswith("~"), np.bool_, False)
    return value, anonymous


def altitudes_m(columns: Mapping[str, list[Column]], count: int) -> Floats:
    """Return altitudes: the first that is stated, barometric ones first."""
    height = np.full(count, np.nan)
    for meaning, unit in (("altitude_m", 1.0), ("altitude_ft", _FOOT_M)):
        for column in columns.get(meaning, []):
            height = np.where(np.isfinite(height), height, numbers(column) * unit)
    return height


def speeds_m_s(columns: Mapping[str, list[Column]], count: int) -> Floats:
    """Return speeds over ground."""
    for meaning, unit in (("speed_m_s", 1.0), ("speed_kt", _KNOT_M_S)):
        for column in columns.get(meaning, [])[:1]:
            return numbers(column) * unit
    return np.full(count, np.nan)


def emitters(
    columns: Mapping[str, list[Column]], anonymous: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int8]:
    """Return what each state is from."""
    found = np.where(anonymous, np.int8(Emitter.ANONYMOUS), np.int8(Emitter.AIRCRAFT))
    for column in columns.get("on_ground", [])[:1]:
        found[_by_text(column, lambda t: t.strip().lower() in _TRUE, np.bool_, False)] = (
            Emitter.ON_GROUND
        )
    for column in columns.get("altitude_ft", []):
        if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
            grounded = _by_text(column, lambda t: t.strip().lower() == "ground", np.bool_, False)
            found[grounded] = Emitter.ON_GROUND
    for column in columns.get("category", [])[:1]:
        vehicle = _by_text(column, lambda t: t.strip().upper()[:1] == "C", np.bool_, False)
        found[vehicle] = Emitter.ON_GROUND
    for column in columns.get("type", [])[:1]:
        stated = _by_text(column, _of_type, np.int8, np.int8(UNSTATED))
        found = np.where(stated > Emitter.AIRCRAFT, stated, found)
    for column in columns.get("source", [])[:1]:
        found[numbers(column) > 0] = Emitter.MEASURED
    return np.asarray(found, dtype=np.int8)


def _of_type(text: str) -> int:
    kind = text.strip().lower()
    if kind in _OWN_TYPES or not kind:
        return int(Emitter.AIRCRAFT)
    if kind == _VEHICLE_TYPE:
        return int(Emitter.ON_GROUND)
    return int(Emitter.ANONYMOUS if kind in _ANONYMOUS_TYPES else Emitter.MEASURED)


def _by_text(
    column: Column, read: Callable[[str], Any], dtype: Any, missing: Any
) -> npt.NDArray[Any]:
    """Return what each text is read as; each different text is read once."""
    text = column if pa.types.is_string(column.type) else pc.cast(column, pa.string())
    coded: Any = pc.dictionary_encode(text).combine_chunks()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.chunk(0)
    words = [missing if word is None else read(word) for word in coded.dictionary.to_pylist()]
    table = np.array([*words, missing], dtype=dtype)
    index: Any = pc.fill_null(coded.indices, len(words))
    return np.asarray(table[index.to_numpy(zero_copy_only=False)])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan


def _address(text: str) -> int:
    plain = text.strip().removeprefix("~")
    return int(plain, 16) if re.fullmatch(r"[0-9a-fA-F]{6}", plain) else -1


def _moment(text: str) -> np.datetime64:
    plain = text.strip()
    if re.fullmatch(r"\d{9,13}(\.\d*)?", plain):
        seconds: np.datetime64 = _from_seconds(np.array([float(plain)]))[0]
        return seconds
    if not re.match(r"\d{4}-\d\d-\d\d", plain):
        return np.datetime64("NaT", "ms")
    try:
        return np.datetime64(re.sub(r"(Z|\+00:?00)$", "", plain).replace(" ", "T"), "ms")
    except ValueError:
        return np.datetime64("NaT", "ms")


def _from_seconds(value: Floats) -> npt.NDArray[np.datetime64]:
    seconds = np.where(value > 1e11, value / 1000.0, value)
    readable = np.isfinite(seconds) & (np.abs(seconds) < 1e10)
    whole = np.where(readable, np.round(np.where(readable, seconds, 0.0) * 1000.0), 0.0)
    found = whole.astype(np.int64).astype("datetime64[ms]")
    found[~readable] = np.datetime64("NaT", "ms")
    return np.asarray(found)
