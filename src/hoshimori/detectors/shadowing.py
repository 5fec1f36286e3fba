"""Who goes in an asset's orbit plane, and holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, assert_never

import numpy as np
import numpy.typing as npt

from hoshimori.model import measured_curves
from hoshimori.model.constellations import NO_FAMILY, series_of
from hoshimori.model.detector import Card
from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import (
    BaseRate,
    Confidence,
    Interval,
    PlaneHold,
    PlaneTrack,
    Relation,
    Shadowing,
    WarningBound,
)
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.objects import ObjectType, kind_by_name
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import combined_reality
from hoshimori.model.relations import kinship, place_of, relations_of_pairs
from hoshimori.numerics.covariance_classes import class_growth
from hoshimori.numerics.elements import MeanElements, OrbitRegime, orbit_regime, semi_major_axis_km
from hoshimori.numerics.plane_history import PlaneHistory, plane_history, turned_rad
from hoshimori.numerics.planes import ClosePlanes, Rows, carried_to, close_planes, plane_motion
from hoshimori.numerics.reach import reach_times
from hoshimori.numerics.relative import pair_motion
from hoshimori.numerics.sgp4 import Sgp4Status, initialise, propagate

_US_PER_DAY = 86400e6
_ANGLE_ERROR_DEG = 0.02
"""Two sigma of the angle between planes of two element sets."""
_DRIFT_ERROR_DEG, _DRIFT_ERROR_DAYS = 0.06, 28.0
"""Free drift foretells an angle between planes that turn slowly this well (95 % of pairs of debris,
benchmarks/accuracy_reach.py) after so many days; drag lets the error grow with their square."""
_DAY_S = np.linspace(0.0, 86400.0, 145)


@dataclass(frozen=True, slots=True)
class ShadowingDetector:
    """Finds objects of other launches that go in an asset's plane at nearly its height."""

    axis_km: float = 50.0
    """Semi-major axes this near count as one height."""
    widest_deg: float = 0.5
    """Planes count as one up to this angle; matched ones also after `ahead_days` of free drift."""
    ahead_days: float = 30.0
    lookback_days: float = 120.0
    """How far back element sets are compared."""
    least_history_days: float = 20.0
    """A shorter history shows no holding."""
    parted_deg: float = 0.2
    """Free drift must miss what happened by at least this, and by twice its own error."""
    launched_deg: float = 0.1
    """An object is launched into a plane where its first known set is this close to it."""
    newcomer_days: float = 10.0
    """Its first known set is at least this much younger than the asset's."""
    own_turn: float = 0.5
    """The object has turned its plane by at least this share of what the asset did itself."""
    together_km: float = 10.0
    """A pair that never parts farther in a day is docked or a formation, as proximity tells."""
    neighbourhood: int = 300
    """With so many objects of the regime, nearest in inclination, a pair is compared."""
    matched_share: float = 0.0
    """A match that free drift explains is reported only where no more of them show one."""
    held_share: float = 0.01
    """The same for the other kinds."""
    within_km: float = 50.0
    delta_v_m_s: tuple[float, ...] = (50.0, 200.0)
    """What warning times are given for."""

    card: ClassVar[Card] = Card(
        name="shadowing",
        version=1,
        question="Which objects of other launches go in an asset's plane, and hold it?",
        needs=(
            "The newest element sets of the catalogue; for holding, earlier sets of both objects "
            "over three weeks or more. Assets whose elements are not public need their owner's."
        ),
        method=(
            "Pairs of payloads with axes within 50 km and planes within 0.5 deg, without a "
            "history also after 30 days of drift by J2; not in GEO, where all planes are one and "
            "longitudes count; without members of constellations, pairs of one launch, of one "
            "series of names at one height, docked pairs and formations within 10 km. With a "
            "history the angle at each earlier set is put beside what free drift from the first "
            "would have made it: kept, came together, or launched into the plane (in it from the "
            "first known set on); what the asset did alone is none of these. Base rate: the share "
            "of the 300 objects of the regime nearest in inclination with a pair of the same kind "
            "at least as close in angle and in axis; sun-synchronous objects share their drift by "
            "design, so this neighbourhood decides. A match that free drift explains is reported "
            "only where none of them shows one, the others up to one in a hundred. Warning times "
            "are lower bounds for coming within 50 km and moving along."
        ),
        references=(
            "Vallado 2013, Fundamentals of Astrodynamics and Applications, eq. 9-37",
            "Wilson 1927, J. Am. Stat. Assoc. 22 (interval of a share)",
            "docs/explain/reach.md (warning times and their validation)",
        ),
        false_alarm_rate=(
            "No catalogue says which matches are meant, so every finding counts: of 1,000 assets "
            "outside GEO and constellations 13.1 to 18.7 have one in catalogues of 2025, and 1.8 "
            "one that free drift does not explain, with 110 days of history (15.0 and 0.0 in the "
            "CelesTrak groups of May 2026). Run benchmarks/accuracy_reach.py to measure it again."
        ),
        known_false_alarms=(
            "Pairs and fleets of one operator under different names.",
            "Dead satellites of one old series, which drift together for years.",
            "Objects at one height that both keep the same local time of the node.",
            "Drag that differs between the two over a long history.",
        ),
        sweep=measured_curves.SHADOWING,
    )

    def detect(self, picture: Picture) -> tuple[Shadowing, ...]:
        """Return one finding for each asset and object in its plane, by asset, then by angle."""
        watched = [asset.norad_id for asset in picture.assets]
        scene = _scene(self, picture, watched)
        own = np.isin(scene.ids[scene.pairs.first], watched)
        own |= np.isin(scene.ids[scene.pairs.second], watched)
        if not own.any():
            return ()
        holds = _holds(scene)
        found = [f for pair in np.flatnonzero(own) for f in _findings(scene, int(pair), holds)]
        return tuple(sorted(found, key=lambda f: (f.objects[0], f.plane_angle_deg.best, f.objects)))


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """Objects that may shadow or be shadowed, one row each, and their close pairs."""

    settings: ShadowingDetector
    picture: Picture
    sets: ElementSets
    elements: MeanElements
    """Carried to the moment of the picture."""
    regime: npt.NDArray[np.uint8]
    pairs: ClosePlanes
    history: ElementSets
    """Of the objects of the pairs, by object and epoch."""

    @property
    def ids(self) -> Rows:
        return np.asarray(self.sets.norad_id)

    @property
    def moment_utc(self) -> np.datetime64:
        return as_column_time(self.picture.as_of_utc)


