"""A message is tried, tried again ever more slowly, and given up after a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hoshimori.assessment.alert_tries import MOST_ATTEMPTS, ended, is_due, refused, tried
from hoshimori.model.alerts import AlertCause, Sending, SendingState, SendingStep, Tracked
from hoshimori.model.provenance import Reality

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
SENDING = Sending(
    "key", "ALR-1", "duty", (AlertCause.NEW,), "s", "b", Reality.REAL, NOON, LATER
)  # fmt: skip
WAITING = Tracked(SENDING, SendingStep("key", SendingState.WAITING, NOON))
CLAIM = timedelta(minutes=2)


def test_a_message_waits_for_its_time() -> None:
    assert not is_due(WAITING, NOON)
    assert is_due(WAITING, LATER)


def test_what_one_process_tries_no_other_one_takes_until_the_claim_is_over() -> None:
    claimed = Tracked(SENDING, tried(WAITING, LATER, CLAIM))
    assert (claimed.last.state, claimed.last.attempts) == (SendingState.TRYING, 1)
    assert not is_due(claimed, LATER + timedelta(minutes=1))
    assert is_due(claimed, LATER + CLAIM)


def test_what_is_done_is_never_due_again() -> None:
    for state in (SendingState.SENT, SendingState.GIVEN_UP, SendingState.REPLACED):
        done = Tracked(SENDING, SendingStep("key", state, NOON))
        assert not is_due(done, LATER + timedelta(days=9))


def test_a_channel_that_fails_is_tried_for_a_day_ever_more_slowly() -> None:
    tracked, now, waits = WAITING, LATER, []
    while tracked.last.state is not SendingState.GIVEN_UP:
        step = ended(tried(tracked, now, CLAIM), "it was refused", now)
        if step.again_utc is not None:
            waits.append((step.again_utc - now) / timedelta(minutes=1))
            assert not is_due(Tracked(SENDING, step), now)
            now = step.again_utc
        tracked = Tracked(SENDING, step)
    assert waits == [1, 2, 5, 15, 30, *([60] * 23)]
    assert tracked.last.attempts == MOST_ATTEMPTS
    assert tracked.last.problem == "it was refused"
    assert timedelta(hours=23) < now - LATER < timedelta(hours=25)


def test_what_was_taken_is_sent_and_what_may_not_go_is_given_up() -> None:
    assert ended(tried(WAITING, LATER, CLAIM), "", LATER).state is SendingState.SENT
    step = refused(replace(WAITING), "no such channel", LATER)
    assert (step.state, step.problem) == (SendingState.GIVEN_UP, "no such channel")
