"""What takes long is made once, in a thread, for all who ask; the newest few results are held."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from hoshimori.errors import BusyError
from hoshimori.web.pace import Pace

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class MadeOnce(Generic[K, T]):
    """Results by what they are of; for one event loop."""

    def __init__(self, pace: Pace, *, held: int) -> None:
        self._pace = pace
        self._most = held
        self._tasks: OrderedDict[K, asyncio.Task[T]] = OrderedDict()

    async def result(
        self, key: K, make: Callable[[], T], *, what: str, wait_s: float | None = None
    ) -> T:
        """Return the result of a key: at once where it is held, else as soon as it is made.

        One that failed is made again when it is asked for again.

        Raises:
            BusyError: it is still being made after `wait_s` (None: waits); it goes on being made.
            RefusedError: too many wait for their turn already.
        """
        task = self._tasks.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = asyncio.create_task(self._pace.run(make))
            task.add_done_callback(_seen)
            self._tasks[key] = task
            self._drop_old()
        self._tasks.move_to_end(key)
        if task.done():
            return task.result()
        done, _ = await asyncio.wait((task,), timeout=wait_s)
        if not done:
            raise BusyError(f"{what} is being made", retry_after_s=3.0)
        return task.result()

    def held(self) -> list[tuple[K, T]]:
        """Return what is made already, the newest first."""
        made = [(key, task) for key, task in self._tasks.items() if task.done()]
        good = [(k, t) for k, t in made if not t.cancelled() and t.exception() is None]
        return [(key, task.result()) for key, task in reversed(good)]

    def _drop_old(self) -> None:
        over = len(self._tasks) - self._most
        for key in [key for key, task in self._tasks.items() if task.done()][: max(0, over)]:
            del self._tasks[key]


def _seen(done: asyncio.Task[T]) -> None:
    """Take note of a failure, which whoever waited has been told."""
    if not done.cancelled():
        done.exception()
