"""`explain`: what could have caused something on an asset, on the screen, in JSON or on a page."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoshimori.cli.assessing import IncidentArguments, settings_with
from hoshimori.cli.banner import banner, next_line
from hoshimori.cli.watched import WatchArguments, pictured, print_notes
from hoshimori.cli.written import write_file
from hoshimori.dossier.cause_rows import CauseRow, cause_row
from hoshimori.dossier.cause_wording import (
    assumptions_sentence,
    rarest_sentence,
    summary_sentence,
    where_sentence,
)
from hoshimori.dossier.language import Language, say
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.model.candidate_causes import Assumptions, CauseReport, Standing
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.settings import Settings, cache_folder, load_settings
from hoshimori.workflows.deliveries import moment_from
from hoshimori.workflows.explain import DEFAULT, Beside, explain, station_from
from hoshimori.workflows.interference import maps_of_files, with_integrity
from hoshimori.workflows.kept_areas import kept_areas
from hoshimori.workflows.known_failures import known_failures
from hoshimori.workflows.old_kernels import remove_old_kernels
from hoshimori.workflows.reports import marking_of_picture
from hoshimori.workflows.space_weather import space_weather

_LEAST_TABLE_WIDTH = 120
_STYLES = {
    Standing.UNUSUAL: "bold",
    Standing.PRESENT: "",
    Standing.ABSENT: "dim",
    Standing.NOT_JUDGED: "dim",
}


@dataclass(frozen=True, slots=True)
class ExplainArguments:
    """Which asset and moment, and what is taken for granted."""

    asset: str
    at: str
    integrity: tuple[Path, ...]
    space_weather: Path | None
    station: str
    beam_deg: float
    span_days: float | None
    draws: int
    draw_seed: int


def run_explain(
    sky: WatchArguments, arguments: ExplainArguments, *, as_json: bool, report: Path | None
) -> int:
    """Look for causes and print them; return the exit status."""
    norad_id = _asset(arguments.asset)
    if not arguments.at:
        raise SettingsError("--at: say when, as in 2025-03-03T12:00:00Z")
    at_utc = moment_from(arguments.at)
    named = IncidentArguments("", "", arguments.space_weather)
    tree = settings_with(named, load_settings(sky.settings))
    language = Language(sky.language or tree.watch.language)
    remove_old_kernels()
    messages = Console(stderr=True)
    with messages.status("the sky") as status:
        seen = pictured(replace(sky, assets=str(norad_id)), tree)
        picture = _with_more(seen.picture, sky, arguments)
        weather = space_weather(tree)
        status.update("maps")
        beside = Beside(
            None if weather is None else weather.weather,
            known_failures(),
            kept_areas(picture, cache_folder(tree)),
        )
        found = explain(
            picture,
            norad_id,
            at_utc,
            beside=beside,
            assumptions=_assumptions(arguments),
            on_progress=status.update,
        )
    print_notes(seen.notes)
    if report is not None:
        from hoshimori.dossier.cause_page import cause_page

        command = shlex.join(["hoshimori", *sys.argv[1:]])
        write_file("--report", report, cause_page(found, language, command))
        print(f"hoshimori: report written to {report}", file=sys.stderr)
    if as_json:
        print(write_json(found))
    else:
        Console().print(_view(found, picture, tree, language))
    return 0


def _asset(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise SettingsError(f"--asset {text}: expected one catalogue number, as in 44476")
    return int(text)


def _assumptions(arguments: ExplainArguments) -> Assumptions:
    return replace(
        DEFAULT,
        beam_half_deg=arguments.beam_deg,
        station=station_from(arguments.station),
        span_days=arguments.span_days,
        drawn=arguments.draws,
        seed=arguments.draw_seed,
    )


def _with_more(picture: Picture, sky: WatchArguments, arguments: ExplainArguments) -> Picture:
    """Return a picture no older than the moment asked about, where nobody says so, with maps.

    Whoever asks about a moment stands after it.
    """
    if not sky.as_of:
        asked_utc = as_datetime(moment_from(arguments.at))
        picture = replace(picture, as_of_utc=max(picture.as_of_utc, asked_utc))
    if arguments.integrity:
        picture = with_integrity(picture, maps_of_files(arguments.integrity))
    return picture


def _view(
    found: CauseReport, picture: Picture, tree: Settings, language: Language
) -> RenderableType:
    parts = banner(marking_of_picture(picture, tree), found.reality, language)
    parts.append(Text(where_sentence(found, language)))
    gap = say(language, "sentence.gap")
    counted = gap.join((summary_sentence(found, language), rarest_sentence(found, language)))
    parts.append(Text(counted, style="bold"))
    parts.append(next_line(say(language, "cause.next"), language))
    rows = [(one.standing, cause_row(one, found, language)) for one in found.candidates]
    parts.append(Padding(_Causes(rows, language), (1, 0)))
    told = (say(language, f"cause.{name}") for name in ("note", "not_looked_at"))
    notes = gap.join((*told, assumptions_sentence(found, language)))
    parts.append(Text(notes, style="dim"))
    return Group(*parts)


@dataclass(frozen=True, slots=True)
class _Causes:
    """One line each where the screen is wide, else two."""

    rows: Sequence[tuple[Standing, CauseRow]]
    language: Language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width < _LEAST_TABLE_WIDTH:
            yield self._lines()
            return
        table = Table(header_style="bold", box=None, pad_edge=False)
        for name in ("standing", "cause", "what", "chance"):
            table.add_column(say(self.language, f"cause.column.{name}"), overflow="fold")
        for standing, row in self.rows:
            cells = map(escape, (row.standing, row.cause, row.what, row.chance))
            table.add_row(*cells, style=_STYLES[standing])
        yield table

    def _lines(self) -> Group:
        told: list[RenderableType] = []
        for standing, row in self.rows:
            style = _STYLES[standing]
            told.append(Text(f"{row.standing}: {row.cause} ({row.chance})", style=style))
            told.append(Padding(Text(row.what, style=style), (0, 0, 0, 2)))
        return Group(*told)
