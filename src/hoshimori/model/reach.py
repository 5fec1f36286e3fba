"""How soon others could come alongside assets: warning times, never a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.model.findings import BaseRate, Confidence, Relation
from hoshimori.model.objects import ObjectType
from hoshimori.model.provenance import Provenance, Reality


class WarningLimit(Enum):
    """What decides a warning time."""

    NEAR = "near"
    """Nothing: the object is alongside, as far as the orbits go."""
    PHASE = "phase"
    """The way along the orbit."""
    PLANE = "plane"
    """The node, which has to drift."""
    VELOCITY = "velocity"
    """Altitude, shape or inclination cost more than was allowed."""
    HORIZON = "horizon"
    """It takes longer than was asked for."""


@dataclass(frozen=True, slots=True)
class WarningTime:
    """The least time in which an object could come alongside an asset, for one velocity change."""

    delta_v_m_s: float
    """Velocity change allowed in total, there and stopping."""
    no_sooner_days: float | None
    """Lower bound; None where it cannot be within the horizon."""
    two_impulse_days: float | None
    """By when two impulses alone would do; None where that was not sought or takes longer."""
    limit: WarningLimit
    base_rate: BaseRate
    """Share of the other objects of the asset's regime that could be there as soon."""


@dataclass(frozen=True, slots=True)
class PlaneForecast:
    """When two planes come nearest by free drift."""

    angle_deg: float
    """Angle now."""
    least_angle_deg: float
    """Least angle within the horizon."""
    aligns_in_days: float | None
    """Time to the least angle; None where drift does not bring it within the horizon."""
    sigma_days: float | None
    """One sigma of that time."""
    base_rate: BaseRate
    """Share of the payloads of the regime nearest the asset in inclination that another object's
    plane comes as near to within the horizon, at as near a semi-major axis."""


@dataclass(frozen=True, slots=True)
class Reacher:
    """An object that could come alongside an asset."""

    norad_id: int
    name: str
    object_type: ObjectType
    relation: Relation
    times: tuple[WarningTime, ...]
    """One for each velocity change asked for, in that order."""
    plane: PlaneForecast
    confidence: Confidence
    confidence_because: str


@dataclass(frozen=True, slots=True)
class WarningCount:
    """How many objects could come alongside an asset within a time."""

    delta_v_m_s: float
    shortest_days: float | None
    """Shortest warning time of objects of no known relation; None where none is in reach."""
    within_days: tuple[tuple[float, int], ...]
    """Times, and how many objects of no known relation could be there by then."""
    known_relation: int
    """Objects in reach that are docked, of the same launch or constellation."""
    base_rate: BaseRate
    """Share of other payloads of the regime whose shortest warning time is at most as short."""


@dataclass(frozen=True, slots=True)
class AssetReach:
    """The warning times of one asset."""

    norad_id: int
    name: str
    regime: str
    counts: tuple[WarningCount, ...]
    """One for each velocity change asked for."""
    reachers: tuple[Reacher, ...]
    """The soonest first."""


@dataclass(frozen=True, slots=True)
class ReachOutlook:
    """Warning times of assets against a catalogue."""

    as_of_utc: datetime
    within_km: float
    horizon_days: float
    delta_v_m_s: tuple[float, ...]
    assets: tuple[AssetReach, ...]
    missing: tuple[int, ...]
    """Assets without a fresh element set."""
    compared: int
    """Objects taken as able to manoeuvre."""
    left_out: int
    """Debris and rocket bodies, as catalogued, that were not asked about."""
    reality: Reality
    provenances: tuple[Provenance, ...]
