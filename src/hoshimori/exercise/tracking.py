"""How catalogues track objects: the steps from one published element set to the next, as they are.

A step holds how long it took, how late the set was known, and what turned the older set, carried
forward by SGP4, into the newer one. Drawn in blocks and put one after another they give histories
whose gaps, latencies and errors are those of real ones (a moving-block bootstrap).
Source: Kuensch 1989, Annals of Statistics 17, 1217.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.actors import BELT_NOISE, FAINT_NOISE, HIGH_NOISE, LOW_NOISE, Noise
from hoshimori.exercise.refit import difference, mean_longitude_rad, swung
from hoshimori.model.elements import ElementSets
from hoshimori.model.objects import ObjectType, kind_by_name
from hoshimori.numerics.carried_elements import carried_elements
from hoshimori.numerics.elements import (
    Floats,
    MeanElements,
    OrbitRegime,
    orbit_regime,
    perigee_altitude_km,
    semi_major_axis_km,
)
from hoshimori.numerics.robust import sigma_of_known

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FEWEST_STEPS = 15
"""An object with fewer is tracked as another like it is."""
BLOCK_STEPS = 10
_LONGEST_GAP_DAYS = 12.0
_SAME_SET_DAYS = 0.01
_STAYS = 8.0
"""A step of the axis or plane that stays, of so many usual spreads, is a burn and no error."""
_LATE_DAYS, _LATE_SPREAD = 0.2, 0.5
"""Median and spread of the logarithm of the time from epoch to knowledge, where none is stated."""
_LATEST_DAYS = 3.0
_LOW_HEIGHTS_KM = (450.0, 700.0, 1000.0)
"""Between these the air makes errors of one size."""
_MADE_STEPS = 400
_DEEP_SPACE_RAD_MIN = 2.0 * np.pi / 225.0


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Steps of real histories, *n* rows ordered by object, then epoch."""

    norad_id: Rows
    gap_days: Floats
    late_days: Floats
    """From epoch to knowledge of the newer set; NaN where histories do not tell."""
    change: Floats
    """What turns the older set, carried forward, into the newer, as seen from the object (see
    `refit.swung`); shape (6, n)."""
    turn_rad: Floats
    """How much farther from the node the newer set is at its epoch."""
    drag: Floats
    """Drag term of the newer set, in usual ones of its object."""
    bstar_per_er: Floats
    axis_km: Floats
    left: Rows
    """How many rows follow without a break, with this one; 0 for burns and gaps of a history."""
    kind: Rows
    """Which objects are tracked alike: regime, height and type, as one number."""

    def __len__(self) -> int:
        return len(self.norad_id)

    def of(self, rows: Rows | Flags | slice) -> Steps:
        """Return the chosen rows."""
        return Steps(
            self.norad_id[rows],
            self.gap_days[rows],
            self.late_days[rows],
            self.change[:, rows],
            self.turn_rad[rows],
            self.drag[rows],
            self.bstar_per_er[rows],
            self.axis_km[rows],
            self.left[rows],
            self.kind[rows],
        )


def steps_of(history: ElementSets) -> Steps:
    """Return the steps of histories; rows ordered by object, then epoch.

    Of sets of one epoch the last counts.
    """
    history = history.take(_last_of_epochs(history))
    elements = history.mean_elements()
    older, newer = _pairs(history)
    gap_days = _days(history.epoch_utc[newer] - history.epoch_utc[older])
    carried = carried_elements(elements.take(older), history.epoch_utc[newer])
    change = difference(carried, elements.take(newer))
    ids = history.norad_id[newer]
    known = np.isfinite(change).all(axis=0) & (gap_days < _LONGEST_GAP_DAYS)
    axis_km = semi_major_axis_km(elements.take(newer))
    return Steps(
        norad_id=ids,
        gap_days=gap_days,
        late_days=_late_days(history, newer),
        change=swung(change, -mean_longitude_rad(elements.take(newer))),
        turn_rad=from_node(elements.take(newer)) - from_node(elements.take(older)),
        drag=_relative_drag(history.bstar_per_er[newer], ids),
        bstar_per_er=history.bstar_per_er[newer],
        axis_km=axis_km,
        left=_left_in_run(known & ~_stays(change, axis_km, ids), ids),
        kind=kinds_of(elements.take(newer), history.object_name[newer]),
    )


