"""Objects that a history knows only from some moment on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.model.elements import Column, ElementSets

_RESERVED = 3000
"""Catalogues keep blocks of numbers back: a number this far below the highest may still be new."""
_GENERATION = np.timedelta64(24, "h")
"""Within about a day every regularly tracked object gets new elements."""
_WHOLE_SHARE = 0.8
_ANALYST = ((80_000, 100_000), (270_000, 340_000))
"""Numbers that come and go with an analyst's tracks; a new one is no new object."""


@dataclass(frozen=True, slots=True, eq=False)
class Newcomers:
    """Objects that appeared after the start of a history, with their earliest element sets."""

    rows: Column
    """Rows of the history, the earliest set of each, ordered by the moment of appearance."""
    first_known_utc: Column
    """When each appeared."""
    before_utc: Column
    """The last moment before, at which the history knows others but not this one."""

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, chosen: Column) -> Newcomers:
        """Return the chosen ones (indices or a mask), in that order."""
        return Newcomers(self.rows[chosen], self.first_known_utc[chosen], self.before_utc[chosen])


def newcomers(history: ElementSets) -> Newcomers:
    """Return the objects that appeared after the first moment of a history.

    Objects of old numbers that come back after a time without elements are not new, nor are the
    numbers of analysts. Rows of a history are ordered by object, then epoch.
    """
    moments = _each_once(history.known_utc)
    if len(moments) < 2:
        none = np.empty(0, history.known_utc.dtype)
        return Newcomers(np.empty(0, np.int64), none, none)
    firsts = _first_rows(history)
    known = history.known_utc[firsts]
    before = moments[np.maximum(np.searchsorted(moments, known) - 1, 0)]
    ids = history.norad_id[firsts]
    regular = ~np.any([(ids >= low) & (ids < high) for low, high in _ANALYST], axis=0)
    chosen = regular & (known > moments[0]) & (ids > _highest_before(ids, known, regular))
    chosen &= _settled_before(ids, known, regular)
    rows = np.flatnonzero(chosen)[np.lexsort((ids[chosen], known[chosen]))]
    return Newcomers(firsts[rows], known[rows], before[rows])


def _each_once(moments: Column) -> Column:
    """Return moments in order, each once; sorting them is faster than a table of all of them."""
    ordered = np.sort(moments)
    is_new = np.ones(len(ordered), np.bool_)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_new]


def _first_rows(history: ElementSets) -> Column:
    """Return the row of each object that was known first, of those the one of the first epoch."""
    ids, epoch, known = history.norad_id, history.epoch_utc, history.known_utc
    is_same = ids[1:] == ids[:-1]
    if np.all((ids[1:] > ids[:-1]) | (is_same & (epoch[1:] >= epoch[:-1]))):
        begins = np.flatnonzero(np.concatenate(([True], ~is_same)))
        lengths = np.diff(begins, append=len(ids))
        least = np.minimum.reduceat(known.astype(np.int64), begins)
        rows = np.flatnonzero(known.astype(np.int64) == np.repeat(least, lengths))
        return rows[np.flatnonzero(np.diff(ids[rows], prepend=-1))]
    order = np.lexsort((epoch, known, ids))
    return order[np.flatnonzero(np.diff(ids[order], prepend=-1))]


def _settled_before(ids: Column, known: Column, regular: Column) -> Column:
    """Return for which objects a whole catalogue was known a day before they were.

    Where records carry the moment of their making, one catalogue alone speaks of many moments: its
    last rows are not new. Whole means that most numbers up to the highest known then are known.
    """
    settled = np.zeros(len(ids), np.bool_)
    hours = (known - _GENERATION).astype("datetime64[h]")
    for hour in np.unique(hours):
        there = regular & (known <= hour)
        if there.any():
            share = np.mean(there[regular & (ids <= ids[there].max())])
            settled[hours == hour] = share >= _WHOLE_SHARE
    return settled


def _highest_before(ids: Column, known: Column, regular: Column) -> Column:
    """Return the number above which an object is new: that of the highest known before, less."""
    order = np.argsort(known, kind="stable")
    highest = np.maximum.accumulate(np.where(regular, ids, 0)[order])
    place = np.searchsorted(known[order], known, side="left") - 1
    return np.where(place >= 0, highest[np.maximum(place, 0)], 0) - _RESERVED
