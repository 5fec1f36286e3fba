"""Orbit Ephemeris Messages written in KVN, so that reading gives back the same nouns.

Version 2.0 is written, because older systems know it and nothing here needs a later one.  Every
number has the fewest digits that name it exactly, moments have microseconds; names of frames,
centres and time systems are written in capitals.  `FormatError` is raised for what an OEM cannot
carry.

Source: CCSDS 502.0-B-3, section 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.epochs import format_epochs
from hoshimori.formats.statements import exact, printable
from hoshimori.model.elements import Column
from hoshimori.model.ephemeris import Ephemeris

_WIDTH = 20
_ALIKE = ("object_name", "object_id", "time_system")


def write_oem_kvn(
    ephemerides: Sequence[Ephemeris], *, originator: str, created_utc: np.datetime64
) -> bytes:
    """Return the spans of one object as one message; raise `FormatError` where it cannot be."""
    if not ephemerides:
        raise FormatError("no ephemeris to write: an OEM has at least one", field="META_START")
    first = ephemerides[0]
    for one in ephemerides:
        for name in _ALIKE:
            if getattr(one, name).upper() != getattr(first, name).upper():
                raise FormatError("expected the same in all spans", field=name.upper())
    lines = [
        *_statements(
            CCSDS_OEM_VERS="2.0",
            CREATION_DATE=_moment(created_utc),
            ORIGINATOR=originator,
        ),
        *(line for one in ephemerides for line in _segment(one)),
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _segment(one: Ephemeris) -> Iterator[str]:
    if not len(one) or np.any(np.diff(one.times.astype("datetime64[us]")) <= np.timedelta64(0)):
        raise FormatError("expected states at increasing times", field="EPOCH")
    start, stop = min(one.times[0], one.usable_start), max(one.times[-1], one.usable_stop)
    usable = (one.usable_start, one.usable_stop) != (start, stop)
    degree = one.interpolation_degree
    yield "META_START"
    yield from _statements(
        OBJECT_NAME=one.object_name,
        OBJECT_ID=one.object_id,
        CENTER_NAME=one.centre.upper(),
        REF_FRAME=one.frame.upper(),
        REF_FRAME_EPOCH=None if one.frame_epoch is None else _moment(one.frame_epoch),
        TIME_SYSTEM=one.time_system.upper(),
        START_TIME=_moment(start),
        USEABLE_START_TIME=_moment(one.usable_start) if usable else None,
        USEABLE_STOP_TIME=_moment(one.usable_stop) if usable else None,
        STOP_TIME=_moment(stop),
        INTERPOLATION=one.interpolation.upper() if one.interpolation else None,
        INTERPOLATION_DEGREE=str(degree) if one.interpolation and degree else None,
    )
    yield "META_STOP"
    yield from _states(one)
    if one.covariance_km2 is not None and one.covariance_times is not None:
        yield "COVARIANCE_START"
        yield from _covariances(one, one.covariance_times, one.covariance_km2)
        yield "COVARIANCE_STOP"


def _states(one: Ephemeris) -> Iterator[str]:
    epochs = format_epochs(one.times)
    columns = [one.position_km, one.velocity_km_s]
    stated: Column = np.zeros(len(one), dtype=bool)
    if one.acceleration_km_s2 is not None:
        stated = np.asarray(~np.isnan(one.acceleration_km_s2).all(axis=1))
        columns.append(one.acceleration_km_s2)
    rows = np.concatenate(columns, axis=1).tolist()
    for epoch, row, has_acceleration in zip(epochs, rows, stated.tolist(), strict=True):
        yield _row([epoch], row if has_acceleration else row[:6], epoch)


def _covariances(one: Ephemeris, times: Column, matrices: Column) -> Iterator[str]:
    frames = one.covariance_frames
    for epoch, matrix, frame in zip(format_epochs(times), matrices.tolist(), frames, strict=True):
        yield f"EPOCH = {epoch}"
        yield f"COV_REF_FRAME = {printable('COV_REF_FRAME', frame.upper())}"
        for n, row in enumerate(matrix):
            yield _row([], row[: n + 1], epoch)


def _row(cells: list[str], numbers: list[float], field: str) -> str:
    return " ".join([*cells, *(exact(number, field) for number in numbers)])


def _statements(**values: str | None) -> Iterator[str]:
    for keyword, value in values.items():
        if value is not None:
            yield f"{keyword:<{_WIDTH}} = {printable(keyword, value)}"


def _moment(moment: np.datetime64) -> str:
    return format_epochs(np.array([moment]))[0]
