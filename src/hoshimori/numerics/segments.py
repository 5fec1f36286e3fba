"""A noisy series as straight pieces: where it jumps, where it bends, how steep it runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel

Rows = npt.NDArray[np.int64]

_SECOND_DIFFERENCE = 6.0**0.5
"""Spread of x[i-1] - 2 x[i] + x[i+1] for independent noise of spread one."""


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Straight pieces of a series, in order; *m* pieces, hence *m* - 1 breaks."""

    start: Rows
    """First row of each piece, shape (m,)."""
    stop: Rows
    """One past its last row."""
    middle_days: Floats
    level: Floats
    """Value of the fitted line at `middle_days`."""
    slope_per_day: Floats
    level_sigma: Floats
    slope_sigma: Floats

    def __len__(self) -> int:
        return len(self.start)

    def at(self, piece: int, days: float) -> float:
        """Return the line of a piece at a moment."""
        line = self.level[piece] + self.slope_per_day[piece] * (days - self.middle_days[piece])
        return float(line)


def without_outliers(values: Floats, sigma: float, spreads: float = 6.0) -> Floats:
    """Return a series in which single rows far from both neighbours are drawn between these.

    A step stays: its rows agree with one neighbour.

    >>> without_outliers(np.array([0.0, 0.0, 9.0, 0.0, 0.0, 5.0, 5.0]), 0.1).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 5.0, 5.0]
    """
    cleaned = values.copy()
    if len(values) < 3:
        return cleaned
    before, here, after = values[:-2], values[1:-1], values[2:]
    off = np.minimum(np.abs(here - before), np.abs(here - after)) > spreads * sigma
    outside = (here > np.maximum(before, after)) | (here < np.minimum(before, after))
    cleaned[1:-1] = np.where(off & outside, 0.5 * (before + after), here)
    return cleaned


def noise_of(values: Floats) -> float:
    """Return the spread of a series about its neighbours: robust, blind to steps and slopes.

    Source: second differences, Rousseeuw and Croux 1993, J. Am. Stat. Assoc. 88, 1273 (MAD).
    """
    if len(values) < 4:
        return float("nan")
    seconds = values[:-2] - 2.0 * values[1:-1] + values[2:]
    return float(1.4826 * np.median(np.abs(seconds - np.median(seconds))) / _SECOND_DIFFERENCE)


def linear_pieces(days: Floats, values: Floats, sigma: float, penalty: float) -> Pieces:
    """Return the straight pieces that fit a series best, a break costing `penalty` (in sigma^2).

    The exact optimum of squared residuals plus penalty by dynamic programming, every piece at
    least three rows long (fewer rows are one piece).
    Source: Jackson et al. 2005, IEEE Signal Processing Letters 12, 105.
    """
    starts = _best_starts(days - days[0], values / sigma, penalty) if len(days) else []
    start = np.array(starts, dtype=np.int64)
    stop = np.append(start[1:], len(days)).astype(np.int64)[: len(start)]
    columns = [_line(days[a:b], values[a:b], sigma) for a, b in zip(start, stop, strict=True)]
    middle, level, slope, level_sigma, slope_sigma = np.array(columns).reshape(-1, 5).T
    return Pieces(start, stop, middle, level, slope, level_sigma, slope_sigma)


def _line(days: Floats, values: Floats, sigma: float) -> tuple[float, float, float, float, float]:
    middle = float(days.mean())
    offset = days - middle
    spread = float(np.sum(offset**2))
    slope = float(np.sum(offset * values) / spread) if spread > 0.0 else 0.0
    slope_sigma = sigma / spread**0.5 if spread > 0.0 else float("inf")
    return middle, float(values.mean()), slope, sigma / len(days) ** 0.5, slope_sigma


@kernel
def _best_starts(days: Floats, values: Floats, penalty: float) -> list[int]:
    rows = len(days)
    best = np.full(rows + 1, np.inf)
    came_from = np.zeros(rows + 1, np.int64)
    best[0] = -penalty
    for stop in range(1, rows + 1):
        count, st, sv, stt, stv, svv = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        # Sums relative to the newest row, so that nothing large cancels.
        for start in range(stop - 1, -1, -1):
            t, v = days[start] - days[stop - 1], values[start] - values[stop - 1]
            count += 1.0
            st += t
            sv += v
            stt += t * t
            stv += t * v
            svv += v * v
            if count < 3.0 and rows >= 3:
                continue
            spread = stt - st * st / count
            cost = svv - sv * sv / count
            if spread > 0.0:
                cost -= (stv - st * sv / count) ** 2 / spread
            cost = max(cost, 0.0)
            if cost > best[stop] + penalty:
                # A longer piece costs only more.
                break
            total = best[start] + penalty + cost
            if total < best[stop]:
                best[stop], came_from[stop] = total, start
    starts = [0]
    stop = rows
    while stop > 0:
        starts.append(came_from[stop])
        stop = came_from[stop]
    return starts[:0:-1]
