"""The numbers of a finding as people read them: one row each, with intervals and units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from hoshimori.dossier.breakup_wording import (
    breakup_measures,
    separation_measures,
)
from hoshimori.dossier.emitter_wording import emitter_measures
from hoshimori.dossier.interference_wording import interference_measures
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.pattern_wording import (
    decay_measures,
    pattern_measures,
)
from hoshimori.dossier.quantities import (
    drift_text,
    duration_text,
    interval_text,
    is_measured,
    longitude_text,
    moment_text,
    number_text,
    percent_text,
    utc_text,
)
from hoshimori.dossier.receiver_wording import receiver_measures
from hoshimori.dossier.report_wording import report_measures
from hoshimori.dossier.shadowing_wording import shadowing_measures
from hoshimori.dossier.wording import (
    arrival_text,
    burn_text,
    geo_motion_text,
    is_docked,
    proximity_motion_text,
    range_text,
    regime_text,
    relation_text,
)
from hoshimori.model.findings import (
    Anomaly,
    AnyFinding,
    BaseRate,
    Breakup,
    ChangeFinding,
    Conjunction,
    Decay,
    EmitterInterference,
    GeoNeighbour,
    Interference,
    Manoeuvre,
    NearFinding,
    OperatorReport,
    PatternChange,
    Proximity,
    ReceiverInterference,
    Separation,
    Shadowing,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a finding, as people read it."""

    label: str
    value: str


def measures(finding: AnyFinding, as_of_utc: datetime, language: Language) -> tuple[Measure, ...]:
    """Return the numbers of a finding, those of its kind first."""
    pairs = (*_own_measures(finding, as_of_utc, language), *_shared_measures(finding, language))
    return tuple(Measure(say(language, f"measure.{key}"), value) for key, value in pairs)


Pairs = tuple[tuple[str, str], ...]


def _own_measures(finding: AnyFinding, as_of_utc: datetime, language: Language) -> Pairs:
    if isinstance(finding, NearFinding):
        return _measures_of_two(finding, as_of_utc, language)
    if isinstance(finding, Interference):
        return interference_measures(finding, language)
    if isinstance(finding, ReceiverInterference):
        return receiver_measures(finding, {}, language)
    if isinstance(finding, EmitterInterference):
        return emitter_measures(finding, language)
    if isinstance(finding, OperatorReport):
        return report_measures(finding, language)
    return _measures_of_change(finding, as_of_utc, language)


def _measures_of_two(finding: NearFinding, as_of_utc: datetime, language: Language) -> Pairs:
    match finding:
        case Conjunction():
            return _pass_measures(finding, as_of_utc, language)
        case Proximity():
            return _proximity_measures(finding, as_of_utc, language)
        case GeoNeighbour():
            return _neighbour_measures(finding, as_of_utc, language)
        case Shadowing():
            return shadowing_measures(finding, language)
        case _:
            assert_never(finding)


def _measures_of_change(finding: ChangeFinding, as_of_utc: datetime, language: Language) -> Pairs:
    match finding:
        case Manoeuvre():
            return _change_measures(finding, language)
        case Separation():
            return separation_measures(finding, language)
        case Breakup():
            return breakup_measures(finding, language)
        case PatternChange():
            return pattern_measures(finding, language)
        case Decay():
            return decay_measures(finding, as_of_utc, language)
        case Anomaly():
            return (
                ("age", duration_text(finding.age_days * 24.0, language)),
                ("usual", duration_text(finding.usual_days * 24.0, language)),
            )
        case _:
            assert_never(finding)


def _pass_measures(finding: Conjunction, as_of_utc: datetime, language: Language) -> Pairs:
    return (
        ("closest", moment_text(finding.tca_utc, as_of_utc, language)),
        ("miss", range_text(finding, language)),
        ("speed", f"{number_text(finding.speed_km_s, 3)} km/s"),
        ("miss_rtn", _components(finding.miss_rtn_km, "km", language)),
        ("edge", say(language, "yes" if finding.at_window_edge else "no")),
    )


