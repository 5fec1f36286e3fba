"""A whole made sky: full-size, seeded, with true stories in it, and nothing real."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from hoshimori.exercise import belt_scenes, low_scenes
from hoshimori.exercise.actors import (
    FAINT_NOISE,
    HIGH_NOISE,
    HISTORY_DAYS,
    LOW_NOISE,
    Actor,
    Arc,
    Noise,
    published,
)
from hoshimori.exercise.crowd import Crowd, crowd_of, populations
from hoshimori.exercise.mean_orbits import days_since
from hoshimori.exercise.records import Register, element_sets
from hoshimori.exercise.refit import rows_of, stacked
from hoshimori.exercise.story import Story
from hoshimori.model.assets import Asset
from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.model.objects import ObjectType, SpaceObject

FIRST_NORAD_ID = 800_000_001
"""Catalogue numbers from 700,000,000 to 899,999,999 are for internal use: no real object's."""
_BYSTANDERS = 150
_LEAST_TILT_RAD = np.radians(0.15)  # below, SGP4 has no smooth inverse in deep space
_DEEP_SPACE_RAD_MIN = 2.0 * np.pi / 225.0
_SCENES = (
    belt_scenes.drift_in,
    belt_scenes.neighbour,
    belt_scenes.docked_pair,
    belt_scenes.cluster,
    belt_scenes.quiet,
    low_scenes.inspector,
    low_scenes.passing_by,
    low_scenes.orbit_change,
    low_scenes.overdue,
    low_scenes.station,
    low_scenes.formation,
    low_scenes.quiet_navigator,
)


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticSky:
    """A made sky as known at `as_of_utc`; every element set in it is marked SIMULATED."""

    as_of_utc: np.datetime64
    element_sets: ElementSets
    """Ordered by object, then epoch: newest sets of all, histories of assets and some others."""
    assets: tuple[Asset, ...]
    objects: Mapping[int, SpaceObject]
    stories: tuple[Story, ...]
    """The truth about what was planted."""


def synthetic_sky(
    as_of_utc: np.datetime64,
    rng: np.random.Generator,
    *,
    objects: int = 30_000,
    bystanders: int = _BYSTANDERS,
    history_days: float = HISTORY_DAYS,
) -> SyntheticSky:
    """Return a made sky of so many objects as known at a moment, with stories planted in it.

    A generator of the same seed gives the same sky bit for bit; for another moment it gives the
    same objects moved on, with the stories planted anew around that moment. So many `bystanders`
    have histories of `history_days`, as those with a part in a story have.
    Raises ValueError where `objects` leaves no room beside the objects of the stories.
    """
    as_of_utc = as_of_utc.astype("datetime64[us]")
    source = f"synthetic sky, seed {_seed(rng)}"
    crowd_rng, choice_rng, cast_rng = rng.spawn(3)
    ids = itertools.count(FIRST_NORAD_ID)
    scenes = [scene(as_of_utc, ids) for scene in _SCENES]
    cast = [actor for scene in scenes for actor in scene.actors]
    if objects <= len(cast):
        raise ValueError(f"a synthetic sky needs more than {len(cast)} objects, not {objects}")
    kinds = populations(belt_scenes.CLEAR_OF_DEG_EAST)
    crowd = crowd_of(kinds, objects - len(cast), as_of_utc, crowd_rng)
    register = _register(cast, crowd)
    watched = _bystanders(crowd, choice_rng, bystanders)
    extras = _as_actors(crowd, watched, register.norad_id[len(cast) :], as_of_utc)
    troupe = tuple(_remembered(actor, history_days) for actor in (*cast, *extras))
    histories, norad_id = published(troupe, as_of_utc, cast_rng)
    others = np.setdiff1d(np.arange(len(crowd)), watched)
    rows = np.concatenate([norad_id - FIRST_NORAD_ID, others + len(cast)])
    every = stacked([histories, rows_of(crowd.elements, others)])
    sets = element_sets(every, register.take(rows), as_of_utc, source)
    return SyntheticSky(
        as_of_utc=as_of_utc,
        element_sets=sets.sorted_by_object(),
        assets=tuple(actor.asset for actor in cast if actor.asset is not None),
        objects=MappingProxyType(_objects(cast, crowd, register)),
        stories=tuple(story for scene in scenes for story in scene.stories),
    )


