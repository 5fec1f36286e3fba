"""Competing explanations of an incident, weighed side by side; machine proposes, human decides.

Nothing here is a verdict. Likelihoods are intervals with the words of ICD 203; how far the data
carry them is said apart, as confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from hoshimori.model.finding import Confidence
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import OPEN, Marking
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import Grade


class Hypothesis(Enum):
    """The explanations that are always all considered (methods of Heuer, ch. 8)."""

    NATURAL = "H1"
    """Space weather, debris, micrometeoroid, decay."""
    FAULT = "H2"
    """Technical fault or operator error."""
    PLANNED = "H3"
    """Planned and benign: station change, servicing, end of life, formation, routine traffic."""
    INSPECTION = "H4"
    """Inspection or listening without consent; a grey area of law, not an attack."""
    SIGNALLING = "H5"
    """Posture meant to be seen."""
    TEST = "H6"
    """Test of a capability on one's own target."""
    HOSTILE_REVERSIBLE = "H7"
    HOSTILE_IRREVERSIBLE = "H8"
    ARTEFACT = "H9"
    """The data are wrong: mis-tag, cross-tag, bad set, docked pair, spoofed feed."""
    OTHER = "H0"
    """None of these."""


BENIGN = (Hypothesis.NATURAL, Hypothesis.FAULT, Hypothesis.PLANNED, Hypothesis.ARTEFACT)
"""The explanations that accuse nobody: they stand first in every text."""


class TruthGroup(Enum):
    """What an incident turned out to be, as coarse as published accounts can tell."""

    BENIGN = "benign"
    """Nature, a fault, or planned and benign."""
    INSPECTION = "inspection"
    """Looking or listening without consent, or posture meant to be seen."""
    TEST = "test"
    HOSTILE = "hostile"
    ARTEFACT = "artefact"


HYPOTHESES_OF: Mapping[TruthGroup, tuple[Hypothesis, ...]] = MappingProxyType(
    {
        TruthGroup.BENIGN: (Hypothesis.NATURAL, Hypothesis.FAULT, Hypothesis.PLANNED),
        TruthGroup.INSPECTION: (Hypothesis.INSPECTION, Hypothesis.SIGNALLING),
        TruthGroup.TEST: (Hypothesis.TEST,),
        TruthGroup.HOSTILE: (Hypothesis.HOSTILE_REVERSIBLE, Hypothesis.HOSTILE_IRREVERSIBLE),
        TruthGroup.ARTEFACT: (Hypothesis.ARTEFACT,),
    }
)
"""The hypotheses of which one holds where a group is the truth; "other" belongs to none."""


class Diagnosticity(Enum):
    """How an item of evidence goes with a hypothesis (analysis of competing hypotheses)."""

    VERY_CONSISTENT = "CC"
    CONSISTENT = "C"
    NEUTRAL = "N"
    INCONSISTENT = "I"
    VERY_INCONSISTENT = "II"


class Chain(Enum):
    """What evidence comes from; items of one chain hang together and are capped as one."""

    ORBITS = "orbital elements"
    """Everything derived from general-perturbation elements is one chain."""
    MESSAGES = "conjunction messages"
    STATEMENTS = "statements"
    OBSERVATIONS = "observations by others"
    TELEMETRY = "operator telemetry"
    NAVIGATION = "navigation integrity of aircraft"
    RECEPTION = "measurements of receivers"
    ENVIRONMENT = "space environment"


class Origin(Enum):
    """Where the numbers of a weight come from."""

    MEASURED = "measured"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Span:
    """A range of values without a best one: nothing in it is preferred."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"not a span: {self.low} <= {self.high}")


class Words(Enum):
    """ICD 203 words for a likelihood; each from its lower edge (inclusive) to the next."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly even chance"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"


@dataclass(frozen=True, slots=True)
class Weight:
    """How much more an item of evidence is expected under a hypothesis than without it, in nats."""

    nats: Span
    origin: Origin
    because: str
    """The measurement or the reason, with its source."""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One thing that bears on the explanations: observed, stated, or looked for and absent."""

    evidence_id: str
    """Its kind, and a number where there are several: ``company_beside_asset.2``."""
    kind: str
    """A kind of the assessment model, for example ``arrived_controlled``."""
    chain: Chain
    source_chain: str
    """What it ultimately comes from; items of different ones are independent."""
    objects: tuple[int, ...]
    values: Mapping[str, float | str] = field(default_factory=lambda: MappingProxyType({}))
    finding_ids: tuple[str, ...] = ()
    grade: Grade | None = None
    known_utc: datetime | None = None
    marking: Marking = OPEN


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An item of evidence with its weight and its rating under every hypothesis."""

    evidence: EvidenceItem
    weights: Mapping[Hypothesis, Weight]
    ratings: Mapping[Hypothesis, Diagnosticity]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a human set, who did, when and why."""

    value: str
    decided_by: str
    decided_utc: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One hypothesis with its prior, what the evidence adds, and what remains."""

    hypothesis: Hypothesis
    prior: Weight
    """Logarithm of the prior probability, as a span with its origin."""
    evidence_nats: Span
    """Sum of the weights, each and each chain capped."""
    likelihood: Span
    """Probability after the evidence, from 0 to 1."""
    words: tuple[Words, ...]
    """The words that the span reaches, the least likely first; never more exact than the span."""
    inconsistencies: float
    """Count of what speaks against it (I is 1, II is 2): lower survives better."""
    decision: Decision | None = None
    """The words that a person set; they stand beside and change no weight."""


