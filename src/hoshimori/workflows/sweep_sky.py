"""The sky of a sweep: worked out once for all draws, with what each look shows of bystanders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.as_exercise import as_exercise
from hoshimori.exercise.carried_on import Habits, carried_on
from hoshimori.exercise.casting import Candidates
from hoshimori.exercise.drawn_scripts import EVERY_H, LENGTH_H
from hoshimori.exercise.past import with_past
from hoshimori.model.constellations import family_of
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.objects import ObjectType, kind_by_name
from hoshimori.model.picture import Picture
from hoshimori.workflows.exercise_skies import ExerciseSky
from hoshimori.workflows.pictures import OLDEST_DAYS

PAST_DAYS = 40.0
"""What a store would have kept before a draw begins."""
DAYS_AHEAD = 7.0

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """What a look shows of every object of the untouched sky, as little as detectors compare."""

    newest: ElementSets
    thin: ElementSets
    """Of each object the first set at hand, the newest at the start, and the newest."""


@dataclass(frozen=True, slots=True, eq=False)
class SweepSky:
    """An untouched sky until the end of a draw, and all that draws share of it."""

    origin: str
    seed: int
    whole: Picture
    """At the start; its history goes on to the end of a draw."""
    habits: Habits
    candidates: Candidates
    moments: tuple[datetime, ...]
    """Of the looks."""
    around: tuple[Around, ...]
    """Of each look."""
    starts: npt.NDArray[np.int64]
    """First row of each object in the whole history, with the number of rows at the end."""
    ids: npt.NDArray[np.int64]
    """Objects of the whole history, ordered."""
    steering: npt.NDArray[np.int64]
    """Who may steer and is of no constellation, by name."""

    @classmethod
    def of(cls, sky: ExerciseSky, seed: int) -> Self:
        """Return the sky of a sweep: objects get a past, and go on, by a seed."""
        begun = replace(as_exercise(sky.picture), assets=(), days_ahead=DAYS_AHEAD)
        begun = with_past(begun, PAST_DAYS, seed, sky.habits)
        start = as_column_time(begun.as_of_utc)
        end = start + np.timedelta64(round(LENGTH_H), "h")
        on = carried_on(begun, end, seed, habits=sky.habits)
        whole = replace(begun, history=concatenate([begun.history, on]).sorted_by_object())
        looks = round(LENGTH_H / EVERY_H)
        moments = tuple(
            begun.as_of_utc.replace(microsecond=0) + timedelta(hours=EVERY_H * (k + 1))
            for k in range(looks)
        )
        ids, first = np.unique(whole.history.norad_id, return_index=True)
        return cls(
            origin=sky.origin,
            seed=seed,
            whole=whole,
            habits=sky.habits,
            candidates=Candidates.of(begun, sky.habits),
            moments=moments,
            around=tuple(_around(whole.history, begun.newest, m) for m in moments),
            starts=np.append(first, len(whole.history)),
            ids=ids,
            steering=_steering(begun.newest),
        )

    def histories(self, numbers: Iterable[int]) -> ElementSets:
        """Return the whole histories of some objects, past and to come; others are left out."""
        known = np.intersect1d(np.array(sorted(numbers), np.int64), self.ids)
        places = np.searchsorted(self.ids, known)
        rows = [np.arange(self.starts[p], self.starts[p + 1]) for p in places.tolist()]
        return self.whole.history.take(np.concatenate(rows) if rows else np.empty(0, np.int64))

    def with_histories(self, numbers: Iterable[int]) -> Picture:
        """Return the sky at the start with the histories of some objects alone."""
        own = self.histories(numbers)
        shown = np.isin(self.whole.newest.norad_id, own.norad_id)
        return replace(self.whole, history=own, newest=self.whole.newest.take(shown))


def _steering(newest: ElementSets) -> npt.NDArray[np.int64]:
    names = newest.object_name.tolist()
    still = (ObjectType.DEBRIS, ObjectType.ROCKET_BODY)
    steers = [kind_by_name(n) not in still and not family_of(n) for n in names]
    return newest.norad_id[np.array(steers, np.bool_)]


def _around(history: ElementSets, started: ElementSets, moment: datetime) -> Around:
    at = as_column_time(moment)
    rows = np.flatnonzero(history.known_utc <= at)
    ids = history.norad_id[rows]
    last = rows[np.append(ids[1:] != ids[:-1], True)]
    first = rows[np.append(True, ids[1:] != ids[:-1])]
    newest = history.take(last)
    fresh = newest.epoch_utc >= at - np.timedelta64(round(OLDEST_DAYS * 24), "h")
    others = concatenate([history.take(np.union1d(first, last)), started])
    return Around(newest.take(fresh), _distinct(others.sorted_by_object()))


def _distinct(sets: ElementSets) -> ElementSets:
    """Return sets without rows that are there twice; ordered by object and epoch."""
    again = (sets.norad_id[1:] == sets.norad_id[:-1]) & (sets.epoch_utc[1:] == sets.epoch_utc[:-1])
    return sets.take(np.append(True, ~again))


def moment_of(sky: SweepSky) -> datetime:
    """Return when draws start on a sky."""
    return as_datetime(as_column_time(sky.whole.as_of_utc))
