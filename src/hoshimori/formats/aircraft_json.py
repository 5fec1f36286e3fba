"""JSON in which decoders and networks publish aircraft states, laid out as rows of columns.

* readsb, tar1090 and the services that speak like them: ``{"now": ..., "aircraft": [...]}`` (also
  ``ac``), and traces: ``{"icao": ..., "timestamp": ..., "trace": [...]}``.
* OpenSky: ``{"time": ..., "states": [[...], ...]}``.
* Rows: an array of objects, or one document or object a line.

Source: readsb README-json; OpenSky REST API, state vectors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hoshimori.errors import FormatError

Row = Mapping[str, Any]

_STATES = (
    "icao24", "callsign", "origin_country", "time_position", "last_contact", "lon", "lat",
    "baro_altitude", "on_ground", "velocity", "true_track", "vertical_rate", "sensors",
    "geo_altitude", "squawk", "spi", "position_source", "category",
)  # fmt: skip
_TRACE = ("lat", "lon", "alt_baro", "gs", "track")
_MILLISECONDS_FROM = 1e11
"""Seconds since 1970 do not reach so far before the year 5138."""
_LARGEST = 1e18
_OLDEST_POSITION_S = 60.0
"""Older ones are no longer where the aircraft is."""
_STALE = 1
_GEOMETRIC = 8


def rows_of_json(data: bytes, source: str) -> Iterator[Row]:
    """Yield the states in a JSON document or in lines of JSON, with their names as published.

    Raises `FormatError` where it is no JSON, or holds nothing that is known.
    """
    for number, document in _documents(data, source):
        yield from _rows(document, source, number)


def _documents(data: bytes, source: str) -> Iterator[tuple[int, Any]]:
    try:
        yield 1, json.loads(data)
        return
    except RecursionError as error:
        raise FormatError("JSON that is nested too deep", source=source, line=1) from error
    except ValueError as error:
        lines = data.splitlines()
        if len(lines) < 2:
            raise FormatError(f"damaged JSON ({error})", source=source, line=1) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError) as error:
            if number == 1:
                raise FormatError(f"damaged JSON ({error})", source=source, line=1) from error
            yield number, {"damaged": True}


def _rows(document: Any, source: str, line: int) -> Iterator[Row]:
    if isinstance(document, list):
        yield from (one if isinstance(one, dict) else {"damaged": True} for one in document)
        return
    if not isinstance(document, dict):
        yield {"damaged": True}
        return
    listed = document.get("aircraft", document.get("ac"))
    if isinstance(listed, list):
        yield from _of_moment(listed, document.get("now"))
    elif isinstance(document.get("trace"), list):
        yield from _of_trace(document)
    elif "states" in document:
        yield from _of_opensky(document["states"] or [], document.get("time"))
    elif document.keys() & {"icao24", "icao", "hex", "damaged"}:
        yield document
    elif line == 1:
        problem = "expected aircraft, states, trace, or rows with icao24, time, lat and lon"
        raise FormatError(f"{problem}, not {sorted(document)[:6]}", source=source, line=line)


def _of_moment(listed: list[Any], now: Any) -> Iterator[Row]:
    moment = _seconds(now)
    for one in listed:
        if not isinstance(one, dict):
            yield {"damaged": True}
            continue
        age = _number(one.get("seen_pos"))
        if age is not None and age > _OLDEST_POSITION_S:
            continue
        borrowed = [one.get("mlat"), one.get("tisb")]
        measured = any(isinstance(names, list) and "lat" in names for names in borrowed)
        time = None if moment is None else moment - (age or 0.0)
        yield {**one, "time": time, **({"type": "mlat"} if measured else {})}


def _of_trace(document: Row) -> Iterator[Row]:
    start = _seconds(document.get("timestamp"))
    for point in document["trace"]:
        if not isinstance(point, list) or len(point) < 7 or start is None:
            yield {"damaged": True}
            continue
        detail = point[8] if len(point) > 8 and isinstance(point[8], dict) else {}
        kind = point[9] if len(point) > 9 and isinstance(point[9], str) else detail.get("type")
        flags = int(_number(point[6]) or 0)
        if flags & _STALE:
            detail = {}
        told = dict(zip(_TRACE, point[1:6], strict=True))
        if flags & _GEOMETRIC:
            told["alt_geom"] = told.pop("alt_baro")
        offset = _number(point[0])
        yield {
            **told,
            "hex": document.get("icao"),
            "time": None if offset is None else start + offset,
            "type": kind,
            # Where a point tells no details, its integrity is not that of the point before.
            **{name: detail.get(name) for name in ("nic", "nac_p", "version", "category")},
        }


def _of_opensky(states: Any, time: Any) -> Iterator[Row]:
    if not isinstance(states, list):
        return
    for one in states:
        if not isinstance(one, list) or len(one) < 11:
            yield {"damaged": True}
            continue
        row = dict(zip(_STATES, one, strict=False))
        row.pop("category", None)  # numbered otherwise than the letters of ADS-B
        stated = row.pop("time_position")
        yield {**row, "time": _seconds(time if stated is None else stated)}


def _seconds(value: Any) -> float | None:
    number = _number(value)
    if number is None:
        return None
    return number / 1000.0 if number > _MILLISECONDS_FROM else number


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < _LARGEST else None
