"""Scripts of exercises: who takes part, what happens, what is asked, and what is right.

All times of a script are hours from its start. Objects are called by their part, so that one
script plays on the real catalogue and on a made sky; a part is a fixed object, one chosen by what
it is like, or one that an inject brings into being.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from hoshimori.model.assessments import Label
from hoshimori.model.finding import Interval
from hoshimori.model.reports import Grade, Statement

Texts: TypeAlias = Mapping[str, str]
"""The same text by language code: ``en`` and ``ja``."""


class SkyKind(Enum):
    """What a script plays on."""

    ANY = "any"
    """Whatever sky it is given: the real catalogue or a made one."""
    MADE = "made"
    """A made sky of a seed, with nothing else planted in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What an object that takes a part has to be like; None where it does not matter."""

    kind: str = "payload"
    """Payload, rocket body, debris, as catalogues tell them."""
    height_km: Interval | None = None
    """Of perigee and apogee both."""
    inclination_deg: Interval | None = None
    belt_deg_east: Interval | None = None
    """Longitude of an object of the geostationary belt."""
    near: str = ""
    """Another part; the object nearest to it in plane and height, or in longitude, is taken."""
    quiet: bool = True
    """Whether only objects are taken that nothing happened to in the history at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One object of a script."""

    name: str
    """What the script calls it."""
    norad_id: int | None = None
    """Of a fixed object."""
    choice: Choice | None = None
    """Of one that is chosen, the same one for the same sky and seed."""
    owner: str = ""
    """A cell, or empty; it labels and changes nothing that is computed."""
    is_asset: bool = False
    can_manoeuvre: bool = True

    @property
    def is_new(self) -> bool:
        """Whether an inject brings it into being."""
        return self.norad_id is None and self.choice is None


class CellKind(Enum):
    """What a group of people is there for."""

    NATIONAL = "national"
    """Plays a nation's operations centre: sees what its audience may see."""
    WHITE = "white"
    """Directs: knows the script, plays everybody else, gives injects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A group that takes part."""

    name: str
    kind: CellKind
    partner: str = ""
    """Its code as in ``REL TO``; empty for the house."""
    task: Texts


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


AnyInject: TypeAlias = (
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
    | DisturbedNavigation
    | StatedReport
    | Storm
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a watch should find of an inject, or what it should not."""

    inject_id: str
    findings: tuple[str, ...]
    """Kinds, any of which will do, as `hoshimori watch --json` names them; empty: none at all, for
    what happens often and means nothing."""
    within_h: float
    """From when the first trace of it was published."""
    parts: tuple[str, ...] = ()
    """Which the finding has to name; empty for all that the inject names."""
    measures: Mapping[str, Interval]
    """Numbers that a finding has to have, within spans."""
    labels: tuple[Label, ...] = ()
    """Of which any is right for the incident; empty where nothing is asked."""


class QuestionKind(Enum):
    """What kind of answer is asked for."""

    CHOICE = "choice"
    PART = "part"
    """One of the objects of the script."""
    NUMBER = "number"
    TIME = "time"
    """Hours from the start."""
    WORDS = "words"
    """Free text; the white cell gives the points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that a cell is asked."""

    question_id: str
    cells: tuple[str, ...]
    """Empty for all national cells."""
    asked_h: float
    due_h: float
    kind: QuestionKind
    text: Texts
    choices: tuple[Texts, ...] = ()
    right: tuple[str, ...] = ()
    """Numbers of right choices (from 1), names of right parts; empty for other kinds."""
    span: Interval | None = None
    """Of right numbers or hours."""
    points: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How the clock of an exercise goes."""

    length_h: float
    speed: float = 60.0
    """Seconds of the exercise to one on the wall, when people take part."""
    watch_every_h: float = 6.0
    """How often a machine that plays alone looks."""
    pauses_h: tuple[float, ...] = ()
    """Moments at which the clock stops until the white cell lets it go on."""
    jumps_h: tuple[tuple[float, float], ...] = ()
    """From one moment to a later one at once: nights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A whole script."""

    scenario_id: str
    title: Texts
    story: Texts
    objectives: tuple[Texts, ...]
    """What those who take part learn."""
    source: str
    """The documented case that it follows, or why it was made up."""
    seed: int
    sky: SkyKind
    pace: Pace
    starts_utc: datetime | None
    """None: at the moment of the sky it is given."""
    parts: tuple[Part, ...]
    cells: tuple[Cell, ...]
    injects: tuple[AnyInject, ...]
    """Ordered by when they begin."""
    expected: tuple[Expected, ...]
    questions: tuple[Question, ...]
