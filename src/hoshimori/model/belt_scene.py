"""The belt as its element sets show it: who was where, and who beside whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Arrival, BaseRate, Company, CompanyKind, Interval, Relation
from hoshimori.model.moments import as_datetime
from hoshimori.model.objects import launch_of
from hoshimori.model.relations import ORBIT_COLUMNS, RELATIONS, kinship, relations_of_pairs
from hoshimori.numerics.belt_company import Belt, Kind, Meetings, meetings
from hoshimori.numerics.belt_pairs import (
    NearLooks,
    belt_episodes,
    belt_looks,
    daily_ranges,
    near_looks,
)
from hoshimori.numerics.belt_stays import belt_stays, brackets, roles
from hoshimori.numerics.belt_track import BeltTrack, Flags, Rows, belt_track
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.geo import moments
from hoshimori.numerics.looks import Looks
from hoshimori.numerics.rates import share_interval

_ORIGIN_UTC = np.datetime64("1970-01-01", "us")
_KINDS = tuple(CompanyKind)
_RELATION_KIND = {
    Relation.SAME_LAUNCH: Kind.SAME_LAUNCH,
    Relation.SAME_CONSTELLATION: Kind.SAME_CONSTELLATION,
}


@dataclass(frozen=True, slots=True, eq=False)
class BeltScene:
    """What every statement about the belt is made from; times are days since 1970."""

    sets: ElementSets
    """Rows of the belt's track."""
    belt: Belt
    found: Meetings
    """By time."""
    names: Mapping[int, str]
    since: float
    until: float
    seen_in_year: Mapping[int, int]
    """How many objects have element sets in a year."""


def belt_scene(element_sets: ElementSets) -> BeltScene:
    """Return the belt as element sets, in any order, show it."""
    ordered = element_sets.sorted_by_object()
    track, rows, satellites = belt_track(ordered.norad_id, ordered.mean_elements())
    sets = ordered.take(rows)
    stays, looks = belt_stays(track), belt_looks(track)
    near = near_looks(track, looks)
    belt = Belt(
        track=track,
        stays=stays,
        brackets=brackets(track, stays),
        role=roles(track, stays, _launched_by(sets)),
        looks=looks,
        near=near,
        ranges=daily_ranges(track, satellites, sets.mean_elements(), looks, near),
        identical=_identical(sets, looks, near),
    )
    episodes = belt_episodes(looks, near)
    found = meetings(belt, episodes, _relations(sets, belt.rows(episodes.first)))
    found = found.take(np.lexsort((*found.object_id.T, found.seen_from)))
    newest = sets.newest()
    names = dict(zip(newest.norad_id.tolist(), map(str, newest.object_name), strict=True))
    since, until = (track.days.min(), track.days.max()) if len(track) else (0.0, 0.0)
    return BeltScene(sets, belt, found, names, float(since), float(until), _seen_in_year(track))


def _launched_by(sets: ElementSets) -> Floats:
    """Return by which day since 1970 each row's object was launched: the end of its year."""
    years = [launch_of(str(name))[:4] for name in sets.object_id]
    ends = {year: _year_end(year) for year in set(years)}
    return np.array([ends[year] for year in years], np.float64)


def _year_end(year: str) -> float:
    if not year.isdigit():
        return float("-inf")
    return float(np.datetime64(f"{int(year) + 1:04d}-01-01", "D").astype(np.int64))


def _identical(sets: ElementSets, looks: Looks, near: NearLooks) -> Flags:
    """Return the looks at which both objects have one and the same element set."""
    one, other = (looks.row[near.moment, side] for side in (near.first, near.second))
    same = np.ones(len(near), dtype=np.bool_)
    for name in ORBIT_COLUMNS:
        column = getattr(sets, name)
        same &= column[one] == column[other]
    return same


def _relations(sets: ElementSets, rows: Rows) -> Rows:
    """Return `Kind.SAME_LAUNCH`, `Kind.SAME_CONSTELLATION` or -1 for pairs of rows."""
    kin = kinship(sets)
    place = relations_of_pairs(kin, rows[:, 0], rows[:, 1])
    kinds = np.array([_RELATION_KIND.get(relation, -1) for relation in RELATIONS], np.int64)
    known = kinds[place]
    launch = (kin.launch[rows[:, 0]] == kin.launch[rows[:, 1]]) & (kin.launch[rows[:, 0]] >= 0)
    return np.where((known < 0) & launch, Kind.SAME_LAUNCH, known)


def _seen_in_year(track: BeltTrack) -> dict[int, int]:
    year = year_of(track.days)
    pairs = np.unique(np.stack([year, track.object_id]), axis=1)
    return dict(Counter(pairs[0].tolist()))


