"""Assess an incident: all explanations side by side, nature first, and what people decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from hoshimori.assessment.drivers import confidence_of, drivers_of
from hoshimori.assessment.evidence import evidence_of
from hoshimori.assessment.explanations import (
    best_benign,
    explanations_of,
    matrix_of,
    methods_agree,
)
from hoshimori.assessment.factor_ground import Ground
from hoshimori.assessment.factors import factors_of
from hoshimori.assessment.gates import gates_of
from hoshimori.assessment.indicators import indicators_of
from hoshimori.assessment.milestones import milestones_of
from hoshimori.assessment.situations import label_of, situation_of
from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import Assessment, Decision, NaturalCheck
from hoshimori.model.assets import Asset
from hoshimori.model.breakup_causes import Cause
from hoshimori.model.findings import AnyFinding, GeoNeighbour, Proximity
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import Marking, joined
from hoshimori.model.reports import OperatorReport


@dataclass(frozen=True, slots=True)
class Decided:
    """What people set: by factor, gate or explanation, and views that differ."""

    values: Mapping[str, Decision] = field(default_factory=lambda: MappingProxyType({}))
    """By ``F1`` to ``F17``, ``G0`` to ``G4`` and ``H0`` to ``H9``, the latest of each."""
    dissent: tuple[Decision, ...] = ()


NOTHING_DECIDED = Decided()


def assess(
    incident: Incident,
    findings: Sequence[AnyFinding | OperatorReport],
    *,
    as_of_utc: datetime,
    assets: Sequence[Asset],
    causes: Mapping[str, Sequence[Cause]],
    checks: Sequence[NaturalCheck],
    marking: Marking,
    model: AssessmentModel,
    decided: Decided = NOTHING_DECIDED,
) -> Assessment:
    """Weigh the explanations of one incident.

    `findings` are those of the incident, `causes` those of its break-ups by finding id, `checks`
    the natural explanations looked into, `marking` that of the facts. The same input gives the
    same assessment; owners and countries are no part of it.
    """
    situation = situation_of(findings)
    evidence = evidence_of(incident, findings, causes, checks, model)
    matrix = matrix_of(evidence, model)
    explanations = explanations_of(matrix, situation, model)
    drivers = drivers_of(matrix, explanations, checks)
    indicators = indicators_of(evidence, model)
    whole = joined((marking, *(item.marking for item in evidence)))
    own = tuple(a for a in assets if a.norad_id in incident.assets)
    ground = Ground(
        incident, as_of_utc, findings, own, matrix, explanations, checks, indicators, marking=whole
    )
    factors = factors_of(ground, decided.values)
    gates = gates_of(incident, matrix, checks, factors, decided.dissent, decided.values, model)
    return Assessment(
        incident=incident,
        as_of_utc=as_of_utc,
        label=label_of(situation, evidence, explanations, in_belt=_in_belt(findings)),
        model_version=model.version,
        model_sha256=model.sha256,
        natural_checks=tuple(checks),
        matrix=matrix,
        explanations=tuple(
            replace(e, decision=decided.values.get(e.hypothesis.value)) for e in explanations
        ),
        best_benign=best_benign(explanations),
        methods_agree=methods_agree(explanations),
        confidence=confidence_of(drivers),
        drivers=drivers,
        indicators=indicators,
        factors=factors,
        gates=gates,
        milestones=milestones_of(matrix, explanations, situation, model),
        missing=_missing(model, situation, {e.kind for e in evidence}, checks),
        dissent=decided.dissent,
        marking=whole,
        reality=incident.reality,
    )


def _in_belt(findings: Sequence[AnyFinding | OperatorReport]) -> bool:
    return any(
        isinstance(f, GeoNeighbour)
        or (
            isinstance(f, Proximity)
            and f.company is not None
            and f.company.mean_deg_east is not None
        )
        or (isinstance(f, Proximity) and f.base_rate.regime == "GEO")
        for f in findings
    )


def _missing(
    model: AssessmentModel, situation: str, have: set[str], checks: Sequence[NaturalCheck]
) -> tuple[str, ...]:
    asked = tuple(kind for kind in model.ask[situation] if kind not in have)
    return (*asked, *(f"check_{c.check}" for c in checks if not c.evaluated))
