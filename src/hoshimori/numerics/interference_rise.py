"""Since when an area that is disturbed all the time is disturbed more than it was."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import bdtrc

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.interference import Whole

_BEFORE_DAYS = 60
_LONGEST_DAYS = 60
_FEWEST_BEFORE = 20
_HIGH = 0.9
"""Quantile of the days before that a day must exceed to count as high."""
_LEAST_FACTOR = 1.3
_CHANCE = 0.01
"""Of a rise by chance, over all days at which it could have begun."""


class Step(NamedTuple):
    """A rise of daily shares that lasts until the last day."""

    since_day: int
    before: float
    """Median share of the days before."""
    since: float
    """Median share of the days from then on."""


def step_up(days: Whole, shares: Floats) -> Step | None:
    """Return since which day shares (ascending days) are higher than in the two months before.

    The day is the one that parts them with the least sum of absolute deviations from the medians
    of both sides. Told where the median rose by 30 % or more and more days are above nine in ten
    of those before than chance brings in a hundred such series (binomial; days are taken as
    independent, which they are not quite). None where nothing rose or the past is too short.

    Source: least absolute deviations, Bai 1995, Econometric Theory 11, 403.

    >>> shares = np.array([0.1, 0.12, 0.11, 0.09] * 10 + [0.2, 0.22, 0.21, 0.2])
    >>> step = step_up(np.arange(44), shares)
    >>> step.since_day, round(step.before, 3), round(step.since, 3)
    (40, 0.105, 0.205)
    """
    recent = days > days[-1] - _BEFORE_DAYS - _LONGEST_DAYS if len(days) else np.zeros(0, np.bool_)
    days, shares = days[recent], shares[recent]
    places = range(_FEWEST_BEFORE, len(days))
    if not len(places):
        return None
    at = min(places, key=lambda place: _misfit(shares, place))
    past = shares[:at][days[:at] >= days[at] - _BEFORE_DAYS]
    before, since = float(np.median(past)), float(np.median(shares[at:]))
    high = int(np.count_nonzero(shares[at:] > np.quantile(past, _HIGH)))
    by_chance = float(bdtrc(high - 1, len(shares) - at, 1.0 - _HIGH)) * len(places)
    if since < _LEAST_FACTOR * before or by_chance > _CHANCE:
        return None
    return Step(int(days[at]), before, since)


def _misfit(shares: Floats, place: int) -> float:
    sides = (shares[:place], shares[place:])
    return float(sum(np.abs(side - np.median(side)).sum() for side in sides))
