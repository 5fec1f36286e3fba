"""How much is done at once: heavy work takes turns in threads, and too much is sent away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio.to_thread
from anyio import CapacityLimiter

from hoshimori.web.problems import Problem, RefusedError

T = TypeVar("T")


class Pace:
    """So many of one kind run at once, so many more may wait; for one event loop."""

    def __init__(self, what: str, *, at_once: int, waiting: int) -> None:
        self._what = what
        self._at_once = at_once
        self._most = at_once + waiting
        self._inside = 0
        self._limiter: CapacityLimiter | None = None

    @property
    def inside(self) -> int:
        """How many run or wait."""
        return self._inside

    async def run(self, work: Callable[[], T]) -> T:
        """Do the work in a thread when its turn comes; the event loop goes on meanwhile.

        Raises:
            RefusedError: too many wait already.
        """
        if self._inside >= self._most:
            problem = Problem(
                f"too many ask for {self._what} at once",
                expected=f"at most {self._most}",
                do="ask again in a few seconds",
            )
            raise RefusedError(429, problem, retry_after_s=3.0)
        if self._limiter is None:
            self._limiter = CapacityLimiter(self._at_once)
        self._inside += 1
        try:
            # A server that ends does not wait for what nobody will get.
            return await anyio.to_thread.run_sync(
                work, limiter=self._limiter, abandon_on_cancel=True
            )
        finally:
            self._inside -= 1
