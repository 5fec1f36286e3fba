"""Which pairs may come within the threshold, asked on a CUDA device of all pairs of all steps.

The mathematics is that of `encounters_arcs` (how an object moves within a step) and
`encounters_pairs` (whether two of them may meet). A processor of thousands of lanes affords to ask
every pair whose shells of radius meet, so there are no cells: objects stand in an order in which
neighbours have similar shells, and 32 of them form a group. Nearly circular orbits keep their
order; eccentric ones are put in the order of their lowest radius in each step. One thread holds one
object and compares it with all objects of one group after the other, tile by tile from shared
memory.

*The limit.* A pair meets only if ``|d + w x|^2 <= L^2 (1 + n^2 x^2)`` somewhere in the step. Here
the right side is replaced by its greatest value, at the ends of the step, which lengthens the limit
by 2 to 4 % and holds for the slowest pairs too, where the quadratic has no minimum.

*First question*, with limits for all pairs of two groups: shells, rates and departures are bounded
by the extremes of both. It is asked without a division: with slope b = d . w, a pair passes if
``(d^2 - L^2) w^2 <= b^2`` (the line touches the sphere) and either the foot of the perpendicular
lies within the step or the end of the step does within the sphere. Cancellation errs by less than
2^-20 d^2, which is granted. *Second question*: the same with the shells and departures of the pair,
and from the place on the path itself.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import cuda

from hoshimori.numerics.encounters_arcs import (
    DEPARTURE,
    HIGH,
    LOW,
    VX,
    WORK_ROWS,
    X,
    write_arcs_of_one,
)
from hoshimori.numerics.encounters_cells import FIELDS
from hoshimori.numerics.encounters_pairs import lens_of
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.kernels_cuda import (
    THREADS,
    DeviceArray,
    blocks_for,
    device_function,
    device_kernel,
)

TILE = 128
"""Objects in one tile: threads of one block, and what shared memory holds of the others."""
GROUP = 32
"""Objects in one group: threads that run in step."""


LOWEST, HIGHEST, DEPARTING, REACH, STRETCH, CONSTANT, FACTOR, APART = range(8)
BOUNDS = 8
"""Rows of the bounds of groups: the shell of all and the greatest departure [km]; the greatest |x|
[s] and 1 + n^2 x^2 there; of L: its constant part, the factor of the shells, and D [km]."""

Single = npt.NDArray[np.float32]
Vector = tuple[np.float32, np.float32, np.float32]

_WORK = (WORK_ROWS, 3)
_HELD = (6, TILE)
_UPWARDS = np.float32(1.0 + 2.0**-20)
_NAN = np.float32(math.nan)
_GRANTED = np.float32(2.0**-20)
_LEAST = np.float32(1e-12)
_ROUNDING = np.float32(2.0**-19)
_TWO = np.float32(2.0)


@device_kernel
def _write_arcs(
    position_km: DeviceArray,
    velocity_km_s: DeviceArray,
    status: DeviceArray,
    half_step_s: float,
    arcs: DeviceArray,
) -> None:
    cell = cuda.grid(1)
    objects = arcs.shape[1]
    if cell < objects * arcs.shape[0]:
        k, i = cell // objects, cell % objects
        work = cuda.local.array(_WORK, np.float64)
        r, v = position_km[k : k + 3, i], velocity_km_s[k : k + 3, i]
        write_arcs_of_one(r, v, status[k : k + 3, i], half_step_s, work, arcs[k : k + 1], i)


@device_kernel
def _name_places(arcs: DeviceArray, first: int, names: DeviceArray) -> None:
    # From `first` on by lowest radius, before that every object in its own place.
    cell = cuda.grid(1)
    objects = names.shape[1]
    if cell >= objects * names.shape[0]:
        return
    k, i = cell // objects, cell % objects
    place = i
    if i >= first:
        low, place = arcs[k, i, LOW], first
        for j in range(first, objects):
            other = arcs[k, j, LOW]
            # Objects without an arc, whose radius is no number, come last.
            is_lower = other < low or (low != low and other == other)
            is_equal = other == low or (low != low and other != other)
            place += 1 if is_lower or (is_equal and j < i) else 0
    names[k, place] = i


@device_kernel
def _place_arcs(arcs: DeviceArray, names: DeviceArray, placed: DeviceArray) -> None:
    cell = cuda.grid(1)
    objects = names.shape[1]
    if cell < objects * names.shape[0]:
        k, place = cell // objects, cell % objects
        i = names[k, place]
        for field in range(FIELDS):
            placed[k, field, place] = arcs[k, i, field]


@kernel
def bound_group(
    arcs: Single, first: int, last: int, half_step_s: float, threshold_km: float, bounds: Single
) -> None:
    """Write the bounds of the objects `first` to `last` - 1 in one step; `bounds` has BOUNDS."""
    lowest, highest, departing = math.inf, -math.inf, 0.0
    for i in range(first, last):
        if arcs[LOW, i] <= arcs[HIGH, i]:
            lowest = min(lowest, arcs[LOW, i])
            highest = max(highest, arcs[HIGH, i])
            departing = max(departing, arcs[DEPARTURE, i])
    bounds[LOWEST], bounds[HIGHEST], bounds[DEPARTING] = lowest, highest, departing
    if lowest <= highest:
        reach, stretch, constant, factor, apart = lens_of(lowest, half_step_s, threshold_km)
        bounds[REACH], bounds[STRETCH] = reach * _UPWARDS, stretch * _UPWARDS
        bounds[CONSTANT] = constant * _UPWARDS
        bounds[FACTOR], bounds[APART] = factor * _UPWARDS, apart * _UPWARDS


@device_kernel
def _bound_groups(
    arcs: DeviceArray, size: int, half_step_s: float, threshold_km: float, bounds: DeviceArray
) -> None:
    cell = cuda.grid(1)
    groups, objects = bounds.shape[2], arcs.shape[2]
    if cell < groups * bounds.shape[0]:
        k, group = cell // groups, cell % groups
        first, last = group * size, min((group + 1) * size, objects)
        bound_group(arcs[k], first, last, half_step_s, threshold_km, bounds[k, :, group])


@kernel
def are_apart(bounds: DeviceArray, a: int, b: int, threshold_km: np.float32) -> bool:
    """Tell whether the shells of two groups of one step are farther apart than the threshold."""
    above = bounds[LOWEST, a] > bounds[HIGHEST, b] + threshold_km
    return bool(above or bounds[LOWEST, b] > bounds[HIGHEST, a] + threshold_km)


@kernel
def group_limit_2(bounds: DeviceArray, a: int, b: int) -> np.float32:
    """Return the square of the limit for all pairs of two groups."""
    low = min(bounds[LOWEST, a], bounds[LOWEST, b])
    high = max(bounds[HIGHEST, a], bounds[HIGHEST, b])
    factor = max(bounds[FACTOR, a], bounds[FACTOR, b])
    apart = max(bounds[APART, a], bounds[APART, b])
    limit = max(bounds[CONSTANT, a], bounds[CONSTANT, b])
    limit += bounds[DEPARTING, a] + bounds[DEPARTING, b] + _ROUNDING * high
    limit += factor * (high - low) * (high + apart)
    return np.float32(limit * limit * max(bounds[STRETCH, a], bounds[STRETCH, b]))


@kernel
def may_pass(d: Vector, w: Vector, limit_2: np.float32, reach: np.float32) -> bool:
    """Tell whether d + w x may be shorter than a limit for an |x| up to `reach`: first question."""
    d_2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2]
    w_2 = w[0] * w[0] + w[1] * w[1] + w[2] * w[2]
    slope = abs(d[0] * w[0] + d[1] * w[1] + d[2] * w[2])
    over, granted = d_2 - limit_2, _GRANTED * d_2
    if not over * w_2 <= slope * slope + granted * w_2:
        return False
    within = slope <= w_2 * reach
    return bool(within or over <= reach * (_TWO * slope - w_2 * reach) + granted)


@kernel
def pair_limit_2(
    arc: DeviceArray, limits: DeviceArray, groups: tuple[int, int], pair: tuple[int, int]
) -> np.float32:
    """Return the square of the limit of one pair, with its own shells and departures."""
    (a, b), (i, j) = groups, pair
    low, high = min(arc[LOW, i], arc[LOW, j]), max(arc[HIGH, i], arc[HIGH, j])
    factor = max(limits[FACTOR, a], limits[FACTOR, b])
    apart = max(limits[APART, a], limits[APART, b])
    limit = max(limits[CONSTANT, a], limits[CONSTANT, b])
    limit += arc[DEPARTURE, i] + arc[DEPARTURE, j] + _ROUNDING * high
    limit += factor * (high - low) * (high + apart)
    return np.float32(limit * limit * max(limits[STRETCH, a], limits[STRETCH, b]))


@kernel
def shells_meet(arc: DeviceArray, i: int, j: int, threshold_km: np.float32) -> bool:
    """Tell whether the shells of two objects come within the threshold of one another."""
    above = arc[LOW, i] <= arc[HIGH, j] + threshold_km
    return bool(above and arc[LOW, j] <= arc[HIGH, i] + threshold_km)


@kernel
def place_on_path(
    d: Vector, w: Vector, limit_2: np.float32, reach: np.float32
) -> tuple[bool, np.float32]:
    """Tell whether d + w x is shorter than a limit, and at which x, |x| <= `reach`, it is least."""
    slope = d[0] * w[0] + d[1] * w[1] + d[2] * w[2]
    x = -slope / (w[0] * w[0] + w[1] * w[1] + w[2] * w[2] + _LEAST)
    x = min(max(x, -reach), reach)
    # From the place itself: a difference of squares would cancel.
    px, py, pz = d[0] + w[0] * x, d[1] + w[1] * x, d[2] + w[2] * x
    return bool(px * px + py * py + pz * pz <= limit_2), x


@device_function
def _compare(
    fields: DeviceArray,
    arc: DeviceArray,
    names: DeviceArray,
    limits: DeviceArray,
    is_primary: DeviceArray,
    here: Vector,
    motion: Vector,
    mine: tuple[int, int, int],
    others: tuple[int, int, int],
    threshold_km: np.float32,
    pairs: DeviceArray,
    places: DeviceArray,
    count: DeviceArray,
) -> None:
    """Compare an object with a group and write the pairs that may meet.

    `mine` is the object's place, step and group; `others` are the place at which the other tile
    begins, where in it the group does, and the group.
    """
    (i, step, own_group), (first, begin, group) = mine, others
    limit_2 = group_limit_2(limits, own_group, group)
    reach = max(limits[REACH, own_group], limits[REACH, group])
    for at in range(begin, min(begin + GROUP, arc.shape[1] - first)):
        j = np.uint32(at)  # which has no sign to look at: arrays count from the end where negative
        d = fields[X, j] - here[0], fields[X + 1, j] - here[1], fields[X + 2, j] - here[2]
        w = fields[VX, j] - motion[0], fields[VX + 1, j] - motion[1], fields[VX + 2, j] - motion[2]
        k = first + at
        if may_pass(d, w, limit_2, reach) and k > i and shells_meet(arc, i, k, threshold_km):
            own_2 = pair_limit_2(arc, limits, (own_group, group), (i, k))
            may_meet, x = place_on_path(d, w, own_2, reach)
            if may_meet and (is_primary[names[i]] or is_primary[names[k]]):
                place = cuda.atomic.add(count, 0, 1)
                if place < pairs.shape[0]:
                    pairs[place, 0], pairs[place, 1], pairs[place, 2] = names[i], names[k], step
                    places[place] = x


@device_kernel
def _find_pairs(
    arcs: DeviceArray,
    names: DeviceArray,
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
    here, motion = (_NAN, _NAN, _NAN), (_NAN, _NAN, _NAN)
    if i < objects:
        here = arc[X, i], arc[X + 1, i], arc[X + 2, i]
        motion = arc[VX, i], arc[VX + 1, i], arc[VX + 2, i]
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
            both_exist = max(mine, group) < limits.shape[1]
            if both_exist and mine <= group and not are_apart(limits, mine, group, threshold):
                _compare(
                    fields, arc, names[step], limits, is_primary, here, motion, (i, step, mine),
                    (first, begin, group), threshold, pairs, places, count,
                )  # fmt: skip


def write_arcs(states: tuple[Any, Any, Any], half_step_s: float, arcs: Any) -> None:
    """Write the arcs of all objects from states in mid-step, one more at either end.

    States have shapes (steps + 2, objects, 3) and (steps + 2, objects); `arcs` is as on the CPU.
    """
    blocks = blocks_for(arcs.shape[0] * arcs.shape[1])
    _write_arcs[blocks, THREADS](*states, half_step_s, arcs)


def place_arcs(arcs: Any, first: int, names: Any, placed: Any) -> None:
    """Put the arcs of objects from `first` on in the order of their lowest radius, step by step.

    `placed` has shape (steps, FIELDS, objects); `names`, shape (steps, objects), says which object
    stands where in it.
    """
    blocks = blocks_for(arcs.shape[0] * arcs.shape[1])
    _name_places[blocks, THREADS](arcs, first, names)
    _place_arcs[blocks, THREADS](arcs, names, placed)


def bound_groups(
    placed: Any, size: int, half_step_s: float, threshold_km: float, bounds: Any
) -> None:
    """Write the bounds of groups of `size` consecutive objects, shape (steps, BOUNDS, groups)."""
    blocks = blocks_for(bounds.shape[0] * bounds.shape[2])
    _bound_groups[blocks, THREADS](placed, size, half_step_s, threshold_km, bounds)


def find_pairs(
    arcs: tuple[Any, Any],
    bounds: tuple[Any, Any],
    is_primary: Any,
    threshold_km: float,
    found: tuple[Any, Any, Any],
) -> None:
    """Write every pair that may come within the threshold in a step; each pair once per step.

    `arcs` are those placed and their names, `bounds` those of tiles and of groups. `found` are rows
    (object, object, step), where on their path they are nearest (x) and the count, which goes on
    where room ends.
    """
    grid = (bounds[0].shape[2], arcs[0].shape[0])
    _find_pairs[grid, TILE](*arcs, *bounds, is_primary, threshold_km, *found)
