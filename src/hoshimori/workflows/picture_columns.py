"""The console's pictures as columns to draw: what each route of a picture gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hoshimori.workflows.json_columns import Numbers


@dataclass(frozen=True, slots=True)
class RangeInterval:
    """A length with the interval that holds it; `high` is None where nothing bounds it."""

    low: float
    best: float
    high: float | None


@dataclass(frozen=True, slots=True)
class PairObject:
    """One of the two objects of a proximity picture."""

    norad_id: int
    name: str
    is_asset: bool
    epoch_utc: datetime
    """Of the element set that its course comes from."""


@dataclass(frozen=True, slots=True)
class PairChoice:
    """A finding about a pair that can be drawn."""

    finding_id: str
    kind: str
    kind_text: str
    objects: tuple[int, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelativePage:
    """One pair in the RTN frame of its first object; columns of equal length over time."""

    view_id: str
    finding_id: str
    kind: str
    kind_text: str
    reality: str
    pair: tuple[PairObject, PairObject]
    as_of_utc: datetime
    start_utc: datetime
    t_s: Numbers
    """Seconds after `start_utc`."""
    radial_km: Numbers
    in_track_km: Numbers
    cross_track_km: Numbers
    variance_rr_km2: Numbers
    variance_tt_km2: Numbers
    variance_nn_km2: Numbers
    covariance_rt_km2: Numbers
    covariance_tn_km2: Numbers
    """Of the second object's place, one sigma squared, from the ages of both element sets."""
    closest: int
    """Place of the smallest range in the columns."""
    closest_utc: datetime
    closest_km: float
    range_km: RangeInterval
    """Smallest range as the finding states it (about 95 %)."""
    revolution_s: float
    choices: tuple[PairChoice, ...]


@dataclass(frozen=True, slots=True)
class BeltLinesPage:
    """Objects of the belt, one place in each column for each; their points one after the other."""

    norad_id: tuple[int, ...]
    name: tuple[str, ...]
    role: tuple[str, ...]
    drift_deg_day: Numbers
    inclination_deg: Numbers
    past: tuple[int, ...]
    """How many points of each object are element sets; the others are foreseen."""
    points: tuple[int, ...]
    """How many points each object has among all."""
    hours: Numbers
    """Of all points, after the moment of the picture; past ones negative."""
    deg_east: Numbers
    """Of all points, continuous along each object."""


@dataclass(frozen=True, slots=True)
class BeltSlotPage:
    """Where an asset stands."""

    norad_id: int
    deg_east: float
    half_width_deg: float


@dataclass(frozen=True, slots=True)
class BeltStayPage:
    """One stay of an object, in hours after the moment of the picture."""

    norad_id: int
    role: str
    deg_east: float
    began_h: float | None
    seen_from_h: float
    seen_until_h: float
    ended_h: float | None
    too_sparse: bool


@dataclass(frozen=True, slots=True)
class BeltNeighbourPage:
    """A finding about a neighbour of an asset."""

    finding_id: str
    incident_id: str
    attention: str
    objects: tuple[int, ...]
    motion: str
    slot_deg_east: float
    closest_h: float
    range_km: RangeInterval
    arrival_h: float | None
    arrival_sigma_h: float | None


@dataclass(frozen=True, slots=True)
class BeltPage:
    """A part of the geostationary belt, longitude over time."""

    view_id: str
    reality: str
    middle_deg_east: float
    width_deg: float
    since_h: float
    as_of_utc: datetime
    until_h: float
    lines: BeltLinesPage
    slots: tuple[BeltSlotPage, ...]
    stays: tuple[BeltStayPage, ...]
    neighbours: tuple[BeltNeighbourPage, ...]
    objects: int
    left_out: int


@dataclass(frozen=True, slots=True)
class HeightsPage:
    """Orbits by period and height; None where not known."""

    norad_id: tuple[int, ...]
    name: tuple[str, ...]
    period_min: Numbers
    apogee_km: Numbers
    perigee_km: Numbers


@dataclass(frozen=True, slots=True)
class ParentPage:
    """A candidate for the parent, as it was before."""

    norad_id: int
    name: str
    probability: float
    period_min: float | None
    apogee_km: float | None
    perigee_km: float | None


