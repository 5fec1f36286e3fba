"""How two objects came together outside the belt: by a change of orbit of one of them, or not.

A change of dv in-track moves an object by 3 dv for every second since. So each object is asked
where it would be without what it did itself: if far from the other, that brought them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hoshimori.numerics.belt_company import Came
from hoshimori.numerics.burns import find_burns
from hoshimori.numerics.change import SCALES, Steps, find_steps, first_rows
from hoshimori.numerics.constants import MINUTES_PER_DAY, SECONDS_PER_DAY
from hoshimori.numerics.element_changes import IN_TRACK, PHASE, Rows, changes_between
from hoshimori.numerics.elements import Floats, MeanElements, semi_major_axis_km
from hoshimori.numerics.orbit_company import INNER_KM, OUTER_KM
from hoshimori.numerics.sgp4 import Satellites, initialise
from hoshimori.numerics.thrust_arcs import find_arcs, within_arcs

LOOKBACK_DAYS = 30.0
"""What an object did longer before is not taken for coming: all burns of a life lead somewhere."""
LEAST_DAYS = 10.0
"""A shorter past does not show that neither did anything."""
STAYED_DAYS = 10.0
"""A burn that stops an object beside another shows within so many days."""
_CLEAR_SPREADS = 3.0
_LEVEL_SETS = 5
_ALIKE = 0.5
"""Who moved itself by less than this share of what the other did did not come to it."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnMotion:
    """The history of one object, and what it did to its own orbit; days are since 1970."""

    days: Floats
    """Epochs of its sets, shape (n,)."""
    axis_km: Floats
    """Mean semi-major axis."""
    motion_rad_day: float
    floor_m_s: Floats
    """The least in-track change that shows at each set; NaN where none would."""
    unexplained_km: Floats
    """How far each set is along the orbit from where the fourth before has it."""
    change_days: Floats
    """When it changed its orbit, shape (k,); low thrust as one change in each of its steps."""
    change_m_s: Floats
    """By how much in-track."""

    def brought_km(self, since_days: float, at_days: float) -> float:
        """Return how far along the orbit its own changes since a day had moved it by another.

        Of two estimates the lesser: what the changes add up to, and how far it went from where the
        orbit of the first day leads. A kept height does much of the one and little of the other,
        an orbit in the air the other way round. Zero where they point two ways.
        """
        inside = (self.change_days > since_days) & (self.change_days < at_days)
        since_s = SECONDS_PER_DAY * (at_days - self.change_days[inside])
        by_changes = float(np.sum(-3e-3 * self.change_m_s[inside] * since_s))
        rows = np.flatnonzero((self.days >= since_days) & (self.days <= at_days))
        if len(rows) < 2:
            return 0.0
        start_km = float(np.median(self.axis_km[rows[:_LEVEL_SETS]]))
        rate = -1.5 * self.motion_rad_day * (self.axis_km[rows] - start_km)
        went = float(np.sum(0.5 * (rate[1:] + rate[:-1]) * np.diff(self.days[rows])))
        went += float(rate[-1]) * (at_days - float(self.days[rows[-1]]))
        if by_changes * went <= 0.0:
            return 0.0
        return float(np.sign(by_changes) * min(abs(by_changes), abs(went)))

    def tells(self, since_days: float, until_days: float) -> bool:
        """Return whether a change that brings it beside another would show, or else there was none.

        A lasting one stands out of the noise; those that undo one another within a few sets leave
        the object elsewhere along the orbit.
        """
        # What a set shows is what happened since the one before.
        inside = np.flatnonzero((self.days >= since_days) & (self.days <= until_days))[1:]
        floor = self.floor_m_s[inside]
        if not len(inside) or not np.isfinite(floor).all():
            return False
        lasted_s = SECONDS_PER_DAY * (until_days - since_days)
        unseen_km = 3e-3 * float(np.median(floor)) * lasted_s
        undone_km = float(np.abs(self.unexplained_km[inside]).max())
        return max(unseen_km, undone_km) <= INNER_KM


