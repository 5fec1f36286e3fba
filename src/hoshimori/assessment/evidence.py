"""From findings, natural checks and reports to items of evidence, each under its kind.

Which kind a finding gives follows from its physics alone; what the kind weighs stands in the
assessment model. Nothing here looks at owners or countries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from hoshimori.assessment.approach_light import told_by_light
from hoshimori.assessment.evidence_of_change import told_by_change
from hoshimori.assessment.evidence_of_emitters import evidence_of_emitters
from hoshimori.assessment.evidence_of_navigation import evidence_of_navigation
from hoshimori.assessment.evidence_of_nearness import Told, told_by_nearness
from hoshimori.assessment.evidence_of_reception import evidence_of_reception
from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import Chain, EvidenceItem, NaturalCheck
from hoshimori.model.breakup_causes import Cause
from hoshimori.model.findings import (
    AnyFinding,
    ChangeFinding,
    Conjunction,
    EmitterInterference,
    GeoNeighbour,
    Interference,
    NearFinding,
    Proximity,
    ReceiverInterference,
    Shadowing,
)
from hoshimori.model.incidents import Incident
from hoshimori.model.reports import OperatorReport
from hoshimori.numerics.lighting import Lighting

_NO_LIGHTS: Mapping[str, Lighting] = MappingProxyType({})
_NEAR = (Conjunction, Proximity, Shadowing, GeoNeighbour)
_ELEMENTS = "public orbital elements"
"""All element sets come from one network of sensors: one source, however many files."""


def evidence_of(
    incident: Incident,
    findings: Sequence[AnyFinding | OperatorReport],
    causes: Mapping[str, Sequence[Cause]],
    checks: Sequence[NaturalCheck],
    model: AssessmentModel,
    lights: Mapping[str, Lighting] = _NO_LIGHTS,
) -> tuple[EvidenceItem, ...]:
    """Return what bears on the explanations of an incident, nature first, then as findings come.

    `findings` are those of the incident, `causes` those of its break-ups by finding id, `lights`
    how the Sun lit its approach, by finding id.
    """
    areas = [f for f in findings if isinstance(f, Interference)]
    near_other = any(isinstance(f, _NEAR) for f in findings)
    items = [item for check in checks if (item := _of_check(check, incident, model))]
    for finding in findings:
        if isinstance(finding, OperatorReport):
            items.append(_of_report(finding, model))
        elif isinstance(finding, Interference):
            items += evidence_of_navigation(areas) if finding is areas[0] else ()
        elif isinstance(finding, ReceiverInterference | EmitterInterference):
            continue
        else:
            told = _told(finding, incident, causes, near_other=near_other)
            # A model of before the light was weighed says nothing of it.
            if finding.finding_id in lights and "lit_approach" in model.kinds:
                told = (*told, told_by_light(lights[finding.finding_id]))
            items += _of_finding(finding, told)
    receivers = [f for f in findings if isinstance(f, ReceiverInterference)]
    emitters = [f for f in findings if isinstance(f, EmitterInterference)]
    heard = (
        *evidence_of_reception(receivers, model),
        *evidence_of_emitters(emitters, receivers, model),
    )
    return _numbered([*_rarest(items), *heard])


def _told(
    finding: NearFinding | ChangeFinding,
    incident: Incident,
    causes: Mapping[str, Sequence[Cause]],
    *,
    near_other: bool,
) -> tuple[Told, ...]:
    if isinstance(finding, NearFinding):
        return told_by_nearness(finding)
    return told_by_change(
        finding,
        of_asset=finding.objects[0] in incident.assets,
        near_other=near_other,
        causes=causes.get(finding.finding_id, ()),
    )


def _of_finding(finding: NearFinding | ChangeFinding, told: Sequence[Told]) -> list[EvidenceItem]:
    return [
        EvidenceItem(
            evidence_id=kind,
            kind=kind,
            chain=Chain.ORBITS,
            source_chain=_ELEMENTS,
            objects=finding.objects[:2],
            values=values,
            finding_ids=(finding.finding_id,),
        )
        for kind, values in told
    ]


def _of_report(report: OperatorReport, model: AssessmentModel) -> EvidenceItem:
    kind = f"stated_{report.statement.name.lower()}"
    return EvidenceItem(
        evidence_id=kind,
        kind=kind,
        chain=model.kinds[kind].chain,
        source_chain=report.source_chain or report.source,
        objects=report.objects[:2],
        values={"source": report.source, "text": report.text},
        finding_ids=(report.finding_id,),
        grade=report.grade,
        known_utc=report.known_utc,
        marking=report.marking,
    )


def _of_check(
    check: NaturalCheck, incident: Incident, model: AssessmentModel
) -> EvidenceItem | None:
    """Return what a natural check says, or None where it could not be made or says nothing.

    A cause that would not show as what was seen says nothing by being absent.
    """
    if not check.evaluated or check.values.get("sentence") == "does_not_fit":
        return None
    kind = f"nature_{check.check}" if check.speaks_for else f"no_{check.check}"
    if kind not in model.kinds:
        return None
    return EvidenceItem(
        evidence_id=kind,
        kind=kind,
        chain=model.kinds[kind].chain,
        source_chain=f"check of {check.check}",
        objects=(*incident.assets, *incident.others)[:2],
        values=check.values,
    )


def _rarest(items: Sequence[EvidenceItem]) -> list[EvidenceItem]:
    """Return the items with the rarest of several rarities alone: they tell one thing."""
    rare = [item for item in items if item.kind == "rare"]
    rarest = min(rare, key=_share, default=None)
    return [item for item in items if item.kind != "rare" or item is rarest]


def _share(item: EvidenceItem) -> tuple[float, float]:
    return float(item.values["share_high"]), float(item.values["share_low"])


def _numbered(items: Sequence[EvidenceItem]) -> tuple[EvidenceItem, ...]:
    """Return items with ids of their own: the kind, and a number where there are several."""
    total = Counter(item.kind for item in items)
    seen: Counter[str] = Counter()
    named = []
    for item in items:
        seen[item.kind] += 1
        name = item.kind if total[item.kind] == 1 else f"{item.kind}.{seen[item.kind]}"
        named.append(replace(item, evidence_id=name))
    return tuple(named)
