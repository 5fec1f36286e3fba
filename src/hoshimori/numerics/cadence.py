"""How often element sets of an object come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats, Times

Ids = npt.NDArray[np.int64]

_SAME_SET_DAYS = 0.01
"""Epochs closer than this are one delivery, not an interval."""


@dataclass(frozen=True, slots=True, eq=False)
class Cadence:
    """Intervals between successive element sets, one row for each object, ordered by id."""

    object_id: Ids
    intervals: Ids
    """How many intervals were seen."""
    median_days: Floats
    """NaN where none was seen."""
    spread_days: Floats
    """1.4826 times the median absolute deviation; NaN where no interval was seen."""
    longest_days: Floats


def cadence(object_id: Ids, epoch_utc: Times) -> Cadence:
    """Return the cadence of every object; rows of any order.

    >>> days = np.array([0, 1, 2, 4, 0], "timedelta64[D]") + np.datetime64("2025-01-01", "us")
    >>> seen = cadence(np.array([5, 5, 5, 5, 9]), days)
    >>> seen.median_days.tolist(), seen.longest_days.tolist(), seen.intervals.tolist()
    ([1.0, nan], [2.0, nan], [3, 0])
    """
    order = np.lexsort((epoch_utc, object_id))
    ids, epochs = object_id[order], epoch_utc[order]
    days = np.diff(epochs) / np.timedelta64(1, "D")
    real = (ids[1:] == ids[:-1]) & (days > _SAME_SET_DAYS)
    objects, owner = np.unique(ids, return_inverse=True)
    owner, days = owner[1:][real], np.asarray(days[real])
    median = _median_of_groups(days, owner, len(objects))
    spread = 1.4826 * _median_of_groups(np.abs(days - median[owner]), owner, len(objects))
    longest = np.full(len(objects), -np.inf)
    np.maximum.at(longest, owner, days)
    longest[np.isinf(longest)] = np.nan
    counts = np.bincount(owner, minlength=len(objects)).astype(np.int64)
    return Cadence(objects, counts, median, spread, longest)


def _median_of_groups(values: Floats, group: Ids, groups: int) -> Floats:
    """Return the median of each group; NaN for groups without values."""
    ordered = values[np.lexsort((values, group))]
    counts = np.bincount(group, minlength=groups)
    starts = np.cumsum(counts) - counts
    medians = np.full(groups, np.nan)
    some = counts > 0
    low = starts[some] + (counts[some] - 1) // 2
    high = starts[some] + counts[some] // 2
    medians[some] = (ordered[low] + ordered[high]) / 2.0
    return medians