def own_motions(
    elements: MeanElements,
    object_id: Rows,
    *,
    floor_m_s: Floats,
    threshold: float,
    longest_gap_days: float,
) -> dict[int, OwnMotion]:
    """Return the own motion of each object, by its number.

    Rows ordered by object and epoch, no epoch twice. `floor_m_s` (n, 3), `threshold` and the
    longest gap are those of `change.find_steps` and `burns.find_burns`.
    """
    satellites = initialise(elements)
    steps = find_steps(
        satellites, object_id, floor_m_s, window=60, fewest=15, longest_gap_days=longest_gap_days
    )
    days = elements.epoch_utc.astype("datetime64[us]").astype(np.int64) / (SECONDS_PER_DAY * 1e6)
    axis_km, first = semi_major_axis_km(elements), first_rows(object_id)
    change_days, change_m_s, owner = _changes(
        satellites, object_id, steps, days, threshold, longest_gap_days
    )
    floor = np.where(
        np.isfinite(steps.change_m_s[:, IN_TRACK]),
        threshold * steps.spread_m_s[:, IN_TRACK],
        np.nan,
    )
    rows = np.arange(len(object_id))
    unexplained = changes_between(satellites, np.maximum(rows - max(SCALES), first), rows)[:, PHASE]
    bounds = [*np.unique(first).tolist(), len(object_id)]
    told = {}
    for start, stop in pairwise(bounds):
        part, own = slice(start, stop), owner == object_id[start]
        motion = float(np.median(elements.mean_motion_kozai_rad_min[part])) * MINUTES_PER_DAY
        told[int(object_id[start])] = OwnMotion(
            days[part],
            axis_km[part],
            motion,
            floor[part],
            unexplained[part],
            change_days[own],
            change_m_s[own],
        )
    return told


def _changes(
    satellites: Satellites,
    object_id: Rows,
    steps: Steps,
    days: Floats,
    threshold: float,
    longest_gap_days: float,
) -> tuple[Floats, Floats, Rows]:
    """Return day, in-track size and object of every burn and every step of low thrust."""
    arcs = find_arcs(
        satellites, object_id, steps.spread_m_s[:, IN_TRACK], longest_gap_days=longest_gap_days
    )
    burns = find_burns(steps, satellites, object_id, threshold)
    size, sigma = burns.delta_v_m_s[:, IN_TRACK], burns.sigma_m_s[:, IN_TRACK]
    kept = (np.abs(size) > _CLEAR_SPREADS * sigma) & ~burns.returned
    burns = burns.take(kept & ~within_arcs(arcs, burns.first))
    at_days = burns.burn_utc.astype("datetime64[us]").astype(np.int64) / (SECONDS_PER_DAY * 1e6)
    of_arcs = [np.arange(a + 1, b + 1) for a, b in zip(arcs.start, arcs.stop, strict=True)]
    rows = np.concatenate(of_arcs).astype(np.int64) if of_arcs else np.empty(0, np.int64)
    lasted = days[rows] - days[rows - 1]
    total = np.repeat(days[arcs.stop] - days[arcs.start], [len(r) for r in of_arcs])
    spent = np.repeat(arcs.delta_v_m_s, [len(r) for r in of_arcs]) * lasted / total
    return (
        np.concatenate([at_days, days[rows] - 0.5 * lasted]),
        np.concatenate([burns.delta_v_m_s[:, IN_TRACK], spent]),
        np.concatenate([object_id[burns.peak], object_id[rows]]),
    )


def arrival_of(
    motions: tuple[OwnMotion, OwnMotion], look_days: Floats, separation_km: Floats
) -> tuple[Came, int]:
    """Return how two objects came together, and which of them came (-1 where not told).

    `separation_km` is how far the second was ahead of the first along the orbit at each near look,
    shape (m,), the first of which was preceded by one that showed them apart. By its own doing came
    who would be beyond `OUTER_KM` at the first look, or at the last within ten days, without what
    it did since thirty days before, if that moved it by more than `INNER_KM`. Where neither did,
    both histories must tell that.
    """
    begun = float(look_days[0])
    since = max(begun - LOOKBACK_DAYS, *(float(m.days[0]) for m in motions))
    stayed = int(np.flatnonzero(look_days <= begun + STAYED_DAYS)[-1])
    brought = np.zeros((2, 2))
    far = np.zeros((2, 2), dtype=np.bool_)
    for side, motion in enumerate(motions):
        ahead = 1.0 if side else -1.0
        for at, look in enumerate((0, stayed)):
            brought[side, at] = motion.brought_km(since, float(look_days[look]))
            without = float(separation_km[look]) - ahead * brought[side, at]
            far[side, at] = abs(without) > OUTER_KM and abs(brought[side, at]) > INNER_KM
    moved = far.any(axis=1)
    if moved.any():
        way = np.abs(brought).max(axis=1)
        came = int(np.where(moved, way, 0.0).argmax())
        alike = moved.all() and way.min() > _ALIKE * way.max()
        return Came.CONTROLLED, -1 if alike else came
    until = float(look_days[stayed])
    told = begun - since >= LEAST_DAYS and all(m.tells(since, until) for m in motions)
    return (Came.NATURAL if told else Came.NOT_TOLD), -1
