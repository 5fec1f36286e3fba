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
from hoshimori.model.injects import AnyInject

Texts: TypeAlias = Mapping[str, str]
"""The same text by language code: ``en`` and ``ja``."""


class SkyKind(Enum):
    """What a script plays on."""

    ANY = "any"
    """Whatever sky it is given: the real catalogue or a made one."""
    MADE = "made"
    """A made sky of a seed, with nothing else planted in it."""


class ScenarioKind(Enum):
    """What a script is for."""

    REPLAY = "replay"
    """Follows a documented case."""
    LOOK_ALIKE = "look-alike"
    """Benign, and looks like something else."""
    TABLE_TOP = "table-top"
    """People of several cells, over days."""
    DRILL = "drill"
    """Made up to practise one thing."""


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
    plane_deg: float | None = None
    """The largest angle between its plane and that of the part it is near."""
    other_launch: bool = True
    """Whether objects of the launch or constellation of that other part are left out: a watch
    knows that they belong together and is right to make little of it."""
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
    kind: ScenarioKind = ScenarioKind.DRILL
    title: Texts
    story: Texts
    """What happens, for those who direct."""
    read_ahead: Texts | None = None
    """What cells may read before play: it gives nothing away; None: there is nothing."""
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
