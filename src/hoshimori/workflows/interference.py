"""Where aircraft lost satellite navigation, from integrity maps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from hoshimori.detectors.interference import InterferenceDetector
from hoshimori.errors import CoverageError, SettingsError
from hoshimori.formats.integrity import read_integrity
from hoshimori.model.assets import Asset
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.integrity import IntegrityCells, joined_integrity
from hoshimori.model.interference_report import InterferenceReport, Place
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import source_of_file
from hoshimori.model.rejections import Rejection
from hoshimori.model.reports import OperatorReport
from hoshimori.workflows.deliveries import catalogue_files, read_bytes

_ALL_DAYS = 100_000.0
_DETECTOR = InterferenceDetector()


@dataclass(frozen=True, slots=True)
class IntegrityMaps:
    """Counts of several files together."""

    cells: IntegrityCells
    files: tuple[str, ...]
    rejections: tuple[Rejection, ...]


def maps_of_files(paths: Iterable[Path], *, day_utc: np.datetime64 | None = None) -> IntegrityMaps:
    """Read integrity maps, and every one of folders among the paths.

    `day_utc` is the day of a map that states none.

    Raises:
        SettingsError: a path does not exist or holds no file.
        FormatError: a file is no integrity map, or its day is not known.
    """
    files = list(catalogue_files(paths))
    readings = [
        read_integrity(read_bytes(f), source=source_of_file(f.name), day_utc=day_utc) for f in files
    ]
    return IntegrityMaps(
        cells=joined_integrity([reading.cells for reading in readings]),
        files=tuple(f.name for f in files),
        rejections=tuple(r for reading in readings for r in reading.rejections),
    )


def interference(
    maps: IntegrityMaps,
    *,
    as_of_utc: np.datetime64 | None = None,
    days: float | None = None,
    place: Place | None = None,
    detector: InterferenceDetector = _DETECTOR,
) -> InterferenceReport:
    """Return the areas in integrity maps as known at a moment, by default at their end.

    `days` limits how far back areas are reported; what is usual is judged from all days known.
    `place` limits what is reported and counted as seen, not what is judged.

    Raises:
        CoverageError: the maps hold no counts that were known by then.
    """
    moment = _moment(maps.cells, as_of_utc)
    survey = replace(detector, look_back_days=days or _ALL_DAYS).survey(
        maps.cells, as_datetime(moment), place
    )
    return InterferenceReport(
        as_of_utc=as_datetime(moment),
        files=maps.files,
        reality=maps.cells.reality,
        days=days,
        place=place,
        areas=survey.findings,
        coverage=survey.coverage,
        rejected=len(maps.rejections),
    )


def with_integrity(picture: Picture, maps: IntegrityMaps) -> Picture:
    """Return a picture that also holds the counts known at its moment."""
    return replace(picture, integrity=maps.cells.known_by(as_column_time(picture.as_of_utc)))


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
    moment = as_datetime(_moment(maps.cells, as_of_utc))
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


def _moment(cells: IntegrityCells, as_of_utc: np.datetime64 | None) -> np.datetime64:
    if not len(cells):
        raise CoverageError("no counts: the maps hold no row that could be read")
    over = cells.day_utc + np.timedelta64(1, "D")
    if as_of_utc is None:
        latest: np.datetime64 = over.max().astype("datetime64[us]")
        return latest
    if as_of_utc < over.min():
        raise CoverageError(
            f"no day of the maps was over at {as_of_utc}Z; the earliest was at {over.min()}"
        )
    return as_of_utc
