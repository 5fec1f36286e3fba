"""Which pairs may come within the threshold, asked on a CUDA device of all pairs of all steps.

The mathematics is that of `encounters_arcs` (how an object moves within a step) and
`encounters_pairs` (whether two of them may meet). A processor of thousands of lanes affords to ask
every pair whose shells of radius meet, so there are no cells: objects stand in an order in which
neighbours have similar shells, and 32 of them form a group. One thread holds one object and
compares it with all objects of one group after the other, tile by tile from shared memory.

*First question*, in single precision, with limits that hold for all pairs of two groups: shells,
rates and departures are bounded by the extremes of both. It is asked without a division:
with d, w, curvature c = w^2 - n^2 L^2 and slope b = d . w, a pair passes if
``(d^2 - L^2) c <= b^2`` (the quadratic has a root) and its minimum lies within the step or the
quadratic is negative at the end of the step. Cancellation errs by less than 2^-20 d^2 w^2, which is
granted. *Second question*: the same with the shells and departures of the pair itself.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import cuda

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.encounters_arcs import bound_shells, measure_gaps, trace_ends
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4_cuda import THREADS, DeviceArray

TILE = 128
"""Objects in one tile: threads of one block, and what shared memory holds of the others."""
GROUP = 32
"""Objects in one group: threads that run in step."""

X, VX, LOW, HIGH, DEPARTURE = 0, 3, 6, 7, 8
FIELDS = 9
"""Rows of the arcs of one step: position [km] and velocity [km/s] in mid-step, the shell of radii
swept [km] and how far the object may depart from motion under gravity [km]; NaN if missing."""

(LOWEST, HIGHEST, DEPARTING, RATE_2, REACH, CONSTANT, FACTOR, APART) = range(8)
BOUNDS = 8
"""Rows of the bounds of groups: shells, departure, then what `lens` returns."""

Vector = tuple[np.float32, np.float32, np.float32]
Lens = tuple[float, float, float, float, float]

_MU = WGS72_MU_KM3_S2
_WORK = (20, 3)
_HELD = (6, TILE)
_MIDDLE = 1
_LEAST_ROW, _MOST_ROW, _GAP_ROW = 12, 13, 11
_IMPLAUSIBLE_KM_S = 0.1
_J2_GRADIENT = 0.013
_ROUNDING = 2.0**-19
_UPWARDS = np.float32(1.0 + 2.0**-20)
_NAN = np.float32(math.nan)
_GRANTED = np.float32(2.0**-20)
_LEAST = np.float32(1e-8)
_ONE, _TWO = np.float32(1.0), np.float32(2.0)
_SINGLE_MU = np.float32(_MU * (1.0 + 2.0**-20))
_SINGLE_ROUNDING = np.float32(_ROUNDING)


@cuda.jit
def _write_arcs(
    position_km: DeviceArray,
    velocity_km_s: DeviceArray,
    status: DeviceArray,
    half_step_s: float,
    arcs: DeviceArray,
    at_gap: DeviceArray,
) -> None:
    cell = cuda.grid(1)
    objects = status.shape[1]
    if cell >= objects * arcs.shape[0]:
        return
    k, i = cell // objects, cell % objects
    work = cuda.local.array(_WORK, np.float64)
    r, v = position_km[k : k + 3, i], velocity_km_s[k : k + 3, i]
    good_before, good, good_after = status[k, i] == 0, status[k + 1, i] == 0, status[k + 2, i] == 0
    at_gap[k, i] = 0 if good_before and good and good_after else 1
    trace_ends(r, v, half_step_s, work)
    measure_gaps(work)
    if not good_before:
        work[_GAP_ROW, 0] = 0.0
    if not good_after:
        work[_GAP_ROW, 1] = 0.0
    bound_shells(half_step_s, work)
    departure = work[_GAP_ROW, _MIDDLE]
    if good and departure <= 2.0 * half_step_s * _IMPLAUSIBLE_KM_S:
        for c in range(3):
            arcs[k, X + c, i], arcs[k, VX + c, i] = r[1, c], v[1, c]
        arcs[k, LOW, i], arcs[k, HIGH, i] = work[_LEAST_ROW, _MIDDLE], work[_MOST_ROW, _MIDDLE]
        arcs[k, DEPARTURE, i] = departure
    else:
        for field in range(FIELDS):
            arcs[k, field, i] = _NAN


@kernel
def lens(low_km: float, half_step_s: float, threshold_km: float) -> Lens:
    """Return n^2, the greatest |x|, and of L: its constant, the factor of the shells, and D.

    Every one of them falls with the lowest radius, so that those of a pair are the larger ones of
    both. Notation as in `encounters_pairs`.
    """
    rate_2 = _MU / (low_km * low_km * low_km)
    rate = math.sqrt(rate_2)
    reach = math.tan(min(rate * half_step_s, 1.5)) / rate
    both_speeds = 2.0 * math.sqrt(2.0 * _MU / low_km)
    apart = threshold_km + both_speeds * half_step_s
    bend = 0.5 * threshold_km * half_step_s**2 + both_speeds * half_step_s**3 / 3.0
    constant = threshold_km + _J2_GRADIENT * rate_2 * bend
    factor = 1.5 * half_step_s**2 * rate_2 / low_km
    return rate_2, 1.0001 * reach, constant, factor, apart


@cuda.jit
def _bound_groups(
    arcs: DeviceArray, size: int, half_step_s: float, threshold_km: float, bounds: DeviceArray
) -> None:
    cell = cuda.grid(1)
    groups, objects = bounds.shape[2], arcs.shape[2]
    if cell >= groups * bounds.shape[0]:
        return
    k, group = cell // groups, cell % groups
    lowest, highest, departing = math.inf, -math.inf, 0.0
    for i in range(group * size, min((group + 1) * size, objects)):
        if arcs[k, LOW, i] <= arcs[k, HIGH, i]:
            lowest = min(lowest, arcs[k, LOW, i])
            highest = max(highest, arcs[k, HIGH, i])
            departing = max(departing, arcs[k, DEPARTURE, i])
    bounds[k, LOWEST, group], bounds[k, HIGHEST, group] = lowest, highest
    bounds[k, DEPARTING, group] = departing
    if lowest <= highest:
        rate_2, reach, constant, factor, apart = lens(lowest, half_step_s, threshold_km)
        bounds[k, RATE_2, group], bounds[k, REACH, group] = rate_2 * _UPWARDS, reach * _UPWARDS
        bounds[k, CONSTANT, group] = constant * _UPWARDS
        bounds[k, FACTOR, group], bounds[k, APART, group] = factor * _UPWARDS, apart * _UPWARDS


@kernel
def are_apart(bounds: DeviceArray, a: int, b: int, threshold_km: float) -> bool:
    """Tell whether the shells of two groups of one step are farther apart than the threshold."""
    above = bounds[LOWEST, a] > bounds[HIGHEST, b] + threshold_km
    return bool(above or bounds[LOWEST, b] > bounds[HIGHEST, a] + threshold_km)


@kernel
def group_limit_km(bounds: DeviceArray, a: int, b: int) -> float:
    """Return L for all pairs of two groups."""
    low = min(bounds[LOWEST, a], bounds[LOWEST, b])
    high = max(bounds[HIGHEST, a], bounds[HIGHEST, b])
    factor, apart = (
        max(bounds[FACTOR, a], bounds[FACTOR, b]),
        max(bounds[APART, a], bounds[APART, b]),
    )
    limit = max(bounds[CONSTANT, a], bounds[CONSTANT, b])
    limit += bounds[DEPARTING, a] + bounds[DEPARTING, b]
    return limit + factor * (high - low) * (high + apart) + _SINGLE_ROUNDING * high


@kernel
def pair_limit_km(
    arc: DeviceArray, limits: DeviceArray, groups: tuple[int, int], pair: tuple[int, int]
) -> tuple[np.float32, np.float32]:
    """Return L and n^2 of one pair; what falls with the lowest radius is that of its groups."""
    (a, b), (i, j) = groups, pair
    low, high = min(arc[LOW, i], arc[LOW, j]), max(arc[HIGH, i], arc[HIGH, j])
    factor = max(limits[FACTOR, a], limits[FACTOR, b])
    apart = max(limits[APART, a], limits[APART, b])
    limit = max(limits[CONSTANT, a], limits[CONSTANT, b])
    limit += arc[DEPARTURE, i] + arc[DEPARTURE, j] + _SINGLE_ROUNDING * high
    return limit + factor * (high - low) * (high + apart), _SINGLE_MU / (low * low * low)


@kernel
def place_on_path(
    d: Vector, w: Vector, limit: np.float32, rate_2: np.float32, reach: np.float32
) -> tuple[bool, np.float32]:
    """Tell whether a relative motion passes within a limit, and at which x it is nearest to it."""
    slope = d[0] * w[0] + d[1] * w[1] + d[2] * w[2]
    w_2 = w[0] * w[0] + w[1] * w[1] + w[2] * w[2]
    x = -slope / max(w_2 - limit * limit * rate_2, _LEAST)
    x = min(max(x, -reach), reach)
    # From the place itself: the difference of squares would cancel.
    px, py, pz = d[0] + w[0] * x, d[1] + w[1] * x, d[2] + w[2] * x
    bent = limit * limit * (_ONE + rate_2 * x * x)
    return px * px + py * py + pz * pz <= bent, x


@cuda.jit
def _find_pairs(
    arcs: DeviceArray,
    tiles: DeviceArray,
    groups: DeviceArray,
    is_primary: DeviceArray,
    threshold_km: float,
    pairs: DeviceArray,
    places: DeviceArray,
    count: DeviceArray,
) -> None:
    fields = cuda.shared.array(_HELD, np.float32)
    tile, step, lane = cuda.blockIdx.x, cuda.blockIdx.y, cuda.threadIdx.x
    arc, bounds, limits = arcs[step], tiles[step], groups[step]
    threshold = np.float32(threshold_km) * _UPWARDS
    objects = arc.shape[1]
    i = tile * TILE + lane
    mine = i // GROUP
    x, y, z, u, v, w = _NAN, _NAN, _NAN, _NAN, _NAN, _NAN
    if i < objects:
        x, y, z = arc[X, i], arc[X + 1, i], arc[X + 2, i]
        u, v, w = arc[VX, i], arc[VX + 1, i], arc[VX + 2, i]
    for other in range(tile, bounds.shape[1]):
        if are_apart(bounds, tile, other, threshold):
            continue
        first = other * TILE
        cuda.syncthreads()
        if first + lane < objects:
            for field in range(VX + 3):
                fields[field, lane] = arc[field, first + lane]
        cuda.syncthreads()
        for begin in range(0, TILE, GROUP):
            group = (first + begin) // GROUP
            if (
                group < mine
                or group >= limits.shape[1]
                or mine >= limits.shape[1]
                or are_apart(limits, mine, group, threshold)
            ):
                continue
            all_limit = group_limit_km(limits, mine, group)
            limit_2 = all_limit * all_limit
            reach = max(limits[REACH, mine], limits[REACH, group])
            bent = limit_2 * max(limits[RATE_2, mine], limits[RATE_2, group])
            for j in range(begin, min(begin + GROUP, objects - first)):
                dx, dy, dz = fields[X, j] - x, fields[X + 1, j] - y, fields[X + 2, j] - z
                du, dv, dw = fields[VX, j] - u, fields[VX + 1, j] - v, fields[VX + 2, j] - w
                d_2 = dx * dx + dy * dy + dz * dz
                w_2 = du * du + dv * dv + dw * dw
                slope = abs(dx * du + dy * dv + dz * dw)
                curvature = max(w_2 - bent, _LEAST)
                over = d_2 - limit_2
                if over * curvature <= slope * slope + _GRANTED * d_2 * w_2 and (
                    slope <= curvature * reach
                    or over <= reach * (_TWO * slope - curvature * reach) + _GRANTED * d_2
                ):
                    k = first + j
                    if (
                        k > i
                        and (is_primary[i] or is_primary[k])
                        and arc[LOW, k] <= arc[HIGH, i] + threshold
                        and arc[LOW, i] <= arc[HIGH, k] + threshold
                    ):
                        limit, rate_2 = pair_limit_km(arc, limits, (mine, group), (i, k))
                        may_meet, at = place_on_path(
                            (dx, dy, dz), (du, dv, dw), limit, rate_2, reach
                        )
                        if may_meet:
                            place = cuda.atomic.add(count, 0, 1)
                            if place < pairs.shape[0]:
                                pairs[place, 0], pairs[place, 1], pairs[place, 2] = i, k, step
                                places[place] = at


def write_arcs(states: tuple[Any, Any, Any], half_step_s: float, arcs: Any, at_gap: Any) -> None:
    """Write the arcs of all objects from states in mid-step, one more at either end.

    States have shapes (steps + 2, objects, 3) and (steps + 2, objects); `arcs` has shape (steps,
    FIELDS, objects). `at_gap`, shape (steps, objects), tells where a neighbouring state is missing.
    """
    blocks = -(-arcs.shape[0] * arcs.shape[2] // THREADS)
    _write_arcs[blocks, THREADS](*states, half_step_s, arcs, at_gap)


def bound_groups(
    arcs: Any, size: int, half_step_s: float, threshold_km: float, bounds: Any
) -> None:
    """Write the bounds of groups of `size` consecutive objects, shape (steps, BOUNDS, groups)."""
    blocks = -(-bounds.shape[0] * bounds.shape[2] // THREADS)
    _bound_groups[blocks, THREADS](arcs, size, half_step_s, threshold_km, bounds)


def find_pairs(
    arcs: Any,
    bounds: tuple[Any, Any],
    is_primary: Any,
    threshold_km: float,
    found: tuple[Any, Any, Any],
) -> None:
    """Write every pair that may come within the threshold in a step; each pair once per step.

    `bounds` are those of tiles and of groups. `found` are rows (object, object, step), the lower
    object first, where on their path they are nearest (x) and the count, which goes on where room
    ends.
    """
    grid = (bounds[0].shape[2], arcs.shape[0])
    _find_pairs[grid, TILE](arcs, *bounds, is_primary, threshold_km, *found)
