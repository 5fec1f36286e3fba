"""Confidence from three drivers judged apart: assumptions, sourcing, strength of argument."""

from __future__ import annotations

from collections.abc import Sequence

from hoshimori.assessment.explanations import methods_agree, middle_of
from hoshimori.model.assessments import (
    Driver,
    Explanation,
    MatrixRow,
    NaturalCheck,
    Origin,
)
from hoshimori.model.finding import Confidence
from hoshimori.model.reports import Credibility, Reliability

_GOOD = (Reliability.COMPLETELY, Reliability.USUALLY)
_TRUE = (Credibility.CONFIRMED, Credibility.PROBABLY_TRUE)
_ORDER = (Confidence.LOW, Confidence.MODERATE, Confidence.HIGH)


def drivers_of(
    matrix: Sequence[MatrixRow],
    explanations: Sequence[Explanation],
    checks: Sequence[NaturalCheck],
) -> tuple[Driver, ...]:
    """Return the three drivers of confidence, each with its reason (ICD 203)."""
    return (
        _assumptions(matrix, checks),
        _sourcing(matrix),
        _argument(explanations),
    )


def confidence_of(drivers: Sequence[Driver]) -> Confidence:
    """Return the lowest of the drivers: a chain is as strong as its weakest link."""
    return min((d.confidence for d in drivers), key=_ORDER.index)


def independent_chains(matrix: Sequence[MatrixRow]) -> int:
    """Return how many independent sources the evidence comes from.

    Checks of nature look at the same elements, or at the environment that is given to all: they are
    context, not a source that saw the incident.
    """
    return len({r.evidence.source_chain for r in matrix if r.evidence.finding_ids})


def _assumptions(matrix: Sequence[MatrixRow], checks: Sequence[NaturalCheck]) -> Driver:
    declared = sum(_rests_on_judgement(row) for row in matrix)
    unchecked = sum(not check.evaluated for check in checks)
    values = {
        "declared": float(declared),
        "items": float(len(matrix)),
        "unchecked": float(unchecked),
    }
    if not matrix or declared > 0.8 * len(matrix) or unchecked > len(checks) / 2:
        return Driver("assumptions", Confidence.LOW, "many_assumptions", values)
    if declared > 0.4 * len(matrix) or unchecked:
        return Driver("assumptions", Confidence.MODERATE, "several_assumptions", values)
    return Driver("assumptions", Confidence.HIGH, "few_assumptions", values)


def _rests_on_judgement(row: MatrixRow) -> bool:
    weights = [w for w in row.weights.values() if w.nats.low or w.nats.high]
    return any(w.origin is Origin.DECLARED for w in weights)


def _sourcing(matrix: Sequence[MatrixRow]) -> Driver:
    chains = independent_chains(matrix)
    grades = [r.evidence.grade for r in matrix if r.evidence.grade is not None]
    good = sum(g.reliability in _GOOD and g.credibility in _TRUE for g in grades)
    values = {"chains": float(chains), "good": float(good)}
    if chains >= 3 and good >= 2:
        return Driver("sourcing", Confidence.HIGH, "many_sources", values)
    if chains >= 2 and good >= 1:
        return Driver("sourcing", Confidence.MODERATE, "two_sources", values)
    return Driver("sourcing", Confidence.LOW, "one_source", values)


def _argument(explanations: Sequence[Explanation]) -> Driver:
    first, second = explanations[0], explanations[1]
    apart = first.likelihood.low > second.likelihood.high
    agree = methods_agree(explanations)
    values = {"first": middle_of(first.likelihood), "second": middle_of(second.likelihood)}
    if not agree:
        return Driver("argument", Confidence.LOW, "methods_disagree", values)
    if not apart:
        return Driver("argument", Confidence.LOW, "explanations_overlap", values)
    if len(first.words) <= 2:
        return Driver("argument", Confidence.HIGH, "one_explanation_stands_out", values)
    return Driver("argument", Confidence.MODERATE, "leader_wide", values)
