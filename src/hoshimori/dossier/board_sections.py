"""The part of a page that shows the board itself, and all close passes in one plot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hoshimori.dossier.board_plots import MOST_CONJUNCTIONS, Pass, miss_distance_plot
from hoshimori.dossier.board_rows import BoardRow, board_rows, findings_by_id
from hoshimori.dossier.incident_sections import MOST_ROUTINE_DETAILS, anchor
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.markup import Html, joined, tag
from hoshimori.dossier.page_pieces import (
    figure,
    in_scroll,
    mark,
    reality_chip,
    section,
    with_times,
)
from hoshimori.model.board import WatchBoard
from hoshimori.model.findings import Conjunction
from hoshimori.model.incidents import Attention, Incident

MOST_ROUTINE_ROWS = 500
"""Routine incidents listed on the board; the first by its order."""
_COLUMNS = ("attention", "what", "when", "range", "rarity", "confidence", "next")

Line = tuple[int, Incident, BoardRow]


def board_section(board: WatchBoard, language: Language) -> Html:
    """Return the rows that want attention, and the routine ones folded away."""
    rows = board_rows(board, language)
    lines = list(zip(range(1, len(rows) + 1), board.incidents, rows, strict=True))
    wanting = [line for line in lines if line[1].attention is not Attention.LOG]
    routine = [line for line in lines if line[1].attention is Attention.LOG]
    shown = tag("p", say(language, "board.empty"))
    if wanting:
        shown = _table(wanting, language, linked=len(wanting))
    return section("board", say(language, "board.heading"), shown, _routine(routine, language))


def _routine(lines: Sequence[Line], language: Language) -> Html:
    if not lines:
        return Html()
    note = Html()
    if len(lines) > MOST_ROUTINE_ROWS:
        total, shown = f"{len(lines):,}", str(MOST_ROUTINE_ROWS)
        note = tag("p", say(language, "board.cut", shown=shown, total=total), class_="note")
    heading = say_count(language, "board.routine", len(lines))
    listed = _table(lines[:MOST_ROUTINE_ROWS], language, linked=MOST_ROUTINE_DETAILS)
    return tag("details", tag("summary", heading), listed, note)


def _table(lines: Sequence[Line], language: Language, *, linked: int) -> Html:
    """Return lines of the board; the first `linked` of them lead to their details."""
    head = (tag("th", say(language, f"column.{name}"), scope="col") for name in _COLUMNS)
    body = (_line(line, language, linked=place < linked) for place, line in enumerate(lines))
    rows = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *body), class_="board")
    return in_scroll(rows)


def _line(line: Line, language: Language, *, linked: bool) -> Html:
    number, incident, row = line
    what = tag("a", row.what, href=f"#{anchor(number)}") if linked else joined(row.what)
    more = tag("span", f" {row.more}", class_="more") if row.more else Html()
    attention = tag("span", mark(row.attention), row.attention_text, class_="word")
    # The keys let the script sort by what the words mean.
    return tag(
        "tr",
        tag("td", attention, data_key=str(list(Attention).index(row.attention))),
        tag("td", what, more, reality_chip(row.reality, language)),
        tag("td", with_times(row.when)),
        tag("td", row.range or "–"),
        tag("td", row.rarity, data_key=f"{incident.rarity.best:.9f}"),
        tag("td", row.confidence),
        tag("td", row.next_step),
        class_=row.attention.name.lower(),
    )


def passes_section(board: WatchBoard, language: Language) -> Html:
    """Return all close passes of the window in one plot; nothing where there is none."""
    passes = list(_passes(board))
    if not passes:
        return Html()
    drawn = miss_distance_plot(
        passes,
        board.as_of_utc,
        board.days_ahead,
        language,
        names=board.names,
        name="plot-passes",
    )
    key = say(language, "plot.conjunctions.key")
    if len(passes) > MOST_CONJUNCTIONS:
        number = str(MOST_CONJUNCTIONS)
        key = f"{key} {say(language, 'plot.conjunctions.first', number=number)}"
    title = say(language, "plot.conjunctions.title")
    return section("passes", say(language, "overview.heading"), figure(drawn, title, key))


def _passes(board: WatchBoard) -> Iterator[Pass]:
    known = findings_by_id(board)
    for incident in board.incidents:
        for finding_id in incident.finding_ids:
            finding = known[finding_id]
            if isinstance(finding, Conjunction):
                yield finding, incident.attention
