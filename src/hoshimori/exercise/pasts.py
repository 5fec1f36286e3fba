"""What was known before an exercise, of those who play or of all, where a sky tells no past.

A store holds weeks of every object; of a made sky or a single catalogue one set is known of most.
Without a past no watch can tell a burn, a pattern or a cadence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from hoshimori.exercise.carried_on import Goers, Habits, as_records, gone_on
from hoshimori.exercise.records import Register
from hoshimori.exercise.tracking import FEWEST_STEPS
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture

_PAST_DAYS = 30.0
_BEGINNING = np.timedelta64(7, "D")
_LONGEST_GAP_DAYS = 15.0
"""Farther back no set is looked for that a store would have begun with."""


def with_pasts(picture: Picture, numbers: Iterable[int], habits: Habits, seed: int) -> Picture:
    """Return a picture in which some objects have a month of history, EXERCISE.

    Those that have one keep it. Each set leads to the next as the habits of its object do, so that
    what comes later goes on from it. The sets of one object depend on no other's.
    """
    oldest = _oldest_without_history(picture, numbers)
    if not len(oldest):
        return picture
    goers = Goers.of(oldest, habits.origins)
    moment = as_column_time(picture.as_of_utc)
    since_utc = moment - np.timedelta64(round(_PAST_DAYS * 86400e6), "us")
    went = gone_on(goers, replace(habits, seed=seed), since_utc, backwards=True)
    went = replace(went, known_utc=np.minimum(went.known_utc, moment))
    past = as_records(went, Register.of(oldest, went.norad_id), goers.by_object)
    history = concatenate([picture.history, past]).sorted_by_object()
    return replace(picture, history=history)


def _oldest_without_history(picture: Picture, numbers: Iterable[int]) -> ElementSets:
    """Return the oldest set of each object that has too few for a history."""
    own = picture.history.take(np.isin(picture.history.norad_id, list(numbers))).sorted_by_object()
    _, first, count = np.unique(own.norad_id, return_index=True, return_counts=True)
    return own.take(first[count <= FEWEST_STEPS])


def as_kept(picture: Picture, days: float, seed: int, habits: Habits) -> Picture:
    """Return a picture whose objects were all tracked for some days before its moment.

    Objects with few sets, and those that the history knows from its beginning, get the sets,
    EXERCISE, that lead to their first one at their own cadence and with errors as of their like;
    others are new and have no past. Who could not have been up for so long, as it was climbing out
    of the air, is left out, as it would seem new. What is older than the days is dropped but the
    newest of it, which becomes known at their start, as the first catalogue of a store does. The
    sets of one object depend on no other's.
    """
    as_of_utc = as_column_time(picture.as_of_utc)
    starts_utc = as_of_utc - np.timedelta64(round(days * 24), "h")
    history = picture.history.sorted_by_object()
    ids, first, counts = np.unique(history.norad_id, return_index=True, return_counts=True)
    begun = np.minimum.reduceat(history.known_utc, first)
    lacking = (counts < FEWEST_STEPS) | (begun <= begun.min() + _BEGINNING)
    lacking &= np.isin(ids, picture.newest.norad_id)
    earliest = history.take(first[lacking])
    goers = Goers.of(earliest, habits.origins)
    went = gone_on(
        goers,
        replace(habits, seed=seed),
        starts_utc - np.timedelta64(int(24 * _LONGEST_GAP_DAYS), "h"),
        backwards=True,
    )
    before = earliest.epoch_utc[np.searchsorted(earliest.norad_id, went.norad_id)]
    shown = (went.known_utc <= as_of_utc) & (went.elements.epoch_utc < before)
    went = went.take(np.flatnonzero(shown))
    made = as_records(went, Register.of(earliest, went.norad_id), goers.by_object)
    whole = _begun(concatenate([history, made]).sorted_by_object(), starts_utc)
    ids, first = np.unique(whole.norad_id, return_index=True)
    late = np.minimum.reduceat(whole.known_utc, first) > starts_utc
    gone = np.intersect1d(ids[late], earliest.norad_id)
    newest = picture.newest
    return replace(
        picture,
        history=whole.take(~np.isin(whole.norad_id, gone)),
        newest=newest.take(~np.isin(newest.norad_id, gone)),
    )


def _begun(history: ElementSets, starts_utc: np.datetime64) -> ElementSets:
    """Return a history from a moment on, with what was the newest of each object then."""
    old = history.known_utc <= starts_utc
    last = old & np.append((history.norad_id[1:] != history.norad_id[:-1]) | ~old[1:], True)
    known_utc = np.where(last, starts_utc, history.known_utc)
    return replace(history, known_utc=known_utc).take(last | ~old)
