"""The words of ICD 203 for likelihoods, and the confidence that is said apart from them."""

from __future__ import annotations

from hoshimori.model.assessments import Span, Words

# Lower edges, inclusive. Source: ICD 203 (2015), as in MISP's estimative-language taxonomy, v5.
_EDGES = (
    (0.05, Words.VERY_UNLIKELY),
    (0.20, Words.UNLIKELY),
    (0.45, Words.ROUGHLY_EVEN),
    (0.55, Words.LIKELY),
    (0.80, Words.VERY_LIKELY),
    (0.95, Words.ALMOST_CERTAIN),
)


def words_for(likelihood: Span) -> tuple[Words, ...]:
    """Return every word that a span of probabilities reaches, the least likely first.

    Below 1 % and above 99 % no finer words exist, and none are made up.

    >>> [w.value for w in words_for(Span(0.10, 0.25))]
    ['very unlikely', 'unlikely']
    """
    low, high = _place(likelihood.low), _place(likelihood.high)
    return tuple(Words)[low : high + 1]


def _place(probability: float) -> int:
    return sum(probability >= edge for edge, _ in _EDGES)
