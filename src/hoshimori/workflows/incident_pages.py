"""One incident as a page, and its assessment as a page: words beside the numbers they tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hoshimori.dossier.assessment_text import assessment_text, subject_text
from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.finding_measures import measures
from hoshimori.dossier.incident_wording import (
    change_text,
    decision_text,
    life_objects_text,
    life_state_text,
)
from hoshimori.dossier.language import Language
from hoshimori.dossier.marking_wording import banner_text
from hoshimori.dossier.wording import (
    confidence_text,
    headline,
    kind_text,
    range_text,
    rarity_text,
    when,
)
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.assessments import BENIGN, Assessment
from hoshimori.model.board import WatchBoard
from hoshimori.model.finding import kind_of
from hoshimori.model.findings import AnyFinding
from hoshimori.model.incident_life import LifeState
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import Marking
from hoshimori.workflows.board_pages import (
    NO_STATES,
    IncidentRow,
    incident_rows,
    reality_meaning,
)
from hoshimori.workflows.brief import Brief
from hoshimori.workflows.incident_record import IncidentHistory


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One number of a finding, as people read it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class FindingPage:
    """One finding: what was measured in words, its numbers as rows, and the noun itself."""

    finding_id: str
    kind: str
    kind_text: str
    headline: str
    explanation: str
    when: str
    range: str
    rarity: str
    confidence: str
    measures: tuple[MeasureRow, ...]
    objects: tuple[int, ...]
    finding: Mapping[str, Any]
    """As `hoshimori watch --json` prints it."""


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Everything that one audience sees of one incident at one moment; physics alone."""

    view_id: str
    as_of_utc: datetime
    made_utc: datetime
    marking: str
    reality: str
    reality_meaning: str
    banner: str
    language: str
    row: IncidentRow
    incident: Mapping[str, Any]
    """As `hoshimori watch --json` prints it."""
    findings: tuple[FindingPage, ...]
    """The one that decides the attention first."""
    names: Mapping[str, str]
    assets: tuple[Mapping[str, Any], ...]


def incident_page(
    board: WatchBoard,
    marking: Marking | None,
    incident_id: str,
    language: Language,
    *,
    view_id: str,
    made_utc: datetime,
    states: Mapping[str, LifeState] = NO_STATES,
) -> IncidentPage | None:
    """Return the page of an incident; None where the board has none of this id."""
    incident = next((i for i in board.incidents if i.incident_id == incident_id), None)
    if incident is None:
        return None
    known = {f.finding_id: f for f in board.findings}
    findings = [known[finding_id] for finding_id in incident.finding_ids]
    ids = {*incident.assets, *incident.others, *(i for f in findings for i in f.objects)}
    return IncidentPage(
        view_id=view_id,
        as_of_utc=board.as_of_utc,
        made_utc=made_utc,
        marking="" if marking is None else str(marking),
        reality=incident.reality.value,
        reality_meaning=reality_meaning(incident.reality, language),
        banner=banner_text(marking, incident.reality, language),
        language=language.value,
        row=incident_rows(board, language, (incident,), states=states)[0],
        incident=as_json_value(incident),
        findings=tuple(_finding(one, board, language) for one in findings),
        names={str(i): board.names.get(i, "") for i in sorted(ids)},
        assets=tuple(as_json_value(a) for a in board.assets if a.norad_id in ids),
    )


def _finding(finding: AnyFinding, board: WatchBoard, language: Language) -> FindingPage:
    shown = measures(finding, board.as_of_utc, language)
    return FindingPage(
        finding_id=finding.finding_id,
        kind=kind_of(finding),
        kind_text=kind_text(finding, language),
        headline=headline(finding, board.names, language),
        explanation=explanation(finding, board.names, language),
        when=when(finding, board.as_of_utc, language),
        range=range_text(finding, language),
        rarity=rarity_text(finding.base_rate, language),
        confidence=confidence_text(finding.confidence, language),
        measures=tuple(MeasureRow(one.label, one.value) for one in shown),
        objects=finding.objects,
        finding=as_json_value(finding),
    )


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """An assessment in words and in numbers; a likelihood is an interval, never a bare number."""

    view_id: str
    incident_id: str
    as_of_utc: datetime
    marking: str
    reality: str
    banner: str
    language: str
    text: Mapping[str, Any]
    """The rows that terminal, page and paper lay out; the best benign explanation is named."""
    benign: tuple[bool, ...]
    """Of each explanation in `text`, in its order: whether it accuses nobody."""
    best_benign: int
    """Place of the likeliest of these in `text.explanations`; it is shown first."""
    hypotheses: tuple[str, ...]
    """Codes of the explanations in `text`, in its order: what decisions are made about."""
    assessment: Mapping[str, Any]
    """The noun itself, as `hoshimori assess --json` prints it."""
    names: Mapping[str, str]


def assessment_page(told: Brief, language: Language, *, view_id: str) -> AssessmentPage:
    """Return an assessed incident as a page in a language."""
    assessment, names = told.assessment, told.inquiry.names
    subject = subject_text(told.inquiry.findings_of(told.incident), language)
    order = [e.hypothesis for e in assessment.explanations]
    return AssessmentPage(
        view_id=view_id,
        incident_id=told.incident.incident_id,
        as_of_utc=assessment.as_of_utc,
        marking=str(assessment.marking),
        reality=assessment.reality.value,
        banner=banner_text(assessment.marking, assessment.reality, language),
        language=language.value,
        text=as_json_value(assessment_text(assessment, names, language, subject=subject)),
        benign=tuple(hypothesis in BENIGN for hypothesis in order),
        best_benign=order.index(assessment.best_benign),
        hypotheses=tuple(hypothesis.value for hypothesis in order),
        assessment=as_json_value(assessment),
        names=_names_of(assessment, names),
    )


def _names_of(assessment: Assessment, names: Mapping[int, str]) -> dict[str, str]:
    incident: Incident = assessment.incident
    return {str(i): names.get(i, "") for i in (*incident.assets, *incident.others)}


@dataclass(frozen=True, slots=True)
class IncidentHistoryPage:
    """What the journal holds of one incident: its life, every change, every decision."""

    incident_id: str
    language: str
    state: str
    state_text: str
    objects_text: str
    changes: tuple[str, ...]
    """One line each, the oldest first."""
    decisions: tuple[str, ...]
    series: tuple[str, ...]
    """Other incidents of the same objects."""
    history: Mapping[str, Any]
    """The nouns themselves, as `hoshimori incidents ID --json` prints them."""


def incident_history_page(history: IncidentHistory, language: Language) -> IncidentHistoryPage:
    """Return the record of an incident as a page in a language."""
    return IncidentHistoryPage(
        incident_id=history.life.incident_id,
        language=language.value,
        state=as_json_value(history.life.state),
        state_text=life_state_text(history.life, language),
        objects_text=life_objects_text(history.life, language),
        changes=tuple(change_text(change, language) for change in history.changes),
        decisions=tuple(decision_text(one, language) for one in history.decisions),
        series=history.series,
        history=as_json_value(history),
    )
