"""Changes of orbit between element sets, measured in the object's own noise.

Everything is told from rows ordered by object and epoch, no epoch twice for one object. Changes are
those of `element_changes`, from an earlier row of the same object to each row. A burn may show at
once or be smeared over the sets whose fit spans hold it; so changes over one, two and four sets
are judged, each by its own noise. That noise is heavy-tailed: medians take the place of means, and
`tails` that of a normal law.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.element_changes import Rows, changes_between, epochs_min
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4 import Satellites

Flags = npt.NDArray[np.bool_]

SCALES = (1, 2, 4)
"""Over how many sets changes are judged."""
COMPONENT_WEIGHTS = (1.0, 0.5, 0.5)
"""In-track, along and behind the node: the plane's noise has the heavier tails."""
_RENEWED_EVERY = 8
"""Rows for which a median and spread are kept."""
_SCALE_DAYS = 2.5
"""How much longer a change over one more set may take."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """What changed at each element set, shape (n, 3) where not said otherwise."""

    change_m_s: Floats
    """Change since the set before, less the object's own usual rate."""
    rate_m_s_day: Floats
    """That usual rate."""
    spread_m_s: Floats
    """Robust spread of such changes around the set, with a floor."""
    score: Floats
    """Persistent change over its spread, signed, at the scale where it is largest; 0 where a
    neighbouring set contradicts."""
    scale: npt.NDArray[np.int8]
    """Over how many sets the score was reached."""
    confirmed: Flags
    """Whether a later set exists that could contradict, shape (n,)."""

    @property
    def strength(self) -> Floats:
        """The largest weighted score of any component, shape (n,)."""
        weighted = np.abs(self.score) * np.asarray(COMPONENT_WEIGHTS)
        return np.asarray(weighted.max(axis=1, initial=0.0))


def first_rows(object_id: Rows) -> Rows:
    """Return for each row the first row of the same object.

    >>> first_rows(np.array([7, 7, 9, 9, 9])).tolist()
    [0, 0, 2, 2, 2]
    """
    rows = np.arange(len(object_id))
    starts = np.ones(len(object_id), dtype=bool)
    starts[1:] = object_id[1:] != object_id[:-1]
    return np.maximum.accumulate(np.where(starts, rows, 0))


def find_steps(
    satellites: Satellites,
    object_id: Rows,
    floor_m_s: Floats,
    *,
    window: int,
    fewest: int,
    longest_gap_days: float,
    left_out: Flags | None = None,
) -> Steps:
    """Return the changes of every object at each of its element sets, and how they stand out.

    `satellites` are the element sets, one row each. `floor_m_s` of shape (n, 3) is the least
    spread; `window` sets around each set give rate and spread; objects with fewer than `fewest`
    sets have score 0. A change counts as far as it shows from this set and the next to both sets
    before: a single bad set leaves nothing. Sets more than `longest_gap_days` apart are not
    compared, nor are steps that end at rows `left_out` (of slow thrust: its rate would be taken for
    the object's own, and rest for a burn back).
    Source: consistency check of Lemmens and Krag 2014, JGCD 37(3), 860, with robust statistics.
    """
    first = first_rows(object_id)
    days = epochs_min(satellites) / 1440.0
    score, scale = np.zeros((len(first), 3)), np.ones((len(first), 3), np.int8)
    smallest: tuple[Floats, Floats, Floats, Flags] | None = None
    for sets in SCALES:
        judged = _judged(
            satellites, first, days, sets, floor_m_s, window, fewest, longest_gap_days, left_out
        )
        larger = np.abs(judged[4]) > np.abs(score)
        score, scale = np.where(larger, judged[4], score), np.where(larger, np.int8(sets), scale)
        smallest = smallest or judged[:4]
    assert smallest is not None
    change, rate, spread, confirmed = smallest
    return Steps(change, rate, spread, score, scale, confirmed)


