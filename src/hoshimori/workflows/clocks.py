"""The clocks of a floor: the real ones, and one that a test or a rehearsal moves."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The clock of this machine."""

    def now_utc(self) -> datetime:
        """Return the moment."""
        return datetime.now(UTC)

    def steady_s(self) -> float:
        """Return seconds that never step."""
        return time.monotonic()

    def wait_s(self, seconds: float, woken: threading.Event) -> None:
        """Wait, until `woken` is set at the longest."""
        woken.wait(max(0.0, seconds))


class MadeClock:
    """A clock that moves only when it is waited for, or set; safe between threads."""

    def __init__(self, now_utc: datetime) -> None:
        self._now_utc = now_utc
        self._steady_s = 0.0
        self._lock = threading.Lock()

    def now_utc(self) -> datetime:
        """Return the moment to which it was moved."""
        with self._lock:
            return self._now_utc

    def steady_s(self) -> float:
        """Return the seconds that have passed, without the steps."""
        with self._lock:
            return self._steady_s

    def wait_s(self, seconds: float, woken: threading.Event) -> None:
        """Let so many seconds pass at once, none where `woken` is set."""
        if not woken.is_set():
            self.pass_s(seconds)

    def pass_s(self, seconds: float) -> None:
        """Let time pass on both clocks."""
        with self._lock:
            self._now_utc += timedelta(seconds=max(0.0, seconds))
            self._steady_s += max(0.0, seconds)

    def step_s(self, seconds: float) -> None:
        """Set the clock on the wall forward, or back where negative; no time passes."""
        with self._lock:
            self._now_utc += timedelta(seconds=seconds)
