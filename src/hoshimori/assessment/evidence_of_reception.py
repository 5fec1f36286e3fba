"""What disturbed receivers say as evidence, each receiver once for each thing that it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import Chain, EvidenceItem
from hoshimori.model.findings import ReceiverInterference, Reception

KINDS: Mapping[Reception, str] = MappingProxyType(
    {
        Reception.ALL_FELL: "reception_fell_together",
        Reception.BLANK_SPOT: "reception_shut_out",
        Reception.STRONGER_ALIKE: "reception_stronger_alike",
        Reception.ONE_SATELLITE: "reception_of_one_satellite",
        Reception.FADED: "reception_faded",
        Reception.SLOW_CHANGE: "reception_changes_slowly",
    }
)
"""The kind of evidence of each; what is not told apart says nothing."""


def evidence_of_reception(
    findings: Iterable[ReceiverInterference], model: AssessmentModel
) -> tuple[EvidenceItem, ...]:
    """Return one item for each receiver and what it shows, however often it shows it.

    The deepest of several stands for them. A model of before receivers were weighed says nothing.
    """
    groups: dict[tuple[str, str], list[ReceiverInterference]] = {}
    for finding in findings:
        kind = KINDS.get(finding.reception)
        if kind in model.kinds:
            groups.setdefault((str(kind), finding.receiver), []).append(finding)
    return tuple(_item(kind, own) for (kind, _), own in groups.items())


def _item(kind: str, own: list[ReceiverInterference]) -> EvidenceItem:
    deepest = max(own, key=lambda f: (abs(f.depth.best), f.finding_id))
    return EvidenceItem(
        evidence_id=kind,
        kind=kind,
        chain=Chain.RECEPTION,
        source_chain=f"receiver {deepest.receiver}",
        objects=deepest.objects,
        values={"receiver": deepest.receiver, "times": float(len(own))},
        finding_ids=tuple(f.finding_id for f in own),
    )
