"""The watch board on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoshimori.cli.banner import banner
from hoshimori.dossier.alert_rows import tally_lines
from hoshimori.dossier.blind_spots import blind_spots, failures
from hoshimori.dossier.board_rows import BoardRow, board_rows, summary
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.model.board import WatchBoard
from hoshimori.model.incidents import Attention

# Attention is told by shape and word as well as by colour (interfaces reference, section 2).
_STYLES = {
    Attention.LOOK: "bold #ff9d2e",
    Attention.WATCH: "#fff27a",
    Attention.LOG: "#7b8794",
}
_LEAST_TABLE_WIDTH = 110
_ROWS = 15
"""As many incidents as one screen holds."""


def board_view(
    board: WatchBoard, language: Language, *, everything: bool, most_rows: int = _ROWS
) -> RenderableType:
    """Return the board as Rich draws it.

    Without `everything` it shows what asks for a look and, up to `most_rows`, what is worth
    watching; the rest is counted.
    """
    rows = board_rows(board, language)
    shown = rows if everything else _worth_a_line(rows, most_rows)
    parts = banner(board.marking, board.reality, language, story=board.story)
    parts.append(Text(" ".join(summary(board, language)), style="bold"))
    if shown:
        parts.append(_Incidents(shown, language))
    if len(shown) < len(rows):
        parts.append(Text(_unshown(rows, shown, language), style="dim"))
    parts += [Text(line, style="bold #ff9d2e") for line in failures(board, language)]
    if board.alerts is not None:
        parts.append(Text(" ".join(tally_lines(board.alerts, language)), style="bold"))
    parts.append(Text(" ".join(blind_spots(board, language)), style="dim"))
    return Group(*parts)


def _worth_a_line(rows: Sequence[BoardRow], most_rows: int) -> Sequence[BoardRow]:
    """Return every row that asks for a look, and the first that ask for watching."""
    urgent = [row for row in rows if row.attention is Attention.LOOK]
    watched = [row for row in rows if row.attention is Attention.WATCH]
    return urgent + watched[: max(most_rows - len(urgent), 0)]


def _unshown(rows: Sequence[BoardRow], shown: Sequence[BoardRow], language: Language) -> str:
    routine = sum(row.attention is Attention.LOG for row in rows)
    further = len(rows) - len(shown) - routine
    counts = {"board.further": further, "board.routine": routine}
    return " · ".join(say_count(language, key, n) for key, n in counts.items() if n)


@dataclass(frozen=True, slots=True)
class _Incidents:
    """Incidents as a table, or one below the other where the screen is narrow."""

    rows: Sequence[BoardRow]
    language: Language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= _LEAST_TABLE_WIDTH
        yield _table(self.rows, self.language) if wide else _list(self.rows)


def _list(rows: Sequence[BoardRow]) -> Group:
    told: list[RenderableType] = []
    for row in rows:
        heading = Text(f"{row.mark} {row.attention_text}  ", style=_STYLES[row.attention])
        heading.append(row.what, style="bold default")
        facts = " · ".join(filter(None, (row.when, row.range, row.rarity)))
        advice = " · ".join(filter(None, (row.confidence, row.next_step, row.more)))
        told += [heading, *(Padding(Text(line), (0, 0, 0, 2)) for line in (facts, advice))]
        told.append(Padding(Text(row.incident_id, style="dim"), (0, 0, 1, 2)))
    return Group(*told)


def _table(rows: Sequence[BoardRow], language: Language) -> Table:
    table = Table(expand=True, show_lines=True, header_style="bold")
    for column in ("attention", "what", "when", "range", "rarity", "confidence", "next"):
        table.add_column(say(language, f"column.{column}"), overflow="fold")
    for row in rows:
        what = Text(row.what)
        for line in (row.more, row.incident_id):
            if line:
                what.append(f"\n{line}", style="dim")
        table.add_row(
            Text(f"{row.mark} {row.attention_text}", style=_STYLES[row.attention]),
            what,
            escape(row.when),
            escape(row.range),
            escape(row.rarity),
            escape(row.confidence),
            escape(row.next_step),
        )
    return table


def print_board(board: WatchBoard, language: Language, *, everything: bool) -> None:
    """Print the board on stdout."""
    console = Console()
    console.print(board_view(board, language, everything=everything))
