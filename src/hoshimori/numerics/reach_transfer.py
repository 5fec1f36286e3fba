"""How soon two impulses alone would do: the upper end of a warning time where that is soon.

As in `reach`, a time and nothing else comes out. The bound there may be too early; this time can
be kept, but for what two-body motion leaves out.
"""

from __future__ import annotations

import math

import numpy as np

from hoshimori.numerics.constants import SECONDS_PER_DAY, TWO_PI
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.lambert import along_ellipse, lambert
from hoshimori.numerics.relative import mean_motion_rad_s
from hoshimori.numerics.sgp4 import Satellites, propagate

_WAITS = np.linspace(0.0, 1.0, 25)
"""Waiting times looked at, in revolutions."""
_FLIGHTS = np.linspace(0.1, 2.9, 57)
"""Flights looked at, in revolutions."""
_BRANCHES = ((0, False), (1, False), (1, True), (2, False), (2, True))


def two_impulse_days(pair: Satellites, moment_utc: np.datetime64, delta_v_m_s: float) -> float:
    """Return the least time in which the second object of a pair gets to the first and stops there.

    By one impulse away and one there, `delta_v_m_s` in total, within four revolutions, on a grid of
    1/24 and 1/20 revolution; infinite where that does not do. Between the impulses motion is
    two-body, applied to the difference from the object's own SGP4 motion, so that what bends both
    orbits alike drops out.
    """
    start = propagate(pair, moment_utc, np.zeros(1))
    r, v = start.position_teme_km[:, 0], start.velocity_teme_km_s[:, 0]
    revolution_s = TWO_PI / float(mean_motion_rad_s(r[1:], v[1:])[0])
    if not math.isfinite(revolution_s):
        return math.inf
    wait, flight = (
        grid.ravel() * revolution_s for grid in np.meshgrid(_WAITS, _FLIGHTS, indexing="ij")
    )
    leave, arrive = (propagate(pair, moment_utc, t_s) for t_s in (wait, wait + flight))
    here, speed = leave.position_teme_km[1], leave.velocity_teme_km_s[1]
    free, free_speed = along_ellipse(here, speed, flight)
    goal = free + arrive.position_teme_km[0] - arrive.position_teme_km[1]
    goal_speed = free_speed + arrive.velocity_teme_km_s[0] - arrive.velocity_teme_km_s[1]
    spent = np.full(len(flight), np.inf)
    for revolutions, left in _BRANCHES:
        arcs = lambert(here, goal, flight, np.cross(r[1], v[1]), revolutions=revolutions, left=left)
        both = _length(arcs.departure_km_s - speed) + _length(goal_speed - arcs.arrival_km_s)
        spent = np.fmin(spent, both)
    soon = (wait + flight)[spent <= 1e-3 * delta_v_m_s]
    return float(soon.min() / SECONDS_PER_DAY) if len(soon) else math.inf


def _length(vectors: Floats) -> Floats:
    return np.asarray(np.linalg.norm(vectors, axis=-1))
