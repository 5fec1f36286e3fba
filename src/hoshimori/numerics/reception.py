"""When a measured series leaves what is usual for it, and comes back: onset, end, depth.

A series is judged by its own past alone: median and robust spread of its last quiet samples. A
cumulative sum of what exceeds half the least change of interest tells the onset; each sample adds
at most a half, so that no single one can raise it however absurd it is. What is disturbed does not
become the norm.
Source: Page 1954, Biometrika 41, 100 (cumulative sums; the onset is where the sum last was zero);
Huber 1964, Ann. Math. Stat. 35, 73 (bounded contributions).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel

Whole = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SPREADS = 4.0
"""A change of so many sigma of the quiet samples counts in full."""
RAISED_AT = 1.25
"""Of the cumulative sum: reached by three samples in full at the earliest."""
CALM = 3
"""So many samples below half the least change end an episode."""


_INSIDE, _ONSET, _CALM, _CALM_FROM, _NUMBER = range(5)
_HELD, _PLACE, _FRESH = range(3)
_RENEWED_EVERY = 12
"""Quiet samples after which median and sigma are computed anew."""


@kernel
def episodes_of(
    t_s: Floats,
    x: Floats,
    least: float,
    floor: float,
    spacing_s: float,
    held_most: int,
    fewest: int,
    gap_s: float,
    settle_s: float,
) -> tuple[Floats, Floats, Whole]:
    """Return median and sigma of the quiet past at each sample, and the number of its episode.

    `x` rises where it is disturbed; NaN is not measured. `least` is the least change of interest
    and `floor` the least sigma. Up to `held_most` quiet samples, `spacing_s` apart at least, are
    the past; with fewer than `fewest` nothing is judged (NaN). Silence longer than `gap_s` ends an
    episode; one that lasts longer than `settle_s` is taken for a new usual and learnt anew.
    Episode 0 is none.
    """
    usual, spread = np.full(len(x), np.nan), np.full(len(x), np.nan)
    episode = np.zeros(len(x), dtype=np.int64)
    held, counts = np.empty(held_most), np.zeros(3, dtype=np.int64)
    level = np.array([np.nan, np.nan])
    state, total = np.zeros(5, dtype=np.int64), np.zeros(1)
    taught_s, last = -np.inf, -1
    for i in range(len(x)):
        if np.isnan(x[i]):
            continue
        if last >= 0 and t_s[i] - t_s[last] > gap_s:
            state[_INSIDE], total[0] = 0, 0.0
        last = i
        is_quiet = True
        if counts[_HELD] >= fewest:
            usual[i], spread[i] = level[0], level[1]
            step = min((x[i] - level[0]) / max(least, SPREADS * level[1]), 1.0) - 0.5
            if not state[_INSIDE]:
                is_quiet = _goes_on_quietly(x, episode, i, step, state, total)
            elif step < 0.0:
                is_quiet = _has_calmed(episode, i, state, total)
            else:
                is_quiet = False
                episode[i], state[_CALM] = state[_NUMBER], 0
                if t_s[i] - t_s[state[_ONSET]] > settle_s:
                    state[_INSIDE], total[0], counts[:] = 0, 0.0, 0
        if is_quiet and t_s[i] - taught_s >= spacing_s:
            taught_s = t_s[i]
            _teach(x[i], held, counts, level, floor, fewest)
    return usual, spread, episode


@kernel
def _goes_on_quietly(
    x: Floats, episode: Whole, i: int, step: float, state: Whole, total: Floats
) -> bool:
    """Add a sample outside of episodes; tell whether it is quiet beyond doubt."""
    if total[0] <= 0.0:
        state[_ONSET] = i
    total[0] = max(0.0, total[0] + step)
    if total[0] >= RAISED_AT:
        state[_INSIDE], state[_CALM] = 1, 0
        state[_NUMBER] += 1
        for j in range(state[_ONSET], i + 1):
            if not np.isnan(x[j]):
                episode[j] = state[_NUMBER]
    return bool(total[0] <= 0.0)


@kernel
def _has_calmed(episode: Whole, i: int, state: Whole, total: Floats) -> bool:
    """Add a calm sample in an episode; tell whether it has ended with that."""
    episode[i] = state[_NUMBER]
    if state[_CALM] == 0:
        state[_CALM_FROM] = i
    state[_CALM] += 1
    if state[_CALM] < CALM:
        return False
    episode[state[_CALM_FROM] : i + 1] = 0
    state[_INSIDE], total[0] = 0, 0.0
    return True


@kernel
def _teach(
    value: float, held: Floats, counts: Whole, level: Floats, floor: float, fewest: int
) -> None:
    """Put a quiet sample into the past; renew median and sigma where it is time."""
    held[counts[_PLACE]] = value
    counts[_PLACE] = (counts[_PLACE] + 1) % len(held)
    counts[_HELD] = min(counts[_HELD] + 1, len(held))
    counts[_FRESH] += 1
    count = counts[_HELD]
    if count == fewest or (count > fewest and counts[_FRESH] >= _RENEWED_EVERY):
        level[0] = np.median(held[:count])
        level[1] = max(floor, 1.4826 * np.median(np.abs(held[:count] - level[0])))
        counts[_FRESH] = 0


def stuck(x: Floats, most: int) -> Bools:
    """Return which samples belong to a run of `most` and more equal values; NaN parts runs.

    A series that hardly ever changes by nature is for the caller to spare.

    >>> stuck(np.array([1.0, 2.0, 2.0, 2.0, 3.0]), 3).tolist()
    [False, True, True, True, False]
    """
    if not len(x):
        return np.zeros(0, dtype=np.bool_)
    changes = np.ones(len(x), dtype=np.bool_)
    changes[1:] = x[1:] != x[:-1]  # NaN differs from NaN
    run = np.cumsum(changes) - 1
    return np.asarray((np.bincount(run) >= most)[run])


def over_satellites(t_s: Floats, cn0_dbhz: Floats) -> tuple[Floats, Floats]:
    """Return mean C/N0 over the satellites expected, and its spread between those tracked.

    Expected are as many as were tracked at the median of the last six hours (most of each ten
    minutes), or as many as now where these are more: one that is lost counts as 0, so that losing
    weak ones lowers the mean. Of five and more the strongest and the weakest do not count: one
    alone is no disturbance of all.
    """
    tracked = np.isfinite(cn0_dbhz) & (cn0_dbhz > 0.0)
    now = tracked.sum(axis=1)
    expected = np.maximum(now, _expected(t_s, now))
    total = np.where(tracked, cn0_dbhz, 0.0).sum(axis=1)
    mean = np.divide(total, expected, out=np.zeros(len(now)), where=expected > 0)
    many = np.flatnonzero(expected >= _ENOUGH_TO_TRIM)
    ordered = np.sort(np.where(tracked, cn0_dbhz, 0.0)[many], axis=1)[:, ::-1]
    weakest = np.minimum(expected[many].astype(np.int64), ordered.shape[1]) - 1
    ends = ordered[:, 0] + ordered[np.arange(len(many)), weakest] if len(many) else 0.0
    mean[many] = (total[many] - ends) / (expected[many] - 2.0)
    among = np.divide(total, now, out=np.zeros(len(now)), where=now > 0)
    off = np.where(tracked, cn0_dbhz - among[:, None], 0.0)
    spread = np.full(len(now), np.nan)
    enough = now >= 3
    spread[enough] = np.sqrt((off[enough] ** 2).sum(axis=1) / (now[enough] - 1))
    return mean, spread


_BLOCK_S, _BLOCKS = 600.0, 36
_ENOUGH_TO_TRIM = 5


def _expected(t_s: Floats, now: Whole) -> Floats:
    """Return how many satellites the last six hours let expect at each sample."""
    block = np.floor(t_s / _BLOCK_S)
    start = np.flatnonzero(np.diff(block, prepend=-1.0))
    most = np.maximum.reduceat(now, start) if len(start) else now
    before = [np.median(most[max(0, k - _BLOCKS) : k]) if k else most[0] for k in range(len(most))]
    return np.repeat(np.array(before, dtype=np.float64), np.diff(np.append(start, len(now))))


def pieces_of(depth: Floats, least: float) -> list[tuple[int, int]]:
    """Return first and last samples of pieces of one episode that differ in depth, in order.

    What is less than half as deep as the deepest (running median of five) is a piece of its own,
    and is cut again where it is itself twice the `least` change somewhere. `depth` is positive
    where disturbed; of NaN the value before holds.

    >>> pieces_of(np.array([9.0] * 6 + [36.0] * 6 + [9.0] * 6), 6.0)
    [(0, 5), (6, 11), (12, 17)]
    """
    whole = [(0, len(depth) - 1)]
    known = np.isfinite(depth)
    if np.count_nonzero(known) < 2 * CALM:
        return whole
    held = depth[np.maximum.accumulate(np.where(known, np.arange(len(depth)), np.argmax(known)))]
    padded = np.concatenate([held[:2][::-1], held, held[-2:][::-1]])
    smooth = np.median(np.lib.stride_tricks.sliding_window_view(padded, 5), axis=1)
    if smooth.max() < 2.0 * least:
        return whole
    runs = _runs(smooth >= 0.5 * smooth.max())
    if len(runs) < 2:
        return whole
    found: list[tuple[int, int]] = []
    for first, last, is_deep in runs:
        own = [(first, last)]
        if not is_deep:
            cut = pieces_of(held[first : last + 1], least)
            own = [(first + a, first + b) for a, b in cut]
        found += own
    return found


def _runs(mask: Bools) -> list[tuple[int, int, bool]]:
    """Return runs of equal values; those shorter than `CALM` belong to what stands before."""
    edges = np.flatnonzero(np.diff(mask)) + 1
    runs: list[tuple[int, int, bool]] = []
    for part in np.split(np.arange(len(mask)), edges):
        is_deep = bool(mask[part[0]])
        if runs and (len(part) < CALM or runs[-1][2] is is_deep):
            runs[-1] = (runs[-1][0], int(part[-1]), runs[-1][2])
        else:
            runs.append((int(part[0]), int(part[-1]), is_deep))
    return runs


def median_interval(values: Floats) -> tuple[float, float, float]:
    """Return low end, median and high end (95 %); samples that follow one another count as fewer.

    Order statistics, with the number of independent samples from the correlation of neighbours.
    Source: Conover 1999, Practical Nonparametric Statistics, 3.2; Bayley and Hammersley 1946
    (effective number of an autoregressive series).

    >>> median_interval(np.array([4.0, 1.0, 3.0, 2.0, 5.0]))
    (1.0, 3.0, 5.0)
    """
    ordered = np.sort(values)
    count = len(ordered)
    middle = float(np.median(ordered))
    alike = 0.0
    if count >= 8 and np.ptp(values) > 0.0:
        off = values - values.mean()
        alike = float(np.clip((off[1:] @ off[:-1]) / (off @ off), 0.0, 0.98))
    independent = max(count * (1.0 - alike) / (1.0 + alike), 1.0)
    half = 0.98 / np.sqrt(independent)
    low = int(np.floor(count * (0.5 - half))) - 1
    high = int(np.ceil(count * (0.5 + half)))
    low, high = max(low, 0), min(high, count - 1)
    return float(min(ordered[low], middle)), middle, float(max(ordered[high], middle))


def rise_s(t_s: Floats, change: Floats, first: int, depth: float) -> float:
    """Return how long a change took from a tenth to half of its depth [s].

    `first` is the sample of the onset; the way there may have begun before. Both `change` and
    `depth` are positive where disturbed. At least the time between two samples.
    """
    known = np.isfinite(change)
    reached = np.flatnonzero(known & (change >= 0.5 * depth) & (np.arange(len(t_s)) >= first))
    if not len(reached):
        return float("nan")
    half = int(reached[0])
    before = np.flatnonzero(known[:half] & (change[:half] <= 0.1 * depth))
    return float(t_s[half] - t_s[before[-1]]) if len(before) else float(t_s[half] - t_s[0])


def as_deep_before(
    t_s: Floats, change: Floats, until_s: float, length_s: float, depth: float
) -> tuple[int, int]:
    """Return how many earlier stretches as long showed at least the depth, and of how many.

    Stretches lie side by side and end at `until_s`; of each the mean of its samples counts.
    """
    known = np.isfinite(change) & (t_s < until_s)
    if not known.any():
        return 0, 0
    stretch = np.ceil((until_s - t_s[known]) / max(length_s, 1.0)).astype(np.int64)
    # Most stretches of long silence hold nothing: number only those that do.
    _, place = np.unique(stretch, return_inverse=True)
    means = np.bincount(place, weights=change[known]) / np.bincount(place)
    return int(np.count_nonzero(means >= depth)), len(means)


def slope_of(days: Floats, values: Floats) -> tuple[float, float]:
    """Return slope a day (median of the slopes of all pairs) and robust sigma about it.

    Source: Theil 1950; Sen 1968, J. Am. Stat. Assoc. 63, 1379.
    """
    first, second = np.triu_indices(len(days), 1)
    slope = float(np.median((values[second] - values[first]) / (days[second] - days[first])))
    rest = values - slope * days
    return slope, float(1.4826 * np.median(np.abs(rest - np.median(rest))))
