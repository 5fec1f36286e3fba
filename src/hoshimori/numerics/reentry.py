"""When low orbits end: the fall under the air, scaled to the fall that is observed."""

from __future__ import annotations

import math

import numpy as np

from hoshimori.numerics.atmosphere import TABLE_HEIGHT_KM, TABLE_LOG_DENSITY
from hoshimori.numerics.constants import (
    SECONDS_PER_DAY,
    TWO_PI,
    WGS72_MU_KM3_S2,
    WGS72_RADIUS_KM,
)
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel

END_HEIGHT_KM = 90.0
"""Below this mean perigee an orbit is at its end within a revolution."""
_LOG_HALF_WIDTH, _PER_DAY, _LARGEST_LOG_HALF_WIDTH = 0.32, 0.005, 1.2
"""Half-width (90 %) of the logarithm of the remaining time: at once, more for each day, at most."""
_NINE_IN_TEN = 1.645
"""Standard deviations to either side of nine in ten."""
_ROUND_POINTS = 48
_MOST_ECCENTRIC = 0.95
_STEP_SHARE = 0.2
"""Of a scale height, that the perigee or half the axis sinks in a step."""
_MOST_STEPS = 5000


def days_to_reentry(
    semi_major_axis_km: Floats,
    eccentricity: Floats,
    axis_rate_km_day: Floats,
    *,
    within_days: float = math.inf,
) -> Floats:
    """Return the days until mean orbits (n,) have sunk to the end of their lives.

    Semi-major axis and eccentricity under drag, averaged over a revolution, in still, spherical
    air of the mean table; area, mass and solar activity are those with which the axis sinks at
    the observed rate (negative) now, and stay so. Infinite where it does not sink, or sinks for
    longer than `within_days`: a short horizon costs less. About 20 % of the remaining time is
    uncertain; benchmarks/accuracy_decay.py measures it.
    Source: King-Hele 1987, Satellite Orbits in an Atmosphere, eq. 3.11 and 3.12.

    >>> days_to_reentry(np.array([6578.1, 6578.1]), np.zeros(2), np.array([-2.0, 0.0])).round(0)
    array([12., inf])
    """
    unit_days, unit_rate = _fall(
        np.asarray(semi_major_axis_km, np.float64),
        np.asarray(eccentricity, np.float64),
        np.asarray(axis_rate_km_day, np.float64),
        within_days,
        TABLE_HEIGHT_KM,
        TABLE_LOG_DENSITY,
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        days = unit_days * unit_rate / axis_rate_km_day
    return np.where(axis_rate_km_day < 0.0, np.maximum(days, 0.0), np.inf)


def published_axis_rate_km_day(
    semi_major_axis_km: Floats, mean_motion_rev_day: Floats, mean_motion_dot_rev_day2: Floats
) -> Floats:
    """Return the rate of the semi-major axis from the published half rate of the mean motion.

    Source: Kepler's third law; the published value is half the derivative (Hoots and Roehrich
    1980, Spacetrack Report 3).
    """
    doubled = 2.0 * mean_motion_dot_rev_day2
    return np.asarray(-2.0 / 3.0 * semi_major_axis_km * doubled / mean_motion_rev_day)


def pull_km_day(semi_major_axis_km: Floats, eccentricity: Floats) -> Floats:
    """Return how fast axes would shrink in the mean air for one square metre a kilogram (n,).

    Area with its drag coefficient. Of one object at two heights the rates are as these.
    Source: King-Hele 1987, Satellite Orbits in an Atmosphere, eq. 3.11.

    >>> thick, thin = pull_km_day(np.array([6578.1, 6778.1]), np.zeros(2))
    >>> round(thick / thin)
    74
    """
    return _pull(
        np.asarray(semi_major_axis_km, np.float64),
        np.asarray(eccentricity, np.float64),
        TABLE_HEIGHT_KM,
        TABLE_LOG_DENSITY,
    )


@kernel
def _pull(axis_km: Floats, eccentricity: Floats, height: Floats, logs: Floats) -> Floats:
    pull = np.empty(len(axis_km))
    for k in range(len(axis_km)):
        e = min(max(eccentricity[k], 0.0), _MOST_ECCENTRIC)
        pull[k] = -_rates(axis_km[k], e, height, logs)[0]
    return pull


@kernel
def _fall(
    axis_km: Floats,
    eccentricity: Floats,
    seen_rate: Floats,
    within_days: float,
    height: Floats,
    logs: Floats,
) -> tuple[Floats, Floats]:
    """Return days to the end, and rate of the axis now [km/day], for an area to mass of one.

    Infinite where the end comes later than `within_days` at the rate that is seen.
    """
    count = len(axis_km)
    days, rate_now = np.zeros(count), np.zeros(count)
    for k in range(count):
        a, e = axis_km[k], min(max(eccentricity[k], 0.0), _MOST_ECCENTRIC)
        elapsed, longest = 0.0, math.inf
        for step in range(_MOST_STEPS):
            perigee = a * (1.0 - e) - WGS72_RADIUS_KM
            a_rate, e_rate = _rates(a, e, height, logs)
            if step == 0:
                rate_now[k] = a_rate
                if a_rate < 0.0:
                    longest = within_days * max(seen_rate[k] / a_rate, 0.0)
            if elapsed > longest:
                elapsed = math.inf
                break
            if perigee <= END_HEIGHT_KM or not a_rate < 0.0:
                break
            scale = _scale_height_km(perigee, height, logs)
            dt = _step_days(a, e, a_rate, e_rate, scale)
            middle_a, middle_e = a + 0.5 * dt * a_rate, max(e + 0.5 * dt * e_rate, 0.0)
            a_rate, e_rate = _rates(middle_a, middle_e, height, logs)
            a, e = a + dt * a_rate, max(e + dt * e_rate, 0.0)
            elapsed += dt
        days[k] = elapsed
    return days, rate_now


@kernel
def _step_days(a: float, e: float, a_rate: float, e_rate: float, scale: float) -> float:
    perigee_rate = abs(a_rate * (1.0 - e) - a * e_rate)
    by_perigee = _STEP_SHARE * scale / max(perigee_rate, 1e-300)
    by_axis = max(_STEP_SHARE * scale, 0.02 * a * e) / abs(a_rate)
    return min(by_perigee, by_axis)


@kernel
def _rates(a: float, e: float, height: Floats, logs: Floats) -> tuple[float, float]:
    """Return the rates of axis [km/day] and eccentricity [1/day] for an area to mass of one."""
    a_sum, e_sum = 0.0, 0.0
    for j in range(_ROUND_POINTS):
        cosine = math.cos(math.pi * (j + 0.5) / _ROUND_POINTS)
        near = 1.0 - e * cosine
        density = math.exp(_log_density(a * near - WGS72_RADIUS_KM, height, logs))
        root = math.sqrt((1.0 + e * cosine) / near)
        a_sum += density * (1.0 + e * cosine) * root
        e_sum += density * root * cosine
    # Per revolution with kg/m3 and km: 1e3 turns 1/m into 1/km.
    around = TWO_PI / _ROUND_POINTS * 1e3
    turns_day = SECONDS_PER_DAY * math.sqrt(WGS72_MU_KM3_S2 / a**3) / TWO_PI
    return (
        -a * a * a_sum * around * turns_day,
        -a * (1.0 - e * e) * e_sum * around * turns_day,
    )


@kernel
def _log_density(at_km: float, height: Floats, logs: Floats) -> float:
    j = 0
    while j < len(height) - 2 and at_km > height[j + 1]:
        j += 1
    slope = (logs[j + 1] - logs[j]) / (height[j + 1] - height[j])
    logarithm: float = logs[j] + slope * (at_km - height[j])
    return logarithm


@kernel
def _scale_height_km(at_km: float, height: Floats, logs: Floats) -> float:
    return 1.0 / (_log_density(at_km, height, logs) - _log_density(at_km + 1.0, height, logs))


def reentry_factor(remaining_days: float, rate_sigma_share: float = 0.0) -> float:
    """Return the factor by which the remaining time may be shorter or longer (90 %).

    Of objects that only the air moves: 1.4 for some days, then more as solar activity
    changes meanwhile; more where the rate itself is uncertain, by its sigma as a share of it.
    Measured by benchmarks/accuracy_decay.py and accuracy_sinking.py.

    >>> [round(reentry_factor(days), 2) for days in (5.0, 30.0, 400.0)]
    [1.41, 1.6, 3.32]
    >>> round(reentry_factor(5.0, 0.2), 2)
    1.61
    """
    by_air = min(_LOG_HALF_WIDTH + _PER_DAY * remaining_days, _LARGEST_LOG_HALF_WIDTH)
    return math.exp(math.hypot(by_air, _NINE_IN_TEN * rate_sigma_share))
