"""Who comes near an asset and moves with it for a while."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from hoshimori.model import measured_curves
from hoshimori.model.detector import Card
from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.element_errors import JudgedErrors, judged_errors
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import (
    BaseRate,
    Confidence,
    Interval,
    Proximity,
    ProximityMotion,
    Relation,
    RelativeTrack,
)
from hoshimori.model.measured_rates import PROXIMITY
from hoshimori.model.moments import as_column_time
from hoshimori.model.objects import launch_of
from hoshimori.model.picture import Picture
from hoshimori.model.relations import IdPair, pairs_lately_one, relation_between
from hoshimori.numerics.constants import SECONDS_PER_DAY
from hoshimori.numerics.elements import Floats, OrbitRegime, Times, orbit_regime
from hoshimori.numerics.encounters_census import NeighbourPairs, neighbour_pairs
from hoshimori.numerics.encounters_stays import Stays, stays
from hoshimori.numerics.rates import share_interval
from hoshimori.numerics.relative import (
    PairMotion,
    in_track_drift_km_day,
    pair_motion,
    rows_near_plane,
)
from hoshimori.numerics.sgp4 import Satellites, initialise
from hoshimori.numerics.uncertainty import interval_km

_FRESH_DAYS = 3.0
"""Up to this age at the smallest range, elements carry a statement with moderate confidence."""
_TRACK_POINTS = 240
_TRACK_REVOLUTIONS = 6.0
_SAMPLES_PER_REVOLUTION = 24
_DRIFT_REVOLUTIONS = 2.0
_DOCKED_OVER_S = 86400.0


@dataclass(frozen=True, slots=True)
class Nearness:
    """What counts as near, and for how long, in a regime."""

    inner_km: float
    """An episode comes this near at least once."""
    outer_km: float
    """It lasts while the range is below this."""
    shortest_h: float
    """Shorter passages are crossings of two orbits, not episodes."""
    widest_plane_deg: float
    """So are encounters of orbits in planes farther apart."""
    census_days: float
    """Over how long the base rate is sampled."""

    @property
    def fastest_km_s(self) -> float:
        """Relative speed at which a pair crosses the outer range in the shortest time."""
        return 2.0 * self.outer_km / (3600.0 * self.shortest_h)


@dataclass(frozen=True, slots=True)
class ProximityDetector:
    """Finds objects that come near an asset slowly, whatever they are."""

    leo: Nearness = Nearness(100.0, 150.0, shortest_h=1 / 3, widest_plane_deg=0.5, census_days=0.5)
    higher: Nearness = Nearness(100.0, 150.0, shortest_h=3, widest_plane_deg=2.0, census_days=2.0)
    """For all orbits above LEO."""
    docked_km: float = 10.0
    """An object that shares its element set with another, as docked ones do, and for a day never
    parts farther than this from the asset, belongs to the asset's docked complex."""
    sigmas: float = 2.0
    """Half-width of the range interval."""

    card: ClassVar[Card] = Card(
        name="proximity",
        version=1,
        question="Which objects come near an asset and remain near it for a while?",
        needs="The newest element set of every object, the assets' own included.",
        method=(
            "Spans of time with a range below an outer limit that reach an inner one, long enough "
            "to exclude orbits that merely cross; boundaries and smallest range solved exactly. "
            "Plane angle and drift of the mean in-track separation from osculating states, the "
            "relative track in the asset's RTN frame. The range is an interval from the expected "
            "error of both element sets, judged by earlier sets of the same object where there are "
            "enough. Base rate: the share of objects of the same regime and "
            "catalogue that have a neighbour of another launch at least this near for at least "
            "this long, counted over a time in mid-window and carried to the whole window."
        ),
        references=(
            "D'Amico 2010, Autonomous Formation Flying in Low Earth Orbit",
            "Flohrer, Krag and Klinkrad 2008, AMOS (errors of element sets)",
            "Wilson 1927, J. Am. Stat. Assoc. 22 (interval of a share)",
            "Vallado et al. 2006, AIAA 2006-6753",
        ),
        false_alarm_rate=PROXIMITY,
        known_false_alarms=(
            "Colocated fleets and formations of one operator from different launches.",
            "Constellation planes filled by several launches.",
            "Debris and inactive objects that drift through.",
            "Docked objects whose element sets are of different age.",
        ),
        sweep=measured_curves.PROXIMITY,
    )

    def detect(self, picture: Picture) -> tuple[Proximity, ...]:
        """Return one finding for each episode of an asset, by asset, then by start."""
        sets = picture.newest.sorted_by_object()
        assets = np.flatnonzero(np.isin(sets.norad_id, [a.norad_id for a in picture.assets]))
        if len(assets) == 0:
            return ()
        errors = judged_errors(sets, (picture.history,))
        lately_one = pairs_lately_one(picture.history, as_column_time(picture.as_of_utc))
        scene = _Scene(self, picture, sets, initialise(sets.mean_elements()), errors, lately_one)
        regimes = orbit_regime(sets.mean_elements())
        censuses: dict[int, _Census] = {}
        found: list[Proximity] = []
        for asset in assets:
            regime = int(regimes[asset])
            episodes = list(_episodes(scene, int(asset), OrbitRegime(regime)))
            if episodes and regime not in censuses:
                censuses[regime] = _census(scene, OrbitRegime(regime), regimes)
            found.extend(_finding(scene, e, censuses[regime]) for e in episodes)
        return tuple(f for f in found if not _is_seen_from_the_other_side(f, picture))


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    settings: ProximityDetector
    picture: Picture
    sets: ElementSets
    satellites: Satellites
    errors: JudgedErrors
    lately_one: frozenset[IdPair]
    """Pairs that shared element sets lately."""

    @property
    def t0_utc(self) -> np.datetime64:
        return as_column_time(self.picture.as_of_utc)

    def nearness(self, regime: OrbitRegime) -> Nearness:
        return self.settings.leo if regime is OrbitRegime.LEO else self.settings.higher


