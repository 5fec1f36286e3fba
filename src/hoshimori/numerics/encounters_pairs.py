"""Which pairs of one step may come within the threshold: a sweep through each cell by radius.

Two objects can only meet where the shells of radius that they sweep come within the threshold.
Inside a cell (`encounters_cells`) entries stand by their lowest radius, so each is compared with
those that follow until their shells begin too high. What is compared is the relative motion.

*The motion.* For one number n for both objects, a path r obeys r'' = -n^2 r + eps, with
eps = (n^2 - mu / |r|^3) r + (pull of J2) + (departure). So with the state in mid-step, d and w,
the relative path is ``d cos(n s) + w sin(n s) / n`` plus a rest of at most the integral of
(s - s') |eps_2 - eps_1|. With x = tan(n s) / n the path without its rest is cos(n s) (d + w x):
it passes within L of zero where ``|d + w x|^2 <= L^2 (1 + n^2 x^2)``. The sweep takes the least
value of the left side and the greatest of the right, 4 % above L^2 in low orbits.

*The rest.* Take n^2 = mu / low^3, low and high the limits of both shells together. Then
|eps_2 - eps_1| without J2 is at most ``mu (1 / low^3 - 1 / high^3) (high + |d|)``, and the bracket
is at most ``3 (high - low) / low^4``. Where the pair comes within the threshold T at some moment,
|d| stays below D = T + V tau in this step, V the sum of the greatest speeds at low (those of
escape). The pull of J2 changes with place by at most 12 mu J2 R^2 / low^5 (its value at the
poles, along the radius) times |d|, that is 0.013 n^2 |d|, whose integral is at most
``0.013 n^2 (T tau^2 / 2 + V tau^3 / 3)``. All in all
``L = T + tau^2 / 2 * 3 mu / low^4 (high - low) (high + D) + (J2) + both departures + rounding``.
For two circular orbits, 5 km and steps of 480 s that is 3 km over the threshold.

*Rounding.* With e = 2^-24 and R the larger radius, differences of positions are off by 2 e R. The
product w x is as long as |d|, at most 2 R, and off by 8 e R with all its factors; their sum cancels
without another loss. What is left is below 16 e R, taken twice.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt

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
from hoshimori.numerics.kernels import compiled, kernel, melting

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_MU = WGS72_MU_KM3_S2
Columns = tuple[Single, Single, Single, Single, Single, Single, Single, Single]
"""Of sorted entries: position, velocity, `HIGH` and `DEPARTURE`."""
Lens = tuple[np.float32, np.float32, np.float32, np.float32, np.float32, np.float32, np.float32]
LENS = 7
"""How many numbers the comparisons of a class of heights have in common."""
_J2_GRADIENT = 0.013
_ROUNDING = np.float32(2.0**-19)
_LEAST = np.float32(1e-12)
"""Keeps pairs at rest from dividing by zero: the square of a millimetre per second."""
_F = TypeVar("_F", bound=Callable[..., object])
_ZERO, _ONE = np.float32(0.0), np.float32(1.0)


def widened(function: _F) -> _F:
    """Compile a loop of single precision numbers so that it fills the processor's registers."""
    return compiled(function, fastmath=True, forceinline=True)


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
    reach_km = np.float32(threshold_km)
    count = _note_above(cells, fields, heights, objects, is_primary, lenses, reach_km, found)
    if not np.all(is_primary):
        count = _note_below(cells, fields, objects, is_primary, reach_km, found, count)
    return _told(fields, heights, objects, lenses, count, found, places)


# The sweep is fast only as long as it hands its columns to no other function: each of the three
# takes them for itself, and what they call melts into them.
@melting
def _columns(fields: Single) -> Columns:
    return (
        fields[X],
        fields[X + 1],
        fields[X + 2],
        fields[VX],
        fields[VX + 1],
        fields[VX + 2],
        fields[HIGH],
        fields[DEPARTURE],
    )


@kernel
def _note_above(
    cells: Column,
    fields: Single,
    heights: Column,
    objects: Column,
    is_primary: Flags,
    lenses: Single,
    reach_km: np.float32,
    found: Rows,
) -> int:
    """Note for every primary the entries after it in its cell that it may meet."""
    columns, highs, departures = _columns(fields), fields[HIGH], fields[DEPARTURE]
    count = begin = 0
    for cell in range(len(cells) - 1):
        end = cells[cell]
        for a in range(begin, end):
            if not is_primary[objects[a]]:
                continue
            lens = _lens(lenses, heights[a], departures[a])
            top = height_class(highs[a] + reach_km)
            b = a + 1
            while b < end and heights[b] <= top:
                hits = _block_may_meet(columns, np.uintp(a), np.uintp(b), lens)
                if hits != 0:
                    for k in range(min(LANES, end - b)):
                        if (hits >> k) & 1:
                            count = _note(a, b + k, found, count)
                b += LANES
        begin = end
    return count


@kernel
def _note_below(
    cells: Column,
    fields: Single,
    objects: Column,
    is_primary: Flags,
    reach_km: np.float32,
    found: Rows,
    count: int,
) -> int:
    """Note for every primary the entries before it in its cell that reach its shell.

    But not other primaries: two primaries have met already.
    """
    highs = fields[HIGH]
    begin = 0
    for cell in range(len(cells) - 1):
        end = cells[cell]
        for a in range(begin, end):
            if not is_primary[objects[a]]:
                continue
            floor_km = fields[LOW, a] - reach_km
            for b in range(begin, a, LANES):
                if _block_reaches(highs, np.uintp(b), floor_km) > _ZERO:
                    for c in range(b, min(b + LANES, a)):
                        if highs[c] >= floor_km and not is_primary[objects[c]]:
                            count = _note(c, a, found, count)
        begin = end
    return count


