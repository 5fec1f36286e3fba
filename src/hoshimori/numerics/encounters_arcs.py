"""The arc that an object sweeps in one step of the search, and how far it can stray from it.

A step of length 2 tau is described by the object's state in its middle. Positions at its ends
follow from the series of Lagrange's f and g to the fifth power of time with the pull of J2 added.
Notation: mu the gravitational parameter, r radius, u = mu / r^3, e the osculating eccentricity.

*Shell.* On a Kepler orbit r'' = (p / r - 1) mu / r^2, between -e and +e times mu / r^2; J2 adds
less than 0.004 of mu / r^2 along the radius. A function lies within tau^2 / 8 max|f''| of the
chord between two samples, and there are three: start, middle and end. The lowest radius stands on
both sides; it is estimated from the sampled ones first. The error of the ends is added.

*Error of the ends.* The last powers kept of f and g are taken as the bound of all that are left
out (in low orbits they are fifteen times larger), and the pull of J2 is taken as linear in time.

*Departure.* SGP4 velocities are not quite the derivatives of SGP4 positions (measured on a whole
catalogue: 16 mm/s median, up to 5 m/s in deep space), and deep-space resonances are integrated in
steps that leave small jumps. Both show where two steps meet: the end of one and the start of the
next are the same place, reached by two series. What they differ by is twice the inconsistency
times tau, or the jump. The larger of both gaps of a step, half as much again, and a floor for what
cancels between them is how far the object may depart from motion under gravity alone. A departure
above 1 km/s times the step, or a shell that reaches below half the radius of the Earth, means that
the states are no trajectory at all (elements far past their decay): the step counts as missing. A
perigee at 50 km, where SGP4 still gives states, comes to 0.1 km/s.

Sources: Bate, Mueller & White 1971, Fundamentals of Astrodynamics, section 4.5 (f and g);
Vallado 2013, Fundamentals of Astrodynamics and Applications, eq. 8-31 (J2).
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import WGS72_J2, WGS72_MU_KM3_S2, WGS72_RADIUS_KM
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4_fast import inlined

Arcs = npt.NDArray[np.float32]
"""Shape (steps, objects, WIDTH): one row is one line of the processor's cache."""
Vector = tuple[float, float, float]

X, VX, LOW, HIGH, DEPARTURE, START, END = 0, 3, 6, 7, 8, 9, 12
"""Columns: position and velocity in mid-step [km, km/s], the shell of radii swept [km], how far
the object may depart from motion under gravity [km], unit vectors to start and end. A missing
step has NaN throughout."""
WIDTH = 16

_MU = WGS72_MU_KM3_S2
_J2_KM5_S2 = 1.5 * WGS72_J2 * WGS72_MU_KM3_S2 * WGS72_RADIUS_KM**2
_J2_SHARE = 0.004
_BUMP_FACTOR = 1.1
_IMPLAUSIBLE_KM_S = 1.0
DEEPEST_KM = 3000.0
"""No object above the ground falls so far in half a step."""
_DEPARTURE_FLOOR_KM = 0.03
_SHELL_ROUNDING_KM = 0.02
"""Radii in single precision, up to the distance of the Moon."""


# Rows of the work array, one column for each state.
_FROM, _TO, _RADIUS, _FROM_RADIUS, _TO_RADIUS, _ERROR, _BEND, _GAP, _LEAST, _MOST = (
    0, 3, 6, 7, 8, 9, 10, 11, 12, 13,
)  # fmt: skip
_PLACE, _MOTION = 14, 17
WORK_ROWS = 20
_STATES = 64
MOST_STEPS = _STATES - 2
"""More steps are not written at once."""


@kernel
def write_arcs(
    position_km: Floats,
    velocity_km_s: Floats,
    status: npt.NDArray[np.uint8],
    half_step_s: float,
    arcs: Arcs,
    first_row: int,
) -> None:
    """Write the arcs of objects `first_row` and following from states in mid-step.

    Shapes (n, steps + 2, 3) and (n, steps + 2): one state before the first step and one after the
    last; at most MOST_STEPS steps. `arcs` has shape (steps, objects, WIDTH).
    """
    work = np.empty((WORK_ROWS, _STATES))  # of fixed size, which tells the compiler a lot
    for i in range(len(status)):
        r, v, row = position_km[i], velocity_km_s[i], first_row + i
        write_arcs_of_one(r, v, status[i], half_step_s, work, arcs, row)


@inlined
def write_arcs_of_one(
    r: Floats,
    v: Floats,
    status: npt.NDArray[np.uint8],
    half_step_s: float,
    work: Floats,
    arcs: Arcs,
    row: int,
) -> None:
    """Write the arcs of object `row`; shapes as in `write_arcs`, `work` has room for all states."""
    states = len(status)
    most_km = 2.0 * half_step_s * _IMPLAUSIBLE_KM_S
    trace_ends(r, v, half_step_s, work)
    measure_gaps(states, work)
    for k in range(states - 1):
        if status[k] != 0 or status[k + 1] != 0:
            work[_GAP, k] = 0.0
    bound_shells(half_step_s, states, work)
    for k in range(states - 2):
        arc = arcs[k, row]
        is_plausible = work[_GAP, k + 1] <= most_km and work[_LEAST, k + 1] > DEEPEST_KM
        if status[k + 1] == 0 and is_plausible:
            _write(r[k + 1], v[k + 1], work, k + 1, arc)
        else:
            arc[:] = np.nan


