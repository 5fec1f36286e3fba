"""A screening on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoshimori.cli.banner import banner
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.screen_wording import PassRow, class_rows, header, pass_row, unseen
from hoshimori.model.screening import ClosePass, ScreenSummary

_LEAST_TABLE_WIDTH = 110
_CLASS_COLUMNS = ("class", "conjunctions", "pairs", "stays")
_PASS_COLUMNS = ("objects", "when", "miss", "sigma", "speed", "pc", "conclusion", "passes")
_NUMBERS = {"conjunctions", "pairs", "stays", "miss", "sigma", "speed", "pc", "passes"}


def screen_view(
    summary: ScreenSummary,
    closest: Sequence[ClosePass],
    language: Language,
    *,
    everything: bool,
    further: int,
) -> RenderableType:
    """Return a screening as Rich draws it; `further` pairs are not among the `closest`."""
    parts = banner(None, summary.reality, language)
    parts.append(Text(" ".join(header(summary, language)), style="bold"))
    parts.append(Padding(_classes(summary, language), (1, 0)))
    if closest:
        rows = [pass_row(one, language) for one in closest]
        key = "screen.closest.everything" if everything else "screen.closest.folded"
        parts += [Text(say(language, key)), _Passes(rows, language)]
    else:
        parts.append(Text(say(language, "screen.nothing")))
    if further:
        parts.append(Text(say_count(language, "screen.further", further), style="dim"))
    parts.append(Padding(Text(" ".join(unseen(summary, language)), style="dim"), (1, 0, 0, 0)))
    return Group(*parts)


def _classes(summary: ScreenSummary, language: Language) -> Table:
    table = _table(_CLASS_COLUMNS, language)
    for row in class_rows(summary, language):
        table.add_row(*map(escape, row))
    return table


@dataclass(frozen=True, slots=True)
class _Passes:
    """Passes as a table, or one below the other where the screen is narrow."""

    rows: Sequence[PassRow]
    language: Language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= _LEAST_TABLE_WIDTH
        yield _wide(self.rows, self.language) if wide else _narrow(self.rows)


def _wide(rows: Sequence[PassRow], language: Language) -> Table:
    table = _table(_PASS_COLUMNS, language)
    for row in rows:
        table.add_row(*map(escape, astuple(row)))
    return table


def _narrow(rows: Sequence[PassRow]) -> Group:
    told: list[RenderableType] = []
    for row in rows:
        facts = f"{row.when} · {row.miss} ± {row.sigma} km · {row.speed} km/s"
        carried = f"Pc {row.pc} · {row.conclusion}"
        told.append(Text(row.objects.replace("\n", " · "), style="bold"))
        told += [Padding(Text(line), (0, 0, 0, 2)) for line in (facts, carried)]
    return Group(*told)


def _table(columns: Sequence[str], language: Language) -> Table:
    table = Table(header_style="bold")
    for column in columns:
        words = say(language, f"screen.column.{column}")
        table.add_column(words, justify="right" if column in _NUMBERS else "left", overflow="fold")
    return table
