"""Decisions of people come from the journal into assessments; the latest of each is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hoshimori.assessment.assess import NOTHING_DECIDED
from hoshimori.model.assessments import Decision
from hoshimori.model.journal import DecisionKind, RecordedDecision
from hoshimori.settings import Settings
from hoshimori.store.journal import open_journal
from hoshimori.workflows.decisions import decided_about

WHEN = datetime(2026, 11, 2, tzinfo=UTC)
INCIDENT = "INC-0123456789"


def _record(folder: Path, kind: DecisionKind, key: str, value: str) -> None:
    decision = Decision(value, "A. Analyst", WHEN, f"because of {value}")
    recorded = RecordedDecision(INCIDENT, kind, key, None, decision)
    with open_journal(folder) as journal, journal.transaction():
        journal.append_decision(recorded, recorded_utc=WHEN)


def test_without_a_journal_nothing_is_decided_and_none_is_made(tmp_path: Path) -> None:
    assert decided_about(Settings(), tmp_path, INCIDENT) == NOTHING_DECIDED
    assert list(tmp_path.iterdir()) == []


def test_the_latest_of_each_and_every_dissent_is_in_force(tmp_path: Path) -> None:
    _record(tmp_path, DecisionKind.FACTOR, "F1", "2")
    _record(tmp_path, DecisionKind.FACTOR, "F1", "3")
    _record(tmp_path, DecisionKind.GATE, "G1", "open")
    _record(tmp_path, DecisionKind.DISSENT, "", "I see it otherwise")
    _record(tmp_path, DecisionKind.DISSENT, "", "So do I")
    decided = decided_about(Settings(), tmp_path, INCIDENT)
    assert {key: d.value for key, d in decided.values.items()} == {"F1": "3", "G1": "open"}
    assert [d.value for d in decided.dissent] == ["I see it otherwise", "So do I"]
    assert decided_about(Settings(), tmp_path, "INC-9999999999") == NOTHING_DECIDED


def test_the_store_of_the_settings_is_where_it_looks(tmp_path: Path) -> None:
    _record(tmp_path, DecisionKind.GATE, "G0", "open")
    settings = replace(Settings(), store=replace(Settings().store, folder=str(tmp_path)))
    assert set(decided_about(settings, None, INCIDENT).values) == {"G0"}
