"""Behavioural indicators (I1-I12) and counter-indicators (J1-J7): yes, no or unknown; counted."""

from __future__ import annotations

from collections.abc import Sequence

from hoshimori.model.assessment_model import AssessmentModel, IndicatorRule
from hoshimori.model.assessments import Answer, EvidenceItem, Indicator, Span


def indicators_of(
    evidence: Sequence[EvidenceItem], model: AssessmentModel
) -> tuple[Indicator, ...]:
    """Return the answer to every indicator; without evidence either way it is unknown."""
    return tuple(_answer(name, rule, evidence) for name, rule in model.indicators.items())


def _answer(name: str, rule: IndicatorRule, evidence: Sequence[EvidenceItem]) -> Indicator:
    yes = [e for e in evidence if e.kind in rule.yes]
    no = [e for e in evidence if e.kind in rule.no]
    shown = yes or no
    answer = Answer.YES if yes else Answer.NO if no else Answer.UNKNOWN
    return Indicator(name, answer, tuple(e.evidence_id for e in shown), _base_rate(yes, evidence))


def _base_rate(yes: Sequence[EvidenceItem], evidence: Sequence[EvidenceItem]) -> Span | None:
    """Return how rare what was seen is, where it or the finding behind a yes counted that."""
    lit = [e for e in yes if "light_low" in e.values]
    if lit:
        return Span(float(lit[0].values["light_low"]), float(lit[0].values["light_high"]))
    behind = {f for e in yes for f in e.finding_ids}
    rare = [e for e in evidence if e.kind == "rare" and behind & set(e.finding_ids)]
    if not rare:
        return None
    return Span(float(rare[0].values["share_low"]), float(rare[0].values["share_high"]))
