"""`belt`: from arguments to the history of the geostationary belt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from hoshimori.cli.belt_board import belt_view
from hoshimori.cli.written import write_file
from hoshimori.dossier.language import Language
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.model.belt import BeltHistory
from hoshimori.model.moments import as_datetime
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.belt import belt_history, between, of_objects
from hoshimori.workflows.deliveries import assets_from, moment_from
from hoshimori.workflows.skies import Sky
from hoshimori.workflows.stores import sky_asked


@dataclass(frozen=True, slots=True)
class BeltArguments:
    """What the user asked to see of the belt."""

    catalogues: tuple[Path, ...]
    objects: str
    since: str
    until: str
    as_of: str
    language: str | None
    store: Path | None
    settings: Path | None


def run_belt(
    arguments: BeltArguments, *, as_json: bool, everything: bool, picture: Path | None
) -> int:
    """Lay out the history of the belt, print it, and return the exit status."""
    tree = load_settings(arguments.settings)
    language = Language(arguments.language or tree.watch.language)
    ids = _ids(arguments.objects)
    if picture is not None and len(ids) != 1:
        raise SettingsError(f"--picture {picture}: name one object with --objects")
    messages = Console(stderr=True)
    with messages.status("the belt"):
        sky = _sky(arguments, tree)
        history = _history(arguments, sky, ids)
    for note in (f"read {sky.origin}", *sky.notes):
        messages.print(f"hoshimori: {escape(note)}", style="dim", highlight=False, soft_wrap=True)
    if picture is not None:
        from hoshimori.dossier.belt_plot import belt_picture  # brings matplotlib

        write_file("--picture", picture, belt_picture(history, ids[0], language))
        messages.print(f"hoshimori: picture written to {picture}", style="dim")
    if as_json:
        print(write_json(history))
    else:
        Console().print(belt_view(history, ids, language, everything=everything))
    return 0


def _history(arguments: BeltArguments, sky: Sky, ids: tuple[int, ...]) -> BeltHistory:
    since, until, as_of = (
        moment_from(text) if text else None
        for text in (arguments.since, arguments.until, arguments.as_of)
    )
    history = belt_history(sky, as_of_utc=as_of)
    chosen = of_objects(history, ids) if ids else history
    return between(
        chosen,
        as_datetime(since) if since is not None else None,
        as_datetime(until) if until is not None else None,
    )


def _ids(objects: str) -> tuple[int, ...]:
    if not objects:
        return ()
    return tuple(asset.norad_id for asset in assets_from(objects, option="--objects"))


def _sky(arguments: BeltArguments, tree: Settings) -> Sky:
    as_of = moment_from(arguments.as_of) if arguments.as_of else None
    return sky_asked(
        arguments.catalogues,
        tree,
        store_folder=arguments.store,
        as_of_utc=as_of,
        history_days=tree.watch.history_days,
    )
