"""From the options of a watch to its board: what doors to a sky share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from hoshimori.cli.options import LanguageName, SourceName
from hoshimori.errors import SettingsError
from hoshimori.model.assets import Asset
from hoshimori.model.board import WatchBoard
from hoshimori.model.picture import Picture
from hoshimori.model.planted import Planted
from hoshimori.settings import Settings
from hoshimori.workflows.deliveries import assets_from, moment_from
from hoshimori.workflows.incident_record import opened_journal, record_board
from hoshimori.workflows.interference import maps_of_files, with_integrity
from hoshimori.workflows.receivers import (
    picture_without_sky,
    receivers_of_files,
    with_receivers,
)
from hoshimori.workflows.reports import marking_of_picture, reports_from
from hoshimori.workflows.signals import signals_of_paths, with_signals
from hoshimori.workflows.skies import Sky, made_sky, sky_of_files
from hoshimori.workflows.stores import newest_sky, opened_store
from hoshimori.workflows.watch import watch


@dataclass(frozen=True, slots=True)
class WatchArguments:
    """What the user asked to watch."""

    catalogues: tuple[Path, ...]
    assets: str
    source: str | None
    synthetic_seed: int | None
    fallback_seed: int
    as_of: str
    days: float | None
    language: str | None
    store: Path | None
    settings: Path | None
    reports: tuple[Path, ...] = ()
    record: bool | None = False
    """None: what the store shows is recorded, what files and made skies show is not."""
    integrity: tuple[Path, ...] = ()
    receivers: tuple[Path, ...] = ()
    signals: tuple[Path, ...] = ()
    alerts: bool = False
    """Whether people are told of what is recorded."""


def sky_arguments(
    *,
    catalogue: list[Path] | None,
    assets: str,
    reports: list[Path] | None,
    source: SourceName | None,
    synthetic: bool,
    seed: int,
    as_of: str,
    days: float | None,
    language: LanguageName | None,
    store: Path | None,
    settings: Path | None,
    integrity: list[Path] | None = None,
    receivers: list[Path] | None = None,
    signals: list[Path] | None = None,
    record: bool | None = False,
    alerts: bool = False,
) -> WatchArguments:
    """Return what the options that every command about a sky shares ask for."""
    return WatchArguments(
        catalogues=tuple(catalogue or ()),
        assets=assets,
        source=source.value if source else None,
        synthetic_seed=seed if synthetic else None,
        fallback_seed=seed,
        as_of=as_of,
        days=days,
        language=language.value if language else None,
        store=store,
        settings=settings,
        reports=tuple(reports or ()),
        record=record,
        integrity=tuple(integrity or ()),
        receivers=tuple(receivers or ()),
        signals=tuple(signals or ()),
        alerts=alerts,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """A board with the picture that it was made from."""

    board: WatchBoard
    picture: Picture


@dataclass(frozen=True, slots=True, eq=False)
class Pictured:
    """A picture with where it comes from, for people."""

    picture: Picture
    story: tuple[Planted, ...]
    """What was planted, where the sky is a made one."""
    notes: tuple[str, ...]


def pictured(arguments: WatchArguments, tree: Settings, *, sky_is_needed: bool = True) -> Pictured:
    """Return the picture that the arguments name.

    Where no sky is needed and none is named, what else is named stands alone.

    Raises:
        SettingsError: the arguments contradict one another or name what does not exist.
        CoverageError: nothing was known at the moment asked for.
    """
    is_beside = arguments.integrity or arguments.receivers or arguments.signals
    if is_beside and not sky_is_needed and not _names_sky(arguments):
        return _without_sky(arguments, tree)
    sky = _sky(arguments, tree)
    stated = reports_from(arguments.reports, tree)
    picture = sky.picture(
        assets=_assets(arguments, tree, sky),
        days_ahead=_days(arguments, tree),
        as_of_utc=moment_from(arguments.as_of) if arguments.as_of else None,
        reports=stated.reports,
    )
    if arguments.integrity:
        picture = with_integrity(picture, maps_of_files(arguments.integrity))
    refused: tuple[str, ...] = ()
    if arguments.receivers:
        files = receivers_of_files(arguments.receivers)
        picture, refused = with_receivers(picture, files), tuple(map(str, files.rejections))
    if arguments.signals:
        picture, more = with_signals(picture, signals_of_paths(arguments.signals))
        refused = (*refused, *more)
    later = len(stated.reports) - len(picture.reports)
    notes = (*sky.notes, *_refusals(sky), *map(str, stated.rejections), *refused, *_later(later))
    return Pictured(picture, sky.story, (f"watched {sky.origin}", *notes))


def _without_sky(arguments: WatchArguments, tree: Settings) -> Pictured:
    """Return the picture of maps, receivers and signals, as of the latest end of these."""
    stated = reports_from(arguments.reports, tree)
    maps = maps_of_files(arguments.integrity) if arguments.integrity else None
    files = receivers_of_files(arguments.receivers) if arguments.receivers else None
    signals = signals_of_paths(arguments.signals) if arguments.signals else None
    picture = picture_without_sky(
        maps,
        files,
        signals=signals,
        assets=assets_from(arguments.assets) if arguments.assets else (),
        days_ahead=_days(arguments, tree),
        as_of_utc=moment_from(arguments.as_of) if arguments.as_of else None,
        reports=stated.reports,
    )
    beside = [part for part in (maps, files) if part is not None]
    read = [name for part in beside for name in part.files]
    refused = [str(rejection) for part in beside for rejection in part.rejections]
    if signals is not None:
        read += signals.files
        refused += signals.refused
    refused += [*map(str, stated.rejections), *_later(len(stated.reports) - len(picture.reports))]
    return Pictured(picture, (), (f"read {', '.join(read)}", *refused))


def watched(arguments: WatchArguments, tree: Settings) -> Watched:
    """Watch what the arguments name, with progress and notes on stderr; raises as `pictured`."""
    if arguments.alerts and arguments.record is False:
        raise SettingsError("--alerts needs the journal: leave out --no-record")
    messages = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=messages, transient=True) as progress:
        task = progress.add_task("the sky", total=None)
        seen = pictured(arguments, tree)

        def show(step: str, done: int, of: int) -> None:
            progress.update(task, description=step, completed=done, total=of)

        board = watch(
            seen.picture,
            story=seen.story,
            marking=marking_of_picture(seen.picture, tree),
            on_progress=show,
        )
    notes = [*seen.notes]
    if _is_recorded(arguments, seen):
        board, told = _recorded(board, arguments, tree)
        notes += told
    print_notes(notes)
    return Watched(board, seen.picture)


def print_notes(notes: Iterable[str]) -> None:
    """Print what people should know of a picture on stderr."""
    messages = Console(stderr=True)
    for note in notes:
        messages.print(f"hoshimori: {escape(note)}", style="dim", highlight=False, soft_wrap=True)


def _is_recorded(arguments: WatchArguments, seen: Pictured) -> bool:
    """Tell whether to record: by default what the store showed, not the made sky in its place.

    Where people are told of it, files and a made sky that was asked for are recorded as well.
    """
    if arguments.record is not None:
        return arguments.record
    if arguments.catalogues or arguments.synthetic_seed is not None:
        return arguments.alerts
    return not seen.story


def _recorded(
    board: WatchBoard, arguments: WatchArguments, tree: Settings
) -> tuple[WatchBoard, tuple[str, ...]]:
    """Return the board under the ids by which its incidents are known, and notes for people."""
    with opened_journal(tree, arguments.store, create=True) as journal:
        recording = record_board(board, journal)
    number = len(recording.changes)
    note = f"{number:,} change{'' if number == 1 else 's'} of incidents recorded"
    if recording.not_because:
        note = f"incidents were not recorded: {recording.not_because}"
    if not arguments.alerts:
        return recording.board, (note,)
    from hoshimori.cli.alerted import alerted  # brings what sends messages

    board, more = alerted(recording, arguments.store, tree)
    return board, (note, *more)


def _sky(arguments: WatchArguments, tree: Settings) -> Sky:
    if _names_sky(arguments) > 1:
        raise SettingsError("choose one of --catalogue, --source and --synthetic")
    if arguments.catalogues:
        return sky_of_files(arguments.catalogues)
    as_of = moment_from(arguments.as_of) if arguments.as_of else None
    if arguments.synthetic_seed is not None:
        return made_sky(seed=arguments.synthetic_seed, as_of_utc=as_of)
    with opened_store(tree, arguments.store) as store:
        return newest_sky(
            store,
            tree,
            source=arguments.source,
            as_of_utc=as_of,
            fallback_seed=arguments.fallback_seed,
            history_days=tree.watch.history_days,
        )


def names_facts(arguments: WatchArguments) -> bool:
    """Tell whether the arguments name any facts, or whose they are about, or of which moment."""
    beside = (arguments.reports, arguments.integrity, arguments.receivers, arguments.signals)
    more = (arguments.assets, *beside, arguments.as_of)
    return bool(_names_sky(arguments) or any(more) or arguments.days is not None)


def _names_sky(arguments: WatchArguments) -> int:
    """Return how many skies the arguments name."""
    named = (
        bool(arguments.catalogues),
        arguments.source is not None,
        arguments.synthetic_seed is not None,
    )
    return sum(named)


def _refusals(sky: Sky) -> tuple[str, ...]:
    if not sky.rejected:
        return ()
    return (f"{sky.rejected:,} records could not be read; `hoshimori ingest` names each",)


def _later(reports: int) -> tuple[str, ...]:
    if not reports:
        return ()
    return (f"{reports:,} reports were not known yet at the moment of the picture",)


def _assets(arguments: WatchArguments, tree: Settings, sky: Sky) -> tuple[Asset, ...]:
    if arguments.assets or not sky.assets:
        return assets_from(arguments.assets or tree.watch.assets)
    return sky.assets


def _days(arguments: WatchArguments, tree: Settings) -> float:
    days = arguments.days if arguments.days is not None else tree.watch.days
    if not 0.0 < days <= 60.0:
        raise SettingsError(f"--days {days:g}: expected more than 0 and at most 60")
    return days
