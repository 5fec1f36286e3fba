"""Findings about where aircraft lost satellite navigation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from hoshimori.model.aircraft_evidence import AircraftEvidence
from hoshimori.model.finding import Finding, Interval


class Disturbance(Enum):
    """What receivers showed."""

    LOW_INTEGRITY = "low integrity"
    """Aircraft reported that they did not know their position well enough. All that counts by
    cell and day can tell: positions that were wrong and trusted do not show in them."""
    POSITION_DISPLACED = "position displaced"
    """Aircraft reported positions with good integrity at which they were not."""


class Persistence(Enum):
    """How an area looks against its own past, in which older days count less."""

    NEW = "new"
    """Its cells were hardly ever disturbed before."""
    RECURRENT = "recurrent"
    PERMANENT = "permanent"
    """Its cells were disturbed on half of the days and more."""
    UNKNOWN = "unknown"
    """The past at hand is too short."""


@dataclass(frozen=True, slots=True)
class DisturbedDay:
    """One UTC day of an area, counted over all its cells."""

    day_utc: date
    good: int
    """Aircraft with good integrity, each once in every cell that it crossed."""
    bad: int
    cells_seen: int
    """Cells in which any aircraft was."""
    cells_disturbed: int


@dataclass(frozen=True, slots=True)
class Rise:
    """An area that is disturbed all the time, and more than it was since a day until now."""

    since_utc: date
    before: float
    """Median of the daily share of aircraft with low integrity in the two months before."""
    since: float
    """The same from that day on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interference(Finding):
    """Aircraft in an area had low navigation integrity together, more than faults explain.

    `objects` is empty: it is about users on and above the ground. `start_utc` and `end_utc` are
    the edges of UTC days where daily counts are the source.
    """

    disturbance: Disturbance
    persistence: Persistence
    area_key: str
    """Names area and episode: stays the same while the episode goes on."""
    cells: tuple[str, ...]
    """H3 cells that were disturbed at any time of the episode."""
    latitude_deg: float
    """Middle of the area, weighted by how many aircraft were disturbed."""
    longitude_deg: float
    radius_km: float
    """From the middle to the middle of the farthest cell."""
    area_km2: float
    peak_day_utc: date
    """The day on which most cells were disturbed."""
    good: int
    """On the peak day, over the area's cells."""
    bad: int
    share: Interval
    """Of aircraft with low integrity on the peak day, one of each cell not counted."""
    usual_share: Interval | None
    """The same on all earlier days of its cells; None where none is known."""
    days: tuple[DisturbedDay, ...]
    """Day by day, from some days before the episode to some after it where these are known."""
    emitter_within_km: float | None
    """Around the middle: where a single emitter on the ground would stand that has all disturbed
    cells of the peak day in sight at the highest flight level; None where there is no such place.
    Never a point."""
    emitter_height_m: float
    """How high an emitter above the middle must be to have them all in sight; 0 on the ground."""
    rise: Rise | None = None
    """Where it is disturbed usually: since when more than it was; None where it is not."""
    aircraft: AircraftEvidence | None = None
    """What single flights tell, where reports of aircraft are the source; then `start_utc` and
    `end_utc` are the edges of steps of time, and emitters are judged by the heights of aircraft."""
