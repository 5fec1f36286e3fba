"""New objects by what they may share: bursts of one launch or of planes alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from hoshimori.model.elements import Column, ElementSets
from hoshimori.model.newcomers import Newcomers
from hoshimori.model.objects import launch_of
from hoshimori.numerics.breakup_groups import plane_groups
from hoshimori.numerics.breakup_orbits import secular_orbits, shapes_at
from hoshimori.numerics.elements import MeanElements, orbit_regime
from hoshimori.numerics.robust import median_of_known

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Burst:
    """New objects that appeared within some time and may have one origin."""

    launch: str
    """Their common launch, empty where none is stated."""
    rows: Rows
    """Rows of the history: the earliest element set of each."""
    first_known_utc: np.datetime64
    """When the first of them appeared."""
    before_utc: np.datetime64
    """The last moment before."""
    is_new_launch: bool
    """Nothing of that launch (or, without designators, in planes like theirs) was known before."""

    def growing(self, catalogued: Catalogued, *, days: tuple[float, ...]) -> list[Rows]:
        """Return the rows that appeared within some days of the first, more and more, then all."""
        place = np.searchsorted(catalogued.starts, self.rows, side="right") - 1
        since = catalogued.first_known_utc[place] - self.first_known_utc
        found: list[Rows] = []
        for limit in (*days, np.inf):
            span = np.timedelta64(round(min(limit, 1e5) * 24), "h")
            rows = self.rows[since <= span]
            if not found or len(rows) > len(found[-1]):
                found.append(rows)
        return found

    def joined(self, other: Burst) -> Burst:
        """Return both bursts as one."""
        rows = np.concatenate([self.rows, other.rows])
        first = min(self.first_known_utc, other.first_known_utc)
        before = min(self.before_utc, other.before_utc)
        new = self.is_new_launch or other.is_new_launch
        return Burst(self.launch, rows, first, before, new)


@dataclass(frozen=True, slots=True, eq=False)
class Catalogued:
    """A history with what appeared in it, and when each object was first known."""

    history: ElementSets
    """Ordered by object, then epoch."""
    appeared: Newcomers
    starts: Rows
    """First row of each object."""
    first_known_utc: Column
    """Of each object, in the order of `starts`."""
    launch: npt.NDArray[np.str_]
    """Launch of each object, empty where its designator states none."""

    @classmethod
    def of(cls, history: ElementSets, appeared: Newcomers) -> Self:
        """Return a history prepared for questions about what appeared in it."""
        starts = np.flatnonzero(np.diff(history.norad_id, prepend=-1))
        first = np.minimum.reduceat(history.known_utc, starts)
        launch = np.array([launch_of(str(i)) for i in history.object_id[starts]], np.str_)
        return cls(history, appeared, starts, first, launch)

    def elements(self, rows: Column) -> MeanElements:
        """Return the mean elements of rows."""
        return self.history.take(rows).mean_elements()

    def rows_before(self, utc: np.datetime64) -> Rows:
        """Return, for each object, the row of latest epoch up to a moment, else its earliest."""
        until = np.add.reduceat((self.history.epoch_utc <= utc).astype(np.int64), self.starts)
        return np.asarray(self.starts + np.maximum(until - 1, 0))

    def rows_after(self, utc: np.datetime64) -> Rows:
        """Return, for each object, the row of earliest epoch after a moment, else its latest."""
        until = np.add.reduceat((self.history.epoch_utc <= utc).astype(np.int64), self.starts)
        ends = np.append(self.starts[1:], len(self.history)) - 1
        return np.asarray(np.minimum(self.starts + until, ends))

    def regimes_before(self, utc: np.datetime64) -> npt.NDArray[np.uint8]:
        """Return the regime of each object that was known before a moment."""
        known = self.first_known_utc < utc
        return orbit_regime(self.elements(self.starts[known]))

    @property
    def span_days(self) -> float:
        """How long a time the history covers."""
        span = self.history.known_utc.max() - self.history.known_utc.min()
        return float(span / np.timedelta64(1, "us")) / 86400e6


def bursts_of(catalogued: Catalogued, *, gap_days: float) -> list[Burst]:
    """Return all bursts, the first to appear first; a time without newcomers parts two.

    By launch where designators state it, else by planes; names are not looked at.
    """
    appeared = catalogued.appeared
    launches = np.array(
        [launch_of(str(i)) for i in catalogued.history.object_id[appeared.rows]], np.str_
    )
    groups = [np.flatnonzero(launches == name) for name in np.unique(launches) if name]
    groups += _by_planes(catalogued, np.flatnonzero(launches == ""))
    gap = np.timedelta64(round(gap_days * 24), "h")
    found = []
    for members in groups:
        members = members[np.argsort(appeared.first_known_utc[members], kind="stable")]
        apart = np.flatnonzero(np.diff(appeared.first_known_utc[members]) > gap) + 1
        found += [_burst(catalogued, part, launches[part[0]]) for part in np.split(members, apart)]
    return sorted(found, key=lambda b: (b.first_known_utc, b.launch, int(b.rows[0])))


def _burst(catalogued: Catalogued, members: Rows, launch: str) -> Burst:
    appeared = catalogued.appeared
    first = appeared.first_known_utc[members].min()
    before = appeared.before_utc[members].min()
    rows = appeared.rows[members]
    known = catalogued.first_known_utc <= before
    if launch:
        is_new = not bool(np.any(known & (catalogued.launch == launch)))
    else:
        is_new = not _has_neighbour(catalogued, rows, known)
    return Burst(str(launch), rows, first, before, is_new)


def _by_planes(catalogued: Catalogued, members: Rows) -> list[Rows]:
    if not len(members):
        return []
    orbits = secular_orbits(catalogued.elements(catalogued.appeared.rows[members]))
    middle = np.sort(orbits.epoch_utc)[len(members) // 2]
    numbers = plane_groups(shapes_at(orbits, middle))
    return [members[numbers == number] for number in np.unique(numbers)]


def _has_neighbour(catalogued: Catalogued, rows: Rows, known: npt.NDArray[np.bool_]) -> bool:
    """Return whether a known object flies in the plane of the middle one of some new ones."""
    orbits = secular_orbits(catalogued.elements(rows))
    utc = np.sort(orbits.epoch_utc)[len(rows) // 2]
    others = secular_orbits(catalogued.elements(catalogued.rows_before(utc)[known]))
    own, theirs = shapes_at(orbits, utc), shapes_at(others, utc)
    normal = median_of_known(own.normal)
    with np.errstate(invalid="ignore"):
        near = theirs.normal @ (normal / np.linalg.norm(normal)) > np.cos(np.radians(1.5))
        near &= np.abs(np.log(theirs.parameter_km / median_of_known(own.parameter_km))) < 0.05
    return bool(near.any())
