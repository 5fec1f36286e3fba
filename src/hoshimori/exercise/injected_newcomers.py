"""Parts that come into being: let go by others, launched, or pieces of what comes apart.

Catalogues know them late; pieces at first as objects to be assigned, without a parent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from hoshimori.exercise.actors import Arc
from hoshimori.exercise.air_drag import bstar_per_er
from hoshimori.exercise.breakup_scenes import piece_letters, thrown_pieces
from hoshimori.exercise.carried_on import Goers, gone_on
from hoshimori.exercise.courses import Course, trajectory
from hoshimori.exercise.low_scenes import crossing
from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.exercise.origins import Origins
from hoshimori.exercise.refit import (
    elements_of_states,
    kicked,
    rows_of,
    stacked,
    states_at,
)
from hoshimori.exercise.stage import TO_BE_ASSIGNED, Happened, Stage, picked
from hoshimori.exercise.streams import new_number
from hoshimori.exercise.tracking import at_phase, drawn_latency_days, kinds_of
from hoshimori.model.elements import TEXT
from hoshimori.model.injects import Fragmentation, FragmentationKind, Launch, Release
from hoshimori.model.objects import ObjectType, SpaceObject, launch_of
from hoshimori.model.provenance import EXERCISE_SCRIPT
from hoshimori.numerics import breakup_model
from hoshimori.numerics.carried_elements import carried_elements
from hoshimori.numerics.constants import WGS72_RADIUS_KM
from hoshimori.numerics.elements import MeanElements, Times, semi_major_axis_km

_NAMED_AFTER_DAYS = 4.0
"""How long catalogues take from the first set of a piece to its name and parent, about."""
_FIRST_LETTER = 26
"""Pieces of an exercise begin with AA, as launches have used some letters already."""
_KNOWN_BEFORE_DAYS = 60.0
_PUSH_M_S = 0.3
"""About what the body that is left gets in each direction: the changes of tracked parents of
break-ups lie between centimetres and metres a second."""
_MET_KM = 1e-3
_TURNS_BY_NODE = 0.1
_SATELLITE_M2_KG = 0.01
_ROUND = 1e-3
_HOUR = np.timedelta64(3_600_000_000, "us")


def released(stage: Stage, inject: Release, random: np.random.Generator) -> tuple[Stage, Happened]:
    """Let a part release a new one, which is catalogued some time later."""
    at_utc = stage.moment(inject.at_h)
    parent = stage.course(inject.part)
    orbit = kicked(stage.where(inject.part, at_utc), np.array([inject.delta_v_rtn_m_s]))
    number = stage.numbers[inject.released]
    first = _after(at_utc, inject.catalogued_after_h / 24.0)
    # Of the launch of its carrier from the first set on, as such objects mostly are.
    newcomer = replace(_Newcomers.named(parent, [number], orbit, [first], ""), named_after_days=0.0)
    stage = _with_newcomers(stage, newcomer, random)
    size = float(np.linalg.norm(inject.delta_v_rtn_m_s))
    return stage, Happened(
        objects=(parent.norad_id, number),
        from_utc=at_utc,
        to_utc=at_utc,
        measures={"delta_v_m_s": size},
        shows_by=(number,),
    )


def launched(stage: Stage, inject: Launch, random: np.random.Generator) -> tuple[Stage, Happened]:
    """Let a new part begin on a round orbit at some angle to the plane of another."""
    at_utc = stage.moment(inject.at_h)
    host = stage.course(inject.into_plane_of)
    other = trajectory(host, np.array([at_utc]))
    number = stage.numbers[inject.launched]
    orbit = _into_plane(other, inject, random)
    year = str(at_utc)[:4]
    newcomer = _Newcomers(
        numbers=(number,),
        orbits=orbit,
        first_known_utc=(_after(at_utc, inject.catalogued_after_h / 24.0),),
        names=("OBJECT A",),
        designators=(f"{year}-{900 + number % 100}A",),
        object_type=ObjectType.PAYLOAD,
        origins=host.origins,
        named_after_days=0.0,
    )
    stage = _with_newcomers(stage, newcomer, random)
    return stage, Happened(
        objects=(number, stage.numbers[inject.into_plane_of]),
        from_utc=at_utc,
        to_utc=at_utc,
        measures={"plane_deg": abs(inject.plane_offset_deg), "height_km": inject.height_km},
        shows_by=(number,),
    )


def fragmented(
    stage: Stage, inject: Fragmentation, random: np.random.Generator
) -> tuple[Stage, Happened]:
    """Let a part come apart; pieces are catalogued one after another, the largest first.

    What is left of the part stays in the catalogue and got a little push itself. In a collision
    the other body comes apart as well. Source: Johnson et al. 2001 (see `breakup_model`).
    """
    at_utc = stage.moment(inject.at_h)
    bodies = [(stage.course(inject.part), stage.where(inject.part, at_utc))]
    if inject.how is FragmentationKind.COLLISION:
        stage, struck = _with_other_body(stage, inject, bodies[0][1], random)
        bodies.append((struck, stage.where(inject.other, at_utc)))
    numbers: list[int] = []
    for body, (course, arc) in enumerate(bodies):
        count = inject.pieces // len(bodies) + (inject.pieces % len(bodies) if body == 0 else 0)
        pieces = _thrown(arc, inject, count, random)
        moments = _catalogued(at_utc, inject, len(pieces), random)
        own = _numbers(stage, moments, numbers)
        stage = _with_newcomers(
            stage, _Newcomers.named(course, own, pieces, moments, " DEB"), random
        )
        stage = _pushed(stage, inject.part if body == 0 else inject.other, arc, random)
        numbers += own
    parents = tuple(course.norad_id for course, _ in bodies)
    return stage, Happened(
        objects=(*parents, *numbers),
        from_utc=at_utc,
        to_utc=at_utc,
        measures={"pieces": float(len(numbers)), "altitude_km": _altitude_km(bodies[0][1])},
        shows_by=(*parents, *numbers),
        lags=True,
    )


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Newcomers:
    """New objects of one parent or launch; rows agree."""

    numbers: tuple[int, ...]
    orbits: MeanElements
    first_known_utc: tuple[np.datetime64, ...]
    names: tuple[str, ...]
    designators: tuple[str, ...]
    object_type: ObjectType
    origins: Origins
    """Sources that their orbits follow from: those of the parent."""
    named_after_days: float = _NAMED_AFTER_DAYS

    @classmethod
    def named(
        cls,
        parent: Course,
        numbers: list[int],
        orbits: MeanElements,
        first_known_utc: list[np.datetime64],
        kind: str,
    ) -> _Newcomers:
        """Return newcomers that catalogues name after their parent, in time."""
        launch = launch_of(str(parent.object_id[-1])) or "9999-999"
        is_debris = bool(kind)
        return cls(
            numbers=tuple(numbers),
            orbits=orbits,
            first_known_utc=tuple(first_known_utc),
            names=(f"{parent.name[-1]}{kind}" if is_debris else f"OBJECT {numbers[0] % 1000}",)
            * len(numbers),
            designators=tuple(
                launch + piece_letters(_FIRST_LETTER + numbers[0] % 97 + k)
                for k in range(len(numbers))
            ),
            object_type=ObjectType.DEBRIS if is_debris else ObjectType.PAYLOAD,
            origins=parent.origins,
        )


def _with_newcomers(stage: Stage, new: _Newcomers, random: np.random.Generator) -> Stage:
    """Return the stage with new objects, tracked from their first set on as others like them."""
    late = drawn_latency_days(random, len(new.numbers))
    known = np.array(new.first_known_utc, "datetime64[us]")
    earliest = new.orbits.epoch_utc
    epoch = np.maximum(known - np.round(late * 86400e6).astype("timedelta64[us]"), earliest)
    first = at_phase(carried_elements(new.orbits, epoch), np.zeros(len(epoch)))
    unnamed = np.full(len(new.numbers), TO_BE_ASSIGNED, TEXT)
    numbers = np.array(new.numbers, np.int64)
    origins = (new.origins,) * len(numbers)
    goers = Goers(numbers, first, kinds_of(first, unnamed), origins)
    went = gone_on(goers, stage.habits, stage.ends_utc, air=stage.air)
    objects = dict(stage.objects)
    for row, number in enumerate(new.numbers):
        own = went.take(np.flatnonzero(went.norad_id == number))
        flown = stacked([picked(first, row), own.elements])
        known_utc = np.concatenate([known[[row]], own.known_utc])
        stage = stage.with_course(_newcomer_course(new, row, flown, known_utc))
        objects[number] = SpaceObject(
            norad_id=number,
            name=new.names[row],
            object_id=new.designators[row],
            object_type=new.object_type,
            launch_date=_launch_day(new.designators[row]),
            sources=tuple(sorted(new.origins)) or (EXERCISE_SCRIPT,),
        )
    return replace(stage, objects=objects)


def _newcomer_course(new: _Newcomers, row: int, flown: MeanElements, known_utc: Times) -> Course:
    named = known_utc >= _after(known_utc[0], new.named_after_days)
    return Course(
        norad_id=new.numbers[row],
        flown=flown,
        published=flown,
        known_utc=known_utc,
        name=np.where(named, new.names[row], TO_BE_ASSIGNED).astype(TEXT),
        object_id=np.where(named, new.designators[row], "").astype(TEXT),
        origins=new.origins,
        from_utc=np.datetime64(0, "us"),
        arcs=(Arc(np.datetime64(new.orbits.epoch_utc[row], "us"), picked(new.orbits, row)),),
    )


def _thrown(
    arc: MeanElements, inject: Fragmentation, count: int, random: np.random.Generator
) -> MeanElements:
    """Return the orbits of pieces at the moment they part, the largest first."""
    position, velocity = states_at(arc, arc.epoch_utc)
    is_explosion = inject.how is FragmentationKind.EXPLOSION
    kinds = breakup_model.Fragmentation
    thrown = thrown_pieces(
        random,
        position[0],
        velocity[0],
        kind=kinds.EXPLOSION if is_explosion else kinds.COLLISION,
        pieces=count,
        one_sided=inject.how is FragmentationKind.STRUCK,
    )
    order = np.argsort(-thrown.log_size, kind="stable")
    pieces = elements_of_states(
        np.tile(position, (len(order), 1)),
        thrown.velocity[order],
        np.repeat(arc.epoch_utc, len(order)),
        thrown.bstar_per_er[order],
    )
    return rows_of(pieces, np.flatnonzero(np.isfinite(semi_major_axis_km(pieces))))


def _numbers(stage: Stage, moments: list[np.datetime64], taken: list[int]) -> list[int]:
    """Return numbers for objects catalogued at moments, each another one."""
    numbers: list[int] = []
    used = {*taken, *stage.courses, *stage.numbers.values()}
    length_h = float((stage.ends_utc - stage.starts_utc) / _HOUR)
    for moment in moments:
        number = new_number(float((moment - stage.starts_utc) / _HOUR), length_h)
        while number in used:
            number += 1
        used.add(number)
        numbers.append(number)
    return numbers


def _catalogued(
    at_utc: np.datetime64, inject: Fragmentation, count: int, random: np.random.Generator
) -> list[np.datetime64]:
    """Draw when each piece becomes known, from the first to the last."""
    share = np.sort(random.random(count))
    if count > 1:
        share = (share - share[0]) / (share[-1] - share[0])
    hours = inject.catalogued_after_h + inject.catalogued_over_h * share
    return [_after(at_utc, float(h) / 24.0) for h in hours]


def _with_other_body(
    stage: Stage, inject: Fragmentation, arc: MeanElements, random: np.random.Generator
) -> tuple[Stage, Course]:
    """Return the stage with the second body of a collision, known for weeks before.

    Its orbit is made to meet the first body, and so follows from what is known of that one.
    """
    at_utc = np.datetime64(arc.epoch_utc[0], "us")
    number = stage.numbers[inject.other]
    orbit = crossing(arc, at_utc, _MET_KM, float(np.radians(random.uniform(25.0, 155.0))))
    kind = kinds_of(orbit, np.array([inject.other.upper()], TEXT))
    origins = stage.course(inject.part).origins
    goers = Goers(np.array([number]), orbit, kind, (origins,))
    before = gone_on(goers, stage.habits, _after(at_utc, -_KNOWN_BEFORE_DAYS), backwards=True)
    later = gone_on(goers, stage.habits, stage.ends_utc, air=stage.air)
    flown = stacked([before.elements, later.elements])
    count = len(flown)
    course = Course(
        norad_id=number,
        flown=flown,
        published=flown,
        known_utc=np.concatenate([before.known_utc, later.known_utc]),
        name=np.full(count, inject.other.upper(), TEXT),
        object_id=np.full(count, f"{1970 + number % 40}-{900 + number % 97}A", TEXT),
        origins=origins,
        from_utc=np.datetime64(0, "us"),
    )
    return stage.with_course(course), course


def _pushed(stage: Stage, part: str, arc: MeanElements, random: np.random.Generator) -> Stage:
    """Return the stage with what is left of a body pushed a little to some side."""
    push_m_s = _PUSH_M_S * random.lognormal(0.0, 0.5) * random.normal(size=3)
    at_utc = np.datetime64(arc.epoch_utc[0], "us")
    return stage.with_arc(part, Arc(at_utc, kicked(arc, push_m_s[None])), random)


def _into_plane(other: MeanElements, inject: Launch, random: np.random.Generator) -> MeanElements:
    """Return a round orbit of a height whose plane is at an angle to another's, one row."""
    offset = np.radians(inject.plane_offset_deg)
    tilt, node = other.inclination_rad, other.raan_rad
    if np.sin(tilt[0]) > _TURNS_BY_NODE:
        node = node + offset / np.sin(tilt)
    else:
        tilt = tilt + abs(offset)
    height = np.array([inject.height_km])
    orbits = MeanOrbits(
        semi_major_axis_km=WGS72_RADIUS_KM + height,
        eccentricity=np.array([_ROUND]),
        inclination_rad=tilt,
        raan_rad=node,
        arg_of_perigee_rad=random.uniform(0.0, 2.0 * np.pi, 1),
        mean_anomaly_rad=random.uniform(0.0, 2.0 * np.pi, 1),
    )
    return orbits.elements(other.epoch_utc, bstar_per_er(height, np.array([_SATELLITE_M2_KG])))


def _launch_day(designator: str) -> date | None:
    year = designator[:4]
    return date(int(year), 7, 1) if year.isdigit() and year != "9999" else None


def _after(at_utc: np.datetime64, days: float) -> np.datetime64:
    return at_utc + np.timedelta64(round(days * 86400e6), "us")


def _altitude_km(arc: MeanElements) -> float:
    position, _ = states_at(arc, arc.epoch_utc)
    return float(np.linalg.norm(position[0])) - WGS72_RADIUS_KM
