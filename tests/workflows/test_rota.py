"""Jobs run when they are due, and a restart goes on where the floor stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hoshimori.errors import StoreError
from hoshimori.model.floor import Job, JobName, JobOutcome, JobRun
from hoshimori.store import FloorRecord, open_floor_record
from hoshimori.workflows.clocks import MadeClock, SystemClock
from hoshimori.workflows.rota import Done, Rota, Work

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
WATCH = Job(JobName.WATCH, every_s=3600.0)
FETCH = Job(JobName.FETCH, "celestrak", 7260.0, on_the_hour=False)
GOOD = Done(JobOutcome.DONE)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[FloorRecord]:
    with open_floor_record(tmp_path) as opened:
        yield opened


def rota_of(clock: MadeClock, record: FloorRecord, ended: list[JobRun] | None = None) -> Rota:
    told: list[JobRun] = [] if ended is None else ended

    def unkept(error: StoreError) -> None:
        raise error

    return Rota(clock, record, on_end=lambda run, done: told.append(run), on_unkept=unkept)


def pass_hours(rota: Rota, clock: MadeClock, hours: float) -> None:
    end_s = clock.steady_s() + hours * 3600.0
    while True:
        rota.step()
        left_s = end_s - clock.steady_s()
        if left_s <= 0.0:
            return
        clock.pass_s(min(left_s, max(rota.seconds_to_next(), 0.001)))


def works(outcomes: list[Done]) -> Work:
    given = iter(outcomes)
    return lambda: next(given, GOOD)


def test_each_job_keeps_its_own_time(record: FloorRecord) -> None:
    clock, ended = MadeClock(NOON + timedelta(minutes=7)), []
    rota = rota_of(clock, record, ended)
    rota.add(FETCH, works([]))
    rota.add(WATCH, works([]))
    pass_hours(rota, clock, 4.0)
    planned = [(run.planned_utc - NOON) / timedelta(minutes=1) for run in ended]
    assert [p for p, r in zip(planned, ended, strict=True) if r.name is JobName.WATCH] == [
        7, 60, 120, 180, 240,
    ]  # fmt: skip
    assert [p for p, r in zip(planned, ended, strict=True) if r.name is JobName.FETCH] == [7, 128]
    assert record.runs() == tuple(ended)


def test_a_job_that_raises_is_told_and_comes_again(record: FloorRecord) -> None:
    clock, ended = MadeClock(NOON), []
    rota = rota_of(clock, record, ended)

    def breaks() -> Done:
        raise ZeroDivisionError("it broke")

    rota.add(WATCH, breaks)
    pass_hours(rota, clock, 1.0)
    assert [run.outcome for run in ended] == [JobOutcome.FAILED] * 2
    assert ended[0].problem == "ZeroDivisionError: it broke"


def test_a_source_that_wants_to_be_left_alone_is(record: FloorRecord) -> None:
    clock, ended = MadeClock(NOON), []
    rota = rota_of(clock, record, ended)
    until = NOON + timedelta(hours=24)
    rota.add(FETCH, works([Done(JobOutcome.FAILED, "403", until)]))
    pass_hours(rota, clock, 25.0)
    assert [run.started_utc for run in ended[:2]] == [NOON, until]


def test_what_comes_meanwhile_makes_a_job_due_again(record: FloorRecord) -> None:
    clock, ended = MadeClock(NOON), []
    rota = rota_of(clock, record, ended)
    asked = iter([True, False])

    def work() -> Done:
        if next(asked, False):
            rota.soon(JobName.WATCH)
        return GOOD

    rota.add(WATCH, work)
    rota.step()
    rota.step()
    rota.step()
    assert len(ended) == 2


def test_after_a_restart_nothing_is_doubled_or_missed(record: FloorRecord) -> None:
    clock, ended = MadeClock(NOON), []
    first = rota_of(clock, record, ended)
    first.add(WATCH, works([]))
    pass_hours(first, clock, 2.4)
    second = rota_of(clock, record, ended)
    second.add(WATCH, works([]))
    pass_hours(second, clock, 0.7)
    assert [run.planned_utc.hour for run in ended] == [12, 13, 14, 15]


def test_what_was_cut_off_is_begun_again(record: FloorRecord) -> None:
    clock, ended = MadeClock(NOON), []
    rota = rota_of(clock, record, ended)

    def killed() -> Done:
        raise KeyboardInterrupt  # as little as a kill does it let the rota write anything

    rota.add(WATCH, killed)
    with pytest.raises(KeyboardInterrupt):
        rota.step()
    assert [run.outcome for run in record.runs()] == [JobOutcome.INTERRUPTED]
    clock.pass_s(300.0)
    again = rota_of(clock, record, ended)
    again.add(WATCH, works([]))
    again.step()
    assert ended[-1].outcome is JobOutcome.DONE
    assert ended[-1].started_utc == NOON + timedelta(minutes=5)


def test_after_hours_off_a_job_runs_once_and_says_what_was_skipped(record: FloorRecord) -> None:
    clock, ended = MadeClock(NOON), []
    first = rota_of(clock, record, ended)
    first.add(WATCH, works([]))
    first.step()
    clock.pass_s(5.5 * 3600.0)
    second = rota_of(clock, record, ended)
    second.add(WATCH, works([]))
    pass_hours(second, clock, 0.1)
    assert [(run.planned_utc.hour, run.skipped) for run in ended] == [(12, 0), (17, 4)]


def test_a_record_that_cannot_be_written_stops_no_job(
    record: FloorRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise StoreError("database or disk is full")

    monkeypatch.setattr(FloorRecord, "begin", full)
    clock = MadeClock(NOON)
    problems: list[StoreError] = []
    ended: list[JobRun] = []
    rota = Rota(clock, record, on_end=lambda r, d: ended.append(r), on_unkept=problems.append)
    rota.add(WATCH, works([]))
    pass_hours(rota, clock, 1.0)
    assert len(ended) == 2
    assert problems


def test_a_job_that_hangs_holds_up_nobody_else(record: FloorRecord) -> None:
    never, done = threading.Event(), threading.Event()

    def hangs() -> Done:
        never.wait()
        return GOOD

    def works_well() -> Done:
        done.set()
        return GOOD

    rota = Rota(SystemClock(), record, on_end=lambda r, d: None, on_unkept=lambda e: None)
    rota.add(FETCH, hangs)
    rota.add(WATCH, works_well)
    rota.start()
    assert done.wait(30.0)
    running = {state.name: state.running_since_utc for state in rota.states()}
    assert running[JobName.FETCH] is not None
    rota.stop()
    never.set()
    rota.join()
