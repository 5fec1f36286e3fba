"""The history of the belt on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoshimori.cli.banner import banner
from hoshimori.cli.rows import Rows
from hoshimori.dossier.belt_wording import (
    DwellRow,
    ReversalRow,
    VisitRow,
    dwell_row,
    header,
    reversal_row,
    visit_row,
    visits_of,
    year_table,
)
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.wording import name_of
from hoshimori.model.belt import BeltHistory

_ROWS = 15


def belt_view(
    history: BeltHistory, ids: Sequence[int], language: Language, *, everything: bool
) -> RenderableType:
    """Return the history as Rich draws it: of objects, or of the whole belt without any."""
    parts = banner(None, history.reality, language)
    parts.append(Text(" ".join(header(history, language)), style="bold"))
    for norad_id in ids:
        parts += _of_object(history, norad_id, language)
    if not ids or everything:
        parts += _visits(history, language, everything=everything)
    parts += _years(history, language)
    parts.append(Text(say(language, "belt.note"), style="dim"))
    return Group(*parts)


def _of_object(history: BeltHistory, norad_id: int, language: Language) -> list[RenderableType]:
    name = name_of(norad_id, history.names, language)
    rows = [dwell_row(stay, language) for stay in history.stays if stay.norad_id == norad_id]
    turns = [reversal_row(r, language) for r in history.reversals if r.norad_id == norad_id]
    key = "belt.dwell.heading" if rows else "belt.dwell.none"
    parts: list[RenderableType] = [_heading(say(language, key, name=name))]
    if rows:
        parts.append(Rows(DwellRow, rows, "belt", language))
    if turns:
        parts.append(_heading(say(language, "belt.reversals.heading")))
        parts.append(Rows(ReversalRow, turns, "belt", language))
    return parts


def _visits(history: BeltHistory, language: Language, *, everything: bool) -> list[RenderableType]:
    visits = visits_of(history)
    shown = visits if everything else visits[:_ROWS]
    if not shown:
        return [_heading(say(language, "belt.visits.none"))]
    rows = [visit_row(one, history.names, language) for one in shown]
    parts: list[RenderableType] = [
        _heading(say(language, "belt.visits.heading")),
        Rows(VisitRow, rows, "belt", language),
    ]
    if len(shown) < len(visits):
        further = say_count(language, "belt.further", len(visits) - len(shown))
        parts.append(Text(further, style="dim"))
    return parts


def _years(history: BeltHistory, language: Language) -> list[RenderableType]:
    head, *rows = year_table(history, language)
    if not rows:
        return []
    table = Table(header_style="bold")
    for k, year in enumerate(head):
        table.add_column(year, justify="right" if k else "left")
    for row in rows:
        table.add_row(*row)
    return [_heading(say(language, "belt.years.heading")), table]


def _heading(words: str) -> Padding:
    return Padding(Text(words), (1, 0, 0, 0))
