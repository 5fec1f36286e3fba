"""What located emitters say as evidence, each source of measurements once: from the ground."""

from __future__ import annotations

from collections.abc import Sequence

from hoshimori.assessment.emitter_joining import measured_from
from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import Chain, EvidenceItem
from hoshimori.model.findings import Confidence, EmitterInterference, ReceiverInterference

KIND = "emitter_located"


def evidence_of_emitters(
    findings: Sequence[EmitterInterference],
    receivers: Sequence[ReceiverInterference],
    model: AssessmentModel,
) -> tuple[EvidenceItem, ...]:
    """Return one item for each source of measurements, however many areas they give.

    Where receivers of the incident heard the signal, they are its source: the same measurements
    are not counted a second time. What contradicts itself says nothing, nor does a model of before
    emitters were weighed.
    """
    if KIND not in model.kinds:
        return ()
    groups: dict[str, list[EmitterInterference]] = {}
    for finding in findings:
        if finding.confidence is not Confidence.LOW:
            groups.setdefault(_source_of(finding, receivers), []).append(finding)
    return tuple(_item(source, own) for source, own in groups.items())


def _source_of(finding: EmitterInterference, receivers: Sequence[ReceiverInterference]) -> str:
    heard = sorted({one.receiver for one in receivers if measured_from(finding, one)})
    named = heard or sorted(finding.receivers)
    return f"receiver {named[0]}" if named else f"signal {finding.signal}"


def _item(source: str, own: Sequence[EmitterInterference]) -> EvidenceItem:
    surest = min(own, key=lambda f: (len(f.areas), f.areas[0].length_km, f.finding_id))
    return EvidenceItem(
        evidence_id=KIND,
        kind=KIND,
        chain=Chain.RECEPTION,
        source_chain=source,
        objects=surest.objects,
        values={
            "signal": surest.signal,
            "areas": float(len(surest.areas)),
            "length_km": surest.areas[0].length_km,
        },
        finding_ids=tuple(f.finding_id for f in own),
    )
