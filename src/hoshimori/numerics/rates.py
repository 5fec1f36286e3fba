"""Shares of a population, with the interval that the counts allow."""

from __future__ import annotations

import math

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
