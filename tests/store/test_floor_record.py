"""What a floor knows of itself after a restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hoshimori.model.floor import Job, JobName, JobOutcome, JobRun
from hoshimori.store import open_floor_record

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
WATCH = Job(JobName.WATCH)
RUN = JobRun(
    JobName.WATCH, "", NOON, NOON, NOON + timedelta(minutes=2), JobOutcome.DONE, "", 3, 120.5
)


def test_a_run_is_interrupted_until_it_ended(tmp_path: Path) -> None:
    with open_floor_record(tmp_path) as record:
        assert record.last_run(WATCH) is None
        assert record.due_utc(WATCH) is None
        number = record.begin(RUN)
    with open_floor_record(tmp_path) as record:
        last = record.last_run(WATCH)
        assert last is not None
        assert last.outcome is JobOutcome.INTERRUPTED
        assert record.due_utc(WATCH) is None
        record.end(number, RUN, NOON + timedelta(hours=1))
        assert record.runs() == (RUN,)
        assert record.due_utc(WATCH) == NOON + timedelta(hours=1)


def test_only_the_newest_runs_are_given_where_few_are_asked_for(tmp_path: Path) -> None:
    with open_floor_record(tmp_path) as record:
        for minute in range(5):
            moment = NOON + timedelta(minutes=minute)
            record.begin(JobRun(JobName.SEND, "", moment, moment, moment, JobOutcome.DONE))
        assert [run.planned_utc.minute for run in record.runs(newest=2)] == [3, 4]


def test_marks_are_numbers_under_names(tmp_path: Path) -> None:
    with open_floor_record(tmp_path) as record:
        assert record.marked("told") is None
        record.mark("told", 7)
        record.mark("told", 9)
        assert record.marked("told") == 9
