"""Two or three sentences and a table of numbers for every kind of finding; physics only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from hoshimori.dossier.breakup_wording import (
    breakup_measures,
    breakup_sentences,
    separation_measures,
    separation_sentences,
)
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.pattern_wording import (
    decay_measures,
    decay_sentence,
    pattern_measures,
    pattern_sentence,
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
    share_words,
    utc_text,
)
from hoshimori.dossier.shadowing_wording import shadowing_measures, shadowing_sentences
from hoshimori.dossier.wording import (
    arrival_text,
    asset_moves,
    burn_text,
    geo_motion_text,
    is_docked,
    pair_of,
    proximity_motion_text,
    range_text,
    regime_text,
    relation_text,
)
from hoshimori.model.finding import kind_of
from hoshimori.model.findings import (
    Anomaly,
    AnyFinding,
    BaseRate,
    Breakup,
    ChangeFinding,
    Conjunction,
    Decay,
    GeoNeighbour,
    Manoeuvre,
    NearFinding,
    PatternChange,
    Proximity,
    Relation,
    Separation,
    Shadowing,
    Thrust,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a finding, as people read it."""

    label: str
    value: str


def explanation(finding: AnyFinding, names: Mapping[int, str], language: Language) -> str:
    """Return what was measured, how unusual it is, and what limits it, in a few sentences."""
    sentences = [
        *_measured(finding, names, language),
        rarity_sentence(finding.base_rate, language),
        *_limits(finding, language),
    ]
    return say(language, "sentence.gap").join(sentences)


def rarity_sentence(base_rate: BaseRate, language: Language) -> str:
    """Return how often comparable objects show as much, with its interval, as a sentence."""
    if not is_measured(base_rate):
        return say(language, "rarity.sentence.unmeasured")
    form, number = share_words(base_rate.share.best, base_rate.share.high)
    return say(
        language,
        "rarity.sentence",
        share=say(language, f"rarity.share.{form}", number=number),
        compared=f"{base_rate.compared:,}",
        regime=regime_text(base_rate.regime, language),
        time=_counted_when(base_rate, language),
        interval=f"{percent_text(base_rate.share, language)} %",
    )


def _counted_when(base_rate: BaseRate, language: Language) -> str:
    if base_rate.window_days is None:
        return say(language, "rarity.time.moment")
    return say(language, "rarity.time.window", days=f"{base_rate.window_days:.3g}")


def _measured(finding: AnyFinding, names: Mapping[int, str], language: Language) -> tuple[str, ...]:
    asset, other = pair_of(finding, names, language)
    if is_docked(finding):
        return (say(language, "explain.docked", asset=asset, other=other),)
    if isinstance(finding, NearFinding):
        return _measured_of_two(finding, asset, other, language)
    return _measured_of_change(finding, names, language)


def _measured_of_two(
    finding: NearFinding, asset: str, other: str, language: Language
) -> tuple[str, ...]:
    match finding:
        case Conjunction():
            return (_measured_pass(finding, asset, other, language),)
        case Proximity():
            return _measured_proximity(finding, asset, other, language)
        case GeoNeighbour():
            return _measured_neighbour(finding, asset, other, language)
        case Shadowing():
            return shadowing_sentences(finding, asset, other, language)
        case _:
            assert_never(finding)


def _measured_of_change(
    finding: ChangeFinding, names: Mapping[int, str], language: Language
) -> tuple[str, ...]:
    subject, _ = pair_of(finding, names, language)
    match finding:
        case Manoeuvre():
            return (_measured_change(finding, subject, language),)
        case Separation():
            return separation_sentences(finding, names, language)
        case Breakup():
            return breakup_sentences(finding, names, language)
        case PatternChange():
            return (pattern_sentence(finding, subject, language),)
        case Decay():
            return (decay_sentence(finding, subject, language),)
        case Anomaly():
            return (_measured_age(finding, subject, language),)
        case _:
            assert_never(finding)


def _measured_pass(finding: Conjunction, asset: str, other: str, language: Language) -> str:
    return say(
        language,
        "explain.conjunction",
        asset=asset,
        other=other,
        moment=utc_text(finding.tca_utc),
        speed=number_text(finding.speed_km_s),
        range=range_text(finding, language),
    )


