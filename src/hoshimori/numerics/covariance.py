"""Covariance of element sets: from an object's own history where it is long enough, else its class.

Element sets carry no covariance. Differences between sets of one object show how its errors grow
(`covariance_pairs`); what other objects in like orbits show stands in where there are few
(`covariance_classes`), and neither shows what all sets of an object have in common: that is the
floor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np

from hoshimori.numerics.change import Flags
from hoshimori.numerics.covariance_classes import (
    Codes,
    CovarianceOrigin,
    ErrorGrowth,
    class_growth,
)
from hoshimori.numerics.covariance_pairs import (
    TARGET_AGES_DAYS,
    Differences,
    pairwise_differences,
    without_manoeuvres,
)
from hoshimori.numerics.element_changes import Rows
from hoshimori.numerics.elements import Floats, MeanElements
from hoshimori.numerics.kernels import kernel

LOOKBACK_DAYS = 15.0
"""How far back the sets of an object are looked at. Longer histories of satellites judge hardly
better (docs/explain/uncertainty.md), and cost in proportion."""

_NODES_DAYS = np.array(TARGET_AGES_DAYS)
_EDGES_DAYS = np.sqrt(_NODES_DAYS[:-1] * _NODES_DAYS[1:])
_BINS = len(_NODES_DAYS)
_YOUNGEST_DAYS = 0.1
"""Pairs are held against the class at no younger age: some classes have no scatter at none."""
_CLASS_WEIGHT = 10.0
"""The class counts as much as this many independent pairs of the object's own."""
_SETS_AT_ONCE = 20_000
_OTHER_AGES_WEIGHT = 2.0
"""And all ages of an object together as much as this in each bin of age."""
_WIDENED = 1.3
"""A scale from few pairs has not seen the tails: it is widened by up to a third, most where own
pairs and class weigh alike. Held-back sets after a week of history asked for 1.27 at 24 pairs."""
_EXTREME_RATIOS = (1e-3, 1e3)
_ROUNDS = 5
_ONE_SIGMA, _TWO_SIGMA = 0.6827, 0.9545
_SCALE_DAYS = 5.0
"""Ages are scaled by this before fitting, so that the equations stay well conditioned."""


def position_covariance_rtn_km2(growth: ErrorGrowth, age_days: Floats) -> tuple[Floats, Codes]:
    """Return covariances of position in RTN [km^2], shape (n, 3, 3), and what each rests on.

    `age_days` of shape (n,) is the time since the epoch, of either sign; the codes are those of
    `CovarianceOrigin`. The axes are taken as independent: measured correlations are weak (see
    docs/explain/uncertainty.md), and leaving them out never makes the volume of an ellipsoid
    smaller (Hadamard's inequality).
    """
    covariance = np.zeros((len(growth), 3, 3))
    covariance[:, range(3), range(3)] = growth.sigma_rtn_km(age_days) ** 2
    return covariance, growth.origin


@dataclass(frozen=True, slots=True, eq=False)
class ErrorHistory:
    """What the errors of *n* objects are judged by: their class, and the sets of their own past.

    Nothing is judged before it is asked for: that costs some 10 microseconds for each set.
    """

    assumed: ErrorGrowth
    """What the class of each object shows."""
    elements: MeanElements
    """The sets of their past that count, ordered by owner, then epoch."""
    owner: Rows
    """Row of the object of each set."""

    def growth(self, rows: Rows) -> ErrorGrowth:
        """Return how the errors of the objects of these rows grow, in that order.

        Each is judged by its own sets as far as they reach, whatever else is asked. In each bin of
        age the scale of the differences is that which covers 68 % of them, or half of that which
        covers 95 %, whichever is larger: the tails are heavier than normal. Its ratio to the class
        is pulled towards that of all bins together as if they were two independent pairs, and that
        towards one as if the class were ten; what rests on few pairs is widened by up to a third.
        Sources: Osweiler 2006, AFIT/GSS/ENY/06-M09; Flohrer, Krag & Klinkrad 2008, AMOS; Geul,
        Mooij & Noomen 2017, Adv. Space Res. 59, 2522.
        """
        asked, place = np.unique(rows, return_inverse=True)
        first, last = (np.searchsorted(self.owner, asked, side) for side in ("left", "right"))
        numbers = last - first
        owner = np.repeat(np.arange(len(asked)), numbers)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(numbers) - numbers, numbers)
        sets = np.repeat(first, numbers) + within
        assumed = self.assumed.take(asked)
        columns = [np.array(getattr(assumed, column.name)) for column in fields(assumed)]
        for part in _chunks(owner):
            mine, of_mine = np.unique(owner[part], return_inverse=True)
            growth = _own_growth(assumed.take(mine), self.elements.take(sets[part]), of_mine)
            for column, name in zip(columns, fields(assumed), strict=True):
                column[mine] = getattr(growth, name.name)
        return ErrorGrowth(*columns).take(place)


