"""Who is told next, in order and once; taking note ends it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hoshimori.assessment.alert_escalation import acknowledged, escalated
from hoshimori.model.alerts import AlertCause, AlertState, AlertStep
from hoshimori.model.incident_life import LifeState
from hoshimori.model.incidents import Attention


@pytest.fixture
def desk(made: Any) -> Any:
    opened = made.Desk(made.rules())
    opened.board(made.sight(in_h=400))
    return opened


def steps_after(desk: Any, made: Any, minutes: float) -> list[int]:
    changes = escalated(
        desk.alerts.values(), desk.rules, now_utc=made.NOON + timedelta(minutes=minutes)
    )
    desk.keep(changes)
    assert {c.step for c in changes} <= {AlertStep.ESCALATED}
    assert {c.causes for c in changes} <= {(AlertCause.ESCALATED,)}
    return [change.alert.escalated for change in changes]


def test_steps_follow_one_another_each_once(desk: Any, made: Any) -> None:
    told = [steps_after(desk, made, minutes) for minutes in (14.9, 15, 15, 29, 30, 31, 1000)]
    assert told == [[], [1], [], [], [2], [], []]


def test_steps_that_are_late_together_keep_their_order(desk: Any, made: Any) -> None:
    assert steps_after(desk, made, 500) == [1, 2]


def test_taking_note_ends_it(desk: Any, made: Any) -> None:
    assert steps_after(desk, made, 15) == [1]
    change = acknowledged(desk.only(), by="Sato", note="", now_utc=made.NOON)
    desk.keep((change,))
    assert desk.only().state is AlertState.ACKNOWLEDGED
    assert steps_after(desk, made, 500) == []


def test_nobody_is_told_of_what_is_over_or_asks_for_less_than_the_rule(
    desk: Any, made: Any
) -> None:
    desk.board(made.sight(in_h=400, attention=Attention.LOG))
    assert steps_after(desk, made, 500) == []
    desk.board(made.sight(in_h=400))
    desk.board(lives={"INC-1": made.life(state=LifeState.QUIET)})
    assert steps_after(desk, made, 500) == []


def test_who_takes_note_of_what_was_held_back_knows_it(made: Any) -> None:
    desk = made.Desk(made.rules(channels=("duty",)))
    desk.board(made.sight(reality=made.Reality.EXERCISE))
    change = acknowledged(desk.only(), by="Sato", note="seen", now_utc=made.NOON)
    desk.keep((change,))
    assert desk.only().told.leads == {"conjunction"}
    assert desk.board(made.sight(reality=made.Reality.EXERCISE), h=1) == ()
    assert (desk.only().acknowledged_by, desk.only().note) == ("Sato", "seen")