def _seed(rng: np.random.Generator) -> str:
    sequence = rng.bit_generator.seed_seq
    return str(sequence.entropy) if isinstance(sequence, np.random.SeedSequence) else "not stated"


def _register(cast: Sequence[Actor], crowd: Crowd) -> Register:
    """Return who everybody is, in the order of catalogue numbers: the cast first."""
    count = len(cast) + len(crowd)
    cast_launch_utc = np.array(
        [actor.launch_utc or f"{actor.object_id[:4]}-03-01" for actor in cast], "datetime64[D]"
    )
    return Register(
        norad_id=np.arange(FIRST_NORAD_ID, FIRST_NORAD_ID + count),
        name=np.array([*(actor.name for actor in cast), *crowd.names], dtype=TEXT),
        object_id=np.array([*(actor.object_id for actor in cast), *crowd.object_ids], dtype=TEXT),
        launch_utc=np.concatenate([cast_launch_utc, crowd.launch_utc]),
    )


def _remembered(actor: Actor, history_days: float) -> Actor:
    """Return an actor whose history is as long; one that came later, or docked, stays as it is."""
    usual = actor.since_days == HISTORY_DAYS and not actor.docked_to
    return replace(actor, since_days=history_days) if usual else actor


def _bystanders(crowd: Crowd, rng: np.random.Generator, number: int) -> npt.NDArray[np.int64]:
    """Choose objects that get a history though nothing happens to them, in ascending order."""
    eligible = np.flatnonzero(crowd.elements.inclination_rad > _LEAST_TILT_RAD)
    count = min(number, len(eligible))
    return np.sort(rng.choice(eligible, count, replace=False))


def _as_actors(
    crowd: Crowd,
    rows: npt.NDArray[np.int64],
    norad_id: npt.NDArray[np.int64],
    as_of_utc: np.datetime64,
) -> tuple[Actor, ...]:
    """Return objects of the crowd as actors without a part."""
    is_high = crowd.elements.mean_motion_kozai_rad_min < _DEEP_SPACE_RAD_MIN
    age_days = days_since(as_of_utc, crowd.elements.epoch_utc)
    return tuple(
        Actor(
            norad_id=int(norad_id[row]),
            name=crowd.names[row],
            object_id=crowd.object_ids[row],
            object_type=crowd.object_types[row],
            owner="",
            arcs=(Arc(as_of_utc, rows_of(crowd.elements, np.array([row]))),),
            cadence_days=1.1 if is_high[row] else 0.6,
            age_days=float(age_days[row]),
            noise=_noise(crowd.object_types[row], bool(is_high[row])),
        )
        for row in rows.tolist()
    )


def _noise(object_type: ObjectType, is_high: bool) -> Noise:
    if is_high:
        return HIGH_NOISE
    return FAINT_NOISE if object_type is ObjectType.DEBRIS else LOW_NOISE


def _objects(cast: Sequence[Actor], crowd: Crowd, register: Register) -> dict[int, SpaceObject]:
    types = (*(actor.object_type for actor in cast), *crowd.object_types)
    owners = (*(actor.owner for actor in cast), *[""] * len(crowd))
    days: list[date] = register.launch_utc.astype("datetime64[D]").tolist()
    return {
        norad_id: SpaceObject(
            norad_id=norad_id,
            name=name,
            object_id=object_id,
            object_type=object_type,
            owner=owner,
            launch_date=launch_date,
            sources=("synthetic sky",),
        )
        for norad_id, name, object_id, object_type, owner, launch_date in zip(
            register.norad_id.tolist(),
            register.name.tolist(),
            register.object_id.tolist(),
            types,
            owners,
            days,
            strict=True,
        )
    }
