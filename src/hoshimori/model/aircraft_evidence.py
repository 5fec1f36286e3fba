"""What single flights tell about an area of lost navigation, beyond counts by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class PositionCheck(Enum):
    """What the motion of the disturbed aircraft says of their positions."""

    PLAUSIBLE = "plausible"
    """Integrity was low, and where motion could be judged it stayed that of flight: as where
    signals are drowned."""
    DISPLACED = "displaced"
    """Most disturbed aircraft told positions to which no flight leads, with good integrity: as
    where false signals are followed."""
    MIXED = "mixed"
    """Some of the one, some of the other."""
    NOT_TOLD = "not told apart"
    """Too few positions allow to judge."""


@dataclass(frozen=True, slots=True)
class HeightShare:
    """Aircraft passages of cells at heights, while the area was disturbed."""

    low_m: float
    high_m: float | None
    """None: all above."""
    good: int
    disturbed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AircraftEvidence:
    """What flights through a disturbed area told."""

    step_s: float
    """Onset and end are told to such a step."""
    onset_utc: datetime
    """The first report of an aircraft that was disturbed in the area."""
    last_utc: datetime
    """The last one."""
    ends_open: bool
    """The data end while it goes on."""
    aircraft_seen: int
    """Different aircraft in the disturbed cells while they were disturbed."""
    aircraft_low: int
    """Those whose integrity was low for a time and good beside it, and that were never displaced.
    """
    aircraft_displaced: int
    aircraft_bracketed: int
    """Of both, those with good reports before and after."""
    positions: PositionCheck
    positions_checked: int
    """Disturbed aircraft whose motion could be judged."""
    shown_deg: tuple[float, float] | None
    """Middle of where displaced aircraft said that they were."""
    shown_within_km: float | None
    """Half of those places are no farther from it."""
    heights: tuple[HeightShare, ...]
    lowest_m: float | None
    """Of disturbed aircraft: nine of ten were higher."""
    emitter_area_km2: float | None
    """Ground from which every disturbed passage of the area is in sight at its own height; None
    where there is none."""
