"""Histories of many objects read as patterns of life: one `Life` for each object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hoshimori.numerics.belt_pattern import M_S_PER_DEG, M_S_PER_DEG_DAY, belt_pattern
from hoshimori.numerics.burns import Burns as FoundBurns
from hoshimori.numerics.burns import find_burns
from hoshimori.numerics.change import find_steps, first_rows
from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.cycles import IntervalForecast, interval_forecast
from hoshimori.numerics.elements import Floats, MeanElements, OrbitRegime, orbit_regime
from hoshimori.numerics.height_pattern import HeightStretch, height_pattern
from hoshimori.numerics.segments import Rows
from hoshimori.numerics.sgp4 import initialise
from hoshimori.numerics.steering import Burns, Stretch, accumulated

_IN_TRACK = 0
_LEVEL_SETS = 3
"""Sets beside a burn whose median is the level of an element there."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One aspect of an orbit over time: its modes, its burns, and what it did."""

    modes: Sequence[Stretch | HeightStretch]
    burns: Burns
    m_s_per_unit: float
    """Velocity change of a burn of size one."""
    place: Floats
    """Where the aspect stood at each row: longitude [deg], plane [deg], semi-major axis [km]."""
    element: Floats
    """What its burns change, in their unit: drift [deg/day], plane [deg], semi-major axis [km]."""

    def forecast(self) -> IntervalForecast | None:
        """Return when the next burn comes if it comes as the burns of the newest mode did."""
        return interval_forecast(self.intervals_days())

    def intervals_days(self) -> Floats:
        """Return the intervals between the burns of the newest mode."""
        return np.diff(self.burns.days[self.burns.row >= self.modes[-1].start])

    def drawn_on(self) -> tuple[Floats, float]:
        """Return how far nature took the element between the burns of the newest mode, and since.

        Along the way that its burns take back, in the unit of the element. There must be a burn.
        """
        newest = self.burns.row >= self.modes[-1].start
        rows = self.burns.row[newest]
        way = -float(np.sign(np.median(self.burns.size[newest])))
        before = np.array([_level(self.element, row - _LEVEL_SETS, row) for row in rows])
        after = np.array([_level(self.element, row + 1, row + 1 + _LEVEL_SETS) for row in rows])
        now = _level(self.element, len(self.element) - _LEVEL_SETS, len(self.element))
        return way * (before[1:] - after[:-1]), way * (now - float(after[-1]))


def _level(values: Floats, start: int, stop: int) -> float:
    """Return the median of some rows, of the nearest one where there are none."""
    start = min(max(start, 0), len(values) - 1)
    return float(np.median(values[start : max(stop, start + 1)]))


@dataclass(frozen=True, slots=True, eq=False)
class Life:
    """One object's history as a pattern of life."""

    rows: Rows
    """Rows of the table that were used, in order of time."""
    days: Floats
    """Their epochs since that of the table's first row."""
    regime: OrbitRegime
    east_west: Reading | None
    north_south: Reading | None
    height: Reading | None
    adjustments: Rows
    """Rows (of this life) at which a drift along the belt was adjusted."""


def lives(
    elements: MeanElements,
    object_id: Rows,
    *,
    fewest: int,
    least_apart_days: float,
    longest_gap_days: float,
    longest_belt_gap_days: float,
    burn_floor_m_s: tuple[float, float],
    burn_threshold: float,
) -> Iterator[Life]:
    """Yield the lives of objects in low orbits and in the belt that have enough element sets.

    Rows ordered by object and epoch. Rows nearer than `least_apart_days` to the one before are
    left out; where rows lie farther apart than `longest_gap_days`, in the belt
    `longest_belt_gap_days`, only what follows counts.
    `burn_floor_m_s` (in-track, across) and `burn_threshold` are those of `change.find_steps` and
    `burns.find_burns`, by which burns in low orbits are found.
    """
    if not len(object_id):
        return
    days = np.asarray((elements.epoch_utc - elements.epoch_utc[0]) / np.timedelta64(1, "D"))
    regime = orbit_regime(elements)
    in_belt = regime == OrbitRegime.GEO
    longest = np.where(in_belt, longest_belt_gap_days, longest_gap_days)
    used = _used_rows(object_id, days, regime, least_apart_days, longest)
    chosen = elements.take(used)
    low = regime[used] == OrbitRegime.LEO
    found = _low_burns(
        chosen.take(low), object_id[used][low], burn_floor_m_s, burn_threshold, longest_gap_days
    )
    place_low = np.cumsum(low) - 1
    bounds = [*np.unique(first_rows(object_id[used])).tolist(), len(used)]
    for start, stop in pairwise(bounds):
        if stop - start < fewest:
            continue
        part, rows = slice(start, stop), used[start:stop]
        own = chosen.take(np.arange(start, stop))
        kind = OrbitRegime(int(regime[rows[-1]]))
        if kind is OrbitRegime.GEO:
            yield _belt_life(own, days[rows], rows)
        elif kind is OrbitRegime.LEO:
            burns = _as_burns(found, int(place_low[part.start]), days[rows], own)
            yield _low_life(own, days[rows], rows, burns)


