"""Who kept company with an asset outside the geostationary belt, from when to when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hoshimori.model.belt_scene import dwell_days, moment, moment_or_none
from hoshimori.model.company import distinct
from hoshimori.model.company_findings import company_finding
from hoshimori.model.detector import Card
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import (
    Arrival,
    BaseRate,
    Company,
    CompanyKind,
    Interval,
    Proximity,
    Relation,
)
from hoshimori.model.picture import Picture
from hoshimori.model.relations import (
    ORBIT_COLUMNS,
    Kinship,
    kinship,
    place_of,
    relations_of_pairs,
)
from hoshimori.numerics.elements import Floats, OrbitRegime, orbit_regime
from hoshimori.numerics.looks import Flags, Looks, PairEpisodes, Rows, pair_episodes
from hoshimori.numerics.orbit_arrival import OwnMotion, arrival_of, own_motions
from hoshimori.numerics.orbit_company import OrbitLooks, of_shells, orbit_looks
from hoshimori.numerics.rates import share_interval


@dataclass(frozen=True, slots=True)
class OrbitCompanyDetector:
    """Tells from histories who moved along with an asset in low and medium orbits."""

    unseen_days: float = 5.0
    """Where so long was not seen, nothing excludes a nearer pass."""
    complex_km: float = 10.0
    """Who shares its element set with a third object, and parts no farther than this from another
    over a revolution, is docked to the same complex."""
    alike_km: float = 2.0
    """A pair that parts no farther than this over a revolution moves as one, as sets tell."""
    near_earth_floor_m_s: tuple[float, float] = (0.0001, 0.02)
    deep_space_floor_m_s: tuple[float, float] = (0.005, 0.06)
    burn_threshold: float = 9.0
    longest_gap_days: float = 10.0
    """Those of the manoeuvre detector, which tell who changed its orbit before they met."""

    card: ClassVar[Card] = Card(
        name="orbit_company",
        version=2,
        question="Who moved along with an asset outside the belt, from when to when?",
        needs="Histories of the asset and of its shell; sets within one and a half days of a look.",
        method=(
            "Every two days that have element sets, all objects of the asset's shell (0.7 degrees "
            "of inclination, 1.5 % of mean motion) are brought to one moment; pairs in planes "
            "within half a degree that come within 100 km over a revolution and drift by at most "
            "100 km a day are company, which lasts while they are within 150 km and 300 km a day. "
            "It is surely seen from the first such look to the last and at most between the looks "
            "that show them apart. Docked: one element set for both, or one for the other "
            "and a third object, within 10 km over a revolution. Travelling together: twice "
            "within 2 km over a revolution, and neither launch nor name says why. By its own "
            "doing came who would be beyond 150 km without its burns and thrust of the thirty days "
            "before; by nature, if neither did and both histories would show it. The base rate is "
            "the share of the shell's objects that in this history have company of the same kind "
            "at least as near."
        ),
        references=(
            "D'Amico 2010, Autonomous Formation Flying in Low Earth Orbit",
            "Wilson 1927, J. Am. Stat. Assoc. 22 (interval of a share)",
        ),
        false_alarm_rate=(
            "Not measured: what company means is not in the elements. Every finding carries the "
            "share of the shell that shows the same."
        ),
        known_false_alarms=(
            "Trains and formations of several launches.",
            "Objects that pass slowly, which sparse sets cannot tell from ones that stay.",
            "Pairs that stay near for less than the time between two looks are not seen.",
        ),
    )

    def detect(self, picture: Picture) -> tuple[Proximity, ...]:
        """Return one finding for each episode of company of an asset, by asset, then by time."""
        history = picture.history.sorted_by_object()
        assets = [asset.norad_id for asset in picture.assets]
        elements = history.mean_elements()
        inside = of_shells(elements, np.flatnonzero(np.isin(history.norad_id, assets)))
        sets = history.take(np.flatnonzero(inside))
        looks, near = orbit_looks(sets.norad_id, sets.mean_elements())
        episodes = pair_episodes(looks, near.first, near.second, near.moment, near.is_inner)
        orbit = kinship(sets).orbit
        shared = np.bincount(orbit, minlength=1)[orbit] > 1
        motions = self._motions(history, _companions(looks, near, episodes, assets))
        scene = _Scene(
            self,
            sets,
            looks,
            near,
            episodes,
            kinship(sets.newest()),
            shared,
            motions,
            _shells(sets, looks, assets),
        )
        return tuple(sorted(_findings(scene, assets), key=_by_asset_and_time))

    def _motions(self, history: ElementSets, objects: Rows) -> dict[int, OwnMotion]:
        sets = distinct(history.take(np.flatnonzero(np.isin(history.norad_id, objects))))
        elements = sets.mean_elements()
        near, deep = (
            np.array([in_track, across, across])
            for in_track, across in (self.near_earth_floor_m_s, self.deep_space_floor_m_s)
        )
        low = orbit_regime(elements) == OrbitRegime.LEO
        return own_motions(
            elements,
            sets.norad_id,
            floor_m_s=np.where(low[:, None], near, deep),
            threshold=self.burn_threshold,
            longest_gap_days=self.longest_gap_days,
        )


def _shells(sets: ElementSets, looks: Looks, assets: list[int]) -> dict[int, Flags]:
    """Return which objects each asset's own shell has: rates hang on no other asset."""
    elements = sets.mean_elements()
    shells = {}
    for asset in assets:
        own = np.flatnonzero(sets.norad_id == asset)
        inside = np.unique(sets.norad_id[of_shells(elements, own)])
        shells[asset] = np.isin(looks.objects, inside)
    return shells


