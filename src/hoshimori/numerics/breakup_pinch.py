"""Where and when the orbits of fragments meet: the pinch of planes and ellipses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.breakup_orbits import (
    OrbitShapes,
    SecularOrbits,
    shapes_at,
)
from hoshimori.numerics.constants import TWO_PI
from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.robust import MAD_TO_SIGMA, median_of_known

Rows = npt.NDArray[np.int64]

_COARSE_STEP_H = 6
_COARSE_ANGLES = 120
_FEWEST = 3
_FINE_STEP_MIN = 20
_FINE_ANGLES = 41
_WINDOW_STEPS = 80
_WINDOW_TIMES_LEAST = 3.0
"""Moments whose spread is less than so many times the least are looked at again."""


@dataclass(frozen=True, slots=True, eq=False)
class Pinch:
    """The moment and place at which orbits come nearest to sharing one point."""

    utc: np.datetime64
    direction: Floats
    """Unit vector to the point, TEME."""
    radius_km: float
    cross_km: float
    """Robust spread of the orbits across their planes at the point (one sigma)."""
    radial_km: float
    """Robust spread of their radii there (one sigma)."""
    usual_km: float
    """The same spread, both together, at a usual point of the orbit at that moment (median)."""
    reference: int
    """The row in whose plane the point lies: the orbit in the middle of all."""

    @property
    def spread_km(self) -> float:
        """Spread across and in radius together."""
        return float(np.hypot(self.cross_km, self.radial_km))


@dataclass(frozen=True, slots=True, eq=False)
class PinchScan:
    """The least spread that each moment allows, and where; shape (m,)."""

    times_utc: Times
    spread_km: Floats
    angle_rad: Floats
    """Of the point in the plane of the reference orbit."""
    pinch: Pinch


def find_pinch(
    orbits: SecularOrbits, start_utc: np.datetime64, end_utc: np.datetime64
) -> PinchScan | None:
    """Return where orbits meet best in a span of time; None for fewer than three known orbits.

    Every quarter of a day and every two degrees of the middle orbit, then finer about the best.
    Medians stand for means: up to half of the orbits may be of objects that do not belong.
    """
    times = np.arange(start_utc, end_utc, np.timedelta64(_COARSE_STEP_H, "h"))
    if len(orbits) < _FEWEST or not len(times):
        return None
    reference = _middle(shapes_at(orbits, times[-1]))
    if reference is None:
        return None
    angles = TWO_PI * np.arange(_COARSE_ANGLES) / _COARSE_ANGLES
    cross, radial = _spreads(orbits, reference, times, angles)
    both = np.nan_to_num(np.hypot(cross, radial)[:, 0], nan=np.inf)
    chosen = np.argmin(both, axis=1)
    least = both[np.arange(len(times)), chosen]
    best = int(np.argmin(least))
    if not np.isfinite(least[best]):
        return None
    usual_km = float(np.median(both[best]))
    angle, half_min = float(angles[chosen[best]]), 60.0 * _COARSE_STEP_H
    pinch = _refined(orbits, reference, times[best], angle, half_min, usual_km)
    return PinchScan(times, least, angles[chosen], pinch)


def resampled_pinches(
    orbits: SecularOrbits,
    scan: PinchScan,
    random: np.random.Generator,
    *,
    samples: int,
    drag_spread: float,
) -> Times:
    """Return the moment of the pinch for fragments drawn again and drag drawn anew, (samples,).

    Each sample draws fragments with replacement (bootstrap) and one factor for the drag of all:
    the air of the weeks before an element set may be denser or thinner than that of its days.
    `drag_spread` is the sigma of the factor's natural logarithm.
    Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap.
    """
    factors = np.exp(drag_spread * np.array([-1.2, 0.0, 1.2]))
    drawn = random.integers(0, len(orbits), (samples, len(orbits)))
    which = random.permutation(np.arange(samples) % 3)
    found = np.empty(samples, "datetime64[us]")
    for k, factor in enumerate(factors):
        members = np.flatnonzero(which == k)
        found[members] = _moments(orbits.with_drag(float(factor)), scan, drawn[members])
    return np.sort(found)


def direction_at(shapes: OrbitShapes, reference: int, angle_rad: float) -> Floats:
    """Return the unit vector at an angle from the node in the plane of the reference orbit."""
    u, v = _plane(shapes.normal[reference])
    return np.asarray(np.cos(angle_rad) * u + np.sin(angle_rad) * v)


def _moments(orbits: SecularOrbits, scan: PinchScan, drawn: Rows) -> Times:
    near = np.flatnonzero(scan.spread_km < _WINDOW_TIMES_LEAST * scan.spread_km.min())
    rows = near[:: max(1, len(near) // _WINDOW_STEPS)]
    times = scan.times_utc[rows]
    if len(rows) * _COARSE_STEP_H < 15 * 24:
        step = np.timedelta64(max(60, len(rows) * _COARSE_STEP_H * 3600 // _WINDOW_STEPS), "s")
        half = np.timedelta64(_COARSE_STEP_H, "h")
        times = np.arange(times[0] - half, times[-1] + half, step)
    angles = _angle_of(scan, orbits) + np.radians(np.linspace(-9.0, 9.0, 13))
    cross, radial = _spreads(orbits, scan.pinch.reference, times, angles, drawn)
    both = np.min(np.nan_to_num(np.hypot(cross, radial), nan=np.inf), axis=2)
    return np.asarray(times[np.argmin(both, axis=0)])


def _angle_of(scan: PinchScan, orbits: SecularOrbits) -> float:
    shapes = shapes_at(orbits, scan.pinch.utc)
    u, v = _plane(shapes.normal[scan.pinch.reference])
    return float(np.arctan2(scan.pinch.direction @ v, scan.pinch.direction @ u))


def pinch_near(
    orbits: SecularOrbits, pinch: Pinch, utc: np.datetime64, half_min: float = 0.0
) -> Pinch:
    """Return where orbits meet best at a moment (or within minutes of it) near a known pinch."""
    shapes = shapes_at(orbits, utc)
    u, v = _plane(shapes.normal[pinch.reference])
    angle = float(np.arctan2(pinch.direction @ v, pinch.direction @ u))
    return _refined(orbits, pinch.reference, utc, angle, half_min, pinch.usual_km)


def _refined(
    orbits: SecularOrbits,
    reference: int,
    utc: np.datetime64,
    angle_rad: float,
    half_min: float,
    usual_km: float,
) -> Pinch:
    steps = np.arange(-half_min, half_min + 1.0, _FINE_STEP_MIN)
    times = utc + (steps * 60e6).astype("timedelta64[us]")
    angles = angle_rad + np.radians(np.linspace(-3.0, 3.0, _FINE_ANGLES))
    cross, radial = (s[:, 0] for s in _spreads(orbits, reference, times, angles))
    both = np.nan_to_num(np.hypot(cross, radial), nan=np.inf)
    k, j = np.unravel_index(np.argmin(both), both.shape)
    shapes = shapes_at(orbits, times[k])
    direction = direction_at(shapes, reference, float(angles[j]))
    return Pinch(
        utc=times[k],
        direction=direction,
        radius_km=float(median_of_known(shapes.radius_km(direction))),
        cross_km=float(cross[k, j]),
        radial_km=float(radial[k, j]),
        usual_km=usual_km,
        reference=reference,
    )


def _middle(shapes: OrbitShapes) -> int | None:
    """Return the row nearest the medians of plane and shape; None where none is known."""
    columns = [shapes.normal, shapes.eccentricity, np.log(shapes.parameter_km)[:, None]]
    place = np.concatenate(columns, axis=1)
    known = np.isfinite(place).all(axis=1)
    if not known.any():
        return None
    apart = np.abs(place - median_of_known(place)).sum(axis=1)
    return int(np.argmin(np.where(known, apart, np.inf)))


def _plane(normal: Floats) -> tuple[Floats, Floats]:
    """Return two unit vectors that span a plane: towards its node, and a quarter turn on."""
    node = np.array([-normal[1], normal[0], 0.0])
    length = float(np.hypot(normal[0], normal[1]))
    node = node / length if length > 1e-9 else np.array([1.0, 0.0, 0.0])
    return node, np.cross(normal, node)


def _spreads(
    orbits: SecularOrbits,
    reference: int,
    times: Times,
    angles: Floats,
    drawn: Rows | None = None,
) -> tuple[Floats, Floats]:
    """Return robust spreads across and in radius, shape (times, samples, angles).

    `drawn` has the rows of each sample, shape (samples, n); without it one sample takes every
    orbit that is known.
    """
    shape = (len(times), 1 if drawn is None else len(drawn), len(angles))
    cross, radial = np.empty(shape), np.empty(shape)
    for k, utc in enumerate(times):
        shapes = shapes_at(orbits, utc)
        u, v = _plane(shapes.normal[reference])
        directions = np.cos(angles)[:, None] * u + np.sin(angles)[:, None] * v
        radius_km = shapes.parameter_km / (1.0 + directions @ shapes.eccentricity.T)
        across_km = radius_km * (directions @ shapes.normal.T)
        known = np.isfinite(radius_km).all(axis=0)
        for values, out in ((across_km, cross[k]), (radius_km, radial[k])):
            if drawn is None:
                _fill_plain(values[:, known].copy(), out)
            else:
                _fill_drawn(values.copy(), drawn, out)
    return cross, radial


@kernel
def _fill_plain(values: Floats, out: Floats) -> None:
    """Write the median absolute deviation, as one sigma, of each row."""
    for j in range(values.shape[0]):
        if values.shape[1] < _FEWEST:
            out[0, j] = np.nan
            continue
        middle = np.median(values[j])
        out[0, j] = MAD_TO_SIGMA * np.median(np.abs(values[j] - middle))


@kernel
def _fill_drawn(values: Floats, drawn: Rows, out: Floats) -> None:
    """Write the same for rows drawn again, those that are not known left out."""
    sample = np.empty(drawn.shape[1])
    for j in range(values.shape[0]):
        for s in range(drawn.shape[0]):
            known = 0
            for i in range(drawn.shape[1]):
                value = values[j, drawn[s, i]]
                if np.isfinite(value):
                    sample[known] = value
                    known += 1
            if known < _FEWEST:
                out[s, j] = np.nan
                continue
            middle = np.median(sample[:known])
            out[s, j] = MAD_TO_SIGMA * np.median(np.abs(sample[:known] - middle))
