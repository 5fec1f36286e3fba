"""`watch`: from arguments to the board on the screen, in JSON or on a page."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from hoshimori.cli.board import print_board
from hoshimori.dossier.language import Language
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.model.assets import Asset
from hoshimori.model.board import WatchBoard
from hoshimori.model.incidents import Attention
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.deliveries import assets_from, moment_from
from hoshimori.workflows.interference import maps_of_files, with_integrity
from hoshimori.workflows.old_kernels import remove_old_kernels
from hoshimori.workflows.skies import Sky, made_sky, sky_of_files
from hoshimori.workflows.stores import newest_sky, opened_store
from hoshimori.workflows.watch import watch

_WANTED = {"look": (Attention.LOOK,), "watch": (Attention.LOOK, Attention.WATCH)}


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
    integrity: tuple[Path, ...]
    language: str | None
    store: Path | None
    settings: Path | None


def run_watch(
    arguments: WatchArguments,
    *,
    as_json: bool,
    report: Path | None,
    everything: bool,
    fail_on: str | None,
) -> int:
    """Watch, print, and return the exit status: 1 where `fail_on` finds what it asks for."""
    tree = load_settings(arguments.settings)
    remove_old_kernels()
    board = _board(arguments, tree)
    language = Language(arguments.language or tree.watch.language)
    if report is not None:
        from hoshimori.dossier.watch_page import watch_page  # brings matplotlib

        _write(report, watch_page(board, language, command=_command()))
        print(f"hoshimori: report written to {report}", file=sys.stderr)
    if as_json:
        print(write_json(board))
    else:
        print_board(board, language, everything=everything)
    wanted = _WANTED.get(fail_on or "", ())
    return int(any(incident.attention in wanted for incident in board.incidents))


def _board(arguments: WatchArguments, tree: Settings) -> WatchBoard:
    messages = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=messages, transient=True) as progress:
        task = progress.add_task("the sky", total=None)
        sky = _sky(arguments, tree)
        assets = _assets(arguments, tree, sky)
        picture = sky.picture(
            assets=assets,
            days_ahead=_days(arguments, tree),
            as_of_utc=moment_from(arguments.as_of) if arguments.as_of else None,
        )

        if arguments.integrity:
            picture = with_integrity(picture, maps_of_files(arguments.integrity))

        def show(step: str, done: int, of: int) -> None:
            progress.update(task, description=step, completed=done, total=of)

        board = watch(picture, story=sky.story, on_progress=show)
    for note in (f"watched {sky.origin}", *sky.notes, *_refusals(sky)):
        messages.print(f"hoshimori: {escape(note)}", style="dim", highlight=False, soft_wrap=True)
    return board


def _sky(arguments: WatchArguments, tree: Settings) -> Sky:
    named = [
        bool(arguments.catalogues),
        arguments.source is not None,
        arguments.synthetic_seed is not None,
    ]
    if sum(named) > 1:
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


def _refusals(sky: Sky) -> tuple[str, ...]:
    if not sky.rejected:
        return ()
    return (f"{sky.rejected:,} records could not be read; `hoshimori ingest` names each",)


def _assets(arguments: WatchArguments, tree: Settings, sky: Sky) -> tuple[Asset, ...]:
    if arguments.assets or not sky.assets:
        return assets_from(arguments.assets or tree.watch.assets)
    return sky.assets


def _days(arguments: WatchArguments, tree: Settings) -> float:
    days = arguments.days if arguments.days is not None else tree.watch.days
    if not 0.0 < days <= 60.0:
        raise SettingsError(f"--days {days:g}: expected more than 0 and at most 60")
    return days


def _write(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"--report {path}: {error.strerror or error}") from None


def _command() -> str:
    return shlex.join(["hoshimori", *sys.argv[1:]])
