"""What is wrong on the floor now: told once, kept until it is right again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from hoshimori.model.floor import FloorProblem
from hoshimori.model.happenings import Happening, Witness, unheard


class FloorProblems:
    """The list of what is wrong; `on_change` is called whenever it changes."""

    def __init__(self, on_change: Callable[[], None], witness: Witness = unheard) -> None:
        self._on_change = on_change
        self._witness = witness
        self._problems: dict[str, FloorProblem] = {}
        self._lock = threading.Lock()

    def tell(self, about: str, problem: str, now_utc: datetime) -> None:
        """Keep what is wrong about something; the moment is that at which it began."""
        with self._lock:
            held = self._problems.get(about)
            if held is not None and held.problem == problem:
                return
            since_utc = held.since_utc if held is not None else now_utc
            self._problems[about] = FloorProblem(about, problem, since_utc)
        self._witness(Happening("problem", about, since_utc, now_utc, "told", problem))
        self._on_change()

    def clear(self, about: str) -> None:
        """Take back what was wrong about something."""
        with self._lock:
            if self._problems.pop(about, None) is None:
                return
        self._on_change()

    def settle(self, about: str, problem: str, now_utc: datetime) -> None:
        """Tell what is wrong about something, or take it back where the text is empty."""
        if problem:
            self.tell(about, problem, now_utc)
        else:
            self.clear(about)

    def current(self) -> tuple[FloorProblem, ...]:
        """Return what is wrong, what began first foremost."""
        with self._lock:
            return tuple(sorted(self._problems.values(), key=lambda one: one.since_utc))
