"""From states to osculating orbits."""

from __future__ import annotations

import numpy as np

from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats

_KEPLER_ROUNDS = 12


def orbits_of_states(position_km: Floats, velocity_km_s: Floats) -> MeanOrbits:
    """Return the osculating orbits of states of shape (n, 3), axes as in the states.

    Not for exactly circular or equatorial orbits; an unbound one has an eccentricity above 1 and
    no meaningful anomaly. Source: Vallado 2013, algorithm 9 (RV2COE).
    """
    radius = np.linalg.norm(position_km, axis=1)
    momentum = np.cross(position_km, velocity_km_s)
    node = np.stack([-momentum[:, 1], momentum[:, 0], np.zeros(len(radius))], axis=1)
    toward = np.cross(velocity_km_s, momentum) / WGS72_MU_KM3_S2 - position_km / radius[:, None]
    eccentricity = np.linalg.norm(toward, axis=1)
    energy = 0.5 * np.sum(velocity_km_s**2, axis=1) - WGS72_MU_KM3_S2 / radius
    true_anomaly = _angle(toward, position_km, momentum)
    closed = np.maximum(1.0 - eccentricity, 0.0) / (1.0 + eccentricity)
    half = np.sqrt(closed) * np.tan(0.5 * true_anomaly)
    eccentric_anomaly = 2.0 * np.arctan(half)
    return MeanOrbits(
        semi_major_axis_km=-WGS72_MU_KM3_S2 / (2.0 * energy),
        eccentricity=eccentricity,
        inclination_rad=np.arccos(momentum[:, 2] / np.linalg.norm(momentum, axis=1)),
        raan_rad=np.arctan2(node[:, 1], node[:, 0]),
        arg_of_perigee_rad=_angle(node, toward, momentum),
        mean_anomaly_rad=eccentric_anomaly - eccentricity * np.sin(eccentric_anomaly),
    )


def states_of_orbits(orbits: MeanOrbits) -> tuple[Floats, Floats]:
    """Return positions [km] and velocities [km/s] of orbits taken as undisturbed, shape (n, 3).

    Source: Vallado 2013, algorithm 10 (COE2RV).
    """
    e, anomaly = orbits.eccentricity, orbits.mean_anomaly_rad
    turn = anomaly + e * np.sin(anomaly)
    for _ in range(_KEPLER_ROUNDS):
        turn = turn - (turn - e * np.sin(turn) - anomaly) / (1.0 - e * np.cos(turn))
    root = np.sqrt(1.0 - e**2)
    axis = orbits.semi_major_axis_km
    pace = np.sqrt(WGS72_MU_KM3_S2 / axis) / (1.0 - e * np.cos(turn))
    along, aside = _perigee_axes(orbits)
    position = (axis * (np.cos(turn) - e))[:, None] * along
    position += (axis * root * np.sin(turn))[:, None] * aside
    velocity = (pace * root * np.cos(turn))[:, None] * aside
    return position, velocity - (pace * np.sin(turn))[:, None] * along


def _perigee_axes(orbits: MeanOrbits) -> tuple[Floats, Floats]:
    """Return unit vectors towards each perigee, and a quarter of a turn ahead of it."""
    cn, sn = np.cos(orbits.raan_rad), np.sin(orbits.raan_rad)
    ci, si = np.cos(orbits.inclination_rad), np.sin(orbits.inclination_rad)
    cw, sw = np.cos(orbits.arg_of_perigee_rad), np.sin(orbits.arg_of_perigee_rad)
    along = np.stack([cn * cw - sn * sw * ci, sn * cw + cn * sw * ci, sw * si], axis=1)
    aside = np.stack([-cn * sw - sn * cw * ci, -sn * sw + cn * cw * ci, cw * si], axis=1)
    return along, aside


def _angle(start: Floats, end: Floats, axis: Floats) -> Floats:
    """Return the angle from one direction to another about an axis, rows at a time."""
    across = np.sum(np.cross(start, end) * axis, axis=1) / np.linalg.norm(axis, axis=1)
    return np.asarray(np.arctan2(across, np.sum(start * end, axis=1)))
