"""When orbits parted, with an interval: the pinch of planes, then the pass that fragments share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.breakup_orbits import SecularOrbits, passes_min, shapes_at
from hoshimori.numerics.breakup_passes import CommonPass, common_pass
from hoshimori.numerics.breakup_pinch import (
    Pinch,
    PinchScan,
    pinch_near,
    resampled_pinches,
)
from hoshimori.numerics.constants import TWO_PI, WGS72_MU_KM3_S2
from hoshimori.numerics.robust import median_of_known, sigma_of_known

_SAMPLES = 99
_DRAG_SPREAD = 0.6
"""Sigma of the logarithm of air density, weeks before an element set against its own days."""
_THEORY_SHARE = 0.01
"""Secular theory misplaces a pinch by about so much of the time since."""
_DRAG_SHARE = 0.3
"""And by so much more of it for each spread of axes by which drag has changed them."""
_LONGEST_SEARCH_MIN = 21.0 * 1440.0
_MICROSECONDS_PER_MINUTE = 60e6


@dataclass(frozen=True, slots=True, eq=False)
class PartingTime:
    """When and where orbits parted."""

    utc: np.datetime64
    low_utc: np.datetime64
    high_utc: np.datetime64
    """Interval (95 %); a whole revolution to either side at least."""
    pinch: Pinch
    common: CommonPass | None
    """The pass that fragments share; None where none was looked for."""

    @property
    def is_resolved(self) -> bool:
        """Whether the shared pass fixes the moment; else the planes alone do."""
        return self.common is not None and self.common.is_resolved

    @property
    def sigma_s(self) -> float:
        """A quarter of the interval [s]."""
        return float((self.high_utc - self.low_utc) / np.timedelta64(1, "us")) / 4e6


def parting_time(
    orbits: SecularOrbits, scan: PinchScan, random: np.random.Generator
) -> PartingTime:
    """Return when orbits parted, from the scan of their pinch (`breakup_pinch.find_pinch`).

    Planes and ellipses give the time to hours or weeks (resampled, with drag drawn anew); where
    the fragments also pass the point at one time, that gives it to minutes, and the interval still
    holds a revolution to either side: the revolution is what a resampling misjudges. How often
    intervals hold the truth is measured by benchmarks/accuracy_breakups.py.
    """
    pinch, period_min = scan.pinch, _period_min(orbits, scan.pinch)
    sampled = resampled_pinches(orbits, scan, random, samples=_SAMPLES, drag_spread=_DRAG_SPREAD)
    low, high = sampled[2], sampled[-3]
    wider = _minutes(_theory_error_min(orbits, pinch))
    low, high = min(low, pinch.utc) - wider, max(high, pinch.utc) + wider
    half_min = max(_apart_min(pinch.utc, low), _apart_min(high, pinch.utc)) + 2.0 * period_min
    half_min = min(half_min, _LONGEST_SEARCH_MIN)
    found = common_pass(
        passes_min(orbits, pinch.direction, pinch.utc, half_min), random, samples=_SAMPLES
    )
    if found is None or not found.is_resolved:
        return PartingTime(pinch.utc, low, high, pinch, found)
    utc = pinch.utc + _minutes(found.minutes)
    return PartingTime(
        utc=utc,
        low_utc=pinch.utc + _minutes(found.low_min - period_min),
        high_utc=pinch.utc + _minutes(found.high_min + period_min),
        pinch=pinch_near(orbits, pinch, utc),
        common=found,
    )


def _theory_error_min(orbits: SecularOrbits, pinch: Pinch) -> float:
    """Return how far off secular theory may put a pinch, in minutes."""
    then = shapes_at(orbits, pinch.utc)
    axis_km = then.parameter_km / (1.0 - np.sum(then.eccentricity**2, axis=1))
    since_min = (orbits.epoch_utc - pinch.utc) / np.timedelta64(1, "us") / _MICROSECONDS_PER_MINUTE
    shrunk_km = 2.0 * axis_km * orbits.drag_per_min * np.abs(since_min)
    spread_km = float(sigma_of_known(axis_km))
    drag = float(median_of_known(shrunk_km)) / max(spread_km, 1.0)
    share = _THEORY_SHARE + _DRAG_SHARE * min(drag, 1.0)
    return float(np.median(np.abs(since_min))) * share


def _period_min(orbits: SecularOrbits, pinch: Pinch) -> float:
    shapes = shapes_at(orbits, pinch.utc)
    axis_km = shapes.parameter_km / (1.0 - np.sum(shapes.eccentricity**2, axis=1))
    axis = float(median_of_known(axis_km))
    return TWO_PI * float(np.sqrt(axis**3 / WGS72_MU_KM3_S2)) / 60.0


def _minutes(minutes: float) -> np.timedelta64:
    return np.timedelta64(round(minutes * _MICROSECONDS_PER_MINUTE), "us")


def _apart_min(later: np.datetime64, earlier: np.datetime64) -> float:
    return float((later - earlier) / np.timedelta64(1, "us")) / _MICROSECONDS_PER_MINUTE
