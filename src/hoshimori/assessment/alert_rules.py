"""What a board changes of the alerts: one for each incident, updated and not repeated.

An update is told only where it changes what a person would do: attention rises, the direction
changes, a kind of finding leads that was not told yet, the time left shrinks past a step, or the
incident is back after a long time away. Everything else is followed in silence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hoshimori.assessment.alert_budget import has_room
from hoshimori.assessment.alert_news import (
    RANK,
    Scene,
    causes_of,
    is_urgent,
    rule_for,
    telling,
)
from hoshimori.assessment.quiet_hours import not_before
from hoshimori.model.alert_rules import AlertRule
from hoshimori.model.alerts import (
    Alert,
    AlertCause,
    AlertChange,
    AlertState,
    AlertStep,
    Counted,
    HeldBecause,
    Sight,
    Told,
)
from hoshimori.model.incident_life import Life, LifeState
from hoshimori.model.provenance import Reality

_GONE = frozenset({LifeState.QUIET, LifeState.CLOSED})
_WORTH_KEEPING = timedelta(hours=1)
"""A moment that newer elements move by less is the same one."""


def alerts_after(
    alerts: Iterable[Alert], sights: Sequence[Sight], lives: Mapping[str, Life], scene: Scene
) -> tuple[AlertChange, ...]:
    """Return what incidents change of alerts, in an order in which it can be applied.

    `sights` are the incidents that a board shows, or that changed; `lives` all that are known of,
    by id: an incident that became part of another, or that is no longer on the board, is only
    there. The same sights again change nothing.
    """
    desk = _Desk({a.alert_id: a for a in alerts}, scene, [])
    _follow_merged(desk, lives)
    _end(desk, lives)
    for sight in sorted(sights, key=_most_urgent_first):
        if sight.life.state is not LifeState.MERGED and sight.life.state not in _GONE:
            _meet(desk, sight)
    return tuple(desk.changes)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Alerts while one board is gone through."""

    alerts: dict[str, Alert]
    scene: Scene
    changes: list[AlertChange]

    def change(self, step: AlertStep, alert: Alert, *causes: AlertCause) -> None:
        self.alerts[alert.alert_id] = alert
        self.changes.append(AlertChange(step, self.scene.now_utc, alert, causes))

    def about(self, incident_id: str) -> Alert | None:
        own = (a for a in self.alerts.values() if a.incident_id == incident_id)
        return min(own, key=lambda a: (a.state is AlertState.MERGED, _age(a)), default=None)


def _age(alert: Alert) -> tuple[bool, datetime, str]:
    """Order alerts: those that were told first."""
    told = (one.at_utc for one in alert.counted)
    return alert.told is None, min(told, default=alert.made_utc), alert.alert_id


def _most_urgent_first(sight: Sight) -> tuple[int, float, datetime, str]:
    life = sight.life
    return -RANK[life.attention], life.rarity.best, sight.moment_utc, life.incident_id


def _follow_merged(desk: _Desk, lives: Mapping[str, Life]) -> None:
    """Let the alerts of incidents that became part of others go on with these."""
    for alert in sorted(desk.alerts.values(), key=_age):
        if alert.state is AlertState.MERGED:
            continue
        whole = _whole_of(alert.incident_id, lives)
        if whole == alert.incident_id:
            continue
        there = desk.about(whole)
        if there is None or there.state is AlertState.MERGED:
            took = (*alert.took_over, alert.incident_id)
            desk.change(
                AlertStep.TOOK_OVER,
                replace(alert, incident_id=whole, took_over=_without(took, whole)),
            )
            continue
        _join(desk, alert, there, whole)


def _whole_of(incident_id: str, lives: Mapping[str, Life]) -> str:
    """Return the incident that another is part of now; itself where it is none's."""
    seen: set[str] = set()
    while incident_id in lives and incident_id not in seen:
        seen.add(incident_id)
        life = lives[incident_id]
        if life.state is not LifeState.MERGED:
            break
        incident_id = life.merged_into
    return incident_id


