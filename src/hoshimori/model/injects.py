"""Injects: everything that can happen by a script of an exercise.

All times are hours from the start of the exercise; objects are called by their part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

from hoshimori.model.reports import Grade, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Inject:
    """Something that happens by the script."""

    inject_id: str
    at_h: float
    """When it begins, hours from the start; negative for what lies before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burn(Inject):
    """A part changes its velocity at once."""

    part: str
    delta_v_rtn_m_s: tuple[float, float, float]
    """Radial, in-track, cross-track."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowThrust(Inject):
    """A part thrusts along its track for long."""

    part: str
    acceleration_m_s2: float
    lasts_h: float


class ApproachKind(Enum):
    """How one object comes to another."""

    SHADOW = "shadow"
    """Stays in its plane, at a distance along the track."""
    INSPECT = "inspect"
    """Goes round it at a distance for some time."""
    FLY_BY = "fly-by"
    """Passes once."""
    RENDEZVOUS = "rendezvous"
    """Comes to rest beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach(Inject):
    """A part comes to another; its burns follow from what is asked."""

    part: str
    target: str
    how: ApproachKind
    takes_h: float
    """From `at_h` until it is there."""
    range_km: float
    stays_h: float = 0.0
    """After that it goes on as it is; for a fly-by 0."""
    sunlit: bool | None = None
    """Whether the Sun has to light the target as seen from it at the closest; None: either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Docking(Inject):
    """Two parts become one for the catalogue: from then on they share their element sets."""

    part: str
    target: str
    lasts_h: float | None = None
    """None: until the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tow(Inject):
    """A part moves another that is docked to it."""

    part: str
    target: str
    delta_v_rtn_m_s: tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Inject):
    """A part lets a new one go."""

    part: str
    released: str
    delta_v_rtn_m_s: tuple[float, float, float]
    catalogued_after_h: float


class FragmentationKind(Enum):
    """How something comes apart."""

    STRUCK = "struck"
    """As by a small body at great speed, all to one side."""
    COLLISION = "collision"
    """Two catalogued objects meet."""
    EXPLOSION = "explosion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragmentation(Inject):
    """A part comes apart, after the NASA standard break-up model."""

    part: str
    how: FragmentationKind
    other: str = ""
    """The second body of a collision; a new part, in an orbit that meets the first."""
    pieces: int = 60
    catalogued_after_h: float = 24.0
    catalogued_over_h: float = 48.0
    """From the first piece to the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss(Inject):
    """Sensors no longer find a part: no element sets come."""

    part: str
    lasts_h: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reentry(Inject):
    """A part comes down: it decays faster and is gone `lasts_h` after the start."""

    part: str
    lasts_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch(Inject):
    """A new part is launched into the plane of another."""

    launched: str
    into_plane_of: str
    plane_offset_deg: float
    height_km: float
    catalogued_after_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossTag(Inject):
    """The catalogue swaps the numbers of two parts for some time."""

    part: str
    other: str
    lasts_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness(Inject):
    """What catalogues say of some parts comes later than usual."""

    parts: tuple[str, ...]
    late_h: float
    lasts_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DisturbedNavigation(Inject):
    """Aircraft over a circle lose the integrity of their satellite navigation."""

    latitude_deg: float
    longitude_deg: float
    radius_km: float
    share: float
    """Of aircraft at the middle; it falls to half of that at the edge."""
    lasts_h: float


class FlightEffect(Enum):
    """What an emitter does to the navigation of aircraft in its reach."""

    JAMMED = "jammed"
    """Signals are drowned: aircraft know their position badly, and say so."""
    DISPLACED = "displaced"
    """False signals are followed: aircraft say with confidence that they are elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisturbedFlights(Inject):
    """An emitter on the ground disturbs flights, whose single reports are among the data."""

    latitude_deg: float
    """Where the emitter stands."""
    longitude_deg: float
    how: FlightEffect
    reach_km: float
    """Farther away it is too weak; it reaches no farther than it is in sight."""
    lasts_h: float
    share: float = 0.8
    """Of aircraft in reach whose receivers are disturbed."""
    shown_latitude_deg: float | None = None
    """Where displaced aircraft say they are; None where they are jammed."""
    shown_longitude_deg: float | None = None
    flights_an_hour: float = 60.0
    """That cross the place, all the time from the start of the exercise to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedReport(Inject):
    """Somebody states something: an operator, a partner, the press; true or not."""

    statement: Statement
    parts: tuple[str, ...]
    source: str
    grade: Grade
    text: str
    begins_h: float
    """When what is stated began."""
    is_true: bool
    """For the white cell and the score; the report itself does not say it."""
    for_cells: tuple[str, ...] = ()
    """Who gets it; empty for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm(Inject):
    """A geomagnetic storm."""

    kp: float
    f107: float
    lasts_h: float


class FeedKind(Enum):
    """What comes to a watch beside element sets."""

    NAVIGATION = "navigation"
    """Maps of aircraft integrity, and reports of flights."""
    SPACE_WEATHER = "space-weather"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage(Inject):
    """A feed falls silent: what it would have brought comes so much later, or never."""

    feed: FeedKind
    lasts_h: float
    late_h: float | None = None
    """None: never."""


OrbitInject: TypeAlias = (
    Burn
    | SlowThrust
    | Approach
    | Docking
    | Tow
    | Release
    | Fragmentation
    | Loss
    | Reentry
    | Launch
    | CrossTag
    | Lateness
)
"""What happens to orbits, or to what catalogues say of them."""
AroundInject: TypeAlias = DisturbedNavigation | DisturbedFlights | StatedReport | Storm | Outage
"""What happens beside the orbits."""
AnyInject: TypeAlias = OrbitInject | AroundInject


INJECT_KINDS: Mapping[str, type[AnyInject]] = MappingProxyType(
    {
        "burn": Burn,
        "slow-thrust": SlowThrust,
        "approach": Approach,
        "docking": Docking,
        "tow": Tow,
        "release": Release,
        "fragmentation": Fragmentation,
        "loss": Loss,
        "reentry": Reentry,
        "launch": Launch,
        "cross-tag": CrossTag,
        "lateness": Lateness,
        "disturbed-navigation": DisturbedNavigation,
        "flights": DisturbedFlights,
        "report": StatedReport,
        "storm": Storm,
        "outage": Outage,
    }
)
"""The kinds of inject by the words that scripts use."""


def inject_kind(inject: AnyInject) -> str:
    """Return the word that scripts use for the kind of an inject, for example ``burn``."""
    return next(word for word, kind in INJECT_KINDS.items() if kind is type(inject))