def _measured_proximity(
    finding: Proximity, asset: str, other: str, language: Language
) -> tuple[str, ...]:
    motion = say(language, f"explain.proximity.{finding.motion.name.lower()}", other=other)
    nearest = say(
        language,
        "explain.proximity",
        asset=asset,
        range=range_text(finding, language),
        moment=utc_text(finding.range_utc),
        dwell=duration_text(finding.dwell_h, language),
    )
    return (motion, nearest)


def _measured_neighbour(
    finding: GeoNeighbour, asset: str, other: str, language: Language
) -> tuple[str, ...]:
    motion = say(
        language,
        f"explain.geo.{finding.motion.name.lower()}",
        asset=asset,
        other=other,
        longitude=longitude_text(finding.neighbour_deg_east, language),
        slot=longitude_text(finding.slot_deg_east, language),
        drift=drift_text(finding.drift_deg_day, language),
    )
    moment = utc_text(finding.range_utc)
    nearest = say(language, "explain.geo.range", range=range_text(finding, language), moment=moment)
    return (motion, *_own_drift(finding, asset, language), nearest)


def _own_drift(finding: GeoNeighbour, asset: str, language: Language) -> tuple[str, ...]:
    if not asset_moves(finding):
        return ()
    drift = drift_text(finding.asset_drift_deg_day, language)
    return (say(language, "explain.geo.asset_moves", asset=asset, asset_drift=drift),)


def _measured_change(finding: Manoeuvre, subject: str, language: Language) -> str:
    return say(
        language,
        "explain.manoeuvre.low" if finding.thrust is Thrust.LOW else "explain.manoeuvre",
        object=subject,
        start=utc_text(finding.start_utc),
        end=utc_text(finding.end_utc),
        range=interval_text(finding.delta_v_m_s, "m/s", language),
        direction=burn_text(finding.direction, language),
    )


def _measured_age(finding: Anomaly, subject: str, language: Language) -> str:
    return say(
        language,
        f"explain.{finding.phenomenon.name.lower()}",
        object=subject,
        age=duration_text(finding.age_days * 24.0, language),
        usual=duration_text(finding.usual_days * 24.0, language),
    )


def _limits(finding: AnyFinding, language: Language) -> tuple[str, ...]:
    if is_docked(finding):
        return (say(language, "explain.docked.calm"),)
    return tuple(say(language, key) for key in _limit_keys(finding))


def _limit_keys(finding: AnyFinding) -> tuple[str, ...]:
    match finding:
        case Conjunction():
            edge = ("explain.conjunction.edge",) if finding.at_window_edge else ()
            return (*edge, "explain.conjunction.limit")
        case Proximity():
            return (*_same_launch(finding), "explain.proximity.limit")
        case GeoNeighbour():
            return (*_same_launch(finding), "explain.geo.limit")
        case Anomaly():
            return (f"explain.{finding.phenomenon.name.lower()}.limit",)
        case PatternChange():
            return ("explain.pattern.limit",)
        case Shadowing() | Manoeuvre() | Separation() | Breakup() | Decay():
            return (f"explain.{kind_of(finding)}.limit",)
        case _:
            assert_never(finding)


def _same_launch(finding: Proximity | GeoNeighbour) -> tuple[str, ...]:
    return ("explain.same_launch",) if finding.relation is Relation.SAME_LAUNCH else ()


def measures(finding: AnyFinding, as_of_utc: datetime, language: Language) -> tuple[Measure, ...]:
    """Return the numbers of a finding, those of its kind first."""
    pairs = (*_own_measures(finding, as_of_utc, language), *_shared_measures(finding, language))
    return tuple(Measure(say(language, f"measure.{key}"), value) for key, value in pairs)


Pairs = tuple[tuple[str, str], ...]


def _own_measures(finding: AnyFinding, as_of_utc: datetime, language: Language) -> Pairs:
    if isinstance(finding, NearFinding):
        return _measures_of_two(finding, as_of_utc, language)
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
