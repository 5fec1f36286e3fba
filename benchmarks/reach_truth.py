"""Optimised transfers under J2, what warning times are judged by; no code of `numerics.reach`.

The least velocity change for a given time is found in two steps. First a linear programme over
impulses at many moments and in many directions, in mean elements with secular J2 about the object's
own orbit. Its impulses then start a search over the same few impulses in full dynamics (Runge and
Kutta's fourth order, gravity and J2), which must end on the other object's state there, found by
the same integration. Only the size of the sum is kept.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
from scipy.optimize import linprog, minimize

MU, J2, RADIUS = 398600.8, 0.001082616, 6378.135  # WGS-72, as SGP4
DIRECTIONS = [
    (x, y, z)
    for x in (-1, 0, 1) for y in (-1, -0.4, 0, 0.4, 1) for z in (-1, -0.4, 0, 0.4, 1)
    if x or y or z
]  # fmt: skip
DIRECTIONS = np.array([np.array(d) / np.linalg.norm(d) for d in DIRECTIONS])


@dataclass(frozen=True)
class Case:
    """Two orbits: (a km, e, i, node, perigee, mean anomaly in deg), and velocity changes in m/s."""

    name: str
    here: tuple[float, ...]
    there: tuple[float, ...]
    allowed_m_s: tuple[float, ...]


CASES = (
    Case(
        "LEO, same orbit, 90 deg ahead",
        (6878, 1e-3, 97.4, 10, 90, 0),
        (6878, 1e-3, 97.4, 10, 90, 90),
        (10, 50),
    ),
    Case(
        "LEO, same plane, 60 km lower, 200 deg",
        (6818, 1e-3, 97.4, 10, 90, 0),
        (6878, 1e-3, 97.4, 10, 90, 200),
        (50, 200),
    ),
    Case(
        "LEO, nodes 1.5 deg apart",
        (6878, 1e-3, 97.4, 10, 90, 0),
        (6878, 1e-3, 97.4, 11.5, 90, 40),
        (50, 100),
    ),
    Case(
        "LEO at 73 deg, nodes 8 deg apart",
        (6858, 2e-3, 73.0, 10, 90, 0),
        (6858, 1e-3, 73.0, 18, 90, 60),
        (100, 200),
    ),
    Case(
        "LEO, nodes -6 deg, 60 km lower, 0.1 deg",
        (6818, 2e-3, 97.3, 16, 90, 0),
        (6878, 1e-3, 97.4, 10, 90, 250),
        (150, 200),
    ),
    Case(
        "LEO, 0.3 deg of inclination",
        (6878, 1e-3, 97.1, 10, 90, 0),
        (6878, 1e-3, 97.4, 10, 90, 120),
        (50, 100),
    ),
    Case(
        "MEO, same plane, 120 deg",
        (26560, 5e-3, 55, 10, 90, 0),
        (26560, 5e-3, 55, 10, 90, 120),
        (50, 200),
    ),
    Case(
        "GEO, 5 deg of longitude",
        (42164, 2e-4, 0.05, 80, 0, 0),
        (42164, 2e-4, 0.03, 60, 0, 25),
        (10, 50),
    ),
    Case(
        "GEO, 60 deg of longitude",
        (42164, 2e-4, 0.05, 80, 0, 0),
        (42164, 2e-4, 0.03, 60, 0, 80),
        (20, 50),
    ),
    Case(
        "GEO, 20 deg and 1 deg of inclination",
        (42164, 2e-4, 1.05, 80, 0, 0),
        (42164, 2e-4, 0.05, 60, 0, 40),
        (80, 200),
    ),
    Case(
        "HEO (12 h), same orbit, quarter of a period",
        (26560, 0.7, 63.4, 10, 270, 0),
        (26560, 0.7, 63.4, 10, 270, 90),
        (50, 200),
    ),
)


def rates(e: np.ndarray) -> np.ndarray:
    """Return secular rates of (a, e, i, node, perigee, mean anomaly), rad/s (Vallado 2013, 9.6)."""
    a, ecc, inc = e[0], e[1], e[2]
    n = math.sqrt(MU / a**3)
    k = 1.5 * J2 * (RADIUS / (a * (1 - ecc**2))) ** 2 * n
    turn = k * (2 - 2.5 * math.sin(inc) ** 2)
    mean = n + k * math.sqrt(1 - ecc**2) * (1 - 1.5 * math.sin(inc) ** 2)
    return np.array([0, 0, 0, -k * math.cos(inc), turn, mean])


def to_regular(e: np.ndarray) -> np.ndarray:
    """Return elements without singularities at small inclination, or with nodes at others."""
    a, ecc, inc, node, peri, mean = e
    if inc < math.radians(5.0):
        x, y = ecc * math.cos(peri + node), ecc * math.sin(peri + node)
        return np.array([a, x, y, inc * math.cos(node), inc * math.sin(node), peri + node + mean])
    return np.array([a, ecc * math.cos(peri), ecc * math.sin(peri), inc, node, peri + mean])


def from_regular(q: np.ndarray, equatorial: bool) -> np.ndarray:
    a, x, y = q[:3]
    long = math.atan2(y, x)
    if equatorial:
        node = math.atan2(q[4], q[3])
        return np.array(
            [a, math.hypot(x, y), math.hypot(q[3], q[4]), node, long - node, q[5] - long]
        )
    return np.array([a, math.hypot(x, y), q[3], q[4], long, q[5] - long])


def state_of(e: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    a, ecc, inc, node, peri, mean = e
    ea = mean
    for _ in range(60):
        ea -= (ea - ecc * math.sin(ea) - mean) / (1 - ecc * math.cos(ea))
    x, y = a * (math.cos(ea) - ecc), a * math.sqrt(1 - ecc**2) * math.sin(ea)
    rate = math.sqrt(MU / a) / (1 - ecc * math.cos(ea))
    vx, vy = -rate * math.sin(ea), rate * math.sqrt(1 - ecc**2) * math.cos(ea)
    cn, sn, ci, si = math.cos(node), math.sin(node), math.cos(inc), math.sin(inc)
    cw, sw = math.cos(peri), math.sin(peri)
    p = np.array([cn * cw - sn * sw * ci, sn * cw + cn * sw * ci, sw * si])
    q = np.array([-cn * sw - sn * cw * ci, -sn * sw + cn * cw * ci, cw * si])
    return x * p + y * q, vx * p + vy * q


def elements_of(r: np.ndarray, v: np.ndarray) -> np.ndarray:
    h = np.cross(r, v)
    size = np.linalg.norm(r)
    ev = np.cross(v, h) / MU - r / size
    ecc = min(float(np.linalg.norm(ev)), 1.0)
    a = 1 / (2 / size - v @ v / MU)
    inc, node = math.atan2(math.hypot(h[0], h[1]), h[2]), math.atan2(h[0], -h[1])
    n = np.array([math.cos(node), math.sin(node), 0.0])
    m = np.cross(h / np.linalg.norm(h), n)
    peri = math.atan2(ev @ m, ev @ n)
    true = math.atan2(r @ m, r @ n) - peri
    ea = 2 * math.atan2(
        math.sqrt(1 - ecc) * math.sin(true / 2), math.sqrt(1 + ecc) * math.cos(true / 2)
    )
    return np.array([a, ecc, inc, node, peri, ea - ecc * math.sin(ea)])


def linear_least(
    here: np.ndarray, there: np.ndarray, seconds: float, *, within_km: float = 0.0
) -> tuple[float, np.ndarray, np.ndarray]:
    """Return the least sum of impulses (km/s) in mean elements, their moments, and RTN impulses.

    Within a range each element may be left off by what alone would carry the object that far.
    """
    equatorial = there[2] < math.radians(5.0)
    goal = to_regular(there + rates(there) * seconds)
    own = to_regular(here + rates(here) * seconds)
    moments = _moments(here, seconds)
    # At the end the object is where the other one is: impulses there act along that orbit.
    along = [here if t < 0.5 * seconds else there for t in moments]
    effects = [_effect(e, t, seconds, equatorial) for e, t in zip(along, moments, strict=True)]
    matrix = np.hstack([e @ DIRECTIONS.T for e in effects])
    miss = goal - own
    for k in (4,) if not equatorial else ():
        miss[k] = (miss[k] + math.pi) % (2 * math.pi) - math.pi
    scale = np.array([1e-3, 1e3, 1e3, 1e3, 1e3, 1e2])
    count, left = matrix.shape[1], _left_over(there, within_km, equatorial)
    matrix = np.hstack([matrix, np.eye(6)])
    cost = np.append(np.ones(count), np.zeros(6))
    bounds = [(0.0, None)] * count + [(-each, each) for each in left]
    # The plane may be off by an angle, whichever way: an eight-sided circle about it.
    tilted = np.zeros((4, count + 6))
    tilted[:, count + 3 : count + 5] = [(1, 1), (1, -1), (-1, 1), (-1, -1)]
    tilted[:, count + 3 : count + 5] /= np.maximum(left[3:5], 1e-12)
    most = np.full(4, math.sqrt(2.0))

    def solved(rows: slice) -> Any:
        sides, ends = (matrix * scale[:, None])[rows], (miss * scale)[rows]
        return linprog(
            cost, A_ub=tilted, b_ub=most, A_eq=sides, b_eq=ends, bounds=bounds, method="highs-ipm"
        )

    # Whole revolutions gained on the way are free: those near what the other elements ask for.
    free = solved(slice(0, 5))
    if free.status != 0:
        return math.inf, moments, np.zeros((len(moments), 3))
    near = round(float(matrix[5] @ free.x - miss[5]) / (2 * math.pi))
    best: Any = (math.inf, moments, None)
    for whole in sorted({*range(near - 2, near + 3), -1, 0, 1}):
        miss[5] = goal[5] - own[5] + 2 * math.pi * whole
        found = solved(slice(0, 6))
        if found.status == 0 and found.fun < best[0]:
            best = (found.fun, moments, found.x[:count])
    if best[2] is None:
        return math.inf, moments, np.zeros((len(moments), 3))
    impulses = best[2].reshape(len(moments), len(DIRECTIONS)) @ DIRECTIONS
    return best[0], moments, impulses


def _left_over(there: np.ndarray, within_km: float, equatorial: bool) -> np.ndarray:
    """Return how far off each regular element may be: axis, shape, plane, place."""
    share = within_km / there[0]
    sine = 1.0 if equatorial else math.sin(there[2])
    drift = 2.0 / (3.0 * math.pi) * within_km
    return np.array([drift, 0.5 * share, 0.5 * share, share, share / sine, share])


def _moments(e: np.ndarray, seconds: float) -> np.ndarray:
    """Return moments at which impulses may be: all of a short time, the ends and the middle."""
    period = 2 * math.pi / math.sqrt(MU / e[0] ** 3)
    steps = np.linspace(0, 2 * math.pi, 25)[:-1]
    ea = 2 * np.arctan(math.sqrt((1 - e[1]) / (1 + e[1])) * np.tan(steps / 2))
    anomaly = np.sort((ea - e[1] * np.sin(ea) - e[5]) % (2 * math.pi)) / (2 * math.pi) * period
    revs = math.ceil(seconds / period)
    wanted = (
        range(revs) if revs <= 6 else (0, 1, revs // 2 - 1, revs // 2, revs - 3, revs - 2, revs - 1)
    )
    every = np.concatenate([anomaly + period * k for k in wanted] + [[0.0, seconds]])
    return np.unique(every[every <= seconds])


def _effect(here: np.ndarray, t: float, seconds: float, equatorial: bool) -> np.ndarray:
    """Return what an impulse (RTN, km/s) at a moment changes at the end, shape (6, 3)."""
    now = here + rates(here) * t
    r, v = state_of(now)
    basis = rtn(r, v)
    columns = []
    for axis in basis:
        ends = []
        for sign in (1e-4, -1e-4):
            e = elements_of(r, v + sign * axis)
            ends.append(to_regular(e + rates(e) * (seconds - t)))
        change = ends[0] - ends[1]
        whole = (4, 5) if not equatorial else (5,)
        for k in whole:
            change[k] = (change[k] + math.pi) % (2 * math.pi) - math.pi
        columns.append(change / 2e-4)
    return np.array(columns).T


def rtn(r: np.ndarray, v: np.ndarray) -> np.ndarray:
    up, across = r / np.linalg.norm(r), np.cross(r, v)
    across = across / np.linalg.norm(across)
    return np.array([up, np.cross(across, up), across])


@numba.njit(cache=True)
def fly(state: np.ndarray, seconds: float, step: float) -> np.ndarray:
    """Return the state after a time under gravity and J2 (Runge and Kutta, fourth order)."""
    y = state.copy()
    count = math.ceil(seconds / step)
    if count == 0:
        return y
    h = seconds / count
    x0, x1, x2, v0, v1, v2 = y
    for _ in range(count):
        a0, a1, a2 = _pull(x0, x1, x2)
        p0, p1, p2 = v0 + 0.5 * h * a0, v1 + 0.5 * h * a1, v2 + 0.5 * h * a2
        b0, b1, b2 = _pull(x0 + 0.5 * h * v0, x1 + 0.5 * h * v1, x2 + 0.5 * h * v2)
        q0, q1, q2 = v0 + 0.5 * h * b0, v1 + 0.5 * h * b1, v2 + 0.5 * h * b2
        c0, c1, c2 = _pull(x0 + 0.5 * h * p0, x1 + 0.5 * h * p1, x2 + 0.5 * h * p2)
        r0, r1, r2 = v0 + h * c0, v1 + h * c1, v2 + h * c2
        d0, d1, d2 = _pull(x0 + h * q0, x1 + h * q1, x2 + h * q2)
        x0 += h / 6.0 * (v0 + 2.0 * p0 + 2.0 * q0 + r0)
        x1 += h / 6.0 * (v1 + 2.0 * p1 + 2.0 * q1 + r1)
        x2 += h / 6.0 * (v2 + 2.0 * p2 + 2.0 * q2 + r2)
        v0 += h / 6.0 * (a0 + 2.0 * b0 + 2.0 * c0 + d0)
        v1 += h / 6.0 * (a1 + 2.0 * b1 + 2.0 * c1 + d1)
        v2 += h / 6.0 * (a2 + 2.0 * b2 + 2.0 * c2 + d2)
    return np.array([x0, x1, x2, v0, v1, v2])


@numba.njit(cache=True, inline="always")
def _pull(x: float, y: float, z: float) -> tuple[float, float, float]:
    r2 = x * x + y * y + z * z
    g = -MU / (r2 * math.sqrt(r2))
    k = 1.5 * J2 * RADIUS**2 / r2
    z2 = 5.0 * z * z / r2
    return (
        g * x * (1.0 + k * (1.0 - z2)),
        g * y * (1.0 + k * (1.0 - z2)),
        g * z * (1.0 + k * (3.0 - z2)),
    )


def osculating(mean: np.ndarray, step: float) -> np.ndarray:
    """Return the state whose orbit, averaged over a revolution, has these mean elements."""
    equatorial = mean[2] < math.radians(5.0)
    wanted, times = to_regular(mean), np.linspace(0, 2 * math.pi / rates(mean)[5], 97)[:-1]
    trend = np.array([to_regular(mean + rates(mean) * t) for t in times])
    q = wanted.copy()
    for _ in range(6):
        state = np.concatenate(state_of(from_regular(q, equatorial)))
        off = []
        for t, there in zip(times, trend, strict=True):
            now = fly(state, t, step)
            change = to_regular(elements_of(now[:3], now[3:])) - there
            for k in (5,) if equatorial else (4, 5):
                change[k] = (change[k] + math.pi) % (2 * math.pi) - math.pi
            off.append(change)
        q = q - np.mean(off, axis=0)
    return np.concatenate(state_of(from_regular(q, equatorial)))


def full_least(here: np.ndarray, there: np.ndarray, seconds: float, *, most: int = 8) -> float:
    """Return the least sum of impulses (km/s) in full dynamics; infinite where none is found."""
    start, moments, impulses = linear_least(here, there, seconds)
    if not math.isfinite(start):
        return math.inf
    size = np.linalg.norm(impulses, axis=1)
    chosen = np.sort(np.argsort(size)[-most:])
    chosen = chosen[size[chosen] > 1e-7]
    times = moments[chosen]
    period = 2 * math.pi / math.sqrt(MU / here[0] ** 3)
    step = period / (90.0 if here[1] < 0.1 else 900.0)
    first, goal = osculating(here, step), fly(osculating(there, step), seconds, step)
    equatorial = there[2] < math.radians(5.0)
    wanted = to_regular(elements_of(goal[:3], goal[3:]))
    sine = 1.0 if equatorial else math.sin(there[2])
    scale = np.array([1.0 / np.linalg.norm(goal[:3]), 1.0, 1.0, 1.0, sine, 1.0])

    def miss(x: np.ndarray) -> np.ndarray:
        """Return what is missing at the end, in elements without dimension."""
        y, t = first, 0.0
        for moment, dv in zip(times, x.reshape(-1, 3), strict=True):
            y = fly(y, moment - t, step)
            y[3:] += dv @ rtn(y[:3], y[3:])
            t = moment
        y = fly(y, seconds - t, step)
        off = to_regular(elements_of(y[:3], y[3:])) - wanted
        for k in (5,) if equatorial else (4, 5):
            off[k] = (off[k] + math.pi) % (2 * math.pi) - math.pi
        return off * scale

    def slope(x: np.ndarray) -> np.ndarray:
        steps = 2e-6 * np.eye(len(x))
        return np.array([(miss(x + d) - miss(x - d)) / 4e-6 for d in steps]).T

    x = impulses[chosen].ravel()
    for _ in range(25):  # meet the end first, by the smallest changes
        end = miss(x)
        step_to = np.linalg.pinv(slope(x), rcond=1e-6) @ end
        x = x - step_to * min(1.0, 0.02 / max(float(np.abs(step_to).max()), 1e-9))
        if np.abs(end).max() < 1e-6:
            break
    found: Any = minimize(
        lambda q: np.sqrt((q.reshape(-1, 3) ** 2).sum(axis=1) + 1e-14).sum(),
        x,
        jac=lambda q: (
            q.reshape(-1, 3) / np.sqrt((q.reshape(-1, 3) ** 2).sum(axis=1) + 1e-14)[:, None]
        ).ravel(),
        constraints={"type": "eq", "fun": miss, "jac": slope},
        method="SLSQP",
        options={"maxiter": 100, "ftol": 1e-7},
    )
    end = miss(found.x)
    if np.abs(end).max() > 2e-4:
        return math.inf
    return float(np.linalg.norm(found.x.reshape(-1, 3), axis=1).sum())
