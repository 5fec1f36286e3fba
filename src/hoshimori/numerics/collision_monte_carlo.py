"""Probability of collision by drawing orbits and following each pair: slow, and free of theory."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

from hoshimori.numerics.collision_expected import encounter_interval_s
from hoshimori.numerics.collision_overlap import UncertainOrbits
from hoshimori.numerics.constants import WGS84_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel

_DRAWN_AT_ONCE = 2**15
"""Bounds the memory to some tens of megabytes."""
_MU = WGS84_MU_KM3_S2
_SHORTEST_STEP = 1e-3
_SHORTEST_STEP_KM = 1e-6
"""Of the radius, or in any case, along the relative velocity: what dips into the sphere by less
than some 1e-7 of the radius can be missed."""
_KEPLER_STEPS = 12
_NO_CHANGE_RAD = 1e-14


class SampledCollisions(NamedTuple):
    """Pairs that came within the hard-body radius, and what that says, all of shape (n,)."""

    hits: npt.NDArray[np.int64]
    samples: npt.NDArray[np.int64]
    probability: Floats
    """NaN where an encounter is not known."""
    low: Floats
    """Clopper and Pearson's interval at the confidence asked for."""
    high: Floats


def monte_carlo_probability(
    orbits: UncertainOrbits,
    samples: int,
    generator: np.random.Generator,
    start_s: Floats | None = None,
    end_s: Floats | None = None,
    *,
    confidence: float = 0.95,
) -> SampledCollisions:
    """Return the share of drawn pairs whose range falls below the hard-body radius in an interval.

    Equinoctial elements are drawn from their normal distributions at the moment of the states and
    followed on two-body orbits from `start_s` to `end_s` after it, shape (n,); by default
    `encounter_interval_s`. Pairs together at the start count, which `expected_collisions` leaves
    out. Every pair is followed in steps too short to jump over the radius.
    Draws that are not closed orbits count as no collision. Memory does not grow with the samples.
    Raises ValueError for fewer than one sample.
    Source: Hall, Casali, Johnson, Skrehart & Baars 2018, AAS 18-244 (sampling in equinoctial
    elements); Clopper & Pearson 1934, Biometrika 26, 404-413 (interval).
    """
    if samples < 1:
        raise ValueError(f"a Monte Carlo estimate takes at least one sample, not {samples}")
    start, end = encounter_interval_s(orbits)
    start, end = (start if start_s is None else start_s), (end if end_s is None else end_s)
    hits = np.zeros(len(orbits), dtype=np.int64)
    known = np.isfinite(start + end)
    for row in np.flatnonzero(known):
        roots = [_root(c[row]) for c in (orbits.covariance_1, orbits.covariance_2)]
        means = [e[row] for e in (orbits.elements_1, orbits.elements_2)]
        for first in range(0, samples, _DRAWN_AT_ONCE):
            count = min(_DRAWN_AT_ONCE, samples - first)
            one, two = (
                mean + generator.standard_normal((count, 6)) @ root.T
                for mean, root in zip(means, roots, strict=True)
            )
            radius = float(orbits.hard_body_radius_km[row])
            hits[row] += _count_hits(one, two, radius, float(start[row]), float(end[row]))
    low, high = clopper_pearson(hits, samples, confidence)
    columns = (np.where(known, x, np.nan) for x in (hits / samples, low, high))
    return SampledCollisions(hits, np.full(len(orbits), samples), *columns)


def clopper_pearson(
    hits: npt.NDArray[np.int64], samples: int, confidence: float
) -> tuple[Floats, Floats]:
    """Return the interval of the probability that gives so many hits, shape (n,) each.

    It holds the true one at least as often as the confidence says.
    Source: Clopper & Pearson 1934, Biometrika 26, 404-413.

    >>> low, high = clopper_pearson(np.array([0, 5]), 10, 0.95)
    >>> low.round(4), high.round(4)
    (array([0.    , 0.1871]), array([0.3085, 0.8129]))
    """
    tail = 0.5 * (1.0 - confidence)
    some, rest = np.maximum(hits, 1), np.maximum(samples - hits, 1)
    low = np.where(hits > 0, betaincinv(some, samples - some + 1.0, tail), 0.0)
    high = np.where(hits < samples, betaincinv(samples - rest + 1.0, rest, 1.0 - tail), 1.0)
    return low, high


def _root(covariance: Floats) -> Floats:
    """Return a matrix that makes unit normal numbers have this covariance."""
    scale = np.sqrt(np.maximum(np.diagonal(covariance), np.finfo(np.float64).tiny))
    values, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    return np.asarray(scale[:, None] * vectors * np.sqrt(np.maximum(values, 0.0)))


