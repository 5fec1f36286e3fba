"""The weights, priors, factors and gates that an assessment is made with: versioned data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hoshimori.model.assessments import Chain, Hypothesis, Origin, Span, Weight
from hoshimori.model.reports import Credibility, Reliability


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """What one kind of evidence weighs under each hypothesis; none named stands at [0, 0]."""

    kind: str
    chain: Chain
    weights: Mapping[Hypothesis, Weight]


@dataclass(frozen=True, slots=True)
class RarityRule:
    """How much the rarity of a thing speaks for purpose."""

    hypotheses: tuple[Hypothesis, ...]
    seen_if_meant: Span
    """Share of those who do it on purpose that are seen to do so."""
    because: str


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """Which evidence answers a behavioural indicator yes, and which no; else it is unknown."""

    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactorDefinition:
    """One of the seventeen factors: what it is called and what its values mean."""

    name: str
    anchors: tuple[str, ...]
    """Meanings of 0 to 4; none where the value is a record or words."""
    root: str


@dataclass(frozen=True, slots=True)
class GateDefinition:
    """A gate with the minimum evidence that it asks for; meeting it opens nothing by itself."""

    name: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Temperature:
    """What the sum of all evidence is multiplied by: 1 leaves it, less trusts it less."""

    value: float
    origin: Origin
    because: str


@dataclass(frozen=True, slots=True)
class AssessmentModel:
    """Everything that an assessment is weighed with."""

    version: str
    sha256: str
    """Digest of the bytes that it was read from."""
    item_cap_nats: float
    chain_cap_nats: float
    temperature: Temperature
    reliability_factor: Mapping[Reliability, float]
    credibility_factor: Mapping[Credibility, float]
    rarity: RarityRule
    priors: Mapping[str, Mapping[Hypothesis, Weight]]
    """Logarithms of prior probabilities, by situation."""
    kinds: Mapping[str, EvidenceKind]
    ask: Mapping[str, tuple[str, ...]]
    """Kinds of evidence that would tell, by situation."""
    indicators: Mapping[str, IndicatorRule]
    factors: Mapping[str, FactorDefinition]
    gates: Mapping[str, GateDefinition]
