"""Findings about two objects: passes, stays, neighbours, matched planes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.model.finding import BaseRate, Finding, Interval, Relation


@dataclass(frozen=True, slots=True)
class RelativeTrack:
    """Where the second object is as seen from the first, in its RTN frame, over time."""

    times_utc: tuple[datetime, ...]
    radial_km: tuple[float, ...]
    in_track_km: tuple[float, ...]
    cross_track_km: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conjunction(Finding):
    """Two objects pass one another; one record for each closest approach."""

    tca_utc: datetime
    miss_km: Interval
    speed_km_s: float
    """Relative speed at the closest approach."""
    miss_rtn_km: tuple[float, float, float]
    """Second object relative to the first in the first's RTN frame at the closest approach."""
    at_window_edge: bool
    """The closest approach lies at the edge of the window: the true one may be outside."""
    relation: Relation = Relation.UNRELATED


class CompanyKind(Enum):
    """What two objects beside one another in the belt are to one another, as far as orbits show."""

    TOWED = "towed"
    """An object that only nature had moved was met, and changed its orbit at once."""
    MOVED_TOGETHER = "docked and moved together"
    """Docked, and a later common orbit is another one: servicing."""
    DOCKED = "docked"
    """One element set for both, or twice the same motion within the errors."""
    SAME_LAUNCH = "same launch"
    SAME_CONSTELLATION = "same constellation"
    TRAVELLING = "travelling together"
    """Both moved by themselves along the belt and remained together: a formation."""
    COLOCATED = "colocated"
    """Both at their usual slots."""
    FIRST_PLACE = "first place after launch"
    """The one that came had come from its launch."""
    RELOCATION = "relocation"
    """The one that came had a usual slot before, and at most three others in five years."""
    FREE_PASSING = "free object"
    """One of them is moved by nature alone and the other is at home or free too; of a fly-by:
    neither changed its course from days before it to days after."""
    NOT_TOLD = "not told"
    """The history at hand is too short to tell who came, or from where."""
    VISIT = "visit"
    """None of these: the one that came is neither at home nor on its way to a new home."""


class Arrival(Enum):
    """How two objects came beside one another."""

    CONTROLLED = "controlled"
    """One of them changed its own drift within the span in which they came together."""
    NATURAL = "natural"
    """Neither did: the separation ran as nature alone has it."""
    NOT_SEEN = "not seen"
    """They were together when the history of one of them begins."""
    NOT_TOLD = "not told"
    """The element sets of one of them are too few or too noisy to show what it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Two objects beside one another, in the belt or along an orbit: one record for each episode.

    It surely lasts from the first look at which both were seen together to the last; it began
    after `began_after_utc` and ended before `ended_before_utc`, None where no look shows them
    apart.
    """

    objects: tuple[int, int]
    """Who was there first, then who came; by number where neither is seen to come."""
    kind: CompanyKind
    arrival: Arrival
    slots_before: int | None
    """At how many other slots the one that came stood in the five years before; None where that
    is not known."""
    visit: int
    """Which time this pair is seen together, from 1."""
    visits: int
    """How many times it is in the whole history."""
    began_after_utc: datetime | None
    seen_from_utc: datetime
    seen_until_utc: datetime
    ended_before_utc: datetime | None
    dwell_days: Interval
    """From what is surely seen to what the neighbouring looks allow; the middle stands between."""
    looks: int
    """Different pairs of element sets that show them together."""
    longest_gap_days: float
    """Longest time between two of these looks, in which either may have been elsewhere."""
    mean_deg_east: float | None
    """None outside the belt, as is the separation."""
    separation_deg: float | None
    """Median, the second from the first, east positive."""
    closest_km: Interval
    """Best: the closest at any look, over a day. The interval holds the errors of the element
    sets, and where days were not seen also how far the separation was seen to vary."""
    closest_utc: datetime
    farthest_km: float
    """The farthest at the look that shows them nearest to one motion."""
    plane_angle_deg: float
    alike_looks: int
    """Looks at which both move as one within 5 km for the whole day."""
    identical_looks: int
    """Looks at which both have one and the same element set."""
    base_rate: BaseRate
    """The share of the objects of the belt that in the year it began had company of this kind at
    least as near."""


