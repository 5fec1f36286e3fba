"""Shares and rates with the intervals that the counts allow; what chance brings among many."""

from __future__ import annotations

import math

import numpy as np

from hoshimori.numerics.elements import Floats

_Z_95 = 1.959963984540054
"""Two-sided 95 % quantile of the normal distribution."""


def share_interval(count: int, total: int) -> tuple[float, float, float]:
    """Return low end, best value and high end (95 %) of the share `count` of `total`.

    Of nothing at all the best value is 0.5 and the interval [0, 1].
    Source: Wilson 1927, J. Am. Stat. Assoc. 22, 209; Brown, Cai and DasGupta 2001, eq. 4.

    >>> [round(x, 4) for x in share_interval(0, 100)]
    [0.0, 0.0, 0.037]
    """
    if not 0 <= count <= total:
        raise ValueError(f"a share needs 0 <= count <= total, got {count} of {total}")
    if total == 0:
        return 0.0, 0.5, 1.0
    best = count / total
    weight = _Z_95**2 / total
    centre = (best + weight / 2.0) / (1.0 + weight)
    half = math.sqrt(weight * (best * (1.0 - best) + weight / 4.0)) / (1.0 + weight)
    return min(best, max(0.0, centre - half)), best, max(best, min(1.0, centre + half))


def rate_interval(count: int, exposure: float) -> tuple[float, float, float]:
    """Return low end, best value and high end (95 %) of a rate of `count` events in an exposure.

    Byar's approximation to the exact Poisson interval.
    Source: Breslow and Day 1987, Statistical Methods in Cancer Research II, eq. 2.13 f.

    >>> [round(x, 2) for x in rate_interval(10, 2.0)]
    [2.39, 5.0, 9.2]
    """
    up = count + 1
    low = 0.0
    if count:
        low = count * (1 - 1 / (9 * count) - _Z_95 / (3 * math.sqrt(count))) ** 3
    high = up * (1 - 1 / (9 * up) + _Z_95 / (3 * math.sqrt(up))) ** 3
    return low / exposure, count / exposure, high / exposure


def discovery_limit(p_values: Floats, tests: int, rate: float) -> float:
    """Return the largest p-value that may be reported when `tests` were made.

    Of what is reported, a share of `rate` at most is expected to be chance; 0 where nothing may be.
    Source: Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57, 289.

    >>> discovery_limit(np.array([0.001, 0.009, 0.04, 0.5]), 10, 0.05)
    0.009
    """
    ordered = np.sort(p_values)
    allowed = rate * np.arange(1, len(ordered) + 1) / max(tests, 1)
    passing = np.flatnonzero(ordered <= allowed)
    return float(ordered[passing[-1]]) if len(passing) else 0.0
