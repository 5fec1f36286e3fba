"""Which messages go where: no exercise among real ones, no content where it may not go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hoshimori.assessment.alert_escalation import escalated
from hoshimori.assessment.alert_sendings import (
    may_carry,
    no_longer_wanted,
    replaced,
    sendings_of,
)
from hoshimori.model.alert_rules import Channel
from hoshimori.model.alerts import (
    AlertChange,
    AlertText,
    Sending,
    SendingState,
    SendingStep,
    Tracked,
)
from hoshimori.model.markings import OPEN, Level, Marking
from hoshimori.model.provenance import Reality

TEXTS = (
    AlertText("en", "line", "line", "content", "pointer"),
    AlertText("ja", "行", "行", "本文", "所在"),
)


def told(made: Any, *, rules: Any = None, h: float = 0.0, **changes: Any) -> AlertChange:
    desk = made.Desk(rules or made.rules())
    (change, *_) = desk.board(made.sight(**changes), h=h)
    return replace(change, alert=replace(change.alert, texts=TEXTS))


def channels(sendings: tuple[Sending, ...]) -> list[str]:
    return [sending.channel for sending in sendings]


def test_a_real_alert_goes_to_every_channel_of_its_rule(made: Any) -> None:
    sendings = sendings_of(told(made), made.rules(), OPEN)
    assert channels(sendings) == ["duty", "drill"]
    assert {(s.subject, s.body) for s in sendings} == {("line", "content")}
    assert {s.not_before_utc for s in sendings} == {made.NOON}
    assert len({s.key for s in sendings}) == 2


@pytest.mark.parametrize("reality", [Reality.EXERCISE, Reality.SIMULATED, Reality.TEST])
def test_what_is_not_real_goes_only_to_channels_for_exercises(made: Any, reality: Reality) -> None:
    change = told(made, reality=reality)
    assert channels(sendings_of(change, made.rules(), OPEN)) == ["drill"]


def test_an_escalation_goes_to_its_own_channels_in_their_language(made: Any) -> None:
    rules = made.rules()
    alert = told(made).alert
    first, second = escalated([alert], rules, now_utc=made.NOON + timedelta(hours=1))
    assert channels(sendings_of(first, rules, OPEN)) == ["chief"]
    assert sendings_of(first, rules, OPEN)[0].body == "本文"
    assert channels(sendings_of(second, rules, OPEN)) == ["chief", "drill"]


def test_a_step_that_tells_nobody_sends_nothing(made: Any) -> None:
    change = replace(told(made), causes=())
    assert sendings_of(change, made.rules(), OPEN) == ()


def test_quiet_hours_hold_back_all_but_what_is_urgent(made: Any) -> None:
    rules = made.rules(quiet=made.NIGHT)
    late = told(made, rules=rules, h=3.0)
    assert {s.not_before_utc for s in sendings_of(late, rules, OPEN)} == {
        made.NOON + timedelta(hours=10)
    }
    urgent = told(made, rules=rules, h=3.0, in_h=20.0)
    assert {s.not_before_utc for s in sendings_of(urgent, rules, OPEN)} == {
        made.NOON + timedelta(hours=3)
    }


def test_what_the_marking_keeps_from_a_channel_is_only_pointed_at(made: Any) -> None:
    (duty, drill) = sendings_of(told(made), made.rules(), Marking(Level.RED))
    assert (duty.subject, duty.body, drill.body) == ("pointer", "pointer", "pointer")
    change = told(made)
    red = replace(change, alert=replace(change.alert, marking=Marking(Level.RED)))
    assert {s.body for s in sendings_of(red, made.rules(), OPEN)} == {"pointer"}
    (escalation, _) = escalated([red.alert], made.rules(), now_utc=made.NOON + timedelta(hours=1))
    assert sendings_of(escalation, made.rules(), OPEN)[0].body == "所在"


@pytest.mark.parametrize(
    ("channel", "marking", "may"),
    [
        (Channel("own"), Marking(Level.AMBER_STRICT, frozenset({"JPN"})), True),
        (Channel("own", level=Level.GREEN), Marking(Level.AMBER), False),
        (Channel("us", partners=frozenset({"USA"})), Marking(Level.GREEN), True),
        (
            Channel("us", partners=frozenset({"USA"})),
            Marking(Level.GREEN, frozenset({"USA", "JPN"})),
            True,
        ),
        (
            Channel("us", partners=frozenset({"USA"})),
            Marking(releasable_to=frozenset({"JPN"})),
            False,
        ),
        (
            Channel("us", partners=frozenset({"USA"})),
            Marking(caveats=frozenset({"SOURCE TERMS"})),
            False,
        ),
    ],
)
def test_a_channel_of_a_partner_carries_what_may_go_to_it(
    channel: Channel, marking: Marking, may: bool
) -> None:
    assert may_carry(channel, marking) is may


def tracked(made: Any, state: SendingState, **changes: Any) -> Tracked:
    (sending, _) = sendings_of(told(made), made.rules(), OPEN)
    sending = replace(sending, **changes)
    return Tracked(sending, SendingStep(sending.key, state, made.NOON, attempts=1))


def test_a_newer_message_takes_the_place_of_one_that_has_not_gone(made: Any) -> None:
    newer = sendings_of(told(made), made.rules(), OPEN)
    for state in (SendingState.WAITING, SendingState.FAILED):
        (step,) = replaced([tracked(made, state, alert_id=newer[0].alert_id)], newer)
        assert (step.state, step.attempts) == (SendingState.REPLACED, 1)
    assert replaced([tracked(made, SendingState.TRYING)], newer) == ()
    assert replaced([tracked(made, SendingState.WAITING, channel="chief")], newer) == ()
    assert replaced([tracked(made, SendingState.WAITING, alert_id="ALR-2")], newer) == ()


def test_taking_note_calls_off_escalations_that_wait_and_nothing_else(made: Any) -> None:
    rules = made.rules()
    alert = told(made).alert
    (first, _) = escalated([alert], rules, now_utc=made.NOON + timedelta(hours=1))
    (escalation,) = sendings_of(first, rules, OPEN)
    step = SendingStep(escalation.key, SendingState.WAITING, made.NOON)
    waiting = [tracked(made, SendingState.WAITING), Tracked(escalation, step)]
    (off,) = no_longer_wanted(waiting, alert, made.NOON)
    assert off.key == escalation.key
