"""Burns out of steps: where one begins and ends, how large it is, and when it happened.

Rows are ordered by object and epoch, as in `change`. Published sets show a burn late: the epoch of
a set may lie after a burn that its observations do not hold yet, and fit spans of days smear a burn
over several sets. Its size is therefore taken between the last set of the old orbit and the first
of the new one, and its time from the phase: after dv in-track the object falls behind by 3 dv a
second, so that the distance from the prediction tells how long ago that was.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.change import COMPONENT_WEIGHTS, Flags, Steps, first_rows
from hoshimori.numerics.element_changes import (
    IN_TRACK,
    PHASE,
    Rows,
    changes_between,
    deep_rows,
    epochs_min,
    fill_changes,
)
from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4 import Satellites

_SMEARED_DAYS = 5.0
"""How far from its peak a change may spread."""
_APART_DAYS = 2.0
"""Burns closer than this to a stronger one are one with it."""
_LATEST_DAYS = 1.5
"""How long after a burn a set may still show the orbit before it."""
_EARLY_DAYS = 0.5
"""How long before a burn a set may show it (sets fitted to a planned orbit)."""
_DATED_DAYS = 0.7
"""A date less certain than this is none."""
_LEAST_DATE_SIGMA_DAYS = 0.02
_RETURN_DAYS = 20.0
"""An object that is back in its old orbit, in its old place, within this was never away."""
_AROUND = 30
"""Sets before and after a burn that give the noise of its size and phase."""
_FEWEST_AROUND = 5
_SECONDS_PER_DAY = 86400.0


@dataclass(frozen=True, slots=True, eq=False)
class Burns:
    """Changes of orbit that reach the threshold, shape (m,), by object and time.

    `before`, `first`, `after` and `peak` are rows of the element sets given.
    """

    before: Rows
    """The last set that shows the old orbit."""
    first: Rows
    """The first set whose epoch lies after the burn; not after `before` where that came late."""
    after: Rows
    """The first set that shows the new orbit whole."""
    peak: Rows
    """The set at which the change stands out most."""
    component: Rows
    """0 where the in-track component stands out most, else a component across the plane."""
    strength: Floats
    """How many weighted spreads it reaches."""
    delta_v_m_s: Floats
    """In-track, along the node and behind the node, shape (m, 3)."""
    sigma_m_s: Floats
    """Spread of each of the three among the object's quiet changes over as many sets."""
    burn_utc: Times
    """When it happened: from the phase where `dated`, else the middle of its gap."""
    burn_sigma_days: Floats
    dated: Flags
    """Whether the phase tells its time."""
    explained: Flags
    """Whether the phase can be that of one burn; if not: several burns, or another object."""
    returned: Flags
    """Whether the object is soon back in its old orbit and place, as after swapped identities."""
    confirmed: Flags
    """Whether a later set exists that could contradict."""

    def __len__(self) -> int:
        return len(self.before)

    def take(self, rows: Rows | Flags) -> Burns:
        """Return these burns (indices or a mask)."""
        return Burns(*(getattr(self, column.name)[rows] for column in fields(self)))


def find_burns(steps: Steps, satellites: Satellites, object_id: Rows, threshold: float) -> Burns:
    """Return the burns whose strength reaches a threshold; `satellites` as for `find_steps`.

    The date is within a tenth of a day for a change of 20 m and daily sets of a well tracked orbit.
    """
    first, days = first_rows(object_id), epochs_min(satellites) / 1440.0
    weighted = np.abs(steps.score) * np.asarray(COMPONENT_WEIGHTS)
    component = weighted.argmax(axis=1) if len(weighted) else np.zeros(0, np.int64)
    strength = weighted.max(axis=1, initial=0.0)
    reaching = np.flatnonzero(strength >= threshold)
    order = reaching[np.lexsort((reaching, -strength[reaching], first[reaching]))]
    spans = transitions(
        order, first, days, component, steps.score, steps.scale, steps.change_m_s, steps.spread_m_s
    )
    before, start, after, peak = spans[np.lexsort((spans[:, 1], first[spans[:, 3]]))].T.copy()
    change = changes_between(satellites, before, after)
    rate, sigma = _noise_around(satellites, first, before, after)
    span_days = days[after] - days[before]
    rate = np.nan_to_num(rate)
    change -= rate * span_days[:, None]
    day, day_sigma, explained = _dates(change, sigma, span_days, days[after])
    dated = day_sigma <= _DATED_DAYS
    start = np.where(dated, _rows_after(days, first, start, after, day), start)
    gap_days = days[start] - days[np.maximum(start - 1, first[start])]
    burns = Burns(
        before=before,
        first=start,
        after=after,
        peak=peak,
        component=component[peak],
        strength=strength[peak],
        delta_v_m_s=change[:, :PHASE],
        sigma_m_s=_known(sigma[:, :PHASE], steps.spread_m_s[peak]),
        burn_utc=_as_times(np.where(dated, day, days[start] - 0.5 * gap_days)),
        burn_sigma_days=np.where(dated, day_sigma, gap_days / np.sqrt(12.0)),
        dated=dated,
        explained=explained,
        returned=_returned(satellites, first, days, before, after, change, rate, sigma),
        confirmed=steps.confirmed[after],
    )
    return burns.take(_apart(burns, first, days))


