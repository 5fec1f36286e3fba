"""One state of one object, with what was said beside it: what an Orbit Parameter Message holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.model.conjunction_message import Matrix, Vector
from hoshimori.model.messages import Entry, MessageHeader


@dataclass(frozen=True, slots=True)
class KeplerianElements:
    """Osculating elements at the epoch of the state; one of the two anomalies is stated."""

    semi_major_axis_km: float
    eccentricity: float
    inclination_rad: float
    raan_rad: float
    arg_of_pericenter_rad: float
    mu_km3_s2: float | None = None
    true_anomaly_rad: float | None = None
    mean_anomaly_rad: float | None = None


@dataclass(frozen=True, slots=True)
class Spacecraft:
    """Mass, and what the air and the light push on."""

    mass_kg: float | None = None
    radiation_area_m2: float | None = None
    radiation_coefficient: float | None = None
    drag_area_m2: float | None = None
    drag_coefficient: float | None = None


@dataclass(frozen=True, slots=True)
class StatedManoeuvre:
    """A manoeuvre as the operator states it; past or planned."""

    ignition: np.datetime64
    """In the time system of the message."""
    frame: str
    delta_v_km_s: Vector
    duration_s: float | None = None
    delta_mass_kg: float | None = None


@dataclass(frozen=True, slots=True)
class OrbitParameters:
    """A state and what belongs to it; frames, centre and time system as the message names them."""

    header: MessageHeader
    object_name: str
    object_id: str
    centre: str
    frame: str
    time_system: str
    epoch: np.datetime64
    """In `time_system`, which need not be UTC."""
    position_km: Vector
    velocity_km_s: Vector
    frame_epoch: np.datetime64 | None = None
    keplerian: KeplerianElements | None = None
    spacecraft: Spacecraft = Spacecraft()
    covariance_km2: Matrix | None = None
    """Position, then velocity; km^2, km^2/s and km^2/s^2."""
    covariance_frame: str | None = None
    manoeuvres: tuple[StatedManoeuvre, ...] = ()
    further: tuple[Entry, ...] = ()
    comments: tuple[str, ...] = ()
