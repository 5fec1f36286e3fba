"""Ephemerides of messages and files, made ready to be screened beside element sets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.messages import AnyMessage, read_messages
from hoshimori.formats.packing import unpacked
from hoshimori.formats.sp3 import is_sp3, read_sp3
from hoshimori.model.ephemeris import Ephemeris
from hoshimori.model.orbit_comprehensive import OrbitComprehensive
from hoshimori.numerics.frames import EarthOrientation
from hoshimori.numerics.stated_frames import crosses_leap_second, to_teme, to_utc
from hoshimori.numerics.time import LeapSeconds
from hoshimori.numerics.trajectories import (
    DEFAULT_POINTS,
    Ephemerides,
    Span,
    ephemerides,
    velocities_contradict,
    velocities_km_s,
)
from hoshimori.sources.earth_orientation import read_earth_orientation, read_leap_seconds
from hoshimori.workflows.deliveries import catalogue_files, read_bytes

_NUMBERED = re.compile(r"([1-9]\d{0,8})=(.+)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class Earth:
    """How the Earth stands and when seconds were inserted."""

    orientation: EarthOrientation
    leap_seconds: LeapSeconds


@dataclass(frozen=True, slots=True, eq=False)
class TabulatedObjects:
    """Objects by the names that their messages give them, and their states; one row each."""

    object_ids: tuple[str, ...]
    names: tuple[str, ...]
    states: Ephemerides


def earth_now() -> Earth:
    """Return the Earth as the tables on this machine have it.

    Raises:
        FormatError: a table is damaged.
    """
    return Earth(read_earth_orientation(), read_leap_seconds())


def ephemerides_in(paths: Iterable[Path]) -> Iterator[Ephemeris]:
    """Give the ephemerides of OEM, OCM and SP3 among files, folders and archives.

    SP3 names an object by the satellite's identifier there ("L52"), which is no catalogue number.

    Raises:
        SettingsError: a path does not exist, or a folder holds no file.
        FormatError: a file cannot be read.
        CoverageError: an SP3 file from before the table of leap seconds.
    """
    for path in catalogue_files(paths):
        for name, member in unpacked(read_bytes(path), source=path.name):
            if is_sp3(member):
                yield from read_sp3(member, source=name, leap_seconds=read_leap_seconds())
                continue
            yield from ephemerides_among(read_messages(member, source=name))


def ephemerides_among(messages: Iterable[AnyMessage]) -> Iterator[Ephemeris]:
    """Give the ephemerides among messages, OEM and the trajectories of OCM."""
    for message in messages:
        match message:
            case Ephemeris():
                yield message
            case OrbitComprehensive():
                yield from trajectories_of(message)


def numbered_ephemerides_in(paths: Iterable[Path]) -> Iterator[Ephemeris]:
    """Give ephemerides as `ephemerides_in`; of `41335=orbit.sp3` as those of object 41335.

    That is for files that state no catalogue number, as SP3 does not.

    Raises:
        SettingsError: also where a file with a number holds more than one object.
        FormatError, CoverageError: as `ephemerides_in`.
    """
    for path in paths:
        named = _NUMBERED.fullmatch(str(path))
        if not named:
            yield from ephemerides_in([path])
            continue
        number, place = named.groups()
        found = list(ephemerides_in([Path(place)]))
        if len({(message.object_id, message.object_name) for message in found}) > 1:
            raise SettingsError(f"{place}: it holds several objects, of which none is {number}")
        yield from (replace(message, object_id=number) for message in found)


def trajectories_of(message: OrbitComprehensive) -> Iterator[Ephemeris]:
    """Give the Cartesian trajectories of a message as ephemerides; those of other kinds are not."""
    for block in message.trajectories:
        position, velocity = block.position_km, block.velocity_km_s
        if position is None:
            continue
        unknown = np.full_like(position, np.nan)
        yield Ephemeris(
            message.object_name or "",
            message.designator or message.international_designator or "",
            block.centre,
            block.frame,
            message.time_system,
            block.times.copy(),
            position.copy(),
            unknown if velocity is None else velocity.copy(),
            block.times[0] if block.usable_start is None else block.usable_start,
            block.times[-1] if block.usable_stop is None else block.usable_stop,
            frame_epoch=block.frame_epoch,
        )


def tabulated(
    messages: Iterable[Ephemeris], earth: Earth, points: int = DEFAULT_POINTS
) -> TabulatedObjects:
    """Return ephemerides as objects with states in TEME at UTC; those of one object together.

    Objects are told apart by OBJECT_ID and name. A span that crosses a leap second is parted there,
    because UTC cannot count through it. Velocities that are not stated (NaN, as in many SP3 files)
    or that contradict the positions (as where SGP4 made the ephemeris) are taken from the
    positions; a single state without a velocity is left out.

    Raises:
        FormatError: a frame, a time system or a centre is not understood.
        CoverageError: moments outside what is known of the Earth's orientation.
    """
    objects: dict[tuple[str, str], list[Span]] = {}
    for message in messages:
        spans = objects.setdefault((message.object_id, message.object_name), [])
        spans += _spans(message, earth)
    return TabulatedObjects(
        object_ids=tuple(object_id for object_id, _ in objects),
        names=tuple(name for _, name in objects),
        states=ephemerides(list(objects.values()), points),
    )


def _spans(message: Ephemeris, earth: Earth) -> Iterator[Span]:
    if message.centre.upper() != "EARTH":
        raise FormatError(f"{message.centre[:40]!r}: expected EARTH", field="CENTER_NAME")
    utc = to_utc(message.time_system, message.times, earth.leap_seconds, earth.orientation)
    usable = np.array([message.usable_start, message.usable_stop], dtype="datetime64[us]")
    start, stop = to_utc(message.time_system, usable, earth.leap_seconds, earth.orientation)
    epoch = message.frame_epoch
    if epoch is not None:
        of = np.array([epoch], dtype="datetime64[us]")
        (epoch,) = to_utc(message.time_system, of, earth.leap_seconds, earth.orientation)
    position, velocity = to_teme(
        message.frame, message.position_km, message.velocity_km_s, utc, earth.orientation, epoch
    )
    edges = np.searchsorted(utc, crosses_leap_second(utc, earth.leap_seconds))
    for rows in np.split(np.arange(len(utc)), edges):
        span = Span(utc[rows], position[rows], velocity[rows], start, stop)
        if len(rows) > 1:
            yield _mended(span)
        elif len(rows) and np.isfinite(span.velocity_teme_km_s).all():
            yield span


def _mended(span: Span) -> Span:
    """Return a span with velocities from its positions where those stated will not do."""
    t_s = (span.utc - span.utc[0]) / np.timedelta64(1, "s")
    stated = span.velocity_teme_km_s
    if np.isfinite(stated).all() and not velocities_contradict(t_s, span.position_teme_km, stated):
        return span
    return span._replace(velocity_teme_km_s=velocities_km_s(t_s, span.position_teme_km))
