"""Cycles of burns: when the next is due, and how far one stands out of an object's own past."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from hoshimori.numerics.elements import Floats

FEWEST_INTERVALS = 5
_RECENT = 20
"""Intervals that count: plans change over the years."""
_LEAST_SPREAD = 0.05
"""Of the logarithm of an interval; element sets time a burn to about a day."""


@dataclass(frozen=True, slots=True)
class IntervalForecast:
    """What the next interval between burns will be if it comes from the same law as the last ones.

    Student's t on the logarithm of the interval.
    """

    log_centre: float
    log_spread: float
    freedom: int

    def quantile_days(self, share: float, elapsed_days: float = 0.0) -> float:
        """Return the interval that this share of next ones stays below, given that so many days
        have passed without a burn."""
        passed = self.share_below(elapsed_days)
        at = min(passed + share * (1.0 - passed), 1.0 - 1e-12)
        step = float(stdtrit(self.freedom, at))
        return float(max(np.exp(self.log_centre + self.log_spread * step), elapsed_days))

    def share_below(self, days: float) -> float:
        """Return the share of intervals shorter than this."""
        if days <= 0.0:
            return 0.0
        step = (np.log(days) - self.log_centre) / self.log_spread
        return float(stdtr(self.freedom, step))


def interval_forecast(intervals_days: Floats) -> IntervalForecast | None:
    """Return the forecast that past intervals (oldest first) give; None for fewer than five.

    Source: prediction interval of a normal sample, Hahn and Meeker 1991, Statistical Intervals,
    section 4.6, of logarithms. On logged burns of 17 satellites nine in ten intervals of 90 %
    hold the next burn; benchmarks/accuracy_pattern.py measures that.

    >>> forecast = interval_forecast(np.array([14.0, 13.0, 15.0, 14.0, 14.5, 13.5]))
    >>> round(forecast.quantile_days(0.5), 1), round(forecast.quantile_days(0.95), 1)
    (14.0, 15.6)
    """
    recent = np.log(np.maximum(intervals_days[-_RECENT:], 1e-3))
    count = len(recent)
    if count < FEWEST_INTERVALS:
        return None
    spread = max(float(recent.std(ddof=1)), _LEAST_SPREAD)
    return IntervalForecast(float(recent.mean()), spread * (1.0 + 1.0 / count) ** 0.5, count - 1)


def discoveries_share(p_values: Floats) -> Floats:
    """Return for each p-value the false-discovery rate at which it would be reported (q-value).

    Source: Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57, 289.

    >>> discoveries_share(np.array([0.01, 0.5, 0.02])).round(3).tolist()
    [0.03, 0.5, 0.03]
    """
    count = len(p_values)
    order = np.argsort(p_values)
    scaled = p_values[order] * count / np.arange(1, count + 1)
    shares = np.empty(count)
    shares[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return shares
