"""Pattern of life of near-Earth orbits: how their height is controlled, from element sets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.atmosphere import density_kg_m3
from hoshimori.numerics.constants import (
    MINUTES_PER_DAY,
    WGS72_MU_KM3_S2,
    WGS72_RADIUS_KM,
)
from hoshimori.numerics.elements import Floats, MeanElements, semi_major_axis_km
from hoshimori.numerics.geometry import signed_angle_rad
from hoshimori.numerics.segments import Pieces, linear_pieces, noise_of, without_outliers
from hoshimori.numerics.steering import Burns, Flags

_COARSE_KM = 0.1
"""Saw teeth up to a few hundred metres are one piece, whose slope is what remains of them."""
_PENALTY = 40.0
_RAISING_KM_DAY = 0.02
_LEAST_RAISE_KM = 3.0
_INERT_KM_DAY = 0.003
_STILL_KM_DAY = 0.01
_CORRELATED = 2.0
"""Neighbouring element sets share data: a slope is this much less sure than their scatter says."""
_LEAST_NOISE_KM, _LARGEST_NOISE_KM = 0.0005, 1.0
_LONGEST_CYCLE_DAYS = 120.0
_CYCLES_MISSED = 2.5
_BALANCED = 0.5
"""Burns that give back from half of what air takes on keep a height."""
_LIGHT, _HEAVY = 0.5, 5.0
"""Air in quiet years and in storms, as multiples of the mean table. Source: Vallado 2013, 8.6."""
_LEAST_M2_KG, _LARGEST_M2_KG = 0.005, 0.05
"""Areas to mass between which nearly all whole satellites lie."""
_DRAG_COEFFICIENT = 2.2
_HELD = 0.5
"""Losing surely less than this share of the least that air can take means control."""
_PHASE_DEG = 1.5
_PHASE_WINDOW_DAYS = 60.0
_LEAST_PHASE_SETS = 20


class HeightControl(IntEnum):
    """What happens to the height of an orbit."""

    UNKNOWN = 0
    KEPT = 1
    PHASE_KEPT = 2
    RAISING = 3
    LOWERING = 4
    DECAY = 5
    INERT = 6


@dataclass(frozen=True, slots=True)
class HeightStretch:
    """Rows `start` to `stop` (one past) of one kind."""

    start: int
    stop: int
    control: HeightControl


@dataclass(frozen=True, slots=True, eq=False)
class HeightPattern:
    """One object's history of height, rows as its element sets."""

    axis_km: Floats
    phase_deg: Floats
    """Argument of latitude against a clock that runs evenly over the whole history."""
    burns: Burns
    """In-track burns that the element sets show, sizes in km of semi-major axis."""
    modes: list[HeightStretch]


def height_pattern(elements: MeanElements, days: Floats, burns: Burns) -> HeightPattern:
    """Return the pattern of one object, its rows in order of time.

    `days` are the epochs in days since any moment; `burns` come from `change.episodes`.
    """
    axis_km = semi_major_axis_km(elements)
    noise = noise_of(axis_km)
    noise = max(_CORRELATED * noise if np.isfinite(noise) else np.inf, _LEAST_NOISE_KM)
    sigma = max(min(noise, _LARGEST_NOISE_KM), _COARSE_KM)
    pieces = linear_pieces(days, without_outliers(axis_km, sigma), sigma, _PENALTY)
    kind = np.full(len(days), HeightControl.UNKNOWN, dtype=np.uint8)
    for k in range(len(pieces)):
        slope_sigma = float(pieces.slope_sigma[k]) * noise / sigma
        kind[pieces.start[k] : pieces.stop[k]] = _kind(k, pieces, slope_sigma, axis_km, days)
    kind[_in_balance(axis_km, days, burns)] = HeightControl.KEPT
    phase = _phase_deg(elements, days)
    modes = [_with_phase(mode, phase, days) for mode in _runs(kind)]
    return HeightPattern(axis_km, phase, burns, modes)


def natural_loss_km_day(axis_km: Floats, perigee_km: Floats) -> tuple[Floats, Floats]:
    """Return the least and the most that air takes off the semi-major axis of a satellite.

    From the air at the perigee (a bound from above for eccentric orbits, so that their least is
    taken as nothing), at solar minimum and in a storm.
    Source: King-Hele 1987, Satellite Orbits in an Atmosphere, eq. 4.1.
    """
    speed = np.sqrt(WGS72_MU_KM3_S2 * 1e9 * axis_km * 1e3)
    unit = 86400.0 * _DRAG_COEFFICIENT * density_kg_m3(perigee_km) * speed * 1e-3
    round_orbit = axis_km - WGS72_RADIUS_KM - perigee_km < 50.0
    return np.where(round_orbit, _LIGHT * _LEAST_M2_KG * unit, 0.0), _HEAVY * _LARGEST_M2_KG * unit