@inlined
def trace_ends(r: Floats, v: Floats, tau: float, work: Floats) -> None:
    """Write where every state came from and goes to within half a step, and how sure that is."""
    t2 = tau * tau
    states = len(r)
    for k in range(states):
        for c in range(3):
            work[_PLACE + c, k], work[_MOTION + c, k] = r[k, c], v[k, c]
    for k in range(states):
        place = (work[_PLACE, k], work[_PLACE + 1, k], work[_PLACE + 2, k])
        motion = (work[_MOTION, k], work[_MOTION + 1, k], work[_MOTION + 2, k])
        radius_2, speed_2, outward = dot(place, place), dot(motion, motion), dot(place, motion)
        inverse = 1.0 / radius_2
        radius = math.sqrt(radius_2)
        u = _MU * inverse * inverse * radius
        p, q = outward * inverse, speed_2 * inverse - u
        up2 = u * p * p
        f_even = 1.0 - t2 * (0.5 * u - t2 * (3.0 * u * q - 15.0 * up2 + u * u) * (1.0 / 24.0))
        f_last = u * p * (7.0 * p * p - 3.0 * q - u) * t2 * t2 * tau * 0.125
        f_odd = 0.5 * u * p * t2 * tau + f_last
        g_last = (9.0 * u * q - 45.0 * up2 + u * u) * t2 * t2 * tau * (1.0 / 120.0)
        g_odd = tau - u * t2 * tau * (1.0 / 6.0) + g_last
        g_even = 0.25 * u * p * t2 * t2
        work[_ERROR, k] = abs(f_last) * radius + abs(g_last) * math.sqrt(speed_2)
        pull = j2_pull(place, radius_2)
        x, y, z = end_of(place, motion, f_even - f_odd, g_even - g_odd, pull, t2)
        work[_FROM, k], work[_FROM + 1, k], work[_FROM + 2, k] = x, y, z
        work[_FROM_RADIUS, k] = math.sqrt(dot((x, y, z), (x, y, z)))
        x, y, z = end_of(place, motion, f_even + f_odd, g_even + g_odd, pull, t2)
        work[_TO, k], work[_TO + 1, k], work[_TO + 2, k] = x, y, z
        work[_TO_RADIUS, k] = math.sqrt(dot((x, y, z), (x, y, z)))
        work[_RADIUS, k] = radius
        # |e vector|^2 from the energy and the angular momentum.
        momentum_2 = radius_2 * speed_2 - outward * outward
        e_2 = 1.0 + (speed_2 - 2.0 * u * radius_2) * momentum_2 * (1.0 / _MU**2)
        work[_BEND, k] = math.sqrt(max(e_2, 0.0)) + _J2_SHARE


@inlined
def dot(a: Vector, b: Vector) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@inlined
def end_of(r: Vector, v: Vector, f: float, g: float, pull: Vector, t2: float) -> Vector:
    """Return a position after half a step, the pull of J2 taken as linear in time."""
    x, y, z = f * r[0] + g * v[0], f * r[1] + g * v[1], f * r[2] + g * v[2]
    far = j2_pull((x, y, z), x * x + y * y + z * z)
    return (
        x + t2 * (pull[0] * (1.0 / 3.0) + far[0] * (1.0 / 6.0)),
        y + t2 * (pull[1] * (1.0 / 3.0) + far[1] * (1.0 / 6.0)),
        z + t2 * (pull[2] * (1.0 / 3.0) + far[2] * (1.0 / 6.0)),
    )


@inlined
def j2_pull(r: Vector, radius_2: float) -> Vector:
    """Return the acceleration that the Earth's flattening adds [km/s^2]."""
    inverse = 1.0 / radius_2
    scale = -_J2_KM5_S2 * inverse * inverse * inverse * math.sqrt(radius_2)
    tilt = 5.0 * r[2] * r[2] * inverse
    return scale * r[0] * (1.0 - tilt), scale * r[1] * (1.0 - tilt), scale * r[2] * (3.0 - tilt)


@inlined
def measure_gaps(states: int, work: Floats) -> None:
    """Write how far the end of each step is from the start of the next."""
    for k in range(states - 1):
        x = work[_TO, k] - work[_FROM, k + 1]
        y = work[_TO + 1, k] - work[_FROM + 1, k + 1]
        z = work[_TO + 2, k] - work[_FROM + 2, k + 1]
        work[_GAP, k] = math.sqrt(x * x + y * y + z * z)


@inlined
def bound_shells(tau: float, states: int, work: Floats) -> None:
    """Turn gaps into departures, and write the shells of all steps."""
    before = work[_GAP, 0]
    for k in range(1, states - 1):
        after = work[_GAP, k]
        work[_GAP, k] = _DEPARTURE_FLOOR_KM + 1.5 * max(before, after)
        before = after
    for k in range(1, states - 1):
        lowest = min(work[_RADIUS, k], min(work[_FROM_RADIUS, k], work[_TO_RADIUS, k]))
        highest = max(work[_RADIUS, k], max(work[_FROM_RADIUS, k], work[_TO_RADIUS, k]))
        strength = _BUMP_FACTOR * work[_BEND, k] * _MU * tau * tau * 0.125
        lower = lowest - strength / (lowest * lowest)
        bump = strength / (lower * lower) + work[_GAP, k] + work[_ERROR, k] + _SHELL_ROUNDING_KM
        work[_LEAST, k], work[_MOST, k] = lowest - bump, highest + bump


@kernel
def _write(r: Floats, v: Floats, work: Floats, k: int, arc: npt.NDArray[np.float32]) -> None:
    first, last = 1.0 / work[_FROM_RADIUS, k], 1.0 / work[_TO_RADIUS, k]
    for c in range(3):
        arc[X + c], arc[VX + c] = r[c], v[c]
        arc[START + c], arc[END + c] = work[_FROM + c, k] * first, work[_TO + c, k] * last
    arc[LOW], arc[HIGH], arc[DEPARTURE] = work[_LEAST, k], work[_MOST, k], work[_GAP, k]
    arc[WIDTH - 1] = 0.0