@dataclass(frozen=True, slots=True)
class _Episode:
    """An asset and a neighbour, rows of the picture, and the times of their being near."""

    asset: int
    neighbour: int
    start_s: float
    end_s: float
    closest_s: float
    closest_km: float
    open_start: bool
    open_end: bool
    relation: Relation


@dataclass(frozen=True, slots=True, eq=False)
class _Census:
    """Pairs of different launches that are near in a regime."""

    regime: OrbitRegime
    objects: int
    span_s: float
    pairs: NeighbourPairs


def _is_seen_from_the_other_side(finding: Proximity, picture: Picture) -> bool:
    """Return whether both objects are assets and the one of lower number reports the episode."""
    asset, other = finding.objects
    return other < asset and any(other == a.norad_id for a in picture.assets)


def _episodes(scene: _Scene, asset: int, regime: OrbitRegime) -> Iterator[_Episode]:
    """Yield the episodes of an asset: docked objects first, then by start."""
    near, window_s = scene.nearness(regime), scene.picture.days_ahead * SECONDS_PER_DAY
    rows = rows_near_plane(
        scene.satellites,
        asset,
        scene.t0_utc,
        window_s,
        outer_km=near.outer_km,
        shortest_s=3600.0 * near.shortest_h,
        widest_rad=np.radians(near.widest_plane_deg),
    )
    if asset not in rows:
        return
    for row in rows:
        if row != asset and relation_between(scene.sets, asset, int(row)) is Relation.DOCKED:
            yield _Episode(asset, int(row), 0.0, window_s, 0.0, 0.0, True, True, Relation.DOCKED)
    found = stays(
        scene.satellites.take(rows),
        np.flatnonzero(rows == asset),
        scene.t0_utc,
        window_s,
        inner_km=near.inner_km,
        outer_km=near.outer_km,
        shortest_s=3600.0 * near.shortest_h,
    )
    for k in range(len(found)):
        yield _episode(scene, asset, int(rows[found.secondary[k]]), found, k)


def _episode(scene: _Scene, asset: int, neighbour: int, found: Stays, k: int) -> _Episode:
    start_s, end_s = float(found.start_s[k]), float(found.end_s[k])
    relation = relation_between(scene.sets, asset, neighbour)
    if _is_in_complex(scene, asset, neighbour, start_s, end_s):
        relation = Relation.DOCKED
    return _Episode(
        asset,
        neighbour,
        start_s,
        end_s,
        float(found.closest_s[k]),
        float(found.closest_km[k]),
        bool(found.open_start[k]),
        bool(found.open_end[k]),
        relation,
    )


