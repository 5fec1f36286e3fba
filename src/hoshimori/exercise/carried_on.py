"""Objects of a picture that go on: element sets as catalogues would publish them afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from hoshimori.exercise.records import Register, element_sets
from hoshimori.exercise.refit import rows_of, shifted, stacked
from hoshimori.exercise.streams import stream
from hoshimori.exercise.tracking import (
    FEWEST_STEPS,
    Rows,
    Steps,
    blocks,
    drawn_latency_days,
    kinds_of,
    made_steps,
    steps_of,
)
from hoshimori.model.elements import NO_ELEMENT_SETS, ElementSets
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.numerics.carried_elements import carried_elements
from hoshimori.numerics.elements import (
    Floats,
    MeanElements,
    Times,
    perigee_altitude_km,
    semi_major_axis_km,
)

SOURCE = "exercise"
_LEAST_PERIGEE_KM = 100.0
_HISTORY_DAYS = 60.0
Air = Callable[[Times, Floats], Floats]
"""By what the air is denser than element sets expect, at moments and heights [km]."""


@dataclass(frozen=True, slots=True, eq=False)
class Habits:
    """How the catalogue of a picture tracks its objects."""

    seed: int
    steps: Steps
    own: Mapping[int, slice]
    """Rows of each object that has enough of them."""
    alike: Mapping[int, tuple[int, ...]]
    """Those objects by their kind."""
    made: Mapping[int, Steps]
    """Steps for kinds of objects of which the history has none."""

    def of(self, norad_id: int, kind: int, name: str) -> Steps:
        """Return steps for an object: its own, else those of one like it, else made ones.

        Which other one is drawn from the stream of `name`, so that it is the same each time.
        """
        if norad_id in self.own:
            return self.steps.of(self.own[norad_id])
        donors = self.alike.get(kind, ())
        if not donors:
            return self.made[kind] if kind in self.made else _made(self.seed, kind)
        donor = donors[stream(self.seed, f"habit {name}").integers(len(donors))]
        return self.steps.of(self.own[donor])


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """Element sets of some objects in one course, ordered by object, then epoch."""

    norad_id: Rows
    elements: MeanElements
    known_utc: Times


def habits_of(picture: Picture, seed: int) -> Habits:
    """Return how the catalogue of a picture tracks its objects, by the last 60 days."""
    since_utc = as_column_time(picture.as_of_utc) - np.timedelta64(int(_HISTORY_DAYS), "D")
    steps = steps_of(picture.history.take(picture.history.epoch_utc >= since_utc))
    own, alike = _by_kind(steps)
    newest = picture.newest
    kinds = set(kinds_of(newest.mean_elements(), newest.object_name).tolist())
    made = {kind: _made(seed, kind) for kind in sorted(kinds - set(alike))}
    return Habits(seed=seed, steps=steps, own=own, alike=alike, made=made)


def _by_kind(steps: Steps) -> tuple[dict[int, slice], dict[int, tuple[int, ...]]]:
    """Return the rows of each object with enough of them, and such objects by kind."""
    own: dict[int, slice] = {}
    alike: dict[int, tuple[int, ...]] = {}
    starts = np.flatnonzero(np.diff(steps.norad_id, prepend=-1))
    for start, stop in zip(starts, [*starts[1:], len(steps)], strict=True):
        if np.count_nonzero(steps.left[start:stop]) >= FEWEST_STEPS:
            number, kind = int(steps.norad_id[start]), int(steps.kind[stop - 1])
            own[number] = slice(int(start), int(stop))
            alike[kind] = (*alike.get(kind, ()), number)
    return own, alike


def _made(seed: int, kind: int) -> Steps:
    return made_steps(kind, stream(seed, f"made {kind}"))


def carried_on(
    picture: Picture,
    until_utc: np.datetime64,
    seed: int,
    *,
    without: Iterable[int] = (),
    air: Air | None = None,
) -> ElementSets:
    """Return the element sets that a picture's objects get after its moment, EXERCISE.

    Each at its own cadence and with its own errors. Those known after `as_of_utc` alone, as the
    picture holds the others. The sets of one object depend on no other's.
    """
    newest = picture.newest.take(~np.isin(picture.newest.norad_id, list(without)))
    if not len(newest):
        return NO_ELEMENT_SETS
    went = gone_on(newest, habits_of(picture, seed), until_utc, air=air)
    new = went.known_utc > as_column_time(picture.as_of_utc)
    rows = np.flatnonzero(new)
    went = Published(went.norad_id[rows], rows_of(went.elements, rows), went.known_utc[rows])
    return as_records(went, picture.newest)


def gone_on(
    newest: ElementSets, habits: Habits, until_utc: np.datetime64, *, air: Air | None = None
) -> Published:
    """Return what follows the newest sets of some objects, one each, until a moment."""
    elements = newest.mean_elements()
    kinds = kinds_of(elements, newest.object_name)
    axis_km = semi_major_axis_km(elements)
    drawn = [_drawn(habits, newest, row, int(kinds[row]), until_utc) for row in range(len(newest))]
    parts: list[MeanElements] = []
    owners, known = [np.empty(0, np.int64)], [np.empty(0, "datetime64[us]")]
    current, going = elements, np.arange(len(newest))
    for step in range(max((len(one.gap_days) for one in drawn), default=0)):
        stays = np.array([step < len(drawn[row].gap_days) for row in going], np.bool_)
        current, going = rows_of(current, np.flatnonzero(stays)), going[stays]
        own = [drawn[row] for row in going]
        current = _next(current, own, step, axis_km[going], air)
        flies = perigee_altitude_km(current) > _LEAST_PERIGEE_KM
        current, going = rows_of(current, np.flatnonzero(flies)), going[flies]
        late = np.array([drawn[row].late_days[step] for row in going])
        parts.append(current)
        owners.append(newest.norad_id[going])
        known.append(current.epoch_utc + np.round(late * 86400e6).astype("timedelta64[us]"))
    if not parts:
        return Published(owners[0], rows_of(elements, np.empty(0, np.int64)), known[0])
    ids, every = np.concatenate(owners), stacked(parts)
    order = np.lexsort((every.epoch_utc, ids))
    return Published(ids[order], rows_of(every, order), np.concatenate(known)[order])


def tracked(
    norad_id: int,
    name: str,
    habits: Habits,
    kind: int,
    from_utc: np.datetime64,
    until_utc: np.datetime64,
) -> Steps:
    """Return steps for a new object from its first set on, as one like it is tracked."""
    random = stream(habits.seed, f"on {name}")
    steps = habits.of(norad_id, kind, name)
    span_days = float((until_utc - from_utc) / np.timedelta64(1, "D"))
    return _with_latency(steps.of(blocks(steps, random, max(span_days, 0.0))), random)


def as_records(went: Published, register: ElementSets) -> ElementSets:
    """Return sets as a catalogue publishes them, EXERCISE; who is who is told by other sets."""
    if not len(went.norad_id):
        return NO_ELEMENT_SETS
    place = np.searchsorted(register.norad_id, went.norad_id)
    who = Register(
        norad_id=went.norad_id,
        name=register.object_name[place],
        object_id=register.object_id[place],
        launch_utc=_launched(register)[place],
    )
    as_of_utc = went.elements.epoch_utc.max()
    made = element_sets(went.elements, who, as_of_utc, SOURCE)
    return replace(made, known_utc=went.known_utc, provenances=(as_exercise(made.provenances[0]),))


def as_exercise(provenance: Provenance) -> Provenance:
    """Return where a fact comes from, with what is of the exercise marked so."""
    return replace(provenance, reality=Reality.EXERCISE)


def _launched(register: ElementSets) -> Times:
    """Return the first of July of the years in the designators, or the epoch where none is."""
    years = np.array([str(i)[:4] if str(i)[4:5] == "-" else "" for i in register.object_id])
    stated = np.array([f"{y}-07-01" if y.isdigit() else "NaT" for y in years], "datetime64[us]")
    return np.where(np.isnat(stated), register.epoch_utc, stated)


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    gap_days: Floats
    late_days: Floats
    change: Floats
    bstar_per_er: Floats
    axis_km: float


def _drawn(
    habits: Habits, newest: ElementSets, row: int, kind: int, until_utc: np.datetime64
) -> _Drawn:
    number = int(newest.norad_id[row])
    span_days = float((until_utc - newest.epoch_utc[row]) / np.timedelta64(1, "D"))
    if span_days <= 0.0:
        none = np.empty(0)
        return _Drawn(none, none, np.empty((6, 0)), none, 1.0)
    steps = tracked(number, str(number), habits, kind, newest.epoch_utc[row], until_utc)
    ends = np.cumsum(steps.gap_days)
    steps = steps.of(ends <= span_days)
    is_own = bool(np.all(steps.norad_id == number))
    return _Drawn(
        steps.gap_days,
        steps.late_days,
        steps.change,
        steps.bstar_per_er if is_own else steps.drag * newest.bstar_per_er[row],
        float(steps.axis_km[0]) if len(steps) else 1.0,
    )


def _next(
    current: MeanElements,
    own: list[_Drawn],
    step: int,
    axis_km: Floats,
    air: Air | None,
) -> MeanElements:
    """Return the set that each object gets next."""
    if not own:
        return current
    gap = np.array([one.gap_days[step] for one in own])
    change = np.stack([one.change[:, step] for one in own], axis=1)
    # Errors are lengths: the same ones are smaller angles in a larger orbit.
    change[1:] *= np.array([one.axis_km for one in own]) / axis_km
    bstar = np.array([one.bstar_per_er[step] for one in own])
    flown = current
    if air is not None:
        middle = current.epoch_utc + np.round(0.5 * gap * 86400e6).astype("timedelta64[us]")
        denser = air(middle, perigee_altitude_km(current))
        flown = replace(current, bstar_per_er=current.bstar_per_er * denser)
        bstar = bstar * denser
    at_utc = current.epoch_utc + np.round(gap * 86400e6).astype("timedelta64[us]")
    moved = shifted(carried_elements(flown, at_utc), change)
    return replace(moved, bstar_per_er=bstar)


def _with_latency(steps: Steps, random: np.random.Generator) -> Steps:
    late = np.where(
        np.isfinite(steps.late_days), steps.late_days, drawn_latency_days(random, len(steps))
    )
    return replace(steps, late_days=late)
