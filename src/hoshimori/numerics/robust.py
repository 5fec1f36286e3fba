"""Middles and spreads that outliers and gaps do not move."""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.elements import Floats

MAD_TO_SIGMA = 1.4826
"""A median absolute deviation times this is the standard deviation of a normal distribution."""


def median_of_known(values: Floats) -> Floats:
    """Return medians along the first axis without NaN; NaN where nothing is known.

    >>> median_of_known(np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, np.nan]])).tolist()
    [2.0, nan]
    """
    if not len(values):
        return np.full(values.shape[1:], np.nan)
    ordered = np.sort(values, axis=0)
    known = np.count_nonzero(np.isfinite(values), axis=0)
    low, high = np.maximum(known - 1, 0) // 2, known // 2
    low, high = (np.minimum(k, len(values) - 1)[None] for k in (low, high))
    picked = [np.take_along_axis(ordered, k, axis=0)[0] for k in (low, high)]
    return np.asarray(0.5 * (picked[0] + picked[1]))


def sigma_of_known(values: Floats) -> Floats:
    """Return spreads along the first axis as one sigma: scaled median absolute deviations.

    >>> sigma_of_known(np.array([1.0, 2.0, 3.0, 4.0, 100.0])).round(4).tolist()
    1.4826
    """
    return MAD_TO_SIGMA * median_of_known(np.abs(values - median_of_known(values)))
