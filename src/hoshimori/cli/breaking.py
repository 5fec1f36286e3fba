"""`breakups`: what came apart between catalogues, on the screen, in JSON or on a page."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoshimori.cli.banner import banner
from hoshimori.cli.written import write_file
from hoshimori.dossier.breakup_wording import (
    breakup_sentences,
    candidates_text,
    cause_text,
    evidence_text,
    rate_text,
    rates_text,
)
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.quantities import interval_text, utc_text
from hoshimori.dossier.wording import headline, name_of
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.model.breakup_report import BreakupEvent, BreakupReport
from hoshimori.model.findings import Separation
from hoshimori.settings import load_settings
from hoshimori.workflows.breakups import breakups
from hoshimori.workflows.deliveries import assets_from

_MOST_CROSSINGS = 8
_MOST_SEPARATIONS = 30


def run_breakups(
    snapshots: Sequence[Path],
    *,
    assets: str,
    language: str | None,
    report: Path | None,
    everything: bool,
    as_json: bool,
    fail_on_breakup: bool,
    settings: Path | None,
) -> int:
    """Print what came apart; return 1 where that is asked for and something broke up."""
    if not snapshots:
        raise SettingsError("nothing to compare: name two or more catalogue files or folders")
    tree = load_settings(settings)
    chosen = Language(language or tree.watch.language)
    messages = Console(stderr=True)
    with messages.status("catalogues") as status:
        found = breakups(
            snapshots,
            assets=assets_from(assets or tree.watch.assets),
            on_progress=status.update,
        )
    if report is not None:
        from hoshimori.dossier.breakup_page import breakup_page

        write_file(
            "--report",
            report,
            breakup_page(found, chosen, shlex.join(["hoshimori", *sys.argv[1:]])),
        )
        print(f"hoshimori: report written to {report}", file=sys.stderr)
    if as_json:
        print(write_json(found))
    else:
        Console().print(_view(found, chosen, everything=everything))
    return int(fail_on_breakup and bool(found.breakups))


def _view(report: BreakupReport, language: Language, *, everything: bool) -> RenderableType:
    parts = banner(None, report.reality, language)
    parts.append(Text(_summary(report, language), style="bold"))
    parts += [_event(event, report, language) for event in report.breakups]
    shown = report.separations if everything else report.separations[:_MOST_SEPARATIONS]
    if shown:
        parts.append(_separations(shown, report, language))
    further = len(report.separations) - len(shown)
    if further:
        parts.append(Text(say_count(language, "breakup.further", further), style="dim"))
    unreported = say(
        language,
        "breakup.unreported",
        deployed=f"{report.unreported.deployed:,}",
        launches=f"{report.unreported.launches:,}",
        late=f"{report.unreported.late:,}",
    )
    parts.append(Text(f"{unreported} {say(language, 'breakup.waits')}", style="dim"))
    return Group(*parts)


def _summary(report: BreakupReport, language: Language) -> str:
    catalogues = str(len(report.catalogues))
    if not report.breakups and not report.separations:
        return say(language, "breakup.summary.none", catalogues=catalogues)
    separations = len(report.separations)
    return say(
        language,
        "breakup.summary",
        breakups=say_count(language, "breakup.summary.breakups", len(report.breakups)),
        separations=say_count(language, "breakup.summary.separations", separations),
        new=f"{report.new_objects:,}",
        catalogues=catalogues,
    )


def _event(event: BreakupEvent, report: BreakupReport, language: Language) -> RenderableType:
    sentences = breakup_sentences(event.finding, report.names, language)
    told: list[RenderableType] = [
        Text(f"◆ {headline(event.finding, report.names, language)}", style="bold #ff9d2e"),
        Padding(Text(say(language, "sentence.gap").join(sentences)), (0, 0, 0, 2)),
        Padding(_causes(event, report, language), (0, 0, 0, 2)),
        Padding(Text(say(language, "breakup.missing"), style="dim"), (0, 0, 0, 2)),
        Padding(_crossings(event, report, language), (0, 0, 0, 2)),
        Padding(Text(say(language, "breakup.next.breakup")), (0, 0, 1, 2)),
    ]
    return Padding(Group(*told), (1, 0, 0, 0))


def _causes(event: BreakupEvent, report: BreakupReport, language: Language) -> Table:
    table = Table(header_style="bold", show_lines=True)
    for key in ("breakup.causes", "breakup.for", "breakup.against"):
        table.add_column(say(language, key), overflow="fold")
    for cause in event.causes:
        table.add_row(
            Text(cause_text(cause, language)),
            Text(evidence_text(cause.speaks_for, report.names, language)),
            Text(evidence_text(cause.speaks_against, report.names, language)),
        )
    return table


def _crossings(event: BreakupEvent, report: BreakupReport, language: Language) -> RenderableType:
    crossed = [c for c in event.crossings if c.modelled_per_day.high > 0.0][:_MOST_CROSSINGS]
    if not crossed:
        return Text(say(language, "breakup.crossings.none"))
    title = say(language, "breakup.crossings", within=f"{crossed[0].within_km:g}")
    table = Table(header_style="bold", title=title, title_justify="left")
    table.add_column(say(language, "breakup.column.asset"), overflow="fold")
    for key in ("breakup.column.catalogued", "breakup.column.modelled"):
        table.add_column(say(language, key), justify="right")
    for one in crossed:
        table.add_row(
            Text(name_of(one.norad_id, report.names, language)),
            rate_text(one.catalogued_per_day),
            rates_text(one.modelled_per_day),
        )
    return Group(table, Text(say(language, "breakup.crossings.note"), style="dim"))


def _separations(found: Sequence[Separation], report: BreakupReport, language: Language) -> Table:
    table = Table(header_style="bold", show_lines=True)
    for key in ("what", "when", "speed", "candidates"):
        table.add_column(say(language, f"breakup.column.{key}"), overflow="fold")
    for one in found:
        between = f"{utc_text(one.start_utc)}\n{utc_text(one.end_utc)}"
        table.add_row(
            Text(headline(one, report.names, language)),
            between,
            interval_text(one.relative_speed_m_s, "m/s", language),
            Text(candidates_text(one.candidates, report.names, language)),
        )
    return table
