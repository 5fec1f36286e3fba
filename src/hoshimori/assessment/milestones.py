"""What would change an assessment: single missing items, and what each would make of it."""

from __future__ import annotations

from collections.abc import Sequence

from hoshimori.assessment.explanations import explanations_of, matrix_of, middle_of
from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import EvidenceItem, Explanation, MatrixRow, Milestone
from hoshimori.model.reports import Credibility, Grade, Reliability

_MOST = 6
_GRADE = Grade(Reliability.USUALLY, Credibility.PROBABLY_TRUE)
"""How good a missing item is taken to be once it comes."""


def milestones_of(
    matrix: Sequence[MatrixRow],
    explanations: Sequence[Explanation],
    situation: str,
    model: AssessmentModel,
) -> tuple[Milestone, ...]:
    """Return the missing items that would change most, the strongest first."""
    have = {row.evidence.kind for row in matrix}
    found = [
        _milestone(kind, matrix, explanations, situation, model)
        for kind in model.ask[situation]
        if kind not in have
    ]
    return tuple(sorted(found, key=lambda m: -_change(m))[:_MOST])


def _milestone(
    kind: str,
    matrix: Sequence[MatrixRow],
    explanations: Sequence[Explanation],
    situation: str,
    model: AssessmentModel,
) -> Milestone:
    item = EvidenceItem(
        kind, kind, model.kinds[kind].chain, f"yet to come: {kind}", (), {}, (kind,), _GRADE
    )
    then = explanations_of((*matrix, *matrix_of((item,), model)), situation, model)
    after = {e.hypothesis: e.likelihood for e in then}
    changes = [
        Milestone(kind, e.hypothesis, e.likelihood, after[e.hypothesis]) for e in explanations
    ]
    return max(changes, key=_change)


def _change(milestone: Milestone) -> float:
    return abs(middle_of(milestone.likelihood_then) - middle_of(milestone.likelihood_now))