def error_history(
    elements: MeanElements,
    object_id: Rows,
    history: MeanElements,
    history_id: Rows,
    *,
    in_shell: Flags | None = None,
    lookback_days: float = LOOKBACK_DAYS,
) -> ErrorHistory:
    """Return what the errors of the objects of `elements` are judged by; one row each, ids unique.

    `history` is in any order; of sets of one object and epoch one counts, in any order the same.
    Sets of other objects, those newer than the element set asked about, and those more than
    `lookback_days` older do not count. `in_shell` as in `class_growth`.
    """
    assumed = class_growth(elements, in_shell=in_shell)
    if not len(elements) or not len(history):
        return ErrorHistory(assumed, history.take(np.zeros(0, np.int64)), np.zeros(0, np.int64))
    order = np.argsort(object_id, kind="stable")
    place = np.minimum(np.searchsorted(object_id[order], history_id), len(order) - 1)
    owner = np.asarray(order[place], np.int64)
    age_days = (elements.epoch_utc[owner] - history.epoch_utc) / np.timedelta64(1, "D")
    known = (object_id[owner] == history_id) & (age_days >= 0.0) & (age_days <= lookback_days)
    used = np.flatnonzero(known)
    used = used[np.lexsort((history.epoch_utc[used], owner[used]))]
    again = np.zeros(len(used) + 1, dtype=bool)
    again[1:-1] = np.diff(owner[used]) == 0
    again[1:-1] &= np.diff(history.epoch_utc[used]) == np.timedelta64(0)
    tied = np.flatnonzero(again[1:] | again[:-1])
    columns = [getattr(history, name)[used[tied]] for name in reversed(MeanElements.__slots__)]
    used[tied] = used[tied][np.lexsort((*columns, owner[used[tied]]))]
    counts = used[~again[1:]]
    return ErrorHistory(assumed, history.take(counts), owner[counts])


def error_growth(
    elements: MeanElements,
    object_id: Rows,
    history: MeanElements,
    history_id: Rows,
    *,
    in_shell: Flags | None = None,
    lookback_days: float = LOOKBACK_DAYS,
) -> ErrorGrowth:
    """Return how the errors of every object grow: `ErrorHistory.growth` of all rows."""
    judged_by = error_history(
        elements, object_id, history, history_id, in_shell=in_shell, lookback_days=lookback_days
    )
    return judged_by.growth(np.arange(len(elements)))


def _chunks(owner: Rows) -> Iterator[slice]:
    """Return slices of whole objects, so that memory stays bounded."""
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    if not len(starts):
        return
    at = np.searchsorted(starts, np.arange(0, len(owner), _SETS_AT_ONCE))
    bounds = np.unique(np.append(starts[np.minimum(at, len(starts) - 1)], len(owner)))
    yield from (slice(start, stop) for start, stop in pairwise(bounds.tolist()))


def _own_growth(prior: ErrorGrowth, history: MeanElements, owner: Rows) -> ErrorGrowth:
    found = without_manoeuvres(pairwise_differences(history, owner), history, owner)
    span_days = _spans_days(history, owner, len(prior))
    return growth_from(prior, found, owner[found.older], span_days)


def growth_from(
    prior: ErrorGrowth, differences: Differences, owner: Rows, span_days: Floats
) -> ErrorGrowth:
    """Return the growth that differences and class together say; `owner` is the row of each pair.

    `span_days` of shape (n,) is what the history of each object covers: pairs that overlap in time
    are not independent, so that a span holds about span / age + 1 pairs of an age.
    """
    age_days = np.maximum(differences.age_days, _YOUNGEST_DAYS)
    scatter = prior.take(owner).scatter_rtn_km(age_days)
    ratio = np.abs(differences.residual_rtn_km) / scatter
    cell = owner * _BINS + np.searchsorted(_EDGES_DAYS, differences.age_days)
    by_cell = np.argsort(cell, kind="stable")
    scale, count = _robust_scales(ratio[by_cell], cell[by_cell], len(prior) * _BINS)
    logs = np.log(np.clip(scale.reshape(-1, _BINS, 3), *_EXTREME_RATIOS))
    independent = np.minimum(count.reshape(-1, _BINS), 1.0 + span_days[:, None] / _NODES_DAYS)
    pairs = independent.sum(axis=1)
    weight = independent[:, :, None]
    whole = (weight * logs).sum(axis=1) / (pairs[:, None] + _CLASS_WEIGHT)
    each = (weight * logs + _OTHER_AGES_WEIGHT * whole[:, None]) / (weight + _OTHER_AGES_WEIGHT)
    at_nodes = np.stack(
        [prior.scatter_rtn_km(np.full(len(prior), node)) for node in _NODES_DAYS], axis=1
    )
    s0, s1, s2 = _fitted((np.exp(each) * at_nodes) ** 2, weight + _CLASS_WEIGHT / _BINS)
    own_share = pairs / (pairs + _CLASS_WEIGHT)
    widened = (1.0 + _WIDENED * own_share * (1.0 - own_share))[:, None]
    own = (pairs >= _CLASS_WEIGHT) & (prior.origin == CovarianceOrigin.CLASS)
    origin = np.where(own, CovarianceOrigin.OWN_HISTORY, prior.origin).astype(np.uint8)
    return ErrorGrowth(prior.floor_km, widened * s0, widened * s1, widened * s2, origin, pairs)


