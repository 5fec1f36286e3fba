"""Closest approaches of fast pairs on a CUDA device, one candidate a thread.

The method is that of `encounters_exact`, and so are the answers, to rounding. Its order is another:
the compiler copies the propagator to every place from which it is called, so there is one loop with
one call, and what is done with the states depends on how far a candidate has come.

Newton's iteration first uses SGP4's velocities. Where the straight line from a state passes the
other object by more than the threshold and all that can bend the line, the candidate is given up.
Then derivatives of *positions* are taken, by central differences, as SGP4 velocities are not quite
those. Slow pairs, and pairs on which the iteration does not settle, are left to the host.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import cuda

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_arcs import VX, Arcs
from hoshimori.numerics.encounters_exact import APPROACH, MISS, POSITION, TCA, VELOCITY
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.kernels_cuda import THREADS, DeviceArray, blocks_for, device_kernel
from hoshimori.numerics.sgp4_cuda import Sky, state_of

NO_ENCOUNTER, ENCOUNTER, FOR_HOST = 0, 1, 2
_STENCIL_S = 0.1
_COARSE_S = 1e-3
_POLISHES = 2
_MOST_VISITS = 16
_SPARE_KM = 0.5
_TRUSTED_S = 60.0
_SPARE_S = 1e-3
"""A minimum so little outside its step is kept, for the host to decide."""
_INCONSISTENT_KM_S = 0.01
"""Twice what SGP4 velocities may differ from the derivatives of positions."""
_MU = WGS72_MU_KM3_S2

# Rows of the work array: each object now, then before and after for the central differences.
_A, _B, _A_BEFORE, _B_BEFORE, _A_AFTER, _B_AFTER = range(6)
WORK = (6, 6)

Vector = tuple[float, float, float]


@kernel
def visit(sky: Sky, i: int, j: int, t_s: float, moments: int, work: Floats) -> bool:
    """Write the states of both objects at a moment, and around it; tell whether all exist.

    In one loop with one call, for the compiler copies the propagator to wherever it is called.
    """
    good = True
    for row in range(2 * moments):
        at = t_s if row < 2 else t_s - _STENCIL_S if row < 4 else t_s + _STENCIL_S
        state = state_of(sky, i if row % 2 == 0 else j, at)
        good = good and state[0] == 0
        work[row, 0], work[row, 1], work[row, 2] = state[1], state[2], state[3]
        work[row, 3], work[row, 4], work[row, 5] = state[4], state[5], state[6]
    return good


@kernel
def _between(work: Floats, a: int, b: int, column: int) -> Vector:
    return (
        work[b, column] - work[a, column],
        work[b, column + 1] - work[a, column + 1],
        work[b, column + 2] - work[a, column + 2],
    )


@kernel
def _dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@kernel
def _place(work: Floats, row: int) -> Vector:
    return work[row, 0], work[row, 1], work[row, 2]


@kernel
def _bending(work: Floats, d: Vector) -> float:
    """Return d . d'' of the two-body problem."""
    a, b = _place(work, _A), _place(work, _B)
    a_2, b_2 = _dot(a, a), _dot(b, b)
    return _MU * (_dot(d, a) / (a_2 * math.sqrt(a_2)) - _dot(d, b) / (b_2 * math.sqrt(b_2)))


@kernel
def _coarse_step(work: Floats, threshold_km: float) -> tuple[bool, float]:
    """Return whether there may be an encounter, and how far away it is by Newton's method."""
    d, w = _between(work, _A, _B, 0), _between(work, _A, _B, 3)
    d_2, w_2, slope = _dot(d, d), _dot(w, w), _dot(d, w)
    away_s = -slope / w_2
    a, b = _place(work, _A), _place(work, _B)
    low_2 = min(_dot(a, a), _dot(b, b))
    # Gravity gradient and flattening bend the line by less, for as long as it is nearly straight.
    bend = 4.0 * _MU / (low_2 * math.sqrt(low_2)) * math.sqrt(d_2) * away_s * away_s
    margin = bend + _INCONSISTENT_KM_S * abs(away_s) + _SPARE_KM
    straight = math.sqrt(max(d_2 - slope * slope / w_2, 0.0))
    if abs(away_s) < _TRUSTED_S and straight > threshold_km + margin:
        return False, 0.0
    return True, -slope / max(w_2 + _bending(work, d), 0.5 * w_2)


@kernel
def _polishing_step(work: Floats) -> float:
    """Return how far the minimum is, by Newton with derivatives of positions."""
    before, after = _between(work, _A_BEFORE, _B_BEFORE, 0), _between(work, _A_AFTER, _B_AFTER, 0)
    change = (after[0] - before[0], after[1] - before[1], after[2] - before[2])
    both = (after[0] + before[0], after[1] + before[1], after[2] + before[2])
    speed_2 = _dot(change, change) / (4.0 * _STENCIL_S**2)
    bending = _bending(work, _between(work, _A, _B, 0))
    return -_dot(change, both) / (4.0 * _STENCIL_S) / (speed_2 + bending)


