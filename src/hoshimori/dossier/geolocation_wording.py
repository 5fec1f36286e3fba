"""Areas of a located signal in words: a middle is never told without its ellipse."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.quantities import length_text, number_text
from hoshimori.model.findings_of_emitters import LocatedEllipse
from hoshimori.model.geolocation import (
    EmitterArea,
    GeolocationReport,
    GeometryWarning,
    StateSource,
)

_MOST_REFUSED = 10
_KM_PER_DEG = 111.2


@dataclass(frozen=True, slots=True)
class LocatedRow:
    """One area as people read it; plain text that the door must still escape."""

    where: str
    size: str
    area: str
    fit: str
    elevation: str
    notes: str


def located_row(area: EmitterArea, longest_km: float, language: Language) -> LocatedRow:
    """Return the row of an area."""
    return LocatedRow(
        where=place_of(area, language),
        size=size_of(area, language),
        area=number_text(area.area_km2, 3),
        fit=chance_text(area.chance, language),
        elevation=f"{area.lowest_elevation_deg:.0f}°",
        notes=notes_of(area, longest_km, language),
    )


def place_of(area: EmitterArea | LocatedEllipse, language: Language) -> str:
    """Return the middle of an area, no finer than a third of its short half axis."""
    finest_deg = max(area.semi_minor_km, 1e-3) / 3.0 / _KM_PER_DEG
    decimals = min(max(math.ceil(-math.log10(finest_deg)), 1), 5)
    north = "latitude.north" if area.latitude_deg >= 0.0 else "latitude.south"
    east = "longitude.east" if area.longitude_deg >= 0.0 else "longitude.west"
    return say(
        language,
        "geolocation.place",
        latitude=say(language, north, degrees=f"{abs(area.latitude_deg):.{decimals}f}"),
        longitude=say(language, east, degrees=f"{abs(area.longitude_deg):.{decimals}f}"),
    )


def size_of(area: EmitterArea | LocatedEllipse, language: Language) -> str:
    """Return half axes and direction of the 95 % ellipse."""
    return say(
        language,
        "geolocation.size",
        major=number_text(area.semi_major_km, 3),
        minor=number_text(area.semi_minor_km, 3),
        azimuth=f"{area.azimuth_deg:.0f}",
    )


def chance_text(chance: float | None, language: Language) -> str:
    """Return how often chance alone gives a larger misfit; None where that cannot be tested."""
    if chance is None:
        return say(language, "geolocation.fit.none")
    return "< 0.1 %" if chance < 1e-3 else f"{100.0 * chance:.1f} %"


def note_of(warning: GeometryWarning, longest_km: float, language: Language) -> str:
    """Return one limit of an area."""
    longest = f"{longest_km:,g}"
    return say(language, f"geolocation.note.{warning.name.lower()}", longest=longest)


def notes_of(area: EmitterArea, longest_km: float, language: Language) -> str:
    """Return all limits of an area, one a line."""
    if not area.warnings:
        return say(language, "geolocation.note.none")
    return "\n".join(note_of(one, longest_km, language) for one in area.warnings)


def located_summary(report: GeolocationReport, language: Language) -> str:
    """Return how many areas fit, and the best."""
    best = report.areas[0]
    return say_count(
        language,
        "geolocation.summary",
        len(report.areas),
        tdoa=f"{report.tdoa:,}",
        fdoa=f"{report.fdoa:,}",
        size=size_of(best, language),
        place=place_of(best, language),
    )


def located_notes(report: GeolocationReport, language: Language) -> tuple[str, ...]:
    """Return what the areas rest on and what was left out, one sentence each."""
    return tuple(_notes(report, language))


def _notes(report: GeolocationReport, language: Language) -> Iterator[str]:
    yield say(language, "geolocation.meaning")
    yield _of_references(report, language)
    without = number_text(report.areas[0].semi_major_without_orbits_km, 3)
    yield say(language, "geolocation.orbits", km=without)
    told = ", ".join(state_text(one, language) for one in report.satellites)
    yield say(language, "geolocation.states", satellites=told)
    yield say(
        language,
        "geolocation.height",
        height=f"{report.height_m:,.0f}",
        sigma=f"{report.height_sigma_m:,.0f}",
    )
    if report.excluded:
        yield say_count(language, "geolocation.excluded", report.excluded)
    if report.hidden:
        yield say_count(language, "geolocation.hidden", report.hidden)


def _of_references(report: GeolocationReport, language: Language) -> str:
    if not report.references:
        return say(language, "geolocation.references.none")
    length = report.semi_major_without_references_km
    without = (
        say(language, "geolocation.without.nothing")
        if length is None
        else say(language, "geolocation.km", km=number_text(length, 3))
    )
    return say(
        language,
        "geolocation.references",
        names=", ".join(report.references),
        number=f"{report.of_references:,}",
        without=without,
    )


def state_text(one: StateSource, language: Language) -> str:
    """Return how a satellite's states are known."""
    sigma = length_text(one.position_sigma_km)
    if one.age_days is None:
        return say(language, "geolocation.state.ephemeris", name=one.satellite, sigma=sigma)
    age = number_text(one.age_days)
    return say(language, "geolocation.state.element_sets", name=one.satellite, sigma=sigma, age=age)


def refused_lines(report: GeolocationReport, language: Language) -> tuple[str, ...]:
    """Return which measurements were refused and why, the first of many."""
    if not report.rejected:
        return ()
    head = say_count(language, "geolocation.rejected", len(report.rejected))
    return (head, *report.rejected[:_MOST_REFUSED])
