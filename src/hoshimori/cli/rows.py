"""Rows of texts on a terminal: a table, or a list where the screen is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoshimori.dossier.language import Language, say

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_LEAST_TABLE_WIDTH = 120
_NUMBERS = {"slots", "days", "closest", "before", "after", "drift", "plane", "dwell"}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as a table, or one below the other where the screen is narrow."""

    kind: type[DataclassInstance]
    rows: Sequence[Any]
    words: str
    """Prefix of the words of its columns."""
    language: Language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= _LEAST_TABLE_WIDTH
        yield (_wide if wide else _narrow)(self)


def _narrow(shown: Rows) -> Group:
    told: list[RenderableType] = []
    for row in shown.rows:
        told.append(Text(astuple(row)[0], style="bold"))
        for field in fields(shown.kind)[1:]:
            value = getattr(row, field.name).replace("\n", ", ")
            line = f"{_heading(shown, field.name)}: {value}"
            told.append(Padding(Text(line), (0, 0, 0, 2)))
    return Group(*told)


def _wide(shown: Rows) -> Table:
    table = Table(header_style="bold", show_lines=True)
    for field in fields(shown.kind):
        table.add_column(
            _heading(shown, field.name),
            justify="right" if field.name in _NUMBERS else "left",
            overflow="fold",
        )
    for row in shown.rows:
        table.add_row(*map(escape, astuple(row)))
    return table


def _heading(shown: Rows, name: str) -> str:
    return say(shown.language, f"{shown.words}.column.{name}")
