"""What was known before an exercise of those who play: made skies tell no past of most objects.

A store holds weeks of every object. Without them no watch can tell a burn, a pattern or a cadence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from hoshimori.exercise.carried_on import Goers, Habits, as_records, gone_on
from hoshimori.exercise.origins import origins_by_object
from hoshimori.exercise.records import Register
from hoshimori.exercise.tracking import FEWEST_STEPS
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import MADE_SKY

_PAST_DAYS = 30.0


def with_pasts(picture: Picture, numbers: Iterable[int], habits: Habits, seed: int) -> Picture:
    """Return a picture in which objects of a made sky have a month of history, EXERCISE.

    Those that have one keep it, and of a real sky no past is made up. Each set leads to the next as
    the habits of its object do, so that what comes later goes on from it. The sets of one object
    depend on no other's.
    """
    oldest = _oldest_without_history(picture, numbers)
    if not len(oldest):
        return picture
    goers = Goers.of(oldest)
    moment = as_column_time(picture.as_of_utc)
    since_utc = moment - np.timedelta64(round(_PAST_DAYS * 86400e6), "us")
    went = gone_on(goers, replace(habits, seed=seed), since_utc, backwards=True)
    went = replace(went, known_utc=np.minimum(went.known_utc, moment))
    past = as_records(went, Register.of(oldest, went.norad_id), goers.by_object)
    history = concatenate([picture.history, past]).sorted_by_object()
    return replace(picture, history=history)


def _oldest_without_history(picture: Picture, numbers: Iterable[int]) -> ElementSets:
    """Return the oldest sets of those objects of a made sky that have too few for a history."""
    own = picture.history.take(np.isin(picture.history.norad_id, list(numbers))).sorted_by_object()
    ids, first, count = np.unique(own.norad_id, return_index=True, return_counts=True)
    origins = origins_by_object(own)
    is_made = [all(one.startswith(MADE_SKY) for one in origins[n]) for n in ids.tolist()]
    return own.take(first[np.array(is_made, np.bool_) & (count <= FEWEST_STEPS)])
