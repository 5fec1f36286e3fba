"""How two objects near one another move relative to one another over one revolution."""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats

_PHASES = 48


def day_of_pairs(
    one: tuple[Floats, Floats], other: tuple[Floats, Floats]
) -> tuple[Floats, Floats, Floats]:
    """Return closest and farthest range over a revolution, and the angle of the planes in degrees.

    States are TEME positions and velocities, shape (n, 3). Differences of the eccentricity vectors
    and orbit normals in the first object's radial and in-track axes give the motion at every phase
    that follows; for near-circular orbits near one another.
    """
    radius = np.linalg.norm(one[0], axis=1)
    normal_1, normal_2 = _normal(*one), _normal(*other)
    radial = one[0] / radius[:, None]
    in_track = np.cross(normal_1, radial)
    axis_1, axis_2 = _axis_km(*one), _axis_km(*other)
    e_vector = _eccentricity(*other) - _eccentricity(*one)
    e_p, e_q = _dot(e_vector, radial), _dot(e_vector, in_track)
    w_p, w_q = _dot(normal_2 - normal_1, radial), _dot(normal_2 - normal_1, in_track)
    apart = other[0] - one[0]
    ahead = np.arctan2(_dot(apart, in_track), radius + _dot(apart, radial)) + 2.0 * e_q
    above = (axis_2 - axis_1) / axis_1
    closest, farthest = np.full(len(radius), np.inf), np.zeros(len(radius))
    for phase in np.linspace(-np.pi, np.pi, _PHASES + 1):
        cosine, sine = np.cos(phase), np.sin(phase)
        x = above - e_p * cosine - e_q * sine
        y = ahead - 1.5 * above * phase + 2.0 * (e_p * sine - e_q * cosine)
        z = w_p * cosine + w_q * sine
        range_km = axis_1 * np.sqrt(x**2 + y**2 + z**2)
        closest, farthest = np.fmin(closest, range_km), np.fmax(farthest, range_km)
    sine = np.linalg.norm(np.cross(normal_1, normal_2), axis=1)
    return closest, farthest, np.degrees(np.arcsin(np.minimum(sine, 1.0)))


def _dot(one: Floats, other: Floats) -> Floats:
    return np.asarray(np.einsum("ij,ij->i", one, other))


def _normal(position_km: Floats, velocity_km_s: Floats) -> Floats:
    momentum = np.cross(position_km, velocity_km_s)
    return np.asarray(momentum / np.linalg.norm(momentum, axis=1, keepdims=True))


def _axis_km(position_km: Floats, velocity_km_s: Floats) -> Floats:
    speed_2, radius = _dot(velocity_km_s, velocity_km_s), np.linalg.norm(position_km, axis=1)
    return np.asarray(1.0 / (2.0 / radius - speed_2 / WGS72_MU_KM3_S2))


def _eccentricity(position_km: Floats, velocity_km_s: Floats) -> Floats:
    momentum = np.cross(position_km, velocity_km_s)
    radius = np.linalg.norm(position_km, axis=1, keepdims=True)
    return np.asarray(np.cross(velocity_km_s, momentum) / WGS72_MU_KM3_S2 - position_km / radius)