@dataclass(frozen=True, slots=True)
class GabbardPage:
    """The Gabbard plot of a break-up: heights of its pieces over their periods."""

    view_id: str
    finding_id: str
    reality: str
    event_utc: datetime
    event_sigma_s: float
    is_resolved: bool
    pieces: int
    altitude_km: float
    first: HeightsPage
    newest_period_min: Numbers
    newest_apogee_km: Numbers
    newest_perigee_km: Numbers
    """The same pieces at their newest element sets."""
    speed_m_s: Numbers
    """Size of the velocity change of each piece."""
    along_m_s: Numbers
    parents: tuple[ParentPage, ...]
    arm_period_min: Numbers
    arm_apogee_km: Numbers
    arm_perigee_km: Numbers
    left_out: int


@dataclass(frozen=True, slots=True)
class MarkPage:
    """One thing on a lane of the timeline; seconds after `as_of_utc`."""

    lane: str
    start_s: int
    end_s: int
    moment_s: int
    attention: str
    confidence: str | None
    kind: str
    objects: tuple[int, ...]
    incident_id: str
    finding_id: str
    alert_id: str


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """What was and what comes, by lanes."""

    view_id: str
    reality: str
    as_of_utc: datetime
    since_utc: datetime
    until_utc: datetime
    marks: tuple[MarkPage, ...]
    left_out: Mapping[str, int]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MapCellPage:
    """One cell on a day."""

    cell: str
    state: str
    ring: Numbers
    """Corners as longitude, latitude, longitude, … in degrees; not closed."""
    good: int
    bad: int
    onset_utc: date | None
    days: int
    """Disturbed days of the episode, up to this day."""


@dataclass(frozen=True, slots=True)
class JoinedPage:
    """Many cells of one state by their common outline."""

    state: str
    rings: tuple[Numbers, ...]


@dataclass(frozen=True, slots=True)
class AreaPage:
    """An area of disturbed cells."""

    finding_id: str
    incident_id: str
    persistence: str
    latitude_deg: float
    longitude_deg: float
    radius_km: float
    share: RangeInterval
    """Of aircraft with low integrity on the peak day."""
    start_utc: datetime
    end_utc: datetime
    peak_day_utc: date
    emitter_within_km: float | None
    more_since_utc: date | None
    """Since when an area that is usually disturbed is so more than it was; None where it is not."""
    share_before: float | None
    """Median of the daily share of aircraft with low integrity in the two months before that."""
    share_since: float | None
    day: tuple[date, ...]
    good: tuple[int, ...]
    bad: tuple[int, ...]
    cells_seen: tuple[int, ...]
    cells_disturbed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InterferencePage:
    """Integrity of satellite navigation by cell on one day."""

    view_id: str
    reality: str
    day_utc: date
    days_utc: tuple[date, ...]
    south_deg: float
    north_deg: float
    west_deg: float
    east_deg: float
    cells: tuple[MapCellPage, ...]
    joined: tuple[JoinedPage, ...]
    areas: tuple[AreaPage, ...]
    disturbed: int
    quiet: int
    insufficient: int
    left_out: int


@dataclass(frozen=True, slots=True)
class ReceptionCurvePage:
    """One quantity that a receiver measured, over time."""

    quantity: str
    satellite: str
    """Of which signal it is; empty where it is of the whole."""
    text: str
    unit: str
    """Empty for bit errors, whose values are powers of ten."""
    values: Numbers
    usual: float | None
    """Median of the receiver's own quiet samples before; None where the finding states none."""
    spread: float | None
    """One sigma of them."""
    during: RangeInterval | None
    usual_text: str
    during_text: str


@dataclass(frozen=True, slots=True)
class ReceptionPage:
    """A disturbance of reception: columns of equal length over time."""

    view_id: str
    finding_id: str
    incident_id: str
    reality: str
    receiver: str
    what: str
    when: str
    band: str
    depth: str
    start_utc: datetime
    end_utc: datetime
    goes_on: bool
    """Whether it had not ended with the last sample."""
    t_s: Numbers
    """Seconds after `start_utc`; negative before."""
    disturbed: tuple[bool, ...]
    curves: tuple[ReceptionCurvePage, ...]
    """What changed most first."""
    left_out: int
    """Quantities that are measured and not drawn."""
