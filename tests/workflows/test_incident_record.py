"""What a watch shows is recorded whole or not; decisions are kept beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hoshimori.assessment.incidents import incidents_of
from hoshimori.errors import SettingsError
from hoshimori.model.assessments import Decision
from hoshimori.model.assets import Asset
from hoshimori.model.board import Coverage, DetectorRun, WatchBoard
from hoshimori.model.finding import BaseRate, Confidence, Interval
from hoshimori.model.findings import Conjunction
from hoshimori.model.incident_life import ChangeKind, LifeState
from hoshimori.model.journal import DecisionKind
from hoshimori.model.provenance import Reality
from hoshimori.store import Journal, open_journal
from hoshimori.workflows.incident_record import (
    decisions_of,
    history_of,
    in_force,
    incidents_in,
    record_board,
    record_decision,
)

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path) as opened:
        yield opened


def passing(other: int, day: float) -> Conjunction:
    at = NOON + timedelta(days=day)
    return Conjunction(
        finding_id=f"{other}-{day}", detector="made/1", objects=(25544, other), start_utc=at,
        end_utc=at, base_rate=BaseRate("LEO", 1000, Interval(0.0, 0.2, 0.3)),
        confidence=Confidence.MODERATE, confidence_because="made", basis=(), reality=Reality.REAL,
        tca_utc=at, miss_km=Interval(0.0, 1.0, 3.0), speed_km_s=10.0, miss_rtn_km=(1.0, 0.0, 0.0),
        at_window_edge=False,
    )  # fmt: skip


def board(day: float, *findings: Conjunction, problem: str = "") -> WatchBoard:
    as_of = NOON + timedelta(days=day)
    asset: Any = Asset(norad_id=25544, name="ISS")
    return WatchBoard(
        as_of_utc=as_of,
        days_ahead=7.0,
        assets=(asset,),
        incidents=incidents_of(findings, asset_ids=frozenset({25544}), as_of_utc=as_of),
        findings=findings,
        coverage=Coverage(1, 0, 0, 0.0, 0.0, 0, (), (), 1),
        runs=(DetectorRun("made/1", len(findings), problem),),
        provenances=(),
        reality=Reality.REAL,
        names={},
    )


def decision(value: str, because: str = "seen", by: str = "Sato") -> Decision:
    return Decision(value, by, NOON, because)


def test_a_board_is_recorded_once_and_its_ids_last(journal: Journal) -> None:
    first = record_board(board(0, passing(9, 1)), journal)
    assert [change.kind for change in first.changes] == [ChangeKind.OPENED]
    assert not record_board(board(0, passing(9, 1)), journal).changes
    later = record_board(board(60, passing(9, 61)), journal)
    assert later.board.incidents[0].incident_id == first.board.incidents[0].incident_id
    assert record_board(board(62), journal).changes[0].kind is ChangeKind.QUIETED
    (life,) = incidents_in(journal, [LifeState.QUIET])
    history = history_of(journal, life.incident_id)
    assert [change.kind for change in history.changes] == [
        ChangeKind.OPENED,
        ChangeKind.UPDATED,
        ChangeKind.QUIETED,
    ]
    assert journal.check().broken_at is None


def test_days_recorded_one_by_one_equal_days_in_one_process(tmp_path: Path) -> None:
    days = [(0, (9,)), (1, (9, 8)), (2, (8,)), (40, (9,)), (200, (9,))]
    with open_journal(tmp_path / "one") as one:
        for day, others in days:
            record_board(board(day, *(passing(o, day + 1) for o in others)), one)
        at_once = one.lives()
    for day, others in days:
        with open_journal(tmp_path / "many") as many:
            record_board(board(day, *(passing(o, day + 1) for o in others)), many)
    with open_journal(tmp_path / "many") as many:
        assert many.lives() == at_once


def test_the_past_and_a_board_with_a_hole_are_not_recorded(journal: Journal) -> None:
    record_board(board(5, passing(9, 6)), journal)
    past = record_board(board(4, passing(8, 5)), journal)
    assert past.not_because == "the journal goes to 2026-11-06T12:00Z"
    failed = record_board(board(6, problem="ValueError: made"), journal)
    assert failed.not_because == "made/1 failed"
    assert len(journal.lives()) == 1
    assert journal.check().entries == 1


def test_every_decision_is_kept_and_the_newest_is_in_force(journal: Journal) -> None:
    (incident,) = record_board(board(0, passing(9, 1)), journal).board.incidents
    name = incident.incident_id
    for value in ("3", "4"):
        record_decision(journal, name, DecisionKind.FACTOR, "F2", decision(value), proposed="2")
    record_decision(journal, name, DecisionKind.GATE, "G3", decision("open"))
    for view in ("no", "nor I"):
        record_decision(journal, name, DecisionKind.DISSENT, "", decision(view, because=""))
    kept = decisions_of(journal, name)
    assert [(d.key, d.proposed, d.decision.value) for d in kept] == [
        ("F2", "2", "3"), ("F2", "2", "4"), ("G3", None, "open"), ("", None, "no"),
        ("", None, "nor I"),
    ]  # fmt: skip
    assert [d.decision.value for d in in_force(kept)] == ["4", "open", "no", "nor I"]
    assert decisions_of(journal, "INC-none") == ()


def test_a_decision_needs_an_incident_a_reason_and_a_name(journal: Journal) -> None:
    (incident,) = record_board(board(0, passing(9, 1)), journal).board.incidents
    for name, decided in (
        ("INC-none", decision("4")),
        (incident.incident_id, decision("4", because=" ")),
        (incident.incident_id, decision("4", by="")),
        (incident.incident_id, decision("7")),
    ):
        with pytest.raises(SettingsError):
            record_decision(journal, name, DecisionKind.FACTOR, "F2", decided)
    assert decisions_of(journal, incident.incident_id) == ()
