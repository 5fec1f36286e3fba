"""`proximity`: from arguments to who is, will be and was near assets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from hoshimori.cli.banner import banner
from hoshimori.cli.rows import Rows
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.proximity_wording import (
    ProximityRow,
    SeparationRow,
    is_known,
    proximity_row,
    separation_row,
)
from hoshimori.dossier.quantities import duration_text, utc_text
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.model.findings import GeoNeighbour, Proximity, Separation
from hoshimori.model.proximity_report import ProximityReport
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.deliveries import assets_from, moment_from
from hoshimori.workflows.proximity import proximity
from hoshimori.workflows.skies import Sky
from hoshimori.workflows.stores import sky_asked

_LONGEST_DAYS = 60.0


@dataclass(frozen=True, slots=True)
class ProximityArguments:
    """What the user asked about."""

    catalogues: tuple[Path, ...]
    """Those with history first."""
    assets: str
    as_of: str
    days: float | None
    language: str | None
    store: Path | None
    settings: Path | None


def run_proximity(arguments: ProximityArguments, *, as_json: bool, everything: bool) -> int:
    """Find, print, and return the exit status."""
    tree = load_settings(arguments.settings)
    language = Language(arguments.language or tree.watch.language)
    messages = Console(stderr=True)
    with messages.status("the sky"):
        sky = _sky(arguments, tree)
        report = _report(arguments, tree, sky)
    failed = [f"{run.detector} failed: {run.problem}" for run in report.runs if run.problem]
    for note in (f"read {sky.origin}", *sky.notes, *failed):
        messages.print(f"hoshimori: {escape(note)}", style="dim", highlight=False, soft_wrap=True)
    if as_json:
        print(write_json(report))
    else:
        Console().print(proximity_view(report, language, everything=everything))
    return 0


def proximity_view(
    report: ProximityReport, language: Language, *, everything: bool
) -> RenderableType:
    """Return a report as Rich draws it; findings of known kinds only where `everything` asks."""
    parts = banner(None, report.reality, language)
    parts.append(Text(_heading(report, language), style="bold"))
    shown = [f for f in report.findings if everything or not is_known(f)]
    rows = [
        proximity_row(f, report, language) for f in shown if isinstance(f, Proximity | GeoNeighbour)
    ]
    if rows:
        parts.append(Rows(ProximityRow, rows, "proximity", language))
    else:
        parts.append(Text(say(language, "proximity.nothing")))
    if len(shown) < len(report.findings):
        hidden = say_count(language, "proximity.known", len(report.findings) - len(shown))
        parts.append(Text(hidden, style="dim"))
    parted = [f for f in report.findings if isinstance(f, Separation)]
    if parted:
        separations = [separation_row(f, report.names, language) for f in parted]
        parts.append(Padding(Text(say(language, "proximity.separations")), (1, 0, 0, 0)))
        parts.append(Rows(SeparationRow, separations, "proximity", language))
    return Group(*parts)


def _heading(report: ProximityReport, language: Language) -> str:
    return say(
        language,
        "proximity.heading",
        assets=say_count(language, "proximity.assets", len(report.assets)),
        moment=utc_text(report.as_of_utc),
        days=duration_text(24.0 * report.days_ahead, language),
    )


def _report(arguments: ProximityArguments, tree: Settings, sky: Sky) -> ProximityReport:
    days = arguments.days if arguments.days is not None else tree.watch.days
    if not 0.0 < days <= _LONGEST_DAYS:
        raise SettingsError(f"--days {days:g}: expected more than 0 and at most {_LONGEST_DAYS:g}")
    if arguments.assets or not sky.assets:
        assets = assets_from(arguments.assets or tree.watch.assets)
    else:
        assets = sky.assets
    as_of = moment_from(arguments.as_of) if arguments.as_of else None
    return proximity(sky.picture(assets=assets, days_ahead=days, as_of_utc=as_of))


def _sky(arguments: ProximityArguments, tree: Settings) -> Sky:
    as_of = moment_from(arguments.as_of) if arguments.as_of else None
    return sky_asked(
        arguments.catalogues,
        tree,
        store_folder=arguments.store,
        as_of_utc=as_of,
        history_days=tree.watch.history_days,
    )