def _phase_deg(elements: MeanElements, days: Floats) -> Floats:
    """Return how far the argument of latitude runs before or behind an even clock [deg]."""
    rate = elements.mean_motion_kozai_rad_min * MINUTES_PER_DAY
    argument = elements.arg_of_perigee_rad + elements.mean_anomaly_rad
    flown = np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]) * np.diff(days))])
    near = argument[0] + flown
    # The mean motion counts the revolutions, the angle says where in the last one.
    steps = signed_angle_rad(np.diff(argument - near))
    phase = near + np.concatenate([[0.0], np.cumsum(steps)])
    return np.asarray(np.degrees(phase))


def _kind(
    k: int, pieces: Pieces, slope_sigma: float, axis_km: Floats, days: Floats
) -> HeightControl:
    """Return what a straight piece shows by itself, whatever the burns."""
    start, stop = int(pieces.start[k]), int(pieces.stop[k])
    lasted = float(days[stop - 1] - days[start])
    if stop - start < 3 or lasted <= 0.0:
        return HeightControl.UNKNOWN
    slope = float(pieces.slope_per_day[k])
    middle = np.array([float(np.median(axis_km[start:stop]))])
    least, most = (float(x[0]) for x in natural_loss_km_day(middle, middle - WGS72_RADIUS_KM))
    loss, unsure = -slope, 2.0 * slope_sigma
    if slope >= _RAISING_KM_DAY and slope * lasted >= _LEAST_RAISE_KM:
        return HeightControl.RAISING
    if loss - unsure > max(most, _RAISING_KM_DAY):
        return HeightControl.LOWERING
    if unsure < least and loss + unsure < _HELD * least:
        return HeightControl.KEPT
    if loss - unsure > _INERT_KM_DAY:
        return HeightControl.DECAY
    return HeightControl.INERT if abs(slope) + unsure < _STILL_KM_DAY else HeightControl.UNKNOWN


def _in_balance(axis_km: Floats, days: Floats, burns: Burns) -> Flags:
    """Tell at which rows burns give back what air takes: the saw teeth of a kept height."""
    kept = np.zeros(len(days), dtype=np.bool_)
    up = burns.size > 0.0
    at_days, rows, sizes = burns.days[up], burns.row[up], burns.size[up]
    gaps = np.diff(at_days)
    if len(gaps) < 2:
        return kept
    usual = float(np.median(gaps))
    bounds = np.flatnonzero(gaps > max(_LONGEST_CYCLE_DAYS, 3.0 * usual)) + 1
    for group in np.split(np.arange(len(rows)), bounds):
        if len(group) < 3:
            continue
        first, last = rows[group[0]], rows[group[-1]]
        net = axis_km[last] - axis_km[first - 1]
        if abs(net) > (1.0 - _BALANCED) * float(np.sum(sizes[group])):
            continue
        cycle = float(np.median(np.diff(at_days[group])))
        since, until = days[first] - cycle, days[last] + _CYCLES_MISSED * cycle
        kept |= (days >= since) & (days <= until)
    return kept


def _runs(kind: npt.NDArray[np.uint8]) -> list[HeightStretch]:
    bounds = [0, *(np.flatnonzero(np.diff(kind)) + 1).tolist(), len(kind)]
    return [
        HeightStretch(start, stop, HeightControl(kind[start]))
        for start, stop in pairwise(bounds)
        if stop > start
    ]


def _with_phase(mode: HeightStretch, phase_deg: Floats, days: Floats) -> HeightStretch:
    """Take a kept height for kept phase where the place along the orbit stays with a clock."""
    rows = slice(mode.start, mode.stop)
    if mode.control is not HeightControl.KEPT:
        return mode
    window = ((days[rows] - days[mode.start]) // _PHASE_WINDOW_DAYS).astype(np.int64)
    steady = [
        _swing_deg(days[rows][window == w], phase_deg[rows][window == w]) <= _PHASE_DEG
        for w in range(int(window[-1]) + 1)
        if np.count_nonzero(window == w) >= _LEAST_PHASE_SETS
    ]
    if not steady or np.mean(steady) < 0.5:
        return mode
    return HeightStretch(mode.start, mode.stop, HeightControl.PHASE_KEPT)


def _swing_deg(days: Floats, phase_deg: Floats) -> float:
    """Return how far a phase swings about an even clock, nine tenths of it."""
    off = phase_deg - np.polyval(np.polyfit(days - days[0], phase_deg, 1), days - days[0])
    low, high = np.quantile(off, [0.05, 0.95])
    return float(high - low)
