"""The clock of a live exercise: it goes faster than the wall's, pauses, jumps, and waits."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from hoshimori.model.live_exercises import ExerciseMoment

_LEAST_WAIT_S, _MOST_WAIT_S = 0.02, 0.25
"""Lanes look again so often, by the wall: a clock that is let go on is noticed soon."""


class ExerciseClock:
    """A clock for a floor; threads may share it.

    It never goes past the moment that `let_until` gave, so that whatever is due then is done
    before it goes on: a machine that cannot keep up makes it wait, not skip.
    """

    def __init__(
        self,
        moment: ExerciseMoment,
        starts_utc: datetime,
        *,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin where it was kept last; it stands until `let_until` lets it go."""
        self._starts_utc = starts_utc
        self._now_utc = self._until_utc = max(moment.now_utc, starts_utc)
        self._speed = moment.speed
        self._is_paused = moment.is_paused
        self._is_ended = moment.is_ended
        self._holds = 0
        self._steady = steady
        self._read_s = steady()
        self._lock = threading.RLock()

    def now_utc(self) -> datetime:
        """Return the moment of the exercise."""
        with self._lock:
            return self._moved()

    def steady_s(self) -> float:
        """Return seconds since the start; it never goes back."""
        return (self.now_utc() - self._starts_utc).total_seconds()

    def wait_s(self, seconds: float, woken: threading.Event) -> None:
        """Return after so many seconds of the exercise, or sooner: whoever waits looks again."""
        with self._lock:
            stands = self._stands() or self._moved() >= self._until_utc
            wall_s = _MOST_WAIT_S if stands else seconds / self._speed
        woken.wait(min(max(wall_s, _LEAST_WAIT_S), _MOST_WAIT_S))

    def moment(self) -> ExerciseMoment:
        """Return where it stands, to be kept."""
        with self._lock:
            return ExerciseMoment(self._moved(), self._speed, self._is_paused, self._is_ended)

    @property
    def waits(self) -> bool:
        """Whether it would go on, and stands for what has to be done first."""
        with self._lock:
            return not self._stands() and self._moved() >= self._until_utc

    @property
    def is_held(self) -> bool:
        """Whether somebody lets no time pass."""
        with self._lock:
            return self._holds > 0

    @property
    def until_utc(self) -> datetime:
        """How far it goes by itself: until something is due that has to be done first."""
        with self._lock:
            return max(self._until_utc, self._now_utc)

    def let_until(self, moment_utc: datetime) -> None:
        """Let it go on until a moment at the most."""
        with self._lock:
            self._moved()
            self._until_utc = max(moment_utc, self._now_utc)

    def set_speed(self, speed: float) -> None:
        """Let it go at another speed: seconds of the exercise to one on the wall."""
        with self._lock:
            self._moved()
            self._speed = speed

    def pause(self) -> None:
        """Stop until `go_on`."""
        with self._lock:
            self._moved()
            self._is_paused = True

    def go_on(self) -> None:
        """Go on after a pause."""
        with self._lock:
            self._moved()
            self._is_paused = False

    def jump(self, to_utc: datetime) -> None:
        """Set it to a later moment at once; it stands there until `let_until` lets it go."""
        with self._lock:
            self._now_utc = self._until_utc = max(self._moved(), to_utc)

    def end(self) -> None:
        """Stop for good."""
        with self._lock:
            self._moved()
            self._is_ended = True

    @contextlib.contextmanager
    def held(self) -> Iterator[datetime]:
        """Let no time pass inside, and give the moment."""
        with self._lock:
            moment = self._moved()
            self._holds += 1
        try:
            yield moment
        finally:
            with self._lock:
                self._moved()
                self._holds -= 1

    def _stands(self) -> bool:
        return self._is_paused or self._is_ended or self._holds > 0

    def _moved(self) -> datetime:
        read_s = self._steady()
        passed_s, self._read_s = max(0.0, read_s - self._read_s), read_s
        if not self._stands():
            went = self._now_utc + timedelta(seconds=passed_s * self._speed)
            self._now_utc = min(went, max(self._until_utc, self._now_utc))
        return self._now_utc
