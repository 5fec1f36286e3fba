"""What the states and covariances of conjunction messages imply for straight motion.

All messages are computed at once, as columns. States in ITRF are seen from the inertial frame whose
axes are those of ITRF at that moment: what matters between two objects does not depend on how the
Earth stands. Covariances of the two objects are taken as independent; forecast errors of the air
density that they share are not accounted for.

Source: CCSDS 508.0-B-1, annex E; Foster & Estes 1992, NASA JSC-25898.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from hoshimori.model.conjunction_event import HardBodyRadius, MessageMeasures, RadiusSource
from hoshimori.model.conjunction_message import ConjunctionMessage, StateAtClosestApproach
from hoshimori.numerics.collision import (
    collision_probability,
    encounter_plane,
    mahalanobis_squared,
)
from hoshimori.numerics.collision_covariance import UncertainStates, inertial_covariance
from hoshimori.numerics.collision_maximum import maximum_probability
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.frames import itrf_velocity_from_inertial, rtn_basis, to_rtn

_LARGEST_STATE = 1e12
"""Kilometres or kilometres a second: far beyond anything in orbit, far below any overflow."""
INERTIAL = ("GCRF", "EME2000")
"""Frames alike within 23 milliarcseconds: two states in either may be compared."""


def radius_of(message: ConjunctionMessage, assumed_km: float | None) -> HardBodyRadius | None:
    """Return the combined hard-body radius, None where nothing tells it.

    As the message states it, else the sum of the objects' own, else `assumed_km` (for both objects
    together), else that of discs of the areas that are stated for collisions.
    """
    one, two = message.object1, message.object2
    if message.hard_body_radius_km is not None:
        return HardBodyRadius(message.hard_body_radius_km, RadiusSource.MESSAGE)
    if one.hard_body_radius_km is not None and two.hard_body_radius_km is not None:
        both_km = one.hard_body_radius_km + two.hard_body_radius_km
        return HardBodyRadius(both_km, RadiusSource.OBJECTS)
    if assumed_km is not None:
        return HardBodyRadius(assumed_km, RadiusSource.ASSUMED)
    areas = (one.body.collision_area_m2, two.body.collision_area_m2)
    if areas[0] and areas[1]:
        both_km = sum(math.sqrt(area / math.pi) for area in areas if area) / 1000.0
        return HardBodyRadius(both_km, RadiusSource.AREAS)
    return None


def comparable_states(
    message: ConjunctionMessage,
) -> tuple[StateAtClosestApproach, StateAtClosestApproach] | None:
    """Return both states, None where one is missing or absurd, or where frames differ."""
    one, two = message.object1.state, message.object2.state
    if one is None or two is None:
        return None
    return (one, two) if same_frame(one, two) and is_orbit(one) and is_orbit(two) else None


def same_frame(one: StateAtClosestApproach, two: StateAtClosestApproach) -> bool:
    """Tell whether two states may be subtracted from one another."""
    return one.frame == two.frame or {one.frame, two.frame} <= set(INERTIAL)


def is_orbit(state: StateAtClosestApproach) -> bool:
    """Tell whether a state has the plane in which its covariance is stated, and sane numbers."""
    largest = np.max(np.abs([*state.position_km, *state.velocity_km_s]))
    if largest > _LARGEST_STATE or np.max(np.abs(state.covariance_rtn_km2)) > _LARGEST_STATE**2:
        return False
    return bool(np.linalg.norm(np.cross(state.position_km, state.velocity_km_s)) > 0.0)


def measures_of(
    messages: Sequence[ConjunctionMessage], assumed_radius_km: float | None = None
) -> tuple[MessageMeasures | None, ...]:
    """Return what the states of each message imply, None where they cannot be compared.

    Whether the probability in the encounter plane may be used is not asked here.
    """
    pairs = {k: pair for k, m in enumerate(messages) if (pair := comparable_states(m)) is not None}
    if not pairs:
        return (None,) * len(messages)
    first, second = (state_columns([pair[k] for pair in pairs.values()]) for k in (0, 1))
    radii = [radius_of(messages[k], assumed_radius_km) for k in pairs]
    found = dict(zip(pairs, _measures(first, second, radii), strict=True))
    return tuple(found.get(k) for k in range(len(messages)))


def state_columns(states: Sequence[StateAtClosestApproach]) -> UncertainStates:
    """Return states as columns, covariances (n, 6, 6) turned into the frame of the states."""
    position = np.array([state.position_km for state in states])
    velocity = np.array([state.velocity_km_s for state in states])
    is_fixed = np.array([state.frame not in INERTIAL for state in states])
    inertial = itrf_velocity_from_inertial(position, velocity)
    velocity = np.where(is_fixed[:, None], inertial, velocity)
    covariance_rtn = np.array([state.covariance_rtn_km2 for state in states])
    return UncertainStates(
        position, velocity, inertial_covariance(position, velocity, covariance_rtn)
    )


def _measures(
    first: UncertainStates, second: UncertainStates, radii: Sequence[HardBodyRadius | None]
) -> list[MessageMeasures]:
    position = second.position_km - first.position_km
    velocity = second.velocity_km_s - first.velocity_km_s
    covariance = (first.covariance + second.covariance)[:, :3, :3]
    radius_km = np.array([0.0 if radius is None else radius.radius_km for radius in radii])
    plane = encounter_plane(position, velocity, covariance, radius_km)
    with np.errstate(divide="ignore", invalid="ignore"):
        speed_2 = np.sum(velocity**2, axis=1)
        offset_s = -np.sum(position * velocity, axis=1) / speed_2
        columns = {
            "range_km": np.linalg.norm(position, axis=1),
            "miss_km": np.linalg.norm(position + velocity * offset_s[:, None], axis=1),
            "tca_offset_s": offset_s,
            "speed_km_s": np.sqrt(speed_2),
            "miss_sigma_km": plane.sigma_major_km,
            "mahalanobis": np.sqrt(mahalanobis_squared(plane)),
            "plane_probability": collision_probability(plane),
            "maximum_probability": maximum_probability(plane),
        }
    rtn = to_rtn(rtn_basis(first.position_km, first.velocity_km_s), position)
    return [
        _one({name: float(column[k]) for name, column in columns.items()}, rtn[k], radii[k])
        for k in range(len(radii))
    ]


def _one(numbers: dict[str, float], rtn: Floats, radius: HardBodyRadius | None) -> MessageMeasures:
    known = {name: value if math.isfinite(value) else None for name, value in numbers.items()}
    needs_radius = dict.fromkeys(("plane_probability", "maximum_probability"))
    x, y, z = rtn.tolist()
    return MessageMeasures(
        range_km=numbers["range_km"],
        # Without relative velocity they stay as far apart as they are.
        miss_km=numbers["range_km"] if known["miss_km"] is None else numbers["miss_km"],
        tca_offset_s=known["tca_offset_s"] or 0.0,
        speed_km_s=numbers["speed_km_s"],
        position_rtn_km=(x, y, z),
        miss_sigma_km=known["miss_sigma_km"],
        mahalanobis=known["mahalanobis"],
        radius=radius,
        **({name: known[name] for name in needs_radius} if radius else needs_radius),
    )
