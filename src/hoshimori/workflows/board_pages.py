"""The board as one page of words and numbers, for a console or any other reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from hoshimori.dossier.alert_rows import tally_lines
from hoshimori.dossier.blind_spots import blind_spots, failures
from hoshimori.dossier.board_rows import BoardRow, board_rows, findings_by_id, summary
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.marking_wording import banner_text
from hoshimori.dossier.story_wording import planted_sentence
from hoshimori.dossier.wording import direction_text, kind_text
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.board import WatchBoard
from hoshimori.model.finding import kind_of
from hoshimori.model.findings import AnyFinding
from hoshimori.model.incident_life import LifeState
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import Marking
from hoshimori.model.provenance import Reality

NO_STATES: Mapping[str, LifeState] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident of a board: in words for people, in codes for filters."""

    incident_id: str
    attention: str
    """``look_now``, ``watch`` or ``log``."""
    mark: str
    """A shape that tells the attention without colour."""
    attention_text: str
    what: str
    more: str
    when: str
    range: str
    rarity: str
    confidence: str
    next_step: str
    direction: str
    """``to``, ``from``, ``within`` or ``ground``."""
    direction_text: str
    assets: tuple[int, ...]
    others: tuple[int, ...]
    start_utc: datetime
    end_utc: datetime
    kinds: tuple[str, ...]
    """Kinds of its findings, each once, the deciding one first."""
    kinds_text: tuple[str, ...]
    finding_ids: tuple[str, ...]
    series_id: str
    reality: str
    state: str
    """``new`` or ``ongoing``; empty where no journal tells, as at a past moment."""


@dataclass(frozen=True, slots=True)
class BoardPage:
    """What one audience sees at one moment: the watch board in a language."""

    view_id: str
    as_of_utc: datetime
    made_utc: datetime
    days_ahead: float
    reality: str
    reality_meaning: str
    """What that means, in a sentence; empty where the facts are real."""
    marking: str
    """Empty where nobody states one."""
    banner: str
    language: str
    summary: tuple[str, ...]
    story: tuple[str, ...]
    """What was planted, where the sky is a made one."""
    failures: tuple[str, ...]
    """One sentence for each detector that failed."""
    blind_spots: tuple[str, ...]
    """What the watch could not have seen."""
    rows: tuple[IncidentRow, ...]
    findings: tuple[Mapping[str, Any], ...]
    """As `hoshimori watch --json` prints them, without the long tracks of nearness."""
    runs: tuple[Mapping[str, Any], ...]
    coverage: Mapping[str, Any]
    rates: tuple[Mapping[str, Any], ...]
    names: Mapping[str, str]
    assets: tuple[Mapping[str, Any], ...]
    provenances: tuple[Mapping[str, Any], ...]
    alerts: Mapping[str, Any] | None
    """How alerts fare against their budget; for the house alone."""
    alerts_text: tuple[str, ...]
    notes: tuple[str, ...]
    """What people should know of how it was made."""


def board_page(
    board: WatchBoard,
    marking: Marking | None,
    language: Language,
    *,
    view_id: str,
    made_utc: datetime,
    notes: tuple[str, ...] = (),
    states: Mapping[str, LifeState] = NO_STATES,
) -> BoardPage:
    """Return a board as one page in a language."""
    return BoardPage(
        view_id=view_id,
        as_of_utc=board.as_of_utc,
        made_utc=made_utc,
        days_ahead=board.days_ahead,
        reality=board.reality.value,
        reality_meaning=reality_meaning(board.reality, language),
        marking="" if marking is None else str(marking),
        banner=banner_text(marking, board.reality, language),
        language=language.value,
        summary=summary(board, language),
        story=tuple(planted_sentence(one, language) for one in board.story),
        failures=failures(board, language),
        blind_spots=blind_spots(board, language),
        rows=incident_rows(board, language, states=states),
        findings=tuple(_without_track(as_json_value(one)) for one in board.findings),
        runs=as_json_value(board.runs),
        coverage=as_json_value(board.coverage),
        rates=as_json_value(board.rates),
        names={str(norad_id): name for norad_id, name in board.names.items()},
        assets=as_json_value(board.assets),
        provenances=as_json_value(board.provenances),
        alerts=as_json_value(board.alerts),
        alerts_text=tally_lines(board.alerts, language) if board.alerts else (),
        notes=notes,
    )


def _without_track(finding: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a finding without its track, which is two thirds of a board; its page holds it."""
    return {name: value for name, value in finding.items() if name != "track"}


def reality_meaning(reality: Reality, language: Language) -> str:
    """Return what facts that are not real mean, in a sentence; empty for real ones."""
    if reality is Reality.REAL:
        return ""
    return say(language, f"reality.{reality.name.lower()}.meaning")


def incident_rows(
    board: WatchBoard,
    language: Language,
    incidents: tuple[Incident, ...] | None = None,
    *,
    states: Mapping[str, LifeState] = NO_STATES,
) -> tuple[IncidentRow, ...]:
    """Return one row for each incident of a board, or for some of them, in their order.

    `states` says where in its life each is, as far as a journal tells.
    """
    chosen = board if incidents is None else replace(board, incidents=incidents)
    known = findings_by_id(board)
    rows = zip(chosen.incidents, board_rows(chosen, language), strict=True)
    return tuple(
        _row(incident, row, known, language, states.get(incident.incident_id))
        for incident, row in rows
    )


def _row(
    incident: Incident,
    row: BoardRow,
    known: Mapping[str, AnyFinding],
    language: Language,
    state: LifeState | None,
) -> IncidentRow:
    findings = [known[finding_id] for finding_id in incident.finding_ids]
    return IncidentRow(
        incident_id=incident.incident_id,
        attention=as_json_value(incident.attention),
        mark=row.mark,
        attention_text=row.attention_text,
        what=row.what,
        more=row.more,
        when=row.when,
        range=row.range,
        rarity=row.rarity,
        confidence=row.confidence,
        next_step=row.next_step,
        direction=incident.direction.value,
        direction_text=direction_text(incident.direction, language),
        assets=incident.assets,
        others=incident.others,
        start_utc=incident.start_utc,
        end_utc=incident.end_utc,
        kinds=tuple(dict.fromkeys(map(kind_of, findings))),
        kinds_text=tuple(dict.fromkeys(kind_text(one, language) for one in findings)),
        finding_ids=incident.finding_ids,
        series_id=incident.series_id,
        reality=incident.reality.value,
        state="" if state is None else state.value,
    )
