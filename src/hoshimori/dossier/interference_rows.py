"""Areas of lost navigation as rows of plain text, the same for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hoshimori.dossier.interference_wording import (
    days_text,
    emitter_text,
    past_text,
    place_text,
    usual_text,
)
from hoshimori.dossier.language import Language
from hoshimori.dossier.quantities import number_text, percent_text
from hoshimori.dossier.wording import confidence_text
from hoshimori.model.findings import Interference

_MOST_AREAS = 20


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as people read it; plain text that the door must still escape."""

    where: str
    when: str
    past: str
    share: str
    usual: str
    area: str
    emitter: str
    confidence: str


def area_row(finding: Interference, language: Language) -> AreaRow:
    """Return the row of an area."""
    return AreaRow(
        where=place_text(finding.latitude_deg, finding.longitude_deg, language),
        when=days_text(finding),
        past=past_text(finding, language),
        share=percent_text(finding.share, language),
        usual=usual_text(finding, language).removesuffix(" %"),
        area=number_text(finding.area_km2),
        emitter=emitter_text(finding, language),
        confidence=confidence_text(finding.confidence, language),
    )


def shown_areas(areas: Sequence[Interference]) -> Sequence[Interference]:
    """Return as many areas as one screen holds; they come ordered by what is new and large."""
    return areas[:_MOST_AREAS]
