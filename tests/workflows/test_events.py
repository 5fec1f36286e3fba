"""Events reach those who may hear of them, once, also when they come back later."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.model.access import HOME, Audience
from hoshimori.model.floor import EventKind
from hoshimori.model.markings import OPEN
from hoshimori.workflows.events import EventLog, Subscription

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PARTNER = Audience("USA", OPEN)


def subjects(listener: Subscription) -> list[str]:
    return [event.subject for event in listener.take()]


def test_each_audience_hears_its_own() -> None:
    log = EventLog(1)
    home = log.subscribe(HOME, None, at_utc=NOW)
    partner = log.subscribe(PARTNER, None, at_utc=NOW)
    log.publish(EventKind.INCIDENT, at_utc=NOW, subject="secret", audience=HOME)
    log.publish(EventKind.BOARD, at_utc=NOW, subject="theirs", audience=PARTNER)
    log.publish(EventKind.STATE, at_utc=NOW, subject="all")
    assert subjects(home) == ["secret", "all"]
    assert subjects(partner) == ["theirs", "all"]


@given(st.integers(0, 30), st.integers(1, 20), st.integers(-3, 33))
def test_who_comes_back_hears_what_was_missed_or_that_there_is_a_gap(
    published: int, kept: int, seen: int
) -> None:
    log = EventLog(1, kept=kept)
    ids = [log.publish(EventKind.STATE, at_utc=NOW).event_id for _ in range(published)]
    assert ids == list(range(1, published + 1))
    heard = log.subscribe(HOME, seen, at_utc=NOW).take()
    first_held = max(1, published - kept + 1)
    is_gap = not first_held - 1 <= seen <= published
    assert [event.kind is EventKind.GAP for event in heard[:1]] == ([is_gap] if heard else [])
    assert heard or not is_gap
    told = [event.event_id for event in heard if event.kind is not EventKind.GAP]
    assert told == [i for i in ids if i > seen and i >= first_held]


def test_a_listener_that_is_slow_costs_no_memory() -> None:
    log = EventLog(1)
    slow = log.subscribe(HOME, None, at_utc=NOW)
    for _ in range(5_000):
        log.publish(EventKind.STATE, at_utc=NOW)
    waiting = slow.take()
    assert len(waiting) <= 1_000
    assert waiting[0].kind is EventKind.GAP
    assert waiting[-1].event_id == 5_000


def test_a_listener_is_woken_and_let_go() -> None:
    woken = []
    log = EventLog(1)
    with log.subscribe(HOME, None, at_utc=NOW, notify=lambda: woken.append(1)) as listener:
        assert log.listeners == 1
        log.publish(EventKind.STATE, at_utc=NOW)
        assert woken == [1]
        assert len(listener.wait(5.0)) == 1
        log.close()
        assert listener.is_closed
        assert listener.wait(5.0) == ()
    assert log.listeners == 0