@kernel
def transitions(
    order: Rows,
    first: Rows,
    days: Floats,
    component: Rows,
    score: Floats,
    scale: npt.NDArray[np.int8],
    change_m_s: Floats,
    spread_m_s: Floats,
) -> Rows:
    """Return the last row before, first in, last in and peak row of every change, shape (m, 4).

    `order` holds the rows to start from, those of one object together, the strongest first. Rows on
    either side belong to a change while its component goes the same way by a tenth of the largest
    step and at least three spreads, up to five days away. Rows within a change start no other.
    """
    found = np.empty((len(order), 4), np.int64)
    count, of_object = 0, 0
    for candidate in range(len(order)):
        peak = order[candidate]
        if count > of_object and first[found[count - 1, 3]] != first[peak]:
            of_object = count
        c = component[peak]
        sets = scale[peak, c]
        taken = False
        for k in range(of_object, count):
            inside = peak - sets + 1 <= found[k, 2] and peak >= found[k, 1]
            near = (
                days[peak - sets + 1] - days[found[k, 2]] <= _APART_DAYS
                and days[found[k, 1]] - days[peak] <= _APART_DAYS
            )
            if inside or near:
                taken = True
                break
        if taken:
            continue
        start, stop = _spread_of(peak, sets, first, days, c, score, change_m_s, spread_m_s)
        found[count, 0], found[count, 1] = start - 1, start
        found[count, 2], found[count, 3] = stop, peak
        count += 1
    return found[:count].copy()


@kernel
def _spread_of(
    peak: int,
    sets: int,
    first: Rows,
    days: Floats,
    c: int,
    score: Floats,
    change_m_s: Floats,
    spread_m_s: Floats,
) -> tuple[int, int]:
    """Return the first and last row over which a change spreads."""
    sign = np.sign(score[peak, c])
    start, stop = peak - sets + 1, peak
    largest = 0.0
    for row in range(start, stop + 1):
        step = sign * change_m_s[row, c]
        if step > largest:
            largest = step
    while start < stop and not sign * change_m_s[start, c] > _least(spread_m_s[start, c], largest):
        start += 1
    while (
        start - 1 > first[peak]
        and sign * change_m_s[start - 1, c] > _least(spread_m_s[start - 1, c], largest)
        and days[peak] - days[start - 1] < _SMEARED_DAYS
    ):
        start -= 1
    while (
        stop + 1 < len(first)
        and first[stop + 1] == first[peak]
        and sign * change_m_s[stop + 1, c] > _least(spread_m_s[stop + 1, c], largest)
        and days[stop + 1] - days[peak] < _SMEARED_DAYS
    ):
        stop += 1
    return start, stop


@kernel
def _least(spread: float, largest: float) -> float:
    """Return how large a step must be to belong to a change."""
    return max(3.0 * spread, 0.1 * largest)


def _noise_around(
    satellites: Satellites, first: Rows, before: Rows, after: Rows
) -> tuple[Floats, Floats]:
    """Return usual daily rates and spreads of changes over as many sets, shapes (m, 4)."""
    rates, spreads = np.full((len(before), 4), np.nan), np.full((len(before), 4), np.nan)
    table = (satellites.near, deep_rows(satellites), satellites.deep_row, epochs_min(satellites))
    _fill_noise(*table, first, before, after, rates, spreads)
    return rates, spreads


@kernel
def _fill_noise(
    near_rows: Floats,
    deep_rows: Floats,
    deep_row: npt.NDArray[np.int32],
    epoch_min: Floats,
    first: Rows,
    before: Rows,
    after: Rows,
    rates: Floats,
    spreads: Floats,
) -> None:
    newer, older = np.empty(2 * _AROUND + 1, np.int64), np.empty(2 * _AROUND + 1, np.int64)
    change = np.empty((2 * _AROUND + 1, 4))
    for k in range(len(before)):
        sets, count = after[k] - before[k], 0
        for row in range(max(first[before[k]] + sets, before[k] - _AROUND), after[k] + _AROUND + 1):
            if row >= len(first) or first[row] != first[before[k]]:
                break
            if (row <= before[k] or row - sets >= after[k]) and count < len(newer):
                newer[count], older[count] = row, row - sets
                count += 1
        if count < _FEWEST_AROUND:
            continue
        fill_changes(
            near_rows, deep_rows, deep_row, epoch_min, older[:count], newer[:count], change[:count]
        )
        span = (epoch_min[newer[:count]] - epoch_min[older[:count]]) / 1440.0
        for column in range(4):
            rate = np.nanmedian(change[:count, column] / span)
            rates[k, column] = rate
            spreads[k, column] = 1.4826 * np.nanmedian(np.abs(change[:count, column] - rate * span))


