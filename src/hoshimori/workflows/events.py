"""What the floor tells those who listen: numbered events, the newest kept, each to its audience."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from hoshimori.model.access import Audience
from hoshimori.model.floor import Event, EventKind

EVERY_CELL = "*"
"""Where who directs an exercise sits: such a one hears of all cells."""
KEPT = 500
"""Events that are held for those who come back."""
_MOST_WAITING = 1_000
"""A listener that lets more wait is told of a gap instead: it must not cost memory."""


class Subscription:
    """One listener's queue; close it, or use it in a `with` statement.

    `notify` is called from the floor's thread whenever something waits; it must return at once.
    """

    def __init__(
        self, log: EventLog, audience: Audience, notify: Callable[[], None], cell: str = ""
    ) -> None:
        self._log = log
        self._audience = audience
        self._cell = cell
        self._notify = notify
        self._waiting: deque[Event] = deque()
        self._arrived = threading.Condition()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def is_closed(self) -> bool:
        """Whether nothing more will come: it was closed, or the floor was."""
        return self._is_closed

    def take(self) -> tuple[Event, ...]:
        """Return what waits, at once; empty where nothing does."""
        with self._arrived:
            taken = tuple(self._waiting)
            self._waiting.clear()
        return taken

    def wait(self, timeout_s: float) -> tuple[Event, ...]:
        """Return what waits, as soon as something does; empty after `timeout_s` or when closed."""
        with self._arrived:
            if not self._waiting and not self._is_closed:
                self._arrived.wait(timeout_s)
        return self.take()

    def close(self) -> None:
        """Listen no longer; what waits can still be taken."""
        self._log.forget(self)
        with self._arrived:
            self._is_closed = True
            self._arrived.notify_all()
        self._notify()

    def put(self, event: Event) -> None:
        """Let an event wait, if this audience may hear of it; called by the log."""
        if not _may_hear(self._audience, self._cell, event):
            return
        with self._arrived:
            if len(self._waiting) >= _MOST_WAITING:
                self._waiting.clear()
                event = Event(event.event_id, EventKind.GAP, event.at_utc)
            self._waiting.append(event)
            self._arrived.notify_all()
        self._notify()


class EventLog:
    """Numbers events, keeps the newest, and hands each to those who may hear of it."""

    def __init__(self, first_id: int, *, kept: int = KEPT) -> None:
        """Begin with a number above all that were ever given."""
        self._next_id = first_id
        self._kept: deque[Event] = deque(maxlen=kept)
        self._listeners: list[Subscription] = []
        self._lock = threading.Lock()

    @property
    def next_id(self) -> int:
        """The number that the next event will have."""
        return self._next_id

    @property
    def listeners(self) -> int:
        """How many listen."""
        return len(self._listeners)

    def publish(
        self,
        kind: EventKind,
        *,
        at_utc: datetime,
        subject: str = "",
        detail: str = "",
        audience: Audience | None = None,
        cell: str = "",
    ) -> Event:
        """Tell those who may hear of it, and keep it for those who come back."""
        with self._lock:
            event = Event(self._next_id, kind, at_utc, subject, detail, audience, cell)
            self._next_id += 1
            self._kept.append(event)
            for listener in self._listeners:
                listener.put(event)
        return event

    def subscribe(
        self,
        audience: Audience,
        after_id: int | None,
        *,
        at_utc: datetime,
        notify: Callable[[], None] = lambda: None,
        cell: str = "",
    ) -> Subscription:
        """Return a queue of what comes, and of what came after an id that was seen last.

        Where events after that id are no longer held, it begins with a gap.
        """
        listener = Subscription(self, audience, notify, cell)
        with self._lock:
            if after_id is not None:
                first_held = self._kept[0].event_id if self._kept else self._next_id
                if not first_held - 1 <= after_id < self._next_id:
                    listener.put(Event(self._next_id - 1, EventKind.GAP, at_utc))
                for event in self._kept:
                    if event.event_id > after_id:
                        listener.put(event)
            self._listeners.append(listener)
        return listener

    def forget(self, listener: Subscription) -> None:
        """Hand nothing more to a listener."""
        with self._lock:
            self._listeners = [one for one in self._listeners if one is not listener]

    def close(self) -> None:
        """End every subscription."""
        for listener in tuple(self._listeners):
            listener.close()


def _may_hear(audience: Audience, cell: str, event: Event) -> bool:
    if event.cell:
        return cell in (event.cell, EVERY_CELL)
    return event.audience is None or event.audience == audience
