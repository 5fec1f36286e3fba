"""Findings about what one object did, or came apart into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.model.finding import Finding, Interval, Relation
from hoshimori.model.pattern import Aspect, Mode


class BurnDirection(Enum):
    """The main direction of a velocity change."""

    IN_TRACK = "in-track"
    CROSS_TRACK = "cross-track"
    MIXED = "mixed"


class Thrust(Enum):
    """How an orbit was changed, as far as element sets show."""

    IMPULSIVE = "impulsive"
    """Between two sets, or smeared over the few whose observations hold it."""
    LOW = "low thrust"
    """One way for days, set after set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manoeuvre(Finding):
    """An orbit changed between two element sets by more than their noise."""

    delta_v_m_s: Interval
    components_rtn_m_s: tuple[float, float, float]
    direction: BurnDirection
    p_value: float
    """Share of quiet element-set pairs of comparable objects that differ at least as much."""
    thrust: Thrust
    burn_utc: datetime
    """When it happened, by the place along the orbit where that tells, else mid-bracket."""
    burn_sigma_h: float
    in_constellation: bool = False
    """It is one of a constellation, whose satellites are steered all the time."""


@dataclass(frozen=True, slots=True)
class ParentCandidate:
    """A known object from which others may have parted."""

    norad_id: int
    probability: float
    """Among all candidates and "none that is catalogued"; they add up to less than 1."""
    miss_rtn_km: tuple[float, float, float]
    """How far its orbit misses the common point, radial, in-track (by its phase), cross-track;
    of a separation read from a history of few, where the new object was at its first set."""
    relation: Relation
    """Same launch where the designators say so; a hint that physics need not bear out."""
    known_before: bool
    """It was catalogued before the others appeared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation(Finding):
    """Objects appeared with orbits near that of a known one; `objects`: it, then they."""

    candidates: tuple[ParentCandidate, ...]
    """Likeliest first."""
    relative_speed_m_s: Interval
    """Speed at which they parted."""


class EnergyClass(Enum):
    """Kinetic energy that fragments got for each gram of them (median of the squared speeds)."""

    LOW = "low"
    """Below 0.1 J/g (14 m/s): springs, leaks, a struck part, a soft rupture."""
    MODERATE = "moderate"
    """Up to 1 J/g (45 m/s): as in most explosions."""
    HIGH = "high"
    """More: as in violent explosions and in collisions."""


@dataclass(frozen=True, slots=True)
class FragmentCloud:
    """The pieces of a break-up, one place in each column for each piece."""

    norad_id: tuple[int, ...]
    period_min: tuple[float, ...]
    apogee_km: tuple[float, ...]
    perigee_km: tuple[float, ...]
    delta_v_rtn_m_s: tuple[tuple[float, float, float], ...]
    """Against the likeliest parent known before, else against the middle of the cloud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakup(Finding):
    """Orbits of new objects meet in one point: something came apart there.

    `start_utc` to `end_utc` hold the moment (about 95 %).
    """

    event_utc: datetime
    """By the pass of a likely parent with fresh elements where there is one, else by pieces."""
    event_by_pieces_utc: datetime
    event_sigma_s: float
    """A quarter of the interval."""
    is_resolved: bool
    """The pieces also pass the point at one time; else the planes alone give the moment."""
    pieces: int
    candidates: tuple[ParentCandidate, ...]
    """Likeliest first."""
    altitude_km: float
    latitude_deg: float
    """Geocentric, of the common point."""
    pinch_km: tuple[float, float]
    """Robust spread of the orbits at the point, in radius and across their planes."""
    spread_rtn_m_s: tuple[float, float, float]
    """Robust spread of the velocity changes."""
    posigrade_share: Interval
    """Share of the pieces thrown forward along the track."""
    energy: EnergyClass
    energy_j_per_g: float
    cloud: FragmentCloud


class PatternShift(Enum):
    """In what way an object departs from its own pattern of life."""

    MODE_CHANGED = "mode changed"
    BURN_OVERDUE = "burn overdue"
    BURN_EARLY = "burn early"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternChange(Finding):
    """An object does not do what it always did."""

    shift: PatternShift
    aspect: Aspect
    before: Mode
    after: Mode
    """The same as `before` where only the burns are out of step."""
    surprise: float
    """Share of the object's own past that departs as much."""
    false_discovery_share: float
    """Expected share of false ones among all changes as surprising, over all objects compared."""
    compared: int
    """How many objects were compared with their own past."""
    observed_days: float | None
    """Time since the last burn, or between the last two; None where the mode changed."""
    usual_days: Interval | None
    """What the own past lets expect for that (90 %)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decay(Finding):
    """An orbit sinks to its end; `start_utc` and `end_utc` are the window of re-entry (90 %)."""

    reentry_utc: datetime
    perigee_km: float
    """Mean perigee above the equatorial radius, at the newest element set."""
    apogee_km: float
    sinking_km_day: float
    """Rate at which the semi-major axis shrinks."""


class Phenomenon(Enum):
    """What an `Anomaly` is about."""

    ELEMENTS_OVERDUE = "elements overdue"
    """Late by its own cadence; nothing else is known."""
    OBJECT_LOST = "object lost"
    """Late for so long that its orbit is no longer known well enough to find it again."""
    PRESUMED_DECAYED = "presumed decayed"
    """No longer updated, and its last elements let it re-enter before now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly(Finding):
    """Something out of the ordinary that has no kind of its own."""

    phenomenon: Phenomenon
    age_days: float
    """Age of the newest element set at the moment of the picture."""
    usual_days: float
    """The object's own usual interval between element sets, else that of its regime."""
