"""The budget of alerts: how many people are ready to read, per asset and month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from hoshimori.model.alert_rules import BUDGET_DAYS, AlertBudget
from hoshimori.model.alerts import Alert
from hoshimori.model.provenance import Reality

WINDOW = timedelta(days=BUDGET_DAYS)


def allowed(budget: AlertBudget, assets: int) -> int:
    """Return how many alerts a month may have; at least one where there is a budget at all.

    >>> allowed(AlertBudget(0.2, 3), 20), allowed(AlertBudget(0.2, 3), 1), allowed(
    ...     AlertBudget(0.0, 3), 20
    ... )
    (4, 1, 0)
    """
    if budget.per_asset_month <= 0.0:
        return 0
    return max(1, int(budget.per_asset_month * max(assets, 1) + 1e-9))


def has_room(
    told: Iterable[Alert],
    about: tuple[int, ...],
    reality: Reality,
    budget: AlertBudget,
    *,
    assets: int,
    now_utc: datetime,
) -> bool:
    """Tell whether one more alert about some assets fits into the month before now.

    What is not real has a budget of its own. A moment after now, which a clock that was set back
    leaves, counts as well.
    """
    since_utc = now_utc - WINDOW
    counted = [
        one
        for alert in told
        if alert.reality is reality
        for one in alert.counted
        if one.at_utc > since_utc
    ]
    if len(counted) >= allowed(budget, assets):
        return False
    return all(sum(a in one.assets for one in counted) < budget.most_per_asset for a in about)
