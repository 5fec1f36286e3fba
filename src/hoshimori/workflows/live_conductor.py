"""What lets the clock of a live exercise go on: watches, pauses and jumps of its script."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from hoshimori.errors import StoreError
from hoshimori.model.floor import JobOutcome, JobRun
from hoshimori.model.live_exercises import ExerciseMoment
from hoshimori.model.scenarios import Scenario
from hoshimori.workflows.exercise_clock import ExerciseClock
from hoshimori.workflows.live_stage import LiveStage

_TURN_S = 0.05
_KEEP_EVERY_S = 1.0
_BEHIND_AFTER_S = 2.0
"""So long the clock may wait for a watch before people are told."""


class Conductor:
    """Lets the clock go from one thing that is due to the next; threads may share it.

    It stands at each moment of the watch until the watch of that moment is over, so that the board
    is of the moment that people are in, and none is skipped.
    """

    def __init__(
        self,
        stage: LiveStage,
        clock: ExerciseClock,
        *,
        keep: Callable[[ExerciseMoment], None],
        on_asked: Callable[[str], None],
        on_state: Callable[[], None],
        on_watched: Callable[[datetime], None],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin where the clock stands.

        `keep` keeps the clock, `on_asked` is told of each question that is asked, `on_state` when
        the clock stops or jumps by the script, `on_watched` of each moment that was watched.
        """
        self._stage = stage
        self._clock = clock
        self._keep = keep
        self._on_asked = on_asked
        self._on_state = on_state
        self._on_watched = on_watched
        self._steady = steady
        self._watch_soon: Callable[[], None] = lambda: None
        now_utc = clock.now_utc()
        self._owed_utc = now_utc
        self._watched_utc: datetime | None = None
        self._passed_utc = self._told_utc = now_utc
        self._kept = clock.moment()
        self._kept_s = self._waits_since_s = steady()
        self._is_waiting = False
        self._lock = threading.RLock()
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_behind(self) -> bool:
        """Whether the clock has waited for the machine for longer than people do not notice."""
        return self._is_waiting and self._steady() - self._waits_since_s > _BEHIND_AFTER_S

    def attach(self, watch_soon: Callable[[], None]) -> None:
        """Say how to ask for a watch."""
        self._watch_soon = watch_soon

    def start(self) -> None:
        """Conduct in the background until `close`."""
        self._thread = threading.Thread(target=self._conduct, name="hoshimori exercise")
        self._thread.daemon = True
        self._thread.start()

    def close(self) -> None:
        """Stop, and keep the clock where it stands."""
        self._stopped.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(5.0)
        with contextlib.suppress(StoreError):
            self._keep(self._clock.moment())

    def watched(self, run: JobRun) -> None:
        """Take note of a watch that is over; also of one that failed, as its board says."""
        if run.outcome is not JobOutcome.INTERRUPTED:
            with self._lock:
                last_utc = self._watched_utc or run.started_utc
                self._watched_utc = max(last_utc, run.started_utc)
        self._woken.set()

    def jump(self, to_utc: datetime) -> None:
        """Set the clock forward; a watch is owed there before it goes on."""
        with self._lock:
            self._clock.jump(to_utc)
            self._passed_utc = self._clock.now_utc()
            self._owe(self._passed_utc)
        self._woken.set()

    def step(self) -> None:
        """Do all that is due at the moment, and let the clock go on to the next thing."""
        with self._lock:
            while self._go_on():
                pass
        self._keep_clock()

    def _conduct(self) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            with contextlib.suppress(StoreError):  # the floor says what is wrong with the disk
                self.step()
            self._woken.wait(_TURN_S)

    def _go_on(self) -> bool:
        """Do one thing that is due; tell whether to look again."""
        now_utc = self._clock.now_utc()
        if self._clock.moment().is_ended:
            return False
        self._tell_asked(now_utc)
        if self._owed_utc <= now_utc:
            return self._is_watched(now_utc)
        if self._clock.moment().is_paused or self._clock.is_held:
            return False
        if self._is_stopped_by_script(now_utc):
            return True
        ends_utc = self._stage.ends_utc
        if now_utc >= ends_utc:
            self._clock.end()
            self._on_state()
            return False
        self._passed_utc = now_utc
        stops = [self._owed_utc, ends_utc, *_stops(self._stage, now_utc)]
        self._clock.let_until(min(stops))
        return False

    def _is_watched(self, now_utc: datetime) -> bool:
        if self._watched_utc is not None and self._watched_utc >= self._owed_utc:
            self._on_watched(self._watched_utc)
            self._is_waiting = False
            self._owed_utc = self._next_watch(now_utc)
            return True
        self._clock.let_until(now_utc)
        if not self._is_waiting:
            self._owe(now_utc)
            self._keep(self._clock.moment())
            self._watch_soon()
            self._is_waiting, self._waits_since_s = True, self._steady()
        return False

    def _owe(self, moment_utc: datetime) -> None:
        self._owed_utc = moment_utc
        self._is_waiting = False

    def _is_stopped_by_script(self, now_utc: datetime) -> bool:
        """Pause or jump where the script says so; tell whether it did."""
        pace, stage = self._stage.scenario.pace, self._stage
        for at_h in pace.pauses_h:
            if self._passed_utc < stage.moment(at_h) <= now_utc:
                self._clock.pause()
                self._passed_utc = now_utc
                self._on_state()
                return True
        for from_h, to_h in pace.jumps_h:
            if self._passed_utc <= stage.moment(from_h) <= now_utc:
                self.jump(stage.moment(to_h))
                self._on_state()
                return True
        return False

    def _next_watch(self, now_utc: datetime) -> datetime:
        every = timedelta(hours=self._stage.scenario.pace.watch_every_h)
        number = (now_utc - self._stage.starts_utc) // every + 1
        return min(self._stage.starts_utc + number * every, self._end_after(now_utc))

    def _end_after(self, now_utc: datetime) -> datetime:
        """Return the end, which is watched too, or never where that was done."""
        ends_utc = self._stage.ends_utc
        return ends_utc if now_utc < ends_utc else datetime.max.replace(tzinfo=ends_utc.tzinfo)

    def _tell_asked(self, now_utc: datetime) -> None:
        for question_id in asked_between(self._stage, self._told_utc, now_utc):
            self._on_asked(question_id)
        self._told_utc = now_utc

    def _keep_clock(self) -> None:
        moment, read_s = self._clock.moment(), self._steady()
        is_other = _settings_of(moment) != _settings_of(self._kept)
        if moment != self._kept and (is_other or read_s - self._kept_s >= _KEEP_EVERY_S):
            self._keep(moment)
            self._kept, self._kept_s = moment, read_s


def asked_between(stage: LiveStage, after_utc: datetime, until_utc: datetime) -> tuple[str, ...]:
    """Return the questions that are asked after a moment and by another."""
    return tuple(
        question.question_id
        for question in stage.scenario.questions
        if after_utc < stage.moment(question.asked_h) <= until_utc
    )


def _stops(stage: LiveStage, now_utc: datetime) -> list[datetime]:
    scenario: Scenario = stage.scenario
    hours = [*scenario.pace.pauses_h, *(start for start, _ in scenario.pace.jumps_h)]
    return [moment for at_h in hours if (moment := stage.moment(at_h)) > now_utc]


def _settings_of(moment: ExerciseMoment) -> tuple[float, bool, bool]:
    return moment.speed, moment.is_paused, moment.is_ended
