"""The rota: jobs with their schedules, run when they are due, each in a lane of its own.

A job that hangs holds up nobody else. What a job was doing when the floor ended is begun again.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hoshimori.errors import StoreError
from hoshimori.model.floor import Clock, Job, JobName, JobOutcome, JobRun, JobState
from hoshimori.store import FloorRecord
from hoshimori.workflows.schedule import (
    Due,
    Reading,
    due_after,
    due_first,
    due_later,
    is_due,
    seconds_until,
    turn_of,
)

_SELDOM_TOLD = {JobName.FOLLOW, JobName.SEND, JobName.ROOM}
"""Run so often that only what they did is recorded, not that there was nothing to do."""
_BEGUN_AGAIN = {JobOutcome.INTERRUPTED, JobOutcome.HELD_BACK}
_LOOK_EVERY_S = 5.0
"""So soon a clock that was set is noticed."""
_GRACE_S = 5.0
"""So long a job may take to end when the floor ends; a source that hangs is left alone."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a piece of work ended."""

    outcome: JobOutcome
    problem: str = ""
    wait_until_utc: datetime | None = None
    """Until when it must not be done again."""
    new: int = 0
    """New facts that it brought."""
    lasts: bool = False
    """Whether the problem stays told until something goes well: that nothing came is no cure."""


Work = Callable[[], Done]


class _Lane:
    """One job: its work, when it is due, how it last fared."""

    def __init__(self, job: Job, work: Work, due: Due, last: JobRun | None) -> None:
        self.job = job
        self.work = work
        self.due = due
        self.last = last
        self.running_since_utc: datetime | None = None
        self.done_s = -math.inf
        """When it was last done, not just found that there was nothing to do, by steady clock."""
        self.turn = threading.Lock()
        self.thread: threading.Thread | None = None
        self.woken = threading.Event()