def _is_in_complex(scene: _Scene, asset: int, neighbour: int, start_s: float, end_s: float) -> bool:
    """Return whether a neighbour is docked to the asset, whose own element set is newer or older.

    Nearness alone would not tell a docked object from one that inspects: the two must have shared
    element sets lately, or the neighbour must share its own with a third object.
    """
    ids = sorted(int(scene.sets.norad_id[row]) for row in (asset, neighbour))
    if (ids[0], ids[1]) in scene.lately_one:
        (now_km,) = _motion(scene, asset, neighbour, np.zeros(1)).range_km
        return bool(now_km <= scene.settings.docked_km)
    same = scene.sets.epoch_utc == scene.sets.epoch_utc[neighbour]
    twins = (row for row in np.flatnonzero(same) if row != neighbour)
    if end_s - start_s < _DOCKED_OVER_S or not any(
        relation_between(scene.sets, neighbour, int(row)) is Relation.DOCKED for row in twins
    ):
        return False
    day = np.linspace(start_s, start_s + _DOCKED_OVER_S, _TRACK_POINTS)
    farthest_km = _motion(scene, asset, neighbour, day).range_km.max()
    return bool(farthest_km <= scene.settings.docked_km)


def _motion(scene: _Scene, asset: int, neighbour: int, t_s: Floats) -> PairMotion:
    rows = np.array([asset, neighbour])
    errors = scene.errors.of(rows)
    return pair_motion(scene.satellites.take(rows), errors, scene.t0_utc, t_s)


def _finding(scene: _Scene, episode: _Episode, census: _Census) -> Proximity:
    sets, settings = scene.sets, scene.settings
    rows = (episode.asset, episode.neighbour)
    objects = (int(sets.norad_id[rows[0]]), int(sets.norad_id[rows[1]]))
    basis = tuple(element_set_digest(sets, row) for row in rows)
    detector = f"{settings.card.name}/{settings.card.version}"
    start_utc, end_utc, closest_utc = (
        _after(scene, s) for s in (episode.start_s, episode.end_s, episode.closest_s)
    )
    closest = _motion(scene, *rows, np.array([episode.closest_s]))
    revolution_s = 2.0 * np.pi / closest.motion_rad_s
    throughout = _motion(scene, *rows, _sampled(episode, revolution_s))
    drift_km_day = _drift_km_day(scene, episode, revolution_s)
    sigma_km = float(closest.sigma_km[0])
    confidence, because = _confidence(scene, episode, sigma_km)
    return Proximity(
        finding_id=finding_id(
            detector, settings, objects, basis, start_utc.isoformat(timespec="seconds")
        ),
        detector=detector,
        objects=objects,
        start_utc=start_utc,
        end_utc=end_utc,
        base_rate=_base_rate(census, episode, scene.picture.days_ahead * SECONDS_PER_DAY),
        confidence=confidence,
        confidence_because=because,
        basis=basis,
        reality=sets.take(np.array(rows)).reality,
        motion=_kind(scene.nearness(census.regime), episode, drift_km_day),
        relation=episode.relation,
        range_km=Interval(*interval_km(episode.closest_km, sigma_km, settings.sigmas)),
        range_utc=closest_utc,
        median_range_km=float(np.median(throughout.range_km)),
        dwell_h=(episode.end_s - episode.start_s) / 3600.0,
        plane_angle_deg=float(np.degrees(closest.plane_angle_rad[0])),
        drift_km_day=drift_km_day,
        track=_track(scene, episode, revolution_s),
    )


def _after(scene: _Scene, seconds: float) -> datetime:
    return scene.picture.as_of_utc + timedelta(seconds=seconds)


def _sampled(episode: _Episode, revolution_s: float) -> Floats:
    revolutions = (episode.end_s - episode.start_s) / revolution_s
    points = max(_TRACK_POINTS, int(_SAMPLES_PER_REVOLUTION * revolutions))
    return np.linspace(episode.start_s, episode.end_s, points)


