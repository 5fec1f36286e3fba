"""The areas of the Earth that an incident tells of: of lost navigation, and of located emitters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hoshimori.dossier.emitter_wording import emitter_area_name
from hoshimori.dossier.interference_wording import area_name
from hoshimori.dossier.language import Language
from hoshimori.model.exports import GroundArea
from hoshimori.model.finding import Finding, kind_of
from hoshimori.model.findings import EmitterInterference, Interference, LocatedArea
from hoshimori.numerics.hexagons import cell_of_text, outline_deg


def areas_of(findings: Iterable[Finding], language: Language) -> tuple[GroundArea, ...]:
    """Return the area of each finding that has one.

    That of lost navigation has a ring for each of its cells; of a located emitter each area that
    fits is one, with its outline.
    """
    return tuple(_areas_of(findings, language))


def _areas_of(findings: Iterable[Finding], language: Language) -> Iterator[GroundArea]:
    for finding in findings:
        if isinstance(finding, Interference):
            yield _area(finding, language)
        elif isinstance(finding, EmitterInterference):
            yield from (_of_emitter(finding, area, language) for area in finding.areas)


def _of_emitter(finding: EmitterInterference, area: LocatedArea, language: Language) -> GroundArea:
    ellipse = area.ellipse
    middle = None if ellipse is None else (ellipse.latitude_deg, ellipse.longitude_deg)
    return GroundArea(
        name=emitter_area_name(finding, area, language),
        kind=kind_of(finding),
        finding_id=finding.finding_id,
        start_utc=finding.start_utc,
        end_utc=finding.end_utc,
        rings=(area.ring_deg,),
        middle_deg=middle,
        is_emitter=True,
    )


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