def _judged(
    satellites: Satellites,
    first: Rows,
    days: Floats,
    sets: int,
    floor_m_s: Floats,
    window: int,
    fewest: int,
    longest_gap_days: float,
    left_out: Flags | None,
) -> tuple[Floats, Floats, Floats, Flags, Floats]:
    """Return change, rate, spread, whether confirmed, and score at one scale."""
    change, span = changes_over(satellites, first, days, sets)
    longer, longer_span = changes_over(satellites, first, days, sets + 1)
    longest = longest_gap_days + _SCALE_DAYS * (sets - 1)
    change[span > longest] = np.nan
    longer[longer_span > longest + longest_gap_days] = np.nan
    if left_out is not None:
        change[_touched(left_out, sets)] = np.nan
        longer[_touched(left_out, sets + 1)] = np.nan
    rate, spread = rates_and_spreads(change, span, first, window, fewest)
    usual_span, _ = rates_and_spreads(span[:, None], np.ones_like(span), first, window, fewest)
    change -= rate * span[:, None]
    longer -= rate * longer_span[:, None]
    spread = np.fmax(spread * np.fmax(1.0, span[:, None] / usual_span), floor_m_s * np.sqrt(sets))
    following = np.full_like(longer, np.nan)
    following[:-1] = np.where((first[1:] == first[:-1])[:, None], longer[1:], np.nan)
    score = np.nan_to_num(persistent(change, longer, following) / spread)
    return change, rate, spread, np.asarray(np.isfinite(following).all(axis=1)), score


def _touched(left_out: Flags, sets: int) -> Flags:
    """Return the rows over whose last `sets` steps one is left out."""
    so_far = np.cumsum(np.append(np.zeros(sets, np.int64), left_out))
    return np.asarray(np.greater(so_far[sets:], so_far[:-sets]))


def changes_over(
    satellites: Satellites, first: Rows, days: Floats, sets: int
) -> tuple[Floats, Floats]:
    """Return the changes (in-track and two across, m/s) over some sets, and over how many days.

    Shapes (n, 3) and (n,); NaN where the object has fewer sets before.
    """
    change, span = np.full((len(first), 3), np.nan), np.full(len(first), np.nan)
    newer = np.flatnonzero(np.arange(len(first)) - first >= sets)
    if len(newer):
        change[newer] = changes_between(satellites, newer - sets, newer)[:, :3]
        span[newer] = days[newer] - days[newer - sets]
    return change, span


def persistent(change: Floats, since_before: Floats, until_after: Floats) -> Floats:
    """Return the part of a change on which its neighbours agree; NaN neighbours do not vote.

    >>> persistent(np.array([5.0, 5.0]), np.array([4.0, -1.0]), np.array([np.nan, 5.0])).tolist()
    [4.0, 0.0]
    """
    sign = np.sign(change)
    smallest = np.fmin(np.fmin(sign * change, sign * since_before), sign * until_after)
    return np.asarray(sign * np.maximum(smallest, 0.0))


@kernel
def rates_and_spreads(
    values: Floats, span: Floats, first: Rows, window: int, fewest: int
) -> tuple[Floats, Floats]:
    """Return median rate and spread (1.4826 MAD about it) of each column around each row.

    `values` of shape (n, columns) grew over `span`, shape (n,). Up to `window` rows of the object
    are used, as many before as after where it has them; both are renewed at every eighth row of an
    object. NaN values do not count; where fewer than `fewest` - 1 do, the results are NaN.
    """
    rows, columns = values.shape
    rates = np.full((rows, columns), np.nan)
    spreads = np.full((rows, columns), np.nan)
    held = np.empty(window + 1)
    last = 0
    for row in range(rows):
        if row == first[row]:
            last = row
            while last + 1 < rows and first[last + 1] == row:
                last += 1
        if (row - first[row]) % _RENEWED_EVERY:
            rates[row], spreads[row] = rates[row - 1], spreads[row - 1]
            continue
        start = max(first[row], min(row - window // 2, last + 1 - window))
        stop = min(last + 1, start + window)
        for column in range(columns):
            rates[row, column], spreads[row, column] = _rate_and_spread(
                values[start:stop, column], span[start:stop], held, fewest - 1
            )
    return rates, spreads


@kernel
def _rate_and_spread(
    values: Floats, span: Floats, held: Floats, fewest: int
) -> tuple[float, float]:
    """Return median rate and spread of some values; `held` is memory to work in."""
    count = 0
    for k in range(len(values)):
        rate = values[k] / span[k]
        if not np.isnan(rate):
            held[count] = rate
            count += 1
    if count < max(fewest, 1):
        return np.nan, np.nan
    median = np.median(held[:count])
    count = 0
    for k in range(len(values)):
        off = values[k] - median * span[k]
        if not np.isnan(off):
            held[count] = abs(off)
            count += 1
    return median, 1.4826 * np.median(held[:count])