def company_of(scene: BeltScene) -> tuple[Company, ...]:
    """Return every episode of company, in the order of `BeltScene.found`."""
    found = scene.found
    pairs = list(map(tuple, found.object_id.tolist()))
    visits, counted = Counter(pairs), Counter[tuple[int, ...]]()
    rates = _Rates(scene)
    company = []
    for k, pair in enumerate(pairs):
        counted[pair] += 1
        company.append(_one_company(scene, k, counted[pair], visits[pair], rates.of(k)))
    return tuple(company)


def _one_company(scene: BeltScene, k: int, visit: int, visits: int, rate: BaseRate) -> Company:
    found, near, ranges = scene.found, scene.belt.near, scene.belt.ranges
    inside, closest = slice(found.first[k], found.last[k] + 1), int(found.closest[k])
    one, other = found.object_id[k].tolist()
    swapped = found.came[k] == 0
    best, sigma = float(ranges.closest_km[closest]), float(ranges.sigma_km[closest])
    separation = float(np.median(near.separation_deg[inside]))
    rows = scene.belt.rows(found.first[k : k + 1])[0]
    return Company(
        objects=(other, one) if swapped else (one, other),
        kind=_KINDS[found.kind[k]],
        arrival=tuple(Arrival)[found.arrival[k]],
        slots_before=int(found.slots[k]) if found.slots[k] >= 0 else None,
        visit=visit,
        visits=visits,
        began_after_utc=moment_or_none(found.after[k]),
        seen_from_utc=moment(found.seen_from[k]),
        seen_until_utc=moment(found.seen_until[k]),
        ended_before_utc=moment_or_none(found.until[k]),
        dwell_days=dwell_days(
            found.after[k], found.seen_from[k], found.seen_until[k], found.until[k]
        ),
        looks=int(found.looks[k]),
        longest_gap_days=float(found.longest_gap[k]),
        mean_deg_east=float(scene.belt.track.mean_deg_east[rows[0]]),
        separation_deg=-separation if swapped else separation,
        closest_km=Interval(float(found.low_km[k]), best, best + 2.0 * sigma),
        closest_utc=moment(scene.belt.looks.moment_days[near.moment[closest]]),
        farthest_km=float(ranges.farthest_km[inside].min()),
        plane_angle_deg=float(ranges.plane_angle_deg[closest]),
        alike_looks=int(found.alike[k]),
        identical_looks=int(found.identical[k]),
        base_rate=rate,
    )


class _Rates:
    """Base rates of company: by year and kind, the closest range of each object that has it."""

    def __init__(self, scene: BeltScene) -> None:
        self._scene = scene
        self._best = scene.belt.ranges.closest_km[scene.found.closest]
        self._year = year_of(scene.found.seen_from)
        last = year_of(scene.found.seen_until)
        nearest: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
        for k, pair in enumerate(scene.found.object_id.tolist()):
            for year in range(self._year[k], last[k] + 1):
                known = nearest[(year, int(scene.found.kind[k]))]
                for norad_id in pair:
                    known[norad_id] = min(known.get(norad_id, np.inf), float(self._best[k]))
        self._sorted = {key: np.sort(list(known.values())) for key, known in nearest.items()}

    def of(self, k: int) -> BaseRate:
        """Return the base rate of one meeting."""
        year = int(self._year[k])
        ranges = self._sorted[(year, int(self._scene.found.kind[k]))]
        count = int(np.searchsorted(ranges, self._best[k], side="right"))
        compared = max(self._scene.seen_in_year.get(year, 0), count)
        return BaseRate("GEO", compared, Interval(*share_interval(count, compared)), 365.25)


def dwell_days(after: float, begun: float, ended: float, until: float) -> Interval:
    """Return how long something surely and at most lasted, as far as the history reaches."""
    low = float(ended - begun)
    first = after if np.isfinite(after) else begun
    last = until if np.isfinite(until) else ended
    high = float(last - first)
    return Interval(low, 0.5 * (low + high), high)


def moment(days: float) -> datetime:
    """Return days since 1970 as a moment."""
    return as_datetime(moments(_ORIGIN_UTC, np.array([days * 86400.0]))[0])


def moment_or_none(days: float) -> datetime | None:
    """Return days since 1970 as a moment; None for infinity."""
    return moment(days) if np.isfinite(days) else None


def year_of(days: Floats) -> Rows:
    """Return the calendar years of days since 1970."""
    whole = np.floor(days).astype(np.int64).astype("datetime64[D]")
    return np.asarray(whole.astype("datetime64[Y]").astype(np.int64) + 1970, np.int64)
