"""The words of a notice to space operators: what, when, where, how usual, benign first."""

from __future__ import annotations

from typing import cast

from hoshimori.dossier.explanations import rarity_sentence
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.marking_wording import banner_text
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.wording import (
    confidence_text,
    direction_text,
    kind_text,
    next_step_text,
)
from hoshimori.model.assessments import Assessment, Explanation
from hoshimori.model.exports import GroundArea, IncidentExport, edges_of
from hoshimori.model.finding import Finding
from hoshimori.model.findings import AnyFinding
from hoshimori.model.notices import Notice, NoticeSection

DEEP_SPACE_S = 225.0 * 60.0
"""Orbits of this period and longer are deep space (Vallado et al. 2006, AIAA 2006-6753)."""

_OF_REGIMES = {"GEO": "ds", "LEO": "ne"}
"""Orbits of these regimes are deep space, or near Earth, whatever their period is."""

_MOST_ORBITS = 12
_MOST_FINDINGS = 3


def notice_of(what: IncidentExport, language: Language) -> Notice:
    """Return the notice of an incident, under the banner that stands on everything."""
    incident = what.incident
    return Notice(
        marks=(banner_text(what.marking, what.reality, language),),
        title=_title(what, language),
        particulars=(
            (say(language, "notice.event_id"), incident.incident_id),
            (say(language, "notice.issued"), utc_text(what.as_of_utc)),
            (say(language, "notice.issuer"), what.software),
            (say(language, "notice.direction"), direction_text(incident.direction, language)),
        ),
        sections=(
            NoticeSection(say(language, "notice.overview"), _overview(what, language)),
            NoticeSection(say(language, "notice.base_rate"), _usual(what, language)),
            NoticeSection(say(language, "notice.assessment"), _assessed(what, language)),
            NoticeSection(say(language, "notice.information"), _information(what, language)),
        ),
    )


def _title(what: IncidentExport, language: Language) -> str:
    first = what.findings[0] if what.findings else None
    return say(
        language,
        "notice.title",
        kind=_kind(first, language),
        object=_subject(what),
        region=_region(what, language),
    )


def _subject(what: IncidentExport) -> str:
    """Return what the notice is about: the first object, or the first area."""
    if what.objects:
        return what.name_of(what.objects[0])
    return what.areas[0].name if what.areas else what.incident.incident_id


def _kind(finding: Finding | None, language: Language) -> str:
    if finding is None:
        return say(language, "missing")
    return kind_text(cast(AnyFinding, finding), language)


def _region(what: IncidentExport, language: Language) -> str:
    if what.areas and not what.objects:
        return say(language, "notice.region.ground")
    if not what.orbits:
        regime = what.findings[0].base_rate.regime if what.findings else ""
        return say(language, f"notice.region.{_OF_REGIMES.get(regime, 'unknown')}")
    is_deep = what.orbits[0].period_s >= DEEP_SPACE_S
    return say(language, "notice.region.ds" if is_deep else "notice.region.ne")


def _overview(what: IncidentExport, language: Language) -> tuple[str, ...]:
    told = [f for f in what.findings if f.finding_id in what.texts]
    shown = told[:_MOST_FINDINGS]
    start, end = utc_text(what.incident.start_utc), utc_text(what.incident.end_utc)
    lines = [what.texts[f.finding_id].headline for f in shown]
    lines.append(say(language, "notice.when", start=start, end=end))
    lines += [what.texts[f.finding_id].sentences for f in shown[:1]]
    if len(told) > len(shown):
        lines.append(say_count(language, "notice.more", len(told) - len(shown)))
    return tuple(lines)


def _usual(what: IncidentExport, language: Language) -> tuple[str, ...]:
    if not what.findings:
        return (say(language, "rarity.unmeasured"),)
    return (rarity_sentence(what.findings[0].base_rate, language),)


def _assessed(what: IncidentExport, language: Language) -> tuple[str, ...]:
    """Return the best benign explanation, then how many others there are; never mixed with it."""
    step = next_step_text(what.incident.next_step, language)
    suggested = say(language, "notice.next_step", step=step)
    if what.assessment is None:
        return (say(language, "notice.not_assessed"), suggested)
    assessment = what.assessment
    confidence = confidence_text(assessment.confidence, language)
    return (
        _benign(assessment, language),
        say(language, "notice.confidence", confidence=confidence),
        say(language, "notice.others", number=str(len(assessment.explanations) - 1)),
        suggested,
    )


def _benign(assessment: Assessment, language: Language) -> str:
    found = [e for e in assessment.explanations if e.hypothesis is assessment.best_benign]
    return say(
        language,
        "notice.benign",
        name=say(language, f"notice.benign.{assessment.best_benign.name.lower()}"),
        words=_likelihood(found[0], language) if found else say(language, "missing"),
    )


def _likelihood(explanation: Explanation, language: Language) -> str:
    """Return the words of ICD 203 as they stand in English: they are not translated here."""
    low, high = explanation.words[0], explanation.words[-1]
    if low is high:
        return low.value
    return say(language, "notice.words.between", low=low.value, high=high.value)


def _information(what: IncidentExport, language: Language) -> tuple[str, ...]:
    lines = [
        say(
            language,
            "notice.orbit",
            object=what.name_of(orbit.norad_id),
            epoch=utc_text(orbit.epoch_utc),
            minutes=f"{orbit.period_s / 60.0:.1f}",
        )
        for orbit in what.orbits[:_MOST_ORBITS]
    ]
    lines += [
        say(
            language,
            "notice.place",
            name=place.name,
            latitude=f"{place.latitude_deg:.2f}",
            longitude=f"{place.longitude_deg:.2f}",
            moment=utc_text(place.moment_utc),
        )
        for place in what.places
    ]
    lines += [_area(area, language) for area in what.areas]
    if what.objects:
        lines.append(say(language, "notice.limit"))
    return tuple(lines)


def _area(area: GroundArea, language: Language) -> str:
    """Return where an area lies; its edges take in the cells that were disturbed, and others."""
    edges = edges_of(area)
    return say(
        language,
        "notice.area",
        name=area.name,
        south=f"{edges.south_deg:.2f}",
        north=f"{edges.north_deg:.2f}",
        west=f"{edges.west_deg:.2f}",
        east=f"{edges.east_deg:.2f}",
    )
