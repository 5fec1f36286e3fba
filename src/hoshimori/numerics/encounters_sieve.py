"""Which intervals between samples may hold a close approach: a sieve that cannot lose one.

For every primary, object and step the sieve asks ever finer questions and drops what is proven
to stay farther apart than the threshold (bounds and their derivation: `encounters_bounds`):

1. the shells of radius that the two sweep are farther apart;
2. the chord between the relative positions at both samples passes farther away than gravity can
   bend the path (`encounters_chords`);
3. it passes farther away than the sag of the cubic Hermite interpolant, max|H''| / 8 (H'' is
   linear: the larger of its ends), plus the interpolant's own error;
4. the same on eighths of the step, where the sag is 64 times smaller.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_bounds import (
    ACCELERATION_KM_S2,
    HIGHEST_KM,
    LOWEST_KM,
    PAD_KM,
)
from hoshimori.numerics.encounters_chords import (
    Tracks,
    mark_near_chords,
    mark_near_samples,
    rounding_km,
)
from hoshimori.numerics.kernels import kernel

Vector = tuple[float, float, float]
Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ONE_ORBIT_KM = 1e-6
"""Two objects nearer than a millimetre at successive samples share one element set."""

_PIECES = 8


@kernel
def near_intervals(
    position_km: Floats,
    velocity_km_s: Floats,
    tracks: Tracks,
    bounds: Floats,
    step_s: float,
    threshold_km: float,
    primaries: Rows,
    rank: Rows,
    objects: tuple[int, int],
    samples: int,
    samples_only: bool,
) -> Rows:
    """Return (place in `primaries`, object row, sample) of intervals that may come near.

    An interval runs from its sample to the next. Objects are searched from the first number until
    before the second, intervals that begin at the first so many `samples`. `tracks` are the
    positions again (`encounters_chords`), NaN where there is no good state. `rank` gives a row's
    place in `primaries`, else -1: a pair of primaries is searched once. With `samples_only`,
    return instead the samples at which the range is at most the threshold.
    """
    found = np.empty((256, 3), np.int64)
    near = np.empty(tracks.shape[2], np.bool_)
    states = (position_km, velocity_km_s)
    count = 0
    for j in range(objects[0], objects[1]):
        for place in range(len(primaries)):
            i = primaries[place]
            if i == j or 0 <= rank[j] < place or _shell_gap_km(bounds, i, j) > threshold_km:
                continue
            limit_km = threshold_km + bounds[i, PAD_KM] + bounds[j, PAD_KM]
            coarse_km = limit_km + rounding_km(bounds[i, HIGHEST_KM], bounds[j, HIGHEST_KM])
            if samples_only:
                marked = mark_near_samples(tracks, i, j, samples, coarse_km, near)
            else:
                coarse_km += _sag_km(bounds, i, j, step_s)
                marked = mark_near_chords(tracks, i, j, samples, coarse_km, near)
            for k in range(samples if marked else 0):
                if near[k] and (
                    _range_km(position_km, i, j, k) <= threshold_km
                    if samples_only
                    else _interval_may_come_near(states, i, j, k, step_s, limit_km)
                ):
                    found = _with_room(found, count)
                    found[count, 0], found[count, 1], found[count, 2] = place, j, k
                    count += 1
    return found[:count]


@kernel
def _shell_gap_km(bounds: Floats, i: int, j: int) -> float:
    above = bounds[i, LOWEST_KM] - bounds[j, HIGHEST_KM]
    below = bounds[j, LOWEST_KM] - bounds[i, HIGHEST_KM]
    return float(max(above, below))


@kernel
def _sag_km(bounds: Floats, i: int, j: int, step_s: float) -> float:
    """Return how far a relative path can stray from a chord over one step."""
    acceleration = bounds[i, ACCELERATION_KM_S2] + bounds[j, ACCELERATION_KM_S2]
    return float(step_s**2 / 8.0 * acceleration)


@kernel
def _range_km(position_km: Floats, i: int, j: int, k: int) -> float:
    d = _difference(position_km, i, j, k)
    return math.sqrt(_dot(d, d))


@kernel
def _interval_may_come_near(
    states: tuple[Floats, Floats], i: int, j: int, k: int, step_s: float, limit_km: float
) -> bool:
    position_km, velocity_km_s = states
    return _may_come_near(
        _difference(position_km, i, j, k),
        _difference(velocity_km_s, i, j, k),
        _difference(position_km, i, j, k + 1),
        _difference(velocity_km_s, i, j, k + 1),
        step_s,
        limit_km,
    )


@kernel
def _may_come_near(
    d0: Vector, w0: Vector, d1: Vector, w1: Vector, step_s: float, limit_km: float
) -> bool:
    """Return whether the Hermite interpolant may come within `limit_km`."""
    if _dot(d0, d0) < ONE_ORBIT_KM**2 and _dot(d1, d1) < ONE_ORBIT_KM**2:
        return False
    sag = _largest_second_derivative(d0, w0, d1, w1, step_s) / 8.0
    if _chord_distance(d0, d1) > limit_km + sag:
        return False
    sag /= _PIECES**2
    before = d0
    for piece in range(1, _PIECES + 1):
        after = _hermite(d0, w0, d1, w1, step_s, piece / _PIECES)
        if _chord_distance(before, after) <= limit_km + sag:
            return True
        before = after
    return False


@kernel
def _largest_second_derivative(
    d0: Vector, w0: Vector, d1: Vector, w1: Vector, step_s: float
) -> float:
    """Return max|H''| over the step, per step squared [km]."""
    at_start, at_end = 0.0, 0.0
    for c in range(3):
        rise = 6.0 * (d1[c] - d0[c])
        at_start += (rise - step_s * (4.0 * w0[c] + 2.0 * w1[c])) ** 2
        at_end += (rise - step_s * (2.0 * w0[c] + 4.0 * w1[c])) ** 2
    return math.sqrt(max(at_start, at_end))


@kernel
def _hermite(d0: Vector, w0: Vector, d1: Vector, w1: Vector, step_s: float, s: float) -> Vector:
    r = 1.0 - s
    a, b = (1.0 + 2.0 * s) * r**2, s * r**2 * step_s
    c, d = (1.0 + 2.0 * r) * s**2, -r * s**2 * step_s
    return (
        a * d0[0] + b * w0[0] + c * d1[0] + d * w1[0],
        a * d0[1] + b * w0[1] + c * d1[1] + d * w1[1],
        a * d0[2] + b * w0[2] + c * d1[2] + d * w1[2],
    )


@kernel
def _chord_distance(a: Vector, b: Vector) -> float:
    """Return how near the straight line from `a` to `b` passes the origin."""
    u = (b[0] - a[0], b[1] - a[1], b[2] - a[2])
    length_2 = _dot(u, u)
    s = min(max(-_dot(a, u) / length_2, 0.0), 1.0) if length_2 > 0.0 else 0.0
    p = (a[0] + s * u[0], a[1] + s * u[1], a[2] + s * u[2])
    return math.sqrt(_dot(p, p))


@kernel
def _difference(vectors: Floats, i: int, j: int, k: int) -> Vector:
    return (
        vectors[j, k, 0] - vectors[i, k, 0],
        vectors[j, k, 1] - vectors[i, k, 1],
        vectors[j, k, 2] - vectors[i, k, 2],
    )


@kernel
def _dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@kernel
def _with_room(found: Rows, count: int) -> Rows:
    """Return `found` with room for one more row."""
    if count < len(found):
        return found
    larger = np.empty((2 * count, 3), np.int64)
    larger[:count] = found
    return larger
