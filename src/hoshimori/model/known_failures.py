"""Makes of satellites and stages that are publicly known to have failed by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from fnmatch import fnmatchcase

from hoshimori.model.objects import launch_of


class FailureMode(Enum):
    """In what way a make failed, as publicly stated."""

    BATTERY = "battery"
    """A battery burst, mostly overcharged."""
    PROPELLANT = "propellant"
    """Propellant left in tanks exploded, or a tank burst."""
    POWER = "power"
    """The power or propulsion was lost; discharge, wiring or a small impact were named."""
    UNKNOWN = "unknown"
    """It came apart and no cause was published."""


@dataclass(frozen=True, slots=True)
class PastFailure:
    """One failure of a make that was made public."""

    happened_utc: datetime
    known_utc: datetime
    """When it could be known from the source."""
    example: str
    """Which object, as written by the source."""
    norad_id: int | None
    so_far: int
    """How many of this make had at least failed so by then, all counted."""
    source: str


@dataclass(frozen=True, slots=True)
class KnownFailure:
    """A make with its failures; found by object, never by owner."""

    key: str
    make: str
    """The name of the bus or stage."""
    mode: FailureMode
    names: tuple[str, ...]
    """Patterns of catalogue names, ``*`` and ``?`` as in file names, in capitals."""
    norad_ids: tuple[int, ...]
    launches: tuple[str, ...]
    """Launches all of whose objects are of this make, ``2007-065``."""
    failures: tuple[PastFailure, ...]
    """In the order in which they became known."""

    def covers(self, norad_id: int, name: str, object_id: str = "") -> bool:
        """Tell whether an object is of this make; debris is not, but where a pattern names it."""
        if norad_id in self.norad_ids:
            return True
        capitals = " ".join(name.upper().split())
        is_debris = " DEB" in capitals
        patterns = [p for p in self.names if not is_debris or " DEB" in p]
        if any(fnmatchcase(capitals, pattern) for pattern in patterns):
            return True
        return not is_debris and launch_of(object_id) in self.launches and bool(object_id)

    def before(self, moment_utc: datetime, as_of_utc: datetime) -> KnownFailure | None:
        """Return what was known of failures before a moment; None where nothing was.

        What happened within a day before the moment, or after, is no precedent: it may be what is
        asked about.
        """
        past = tuple(
            f
            for f in self.failures
            if f.known_utc <= as_of_utc and (moment_utc - f.happened_utc).total_seconds() > 86400.0
        )
        return replace(self, failures=past) if past else None


def failures_of(
    failures: Iterable[KnownFailure],
    norad_id: int,
    name: str,
    object_id: str,
    *,
    moment_utc: datetime,
    as_of_utc: datetime,
) -> tuple[KnownFailure, ...]:
    """Return the makes that an object is of, with the failures that were known as of a moment."""
    made = [f for f in failures if f.covers(norad_id, name, object_id)]
    known = [f.before(moment_utc, as_of_utc) for f in made]
    return tuple(f for f in known if f is not None)