def kinds_of(elements: MeanElements, names: npt.NDArray[Any]) -> Rows:
    """Return a number for each element set by which objects that are tracked alike agree."""
    types = list(ObjectType)
    of_word = {word: types.index(kind_by_name(word)) for word in set(names.tolist())}
    # Names that tell nothing are those of pieces, which are faint as debris is.
    faint = types.index(ObjectType.DEBRIS)
    of_word = {w: faint if t == types.index(ObjectType.UNKNOWN) else t for w, t in of_word.items()}
    of_name = np.array([of_word[name] for name in names.tolist()], np.int64)
    regime = orbit_regime(elements).astype(np.int64)
    with np.errstate(invalid="ignore"):
        height = np.digitize(perigee_altitude_km(elements), _LOW_HEIGHTS_KM)
    height = np.where(regime == OrbitRegime.LEO, height, 0)
    return np.asarray(of_name + 10 * height + 100 * regime)


def made_steps(kind: int, random: np.random.Generator) -> Steps:
    """Return steps for a kind of object that no history at hand is of.

    Errors of `actors.Noise`, about one set in half a day (in a whole day beyond low orbits).
    """
    regime = kind // 100
    faint = kind % 10 == list(ObjectType).index(ObjectType.DEBRIS)
    noise, every_days, axis_km = _made_habit(regime, faint)
    gap_days = every_days * random.uniform(0.6, 1.4, _MADE_STEPS)
    errors = np.clip(random.standard_t(3.0, (6, _MADE_STEPS + 1)), -12.0, 12.0)
    errors *= _scales(noise)[:, None]
    errors[1:] /= axis_km
    change = np.diff(errors, axis=1)
    rate_rad_day = np.sqrt(398600.8 / axis_km**3) * 86400.0
    change[5] += 1.5 * rate_rad_day * gap_days * errors[0, :-1] / axis_km
    return Steps(
        norad_id=np.zeros(_MADE_STEPS, np.int64),
        gap_days=gap_days,
        late_days=np.full(_MADE_STEPS, np.nan),
        change=change,
        turn_rad=np.zeros(_MADE_STEPS),
        drag=np.ones(_MADE_STEPS),
        bstar_per_er=np.zeros(_MADE_STEPS),
        axis_km=np.full(_MADE_STEPS, axis_km),
        left=np.arange(_MADE_STEPS, 0, -1),
        kind=np.full(_MADE_STEPS, kind),
    )


def at_phase(elements: MeanElements, from_node_rad: Floats) -> MeanElements:
    """Return sets of low orbits at the nearest moment at which they are so far from the node.

    Catalogues give low objects epochs at the node, whenever they pass it; others stay as they are.
    """
    lacking = from_node_rad - from_node(elements)
    lacking = (lacking + np.pi) % (2.0 * np.pi) - np.pi
    minutes = np.nan_to_num(lacking / elements.mean_motion_kozai_rad_min)
    is_low = elements.mean_motion_kozai_rad_min > _DEEP_SPACE_RAD_MIN
    span = np.round(np.where(is_low, minutes, 0.0) * 60e6).astype("timedelta64[us]")
    return carried_elements(elements, elements.epoch_utc + span)


def from_node(elements: MeanElements) -> Floats:
    """Return how far from the node objects are at their epochs [rad], shape (n,)."""
    return elements.arg_of_perigee_rad + elements.mean_anomaly_rad


def drawn_latency_days(random: np.random.Generator, count: int) -> Floats:
    """Draw times from epoch to knowledge where histories do not tell them, half a day on most."""
    drawn = _LATE_DAYS * np.exp(_LATE_SPREAD * random.normal(size=count))
    return np.asarray(np.minimum(drawn, _LATEST_DAYS))


def blocks(steps: Steps, random: np.random.Generator, span_days: float) -> Rows:
    """Draw rows of steps of one object, in blocks of real order, until they span so many days.

    No step comes twice before all have come once: what is drawn from a short history varies as
    much as real days do, and no more (a part of a finite population).
    """
    rows: list[Rows] = []
    reached = 0.0
    while reached <= span_days:
        for block in _every_block(steps, random):
            rows.append(block)
            reached += float(steps.gap_days[block].sum())
            if reached > span_days:
                break
    drawn = np.concatenate(rows)
    ends = np.cumsum(steps.gap_days[drawn])
    return drawn[: int(np.searchsorted(ends, span_days)) + 1]


