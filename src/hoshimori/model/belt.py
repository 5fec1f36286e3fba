"""The history of the geostationary belt: who stood where, beside whom, from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.model.findings import Company, CompanyKind, Interval
from hoshimori.model.provenance import Provenance, Reality


class StayRole(Enum):
    """What a stay is in the life of its object, by all that the history shows until it ends."""

    USUAL = "usual slot"
    """The object has by then been seen at this slot for a year, in one stay or several."""
    FIRST = "first place"
    """The first place of an object that appeared after the history began."""
    VISIT = "visit"
    """It came from elsewhere and has not been here for a year."""
    FREE = "free"
    """Nothing but nature moves the object."""
    NOT_TOLD = "not told"
    """The history of the object begins at this slot, and shows less than a year of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Who was beside an object during a stay."""

    norad_id: int
    name: str
    kind: CompanyKind
    closest_km: Interval
    dwell_days: Interval
    came: bool
    """It is the neighbour that came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One object at one slot."""

    norad_id: int
    name: str
    slot_deg_east: float
    role: StayRole
    began_after_utc: datetime | None
    """The last element set before; None where there is none."""
    seen_from_utc: datetime
    seen_until_utc: datetime
    ended_before_utc: datetime | None
    """The next element set after; None where there is none."""
    dwell_days: Interval
    element_sets: int
    reach_deg: float
    """The farthest that it was seen from the slot."""
    longest_gap_days: float
    drift_in_deg_day: float | None
    """Drift at the last element set before; None where that shows no drift or there is none."""
    drift_out_deg_day: float | None
    too_sparse: bool
    """What is not seen is more than what is: its ends, or the days between, outweigh the stay."""
    neighbours: tuple[Neighbour, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """A drift along the belt that turned back without standing still in between."""

    norad_id: int
    name: str
    after_utc: datetime
    before_utc: datetime
    deg_east: float
    """Where it was last seen before it turned."""
    drift_before_deg_day: float
    drift_after_deg_day: float
    is_natural: bool
    """The pull of the Earth's shape, Sun and Moon accounts for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfBelt:
    """How often company of each kind is seen within one year: the background of every episode."""

    year: int
    objects: int
    """Objects of the belt with element sets in this year."""
    looks: int
    """Moments, three days apart, with element sets."""
    surely: Mapping[str, int]
    """Pairs of each kind that are surely together for a week or more and come within 100 km."""
    perhaps: Mapping[str, int]
    """Pairs that may be: the data are too sparse to tell."""


@dataclass(frozen=True, slots=True)
class BeltHistory:
    """What element sets tell of the belt."""

    since_utc: datetime
    until_utc: datetime
    objects: int
    element_sets: int
    median_gap_days: float
    """Half of the intervals between successive element sets of one object are longer."""
    stays: tuple[Stay, ...]
    """By object and time."""
    company: tuple[Company, ...]
    """By time."""
    reversals: tuple[Reversal, ...]
    years: tuple[YearOfBelt, ...]
    names: Mapping[int, str]
    provenances: tuple[Provenance, ...]
    reality: Reality
