"""What is asked about one incident while the floor keeps watch: assessment, record, decision."""

from __future__ import annotations

from pathlib import Path

from hoshimori.assessment.assess import NOTHING_DECIDED, Decided
from hoshimori.model.access import Audience
from hoshimori.model.assessments import Assessment, Decision
from hoshimori.model.journal import DecisionKind, RecordedDecision
from hoshimori.settings import Settings
from hoshimori.store.journal import FORM
from hoshimori.store.small_database import is_begun
from hoshimori.workflows.brief import Brief, brief, yardsticks
from hoshimori.workflows.decisions import decided_about
from hoshimori.workflows.incident_record import (
    IncidentHistory,
    history_of,
    opened_journal,
    record_decision,
)
from hoshimori.workflows.inquiry import Inquiry, chosen_incident


def decided_for(audience: Audience, settings: Settings, folder: Path, incident_id: str) -> Decided:
    """Return what people decided about an incident; nothing for whom that is not to be told.

    Raises:
        StoreError: the journal is damaged, of a newer version, or busy for long.
    """
    if not audience.sees_the_whole_house:
        return NOTHING_DECIDED
    return decided_about(settings, folder, incident_id)


def assessed(inquiry: Inquiry, incident_id: str, settings: Settings, decided: Decided) -> Brief:
    """Return an incident of an inquiry, assessed on the facts that give it.

    Raises:
        SettingsError: there is no such incident.
    """
    incident = chosen_incident(inquiry, incident_id, ())
    return brief(inquiry, incident, settings, yardsticks(settings), decided)


def recorded_history(settings: Settings, folder: Path, incident_id: str) -> IncidentHistory | None:
    """Return what the journal holds of an incident; None where it knows no such incident.

    Raises:
        StoreError: the journal is damaged, of a newer version, or busy for long.
    """
    if not is_begun(folder, FORM):
        return None
    with opened_journal(settings, folder) as journal:
        if incident_id not in journal.lives():
            return None
        return history_of(journal, incident_id)


def decide(
    settings: Settings,
    folder: Path,
    incident_id: str,
    kind: DecisionKind,
    key: str,
    decision: Decision,
    *,
    assessment: Assessment | None = None,
) -> RecordedDecision:
    """Keep a decision about a factor, gate or explanation, with what `assessment` had proposed.

    Raises:
        SettingsError: there is no such incident, factor, gate or explanation, or no such value.
        StoreError: the journal cannot be written.
    """
    proposed = proposed_by(assessment, kind, key) if assessment else None
    with opened_journal(settings, folder, create=True) as journal:
        return record_decision(journal, incident_id, kind, key, decision, proposed=proposed)


def proposed_by(assessment: Assessment, kind: DecisionKind, key: str) -> str | None:
    """Return what the machine proposed for a factor or an explanation; None for the others."""
    if kind is DecisionKind.FACTOR:
        return next((f.proposed for f in assessment.factors if f.factor == key), None)
    if kind is DecisionKind.EXPLANATION:
        known = {e.hypothesis.value: e.words for e in assessment.explanations}
        words = known.get(key, ())
        return " to ".join(dict.fromkeys((words[0].value, words[-1].value))) if words else None
    return None
