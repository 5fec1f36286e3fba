"""Which pairs of one step may come within the threshold: a sweep through each cell by radius.

Two objects can only meet where the shells of radius that they sweep come within the threshold.
Inside a cell (`encounters_cells`) entries stand by their lowest radius, so each is compared with
those that follow until their shells begin too high. What is compared is the relative motion.

*The motion.* For one number n for both objects, a path r obeys r'' = -n^2 r + eps, with
eps = (n^2 - mu / |r|^3) r + (pull of J2) + (departure). So with the state in mid-step, d and w,
the relative path is ``d cos(n s) + w sin(n s) / n`` plus a rest of at most the integral of
(s - s') |eps_2 - eps_1|. With x = tan(n s) / n the path without its rest is cos(n s) (d + w x):
it passes within L of zero where ``|d + w x|^2 <= L^2 (1 + n^2 x^2)``, a quadratic in x.

*The rest.* Take n^2 = mu / low^3, low and high the limits of both shells together. Then
|eps_2 - eps_1| without J2 is at most ``mu (1 / low^3 - 1 / high^3) (high + |d|)``, and the bracket
is at most ``3 (high - low) / low^4``. Where the pair comes within the threshold T at some moment,
|d| stays below D = T + V tau in this step, V the sum of the greatest speeds at low (those of
escape). The pull of J2 changes with place by at most 12 mu J2 R^2 / low^5 (its value at the
poles, along the radius) times |d|, that is 0.013 n^2 |d|, whose integral is at most
``0.013 n^2 (T tau^2 / 2 + V tau^3 / 3)``. All in all
``L = T + tau^2 / 2 * 3 mu / low^4 (high - low) (high + D) + (J2) + both departures + rounding``.
For two circular orbits, 5 km and steps of 480 s that is 3 km over the threshold.

*Rounding.* With e = 2^-24 and R the larger radius, differences of positions are off by 2 e R, the
place along the path by as much times the speed, and the test by less than 16 e R in all.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_arcs import DEPARTURE, HIGH, LOW, VX, X
from hoshimori.numerics.encounters_cells import (
    HEIGHTS,
    LANES,
    Column,
    Single,
    class_floor_km,
    height_class,
)
from hoshimori.numerics.kernels import kernel

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_MU = WGS72_MU_KM3_S2
LENS = 6
"""How many numbers the comparisons of a class of heights have in common."""
_J2_GRADIENT = 0.013
_ROUNDING = np.float32(2.0**-19)
_LEAST = np.float32(1e-8)
"""Keeps the curvature of the quadratic positive; far below a metre per second squared."""
_F = TypeVar("_F", bound=Callable[..., object])
_ZERO, _ONE = np.float32(0.0), np.float32(1.0)


def widened(function: _F) -> _F:
    """Compile a loop of single precision numbers so that it fills the processor's registers."""
    compile_lazily = njit(cache=True, nogil=True, error_model="numpy", fastmath=True)
    return cast(_F, compile_lazily(function))


@kernel
def sweep_cells(
    cells: Column,
    fields: Single,
    heights: Column,
    objects: Column,
    is_primary: Flags,
    lenses: Single,
    threshold_km: float,
    found: Rows,
    places: Floats,
) -> int:
    """Write pairs that may come within the threshold; return how many there are.

    `found` gets (object, object) in any order and `places` the moment at which they are nearest,
    in seconds from mid-step, as far as there is room. Only pairs with a primary count. A pair is
    found in each cell that it shares.
    """
    some_are_not = not np.all(is_primary)
    reach_km = np.float32(threshold_km)
    count = 0
    begin = 0
    for cell in range(len(cells) - 1):
        end = cells[cell]
        for a in range(begin, end):
            if not is_primary[objects[a]]:
                continue
            count = _meet_above(
                fields, heights, objects, lenses, reach_km, (a, end), found, places, count
            )
            if some_are_not:
                count = _meet_below(
                    fields,
                    heights,
                    objects,
                    is_primary,
                    lenses,
                    reach_km,
                    (begin, a),
                    found,
                    places,
                    count,
                )
        begin = end
    return count


@kernel
def _meet_above(
    fields: Single,
    heights: Column,
    objects: Column,
    lenses: Single,
    reach_km: np.float32,
    span: tuple[int, int],
    found: Rows,
    places: Floats,
    count: int,
) -> int:
    """Compare the first entry of a span with all that follow in it."""
    a, end = span
    lens = _lens(lenses, heights[a], fields[DEPARTURE, a])
    top = height_class(fields[HIGH, a] + reach_km)
    b = a + 1
    while b < end and heights[b] <= top:
        if _block_may_meet(fields, a, b, lens) > _ZERO:
            for c in range(b, min(b + LANES, end)):
                count = _note(fields, objects, a, c, lens, found, places, count)
        b += LANES
    return count


@kernel
def _meet_below(
    fields: Single,
    heights: Column,
    objects: Column,
    is_primary: Flags,
    lenses: Single,
    reach_km: np.float32,
    span: tuple[int, int],
    found: Rows,
    places: Floats,
    count: int,
) -> int:
    """Compare the entry at the end of a span with those before it that are no primaries.

    Two primaries have met already.
    """
    begin, a = span
    floor_km = fields[LOW, a] - reach_km
    for b in range(begin, a, LANES):
        if _block_reaches(fields, b, floor_km) > _ZERO:
            for c in range(b, min(b + LANES, a)):
                if not is_primary[objects[c]] and fields[HIGH, c] >= floor_km:
                    lens = _lens(lenses, heights[c], fields[DEPARTURE, c])
                    count = _note(fields, objects, c, a, lens, found, places, count)
    return count


