"""Where objects of the belt stood still, from when to when, and where they turned back.

What is known are element sets at moments: a stay surely lasts from its first to its last set
inside, and may begin any time after the last set before and end any time before the next. Both are
kept, so that monthly and daily data are read by one rule and the sparser say less.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from hoshimori.numerics.belt_track import BeltTrack, Flags, Rows
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.geo import wrapped_deg
from hoshimori.numerics.kernels import kernel

DRIFTING_DEG_DAY = 0.05
STILL_DEG_DAY = 0.02
HALF_WIDTH_DEG = 0.2
LEAST_DAYS = 3.0
_OUTLIER_DAYS = 10.0
USUAL_DAYS = 365.0
SAME_SLOT_DEG = 0.5
_NEW_DAYS = 60.0
_CATALOGUED_DAYS = 180.0
_FREE_SHARE = 0.2
_FREE_LOOK_DAYS = 90.0
_FREE_SETS = 3


class Role(IntEnum):
    """What a stay is in the life of its object, by all that the history shows until it ends."""

    USUAL = 0
    """A slot at which the object has by then been seen for a year, in one stay or several."""
    FIRST = 1
    """The first place of an object that appeared after the history began: before, it was never
    seen slow."""
    VISIT = 2
    """Any other: it came from elsewhere, and has not been here for a year."""
    FREE = 3
    """Nothing but nature moves the object: it turns or rests here by itself."""
    NOT_TOLD = 4
    """The history of the object begins at this slot, and shows less than a year of it."""


@dataclass(frozen=True, slots=True, eq=False)
class BeltStays:
    """Stays, one row each, by object and time; rows point into a `BeltTrack`."""

    first: Rows
    """First element set inside."""
    last: Rows
    """Last element set inside."""
    sets: Rows
    """How many element sets are inside."""
    slot_deg_east: Floats
    """Mean longitude over them."""
    reach_deg: Floats
    """The farthest of them from the slot."""
    longest_gap_days: Floats
    """Longest time between two of them: unseen, the object may have left and come back."""

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: Rows | Flags) -> BeltStays:
        """Return the chosen rows."""
        return BeltStays(*(getattr(self, f.name)[rows] for f in fields(self)))


def belt_stays(track: BeltTrack) -> BeltStays:
    """Return the stays of all objects.

    A stay is a longest run of sets within `HALF_WIDTH_DEG` of their mean longitude, over which the
    longitude moves by at most `STILL_DEG_DAY` on average; where the run spans less than
    `LEAST_DAYS` the drift of its sets must be as low. A set outside between two inside that are at
    most ten days apart is a bad set and ends no stay.
    Source: Roberts and Linares 2021, AMOS (drift and arrival rules of longitude patterns).
    """
    found = _stays(track.object_id, track.days, track.mean_deg_east, track.drift_deg_day)
    first, last, sets, slot, reach, gap = found
    return BeltStays(first, last, sets, wrapped_deg(slot), reach, gap)


@kernel
def _stays(
    object_id: Rows, days: Floats, longitude: Floats, drift: Floats
) -> tuple[Rows, Rows, Rows, Floats, Floats, Floats]:
    n = len(object_id)
    firsts, lasts, counts = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.int64)
    slots, reaches, gaps = np.empty(n), np.empty(n), np.empty(n)
    found = 0
    i = 0
    while i < n:
        if not abs(drift[i]) <= DRIFTING_DEG_DAY:
            i += 1
            continue
        total, total_drift, count, last = 0.0, drift[i], 1, i
        j = i + 1
        while j < n and object_id[j] == object_id[i]:
            off = (longitude[j] - longitude[i] + 180.0) % 360.0 - 180.0
            if abs(off - total / count) > HALF_WIDTH_DEG:
                k = j + 1
                if k >= n or object_id[k] != object_id[i] or days[k] - days[last] > _OUTLIER_DAYS:
                    break
                after = (longitude[k] - longitude[i] + 180.0) % 360.0 - 180.0
                if abs(after - total / count) > HALF_WIDTH_DEG:
                    break
                j = k
                continue
            total += off
            total_drift += drift[j]
            count += 1
            last = j
            j += 1
        span = days[last] - days[i]
        moved = (longitude[last] - longitude[i] + 180.0) % 360.0 - 180.0
        rate = moved / span if span >= LEAST_DAYS else total_drift / count
        if abs(rate) > STILL_DEG_DAY:
            i += 1
            continue
        mean, reach, gap, before = total / count, 0.0, 0.0, i
        for k in range(i, last + 1):
            off = (longitude[k] - longitude[i] + 180.0) % 360.0 - 180.0
            if abs(off - mean) <= 2.0 * HALF_WIDTH_DEG:
                reach = max(reach, abs(off - mean))
                gap = max(gap, days[k] - days[before])
                before = k
        firsts[found], lasts[found], counts[found] = i, last, count
        slots[found], reaches[found], gaps[found] = longitude[i] + mean, reach, gap
        found += 1
        i = last + 1
    return (
        firsts[:found],
        lasts[:found],
        counts[:found],
        slots[:found],
        reaches[:found],
        gaps[:found],
    )


@dataclass(frozen=True, slots=True, eq=False)
class Brackets:
    """Within which days since 1970 stays began and ended, all of shape (n,)."""

    began_after: Floats
    """The last set before; -infinity where there is none."""
    began_by: Floats
    ended_after: Floats
    ended_by: Floats
    """The next set after; infinity where there is none: it may go on."""


def brackets(track: BeltTrack, stays: BeltStays) -> Brackets:
    """Return within which times each stay began and ended."""
    days, ids = track.days, track.object_id
    before, after = stays.first - 1, stays.last + 1
    has_before = (before >= 0) & (ids[before] == ids[stays.first])
    after_or_last = np.minimum(after, len(ids) - 1)
    has_after = (after < len(ids)) & (ids[after_or_last] == ids[stays.last])
    return Brackets(
        np.where(has_before, days[before], -np.inf),
        days[stays.first],
        days[stays.last],
        np.where(has_after, days[after_or_last], np.inf),
    )


def roles(track: BeltTrack, stays: BeltStays, launched_by: Floats) -> Rows:
    """Return the `Role` of each stay, shape (n,).

    `launched_by` says for each row of the track by which day (since 1970) its object was launched,
    -infinity where that is not known. Who first appears long after was only not catalogued.
    """
    days, ids = track.days, track.object_id
    object_of = ids[stays.first]
    first_row = np.searchsorted(ids, object_of)
    began, ended = days[stays.first], days[stays.last]
    slow = np.concatenate([[0], np.cumsum(np.abs(track.drift_deg_day) <= DRIFTING_DEG_DAY)])
    seen_since = days[first_row]
    appeared = seen_since > days.min(initial=np.inf) + _NEW_DAYS
    appeared &= seen_since <= launched_by[first_row] + _CATALOGUED_DAYS
    new = appeared & (slow[stays.first] == slow[first_row])
    apart = np.abs(wrapped_deg(track.mean_deg_east[first_row] - stays.slot_deg_east))
    earlier = np.append(-1, object_of[:-1])[: len(object_of)] == object_of
    inside = ~earlier & (apart <= 2.0 * HALF_WIDTH_DEG)
    role = np.where(new, Role.FIRST, np.where(inside, Role.NOT_TOLD, Role.VISIT))
    role[_usual(object_of, stays.slot_deg_east, ended - began)] = Role.USUAL
    role[is_free(track, object_of, began, ended)] = Role.FREE
    return np.asarray(role, np.int64)


def _usual(object_of: Rows, slot_deg: Floats, span_days: Floats) -> Flags:
    """Return which stays end a year or more, together with earlier ones, at one slot."""
    held = span_days.copy()
    starts = np.flatnonzero(np.diff(object_of, prepend=-1))
    stops = np.flatnonzero(np.diff(object_of, append=-1)) + 1
    for start, stop in zip(starts, stops, strict=True):
        slot, span = slot_deg[start:stop], span_days[start:stop]
        same = np.abs(wrapped_deg(slot[:, None] - slot)) <= SAME_SLOT_DEG
        held[start:stop] = np.tril(same) @ span
    return np.asarray(held >= USUAL_DAYS)


def is_free(
    track: BeltTrack,
    object_of: Rows,
    began: Floats,
    ended: Floats,
    *,
    look_days: tuple[float, float] = (_FREE_LOOK_DAYS, _FREE_LOOK_DAYS),
    fewest: int = _FREE_SETS,
) -> Flags:
    """Return which objects only nature moves from some days before spans to some days after.

    At most a fifth of at least `fewest` judged sets are driven (see `BeltTrack`).
    """
    driven = np.concatenate([[0], np.cumsum(track.is_driven)])
    judged_sets = np.concatenate([[0], np.cumsum(track.is_judged)])
    first = rows_at(track, object_of, began - look_days[0])
    last = rows_at(track, object_of, ended + look_days[1] + 1e-6)
    judged = judged_sets[last] - judged_sets[first]
    return np.asarray((judged >= fewest) & (driven[last] - driven[first] <= _FREE_SHARE * judged))


def rows_at(track: BeltTrack, object_of: Rows, days: Floats) -> Rows:
    """Return the first row of each object at or after a moment, or the row after its last."""
    names = np.unique(track.object_id)
    # One ascending key for object and time: no two objects overlap in it.
    origin, reach = track.days.min(initial=0.0) - 1e4, 1e6
    key = np.searchsorted(names, track.object_id) * reach + track.days - origin
    since = np.clip(days - origin, 0.0, reach - 1.0)
    wanted = np.searchsorted(names, object_of) * reach + since
    return np.asarray(np.searchsorted(key, wanted), np.int64)


def reversals(track: BeltTrack, stays: BeltStays) -> tuple[Rows, Rows]:
    """Return where drifts turned back: the last set of one drift and the first of the next.

    Both drifts are faster than `DRIFTING_DEG_DAY`. Who stood still in between did not turn back,
    nor did who is kept at a slot, however hard.
    """
    drifting = np.flatnonzero(np.abs(track.drift_deg_day) > DRIFTING_DEG_DAY)
    before, after = drifting[:-1], drifting[1:]
    turned = (track.object_id[before] == track.object_id[after]) & (
        np.sign(track.drift_deg_day[before]) != np.sign(track.drift_deg_day[after])
    )
    before, after = before[turned], after[turned]
    starts, ends = np.zeros((2, len(track) + 1), dtype=np.int64)
    np.add.at(starts, stays.first + 1, 1)
    np.add.at(ends, stays.last + 1, 1)
    begun, ended = np.cumsum(starts), np.cumsum(ends)
    # Between the two sets no stay may begin, and none may be going on.
    still = begun[after] > ended[before]
    return before[~still], after[~still]
