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
_SHORTEST_DAYS = 7
"""Traffic and habits go by weeks: what is shorter is no level yet."""
_LONGEST_WAVE_DAYS = 28
_WAVES_DAYS = 182
"""Areas that are disturbed all the time come in waves of weeks: so far back they are looked at."""
_FEWEST_WAVES = 28


class Step(NamedTuple):
    """A rise of daily shares that lasts until the last day."""

    since_day: int
    before: float
    """Median share of the days before."""
    since: float
    """Median share of the days from then on."""


def step_up(days: Whole, shares: Floats) -> Step | None:
    """Return since which day shares (ascending days) are higher than ever in the half year before.

    The day is the one that parts the last four months with the least sum of absolute deviations
    from the medians of both sides. Told where it is a week ago or longer, where more days since are
    above nine in ten of those of two months before than chance brings in a hundred such series
    (binomial; days are taken as independent), and where the level since is 30 % above the highest
    that was held for as long (four weeks at most) in the half year before: days are not independent
    and come in waves, so that what only comes again is no rise. None where nothing rose or the past
    is too short.

    Source: least absolute deviations, Bai 1995, Econometric Theory 11, 403.

    >>> shares = np.array([0.1, 0.12, 0.11, 0.09] * 10 + [0.2, 0.22, 0.21, 0.2] * 2)
    >>> step = step_up(np.arange(48), shares)
    >>> step.since_day, round(step.before, 3), round(step.since, 3)
    (40, 0.105, 0.205)
    """
    recent = days > days[-1] - _BEFORE_DAYS - _LONGEST_DAYS if len(days) else np.zeros(0, np.bool_)
    first = int(np.argmax(recent)) if len(days) else 0
    places = range(first + _FEWEST_BEFORE, len(days))
    if not len(places):
        return None
    at = min(places, key=lambda place: _misfit(shares[first:], place - first))
    past = shares[first:at][days[first:at] >= days[at] - _BEFORE_DAYS]
    before, since = float(np.median(past)), float(np.median(shares[at:]))
    high = int(np.count_nonzero(shares[at:] > np.quantile(past, _HIGH)))
    by_chance = float(bdtrc(high - 1, len(shares) - at, 1.0 - _HIGH)) * len(places)
    lasts = int(days[-1] - days[at]) + 1
    if since < _LEAST_FACTOR * before or by_chance > _CHANCE or lasts < _SHORTEST_DAYS:
        return None
    waves = _held_before(days, shares, at, min(lasts, _LONGEST_WAVE_DAYS))
    if len(waves) < _FEWEST_WAVES or since < _LEAST_FACTOR * max(waves):
        return None
    return Step(int(days[at]), before, since)


def _held_before(days: Whole, shares: Floats, at: int, length: int) -> list[float]:
    """Return the median share of every so many days on end in the half year before a day.

    Of the days at least half must be known.
    """
    since, until = max(int(days[at]) - _WAVES_DAYS, int(days[0])), int(days[at])
    ends = np.arange(since + length, until + 1)
    edges = zip(np.searchsorted(days, ends - length), np.searchsorted(days, ends), strict=True)
    return [float(np.median(shares[a:b])) for a, b in edges if 2 * (b - a) >= length]


def _misfit(shares: Floats, place: int) -> float:
    sides = (shares[:place], shares[place:])
    return float(sum(np.abs(side - np.median(side)).sum() for side in sides))
