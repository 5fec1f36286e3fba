"""Files about one signal, read together: its case, differences in TDM, CSV and the case, orbits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.arrivals_csv import is_arrivals_csv, read_arrivals_csv
from hoshimori.formats.geolocation_cases import read_geolocation_case
from hoshimori.formats.messages import read_messages
from hoshimori.formats.packing import unpacked
from hoshimori.formats.sp3 import is_sp3, read_sp3
from hoshimori.formats.tdm_arrivals import arrivals_of_segment
from hoshimori.model.ephemeris import Ephemeris
from hoshimori.model.geolocation import ArrivalDifference, GeolocationCase
from hoshimori.model.provenance import Provenance, source_of_file
from hoshimori.model.tracking_data import TrackingData
from hoshimori.numerics.stated_frames import to_utc
from hoshimori.workflows.deliveries import catalogue_files, read_bytes
from hoshimori.workflows.ephemerides import Earth, ephemerides_among


@dataclass(frozen=True, slots=True)
class SignalFiles:
    """All that files tell about one signal."""

    case: GeolocationCase
    """Its measurements are those of all files."""
    files: tuple[str, ...]
    refused: tuple[str, ...]
    """Records that could not be read, each with place, cause and what to do."""
    ephemerides: tuple[Ephemeris, ...] = ()
    """Of satellites, where files beside the measurements hold any."""
    provenances: tuple[Provenance, ...] = ()
    """Of the files, marked with the reality of the case."""


@dataclass(frozen=True, slots=True)
class _Member:
    """What one file among those of a signal held."""

    differences: tuple[ArrivalDifference, ...] = ()
    refused: tuple[str, ...] = ()
    ephemerides: tuple[Ephemeris, ...] = ()


def signal_files(paths: Iterable[Path], earth: Earth) -> SignalFiles:
    """Read files of one signal: at most one case in TOML, any number of TDM, CSV and ephemerides.

    Raises:
        SettingsError: a path does not exist, two files are cases, or no file holds a measurement.
        FormatError: a file cannot be read.
        CoverageError: moments outside what is known of the Earth.
    """
    files = list(catalogue_files(paths))
    contents = [(path.name, read_bytes(path)) for path in files]
    case, members = GeolocationCase(), []
    cases: list[str] = []
    for file_name, content in contents:
        for name, member in unpacked(content, source=file_name):
            if name.lower().endswith(".toml"):
                case = read_geolocation_case(member, source=name)
                cases.append(name)
            else:
                members.append((name, member))
    if len(cases) > 1:
        raise SettingsError(f"{', '.join(cases)}: two cases; one signal has one case")
    own = [
        replace(one, place=f"{cases[0]}:measurement[{number}]")
        for number, one in enumerate(case.measurements, 1)
    ]
    read = [_member(member, name, case, earth) for name, member in members]
    found = (*own, *(one for part in read for one in part.differences))
    refused = tuple(one for part in read for one in part.refused)
    if not found:
        hint = "; ".join(refused[:3]) or "name a TDM or CSV, or put [[measurement]] into the case"
        raise SettingsError(f"no measurement could be read: {hint}")
    return SignalFiles(
        replace(case, measurements=found),
        tuple(f.name for f in files),
        refused,
        tuple(one for part in read for one in part.ephemerides),
        tuple(
            Provenance(source_of_file(name), hashlib.sha256(content).hexdigest(), case.reality)
            for name, content in contents
        ),
    )


def _member(data: bytes, source: str, case: GeolocationCase, earth: Earth) -> _Member:
    if is_arrivals_csv(data):
        reading = read_arrivals_csv(data, source=source)
        return _Member(reading.differences, tuple(str(one) for one in reading.rejections))
    if is_sp3(data):
        orbits = read_sp3(data, source=source, leap_seconds=earth.leap_seconds)
        return _Member(ephemerides=tuple(orbits))
    messages = read_messages(data, source=source)
    segments = [one for one in messages if isinstance(one, TrackingData)]
    orbits = tuple(ephemerides_among(messages))
    if not segments and not orbits:
        raise FormatError(
            "neither TDM nor CSV with columns time_utc,kind,first,second,value, nor an ephemeris; "
            "a case in TOML is known by its name *.toml",
            source=source,
        )
    told = [_segment(one, source, case, earth) for one in segments]
    return _Member(
        tuple(one for part in told for one in part.differences),
        tuple(one for part in told for one in part.refused),
        orbits,
    )


def _segment(segment: TrackingData, source: str, case: GeolocationCase, earth: Earth) -> _Member:
    references = frozenset(one.name for one in case.references)
    times = to_utc(segment.time_system, segment.times, earth.leap_seconds, earth.orientation)
    try:
        reading = arrivals_of_segment(segment, times, source=source, references=references)
    except FormatError as error:
        return _Member(refused=(str(error),))
    return _Member(reading.differences, tuple(str(one) for one in reading.rejections))
