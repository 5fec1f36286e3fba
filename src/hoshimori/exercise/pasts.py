"""What was known before an exercise of those who play, where a sky tells no past of them.

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
