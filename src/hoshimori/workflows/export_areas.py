"""The areas of the Earth that an incident tells of: where aircraft lost satellite navigation."""

from __future__ import annotations

from collections.abc import Iterable

from hoshimori.dossier.interference_wording import area_name
from hoshimori.dossier.language import Language
from hoshimori.model.exports import GroundArea
from hoshimori.model.finding import Finding, kind_of
from hoshimori.model.findings import Interference
from hoshimori.numerics.hexagons import cell_of_text, outline_deg


def areas_of(findings: Iterable[Finding], language: Language) -> tuple[GroundArea, ...]:
    """Return the area of each finding about lost navigation, one ring for each of its cells."""
    return tuple(_area(f, language) for f in findings if isinstance(f, Interference))


def _area(finding: Interference, language: Language) -> GroundArea:
    rings = (outline_deg(cell_of_text(cell)).tolist() for cell in finding.cells)
    return GroundArea(
        name=area_name(finding, language),
        kind=kind_of(finding),
        finding_id=finding.finding_id,
        start_utc=finding.start_utc,
        end_utc=finding.end_utc,
        rings=tuple(tuple((lat, lon) for lat, lon in ring) for ring in rings),
        share=finding.share.best,
        middle_deg=(finding.latitude_deg, finding.longitude_deg),
    )