def _companions(looks: Looks, near: OrbitLooks, episodes: PairEpisodes, assets: list[int]) -> Rows:
    """Return the numbers of the assets that had company, and of their company."""
    sides = [looks.objects[side[episodes.first]] for side in (near.first, near.second)]
    concerned = np.isin(sides[0], assets) | np.isin(sides[1], assets)
    return np.unique(np.concatenate([side[concerned] for side in sides]))


def _by_asset_and_time(finding: Proximity) -> tuple[int, float]:
    return finding.objects[0], finding.start_utc.timestamp()


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    settings: OrbitCompanyDetector
    sets: ElementSets
    looks: Looks
    near: OrbitLooks
    episodes: PairEpisodes
    kin: Kinship
    """Of the newest set of each object, in the order of `Looks.objects`."""
    shared: Flags
    """Which sets two or more objects have."""
    motions: dict[int, OwnMotion]
    """Of the objects that were in company with an asset."""
    shells: dict[int, Flags]
    """Which of `Looks.objects` are of the shell of an asset, by the asset's number."""

    def days(self) -> Floats:
        return np.asarray(self.sets.epoch_utc.astype(np.int64) / 86400e6)


def _findings(scene: _Scene, assets: list[int]) -> Iterator[Proximity]:
    """Yield the findings of the assets; the base rate is counted in the shell of the asset."""
    episodes = scene.episodes
    pairs = np.stack([scene.near.first[episodes.first], scene.near.second[episodes.first]], axis=1)
    watched = np.isin(scene.looks.objects, assets)
    kinds = [_kind(scene, k, a, b, watched) for k, (a, b) in enumerate(pairs.tolist())]
    best = np.array([_closest(scene, k)[1] for k in range(len(episodes))])
    visits, seen = Counter(map(tuple, pairs.tolist())), Counter[tuple[int, ...]]()
    for k, pair in enumerate(map(tuple, pairs.tolist())):
        seen[pair] += 1
        ids = [int(scene.looks.objects[p]) for p in pair]
        if not set(ids) & set(assets):
            continue
        objects = (ids[0], ids[1]) if ids[0] in assets else (ids[1], ids[0])
        alike = np.array([kind is kinds[k] for kind in kinds]) & (best <= best[k])
        in_shell = scene.shells[objects[0]]
        having = np.unique(pairs[alike])
        count, total = int(in_shell[having].sum()), int(in_shell.sum())
        rate = BaseRate("SHELL", total, Interval(*share_interval(count, total)))
        company = _company(scene, k, kinds[k], (seen[pair], visits[pair]), rate)
        yield _finding(scene, k, company, objects, 1.0 if objects == (ids[0], ids[1]) else -1.0)


def _kind(scene: _Scene, k: int, one: int, other: int, watched: Flags) -> CompanyKind:
    rows, look = _rows(scene, k), slice(scene.episodes.first[k], scene.episodes.last[k] + 1)
    guest = 0 if watched[other] and not watched[one] else 1
    in_complex = scene.shared[rows[:, guest]] & (
        scene.near.farthest_km[look] <= scene.settings.complex_km
    )
    relation = int(relations_of_pairs(scene.kin, np.array([one]), np.array([other]))[0])
    if _identical(scene, rows).any() or in_complex.any():
        return CompanyKind.DOCKED
    if relation == place_of(Relation.SAME_LAUNCH):
        return CompanyKind.SAME_LAUNCH
    if relation == place_of(Relation.SAME_CONSTELLATION):
        return CompanyKind.SAME_CONSTELLATION
    if len(_alike(scene, k, rows)) >= 2:
        return CompanyKind.TRAVELLING
    seen_to_come = np.isfinite(scene.episodes.after_days[k])
    return CompanyKind.VISIT if seen_to_come else CompanyKind.NOT_TOLD


