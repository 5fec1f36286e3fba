"""Geomagnetic storms: how strong, how unusual, and how much thicker they make the air."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.rates import share_interval

PERIOD_H = 3.0
"""A planetary index stands for three hours."""
_THIRD = 1.0 / 3.0
_LEVEL_FROM_KP = (5.0 - _THIRD, 6.0 - _THIRD, 7.0 - _THIRD, 8.0 - _THIRD, 9.0)

# Rise of the logarithm of the density over that at Kp 2, means over the globe at an equinox, the
# index held for 57 hours. Source: NRLMSIS 2.1 (Emmert et al. 2022, J. Geophys. Res. 127,
# e2022JA030896), computed with pymsis 0.13.0: 2020-03-21 12 UTC, F10.7 and its mean alike.
_FLUX = np.array([70.0, 120.0, 180.0, 240.0])
_KP = np.array([2.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0])
_HEIGHT_KM = np.array([200.0, 300.0, 400.0, 500.0, 600.0, 800.0, 1000.0])
_NOTHING = (0.0,) * len(_HEIGHT_KM)
_LOG_RISE = np.array(
    [
        [
            _NOTHING,
            (0.12, 0.21, 0.30, 0.38, 0.37, 0.16, 0.12),
            (0.18, 0.31, 0.43, 0.54, 0.54, 0.26, 0.18),
            (0.25, 0.42, 0.58, 0.73, 0.75, 0.38, 0.25),
            (0.35, 0.59, 0.80, 1.01, 1.07, 0.61, 0.38),
            (0.50, 0.82, 1.11, 1.38, 1.49, 0.97, 0.60),
            (0.85, 1.37, 1.82, 2.23, 2.44, 1.90, 1.28),
        ],
        [
            _NOTHING,
            (0.10, 0.15, 0.20, 0.26, 0.30, 0.25, 0.14),
            (0.14, 0.21, 0.29, 0.37, 0.43, 0.38, 0.21),
            (0.19, 0.30, 0.39, 0.50, 0.59, 0.54, 0.31),
            (0.28, 0.42, 0.56, 0.70, 0.83, 0.80, 0.48),
            (0.40, 0.60, 0.78, 0.97, 1.14, 1.15, 0.76),
            (0.69, 1.02, 1.31, 1.60, 1.86, 1.98, 1.50),
        ],
        [
            _NOTHING,
            (0.08, 0.11, 0.15, 0.19, 0.23, 0.26, 0.19),
            (0.11, 0.16, 0.21, 0.27, 0.32, 0.38, 0.29),
            (0.16, 0.23, 0.29, 0.37, 0.44, 0.52, 0.42),
            (0.23, 0.33, 0.42, 0.52, 0.62, 0.75, 0.63),
            (0.32, 0.47, 0.60, 0.73, 0.86, 1.05, 0.93),
            (0.57, 0.81, 1.02, 1.23, 1.43, 1.73, 1.66),
        ],
        [
            _NOTHING,
            (0.06, 0.09, 0.12, 0.15, 0.18, 0.23, 0.22),
            (0.09, 0.13, 0.18, 0.22, 0.26, 0.33, 0.32),
            (0.13, 0.19, 0.24, 0.30, 0.36, 0.46, 0.45),
            (0.19, 0.27, 0.35, 0.43, 0.51, 0.65, 0.66),
            (0.27, 0.39, 0.50, 0.61, 0.72, 0.90, 0.95),
            (0.48, 0.68, 0.86, 1.03, 1.20, 1.50, 1.61),
        ],
    ]
)


def storm_level(kp: Floats) -> npt.NDArray[np.uint8]:
    """Return the level of NOAA's G scale, 0 (below it) to 5; 0 where the index is unknown.

    A level takes its index with both thirds: G1 from 5-, G4 up to 9-, G5 at 9 alone.
    Source: NOAA Space Weather Prediction Center, NOAA Space Weather Scales (2011).

    >>> storm_level(np.array([4.34, 4.67, 6.0, 8.67, 9.0])).tolist()
    [0, 1, 2, 4, 5]
    """
    edges = np.array(_LEVEL_FROM_KP) - 0.01
    known = np.where(np.isfinite(kp), kp, 0.0)
    return np.searchsorted(edges, known, side="right").astype(np.uint8)


@dataclass(frozen=True, slots=True)
class StormPeak:
    """The greatest planetary index of a time span, and how far the span is known."""

    kp: float
    """NaN where no period of the span is known."""
    start_utc: np.datetime64
    """Start of the three hours that had it first; of the span where none is known."""
    known_share: float
    """Share of the span's periods whose index is known."""


