"""Lives, changes and decisions in words, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hoshimori.dossier.incident_wording import (
    change_text,
    decision_text,
    journal_lines,
    life_objects_text,
    life_row,
    life_state_text,
)
from hoshimori.dossier.language import Language
from hoshimori.model.assessments import Decision
from hoshimori.model.finding import Confidence, Interval
from hoshimori.model.incident_life import Change, ChangeKind, FindingMark, Life, LifeState
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.journal import ChainBreak, ChainCheck, DecisionKind, RecordedDecision
from hoshimori.model.provenance import Reality

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
MARKS = tuple(FindingMark(f"f{n}", "conjunction", (1, 9), NOON, NOON) for n in range(3))
LIFE = Life(
    incident_id="INC-1", series_id="SER-1", state=LifeState.NEW, direction=Direction.WITHIN,
    assets=(25544,), others=(9,), attention=Attention.LOOK, confidence=Confidence.LOW,
    rarity=Interval(0.0, 0.1, 0.2), reality=Reality.REAL, start_utc=NOON, end_utc=NOON,
    findings=MARKS, opened_utc=NOON, changed_utc=NOON, since_utc=NOON,
)  # fmt: skip


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("state", LifeState)
def test_every_state_has_words(state: LifeState, language: Language) -> None:
    told = life_state_text(replace(LIFE, state=state, merged_into="INC-2"), language)
    assert "2026-11-01T12:00Z" in told
    assert ("INC-2" in told) == (state is LifeState.MERGED)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", ChangeKind)
def test_every_change_has_words(kind: ChangeKind, language: Language) -> None:
    told = change_text(Change(kind, NOON, LIFE, others=("INC-2",)), language)
    two = {ChangeKind.TOOK_IN, ChangeKind.MERGED, ChangeKind.GAVE_OFF, ChangeKind.PARTED}
    assert ("INC-2" in told) == (kind in two)


def test_what_came_and_went_is_counted_by_kind() -> None:
    gone = FindingMark("old", "manoeuvre", (9,), NOON, NOON)
    change = Change(ChangeKind.UPDATED, NOON, LIFE, came=("f0", "f1"), went=(gone,))
    assert change_text(change, Language.EN) == (
        "2026-11-01T12:00Z  updated · came: 2 × Conjunction · went: Manoeuvre"
    )


def test_objects_are_named_up_to_three() -> None:
    assert life_objects_text(LIFE, Language.EN) == "25544 · 9"
    cloud = replace(LIFE, assets=(), others=tuple(range(10, 20)))
    assert life_objects_text(cloud, Language.EN) == "10, 11, 12 and 7 more"
    assert "区域" in life_objects_text(replace(LIFE, assets=(), others=()), Language.JA)
    assert life_row(LIFE, Language.EN).findings == "3"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", DecisionKind)
def test_a_decision_says_who_what_when_and_why(kind: DecisionKind, language: Language) -> None:
    key = "" if kind is DecisionKind.DISSENT else "F2"
    recorded = RecordedDecision("INC-1", kind, key, "3", Decision("4", "Sato", NOON, "as seen"))
    told = decision_text(recorded, language)
    assert all(part in told for part in ("2026-11-01T12:00Z", "Sato", key, "4", "as seen"))
    assert ("3" in told) == bool(key)


@pytest.mark.parametrize("language", Language)
def test_the_state_of_the_journal_is_told(language: Language) -> None:
    whole = "\n".join(journal_lines(ChainCheck(2, "ab" * 32), language))
    assert "ab" * 32 in whole
    for problem in ChainBreak:
        assert "7" in journal_lines(ChainCheck(9, "ab" * 32, 7, problem), language)[0]
