"""The first and coarsest question of the sieve, asked of many samples at once.

Between two samples a relative position strays from the chord that joins them by no more than
h^2 / 8 max|d''|, and |d''| is at most the sum of both accelerations (bounds: `encounters_bounds`).
Where the chord stays farther away than this sag and the threshold, nothing can be near. That
needs positions only, so it is asked in single precision of a compact copy of them, which lets
the processor answer for a whole register of samples at a time. What rounding does to it is
bounded too (`rounding_km`): no chord is dropped that exact arithmetic would have kept.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel

Tracks = npt.NDArray[np.float32]
"""Positions [km], shape (n, 3, m): a coordinate of one object is one piece of memory."""
_Flags = npt.NDArray[np.bool_]

_ZERO, _ONE = np.float32(0.0), np.float32(1.0)
_SMALLEST = np.float32(1e-12)
"""Keeps the chord of a pair at rest from dividing by zero; far below a squared millimetre."""
_ROUNDING = 2.0**-19


@kernel
def write_tracks(position_km: Floats, is_good: _Flags, tracks: Tracks) -> None:
    """Copy positions, shape (n, m, 3), in single precision; NaN where there is no good state."""
    for i in range(len(tracks)):
        for k in range(tracks.shape[2]):
            for c in range(3):
                tracks[i, c, k] = position_km[i, k, c] if is_good[i, k] else np.nan


@kernel
def rounding_km(highest_km: float, other_highest_km: float) -> float:
    """Return how far single precision can move the distance of a chord, given both radii.

    With e = 2^-24 and R the sum of the radii: the copied positions are off by e R together, each
    difference and each end of the chord by as much again, the foot of the perpendicular along the
    chord by less than 8 e R, and its distance by 4 e R more: below 16 e R, taken twice.
    """
    return _ROUNDING * (highest_km + other_highest_km)


@kernel
def mark_near_chords(
    tracks: Tracks, i: int, j: int, samples: int, limit_km: float, near: _Flags
) -> int:
    """Mark the steps whose chord of relative position passes within a limit; return how many.

    `i` and `j` are objects; the steps are those that begin at the first so many `samples`.
    """
    # Counting from zero tells the compiler that no index is negative: else it would not use
    # vector instructions.
    limit_2 = np.float32(limit_km * limit_km)
    count = np.int32(0)
    for k in range(samples):
        ax = tracks[j, 0, k] - tracks[i, 0, k]
        ay = tracks[j, 1, k] - tracks[i, 1, k]
        az = tracks[j, 2, k] - tracks[i, 2, k]
        ux = tracks[j, 0, k + 1] - tracks[i, 0, k + 1] - ax
        uy = tracks[j, 1, k + 1] - tracks[i, 1, k + 1] - ay
        uz = tracks[j, 2, k + 1] - tracks[i, 2, k + 1] - az
        s = -(ax * ux + ay * uy + az * uz) / (ux * ux + uy * uy + uz * uz + _SMALLEST)
        s = min(max(s, _ZERO), _ONE)
        px, py, pz = ax + s * ux, ay + s * uy, az + s * uz
        near[k] = px * px + py * py + pz * pz <= limit_2
        count = np.int32(count + np.int32(near[k]))
    return int(count)


@kernel
def mark_near_samples(
    tracks: Tracks, i: int, j: int, samples: int, limit_km: float, near: _Flags
) -> int:
    """Mark the samples at which the range is within a limit; otherwise as `mark_near_chords`."""
    limit_2 = np.float32(limit_km * limit_km)
    count = np.int32(0)
    for k in range(samples):
        ax = tracks[j, 0, k] - tracks[i, 0, k]
        ay = tracks[j, 1, k] - tracks[i, 1, k]
        az = tracks[j, 2, k] - tracks[i, 2, k]
        near[k] = ax * ax + ay * ay + az * az <= limit_2
        count = np.int32(count + np.int32(near[k]))
    return int(count)
