"""What lost satellite navigation says as evidence: new there, usual there, or displaced.

Maps and reports of flights tell of what aircraft broadcast, of the same aircraft for all that is
known: what both say of one event is one item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hoshimori.model.assessments import Chain, EvidenceItem
from hoshimori.model.findings import Disturbance, Interference, Persistence

DISPLACED = "positions_displaced"
Values = Mapping[str, float | str]
AIRCRAFT = "navigation integrity that aircraft broadcast"
"""The source chain of maps and of reports of flights alike."""
SAME_AIRCRAFT = "same_aircraft"
"""Among the values of an item that maps and flights both give."""


def evidence_of_navigation(areas: Sequence[Interference]) -> tuple[EvidenceItem, ...]:
    """Return one item for lost integrity and one for displaced positions, of all areas together.

    The areas are those of one incident. Whether it is new there is told by maps where these can,
    because they hold the longer past; the largest share stands for several.
    """
    told = [
        (kind, values, area)
        for area in sorted(areas, key=lambda a: (a.aircraft is not None, -a.share.best))
        for kind, values in told_by_navigation(area)
    ]
    integrity = [one for one in told if one[0] != DISPLACED]
    displaced = [one for one in told if one[0] == DISPLACED]
    return tuple(_item(of_one) for of_one in (integrity, displaced) if of_one)


def _item(told: Sequence[tuple[str, Values, Interference]]) -> EvidenceItem:
    kind, values, _ = told[0]
    if len({area.aircraft is None for _, _, area in told}) > 1:
        values = {**values, SAME_AIRCRAFT: float(len(told))}
    return EvidenceItem(
        evidence_id=kind,
        kind=kind,
        chain=Chain.NAVIGATION,
        source_chain=AIRCRAFT,
        objects=(),
        values=values,
        finding_ids=tuple(area.finding_id for _, _, area in told),
    )


def told_by_navigation(finding: Interference) -> tuple[tuple[str, Values], ...]:
    """Return the kinds of evidence that an area of lost navigation gives, with their numbers.

    Where the past is too short to tell, it is not called new: low integrity alone says nothing.
    """
    values: Values = {"share_low": finding.share.low, "share_high": finding.share.high}
    if finding.disturbance is Disturbance.POSITION_DISPLACED:
        return ((DISPLACED, values),)
    match finding.persistence:
        case Persistence.NEW:
            return (("integrity_low_new", values),)
        case Persistence.RECURRENT | Persistence.PERMANENT:
            return (("integrity_low_usual", values),)
        case Persistence.UNKNOWN:
            return ()
