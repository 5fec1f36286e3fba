"""Two or three sentences and a table of numbers for every kind of finding; physics only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from hoshimori.dossier.breakup_wording import (
    breakup_sentences,
    separation_sentences,
)
from hoshimori.dossier.emitter_wording import HEARD_SIGNALS, emitter_sentences
from hoshimori.dossier.interference_wording import (
    CELL_DAYS,
    interference_sentences,
    past_days_sentence,
)
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.passage_wording import CELL_STEPS, past_steps_sentence
from hoshimori.dossier.pattern_wording import (
    decay_sentence,
    pattern_sentence,
)
from hoshimori.dossier.quantities import (
    drift_text,
    duration_text,
    interval_text,
    is_measured,
    longitude_text,
    number_text,
    percent_text,
    share_words,
    utc_text,
)
from hoshimori.dossier.receiver_wording import (
    RECEIVER_TIME,
    past_of_receiver_sentence,
    receiver_sentences,
)
from hoshimori.dossier.report_wording import report_sentences
from hoshimori.dossier.shadowing_wording import shadowing_sentences
from hoshimori.dossier.wording import (
    asset_moves,
    burn_text,
    headline,
    is_docked,
    pair_of,
    range_text,
    regime_text,
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
    EmitterInterference,
    GeoNeighbour,
    Interference,
    Manoeuvre,
    NearFinding,
    OperatorReport,
    PatternChange,
    Proximity,
    RadioFinding,
    ReceiverInterference,
    Relation,
    Separation,
    Shadowing,
    Thrust,
)


def explanation(
    finding: AnyFinding, names: Mapping[int, str], language: Language, *, rarity: bool = True
) -> str:
    """Return what was measured, how unusual it is, and what limits it, in a few sentences.

    Without `rarity` it leaves out how unusual it is, for pages that tell it elsewhere.
    """
    if isinstance(finding, OperatorReport):
        told = report_sentences(finding, headline(finding, names, language), language)
        return say(language, "sentence.gap").join(told)
    sentences = [
        *_measured(finding, names, language),
        *([rarity_sentence(finding.base_rate, language)] if rarity else []),
        *_limits(finding, language),
    ]
    return say(language, "sentence.gap").join(sentences)


def rarity_sentence(base_rate: BaseRate, language: Language) -> str:
    """Return how often comparable objects show as much, with its interval, as a sentence."""
    if base_rate.regime == CELL_DAYS:
        return past_days_sentence(base_rate, language)
    if base_rate.regime == CELL_STEPS:
        return past_steps_sentence(base_rate, language)
    if base_rate.regime == RECEIVER_TIME:
        return past_of_receiver_sentence(base_rate, language)
    if base_rate.regime == HEARD_SIGNALS:
        return say(language, "rarity.sentence.emitter")
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


def _measured(
    finding: NearFinding | ChangeFinding | RadioFinding,
    names: Mapping[int, str],
    language: Language,
) -> tuple[str, ...]:
    if isinstance(finding, Interference):
        return interference_sentences(finding, language)
    if isinstance(finding, ReceiverInterference):
        return receiver_sentences(finding, language)
    if isinstance(finding, EmitterInterference):
        return emitter_sentences(finding, language)
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


def _limits(
    finding: NearFinding | ChangeFinding | RadioFinding, language: Language
) -> tuple[str, ...]:
    if is_docked(finding):
        return (say(language, "explain.docked.calm"),)
    return tuple(say(language, key) for key in _limit_keys(finding))


def _limit_keys(finding: NearFinding | ChangeFinding | RadioFinding) -> tuple[str, ...]:
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
        case Interference() if finding.aircraft is not None:
            return ("explain.passages.limit",)
        case ReceiverInterference():
            return ("explain.receiver.limit",)
        case EmitterInterference():
            return ("explain.emitter.limit",)
        case Shadowing() | Manoeuvre() | Separation() | Breakup() | Decay() | Interference():
            return (f"explain.{kind_of(finding)}.limit",)
        case _:
            assert_never(finding)


def _same_launch(finding: Proximity | GeoNeighbour) -> tuple[str, ...]:
    return ("explain.same_launch",) if finding.relation is Relation.SAME_LAUNCH else ()