def _used_rows(
    object_id: Rows,
    days: Floats,
    regime: np.ndarray[tuple[int], np.dtype[np.uint8]],
    least_apart_days: float,
    longest_gap_days: Floats,
) -> Rows:
    """Return the rows of each object's newest unbroken stretch in its newest regime, thinned.

    Rows of other regimes, impossible ones among them, are as if they were not there.
    """
    used: list[int] = []
    bounds = [*np.unique(first_rows(object_id)).tolist(), len(object_id)]
    for start, stop in pairwise(bounds):
        own = start + np.flatnonzero(regime[start:stop] == regime[stop - 1])
        breaks = np.flatnonzero(np.diff(days[own]) > longest_gap_days[stop - 1])
        kept_days = -np.inf
        for row in own[int(breaks[-1]) + 1 if len(breaks) else 0 :].tolist():
            if days[row] - kept_days >= least_apart_days:
                used.append(row)
                kept_days = float(days[row])
    return np.array(used, dtype=np.int64)


def _low_burns(
    elements: MeanElements,
    object_id: Rows,
    floor_m_s: tuple[float, float],
    threshold: float,
    longest_gap_days: float,
) -> FoundBurns:
    """Return the burns that raise or lower low orbits."""
    floors = np.tile([floor_m_s[0], floor_m_s[1], floor_m_s[1]], (len(object_id), 1))
    satellites = initialise(elements)
    steps = find_steps(
        satellites, object_id, floors, window=60, fewest=15, longest_gap_days=longest_gap_days
    )
    found = find_burns(steps, satellites, object_id, threshold)
    return found.take((found.component == _IN_TRACK) & ~found.returned)


def _as_burns(found: FoundBurns, first_low: int, days: Floats, own: MeanElements) -> Burns:
    """Return an object's burns with sizes in km of semi-major axis.

    `first_low` is its first row among those in low orbits.
    """
    inside = (found.first >= first_low) & (found.first < first_low + len(days))
    rows = found.first[inside] - first_low
    motion_rad_s = own.mean_motion_kozai_rad_min[rows] / 60.0
    return Burns(days[rows], rows, found.delta_v_m_s[inside, _IN_TRACK] * 2e-3 / motion_rad_s)


def _belt_life(own: MeanElements, days: Floats, rows: Rows) -> Life:
    pattern = belt_pattern(own, days)
    plane = pattern.north_south
    along = plane.remainder + accumulated(plane.nature_per_day, days)
    return Life(
        rows,
        days,
        OrbitRegime.GEO,
        Reading(
            pattern.east_west_modes,
            pattern.east_west.burns,
            M_S_PER_DEG_DAY,
            pattern.longitude_deg_east,
            pattern.drift_deg_day,
        ),
        Reading(pattern.north_south_modes, plane.burns, M_S_PER_DEG, along, along),
        None,
        np.array(pattern.adjustments, dtype=np.int64),
    )


def _low_life(own: MeanElements, days: Floats, rows: Rows, burns: Burns) -> Life:
    pattern = height_pattern(own, days, burns)
    axis_km = float(np.median(pattern.axis_km))
    m_s_per_km = 500.0 * (WGS72_MU_KM3_S2 / axis_km**3) ** 0.5
    height = Reading(pattern.modes, burns, m_s_per_km, pattern.axis_km, pattern.axis_km)
    none = np.empty(0, dtype=np.int64)
    return Life(rows, days, OrbitRegime.LEO, None, None, height, none)


def displacement_share(place: Floats, days: Floats, start: int, longest_days: float) -> float:
    """Return the share of an object's own past in which it moved as far in as long a time.

    What happened from row `start` on (at most `longest_days`) against windows of the same length
    before it, one after the other. One more window than seen counts as having moved as far, so
    that the share is never zero; beyond the farthest seen the share falls with the square, as
    for any error of finite variance. One without a past to compare with.
    """
    after = (days >= days[start]) & (days <= days[start] + longest_days)
    lasted = float(days[after][-1] - days[start - 1]) if start else 0.0
    if start < 3 or lasted <= 0.0:
        return 1.0
    moved = float(np.max(np.abs(place[after] - place[start - 1])))
    windows = _own_moves(place[:start], days[:start], lasted)
    if not len(windows):
        return 1.0
    share = (np.count_nonzero(windows >= moved) + 1.0) / (len(windows) + 1.0)
    farthest = float(windows.max())
    return float(share * min(1.0, farthest / moved) ** 2) if moved > 0.0 else 1.0


def _own_moves(place: Floats, days: Floats, lasted: float) -> Floats:
    """Return how far the object went at most in each full window of a length."""
    window = ((days[-1] - days) // lasted).astype(np.int64)
    count = int((days[-1] - days[0]) // lasted)
    moves = []
    for one in range(count):
        inside = place[window == one]
        if len(inside) > 1:
            moves.append(float(np.max(np.abs(inside - inside[0]))))
    return np.array(moves)