def _rows(scene: _Scene, k: int) -> Rows:
    """Return the rows of the sets of both at each look of an episode, shape (looks, 2)."""
    look = np.arange(scene.episodes.first[k], scene.episodes.last[k] + 1)
    sides = (scene.near.first[look], scene.near.second[look])
    rows = [scene.looks.row[scene.near.moment[look], side] for side in sides]
    return np.stack(rows, axis=1).astype(np.int64)


def _alike(scene: _Scene, k: int, rows: Rows) -> Rows:
    """Return the different pairs of sets at which both move as one."""
    look = slice(scene.episodes.first[k], scene.episodes.last[k] + 1)
    return np.unique(rows[scene.near.farthest_km[look] <= scene.settings.alike_km], axis=0)


def _identical(scene: _Scene, rows: Rows) -> Flags:
    """Return the looks at which both have one and the same element set."""
    same = np.ones(len(rows), dtype=np.bool_)
    for name in ORBIT_COLUMNS:
        column = getattr(scene.sets, name)
        same &= column[rows[:, 0]] == column[rows[:, 1]]
    return same


def _closest(scene: _Scene, k: int) -> tuple[int, float]:
    """Return the near look at which a pair comes closest, and the range."""
    look = np.arange(scene.episodes.first[k], scene.episodes.last[k] + 1)
    ranges = np.where(scene.near.is_inner[look], scene.near.closest_km[look], np.inf)
    return int(look[ranges.argmin()]), float(ranges.min())


def _company(
    scene: _Scene, k: int, kind: CompanyKind, visit: tuple[int, int], rate: BaseRate
) -> Company:
    episodes, near, rows = scene.episodes, scene.near, _rows(scene, k)
    days = scene.days()[rows].mean(axis=1)
    after = min(float(episodes.after_days[k]), days[0])
    until = max(float(episodes.until_days[k]), days[-1])
    gaps = np.diff([after if np.isfinite(after) else days[0], *days])
    last_gap = until - days[-1] if np.isfinite(until) else 0.0
    look, best = _closest(scene, k)
    sigma = float(near.sigma_km[look])
    unseen = max(float(gaps.max(initial=0.0)), last_gap) > scene.settings.unseen_days
    low = 0.0 if unseen else max(best - 2.0 * sigma, 0.0)
    arrival, ids = _arrival(scene, k)
    inside = slice(episodes.first[k], episodes.last[k] + 1)
    return Company(
        objects=ids,
        kind=kind,
        arrival=arrival,
        slots_before=None,
        visit=visit[0],
        visits=visit[1],
        began_after_utc=moment_or_none(after),
        seen_from_utc=moment(days[0]),
        seen_until_utc=moment(days[-1]),
        ended_before_utc=moment_or_none(until),
        dwell_days=dwell_days(after, days[0], days[-1], until),
        looks=len(np.unique(rows, axis=0)),
        longest_gap_days=float(np.diff(days).max(initial=0.0)),
        mean_deg_east=None,
        separation_deg=None,
        closest_km=Interval(low, best, best + 2.0 * sigma),
        closest_utc=moment(scene.looks.moment_days[near.moment[look]]),
        farthest_km=float(near.farthest_km[inside].min()),
        plane_angle_deg=float(near.plane_angle_deg[look]),
        alike_looks=len(_alike(scene, k, rows)),
        identical_looks=int(_identical(scene, rows).sum()),
        base_rate=rate,
    )


def _arrival(scene: _Scene, k: int) -> tuple[Arrival, tuple[int, int]]:
    """Return how a pair came together, and both: who was there first, then who came."""
    episodes, near = scene.episodes, scene.near
    look = np.arange(episodes.first[k], episodes.last[k] + 1)
    one, other = (int(scene.looks.objects[side[look[0]]]) for side in (near.first, near.second))
    if not np.isfinite(episodes.after_days[k]):
        return Arrival.NOT_SEEN, (one, other)
    arrival, came = arrival_of(
        (scene.motions[one], scene.motions[other]),
        scene.looks.moment_days[near.moment[look]],
        near.track_rtn_km[look, 1],
    )
    return tuple(Arrival)[arrival], (other, one) if came == 0 else (one, other)


def _finding(
    scene: _Scene, k: int, company: Company, objects: tuple[int, int], sign: float
) -> Proximity:
    """Return the finding; seen from the other, `sign` -1, the same track points the other way."""
    look = np.arange(scene.episodes.first[k], scene.episodes.last[k] + 1)
    near = scene.near.take(look)
    towards = float(np.sign(np.median(near.track_rtn_km[:, 1])))
    return company_finding(
        scene.settings,
        f"{scene.settings.card.name}/{scene.settings.card.version}",
        company,
        objects,
        scene.sets.take(np.unique(_rows(scene, k))),
        days=scene.looks.moment_days[near.moment],
        track_rtn_km=sign * near.track_rtn_km,
        drift_km_day=towards * float(np.median(near.drift_km_day)),
    )
