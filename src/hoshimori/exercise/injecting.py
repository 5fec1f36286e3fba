"""A script worked out on a sky, and the sky as it would then be known at any moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial
from types import MappingProxyType
from typing import assert_never

import numpy as np

from hoshimori.exercise.as_exercise import as_exercise
from hoshimori.exercise.carried_on import Air, Habits, Published, as_records
from hoshimori.exercise.casting import cast_of
from hoshimori.exercise.courses import NEVER, Course
from hoshimori.exercise.injected_air import AirOverlay, StreamOf, air_overlay
from hoshimori.exercise.injected_approach import approached
from hoshimori.exercise.injected_flights import flight_reports, with_flights
from hoshimori.exercise.injected_newcomers import fragmented, launched, released
from hoshimori.exercise.injected_orbits import (
    burned,
    docked,
    late,
    lost,
    reentering,
    swapped,
    thrusting,
    towed,
)
from hoshimori.exercise.injected_reports import stated_report
from hoshimori.exercise.injected_storms import stormy_weather, thicker_air
from hoshimori.exercise.records import Register, launches_of
from hoshimori.exercise.silent_feeds import (
    air_known_by,
    flights_known_by,
    passages_known_by,
    reports_with,
    silence_of,
)
from hoshimori.exercise.stage import Happened, Stage, stage_of
from hoshimori.exercise.streams import stream
from hoshimori.model.aircraft_reports import AircraftReports
from hoshimori.model.elements import NO_ELEMENT_SETS, ElementSets, concatenate
from hoshimori.model.injects import (
    AnyInject,
    Approach,
    AroundInject,
    Burn,
    CrossTag,
    DisturbedFlights,
    DisturbedNavigation,
    Docking,
    Fragmentation,
    Lateness,
    Launch,
    Loss,
    OrbitInject,
    Outage,
    Reentry,
    Release,
    SlowThrust,
    StatedReport,
    Storm,
    Tow,
    inject_kind,
)
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.markings import OPEN, Marking
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.objects import SpaceObject, kind_by_name
from hoshimori.model.passages import Passages
from hoshimori.model.picture import Picture
from hoshimori.model.reports import OperatorReport
from hoshimori.model.scenarios import Scenario
from hoshimori.model.space_weather import SpaceWeather
from hoshimori.model.tapes import Cast, Silence, Tape, TrueEvent
from hoshimori.numerics.elements import Floats, Times

_AIR_STEP_KM, _LOWEST_KM, _NO_AIR_KM = 25.0, 150.0, 1500.0
_HOUR = np.timedelta64(3_600_000_000, "us")
_OLDEST = np.timedelta64(30, "D")


def inject(picture: Picture, scenario: Scenario) -> Picture:
    """Return a picture with all of a script in it that would be known by its moment.

    Every fact in it is EXERCISE. Raises ValueError where the script does not fit the sky.
    """
    tape = tape_of(scenario, cast_of(scenario, picture), picture)
    return played(picture, tape, as_column_time(picture.as_of_utc))


def tape_of(
    scenario: Scenario,
    cast: Cast,
    picture: Picture,
    *,
    weather: SpaceWeather | None = None,
    habits: Habits | None = None,
    marking: Marking = OPEN,
) -> Tape:
    """Return a script worked out on a sky: what it adds, what it hides, and the truth.

    `picture` holds the sky's own sets, also of moments after the start where they are at hand;
    `weather` is that of the days before, and `habits` are those of the picture, where they are at
    hand already. `marking` is the least of what the script has people state; element sets and maps
    keep the sources that they follow from. Each inject draws from its own stream: one more changes
    only what it is about.

    Raises:
        ValueError: an inject does not fit the sky, with its id.
    """
    span = _span(scenario, picture)
    stage = stage_of(scenario, cast, picture, air=air_of(scenario, picture), habits=habits)
    truth: dict[str, TrueEvent] = {}
    happened: list[tuple[AnyInject, Happened]] = []
    for one in sorted(scenario.injects, key=lambda i: (i.at_h, i.inject_id)):
        if isinstance(one, AroundInject):
            truth[one.inject_id] = _stated_event(one, cast, span[0])
        else:
            stage, what = _acted(stage, one, stream(scenario.seed, one.inject_id))
            happened.append((one, what))
    truth |= {i.inject_id: w.event(i.inject_id, inject_kind(i), stage) for i, w in happened}
    courses = [course for _, course in sorted(stage.courses.items())]
    replaced = {c.norad_id: as_datetime(c.from_utc) for c in courses if c.from_utc < NEVER}
    around = _Around(scenario, cast, span, partial(stream, scenario.seed), marking)
    return Tape(
        element_sets=concatenate([_sets(course) for course in courses]),
        replaced=MappingProxyType(replaced),
        reports=around.reports(),
        integrity=around.integrity(picture.integrity),
        flights=around.flights(),
        weather=around.weather(weather),
        silences=around.silences(),
        objects=MappingProxyType(dict(stage.objects)),
        truth=tuple(truth[i.inject_id] for i in scenario.injects),
    )


def played(picture: Picture, tape: Tape, as_of_utc: np.datetime64) -> Picture:
    """Return what of a picture and a tape is known at a moment; every fact is EXERCISE."""
    kept = picture.history.take(~_is_replaced(picture.history, tape))
    sets = concatenate([kept, tape.element_sets]).known_by(as_of_utc).sorted_by_object()
    newest = sets.newest()
    moment = as_datetime(as_of_utc)
    integrity = picture.integrity
    reports = reports_with((*picture.reports, *tape.reports), tape.silences)
    if tape.integrity is not None:
        integrity = AirOverlay(tape.integrity).over(integrity)
    return as_exercise(
        replace(
            picture,
            as_of_utc=moment,
            history=sets,
            newest=newest.take(newest.epoch_utc >= as_of_utc - _OLDEST),
            objects=_known_objects(picture, tape, newest),
            integrity=None
            if integrity is None
            else air_known_by(integrity, tape.silences, as_of_utc),
            reports=tuple(r for r in reports if r.known_utc <= moment),
            passages=_passages(picture, tape, as_of_utc),
            receivers=tuple(one.known_by(as_of_utc) for one in picture.receivers),
        )
    )


def _passages(picture: Picture, tape: Tape, as_of_utc: np.datetime64) -> Passages | None:
    real, sent = picture.passages, tape.flights
    if real is not None:
        real = passages_known_by(real, tape.silences, as_of_utc)
    if sent is not None:
        sent = flights_known_by(sent, tape.silences, as_of_utc)
    return with_flights(real, sent, as_of_utc)


def air_of(scenario: Scenario, picture: Picture) -> Air | None:
    """Return by what the storms of a script make the air denser; None where there are none.

    Told for every hour and each 25 km of height, up to 1500 km.
    """
    storms = [one for one in scenario.injects if isinstance(one, Storm)]
    if not storms:
        return None
    starts_utc, ends_utc = _span(scenario, picture)
    first_h = min(0.0, *(storm.at_h for storm in storms))
    begins = as_column_time(starts_utc + timedelta(hours=first_h))
    hours = np.arange((as_column_time(ends_utc) - begins) / _HOUR + 24.0)

    @cache
    def rise(level: int) -> Floats:
        height_km = max(level * _AIR_STEP_KM, _LOWEST_KM)
        at_utc = begins + (hours * 3600e6).astype("timedelta64[us]")
        return thicker_air(storms, at_utc, height_km, starts_utc=starts_utc)

    def denser(at_utc: Times, height_km: Floats) -> Floats:
        factor = np.ones(len(at_utc))
        levels = np.round(np.clip(height_km, 0.0, _NO_AIR_KM) / _AIR_STEP_KM).astype(np.int64)
        for level in np.unique(levels[height_km < _NO_AIR_KM]).tolist():
            rows = (levels == level) & (height_km < _NO_AIR_KM)
            at_h = (at_utc[rows] - begins) / _HOUR
            factor[rows] = np.interp(at_h, hours, rise(level), left=1.0)
        return factor

    return denser


def _acted(stage: Stage, one: OrbitInject, random: np.random.Generator) -> tuple[Stage, Happened]:
    """Return the stage after an inject: here kinds of injects meet what they do."""
    match one:
        case Burn():
            return burned(stage, one, random)
        case SlowThrust():
            return thrusting(stage, one)
        case Approach():
            return approached(stage, one, random)
        case Tow():
            return towed(stage, one, random)
        case Release():
            return released(stage, one, random)
        case Fragmentation():
            return fragmented(stage, one, random)
        case Launch():
            return launched(stage, one, random)
        case _:
            return _acted_without_chance(stage, one)


def _acted_without_chance(
    stage: Stage, one: Docking | Loss | Reentry | CrossTag | Lateness
) -> tuple[Stage, Happened]:
    match one:
        case Docking():
            return docked(stage, one)
        case Loss():
            return lost(stage, one)
        case Reentry():
            return reentering(stage, one)
        case CrossTag():
            return swapped(stage, one)
        case Lateness():
            return late(stage, one)
        case _:
            assert_never(one)


def _span(scenario: Scenario, picture: Picture) -> tuple[datetime, datetime]:
    start = scenario.starts_utc or picture.as_of_utc
    return start, start + timedelta(hours=scenario.pace.length_h)


@dataclass(frozen=True, slots=True, eq=False)
class _Around:
    """What happens beside the orbits."""

    scenario: Scenario
    cast: Cast
    span: tuple[datetime, datetime]
    stream_of: StreamOf
    marking: Marking

    def reports(self) -> tuple[OperatorReport, ...]:
        stated = [one for one in self.scenario.injects if isinstance(one, StatedReport)]
        told = (
            stated_report(
                one,
                numbers=self.cast.numbers,
                cells=self.scenario.cells,
                starts_utc=self.span[0],
            )
            for one in stated
        )
        return tuple(replace(one, marking=one.marking.join(self.marking)) for one in told)

    def integrity(self, real: IntegrityCells | None) -> IntegrityCells | None:
        disturbed = [o for o in self.scenario.injects if isinstance(o, DisturbedNavigation)]
        start, end = self.span
        overlay = air_overlay(
            disturbed, real, starts_utc=start, ends_utc=end, stream_of=self.stream_of
        )
        return None if overlay is None else overlay.cells

    def flights(self) -> AircraftReports | None:
        emitters = [one for one in self.scenario.injects if isinstance(one, DisturbedFlights)]
        start, end = self.span
        return flight_reports(emitters, starts_utc=start, ends_utc=end, stream_of=self.stream_of)

    def silences(self) -> tuple[Silence, ...]:
        outages = [one for one in self.scenario.injects if isinstance(one, Outage)]
        return tuple(silence_of(one, self.span[0]) for one in outages)

    def weather(self, real: SpaceWeather | None) -> SpaceWeather | None:
        storms = [one for one in self.scenario.injects if isinstance(one, Storm)]
        start, end = self.span
        return stormy_weather(
            storms, real, starts_utc=start, ends_utc=end, stream_of=self.stream_of
        )


def _stated_event(one: AroundInject, cast: Cast, starts_utc: datetime) -> TrueEvent:
    """Return the truth about what is no orbit; maps of a day are published when it is over."""
    begins = starts_utc + timedelta(hours=one.at_h)
    ends = begins
    public: datetime | None = begins
    objects: tuple[int, ...] = ()
    measures: dict[str, float] = {}
    match one:
        case StatedReport():
            objects = tuple(cast.numbers[part] for part in one.parts)
            measures = {"is_true": float(one.is_true)}
        case DisturbedNavigation():
            ends = begins + timedelta(hours=one.lasts_h)
            public = (begins + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
            measures = {"share": one.share, "radius_km": one.radius_km}
        case DisturbedFlights():
            ends = begins + timedelta(hours=one.lasts_h)
            measures = {"share": one.share, "reach_km": one.reach_km}
        case Outage():
            ends, public = begins + timedelta(hours=one.lasts_h), None
        case Storm():
            ends = begins + timedelta(hours=one.lasts_h)
            measures = {"kp": one.kp, "f107": one.f107}
    return TrueEvent(
        inject_id=one.inject_id,
        kind=inject_kind(one),
        objects=objects,
        from_utc=begins,
        to_utc=ends,
        measures=measures,
        observable_utc=begins,
        public_utc=public,
    )


def _sets(course: Course) -> ElementSets:
    """Return the sets of a course that are of the exercise."""
    rows = np.flatnonzero(course.epoch_utc >= course.from_utc)
    if not len(rows):
        return NO_ELEMENT_SETS
    own = course.take(rows)
    went = Published(np.full(len(rows), course.norad_id), own.published, own.known_utc)
    launch_utc = launches_of(own.object_id.tolist(), own.epoch_utc)
    who = Register(went.norad_id, own.name, own.object_id, launch_utc)
    return as_records(went, who, {course.norad_id: course.origins})


def _is_replaced(history: ElementSets, tape: Tape) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    numbers = np.array(sorted(tape.replaced), np.int64)
    hidden = np.isin(history.norad_id, numbers)
    rows = np.flatnonzero(hidden)
    from_utc = np.array([as_column_time(tape.replaced[n]) for n in numbers.tolist()], "M8[us]")
    place = np.searchsorted(numbers, history.norad_id[rows])
    hidden[rows] = history.epoch_utc[rows] >= from_utc[place]
    return hidden


def _known_objects(picture: Picture, tape: Tape, newest: ElementSets) -> Mapping[int, SpaceObject]:
    """Return what is told of objects: of new ones no more than their newest set tells."""
    labels = {
        number: replace(one, name=name, object_id=object_id, object_type=kind_by_name(name))
        for number, name, object_id in zip(
            newest.norad_id.tolist(), newest.object_name.tolist(), newest.object_id.tolist(),
            strict=True,
        )
        if (one := tape.objects.get(number)) is not None
    }  # fmt: skip
    return MappingProxyType({**picture.objects, **labels})