def _scene(settings: ShadowingDetector, picture: Picture, watched: list[int]) -> _Scene:
    every = picture.newest.sorted_by_object()
    moment_utc = as_column_time(picture.as_of_utc)
    kinds = np.array([_may_steer(str(name)) for name in every.object_name], dtype=np.bool_)
    alone = kinship(every).family == NO_FAMILY
    regime = orbit_regime(every.mean_elements())
    chosen = ((kinds & alone) | np.isin(every.norad_id, watched)) & (regime != OrbitRegime.GEO)
    ends = propagate(initialise(every.mean_elements()), moment_utc, _DAY_S[[0, -1]])
    chosen &= (ends.status == Sgp4Status.OK).all(axis=1)
    sets = every.take(chosen)
    elements = carried_to(sets.mean_elements(), moment_utc)
    pairs = close_planes(
        elements,
        axis_km=settings.axis_km,
        widest_rad=float(np.radians(settings.widest_deg)),
        days=settings.ahead_days,
    )
    pairs = pairs.take(_unrelated(sets, pairs))
    oldest_utc = moment_utc - np.timedelta64(round(settings.lookback_days * _US_PER_DAY), "us")
    history = picture.history.take(picture.history.epoch_utc >= oldest_utc)
    known = sets.norad_id[np.union1d(pairs.first, pairs.second)]
    return _Scene(
        settings=settings,
        picture=picture,
        sets=sets,
        elements=elements,
        regime=regime[chosen],
        pairs=pairs,
        history=history.take(np.isin(history.norad_id, known)).sorted_by_object(),
    )


def _may_steer(name: str) -> bool:
    return kind_by_name(name) not in {ObjectType.DEBRIS, ObjectType.ROCKET_BODY}


def _unrelated(sets: ElementSets, pairs: ClosePlanes) -> npt.NDArray[np.bool_]:
    relation = relations_of_pairs(kinship(sets), pairs.first, pairs.second)
    series = np.array([series_of(str(name)) for name in sets.object_name], dtype=object)
    fleet = (series[pairs.first] == series[pairs.second]) & (series[pairs.first] != "")
    return np.asarray((relation == place_of(Relation.UNRELATED)) & ~fleet)