def robust_scale(values: Floats) -> Floats:
    """Return one sigma of each column about zero by matched quantiles, shape (columns,).

    The larger of what covers 68.27 % and half of what covers 95.45 %: for normal errors the same,
    for heavy tails the larger of the two. NaN without rows.
    """
    scale, _ = _robust_scales(np.abs(values), np.zeros(len(values), np.int64), 1)
    return np.asarray(scale[0] if len(values) else np.full(values.shape[1], np.nan))


def _spans_days(history: MeanElements, owner: Rows, objects: int) -> Floats:
    first = np.searchsorted(owner, np.arange(objects), "left")
    last = np.searchsorted(owner, np.arange(objects), "right") - 1
    return np.asarray((history.epoch_utc[last] - history.epoch_utc[first]) / np.timedelta64(1, "D"))


@kernel
def _robust_scales(sizes: Floats, cell: Rows, cells: int) -> tuple[Floats, Floats]:
    """Return scale and number of the sizes in each cell; rows ordered by cell."""
    scales = np.zeros((cells, sizes.shape[1]))
    counts = np.zeros(cells)
    start = 0
    while start < len(cell):
        stop = start
        while stop < len(cell) and cell[stop] == cell[start]:
            stop += 1
        n = stop - start
        one = min(int(np.ceil(_ONE_SIGMA * (n + 1))), n) - 1
        two = min(int(np.ceil(_TWO_SIGMA * (n + 1))), n) - 1
        for axis in range(sizes.shape[1]):
            ordered = np.sort(sizes[start:stop, axis])
            scales[cell[start], axis] = max(ordered[one], 0.5 * ordered[two])
        counts[cell[start]] = n
        start = stop
    return scales, counts


def _fitted(variance: Floats, weight: Floats) -> tuple[Floats, Floats, Floats]:
    """Return s0, s1, s2 (each (n, 3)) that fit variances at the nodes, shape (n, nodes, 3).

    Least squares of (fit - variance)^2 / (fit variance), which minds only their ratio and takes too
    much and too little alike; reweighted until it stands.
    """
    age = _NODES_DAYS / _SCALE_DAYS
    terms = np.column_stack((np.ones_like(age), age**2, age**4))
    fit = variance
    for _ in range(_ROUNDS):
        coefficients = _without_negative(terms, variance, weight / (variance * fit))
        fit = np.sqrt(fit * np.einsum("bi,nki->nbk", terms, coefficients))
    s0, s1, s2 = (np.sqrt(coefficients[..., k]) / _SCALE_DAYS**k for k in range(3))
    return s0, s1, s2


def _without_negative(terms: Floats, variance: Floats, weight: Floats) -> Floats:
    """Return the least-squares coefficients of the three terms, none negative, shape (n, 3, 3).

    Of the seven choices of terms the best that has no negative coefficient: for three unknowns
    that is the exact solution.
    """
    normal = np.einsum("nbk,bi,bj->nkij", weight, terms, terms)
    right = np.einsum("nbk,bi->nki", weight * variance, terms)
    best: Floats = np.zeros_like(right)
    lowest = np.zeros(right.shape[:-1])
    for chosen in range(1, 8):
        used = np.array([chosen & 1, chosen & 2, chosen & 4]) > 0
        found = np.zeros_like(right)
        inner = normal[..., used, :][..., used]
        found[..., used] = np.linalg.solve(inner, right[..., used, None])[..., 0]
        cost = -np.einsum("nki,nki->nk", right, found)
        better = (found >= 0.0).all(axis=-1) & (cost < lowest)
        best[better], lowest[better] = found[better], cost[better]
    return best
