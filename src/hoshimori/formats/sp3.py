"""Precise orbits in SP3-c and SP3-d, read into ephemerides whose times are UTC.

Read are the epoch, position and velocity records; clocks, correlations and accuracies are passed
over. Time systems UTC and GLO, TAI, GPS (with GAL, QZS and IRN, which run with it) and BDT are
converted to UTC. A position of zeros means that there is none; what lies on either side of it
becomes two ephemerides, as nothing may be interpolated over it.

Velocities that contradict the positions by more than a tenth are taken as not stated: some centres
write metres a second where the format has decimetres.

Refused are other versions, other time systems, records that break off, numbers that are none,
satellites that the header does not list, epochs that do not increase, and files that end neither
with EOF nor with the epoch that the header counts as the last.

Source: Hilla, "The Extended Standard Product 3 Orbit Format (SP3-c)", 2010, and "(SP3-d)", 2016.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.packing import LARGEST_UNPACKED_BYTES, unpacked
from hoshimori.model.elements import Column
from hoshimori.model.ephemeris import Ephemeris
from hoshimori.numerics.elements import Times
from hoshimori.numerics.time import LeapSeconds, gps_to_utc, tai_to_utc

_AS_GPS = ("GPS", "GAL", "QZS", "IRN")
_AS_UTC = ("UTC", "GLO")
_BDT_BEHIND_TAI = np.timedelta64(33, "s")
_KM_S_PER_DM_S = 1e-4
_LARGEST_CONTRADICTION = 0.1
_NAME = re.compile(r"[A-Z ][0-9 ][0-9]", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+\.\d*|[+-]?\.\d+", re.ASCII)
_PASSED_OVER = ("EP", "EV", "/*", "%/", "%f", "%i", "++")


@dataclass(slots=True)
class _Satellite:
    """States of one satellite: rows of the epochs, and numbers; NaN where there are none."""

    epochs: list[int] = field(default_factory=list)
    positions: list[list[float]] = field(default_factory=list)
    velocities: list[list[float]] = field(default_factory=list)


@dataclass(slots=True)
class _File:
    """What has been read of a file so far."""

    source: str
    frame: str
    time_system: str = ""
    satellites: dict[str, _Satellite] = field(default_factory=dict)
    epochs: list[np.datetime64] = field(default_factory=list)
    ended: bool = False


def is_sp3(data: bytes) -> bool:
    """Tell whether unpacked bytes begin as SP3-c or SP3-d do."""
    return data[:2] in (b"#c", b"#d")


def read_sp3(
    data: bytes,
    *,
    source: str,
    leap_seconds: LeapSeconds,
    limit_bytes: int = LARGEST_UNPACKED_BYTES,
) -> tuple[Ephemeris, ...]:
    """Return an ephemeris for each unbroken span of each satellite, in the order of the header.

    Object name and id are the identifier of the file ("G01", "L52"), the frame is as named there.
    Kilometres and kilometres a second; velocities are NaN where the file has none. gzip and zip are
    unpacked. Raises `FormatError` with source, line and field where the file is not SP3-c or -d,
    `CoverageError` for epochs before the table of leap seconds.
    """
    return tuple(
        found
        for name, member in unpacked(data, source=source, limit_bytes=limit_bytes)
        for found in _ephemerides(_read(member, name), leap_seconds)
    )


def _read(data: bytes, source: str) -> _File:
    lines = data.decode("ascii", errors="replace").splitlines()
    if not is_sp3(data):
        raise FormatError("not SP3-c or SP3-d: expected '#c' or '#d' first", source=source, line=1)
    file = _File(source, lines[0][46:51].strip())
    for number, line in enumerate(lines[1:], start=2):
        if file.ended and line.strip():
            raise FormatError("text after EOF", source=source, line=number)
        _take(file, line, number)
    if not file.ended and str(len(file.epochs)) != lines[0][32:39].strip():
        raise FormatError(
            f"breaks off after {len(file.epochs)} epochs: expected EOF last",
            source=source,
            line=len(lines),
        )
    if not file.epochs:
        raise FormatError("no epoch: expected lines that begin with '*'", source=source)
    return file


def _take(file: _File, line: str, number: int) -> None:
    start = line[:2]
    if start in _PASSED_OVER or start == "##" or not line.strip():
        return
    if line.startswith("EOF"):
        file.ended = True
    elif start == "%c":
        file.time_system = file.time_system or line[9:12].strip()
    elif start[0] == "+":
        for name in re.findall("...", line[9:60]):
            if _NAME.fullmatch(name) and name != "  0":
                file.satellites.setdefault(name.replace(" ", "0"), _Satellite())
    elif start[0] == "*":
        file.epochs.append(_epoch(file, line, number))
    elif start[0] in "PV":
        _state(file, line, number)
    else:
        _refuse(file, number, "", f"{line[:20]!r}: no record of SP3")


def _epoch(file: _File, line: str, number: int) -> np.datetime64:
    words = line[1:].split()
    whole = [int(w) for w in words[:5] if w.isascii() and w.isdigit()]
    if len(words) != 6 or len(whole) != 5 or not _NUMBER.fullmatch(words[5]):
        _refuse(file, number, "epoch", f"{line[:32]!r}: expected year month day hour minute second")
    year, month, day, hour, minute = whole
    second_us = round(float(words[5]) * 1e6)
    if not (1900 <= year <= 2100 and hour < 24 and minute < 60 and 0 <= second_us < 60_000_000):
        _refuse(file, number, "epoch", f"{line[:32]!r}: no such moment")
    try:
        midnight = np.datetime64(f"{year:04}-{month:02}-{day:02}", "us")
    except ValueError:
        _refuse(file, number, "epoch", f"{line[:32]!r}: no such day")
    within_us = ((hour * 60 + minute) * 60) * 1_000_000 + second_us
    moment = midnight + np.timedelta64(within_us, "us")
    if file.epochs and moment <= file.epochs[-1]:
        _refuse(file, number, "epoch", f"{moment} after {file.epochs[-1]}: expected a later epoch")
    return moment


def _state(file: _File, line: str, number: int) -> None:
    name = line[1:4].replace(" ", "0")
    if name not in file.satellites or not file.epochs:
        _refuse(file, number, "satellite", f"{name!r}: expected one of the header, after an epoch")
    values = [line[4:18].strip(), line[18:32].strip(), line[32:46].strip()]
    if not all(_NUMBER.fullmatch(value) for value in values):
        _refuse(file, number, name, f"{line[4:46]!r}: expected three numbers of 14 columns")
    numbers = [float(value) for value in values]
    satellite, row = file.satellites[name], len(file.epochs) - 1
    if line[0] == "P":
        if satellite.epochs and satellite.epochs[-1] == row:
            _refuse(file, number, name, "a second position at one epoch")
        if any(numbers):
            satellite.epochs.append(row)
            satellite.positions.append(numbers)
            satellite.velocities.append([np.nan] * 3)
    elif any(numbers) and satellite.epochs and satellite.epochs[-1] == row:
        satellite.velocities[-1] = [value * _KM_S_PER_DM_S for value in numbers]


def _ephemerides(file: _File, leap_seconds: LeapSeconds) -> list[Ephemeris]:
    utc = _utc(file, np.array(file.epochs, "datetime64[us]"), leap_seconds)
    found = []
    for name, satellite in file.satellites.items():
        rows = np.array(satellite.epochs, np.int64)
        for span in np.split(np.arange(len(rows)), np.flatnonzero(np.diff(rows) > 1) + 1):
            if len(span):
                times = utc[rows[span]]
                position_km = np.array(satellite.positions)[span]
                velocity_km_s = np.array(satellite.velocities)[span]
                if _contradicts(velocity_km_s, position_km, times):
                    velocity_km_s = np.full_like(velocity_km_s, np.nan)
                found.append(
                    Ephemeris(
                        name, name, "EARTH", file.frame, "UTC", times, position_km, velocity_km_s,
                        usable_start=times[0], usable_stop=times[-1],
                    )
                )  # fmt: skip
    return found


def _contradicts(velocity_km_s: Column, position_km: Column, times: Column) -> bool:
    if len(times) < 2 or not np.isfinite(velocity_km_s).all():
        return False
    seconds = np.diff(times) / np.timedelta64(1, "s")
    moved_km_s = np.linalg.norm(np.diff(position_km, axis=0), axis=1) / seconds
    ratio = float(np.median(np.linalg.norm(velocity_km_s[:-1], axis=1) / moved_km_s))
    return not 1.0 - _LARGEST_CONTRADICTION < ratio < 1.0 + _LARGEST_CONTRADICTION


def _utc(file: _File, times: Times, leap_seconds: LeapSeconds) -> Times:
    if file.time_system in _AS_UTC:
        return times
    if file.time_system in _AS_GPS:
        return gps_to_utc(times, leap_seconds)
    if file.time_system == "TAI":
        return tai_to_utc(times, leap_seconds)
    if file.time_system == "BDT":
        return tai_to_utc(np.asarray(times + _BDT_BEHIND_TAI), leap_seconds)
    known = ", ".join((*_AS_UTC, *_AS_GPS, "TAI", "BDT"))
    raise FormatError(
        f"time system {file.time_system!r}: expected one of {known}", source=file.source, field="%c"
    )


def _refuse(file: _File, line: int, field_name: str, problem: str) -> NoReturn:
    raise FormatError(problem, source=file.source, line=line, field=field_name)
