"""What `interference` reports: areas, and what could have been seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hoshimori.model.findings_of_interference import Interference
from hoshimori.model.passages import ReportTally
from hoshimori.model.provenance import Reality


@dataclass(frozen=True, slots=True)
class IntegrityCoverage:
    """What the counts could show; a cell without aircraft says nothing."""

    first_day_utc: date | None
    last_day_utc: date | None
    cells: int
    cell_days: int
    told_cell_days: int
    """Those with enough aircraft to tell."""
    disturbed_cell_days: int
    in_no_area: int
    """Disturbed ones too few or too alone to make an area; counted, not reported."""
    fault_rate: float
    """Share of faulty receivers measured in the same maps (median of their regions)."""


@dataclass(frozen=True, slots=True)
class PassageCoverage:
    """What reports of single aircraft could show, and what became of them."""

    since_utc: datetime | None
    until_utc: datetime | None
    step_s: float
    cells: int
    cell_steps: int
    told_cell_steps: int
    """Those with enough aircraft, neighbouring cells included, to tell."""
    disturbed_cell_steps: int
    in_no_area: int
    """Disturbed ones too few or too alone to make an area; counted, not reported."""
    fault_rate: float
    faulty_aircraft: int
    """Disturbed again and again where no other was; never counted."""
    tally: ReportTally


@dataclass(frozen=True, slots=True)
class Place:
    """A circle on the ground that a question is limited to."""

    latitude_deg: float
    longitude_deg: float
    radius_km: float


@dataclass(frozen=True, slots=True)
class InterferenceReport:
    """Areas of one look at integrity maps, those that ask for attention first."""

    as_of_utc: datetime
    files: tuple[str, ...]
    reality: Reality
    days: float | None
    """How far back areas are reported; all the way where None."""
    place: Place | None
    areas: tuple[Interference, ...]
    coverage: IntegrityCoverage
    rejected: int
    """Rows that could not be read."""
    passages: PassageCoverage | None = None
    """Where reports of single aircraft were given."""
