"""Two-body paths: from place to place in a given time (Lambert's problem), from state to state.

Source: Izzo 2015, "Revisiting Lambert's problem", Celestial Mechanics 121, 1 (equations by number).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel

_ITERATIONS = 15
_CLOSE = 1e-13
_NEWTON_STEPS = 12
_NEAR_PARABOLA = 0.01
"""Closer to x = 1 than this the time of flight is a series (Battin's), for accuracy."""


@dataclass(frozen=True, slots=True, eq=False)
class LambertArcs:
    """Velocities at both ends of *n* arcs, one for each question; NaN where there is no arc."""

    departure_km_s: Floats
    """Shape (n, 3)."""
    arrival_km_s: Floats
    """Shape (n, 3)."""


def lambert(
    from_km: Floats,
    to_km: Floats,
    flight_s: Floats,
    normal: Floats,
    *,
    revolutions: int = 0,
    left: bool = False,
    mu_km3_s2: float = WGS72_MU_KM3_S2,
) -> LambertArcs:
    """Return the two-body arcs from *n* places to *n* others in given times.

    The motion turns about `normal` (shape (3,)) as the right hand does; the transfer angle is what
    that makes it, 0 to 2 pi, after whole `revolutions`. With revolutions there are two arcs or
    none, to either side of the quickest; `left` chooses the one of smaller x (eq. 31). NaN where a
    place and its target lie on one line through the centre, and where the time is too short for the
    revolutions. Places have shape (n, 3) in any inertial frame; velocities agree with Kepler's
    motion to 1e-9 relative.

    >>> quarter = lambert(np.array([[1.0, 0, 0]]), np.array([[0.0, 1, 0]]), np.array([np.pi / 2]),
    ...                   np.array([0.0, 0, 1]), mu_km3_s2=1.0)
    >>> float(quarter.departure_km_s[0, 1].round(9))
    1.0
    """
    arcs = LambertArcs(np.full(from_km.shape, np.nan), np.full(from_km.shape, np.nan))
    _fill(
        np.ascontiguousarray(from_km, np.float64),
        np.ascontiguousarray(to_km, np.float64),
        np.ascontiguousarray(flight_s, np.float64),
        np.ascontiguousarray(normal, np.float64),
        revolutions,
        left,
        mu_km3_s2,
        arcs.departure_km_s,
        arcs.arrival_km_s,
    )
    return arcs


def along_ellipse(
    position_km: Floats,
    velocity_km_s: Floats,
    for_s: Floats,
    *,
    mu_km3_s2: float = WGS72_MU_KM3_S2,
) -> tuple[Floats, Floats]:
    """Return positions and velocities after two-body motion, shape (n, 3), for closed orbits.

    NaN for open ones. Source: Battin 1999, An Introduction to the Mathematics and Methods of
    Astrodynamics, eqs. 4.41 to 4.43.
    """
    size = np.linalg.norm(position_km, axis=-1)
    radial = np.sum(position_km * velocity_km_s, axis=-1) / math.sqrt(mu_km3_s2)
    with np.errstate(invalid="ignore"):
        axis = 1.0 / (2.0 / size - np.sum(velocity_km_s**2, axis=-1) / mu_km3_s2)
        root = np.sqrt(axis)
        mean = math.sqrt(mu_km3_s2) / (axis * root) * for_s
        turn = mean.copy()
        for _ in range(_NEWTON_STEPS):
            sine, cosine = np.sin(turn), np.cos(turn)
            far = 1.0 - (1.0 - size / axis) * cosine + radial / root * sine
            miss = turn - (1.0 - size / axis) * sine + radial / root * (1.0 - cosine) - mean
            turn = turn - miss / far
        sine, cosine = np.sin(turn), np.cos(turn)
        after = axis + (size - axis) * cosine + radial * root * sine
        f = 1.0 - axis / size * (1.0 - cosine)
        g = for_s + (sine - turn) * axis * root / math.sqrt(mu_km3_s2)
        f_rate = -math.sqrt(mu_km3_s2) * root / (size * after) * sine
        g_rate = 1.0 - axis / after * (1.0 - cosine)
    there = f[..., None] * position_km + g[..., None] * velocity_km_s
    return there, f_rate[..., None] * position_km + g_rate[..., None] * velocity_km_s


@kernel
def _fill(
    from_km: Floats,
    to_km: Floats,
    flight_s: Floats,
    normal: Floats,
    revolutions: int,
    left: bool,
    mu: float,
    departure: Floats,
    arrival: Floats,
) -> None:
    for k in range(len(flight_s)):
        _arc(
            from_km[k], to_km[k], flight_s[k], normal, revolutions, left, mu,
            departure[k], arrival[k],
        )  # fmt: skip


@kernel
def _arc(
    r1: Floats,
    r2: Floats,
    flight_s: float,
    normal: Floats,
    revolutions: int,
    left: bool,
    mu: float,
    v1: Floats,
    v2: Floats,
) -> None:
    """Fill both velocities (algorithm 1); leave them as they are where there is no arc."""
    size1, size2 = math.sqrt(np.sum(r1 * r1)), math.sqrt(np.sum(r2 * r2))
    chord = math.sqrt(np.sum((r2 - r1) ** 2))
    half = 0.5 * (size1 + size2 + chord)
    cross = np.array(
        [
            r1[1] * r2[2] - r1[2] * r2[1],
            r1[2] * r2[0] - r1[0] * r2[2],
            r1[0] * r2[1] - r1[1] * r2[0],
        ]
    )
    area = math.sqrt(np.sum(cross * cross))
    if flight_s <= 0.0 or area <= 1e-12 * size1 * size2:
        return
    turn = 1.0 if np.sum(cross * normal) >= 0.0 else -1.0
    lam = turn * math.sqrt(max(1.0 - chord / half, 0.0))
    x = _root(lam, math.sqrt(2.0 * mu / half**3) * flight_s, revolutions, left)
    if math.isnan(x):
        return
    y = math.sqrt(1.0 - lam * lam * (1.0 - x * x))
    gamma, rho = math.sqrt(0.5 * mu * half), (size1 - size2) / chord
    sigma = math.sqrt(max(1.0 - rho * rho, 0.0))
    radial1 = gamma * ((lam * y - x) - rho * (lam * y + x)) / size1
    radial2 = -gamma * ((lam * y - x) + rho * (lam * y + x)) / size2
    along = gamma * sigma * (y + lam * x)
    axis = turn * cross / area
    for unit, size, radial, place, out in (
        (axis, size1, radial1, r1, v1),
        (axis, size2, radial2, r2, v2),
    ):
        outward = place / size
        out[0] = radial * outward[0] + along / size * (unit[1] * outward[2] - unit[2] * outward[1])
        out[1] = radial * outward[1] + along / size * (unit[2] * outward[0] - unit[0] * outward[2])
        out[2] = radial * outward[2] + along / size * (unit[0] * outward[1] - unit[1] * outward[0])


@kernel
def _root(lam: float, wanted: float, revolutions: int, left: bool) -> float:
    """Return x with the wanted time of flight; NaN where the revolutions need longer."""
    whole = math.acos(lam) + lam * math.sqrt(1.0 - lam * lam) + revolutions * math.pi
    if revolutions > 0 and wanted < whole and wanted < _shortest(lam, revolutions):
        return math.nan
    x = _guess(lam, wanted, whole, revolutions, left)
    for _ in range(_ITERATIONS):
        t = _flight(x, lam, revolutions)
        d1, d2, d3 = _slopes(x, t, lam)
        miss = t - wanted
        # Householder's third-order step.
        step = miss * (d1 * d1 - 0.5 * miss * d2)
        step /= d1 * (d1 * d1 - miss * d2) + d3 * miss * miss / 6.0
        x -= step
        if abs(step) < _CLOSE:
            break
    return x


@kernel
def _guess(lam: float, wanted: float, whole: float, revolutions: int, left: bool) -> float:
    """Return a start for the iteration (eqs. 30 and 31)."""
    if revolutions == 0:
        parabolic = 2.0 / 3.0 * (1.0 - lam**3)
        if wanted >= whole:
            return float((whole / wanted) ** (2.0 / 3.0) - 1.0)
        if wanted < parabolic:
            return float(2.5 * parabolic * (parabolic - wanted) / (wanted * (1.0 - lam**5)) + 1.0)
        return float((whole / wanted) ** (math.log2(parabolic / whole)) - 1.0)
    if left:
        share = ((revolutions * math.pi + math.pi) / (8.0 * wanted)) ** (2.0 / 3.0)
    else:
        share = (8.0 * wanted / (revolutions * math.pi)) ** (2.0 / 3.0)
    return float((share - 1.0) / (share + 1.0))


@kernel
def _shortest(lam: float, revolutions: int) -> float:
    """Return the least time of flight over whole revolutions, by Halley's steps on its slope."""
    x = 0.0
    t = _flight(x, lam, revolutions)
    for _ in range(_ITERATIONS):
        d1, d2, d3 = _slopes(x, t, lam)
        step = 2.0 * d1 * d2 / (2.0 * d2 * d2 - d1 * d3)
        x -= step
        t = _flight(x, lam, revolutions)
        if abs(step) < _CLOSE:
            break
    return t


@kernel
def _flight(x: float, lam: float, revolutions: int) -> float:
    """Return the time of flight without dimension (eqs. 18 and 20)."""
    y = math.sqrt(1.0 - lam * lam * (1.0 - x * x))
    if revolutions == 0 and abs(x - 1.0) < _NEAR_PARABOLA:
        eta = y - lam * x
        start = 0.5 * (1.0 - lam - x * eta)
        return 0.5 * (eta**3 * 4.0 / 3.0 * _series(start) + 4.0 * lam * eta)
    if x < 1.0:
        angle = math.acos(max(-1.0, min(1.0, x * y + lam * (1.0 - x * x))))
    else:
        angle = math.asinh((y - x * lam) * math.sqrt(x * x - 1.0))
    root = math.sqrt(abs(1.0 - x * x))
    return ((angle + revolutions * math.pi) / root - x + lam * y) / (1.0 - x * x)


@kernel
def _series(z: float) -> float:
    """Return the hypergeometric function F(3, 1; 5/2; z) for |z| < 1."""
    total = term = 1.0
    for k in range(60):
        term *= (3.0 + k) / (2.5 + k) * z
        total += term
        if abs(term) < 1e-15:
            break
    return total


@kernel
def _slopes(x: float, t: float, lam: float) -> tuple[float, float, float]:
    """Return three derivatives of the time of flight (eq. 22)."""
    y = math.sqrt(1.0 - lam * lam * (1.0 - x * x))
    rest = 1.0 - x * x
    d1 = (3.0 * t * x - 2.0 + 2.0 * lam**3 * x / y) / rest
    d2 = (3.0 * t + 5.0 * x * d1 + 2.0 * (1.0 - lam * lam) * lam**3 / y**3) / rest
    d3 = (7.0 * x * d2 + 8.0 * d1 - 6.0 * (1.0 - lam * lam) * lam**5 * x / y**5) / rest
    return d1, d2, d3