def _dates(
    change: Floats, sigma: Floats, span_days: Floats, after_day: Floats
) -> tuple[Floats, Floats, Flags]:
    """Return the day that the phase tells, its sigma (infinite where none), and if it fits a burn.

    Where the in-track change stays within five spreads the phase dates nothing.
    """
    dv_m_s, dv_sigma = change[:, IN_TRACK], sigma[:, IN_TRACK]
    lag_km, lag_sigma_km = -change[:, PHASE], sigma[:, PHASE]
    with np.errstate(all="ignore"):
        ago_days = 1000.0 * lag_km / (3.0 * dv_m_s) / _SECONDS_PER_DAY
        by_lag = 1000.0 * lag_sigma_km / (3.0 * np.abs(dv_m_s)) / _SECONDS_PER_DAY
        day_sigma = np.hypot(by_lag, ago_days * dv_sigma / dv_m_s)
    day_sigma = np.maximum(np.abs(day_sigma), _LEAST_DATE_SIGMA_DAYS)
    possible = (ago_days >= -_EARLY_DAYS) & (ago_days <= span_days + _LATEST_DAYS)
    clear = np.abs(dv_m_s) > 5.0 * dv_sigma
    reach_km = 0.003 * np.abs(dv_m_s) * _SECONDS_PER_DAY * (span_days + _LATEST_DAYS)
    explained = np.where(clear, possible, np.abs(lag_km) <= 5.0 * lag_sigma_km + reach_km)
    usable = possible & clear & np.isfinite(day_sigma)
    day = after_day - np.clip(ago_days, 0.0, None)
    return (
        np.where(usable, day, after_day),
        np.where(usable, day_sigma, np.inf),
        np.asarray(explained | ~np.isfinite(lag_sigma_km)),
    )


def _rows_after(days: Floats, first: Rows, start: Rows, after: Rows, day: Floats) -> Rows:
    """Return for each burn the first row of the object whose epoch is not before a day."""
    found = after.copy()
    for _ in range(int(np.max(after - first[start], initial=0))):
        earlier = (found - 1 > first[after]) & (days[np.maximum(found - 1, 0)] >= day)
        if not earlier.any():
            break
        found = np.where(earlier, found - 1, found)
    return found


def _known(sigma: Floats, otherwise: Floats) -> Floats:
    return np.asarray(np.where(np.isfinite(sigma), np.maximum(sigma, 0.0), otherwise))


def _as_times(days: Floats) -> Times:
    micros = np.round(days * _SECONDS_PER_DAY * 1e6).astype("timedelta64[us]")
    return np.asarray(np.datetime64("2000-01-01", "us") + micros)


def _returned(
    satellites: Satellites,
    first: Rows,
    days: Floats,
    before: Rows,
    after: Rows,
    change: Floats,
    rate: Floats,
    sigma: Floats,
) -> Flags:
    """Return which changes undo one another: orbit and place are soon those predicted before.

    A burn and a burn back leave the object elsewhere along the orbit; a swap does not.
    """
    returned = np.zeros(len(before), dtype=bool)
    one, two = np.arange(len(before) - 1), np.arange(1, len(before))
    if not len(two):
        return returned
    near = (first[before[one]] == first[before[two]]) & (
        days[after[two]] - days[before[one]] <= _RETURN_DAYS
    )
    one, two = one[near], two[near]
    whole = changes_between(satellites, before[one], after[two])
    whole -= rate[one] * (days[after[two]] - days[before[one]])[:, None]
    size = np.abs(change[one]).max(axis=1, where=[True, True, True, False], initial=0.0)
    between_days = days[after[two]] - days[after[one]]
    coasted_km = 0.003 * np.abs(change[one, IN_TRACK]) * _SECONDS_PER_DAY * between_days
    noise = 3.0 * np.nan_to_num(sigma[one]) + 3.0 * np.nan_to_num(sigma[two])
    same_orbit = (np.abs(whole[:, :PHASE]) <= noise[:, :PHASE] + 0.1 * size[:, None]).all(axis=1)
    same_place = np.abs(whole[:, PHASE]) <= noise[:, PHASE] + 0.1 * coasted_km
    # Where coasting would not show in the phase, a burn back cannot be told from a swap.
    tells = coasted_km > 3.0 * noise[:, PHASE]
    jumped = np.abs(change[one, PHASE]) > 3.0 * noise[:, PHASE]
    swap = same_orbit & same_place & (tells | jumped)
    returned[one[swap]] = True
    returned[two[swap]] = True
    return returned


def _apart(burns: Burns, first: Rows, days: Floats) -> Rows:
    """Return the burns without those whose first set is within two days of a stronger one's."""
    kept: list[int] = []
    for k in range(len(burns)):
        if kept and first[burns.peak[k]] == first[burns.peak[kept[-1]]]:
            other = kept[-1]
            if abs(days[burns.first[k]] - days[burns.first[other]]) <= _APART_DAYS:
                if burns.strength[k] > burns.strength[other]:
                    kept[-1] = k
                continue
        kept.append(k)
    return np.array(kept, dtype=np.int64)
