"""An area on the ground as far as lines of sight need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.provenance import Reality


@dataclass(frozen=True, slots=True)
class GroundArea:
    """When an area was disturbed, its middle, and how large it was."""

    start_utc: datetime
    end_utc: datetime
    """It is over from then on."""
    latitude_deg: float
    longitude_deg: float
    area_km2: float
    reality: Reality
