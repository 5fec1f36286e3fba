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
from hoshimori.exercise.pasts import as_kept
from hoshimori.model.constellations import family_of
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.moments import as_column_time
from hoshimori.model.newcomers import newcomers
from hoshimori.model.objects import ObjectType, kind_by_name
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import Times
from hoshimori.workflows.exercise_skies import ExerciseSky
from hoshimori.workflows.pictures import OLDEST_DAYS

PAST_DAYS = 40.0
"""What a store would have kept before a draw begins."""
DAYS_AHEAD = 7.0

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """What a look shows of every object of the untouched sky, as little as detectors compare."""

    newest: ElementSets
    thin: Rows
    """Rows of the whole history: of each object the first, the newest at the start, the newest."""
    thin_sets: ElementSets
    """The same as element sets."""
    ids: Rows
    """Objects known by then, ordered."""
    counts: Rows
    """How many sets of each are known."""


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
    by_known: Rows
    """Rows of the whole history by when they became known."""
    appeared_utc: Times
    """When objects became known that are new in the untouched sky."""
    starts: Rows
    """First row of each object in the whole history, with the number of rows at the end."""
    ids: Rows
    """Objects of the whole history, ordered."""
    steering: Rows
    """Who may steer and is of no constellation, by name."""

    @classmethod
    def of(cls, sky: ExerciseSky, seed: int) -> Self:
        """Return the sky of a sweep: objects get a past, and go on, by a seed."""
        begun = replace(as_exercise(sky.picture), assets=(), days_ahead=DAYS_AHEAD)
        begun = as_kept(begun, PAST_DAYS, seed, sky.habits)
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
            around=tuple(_around(whole.history, start, m) for m in moments),
            by_known=np.argsort(whole.history.known_utc, kind="stable"),
            appeared_utc=newcomers(whole.history).first_known_utc,
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

    def known_just_before(self, moments_utc: Times) -> Rows:
        """Return the rows of the whole history that became known last before something new did.

        At some moments, or in the untouched sky.
        """
        known = self.whole.history.known_utc[self.by_known]
        moments = np.unique(np.concatenate([moments_utc, self.appeared_utc]))
        places = np.searchsorted(known, moments) - 1
        return np.unique(self.by_known[places[places >= 0]])

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


def _around(history: ElementSets, start: np.datetime64, moment: datetime) -> Around:
    at = as_column_time(moment)
    rows, ids = _known(history, at)
    last = rows[np.append(ids[1:] != ids[:-1], True)]
    first = rows[np.append(True, ids[1:] != ids[:-1])]
    before, own = _known(history, start)
    begun = before[np.append(own[1:] != own[:-1], True)]
    newest = history.take(last)
    fresh = newest.epoch_utc >= at - np.timedelta64(round(OLDEST_DAYS * 24), "h")
    thin = np.unique(np.concatenate([first, begun, last]))
    known, counts = np.unique(ids, return_counts=True)
    return Around(newest.take(fresh), thin, history.take(thin), known, counts)


def _known(history: ElementSets, at_utc: np.datetime64) -> tuple[Rows, Rows]:
    rows = np.flatnonzero(history.known_utc <= at_utc)
    return rows, history.norad_id[rows]
