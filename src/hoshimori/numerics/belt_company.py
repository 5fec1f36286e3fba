"""What two objects beside one another in the belt are to one another, from their orbits alone."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import IntEnum

import numpy as np

from hoshimori.numerics.belt_pairs import DailyRanges, NearLooks
from hoshimori.numerics.belt_stays import (
    SAME_SLOT_DEG,
    USUAL_DAYS,
    BeltStays,
    Brackets,
    Role,
    is_free,
    rows_at,
)
from hoshimori.numerics.belt_track import BeltTrack, Flags, Rows
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.geo import wrapped_deg
from hoshimori.numerics.looks import Looks, PairEpisodes

BESIDE_KM = 150.0
"""Who comes no nearer over a day is not beside, however alike the longitudes."""
ALIKE_KM = 5.0
_UNSEEN_DAYS = 7.0
_CAME_DEG = 0.3
_FREE_BEFORE_DAYS = 400.0
_FREE_BEFORE_SETS = 6
_TOWED_WITHIN_DAYS = 60.0
_TOWED_DEG_DAY = 0.35
_MOVED_DEG_DAY = 0.1
_TRAVELLED_DEG = 1.0
_RESTLESS_YEARS = 5.0
_MOST_SLOTS = 3


class Kind(IntEnum):
    """What a pair is, the first that holds; the words are those of `CompanyKind`."""

    TOWED = 0
    MOVED_TOGETHER = 1
    DOCKED = 2
    SAME_LAUNCH = 3
    SAME_CONSTELLATION = 4
    TRAVELLING = 5
    COLOCATED = 6
    FIRST_PLACE = 7
    RELOCATION = 8
    FREE_PASSING = 9
    NOT_TOLD = 10
    VISIT = 11


class Came(IntEnum):
    """How a pair came together."""

    CONTROLLED = 0
    NATURAL = 1
    NOT_SEEN = 2
    NOT_TOLD = 3
    """Outside the belt: the sets are too sparse or too noisy."""


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """Episodes of pairs beside one another, one row each."""

    object_id: Rows
    """Catalogue numbers of both, shape (n, 2)."""
    first: Rows
    """First near look."""
    last: Rows
    closest: Rows
    """The near look at which they come closest."""
    seen_from: Floats
    """Days since 1970: mean epoch of both sets at the first look."""
    seen_until: Floats
    after: Floats
    """The last look apart before; -infinity for none."""
    until: Floats
    looks: Rows
    """Different pairs of element sets."""
    longest_gap: Floats
    low_km: Floats
    """The least that the closest range may be; zero where a week or more was not seen."""
    alike: Rows
    """Different pairs of element sets that move as one."""
    identical: Rows
    stay: Rows
    """Row of the stay of each during the episode, -1 for none, shape (n, 2)."""
    came: Rows
    """0 or 1 for the one that came, -1 where neither is seen to come."""
    arrival: Rows
    """`Came` of each."""
    slots: Rows
    """Other slots at which the one that came stood in the five years before, -1 without a stay."""
    kind: Rows
    """`Kind` of each."""

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: Rows | Flags) -> Meetings:
        """Return the chosen rows."""
        return Meetings(*(getattr(self, f.name)[rows] for f in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class Belt:
    """All that was worked out before: what `meetings` rests on."""

    track: BeltTrack
    stays: BeltStays
    brackets: Brackets
    role: Rows
    looks: Looks
    near: NearLooks
    ranges: DailyRanges
    identical: Flags
    """Looks at which both have one element set."""

    def longitude_at(self, row: Rows, moment: Rows) -> Floats:
        """Return the longitudes at moments of objects given by rows, from their drift."""
        days = self.looks.moment_days[moment] - self.track.days[row]
        return np.asarray(self.track.mean_deg_east[row] + self.track.drift_deg_day[row] * days)

    def rows(self, look: Rows) -> Rows:
        """Return the rows of the track of both objects at near looks, shape (n, 2)."""
        sides = (self.near.first[look], self.near.second[look])
        rows = [self.looks.row[self.near.moment[look], side] for side in sides]
        return np.stack(rows, axis=1).astype(np.int64)


def meetings(belt: Belt, episodes: PairEpisodes, relation: Rows) -> Meetings:
    """Return the episodes in which a pair comes within `BESIDE_KM`, with what they are.

    `relation` holds for each episode `Kind.SAME_LAUNCH`, `Kind.SAME_CONSTELLATION` or -1.
    """
    near, inner = belt.near, np.where(belt.near.is_inner, belt.ranges.closest_km, np.inf)
    closest = np.array(
        [
            a + int(np.argmin(inner[a : b + 1]))
            for a, b in zip(episodes.first, episodes.last, strict=True)
        ],
        np.int64,
    )
    kept = np.flatnonzero(inner[closest] <= BESIDE_KM)
    first, last, closest = episodes.first[kept], episodes.last[kept], closest[kept]
    object_id = np.stack([belt.looks.objects[s[first]] for s in (near.first, near.second)], axis=1)
    seen_from = belt.track.days[belt.rows(first)].mean(axis=1)
    seen_until = belt.track.days[belt.rows(last)].mean(axis=1)
    looks, gap, alike, identical = _counted(belt, first, last)
    after = np.minimum(episodes.after_days[kept], seen_from)
    until = np.maximum(episodes.until_days[kept], seen_until)
    ends = [
        np.where(np.isfinite(end), np.abs(end), 0.0)
        for end in (seen_from - after, until - seen_until)
    ]
    unseen = np.maximum(gap, np.maximum(*ends)) > _UNSEEN_DAYS
    low = belt.ranges.closest_km[closest] - 2.0 * belt.ranges.sigma_km[closest]
    nothing = np.full(len(kept), -1, np.int64)
    found = Meetings(
        object_id=object_id,
        first=first,
        last=last,
        closest=closest,
        seen_from=seen_from,
        seen_until=seen_until,
        after=after,
        until=until,
        looks=looks,
        longest_gap=gap,
        low_km=np.where(unseen, 0.0, np.maximum(low, 0.0)),
        alike=alike,
        identical=identical,
        stay=np.stack(
            [_stay_during(belt, object_id[:, k], seen_from, seen_until) for k in (0, 1)], axis=1
        ),
        came=nothing,
        arrival=nothing,
        slots=nothing,
        kind=nothing,
    )
    came, arrival = _arrivals(belt, found)
    found = replace(found, came=came, arrival=arrival)
    kind, slots = _kinds(belt, found, relation[kept])
    return replace(found, kind=kind, slots=slots)


def _counted(belt: Belt, first: Rows, last: Rows) -> tuple[Rows, Floats, Rows, Rows]:
    """Return for each episode what its looks show, counting each pair of element sets once."""
    rows = belt.rows(np.arange(len(belt.near)))
    mean_days = belt.track.days[rows].mean(axis=1)
    alike = belt.ranges.farthest_km <= ALIKE_KM
    looks, alikes, same = (np.zeros(len(first), np.int64) for _ in range(3))
    gap = np.zeros(len(first))
    for k, (a, b) in enumerate(zip(first, last, strict=True)):
        new = np.ones(b + 1 - a, dtype=np.bool_)
        new[1:] = (rows[a + 1 : b + 1] != rows[a:b]).any(axis=1)
        looks[k] = np.count_nonzero(new)
        alikes[k] = np.count_nonzero(new & (alike | belt.identical)[a : b + 1])
        same[k] = np.count_nonzero(new & belt.identical[a : b + 1])
        gap[k] = np.max(np.diff(mean_days[a : b + 1]), initial=0.0)
    return looks, gap, alikes, same


def _stay_during(belt: Belt, object_id: Rows, begun: Floats, ended: Floats) -> Rows:
    """Return the stay of an object that shares most time with a span; -1 for none."""
    owner = belt.track.object_id[belt.stays.first]
    start = np.searchsorted(owner, object_id)
    stop = np.searchsorted(owner, object_id, side="right")
    found = np.full(len(object_id), -1, np.int64)
    for k in range(len(object_id)):
        mine = slice(start[k], stop[k])
        shared = np.minimum(belt.brackets.ended_after[mine], ended[k] + 1.0) - np.maximum(
            belt.brackets.began_by[mine], begun[k] - 1.0
        )
        if len(shared) and shared.max() >= 0.0:
            found[k] = start[k] + int(np.argmax(shared))
    return found


def _arrivals(belt: Belt, found: Meetings) -> tuple[Rows, Rows]:
    """Return who came, and how: by its own doing, by nature, or unseen."""
    track, moved = belt.track, belt.track.moved_itself()
    change_of = np.nan_to_num(np.abs(track.drift_change_deg_day))
    seen, at_first = np.isfinite(found.after), belt.near.moment[found.first]
    before = np.searchsorted(belt.looks.moment_days, np.where(seen, found.after, 0.0))
    before = np.where(seen, before, at_first)
    travelled, change, acted = np.zeros((3, len(found), 2))
    for side, place in enumerate((belt.near.first, belt.near.second)):
        at = place[found.first]
        start, row = (belt.looks.row[m, at].astype(np.int64) for m in (before, at_first))
        apart = belt.longitude_at(row, at_first) - belt.longitude_at(start, before)
        travelled[:, side] = np.abs(wrapped_deg(apart))
        for k in range(len(found)):
            span = slice(start[k] + 1, row[k] + 2)  # a burn may show at the set after
            own = track.object_id[span] == found.object_id[k, side]
            change[k, side] = change_of[span][own].max(initial=0.0)
            acted[k, side] = bool(moved[span][own].any())
    both = (travelled > _CAME_DEG).all(axis=1)
    came = np.where(both, change.argmax(axis=1), travelled.argmax(axis=1))
    came = np.where(seen, came, -1)
    by_itself = acted[np.arange(len(found)), np.maximum(came, 0)] > 0
    arrival = np.where(by_itself, Came.CONTROLLED, Came.NATURAL)
    return came, np.where(seen, arrival, Came.NOT_SEEN)


def _kinds(belt: Belt, found: Meetings, relation: Rows) -> tuple[Rows, Rows]:
    """Return the kind of each meeting, the first of `Kind` that holds, and `Meetings.slots`."""
    role, free = _roles_and_freedom(belt, found)
    home = np.stack([_is_home(belt, found.stay[:, k], found.seen_from) for k in (0, 1)], axis=1)
    comer = np.where(found.came >= 0, found.came, _newer_side(role, home))
    every = np.arange(len(found))
    at_home = home[every, comer]
    was_home, slots = _way_of_life(belt, found.stay[every, comer])
    restless = slots > _MOST_SLOTS
    # Who is alike from the first look on may be two numbers of one object.
    one_motion = (found.identical >= 1) | ((found.alike >= 2) & (found.came >= 0))
    docked = one_motion & ~free.all(axis=1)  # two free objects: swapped identities
    choices = {
        Kind.TOWED: _towed(belt, found),
        Kind.MOVED_TOGETHER: docked & _moved_as_one(belt, found),
        Kind.DOCKED: docked,
        Kind.SAME_LAUNCH: relation == Kind.SAME_LAUNCH,
        Kind.SAME_CONSTELLATION: relation == Kind.SAME_CONSTELLATION,
        Kind.TRAVELLING: ~free.any(axis=1) & _travelled(belt, found),
        Kind.FREE_PASSING: free[every, comer] | (free[every, 1 - comer] & at_home),
        Kind.COLOCATED: at_home | ((role[every, comer] == Role.USUAL) & ~restless),
        Kind.FIRST_PLACE: role[every, comer] == Role.FIRST,
        Kind.RELOCATION: was_home & ~restless,
        Kind.NOT_TOLD: (role[every, comer] == Role.NOT_TOLD) & (found.came < 0),
    }
    kind = np.asarray(np.select(list(choices.values()), list(choices), Kind.VISIT), np.int64)
    return kind, slots


def _is_home(belt: Belt, stay: Rows, when: Floats) -> Flags:
    """Return whether an object had been at the slot of a stay for a year at a moment."""
    stays, ends = belt.stays, belt.brackets
    owner = belt.track.object_id[stays.first]
    home = np.zeros(len(stay), dtype=np.bool_)
    for k in np.flatnonzero(stay >= 0):
        own = stay[k]
        earlier = np.arange(np.searchsorted(owner, owner[own]), own + 1)
        apart = np.abs(wrapped_deg(stays.slot_deg_east[earlier] - stays.slot_deg_east[own]))
        earlier = earlier[apart <= SAME_SLOT_DEG]
        until = np.minimum(ends.ended_after[earlier], when[k])
        home[k] = np.maximum(until - ends.began_by[earlier], 0.0).sum() >= USUAL_DAYS
    return home


def _roles_and_freedom(belt: Belt, found: Meetings) -> tuple[Rows, Flags]:
    role = np.append(belt.role, -1)[found.stay]  # without a stay -1
    free = np.stack(
        [
            is_free(belt.track, found.object_id[:, k], found.seen_from, found.seen_until)
            for k in (0, 1)
        ],
        axis=1,
    )
    return role, free & ((role == Role.FREE) | (role < 0))


def _newer_side(role: Rows, home: Flags) -> Rows:
    """Return the side that is less at home, where neither was seen to come."""
    order = np.array([Role.VISIT, Role.FIRST, -1, Role.NOT_TOLD, Role.USUAL, Role.FREE])
    rank = (role[..., None] == order).argmax(axis=-1) + len(order) * home
    return np.asarray(rank.argmin(axis=1), np.int64)


def _alike_looks(belt: Belt, found: Meetings, k: int) -> Rows:
    look = np.arange(found.first[k], found.last[k] + 1)
    alike = (belt.ranges.farthest_km[look] <= ALIKE_KM) | belt.identical[look]
    return np.asarray(look[alike], np.int64)


def _moved_as_one(belt: Belt, found: Meetings) -> Flags:
    """Return where a pair that moved as one is at another longitude after both changed course."""
    together = np.zeros(len(found), dtype=np.bool_)
    change = np.abs(belt.track.drift_change_deg_day)
    for k in np.flatnonzero(found.alike >= 2):
        rows = belt.rows(_alike_looks(belt, found, int(k)))
        spans = [change[rows[0, s] + 1 : rows[-1, s] + 1] for s in (0, 1)]
        longitude = belt.track.mean_deg_east[rows[:, 0]]
        along = np.ptp(wrapped_deg(longitude - longitude[0]))
        acted = all(np.nanmax(span, initial=0.0) > _MOVED_DEG_DAY for span in spans)
        together[k] = acted and along >= _TRAVELLED_DEG
    return together


def _towed(belt: Belt, found: Meetings) -> Flags:
    """Return where the other came to a free object, was alike with it, and that soon moved."""
    towed = np.zeros(len(found), dtype=np.bool_)
    for k in np.flatnonzero((found.alike >= 1) & (found.arrival == Came.CONTROLLED)):
        look = _alike_looks(belt, found, int(k))
        side = 1 - int(found.came[k])
        object_id, row = found.object_id[k : k + 1, side], belt.rows(look[-1:])[0, side]
        met, seen = belt.track.days[belt.rows(look[:1])].mean(), belt.track.days[row]
        was_free = is_free(
            belt.track,
            object_id,
            np.array([met]),
            np.array([seen]),
            look_days=(_FREE_BEFORE_DAYS, 0.0),
            fewest=_FREE_BEFORE_SETS,
        )[0]
        stop = int(rows_at(belt.track, object_id, np.array([seen + _TOWED_WITHIN_DAYS]))[0])
        change = np.abs(belt.track.drift_change_deg_day[row + 1 : stop])
        towed[k] = bool(was_free and np.nanmax(change, initial=0.0) >= _TOWED_DEG_DAY)
    return towed


def _travelled(belt: Belt, found: Meetings) -> Flags:
    """Return where both moved themselves, and the pair along the belt, while they were together."""
    one, other = belt.rows(found.first), belt.rows(found.last)
    along = wrapped_deg(belt.track.mean_deg_east[other] - belt.track.mean_deg_east[one])
    moved = np.concatenate([[0], np.cumsum(belt.track.moved_itself())])
    acted = (moved[other + 1] - moved[one + 1] > 0).all(axis=1)
    return np.asarray(acted & (np.abs(along) >= _TRAVELLED_DEG).all(axis=1))


def _way_of_life(belt: Belt, stay: Rows) -> tuple[Flags, Rows]:
    """Return whose object had a usual slot before a stay, and at how many others it stood.

    Others within five years before the stay; -1 without a stay.
    """
    stays, days = belt.stays, belt.brackets.began_by
    owner = belt.track.object_id[stays.first]
    was_home, slots = np.zeros(len(stay), dtype=np.bool_), np.full(len(stay), -1, np.int64)
    for k in np.flatnonzero(stay >= 0):
        start, own = np.searchsorted(owner, owner[stay[k]]), stay[k]
        earlier = np.arange(start, own)
        recent = earlier[days[earlier] >= days[own] - 365.25 * _RESTLESS_YEARS]
        was_home[k] = bool((belt.role[earlier] == Role.USUAL).any())
        slots[k] = len(np.unique(np.round(stays.slot_deg_east[recent])))
    return was_home, slots
