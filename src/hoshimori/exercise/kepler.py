"""From states to osculating orbits."""

from __future__ import annotations

import numpy as np

from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats


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


def _angle(start: Floats, end: Floats, axis: Floats) -> Floats:
    """Return the angle from one direction to another about an axis, rows at a time."""
    across = np.sum(np.cross(start, end) * axis, axis=1) / np.linalg.norm(axis, axis=1)
    return np.asarray(np.arctan2(across, np.sum(start * end, axis=1)))
