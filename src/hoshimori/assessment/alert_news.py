"""What is news of an incident for people who know what they were told, and what is urgent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hoshimori.model.alert_rules import AlertRule, AlertRules
from hoshimori.model.alerts import AlertCause, Sight, Told
from hoshimori.model.incident_life import Life
from hoshimori.model.incidents import Attention

RANK = {Attention.LOG: 0, Attention.WATCH: 1, Attention.LOOK: 2}


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules look at besides alerts and incidents."""

    rules: AlertRules
    as_of_utc: datetime
    """The moment of the board: time left is counted from it."""
    now_utc: datetime
    """The moment of the wall clock: quiet hours and budget are counted at it."""
    assets: int
    """How many are watched."""


def is_at_least(attention: Attention, least: Attention) -> bool:
    """Tell whether an attention is as high as another."""
    return RANK[attention] >= RANK[least]


def rule_for(life: Life, rules: AlertRules) -> AlertRule | None:
    """Return the first rule that an incident fits; None where none wants it told."""
    return next((rule for rule in rules.rules if _fits(rule, life)), None)


def is_urgent(sight: Sight, scene: Scene) -> bool:
    """Tell whether an incident breaks quiet hours and the budget.

    It asks for a look now, and its moment comes within `urgent_h`, or came within as long and it
    is still going on.
    """
    if sight.life.attention is not Attention.LOOK:
        return False
    reach = timedelta(hours=scene.rules.urgent_h)
    ahead = sight.moment_utc - scene.as_of_utc
    if ahead < timedelta(0):
        return -ahead <= reach and sight.life.end_utc >= scene.as_of_utc
    return ahead <= reach


def telling(told: Told | None, sight: Sight, scene: Scene) -> Told:
    """Return what people know once they read the message that goes now."""
    life = sight.life
    highest = life.attention
    if told is not None and is_at_least(told.attention, highest):
        highest = told.attention
    return Told(
        attention=highest,
        direction=life.direction,
        leads=(told.leads if told is not None else frozenset()) | {sight.lead},
        step=max(_step(sight, scene), told.step if told is not None else 0),
        at_utc=scene.now_utc,
    )


def _step(sight: Sight, scene: Scene) -> int:
    """Return how many steps of time left have passed; none where no time is left to count."""
    left_h = (sight.moment_utc - scene.as_of_utc) / timedelta(hours=1)
    return sum(left_h <= step for step in scene.rules.steps_h) if left_h > 0.0 else 0


def causes_of(told: Told, sight: Sight, scene: Scene) -> tuple[AlertCause, ...]:
    """Return what is news for people who know what they were told."""
    life = sight.life
    rose = RANK[life.attention] > RANK[told.attention]
    shrank = life.attention is Attention.LOOK and _step(sight, scene) > told.step
    news = {
        AlertCause.ATTENTION_ROSE: rose,
        AlertCause.DIRECTION_CHANGED: life.direction is not told.direction,
        AlertCause.LEAD_CHANGED: sight.lead not in told.leads,
        AlertCause.TIME_SHRANK: shrank,
    }
    return tuple(cause for cause, is_so in news.items() if is_so)


def _fits(rule: AlertRule, life: Life) -> bool:
    return (
        is_at_least(life.attention, rule.attention)
        and (not rule.kinds or any(mark.kind in rule.kinds for mark in life.findings))
        and (not rule.assets or bool(rule.assets & set(life.assets)))
        and (not rule.directions or life.direction in rule.directions)
    )
