"""Made rules, incidents and boards for the tests of alerts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hoshimori.assessment.alert_news import Scene
from hoshimori.assessment.alert_rules import alerts_after
from hoshimori.model.alert_rules import (
    AlertBudget,
    AlertRule,
    AlertRules,
    Channel,
    EscalationStep,
    QuietHours,
)
from hoshimori.model.alerts import Alert, AlertChange, Sight
from hoshimori.model.finding import Confidence, Interval
from hoshimori.model.incident_life import FindingMark, Life, LifeState
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.provenance import Reality

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
NIGHT = QuietHours(time(22), time(7), ZoneInfo("Asia/Tokyo"))
"""In UTC from 13:00 to 22:00."""

CHANNELS = (
    Channel("duty"),
    Channel("chief", language="ja"),
    Channel("drill", takes_exercises=True),
)


def rules(**changes: Any) -> AlertRules:
    rule = AlertRule(
        name="look",
        attention=Attention.WATCH,
        channels=("duty", "drill"),
        escalation=(EscalationStep(15.0, ("chief",)), EscalationStep(30.0, ("chief", "drill"))),
    )
    made = AlertRules(
        version="made", rules=(rule,), channels=CHANNELS, budget=AlertBudget(100.0, 100)
    )
    of_rule = {name: changes.pop(name) for name in tuple(changes) if hasattr(rule, name)}
    return replace(made, rules=(replace(rule, **of_rule),), **changes)


def life(number: int = 1, **changes: Any) -> Life:
    made = Life(
        incident_id=f"INC-{number}",
        series_id=f"SER-{number}",
        state=LifeState.NEW,
        direction=Direction.WITHIN,
        assets=(number % 3,),
        others=(1000 + number,),
        attention=Attention.LOOK,
        confidence=Confidence.HIGH,
        rarity=Interval(0.0, 0.001, 0.01),
        reality=Reality.REAL,
        start_utc=NOON,
        end_utc=NOON + timedelta(days=5),
        findings=(FindingMark("f", "conjunction", (number,), NOON, NOON),),
        opened_utc=NOON,
        changed_utc=NOON,
        since_utc=NOON,
    )
    return replace(made, **changes)


def sight(
    number: int = 1, *, lead: str = "conjunction", in_h: float = 100.0, **changes: Any
) -> Sight:
    return Sight(life(number, **changes), lead, NOON + timedelta(hours=in_h))


class Desk:
    """Alerts that one board after the other goes over."""

    def __init__(self, in_force: AlertRules, assets: int = 3) -> None:
        self.rules = in_force
        self.assets = assets
        self.alerts: dict[str, Alert] = {}
        self.changes: list[AlertChange] = []

    def board(
        self, *sights: Sight, h: float = 0.0, lives: dict[str, Life] | None = None
    ) -> tuple[AlertChange, ...]:
        now = NOON + timedelta(hours=h)
        known = {**{s.life.incident_id: s.life for s in sights}, **(lives or {})}
        scene = Scene(self.rules, now, now, self.assets)
        changes = alerts_after(self.alerts.values(), sights, known, scene)
        self.keep(changes)
        return changes

    def keep(self, changes: tuple[AlertChange, ...]) -> None:
        for change in changes:
            self.alerts[change.alert.alert_id] = change.alert
        self.changes += changes

    def only(self) -> Alert:
        (alert,) = self.alerts.values()
        return alert

    def of(self, number: int) -> Alert:
        return next(a for a in self.alerts.values() if a.incident_id == f"INC-{number}")
