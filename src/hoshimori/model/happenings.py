"""What happens in a running server, for its log and for those who measure it: no facts, no names.

Never what somebody asked for, never a secret, never who asked: that is the audit's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

_NOTHING: Mapping[str, str | int | float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that took place, from when to when, and how it ended."""

    what: str
    """*request*, *job*, *detector*, *problem*, *server*."""
    about: str
    """The route, the job, the detector: from a closed list, never what was typed."""
    begun_utc: datetime
    ended_utc: datetime
    outcome: str = ""
    problem: str = ""
    """What went wrong, in words; empty where nothing did."""
    details: Mapping[str, str | int | float] = field(default_factory=lambda: _NOTHING)
    parts: tuple[Happening, ...] = ()
    """What took place within it, in order."""


Witness = Callable[[Happening], None]
"""Told of what happens; returns at once and raises nothing."""


def unheard(happening: Happening) -> None:
    """Tell nobody."""