def _proximity_measures(finding: Proximity, as_of_utc: datetime, language: Language) -> Pairs:
    kind = (
        ("motion", proximity_motion_text(finding.motion, language)),
        ("relation", relation_text(finding.relation, language)),
    )
    if is_docked(finding):
        return (*kind, ("range", say(language, "measure.range_docked")))
    return (
        *kind,
        ("range", range_text(finding, language)),
        ("closest", moment_text(finding.range_utc, as_of_utc, language)),
        ("median", _about(f"{number_text(finding.median_range_km)} km", language)),
        ("dwell", duration_text(finding.dwell_h, language)),
        ("plane", f"{number_text(finding.plane_angle_deg)}°"),
        ("drift_km", _closing(finding.drift_km_day, language)),
    )


def _closing(km_day: float, language: Language) -> str:
    key = "drift.towards" if km_day < 0.0 else "drift.away"
    return say(language, key, value=number_text(abs(km_day)))


def _neighbour_measures(finding: GeoNeighbour, as_of_utc: datetime, language: Language) -> Pairs:
    nearest = say(language, "measure.range_docked")
    if not is_docked(finding):
        nearest = range_text(finding, language)
    return (
        ("motion", geo_motion_text(finding.motion, language)),
        ("relation", relation_text(finding.relation, language)),
        ("range", nearest),
        ("closest", moment_text(finding.range_utc, as_of_utc, language)),
        ("slot", longitude_text(finding.slot_deg_east, language)),
        ("neighbour", longitude_text(finding.neighbour_deg_east, language)),
        ("drift_deg", drift_text(finding.drift_deg_day, language)),
        ("arrival", arrival_text(finding, as_of_utc, language)),
        ("dwell", duration_text(finding.dwell_days * 24.0, language)),
        ("inclination", f"{number_text(finding.inclination_difference_deg)}°"),
        ("daily", _daily_range(finding, language)),
    )


def _daily_range(finding: GeoNeighbour, language: Language) -> str:
    """Return the range over a day, which an inclined neighbour sweeps twice."""
    day = finding.daily_range_km
    if day is None:
        return say(language, "missing")
    if is_docked(finding):
        return say(language, "measure.range_docked")
    low, high, middle = map(number_text, (day.low, day.high, day.best))
    return say(language, "measure.daily.value", low=low, high=high, middle=middle)


def _change_measures(finding: Manoeuvre, language: Language) -> Pairs:
    share = f"{number_text(finding.p_value * 100.0)} %"
    return (
        ("delta_v", interval_text(finding.delta_v_m_s, "m/s", language)),
        ("components", _components(finding.components_rtn_m_s, "m/s", language)),
        ("direction", burn_text(finding.direction, language)),
        ("burn", _burn_time(finding, language)),
        ("p_value", share),
    )


def _burn_time(finding: Manoeuvre, language: Language) -> str:
    return say(
        language,
        "when.sigma",
        moment=utc_text(finding.burn_utc),
        duration=duration_text(finding.burn_sigma_h, language),
    )


def _shared_measures(finding: AnyFinding, language: Language) -> Pairs:
    start, end = utc_text(finding.start_utc), utc_text(finding.end_utc)
    return (
        ("window", say(language, "moment.range", start=start, end=end)),
        ("rate", _rate(finding.base_rate, language)),
    )


def _rate(rate: BaseRate, language: Language) -> str:
    if not is_measured(rate):
        return say(language, "rarity.unmeasured")
    return say(
        language,
        "measure.rate.value",
        share=percent_text(rate.share, language),
        compared=f"{rate.compared:,}",
        regime=regime_text(rate.regime, language),
    )


def _components(values: tuple[float, float, float], unit: str, language: Language) -> str:
    return _about(f"{' / '.join(number_text(value) for value in values)} {unit}", language)


def _about(value: str, language: Language) -> str:
    return say(language, "unit.about", value=value)