def _holds(scene: _Scene) -> list[tuple[PlaneHold, PlaneHistory]]:
    """Return how each pair's planes went, the lower row being the first object."""
    mean, ids = scene.history.mean_elements(), scene.history.norad_id
    found: list[tuple[PlaneHold, PlaneHistory]] = []
    for first, second in zip(scene.pairs.first, scene.pairs.second, strict=True):
        own, other = (_rows_of(ids, int(scene.ids[row])) for row in (first, second))
        history = plane_history(mean.take(own), mean.take(other))
        late = _starts_late(scene.settings, mean, own, other)
        found.append((_hold(scene.settings, history, late), history))
    return found


def _rows_of(ids: Rows, norad_id: int) -> Rows:
    return np.arange(*np.searchsorted(ids, [norad_id, norad_id + 1]))


def _starts_late(settings: ShadowingDetector, mean: MeanElements, own: Rows, other: Rows) -> bool:
    """Tell whether one object of a pair is a newcomer beside the other."""
    if not len(own) or not len(other):
        return False
    apart = abs(mean.epoch_utc[own[0]] - mean.epoch_utc[other[0]])
    return bool(apart >= np.timedelta64(round(settings.newcomer_days * _US_PER_DAY), "us"))


def _hold(settings: ShadowingDetector, history: PlaneHistory, late: bool) -> PlaneHold:
    angle = np.degrees(history.angle_rad)
    if late and len(angle) > 1 and angle[0] <= settings.launched_deg:
        return PlaneHold.LAUNCHED_INTO
    if history.span_days < settings.least_history_days:
        return PlaneHold.MATCHED
    error = _DRIFT_ERROR_DEG * (history.span_days / _DRIFT_ERROR_DAYS) ** 2
    parted = max(settings.parted_deg, 2.0 * error)
    free = float(np.degrees(history.free_rad[-1]))
    if free - angle.max() >= parted:
        return PlaneHold.KEPT
    if free - angle[-1] >= parted and angle[0] - angle[-1] >= parted:
        return PlaneHold.CAME_TOGETHER
    return PlaneHold.MATCHED


def _findings(
    scene: _Scene, pair: int, holds: list[tuple[PlaneHold, PlaneHistory]]
) -> Iterator[Shadowing]:
    settings, (hold, history) = scene.settings, holds[pair]
    first, second = int(scene.pairs.first[pair]), int(scene.pairs.second[pair])
    watched = [asset.norad_id for asset in scene.picture.assets]
    asset, other = (first, second) if scene.ids[first] in watched else (second, first)
    widest_deg = np.degrees(scene.pairs.widest_rad[pair])
    if hold is PlaneHold.MATCHED and widest_deg > settings.widest_deg:
        return
    if not _is_the_others_doing(scene, asset, other, hold):
        return
    if _range(scene, (asset, other)).high <= settings.together_km:
        return
    rate = _base_rate(scene, pair, asset, [h for h, _ in holds])
    most = settings.matched_share if hold is PlaneHold.MATCHED else settings.held_share
    if rate.share.best <= most:
        yield _finding(scene, (asset, other), hold, history, rate)


def _is_the_others_doing(scene: _Scene, asset: int, other: int, hold: PlaneHold) -> bool:
    """Tell whether it is not the asset alone that came, or turned its plane."""
    own, its = (
        scene.history.take(_rows_of(scene.history.norad_id, int(scene.ids[row])))
        for row in (asset, other)
    )
    match hold:
        case PlaneHold.MATCHED:
            return True
        case PlaneHold.LAUNCHED_INTO:
            return bool(its.epoch_utc[0] > own.epoch_utc[0])
        case PlaneHold.KEPT | PlaneHold.CAME_TOGETHER:
            turned = turned_rad(its.mean_elements())
            return turned >= scene.settings.own_turn * turned_rad(own.mean_elements())
        case _:
            assert_never(hold)


def _base_rate(scene: _Scene, pair: int, asset: int, holds: list[PlaneHold]) -> BaseRate:
    """Return the share of the asset's neighbours in inclination with as close a pair."""
    pairs = scene.pairs
    alike = pairs.axis_km <= pairs.axis_km[pair]
    if holds[pair] is PlaneHold.MATCHED:
        alike &= pairs.widest_rad <= pairs.widest_rad[pair]
    else:
        alike &= pairs.angle_rad <= pairs.angle_rad[pair]
        alike &= np.array([hold is holds[pair] for hold in holds], dtype=np.bool_)
    alike[pair] = False
    regime = np.flatnonzero(scene.regime == scene.regime[asset])
    inclination = scene.elements.inclination_rad
    nearest = np.argsort(np.abs(inclination[regime] - inclination[asset]), kind="stable")
    near = regime[nearest[: scene.settings.neighbourhood]]
    near = np.setdiff1d(near, [pairs.first[pair], pairs.second[pair]])
    shown = np.union1d(pairs.first[alike], pairs.second[alike])
    return BaseRate.counted(
        OrbitRegime(scene.regime[asset]).name, int(np.isin(near, shown).sum()), len(near)
    )


