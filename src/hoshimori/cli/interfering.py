"""`interference`: where aircraft lost satellite navigation, on the screen, in JSON or on a page."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.text import Text

from hoshimori.cli.banner import banner, next_line
from hoshimori.cli.rows import Rows
from hoshimori.cli.written import write_file
from hoshimori.dossier.interference_rows import AreaRow, area_row, shown_areas
from hoshimori.dossier.interference_wording import (
    coverage_sentence,
    limit_sentence,
    next_sentence,
    summary_sentence,
)
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.model.interference_report import InterferenceReport
from hoshimori.settings import load_settings
from hoshimori.workflows.deliveries import moment_from
from hoshimori.workflows.interference import (
    IntegrityMaps,
    interference,
    maps_of_files,
    place_from,
)

_MOST_REJECTIONS = 5


@dataclass(frozen=True, slots=True)
class InterferenceArguments:
    """What the user asked about."""

    files: tuple[Path, ...]
    as_of: str
    days: float | None
    area: str
    day: str
    language: str | None
    settings: Path | None
    step_minutes: float = 15.0
    """Of reports of aircraft."""
    resolution: int = 5


def run_interference(
    arguments: InterferenceArguments, *, report: Path | None, everything: bool, as_json: bool
) -> int:
    """Print the areas; return the exit status."""
    if not arguments.files:
        problem = "name files or folders of integrity maps or aircraft reports"
        raise SettingsError(f"nothing to read: {problem}")
    if arguments.days is not None and not arguments.days > 0.0:
        raise SettingsError(f"--days {arguments.days:g}: expected more than 0")
    tree = load_settings(arguments.settings)
    language = Language(arguments.language or tree.watch.language)
    messages = Console(stderr=True)
    with messages.status("integrity maps"):
        maps = _maps(arguments)
        found = interference(
            maps,
            as_of_utc=moment_from(arguments.as_of) if arguments.as_of else None,
            days=arguments.days,
            place=place_from(arguments.area) if arguments.area else None,
        )
    for rejection in maps.rejections[:_MOST_REJECTIONS]:
        line = f"hoshimori: {escape(str(rejection))}"
        messages.print(line, style="dim", highlight=False, soft_wrap=True)
    if report is not None:
        from hoshimori.dossier.interference_page import interference_page

        command = shlex.join(["hoshimori", *sys.argv[1:]])
        write_file("--report", report, interference_page(found, language, command))
        print(f"hoshimori: report written to {report}", file=sys.stderr)
    if as_json:
        print(write_json(found))
    else:
        Console().print(_view(found, language, everything=everything))
    return 0


def _maps(arguments: InterferenceArguments) -> IntegrityMaps:
    day = moment_from(arguments.day).astype("datetime64[D]") if arguments.day else None
    return maps_of_files(
        arguments.files,
        day_utc=day,
        step_s=60.0 * arguments.step_minutes,
        resolution=arguments.resolution,
    )


def _view(found: InterferenceReport, language: Language, *, everything: bool) -> RenderableType:
    parts = banner(None, found.reality, language)
    parts.append(Text(summary_sentence(found, language), style="bold"))
    parts.append(next_line(next_sentence(found, language), language))
    shown = found.areas if everything else shown_areas(found.areas)
    if shown:
        rows: Sequence[AreaRow] = [area_row(area, language) for area in shown]
        parts.append(Rows(AreaRow, rows, "interference", language))
    further = len(found.areas) - len(shown)
    if further:
        parts.append(Text(say_count(language, "interference.further", further), style="dim"))
    notes = [coverage_sentence(found, language), limit_sentence(found, language)]
    if found.rejected:
        notes.insert(1, say_count(language, "interference.rejected", found.rejected))
    parts.append(Text(say(language, "sentence.gap").join(notes), style="dim"))
    return Group(*parts)