@kernel
def write_lenses(half_step_s: float, threshold_km: float, lenses: Single) -> None:
    """Write what comparisons have in common, for each class of the lower of two shells.

    Shape (HEIGHTS, LENS): n^2, the greatest |x|, and of the limit L its constant part, the factor
    of the shells, the lower end of the shells, and D.
    """
    for height in range(HEIGHTS):
        low = class_floor_km(height)
        rate_2 = _MU / (low * low * low)
        rate = math.sqrt(rate_2)
        both_speeds = 2.0 * math.sqrt(2.0 * _MU / low)
        bend = 0.5 * threshold_km * half_step_s**2 + both_speeds * half_step_s**3 / 3.0
        lenses[height, 0] = rate_2
        lenses[height, 1] = 1.0001 * math.tan(min(rate * half_step_s, 1.5)) / rate
        lenses[height, 2] = threshold_km + _J2_GRADIENT * rate_2 * bend
        lenses[height, 3] = 1.5 * half_step_s**2 * rate_2 / low
        lenses[height, 4] = low
        lenses[height, 5] = threshold_km + both_speeds * half_step_s


Lens = tuple[np.float32, np.float32, np.float32, np.float32, np.float32, np.float32]


@kernel
def _lens(lenses: Single, height: int, departure_km: np.float32) -> Lens:
    """Return the comparisons of an entry with those above it, its own departure included."""
    return (
        lenses[height, 0],
        lenses[height, 1],
        lenses[height, 2] + departure_km,
        lenses[height, 3],
        lenses[height, 4],
        lenses[height, 5],
    )


@widened
def _block_may_meet(fields: Single, a: int, begin: int, lens: Lens) -> np.float32:
    """Return how many of the LANES entries from `begin` on may meet an entry."""
    rate_2, reach, constant, factor, low, most_apart = lens
    x, y, z = fields[X, a], fields[X + 1, a], fields[X + 2, a]
    u, v, w = fields[VX, a], fields[VX + 1, a], fields[VX + 2, a]
    high = fields[HIGH, a]
    # Slices begin at zero, which tells the compiler that no index is negative.
    xs, ys = fields[X, begin : begin + LANES], fields[X + 1, begin : begin + LANES]
    zs, us = fields[X + 2, begin : begin + LANES], fields[VX, begin : begin + LANES]
    vs, ws = fields[VX + 1, begin : begin + LANES], fields[VX + 2, begin : begin + LANES]
    highs = fields[HIGH, begin : begin + LANES]
    departures = fields[DEPARTURE, begin : begin + LANES]
    count = _ZERO
    for k in range(LANES):
        dx, dy, dz = xs[k] - x, ys[k] - y, zs[k] - z
        du, dv, dw = us[k] - u, vs[k] - v, ws[k] - w
        top = max(high, highs[k])
        limit = constant + departures[k] + factor * (top - low) * (top + most_apart)
        limit += _ROUNDING * top
        limit_2 = limit * limit
        curvature = max(du * du + dv * dv + dw * dw - limit_2 * rate_2, _LEAST)
        slope = dx * du + dy * dv + dz * dw
        s = min(max(-slope / curvature, -reach), reach)
        rest = dx * dx + dy * dy + dz * dz - limit_2 + s * (slope + slope + curvature * s)
        count += _ONE if rest <= _ZERO else _ZERO
    return count


@widened
def _block_reaches(fields: Single, begin: int, floor_km: np.float32) -> np.float32:
    """Return how many of the LANES entries from `begin` on reach up to a radius."""
    highs = fields[HIGH, begin : begin + LANES]
    count = _ZERO
    for k in range(LANES):
        count += _ONE if highs[k] >= floor_km else _ZERO
    return count


@kernel
def _note(
    fields: Single,
    objects: Column,
    a: int,
    b: int,
    lens: Lens,
    found: Rows,
    places: Floats,
    count: int,
) -> int:
    """Write the pair of two entries if they may meet, the one with the lower shell first."""
    rate_2, reach, constant, factor, low, most_apart = lens
    dx, du = fields[X, b] - fields[X, a], fields[VX, b] - fields[VX, a]
    dy, dv = fields[X + 1, b] - fields[X + 1, a], fields[VX + 1, b] - fields[VX + 1, a]
    dz, dw = fields[X + 2, b] - fields[X + 2, a], fields[VX + 2, b] - fields[VX + 2, a]
    top = max(fields[HIGH, a], fields[HIGH, b])
    limit = constant + fields[DEPARTURE, b] + factor * (top - low) * (top + most_apart)
    limit += _ROUNDING * top
    limit_2 = limit * limit
    curvature = max(du * du + dv * dv + dw * dw - limit_2 * rate_2, _LEAST)
    slope = dx * du + dy * dv + dz * dw
    s = min(max(-slope / curvature, -reach), reach)
    rest = dx * dx + dy * dy + dz * dz - limit_2 + s * (slope + slope + curvature * s)
    if not rest <= 0.0:
        return count
    if count < len(found):
        found[count, 0], found[count, 1] = objects[a], objects[b]
        rate = math.sqrt(rate_2)
        places[count] = math.atan(rate * s) / rate
    return count + 1
