"""Words for patterns of life and for orbits that end; physics only."""

from __future__ import annotations

from datetime import datetime

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import (
    duration_text,
    interval_text,
    moment_text,
    number_text,
    utc_text,
)
from hoshimori.model.findings import Decay, PatternChange, PatternShift
from hoshimori.model.pattern import Aspect, Cycle, Mode, NodeKind

Pairs = tuple[tuple[str, str], ...]


def aspect_text(aspect: Aspect, language: Language) -> str:
    """Return what of an orbit is controlled."""
    return say(language, f"aspect.{aspect.name.lower()}")


def mode_text(mode: Mode, language: Language) -> str:
    """Return in which way an aspect is controlled."""
    return say(language, f"mode.{mode.name.lower()}")


def node_text(kind: NodeKind, language: Language) -> str:
    """Return what happens at a node of a pattern."""
    return say(language, f"node.{kind.name.lower()}")


def pattern_headline(finding: PatternChange, name: str, language: Language) -> str:
    """Return in one line how an object departs from its own pattern."""
    return say(
        language,
        f"headline.pattern.{finding.shift.name.lower()}",
        object=name,
        aspect=aspect_text(finding.aspect, language),
        before=mode_text(finding.before, language),
        after=mode_text(finding.after, language),
        observed=_observed(finding, language),
    )


def pattern_sentence(finding: PatternChange, name: str, language: Language) -> str:
    """Return what was measured of a departure."""
    return say(
        language,
        f"explain.pattern.{finding.shift.name.lower()}",
        object=name,
        aspect=aspect_text(finding.aspect, language),
        before=mode_text(finding.before, language),
        after=mode_text(finding.after, language),
        moment=utc_text(finding.end_utc),
        observed=_observed(finding, language),
        usual=_usual(finding, language),
        share=_percent(finding.surprise),
        compared=f"{finding.compared:,}",
    )


def pattern_measures(finding: PatternChange, language: Language) -> Pairs:
    """Return the numbers of a departure."""
    modes = mode_text(finding.before, language)
    if finding.shift is PatternShift.MODE_CHANGED:
        modes = f"{modes} → {mode_text(finding.after, language)}"
    own = (
        ("aspect", aspect_text(finding.aspect, language)),
        ("mode", modes),
        ("surprise", _percent(finding.surprise)),
        ("false_share", _percent(finding.false_discovery_share)),
    )
    if finding.usual_days is None:
        return own
    return (
        *own,
        ("interval", _observed(finding, language)),
        ("usual_interval", _usual(finding, language)),
    )


def decay_sentence(finding: Decay, name: str, language: Language) -> str:
    """Return what was measured of an orbit that ends."""
    return say(
        language,
        "explain.decay",
        object=name,
        perigee=number_text(finding.perigee_km, 3),
        apogee=number_text(finding.apogee_km, 3),
        sinking=number_text(finding.sinking_km_day),
        window=reentry_text(finding, language),
    )


def decay_measures(finding: Decay, as_of_utc: datetime, language: Language) -> Pairs:
    """Return the numbers of an orbit that ends."""
    heights = f"{number_text(finding.perigee_km, 3)} × {number_text(finding.apogee_km, 3)} km"
    return (
        ("reentry", moment_text(finding.reentry_utc, as_of_utc, language)),
        ("reentry_window", reentry_text(finding, language)),
        ("heights", heights),
        ("sinking", say(language, "sinking.value", value=number_text(finding.sinking_km_day))),
    )


def reentry_text(finding: Decay, language: Language) -> str:
    """Return the window of re-entry."""
    start, end = utc_text(finding.start_utc), utc_text(finding.end_utc)
    return say(language, "moment.range", start=start, end=end)


def cycle_text(cycle: Cycle, language: Language) -> str:
    """Return the cycle of burns in a few words."""
    low, middle, high = map(number_text, cycle.period_days)
    return say(
        language,
        "cycle.words",
        low=low,
        middle=middle,
        high=high,
        delta_v=number_text(cycle.delta_v_m_s),
        burns=f"{cycle.burns:,}",
    )


def next_burn_text(cycle: Cycle, language: Language) -> str:
    """Return when the next burn is expected, as an interval."""
    due = cycle.next_burn
    if due is None:
        return say(language, "cycle.too_few")
    dates = (moment.strftime("%Y-%m-%d") for moment in (due.low_utc, due.high_utc))
    start, end = dates
    return say(language, "moment.range", start=start, end=end)


def _observed(finding: PatternChange, language: Language) -> str:
    if finding.observed_days is None:
        return say(language, "missing")
    return duration_text(finding.observed_days * 24.0, language)


def _usual(finding: PatternChange, language: Language) -> str:
    if finding.usual_days is None:
        return say(language, "missing")
    return interval_text(finding.usual_days, say(language, "unit.days"), language)


def _percent(share: float) -> str:
    return f"{number_text(share * 100.0)} %"
