"""Objects of a picture that go on: element sets as catalogues would publish them afterwards."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Self

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.as_exercise import sets_as_exercise
from hoshimori.exercise.origins import OF_THE_SCRIPT, Origins, origins_by_object
from hoshimori.exercise.records import Register, element_sets
from hoshimori.exercise.refit import mean_longitude_rad, rows_of, shifted, stacked, swung
from hoshimori.exercise.streams import stream
from hoshimori.exercise.tracking import (
    FEWEST_STEPS,
    Rows,
    Steps,
    at_phase,
    blocks,
    drawn_latency_days,
    from_node,
    kinds_of,
    made_steps,
    steps_of,
)
from hoshimori.model.elements import NO_ELEMENT_SETS, ElementSets, concatenate
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import source_following
from hoshimori.numerics.carried_elements import carried_elements
from hoshimori.numerics.elements import (
    Floats,
    MeanElements,
    Times,
    perigee_altitude_km,
    semi_major_axis_km,
)

_LEAST_PERIGEE_KM = 100.0
_HISTORY_DAYS = 60.0
_NO_ORIGINS: Mapping[int, Origins] = MappingProxyType({})
_NOBODY: Mapping[Origins, tuple[int, ...]] = MappingProxyType({})
Air = Callable[[Times, Floats], Floats]
"""By what the air is denser than element sets expect, at moments and heights [km]."""


@dataclass(frozen=True, slots=True, eq=False)
class Habits:
    """How the catalogue of a picture tracks its objects."""

    steps: Steps
    own: Mapping[int, slice]
    """Rows of each object that has enough of them."""
    alike: Mapping[int, Mapping[Origins, tuple[int, ...]]]
    """Those objects by their kind, then by the sources of their sets."""
    made: Mapping[int, Steps]
    """Steps for kinds of objects of which the history has none."""
    origins: Mapping[int, Origins]
    """Sources of the sets of each object."""
    seed: int = 0
    """Of what is drawn by these habits."""

    def of(self, norad_id: int, kind: int, origins: Origins) -> Steps:
        """Return steps for an object: its own, else those of one like it, else made ones.

        `origins` are the sources of what is known of it. One like it is of no other source: who
        may not see the one learns nothing of it from the other.
        """
        if norad_id in self.own:
            return self.steps.of(self.own[norad_id])
        donors = [
            numbers
            for source, numbers in self.alike.get(kind, _NOBODY).items()
            if source <= origins
        ]
        if not donors:
            return self.made[kind] if kind in self.made else _made(kind)
        random = stream(self.seed, f"habit {norad_id}")
        place = int(random.integers(sum(map(len, donors))))
        donor = next(itertools.islice(itertools.chain(*donors), place, None))
        return self.steps.of(self.own[donor])


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """Element sets of some objects in one course, ordered by object, then epoch."""

    norad_id: Rows
    elements: MeanElements
    known_utc: Times

    def take(self, rows: Rows) -> Self:
        """Return the chosen rows."""
        return replace(
            self,
            norad_id=self.norad_id[rows],
            elements=rows_of(self.elements, rows),
            known_utc=self.known_utc[rows],
        )


def habits_of(picture: Picture) -> Habits:
    """Return how the catalogue of a picture tracks its objects, by the last 60 days."""
    since_utc = as_column_time(picture.as_of_utc) - np.timedelta64(int(_HISTORY_DAYS), "D")
    recent = picture.history.take(picture.history.epoch_utc >= since_utc)
    steps = steps_of(recent)
    origins = origins_by_object(recent)
    own, alike = _by_kind(steps, origins)
    newest = picture.newest
    kinds = set(kinds_of(newest.mean_elements(), newest.object_name).tolist())
    made = {kind: _made(kind) for kind in sorted(kinds - set(alike))}
    return Habits(steps=steps, own=own, alike=alike, made=made, origins=origins)


def _by_kind(
    steps: Steps, origins: Mapping[int, Origins]
) -> tuple[dict[int, slice], dict[int, dict[Origins, tuple[int, ...]]]]:
    """Return the rows of each object with enough of them, and such objects by kind and source."""
    own: dict[int, slice] = {}
    alike: dict[int, dict[Origins, list[int]]] = {}
    ends = np.flatnonzero(np.diff(steps.norad_id, prepend=-1, append=-1)).tolist()
    for start, stop in itertools.pairwise(ends):
        if np.count_nonzero(steps.left[start:stop]) >= FEWEST_STEPS:
            number, kind = int(steps.norad_id[start]), int(steps.kind[stop - 1])
            own[number] = slice(start, stop)
            alike.setdefault(kind, {}).setdefault(origins[number], []).append(number)
    return own, {k: {o: tuple(n) for o, n in by.items()} for k, by in alike.items()}


def _made(kind: int) -> Steps:
    return made_steps(kind, stream(0, f"made {kind}"))


@dataclass(frozen=True, slots=True, eq=False)
class Goers:
    """Objects that go on from an element set each; rows agree."""

    norad_id: Rows
    elements: MeanElements
    kinds: Rows
    origins: tuple[Origins, ...]
    """Sources of what is known of each; donors of habits are of no other."""

    @classmethod
    def of(cls, newest: ElementSets, known: Mapping[int, Origins] = _NO_ORIGINS) -> Self:
        """Return the objects of element sets, one set each.

        `known` are the sources of what else is known of objects.
        """
        elements = newest.mean_elements()
        own = origins_by_object(newest)
        origins = tuple(own[n] | known.get(n, OF_THE_SCRIPT) for n in newest.norad_id.tolist())
        return cls(newest.norad_id, elements, kinds_of(elements, newest.object_name), origins)

    @property
    def by_object(self) -> dict[int, Origins]:
        """Sources of what is known of each object."""
        return dict(zip(self.norad_id.tolist(), self.origins, strict=True))


def carried_on(
    picture: Picture,
    until_utc: np.datetime64,
    seed: int,
    *,
    without: Iterable[int] = (),
    air: Air | None = None,
    habits: Habits | None = None,
) -> ElementSets:
    """Return the element sets that a picture's objects get after its moment, EXERCISE.

    Each at its own cadence and with its own errors. Those known after `as_of_utc` alone, as the
    picture holds the others. The sets of one object depend on no other's, and keep the source of
    the object's own. `habits` are those of the picture, where they are at hand already.
    """
    newest = picture.newest.take(~np.isin(picture.newest.norad_id, list(without)))
    if not len(newest):
        return NO_ELEMENT_SETS
    habits = replace(habits or habits_of(picture), seed=seed)
    goers = Goers.of(newest, habits.origins)
    went = gone_on(goers, habits, until_utc, air=air)
    rows = np.flatnonzero(went.known_utc > as_column_time(picture.as_of_utc))
    who = Register.of(picture.newest, went.norad_id[rows])
    return as_records(went.take(rows), who, goers.by_object)


def gone_on(
    goers: Goers,
    habits: Habits,
    until_utc: np.datetime64,
    *,
    air: Air | None = None,
    backwards: bool = False,
) -> Published:
    """Return what follows the sets of some objects until a moment, or what came before them.

    Backwards, each step leads to the set from which the later one follows by it.
    """
    way = "before" if backwards else "on"
    drawn = [_drawn(habits, goers, row, until_utc, way) for row in range(len(goers.norad_id))]
    axis_km = semi_major_axis_km(goers.elements)
    parts = [rows_of(goers.elements, np.empty(0, np.int64))]
    owners, known = [np.empty(0, np.int64)], [np.empty(0, "datetime64[us]")]
    current, going = goers.elements, np.arange(len(goers.norad_id))
    move = _before if backwards else _next
    for step in range(max((len(one.gap_days) for one in drawn), default=0)):
        stays = np.array([step < len(drawn[row].gap_days) for row in going], np.bool_)
        current, going = rows_of(current, np.flatnonzero(stays)), going[stays]
        current = move(current, _now([drawn[r] for r in going], step, axis_km[going]), air)
        flies = perigee_altitude_km(current) > _LEAST_PERIGEE_KM
        current, going = rows_of(current, np.flatnonzero(flies)), going[flies]
        late = np.array([drawn[row].late_days[step] for row in going])
        parts.append(current)
        owners.append(goers.norad_id[going])
        known.append(current.epoch_utc + span_of(late))
    ids, every = np.concatenate(owners), stacked(parts)
    # Epochs at the node may lie a little farther than the steps say.
    within = every.epoch_utc >= until_utc if backwards else every.epoch_utc <= until_utc
    order = np.lexsort((every.epoch_utc, ids))
    order = order[within[order]]
    return Published(ids, every, np.concatenate(known)).take(order)


def tracked(
    norad_id: int, habits: Habits, kind: int, span_days: float, origins: Origins, way: str
) -> Steps:
    """Return steps of an object that span so many days, by its own habits or those of its like.

    What came before and what comes after (`way`) are drawn apart.
    """
    random = stream(habits.seed, f"{way} {norad_id}")
    steps = habits.of(norad_id, kind, origins)
    steps = steps.of(blocks(steps, random, span_days))
    late = drawn_latency_days(random, len(steps))
    return replace(steps, late_days=np.where(np.isfinite(steps.late_days), steps.late_days, late))


def as_records(went: Published, who: Register, origins: Mapping[int, Origins]) -> ElementSets:
    """Return sets as a catalogue publishes them, EXERCISE; who is who row by row.

    `origins` are the sources that the sets of each object follow from: they go by their markings.
    """
    if not len(went.norad_id):
        return NO_ELEMENT_SETS
    ids, place = np.unique(went.norad_id, return_inverse=True)
    sources = [source_following(origins[number]) for number in ids.tolist()]
    every = sorted(set(sources))
    of_object = np.array([every.index(source) for source in sources])
    parts, rows = [], []
    for index, source in enumerate(every):
        own = np.flatnonzero(of_object[place] == index)
        some = went.take(own)
        made = element_sets(some.elements, who.take(own), some.elements.epoch_utc.max(), source)
        parts.append(replace(made, known_utc=some.known_utc))
        rows.append(own)
    order = np.argsort(np.concatenate(rows), kind="stable")
    return sets_as_exercise(concatenate(parts).take(order) if len(parts) > 1 else parts[0])


def span_of(days: Floats) -> npt.NDArray[np.timedelta64]:
    """Return spans of time, to the microsecond."""
    return np.round(days * 86400e6).astype("timedelta64[us]")


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """Steps of one object."""

    gap_days: Floats
    late_days: Floats
    change: Floats
    turn_rad: Floats
    bstar_per_er: Floats
    axis_km: float


@dataclass(frozen=True, slots=True, eq=False)
class _Now:
    """One step of each of *n* objects."""

    span: npt.NDArray[np.timedelta64]
    change: Floats
    turn_rad: Floats
    bstar_per_er: Floats


def _drawn(habits: Habits, goers: Goers, row: int, until_utc: np.datetime64, way: str) -> _Drawn:
    number = int(goers.norad_id[row])
    span_days = abs(float((until_utc - goers.elements.epoch_utc[row]) / np.timedelta64(1, "D")))
    kind, origins = int(goers.kinds[row]), goers.origins[row]
    steps = tracked(number, habits, kind, span_days, origins, way)
    steps = steps.of(np.cumsum(steps.gap_days) <= span_days)
    is_own = bool(np.all(steps.norad_id == number))
    return _Drawn(
        steps.gap_days,
        steps.late_days,
        steps.change,
        steps.turn_rad,
        steps.bstar_per_er if is_own else steps.drag * goers.elements.bstar_per_er[row],
        float(steps.axis_km[0]) if len(steps) else 1.0,
    )


def _now(own: list[_Drawn], step: int, axis_km: Floats) -> _Now:
    change = np.array([one.change[:, step] for one in own]).reshape(-1, 6).T
    # Errors are lengths: the same ones are smaller angles in a larger orbit.
    change = change * np.where(
        np.arange(6)[:, None] == 0, 1.0, np.array([one.axis_km for one in own]) / axis_km
    )
    return _Now(
        span_of(np.array([one.gap_days[step] for one in own])),
        change,
        np.array([one.turn_rad[step] for one in own]),
        np.array([one.bstar_per_er[step] for one in own]),
    )


def _next(current: MeanElements, now: _Now, air: Air | None) -> MeanElements:
    """Return the set that each object gets next."""
    denser = np.ones(len(current))
    if air is not None:
        denser = air(current.epoch_utc + now.span // 2, perigee_altitude_km(current))
    flown = replace(current, bstar_per_er=current.bstar_per_er * denser)
    carried = carried_elements(flown, current.epoch_utc + now.span)
    carried = at_phase(carried, from_node(current) + now.turn_rad)
    moved = shifted(carried, swung(now.change, mean_longitude_rad(carried)))
    return replace(moved, bstar_per_er=now.bstar_per_er * denser)


def _before(current: MeanElements, now: _Now, air: Air | None) -> MeanElements:
    """Return the set that each object had before; the air of that time is as it was."""
    change = swung(now.change, mean_longitude_rad(current))
    unmoved = replace(shifted(current, -change), bstar_per_er=now.bstar_per_er)
    carried = carried_elements(unmoved, current.epoch_utc - now.span)
    return at_phase(carried, from_node(current) - now.turn_rad)
