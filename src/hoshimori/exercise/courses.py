"""The element sets that one object gets in an exercise, and how what happens to it changes them.

A change of course is transplanted: every set after it is turned by what the new trajectory differs
from the old one at its epoch. The noise, cadence, latency and gaps of the sets stay what they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.actors import Arc
from hoshimori.exercise.origins import Origins
from hoshimori.exercise.refit import (
    difference,
    mean_longitude_rad,
    rows_of,
    shifted,
    stacked,
    swung,
)
from hoshimori.exercise.smoothing import along, apart_at, errors_of, smoothed
from hoshimori.exercise.tracking import at_phase, from_node
from hoshimori.numerics.elements import Floats, MeanElements, Times

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Column = npt.NDArray[np.generic]

NEVER = np.datetime64("9999-01-01", "us")


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
    origins: Origins
    """Sources of all that its sets of the exercise follow from."""
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

    def following_also(self, origins: Origins) -> Course:
        """Return the course whose sets of the exercise follow from facts of more sources."""
        return replace(self, origins=self.origins | origins)


def trajectory(course: Course, at_utc: Times) -> MeanElements:
    """Return where an object really is at moments: its sets, smoothed, shape (n,).

    Between the changes of course before and after; where there are not two sets, the arc since
    the last change. Raises ValueError for a course without sets.
    """
    if not len(course.epoch_utc) and not course.arcs:
        raise ValueError(f"object {course.norad_id} has no element set")
    parts, rows = [], []
    place = _piece(course, at_utc)
    for piece in np.unique(place).tolist():
        own = np.flatnonzero(place == piece)
        parts.append(_trajectory(course, piece, at_utc[own]))
        rows.append(own)
    return rows_of(stacked(parts), np.argsort(np.concatenate(rows), kind="stable"))


def _piece(course: Course, at_utc: Times) -> Rows:
    """Return how many changes of course lie before each moment."""
    starts = np.array([arc.start_utc for arc in course.arcs], "datetime64[us]")
    return np.searchsorted(starts, at_utc, side="right")


def _trajectory(course: Course, piece: int, at_utc: Times) -> MeanElements:
    inside = np.flatnonzero(_piece(course, course.epoch_utc) == piece)
    if piece and len(inside) < 2:
        return along(course.arcs[piece - 1].elements, at_utc)
    return smoothed(rows_of(course.flown, inside) if len(inside) else course.flown, at_utc)


def diverted(
    course: Course, new: Arc, *, lag_days: float, old: MeanElements | None = None
) -> Course:
    """Return the course with another trajectory from the start of an arc on.

    `old` is the arc that it leaves, its own by default.
    Sets of the next `lag_days` are still those of the old orbit, as fits look back; sets known
    before the start cannot show it either.
    """
    if old is None:
        old = trajectory(course, np.array([new.start_utc], "datetime64[us]"))
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
    course = course.following_also(leader.origins)
    start = np.datetime64(arc.epoch_utc[0], "us")
    led = trajectory(leader, arc.epoch_utc)
    new = Arc(start, shifted(led, difference(beside, arc)))
    rows = np.flatnonzero(course.epoch_utc >= start)
    if not len(rows):
        return replace(course, arcs=_with_arc(course, new)).changed_from(start)
    flown = rows_of(course.flown, rows)
    ahead = trajectory(leader, flown.epoch_utc)
    ahead = shifted(ahead, apart_at(beside, arc, flown.epoch_utc))
    ahead = at_phase(ahead, from_node(flown))
    seen = swung(noise(course)[:, rows], mean_longitude_rad(ahead) - mean_longitude_rad(flown))
    return _replaced(course, rows, shifted(ahead, seen), new, lag_days)


def noise(course: Course) -> Floats:
    """Return the errors of the sets of a course, as `refit.shifted`, shape (6, n)."""
    found = np.zeros((6, len(course.epoch_utc)))
    place = _piece(course, course.epoch_utc)
    for piece in np.unique(place).tolist():
        own = np.flatnonzero(place == piece)
        found[:, own] = errors_of(rows_of(course.flown, own))
    return found


def with_sets_of(course: Course, other: Course, from_utc: np.datetime64) -> Course:
    """Return the course with the sets of another object from a moment on."""
    course = course.following_also(other.origins)
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
    flown = rows_of(course.flown, rows)
    moved = at_phase(shifted(flown, errors), from_node(flown))
    return _replaced(course, rows, moved, new, lag_days)


def _replaced(course: Course, rows: Rows, moved: MeanElements, new: Arc, lag_days: float) -> Course:
    """Return the course with some sets replaced; in an orbit that is used up there are none."""
    seen_utc = new.start_utc + np.timedelta64(round(lag_days * 86400e6), "us")
    seen = (course.epoch_utc[rows] >= seen_utc) & (course.known_utc[rows] > new.start_utc)
    published = _put(course.published, rows[seen], rows_of(moved, np.flatnonzero(seen)))
    later = np.zeros(len(course.known_utc), "timedelta64[us]")
    later[rows[seen]] = moved.epoch_utc[seen] - course.epoch_utc[rows[seen]]
    changed = replace(
        course,
        flown=_put(course.flown, rows, moved),
        published=published,
        known_utc=course.known_utc + later,
        arcs=_with_arc(course, new),
    ).changed_from(new.start_utc)
    keeps = np.flatnonzero(np.isfinite(published.mean_motion_kozai_rad_min))
    return changed.take(keeps[np.argsort(changed.epoch_utc[keeps], kind="stable")])


def _with_arc(course: Course, new: Arc) -> tuple[Arc, ...]:
    return (*(arc for arc in course.arcs if arc.start_utc < new.start_utc), new)


def _put(elements: MeanElements, rows: Rows, others: MeanElements) -> MeanElements:
    columns = {}
    for name in MeanElements.__dataclass_fields__:
        column = np.array(getattr(elements, name))
        column[rows] = getattr(others, name)
        columns[name] = column
    return MeanElements(**columns)
