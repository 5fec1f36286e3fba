"""How fast low orbits sink now: what they sank on other days, as if in the air of today.

An orbit sinks ever faster as it comes into thicker air, so slopes of different days differ though
nothing has changed. Divided by what the air of their own height takes and multiplied by what that
of the present height takes they are alike, also across a burn, as long as area, mass and solar
activity are. What the rate is now is told from the longest span of the newest past with which all
shorter ones agree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.robust import MAD_TO_SIGMA

Rows = npt.NDArray[np.int64]

SPANS_DAYS = np.array([2.0, 3.0, 5.0, 8.0, 15.0])
"""Spans of the past that are tried, the shortest first."""
_ENOUGH_DAYS = 5.0
"""Longer ones are asked only where noise leaves the rate uncertain by more than the next."""
_ENOUGH_SHARE = 0.1
_FEWEST_SETS = 4
_FILLED_SHARE = 0.6
"""Of a span, that its element sets reach over."""
_LEAST_APART_DAYS = 0.2
"""Nearer sets tell nothing more."""
_LEAST_LAG_DAYS = 0.4
_NOISE_KM = 0.02
"""Least noise of an axis: a published set's, about its neighbours (one sigma)."""
_CERTAIN = 3.0
"""Standard deviations at which rates differ, or differ from none."""
_WEATHER = 1.6
"""Rates of different spans differ by such a factor by the weather of the air alone."""
_JUMP_SIGMA, _LEAST_JUMP_KM, _JUMP_FACTOR = 6.0, 0.1, 1.5
"""A step is odd by so many standard deviations, so much at least, and so many usual steps."""
_RISE_SIGMA = 4.0
_QUANTILE_SIGMA = 0.385
"""Below so many standard deviations lie three in ten of a normal law."""
_AIR_SHARE = 0.2
"""The scale height of the air is that of the table within such a share (one sigma)."""
_SMEARED_DAYS = 0.8
"""Fits reach so far back over a burn that they spread it over sets."""
_RATE, _NOISE, _SETS, _OVER, _CHANGED, _BY_AIR = range(6)
_COLUMNS = 6
"""What kernels tell: rate and its noise, sets and days, whether changed, share of sigma by air."""


@dataclass(frozen=True, slots=True, eq=False)
class Sinking:
    """How fast each semi-major axis shrinks at its newest element set, shapes (n,)."""

    rate_km_day: Floats
    """NaN where too few sets tell, zero where what they tell may be noise."""
    sigma_km_day: Floats
    """By the noise of the sets, and by the unknown air between their heights and the present."""
    sets: Rows
    """How many element sets tell it."""
    over_days: Floats
    """Over which time."""
    changed: npt.NDArray[np.bool_]
    """Whether the time before was left out because the rate was another."""


def sinking_now(
    days: Floats, axis_km: Floats, pull_km_day: Floats, starts: Rows, stops: Rows
) -> Sinking:
    """Return how fast orbits sink at their newest element sets.

    `days`, `axis_km` and `pull_km_day` (`reentry.pull_km_day`) belong to element sets ordered by
    object and time; those of object k are rows `starts[k]` to `stops[k]`. The rate over a span is
    the median slope between its sets. A jump (a burn, or a set that is off) is taken out. Who rose
    in the past has the rate of the whole past, with its burns: what sinks between burns that take
    it back does not come down.
    Source: slopes by Sen 1968, J. Am. Stat. Assoc. 63, 1379; the choice of the span by Lepski 1991,
    Theory Probab. Appl. 35, 454.

    >>> days = np.arange(9.0)
    >>> axis_km, pull = 6700.0 - 0.5 * days, np.ones(9)
    >>> sinking_now(days, axis_km, pull, np.array([0]), np.array([9])).rate_km_day.round(3)
    array([0.5])
    """
    told = _all(days, axis_km, pull_km_day, starts, stops, SPANS_DAYS)
    rate, noise = told[:, _RATE], told[:, _NOISE]
    known = np.isfinite(rate)
    return Sinking(
        np.where(rate > _CERTAIN * noise, rate, np.where(known, 0.0, np.nan)),
        np.hypot(noise, rate * told[:, _BY_AIR]),
        told[:, _SETS].astype(np.int64),
        told[:, _OVER],
        told[:, _CHANGED] > 0.0,
    )


