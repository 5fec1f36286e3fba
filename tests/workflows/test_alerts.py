"""From a board to people: nothing lost, nothing repeated, wherever it is cut off."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hoshimori.assessment.incidents import incidents_of
from hoshimori.errors import ReleaseError, SettingsError
from hoshimori.model.alerts import AlertCause, AlertState, AlertStep, HeldBecause, SendingState
from hoshimori.model.assets import Asset
from hoshimori.model.board import Coverage, DetectorRun, WatchBoard
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.finding import BaseRate, Confidence, Interval
from hoshimori.model.findings import Conjunction
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality
from hoshimori.outlets.messengers import Delivered, Outcome
from hoshimori.settings import AlertSettings, Settings
from hoshimori.store import AlertBook, open_journal
from hoshimori.workflows.alert_sending import Parcel, send_test, send_waiting
from hoshimori.workflows.alerts import (
    AlertDesk,
    Raised,
    acknowledge,
    alert_rules,
    alerts_in,
    escalate,
    history_of_alert,
    opened_desk,
    raise_alerts,
)
from hoshimori.workflows.incident_record import record_board
from hoshimori.workflows.stores import begin_exercise_store

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
RULES = """
version = "made"
[budget]
per_asset_month = {budget}
most_per_asset = 9
[urgent]
within_h = 24
[news]
steps_h = [72, 24, 6]
back_after_days = 7
[[channel]]
name = "duty"
[[channel]]
name = "chief"
language = "ja"
[[channel]]
name = "drill"
takes_exercises = true
[[rule]]
name = "look-now"
attention = "look"
channels = ["duty", "drill"]
escalate = [{{ after_min = 15, channels = ["chief"] }}]
quiet = {{ from = "22:00", to = "07:00", zone = "UTC" }}
"""


def chosen(tmp_path: Path, budget: float = 9.0) -> Settings:
    page = tmp_path / "rules.toml"
    page.write_text(RULES.format(budget=budget), encoding="utf-8")
    return Settings(alerts=AlertSettings(rules=str(page), console="https://watch.example/"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[AlertDesk]:
    opened = opened_desk(chosen(tmp_path), tmp_path)
    with opened.book:
        yield opened


def passing(
    other: int = 9, *, in_h: float = 60.0, share: float = 0.001, reality: Reality = Reality.REAL
) -> Conjunction:
    at = NOON + timedelta(hours=in_h)
    return Conjunction(
        finding_id=f"{other}-{in_h}-{share}", detector="made/1", objects=(25544, other),
        start_utc=at, end_utc=at, base_rate=BaseRate("LEO", 1000, Interval(0.0, share, 0.3)),
        confidence=Confidence.MODERATE, confidence_because="made", basis=(), reality=reality,
        tca_utc=at, miss_km=Interval(0.0, 1.0, 3.0), speed_km_s=10.0, miss_rtn_km=(1.0, 0.0, 0.0),
        at_window_edge=False,
    )  # fmt: skip


def board(*findings: Conjunction, h: float = 0.0, problem: str = "") -> WatchBoard:
    as_of = NOON + timedelta(hours=h)
    asset: Any = Asset(norad_id=25544, name="ISS")
    return WatchBoard(
        as_of_utc=as_of,
        days_ahead=7.0,
        assets=(asset,),
        incidents=incidents_of(findings, asset_ids=frozenset({25544}), as_of_utc=as_of),
        findings=findings,
        coverage=Coverage(1, 0, 0, 0.0, 0.0, 0, (), (), 1),
        runs=(DetectorRun("made/1", len(findings), problem),),
        provenances=(),
        reality=findings[0].reality if findings else Reality.REAL,
        names={25544: "ISS", 9: "NINE\nX-Evil: 1"},
        marking=Marking(Level.CLEAR),
    )


def watched(
    desk: AlertDesk, tmp_path: Path, *findings: Conjunction, h: float = 0.0, problem: str = ""
) -> Raised:
    """Record a board in the journal and raise its alerts, as every watch does."""
    with open_journal(tmp_path) as journal:
        recording = record_board(board(*findings, h=h, problem=problem), journal)
    now = NOON + timedelta(hours=h)
    return raise_alerts(
        recording.changes, recording.board, desk, now_utc=now, lives=recording.lives
    )


class Box:
    """A messenger that keeps what it is handed."""

    def __init__(self, outcome: Outcome = Outcome.TAKEN) -> None:
        self.outcome = outcome
        self.parcels: list[Parcel] = []

    def __call__(self, parcel: Parcel) -> Delivered:
        self.parcels.append(parcel)
        return Delivered(self.outcome, "" if self.outcome is Outcome.TAKEN else "it was refused")

    @property
    def channels(self) -> list[str]:
        return [parcel.channel for parcel in self.parcels]


def at(h: float) -> Callable[[], datetime]:
    return lambda: NOON + timedelta(hours=h)


def test_an_incident_is_told_once_with_what_to_do(desk: AlertDesk, tmp_path: Path) -> None:
    box = Box()
    watched(desk, tmp_path, passing())
    assert [t.last.state for t in send_waiting(desk, clock=at(0), messenger=box)] == [
        SendingState.SENT,
        SendingState.SENT,
    ]
    assert box.channels == ["duty", "drill"]
    (alert,) = alerts_in(desk, AlertState)
    parcel = box.parcels[0]
    first, *lines = parcel.body.splitlines()
    assert first == parcel.subject
    assert first.startswith("Look now: ")
    assert "ISS (25544)" in first
    assert "in 2.5 d; 1 in 1,000 LEO" in first
    assert "Asset: ISS (25544)" in lines
    assert f"Look: https://watch.example/#/incident/{alert.incident_id}" in lines
    assert f"Take note: hoshimori alerts acknowledge {alert.alert_id}" in lines
    assert f"Message key: {parcel.key}" in lines
    assert "NOTSO: Conjunction / ISS (25544) / near Earth (NE)" in lines
    assert "\n" not in parcel.subject
    assert "%" not in first


def test_the_same_board_again_and_newer_numbers_send_nothing(
    desk: AlertDesk, tmp_path: Path
) -> None:
    box = Box()
    for h, finding in ((0, passing()), (0, passing()), (1, passing(share=0.0009))):
        watched(desk, tmp_path, finding, h=h)
        send_waiting(desk, clock=at(h), messenger=box)
    assert len(box.parcels) == 2


def test_less_time_left_is_told_as_an_update(desk: AlertDesk, tmp_path: Path) -> None:
    box = Box()
    watched(desk, tmp_path, passing(in_h=60))
    send_waiting(desk, clock=at(0), messenger=box)
    raised = watched(desk, tmp_path, passing(in_h=60), h=37)
    assert [c.causes for c in raised.changes] == [(AlertCause.TIME_SHRANK,)]
    send_waiting(desk, clock=at(37), messenger=box)
    assert box.channels == ["duty", "drill"] * 2
    assert box.parcels[2].subject.startswith("Update: Look now: ")
    assert "Why now: less time is left" in box.parcels[2].body


def test_the_board_shows_the_achieved_rate_and_what_was_held_back(tmp_path: Path) -> None:
    desk = opened_desk(chosen(tmp_path, budget=1.0), tmp_path)
    with desk.book:
        raised = watched(desk, tmp_path, passing(9), passing(10))
    tally = raised.board.alerts
    assert tally is not None
    assert (tally.told, tally.unacknowledged, len(tally.held)) == (1, 1, 1)
    assert set(tally.held_because.values()) == {HeldBecause.BUDGET}
    assert tally.per_asset_month.low < tally.per_asset_month.best < tally.per_asset_month.high
    assert tally.budget_per_asset_month == 1.0


def test_a_crash_between_journal_and_alerts_is_caught_up_with(
    desk: AlertDesk, tmp_path: Path
) -> None:
    with open_journal(tmp_path) as journal:
        record_board(board(passing()), journal)  # and then the process is gone
    raised = watched(desk, tmp_path, passing())
    assert [c.step for c in raised.changes] == [AlertStep.RAISED]


def test_a_crash_before_the_end_of_the_transaction_keeps_nothing(
    desk: AlertDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> None:
        raise RuntimeError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(type(desk.book), "append_sendings", gone)
        with pytest.raises(RuntimeError, match="gone"):
            watched(desk, tmp_path, passing())
    assert alerts_in(desk, AlertState) == ()
    watched(desk, tmp_path, passing())
    box = Box()
    send_waiting(desk, clock=at(0), messenger=box)
    assert box.channels == ["duty", "drill"]


def test_a_board_of_the_past_raises_nothing(desk: AlertDesk, tmp_path: Path) -> None:
    watched(desk, tmp_path, passing(), h=5)
    raised = raise_alerts((), board(passing(10)), desk, now_utc=NOON + timedelta(hours=6))
    assert raised.changes == ()
    assert raised.not_because == "alerts go to 2026-11-01T17:00Z"


def test_a_detector_that_fails_silences_no_alert_and_ends_none(
    desk: AlertDesk, tmp_path: Path
) -> None:
    watched(desk, tmp_path, passing(9))
    raised = watched(desk, tmp_path, passing(10), h=1, problem="ValueError: made")
    assert [c.step for c in raised.changes] == [AlertStep.RAISED]
    assert {a.state for a in alerts_in(desk, AlertState)} == {AlertState.OPEN}


def test_an_incident_that_is_gone_ends_its_alert(desk: AlertDesk, tmp_path: Path) -> None:
    watched(desk, tmp_path, passing())
    raised = watched(desk, tmp_path, h=1)
    assert [(c.step, c.causes) for c in raised.changes] == [(AlertStep.WENT_OVER, ())]
    assert escalate(desk, now_utc=NOON + timedelta(hours=5)) == ()


def test_nobody_answers_and_the_next_people_are_told_in_their_language(
    desk: AlertDesk, tmp_path: Path
) -> None:
    box = Box()
    watched(desk, tmp_path, passing())
    send_waiting(desk, clock=at(0), messenger=box)
    assert escalate(desk, now_utc=NOON + timedelta(minutes=14)) == ()
    for _ in range(3):
        escalate(desk, now_utc=NOON + timedelta(minutes=15))
        send_waiting(desk, clock=at(0.25), messenger=box)
    assert box.channels == ["duty", "drill", "chief"]
    assert box.parcels[2].subject.startswith("15分間未確認：要確認：")


def test_taking_note_ends_escalation_also_of_what_waits(desk: AlertDesk, tmp_path: Path) -> None:
    raised = watched(desk, tmp_path, passing())
    escalate(desk, now_utc=NOON + timedelta(minutes=15))
    incident_id = raised.changes[0].alert.incident_id
    alert = acknowledge(desk, incident_id, by=" Sato ", note="seen", now_utc=NOON)
    assert (alert.state, alert.acknowledged_by) == (AlertState.ACKNOWLEDGED, "Sato")
    box = Box()
    send_waiting(desk, clock=at(1), messenger=box)
    assert box.channels == ["duty", "drill"]
    assert escalate(desk, now_utc=NOON + timedelta(hours=9)) == ()
    _, changes, messages = history_of_alert(desk, alert.alert_id)
    assert [c.step for c in changes] == [
        AlertStep.RAISED,
        AlertStep.ESCALATED,
        AlertStep.ACKNOWLEDGED,
    ]
    assert [t.last.state for t in messages] == [
        SendingState.SENT,
        SendingState.SENT,
        SendingState.REPLACED,
    ]


def test_who_takes_note_says_so_and_of_what(desk: AlertDesk, tmp_path: Path) -> None:
    watched(desk, tmp_path, passing())
    with pytest.raises(SettingsError, match="there is no such alert"):
        acknowledge(desk, "ALR-0", by="Sato", now_utc=NOON)
    with pytest.raises(SettingsError, match="say who"):
        acknowledge(desk, "ALR-0", by=" ", now_utc=NOON)


def test_quiet_hours_hold_back_and_the_newest_words_go_in_the_morning(
    desk: AlertDesk, tmp_path: Path
) -> None:
    box = Box()
    watched(desk, tmp_path, passing(in_h=60), h=11)
    watched(desk, tmp_path, passing(9, in_h=60), passing(10, in_h=23), h=11.5)
    send_waiting(desk, clock=at(11.5), messenger=box)
    assert [p.subject.count("Object 10") for p in box.parcels] == [1, 1]
    send_waiting(desk, clock=at(18.9), messenger=box)
    assert len(box.parcels) == 2
    send_waiting(desk, clock=at(19), messenger=box)
    assert box.channels == ["duty", "drill"] * 2
    assert "Written 2026-11-01T23:00Z; times to go" in box.parcels[2].body
    assert "Written" not in box.parcels[0].body


@pytest.mark.parametrize("reality", [Reality.EXERCISE, Reality.SIMULATED])
def test_what_is_not_real_says_so_everywhere_and_goes_nowhere_else(
    tmp_path: Path, reality: Reality
) -> None:
    if reality is Reality.EXERCISE:
        begin_exercise_store(tmp_path, ExerciseMark("Autumn Sky", NOON))
    desk, box = opened_desk(chosen(tmp_path), tmp_path), Box()
    watched(desk, tmp_path, passing(reality=reality))
    escalate(desk, now_utc=NOON + timedelta(hours=1))
    send_waiting(desk, clock=at(1), messenger=box)
    assert box.channels == ["drill"]
    (parcel,) = box.parcels
    assert parcel.subject.startswith(f"[{reality.value}, NOT REAL] ")
    assert parcel.body.startswith(f"[{reality.value}, NOT REAL] ")
    assert f"\n{reality.value}" in parcel.body
    assert "Do not act on it." in parcel.body


def test_a_channel_that_takes_no_exercises_any_more_gets_none_that_waited(tmp_path: Path) -> None:
    begin_exercise_store(tmp_path, ExerciseMark("Autumn Sky", NOON))
    desk = opened_desk(chosen(tmp_path), tmp_path)
    watched(desk, tmp_path, passing(reality=Reality.EXERCISE))
    closed = tuple(replace(c, takes_exercises=False) for c in desk.rules.channels)
    box = Box()
    later = replace(desk, rules=replace(desk.rules, channels=closed))
    (tracked,) = send_waiting(later, clock=at(1), messenger=box)
    assert (tracked.last.state, box.parcels) == (SendingState.GIVEN_UP, [])
    assert tracked.last.problem == "it is not real, and the channel takes no exercises"


@pytest.mark.parametrize("reality", [Reality.REAL, Reality.SIMULATED])
def test_the_book_of_an_exercise_raises_no_alert_of_anything_else(
    tmp_path: Path, reality: Reality
) -> None:
    begin_exercise_store(tmp_path, ExerciseMark("Autumn Sky", NOON))
    desk = opened_desk(chosen(tmp_path), tmp_path)
    with desk.book, pytest.raises(ReleaseError, match="this store is of the exercise Autumn Sky"):
        raise_alerts((), board(passing(reality=reality)), desk, now_utc=NOON)
    with open_journal(tmp_path) as journal, pytest.raises(ReleaseError, match="Autumn Sky"):
        record_board(board(passing(reality=reality)), journal)


def test_the_book_of_the_real_sky_raises_no_alert_of_an_exercise(
    desk: AlertDesk, tmp_path: Path
) -> None:
    made = board(passing(reality=Reality.EXERCISE))
    with pytest.raises(ReleaseError, match="this store is of the real sky"):
        raise_alerts((), made, desk, now_utc=NOON)
    with open_journal(tmp_path) as journal, pytest.raises(ReleaseError, match="of the real sky"):
        record_board(made, journal)
    assert send_waiting(desk, clock=at(1), messenger=Box()) == ()


def test_an_exercise_tries_no_channel_that_takes_none(tmp_path: Path) -> None:
    begin_exercise_store(tmp_path, ExerciseMark("Autumn Sky", NOON))
    desk, box = opened_desk(chosen(tmp_path), tmp_path), Box()
    with desk.book:
        with pytest.raises(ReleaseError, match="the channel does not take any"):
            send_test(desk, "duty", clock=at(0), messenger=box)
        assert box.parcels == []
        send_test(desk, "drill", clock=at(0), messenger=box)
    assert box.channels == ["drill"]


def test_a_strict_marking_leaves_a_pointer(desk: AlertDesk) -> None:
    strict = replace(board(passing()), marking=Marking(Level.RED))
    raise_alerts((), strict, desk, now_utc=NOON)
    box = Box()
    send_waiting(desk, clock=at(0), messenger=box)
    assert "ISS" not in box.parcels[0].subject + box.parcels[0].body
    assert "An alert waits: ALR-" in box.parcels[0].subject
    escalate(desk, now_utc=NOON + timedelta(hours=1))
    send_waiting(desk, clock=at(1), messenger=box)
    assert box.channels == ["duty", "drill", "chief"]
    assert "ISS" not in box.parcels[2].subject + box.parcels[2].body


def test_a_channel_that_fails_is_told_on_the_board_and_tried_again(
    desk: AlertDesk, tmp_path: Path
) -> None:
    bad, good = Box(Outcome.NOT_TAKEN), Box()
    watched(desk, tmp_path, passing(9), passing(10))
    failed = send_waiting(desk, clock=at(0), messenger=bad)
    # Each channel that fails is tried once in a round, and its other messages wait.
    assert bad.channels == ["duty", "drill"]
    assert {t.last.state for t in failed} == {SendingState.FAILED}
    raised = watched(desk, tmp_path, passing(9), passing(10))
    assert raised.board.alerts is not None
    assert raised.board.alerts.problems == ("duty: it was refused", "drill: it was refused")
    send_waiting(desk, clock=at(0.02), messenger=good)
    assert sorted(good.channels) == ["drill", "drill", "duty", "duty"]
    again = [p for p in good.parcels if p.key in {b.key for b in bad.parcels}]
    assert len(again) == 2
    assert all("This goes out again" in parcel.body for parcel in again)
    send_waiting(desk, clock=at(5), messenger=good)
    assert len(good.parcels) == 4


def test_a_test_is_marked_and_goes_once(desk: AlertDesk) -> None:
    box = Box()
    assert send_test(desk, "chief", clock=at(0), messenger=box).last.state is SendingState.SENT
    assert "TEST" in box.parcels[0].subject
    failing = Box(Outcome.NOT_TAKEN)
    assert send_test(desk, "duty", clock=at(1), messenger=failing).last.problem
    assert send_waiting(desk, clock=at(9), messenger=box) == ()
    with pytest.raises(SettingsError, match="no such channel; they have duty, chief, drill"):
        send_test(desk, "boss", clock=at(0), messenger=box)


def test_the_rules_that_come_along_list_and_send_nothing(tmp_path: Path) -> None:
    rules = alert_rules(Settings())
    assert rules.channels == ()
    assert [rule.channels for rule in rules.rules] == [()]
    with pytest.raises(SettingsError, match="No such file"):
        alert_rules(Settings(alerts=AlertSettings(rules=str(tmp_path / "none.toml"))))


class GoneError(Exception):
    """The process ends here."""


def a_round(folder: Path, box: Box, h: float) -> None:
    """Do what every round does: watch, raise, escalate, send."""
    desk = opened_desk(chosen(folder), folder)
    with desk.book:
        watched(desk, folder, passing(9), passing(10))
        escalate(desk, now_utc=NOON + timedelta(hours=h))
        send_waiting(desk, clock=at(h), messenger=box)


def test_cut_off_at_any_entry_it_goes_on_and_repeats_only_what_may_not_have_arrived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append, cut = AlertBook._append, 0
    is_cut = True
    while is_cut:
        cut, written = cut + 1, 0
        folder = tmp_path / str(cut)
        folder.mkdir()

        def cutting(book: AlertBook, *entry: Any, last: int = cut) -> None:
            nonlocal written
            written += 1
            if written == last:
                raise GoneError
            append(book, *entry)

        box = Box()
        with monkeypatch.context() as patched:
            patched.setattr(AlertBook, "_append", cutting)
            try:
                a_round(folder, box, 0.3)
                is_cut = False
            except GoneError:
                pass
        for h in (0.5, 1.0):
            a_round(folder, box, h)
        keys = [parcel.key for parcel in box.parcels]
        assert sorted(set(box.channels)) == ["chief", "drill", "duty"]
        assert len(set(keys)) == 6
        assert len(keys) <= 7
        for number, parcel in enumerate(box.parcels):
            assert ("This goes out again" in parcel.body or "再送" in parcel.body) == (
                parcel.key in keys[:number]
            ) or keys.count(parcel.key) == 1
    assert cut > 10


SENDER = textwrap.dedent(
    """
    import os, signal, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from hoshimori.outlets.messengers import Delivered, Outcome
    from hoshimori.settings import AlertSettings, Settings
    from hoshimori.workflows.alert_sending import send_waiting
    from hoshimori.workflows.alerts import opened_desk

    folder, moment, die = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    desk = opened_desk(Settings(alerts=AlertSettings(rules=str(folder / "rules.toml"))), folder)

    def messenger(parcel):
        if die == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        with (folder / "arrived").open("a", encoding="utf-8") as box:
            box.write(f"{parcel.channel} {parcel.key} {'again' in parcel.body}\\n")
        if die == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return Delivered(Outcome.TAKEN)

    send_waiting(desk, clock=lambda: datetime.fromisoformat(moment), messenger=messenger)
    """
)


def send_in_a_process(folder: Path, h: float, die: str) -> int:
    moment = (NOON + timedelta(hours=h)).isoformat()
    command = [sys.executable, "-c", SENDER, str(folder), moment, die]
    return subprocess.run(command, check=False, timeout=120).returncode


def test_killed_before_or_after_the_sending_nothing_is_lost_and_repeats_say_so(
    desk: AlertDesk, tmp_path: Path
) -> None:
    watched(desk, tmp_path, passing())
    assert send_in_a_process(tmp_path, 0, "before") == -signal.SIGKILL
    assert not (tmp_path / "arrived").exists()
    # Claimed by the one that was killed: nobody else takes it for a while.
    assert send_in_a_process(tmp_path, 0.01, "after") == -signal.SIGKILL
    assert send_in_a_process(tmp_path, 1, "never") == 0
    assert send_in_a_process(tmp_path, 2, "never") == 0
    arrived = [line.split() for line in (tmp_path / "arrived").read_text().splitlines()]
    keys = {"duty": set(), "drill": set()}  # type: dict[str, set[str]]
    for channel, key, _ in arrived:
        keys[channel].add(key)
    assert {channel: len(found) for channel, found in keys.items()} == {"duty": 1, "drill": 1}
    assert [(channel, again) for channel, _, again in arrived] == [
        ("drill", "False"),
        ("duty", "True"),
        ("drill", "True"),
    ]
    assert desk.book.check().broken_at is None


def test_two_processes_at_once_send_nothing_twice(desk: AlertDesk, tmp_path: Path) -> None:
    watched(desk, tmp_path, *(passing(number) for number in range(9, 13)))
    moment = NOON.isoformat()
    command = [sys.executable, "-c", SENDER, str(tmp_path), moment, "never"]
    processes = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    lines = (tmp_path / "arrived").read_text().splitlines()
    assert len(lines) == len(set(lines)) == 8
