"""Warning times in words: what was asked, how soon others could be there, what limits it."""

from __future__ import annotations

from dataclasses import dataclass

from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.quantities import duration_text, number_text, utc_text
from hoshimori.dossier.wording import name_of, rarity_text, regime_text
from hoshimori.model.reach import (
    AssetReach,
    PlaneForecast,
    Reacher,
    ReachOutlook,
    WarningCount,
    WarningLimit,
    WarningTime,
)


@dataclass(frozen=True, slots=True)
class ReacherRow:
    """An object that could come alongside, as people read it."""

    name: str
    times: tuple[str, ...]
    limit: str
    rarity: str
    plane: str


def reach_header(outlook: ReachOutlook, language: Language) -> tuple[str, ...]:
    """Return what was asked of which objects, in sentences."""
    scope = say(
        language,
        "reach.scope",
        moment=utc_text(outlook.as_of_utc),
        within=f"{outlook.within_km:g}",
    )
    sentences = [scope, say_count(language, "reach.compared", outlook.compared)]
    if outlook.left_out:
        sentences.append(say_count(language, "reach.left_out", outlook.left_out))
    if outlook.missing:
        ids = say(language, "list.gap").join(map(str, outlook.missing))
        sentences.append(say(language, "reach.missing", ids=ids))
    return tuple(sentences)


def asset_title(asset: AssetReach, language: Language) -> str:
    """Return the asset's name and regime."""
    name = name_of(asset.norad_id, {asset.norad_id: asset.name}, language)
    return say(language, "reach.asset", asset=name, regime=regime_text(asset.regime, language))


def count_sentence(count: WarningCount, language: Language) -> str:
    """Return how many could be there by when, and how unusual the shortest time is."""
    shortest = say(language, "reach.shortest.none")
    if count.shortest_days is not None:
        shortest = say(
            language,
            "reach.shortest" if count.shortest_days > 0.0 else "reach.shortest.near",
            time=time_text(count.shortest_days, language),
            rarity=rarity_text(count.base_rate, language),
        )
    marks = (
        say(language, "reach.mark", number=f"{number:,}", days=duration_text(24.0 * days, language))
        for days, number in count.within_days
    )
    return say(
        language,
        "reach.count",
        speed=f"{count.delta_v_m_s:g}",
        shortest=shortest,
        marks=say(language, "list.gap").join(marks),
        known=say_count(language, "reach.known", count.known_relation),
    )


def time_text(days: float, language: Language) -> str:
    """Return a time; below an hour no more is said, as the bound is loose within a revolution.

    >>> time_text(0.02, Language.EN), time_text(0.5, Language.EN), time_text(12.0, Language.EN)
    ('under 1 h', '12 h', '12 d')
    """
    if days == 0.0:
        return say(language, "reach.time.near")
    if days < 1.0 / 24.0:
        return say(language, "reach.time.hour")
    return duration_text(24.0 * days, language)


def reacher_row(reacher: Reacher, horizon_days: float, language: Language) -> ReacherRow:
    """Return an object that could come alongside as people read it."""
    first = next((t for t in reacher.times if t.no_sooner_days is not None), reacher.times[-1])
    return ReacherRow(
        name=name_of(reacher.norad_id, {reacher.norad_id: reacher.name}, language),
        times=tuple(_warning(time, horizon_days, language) for time in reacher.times),
        limit=say(language, f"reach.limit.{first.limit.name.lower()}"),
        rarity=rarity_text(first.base_rate, language),
        plane=_plane(reacher.plane, language),
    )


def _warning(time: WarningTime, horizon_days: float, language: Language) -> str:
    if time.no_sooner_days is None:
        if time.limit is WarningLimit.VELOCITY:
            return say(language, "reach.time.velocity")
        days = duration_text(24.0 * horizon_days, language)
        return say(language, "reach.time.horizon", days=days)
    low = time_text(time.no_sooner_days, language)
    if time.no_sooner_days == 0.0:
        return low
    if time.two_impulse_days is None:
        return say(language, "reach.time.least", low=low)
    high = time_text(time.two_impulse_days, language)
    return say(language, "reach.time.between", low=low, high=high)


def _plane(plane: PlaneForecast, language: Language) -> str:
    angle, rarity = number_text(plane.angle_deg), rarity_text(plane.base_rate, language)
    if plane.aligns_in_days is None or plane.sigma_days is None:
        return say(language, "reach.plane", angle=angle, rarity=rarity)
    return say(
        language,
        "reach.plane.aligns",
        angle=angle,
        least=number_text(plane.least_angle_deg),
        days=duration_text(24.0 * plane.aligns_in_days, language),
        sigma=duration_text(24.0 * plane.sigma_days, language),
        rarity=rarity,
    )
