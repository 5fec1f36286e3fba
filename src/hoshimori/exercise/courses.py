"""The element sets that one object gets in an exercise, and how what happens to it changes them.

A change of course is transplanted: every set after it is turned by what the new trajectory differs
from the old one at its epoch. The noise, cadence, latency and gaps of the sets stay what they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.actors import Arc
from hoshimori.exercise.refit import difference, rows_of, shifted, stacked
from hoshimori.numerics.carried_elements import carried_elements
from hoshimori.numerics.elements import Floats, MeanElements, Times

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Column = npt.NDArray[np.generic]

_NEAR_DAYS = 3.0
_TO_EACH_SIDE = 2
_NOISE_SHARE = np.sqrt(0.4)
"""A set less the mean of its neighbours, times this, steps from set to set as errors do: for white
errors the difference of two such has the variance 5, that of two errors 2."""
NEVER = np.datetime64("9999-01-01", "us")
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Course:
    """All element sets of one object, real and of the exercise, *n* rows ordered by epoch."""

    norad_id: int
    flown: MeanElements
    """Sets that follow the true trajectory, with the errors of the catalogue."""
    published: MeanElements
    """Sets as published: for some time after a burn those of the orbit before."""
    known_utc: Times
    name: Column
    object_id: Column
    from_utc: np.datetime64 = NEVER
    """Sets of an epoch from here on are of the exercise."""
    arcs: tuple[Arc, ...] = ()
    """Trajectories after each change of course, oldest first."""

    @property
    def epoch_utc(self) -> Times:
        """Epochs of all sets."""
        return self.flown.epoch_utc

    def take(self, rows: Rows | Flags) -> Course:
        """Return the course with the chosen sets alone."""
        rows = np.arange(len(self.known_utc))[rows]
        return replace(
            self,
            flown=rows_of(self.flown, rows),
            published=rows_of(self.published, rows),
            known_utc=self.known_utc[rows],
            name=self.name[rows],
            object_id=self.object_id[rows],
        )

    def changed_from(self, from_utc: np.datetime64) -> Course:
        """Return the course where sets from a moment on are of the exercise, or from earlier."""
        return replace(self, from_utc=min(self.from_utc, from_utc))


def trajectory(course: Course, at_utc: Times) -> MeanElements:
    """Return where an object really is at moments: the mean of the sets around each.

    Of up to four sets, two to each side, between the changes of course before and after; where
    there are not two, the arc since the last change. Shape (n,).
    Raises ValueError for a course without sets.
    """
    if not len(course.epoch_utc) and not course.arcs:
        raise ValueError(f"object {course.norad_id} has no element set")
    return stacked([_trajectory(course, moment) for moment in at_utc])


def _trajectory(course: Course, at_utc: np.datetime64) -> MeanElements:
    starts = np.array([arc.start_utc for arc in course.arcs], "datetime64[us]")
    piece = int(np.searchsorted(starts, at_utc, side="right"))
    start = starts[piece - 1] if piece else np.datetime64(0, "us")
    stop = starts[piece] if piece < len(starts) else NEVER
    moment = np.array([at_utc], "datetime64[us]")
    inside = np.flatnonzero((course.epoch_utc >= start) & (course.epoch_utc < stop))
    near = _around(course.epoch_utc[inside], at_utc)
    if piece and len(near) < 2:
        return carried_elements(course.arcs[piece - 1].elements, moment)
    rows = inside[near] if len(near) else _nearest(course, inside, at_utc)
    each = carried_elements(rows_of(course.flown, rows), np.repeat(moment, len(rows)))
    first = rows_of(each, np.zeros(1, np.int64))
    apart = difference(rows_of(each, np.zeros(len(rows), np.int64)), each)
    mean = shifted(first, np.nanmean(apart, axis=1, keepdims=True))
    return replace(mean, bstar_per_er=np.array([float(np.median(each.bstar_per_er))]))


def diverted(course: Course, new: Arc, *, lag_days: float) -> Course:
    """Return the course with another trajectory from the start of an arc on.

    Sets of the next `lag_days` are still those of the old orbit, as fits look back; sets known
    before the start cannot show it either.
    """
    start = np.array([new.start_utc], "datetime64[us]")
    old = trajectory(course, start)
    rows = np.flatnonzero(course.epoch_utc >= new.start_utc)
    errors = apart_at(old, new.elements, course.epoch_utc[rows])
    return _shifted_rows(course, rows, errors, new, lag_days)


def shifted_from(course: Course, new: Arc, errors: Floats, *, lag_days: float = 0.0) -> Course:
    """Return the course with every set from the start of an arc on shifted by its own errors.

    `errors` are those of `refit.shifted`, one column for each such set.
    """
    rows = np.flatnonzero(course.epoch_utc >= new.start_utc)
    return _shifted_rows(course, rows, errors, new, lag_days)


def following(
    course: Course,
    leader: Course,
    arc: MeanElements,
    beside: MeanElements,
    *,
    lag_days: float,
) -> Course:
    """Return the course of an object that from the epoch of an arc on goes with another one.

    It stays as far from the leader as `arc` is from `beside`, one row each of one epoch. What the
    air does to the leader it does to both; cadence and errors remain its own, the drag term
    becomes that of the leader.
    """
    start = np.datetime64(arc.epoch_utc[0], "us")
    led = trajectory(leader, arc.epoch_utc)
    new = Arc(start, shifted(led, difference(beside, arc)))
    rows = np.flatnonzero(course.epoch_utc >= start)
    if not len(rows):
        return replace(course, arcs=_with_arc(course, new)).changed_from(start)
    at_utc = course.epoch_utc[rows]
    errors = apart_at(beside, arc, at_utc) + noise(course)[:, rows]
    moved = shifted(trajectory(leader, at_utc), errors)
    return _replaced(course, rows, moved, new, lag_days)


def noise(course: Course) -> Floats:
    """Return the errors of the sets of a course, as `refit.shifted`, shape (6, n).

    Told from how each differs from its neighbours. Where it has fewer than three sets: none.
    """
    count = len(course.epoch_utc)
    found = np.zeros((6, count))
    if count < 3:
        return found
    inner = np.arange(1, count - 1)
    here = rows_of(course.flown, inner)
    apart = [
        difference(carried_elements(rows_of(course.flown, inner + k), here.epoch_utc), here)
        for k in (-1, 1)
    ]
    found[:, 1:-1] = np.nan_to_num(_NOISE_SHARE * 0.5 * (apart[0] + apart[1]))
    found[:, 0], found[:, -1] = found[:, 1], found[:, -2]
    # Where the course turned between neighbours their difference is no error.
    for arc in course.arcs:
        beside = int(np.searchsorted(course.epoch_utc, arc.start_utc))
        found[:, max(beside - 1, 0) : beside + 1] = 0.0
    return found


def along(arc: MeanElements, at_utc: Times) -> MeanElements:
    """Return an arc, one row, carried to moments, one row each."""
    return carried_elements(rows_of(arc, np.zeros(len(at_utc), np.int64)), at_utc)


def apart_at(old: MeanElements, new: MeanElements, at_utc: Times) -> Floats:
    """Return what turns one trajectory into another at moments, as `refit.shifted`, (6, n)."""
    return difference(along(old, at_utc), along(new, at_utc))


def with_sets_of(course: Course, other: Course, from_utc: np.datetime64) -> Course:
    """Return the course with the sets of another object from a moment on."""
    own, shared = course.take(course.epoch_utc < from_utc), other.take(other.epoch_utc >= from_utc)
    label = [np.full(len(shared.known_utc), c[-1]) if len(c) else c for c in _labels(course)]
    return replace(
        course,
        flown=stacked([own.flown, shared.flown]),
        published=stacked([own.published, shared.published]),
        known_utc=np.concatenate([own.known_utc, shared.known_utc]),
        name=np.concatenate([own.name, label[0]]),
        object_id=np.concatenate([own.object_id, label[1]]),
        arcs=(
            *(arc for arc in course.arcs if arc.start_utc < from_utc),
            Arc(from_utc, trajectory(other, np.array([from_utc]))),
            *(arc for arc in other.arcs if arc.start_utc > from_utc),
        ),
    ).changed_from(from_utc)


def _labels(course: Course) -> tuple[Column, Column]:
    return course.name, course.object_id


def _shifted_rows(course: Course, rows: Rows, errors: Floats, new: Arc, lag_days: float) -> Course:
    return _replaced(course, rows, shifted(rows_of(course.flown, rows), errors), new, lag_days)


def _replaced(course: Course, rows: Rows, moved: MeanElements, new: Arc, lag_days: float) -> Course:
    """Return the course with some sets replaced; in an orbit that is used up there are none."""
    seen_utc = new.start_utc + np.timedelta64(round(lag_days * 86400e6), "us")
    seen = (course.epoch_utc[rows] >= seen_utc) & (course.known_utc[rows] > new.start_utc)
    published = _put(course.published, rows[seen], rows_of(moved, np.flatnonzero(seen)))
    changed = replace(
        course,
        flown=_put(course.flown, rows, moved),
        published=published,
        arcs=_with_arc(course, new),
    ).changed_from(new.start_utc)
    keeps = np.isfinite(published.mean_motion_kozai_rad_min)
    return changed if keeps.all() else changed.take(keeps)


def _with_arc(course: Course, new: Arc) -> tuple[Arc, ...]:
    return (*(arc for arc in course.arcs if arc.start_utc < new.start_utc), new)


def _put(elements: MeanElements, rows: Rows, others: MeanElements) -> MeanElements:
    columns = {}
    for name in MeanElements.__dataclass_fields__:
        column = np.array(getattr(elements, name))
        column[rows] = getattr(others, name)
        columns[name] = column
    return MeanElements(**columns)


def _around(epoch_utc: Times, at_utc: np.datetime64) -> Rows:
    """Return the rows of up to four sets around a moment, none more than three days away."""
    place = int(np.searchsorted(epoch_utc, at_utc, side="right"))
    rows = np.arange(max(0, place - _TO_EACH_SIDE), min(len(epoch_utc), place + _TO_EACH_SIDE))
    return rows[np.abs((epoch_utc[rows] - at_utc) / _DAY) <= _NEAR_DAYS]


def _nearest(course: Course, inside: Rows, at_utc: np.datetime64) -> Rows:
    among = inside if len(inside) else np.arange(len(course.epoch_utc))
    away = np.abs((course.epoch_utc[among] - at_utc) / _DAY)
    return np.asarray(among[[int(np.argmin(away))]])
