"""Flights that lost satellite navigation in words: how many, when, and where they said to be."""

from __future__ import annotations

from collections.abc import Callable

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import number_text, percent_text, share_words, utc_text
from hoshimori.model.aircraft_evidence import AircraftEvidence, HeightShare, PositionCheck
from hoshimori.model.findings import BaseRate, Interference
from hoshimori.model.interference_report import PassageCoverage

CELL_STEPS = "CELL_STEPS"
_LEFT_OUT = (
    "on_ground", "anonymous", "measured", "without_position", "duplicate", "late",
    "not_bracketed", "errors", "erratic_aircraft",
)  # fmt: skip

Pairs = tuple[tuple[str, str], ...]
PlaceText = Callable[[float, float, Language], str]


def flight_sentences(
    finding: Interference,
    evidence: AircraftEvidence,
    place: PlaceText,
    usual: str,
    language: Language,
) -> tuple[str, ...]:
    """Return what flights told of an area."""
    return (
        say(
            language,
            "explain.passages",
            bad=f"{finding.bad:,}",
            seen=f"{finding.good + finding.bad:,}",
            share=percent_text(finding.share, language),
            usual=usual,
            bracketed=f"{evidence.aircraft_bracketed:,}",
        ),
        say(
            language,
            "explain.passages.times",
            onset=utc_text(evidence.onset_utc),
            last=utc_text(evidence.last_utc),
            step=number_text(evidence.step_s / 60.0),
            cells=f"{len(finding.cells):,}",
            place=place(finding.latitude_deg, finding.longitude_deg, language),
            radius=number_text(finding.radius_km),
        ),
        *([say(language, "explain.passages.open")] if evidence.ends_open else []),
        _positions(finding, evidence, place, language),
        _emitter(finding, evidence, language),
    )


def _positions(
    finding: Interference, evidence: AircraftEvidence, place: PlaceText, language: Language
) -> str:
    key = f"explain.passages.positions.{evidence.positions.name.lower()}"
    if evidence.positions is PositionCheck.PLAUSIBLE:
        return say(language, key, checked=f"{evidence.positions_checked:,}")
    if evidence.shown_deg is None or evidence.positions is PositionCheck.NOT_TOLD:
        return say(language, "explain.passages.positions.not_told")
    return say(
        language,
        key,
        displaced=f"{evidence.aircraft_displaced:,}",
        all=f"{finding.bad:,}",
        shown=place(*evidence.shown_deg, language),
        within=number_text(evidence.shown_within_km or 0.0),
    )


def _emitter(finding: Interference, evidence: AircraftEvidence, language: Language) -> str:
    if finding.emitter_within_km is None or evidence.emitter_area_km2 is None:
        return say(language, "explain.passages.no_emitter")
    return say(
        language,
        "explain.passages.emitter",
        km=number_text(finding.emitter_within_km),
        area=number_text(evidence.emitter_area_km2),
    )


def flight_times(evidence: AircraftEvidence) -> str:
    """Return the first and the last disturbed report."""
    return f"{utc_text(evidence.onset_utc)} – {utc_text(evidence.last_utc)}"


def flight_measures(
    finding: Interference, evidence: AircraftEvidence, place: PlaceText, language: Language
) -> Pairs:
    """Return the numbers that only flights tell."""
    last = utc_text(evidence.last_utc)
    positions = f"measure.positions.{evidence.positions.name.lower()}"
    pairs = [
        (
            "flights",
            say(
                language,
                "measure.flights.value",
                bad=f"{finding.bad:,}",
                seen=f"{finding.good + finding.bad:,}",
                bracketed=f"{evidence.aircraft_bracketed:,}",
            ),
        ),
        ("onset", utc_text(evidence.onset_utc)),
        ("last", say(language, "measure.last.open", last=last) if evidence.ends_open else last),
        ("positions", say(language, positions)),
    ]
    if evidence.shown_deg is not None:
        shown = place(*evidence.shown_deg, language)
        within = number_text(evidence.shown_within_km or 0.0)
        pairs.append(("shown", say(language, "measure.shown.value", place=shown, km=within)))
    heights = [_band(band, language) for band in evidence.heights if band.good + band.disturbed]
    return (*pairs, ("flight_heights", say(language, "list.gap").join(heights)))


def _band(band: HeightShare, language: Language) -> str:
    low, total = number_text(band.low_m / 1000.0), f"{band.good + band.disturbed:,}"
    told = {"low": low, "disturbed": f"{band.disturbed:,}", "all": total}
    if band.high_m is None:
        return say(language, "measure.flight_heights.above", **told)
    return say(
        language, "measure.flight_heights.band", high=number_text(band.high_m / 1000.0), **told
    )


def emitter_of_flights(
    finding: Interference, evidence: AircraftEvidence, language: Language
) -> str:
    """Return where a single emitter on the ground would stand, by the heights of flights."""
    if finding.emitter_within_km is None or evidence.emitter_area_km2 is None:
        return say(language, "measure.emitter.none")
    return say(
        language,
        "measure.emitter.flights",
        km=number_text(finding.emitter_within_km),
        area=number_text(evidence.emitter_area_km2),
    )


def past_steps_sentence(base_rate: BaseRate, language: Language) -> str:
    """Return how often the same cells were disturbed in steps before, as a sentence."""
    if not base_rate.compared:
        return say(language, "rarity.sentence.cell_steps.none")
    form, number = share_words(base_rate.share.best, base_rate.share.high)
    return say(
        language,
        "rarity.sentence.cell_steps",
        share=say(language, f"rarity.share.{form}", number=number),
        compared=f"{base_rate.compared:,}",
        interval=f"{percent_text(base_rate.share, language)} %",
    )


def passage_coverage(seen: PassageCoverage, language: Language) -> str:
    """Return what flights could show, and what became of their reports."""
    told = seen.tally
    tally = say(
        language,
        "interference.passages.tally",
        reports=f"{told.reports:,}",
        aircraft=f"{told.aircraft:,}",
        without_integrity=f"{told.without_integrity:,}",
        absurd=f"{told.absurd:,}",
    )
    parts = (_could_be_seen(seen, language), tally, *_left_out(seen, language))
    return say(language, "sentence.gap").join(parts)


def _could_be_seen(seen: PassageCoverage, language: Language) -> str:
    if seen.since_utc is None or seen.until_utc is None:
        return say(language, "interference.passages.coverage.none")
    return say(
        language,
        "interference.passages.coverage",
        since=utc_text(seen.since_utc),
        until=utc_text(seen.until_utc),
        step=number_text(seen.step_s / 60.0),
        cells=f"{seen.cells:,}",
        told=f"{seen.told_cell_steps:,}",
        all=f"{seen.cell_steps:,}",
        alone=f"{seen.in_no_area:,}",
    )


def _left_out(seen: PassageCoverage, language: Language) -> tuple[str, ...]:
    """Return what was left out, if anything was."""
    counts = {name: getattr(seen.tally, name) for name in _LEFT_OUT}
    counts["faulty"] = seen.faulty_aircraft
    what = [
        say(language, f"interference.passages.left.{name}", number=f"{count:,}")
        for name, count in counts.items()
        if count
    ]
    if not what:
        return ()
    listed = say(language, "list.gap").join(what)
    return (say(language, "interference.passages.left", what=listed),)
