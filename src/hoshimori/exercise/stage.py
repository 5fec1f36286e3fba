"""Who is on the stage of an exercise: the course of every part, as injects change them in turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from hoshimori.exercise.actors import Arc
from hoshimori.exercise.carried_on import Air, Goers, Habits, gone_on, habits_of
from hoshimori.exercise.courses import Course, diverted, trajectory
from hoshimori.exercise.origins import OF_THE_SCRIPT, Origins, origins_of
from hoshimori.exercise.refit import rows_of, stacked
from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.objects import SpaceObject
from hoshimori.model.picture import Picture
from hoshimori.model.scenarios import Scenario
from hoshimori.model.tapes import Cast, TrueEvent
from hoshimori.numerics.elements import MeanElements

_DEEP_SPACE_RAD_MIN = 2.0 * np.pi / 225.0
_LOW_LAG_DAYS, _HIGH_LAG_DAYS = (0.0, 0.6), (0.3, 1.3)
"""How long fits look back past a burn: from logged burns to the first set that shows them, of
fifteen satellites with logs (International DORIS Service, Fengyun), LEO and GEO."""
TO_BE_ASSIGNED = "TBA - TO BE ASSIGNED"
"""What catalogues call an object whose parent they do not tell yet."""


@dataclass(frozen=True, slots=True)
class Bond:
    """Two docked objects; what moves one moves the other."""

    one: int
    other: int
    from_utc: np.datetime64
    until_utc: np.datetime64

    def partner(self, norad_id: int, at_utc: np.datetime64) -> int:
        """Return who is docked to an object at a moment, or 0."""
        if not self.from_utc <= at_utc < self.until_utc or norad_id not in (self.one, self.other):
            return 0
        return self.other if norad_id == self.one else self.one


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Stage:
    """The courses of all parts after some injects, from the first one on."""

    seed: int
    starts_utc: np.datetime64
    ends_utc: np.datetime64
    numbers: Mapping[str, int]
    habits: Habits
    courses: Mapping[int, Course]
    air: Air | None = None
    bonds: tuple[Bond, ...] = ()
    objects: Mapping[int, SpaceObject] = field(default_factory=lambda: MappingProxyType({}))
    """What catalogues say of objects that came into being."""

    def moment(self, at_h: float) -> np.datetime64:
        """Return a time of the script, hours from the start."""
        return self.starts_utc + np.timedelta64(round(at_h * 3600e6), "us")

    def course(self, part: str) -> Course:
        """Return the course of a part.

        Raises:
            ValueError: the part is not there yet.
        """
        number = self.numbers.get(part, 0)
        if number not in self.courses:
            raise ValueError(f"part {part} has no element set at this time of the script")
        return self.courses[number]

    def where(self, part: str, at_utc: np.datetime64) -> MeanElements:
        """Return the true trajectory of a part at a moment; one row."""
        return trajectory(self.course(part), np.array([at_utc]))

    def with_course(self, course: Course) -> Stage:
        """Return the stage with the course of one object replaced or added."""
        return replace(self, courses={**self.courses, course.norad_id: course})

    def with_arc(
        self,
        part: str,
        arc: Arc,
        random: np.random.Generator,
        *,
        origins: Origins = OF_THE_SCRIPT,
    ) -> Stage:
        """Return the stage with a part, and who is docked to it, on another trajectory.

        `origins` are the sources that the trajectory follows from beside the part's own.
        """
        own = self.course(part).following_also(origins)
        lag_days = lag_of(arc.elements, random)
        old = trajectory(own, np.array([arc.start_utc]))
        stage = self
        for course in (own, *self.docked_to(own.norad_id, arc.start_utc)):
            moved = diverted(course, arc, lag_days=lag_days, old=old)
            stage = stage.with_course(moved.following_also(own.origins))
        return stage

    def docked_to(self, norad_id: int, at_utc: np.datetime64) -> tuple[Course, ...]:
        """Return the courses of objects that are docked to one at a moment."""
        partners = (bond.partner(norad_id, at_utc) for bond in self.bonds)
        return tuple(self.courses[number] for number in partners if number)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Happened:
    """What an inject did, before it is known which published fact shows it first."""

    objects: tuple[int, ...]
    from_utc: np.datetime64
    to_utc: np.datetime64
    measures: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    shows_by: tuple[int, ...]
    """Objects whose sets of an epoch after `from_utc` show it, once they differ."""
    public_utc: np.datetime64 | None = None
    """Where it shows by what does not come: when it should have."""
    lags: bool = False
    """Whether fits show the orbit before for some time."""

    def event(self, inject_id: str, kind: str, stage: Stage) -> TrueEvent:
        """Return the truth about it; on the last stage, with the moments of all publications."""
        public = self.public_utc if self.public_utc is not None else self._first_shown(stage)
        return TrueEvent(
            inject_id=inject_id,
            kind=kind,
            objects=self.objects,
            from_utc=as_datetime(self.from_utc),
            to_utc=as_datetime(self.to_utc),
            measures=self.measures,
            observable_utc=as_datetime(self.from_utc),
            public_utc=None if public is None else as_datetime(public),
        )

    def _first_shown(self, stage: Stage) -> np.datetime64 | None:
        known = [_first_shown(stage.courses[n], self.from_utc, self.lags) for n in self.shows_by]
        told = [moment for moment in known if moment is not None]
        return min(told) if told else None


def lag_of(elements: MeanElements, random: np.random.Generator) -> float:
    """Draw for how many days after a burn sets still show the orbit before."""
    is_low = bool(elements.mean_motion_kozai_rad_min[0] > _DEEP_SPACE_RAD_MIN)
    return float(random.uniform(*(_LOW_LAG_DAYS if is_low else _HIGH_LAG_DAYS)))


def stage_of(
    scenario: Scenario,
    cast: Cast,
    picture: Picture,
    *,
    air: Air | None = None,
    habits: Habits | None = None,
) -> Stage:
    """Return the stage before the first inject: parts go on as they would have until the end."""
    start = scenario.starts_utc or picture.as_of_utc
    starts_utc = as_column_time(start)
    length = np.timedelta64(round(scenario.pace.length_h * 3600e6), "us")
    habits = replace(habits or habits_of(picture), seed=scenario.seed)
    ids = np.array(sorted(cast.numbers.values()), np.int64)
    sets = picture.history.take(np.isin(picture.history.norad_id, ids)).sorted_by_object()
    present = np.unique(sets.norad_id).tolist()
    courses = {n: _course(sets.of_object(n), habits, starts_utc + length, picture, air)
               for n in present}  # fmt: skip
    return Stage(
        seed=scenario.seed,
        starts_utc=starts_utc,
        ends_utc=starts_utc + length,
        numbers=cast.numbers,
        habits=habits,
        courses=courses,
        air=air,
    )


def _course(
    own: ElementSets, habits: Habits, ends_utc: np.datetime64, picture: Picture, air: Air | None
) -> Course:
    """Return the course of a part that is there: its history, and how it goes on."""
    last = own.take(slice(-1, None))
    origins = origins_of(own)
    goers = Goers.of(last, {int(own.norad_id[0]): origins})
    went = gone_on(goers, habits, ends_utc, air=air)
    as_of_utc = as_column_time(picture.as_of_utc)
    went = went.take(np.flatnonzero(went.known_utc > as_of_utc))
    elements = stacked([own.mean_elements(), went.elements])
    count = len(went.norad_id)
    course = Course(
        norad_id=int(own.norad_id[0]),
        flown=elements,
        published=elements,
        known_utc=np.concatenate([own.known_utc, went.known_utc]),
        name=_and_more(own.object_name, count),
        object_id=_and_more(own.object_id, count),
        origins=origins,
    )
    return course.changed_from(went.elements.epoch_utc[0]) if count else course


def _and_more(column: Any, count: int) -> Any:
    return np.concatenate([column, np.full(count, column[-1], TEXT)])


def _first_shown(course: Course, from_utc: np.datetime64, lags: bool) -> np.datetime64 | None:
    """Return when the first set became known that shows what happened at a moment.

    Where fits lag, those that are still of the orbit before do not.
    """
    same = np.asarray(
        course.flown.mean_motion_kozai_rad_min == course.published.mean_motion_kozai_rad_min
    ) & np.asarray(course.flown.raan_rad == course.published.raan_rad)
    shows = (course.epoch_utc >= from_utc) & (course.known_utc > from_utc) & (same | (not lags))
    return np.datetime64(course.known_utc[shows].min(), "us") if shows.any() else None


def rows_between(course: Course, start: np.datetime64, stop: np.datetime64) -> Any:
    """Tell which sets are of an epoch within a span."""
    return (course.epoch_utc >= start) & (course.epoch_utc < stop)


def picked(elements: MeanElements, row: int) -> MeanElements:
    """Return one row of elements."""
    return rows_of(elements, np.array([row]))
