"""How alerts fare against their budget: the achieved rate, and what was held back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from hoshimori.assessment.alert_budget import WINDOW
from hoshimori.model.alert_rules import BUDGET_DAYS, AlertBudget
from hoshimori.model.alerts import Alert, AlertState, AlertTally, SendingState, Tracked
from hoshimori.model.finding import Interval
from hoshimori.model.provenance import Reality
from hoshimori.numerics.rates import rate_interval

_LEAST_DAYS = 1.0
"""A rate over less than a day says nothing."""


def tally_of(
    alerts: Iterable[Alert],
    messages: Sequence[Tracked],
    budget: AlertBudget,
    *,
    reality: Reality,
    assets: int,
    began_utc: datetime,
    now_utc: datetime,
) -> AlertTally:
    """Return the achieved rate of the month before now, or since alerts were begun.

    What is not real is counted apart from what is.
    """
    own = [alert for alert in alerts if alert.reality is reality]
    since_utc = min(max(began_utc, now_utc - WINDOW), now_utc - timedelta(days=_LEAST_DAYS))
    months = max(assets, 1) * ((now_utc - since_utc) / timedelta(days=BUDGET_DAYS))
    counted = [a for a in own for one in a.counted if one.at_utc > since_utc]
    held = [a for a in own if a.state is AlertState.HELD and a.held_because is not None]
    return AlertTally(
        since_utc=since_utc,
        until_utc=now_utc,
        asset_months=months,
        told=len(counted),
        per_asset_month=Interval(*rate_interval(len(counted), months)),
        budget_per_asset_month=budget.per_asset_month,
        held=tuple(a.incident_id for a in held),
        held_because={a.incident_id: a.held_because for a in held if a.held_because is not None},
        over_budget=sum(a.over_budget for a in {a.alert_id: a for a in counted}.values()),
        unacknowledged=sum(a.state is AlertState.OPEN for a in own),
        problems=_problems(messages, since_utc),
    )


def _problems(messages: Sequence[Tracked], since_utc: datetime) -> tuple[str, ...]:
    """Return one line for each channel that does not take messages, the newest reason of each."""
    bad = {SendingState.FAILED, SendingState.GIVEN_UP}
    lines: dict[str, str] = {}
    for tracked in messages:
        last = tracked.last
        if last.state in bad and last.at_utc > since_utc:
            lines[tracked.sending.channel] = f"{tracked.sending.channel}: {last.problem}"
        elif last.state is SendingState.SENT:
            lines.pop(tracked.sending.channel, None)
    return tuple(lines.values())