def _drift_km_day(scene: _Scene, episode: _Episode, revolution_s: float) -> float:
    """Return the drift over the episode or two revolutions; negative towards the asset."""
    half_s = max(episode.end_s - episode.start_s, _DRIFT_REVOLUTIONS * revolution_s) / 2.0
    middle_s = 0.5 * (episode.start_s + episode.end_s)
    points = max(_TRACK_POINTS, int(2.0 * half_s / revolution_s * _SAMPLES_PER_REVOLUTION))
    t_s = np.linspace(middle_s - half_s, middle_s + half_s, points)
    motion = _motion(scene, episode.asset, episode.neighbour, t_s)
    kept = np.isfinite(motion.arc_km)
    forward = in_track_drift_km_day(t_s[kept], motion.arc_km[kept], motion.motion_rad_s)
    at_start = float(np.median(motion.arc_km[kept][: max(1, points // 4)]))
    return forward if at_start >= 0.0 else -forward


def _track(scene: _Scene, episode: _Episode, revolution_s: float) -> RelativeTrack:
    """Return the track around the smallest range, dense enough to show every revolution."""
    half_s = 0.5 * _TRACK_REVOLUTIONS * revolution_s
    start_s = max(episode.start_s, min(episode.closest_s, episode.end_s - half_s) - half_s)
    end_s = min(episode.end_s, start_s + 2.0 * half_s)
    t_s = np.linspace(start_s, end_s, _TRACK_POINTS)
    track = _motion(scene, episode.asset, episode.neighbour, t_s).track_rtn_km
    radial, in_track, cross_track = (tuple(map(float, axis)) for axis in track.T)
    return RelativeTrack(tuple(_after(scene, float(s)) for s in t_s), radial, in_track, cross_track)


def _kind(near: Nearness, episode: _Episode, drift_km_day: float) -> ProximityMotion:
    if episode.relation is Relation.DOCKED:
        return ProximityMotion.DOCKED
    moved_km = drift_km_day * (episode.end_s - episode.start_s) / SECONDS_PER_DAY
    if not episode.open_start and not episode.open_end:
        return ProximityMotion.FLY_BY
    if abs(moved_km) < 0.5 * near.inner_km:
        return ProximityMotion.STAY
    if episode.open_start != episode.open_end:
        return ProximityMotion.DEPARTURE if episode.open_start else ProximityMotion.APPROACH
    return ProximityMotion.APPROACH if drift_km_day < 0.0 else ProximityMotion.DEPARTURE


def _confidence(scene: _Scene, episode: _Episode, sigma_km: float) -> tuple[Confidence, str]:
    epochs: Times = scene.sets.epoch_utc[[episode.asset, episode.neighbour]]
    ages = (scene.t0_utc - epochs) / np.timedelta64(1, "D") + episode.closest_s / SECONDS_PER_DAY
    oldest = float(np.abs(ages).max())
    because = f"elements {oldest:.1f} days old at the smallest range, error about {sigma_km:.1f} km"
    return (Confidence.MODERATE if oldest <= _FRESH_DAYS else Confidence.LOW), because


def _census(scene: _Scene, regime: OrbitRegime, regimes: npt.NDArray[np.uint8]) -> _Census:
    near, rows = scene.nearness(regime), np.flatnonzero(regimes == regime)
    span_s = near.census_days * SECONDS_PER_DAY
    pairs = neighbour_pairs(
        scene.satellites.take(rows),
        scene.t0_utc,
        span_s,
        outer_km=near.outer_km,
        fastest_km_s=near.fastest_km_s,
    )
    launch = np.array([launch_of(str(name)) for name in scene.sets.object_id[rows]], dtype=object)
    first, second = launch[pairs.first], launch[pairs.second]
    return _Census(regime, len(rows), span_s, pairs.take((first != second) | (first == "")))


def _base_rate(census: _Census, episode: _Episode, window_s: float) -> BaseRate:
    """Return the share of objects that show such an episode within the window.

    Episodes that begin at random and last d overlap a time T at the rate of (T + d) of their
    beginnings, so what a census of time C sees is carried to the window W by (W + d) / (C + d).
    """
    whole_s = episode.end_s - episode.start_s
    dwell_s = min(whole_s, census.span_s)
    pairs = census.pairs
    alike = (pairs.closest_km <= episode.closest_km) & (pairs.dwell_s >= dwell_s)
    objects = np.unique(np.concatenate([pairs.first[alike], pairs.second[alike]]))
    times = (window_s + whole_s) / (census.span_s + whole_s)
    shares = share_interval(len(objects), census.objects)
    low, best, high = (1.0 - (1.0 - share) ** times for share in shares)
    return BaseRate(
        regime=census.regime.name,
        compared=census.objects,
        share=Interval(low, best, high),
        window_days=window_s / SECONDS_PER_DAY,
    )
