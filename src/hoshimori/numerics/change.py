"""Changes between successive element sets: what a burn leaves, and what noise leaves.

Everything is told from rows ordered by object and epoch, no epoch twice for one object. A change
is an equivalent velocity change with three components: in-track, and two across the orbit plane
(along the node and 90 degrees behind it). The value of a row is the change from an earlier row
of the same object to this one; rows without such an earlier row are NaN.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats, MeanElements, Times
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4 import States, initialise, propagate_each

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_NODE_DEFINED = 0.01
"""Sine of the inclination below which the x axis stands in for the node."""
_RENEWED_EVERY = 4
"""Rows for which a trailing median and spread are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """What changed at each element set, shape (n, 3) where not said otherwise."""

    change_m_s: Floats
    """Change since the set before, less the object's own usual rate."""
    spread_m_s: Floats
    """Robust spread of such changes in the object's own recent past, with a floor."""
    score: Floats
    """Persistent change over its spread, signed; 0 where the next set or the last contradicts."""
    confirmed: Flags
    """Whether a later set exists that could contradict, shape (n,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Episode:
    """One change, spread over the rows `first` to `last` (each seen since the row before)."""

    first: int
    last: int
    peak: int
    component: int
    score: float


def first_rows(object_id: Rows) -> Rows:
    """Return for each row the first row of the same object.

    >>> first_rows(np.array([7, 7, 9, 9, 9])).tolist()
    [0, 0, 2, 2, 2]
    """
    rows = np.arange(len(object_id))
    starts = np.ones(len(object_id), dtype=bool)
    starts[1:] = object_id[1:] != object_id[:-1]
    return np.maximum.accumulate(np.where(starts, rows, 0))


def velocity_changes_m_s(predicted: States, observed: States) -> Floats:
    """Return the velocity changes that would turn predicted into observed orbits, shape (n, 3).

    In-track: half the mean motion times the change of the semi-major axis. Across: circular speed
    times the turn of the orbit normal, resolved along the node and 90 degrees behind it.
    Source: Gauss's variational equations for near-circular orbits (Vallado 2013, section 9.3.2).
    """
    axis_before, axis = (_semi_major_axis_km(states) for states in (predicted, observed))
    with np.errstate(invalid="ignore"):
        mean_motion_rad_s = np.sqrt(WGS72_MU_KM3_S2 / axis**3)
    in_track = 0.5 * mean_motion_rad_s * (axis - axis_before)
    normal_before, normal = (_orbit_normal(states) for states in (predicted, observed))
    turn = normal - normal_before
    along_node = _node(normal)
    speed = mean_motion_rad_s * axis
    across = [
        speed * np.einsum("ij,ij->i", turn, direction)
        for direction in (along_node, np.cross(normal, along_node))
    ]
    return np.asarray(1000.0 * np.column_stack((in_track, *across)))


def find_steps(
    elements: MeanElements,
    object_id: Rows,
    floor_m_s: Floats,
    *,
    window: int,
    fewest: int,
    longest_gap_days: float,
) -> Steps:
    """Return the changes of every object at each of its element sets, and how they stand out.

    `floor_m_s` of shape (n, 3) is the least spread; `window` sets of the object's past give rate
    and spread, of its first sets where fewer than `fewest` lie before. The change counts as far
    as it shows from this set and the next to both sets before: a single bad set leaves nothing.
    Sets more than `longest_gap_days` apart are not compared.
    Source: consistency check of Lemmens and Krag 2014, JGCD 37(3), 860, with robust statistics.
    """
    first = first_rows(object_id)
    days = _days_since(elements.epoch_utc, first, 1)
    double_days = _days_since(elements.epoch_utc, first, 2)
    single, double = _changes(elements, first)
    single[days > longest_gap_days] = np.nan
    double[double_days > 2.0 * longest_gap_days] = np.nan
    rate, _ = trailing_median_and_spread(single / days[:, None], first, window, fewest)
    single -= rate * days[:, None]
    double -= rate * double_days[:, None]
    _, spread = trailing_median_and_spread(single, first, window, fewest)
    usual_days, _ = trailing_median_and_spread(days[:, None], first, window, fewest)
    spread = np.fmax(spread, floor_m_s) * np.fmax(1.0, days[:, None] / usual_days)
    following = np.full_like(double, np.nan)
    following[:-1] = np.where((first[1:] == first[:-1])[:, None], double[1:], np.nan)
    score = np.nan_to_num(persistent(single, double, following) / spread)
    return Steps(single, spread, score, np.asarray(np.isfinite(following).all(axis=1)))


def persistent(change: Floats, since_before: Floats, until_after: Floats) -> Floats:
    """Return the part of a change on which its neighbours agree; NaN neighbours do not vote.

    >>> persistent(np.array([5.0, 5.0]), np.array([4.0, -1.0]), np.array([np.nan, 5.0])).tolist()
    [4.0, 0.0]
    """
    sign = np.sign(change)
    smallest = np.fmin(np.fmin(sign * change, sign * since_before), sign * until_after)
    return np.asarray(sign * np.maximum(smallest, 0.0))


def episodes(steps: Steps, object_id: Rows, epoch_utc: Times, threshold: float) -> list[Episode]:
    """Return the changes that reach the threshold, each with the rows over which it spreads.

    The fit span of an element set smears a burn over several sets: rows before and after the peak
    belong to it while the same component goes the same way by a tenth of the peak and at least
    three spreads, up to five days away. Rows within two days of an episode start no other.
    """
    strength = np.abs(steps.score).max(axis=1, initial=0.0)
    reaching = np.flatnonzero(strength >= threshold)
    first = first_rows(object_id)
    days = epoch_utc.astype("datetime64[us]").astype(np.float64) / 86400e6
    taken = np.zeros(len(object_id), dtype=bool)
    found = []
    for peak in reaching[np.lexsort((reaching, -strength[reaching]))]:
        if taken[peak]:
            continue
        episode = _episode(steps.score, first, days, int(peak))
        near = slice(*_within(first, days, episode, 2.0))
        taken[near] = True
        found.append(episode)
    return sorted(found, key=lambda episode: episode.first)


def tail_shares(scores: Floats, quiet: Floats) -> Floats:
    """Return the share of quiet scores that reach each score, shape of `scores`.

    Counted within the quiet scores (one more than seen, so that it is never zero); beyond their
    hundredth-largest part the share falls as the power of the score that fits the largest.
    Source: Hill 1975, Ann. Statist. 3, 1163.
    """
    ordered = np.sort(quiet)
    total = len(ordered)
    counted = (total - np.searchsorted(ordered, scores) + 1.0) / (total + 1.0)
    largest = ordered[-max(total // 100, 10) :]
    if total < 100 or not largest[0] > 0.0 or largest[0] == largest[-1]:
        return np.asarray(counted)
    exponent = 1.0 / np.mean(np.log(largest / largest[0]))
    with np.errstate(divide="ignore"):
        fitted = len(largest) / total * (np.maximum(scores, 1e-9) / largest[0]) ** -exponent
    return np.asarray(np.where(scores > largest[0], np.minimum(fitted, 1.0), counted))


@kernel
def trailing_median_and_spread(
    values: Floats, first: Rows, window: int, fewest: int
) -> tuple[Floats, Floats]:
    """Return median and spread (1.4826 MAD) of each column over the object's rows before each row.

    Up to `window` rows before are used, and the first `fewest` of the object where fewer lie
    before; both are renewed at every fourth row of an object. NaN values do not count, and where
    nothing counts the results are NaN.
    """
    rows, columns = values.shape
    medians = np.full((rows, columns), np.nan)
    spreads = np.full((rows, columns), np.nan)
    held = np.empty(max(window, fewest + 1))
    for row in range(rows):
        age = row - first[row]
        if 0 < age <= fewest or (age > fewest + 1 and age % _RENEWED_EVERY):
            medians[row], spreads[row] = medians[row - 1], spreads[row - 1]
            continue
        start, stop = max(first[row], row - window), row
        if age <= fewest:
            start = stop = first[row]
            while stop < rows and first[stop] == first[row] and stop - start <= fewest:
                stop += 1
        for column in range(columns):
            count = 0
            for other in range(start, stop):
                if not np.isnan(values[other, column]):
                    held[count] = values[other, column]
                    count += 1
            if count:
                median = np.median(held[:count])
                medians[row, column] = median
                spreads[row, column] = 1.4826 * np.median(np.abs(held[:count] - median))
    return medians, spreads


def _changes(elements: MeanElements, first: Rows) -> tuple[Floats, Floats]:
    """Return the velocity changes from the set before, and from the one before that."""
    single, double = (np.full((len(first), 3), np.nan) for _ in range(2))
    if not len(first):
        return single, double
    satellites, t0_utc = initialise(elements), elements.epoch_utc[0]
    at_s = np.asarray((elements.epoch_utc - t0_utc) / np.timedelta64(1, "s"))
    observed = propagate_each(satellites, t0_utc, at_s)
    for lag, changes in ((1, single), (2, double)):
        after = np.flatnonzero(np.arange(len(first)) - first >= lag)
        predicted = propagate_each(satellites.take(after - lag), t0_utc, at_s[after])
        changes[after] = velocity_changes_m_s(predicted, _rows_of(observed, after))
    return single, double


def _rows_of(states: States, rows: Rows) -> States:
    return States(
        states.position_teme_km[rows], states.velocity_teme_km_s[rows], states.status[rows]
    )


def _days_since(epoch_utc: Times, first: Rows, lag: int) -> Floats:
    days = np.full(len(first), np.nan)
    after = np.flatnonzero(np.arange(len(first)) - first >= lag)
    days[after] = (epoch_utc[after] - epoch_utc[after - lag]) / np.timedelta64(1, "D")
    return days


def _episode(score: Floats, first: Rows, days: Floats, peak: int) -> Episode:
    component = int(np.abs(score[peak]).argmax())
    along = score[:, component] * np.sign(score[peak, component])
    least = max(3.0, 0.1 * along[peak])
    start = stop = peak
    while start - 1 > first[peak] and along[start - 1] > least and days[peak] - days[start - 1] < 5:
        start -= 1
    while (
        stop + 1 < len(first)
        and first[stop + 1] == first[peak]
        and along[stop + 1] > least
        and days[stop + 1] - days[peak] < 5
    ):
        stop += 1
    return Episode(start, stop, peak, component, float(along[peak]))


def _within(first: Rows, days: Floats, episode: Episode, reach_days: float) -> tuple[int, int]:
    """Return the slice of the object's rows within some days of an episode."""
    start, stop = episode.first, episode.peak + 1
    while start > first[episode.peak] and days[episode.first] - days[start - 1] <= reach_days:
        start -= 1
    while (
        stop < len(first)
        and first[stop] == first[episode.peak]
        and days[stop] - days[episode.peak] <= reach_days
    ):
        stop += 1
    return start, stop


def _semi_major_axis_km(states: States) -> Floats:
    radius = np.linalg.norm(states.position_teme_km, axis=1)
    speed_2 = np.einsum("ij,ij->i", states.velocity_teme_km_s, states.velocity_teme_km_s)
    return np.asarray(1.0 / (2.0 / radius - speed_2 / WGS72_MU_KM3_S2))


def _orbit_normal(states: States) -> Floats:
    momentum = np.cross(states.position_teme_km, states.velocity_teme_km_s)
    return np.asarray(momentum / np.linalg.norm(momentum, axis=1, keepdims=True))


def _node(normal: Floats) -> Floats:
    """Return unit vectors to the ascending node; for equatorial orbits the x axis in the plane."""
    towards = np.column_stack((-normal[:, 1], normal[:, 0], np.zeros(len(normal))))
    in_plane = np.array([1.0, 0.0, 0.0]) - normal[:, :1] * normal
    defined = np.linalg.norm(towards, axis=1, keepdims=True) > _NODE_DEFINED
    chosen = np.where(defined, towards, in_plane)
    return np.asarray(chosen / np.linalg.norm(chosen, axis=1, keepdims=True))
