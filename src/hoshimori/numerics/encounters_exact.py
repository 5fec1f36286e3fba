"""From a pair that may come near in a step to its closest approach, for fast pairs.

A pair is *fast* in a step where it crosses: its relative speed is so high that range squared has
one minimum at most. With g = sqrt(2 mu / r^3), the root of the largest gravity gradient, half the
second derivative of range squared is at least w^2 - g^2 |d|^2, and |d| stays below T + w tau where
the pair comes within T: positive for w (1 - g tau) > g T. Above 0.05 km/s + T / 100 s that holds,
with room to spare, for g tau below 0.7. All others are *slow* and left to `encounters_slow`.

Newton's iteration finds the minimum. Its last step takes rates from *positions*, by central
differences: SGP4 velocities differ from the derivatives of SGP4 positions by up to 5 m/s.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4_state import State, deep_state, near_state, resonance_nodes

Vector = tuple[float, float, float]
Coefficients = tuple[Floats, Floats, npt.NDArray[np.int32], Floats]
"""Coefficients of `Satellites` (near, deep, deep_row) and minutes from each epoch to t0."""

TCA, MISS, POSITION, VELOCITY = 0, 1, 2, 5
"""Columns of a closest approach: seconds after t0, km, second minus first in TEME, its rate."""
APPROACH = 8

_STENCIL_S = 0.1
_CLOSE_ENOUGH_S = 1e-3
"""Within this, one more step of Newton's iteration is exact to a nanosecond."""
_MOST_ITERATIONS = 12
_FARTHEST_S = 3600.0
"""Far beyond the step that holds the closest approach."""
_TRUSTED_S, _DOUBT_KM = 20.0, 0.5
"""The first estimate of a miss is off by less, so soon: the gravity gradient, 2.6e-6 / s^2, times
relative speed, at most 22 km/s, and the cube of the time is below 0.1 km."""


@kernel
def slowest_fast_km_s(threshold_km: float) -> float:
    """Return the relative speed above which a pair has one closest approach in a step."""
    return 0.05 + 0.01 * threshold_km


@kernel
def closest_approach(
    coefficients: Coefficients,
    i: int,
    j: int,
    guess_s: float,
    threshold_km: float,
    approach: Floats,
) -> bool:
    """Write the closest approach of a fast pair near a moment; return whether it is near enough.

    Where either object has no state there is none.
    """
    d, w, pull = _relative(coefficients, i, j, guess_s)
    t = _newton_s(d, w, pull)
    if not abs(t) < _FARTHEST_S:  # also where there is no state
        return False
    if abs(t) < _TRUSTED_S and _range_after(d, w, pull, t) > threshold_km + _DOUBT_KM:
        return False
    t += guess_s
    for _ in range(_MOST_ITERATIONS):
        d, w, pull = _relative_by_positions(coefficients, i, j, t)
        step = _newton_s(d, w, pull)
        if not abs(step) > _CLOSE_ENOUGH_S:
            approach[TCA] = t + step
            for c in range(3):
                approach[POSITION + c] = d[c] + step * (w[c] + 0.5 * step * pull[c])
                approach[VELOCITY + c] = w[c] + step * pull[c]
            approach[MISS] = _range_after(d, w, pull, step)
            return bool(approach[MISS] <= threshold_km)
        t += max(min(step, _FARTHEST_S), -_FARTHEST_S)
    return False


@kernel
def _newton_s(d: Vector, w: Vector, pull: Vector) -> float:
    """Return how long until range squared is least, to first order."""
    return -dot(d, w) / (dot(w, w) + dot(d, pull))


@kernel
def _range_after(d: Vector, w: Vector, pull: Vector, t: float) -> float:
    x = d[0] + t * (w[0] + 0.5 * t * pull[0])
    y = d[1] + t * (w[1] + 0.5 * t * pull[1])
    z = d[2] + t * (w[2] + 0.5 * t * pull[2])
    return math.sqrt(x * x + y * y + z * z)


@kernel
def _relative(
    coefficients: Coefficients, i: int, j: int, t_s: float
) -> tuple[Vector, Vector, Vector]:
    """Return relative position, velocity and acceleration (of two bodies) as SGP4 states them."""
    a, b = state_of(coefficients, i, t_s), state_of(coefficients, j, t_s)
    return (
        (b[1] - a[1], b[2] - a[2], b[3] - a[3]),
        (b[4] - a[4], b[5] - a[5], b[6] - a[6]),
        _relative_pull(a, b),
    )


@kernel
def _relative_by_positions(
    coefficients: Coefficients, i: int, j: int, t_s: float
) -> tuple[Vector, Vector, Vector]:
    """Return relative position, its rate, and the relative acceleration of two bodies."""
    before_s, after_s, half = t_s - _STENCIL_S, t_s + _STENCIL_S, 0.5 / _STENCIL_S
    a, b = state_of(coefficients, i, t_s), state_of(coefficients, j, t_s)
    a0, b0 = state_of(coefficients, i, before_s), state_of(coefficients, j, before_s)
    a1, b1 = state_of(coefficients, i, after_s), state_of(coefficients, j, after_s)
    return (
        (b[1] - a[1], b[2] - a[2], b[3] - a[3]),
        (
            half * ((b1[1] - a1[1]) - (b0[1] - a0[1])),
            half * ((b1[2] - a1[2]) - (b0[2] - a0[2])),
            half * ((b1[3] - a1[3]) - (b0[3] - a0[3])),
        ),
        _relative_pull(a, b),
    )


@kernel
def state_of(coefficients: Coefficients, i: int, t_s: float) -> State:
    """Return the state of one object, `t_s` seconds after t0."""
    near, deep, deep_row, offset_min = coefficients
    t_min = offset_min[i] + t_s / 60.0
    if deep_row[i] < 0:
        return near_state(near[i], t_min)
    d = deep[deep_row[i]]
    return deep_state(near[i], d, resonance_nodes(near[i], d, t_min), t_min)


@kernel
def _relative_pull(a: State, b: State) -> Vector:
    ours, theirs = a[1] ** 2 + a[2] ** 2 + a[3] ** 2, b[1] ** 2 + b[2] ** 2 + b[3] ** 2
    u = WGS72_MU_KM3_S2 / (ours * math.sqrt(ours))
    v = WGS72_MU_KM3_S2 / (theirs * math.sqrt(theirs))
    return u * a[1] - v * b[1], u * a[2] - v * b[2], u * a[3] - v * b[3]


@kernel
def dot(a: Vector, b: Vector) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
