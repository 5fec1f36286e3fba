"""From pairs that may meet to exact closest approaches, on a CUDA device, one pair a thread.

For pairs faster than `SLOW_KM_S` the square of the range is convex around a close approach for
longer than a step, so that there is one minimum and Newton's method finds it: the relative
acceleration is below 2 n^2 |d|, and within a step of tau n < 0.35 it cannot turn such a pair round.
Slow pairs, pairs near an edge of the window or of the time in which both can be propagated, and
pairs at which the iteration does not settle are handed back to the host's solver.

Rates are derivatives of *positions*, by central differences, as in `encounters_refine`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import cuda

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4_cuda import THREADS, DeviceArray, Sky, state_of

SLOW_KM_S = 0.1
"""Relative speed below which a pair is left to the host."""
SLACK_S = 1e-3
"""How far outside a step a minimum still counts, so that none is lost between two steps."""

NO_ENCOUNTER, ENCOUNTER, DOUBTFUL = 0, 1, 2
TCA_S, MISS_KM, POSITION, VELOCITY = 0, 1, 2, 5
VALUES = 8
"""Columns of an encounter: time and range of the closest approach, relative position, velocity."""

_STENCIL_S = 0.1
_COARSE_S = 1e-3
_POLISHES = 2
_MOST_VISITS = 16
_SPARE_KM = 0.5
_INCONSISTENT_KM_S = 0.01
"""Twice what SGP4 velocities may differ from the derivatives of positions."""
_MU = WGS72_MU_KM3_S2

# What is asked of the states at the moment visited.
_IS_EDGE, _COARSE, _POLISH = 0, 1, 2

# Rows of the work array: each object now, then before and after for the central differences.
_A, _B, _A_BEFORE, _B_BEFORE, _A_AFTER, _B_AFTER = range(6)
_WORK = (6, 6)

Vector = tuple[float, float, float]
Solution = tuple[int, float, float, Vector, Vector]


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
def _coarse_step(work: Floats, length_s: float, threshold_km: float) -> tuple[int, float]:
    """Return how far the minimum is, by Newton; the verdict is `ENCOUNTER` while there may be one."""
    d, w = _between(work, _A, _B, 0), _between(work, _A, _B, 3)
    d_2, w_2, slope = _dot(d, d), _dot(w, w), _dot(d, w)
    if not w_2 >= SLOW_KM_S * SLOW_KM_S:
        return DOUBTFUL, 0.0
    away_s = -slope / w_2
    a, b = _place(work, _A), _place(work, _B)
    low_2 = min(_dot(a, a), _dot(b, b))
    # How far the minimum can be from that of the straight line from here.
    bend = 4.0 * _MU / (low_2 * math.sqrt(low_2)) * math.sqrt(d_2) * away_s * away_s
    margin = bend + _INCONSISTENT_KM_S * abs(away_s) + _SPARE_KM
    straight = math.sqrt(max(d_2 - slope * slope / w_2, 0.0))
    if abs(away_s) < 0.25 * length_s and straight > threshold_km + margin:
        return NO_ENCOUNTER, 0.0
    return ENCOUNTER, -slope / max(w_2 + _bending(work, d), 0.5 * w_2)


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
def _measured(work: Floats, t_s: float, span: tuple[float, float], threshold_km: float) -> Solution:
    now = _between(work, _A, _B, 0)
    before, after = _between(work, _A_BEFORE, _B_BEFORE, 0), _between(work, _A_AFTER, _B_AFTER, 0)
    per_s = 1.0 / (2.0 * _STENCIL_S)
    velocity = (
        (after[0] - before[0]) * per_s,
        (after[1] - before[1]) * per_s,
        (after[2] - before[2]) * per_s,
    )
    miss = math.sqrt(_dot(now, now))
    inside = span[0] - SLACK_S <= t_s <= span[1] + SLACK_S and miss <= threshold_km
    return (ENCOUNTER if inside else NO_ENCOUNTER), t_s, miss, now, velocity


@kernel
def _only(verdict: int) -> Solution:
    return verdict, 0.0, 0.0, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)


@kernel
def solved(
    sky: Sky,
    pair: tuple[int, int],
    span: tuple[float, float],
    edge_s: float,
    guess_s: float,
    threshold_km: float,
    work: Floats,
) -> Solution:
    """Return what there is in a span of time: verdict, TCA, range, relative position, velocity.

    `edge_s` is the edge of the window if the span touches it, else NaN. `work` has six rows of six.
    """
    begin, end = span
    is_edge = edge_s == edge_s
    asked, t = (_IS_EDGE, edge_s) if is_edge else (_COARSE, guess_s)
    polishes = 0
    for _ in range(_MOST_VISITS):
        if not visit(sky, pair[0], pair[1], t, 3 if asked == _POLISH else 1, work):
            return _only(DOUBTFUL)
        if asked == _POLISH:
            if polishes == _POLISHES:
                return _measured(work, t, span, threshold_km)
            t += _polishing_step(work)
            polishes += 1
        elif asked == _COARSE:
            verdict, step = _coarse_step(work, end - begin, threshold_km)
            if verdict != ENCOUNTER:
                return _only(verdict)
            new = min(max(t + step, begin - SLACK_S), end + SLACK_S)
            asked = _POLISH if abs(new - t) < _COARSE_S else _COARSE
            t = new
        else:
            d = _between(work, _A, _B, 0)
            if _dot(d, d) <= (threshold_km + _SPARE_KM) ** 2:
                return _only(DOUBTFUL)
            asked, t = _COARSE, guess_s
    return _only(DOUBTFUL)


@cuda.jit
def _refine(
    sky: Sky,
    pairs: DeviceArray,
    places: DeviceArray,
    count: int,
    first_step: int,
    steps: int,
    step_s: float,
    threshold_km: float,
    at_gap: DeviceArray,
    rows: DeviceArray,
    values: DeviceArray,
    doubtful: DeviceArray,
    counts: DeviceArray,
) -> None:
    c = cuda.grid(1)
    if c >= count:
        return
    i, j, inner = pairs[c, 0], pairs[c, 1], pairs[c, 2]
    k = first_step + inner
    begin, end = k * step_s, (k + 1) * step_s
    work = cuda.local.array(_WORK, np.float64)
    solution = _only(DOUBTFUL)
    both_edges = steps == 1
    if at_gap[inner, i] == 0 and at_gap[inner, j] == 0 and not both_edges:
        edge_s = begin if k == 0 else end if k == steps - 1 else math.nan
        guess_s = 0.5 * (begin + end) + places[c]  # tan(n s) / n for s: off by 3 % at most
        solution = solved(sky, (i, j), (begin, end), edge_s, guess_s, threshold_km, work)
    verdict, t, miss, d, w = solution
    if verdict == ENCOUNTER:
        place = cuda.atomic.add(counts, 1, 1)
        rows[place, 0], rows[place, 1] = i, j
        values[place, TCA_S], values[place, MISS_KM] = t, miss
        values[place, 2], values[place, 3], values[place, 4] = d
        values[place, 5], values[place, 6], values[place, 7] = w
    elif verdict == DOUBTFUL:
        place = cuda.atomic.add(counts, 2, 1)
        doubtful[place, 0], doubtful[place, 1], doubtful[place, 2] = i, j, k


def refine(
    sky: Sky,
    found: tuple[Any, Any, int],
    window: tuple[int, int, float, float],
    at_gap: Any,
    results: tuple[Any, Any, Any, Any],
) -> None:
    """Solve candidates: rows (object, object, step), their x, and how many.

    `window` is the first step of this piece, the steps of the whole search, their length [s] and
    the threshold [km]. `results` get encounters as rows (object, object) and `VALUES`, doubtful
    ones as (object, object, step of the search), and their numbers in places 1 and 2 of the counts.
    """
    blocks = max(-(-found[2] // THREADS), 1)
    _refine[blocks, THREADS](sky, *found, *window, at_gap, *results)
