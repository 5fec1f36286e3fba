"""`reach`: from arguments to warning times on the screen or in JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from hoshimori.cli.reach_board import reach_view
from hoshimori.dossier.language import Language
from hoshimori.formats.json_document import write_json
from hoshimori.model.reach import ReachOutlook
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.deliveries import assets_from, moment_from
from hoshimori.workflows.reach import DELTA_V_M_S, reach
from hoshimori.workflows.skies import Sky, made_sky
from hoshimori.workflows.stores import sky_asked


@dataclass(frozen=True, slots=True)
class ReachArguments:
    """What the user asked about."""

    catalogues: tuple[Path, ...]
    assets: str
    synthetic_seed: int | None
    as_of: str
    within_km: float
    days: float
    delta_v_m_s: tuple[float, ...]
    most: int
    any_kind: bool
    store: Path | None
    settings: Path | None


def run_reach(arguments: ReachArguments, *, as_json: bool) -> None:
    """Print the warning times of the assets."""
    tree = load_settings(arguments.settings)
    outlook = _outlook(arguments, tree)
    if as_json:
        print(write_json(outlook))
    else:
        Console().print(reach_view(outlook, Language(tree.watch.language)))


def _outlook(arguments: ReachArguments, tree: Settings) -> ReachOutlook:
    messages = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=messages, transient=True) as progress:
        task = progress.add_task("the sky", total=None)
        sky = _sky(arguments, tree)
        assets = sky.assets
        if arguments.assets or not assets:
            assets = assets_from(arguments.assets or tree.watch.assets)
        picture = sky.picture(
            assets=assets,
            days_ahead=arguments.days,
            as_of_utc=moment_from(arguments.as_of) if arguments.as_of else None,
        )

        def show(done: int, of: int) -> None:
            progress.update(task, description="warning times", completed=done, total=of)

        outlook = reach(
            picture,
            within_km=arguments.within_km,
            delta_v_m_s=arguments.delta_v_m_s or DELTA_V_M_S,
            most_listed=arguments.most,
            any_kind=arguments.any_kind,
            on_progress=show,
        )
    for note in (f"warning times over {sky.origin}", *sky.notes):
        messages.print(f"hoshimori: {escape(note)}", style="dim", highlight=False, soft_wrap=True)
    return outlook


def _sky(arguments: ReachArguments, tree: Settings) -> Sky:
    as_of = moment_from(arguments.as_of) if arguments.as_of else None
    if arguments.synthetic_seed is not None and not arguments.catalogues:
        return made_sky(seed=arguments.synthetic_seed, as_of_utc=as_of)
    return sky_asked(
        arguments.catalogues,
        tree,
        store_folder=arguments.store,
        as_of_utc=as_of,
        history_days=tree.watch.history_days,
    )
