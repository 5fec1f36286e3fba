"""The picture that a floor has of a moment: the store or a made sky, reports and maps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from hoshimori.errors import CoverageError, FormatError, SettingsError
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.planted import Planted
from hoshimori.model.reports import OperatorReport
from hoshimori.settings import Settings
from hoshimori.store import Store
from hoshimori.workflows.admission import admitted_picture
from hoshimori.workflows.deliveries import assets_from
from hoshimori.workflows.floor_parts import SkyAt
from hoshimori.workflows.interference import maps_of_files, with_integrity
from hoshimori.workflows.receivers import receivers_of_files, with_receivers
from hoshimori.workflows.reports import reports_from
from hoshimori.workflows.signals import signals_of_paths, with_signals
from hoshimori.workflows.stores import sky_of_store


@dataclass(frozen=True, slots=True, eq=False)
class Pictured:
    """A picture with what people should know of it."""

    picture: Picture
    story: tuple[Planted, ...]
    """What was planted, where the sky is a made one."""
    notes: tuple[str, ...]
    """What could not be read."""


def pictured_at(
    store: Store,
    settings: Settings,
    moment: datetime,
    sky_at: SkyAt | None,
    *,
    known_by: datetime | None = None,
) -> Pictured | None:
    """Return the whole picture of a moment; None where nothing was known then.

    `known_by` is by when facts must have been known, by default the same moment: after the clock
    was set back, what came before carries later moments and is known all the same.
    Reports, maps and signals that cannot be read are noted and left out: the watch goes on without.

    Raises:
        CoverageError: what was known then is too old to tell where objects are.
        SettingsError: the asset list cannot be read.
    """
    at = as_column_time(known_by or moment)
    if sky_at is not None:
        sky = sky_at(store, known_by or moment)
        if isinstance(sky, Picture):
            shown = admitted_picture(replace(sky, as_of_utc=moment), store.exercise)
            return Pictured(shown.picture, (), shown.notes)
    else:
        days = settings.watch.history_days
        sky = sky_of_store(store, as_of_utc=at, history_days=days)
    if sky is None:
        return None
    reports, notes = _reports(settings)
    picture = sky.picture(
        assets=sky.assets or assets_from(settings.watch.assets, option="watch.assets"),
        days_ahead=settings.watch.days,
        as_of_utc=at,
        reports=reports,
    )
    picture, more = _with_maps(picture, settings)
    picture, refused = _with_receivers(picture, settings)
    picture, unheard = _with_signals(picture, settings)
    shown = admitted_picture(replace(picture, as_of_utc=moment), store.exercise)
    told = (*sky.notes, *notes, *more, *refused, *unheard, *shown.notes)
    return Pictured(shown.picture, sky.story, told)


def _reports(settings: Settings) -> tuple[tuple[OperatorReport, ...], tuple[str, ...]]:
    reports: list[OperatorReport] = []
    notes: list[str] = []
    for name in settings.floor.reports:
        try:
            reading = reports_from([Path(name)], settings)
        except (SettingsError, FormatError) as error:
            notes.append(str(error))
            continue
        reports += reading.reports
        notes += map(str, reading.rejections)
    return tuple({report.finding_id: report for report in reports}.values()), tuple(notes)


def _with_maps(picture: Picture, settings: Settings) -> tuple[Picture, tuple[str, ...]]:
    if not settings.floor.integrity:
        return picture, ()
    try:
        maps = maps_of_files([Path(name) for name in settings.floor.integrity])
    except (SettingsError, FormatError) as error:
        return picture, (str(error),)
    return with_integrity(picture, maps), tuple(map(str, maps.rejections))


def _with_receivers(picture: Picture, settings: Settings) -> tuple[Picture, tuple[str, ...]]:
    if not settings.floor.receivers:
        return picture, ()
    try:
        files = receivers_of_files([Path(name) for name in settings.floor.receivers])
    except (SettingsError, FormatError) as error:
        return picture, (str(error),)
    return with_receivers(picture, files), tuple(map(str, files.rejections))


def _with_signals(picture: Picture, settings: Settings) -> tuple[Picture, tuple[str, ...]]:
    """Return a picture with the signals that can be read, each apart from the others."""
    notes: list[str] = []
    for name in settings.floor.signals:
        try:
            picture, refused = with_signals(picture, signals_of_paths([Path(name)]))
        except (SettingsError, FormatError, CoverageError) as error:
            notes.append(str(error))
            continue
        notes += refused
    return picture, tuple(notes)
