"""Lost satellite navigation in words: where, when, how much, against what is usual there."""

from __future__ import annotations

from collections.abc import Sequence

from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.passage_wording import (
    emitter_of_flights,
    flight_measures,
    flight_sentences,
    flight_times,
    passage_coverage,
)
from hoshimori.dossier.quantities import number_text, percent_text, share_words
from hoshimori.model.findings import BaseRate, DisturbedDay, Interference, Persistence
from hoshimori.model.findings_of_interference import Rise
from hoshimori.model.interference_report import InterferenceReport

CELL_DAYS = "CELL_DAYS"
_MOST_DAYS = 10

Pairs = tuple[tuple[str, str], ...]


def place_text(latitude_deg: float, longitude_deg: float, language: Language) -> str:
    """Return a place to a tenth of a degree.

    >>> place_text(32.57, -96.81, Language.EN)
    '32.6° N, 96.8° W'
    """
    north = "latitude.north" if latitude_deg >= 0.0 else "latitude.south"
    east = "longitude.east" if longitude_deg >= 0.0 else "longitude.west"
    return say(
        language,
        "interference.place",
        latitude=say(language, north, degrees=f"{abs(latitude_deg):.1f}"),
        longitude=say(language, east, degrees=f"{abs(longitude_deg):.1f}"),
    )


def interference_headline(finding: Interference, language: Language) -> str:
    """Return what happened, in one line."""
    return say(
        language,
        f"headline.interference.{finding.disturbance.name.lower()}",
        area=number_text(finding.area_km2),
        place=_middle(finding, language),
    )


def area_name(finding: Interference, language: Language) -> str:
    """Return what an area is called: its size, and the place of its middle."""
    return say(
        language,
        "interference.area_name",
        area=number_text(finding.area_km2),
        place=_middle(finding, language),
    )


def _middle(finding: Interference, language: Language) -> str:
    return place_text(finding.latitude_deg, finding.longitude_deg, language)


def persistence_text(persistence: Persistence, language: Language) -> str:
    """Return how an area looks against its own past."""
    return say(language, f"interference.persistence.{persistence.name.lower()}")


def past_text(finding: Interference, language: Language) -> str:
    """Return how an area looks against its own past, and since when it is worse than usual."""
    past = persistence_text(finding.persistence, language)
    if finding.rise is None:
        return past
    day = finding.rise.since_utc.isoformat()
    return say(language, "interference.rise", past=past, day=day)


def days_text(finding: Interference) -> str:
    """Return the first and the last disturbed day, or report where flights tell.

    One day alone is said once.
    """
    if finding.aircraft is not None:
        return flight_times(finding.aircraft)
    disturbed = [one.day_utc.isoformat() for one in finding.days if one.cells_disturbed]
    return " – ".join(dict.fromkeys((disturbed[0], disturbed[-1])))


def usual_text(finding: Interference, language: Language) -> str:
    """Return the share of low integrity on the days before."""
    if finding.usual_share is None:
        return say(language, "missing")
    return f"{percent_text(finding.usual_share, language)} %"


def emitter_text(finding: Interference, language: Language) -> str:
    """Return where a single emitter on the ground would stand: always an area."""
    if finding.aircraft is not None:
        return emitter_of_flights(finding, finding.aircraft, language)
    if finding.emitter_within_km is None:
        return say(language, "measure.emitter.none")
    return say(language, "measure.emitter.value", km=number_text(finding.emitter_within_km))


def interference_sentences(finding: Interference, language: Language) -> tuple[str, ...]:
    """Return what was measured."""
    if finding.aircraft is not None:
        usual = usual_text(finding, language)
        return flight_sentences(finding, finding.aircraft, place_text, usual, language)
    measured = say(
        language,
        "explain.interference",
        day=finding.peak_day_utc.isoformat(),
        bad=f"{finding.bad:,}",
        total=f"{finding.good + finding.bad:,}",
        share=percent_text(finding.share, language),
        usual=usual_text(finding, language),
    )
    extent = say(
        language,
        "explain.interference.days",
        cells=f"{len(finding.cells):,}",
        most=f"{max(one.cells_disturbed for one in finding.days):,}",
        place=_middle(finding, language),
        radius=number_text(finding.radius_km),
    )
    risen = () if finding.rise is None else (_rise_sentence(finding.rise, language),)
    return measured, *risen, extent, _emitter_sentence(finding, language)


def _rise_sentence(rise: Rise, language: Language) -> str:
    return say(
        language,
        "explain.interference.rise",
        day=rise.since_utc.isoformat(),
        since=f"{100.0 * rise.since:.0f}",
        before=f"{100.0 * rise.before:.0f}",
    )


