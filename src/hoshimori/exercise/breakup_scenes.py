"""A break-up, a deployment, a separation: what catalogues before and after it would hold."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hoshimori.exercise.kepler import orbits_of_states
from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.exercise.records import Register, element_sets
from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.numerics.breakup_model import (
    Body,
    Fragmentation,
    draw_kick_km_s,
    draw_log_area_to_mass,
    draw_log_size,
)
from hoshimori.numerics.breakup_orbits import advanced_elements
from hoshimori.numerics.constants import WGS72_MU_KM3_S2, WGS72_RADIUS_KM
from hoshimori.numerics.elements import Floats, MeanElements

_SOURCE = "made break-up"
_SMALLEST_M, _LARGEST_M = 0.11, 1.0
_LEAST_PERIGEE_KM = 200.0
_PARENT_BSTAR = 2e-5
_BSTAR_OF_AREA = 1e-3
"""Drag term for each unit of area to mass [m2/kg], roughly as catalogues publish it."""


@dataclass(frozen=True, slots=True)
class BreakupScene:
    """What comes apart, when, and how many pieces catalogues hold afterwards."""

    event_utc: np.datetime64
    altitude_km: float = 800.0
    inclination_deg: float = 74.0
    latitude_argument_deg: float = 50.0
    """Where on its orbit, from the node."""
    raan_deg: float = 120.0
    parent_id: int = 40001
    parent_name: str = "SIM-PARENT"
    launch: str = "2014-001"
    kind: Fragmentation = Fragmentation.EXPLOSION
    pieces: int = 60
    first_piece_id: int = 70001
    kick_share: float = 1.0
    """Of the model's speeds; a hundredth is a gentle release."""
    one_sided: bool = False
    """Throw all pieces forward."""
    drag_share: float = 1.0
    """Of the model's drag; with 0 the air does nothing."""


def parent_state(scene: BreakupScene) -> tuple[Floats, Floats]:
    """Return position [km] and velocity [km/s] of the parent at the event, TEME, shape (3,)."""
    radius = WGS72_RADIUS_KM + scene.altitude_km
    tilt, node, u = np.radians([scene.inclination_deg, scene.raan_deg, scene.latitude_argument_deg])
    ascending = np.array([np.cos(node), np.sin(node), 0.0])
    ahead = np.array([-np.sin(node) * np.cos(tilt), np.cos(node) * np.cos(tilt), np.sin(tilt)])
    speed = np.sqrt(WGS72_MU_KM3_S2 / radius)
    position = radius * (np.cos(u) * ascending + np.sin(u) * ahead)
    return position, speed * (np.cos(u) * ahead - np.sin(u) * ascending)


def catalogue_before(scene: BreakupScene, utc: np.datetime64) -> ElementSets:
    """Return the parent's element set as a catalogue of that moment holds it."""
    elements = advanced_elements(_parent(scene), np.array([utc]))
    return _records(scene, elements, utc, np.array([scene.parent_id]), [scene.parent_name], "A")


def catalogue_after(
    scene: BreakupScene, utc: np.datetime64, random: np.random.Generator
) -> ElementSets:
    """Return the pieces' element sets as a catalogue of that moment holds them.

    Thrown by the NASA standard break-up model; epochs over the last day before the moment.
    """
    elements = fragments(scene, random)
    back = (random.uniform(0.05, 1.0, len(elements)) * 86400e6).astype("timedelta64[us]")
    later = advanced_elements(elements, utc - back)
    ids = scene.first_piece_id + np.arange(len(elements))
    names = [f"{scene.parent_name} DEB"] * len(elements)
    return _records(scene, later, utc, ids, names, "C")


def fragments(scene: BreakupScene, random: np.random.Generator) -> MeanElements:
    """Return the orbits of the pieces at the event, as many as the scene asks for."""
    position, velocity = parent_state(scene)
    thrown = thrown_pieces(
        random,
        position,
        velocity,
        kind=scene.kind,
        pieces=scene.pieces,
        kick_share=scene.kick_share,
        one_sided=scene.one_sided,
    )
    orbits = orbits_of_states(np.tile(position, (len(thrown.bstar_per_er), 1)), thrown.velocity)
    return _at_event(scene, orbits, scene.drag_share * thrown.bstar_per_er)


@dataclass(frozen=True, slots=True, eq=False)
class Thrown:
    """Pieces as they leave, *n* rows in the order drawn."""

    velocity: Floats
    """[km/s], shape (n, 3), in the axes of the parent's."""
    bstar_per_er: Floats
    log_size: Floats
    """Decimal logarithm of the size [m]."""


def thrown_pieces(
    random: np.random.Generator,
    position: Floats,
    velocity: Floats,
    *,
    kind: Fragmentation,
    pieces: int,
    kick_share: float = 1.0,
    one_sided: bool = False,
) -> Thrown:
    """Return pieces thrown from a state [km, km/s] by the NASA standard break-up model.

    Those that stay up alone, and as many as asked for or fewer.
    """
    drawn = 4 * pieces + 16
    log_size = draw_log_size(random, drawn, kind, _SMALLEST_M, _LARGEST_M)
    light = draw_log_area_to_mass(random, log_size, Body.SPACECRAFT)
    kick = kick_share * draw_kick_km_s(random, light, kind)
    if one_sided:
        kick *= np.sign(kick @ velocity)[:, None]
    orbits = orbits_of_states(np.tile(position, (drawn, 1)), velocity + kick)
    stays = np.flatnonzero((orbits.perigee_km > _LEAST_PERIGEE_KM) & (orbits.eccentricity < 0.5))
    chosen = stays[:pieces]
    bstar = _BSTAR_OF_AREA * 10.0 ** light[chosen]
    return Thrown(velocity + kick[chosen], bstar, log_size[chosen])


def _parent(scene: BreakupScene) -> MeanElements:
    position, velocity = parent_state(scene)
    # A metre a second keeps the orbit from being a circle, which has no perigee.
    orbits = orbits_of_states(position[None], velocity[None] * (1.0 + 1e-4))
    return _at_event(scene, orbits, np.array([_PARENT_BSTAR]))


def _at_event(scene: BreakupScene, orbits: MeanOrbits, bstar: Floats) -> MeanElements:
    return orbits.elements(np.full(len(orbits), scene.event_utc), bstar)


def _records(
    scene: BreakupScene,
    elements: MeanElements,
    utc: np.datetime64,
    ids: np.ndarray,
    names: list[str],
    first_letter: str,
) -> ElementSets:
    letters = [piece_letters(ord(first_letter) - ord("A") + k) for k in range(len(ids))]
    register = Register(
        norad_id=np.asarray(ids, np.int64),
        name=np.array(names, TEXT),
        object_id=np.array([scene.launch + letter for letter in letters], TEXT),
        launch_utc=np.full(len(ids), scene.event_utc - np.timedelta64(3650, "D")),
    )
    made = element_sets(elements, register, utc, _SOURCE)
    return replace(made, known_utc=np.full(len(ids), utc))


def piece_letters(number: int) -> str:
    """Return the piece letters of an international designator.

    >>> piece_letters(0), piece_letters(25), piece_letters(26)
    ('A', 'Z', 'AA')
    """
    first, last = divmod(number, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + last)
