"""`receivers`: when receivers and links were disturbed, on the screen, in JSON or on a page."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.text import Text

from hoshimori.cli.banner import banner, next_line
from hoshimori.cli.rows import Rows
from hoshimori.cli.written import write_file
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.receiver_rows import ReceiverRow, receiver_row, shown_disturbances
from hoshimori.dossier.receiver_wording import receivers_next, receivers_notes, receivers_summary
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.model.receiver_report import ReceiverReport
from hoshimori.settings import load_settings
from hoshimori.workflows.deliveries import moment_from
from hoshimori.workflows.receivers import receivers, receivers_of_files, sample_clock

_MOST_REJECTIONS = 5
_MOST_RESTARTS = 10


@dataclass(frozen=True, slots=True)
class ReceiverArguments:
    """What the user asked about."""

    files: tuple[Path, ...]
    as_of: str
    days: float | None
    start: str
    step_s: float | None
    language: str | None
    settings: Path | None


def run_receivers(
    arguments: ReceiverArguments, *, report: Path | None, everything: bool, as_json: bool
) -> int:
    """Print the disturbances; return the exit status."""
    if not arguments.files:
        raise SettingsError("nothing to read: name files or folders of receiver series")
    if arguments.days is not None and not arguments.days > 0.0:
        raise SettingsError(f"--days {arguments.days:g}: expected more than 0")
    tree = load_settings(arguments.settings)
    language = Language(arguments.language or tree.watch.language)
    messages = Console(stderr=True)
    with messages.status("receivers"):
        clock = sample_clock(arguments.start, arguments.step_s)
        files = receivers_of_files(arguments.files, clock=clock)
        found = receivers(
            files,
            as_of_utc=moment_from(arguments.as_of) if arguments.as_of else None,
            days=arguments.days,
        )
    for told in (*files.restarts[:_MOST_RESTARTS], *files.rejections[:_MOST_REJECTIONS]):
        line = f"hoshimori: {escape(str(told))}"
        messages.print(line, style="dim", highlight=False, soft_wrap=True)
    if report is not None:
        from hoshimori.dossier.receiver_page import receiver_page

        command = shlex.join(["hoshimori", *sys.argv[1:]])
        write_file("--report", report, receiver_page(found, language, command))
        print(f"hoshimori: report written to {report}", file=sys.stderr)
    if as_json:
        print(write_json(found))
    else:
        Console().print(_view(found, language, everything=everything))
    return 0


def _view(found: ReceiverReport, language: Language, *, everything: bool) -> RenderableType:
    parts = banner(None, found.reality, language)
    parts.append(Text(receivers_summary(found, language), style="bold"))
    parts.append(next_line(receivers_next(found, language), language))
    shown = found.findings if everything else shown_disturbances(found.findings)
    if shown:
        rows = [receiver_row(one, language) for one in shown]
        parts.append(Rows(ReceiverRow, rows, "receivers", language))
    further = len(found.findings) - len(shown)
    if further:
        parts.append(Text(say_count(language, "receivers.further", further), style="dim"))
    notes = say(language, "sentence.gap").join(receivers_notes(found, language))
    parts.append(Text(notes, style="dim"))
    return Group(*parts)
