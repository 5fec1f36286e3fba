"""How well the Sun lights an object for who stands beside it, and how often chance does as well."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.geo import moments
from hoshimori.numerics.geometry import (
    has_line_of_sight,
    phase_angle_rad,
    sun_position_teme_km,
    sunlit_fraction,
)
from hoshimori.numerics.rates import share_interval
from hoshimori.numerics.sgp4 import Satellites, propagate

_SAMPLES_PER_REVOLUTION = 48


@dataclass(frozen=True, slots=True)
class Lighting:
    """How an object is lit as seen from another at one moment, against all moments around it."""

    phase_deg: float
    """Angle at the object between the other and the Sun; zero: the Sun behind the other's back."""
    is_lit: bool
    """The object is in sunlight, and the Earth leaves the view to it free."""
    share_as_good: tuple[float, float, float]
    """Low, best, high (95 %): share of the moments around it that are lit as well or better."""
    samples: int
    """Independent moments behind that share."""


def lighting_at(
    observer: Satellites,
    target: Satellites,
    t0_utc: np.datetime64,
    *,
    revolution_s: float,
    revolutions: int = 8,
) -> Lighting:
    """Return how `target` is lit as `observer` sees it at a moment (one object each).

    The share counts moments spread over so many revolutions around it: what an approach that was
    not timed by the light would have met. Moments of one revolution hang together, so that the
    interval is that of eight to a revolution.
    """
    count = revolutions * _SAMPLES_PER_REVOLUTION
    t_s = np.append(0.0, (np.arange(count) / count - 0.5) * revolutions * revolution_s)
    phase, lit = _phases(observer, target, t0_utc, t_s)
    known = np.isfinite(phase[1:])
    good = known & lit[1:] & (phase[1:] <= phase[0]) if lit[0] else known
    total, as_good = int(np.count_nonzero(known)), int(np.count_nonzero(good & known))
    share = as_good / total if total else 0.5
    independent = min(total, 8 * revolutions)
    low, _, high = share_interval(round(share * independent), independent)
    span = (min(low, share), share, max(high, share))
    return Lighting(float(np.degrees(phase[0])), bool(lit[0]), span, independent)


def _phases(
    observer: Satellites, target: Satellites, t0_utc: np.datetime64, t_s: Floats
) -> tuple[Floats, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    here = propagate(observer, t0_utc, t_s).position_teme_km[0]
    there = propagate(target, t0_utc, t_s).position_teme_km[0]
    sun = sun_position_teme_km(moments(t0_utc, t_s))
    with np.errstate(invalid="ignore"):
        phase = phase_angle_rad(here, there, sun)
        lit = (sunlit_fraction(there, sun) > 0.5) & has_line_of_sight(here, there)
    return phase, lit
