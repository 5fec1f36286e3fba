"""From which known orbit a new one may have parted gently, when, and how fast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.breakup_orbits import (
    OrbitShapes,
    SecularOrbits,
    latitudes_rad,
    shapes_at,
    velocities_km_s,
)
from hoshimori.numerics.constants import TWO_PI
from hoshimori.numerics.elements import Floats, Times

_STEP_H = 6
_PLACES = 72
_PLANE_DEG = 0.5
_PARAMETER_KM = 80.0
_TOUCH_KM = 5.0
"""Orbits that come nearer than this somewhere may have been one: elements are no better."""
_SCALE_RTN_KM = np.array([_TOUCH_KM, 150.0, _TOUCH_KM])
_SPEED_M_S = 5.0
_STANDING_SHARE = 0.02
"""Of a turn: a pair that hardly drifts need not have met inside the span that elements tell."""


@dataclass(frozen=True, slots=True, eq=False)
class Partings:
    """How new object and candidates may have been one, for *m* candidates."""

    rows: npt.NDArray[np.int64]
    """Rows of the candidates."""
    utc: Times
    """When they were likeliest one."""
    touch_rtn_km: Floats
    """How near the orbits come at that moment, and where on its track the new one is, (m, 3)."""
    speed_m_s: Floats
    """Speed at which they then parted."""


def partings(
    known: SecularOrbits, new: SecularOrbits, start_utc: np.datetime64, end_utc: np.datetime64
) -> Partings:
    """Return from which orbits a new one (the only row of `new`) may have parted in a span.

    Planes within half a degree and sizes within 80 km; at the moments at which both are at one
    place along the track the least speed is sought at which the orbits touch.
    """
    times = np.arange(start_utc, end_utc, np.timedelta64(_STEP_H, "h"))
    rows = alike(known, new, times[len(times) // 2])
    chosen = known.take(rows)
    ahead = _ahead_rad(chosen, new, times)
    moments, phase = _meetings(ahead)
    utc, touch, speed = [], [], []
    for k in range(len(rows)):
        best = _gentlest(chosen.take(np.array([k])), new, times[moments[k]], phase[k])
        utc.append(best[0])
        touch.append(best[1])
        speed.append(best[2])
    return Partings(
        rows, np.array(utc, "datetime64[us]"), np.reshape(touch, (-1, 3)), np.array(speed)
    )


def parting_likelihood(found: Partings, *, speed_scale_m_s: float) -> Floats:
    """Return how well each candidate explains a new object, 1 for one that touches it at rest."""
    radial, along, cross = (found.touch_rtn_km / _SCALE_RTN_KM).T
    near = (1.0 + radial**2) * (1.0 + cross**2) * (1.0 + along**2)
    return np.asarray(1.0 / (near * (1.0 + (found.speed_m_s / speed_scale_m_s) ** 2)))


def alike(known: SecularOrbits, new: SecularOrbits, utc: np.datetime64) -> npt.NDArray[np.int64]:
    """Return the rows of orbits like that of a new object: all that it may have parted from."""
    theirs, own = shapes_at(known, utc), shapes_at(new, utc)
    with np.errstate(invalid="ignore"):
        near = theirs.normal @ own.normal[0] > np.cos(np.radians(_PLANE_DEG))
        near &= np.abs(theirs.parameter_km - own.parameter_km[0]) < _PARAMETER_KM
    return np.flatnonzero(near)


def _ahead_rad(known: SecularOrbits, new: SecularOrbits, times: Times) -> Floats:
    """Return how far the new object is ahead of each known one along the track, shape (m, t)."""
    normal = shapes_at(new, times[len(times) // 2]).normal[0]
    difference = latitudes_rad(new, times, normal) - latitudes_rad(known, times, normal)
    return np.asarray((difference + np.pi) % TWO_PI - np.pi)


def _meetings(ahead: Floats) -> tuple[list[npt.NDArray[np.int64]], list[Floats]]:
    """Return the steps at which each pair passes through zero, or comes nearest to it."""
    steps, phases = [], []
    for row in ahead:
        turned = np.unwrap(row)
        cells = np.flatnonzero(np.diff(np.floor(turned / TWO_PI)) != 0)
        if len(cells):
            steps.append(cells)
            phases.append(np.zeros(len(cells)))
        else:
            nearest = int(np.argmin(np.abs(row)))
            standing = abs(row[nearest]) < _STANDING_SHARE * TWO_PI
            steps.append(np.array([nearest]))
            phases.append(np.array([0.0 if standing else row[nearest]]))
    return steps, phases


def _gentlest(
    known: SecularOrbits, new: SecularOrbits, times: Times, phase: Floats
) -> tuple[np.datetime64, Floats, float]:
    """Return moment, touch and speed of the gentlest parting of one pair among some moments."""
    best: tuple[float, np.datetime64, Floats, float] | None = None
    for utc, ahead in zip(times, phase, strict=True):
        touch, speed = _touch(shapes_at(known, utc), shapes_at(new, utc), float(ahead))
        cost = float(np.sum((touch / _SCALE_RTN_KM) ** 2)) + speed / _SPEED_M_S
        if best is None or cost < best[0]:
            best = cost, utc, touch, speed
    assert best is not None
    return best[1:]


def _touch(known: OrbitShapes, new: OrbitShapes, ahead_rad: float) -> tuple[Floats, float]:
    """Return how near two orbits come (RTN, km) where they part most gently, and the speed."""
    normal = known.normal[0]
    node = np.array([-normal[1], normal[0], 0.0])
    u = node / max(float(np.linalg.norm(node)), 1e-9)
    angles = TWO_PI * np.arange(_PLACES)[:, None] / _PLACES
    direction = np.cos(angles) * u + np.sin(angles) * np.cross(normal, u)
    radius, velocity = _along(known, direction)
    other_radius, other_velocity = _along(new, direction)
    radial = other_radius - radius
    cross = radius * (direction @ new.normal[0])
    speed = 1000.0 * np.linalg.norm(other_velocity - velocity, axis=1)
    k = int(np.argmin(np.hypot(radial, cross) / _TOUCH_KM + speed / _SPEED_M_S))
    return np.array([radial[k], radius[k] * ahead_rad, cross[k]]), float(speed[k])


def _along(shapes: OrbitShapes, direction: Floats) -> tuple[Floats, Floats]:
    """Return radius and velocity of one orbit at many directions, shapes (m,) and (m, 3)."""
    m = len(direction)
    normal = np.broadcast_to(shapes.normal[0], (m, 3))
    eccentricity = np.broadcast_to(shapes.eccentricity[0], (m, 3))
    parameter = np.full(m, shapes.parameter_km[0])
    repeated = OrbitShapes(normal, eccentricity, parameter)
    radius = parameter / (1.0 + direction @ shapes.eccentricity[0])
    return radius, velocities_km_s(repeated, direction)