@dataclass(frozen=True, slots=True)
class NaturalCheck:
    """A natural or accidental explanation that was looked into before any other."""

    check: str
    """What was looked at, a key of the assessment model: ``geomagnetic_storm``, ``eclipse``."""
    evaluated: bool
    """False where the data to judge it were not at hand: missing evidence, not a clean bill."""
    speaks_for: bool
    values: Mapping[str, float | str] = field(default_factory=lambda: MappingProxyType({}))


class Answer(Enum):
    """The answer to a question about behaviour; unknown is a value of its own."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A behavioural indicator (I1-I12) or counter-indicator (J1-J7); counted, never scored."""

    indicator: str
    answer: Answer
    evidence_ids: tuple[str, ...]
    base_rate: Span | None
    """How often the same is seen of comparable objects; None where not measured."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the seventeen factors: proposed by machine, set by a human; never added up."""

    factor: str
    """``F1`` to ``F17``."""
    proposed: str | None
    """An anchor (``0`` to ``4``) or the value in words; None is unknown, a value like any other."""
    because: str
    """Key of the sentence that says why, with `values`."""
    values: Mapping[str, float | str]
    supporting: tuple[str, ...]
    """Evidence ids, as in `contradicting`."""
    contradicting: tuple[str, ...]
    missing: tuple[str, ...]
    """Kinds of evidence that would decide it and are not at hand."""
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """A door that only a human opens, with the minimum evidence it asks for."""

    gate: str
    """``G0`` to ``G4``."""
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    """Keys of requirements of the assessment model."""
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Driver:
    """One of the three things that confidence rests on, judged for itself."""

    driver: str
    """``assumptions``, ``sourcing`` or ``argument``."""
    confidence: Confidence
    because: str
    """Key of a sentence, with `values`."""
    values: Mapping[str, float | str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Milestone:
    """A single missing item that would change the picture, and how."""

    kind: str
    """Kind of evidence that is not at hand."""
    hypothesis: Hypothesis
    """The explanation that it would move most."""
    likelihood_now: Span
    likelihood_then: Span


class Label(Enum):
    """What an incident is filed under; a label of what was seen, not of who meant what."""

    BREAKUP_DELIBERATE_TEST = "BREAKUP-DELIBERATE-TEST"
    BREAKUP_UNKNOWN = "BREAKUP-UNKNOWN"
    COLLISION_ACCIDENT = "COLLISION-ACCIDENT"
    RPO_UNCONSENTED = "RPO-UNCONSENTED"
    RPO_COOPERATIVE = "RPO-COOPERATIVE"
    SHADOW_COPLANAR = "SHADOW-COPLANAR"
    GEO_LOITER = "GEO-LOITER"
    RELOCATION_BENIGN = "RELOCATION-BENIGN"
    SUBSAT_RELEASE = "SUBSAT-RELEASE"
    RFI = "RFI"
    CYBER = "CYBER"
    CONJUNCTION_ROUTINE = "CONJUNCTION-ROUTINE"
    NO_EVENT = "NO-EVENT"


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that was weighed about one incident, as of one moment."""

    incident: Incident
    as_of_utc: datetime
    label: Label
    model_version: str
    model_sha256: str
    """Digest of the assessment model: the weights, factors and gates that were in force."""
    natural_checks: tuple[NaturalCheck, ...]
    """Looked into first."""
    matrix: tuple[MatrixRow, ...]
    explanations: tuple[Explanation, ...]
    """All ten, the likeliest first; ties keep the order of `Hypothesis`."""
    best_benign: Hypothesis
    """The likeliest of nature, fault, plan and artefact: it stands first in every text."""
    methods_agree: bool
    """Whether the count of inconsistencies leads to the same explanation as the likelihoods."""
    confidence: Confidence
    """The lowest of the drivers; never in one sentence with a likelihood."""
    drivers: tuple[Driver, ...]
    indicators: tuple[Indicator, ...]
    factors: tuple[Factor, ...]
    gates: tuple[Gate, ...]
    milestones: tuple[Milestone, ...]
    """What would change this, the strongest first."""
    missing: tuple[str, ...]
    """Kinds of evidence that were looked for and are not at hand."""
    dissent: tuple[Decision, ...]
    """Views that differ, each with who holds it and why."""
    marking: Marking
    reality: Reality
