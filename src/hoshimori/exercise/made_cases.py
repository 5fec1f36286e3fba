"""Made scenes of labelled cases: their element sets, who is watched, and whom it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np

from hoshimori.exercise.belt_years import (
    CLIENT,
    DERELICT,
    HOLDERS,
    MOVER,
    SERVICER,
    START_UTC,
    TUG,
    VISITOR,
    belt_lives,
    story_of_years,
)
from hoshimori.exercise.breakup_scenes import BreakupScene, catalogue_after, catalogue_before
from hoshimori.exercise.low_company import low_company
from hoshimori.exercise.synthetic_sky import synthetic_sky
from hoshimori.model.assets import Asset
from hoshimori.model.elements import TEXT, ElementSets, concatenate
from hoshimori.model.objects import SpaceObject
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.numerics.breakup_model import Fragmentation

MOMENT_UTC = np.datetime64("2026-04-01T12:00", "us")
"""The moment of made skies and break-ups."""
_SKY_OBJECTS = 1200
_EVENT_DAYS, _BEFORE_DAYS = 31, 40
_PAIRS = 16


@dataclass(frozen=True, slots=True, eq=False)
class MadeScene:
    """A made sky with who is watched in it, and the objects that each of its stories is about."""

    parts: tuple[ElementSets, ...]
    as_of_utc: np.datetime64
    assets: tuple[Asset, ...]
    about: Mapping[str, tuple[int, ...]]
    objects: Mapping[int, SpaceObject] = field(default_factory=lambda: MappingProxyType({}))


def made_scene(name: str, seed: int) -> MadeScene:
    """Return the scene of a name, such as ``sky`` or ``breakup thrown``; a seed gives one scene.

    Raises:
        ValueError: no scene has that name.
    """
    random = np.random.Generator(np.random.PCG64(seed))
    kind, _, variant = name.partition(" ")
    match kind:
        case "sky":
            return _sky(random)
        case "years":
            return _years(int(variant))
        case "breakup":
            return _breakup(variant, random)
        case "pairs":
            return _pairs(random)
        case _:
            raise ValueError(f"no made scene is called {name!r}")


def stand_in(sets: ElementSets, of: int, norad_id: int, ahead_deg: float) -> ElementSets:
    """Return element sets of a made object that flies ahead of another, in its plane.

    It stands for an object without public elements; every row is SIMULATED. It has the sets of the
    other with the mean anomaly advanced, and no name or launch in common.
    """
    own = sets.of_object(of)
    count = len(own)
    made = Provenance("made stand-in", payload_sha256=f"{of:064d}", reality=Reality.SIMULATED)
    return replace(
        own,
        norad_id=np.full(count, norad_id),
        object_name=np.full(count, "SIM STAND-IN", TEXT),
        object_id=np.full(count, "2001-999A", TEXT),
        mean_anomaly_deg=np.mod(own.mean_anomaly_deg + ahead_deg, 360.0),
        provenance_index=np.zeros(count, np.int32),
        provenances=(made,),
    )


def _sky(random: np.random.Generator) -> MadeScene:
    sky = synthetic_sky(MOMENT_UTC, random, objects=_SKY_OBJECTS)
    about = {story.name: story.objects for story in sky.stories}
    return MadeScene((sky.element_sets,), MOMENT_UTC, sky.assets, about, sky.objects)


def _years(day: int) -> MadeScene:
    """Return the made years of the belt as known on a day since their start."""
    lives, days = story_of_years()
    sets = belt_lives(lives, START_UTC, days, every_days=3.0)
    about = {
        "visitor": (HOLDERS[0], VISITOR),
        "next holder": (HOLDERS[2], VISITOR),
        "servicer": (CLIENT, SERVICER),
        "tug": (DERELICT, TUG),
        "mover": (MOVER,),
    }
    watched = dict.fromkeys(objects[0] for objects in about.values())
    return MadeScene(
        (sets,), START_UTC + np.timedelta64(day, "D"), tuple(map(Asset, watched)), about
    )


def _breakup(variant: str, random: np.random.Generator) -> MadeScene:
    """Return catalogues before and after something came apart; `variant` says how."""
    event_utc = MOMENT_UTC - np.timedelta64(_EVENT_DAYS, "D")
    scene = BreakupScene(
        event_utc,
        altitude_km=float(random.uniform(450.0, 1100.0)),
        inclination_deg=float(random.uniform(50.0, 100.0)),
        latitude_argument_deg=float(random.uniform(20.0, 160.0)),
        raan_deg=float(random.uniform(0.0, 360.0)),
        pieces=int(random.integers(25, 90)),
        drag_share=0.3,
    )
    scenes = {
        "burst": (scene,),
        "struck": (replace(scene, kind=Fragmentation.COLLISION, one_sided=True),),
        "two bodies": (replace(scene, kind=Fragmentation.COLLISION), _second_body(scene)),
    }
    if variant not in scenes:
        raise ValueError(f"no break-up is called {variant!r}")
    before_utc = MOMENT_UTC - np.timedelta64(_BEFORE_DAYS, "D")
    parts = [catalogue_before(one, before_utc) for one in scenes[variant]]
    after = [catalogue_after(one, MOMENT_UTC, random) for one in scenes[variant]]
    catalogues = (concatenate(parts), concatenate(after))
    about = {variant: (scene.parent_id,)}
    return MadeScene(catalogues, MOMENT_UTC, (Asset(999_999_998),), about)


def _second_body(scene: BreakupScene) -> BreakupScene:
    """Return the other body of a collision: at the same point, in another plane."""
    crosses = replace(
        scene,
        inclination_deg=scene.inclination_deg,
        latitude_argument_deg=180.0 - scene.latitude_argument_deg,
        parent_id=40_002,
        parent_name="SIM-OTHER",
        launch="2009-005",
        first_piece_id=75_001,
        kind=Fragmentation.COLLISION,
    )
    return replace(crosses, raan_deg=_node_to_meet(scene))


def _node_to_meet(scene: BreakupScene) -> float:
    """Return the node of the orbit that passes the same point going the other way north or south.

    At latitude argument u and 180 - u an orbit of one inclination has the same latitude; the nodes
    differ by what the longitudes along the orbit differ.
    """
    u, tilt = np.radians(scene.latitude_argument_deg), np.radians(scene.inclination_deg)
    first = np.arctan2(np.cos(tilt) * np.sin(u), np.cos(u))
    second = np.arctan2(np.cos(tilt) * np.sin(u), -np.cos(u))
    return float(np.degrees(np.radians(scene.raan_deg) + first - second) % 360.0)


def _pairs(random: np.random.Generator) -> MadeScene:
    """Return made pairs in low orbits; each is called by its asset's number and how it came."""
    sets, truth = low_company(random, _PAIRS, every_days=1.0)
    about = {f"{pair.coming.value} {pair.asset}": (pair.asset, pair.other) for pair in truth}
    moment = sets.epoch_utc.max() + np.timedelta64(6, "h")
    return MadeScene((sets,), moment, tuple(Asset(pair.asset) for pair in truth), about)
