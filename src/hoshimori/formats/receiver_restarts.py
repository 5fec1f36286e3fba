"""Where the numbers of a receiver's samples begin anew, told from rows that correct others.

A receiver that is switched on again counts from the beginning again: many rows on end say something
else under numbers that were used before. A correction is a few rows, or a list with holes, or
repeats what was said with few changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from hoshimori.model.receivers import Floats, Moments

Bools = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

FEWEST_ANEW = 20
"""Samples; fewer under numbers used before are corrections. As many may be missing at the start."""
SILENCE = np.timedelta64(1, "h")
"""How long nothing is taken to have been measured before numbers begin anew: longer than what any
disturbance is followed over."""


def restarts_in(number: Floats, satellite: Whole, values: Floats) -> list[int]:
    """Return the rows of one receiver, as written, at which its numbers begin anew.

    `satellite` tells signals apart, `values` (rows, quantities) is what was measured, NaN where it
    was not. Rows that name other signals, or fill in what others left open, belong to the samples
    of those; rows out of order are only out of order.
    """
    edges = [0, *(np.flatnonzero(np.diff(number) < 0.0) + 1).tolist(), len(number)]
    found: list[int] = []
    begun = 0
    for first, end in pairwise(edges):
        if first == 0 or end - first < FEWEST_ANEW:
            continue
        before, run = slice(begun, first), slice(first, end)
        if number[first] > number[before].min() + FEWEST_ANEW:
            continue
        again, other = _said_again(number, satellite, values, before, run)
        used = number[before]
        covered = used[(used >= number[first]) & (used <= number[end - 1])]
        samples = len(np.unique(number[run][again]))
        enough = samples >= FEWEST_ANEW and 2 * samples >= len(np.unique(covered))
        if enough and 2 * np.count_nonzero(other) > np.count_nonzero(again):
            found.append(first)
            begun = first
    return found


def _said_again(
    number: Floats, satellite: Whole, values: Floats, before: slice, run: slice
) -> tuple[Bools, Bools]:
    """Return which rows of a run speak of samples known before, and which say something else."""
    names = int(satellite.max(initial=0)) + 1
    keys = number * names + satellite
    used, latest = np.unique(keys[before][::-1], return_index=True)
    latest = before.stop - 1 - latest
    place = np.minimum(np.searchsorted(used, keys[run]), len(used) - 1)
    same_key = used[place] == keys[run]
    old, new = values[latest[place]], values[run]
    both = np.isfinite(old) & np.isfinite(new)
    fills_in = same_key & ~both.any(axis=1)
    known_sample = np.isin(number[run], number[before])
    known_signal = np.isin(satellite[run], satellite[before])
    again = known_sample & known_signal & ~fills_in
    return again, again & ~(same_key & ~(both & (old != new)).any(axis=1))


def later_times(moments: Moments, begins: Sequence[int], step: np.timedelta64) -> Moments:
    """Return moments of one receiver's rows, each restart a silence after what stands before.

    When numbers began anew no file tells: only that it was later. `step` is that of the samples.
    """
    told = moments.copy()
    for (before, first), (_, end) in pairwise(pairwise([0, *begins, len(moments)])):
        since = told[before:first].max() + max(SILENCE, step)
        told[first:end] += since - moments[first:end].min()
    return told