@kernel
def _all(
    days: Floats, axis: Floats, pull: Floats, starts: Rows, stops: Rows, spans: Floats
) -> Floats:
    told = np.empty((len(starts), _COLUMNS))
    for k in range(len(starts)):
        rows = _thinned(days, starts[k], stops[k], spans[-1])
        if len(rows) < _FEWEST_SETS:
            told[k] = _nothing()
        else:
            told[k] = _one(days[rows], axis[rows], pull[rows], spans)
    return told


@kernel
def _nothing() -> Floats:
    return np.array([np.nan, np.nan, 1.0, 0.0, 0.0, 0.0])


@kernel
def _one(t: Floats, axis: Floats, pull: Floats, spans: Floats) -> Floats:
    if _rise_km(axis) > max(_RISE_SIGMA * _noise_km(t, axis), _LEAST_JUMP_KM):
        return _whole(t, axis)
    fall = _in_the_air_of_now(axis, pull)
    limit = max(_JUMP_SIGMA * _noise_km(t, fall), _LEAST_JUMP_KM)
    fall, since, jump, risen = _without_jumps(t, fall, limit)
    if risen > limit:
        return _whole(t, axis)
    told = _newest(t[since:], fall[since:], pull[since:], spans)
    if since:
        told[_CHANGED] = 1.0
    if jump > since:
        after = _newest(t[jump:], fall[jump:], pull[jump:], spans)
        if _share(after) < _share(told):
            after[_CHANGED] = told[_CHANGED]
            return after
    return told


@kernel
def _share(told: Floats) -> float:
    """Return the sigma of a rate as a share of it; infinite where there is none."""
    if not told[_RATE] > 0.0:
        return math.inf
    return math.hypot(told[_NOISE] / told[_RATE], told[_BY_AIR])


@kernel
def _whole(t: Floats, axis: Floats) -> Floats:
    """Return the rate over all of the past, or of its newest days if less."""
    told = _nothing()
    rate, noise = _slope(t, axis)
    own = min(np.searchsorted(t, t[-1] - _ENOUGH_DAYS), len(t) - 3)
    newest, newest_noise = _slope(t[own:], axis[own:])
    if newest < rate:
        rate, noise = newest, newest_noise
    told[_RATE], told[_NOISE], told[_SETS], told[_OVER] = rate, noise, len(t), t[-1] - t[0]
    return told


@kernel
def _newest(t: Floats, fall: Floats, pull: Floats, spans: Floats) -> Floats:
    """Return what the longest span tells with which all shorter ones agree."""
    told = _nothing()
    low, high = -math.inf, math.inf
    for span in spans:
        own = np.searchsorted(t, t[-1] - span)
        count, lasts = len(t) - own, t[-1] - t[own]
        if count < _FEWEST_SETS or lasts < _FILLED_SHARE * span or count == told[_SETS]:
            continue
        if span > _ENOUGH_DAYS and told[_NOISE] <= _ENOUGH_SHARE * told[_RATE]:
            break
        rate, noise = _slope(t[own:], fall[own:])
        if rate < low / _WEATHER or rate > high * _WEATHER:
            told[_CHANGED] = 1.0
            break
        told[_RATE], told[_NOISE], told[_SETS], told[_OVER] = rate, noise, count, lasts
        told[_BY_AIR] = _AIR_SHARE * abs(math.log(pull[-1] / np.median(pull[own:])))
        low, high = max(low, rate - _CERTAIN * noise), min(high, rate + _CERTAIN * noise)
    return told


@kernel
def _thinned(days: Floats, start: int, stop: int, longest: float) -> Rows:
    """Return the rows of an object's newest past, none too near to the next one kept."""
    kept = np.empty(stop - start, dtype=np.int64)
    count = 0
    for row in range(stop - 1, start - 1, -1):
        if days[stop - 1] - days[row] > longest:
            break
        if count == 0 or days[kept[count - 1]] - days[row] >= _LEAST_APART_DAYS:
            kept[count] = row
            count += 1
    return kept[:count][::-1].copy()


@kernel
def _in_the_air_of_now(axis: Floats, pull: Floats) -> Floats:
    """Return heights above the newest one, as if all of the way led through its air.

    Between two sets the logarithm of the pull is taken to be a straight line in height.
    """
    fall = np.zeros(len(axis))
    for i in range(len(axis) - 2, -1, -1):
        ratio = pull[i + 1] / pull[i]
        mean = 1.0 / pull[i]
        if abs(ratio - 1.0) > 1e-6:
            mean *= (1.0 - 1.0 / ratio) / math.log(ratio)
        fall[i] = fall[i + 1] + (axis[i] - axis[i + 1]) * mean * pull[-1]
    return fall