def _join(desk: _Desk, one: Alert, other: Alert, whole: str) -> None:
    """Let the one of two alerts that was told first go on for both."""
    stays, goes = sorted((one, other), key=_age)
    desk.change(
        AlertStep.MERGED, replace(goes, state=AlertState.MERGED, merged_into=stays.alert_id)
    )
    told = _both_told(stays.told, goes.told)
    waits = [w for w in (stays.waits_since_utc, goes.waits_since_utc) if w is not None]
    # What was told of the one that goes and nobody acknowledged still asks for somebody.
    asks_on = stays.waits_since_utc is None and goes.waits_since_utc is not None
    is_over = stays.over_utc is not None and goes.over_utc is not None
    joined = replace(
        stays,
        incident_id=whole,
        over_utc=stays.over_utc if is_over else None,
        told=told,
        waits_since_utc=min(waits, default=None),
        escalated=goes.escalated if asks_on else stays.escalated,
        acknowledged_by="" if asks_on else stays.acknowledged_by,
        acknowledged_utc=None if asks_on else stays.acknowledged_utc,
        took_over=_without((*stays.took_over, stays.incident_id, goes.incident_id), whole),
    )
    desk.change(AlertStep.TOOK_OVER, replace(joined, state=_state_of(joined)))


def _without(incidents: Sequence[str], but: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for i in incidents if i != but))


def _both_told(one: Told | None, other: Told | None) -> Told | None:
    if one is None or other is None:
        return one or other
    newest = max(one, other, key=lambda told: told.at_utc)
    return replace(
        newest,
        attention=max(one.attention, other.attention, key=lambda a: RANK[a]),
        leads=one.leads | other.leads,
        step=max(one.step, other.step),
    )


def _state_of(alert: Alert) -> AlertState:
    """Return the state that the other fields of an alert lead to."""
    if alert.over_utc is not None:
        return AlertState.OVER
    if alert.acknowledged_by:
        return AlertState.ACKNOWLEDGED
    return AlertState.HELD if alert.told is None else AlertState.OPEN


def _end(desk: _Desk, lives: Mapping[str, Life]) -> None:
    """Close the alerts of incidents that are no longer on the board."""
    for alert in tuple(desk.alerts.values()):
        life = lives.get(alert.incident_id)
        is_done = alert.state in {AlertState.OVER, AlertState.MERGED}
        if life is None or is_done or life.state not in _GONE:
            continue
        over = replace(alert, over_utc=life.since_utc, state=AlertState.OVER)
        desk.change(AlertStep.WENT_OVER, over)


def _meet(desk: _Desk, sight: Sight) -> None:
    alert = desk.about(sight.life.incident_id)
    rule = rule_for(sight.life, desk.scene.rules)
    if alert is None or alert.state is AlertState.MERGED:
        parent = _told_as_part(desk, sight, alert)
        if parent is not None:
            alert = _parted(desk, sight, alert, parent)
        elif rule is not None:
            _raise_or_hold(desk, sight, rule, _made(sight, rule, desk.scene))
            return
        else:
            return
    elif alert.state is AlertState.OVER:
        if rule is None:
            return
        alert = _back(desk, sight, alert)
    if alert.told is None and alert.state is AlertState.HELD:
        if rule is not None:
            _raise_or_hold(desk, sight, rule, alert)
        return
    _go_on(desk, sight, rule, alert)


def _told_as_part(desk: _Desk, sight: Sight, alert: Alert | None) -> Alert | None:
    """Return the alert in which an incident was told that stands alone now."""
    if alert is not None and alert.merged_into:
        return desk.alerts.get(alert.merged_into)
    parent = desk.about(sight.life.parted_from) if sight.life.parted_from else None
    if parent is None or parent.told is None or parent.first_told_utc is None:
        return None
    return parent if sight.life.opened_utc >= parent.first_told_utc else None


def _parted(desk: _Desk, sight: Sight, own: Alert | None, parent: Alert) -> Alert:
    """Give a part its own alert with what people know of it already, and tell nobody."""
    alert = replace(
        own or _made(sight, None, desk.scene, rule_name=parent.rule),
        told=_both_told(own.told if own is not None else None, parent.told),
        texts=parent.texts,
        marking=parent.marking,
        waits_since_utc=None,
        acknowledged_by=parent.acknowledged_by,
        acknowledged_utc=parent.acknowledged_utc,
        note=parent.note,
        merged_into="",
        over_utc=None,
    )
    alert = replace(_as_seen(alert, sight, desk.scene), state=_state_of(alert))
    desk.change(AlertStep.PARTED, alert)
    return alert


def _back(desk: _Desk, sight: Sight, alert: Alert) -> Alert:
    """Take up an alert again; what people knew of it counts no more after a long time away."""
    away = desk.scene.as_of_utc - (alert.over_utc or desk.scene.as_of_utc)
    fresh = replace(_as_seen(alert, sight, desk.scene), over_utc=None)
    if away >= timedelta(days=desk.scene.rules.back_after_days):
        fresh = replace(
            fresh, told=None, acknowledged_by="", acknowledged_utc=None, note="", escalated=0
        )
    fresh = replace(fresh, state=_state_of(fresh))
    desk.change(AlertStep.CAME_BACK, fresh)
    return fresh


