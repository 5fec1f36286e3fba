"""What kind of thing an incident is, and the label it is filed under: what was seen, not meant."""

from __future__ import annotations

from collections.abc import Sequence

from hoshimori.model.assessments import EvidenceItem, Explanation, Hypothesis, Label
from hoshimori.model.findings import (
    Anomaly,
    AnyFinding,
    Breakup,
    Conjunction,
    Decay,
    EmitterInterference,
    GeoNeighbour,
    Interference,
    Manoeuvre,
    PatternChange,
    Proximity,
    ReceiverInterference,
    Separation,
    Shadowing,
)
from hoshimori.model.reports import Credibility, OperatorReport, Reliability

_FIRST_OF: tuple[tuple[type, str], ...] = (
    (Breakup, "breakup"),
    (Separation, "separation"),
    (Proximity, "beside"),
    (GeoNeighbour, "beside"),
    (Shadowing, "plane"),
    (Conjunction, "pass"),
    (Decay, "decay"),
    (Anomaly, "silence"),
    (Manoeuvre, "change"),
    (PatternChange, "change"),
    (Interference, "interference"),
    (ReceiverInterference, "interference"),
    (EmitterInterference, "interference"),
)

_TOGETHER = frozenset(
    {
        "docked",
        "same_launch",
        "same_constellation",
        "formation",
        "company_moved_together",
        "company_travelling",
    }
)
_CONSENTED = frozenset(
    {"stated_same_operator", "stated_own_object", "stated_servicing_licence", "stated_own_slot"}
)
_FAIR = frozenset({Reliability.COMPLETELY, Reliability.USUALLY, Reliability.FAIRLY})
_POSSIBLE = frozenset({Credibility.CONFIRMED, Credibility.PROBABLY_TRUE, Credibility.POSSIBLY_TRUE})
_AT_HOME = frozenset(
    {
        "company_colocated",
        "company_first_place",
        "company_relocation",
        "company_free_passing",
        "asset_moved_itself",
        "arrived_natural",
    }
)
"""Who was near belongs there, or came without doing anything for it."""
_ON_ITS_WAY = frozenset({"passes_by", "comes_to_slot", "left"})
_STOPPED = frozenset({"company_visit", "arrived_and_stopped", "arrived_controlled"})
"""It came by its own doing and stayed: that it has left since does not make it a passage."""
_LIKELY = 0.55
"""Lower edge of "likely" (ICD 203)."""
_RARE_SHARE = 0.02
"""Stays rarer than this among comparable objects are called loitering, not neighbourhood."""


def situation_of(findings: Sequence[AnyFinding | OperatorReport]) -> str:
    """Return the situation that the assessment model has priors for."""
    for kind, situation in _FIRST_OF:
        if any(isinstance(f, kind) for f in findings):
            return situation
    return "report"


def label_of(
    situation: str,
    evidence: Sequence[EvidenceItem],
    explanations: Sequence[Explanation],
    *,
    in_belt: bool,
) -> Label:
    """Return the label that an incident is filed under.

    A break-up is called a test, or an accident of two bodies, only where the whole interval of that
    explanation is at least "likely", or where two clouds parted at one point and moment.
    """
    kinds = {item.kind for item in evidence}
    match situation:
        case "breakup":
            return _breakup(kinds, explanations)
        case "separation":
            return Label.SUBSAT_RELEASE
        case "pass":
            return Label.CONJUNCTION_ROUTINE
        case "plane":
            together = kinds & _TOGETHER or _is_consented(evidence)
            return Label.RPO_COOPERATIVE if together else Label.SHADOW_COPLANAR
        case "beside":
            return _beside(kinds, evidence, in_belt=in_belt)
        case "interference":
            return Label.RFI
        case "report":
            return Label.CYBER if "stated_ground_intrusion" in kinds else _reported(kinds)
        case _:
            return Label.NO_EVENT


def _breakup(kinds: set[str], explanations: Sequence[Explanation]) -> Label:
    likelihood = {e.hypothesis: e.likelihood for e in explanations}
    if likelihood[Hypothesis.TEST].low >= _LIKELY:
        return Label.BREAKUP_DELIBERATE_TEST
    if "second_cloud" in kinds and explanations[0].hypothesis is Hypothesis.NATURAL:
        return Label.COLLISION_ACCIDENT
    return Label.BREAKUP_UNKNOWN


def _is_consented(evidence: Sequence[EvidenceItem]) -> bool:
    """Tell whether a source that is at least fairly reliable states consent, possibly true.

    A label of cooperation is not to be had by a claim that nobody would believe.
    """
    stated = [item.grade for item in evidence if item.kind in _CONSENTED and item.grade]
    return any(g.reliability in _FAIR and g.credibility in _POSSIBLE for g in stated)


def _beside(kinds: set[str], evidence: Sequence[EvidenceItem], *, in_belt: bool) -> Label:
    if "same_constellation" in kinds:
        return Label.CONJUNCTION_ROUTINE
    if kinds & _TOGETHER or _is_consented(evidence):
        return Label.RPO_COOPERATIVE
    if "company_towed" in kinds:
        return Label.RPO_UNCONSENTED
    if kinds & _AT_HOME or (kinds & _ON_ITS_WAY and not kinds & _STOPPED):
        return Label.RELOCATION_BENIGN if in_belt else Label.CONJUNCTION_ROUTINE
    if not in_belt:
        return Label.RPO_UNCONSENTED
    shares = [float(e.values["share_high"]) for e in evidence if e.kind == "rare"]
    is_rare = bool(shares) and min(shares) <= _RARE_SHARE
    visits = kinds & {"company_visit", "arrived_and_stopped"}
    return Label.GEO_LOITER if visits or is_rare else Label.NO_EVENT


def _reported(kinds: set[str]) -> Label:
    radio = {"stated_link_interference", "stated_navigation_disturbed"}
    return Label.RFI if kinds & radio else Label.NO_EVENT
