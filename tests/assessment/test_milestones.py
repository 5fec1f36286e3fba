"""What would change an assessment: single items that are not at hand, the strongest first."""

from __future__ import annotations

import pytest

from hoshimori.assessment.explanations import explanations_of, matrix_of, middle_of
from hoshimori.assessment.milestones import milestones_of
from hoshimori.model.assessments import EvidenceItem, Milestone
from hoshimori.model.reports import Credibility, Grade, Reliability
from hoshimori.workflows.assessment_model import assessment_model

MODEL = assessment_model()
GRADE = Grade(Reliability.USUALLY, Credibility.PROBABLY_TRUE)


def item(kind: str) -> EvidenceItem:
    chain = MODEL.kinds[kind].chain
    return EvidenceItem(kind, kind, chain, f"of {kind}", (1, 2), {}, (kind,), GRADE)


def milestones(situation: str, *kinds: str) -> tuple[Milestone, ...]:
    matrix = matrix_of([item(kind) for kind in kinds], MODEL)
    return milestones_of(matrix, explanations_of(matrix, situation, MODEL), situation, MODEL)


def change(milestone: Milestone) -> float:
    return abs(middle_of(milestone.likelihood_then) - middle_of(milestone.likelihood_now))


@pytest.mark.parametrize("situation", sorted(MODEL.ask))
def test_the_strongest_stand_first_and_all_were_asked_for(situation: str) -> None:
    found = milestones(situation)
    assert [change(m) for m in found] == sorted(map(change, found), reverse=True)
    assert {m.kind for m in found} <= set(MODEL.ask[situation])
    assert found


def test_what_is_at_hand_would_change_nothing_any_more() -> None:
    assert "stated_same_operator" in {m.kind for m in milestones("beside")}
    assert "stated_same_operator" not in {
        m.kind for m in milestones("beside", "stated_same_operator")
    }


def test_a_milestone_tells_what_the_item_then_makes_of_it() -> None:
    """Adding the item gives the very likelihood that was announced."""
    first = milestones("beside", "stays_beside")[0]
    kinds = ("stays_beside", first.kind)
    after = explanations_of(matrix_of([item(k) for k in kinds], MODEL), "beside", MODEL)
    then = next(e.likelihood for e in after if e.hypothesis is first.hypothesis)
    assert then.low == pytest.approx(first.likelihood_then.low)
    assert then.high == pytest.approx(first.likelihood_then.high)