@kernel
def _noise_km(t: Floats, values: Floats) -> float:
    """Return the noise of single values about the line between their neighbours, one sigma."""
    off = np.empty(len(t) - 2)
    for i in range(1, len(t) - 1):
        share = (t[i] - t[i - 1]) / (t[i + 1] - t[i - 1])
        line = values[i - 1] + share * (values[i + 1] - values[i - 1])
        off[i - 1] = abs(values[i] - line) / math.sqrt(1.0 + share**2 + (1.0 - share) ** 2)
    # A lower quantile than the median: burns may lie beside half of the sets.
    place = 0.3 * (len(off) - 1)
    below = int(place)
    above = min(below + 1, len(off) - 1)
    for i in range(1, len(off)):
        one, k = off[i], i
        while k > 0 and off[k - 1] > one:
            off[k] = off[k - 1]
            k -= 1
        off[k] = one
    value: float = off[below] + (place - below) * (off[above] - off[below])
    return value / _QUANTILE_SIGMA


@kernel
def _rise_km(axis: Floats) -> float:
    """Return by how much an axis rose at most above an earlier one; single sets do not count."""
    lowest, rise = math.inf, 0.0
    for i in range(1, len(axis) - 1):
        middle = np.median(axis[i - 1 : i + 2])
        lowest = min(lowest, middle)
        rise = max(rise, middle - lowest)
    return rise


@kernel
def _without_jumps(t: Floats, fall: Floats, limit_km: float) -> tuple[Floats, int, int, float]:
    """Return heights without jumps, the row of the last new rate and that after the last jump.

    Zero where there are none; and by how much all jumps together raised it.

    A jump is over when fits hold nothing from before it any more; what lasts longer is a rate.
    """
    count = len(t) - 1
    steps, rates, over = np.empty(count), np.empty(count), np.empty(count)
    for i in range(count):
        steps[i] = fall[i] - fall[i + 1]
        rates[i] = steps[i] / (t[i + 1] - t[i])
    usual = np.median(rates)
    odd = np.zeros(count, np.bool_)
    for i in range(count):
        over[i] = steps[i] - usual * (t[i + 1] - t[i])
        odd[i] = abs(over[i]) > max(limit_km, _JUMP_FACTOR * abs(usual) * (t[i + 1] - t[i]))
    since, jump, i, risen = 0, 0, 0, 0.0
    while i < len(steps):
        stop = i + 1
        if odd[i]:
            while stop < len(steps) and odd[stop] and over[stop] * over[i] > 0.0:
                stop += 1
            if t[stop - 1] - t[i + 1] <= _SMEARED_DAYS:
                for j in range(i, stop):
                    steps[j] -= over[j]
                    risen -= over[j]
                jump = stop
            elif stop == len(steps):
                since = i
        i = stop
    kept = np.zeros(len(fall))
    for i in range(len(steps) - 1, -1, -1):
        kept[i] = kept[i + 1] + steps[i]
    return kept, since, jump, risen


@kernel
def _slope(t: Floats, fall: Floats) -> tuple[float, float]:
    """Return the median slope of all pairs of values, downwards, and its sigma."""
    slopes = np.empty(len(t) * (len(t) - 1) // 2)
    count = 0
    for i in range(len(t)):
        for j in range(i + 1, len(t)):
            if t[j] - t[i] >= _LEAST_LAG_DAYS:
                slopes[count] = (fall[i] - fall[j]) / (t[j] - t[i])
                count += 1
    if count == 0:
        return np.nan, np.nan
    rate: float = np.median(slopes[:count])
    level, middle, apart = np.empty(len(t)), 0.0, 0.0
    for i in range(len(t)):
        level[i] = fall[i] + rate * t[i]
        middle += t[i] / len(t)
    at: float = np.median(level)
    for i in range(len(t)):
        level[i] = abs(level[i] - at)
        apart += (t[i] - middle) ** 2
    noise = MAD_TO_SIGMA * np.median(level)
    return rate, math.hypot(noise, _NOISE_KM) / math.sqrt(apart)
