"""The budget of alerts: over all assets and of any one, in any month; what it came to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hoshimori.assessment.alert_budget import WINDOW, allowed, has_room
from hoshimori.assessment.alert_tally import tally_of
from hoshimori.model.alert_rules import AlertBudget
from hoshimori.model.alerts import (
    AlertCause,
    HeldBecause,
    Sending,
    SendingState,
    SendingStep,
    Tracked,
)
from hoshimori.model.provenance import Reality


@pytest.mark.parametrize(
    ("rate", "assets", "number"),
    [(0.5, 20, 10), (0.5, 1, 1), (0.0, 20, 0), (1.0, 0, 1), (0.1, 10, 1), (0.3, 10, 3)],
)
def test_a_month_may_have_the_rate_times_the_assets(rate: float, assets: int, number: int) -> None:
    assert allowed(AlertBudget(rate, 9), assets) == number


def test_room_comes_back_after_a_month_and_a_clock_set_back_gives_none(made: Any) -> None:
    desk = made.Desk(made.rules())
    desk.board(made.sight(1))

    def room(after: timedelta, asset: int = 1) -> bool:
        return has_room(
            desk.alerts.values(),
            (asset,),
            Reality.REAL,
            AlertBudget(0.1, 9),
            assets=5,
            now_utc=made.NOON + after,
        )

    assert not room(timedelta(0))
    assert not room(WINDOW - timedelta(seconds=1))
    assert room(WINDOW)
    assert not room(timedelta(hours=-3))


def test_the_tally_tells_the_rate_what_is_held_back_and_which_channel_fails(made: Any) -> None:
    desk = made.Desk(made.rules(budget=AlertBudget(0.1, 9)), assets=10)
    desk.board(made.sight(1), made.sight(2), made.sight(3, in_h=5.0))
    sending = Sending(
        "k", "ALR-1", "duty", (AlertCause.NEW,), "s", "b", Reality.REAL, made.NOON, made.NOON
    )
    failed = SendingStep("k", SendingState.FAILED, made.NOON, 1, None, "it was refused")
    messages = [
        Tracked(sending, failed),
        Tracked(replace(sending, channel="chief"), replace(failed, state=SendingState.GIVEN_UP)),
        Tracked(replace(sending, channel="chief"), replace(failed, state=SendingState.SENT)),
    ]
    tally = tally_of(
        desk.alerts.values(),
        messages,
        desk.rules.budget,
        reality=Reality.REAL,
        assets=10,
        began_utc=made.NOON - timedelta(days=3.04375),
        now_utc=made.NOON,
    )
    assert tally.asset_months == pytest.approx(1.0)
    assert tally.told == 1
    assert tally.per_asset_month.best == pytest.approx(1.0)
    assert set(tally.held) == {"INC-1", "INC-2"}
    assert set(tally.held_because.values()) == {HeldBecause.BUDGET}
    assert tally.over_budget == 0
    assert tally.unacknowledged == 1
    assert tally.problems == ("duty: it was refused",)


def test_what_is_not_real_is_tallied_apart(made: Any) -> None:
    desk = made.Desk(made.rules())
    desk.board(made.sight(1), made.sight(2, reality=Reality.EXERCISE))
    for reality in (Reality.REAL, Reality.EXERCISE):
        tally = tally_of(
            desk.alerts.values(),
            [],
            desk.rules.budget,
            reality=reality,
            assets=1,
            began_utc=made.NOON,
            now_utc=made.NOON,
        )
        assert tally.told == 1
