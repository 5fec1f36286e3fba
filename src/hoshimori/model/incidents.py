"""Findings that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.model.findings import Confidence, Interval
from hoshimori.model.provenance import Reality


class Direction(Enum):
    """Where something acts from and on: the words of the alliance, and the ground segment."""

    TO = "to"
    FROM = "from"
    WITHIN = "within"
    GROUND = "ground"


class Attention(Enum):
    """How soon a human should look: from rarity and time left, or because an effect is stated."""

    LOG = "log"
    WATCH = "watch"
    LOOK = "look now"


class NextStep(Enum):
    """What to do next on the watch floor."""

    KEEP_WATCHING = "keep watching"
    WAIT_FOR_ELEMENTS = "wait for the next element sets"
    USE_OWN_EPHEMERIS = "compare with the operator's own ephemeris"
    ASK_FOR_OBSERVATION = "ask for an observation"
    CHECK_NOTICES = "check notices to airmen and ask users in the area"
    COMPARE_RECEPTION = "compare with other receivers and look at the spectrum"
    REPORT_INTERFERENCE = "report the interference to the administration, with the area"


@dataclass(frozen=True, slots=True)
class Incident:
    """Findings about the same objects in one stretch of time, under one stable id."""

    incident_id: str
    """Digest of the objects and of when it began: later findings update it, not repeat it."""
    direction: Direction
    assets: tuple[int, ...]
    others: tuple[int, ...]
    finding_ids: tuple[str, ...]
    """The findings: the one that decides the attention, then the others, the rarest first."""
    start_utc: datetime
    end_utc: datetime
    rarity: Interval
    """Base rate of the deciding finding: the share of comparable objects that show as much."""
    confidence: Confidence
    attention: Attention
    next_step: NextStep
    reality: Reality
    series_id: str = ""
    """Shared by all incidents of the same objects: repeated visits are a series."""
    joined_series: tuple[str, ...] = ()
    """Series that areas and receivers told with it would be by themselves: earlier boards may have
    known them as such."""
