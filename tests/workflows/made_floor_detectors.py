"""Detectors that behave badly; the worker's process imports them by name."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from hoshimori.model.detector import Card
from hoshimori.model.findings import AnyFinding
from hoshimori.model.picture import Picture


def card(name: str) -> Card:
    """Return the card of a detector of this name."""
    return Card(name, 1, "Does it hold?", "nothing", "none", (), "none", ("all",))


@dataclass(frozen=True, slots=True)
class Raising:
    """Raises."""

    card: ClassVar[Card] = card("raising")

    def detect(self, picture: Picture) -> Sequence[AnyFinding]:
        """Raise."""
        raise RuntimeError("it broke")


@dataclass(frozen=True, slots=True)
class Hanging:
    """Never answers."""

    card: ClassVar[Card] = card("hanging")

    def detect(self, picture: Picture) -> Sequence[AnyFinding]:
        """Wait for what never comes."""
        threading.Event().wait()
        return ()


@dataclass(frozen=True, slots=True)
class Dying:
    """Takes its process down."""

    card: ClassVar[Card] = card("dying")

    def detect(self, picture: Picture) -> Sequence[AnyFinding]:
        """Kill the process."""
        os.kill(os.getpid(), signal.SIGKILL)
        return ()


@dataclass(frozen=True, slots=True)
class Quiet:
    """Finds nothing."""

    card: ClassVar[Card] = card("quiet")

    def detect(self, picture: Picture) -> Sequence[AnyFinding]:
        """Find nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class Obeying:
    """Does what a file says: raises where it is there."""

    file: str = ""
    card: ClassVar[Card] = card("operator_reports")

    def detect(self, picture: Picture) -> Sequence[AnyFinding]:
        """Return the reports, or raise."""
        if Path(self.file).exists():
            raise RuntimeError("told to")
        return picture.reports
