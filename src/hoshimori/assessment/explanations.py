"""Weigh competing explanations: log-likelihood ratios as spans, never points.

Each item of evidence adds a span of nats to each hypothesis. Within one chain the ends of the spans
are added, because its items hang together, and their sum is capped; chains and priors are
independent of one another, so that their middles are added and their half-widths in quadrature.
What remains is an interval of log odds against all other hypotheses together, told as
probabilities. Beside it stands the count of inconsistencies (Heuer, Psychology of Intelligence
Analysis, ch. 8), which knows no priors.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from hoshimori.assessment.likelihood_words import words_for
from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import (
    BENIGN,
    Chain,
    Diagnosticity,
    EvidenceItem,
    Explanation,
    Hypothesis,
    MatrixRow,
    Origin,
    Span,
    Weight,
)

_NOTHING = Span(0.0, 0.0)


def matrix_of(evidence: Iterable[EvidenceItem], model: AssessmentModel) -> tuple[MatrixRow, ...]:
    """Return the evidence with its weight and rating under every hypothesis."""
    return tuple(_row(item, model) for item in evidence)


def explanations_of(
    matrix: Sequence[MatrixRow], situation: str, model: AssessmentModel
) -> tuple[Explanation, ...]:
    """Return all ten explanations, the likeliest first by the middle of their spans.

    Raises:
        KeyError: the model has no priors for the situation.
    """
    priors = model.priors[situation]
    sums = {h: _evidence_nats(matrix, h, model) for h in Hypothesis}
    logs = {h: _independent_sum((priors[h].nats, sums[h])) for h in Hypothesis}
    explanations = [
        _explanation(h, priors[h], sums[h], _likelihood(h, logs), matrix) for h in Hypothesis
    ]
    return tuple(sorted(explanations, key=lambda e: -middle_of(e.likelihood)))


def middle_of(likelihood: Span) -> float:
    """Return the middle of a span of probabilities, on the scale of log odds."""
    return _probability(0.5 * (_log_odds(likelihood.low) + _log_odds(likelihood.high)))


def methods_agree(explanations: Sequence[Explanation]) -> bool:
    """Tell whether the likeliest explanation is also among those with the least inconsistency."""
    fewest = min(e.inconsistencies for e in explanations)
    return explanations[0].inconsistencies <= fewest + 0.5


def best_benign(explanations: Sequence[Explanation]) -> Hypothesis:
    """Return the likeliest explanation in which nobody meant anything by it."""
    return next(e.hypothesis for e in explanations if e.hypothesis in BENIGN)


def together(explanations: Iterable[Explanation], group: Iterable[Hypothesis]) -> Span:
    """Return the span of the probability that one of a group of explanations holds.

    The bounds are those that the single spans allow: at least the sum of the low ends and at least
    what the others leave, at most the sum of the high ends and what the others' low ends leave.
    """
    members = set(group)
    inside = [e.likelihood for e in explanations if e.hypothesis in members]
    outside = [e.likelihood for e in explanations if e.hypothesis not in members]
    low = max(sum(s.low for s in inside), 1.0 - sum(s.high for s in outside))
    high = min(sum(s.high for s in inside), 1.0 - sum(s.low for s in outside))
    return Span(max(0.0, min(low, high)), min(1.0, max(low, high)))


def _row(item: EvidenceItem, model: AssessmentModel) -> MatrixRow:
    weights = {h: _weight(item, h, model) for h in Hypothesis}
    return MatrixRow(item, weights, {h: rating_of(w.nats) for h, w in weights.items()})


def _weight(item: EvidenceItem, hypothesis: Hypothesis, model: AssessmentModel) -> Weight:
    if item.kind == "rare":
        return _rarity(item, hypothesis, model)
    kind = model.kinds[item.kind]
    stated = kind.weights.get(hypothesis)
    if stated is None:
        return Weight(_NOTHING, Origin.DECLARED, "says nothing about it")
    factor = _grade_factor(item, model)
    cap = model.item_cap_nats
    nats = Span(_capped(stated.nats.low * factor, cap), _capped(stated.nats.high * factor, cap))
    return Weight(nats, stated.origin, stated.because)


def _rarity(item: EvidenceItem, hypothesis: Hypothesis, model: AssessmentModel) -> Weight:
    """Return how much the rarity of what was seen speaks for purpose.

    Under the explanations in which nobody meant it, it is seen with the measured share; under the
    others with the declared one.
    """
    rule = model.rarity
    if hypothesis not in rule.hypotheses:
        return Weight(_NOTHING, Origin.MEASURED, rule.because)
    share_low = max(float(item.values["share_low"]), 1e-6)
    share_high = max(float(item.values["share_high"]), share_low)
    cap = model.item_cap_nats
    nats = Span(
        _capped(math.log(rule.seen_if_meant.low / share_high), cap),
        _capped(math.log(rule.seen_if_meant.high / share_low), cap),
    )
    return Weight(nats, Origin.MEASURED, rule.because)


def _grade_factor(item: EvidenceItem, model: AssessmentModel) -> float:
    """Return what is left of a statement's weight; what we measured ourselves keeps all of it."""
    if item.grade is None:
        return 1.0
    return (
        model.reliability_factor[item.grade.reliability]
        * model.credibility_factor[item.grade.credibility]
    )


