"""Everybody who listens to live updates of one application."""

from __future__ import annotations

import asyncio
from typing import Final

from hoshimori.workflows.events import Subscription

MOST_LISTENERS: Final = 400


class Listeners:
    """Everybody who listens to this application; for one event loop."""

    def __init__(self, most: int = MOST_LISTENERS) -> None:
        self._most = most
        self._open: set[Subscription] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def number(self) -> int:
        """How many listen."""
        return len(self._open)

    def add(self, subscription: Subscription) -> None:
        """Take one more in."""
        self._loop = asyncio.get_running_loop()
        self._open.add(subscription)

    def remove(self, subscription: Subscription) -> None:
        """Let one go."""
        self._open.discard(subscription)

    @property
    def is_full(self) -> bool:
        """Whether one more would be too many."""
        return len(self._open) >= self._most

    def close_soon(self) -> None:
        """End every stream when the loop has its turn; may be called by a signal.

        A signal may come while a subscription holds its lock: ending it there and then would wait
        for ever.
        """
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.close)

    def close(self) -> None:
        """End every stream, so that the server can end."""
        for subscription in tuple(self._open):
            subscription.close()
