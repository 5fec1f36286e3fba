"""Who else is told when nobody acknowledges an alert, and what an acknowledgement ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from hoshimori.assessment.alert_news import is_at_least
from hoshimori.model.alert_rules import AlertRules
from hoshimori.model.alerts import (
    Alert,
    AlertCause,
    AlertChange,
    AlertState,
    AlertStep,
    Told,
)


def escalated(
    alerts: Iterable[Alert], rules: AlertRules, *, now_utc: datetime
) -> tuple[AlertChange, ...]:
    """Return the steps that are due of alerts that nobody acknowledged, in their order, each once.

    An alert whose attention has fallen below its rule waits for nobody.
    """
    return tuple(change for alert in alerts for change in _steps(alert, rules, now_utc))


def _steps(alert: Alert, rules: AlertRules, now_utc: datetime) -> Iterable[AlertChange]:
    rule = next((r for r in rules.rules if r.name == alert.rule), None)
    waits_since = alert.waits_since_utc
    if alert.state is not AlertState.OPEN or rule is None or waits_since is None:
        return
    if not is_at_least(alert.attention, rule.attention):
        return
    for number, step in enumerate(rule.escalation, 1):
        is_due = now_utc >= waits_since + timedelta(minutes=step.after_min)
        if number > alert.escalated and not is_due:
            return
        if number > alert.escalated:
            alert = replace(alert, escalated=number)
            yield AlertChange(AlertStep.ESCALATED, now_utc, alert, (AlertCause.ESCALATED,))


def acknowledged(alert: Alert, *, by: str, note: str, now_utc: datetime) -> AlertChange:
    """Return the step by which a person takes note of an alert; nothing escalates after it.

    Who takes note of one that was held back knows what the list says of it.
    """
    told = alert.told or Told(
        attention=alert.attention,
        direction=alert.direction,
        leads=frozenset({alert.lead}),
        step=0,
        at_utc=now_utc,
    )
    after = replace(
        alert,
        told=told,
        state=AlertState.OVER if alert.state is AlertState.OVER else AlertState.ACKNOWLEDGED,
        acknowledged_by=by,
        acknowledged_utc=now_utc,
        note=note,
        waits_since_utc=None,
        held_because=None,
    )
    return AlertChange(AlertStep.ACKNOWLEDGED, now_utc, after)