def _emitter_sentence(finding: Interference, language: Language) -> str:
    if finding.emitter_within_km is not None:
        km = number_text(finding.emitter_within_km)
        return say(language, "explain.interference.emitter", km=km)
    height = number_text(finding.emitter_height_m)
    return say(language, "explain.interference.no_emitter", height=height)


def past_days_sentence(base_rate: BaseRate, language: Language) -> str:
    """Return how often the same cells were disturbed before, as a sentence."""
    if not base_rate.compared:
        return say(language, "rarity.sentence.cell_days.none")
    form, number = share_words(base_rate.share.best, base_rate.share.high)
    return say(
        language,
        "rarity.sentence.cell_days",
        share=say(language, f"rarity.share.{form}", number=number),
        compared=f"{base_rate.compared:,}",
        interval=f"{percent_text(base_rate.share, language)} %",
    )


def interference_measures(finding: Interference, language: Language) -> Pairs:
    """Return the numbers of lost navigation."""
    km2, cells = number_text(finding.area_km2), f"{len(finding.cells):,}"
    place, radius = _middle(finding, language), number_text(finding.radius_km)
    flights: Pairs = ()
    if finding.aircraft is not None:
        flights = flight_measures(finding, finding.aircraft, place_text, language)
    return (
        *flights,
        ("persistence", past_text(finding, language)),
        ("peak_day", finding.peak_day_utc.isoformat()),
        ("integrity_share", f"{percent_text(finding.share, language)} %"),
        ("integrity_usual", usual_text(finding, language)),
        ("area", say(language, "measure.area.value", km2=km2, cells=cells)),
        ("middle", say(language, "measure.middle.value", place=place, radius=radius)),
        ("emitter", emitter_text(finding, language)),
        ("trend", trend_text(finding.days, language)),
    )


def trend_text(days: Sequence[DisturbedDay], language: Language) -> str:
    """Return the share of low integrity day by day, of the last days where there are many."""
    return ", ".join(
        say(
            language,
            "measure.trend.day",
            day=one.day_utc.isoformat(),
            percent=f"{100.0 * one.bad / max(one.good + one.bad, 1):.1f}",
        )
        for one in days[-_MOST_DAYS:]
    )


def coverage_sentence(report: InterferenceReport, language: Language) -> str:
    """Return what could have been seen."""
    if report.passages is None:
        return _coverage_of_maps(report, language)
    flights = passage_coverage(report.passages, language)
    if not report.coverage.cell_days:
        return flights
    return say(language, "sentence.gap").join((_coverage_of_maps(report, language), flights))


def limit_sentence(report: InterferenceReport, language: Language) -> str:
    """Return what cannot be told, by what was read."""
    flights = say(language, "explain.passages.limit")
    maps = say(language, "explain.interference.limit")
    if report.passages is None:
        return maps
    return say(language, "sentence.gap").join((maps, flights)) if report.coverage.cells else flights


def _coverage_of_maps(report: InterferenceReport, language: Language) -> str:
    seen = report.coverage
    if seen.first_day_utc is None or seen.last_day_utc is None:
        return say(language, "interference.coverage.none")
    days = dict.fromkeys((seen.first_day_utc.isoformat(), seen.last_day_utc.isoformat()))
    return say(
        language,
        "interference.coverage",
        days=" – ".join(days),
        cells=f"{seen.cells:,}",
        told=f"{seen.told_cell_days:,}",
        all=f"{seen.cell_days:,}",
        fault=number_text(100.0 * seen.fault_rate),
        alone=f"{seen.in_no_area:,}",
    )


def summary_sentence(report: InterferenceReport, language: Language) -> str:
    """Return how many areas there are, and how many of them are new."""
    if not report.areas:
        return say(language, "interference.summary.none")
    kinds = [one.persistence for one in report.areas]
    if set(kinds) == {Persistence.UNKNOWN}:
        return say_count(language, "interference.summary.unknown", len(kinds))
    fresh = kinds.count(Persistence.NEW)
    return say_count(language, "interference.summary", len(kinds), fresh=f"{fresh:,}")


def next_sentence(report: InterferenceReport, language: Language) -> str:
    """Return what to do next."""
    if not report.areas:
        return say(language, "interference.next.none")
    asking = (Persistence.NEW, Persistence.UNKNOWN)
    if any(one.persistence in asking for one in report.areas):
        return say(language, "interference.next.new")
    is_more = any(one.rise is not None for one in report.areas)
    return say(language, f"interference.next.{'more' if is_more else 'usual'}")
