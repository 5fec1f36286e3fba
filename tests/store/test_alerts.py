"""The book of alerts: append-only, chained, shared by processes, clear when it cannot be read."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import StoreError
from hoshimori.model.alerts import (
    Alert,
    AlertCause,
    AlertChange,
    AlertState,
    AlertStep,
    AlertText,
    Counted,
    HeldBecause,
    Sending,
    SendingState,
    SendingStep,
    Told,
)
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.journal import ChainBreak
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality
from hoshimori.store import AlertBook, open_alerts, open_journal
from hoshimori.store.alerts import FILE_NAME
from hoshimori.store.alerts_json import (
    LAYOUT,
    alert_change_from,
    alert_change_json,
    sending_from,
    sending_json,
    sending_step_from,
    sending_step_json,
)
from hoshimori.store.chain import append_entry

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)

MOMENTS = st.integers(0, 4_000_000_000_000_000).map(
    lambda microseconds: datetime(1957, 10, 4, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
TEXT = st.text(max_size=8)
OBJECTS = st.lists(st.integers(1, 999_999_999), max_size=3).map(tuple)
CAUSES = st.lists(st.sampled_from(AlertCause), max_size=3).map(tuple)
TOLD = st.builds(
    Told, st.sampled_from(Attention), st.sampled_from(Direction), st.frozensets(TEXT, max_size=3),
    st.integers(0, 3), MOMENTS,
)  # fmt: skip
ALERTS = st.builds(
    Alert, alert_id=TEXT, incident_id=TEXT, rule=TEXT, state=st.sampled_from(AlertState),
    reality=st.sampled_from(Reality), assets=OBJECTS, attention=st.sampled_from(Attention),
    direction=st.sampled_from(Direction), lead=TEXT, moment_utc=MOMENTS, seen_utc=MOMENTS,
    made_utc=MOMENTS, told=st.none() | TOLD, first_told_utc=st.none() | MOMENTS,
    counted=st.lists(st.builds(Counted, MOMENTS, OBJECTS), max_size=2).map(tuple),
    held_because=st.none() | st.sampled_from(HeldBecause), is_urgent=st.booleans(),
    over_budget=st.booleans(), waits_since_utc=st.none() | MOMENTS, escalated=st.integers(0, 3),
    acknowledged_by=TEXT, acknowledged_utc=st.none() | MOMENTS, note=TEXT,
    over_utc=st.none() | MOMENTS, merged_into=TEXT,
    took_over=st.lists(TEXT, max_size=2).map(tuple),
    texts=st.lists(st.builds(AlertText, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    marking=st.none() | st.builds(
        Marking, st.sampled_from(Level), st.none() | st.frozensets(TEXT, max_size=2),
        st.frozensets(TEXT, max_size=2),
    ),
)  # fmt: skip
CHANGES = st.builds(AlertChange, st.sampled_from(AlertStep), MOMENTS, ALERTS, CAUSES)
SENDINGS = st.builds(
    Sending, TEXT, TEXT, TEXT, CAUSES, TEXT, TEXT, st.sampled_from(Reality), MOMENTS, MOMENTS
)
STEPS = st.builds(
    SendingStep, TEXT, st.sampled_from(SendingState), MOMENTS, st.integers(0, 9),
    st.none() | MOMENTS, TEXT,
)  # fmt: skip


def an_alert(number: int, state: AlertState = AlertState.OPEN) -> Alert:
    return Alert(
        alert_id=f"ALR-{number}", incident_id=f"INC-{number}", rule="look", state=state,
        reality=Reality.REAL, assets=(number,), attention=Attention.LOOK,
        direction=Direction.WITHIN, lead="conjunction", moment_utc=NOON, seen_utc=NOON,
        made_utc=NOON,
    )  # fmt: skip


def a_change(number: int, state: AlertState = AlertState.OPEN) -> AlertChange:
    return AlertChange(AlertStep.RAISED, NOON, an_alert(number, state), (AlertCause.NEW,))


def a_sending(key: str) -> Sending:
    return Sending(
        key, "ALR-1", "duty", (AlertCause.NEW,), "見出し", "body", Reality.REAL, NOON, NOON
    )


@pytest.fixture
def book(tmp_path: Path) -> Iterator[AlertBook]:
    with open_alerts(tmp_path) as opened:
        yield opened


@given(CHANGES)
def test_a_step_is_read_back_as_it_was(change: AlertChange) -> None:
    assert alert_change_from(alert_change_json(change)) == change


@given(SENDINGS, STEPS)
def test_a_message_and_its_steps_are_read_back_as_they_were(
    sending: Sending, step: SendingStep
) -> None:
    assert sending_from(sending_json(sending)) == sending
    assert sending_step_from(sending_step_json(step)) == step


OLD_ALERT = """{"alert": {
    "acknowledged_by": "", "acknowledged_utc": null, "alert_id": "ALR-0123456789",
    "assets": [25544, 44476], "attention": "LOOK", %s "direction": "WITHIN", "escalated": 1,
    "first_told_utc": "2026-11-01T12:00:00.000000+00:00", "held_because": null,
    "incident_id": "INC-0123456789", "is_urgent": false, "lead": "conjunction",
    "made_utc": "2026-11-01T12:00:00.000000+00:00", "merged_into": "",
    "moment_utc": "2026-11-02T12:00:00.000000+00:00", "note": "", "over_budget": false,
    "over_utc": null, "reality": "REAL", "rule": "look",
    "seen_utc": "2026-11-01T12:00:00.000000+00:00", "state": "OPEN", "texts": [],
    "told": {"at_utc": "2026-11-01T12:00:00.000000+00:00", "attention": "LOOK",
        "direction": "WITHIN", "leads": ["conjunction"], "step": 2},
    "took_over": [], "waits_since_utc": null},
    "at_utc": "2026-11-01T12:00:00.000000+00:00", "causes": ["NEW"], "step": "RAISED"}"""
"""By hand, as versions of November 2026 wrote them; they differed in what is put in."""
OLD_SENDING = """{"alert_id": "ALR-0123456789", "body": "b", "causes": ["NEW"], "channel": "duty",
    "subject": "s", "key": "k", "made_utc": "2026-11-01T12:00:00.000000+00:00",
    "not_before_utc": "2026-11-01T12:00:00.000000+00:00", "reality": "REAL"}"""
OLD_STEP = """{"again_utc": null, "at_utc": "2026-11-01T12:00:00.000000+00:00", "attempts": 1,
    "key": "k", "problem": "", "state": "SENT"}"""


@pytest.mark.parametrize(
    "counted",
    [
        '"counted_utc": ["2026-11-01T12:00:00.000000+00:00"],',
        '"counted": [["2026-11-01T12:00:00.000000+00:00", [25544, 44476]]],',
    ],
)
def test_entries_of_the_first_layout_are_read(tmp_path: Path, counted: str) -> None:
    with open_alerts(tmp_path) as book:
        with book.transaction():
            for kind, subject, body in (
                ("alert", "ALR-0123456789", OLD_ALERT % counted),
                ("sending", "k", OLD_SENDING),
                ("step", "k", OLD_STEP),
            ):
                append_entry(
                    book, "subject", kind=kind, about=subject, body=body, recorded_utc=NOON
                )
        (alert,) = book.alerts().values()
        (tracked,) = book.sendings()
        with book.transaction():
            book.append_changes([AlertChange(AlertStep.FOLLOWED, NOON, alert)])
        assert book.alerts() == {alert.alert_id: alert}
        assert book.check().broken_at is None
    assert alert.counted == (Counted(NOON, (25544, 44476)),)
    assert alert.marking is None
    assert alert.told == Told(Attention.LOOK, Direction.WITHIN, frozenset({"conjunction"}), 2, NOON)
    assert (tracked.sending.subject, tracked.last.state) == ("s", SendingState.SENT)


def test_an_entry_of_a_newer_layout_is_refused_with_what_to_do(book: AlertBook) -> None:
    newer = alert_change_json(a_change(1)).replace(f'"layout":{LAYOUT}', f'"layout":{LAYOUT + 1}')
    with book.transaction():
        append_entry(book, "subject", kind="alert", about="ALR-1", body=newer, recorded_utc=NOON)
    with pytest.raises(StoreError, match=r"alerts\.sqlite: a newer Hoshimori.*upgrade Hoshimori"):
        book.alerts()
    assert book.check().broken_at is None


def test_what_is_kept_is_there_for_the_next(tmp_path: Path) -> None:
    with open_alerts(tmp_path) as first, first.transaction():
        first.begin(NOON)
        first.begin(NOON + timedelta(days=1))
        first.append_changes([a_change(1), a_change(2), a_change(1, AlertState.OVER)])
        first.append_sendings([a_sending("one"), a_sending("two")])
        first.append_step(SendingStep("one", SendingState.SENT, NOON, 1))
    with open_alerts(tmp_path) as second:
        assert second.began_utc() == NOON
        alerts = second.alerts()
        assert list(alerts) == ["ALR-2", "ALR-1"]
        assert alerts["ALR-1"].state is AlertState.OVER
        assert [c.alert.state for c in second.changes_of("ALR-1")] == [
            AlertState.OPEN,
            AlertState.OVER,
        ]
        assert [t.last.state for t in second.sendings()] == [
            SendingState.SENT,
            SendingState.WAITING,
        ]
        assert [t.sending.key for t in second.under_way()] == ["two"]
        assert second.check().broken_at is None


def test_a_transaction_that_fails_keeps_nothing(book: AlertBook) -> None:
    with contextlib.suppress(RuntimeError), book.transaction():
        book.append_changes([a_change(1)])
        book.append_sendings([a_sending("one")])
        raise RuntimeError
    assert book.alerts() == {}
    assert book.sendings() == ()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE entries SET body = '{}' WHERE seq = 1", "DELETE FROM entries WHERE seq = 1"],
)
def test_the_file_itself_refuses_to_be_changed(tmp_path: Path, statement: str) -> None:
    with open_alerts(tmp_path) as book, book.transaction():
        book.append_changes([a_change(1)])
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


def test_who_changes_an_entry_all_the_same_is_found(tmp_path: Path) -> None:
    with open_alerts(tmp_path) as book, book.transaction():
        book.append_changes([a_change(1), a_change(2), a_change(3)])
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("DROP TRIGGER never_changed")
    connection.execute("UPDATE entries SET body = replace(body, 'OPEN', 'OVER') WHERE seq = 2")
    connection.commit()
    connection.close()
    with open_alerts(tmp_path) as book:
        check = book.check()
    assert (check.broken_at, check.problem) == (2, ChainBreak.ALTERED)


def test_there_is_none_before_it_is_begun(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no book of alerts yet; `hoshimori watch --alerts`"):
        open_alerts(tmp_path, create=False)


def test_another_file_a_newer_one_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    foreign, newer, broken = (tmp_path / name for name in ("foreign", "newer", "broken"))
    with open_journal(foreign):
        pass
    (foreign / "journal.sqlite").rename(foreign / FILE_NAME)
    with open_alerts(newer):
        pass
    connection = sqlite3.connect(newer / FILE_NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    broken.mkdir()
    (broken / FILE_NAME).write_bytes(b"not a database at all, but long enough to be read" * 50)
    for folder, said in (
        (foreign, "no book of alerts of Hoshimori"),
        (newer, "a newer Hoshimori wrote this book of alerts"),
        (broken, "the book of alerts is damaged"),
    ):
        with pytest.raises(StoreError, match=said):
            open_alerts(folder)


def test_a_busy_book_is_waited_for_and_then_says_so(tmp_path: Path) -> None:
    with open_alerts(tmp_path) as first, open_alerts(tmp_path, wait_s=0.05) as second:
        with (
            first.transaction(),
            pytest.raises(StoreError, match="another Hoshimori process writes"),
            second.transaction(),
        ):
            pass
        with second.transaction():
            second.append_changes([a_change(1)])
        assert list(first.alerts()) == ["ALR-1"]


def test_threads_share_an_open_book(book: AlertBook) -> None:
    def keep(number: int) -> None:
        with book.transaction():
            book.append_changes([a_change(number)])

    threads = [threading.Thread(target=keep, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(book.alerts()) == 8
    assert book.check().broken_at is None
