"""Warnings of close approaches as the originator states them, in kilometres.

A number that the message does not state is None; nothing is filled in.  Covariances are those of
the message: whether they are realistic, or positive definite, is judged elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.model.messages import Entry
from hoshimori.model.provenance import Reality

Vector = tuple[float, float, float]
Matrix = tuple[tuple[float, ...], ...]
"""Six rows of six: position, then velocity."""


@dataclass(frozen=True, slots=True)
class StateAtClosestApproach:
    """Position and velocity of one object at closest approach, with their covariance."""

    frame: str
    """GCRF, EME2000 or ITRF."""
    position_km: Vector
    velocity_km_s: Vector
    covariance_rtn_km2: Matrix
    """In the object's own radial, transverse, normal axes; km^2, km^2/s and km^2/s^2."""
    centre: str = "EARTH"


@dataclass(frozen=True, slots=True)
class OrbitDetermination:
    """On what observations an orbit rests, and how well it fits them."""

    last_observations_start_utc: np.datetime64 | None = None
    last_observations_end_utc: np.datetime64 | None = None
    recommended_span_days: float | None = None
    actual_span_days: float | None = None
    observations_available: int | None = None
    observations_used: int | None = None
    tracks_available: int | None = None
    tracks_used: int | None = None
    residuals_accepted_percent: float | None = None
    weighted_rms: float | None = None


@dataclass(frozen=True, slots=True)
class ForceModel:
    """What was modelled when the orbit was determined."""

    gravity: str | None = None
    atmosphere: str | None = None
    third_bodies: str | None = None
    radiation_pressure: bool | None = None
    tides: bool | None = None
    in_track_thrust: bool | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """Size, mass and what acts on the surface."""

    collision_area_m2: float | None = None
    drag_area_m2: float | None = None
    radiation_area_m2: float | None = None
    mass_kg: float | None = None
    drag_coefficient_area_m2_kg: float | None = None
    radiation_coefficient_area_m2_kg: float | None = None
    thrust_acceleration_km_s2: float | None = None
    energy_dissipation_w_kg: float | None = None


@dataclass(frozen=True, slots=True)
class ConjunctionObject:
    """One of the two objects of a conjunction."""

    designator: str
    """As in the catalogue that `catalogue` names; with SATCAT the NORAD number, maybe padded."""
    catalogue: str
    name: str
    international_designator: str
    ephemeris_name: str
    """NONE where the orbit comes from observations."""
    covariance_method: str
    """CALCULATED, or DEFAULT where the covariance is a guess."""
    manoeuvrable: bool | None
    """None where the originator does not know."""
    state: StateAtClosestApproach | None
    """None in public summaries, which leave it out."""
    object_type: str | None = None
    force_model: ForceModel = ForceModel()
    orbit_determination: OrbitDetermination = OrbitDetermination()
    body: Body = Body()
    hard_body_radius_km: float | None = None
    exclusion_radius_km: float | None = None
    further: tuple[Entry, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Screening:
    """The volume and the time in which the originator looked."""

    start_utc: np.datetime64 | None = None
    stop_utc: np.datetime64 | None = None
    frame: str | None = None
    shape: str | None = None
    size_km: Vector | None = None
    entry_utc: np.datetime64 | None = None
    exit_utc: np.datetime64 | None = None


@dataclass(frozen=True, slots=True)
class ConjunctionMessage:
    """One warning: two objects, when they are closest, how close, and how that is known.

    The relative position and velocity are of object 2 seen from object 1, in object 1's radial,
    transverse, normal axes.  `hard_body_radius_km` is that of both objects together.
    """

    message_id: str
    created_utc: np.datetime64
    originator: str
    tca_utc: np.datetime64
    miss_km: float
    object1: ConjunctionObject
    object2: ConjunctionObject
    message_for: str | None = None
    relative_speed_km_s: float | None = None
    relative_position_rtn_km: Vector | None = None
    relative_velocity_rtn_km_s: Vector | None = None
    screening: Screening = Screening()
    collision_probability: float | None = None
    probability_method: str | None = None
    hard_body_radius_km: float | None = None
    version: str = "1.0"
    reality: Reality = Reality.REAL
    further: tuple[Entry, ...] = ()
    comments: tuple[str, ...] = ()
