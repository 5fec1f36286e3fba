"""Candidate causes as rows of plain text, the same for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hoshimori.dossier.cause_wording import (
    cause_name,
    cause_sentence,
    chance_text,
    span_text,
    standing_text,
)
from hoshimori.dossier.language import Language
from hoshimori.dossier.quantities import length_text, number_text, utc_text
from hoshimori.dossier.wording import name_of
from hoshimori.model.candidate_causes import CandidateCause, CauseReport, NearObject


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One cause as people read it; plain text that the door must still escape."""

    standing: str
    cause: str
    what: str
    chance: str
    span: str


@dataclass(frozen=True, slots=True)
class CauseObjectRow:
    """Another object that a cause is about."""

    object: str
    cause: str
    range: str
    speed: str
    angle: str
    at: str


def cause_row(cause: CandidateCause, report: CauseReport, language: Language) -> CauseRow:
    """Return the row of a cause."""
    return CauseRow(
        standing=standing_text(cause.standing, language),
        cause=cause_name(cause, language),
        what=cause_sentence(cause, report.names, language),
        chance=chance_text(cause.chance, language),
        span=span_text(cause.chance, language),
    )


def cause_object_rows(report: CauseReport, language: Language) -> Iterator[CauseObjectRow]:
    """Yield a row for each object that a cause is about, in the order of the causes."""
    for cause in report.candidates:
        for one in cause.objects:
            yield _object_row(one, cause, report, language)


def _object_row(
    one: NearObject, cause: CandidateCause, report: CauseReport, language: Language
) -> CauseObjectRow:
    return CauseObjectRow(
        object=name_of(one.norad_id, report.names, language),
        cause=cause_name(cause, language),
        range="–" if one.range_km is None else length_text(one.range_km),
        speed="–" if one.speed_km_s is None else f"{number_text(one.speed_km_s, 3)} km/s",
        angle="–" if one.angle_deg is None else f"{number_text(one.angle_deg, 3)}°",
        at=utc_text(one.at_utc or report.at_utc),
    )
