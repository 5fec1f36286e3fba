"""Disturbed receivers and satellite links, from files of their own measurements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from hoshimori.detectors.receivers import ReceiverDetector
from hoshimori.errors import CoverageError, SettingsError
from hoshimori.formats.receiver_rows import SampleClock
from hoshimori.formats.receivers import read_receivers
from hoshimori.model.assets import Asset
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import combined_reality, source_of_file
from hoshimori.model.receiver_readings import SampleRestart
from hoshimori.model.receiver_report import ReceiverReport
from hoshimori.model.receivers import ReceiverSeries, joined_series
from hoshimori.model.rejections import Rejection
from hoshimori.model.reports import OperatorReport
from hoshimori.workflows.deliveries import catalogue_files, moment_from, read_bytes
from hoshimori.workflows.interference import IntegrityMaps, picture_of_maps, with_integrity
from hoshimori.workflows.signals import FoundSignals, last_known, with_signals

_ALL_DAYS = 100_000.0
_DETECTOR = ReceiverDetector()


@dataclass(frozen=True, slots=True)
class ReceiverFiles:
    """Series of several files together."""

    series: tuple[ReceiverSeries, ...]
    files: tuple[str, ...]
    rejections: tuple[Rejection, ...]
    repeated: int
    restarts: tuple[SampleRestart, ...] = ()


def receivers_of_files(paths: Iterable[Path], *, clock: SampleClock | None = None) -> ReceiverFiles:
    """Read series of receivers, and every one of folders among the paths.

    `clock` tells the times of files that number their samples only.

    Raises:
        SettingsError: a path does not exist or holds no file.
        FormatError: a file holds no series of receivers.
    """
    files = list(catalogue_files(paths))
    readings = [
        read_receivers(read_bytes(f), source=source_of_file(f.name), clock=clock) for f in files
    ]
    parts = [series for reading in readings for series in reading.series]
    whole = joined_series(parts)
    return ReceiverFiles(
        series=whole,
        files=tuple(f.name for f in files),
        rejections=tuple(r for reading in readings for r in reading.rejections),
        repeated=sum(r.repeated for r in readings) + sum(map(len, parts)) - sum(map(len, whole)),
        restarts=tuple(one for reading in readings for one in reading.restarts),
    )


def receivers(
    files: ReceiverFiles,
    *,
    as_of_utc: np.datetime64 | None = None,
    days: float | None = None,
    detector: ReceiverDetector = _DETECTOR,
) -> ReceiverReport:
    """Return the disturbances in series as known at a moment, by default at their end.

    `days` limits how far back they are reported; what is usual is judged from all samples known.

    Raises:
        CoverageError: no sample was known by then.
    """
    moment = as_datetime(_moment(files.series, as_of_utc))
    survey = replace(detector, look_back_days=days or _ALL_DAYS).survey(files.series, moment)
    return ReceiverReport(
        as_of_utc=moment,
        files=files.files,
        reality=combined_reality(one.reality for one in files.series),
        days=days,
        findings=survey.findings,
        coverage=survey.coverage,
        rejected=len(files.rejections),
        repeated=files.repeated,
        restarts=files.restarts,
    )


def with_receivers(picture: Picture, files: ReceiverFiles) -> Picture:
    """Return a picture that also holds the samples known at its moment."""
    at = as_column_time(picture.as_of_utc)
    known = (one.known_by(at) for one in files.series)
    return replace(picture, receivers=tuple(one for one in known if len(one)))


def picture_without_sky(
    maps: IntegrityMaps | None,
    files: ReceiverFiles | None,
    *,
    signals: FoundSignals | None = None,
    assets: tuple[Asset, ...] = (),
    days_ahead: float = 0.0,
    as_of_utc: np.datetime64 | None = None,
    reports: Sequence[OperatorReport] = (),
) -> Picture:
    """Return the picture of maps, receivers and signals without any sky, by default at their end.

    Raises:
        CoverageError: nothing was known by then.
        SettingsError: a signal lies without the ephemerides of its satellites.
    """
    ends = [] if files is None else [_moment(files.series, as_of_utc)]
    if maps is not None:
        ends.append(as_column_time(picture_of_maps(maps, as_of_utc=as_of_utc).as_of_utc))
    if signals is not None:
        ends.append(last_known(signals) if as_of_utc is None else as_of_utc)
    moment = as_datetime(max(ends))
    picture = Picture(
        as_of_utc=moment,
        newest=NO_ELEMENT_SETS,
        history=NO_ELEMENT_SETS,
        assets=assets,
        days_ahead=days_ahead,
        reports=tuple(r for r in reports if r.known_utc <= moment),
    )
    picture = picture if maps is None else with_integrity(picture, maps)
    picture = picture if files is None else with_receivers(picture, files)
    return picture if signals is None else with_signals(picture, signals)[0]


def sample_clock(start: str, step_s: float | None) -> SampleClock | None:
    """Return when the samples of a file that numbers them were taken; None where nothing is said.

    Raises:
        SettingsError: only one of the two is given, or the step is none.
    """
    if not start and step_s is None:
        return None
    if not start or step_s is None:
        raise SettingsError("--start and --step belong together: both, or neither")
    if not 0.0 < step_s <= 86_400.0:
        raise SettingsError(f"--step {step_s:g}: expected more than 0 and at most 86400 s")
    return SampleClock(moment_from(start), step_s)


def _moment(series: Sequence[ReceiverSeries], as_of_utc: np.datetime64 | None) -> np.datetime64:
    known = [one.known_utc for one in series if len(one)]
    if not known:
        raise CoverageError("no samples: the files hold no row that could be read")
    if as_of_utc is None:
        latest: np.datetime64 = np.concatenate(known).max()
        return latest
    first = np.concatenate(known).min()
    if as_of_utc < first:
        raise CoverageError(f"no sample was known at {as_of_utc}Z; the earliest was at {first}Z")
    return as_of_utc