def rating_of(nats: Span) -> Diagnosticity:
    """Return the rating of a weight: only a span wholly on one side says anything."""
    if nats.high <= -1.0:
        return Diagnosticity.VERY_INCONSISTENT
    if nats.high <= -0.25:
        return Diagnosticity.INCONSISTENT
    if nats.low >= 1.0:
        return Diagnosticity.VERY_CONSISTENT
    if nats.low >= 0.25:
        return Diagnosticity.CONSISTENT
    return Diagnosticity.NEUTRAL


def _evidence_nats(
    matrix: Sequence[MatrixRow], hypothesis: Hypothesis, model: AssessmentModel
) -> Span:
    """Return the sum of weights, each chain capped; what repeats one source counts once."""
    chains: dict[Chain, list[Span]] = defaultdict(list)
    for row in _without_repetition(matrix):
        chains[row.evidence.chain].append(row.weights[hypothesis].nats)
    cap = model.chain_cap_nats
    return _independent_sum(
        Span(_capped(sum(s.low for s in spans), cap), _capped(sum(s.high for s in spans), cap))
        for spans in chains.values()
    )


def _independent_sum(spans: Iterable[Span]) -> Span:
    """Return the sum of spans that err independently: middles add, half-widths in quadrature."""
    kept = tuple(spans)
    middle = sum(_middle(s) for s in kept)
    half = math.hypot(*(_half(s) for s in kept))
    return Span(middle - half, middle + half)


def _without_repetition(matrix: Sequence[MatrixRow]) -> tuple[MatrixRow, ...]:
    """Return the rows without those that say the same from the same source a second time."""
    seen: dict[tuple[str, str], MatrixRow] = {}
    for row in matrix:
        key = (row.evidence.kind, row.evidence.source_chain)
        if key not in seen or _strength(row) > _strength(seen[key]):
            seen[key] = row
    return tuple(seen.values())


def _strength(row: MatrixRow) -> float:
    return sum(abs(w.nats.low) + abs(w.nats.high) for w in row.weights.values())


def _explanation(
    hypothesis: Hypothesis,
    prior: Weight,
    nats: Span,
    likelihood: Span,
    matrix: Sequence[MatrixRow],
) -> Explanation:
    against = {Diagnosticity.INCONSISTENT: 1.0, Diagnosticity.VERY_INCONSISTENT: 2.0}
    counted = sum(against.get(r.ratings[hypothesis], 0.0) for r in _without_repetition(matrix))
    return Explanation(hypothesis, prior, nats, likelihood, words_for(likelihood), counted)


def _likelihood(hypothesis: Hypothesis, logs: Mapping[Hypothesis, Span]) -> Span:
    """Return the interval of the probability of one hypothesis against all the others together."""
    top = max(_middle(s) for s in logs.values())
    others = {h: math.exp(_middle(s) - top) for h, s in logs.items() if h is not hypothesis}
    rest = sum(others.values())
    half_of_rest = sum(share * _half(logs[h]) for h, share in others.items()) / rest
    odds = _middle(logs[hypothesis]) - top - math.log(rest)
    half = math.hypot(_half(logs[hypothesis]), half_of_rest)
    return Span(_probability(odds - half), _probability(odds + half))


def _middle(span: Span) -> float:
    return 0.5 * (span.low + span.high)


def _half(span: Span) -> float:
    return 0.5 * (span.high - span.low)


def _probability(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))


def _log_odds(probability: float) -> float:
    kept = min(max(probability, 1e-9), 1.0 - 1e-9)
    return math.log(kept / (1.0 - kept))


def _capped(nats: float, cap: float) -> float:
    return max(-cap, min(cap, nats))
