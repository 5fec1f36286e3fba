"""Where aircraft lost satellite navigation, from integrity maps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from hoshimori.detectors.interference import InterferenceDetector
from hoshimori.detectors.passages import PassageDetector
from hoshimori.errors import CoverageError, SettingsError
from hoshimori.formats.aircraft_reports import is_aircraft_reports, read_aircraft_reports
from hoshimori.formats.integrity import read_integrity
from hoshimori.model.aircraft_reports import AircraftReading, AircraftReports, joined_reports
from hoshimori.model.assets import Asset
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.findings import Interference
from hoshimori.model.flights import passages_from
from hoshimori.model.integrity import IntegrityCells, IntegrityReading, joined_integrity
from hoshimori.model.interference_report import InterferenceReport, PassageCoverage, Place
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.passages import (
    DEFAULT_RESOLUTION,
    DEFAULT_STEP_S,
    Passages,
    ReportTally,
)
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import combined_reality, source_of_file
from hoshimori.model.rejections import Rejection
from hoshimori.model.reports import OperatorReport
from hoshimori.workflows.deliveries import catalogue_files, now_utc, read_bytes

_ALL_DAYS = 100_000.0
_DETECTOR = InterferenceDetector()
_FLIGHTS = PassageDetector()


@dataclass(frozen=True, slots=True)
class IntegrityMaps:
    """Counts by cell and day, and reports of single aircraft, of several files together."""

    cells: IntegrityCells
    files: tuple[str, ...]
    rejections: tuple[Rejection, ...]
    """Of maps all; of aircraft reports the first of each file."""
    reports: AircraftReports | None = None
    """None where no file holds any."""
    tally: ReportTally = field(default_factory=ReportTally)
    """What was left out when reports were read."""
    rejected_reports: int = 0
    step_s: float = DEFAULT_STEP_S
    resolution: int = DEFAULT_RESOLUTION

    @property
    def rejected(self) -> int:
        """How many rows could not be read."""
        return self.rejected_reports or len(self.rejections)


def maps_of_files(
    paths: Iterable[Path],
    *,
    day_utc: np.datetime64 | None = None,
    step_s: float = DEFAULT_STEP_S,
    resolution: int = DEFAULT_RESOLUTION,
) -> IntegrityMaps:
    """Read integrity maps and aircraft reports, and every file of folders among the paths.

    `day_utc` is the day of a map that states none; step and resolution are those to which
    reports of aircraft are counted.

    Raises:
        SettingsError: a path does not exist or holds no file.
        FormatError: a file is neither, or the day of a map is not known.
    """
    files = list(catalogue_files(paths))
    maps: list[IntegrityReading] = []
    flights: list[AircraftReading] = []
    for file in files:
        payload, source = read_bytes(file), source_of_file(file.name)
        if is_aircraft_reports(payload, source=source):
            flights.append(read_aircraft_reports(payload, source=source))
        else:
            maps.append(read_integrity(payload, source=source, day_utc=day_utc))
    refused = sum(len(one.rejections) for one in maps) + sum(one.rejected for one in flights)
    return IntegrityMaps(
        cells=joined_integrity([reading.cells for reading in maps]),
        files=tuple(f.name for f in files),
        rejections=tuple(
            [r for one in maps for r in one.rejections]
            + [r for one in flights for r in one.rejections]
        ),
        reports=joined_reports([one.reports for one in flights]) if flights else None,
        tally=ReportTally(
            without_position=sum(one.without_position for one in flights),
            absurd=sum(one.absurd for one in flights),
        ),
        rejected_reports=refused,
        step_s=step_s,
        resolution=resolution,
    )


def passages_in(maps: IntegrityMaps, as_of_utc: np.datetime64) -> Passages | None:
    """Return the flights in the files by cells and steps, as known at a moment."""
    if maps.reports is None:
        return None
    return passages_from(
        maps.reports,
        as_of_utc=as_of_utc,
        step_s=maps.step_s,
        resolution=maps.resolution,
        tally=maps.tally,
    )


def interference(
    maps: IntegrityMaps,
    *,
    as_of_utc: np.datetime64 | None = None,
    days: float | None = None,
    place: Place | None = None,
    detector: InterferenceDetector = _DETECTOR,
    flights: PassageDetector = _FLIGHTS,
) -> InterferenceReport:
    """Return the areas in maps and reports as known at a moment, by default at their end.

    `days` limits how far back areas are reported; what is usual is judged from all days known.
    `place` limits what is reported and counted as seen, not what is judged.

    Raises:
        CoverageError: the maps hold no counts that were known by then.
    """
    moment = _moment(maps, as_of_utc)
    look_back = days or _ALL_DAYS
    survey = replace(detector, look_back_days=look_back).survey(
        maps.cells, as_datetime(moment), place
    )
    areas: tuple[Interference, ...] = ()
    seen: PassageCoverage | None = None
    realities = [maps.cells.reality]
    passages = passages_in(maps, moment)
    if passages is not None:
        flown = replace(flights, look_back_days=look_back).survey(
            passages, as_datetime(moment), place
        )
        areas, seen = flown.findings, flown.coverage
        realities.append(passages.reality)
    return InterferenceReport(
        as_of_utc=as_datetime(moment),
        files=maps.files,
        reality=combined_reality(realities),
        days=days,
        place=place,
        areas=(*areas, *survey.findings),
        coverage=survey.coverage,
        rejected=maps.rejected,
        passages=seen,
    )


def with_integrity(picture: Picture, maps: IntegrityMaps) -> Picture:
    """Return a picture that also holds the counts and flights known at its moment."""
    moment = as_column_time(picture.as_of_utc)
    only_flights = maps.reports is not None and not len(maps.cells)
    return replace(
        picture,
        integrity=None if only_flights else maps.cells.known_by(moment),
        passages=passages_in(maps, moment),
    )


def picture_of_maps(
    maps: IntegrityMaps,
    *,
    assets: tuple[Asset, ...] = (),
    days_ahead: float = 0.0,
    as_of_utc: np.datetime64 | None = None,
    reports: Sequence[OperatorReport] = (),
) -> Picture:
    """Return the picture of integrity maps without any orbits, by default at their end.

    Raises:
        CoverageError: the maps hold no counts that were known by then.
    """
    moment = as_datetime(_moment(maps, as_of_utc))
    picture = Picture(
        as_of_utc=moment,
        newest=NO_ELEMENT_SETS,
        history=NO_ELEMENT_SETS,
        assets=assets,
        days_ahead=days_ahead,
        reports=tuple(r for r in reports if r.known_utc <= moment),
    )
    return with_integrity(picture, maps)


def place_from(text: str) -> Place:
    """Return a circle given as latitude, longitude (degrees) and radius (km).

    Raises:
        SettingsError: the text is no such circle.

    >>> place_from("32.9,-97.0,200")
    Place(latitude_deg=32.9, longitude_deg=-97.0, radius_km=200.0)
    """
    problem = f"--area {text}: expected latitude,longitude,radius in km, as in 32.9,-97.0,200"
    try:
        latitude, longitude, radius = (float(part) for part in text.split(","))
    except ValueError:
        raise SettingsError(problem) from None
    if not (abs(latitude) <= 90.0 and abs(longitude) <= 360.0 and 0.0 < radius <= 21_000.0):
        raise SettingsError(problem)
    return Place(latitude, longitude, radius)


def _moment(maps: IntegrityMaps, as_of_utc: np.datetime64 | None) -> np.datetime64:
    """Return the moment asked for, else when the last day was over or the last report came.

    Reports stamped after the present are of clocks that are wrong: they do not set it.
    """
    known = []
    over = (maps.cells.day_utc + np.timedelta64(1, "D")).astype("datetime64[us]")
    if len(over):
        known.append((over.min(), over.max()))
    if maps.reports is not None and len(maps.reports):
        stamps = maps.reports.time_utc.astype("datetime64[us]")
        stamps = stamps[stamps <= now_utc()]
        if len(stamps):
            known.append((stamps.min(), stamps.max()))
    if not known:
        raise CoverageError("no counts: the files hold no row that could be read")
    if as_of_utc is None:
        return max(last for _, last in known)
    earliest = min(first for first, _ in known)
    if as_of_utc < earliest:
        raise CoverageError(f"nothing was known at {as_of_utc}Z; the earliest was at {earliest}")
    return as_of_utc
