"""Everybody who listens to live updates of one application."""

from __future__ import annotations

from typing import Final

from hoshimori.workflows.events import Subscription

MOST_LISTENERS: Final = 400


class Listeners:
    """Everybody who listens to this application; for one event loop."""

    def __init__(self, most: int = MOST_LISTENERS) -> None:
        self._most = most
        self._open: set[Subscription] = set()

    @property
    def number(self) -> int:
        """How many listen."""
        return len(self._open)

    def add(self, subscription: Subscription) -> None:
        """Take one more in."""
        self._open.add(subscription)

    def remove(self, subscription: Subscription) -> None:
        """Let one go."""
        self._open.discard(subscription)

    @property
    def is_full(self) -> bool:
        """Whether one more would be too many."""
        return len(self._open) >= self._most

    def close(self) -> None:
        """End every stream, so that the server can end."""
        for subscription in tuple(self._open):
            subscription.close()
