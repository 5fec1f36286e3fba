"""What lost satellite navigation says as evidence: new there, usual there, or displaced."""

from __future__ import annotations

from collections.abc import Mapping

from hoshimori.model.findings import Disturbance, Interference, Persistence

Values = Mapping[str, float | str]


def told_by_navigation(finding: Interference) -> tuple[tuple[str, Values], ...]:
    """Return the kinds of evidence that an area of lost navigation gives, with their numbers.

    Where the past is too short to tell, it is not called new: low integrity alone says nothing.
    """
    values: Values = {"share_low": finding.share.low, "share_high": finding.share.high}
    if finding.disturbance is Disturbance.POSITION_DISPLACED:
        return (("positions_displaced", values),)
    match finding.persistence:
        case Persistence.NEW:
            return (("integrity_low_new", values),)
        case Persistence.RECURRENT | Persistence.PERMANENT:
            return (("integrity_low_usual", values),)
        case Persistence.UNKNOWN:
            return ()