@melting
def _note(a: int, b: int, found: Rows, count: int) -> int:
    if count < len(found):
        found[count, 0], found[count, 1] = a, b
    return count + 1


@kernel
def _told(
    fields: Single,
    heights: Column,
    objects: Column,
    lenses: Single,
    count: int,
    found: Rows,
    places: Floats,
) -> int:
    """Replace noted entries that may meet by their objects, and write when they are nearest."""
    if count > len(found):
        return count
    columns, kept = _columns(fields), 0
    for row in range(count):
        a, b = found[row, 0], found[row, 1]
        lens = _lens(lenses, heights[a], fields[DEPARTURE, a])
        rest, x = _compared(columns, np.uintp(a), np.uintp(b), lens)
        if rest <= _ZERO:
            found[kept, 0], found[kept, 1] = objects[a], objects[b]
            places[kept] = math.atan(lens[0] * x) / lens[0]
            kept += 1
    return kept


@kernel
def write_lenses(half_step_s: float, threshold_km: float, lenses: Single) -> None:
    """Write what comparisons have in common, for each class of the lower of two shells.

    Shape (HEIGHTS, LENS): n, the greatest |x|, the greatest 1 + n^2 x^2, and of the limit L its
    constant part, the factor of the shells, the lower end of the shells, and D.
    """
    for height in range(HEIGHTS):
        low_km = class_floor_km(height)
        reach, widening, constant, factor, most_apart = lens_of(low_km, half_step_s, threshold_km)
        lenses[height, 0] = math.sqrt(_MU / low_km) / low_km
        lenses[height, 1], lenses[height, 2] = 1.0001 * reach, widening
        lenses[height, 3], lenses[height, 4] = constant, factor
        lenses[height, 5], lenses[height, 6] = low_km, most_apart


@kernel
def lens_of(
    low_km: float, half_step_s: float, threshold_km: float
) -> tuple[float, float, float, float, float]:
    """Return what the limits of pairs depend on besides their own shells, for a lowest radius.

    The greatest |x| and 1 + n^2 x^2, and of L the constant part, the factor of the shells, and D.
    Every one of them falls with the radius.
    """
    rate_2 = _MU / (low_km * low_km * low_km)
    rate = math.sqrt(rate_2)
    turn = math.tan(min(rate * half_step_s, 1.5))
    both_speeds = 2.0 * math.sqrt(2.0 * _MU / low_km)
    bend = 0.5 * threshold_km * half_step_s**2 + both_speeds * half_step_s**3 / 3.0
    return (
        turn / rate,
        1.0 + turn * turn,
        threshold_km + _J2_GRADIENT * rate_2 * bend,
        1.5 * half_step_s**2 * rate_2 / low_km,
        threshold_km + both_speeds * half_step_s,
    )


@melting
def _lens(lenses: Single, height: int, departure_km: np.float32) -> Lens:
    """Return the comparisons of an entry with those above it, its own departure included."""
    return (
        lenses[height, 0],
        lenses[height, 1],
        lenses[height, 2],
        lenses[height, 3] + departure_km,
        lenses[height, 4],
        lenses[height, 5],
        lenses[height, 6],
    )


@widened
def _block_may_meet(columns: Columns, a: np.uintp, begin: np.uintp, lens: Lens) -> np.int32:
    """Return which of the LANES entries from `begin` on may meet entry `a`, one bit for each."""
    hits = np.int32(0)
    for k in range(LANES):
        rest, _ = _compared(columns, a, np.uintp(begin + np.uintp(k)), lens)
        hits |= np.int32(np.int32(1) << np.int32(k)) if rest <= _ZERO else np.int32(0)
    return hits


@widened
def _compared(
    columns: Columns, a: np.uintp, b: np.uintp, lens: Lens
) -> tuple[np.float32, np.float32]:
    """Return the least value of the quadratic for two entries, and its x.

    Indices are unsigned, so that the compiler knows that none is negative: else it would not use
    vector instructions.
    """
    xs, ys, zs, us, vs, ws, highs, departures = columns
    _, reach, widening, constant, factor, low, most_apart = lens
    dx, dy, dz = xs[b] - xs[a], ys[b] - ys[a], zs[b] - zs[a]
    du, dv, dw = us[b] - us[a], vs[b] - vs[a], ws[b] - ws[a]
    top = max(highs[a], highs[b])
    limit = constant + departures[b] + factor * (top - low) * (top + most_apart)
    limit += _ROUNDING * top
    x = -(dx * du + dy * dv + dz * dw) / (du * du + dv * dv + dw * dw + _LEAST)
    x = min(max(x, -reach), reach)
    # Not by the terms of the square, whose difference would leave no digits.
    ex, ey, ez = dx + x * du, dy + x * dv, dz + x * dw
    rest = ex * ex + ey * ey + ez * ez - widening * limit * limit
    return rest, x


@widened
def _block_reaches(highs: Single, begin: np.uintp, floor_km: np.float32) -> np.float32:
    """Return how many of the LANES entries from `begin` on reach up to a radius."""
    count = _ZERO
    for k in range(LANES):
        count += _ONE if highs[np.uintp(begin + np.uintp(k))] >= floor_km else _ZERO
    return count
