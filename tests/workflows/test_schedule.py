"""No run is missed or doubled, whatever is done to the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.model.floor import Job, JobName
from hoshimori.workflows.schedule import (
    Reading,
    due_after,
    due_first,
    due_later,
    is_due,
    seconds_until,
    turn_of,
)

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOURLY = Job(JobName.WATCH, every_s=3600.0)
FETCH = Job(JobName.FETCH, "celestrak", every_s=7260.0, on_the_hour=False)


def run_on(
    job: Job, steps: list[tuple[float, float]], hours: float
) -> list[tuple[float, datetime]]:
    """Return steady hours and planned moments of the runs while a clock is set now and then.

    `steps` are steady hours and how far the clock is set then, in hours.
    """
    steady_s, offset = 0.0, timedelta()
    runs = []
    due = due_first(job, Reading(NOON, 0.0))
    waiting = sorted(steps)
    while steady_s < hours * 3600.0:
        while waiting and waiting[0][0] * 3600.0 <= steady_s:
            offset += timedelta(hours=waiting.pop(0)[1])
        now = Reading(NOON + timedelta(seconds=steady_s) + offset, steady_s)
        if is_due(due, now):
            turn = turn_of(job, due, now)
            runs.append((steady_s / 3600.0, turn.planned_utc))
            due = due_after(job, turn, now)
        steady_s += min(60.0, max(1.0, seconds_until(due, now)))
    return runs


def test_a_job_keeps_to_the_hour() -> None:
    runs = run_on(HOURLY, [], 5.5)
    assert [planned for _, planned in runs] == [NOON + timedelta(hours=h) for h in range(6)]


def test_a_floor_that_starts_between_hours_runs_at_once_and_then_on_the_hour() -> None:
    now = Reading(NOON + timedelta(minutes=37), 0.0)
    due = due_first(HOURLY, now)
    assert is_due(due, now)
    turn = turn_of(HOURLY, due, now)
    assert due_after(HOURLY, turn, now).utc == NOON + timedelta(hours=1)


def test_a_clock_set_back_does_not_keep_a_job_waiting() -> None:
    runs = run_on(HOURLY, [(2.2, -3.0)], 8.0)
    assert max(later - earlier for (earlier, _), (later, _) in pairwise(runs)) <= 1.51
    assert len(runs) == 8


def test_a_clock_set_forward_runs_a_job_once_and_counts_what_was_skipped() -> None:
    at_noon = Reading(NOON, 0.0)
    due = due_after(HOURLY, turn_of(HOURLY, due_first(HOURLY, at_noon), at_noon), at_noon)
    now = Reading(NOON + timedelta(hours=5, minutes=20), 600.0)
    turn = turn_of(HOURLY, due, now)
    assert turn.skipped == 4
    assert turn.planned_utc == NOON + timedelta(hours=5)
    assert due_after(HOURLY, turn, now).utc == NOON + timedelta(hours=6)


def test_a_clock_set_back_by_a_minute_just_after_a_run_does_not_double_it() -> None:
    runs = run_on(HOURLY, [(1.01, -1.0 / 60.0)], 4.0)
    assert min(later - earlier for (earlier, _), (later, _) in pairwise(runs)) > 0.5


@given(
    st.lists(st.tuples(st.floats(0.0, 20.0), st.floats(-30.0, 30.0)), max_size=4),
    st.sampled_from([HOURLY, FETCH]),
)
def test_no_job_waits_longer_than_half_as_long_again(
    steps: list[tuple[float, float]], job: Job
) -> None:
    every_h = job.every_s / 3600.0
    runs = [steady for steady, _ in run_on(job, steps, 24.0)]
    gaps = [later - earlier for earlier, later in pairwise(runs)]
    assert max(gaps) <= 1.5 * every_h + 0.02
    # Only a clock set forward brings a run before half the span is over, once each time.
    assert sum(gap < 0.5 * every_h - 0.02 for gap in gaps) <= 2 * sum(s > 0 for _, s in steps)


@given(st.floats(-1000.0, 1000.0), st.floats(0.0, 100.0))
def test_after_a_restart_no_job_waits_longer_than_its_span(hours: float, off_h: float) -> None:
    kept = NOON + timedelta(hours=1)
    now = Reading(NOON + timedelta(hours=off_h + hours), 5.0)
    for job in (HOURLY, FETCH):
        wait_s = seconds_until(due_first(job, now, kept), now)
        assert 0.0 <= wait_s <= job.every_s
        if now.utc >= kept:
            assert wait_s == 0.0


def test_a_source_that_may_not_be_asked_yet_is_asked_when_it_may() -> None:
    now = Reading(NOON, 100.0)
    until = NOON + timedelta(hours=5)
    due = due_later(FETCH, until, now)
    assert seconds_until(due, now) == 5 * 3600.0
    assert not is_due(due, Reading(NOON + timedelta(hours=4), 100.0 + 4 * 3600.0))
    assert is_due(due, Reading(until, 100.0))
