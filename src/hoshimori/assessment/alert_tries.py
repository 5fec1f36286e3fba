"""When a message is tried, tried again and given up."""

from __future__ import annotations

from datetime import datetime, timedelta

from hoshimori.model.alerts import SendingState, SendingStep, Tracked

_AGAIN_MIN = (1.0, 2.0, 5.0, 15.0, 30.0)
_THEN_MIN = 60.0
MOST_ATTEMPTS = len(_AGAIN_MIN) + 24
"""After these, about a day, a message is given up."""


def is_due(tracked: Tracked, now_utc: datetime) -> bool:
    """Tell whether a message may be tried now."""
    last = tracked.last
    if last.state is SendingState.WAITING:
        return now_utc >= tracked.sending.not_before_utc
    is_under_way = last.state in {SendingState.TRYING, SendingState.FAILED}
    return is_under_way and (last.again_utc is None or now_utc >= last.again_utc)


def tried(tracked: Tracked, now_utc: datetime, claim: timedelta) -> SendingStep:
    """Return the step before a message is handed over: for a while nobody else tries it.

    Whoever finds it after that does not know whether it arrived.
    """
    attempts = tracked.last.attempts + 1
    key = tracked.sending.key
    return SendingStep(key, SendingState.TRYING, now_utc, attempts, now_utc + claim)


def ended(step: SendingStep, problem: str, now_utc: datetime) -> SendingStep:
    """Return what follows on a try: sent where there is no problem, else when it is tried again."""
    if not problem:
        return SendingStep(step.key, SendingState.SENT, now_utc, step.attempts)
    if step.attempts >= MOST_ATTEMPTS:
        return SendingStep(step.key, SendingState.GIVEN_UP, now_utc, step.attempts, problem=problem)
    waits = (*_AGAIN_MIN, _THEN_MIN)[min(step.attempts, len(_AGAIN_MIN) + 1) - 1]
    again_utc = now_utc + timedelta(minutes=waits)
    return SendingStep(step.key, SendingState.FAILED, now_utc, step.attempts, again_utc, problem)


def refused(tracked: Tracked, problem: str, now_utc: datetime) -> SendingStep:
    """Return the step by which a message that may not go is given up."""
    last = tracked.last
    return SendingStep(last.key, SendingState.GIVEN_UP, now_utc, last.attempts, problem=problem)