class Rota:
    """Runs jobs when they are due: all in the calling thread by `step`, or each in its own lane."""

    def __init__(
        self,
        clock: Clock,
        record: FloorRecord,
        *,
        on_end: Callable[[JobRun, Done], None],
        on_unkept: Callable[[StoreError], None],
    ) -> None:
        """Begin without jobs; `on_unkept` is told where the record cannot be written."""
        self._clock = clock
        self._record = record
        self._on_end = on_end
        self._on_unkept = on_unkept
        self._lanes: dict[tuple[JobName, str], _Lane] = {}
        self._stopped = threading.Event()

    def add(self, job: Job, work: Work) -> None:
        """Take a job on: due as its record says, at once where there is none."""
        last = self._record.last_run(job)
        kept_utc = self._record.due_utc(job)
        if last is not None and kept_utc is not None and last.outcome in _BEGUN_AGAIN:
            kept_utc = min(kept_utc, last.planned_utc)
        due = due_first(job, self._now(), kept_utc)
        self._lanes[job.name, job.subject] = _Lane(job, work, due, last)

    def start(self) -> None:
        """Run every job in a lane of its own until `stop`."""
        for lane in self._lanes.values():
            name = f"hoshimori {lane.job}"
            lane.thread = threading.Thread(
                target=self._keep_lane, args=(lane,), name=name, daemon=True
            )
            lane.thread.start()

    def step(self) -> tuple[JobRun, ...]:
        """Run what is due now, one job after the other, in the order in which they were added."""
        return tuple(
            self._run(lane) for lane in self._lanes.values() if is_due(lane.due, self._now())
        )

    def soon(self, name: JobName, *, apart_s: float = 0.0) -> None:
        """Make the jobs of a name due at once, or as soon as they were last done so long ago."""
        now = self._now()
        for lane in self._of_name(name):
            wait_s = max(0.0, lane.done_s + apart_s - now.steady_s)
            if not is_due(lane.due, now) and seconds_until(lane.due, now) > wait_s:
                lane.due = Due(now.utc + timedelta(seconds=wait_s), now.steady_s + wait_s)
            lane.woken.set()

    def seconds_to_next(self) -> float:
        """Return how long until something is due; 0 where something is."""
        now = self._now()
        return min((seconds_until(lane.due, now) for lane in self._lanes.values()), default=60.0)

    def states(self) -> tuple[JobState, ...]:
        """Return where every job stands."""
        return tuple(
            JobState(
                name=lane.job.name,
                subject=lane.job.subject,
                every_s=lane.job.every_s,
                running_since_utc=lane.running_since_utc,
                next_utc=lane.due.utc,
                last=lane.last,
            )
            for lane in self._lanes.values()
        )

    @property
    def is_stopped(self) -> bool:
        """Whether no job begins any more."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Begin no more jobs, and wait a little for those that run."""
        self._stopped.set()
        for lane in self._lanes.values():
            lane.woken.set()

    def join(self) -> None:
        """Wait a little for the jobs that run, after `stop`."""
        for lane in self._lanes.values():
            if lane.thread is not None and lane.thread is not threading.current_thread():
                lane.thread.join(_GRACE_S)

    def _keep_lane(self, lane: _Lane) -> None:
        while not self._stopped.is_set():
            lane.woken.clear()
            if is_due(lane.due, self._now()):
                self._run(lane)
                continue
            wait_s = min(seconds_until(lane.due, self._now()), _LOOK_EVERY_S)
            self._clock.wait_s(wait_s, lane.woken)

    def _run(self, lane: _Lane) -> JobRun:
        with lane.turn:
            job, began = lane.job, self._now()
            turn = turn_of(job, lane.due, began)
            run = JobRun(
                name=job.name,
                subject=job.subject,
                planned_utc=turn.planned_utc,
                started_utc=began.utc,
                ended_utc=began.utc,
                outcome=JobOutcome.INTERRUPTED,
                skipped=turn.skipped,
            )
            number = self._begun(run)
            lane.running_since_utc = began.utc
            # Before the work: what comes meanwhile makes it due again, by `soon`.
            lane.due = due_after(job, turn, began)
            done = self._worked(lane)
            ended = self._now()
            run = replace(
                run,
                ended_utc=ended.utc,
                outcome=done.outcome,
                problem=done.problem,
                seconds=ended.steady_s - began.steady_s,
            )
            if done.wait_until_utc is not None:
                lane.due = due_later(job, done.wait_until_utc, ended)
            elif done.outcome is JobOutcome.INTERRUPTED:
                lane.due = Due(turn.planned_utc, began.steady_s)
            if done.outcome is not JobOutcome.NOTHING_NEW:
                lane.done_s = began.steady_s
            lane.running_since_utc = None
            lane.last = run
            self._ended(number, run, lane.due)
        self._on_end(run, done)
        return run

    def _worked(self, lane: _Lane) -> Done:
        try:
            return lane.work()
        except Exception as error:
            # Whatever a job runs into must not end the floor: it is told, and tried again.
            if self._stopped.is_set():
                return Done(JobOutcome.INTERRUPTED, "the floor was stopped")
            return Done(JobOutcome.FAILED, f"{type(error).__name__}: {error}")

    def _begun(self, run: JobRun) -> int | None:
        if run.name in _SELDOM_TOLD:
            return None
        try:
            return self._record.begin(run)
        except StoreError as error:
            self._on_unkept(error)
            return None

    def _ended(self, number: int | None, run: JobRun, due: Due) -> None:
        if run.name is JobName.ROOM:
            return
        if run.name in _SELDOM_TOLD and run.outcome is JobOutcome.NOTHING_NEW:
            return
        try:
            self._record.end(
                number if number is not None else self._record.begin(run), run, due.utc
            )
        except StoreError as error:
            self._on_unkept(error)

    def _of_name(self, name: JobName) -> Iterable[_Lane]:
        return (lane for lane in self._lanes.values() if lane.job.name is name)

    def _now(self) -> Reading:
        return Reading(self._clock.now_utc(), self._clock.steady_s())
