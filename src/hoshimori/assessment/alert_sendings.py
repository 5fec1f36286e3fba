"""Which messages a step of an alert asks for: to which channels, in what words, and when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from hoshimori.assessment.quiet_hours import not_before
from hoshimori.model.alert_rules import AlertRule, AlertRules, Channel
from hoshimori.model.alerts import (
    Alert,
    AlertCause,
    AlertChange,
    AlertStep,
    AlertText,
    Sending,
    SendingState,
    SendingStep,
    Tracked,
)
from hoshimori.model.markings import Marking

_REPLACEABLE = frozenset({SendingState.WAITING, SendingState.FAILED})


def sendings_of(change: AlertChange, rules: AlertRules, unmarked: Marking) -> tuple[Sending, ...]:
    """Return the messages that a step asks for: none where nobody is to be told.

    What is not real goes only to channels for exercises. Where the marking allows a channel no
    content it gets a pointer to it; `unmarked` is that of what nobody marked. What is not urgent
    waits for the end of quiet hours.
    """
    alert = change.alert
    rule = next((r for r in rules.rules if r.name == alert.rule), None)
    if rule is None or not change.causes:
        return ()
    due_utc = change.at_utc if alert.is_urgent else not_before(rule.quiet, change.at_utc)
    channels = [rules.channel(name) for name in _names(change, rule)]
    return tuple(
        _sending(change, channel, alert.marking or unmarked, due_utc)
        for channel in channels
        if alert.is_real or channel.takes_exercises
    )


def may_carry(channel: Channel, marking: Marking) -> bool:
    """Tell whether a channel may carry the content of what is marked so."""
    if marking.level > channel.level:
        return False
    return not channel.partners or marking.is_within(Marking(channel.level, channel.partners))


def replaced(waiting: Iterable[Tracked], newer: Iterable[Sending]) -> tuple[SendingStep, ...]:
    """Return the steps by which messages make way for newer ones about the same alert.

    What has been handed over already is left alone: it may have arrived.
    """
    ways = {(s.alert_id, s.channel): s.made_utc for s in newer}
    found = ((t, ways.get((t.sending.alert_id, t.sending.channel))) for t in waiting)
    return tuple(
        SendingStep(t.sending.key, SendingState.REPLACED, made_utc, attempts=t.last.attempts)
        for t, made_utc in found
        if made_utc is not None and t.last.state in _REPLACEABLE
    )


def no_longer_wanted(
    waiting: Iterable[Tracked], alert: Alert, now_utc: datetime
) -> tuple[SendingStep, ...]:
    """Return the steps by which escalations are called off that an acknowledgement came before."""
    return tuple(
        SendingStep(t.sending.key, SendingState.REPLACED, now_utc, attempts=t.last.attempts)
        for t in waiting
        if t.sending.alert_id == alert.alert_id
        and AlertCause.ESCALATED in t.sending.causes
        and t.last.state in _REPLACEABLE
    )


def _names(change: AlertChange, rule: AlertRule) -> tuple[str, ...]:
    if change.step is AlertStep.ESCALATED:
        return rule.escalation[change.alert.escalated - 1].channels
    return rule.channels


def _sending(change: AlertChange, channel: Channel, marking: Marking, due_utc: datetime) -> Sending:
    alert = change.alert
    text = _text(alert, channel)
    is_allowed = may_carry(channel, marking)
    return Sending(
        key=_key(change, channel),
        alert_id=alert.alert_id,
        channel=channel.name,
        causes=change.causes,
        subject=text.first_line if is_allowed else text.pointer,
        body=text.body if is_allowed else text.pointer,
        reality=alert.reality,
        made_utc=change.at_utc,
        not_before_utc=due_utc,
    )


def _text(alert: Alert, channel: Channel) -> AlertText:
    return next(text for text in alert.texts if text.language == channel.language)


def _key(change: AlertChange, channel: Channel) -> str:
    """Return what names one message; the same step to the same channel has the same."""
    alert = change.alert
    parts = (alert.alert_id, change.step.name, change.at_utc.isoformat(), str(alert.escalated))
    return hashlib.sha256(" ".join((*parts, channel.name)).encode()).hexdigest()[:16]
