"""How planes went against one another over element-set histories, and what free drift would do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.elements import Floats, MeanElements, Times
from hoshimori.numerics.planes import PlaneMotion, Rows, carried_to, plane_motion

_DAY = np.timedelta64(86_400_000_000, "us")
_LONGEST_GAP_DAYS = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class PlaneHistory:
    """Angles between the planes of one pair, at element sets of the second object, oldest first."""

    epoch_utc: Times
    angle_rad: Floats
    free_rad: Floats
    """What free drift from the first of them makes the angle, by J2."""

    @property
    def span_days(self) -> float:
        """Time from the first to the last."""
        return (
            float((self.epoch_utc[-1] - self.epoch_utc[0]) / _DAY) if len(self.epoch_utc) else 0.0
        )


def plane_history(first: MeanElements, second: MeanElements) -> PlaneHistory:
    """Return how the plane of a second object went against that of a first one.

    Both are element sets of one object each, by epoch. The last set of a day counts, against the
    nearest of the first object, at most ten days away, carried to its epoch.
    """
    if not len(first) or not len(second):
        return PlaneHistory(second.epoch_utc[:0], np.empty(0), np.empty(0))
    chosen = _last_of_days(second.epoch_utc)
    epoch = second.epoch_utc[chosen]
    nearest = _nearest(first.epoch_utc, epoch)
    near = np.abs((first.epoch_utc[nearest] - epoch) / _DAY) <= _LONGEST_GAP_DAYS
    chosen, nearest, epoch = chosen[near], nearest[near], epoch[near]
    if not len(epoch):
        return PlaneHistory(epoch, np.empty(0), np.empty(0))
    motion = plane_motion(second.take(chosen), carried_to(first.take(nearest), epoch))
    start: PlaneMotion = motion.take(np.array([0]))
    return PlaneHistory(epoch, motion.angle_rad(), start.angle_rad((epoch - epoch[0]) / _DAY))


def turned_rad(elements: MeanElements) -> float:
    """Return how far an object's plane is from where free drift would have left it.

    Between the first and the last of its element sets, by epoch; J2 alone errs by tenths of a
    degree in a hundred days, so this compares objects, it measures none.
    """
    if len(elements) < 2:
        return 0.0
    ends = elements.take(np.array([0, -1]))
    carried = carried_to(ends, ends.epoch_utc[1])
    return float(
        plane_motion(carried.take(np.array([0])), carried.take(np.array([1]))).angle_rad()[0]
    )


def _last_of_days(epoch_utc: Times) -> Rows:
    """Return the last row of each day."""
    day = epoch_utc.astype("datetime64[D]")
    return np.flatnonzero(np.append(day[1:] != day[:-1], np.ones(min(len(day), 1), np.bool_)))


def _nearest(times_utc: Times, wanted_utc: Times) -> Rows:
    """Return the row of the nearest of ordered times, for each wanted one."""
    after = np.clip(np.searchsorted(times_utc, wanted_utc), 1, max(len(times_utc) - 1, 1))
    after = np.minimum(after, len(times_utc) - 1)
    before = np.maximum(after - 1, 0)
    earlier = np.abs(times_utc[before] - wanted_utc) <= np.abs(times_utc[after] - wanted_utc)
    return np.asarray(np.where(earlier, before, after), np.int64)
