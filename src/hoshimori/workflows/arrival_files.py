"""Files about one signal, read together: its case, and differences from TDM, CSV and the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.arrivals_csv import is_arrivals_csv, read_arrivals_csv
from hoshimori.formats.geolocation_cases import read_geolocation_case
from hoshimori.formats.messages import read_messages
from hoshimori.formats.packing import unpacked
from hoshimori.formats.tdm_arrivals import arrivals_of_segment
from hoshimori.model.geolocation import ArrivalDifference, GeolocationCase
from hoshimori.model.tracking_data import TrackingData
from hoshimori.numerics.stated_frames import to_utc
from hoshimori.workflows.deliveries import catalogue_files, read_bytes
from hoshimori.workflows.ephemerides import Earth


@dataclass(frozen=True, slots=True)
class SignalFiles:
    """All that files tell about one signal."""

    case: GeolocationCase
    """Its measurements are those of all files."""
    files: tuple[str, ...]
    refused: tuple[str, ...]
    """Records that could not be read, each with place, cause and what to do."""


def signal_files(paths: Iterable[Path], earth: Earth) -> SignalFiles:
    """Read files of one signal: at most one case in TOML, any number of TDM and CSV.

    Raises:
        SettingsError: a path does not exist, two files are cases, or no file holds a measurement.
        FormatError: a file cannot be read.
        CoverageError: moments outside what is known of the Earth.
    """
    files = list(catalogue_files(paths))
    case, members = GeolocationCase(), []
    cases: list[str] = []
    for path in files:
        for name, member in unpacked(read_bytes(path), source=path.name):
            if name.lower().endswith(".toml"):
                case = read_geolocation_case(member, source=name)
                cases.append(name)
            else:
                members.append((name, member))
    if len(cases) > 1:
        raise SettingsError(f"{', '.join(cases)}: two cases; one signal has one case")
    found = [
        replace(one, place=f"{cases[0]}:measurement[{number}]")
        for number, one in enumerate(case.measurements, 1)
    ]
    refused: list[str] = []
    for name, member in members:
        further, bad = _differences(member, name, case, earth)
        found += further
        refused += bad
    if not found:
        hint = "; ".join(refused[:3]) or "name a TDM or CSV, or put [[measurement]] into the case"
        raise SettingsError(f"no measurement could be read: {hint}")
    return SignalFiles(
        replace(case, measurements=tuple(found)), tuple(f.name for f in files), tuple(refused)
    )


def _differences(
    data: bytes, source: str, case: GeolocationCase, earth: Earth
) -> tuple[list[ArrivalDifference], list[str]]:
    if is_arrivals_csv(data):
        reading = read_arrivals_csv(data, source=source)
        return list(reading.differences), [str(one) for one in reading.rejections]
    references = frozenset(one.name for one in case.references)
    found: list[ArrivalDifference] = []
    refused: list[str] = []
    segments = [one for one in read_messages(data, source=source) if isinstance(one, TrackingData)]
    if not segments:
        raise FormatError(
            "neither TDM nor CSV with columns time_utc,kind,first,second,value; a case in TOML is "
            "known by its name *.toml",
            source=source,
        )
    for segment in segments:
        times = to_utc(segment.time_system, segment.times, earth.leap_seconds, earth.orientation)
        try:
            reading = arrivals_of_segment(segment, times, source=source, references=references)
        except FormatError as error:
            refused.append(str(error))
            continue
        found += reading.differences
        refused += [str(one) for one in reading.rejections]
    return found, refused