def _every_block(steps: Steps, random: np.random.Generator) -> list[Rows]:
    """Return all steps that may be drawn, in blocks within runs, in an order by chance."""
    rows = np.flatnonzero(steps.left > 0)
    begins = np.append(True, np.diff(rows) > 1) | np.append(True, steps.left[rows[:-1]] == 1)
    in_run = np.arange(len(rows)) - np.maximum.accumulate(np.where(begins, np.arange(len(rows)), 0))
    cut = begins | ((in_run + random.integers(BLOCK_STEPS)) % BLOCK_STEPS == 0)
    found = np.split(rows, np.flatnonzero(cut)[1:])
    return [found[place] for place in random.permutation(len(found))]


def _made_habit(regime: int, faint: bool) -> tuple[Noise, float, float]:
    match regime:
        case OrbitRegime.LEO:
            return FAINT_NOISE if faint else LOW_NOISE, 0.5, 7100.0
        case OrbitRegime.GEO:
            return BELT_NOISE, 1.0, 42164.0
        case _:
            return HIGH_NOISE, 1.0, 26500.0


def _scales(noise: Noise) -> Floats:
    across = [noise.radial_km] * 2 + [noise.cross_track_km] * 2
    return np.array([1e-3 * noise.axis_m, *across, noise.in_track_km])


def _left_in_run(usable: Flags, ids: Rows) -> Rows:
    """Return for each row how many usable rows of its object follow without a break, with it."""
    stops = np.flatnonzero(~usable | np.append(ids[1:] != ids[:-1], True)[: len(ids)])
    rows = np.arange(len(usable))
    stop = stops[np.searchsorted(stops, rows)] if len(rows) else rows
    # A run ends with the last set of its object, or before a row that is not usable.
    return np.where(usable, stop - rows + usable[stop], 0)


def _last_of_epochs(history: ElementSets) -> Flags:
    """Tell which rows are the last of their epoch; closer ones are one delivery."""
    last = np.ones(len(history), np.bool_)
    if len(history) > 1:
        near = _days(np.diff(history.epoch_utc)) < _SAME_SET_DAYS
        last[:-1] = ~((history.norad_id[1:] == history.norad_id[:-1]) & near)
    return last


def _pairs(history: ElementSets) -> tuple[Rows, Rows]:
    older = np.flatnonzero(history.norad_id[1:] == history.norad_id[:-1])
    return older, older + 1


def _days(span: npt.NDArray[np.timedelta64]) -> Floats:
    return np.asarray(span / np.timedelta64(1, "D"), np.float64)


def _late_days(history: ElementSets, rows: Rows) -> Floats:
    """Return what histories tell of latency: nothing where a file has one moment for all."""
    late = _days(history.known_utc[rows] - history.epoch_utc[rows])
    return np.where((late > 0.0) & (late < _LATEST_DAYS), late, np.nan)


def _relative_drag(bstar: Floats, ids: Rows) -> Floats:
    usual = _by_object(np.abs(bstar), ids, lambda own: float(np.median(own)))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(usual > 0.0, bstar / usual, 1.0)


def _stays(change: Floats, axis_km: Floats, ids: Rows) -> Flags:
    """Tell which steps of axis or plane are far beyond the object's usual and are not undone."""
    found = np.zeros(len(ids), np.bool_)
    for row in (change[0], change[3], change[4]):
        sigma = _by_object(row, ids, lambda own: float(sigma_of_known(own)))
        before = np.where(np.append(False, ids[1:] == ids[:-1]), np.append(0.0, row[:-1]), 0.0)
        after = np.where(np.append(ids[1:] == ids[:-1], False), np.append(row[1:], 0.0), 0.0)
        least = np.minimum(np.abs(row), np.minimum(np.abs(row + before), np.abs(row + after)))
        with np.errstate(invalid="ignore"):
            found |= least > _STAYS * sigma
    return found


def _by_object(values: Floats, ids: Rows, of: Callable[[Floats], float]) -> Floats:
    """Return one number for the values of each object, in every row of it."""
    result = np.empty(len(values))
    ends = np.flatnonzero(np.append(ids[1:] != ids[:-1], True)) + 1 if len(ids) else ids
    start = 0
    for end in ends:
        result[start:end] = of(values[start:end])
        start = int(end)
    return result
