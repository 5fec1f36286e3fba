"""What somebody protects."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Importance(Enum):
    """How much depends on an asset, as its owner states it."""

    ROUTINE = "routine"
    IMPORTANT = "important"
    VITAL = "vital"


@dataclass(frozen=True, slots=True)
class Asset:
    """An object that somebody protects."""

    norad_id: int
    name: str = ""
    owner: str = ""
    mission: str = ""
    importance: Importance = Importance.IMPORTANT
    can_manoeuvre: bool | None = None
    """None where the owner does not say."""
    hard_body_radius_m: float | None = None
    slot_deg_east: float | None = None
    """The GEO longitude it is meant to keep, where it has one."""
