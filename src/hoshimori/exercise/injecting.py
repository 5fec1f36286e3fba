"""A script worked out on a sky, and the sky as it would then be known at any moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias, assert_never

import numpy as np

from hoshimori.exercise.carried_on import Published, as_exercise, as_records
from hoshimori.exercise.casting import cast_of
from hoshimori.exercise.courses import NEVER, Course
from hoshimori.exercise.injected_approach import approached
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
from hoshimori.exercise.records import Register, launches_of
from hoshimori.exercise.stage import Happened, Stage, stage_of
from hoshimori.exercise.streams import stream
from hoshimori.model.elements import NO_ELEMENT_SETS, ElementSets, concatenate
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.objects import SpaceObject, kind_by_name
from hoshimori.model.picture import Picture
from hoshimori.model.scenarios import (
    AnyInject,
    Approach,
    Burn,
    CrossTag,
    DisturbedNavigation,
    Docking,
    Fragmentation,
    Lateness,
    Launch,
    Loss,
    Reentry,
    Release,
    Scenario,
    SlowThrust,
    StatedReport,
    Storm,
    Tow,
)
from hoshimori.model.tapes import Cast, Tape

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
_OLDEST = np.timedelta64(30, "D")


def inject(picture: Picture, scenario: Scenario) -> Picture:
    """Return a picture with all of a script in it that would be known by its moment.

    Every fact in it is EXERCISE. Raises ValueError where the script does not fit the sky.
    """
    tape = tape_of(scenario, cast_of(scenario, picture), picture)
    return played(picture, tape, as_column_time(picture.as_of_utc))


def tape_of(scenario: Scenario, cast: Cast, picture: Picture) -> Tape:
    """Return a script worked out on a sky: what it adds, what it hides, and the truth.

    `picture` holds what the sky's own sets are, also of moments after the start where they are at
    hand. Each inject draws from its own stream: one more changes only what it is about.

    Raises:
        ValueError: an inject does not fit the sky, with its id.
    """
    stage = stage_of(scenario, cast, picture)
    happened: list[tuple[AnyInject, Happened]] = []
    for one in sorted(scenario.injects, key=lambda i: (i.at_h, i.inject_id)):
        if isinstance(one, DisturbedNavigation | StatedReport | Storm):
            continue
        stage, what = _acted(stage, one, stream(scenario.seed, one.inject_id))
        happened.append((one, what))
    truth = {i.inject_id: w.event(i.inject_id, kind_of(i), stage) for i, w in happened}
    return Tape(
        element_sets=concatenate([_sets(c) for _, c in sorted(stage.courses.items())]),
        replaced=MappingProxyType(
            {
                n: as_datetime(c.from_utc)
                for n, c in sorted(stage.courses.items())
                if c.from_utc < NEVER
            }
        ),
        objects=MappingProxyType(dict(stage.objects)),
        truth=tuple(truth[i.inject_id] for i in scenario.injects if i.inject_id in truth),
    )


def played(picture: Picture, tape: Tape, as_of_utc: np.datetime64) -> Picture:
    """Return what of a picture and a tape is known at a moment; every fact is EXERCISE."""
    kept = picture.history.take(~_is_replaced(picture.history, tape))
    sets = concatenate([kept, tape.element_sets]).known_by(as_of_utc).sorted_by_object()
    sets = replace(sets, provenances=tuple(map(as_exercise, sets.provenances)))
    newest = sets.newest()
    moment = as_datetime(as_of_utc)
    return replace(
        picture,
        as_of_utc=moment,
        history=sets,
        newest=newest.take(newest.epoch_utc >= as_of_utc - _OLDEST),
        objects=_known_objects(picture, tape, newest),
        reports=(*picture.reports, *(r for r in tape.reports if r.known_utc <= moment)),
    )


def kind_of(one: AnyInject) -> str:
    """Return the kind of an inject as scripts name it: ``burn``, ``slow-thrust``, ``cross-tag``."""
    name = type(one).__name__
    return "".join(f"-{c.lower()}" if c.isupper() and k else c.lower() for k, c in enumerate(name))


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


def _sets(course: Course) -> ElementSets:
    """Return the sets of a course that are of the exercise."""
    rows = np.flatnonzero(course.epoch_utc >= course.from_utc)
    if not len(rows):
        return NO_ELEMENT_SETS
    own = course.take(rows)
    went = Published(np.full(len(rows), course.norad_id), own.published, own.known_utc)
    launch_utc = launches_of(own.object_id.tolist(), own.epoch_utc)
    return as_records(went, Register(went.norad_id, own.name, own.object_id, launch_utc))


def _is_replaced(history: ElementSets, tape: Tape) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    hidden = np.zeros(len(history), np.bool_)
    for number, from_utc in tape.replaced.items():
        hidden |= (history.norad_id == number) & (history.epoch_utc >= as_column_time(from_utc))
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
