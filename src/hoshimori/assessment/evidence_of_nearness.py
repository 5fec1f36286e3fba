"""What findings about two objects say as evidence: known kinds, stays, arrivals, planes, rarity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from hoshimori.model.findings import (
    Arrival,
    Company,
    CompanyKind,
    Conjunction,
    GeoMotion,
    GeoNeighbour,
    NearFinding,
    PlaneHold,
    Proximity,
    ProximityMotion,
    Relation,
    Shadowing,
)

Values = Mapping[str, float | str]
Told = tuple[str, Values]
"""A kind of evidence with its numbers."""

MANY_SLOTS = 4
"""Other slots in five years from which on a visitor is a wanderer; most satellites have none."""

_SLOW_KM_S = 0.1
_KNOWN: Mapping[Relation, str] = {
    Relation.DOCKED: "docked",
    Relation.SAME_LAUNCH: "same_launch",
    Relation.SAME_CONSTELLATION: "same_constellation",
    Relation.FORMATION: "formation",
}
_COMPANY: Mapping[CompanyKind, str | None] = {
    CompanyKind.TOWED: "company_towed",
    CompanyKind.MOVED_TOGETHER: "company_moved_together",
    CompanyKind.DOCKED: "docked",
    CompanyKind.SAME_LAUNCH: "same_launch",
    CompanyKind.SAME_CONSTELLATION: "same_constellation",
    CompanyKind.TRAVELLING: "company_travelling",
    CompanyKind.COLOCATED: "company_colocated",
    CompanyKind.FIRST_PLACE: "company_first_place",
    CompanyKind.RELOCATION: "company_relocation",
    CompanyKind.FREE_PASSING: "company_free_passing",
    CompanyKind.NOT_TOLD: None,
    CompanyKind.VISIT: "company_visit",
}
_BESIDE: Mapping[ProximityMotion, str] = {
    ProximityMotion.FLY_BY: "passes_by",
    ProximityMotion.STAY: "stays_beside",
    ProximityMotion.APPROACH: "comes_to_slot",
    ProximityMotion.DEPARTURE: "left",
    ProximityMotion.DOCKED: "docked",
}
_IN_BELT: Mapping[GeoMotion, str] = {
    GeoMotion.DRIFTS_IN: "comes_to_slot",
    GeoMotion.DRIFTS_BY: "passes_by",
    GeoMotion.STAYS: "stays_beside",
    GeoMotion.ARRIVED: "arrived_and_stopped",
    GeoMotion.LEFT: "left",
}
_PLANES: Mapping[PlaneHold, str] = {
    PlaneHold.MATCHED: "plane_matched",
    PlaneHold.KEPT: "plane_kept",
    PlaneHold.CAME_TOGETHER: "plane_came_together",
    PlaneHold.LAUNCHED_INTO: "plane_launched_into",
}


def told_by_nearness(finding: NearFinding) -> tuple[Told, ...]:
    """Return what a finding about two objects says, most telling first."""
    match finding:
        case Conjunction():
            return _pass(finding)
        case Proximity():
            return _proximity(finding)
        case GeoNeighbour():
            return _neighbour(finding)
        case Shadowing():
            return _shadowing(finding)
        case _ as never:
            assert_never(never)


def _pass(finding: Conjunction) -> tuple[Told, ...]:
    values: Values = {
        "km_low": finding.miss_km.low,
        "km_high": finding.miss_km.high,
        "km_s": finding.speed_km_s,
    }
    if finding.relation in _KNOWN:
        return ((_KNOWN[finding.relation], values),)
    kind = "pass_slow" if finding.speed_km_s < _SLOW_KM_S else "pass_at_speed"
    return ((kind, values),)


def _proximity(finding: Proximity) -> tuple[Told, ...]:
    values: Values = {
        "km_low": finding.range_km.low,
        "km_high": finding.range_km.high,
        "hours": finding.dwell_h,
    }
    if finding.company is not None:
        return _company(finding.company, asset=finding.objects[0])
    if finding.relation in _KNOWN:
        return ((_KNOWN[finding.relation], values),)
    return ((_BESIDE[finding.motion], values), *_rare(finding))


def _company(company: Company, *, asset: int) -> tuple[Told, ...]:
    values: Values = {
        "km_low": company.closest_km.low,
        "km_high": company.closest_km.high,
        "days_low": company.dwell_days.low,
        "days_high": company.dwell_days.high,
    }
    told: list[Told] = []
    kind = _COMPANY[company.kind]
    if kind is not None:
        told.append((kind, values))
    if company.kind in (CompanyKind.VISIT, CompanyKind.TOWED):
        told += _visits(company)
    if company.arrival is Arrival.CONTROLLED:
        came_itself = company.objects[1] == asset
        told.append(("asset_moved_itself" if came_itself else "arrived_controlled", values))
    if company.arrival is Arrival.NATURAL:
        told.append(("arrived_natural", values))
    if company.kind is CompanyKind.VISIT:
        share = company.base_rate.share
        told.append(("rare", {"share_low": share.low, "share_high": share.high}))
    return tuple(told)


def _visits(company: Company) -> tuple[Told, ...]:
    slots = company.slots_before
    if slots is not None and slots >= MANY_SLOTS:
        return (("visits_repeated", {"slots": float(slots), "visits": float(company.visits)}),)
    return ()


def _neighbour(finding: GeoNeighbour) -> tuple[Told, ...]:
    nearest = finding.daily_range_km or finding.range_km
    values: Values = {
        "km_low": nearest.low,
        "km_high": nearest.high,
        "drift_deg_day": finding.drift_deg_day,
    }
    if finding.relation in _KNOWN:
        return ((_KNOWN[finding.relation], values),)
    told: list[Told] = [(_IN_BELT[finding.motion], values)]
    if _asset_came(finding):
        told.append(("asset_moved_itself", {"drift_deg_day": finding.asset_drift_deg_day}))
    return (*told, *_rare(finding))


def _asset_came(finding: GeoNeighbour) -> bool:
    """Return whether it is the asset that moves along the belt, and the other that stands."""
    other = finding.drift_deg_day + finding.asset_drift_deg_day
    moves = abs(finding.asset_drift_deg_day)
    return moves > 0.05 and moves > 3.0 * abs(other)


def _shadowing(finding: Shadowing) -> tuple[Told, ...]:
    values: Values = {
        "deg_low": finding.plane_angle_deg.low,
        "deg_high": finding.plane_angle_deg.high,
        "km_low": finding.range_km.low,
        "km_high": finding.range_km.high,
    }
    if finding.relation in _KNOWN:
        return ((_KNOWN[finding.relation], values),)
    return ((_PLANES[finding.hold], values), *_rare(finding))


def _rare(finding: NearFinding) -> tuple[Told, ...]:
    share = finding.base_rate.share
    return (("rare", {"share_low": share.low, "share_high": share.high}),)