class ProximityMotion(Enum):
    """How the second object moves relative to the first."""

    FLY_BY = "fly-by"
    STAY = "stay"
    APPROACH = "approach"
    DEPARTURE = "departure"
    DOCKED = "docked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proximity(Finding):
    """Two objects are near one another for some time; one record for each episode."""

    motion: ProximityMotion
    relation: Relation
    range_km: Interval
    """Smallest range of the episode."""
    range_utc: datetime
    """When the smallest range is reached."""
    median_range_km: float
    dwell_h: float
    """How long the episode lasts inside the window."""
    plane_angle_deg: float
    """Angle between the orbit planes."""
    drift_km_day: float
    """Rate of the mean in-track separation; towards the first object where negative."""
    track: RelativeTrack
    company: Company | None = None
    """What the history of both tells, where the episode was found in it."""


@dataclass(frozen=True, slots=True)
class LongitudeTrack:
    """Sub-satellite longitudes of an asset and a neighbour over time, past and coming."""

    times_utc: tuple[datetime, ...]
    asset_deg_east: tuple[float, ...]
    neighbour_deg_east: tuple[float, ...]
    range_km: tuple[float, ...]


class GeoMotion(Enum):
    """What a neighbour in the geostationary belt does."""

    DRIFTS_IN = "drifts in"
    DRIFTS_BY = "drifts by"
    STAYS = "stays"
    ARRIVED = "arrived and stopped"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class GeoNeighbour(Finding):
    """An object is, or will be, near an asset's longitude in the geostationary belt."""

    motion: GeoMotion
    relation: Relation
    slot_deg_east: float
    """Mean longitude of the asset."""
    neighbour_deg_east: float
    """Mean longitude of the neighbour at the moment of the picture."""
    slot_half_width_deg: float
    """The slot reaches this far to either side of the asset's mean longitude."""
    drift_deg_day: float
    """Longitude drift of the neighbour relative to the asset, east positive."""
    asset_drift_deg_day: float
    """Longitude drift of the asset itself: the one that moves may be the asset."""
    range_km: Interval
    """Smallest range inside the window."""
    range_utc: datetime
    arrival_utc: datetime | None
    """When it comes, or came, within the slot's half-width."""
    arrival_sigma_h: float | None
    dwell_days: float
    """How long it has been and will be inside the slot, as far as the data show."""
    inclination_difference_deg: float
    track: LongitudeTrack
    daily_range_km: Interval | None = None
    """Lowest, median and highest range over the day that follows the moment of the picture."""


class PlaneHold(Enum):
    """How the plane of one object goes with that of another."""

    MATCHED = "matched"
    """Plane and drift agree; free drift keeps them so."""
    KEPT = "kept"
    """They stayed together although free drift would have parted them."""
    CAME_TOGETHER = "came together"
    """They were apart, and are together although free drift would not have brought them so."""
    LAUNCHED_INTO = "launched into"
    """The object was in the plane from its first known element set on."""


@dataclass(frozen=True, slots=True)
class PlaneTrack:
    """Angle between two planes over time, and what free drift from the start would have made it."""

    times_utc: tuple[datetime, ...]
    angle_deg: tuple[float, ...]
    free_drift_deg: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class WarningBound:
    """Least time in which the object could come alongside the asset, for a velocity change."""

    delta_v_m_s: float
    no_sooner_days: float | None
    """None where that would take longer than the time looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadowing(Finding):
    """An object of another launch goes in an asset's plane, at nearly its height."""

    hold: PlaneHold
    relation: Relation
    plane_angle_deg: Interval
    node_drift_deg_day: float
    """How fast free drift turns the object's plane against the asset's."""
    free_drift_deg: float | None
    """The angle that free drift since the first element sets would have made by now."""
    axis_difference_km: float
    """Semi-major axis of the object minus that of the asset."""
    range_km: Interval
    """Lowest, median and highest range over the day that follows the moment of the picture."""
    warning: tuple[WarningBound, ...]
    track: PlaneTrack