def greatest_kp(
    period_start_utc: Times, kp: Floats, from_utc: np.datetime64, until_utc: np.datetime64
) -> StormPeak:
    """Return the greatest index of the three-hour periods that touch a time span.

    `period_start_utc` ascends; periods that it leaves out count as unknown.
    """
    period = np.timedelta64(round(PERIOD_H * 3600e6), "us")
    inside = (period_start_utc > from_utc - period) & (period_start_utc <= until_utc)
    known = inside & np.isfinite(kp)
    asked = np.floor((until_utc - np.datetime64(0, "us")) / period) - np.floor(
        (from_utc - np.datetime64(0, "us")) / period
    )
    share = float(min(np.count_nonzero(known) / (asked + 1.0), 1.0))
    if not known.any():
        return StormPeak(float("nan"), from_utc, 0.0)
    rows = np.flatnonzero(known)
    best = rows[np.argmax(kp[rows])]
    return StormPeak(float(kp[best]), period_start_utc[best], share)


def share_of_periods(kp: Floats, at_least: float, *, alike_h: float) -> tuple[float, float, float]:
    """Return the share of known three-hour periods with an index at least as high, with 95 %.

    Neighbouring periods are alike: the interval is that of one independent period in `alike_h`
    hours. Source of the interval: `rates.share_interval`.
    """
    known = kp[np.isfinite(kp)]
    count = int(np.count_nonzero(known >= at_least - 0.01))
    return _interval(count, len(known), alike_h / PERIOD_H)


def share_of_windows(kp: Floats, at_least: float, *, hours: float) -> tuple[float, float, float]:
    """Return the share of all windows of some hours whose greatest index is at least as high.

    Windows overlap, one from each period on; the 95 % interval is that of windows side by side.
    """
    width = max(1, round(hours / PERIOD_H))
    if len(kp) < width:
        return share_interval(0, 0)
    with np.errstate(invalid="ignore"):
        high = np.concatenate(([0], np.cumsum(kp >= at_least - 0.01)))
        known = np.concatenate(([0], np.cumsum(np.isfinite(kp))))
    whole = known[width:] - known[:-width] == width
    hit = (high[width:] - high[:-width] > 0) & whole
    return _interval(int(np.count_nonzero(hit)), int(np.count_nonzero(whole)), float(width))


def _interval(count: int, total: int, alike: float) -> tuple[float, float, float]:
    """Return a share with the interval of a sample that holds fewer independent values."""
    if total == 0:
        return share_interval(0, 0)
    independent = max(1, round(total / max(alike, 1.0)))
    low, _, high = share_interval(round(count / total * independent), independent)
    best = count / total
    return min(low, best), best, max(high, best)


def density_rise(height_km: float, kp: float, flux: float) -> tuple[float, float]:
    """Return by what factor, low and high, a storm thickens the air over quiet days (Kp 2).

    High: the mean over the globe by NRLMSIS 2.1 if the index lasts for two days; low: the square
    root of it, for a storm of hours. Between 200 and 1,000 km, else that of the nearer end.

    >>> [round(factor, 1) for factor in density_rise(400.0, 9.0, 180.0)]
    [1.7, 2.8]
    """
    column = [_along_height(table, height_km, kp) for table in _LOG_RISE]
    logarithm = float(np.interp(flux, _FLUX, column))
    return float(np.exp(0.5 * logarithm)), float(np.exp(logarithm))


def _along_height(table: Floats, height_km: float, kp: float) -> float:
    at_height = [float(np.interp(height_km, _HEIGHT_KM, row)) for row in table]
    return float(np.interp(kp, _KP, at_height))
