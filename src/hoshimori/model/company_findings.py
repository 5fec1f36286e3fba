"""Company that a history shows, as findings about an asset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hoshimori.model.belt_scene import moment
from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import (
    Company,
    CompanyKind,
    Confidence,
    Proximity,
    ProximityMotion,
    Relation,
    RelativeTrack,
)
from hoshimori.numerics.elements import Floats

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_TRACK_POINTS = 240
_DENSE_DAYS = 10.0
_FEWEST_LOOKS = 3
_DOCKED = (CompanyKind.TOWED, CompanyKind.MOVED_TOGETHER, CompanyKind.DOCKED)
_RELATIONS = {
    CompanyKind.SAME_LAUNCH: Relation.SAME_LAUNCH,
    CompanyKind.SAME_CONSTELLATION: Relation.SAME_CONSTELLATION,
    CompanyKind.TRAVELLING: Relation.FORMATION,
    **dict.fromkeys(_DOCKED, Relation.DOCKED),
}


def company_finding(
    settings: DataclassInstance,
    detector: str,
    company: Company,
    objects: tuple[int, int],
    used: ElementSets,
    *,
    days: Floats,
    track_rtn_km: Floats,
    drift_km_day: float,
) -> Proximity:
    """Return company as a finding about the first of `objects`.

    `used` are the element sets that it rests on; `days` (since 1970) and `track_rtn_km` say where
    the second object was at each look, shape (n,) and (n, 3).
    """
    basis = tuple(sorted({element_set_digest(used, row) for row in range(len(used))}))
    confidence, because = _confidence(company)
    return Proximity(
        finding_id=finding_id(detector, settings, objects, basis, str(company.visit)),
        detector=detector,
        objects=objects,
        start_utc=company.seen_from_utc,
        end_utc=company.seen_until_utc,
        base_rate=company.base_rate,
        confidence=confidence,
        confidence_because=because,
        basis=basis,
        reality=used.reality,
        motion=ProximityMotion.DOCKED if company.kind in _DOCKED else ProximityMotion.STAY,
        relation=_RELATIONS.get(company.kind, Relation.UNRELATED),
        range_km=company.closest_km,
        range_utc=company.closest_utc,
        median_range_km=float(np.median(np.linalg.norm(track_rtn_km, axis=1))),
        dwell_h=24.0 * company.dwell_days.low,
        plane_angle_deg=company.plane_angle_deg,
        drift_km_day=drift_km_day,
        track=_track(days, track_rtn_km),
        company=company,
    )


def _confidence(company: Company) -> tuple[Confidence, str]:
    dense = company.looks >= _FEWEST_LOOKS and company.longest_gap_days <= _DENSE_DAYS
    sets = "pair of element sets" if company.looks == 1 else "pairs of element sets"
    because = (
        f"seen at {company.looks} {sets}, up to {company.longest_gap_days:.0f} days apart; "
        "what either did between them is not known"
    )
    return (Confidence.MODERATE if dense else Confidence.LOW), because


def _track(days: Floats, track_rtn_km: Floats) -> RelativeTrack:
    kept = np.unique(np.linspace(0, len(days) - 1, _TRACK_POINTS).astype(int))
    radial, in_track, cross_track = (tuple(axis.tolist()) for axis in track_rtn_km[kept].T)
    return RelativeTrack(tuple(moment(d) for d in days[kept]), radial, in_track, cross_track)
