"""The watch board as rows of plain text, the same for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.wording import (
    attention_text,
    confidence_text,
    headline,
    next_step_text,
    range_text,
    rarity_text,
    when,
)
from hoshimori.model.board import WatchBoard
from hoshimori.model.findings import AnyFinding
from hoshimori.model.incidents import Attention, Incident
from hoshimori.model.provenance import Reality


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One incident as people read it; plain text that the door must still escape."""

    attention: Attention
    mark: str
    """A shape that tells the attention without colour."""
    attention_text: str
    what: str
    more: str
    """How many further findings the incident holds; empty for none."""
    when: str
    range: str
    """Interval of the range; empty where no finding has one."""
    rarity: str
    confidence: str
    next_step: str
    incident_id: str
    reality: Reality


def mark_of(attention: Attention) -> str:
    """Return the shape of an attention: diamond, triangle or ring."""
    match attention:
        case Attention.LOOK:
            return "◆"
        case Attention.WATCH:
            return "▲"
        case Attention.LOG:
            return "○"
        case _:
            assert_never(attention)


def findings_by_id(board: WatchBoard) -> Mapping[str, AnyFinding]:
    """Return the findings of a board by their id."""
    return {finding.finding_id: finding for finding in board.findings}


def board_rows(board: WatchBoard, language: Language) -> tuple[BoardRow, ...]:
    """Return one row for each incident, in the order of the board."""
    known = findings_by_id(board)
    return tuple(
        _row(incident, [known[i] for i in incident.finding_ids], board, language)
        for incident in board.incidents
    )


def _row(
    incident: Incident, findings: list[AnyFinding], board: WatchBoard, language: Language
) -> BoardRow:
    lead = findings[0]
    ranges = (range_text(finding, language) for finding in findings)
    return BoardRow(
        attention=incident.attention,
        mark=mark_of(incident.attention),
        attention_text=attention_text(incident.attention, language),
        what=headline(lead, board.names, language),
        more=_more(len(findings) - 1, language),
        when=when(lead, board.as_of_utc, language),
        range=next(filter(None, ranges), ""),
        rarity=rarity_text(findings[0].base_rate, language),
        confidence=confidence_text(incident.confidence, language),
        next_step=next_step_text(incident.next_step, language),
        incident_id=incident.incident_id,
        reality=incident.reality,
    )


def _more(number: int, language: Language) -> str:
    return say_count(language, "headline.more", number) if number > 0 else ""


def summary(board: WatchBoard, language: Language) -> tuple[str, ...]:
    """Return the state of the watch in a few calm sentences."""
    counts = {kind: 0 for kind in Attention}
    for incident in board.incidents:
        counts[incident.attention] += 1
    failed = sum(1 for run in board.runs if run.problem)
    sentences = [_look(counts[Attention.LOOK], language), _scope(board, language)]
    if board.incidents:
        sentences.append(_rest(counts, language))
    if failed:
        sentences.append(say_count(language, "summary.failed", failed))
    return tuple(sentences)


def _look(number: int, language: Language) -> str:
    if number == 0:
        return say(language, "summary.quiet")
    look = say_count(language, "summary.look", number)
    return say(language, "summary.look.sentence", look=look)


def _rest(counts: Mapping[Attention, int], language: Language) -> str:
    watched = say_count(language, "summary.watch", counts[Attention.WATCH])
    logged = say_count(language, "summary.log", counts[Attention.LOG])
    return say(language, "summary.rest", watch=watched, log=logged)


def _scope(board: WatchBoard, language: Language) -> str:
    form = "one" if board.days_ahead == 1.0 else "many"
    return say(
        language,
        "summary.scope",
        assets=say_count(language, "summary.assets", len(board.assets)),
        objects=say_count(language, "summary.objects", board.coverage.objects),
        duration=say(language, f"summary.days.{form}", number=f"{board.days_ahead:g}"),
    )
