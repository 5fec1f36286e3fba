"""Element sets as two-line element sets, with or without names.

Legacy export: numbers above 339,999, epochs outside 1957 to 2056, and data that are not real (a
TLE has no place to say so) are refused with `FormatError` and the advice to write OMM.  Each field
is rounded half up to its columns; a counter that is not stated is written as 0, an empty
classification as U, and revolution and element set numbers keep their last digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.alpha5 import encode_alpha5
from hoshimori.formats.records import unprintable_rows
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.provenance import Reality

_US_PER_UNIT = 864  # a hundred-millionth of a day
_UNITS_PER_DAY = 100_000_000
_FULL_DESIGNATOR = re.compile(r"\d{4}-\d{3}[A-Za-z]{1,3}", re.ASCII)


def write_tle(element_sets: ElementSets, *, with_names: bool = True) -> bytes:
    """Return element sets as lines of 69 columns, each set after its name ("0 NAME") if wanted.

    Raises `FormatError` for the first element set that a TLE cannot carry.
    """
    if element_sets.reality is not Reality.REAL:
        raise FormatError(
            f"a TLE cannot say that data are {element_sets.reality.value}: write OMM instead"
        )
    if rows := unprintable_rows(element_sets.object_name):
        norad_id = element_sets.norad_id[rows[0]]
        raise FormatError(f"object {norad_id}: its name holds control characters")
    lines = [
        line
        for row in _rows(element_sets)
        for line in ([f"0 {row['object_name']}".rstrip()] if with_names else []) + _lines(row)
    ]
    return "".join(line + "\n" for line in lines).encode("utf-8")


def checksum(line: str) -> int:
    """Return the last digit of the sum of a line's digits, each minus sign counting 1."""
    return sum(int(c) if c in "0123456789" else c == "-" for c in line[:68]) % 10


def _rows(element_sets: ElementSets) -> Iterator[dict[str, Any]]:
    names = [name for name in COLUMNS if name not in ("known_utc", "provenance_index", "epoch_utc")]
    columns = [getattr(element_sets, name).tolist() for name in names]
    for epoch, values in zip(element_sets.epoch_utc, zip(*columns, strict=True), strict=True):
        yield dict(zip(names, values, strict=True)) | {"epoch_utc": epoch}


def _lines(row: dict[str, Any]) -> list[str]:
    number = encode_alpha5(row["norad_id"])
    first = (
        f"1 {number}{row['classification'] or 'U'} {_designator(row['object_id']):<8} "
        f"{_epoch(row)} {_derivative(row)} {_exponential(row, 'mean_motion_ddot_rev_day3')} "
        f"{_exponential(row, 'bstar_per_er')} {max(row['ephemeris_type'], 0)} "
        f"{max(row['element_set_no'], 0) % 10_000:4d}"
    )
    second = (
        f"2 {number} {_angle(row, 'inclination_deg', wraps=False)} {_angle(row, 'raan_deg')} "
        f"{_eccentricity(row)} {_angle(row, 'arg_of_pericenter_deg')} "
        f"{_angle(row, 'mean_anomaly_deg')} {_mean_motion(row)}"
        f"{max(row['rev_at_epoch'], 0) % 100_000:5d}"
    )
    return [f"{line}{checksum(line)}" for line in (first, second)]


def _refuse(row: dict[str, Any], name: str) -> FormatError:
    return FormatError(
        f"object {row['norad_id']}: {name} = {row[name]} does not fit a TLE: write OMM instead",
        field=name,
    )


def _decimal(value: float, places: int) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _designator(object_id: str) -> str:
    """Shorten YYYY-NNNAAA; what is not of this form is kept where it fits, else left out."""
    if _FULL_DESIGNATOR.fullmatch(object_id) and 1957 <= int(object_id[:4]) <= 2056:
        object_id = object_id[2:4] + object_id[5:]
    return object_id if len(object_id) <= 8 and object_id.isascii() else ""


def _epoch(row: dict[str, Any]) -> str:
    epoch = row["epoch_utc"]
    midnight = epoch.astype("datetime64[D]")
    micros = int((epoch - midnight).astype(np.int64))
    units = (2 * micros + _US_PER_UNIT) // (2 * _US_PER_UNIT)
    day = midnight + np.timedelta64(units // _UNITS_PER_DAY, "D")
    year = int(day.astype("datetime64[Y]").astype(np.int64)) + 1970
    if not 1957 <= year <= 2056:
        raise _refuse(row, "epoch_utc")
    of_year = int((day - day.astype("datetime64[Y]").astype("datetime64[D]")).astype(np.int64)) + 1
    return f"{year % 100:02d}{of_year:03d}.{units % _UNITS_PER_DAY:08d}"


def _derivative(row: dict[str, Any]) -> str:
    value = _decimal(row["mean_motion_dot_rev_day2"], 8)
    if abs(value) >= 1:
        raise _refuse(row, "mean_motion_dot_rev_day2")
    return f"{'-' if value < 0 else ' '}.{abs(value).scaleb(8):08.0f}"


def _exponential(row: dict[str, Any], name: str) -> str:
    """Write ±NNNNN±N for ±0.NNNNN × 10^±N."""
    exact = Decimal(repr(row[name]))
    power = max(exact.adjusted() + 1, -9) if exact else 0
    if power > 9:
        raise _refuse(row, name)
    mantissa = abs(exact).scaleb(5 - power).quantize(Decimal(1), ROUND_HALF_UP)
    if not mantissa:
        return " 00000+0"
    if mantissa == 100_000:
        power, mantissa = power + 1, Decimal(10_000)
    if power > 9:
        raise _refuse(row, name)
    return f"{'-' if exact < 0 else ' '}{mantissa:05.0f}{power:+d}"


def _angle(row: dict[str, Any], name: str, *, wraps: bool = True) -> str:
    value = _decimal(row[name], 4)
    if wraps:
        value = (value % 360 + 360) % 360
    return f"{value:8.4f}"


def _eccentricity(row: dict[str, Any]) -> str:
    digits = _decimal(row["eccentricity"], 7).scaleb(7)
    if digits >= 10_000_000:
        raise _refuse(row, "eccentricity")
    return f"{digits:07.0f}"


def _mean_motion(row: dict[str, Any]) -> str:
    value = _decimal(row["mean_motion_rev_day"], 8)
    if value >= 100:
        raise _refuse(row, "mean_motion_rev_day")
    return f"{value:11.8f}"
