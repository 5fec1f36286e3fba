"""A report on proximity in words: one row for each finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hoshimori.dossier.belt_wording import closest_text, visit_row
from hoshimori.dossier.breakup_wording import candidates_text
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import duration_text, interval_text, number_text
from hoshimori.dossier.wording import (
    confidence_text,
    headline,
    name_of,
    pair_of,
    range_text,
    rarity_text,
    when,
)
from hoshimori.model.findings import (
    AnyFinding,
    CompanyKind,
    GeoNeighbour,
    Proximity,
    ProximityMotion,
    Relation,
    Separation,
)
from hoshimori.model.proximity_report import ProximityReport

_KNOWN = (
    CompanyKind.MOVED_TOGETHER,
    CompanyKind.DOCKED,
    CompanyKind.SAME_LAUNCH,
    CompanyKind.SAME_CONSTELLATION,
    CompanyKind.TRAVELLING,
    CompanyKind.COLOCATED,
    CompanyKind.RELOCATION,
    CompanyKind.FREE_PASSING,
)


@dataclass(frozen=True, slots=True)
class ProximityRow:
    """A finding about proximity as people read it; fields are columns."""

    what: str
    when: str
    range: str
    dwell: str
    plane: str
    rarity: str
    confidence: str


@dataclass(frozen=True, slots=True)
class SeparationRow:
    """A separation near assets as people read it; fields are columns."""

    new: str
    first_seen: str
    speed: str
    candidates: str


def is_known(finding: AnyFinding) -> bool:
    """Return whether a known relation, or being at home, explains a finding."""
    match finding:
        case Proximity(company=None) | GeoNeighbour():
            return finding.relation is not Relation.UNRELATED
        case Proximity():
            return finding.company is not None and finding.company.kind in _KNOWN
        case _:
            return False


def proximity_row(
    finding: Proximity | GeoNeighbour, report: ProximityReport, language: Language
) -> ProximityRow:
    """Return a finding as people read it: of what is coming, or of what a history shows."""
    if isinstance(finding, Proximity) and finding.company is not None:
        return _from_history(finding, report.names, language)
    days = finding.dwell_h / 24.0 if isinstance(finding, Proximity) else finding.dwell_days
    plane = (
        finding.plane_angle_deg
        if isinstance(finding, Proximity)
        else finding.inclination_difference_deg
    )
    return ProximityRow(
        what=headline(finding, report.names, language),
        when=when(finding, report.as_of_utc, language),
        range=range_text(finding, language),
        dwell=duration_text(24.0 * days, language),
        plane=number_text(plane),
        rarity=rarity_text(finding.base_rate, language),
        confidence=confidence_text(finding.confidence, language),
    )


def _from_history(finding: Proximity, names: Mapping[int, str], language: Language) -> ProximityRow:
    assert finding.company is not None
    row = visit_row(finding.company, names, language)
    asset, other = pair_of(finding, names, language)
    passed = finding.motion is ProximityMotion.FLY_BY
    what = say(
        language,
        "proximity.passed" if passed else "proximity.history",
        asset=asset,
        other=other,
        kind=row.kind,
        arrival=row.arrival,
        drift=f"{abs(finding.drift_km_day):,.0f}",
    )
    return ProximityRow(
        what=what,
        when=say(language, "proximity.seen", seen=row.seen, possible=row.possible),
        range=closest_text(finding.company.closest_km, language),
        dwell=say(language, "proximity.days", days=row.days),
        plane=number_text(finding.plane_angle_deg),
        rarity=rarity_text(finding.base_rate, language),
        confidence=confidence_text(finding.confidence, language),
    )


def separation_row(
    finding: Separation, names: Mapping[int, str], language: Language
) -> SeparationRow:
    """Return a separation as people read it."""
    return SeparationRow(
        new=", ".join(name_of(i, names, language) for i in finding.objects[1:]),
        first_seen=finding.end_utc.strftime("%Y-%m-%d"),
        speed=interval_text(finding.relative_speed_m_s, "m/s", language),
        candidates=candidates_text(finding.candidates, names, language),
    )