@kernel
def _count_hits(one: Floats, two: Floats, radius: float, start: float, end: float) -> int:
    hits = 0
    orbits = np.empty((2, 12))
    for k in range(len(one)):
        if _prepare(one[k], orbits[0]) and _prepare(two[k], orbits[1]):
            hits += _comes_within(orbits, radius, start, end)
    return hits


@kernel
def _prepare(elements: Floats, orbit: Floats) -> bool:
    """Write mean motion, f, g, longitude, axis, beta and both axes of the plane; or tell it open.

    Source: Broucke & Cefola 1972, Celestial Mechanics 5, 303-310.
    """
    motion, f, g, chi, psi, longitude = elements
    shape = 1.0 - f * f - g * g
    if not (motion > 0.0 and shape > 0.0):
        return False
    orbit[0], orbit[1], orbit[2], orbit[3] = motion, f, g, longitude
    orbit[4] = (_MU / (motion * motion)) ** (1.0 / 3.0)
    orbit[5] = 1.0 / (1.0 + math.sqrt(shape))
    scale = 1.0 + chi * chi + psi * psi
    orbit[6] = (1.0 - chi * chi + psi * psi) / scale
    orbit[7] = 2.0 * chi * psi / scale
    orbit[8] = -2.0 * chi / scale
    orbit[9] = 2.0 * chi * psi / scale
    orbit[10] = (1.0 + chi * chi - psi * psi) / scale
    orbit[11] = 2.0 * psi / scale
    return True


@kernel
def _comes_within(orbits: Floats, radius: float, start: float, end: float) -> bool:
    """Follow a pair by steps in which it cannot reach the sphere.

    In a step both come nearer by at most speed times time plus half the largest relative
    acceleration times its square. Until the separation has doubled, the gradient of gravity bounds
    that acceleration by 4 mu d / r^3, r the least radius there; it is never above 2 mu / r^2.
    """
    place = np.empty((2, 6))
    lowest = min(_perigee(orbits[0]), _perigee(orbits[1]))
    t = start
    while True:
        _locate(orbits[0], t, place[0])
        _locate(orbits[1], t, place[1])
        squared, speed_squared = 0.0, 0.0
        for i in range(3):
            squared += (place[1, i] - place[0, i]) ** 2
            speed_squared += (place[1, i + 3] - place[0, i + 3]) ** 2
        distance, speed = math.sqrt(squared), math.sqrt(speed_squared)
        if distance <= radius:
            return True
        if t >= end:
            return False
        near = max(lowest - 2.0 * distance, 1.0)
        pull = min(4.0 * _MU * distance / near**3, 2.0 * _MU / lowest**2)
        gap = distance - radius
        # Solution of speed t + pull t^2 / 2 = gap, without cancellation.
        step = 2.0 * gap / (speed + math.sqrt(speed * speed + 2.0 * pull * gap))
        shortest = max(_SHORTEST_STEP * radius, _SHORTEST_STEP_KM) / max(speed, 1e-9)
        t = min(t + max(step, shortest), end)


@kernel
def _perigee(orbit: Floats) -> float:
    return float(orbit[4] * (1.0 - math.sqrt(orbit[1] ** 2 + orbit[2] ** 2)))


@kernel
def _locate(orbit: Floats, t: float, place: Floats) -> None:
    """Write position and velocity of an orbit prepared."""
    motion, f, g, beta = orbit[0], orbit[1], orbit[2], orbit[5]
    longitude = orbit[3] + motion * t
    eccentric = longitude + f * math.sin(longitude) - g * math.cos(longitude)
    for _ in range(_KEPLER_STEPS):
        sine, cosine = math.sin(eccentric), math.cos(eccentric)
        excess = eccentric + g * cosine - f * sine - longitude
        change = excess / (1.0 - f * cosine - g * sine)
        eccentric -= change
        if abs(change) < _NO_CHANGE_RAD:
            break
    sine, cosine = math.sin(eccentric), math.cos(eccentric)
    ff, fg, gg = 1.0 - f * f * beta, f * g * beta, 1.0 - g * g * beta
    rate = motion / (1.0 - f * cosine - g * sine)
    x, y = gg * cosine + fg * sine - f, ff * sine + fg * cosine - g
    dx, dy = (fg * cosine - gg * sine) * rate, (ff * cosine - fg * sine) * rate
    for i in range(3):
        place[i] = orbit[4] * (x * orbit[6 + i] + y * orbit[9 + i])
        place[i + 3] = orbit[4] * (dx * orbit[6 + i] + dy * orbit[9 + i])
