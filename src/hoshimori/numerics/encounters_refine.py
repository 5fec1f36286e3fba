"""From an interval that may hold a close approach to the exact moment of smallest range.

The range has a minimum where the range rate turns from negative to positive. Rates are taken
from *positions*, by central differences: SGP4 velocities differ from the derivatives of SGP4
positions by up to 5 m/s, which would move the closest approach of a slow pair by minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_pairs import Flags, Rows
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.movers import Movers

__all__ = [
    "Flags",
    "RelativeMotion",
    "Rows",
    "isolated_minima",
    "refined_minima",
    "relative_motion",
]

_STENCIL_S = 0.1
"""Half-width of the central differences: truncation moves the closest approach by about the mean
motion times its square, 1e-5 s; rounding of positions by 1e-9 km range / (width speed^2)."""
_SLOW_STENCIL_S = 1.0
_SLOW_KM_S = 0.05
"""Below this relative speed rounding matters more than truncation."""
_TIME_TOLERANCE_S = 1e-5
_MOST_ITERATIONS = 40
_DEGREE = 5
_NARROWEST = 1.0 / 64.0  # of a step: two minima cannot lie that near on orbital time scales
_STACK = 16


@dataclass(frozen=True, slots=True, eq=False)
class RelativeMotion:
    """Second object relative to the first, one row for each pair and moment, TEME."""

    position_km: Floats
    velocity_km_s: Floats
    """Rate of change of `position_km`."""
    half_range_squared_rate: Floats
    """Derivative of range squared / 2 [km^2/s]: negative while approaching."""
    half_range_squared_curvature: Floats
    """Its derivative, with the accelerations of the two-body problem [km^2/s^2]."""

    @property
    def range_km(self) -> Floats:
        """Distance between the objects."""
        return np.asarray(np.linalg.norm(self.position_km, axis=-1))

    def take(self, rows: Rows) -> RelativeMotion:
        """Return the chosen rows."""
        return RelativeMotion(*(getattr(self, field.name)[rows] for field in fields(self)))


def relative_motion(
    movers: Movers, t0_utc: np.datetime64, first: Rows, second: Rows, t_s: Floats
) -> RelativeMotion:
    """Return the motion of objects `second` relative to `first` at `t0_utc + t_s`, row by row.

    Rows, moments and the result have shape (n,) and (n, 3); where either object has no state the
    result is NaN. Right at the end of what is known of an object, rates are from one side.
    """
    if len(t_s) == 0:
        return RelativeMotion(np.empty((0, 3)), np.empty((0, 3)), np.empty(0), np.empty(0))
    pair = movers.take(first), movers.take(second)
    a, b = (objects.states_each(t0_utc, t_s) for objects in pair)
    now = b.position_teme_km - a.position_teme_km
    speed_km_s = np.linalg.norm(b.velocity_teme_km_s - a.velocity_teme_km_s, axis=1)
    width_s = np.where(speed_km_s < _SLOW_KM_S, _SLOW_STENCIL_S, _STENCIL_S)
    before, after = (_apart(pair, t0_utc, t) for t in (t_s - width_s, t_s + width_s))
    velocity = (after - before) / (2.0 * width_s[:, None])
    # The difference of squares as a product keeps the digits of small range rates.
    rate = np.sum((after - before) * (after + before), axis=1) / (4.0 * width_s)
    at_end = np.flatnonzero(np.isnan(rate) & np.isfinite(speed_km_s))
    if len(at_end):
        here = pair[0].take(at_end), pair[1].take(at_end)
        side_s = np.where(np.isnan(after[at_end, 0]), -1.0, 1.0) * width_s[at_end]
        velocity[at_end], rate[at_end] = _one_sided(here, t0_utc, t_s[at_end], side_s)
    pull = _two_body_acceleration(b.position_teme_km) - _two_body_acceleration(a.position_teme_km)
    return RelativeMotion(
        position_km=now,
        velocity_km_s=velocity,
        half_range_squared_rate=rate,
        half_range_squared_curvature=np.sum(velocity**2 + now * pull, axis=1),
    )


def _apart(pair: tuple[Movers, Movers], t0_utc: np.datetime64, t_s: Floats) -> Floats:
    a, b = (objects.states_each(t0_utc, t_s).position_teme_km for objects in pair)
    return np.asarray(b - a)


def _one_sided(
    pair: tuple[Movers, Movers], t0_utc: np.datetime64, t_s: Floats, side_s: Floats
) -> tuple[Floats, Floats]:
    """Return velocity and half the rate of range squared from positions on one side only."""
    d, near, far = (_apart(pair, t0_utc, t_s + k * side_s) for k in (0.0, 1.0, 2.0))
    velocity = (4.0 * (near - d) - (far - d)) / (2.0 * side_s[:, None])
    gained, later = (np.sum((r - d) * (r + d), axis=1) for r in (near, far))
    return velocity, (4.0 * gained - later) / (4.0 * side_s)


def _two_body_acceleration(position_km: Floats) -> Floats:
    radius = np.linalg.norm(position_km, axis=1, keepdims=True)
    return np.asarray(-WGS72_MU_KM3_S2 * position_km / radius**3)


def refined_minima(
    movers: Movers,
    t0_utc: np.datetime64,
    first: Rows,
    second: Rows,
    guess_s: Floats,
    bracket_s: tuple[Floats, Floats],
) -> Floats:
    """Return the moments of smallest range inside the brackets, by bracketed Newton iteration.

    Shapes (n,). Converges for every bracket; for slow pairs as far as the rounding of positions
    (about 1e-9 km) allows.
    """
    low, high = bracket_s[0].copy(), bracket_s[1].copy()
    t = np.clip(guess_s, low, high)
    active = np.arange(len(t))
    for _ in range(_MOST_ITERATIONS):
        if len(active) == 0:
            break
        now = t[active]
        motion = relative_motion(movers, t0_utc, first[active], second[active], now)
        rate, slope = motion.half_range_squared_rate, motion.half_range_squared_curvature
        low[active] = np.where(rate < 0.0, now, low[active])
        high[active] = np.where(rate < 0.0, high[active], now)
        middle = 0.5 * (low[active] + high[active])
        with np.errstate(divide="ignore", invalid="ignore"):
            newton = now - rate / slope
        inside = (slope > 0.0) & (newton >= low[active]) & (newton <= high[active])
        t[active] = np.where(inside, newton, middle)
        active = active[np.abs(t[active] - now) > _TIME_TOLERANCE_S]
    return t


def isolated_minima(
    position_km: tuple[Floats, Floats], velocity_km_s: tuple[Floats, Floats], step_s: Floats
) -> tuple[Rows, Floats, Floats, Floats]:
    """Isolate the minima of range of cubic Hermite relative motions over one step each.

    Takes relative positions and velocities at both ends of *n* steps, shape (n, 3) each, and how
    long these last, shape (n,). Returns
    for every minimum its row and, in seconds from the start of the step, a guess and a bracket.

    The derivative of half the range squared is a polynomial of degree five. In Bernstein form the
    number of its sign changes bounds the number of its roots; intervals with more than one are
    halved. A minimum at the very end of a step counts, one at the very start does not.
    Source: Lane & Riesenfeld 1981, BIT 21, 112-117.
    """
    return _isolate(*position_km, *velocity_km_s, step_s)


@kernel
def _isolate(
    d0: Floats, d1: Floats, w0: Floats, w1: Floats, steps_s: Floats
) -> tuple[Rows, Floats, Floats, Floats]:
    rows = np.empty(2 * len(d0) + _STACK, np.int64)
    places = np.empty((len(rows), 3))
    stack = np.empty((_STACK, _DEGREE + 1))
    spans = np.empty((_STACK, 2))
    count = 0
    for i in range(len(d0)):
        if count + _STACK > len(rows):
            rows = np.concatenate((rows, rows))
            places = np.concatenate((places, places))
        step_s = steps_s[i]
        _range_rate_bernstein(d0[i], d1[i], w0[i], w1[i], step_s, stack[0])
        spans[0, 0], spans[0, 1] = 0.0, 1.0
        top = 1
        while top > 0:
            top -= 1
            low, high = spans[top, 0], spans[top, 1]
            f0, f1 = stack[top, 0], stack[top, _DEGREE]
            changes = _sign_changes(stack[top])
            if changes > 1 and high - low > _NARROWEST:
                middle = 0.5 * (low + high)
                _halve(stack[top], stack[top + 1])
                spans[top, 0], spans[top, 1] = low, middle
                spans[top + 1, 0], spans[top + 1, 1] = middle, high
                top += 2
            elif f0 < 0.0 <= f1:
                rows[count] = i
                places[count, 0] = step_s * (low + (high - low) * f0 / (f0 - f1))
                places[count, 1], places[count, 2] = step_s * low, step_s * high
                count += 1
    return rows[:count], places[:count, 0], places[:count, 1], places[:count, 2]


@kernel
def _range_rate_bernstein(
    d0: Floats, d1: Floats, w0: Floats, w1: Floats, step_s: float, out: Floats
) -> None:
    """Write the Bernstein coefficients of d . d' for the Hermite interpolant d."""
    out[:] = 0.0
    for c in range(3):
        p = (d0[c], d0[c] + step_s * w0[c] / 3.0, d1[c] - step_s * w1[c] / 3.0, d1[c])
        q = (3.0 * (p[1] - p[0]), 3.0 * (p[2] - p[1]), 3.0 * (p[3] - p[2]))
        # Products of Bernstein forms: binomials C(3, i) C(2, j) / C(5, i + j).
        out[0] += p[0] * q[0]
        out[1] += (2.0 * p[0] * q[1] + 3.0 * p[1] * q[0]) / 5.0
        out[2] += (p[0] * q[2] + 6.0 * p[1] * q[1] + 3.0 * p[2] * q[0]) / 10.0
        out[3] += (3.0 * p[1] * q[2] + 6.0 * p[2] * q[1] + p[3] * q[0]) / 10.0
        out[4] += (3.0 * p[2] * q[2] + 2.0 * p[3] * q[1]) / 5.0
        out[5] += p[3] * q[2]


@kernel
def _sign_changes(coefficients: Floats) -> int:
    changes = 0
    for k in range(_DEGREE):
        changes += (coefficients[k] < 0.0) != (coefficients[k + 1] < 0.0)
    return changes


@kernel
def _halve(left: Floats, right: Floats) -> None:
    """Split a Bernstein form at its middle: the left half in place, the right into `right`.

    Source: de Casteljau's algorithm, Farin 2002, Curves and Surfaces for CAGD, section 4.2.
    """
    right[:] = left
    for level in range(1, _DEGREE + 1):
        for k in range(_DEGREE, level - 1, -1):
            left[k] = 0.5 * (left[k - 1] + left[k])
        for k in range(_DEGREE - level + 1):
            right[k] = 0.5 * (right[k] + right[k + 1])