def _finding(
    scene: _Scene,
    rows: tuple[int, int],
    hold: PlaneHold,
    history: PlaneHistory,
    rate: BaseRate,
) -> Shadowing:
    settings = scene.settings
    both = scene.sets.take(np.array(rows))
    used = scene.history.take(np.isin(scene.history.norad_id, both.norad_id))
    name = f"{settings.card.name}/{settings.card.version}"
    objects = (int(both.norad_id[0]), int(both.norad_id[1]))
    basis = tuple(sorted({element_set_digest(s, k) for s in (both, used) for k in range(len(s))}))
    asset, other = (scene.elements.take(np.array([row])) for row in rows)
    motion = plane_motion(other, asset)
    angle = float(np.degrees(motion.angle_rad()[0]))
    axis = semi_major_axis_km(scene.elements.take(np.array(rows)))
    confidence, because = _confidence(hold, history)
    track = _track(history)
    return Shadowing(
        finding_id=finding_id(name, settings, objects, basis, hold.value),
        detector=name,
        objects=objects,
        start_utc=track.times_utc[0] if track.times_utc else scene.picture.as_of_utc,
        end_utc=scene.picture.as_of_utc,
        base_rate=rate,
        confidence=confidence,
        confidence_because=because,
        basis=basis,
        reality=combined_reality((both.reality, used.reality)),
        hold=hold,
        relation=Relation.UNRELATED,
        plane_angle_deg=Interval(
            max(0.0, angle - _ANGLE_ERROR_DEG), angle, angle + _ANGLE_ERROR_DEG
        ),
        node_drift_deg_day=float(np.degrees(motion.node_rate_rad_day[0])),
        free_drift_deg=track.free_drift_deg[-1] if len(track.times_utc) > 1 else None,
        axis_difference_km=float(axis[1] - axis[0]),
        range_km=_range(scene, rows),
        warning=tuple(_warning(scene, rows, each) for each in settings.delta_v_m_s),
        track=track,
    )


def _angle_interval(angle_deg: float) -> Interval:
    return Interval(max(0.0, angle_deg - _ANGLE_ERROR_DEG), angle_deg, angle_deg + _ANGLE_ERROR_DEG)


def _confidence(hold: PlaneHold, history: PlaneHistory) -> tuple[Confidence, str]:
    sets, days = len(history.epoch_utc), history.span_days
    if hold is PlaneHold.MATCHED:
        return Confidence.LOW, f"free drift explains it; {sets} sets over {days:.0f} days"
    return Confidence.MODERATE, f"planes compared at {sets} element sets over {days:.0f} days"


def _track(history: PlaneHistory) -> PlaneTrack:
    return PlaneTrack(
        tuple(as_datetime(epoch) for epoch in history.epoch_utc),
        tuple(map(float, np.degrees(history.angle_rad))),
        tuple(map(float, np.degrees(history.free_rad))),
    )


def _range(scene: _Scene, rows: tuple[int, int]) -> Interval:
    """Return lowest, median and highest range over the coming day."""
    mean = scene.sets.take(np.array(rows)).mean_elements()
    ranges = pair_motion(initialise(mean), class_growth(mean), scene.moment_utc, _DAY_S).range_km
    low, middle, high = (float(f(ranges)) for f in (np.nanmin, np.nanmedian, np.nanmax))
    return Interval(low, middle, high)


def _warning(scene: _Scene, rows: tuple[int, int], delta_v_m_s: float) -> WarningBound:
    both = scene.elements.take(np.array(rows))
    days = reach_times(
        both,
        np.array([0]),
        scene.moment_utc,
        within_km=scene.settings.within_km,
        horizon_days=scene.settings.ahead_days,
        delta_v_m_s=delta_v_m_s,
    ).days[0, 1]
    return WarningBound(delta_v_m_s, float(days) if np.isfinite(days) else None)
