"""Short words for findings: what, when, how near, how unusual, what next; physics only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import assert_never

from hoshimori.dossier.emitter_wording import emitter_headline, emitter_when
from hoshimori.dossier.interference_wording import days_text, interference_headline
from hoshimori.dossier.language import Language, say, say_count, words
from hoshimori.dossier.pattern_wording import pattern_headline, reentry_text
from hoshimori.dossier.quantities import (
    duration_text,
    interval_text,
    is_measured,
    moment_text,
    number_text,
    share_words,
    utc_text,
)
from hoshimori.dossier.receiver_wording import receiver_headline, receiver_when
from hoshimori.dossier.report_wording import report_headline, report_when
from hoshimori.model.finding import kind_of
from hoshimori.model.findings import (
    Anomaly,
    AnyFinding,
    BaseRate,
    Breakup,
    BurnDirection,
    ChangeFinding,
    Confidence,
    Conjunction,
    Decay,
    EmitterInterference,
    GeoMotion,
    GeoNeighbour,
    Interference,
    Manoeuvre,
    NearFinding,
    OperatorReport,
    PatternChange,
    Proximity,
    ProximityMotion,
    RadioFinding,
    ReceiverInterference,
    Relation,
    Separation,
    Shadowing,
    Thrust,
)
from hoshimori.model.incidents import Attention, Direction, NextStep
from hoshimori.model.provenance import Reality
from hoshimori.numerics.collision_conclusion import Conclusion, ProbabilityType


def name_of(norad_id: int, names: Mapping[int, str], language: Language) -> str:
    """Return an object's name with its catalogue number, without characters that print nothing.

    >>> name_of(44476, {44476: "INTELSAT 39"}, Language.EN)
    'INTELSAT 39 (44476)'
    """
    printable = "".join(c for c in names.get(norad_id, "") if c.isprintable()).strip()
    if not printable:
        return say(language, "object.unnamed", number=str(norad_id))
    return say(language, "object.named", name=printable, number=str(norad_id))


def pair_of(finding: AnyFinding, names: Mapping[int, str], language: Language) -> tuple[str, str]:
    """Return the names of the asset and of the other object of a finding about two."""
    asset, other = finding.objects[0], finding.objects[-1]
    return name_of(asset, names, language), name_of(other, names, language)


def headline(finding: AnyFinding, names: Mapping[int, str], language: Language) -> str:
    """Return what happened, in one line."""
    if isinstance(finding, Interference):
        return interference_headline(finding, language)
    if isinstance(finding, ReceiverInterference):
        return receiver_headline(finding, names, language)
    if isinstance(finding, EmitterInterference):
        return emitter_headline(finding, names, language)
    if isinstance(finding, OperatorReport):
        about = [name_of(norad_id, names, language) for norad_id in finding.objects]
        return report_headline(finding, about, language)
    asset, other = pair_of(finding, names, language)
    if isinstance(finding, NearFinding):
        return _headline_of_two(finding, asset, other, language)
    return _headline_of_change(finding, asset, other, language)


def _headline_of_two(finding: NearFinding, asset: str, other: str, language: Language) -> str:
    match finding:
        case Conjunction():
            speed = number_text(finding.speed_km_s)
            return say(language, "headline.conjunction", asset=asset, other=other, speed=speed)
        case Proximity() | GeoNeighbour():
            line = say(language, _headline_key(finding), asset=asset, other=other)
            if finding.relation is Relation.SAME_LAUNCH:
                return say(language, "headline.same_launch", headline=line)
            return line
        case Shadowing():
            key = f"headline.shadowing.{finding.hold.name.lower()}"
            return say(language, key, asset=asset, other=other)
        case _:
            assert_never(finding)


def _headline_of_change(
    finding: ChangeFinding, subject: str, other: str, language: Language
) -> str:
    match finding:
        case Manoeuvre() if finding.thrust is Thrust.LOW:
            return say(language, "headline.manoeuvre.low", object=subject)
        case Manoeuvre():
            direction = burn_text(finding.direction, language)
            return say(language, "headline.manoeuvre", object=subject, direction=direction)
        case Separation():
            number = len(finding.objects) - 1
            return say_count(language, "headline.separation", number, object=subject, other=other)
        case Breakup():
            pieces = f"{finding.pieces:,}"
            key = "headline.breakup" if finding.candidates else "headline.breakup.unknown"
            return say(language, key, object=subject, pieces=pieces)
        case PatternChange():
            return pattern_headline(finding, subject, language)
        case Decay():
            return say(language, "headline.decay", object=subject)
        case Anomaly():
            age = duration_text(finding.age_days * 24.0, language)
            key = f"headline.{finding.phenomenon.name.lower()}"
            return say(language, key, object=subject, age=age)
        case _:
            assert_never(finding)


def _headline_key(finding: Proximity | GeoNeighbour) -> str:
    if is_docked(finding):
        return "headline.docked"
    room = "proximity" if isinstance(finding, Proximity) else "geo"
    mover = ".asset_moves" if asset_moves(finding) else ""
    return f"headline.{room}.{finding.motion.name.lower()}{mover}"


def asset_moves(finding: AnyFinding) -> bool:
    """Tell whether in a meeting in the belt the asset drifts faster than its neighbour."""
    match finding:
        case GeoNeighbour(motion=GeoMotion.DRIFTS_IN | GeoMotion.DRIFTS_BY):
            neighbour_deg_day = finding.asset_drift_deg_day + finding.drift_deg_day
            return abs(finding.asset_drift_deg_day) > abs(neighbour_deg_day)
        case _:
            return False


def is_docked(finding: AnyFinding) -> bool:
    """Tell whether a finding is about a docked pair, whose range is not measured."""
    match finding:
        case Proximity():
            docked = finding.motion is ProximityMotion.DOCKED
            return docked or finding.relation is Relation.DOCKED
        case GeoNeighbour():
            return finding.relation is Relation.DOCKED
        case (
            Conjunction()
            | Shadowing()
            | Manoeuvre()
            | PatternChange()
            | Separation()
            | Breakup()
            | Decay()
            | Anomaly()
            | Interference()
            | ReceiverInterference()
            | EmitterInterference()
            | OperatorReport()
        ):
            return False
        case _:
            assert_never(finding)


def when(finding: AnyFinding, as_of_utc: datetime, language: Language) -> str:
    """Return the moment that matters most in a finding, and how far away it is."""
    if is_docked(finding):
        return say(language, "when.docked")
    if isinstance(finding, RadioFinding | OperatorReport):
        return _when_of_ground(finding, as_of_utc, language)
    match finding:
        case Conjunction():
            return moment_text(finding.tca_utc, as_of_utc, language)
        case Proximity():
            return _closest(finding.range_utc, as_of_utc, language)
        case GeoNeighbour():
            return _geo_when(finding, as_of_utc, language)
        case Shadowing() | PatternChange():
            moment = moment_text(finding.start_utc, as_of_utc, language)
            return say(language, "when.since", moment=moment)
        case Manoeuvre() | Separation() | Breakup():
            start, end = utc_text(finding.start_utc), utc_text(finding.end_utc)
            return say(language, "when.between", start=start, end=end)
        case Decay():
            return reentry_text(finding, language)
        case Anomaly():
            since = as_of_utc - timedelta(days=finding.age_days)
            return say(language, "when.since", moment=moment_text(since, as_of_utc, language))
        case _:
            assert_never(finding)


def _when_of_ground(
    finding: RadioFinding | OperatorReport,
    as_of_utc: datetime,
    language: Language,
) -> str:
    if isinstance(finding, OperatorReport):
        return report_when(finding, as_of_utc, language)
    if isinstance(finding, ReceiverInterference):
        return receiver_when(finding, language)
    if isinstance(finding, EmitterInterference):
        return emitter_when(finding, language)
    return days_text(finding)


def _closest(moment: datetime, as_of_utc: datetime, language: Language) -> str:
    return say(language, "when.closest", moment=moment_text(moment, as_of_utc, language))


def _geo_when(finding: GeoNeighbour, as_of_utc: datetime, language: Language) -> str:
    match finding.motion:
        case GeoMotion.DRIFTS_IN | GeoMotion.ARRIVED:
            if finding.arrival_utc is None:
                return _closest(finding.range_utc, as_of_utc, language)
            ahead = finding.arrival_utc > as_of_utc
            key = "when.arrives" if ahead else "when.arrived"
            return say(language, key, moment=arrival_text(finding, as_of_utc, language))
        case GeoMotion.LEFT:
            moment = moment_text(finding.end_utc, as_of_utc, language)
            return say(language, "when.left", moment=moment)
        case GeoMotion.DRIFTS_BY | GeoMotion.STAYS:
            return _closest(finding.range_utc, as_of_utc, language)
        case _:
            assert_never(finding.motion)


def arrival_text(finding: GeoNeighbour, as_of_utc: datetime, language: Language) -> str:
    """Return when a neighbour arrives, with its uncertainty where that is known."""
    if finding.arrival_utc is None:
        return say(language, "missing")
    moment = moment_text(finding.arrival_utc, as_of_utc, language)
    if finding.arrival_sigma_h is None:
        return moment
    duration = duration_text(finding.arrival_sigma_h, language)
    return say(language, "when.sigma", moment=moment, duration=duration)


def range_text(finding: AnyFinding, language: Language) -> str:
    """Return the range as an interval; empty where the finding has none."""
    match finding:
        case Conjunction():
            return interval_text(finding.miss_km, "km", language)
        case Proximity() | GeoNeighbour():
            if is_docked(finding):
                return relation_text(Relation.DOCKED, language)
            return interval_text(finding.range_km, "km", language)
        case Shadowing():
            return interval_text(finding.range_km, "km", language)
        case Manoeuvre() | PatternChange() | Separation() | Breakup() | Decay() | Anomaly():
            return ""
        case OperatorReport() | Interference() | ReceiverInterference() | EmitterInterference():
            return ""
        case _:
            assert_never(finding)


def rarity_text(base_rate: BaseRate, language: Language) -> str:
    """Return how often comparable objects show as much, in a few words."""
    if not is_measured(base_rate):
        return say(language, "rarity.unmeasured")
    form, number = share_words(base_rate.share.best, base_rate.share.high)
    regime = compared_text(base_rate, language)
    return say(language, f"rarity.{form}", number=number, regime=regime)


def compared_text(base_rate: BaseRate, language: Language) -> str:
    """Return what was compared: the regime, and the time within which it was counted."""
    regime = regime_text(base_rate.regime, language)
    if base_rate.window_days is None:
        return regime
    days = f"{base_rate.window_days:.3g}"
    return say(language, "regime.window", regime=regime, days=days)


def regime_text(regime: str, language: Language) -> str:
    """Return an orbit regime in a language; one without a word of its own as it stands."""
    return words(language).get(f"regime.{regime}", regime)


def kind_text(finding: AnyFinding, language: Language) -> str:
    """Return the kind of a finding."""
    if isinstance(finding, Anomaly):
        return say(language, f"kind.{finding.phenomenon.name.lower()}")
    if isinstance(finding, ReceiverInterference):
        return say(language, "kind.interference.receiver")
    if isinstance(finding, EmitterInterference):
        return say(language, "kind.interference.emitter")
    return say(language, f"kind.{kind_of(finding)}")


def confidence_text(confidence: Confidence, language: Language) -> str:
    """Return how far the data carry a statement."""
    return say(language, f"confidence.{confidence.name.lower()}")


def next_step_text(next_step: NextStep, language: Language) -> str:
    """Return what to do next on the watch floor."""
    return say(language, f"next_step.{next_step.name.lower()}")


def attention_text(attention: Attention, language: Language) -> str:
    """Return how soon a human should look."""
    return say(language, f"attention.{attention.name.lower()}")


def direction_text(direction: Direction, language: Language) -> str:
    """Return where something acts from and on."""
    return say(language, f"direction.{direction.name.lower()}")


def reality_text(reality: Reality, language: Language) -> str:
    """Return whether facts describe the world; the word of the data standard is always in it."""
    return say(language, f"reality.{reality.name.lower()}")


def relation_text(relation: Relation, language: Language) -> str:
    """Return what catalogues show of two objects belonging together."""
    return say(language, f"relation.{relation.name.lower()}")


def pc_type_text(pc_type: ProbabilityType, language: Language) -> str:
    """Return what kind of statement a probability of collision is."""
    return say(language, f"pc_type.{pc_type.name.lower()}")


def conclusion_text(conclusion: Conclusion, language: Language) -> str:
    """Return what a probability of collision supports.

    >>> conclusion_text(Conclusion.NO_CONCLUSION, Language.EN)
    'no conclusion'
    """
    return say(language, f"conclusion.{conclusion.name.lower()}")


def burn_text(direction: BurnDirection, language: Language) -> str:
    """Return the main direction of a velocity change."""
    return say(language, f"burn.{direction.name.lower()}")


def proximity_motion_text(motion: ProximityMotion, language: Language) -> str:
    """Return how the second object moves relative to the first."""
    return say(language, f"proximity_motion.{motion.name.lower()}")


def geo_motion_text(motion: GeoMotion, language: Language) -> str:
    """Return what a neighbour in the geostationary belt does."""
    return say(language, f"geo_motion.{motion.name.lower()}")
