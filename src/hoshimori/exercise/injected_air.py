"""Satellite navigation disturbed by a script: counts of aircraft laid over the map at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.disturbed_air import MadeAir, disturbed_air
from hoshimori.model.injects import DisturbedNavigation
from hoshimori.model.integrity import IntegrityCells, integrity_digest, joined_integrity
from hoshimori.model.moments import as_column_time
from hoshimori.model.provenance import EXERCISE_SCRIPT, Reality
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.hexagons import Bools, centres_deg, distances_km

Whole = npt.NDArray[np.int64]

StreamOf = Callable[[str], np.random.Generator]
"""Gives each inject, by its id, random numbers of its own: adding one changes no other."""

_AIRCRAFT_ALIKE = 18.0
"""Shares of neighbouring cells in one disturbance differ as a Beta of so many aircraft does: median
of seven days over Kaliningrad, Moscow and the eastern Mediterranean, 2022 and 2023 (2 to 27)."""
_DAY = np.timedelta64(1, "D")
_WEEK = np.timedelta64(7, "D")
_QUIET_DAYS = 35
"""Of made air before the first disturbance."""
_CELL_KM = 39.0
"""Between the middles of neighbouring cells, about."""
_STREAM = "air"


@dataclass(frozen=True, slots=True)
class AirOverlay:
    """What an exercise makes of the map of aircraft integrity."""

    cells: IntegrityCells
    """Rows that an exercise adds or puts in the place of others, all EXERCISE."""

    def over(self, real: IntegrityCells | None) -> IntegrityCells:
        """Return a map with these rows in the place of its own of the same cells and days."""
        if real is None:
            return self.cells.in_order()
        kept = real.take(~_is_among(real, self.cells))
        return joined_integrity([self.cells, kept]).in_order()


def air_overlay(
    injects: Sequence[DisturbedNavigation],
    real: IntegrityCells | None,
    *,
    starts_utc: datetime,
    ends_utc: datetime,
    stream_of: StreamOf,
) -> AirOverlay | None:
    """Return the counts of aircraft under disturbances from the start to the end of an exercise.

    On a map, its own aircraft lose integrity; the days that it does not reach go on as those of
    the same weekday before. Where there is none, made air stands in. None where nothing disturbs.
    Counts keep the source of the map that they follow from.
    """
    if not injects:
        return None
    last_day = as_column_time(ends_utc).astype("datetime64[D]")
    if real is None or not len(real):
        base = added = _of_the_script(_made_air(injects, starts_utc, last_day, stream_of))
    else:
        real = real.in_order()
        added = _carried_on(real, last_day, stream_of(_STREAM))
        base = joined_integrity([real, added])
    bad = base.bad.copy()
    for inject in sorted(injects, key=lambda one: one.inject_id):
        bad += _disturbed(base, bad, inject, starts_utc, stream_of(inject.inject_id))
    changed = (bad > base.bad) | _is_among(base, added)
    rows = replace(base, good=base.aircraft - bad, bad=bad).take(changed)
    return AirOverlay(_as_exercise(rows))


def _disturbed(
    base: IntegrityCells,
    bad: Whole,
    inject: DisturbedNavigation,
    starts_utc: datetime,
    random: np.random.Generator,
) -> Whole:
    """Return how many aircraft more lose integrity in each row of a map."""
    begins = starts_utc + timedelta(hours=inject.at_h)
    share_of_day = _share_of_day(base, begins, begins + timedelta(hours=inject.lasts_h))
    more = np.zeros(len(base), np.int64)
    touched = np.flatnonzero(share_of_day > 0.0)
    cells, inverse = np.unique(base.cell[touched], return_inverse=True)
    middle = np.array((inject.latitude_deg, inject.longitude_deg))
    away = distances_km(middle, centres_deg(cells)) / inject.radius_km
    of_cell = np.where(away <= 1.0, inject.share * (1.0 - 0.5 * away), 0.0)
    share = of_cell[inverse] * share_of_day[touched]
    inside = touched[share > 0.0]
    mean = np.clip(share[share > 0.0], 1e-6, 1.0 - 1e-6)
    drawn = random.beta(_AIRCRAFT_ALIKE * mean, _AIRCRAFT_ALIKE * (1.0 - mean))
    more[inside] = random.binomial(base.aircraft[inside] - bad[inside], drawn)
    return more


def _share_of_day(base: IntegrityCells, from_utc: datetime, until_utc: datetime) -> Floats:
    """Return which share of the day of each row lies in a span: so many aircraft are affected."""
    first = np.maximum(base.day_utc.astype("datetime64[us]"), as_column_time(from_utc))
    last = np.minimum((base.day_utc + _DAY).astype("datetime64[us]"), as_column_time(until_utc))
    return np.asarray(np.maximum((last - first) / _DAY.astype("timedelta64[us]"), 0.0))


def _carried_on(
    real: IntegrityCells, last_day: np.datetime64, random: np.random.Generator
) -> IntegrityCells:
    """Return the days after the last one of a map: each is a day of the same weekday before.

    Of the last four such days that the map holds; of its last day where it holds none.
    """
    held = np.unique(real.day_utc)
    parts = []
    day = held[-1] + _DAY
    while day <= last_day:
        weeks = -(-(day - held[-1]) // _WEEK)
        earlier = day - _WEEK * (weeks + np.arange(4))
        alike = earlier[np.isin(earlier, held)]
        chosen = alike[random.integers(len(alike))] if len(alike) else held[-1]
        rows = real.take(real.day_utc == chosen)
        parts.append(replace(rows, day_utc=np.full(len(rows), day)))
        day += _DAY
    return joined_integrity(parts)


def _made_air(
    injects: Sequence[DisturbedNavigation],
    starts_utc: datetime,
    last_day: np.datetime64,
    stream_of: StreamOf,
) -> IntegrityCells:
    """Return quiet air over and around all disturbances, from weeks before on."""
    first_h = min(0.0, *(inject.at_h for inject in injects))
    start = as_column_time(starts_utc + timedelta(hours=first_h)).astype("datetime64[D]")
    first_day = start - np.timedelta64(_QUIET_DAYS, "D")
    days = int((last_day - first_day) / _DAY) + 1
    parts = [
        disturbed_air(
            MadeAir(
                latitude_deg=inject.latitude_deg,
                longitude_deg=inject.longitude_deg,
                rings=int(np.ceil(1.5 * inject.radius_km / _CELL_KM)) + 2,
                first_day_utc=first_day,
                days=max(days, 1),
            ),
            stream_of(f"{inject.inject_id}/{_STREAM}"),
        )
        for inject in injects
    ]
    return joined_integrity(parts).in_order()


def _is_among(rows: IntegrityCells, others: IntegrityCells) -> Bools:
    """Return which rows are of a cell and day that the others have."""
    if not len(others):
        return np.zeros(len(rows), np.bool_)
    first = min(int(others.day_utc.min().astype(np.int64)), 0)
    keys = [(one.cell, one.day_utc.astype(np.int64) - first) for one in (rows, others)]
    cells = np.unique(np.concatenate([keys[0][0], keys[1][0]]))
    width = int(max(keys[0][1].max(initial=0), keys[1][1].max(initial=0))) + 1
    flat = [np.searchsorted(cells, cell) * width + day for cell, day in keys]
    return np.isin(flat[0], flat[1])


def _of_the_script(rows: IntegrityCells) -> IntegrityCells:
    made = tuple(replace(one, source=EXERCISE_SCRIPT) for one in rows.provenances)
    return replace(rows, provenances=made)


def _as_exercise(rows: IntegrityCells) -> IntegrityCells:
    """Return rows as EXERCISE, by their sources; the digest is that of these rows."""
    digest = integrity_digest(rows)
    marked = tuple(
        replace(one, payload_sha256=digest, reality=Reality.EXERCISE) for one in rows.provenances
    )
    return replace(rows, provenances=marked)