@kernel
def _write(work: Floats, t_s: float, approach: Floats) -> None:
    now = _between(work, _A, _B, 0)
    before, after = _between(work, _A_BEFORE, _B_BEFORE, 0), _between(work, _A_AFTER, _B_AFTER, 0)
    per_s = 1.0 / (2.0 * _STENCIL_S)
    approach[TCA], approach[MISS] = t_s, math.sqrt(_dot(now, now))
    for c in range(3):
        approach[POSITION + c] = work[_B, c] - work[_A, c]
    approach[VELOCITY], approach[VELOCITY + 1] = (
        (after[0] - before[0]) * per_s,
        (after[1] - before[1]) * per_s,
    )
    approach[VELOCITY + 2] = (after[2] - before[2]) * per_s


@kernel
def solve(
    sky: Sky,
    pair: tuple[int, int],
    span: tuple[float, float],
    guess_s: float,
    threshold_km: float,
    work: Floats,
    approach: Floats,
) -> int:
    """Write the closest approach of a pair near a step, and tell what to do with it.

    `span` is the step; a minimum more than its length away is none of it. `work` has shape WORK,
    `approach` the columns of `encounters_exact`.
    """
    begin, end = span
    t, polishes = guess_s, -1
    for _ in range(_MOST_VISITS):
        # Written so that no number fails it too: the nodes of resonances reach no farther.
        if not 2.0 * begin - end <= t <= 2.0 * end - begin:
            return NO_ENCOUNTER
        if not visit(sky, pair[0], pair[1], t, 1 if polishes < 0 else 3, work):
            return NO_ENCOUNTER
        if polishes == _POLISHES:
            _write(work, t, approach)
            return ENCOUNTER if approach[MISS] <= threshold_km else NO_ENCOUNTER
        if polishes >= 0:
            t += _polishing_step(work)
            polishes += 1
        else:
            may_be, step = _coarse_step(work, threshold_km)
            if not may_be:
                return NO_ENCOUNTER
            t += step
            polishes = 0 if abs(step) < _COARSE_S else -1
    return FOR_HOST


@kernel
def is_fast(arcs: Arcs, i: int, j: int, slowest_km_s: float) -> bool:
    """Tell whether a pair is fast in mid-step; `arcs` is one step."""
    u, v = arcs[j, VX] - arcs[i, VX], arcs[j, VX + 1] - arcs[i, VX + 1]
    w = arcs[j, VX + 2] - arcs[i, VX + 2]
    return bool(math.sqrt(u * u + v * v + w * w) > slowest_km_s)


@device_kernel
def _solve(
    sky: Sky,
    arcs: DeviceArray,
    pairs: DeviceArray,
    places: DeviceArray,
    count: int,
    first_step: int,
    steps: int,
    step_s: float,
    threshold_km: float,
    slowest_km_s: float,
    crossings: DeviceArray,
    approaches: DeviceArray,
    slow: DeviceArray,
    counts: DeviceArray,
) -> None:
    c = cuda.grid(1)
    if c >= count:
        return
    i, j, inner = pairs[c, 0], pairs[c, 1], pairs[c, 2]
    step = first_step + inner
    begin, end = step * step_s, (step + 1) * step_s
    work = cuda.local.array(WORK, np.float64)
    approach = cuda.local.array(APPROACH, np.float64)
    verdict = FOR_HOST
    if is_fast(arcs[inner], i, j, slowest_km_s):
        # What is known is tan(n s) / n: off by 3 % of half a step at most.
        guess_s = 0.5 * (begin + end) + places[c]
        verdict = solve(sky, (i, j), (begin, end), guess_s, threshold_km, work, approach)
    if verdict == ENCOUNTER:
        inside = begin - _SPARE_S <= approach[TCA] <= end + _SPARE_S
        if inside or step == 0 or step == steps - 1:
            row = cuda.atomic.add(counts, 1, 1)
            crossings[row, 0], crossings[row, 1], crossings[row, 2] = i, j, step
            for column in range(APPROACH):
                approaches[row, column] = approach[column]
    elif verdict == FOR_HOST:
        row = cuda.atomic.add(counts, 2, 1)
        slow[row, 0], slow[row, 1], slow[row, 2] = i, j, step


def solve_candidates(
    sky: Sky,
    arcs: Any,
    found: tuple[Any, Any, int],
    window: tuple[int, int, float, float, float],
    results: tuple[Any, Any, Any, Any],
) -> None:
    """Solve candidates: rows (object, object, step), their x, and how many.

    `window` is the first step of this piece, the steps of the whole search, their length [s], the
    threshold [km] and the speed [km/s] above which pairs are fast. `results` get crossings as rows
    (object, object, step of the search) and their approaches, slow pairs as the same rows, and the
    numbers of both in places 1 and 2 of the counts.
    """
    _solve[blocks_for(found[2]), THREADS](sky, arcs, *found, *window, *results)