def _made(sight: Sight, rule: AlertRule | None, scene: Scene, *, rule_name: str = "") -> Alert:
    life = sight.life
    name = f"{life.incident_id} {scene.now_utc.isoformat()}"
    return Alert(
        alert_id=f"ALR-{hashlib.sha256(name.encode()).hexdigest()[:10]}",
        incident_id=life.incident_id,
        rule=rule.name if rule is not None else rule_name,
        state=AlertState.HELD,
        reality=life.reality,
        assets=life.assets,
        attention=life.attention,
        direction=life.direction,
        lead=sight.lead,
        moment_utc=sight.moment_utc,
        seen_utc=scene.as_of_utc,
        made_utc=scene.now_utc,
    )


def _as_seen(alert: Alert, sight: Sight, scene: Scene) -> Alert:
    life = sight.life
    return replace(
        alert,
        reality=life.reality,
        assets=life.assets,
        attention=life.attention,
        direction=life.direction,
        lead=sight.lead,
        moment_utc=sight.moment_utc,
        seen_utc=scene.as_of_utc,
        is_urgent=is_urgent(sight, scene),
    )


def _raise_or_hold(desk: _Desk, sight: Sight, rule: AlertRule, alert: Alert) -> None:
    """Tell people of an incident that they do not know, or say why they are not told."""
    scene = desk.scene
    seen = replace(_as_seen(alert, sight, scene), rule=rule.name)
    because, over_budget = _held_because(desk, sight, rule)
    if because is not None:
        held = replace(seen, held_because=because, state=AlertState.HELD)
        if alert.alert_id not in desk.alerts or _differs(alert, held):
            desk.change(AlertStep.HELD, held)
        return
    cause = AlertCause.CAME_BACK if seen.counted else AlertCause.NEW
    raised = replace(
        seen,
        first_told_utc=seen.first_told_utc or scene.as_of_utc,
        counted=(*seen.counted, Counted(scene.now_utc, seen.assets)),
        held_because=None,
        over_budget=over_budget,
        told=telling(None, sight, scene),
        waits_since_utc=_due(sight, rule, scene),
        escalated=0,
        state=AlertState.OPEN,
    )
    desk.change(AlertStep.RAISED, raised, cause)


def _held_because(desk: _Desk, sight: Sight, rule: AlertRule) -> tuple[HeldBecause | None, bool]:
    """Return why an incident is not told now, or None and whether it goes over the budget."""
    scene, life = desk.scene, sight.life
    rooms = [scene.rules.channel(name) for name in rule.channels]
    is_made = life.reality is not Reality.REAL
    if is_made and rooms and not any(channel.takes_exercises for channel in rooms):
        return HeldBecause.EXERCISE, False
    room = has_room(
        desk.alerts.values(),
        life.assets,
        life.reality,
        scene.rules.budget,
        assets=scene.assets,
        now_utc=scene.now_utc,
    )
    if room:
        return None, False
    return (None, True) if is_urgent(sight, scene) else (HeldBecause.BUDGET, False)


def _due(sight: Sight, rule: AlertRule, scene: Scene) -> datetime:
    return scene.now_utc if is_urgent(sight, scene) else not_before(rule.quiet, scene.now_utc)


def _go_on(desk: _Desk, sight: Sight, rule: AlertRule | None, alert: Alert) -> None:
    scene = desk.scene
    seen = _as_seen(alert, sight, scene)
    causes = causes_of(alert.told, sight, scene) if alert.told is not None else ()
    if rule is None or not causes:
        if _differs(alert, seen):
            desk.change(AlertStep.FOLLOWED, seen)
        return
    updated = replace(seen, rule=rule.name, told=telling(alert.told, sight, scene))
    if AlertCause.ATTENTION_ROSE in causes:
        # What was acknowledged was less than this: somebody must take note again.
        updated = replace(
            updated,
            state=AlertState.OPEN,
            acknowledged_by="",
            acknowledged_utc=None,
            note="",
            waits_since_utc=_due(sight, rule, scene),
            escalated=0,
        )
    desk.change(AlertStep.UPDATED, updated, *causes)


def _differs(alert: Alert, seen: Alert) -> bool:
    """Tell whether what the list shows of an alert changed; newer numbers do not count."""
    shown = (
        "rule", "state", "reality", "assets", "attention", "direction", "lead", "held_because",
        "is_urgent",
    )  # fmt: skip
    moved = abs(alert.moment_utc - seen.moment_utc) >= _WORTH_KEEPING
    return moved or any(getattr(alert, name) != getattr(seen, name) for name in shown)
