"""The life of an incident: states, changes, merging and splitting; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from hoshimori.model.finding import Confidence, Interval
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.provenance import Reality


class LifeState(Enum):
    """Where in its life an incident is; the closed list."""

    NEW = "new"
    """Opened, and nothing has changed since."""
    ONGOING = "ongoing"
    """On the newest board, and has changed since it was opened."""
    QUIET = "quiet"
    """No longer on the board, but what comes soon would still belong to it."""
    CLOSED = "closed"
    """So long over that what comes now is another incident of its series."""
    MERGED = "merged"
    """Part of another incident, which says so too."""


TRANSITIONS: Mapping[LifeState | None, frozenset[LifeState]] = MappingProxyType(
    {
        None: frozenset({LifeState.NEW}),
        LifeState.NEW: frozenset(
            {LifeState.ONGOING, LifeState.QUIET, LifeState.CLOSED, LifeState.MERGED}
        ),
        LifeState.ONGOING: frozenset(
            {LifeState.ONGOING, LifeState.QUIET, LifeState.CLOSED, LifeState.MERGED}
        ),
        LifeState.QUIET: frozenset({LifeState.ONGOING, LifeState.CLOSED, LifeState.MERGED}),
        LifeState.CLOSED: frozenset({LifeState.ONGOING, LifeState.MERGED}),
        LifeState.MERGED: frozenset({LifeState.ONGOING}),
    }
)
"""What may follow what; None is before the first. A merged incident may part again; a closed one
goes on where late facts tell of its own time."""


class ChangeKind(Enum):
    """What happened to an incident."""

    OPENED = "opened"
    UPDATED = "updated"
    """Findings came or went, or what they say of attention, confidence or direction changed."""
    CONTINUED = "continued"
    """The same findings, over a span that is longer by a day or more."""
    RESUMED = "resumed"
    """It was quiet or closed, and is on the board again."""
    QUIETED = "went quiet"
    CLOSED = "closed"
    TOOK_IN = "took in"
    """Another incident became part of it."""
    MERGED = "merged"
    """It became part of another incident."""
    GAVE_OFF = "gave off"
    """A part of it became an incident of its own."""
    PARTED = "parted"
    """It was a part of another incident, and is its own now."""


@dataclass(frozen=True, slots=True)
class FindingMark:
    """What the record keeps of a finding: enough to know it again when its numbers are newer."""

    finding_id: str
    kind: str
    objects: tuple[int, ...]
    start_utc: datetime
    end_utc: datetime


@dataclass(frozen=True, slots=True)
class Life:
    """An incident as of its last change."""

    incident_id: str
    """Never changes, and is never given again."""
    series_id: str
    state: LifeState
    direction: Direction
    assets: tuple[int, ...]
    others: tuple[int, ...]
    attention: Attention
    confidence: Confidence
    rarity: Interval
    """Base rate of the finding that decided the attention at the last change."""
    reality: Reality
    start_utc: datetime
    end_utc: datetime
    """The span of all findings that it ever had."""
    findings: tuple[FindingMark, ...]
    opened_utc: datetime
    """The moment of the picture in which it was first seen, as for the following."""
    changed_utc: datetime
    since_utc: datetime
    """Since when it is in its state."""
    merged_into: str = ""
    took_in: tuple[str, ...] = ()
    """Incidents that are or were part of it."""
    parted_from: str = ""
    gave_off: tuple[str, ...] = ()

    @property
    def objects(self) -> frozenset[int]:
        """Return every object that takes part."""
        return frozenset((*self.assets, *self.others))


@dataclass(frozen=True, slots=True)
class Change:
    """One step in the life of an incident."""

    kind: ChangeKind
    as_of_utc: datetime
    """The moment of the picture that showed it."""
    life: Life
    """As it is after the change."""
    came: tuple[str, ...] = ()
    """Ids of findings that it did not have before; each stands in `life.findings`."""
    went: tuple[FindingMark, ...] = ()
    """Findings that it had before and has no longer."""
    others: tuple[str, ...] = ()
    """Incidents that it merged with or parted from."""
