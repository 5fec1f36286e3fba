"""The cloud that catalogues do not hold yet: fragments drawn by the model, at a later day."""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.breakup_model import (
    Body,
    Fragmentation,
    collision_fragments,
    draw_kick_km_s,
    draw_log_area_to_mass,
    draw_log_size,
    explosion_fragments,
)
from hoshimori.numerics.breakup_orbits import OrbitShapes
from hoshimori.numerics.constants import (
    WGS72_J2,
    WGS72_MU_KM3_S2,
    WGS72_RADIUS_KM,
)
from hoshimori.numerics.elements import Floats

SMALLEST_M = 0.1
"""Fragments from this size on count: what catalogues hold in low orbits."""
_SMALLEST_DRAWN_M = 0.11
"""Below, the model's area to mass is another; the few centimetres change no rate."""
_LARGEST_M = 1.0
_MASS_KG = (300.0, 3000.0)
"""Where the mass is not known: half of all spacecraft and stages lie between."""
_EXPLOSION_SCATTER = 3.0
"""Observed explosions make so many times more or fewer fragments than the model."""
_PERIGEE_KM = 120.0


def expected_fragments(kind: Fragmentation, mass_kg: float | None = None) -> tuple[float, float]:
    """Return few and many fragments of 10 cm and more that a break-up of a kind makes.

    >>> [round(n) for n in expected_fragments(Fragmentation.EXPLOSION)]
    [80, 717]
    """
    if kind is Fragmentation.EXPLOSION:
        middle = explosion_fragments(SMALLEST_M)
        return middle / _EXPLOSION_SCATTER, middle * _EXPLOSION_SCATTER
    low, high = (mass_kg, mass_kg) if mass_kg is not None else _MASS_KG
    return collision_fragments(SMALLEST_M, low), collision_fragments(SMALLEST_M, high)


def modelled_cloud(
    position_km: Floats,
    velocity_km_s: Floats,
    kind: Fragmentation,
    days: float,
    count: int,
    random: np.random.Generator,
) -> OrbitShapes:
    """Return orbits of fragments drawn by the model, turned by oblateness for some days.

    They start at the parent's position and velocity (TEME, shape (3,)) at the event. Fragments that
    leave the Earth or fall at once are NaN. Drag stays out: within weeks it moves heights by less
    than the model is wrong.
    Source: `breakup_model`; Vallado 2013, eqs. 9-37 and 9-39.
    """
    log_size = draw_log_size(random, count, kind, _SMALLEST_DRAWN_M, _LARGEST_M)
    light = draw_log_area_to_mass(random, log_size, Body.SPACECRAFT)
    velocity = velocity_km_s + draw_kick_km_s(random, light, kind)
    return _turned(position_km, velocity, days)


def _turned(position_km: Floats, velocity_km_s: Floats, days: float) -> OrbitShapes:
    mu, radius = WGS72_MU_KM3_S2, float(np.linalg.norm(position_km))
    momentum = np.cross(position_km, velocity_km_s)
    normal = momentum / np.linalg.norm(momentum, axis=1, keepdims=True)
    toward = np.cross(velocity_km_s, momentum) / mu - position_km / radius
    parameter = np.sum(momentum**2, axis=1) / mu
    e2 = np.sum(toward**2, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        axis_km = np.where(e2 < 1.0, parameter / (1.0 - e2), np.nan)
        perigee_km = axis_km * (1.0 - np.sqrt(e2)) - WGS72_RADIUS_KM
        parameter = np.where(perigee_km > _PERIGEE_KM, parameter, np.nan)
        pace = np.sqrt(mu / axis_km**3) * WGS72_J2 * (WGS72_RADIUS_KM / parameter) ** 2 * 86400.0
    cosine = normal[:, 2]
    node_rad = -1.5 * pace * cosine * days
    perigee_rad = 0.75 * pace * (5.0 * cosine**2 - 1.0) * days
    turned = _about(toward, normal, perigee_rad)
    north = np.broadcast_to(np.array([0.0, 0.0, 1.0]), normal.shape)
    return OrbitShapes(_about(normal, north, node_rad), _about(turned, north, node_rad), parameter)


def _about(vector: Floats, axis: Floats, angle: Floats) -> Floats:
    """Return vectors turned about unit axes; Rodrigues' formula, rows at a time."""
    c, s = np.cos(angle)[:, None], np.sin(angle)[:, None]
    along = np.sum(axis * vector, axis=1, keepdims=True)
    return np.asarray(c * vector + s * np.cross(axis, vector) + (1.0 - c) * along * axis)
