"""Where an object really was, told from its element sets: their errors smoothed away.

Sets are compared with one of them carried to all epochs; what they differ by is smoothed by local
polynomials (about ten days of daily sets), as errors change from set to set and what the air or
the Sun does to an orbit does not. Source: Cleveland 1979, J. Am. Stat. Assoc. 74, 829.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hoshimori.exercise.refit import difference, rows_of, shifted
from hoshimori.numerics.carried_elements import carried_elements
from hoshimori.numerics.elements import Floats, MeanElements, Times

_NEIGHBOURS = 11
_FOR_CURVES, _FOR_LINES = 7, 4
_WITHIN_DAYS = 25.0
_DAY = np.timedelta64(1, "D")


def along(arc: MeanElements, at_utc: Times) -> MeanElements:
    """Return an arc, one row, carried to moments, one row each."""
    return carried_elements(rows_of(arc, np.zeros(len(at_utc), np.int64)), at_utc)


def apart_at(old: MeanElements, new: MeanElements, at_utc: Times) -> Floats:
    """Return what turns one trajectory into another at moments, as `refit.shifted`, (6, n)."""
    return difference(along(old, at_utc), along(new, at_utc))


def smoothed(sets: MeanElements, at_utc: Times) -> MeanElements:
    """Return where sets of one object, ordered by epoch, say that it was at moments, shape (n,).

    One set at least; where there are few, or none to both sides, they are carried as they are.
    """
    middle = at_utc[len(at_utc) // 2]
    start, stop = at_utc.min() - _span(_WITHIN_DAYS), at_utc.max() + _span(_WITHIN_DAYS)
    near = np.flatnonzero((sets.epoch_utc >= start) & (sets.epoch_utc <= stop))
    if not len(near):
        near = np.array([int(np.argmin(np.abs(sets.epoch_utc - middle)))])
    own = rows_of(sets, near)
    base = rows_of(own, np.array([int(np.argmin(np.abs(own.epoch_utc - middle)))]))
    apart = _apart(base, own)
    days = np.asarray((own.epoch_utc - middle) / _DAY, np.float64)
    wanted = np.asarray((at_utc - middle) / _DAY, np.float64)
    errors = np.stack([_local(days, apart, at) for at in wanted], axis=1)
    drag = np.array([float(np.median(own.bstar_per_er[_nearest(days, at)])) for at in wanted])
    return replace(shifted(along(base, at_utc), errors), bstar_per_er=drag)


def errors_of(sets: MeanElements) -> Floats:
    """Return by what sets of one object differ from where it was, as `refit.shifted`, (6, n)."""
    if not len(sets):
        return np.zeros((6, 0))
    return difference(smoothed(sets, sets.epoch_utc), sets)


def _apart(base: MeanElements, own: MeanElements) -> Floats:
    """Return by what sets differ from one of them carried to their epochs, without jumps."""
    apart = difference(along(base, own.epoch_utc), own)
    apart[5] = np.unwrap(apart[5])
    # Unwrapping starts at the oldest; the set that the others are compared with is no turn away.
    here = int(np.argmin(np.abs(own.epoch_utc - base.epoch_utc[0])))
    apart[5] -= apart[5, here] - _wrapped(apart[5, here])
    return np.nan_to_num(apart)


def _wrapped(angle: float) -> float:
    return float((angle + np.pi) % (2.0 * np.pi) - np.pi)


def _nearest(days: Floats, at: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.sort(np.argsort(np.abs(days - at), kind="stable")[:_NEIGHBOURS])


def _local(days: Floats, apart: Floats, at: float) -> Floats:
    """Return the differences at a moment by a weighted polynomial through the nearest sets."""
    rows = _nearest(days, at)
    since = days[rows] - at
    reach = 1.05 * float(np.abs(since).max()) + 1e-6
    weight = (1.0 - (np.abs(since) / reach) ** 3) ** 1.5
    inside = days[rows[0]] <= at <= days[rows[-1]]
    degree = _degree(len(rows), inside)
    powers = (since / reach)[:, None] ** np.arange(degree + 1)
    found, *_ = np.linalg.lstsq(powers * weight[:, None], (apart[:, rows] * weight).T, rcond=None)
    return np.asarray(found[0])


def _degree(sets: int, inside: bool) -> int:
    if sets >= _FOR_CURVES and inside:
        return 2
    return 1 if sets >= _FOR_LINES else 0


def _span(days: float) -> np.timedelta64:
    return np.timedelta64(round(days * 86400e6), "us")
