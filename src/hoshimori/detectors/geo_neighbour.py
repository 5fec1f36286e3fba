"""Who is, or will be, near an asset's longitude in the geostationary belt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    GeoMotion,
    GeoNeighbour,
    Interval,
    LongitudeTrack,
    Relation,
)
from hoshimori.model.measured_rates import GEO_NEIGHBOUR
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import combined_reality
from hoshimori.model.relations import relation_between
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.geo import (
    KM_PER_DEG,
    STEPS_PER_DAY,
    BeltMotion,
    Rows,
    belt_motion,
    moments,
    range_each_km,
    wrapped_deg,
)
from hoshimori.numerics.geo_visits import (
    PastBeside,
    PastLongitudes,
    SlotVisits,
    crossing_s,
    entry,
    past_beside,
    past_longitudes,
    slot_visits,
    stayed_for,
    stood_near,
    superseded,
    visits,
)
from hoshimori.numerics.sgp4 import initialise
from hoshimori.numerics.uncertainty import interval_km

_SYNCHRONOUS_REV_DAY = 1.0027379
_BELT_REV_DAY = 0.03  # 11 deg/day: graveyard orbits too, where who has left may be
_TRACK_POINTS = 100
_FRESH_DAYS = 3.0


@dataclass(frozen=True, slots=True)
class GeoNeighbourDetector:
    """Watches the slots of geostationary assets for objects that stay, come, pass or leave."""

    half_width_deg: float = 0.15
    """Half of the slot: a visitor's mean longitude within this of the asset's is inside."""
    max_range_km: float = 200.0
    """A drifting visitor that stays farther away than this at all times is not reported."""
    stop_drift_deg_day: float = 0.05
    """Drift relative to the asset below which an object counts as staying."""
    entry_drift_deg_day: float = 1.0
    """An object faster than this drifts by; one slower may stop (it takes 2.8 m/s per deg/day)."""
    max_drift_deg_day: float = 1.5
    """Faster passages are at least 117 km above or below and belong to the conjunctions."""
    least_stay_days: float = 7.0
    """Who was inside for less did not stay and cannot have left."""
    max_inclination_deg: float = 20.0
    max_eccentricity: float = 0.1
    lookback_days: float = 60.0
    """How far back history is read."""
    range_floor_km: float = 10.0
    """Public elements prove no distance in the belt better than this."""
    plane_floor_deg: float = 0.1
    """Orbit planes this close count as one where base rates are counted."""

    card: ClassVar[Card] = Card(
        name="geo_neighbour",
        version=1,
        question="Which objects are, come, pass or leave within the slot of a geostationary asset?",
        needs="The newest element sets of the belt; earlier ones to tell an arrival from a stay.",
        method=(
            "Mean longitudes over one sidereal day from SGP4 (so that eccentricity and inclination "
            "do not matter), half-hourly; separation from the asset gives entry, exit and drift; "
            "ranges between samples follow straight lines, errors earlier sets of the object. An "
            "arrival needs an earlier set outside the slot and a newest one inside that no longer "
            "drifts; a departure, a week of sets inside and a newest one outside. The base rate is "
            "the share of slots of the catalogue that have a visitor of another launch at least "
            "as near, in a plane at least as close, in the same window (for arrivals, one that "
            "stays); for one that left, the share of slots with any that stays."
        ),
        references=(
            "Roberts and Linares 2021, AMOS: geosynchronous longitude patterns",
            "Spacetrack Report 3; Vallado et al. 2006, AIAA 2006-6753",
        ),
        false_alarm_rate=GEO_NEIGHBOUR,
        known_false_alarms=(
            "Colocated fleets under one operator but of different launches.",
            "Inactive inclined objects that swing slowly around a stable point.",
            "Relocations that pass a slot: whether one stops is known only afterwards.",
            "An asset that itself moved makes its new neighbours look like arrivals to it.",
        ),
        sweep=measured_curves.GEO_NEIGHBOUR,
    )

    def detect(self, picture: Picture) -> tuple[GeoNeighbour, ...]:
        """Return one finding for each asset and object that shares its slot, nearest first."""
        belt = _belt(self, picture.newest).sorted_by_object()
        watched = [asset.norad_id for asset in picture.assets]
        if not np.isin(belt.norad_id, watched).any():
            return ()
        scene = _scene(self, picture, belt)
        holders = np.flatnonzero(np.isin(scene.belt.norad_id, watched))
        found = [finding for holder in holders for finding in _neighbours(scene, int(holder))]
        return tuple(sorted(found, key=lambda f: (f.objects[0], f.range_km.best, f.objects)))


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """The belt as the picture shows it: what every finding is made from."""

    settings: GeoNeighbourDetector
    t0_utc: np.datetime64
    belt: ElementSets
    motion: BeltMotion
    pairs: SlotVisits
    related: npt.NDArray[np.object_]
    """The `Relation` of each pair."""
    slots: int
    """How many slots are held, the base of all shares."""
    history: ElementSets
    past: PastLongitudes
    errors: JudgedErrors
    superseded: npt.NDArray[np.bool_]
    """Rows of the history that lie before the moment and are not the newest of their object."""


@dataclass(frozen=True, slots=True)
class _Visit:
    """What a visitor does and when; arrival and its sigma are None where nothing shows them."""

    motion: GeoMotion
    arrival_utc: np.datetime64 | None
    arrival_sigma_h: float | None
    start_utc: np.datetime64
    end_utc: np.datetime64


def _belt(settings: GeoNeighbourDetector, sets: ElementSets) -> ElementSets:
    """Return the element sets of objects that move along the belt."""
    return sets.take(
        (np.abs(sets.mean_motion_rev_day - _SYNCHRONOUS_REV_DAY) <= _BELT_REV_DAY)
        & (sets.eccentricity <= settings.max_eccentricity)
        & (sets.inclination_deg <= settings.max_inclination_deg)
    )


def _scene(settings: GeoNeighbourDetector, picture: Picture, belt: ElementSets) -> _Scene:
    t0_utc = as_column_time(picture.as_of_utc)
    motion = belt_motion(initialise(belt.mean_elements()), t0_utc, picture.days_ahead)
    carried = np.asarray(np.isfinite(motion.mean_deg_east).all(axis=1))
    belt, motion = belt.take(carried), motion.take(carried)
    watched = np.isin(belt.norad_id, [asset.norad_id for asset in picture.assets])
    held = np.abs(motion.drift_deg_day()) <= settings.stop_drift_deg_day
    pairs = _pairs(settings, motion, np.flatnonzero(held | watched))
    known = np.append(belt.norad_id[watched], belt.norad_id[pairs.visitor[watched[pairs.holder]]])
    history = _history(settings, picture, known, motion.mean_deg_east[watched, 0])
    return _Scene(
        settings=settings,
        t0_utc=t0_utc,
        belt=belt,
        motion=motion,
        pairs=pairs,
        related=_relations(belt, pairs),
        slots=int(np.count_nonzero(held | watched)),
        history=history,
        past=past_longitudes(history.mean_elements()),
        errors=judged_errors(belt, (history,)),
        superseded=superseded(history.norad_id, history.epoch_utc) & (history.epoch_utc < t0_utc),
    )


def _history(
    settings: GeoNeighbourDetector, picture: Picture, known: Rows, slots_deg_east: Floats
) -> ElementSets:
    """Return the recent sets of known objects and of all that stood in one of the slots."""
    lookback = np.timedelta64(round(settings.lookback_days * 86400e6), "us")
    sets = _belt(settings, picture.history)
    sets = sets.take(sets.epoch_utc >= as_column_time(picture.as_of_utc) - lookback)
    near = stood_near(sets.mean_elements(), slots_deg_east, settings.half_width_deg + 0.1)
    ids = np.append(known, sets.norad_id[near])
    return sets.take(np.isin(sets.norad_id, ids)).sorted_by_object()


def _pairs(settings: GeoNeighbourDetector, motion: BeltMotion, slots: Rows) -> SlotVisits:
    """Return all visitors of all slots that are slow and near enough to be reported."""
    pairs = visits(motion, slots, settings.half_width_deg, settings.max_drift_deg_day)
    near = pairs.nearest_km() <= settings.max_range_km
    return pairs.take(near | (np.abs(pairs.drift_deg_day) <= settings.stop_drift_deg_day))


def _relations(belt: ElementSets, pairs: SlotVisits) -> npt.NDArray[np.object_]:
    found = [
        relation_between(belt, *pair) for pair in zip(pairs.holder, pairs.visitor, strict=True)
    ]
    return np.array(found, dtype=object)


def _neighbours(scene: _Scene, holder: int) -> Iterator[GeoNeighbour]:
    """Yield the findings about the slot of one asset."""
    own_past = past_longitudes(_own_sets(scene, holder).mean_elements())
    current = scene.pairs.take(scene.pairs.holder == holder)
    for pairs in (current, _departed(scene, holder, own_past, current.visitor)):
        for row in range(len(pairs.holder)):
            pair = pairs.take(np.array([row]))
            own = scene.history.norad_id == scene.belt.norad_id[pair.visitor[0]]
            earlier = np.flatnonzero(own & scene.superseded)
            past = past_beside(own_past, scene.past.take(earlier))
            yield _finding(scene, pair, scene.history.take(earlier), past)


def _departed(scene: _Scene, holder: int, own_past: PastLongitudes, present: Rows) -> SlotVisits:
    """Return the objects that stayed in the slot in recent history and are now outside."""
    settings = scene.settings
    past = past_beside(own_past, scene.past)
    stayed = (np.abs(past.separation_deg) <= settings.half_width_deg) & (
        np.abs(past.drift_deg_day) <= settings.stop_drift_deg_day
    )
    ids = stayed_for(
        scene.history.norad_id, past.epoch_utc, stayed & scene.superseded, settings.least_stay_days
    )
    visitor = np.flatnonzero(np.isin(scene.belt.norad_id, ids))
    visitor = np.setdiff1d(visitor, [*present, holder])
    now = scene.motion.mean_deg_east[visitor, 0] - scene.motion.mean_deg_east[holder, 0]
    visitor = visitor[np.abs(wrapped_deg(now)) > 2.0 * settings.half_width_deg]
    return slot_visits(scene.motion, np.full(len(visitor), holder), visitor)


def _own_sets(scene: _Scene, holder: int) -> ElementSets:
    """Return the history of a slot's holder; its newest element set where it has none."""
    own = scene.history.of_object(int(scene.belt.norad_id[holder]))
    return own if len(own) else scene.belt.take(np.array([holder]))


def _visit(scene: _Scene, pair: SlotVisits, past: PastBeside) -> _Visit:
    """Return what a visitor does, from its course to come and its history."""
    settings, drift = scene.settings, float(pair.drift_deg_day[0])
    apart_deg = pair.separation_deg[0]
    enter_s, leave_s = crossing_s(scene.motion.t_s, apart_deg, settings.half_width_deg)
    if enter_s == np.inf:
        return _leaving(scene, past)
    leave_utc = moments(scene.t0_utc, np.minimum([leave_s], scene.motion.t_s[-1]))[0]
    if np.isfinite(enter_s) or abs(drift) > settings.stop_drift_deg_day:
        slow = np.isfinite(enter_s) and abs(drift) <= settings.entry_drift_deg_day
        # One that is inside came in when it did, had it drifted so all the time.
        way_in_deg = apart_deg[0] + np.sign(drift) * settings.half_width_deg
        since_s = enter_s if np.isfinite(enter_s) else -way_in_deg / drift * 86400.0
        enter_utc = moments(scene.t0_utc, np.array([since_s]))[0]
        sigma_h = _sigma_km(scene, pair, enter_utc) / (abs(drift) * KM_PER_DEG) * 24.0
        motion = GeoMotion.DRIFTS_IN if slow else GeoMotion.DRIFTS_BY
        return _Visit(motion, enter_utc, sigma_h, enter_utc, leave_utc)
    came = entry(past, scene.t0_utc, settings.half_width_deg)
    if came is None:
        start_utc = past.epoch_utc[0] if len(past.epoch_utc) else scene.t0_utc
        return _Visit(GeoMotion.STAYS, None, None, start_utc, leave_utc)
    return _Visit(GeoMotion.ARRIVED, came[0], came[1] * 24.0, came[0], leave_utc)


def _leaving(scene: _Scene, past: PastBeside) -> _Visit:
    """Return the visit that ended after the last element set inside the slot."""
    inside = np.flatnonzero(np.abs(past.separation_deg) <= scene.settings.half_width_deg)
    epochs = np.append(past.epoch_utc, scene.t0_utc)
    last_utc, next_utc = epochs[inside[-1]], epochs[inside[-1] + 1]
    end_utc = last_utc + (next_utc - last_utc) // 2
    return _Visit(GeoMotion.LEFT, None, None, epochs[inside[0]], end_utc)


def _finding(
    scene: _Scene, pair: SlotVisits, history: ElementSets, past: PastBeside
) -> GeoNeighbour:
    visit = _visit(scene, pair, past)
    holder, visitor, motion = int(pair.holder[0]), int(pair.visitor[0]), scene.motion
    both, own = scene.belt.take(np.array([holder, visitor])), _own_sets(scene, holder)
    objects = (int(both.norad_id[0]), int(both.norad_id[1]))
    used = (both, history, own)
    basis = tuple(sorted({element_set_digest(s, row) for s in used for row in range(len(s))}))
    range_km = pair.range_km[0]
    nearest = int(range_km.argmin())
    nearest_utc = moments(scene.t0_utc, motion.t_s[nearest : nearest + 1])[0]
    confidence, because = _confidence(scene, both)
    name = f"{scene.settings.card.name}/{scene.settings.card.version}"
    return GeoNeighbour(
        finding_id=finding_id(name, scene.settings, objects, basis, visit.motion.value),
        detector=name,
        objects=objects,
        start_utc=as_datetime(visit.start_utc),
        end_utc=as_datetime(visit.end_utc),
        base_rate=_base_rate(scene, pair, visit.motion),
        confidence=confidence,
        confidence_because=because,
        basis=basis,
        reality=combined_reality(sets.reality for sets in used),
        motion=visit.motion,
        relation=_relations(scene.belt, pair)[0],
        slot_deg_east=float(wrapped_deg(motion.mean_deg_east[holder, 0])),
        neighbour_deg_east=float(wrapped_deg(motion.mean_deg_east[visitor, 0])),
        slot_half_width_deg=scene.settings.half_width_deg,
        drift_deg_day=float(pair.drift_deg_day[0]),
        asset_drift_deg_day=float(motion.take(np.array([holder])).drift_deg_day()[0]),
        range_km=_range_interval(scene, pair, float(range_km[nearest]), nearest_utc),
        range_utc=as_datetime(nearest_utc),
        arrival_utc=None if visit.arrival_utc is None else as_datetime(visit.arrival_utc),
        arrival_sigma_h=visit.arrival_sigma_h,
        dwell_days=float((visit.end_utc - visit.start_utc) / np.timedelta64(1, "D")),
        inclination_difference_deg=float(np.ptp(both.inclination_deg)),
        track=_track(scene, pair, history, past),
        daily_range_km=Interval(*np.quantile(range_km[:STEPS_PER_DAY], [0.0, 0.5, 1.0]).tolist()),
    )


def _base_rate(scene: _Scene, pair: SlotVisits, motion: GeoMotion) -> BaseRate:
    """Count the slots whose visitors of the same kind come as near in as close a plane."""
    settings, pairs = scene.settings, scene.pairs
    staying = np.abs(pairs.drift_deg_day) <= settings.stop_drift_deg_day
    alike = ~staying if motion in (GeoMotion.DRIFTS_IN, GeoMotion.DRIFTS_BY) else staying
    if _relations(scene.belt, pair)[0] is Relation.UNRELATED:
        alike &= scene.related == Relation.UNRELATED
    if motion is not GeoMotion.LEFT:
        plane_deg = max(pair.plane_angle_deg[0], settings.plane_floor_deg)
        alike &= pairs.nearest_km() <= pair.nearest_km()[0]
        alike &= pairs.plane_angle_deg <= plane_deg
    return BaseRate.counted("GEO", len(np.unique(pairs.holder[alike])), scene.slots)


def _sigma_km(scene: _Scene, pair: SlotVisits, when_utc: np.datetime64) -> float:
    """Return the expected error along the belt, which is the largest, of both together."""
    rows = np.append(pair.holder, pair.visitor)
    errors, age_days = scene.errors.of(rows), _ages_days(when_utc, scene.belt.take(rows))
    return float(np.linalg.norm(errors.sigma_rtn_km(age_days)[:, 1]))


def _range_interval(
    scene: _Scene, pair: SlotVisits, best_km: float, when_utc: np.datetime64
) -> Interval:
    sigma_km = max(_sigma_km(scene, pair, when_utc), scene.settings.range_floor_km / 2.0)
    return Interval(*interval_km(best_km, sigma_km))


def _confidence(scene: _Scene, both: ElementSets) -> tuple[Confidence, str]:
    asset, neighbour = _ages_days(scene.t0_utc, both)
    level = Confidence.MODERATE if max(asset, neighbour) <= _FRESH_DAYS else Confidence.LOW
    return level, (
        f"elements {asset:.1f} and {neighbour:.1f} days old; "
        "what either does after them is not known"
    )


def _ages_days(when_utc: np.datetime64, sets: ElementSets) -> Floats:
    """Return the distance in time between element sets and a moment, on either side."""
    return np.abs((when_utc - sets.epoch_utc).astype(np.float64) / 86400e6)


def _track(
    scene: _Scene, pair: SlotVisits, history: ElementSets, past: PastBeside
) -> LongitudeTrack:
    """Return where both were at the visitor's element sets, then where they are to be."""
    motion, holder = scene.motion, int(pair.holder[0])
    kept = np.unique(np.linspace(0, len(motion.t_s) - 1, _TRACK_POINTS).astype(int))
    last = np.arange(len(history))[-_TRACK_POINTS:]
    holder_deg = np.append(past.holder_deg_east[last], motion.mean_deg_east[holder, kept])
    apart_deg = np.append(past.separation_deg[last], pair.separation_deg[0, kept])
    range_km = np.append(_past_ranges_km(scene, holder, history.take(last)), pair.range_km[0, kept])
    times = [*history.epoch_utc[last], *moments(scene.t0_utc, motion.t_s[kept])]
    return LongitudeTrack(
        times_utc=tuple(as_datetime(t) for t in times),
        asset_deg_east=tuple(wrapped_deg(holder_deg).tolist()),
        neighbour_deg_east=tuple(wrapped_deg(holder_deg + apart_deg).tolist()),
        range_km=tuple(range_km.tolist()),
    )


def _past_ranges_km(scene: _Scene, holder: int, visitor: ElementSets) -> Floats:
    """Return ranges at the visitor's element sets, the holder from its own set before each."""
    own = _own_sets(scene, holder)
    before = np.searchsorted(own.epoch_utc, visitor.epoch_utc, side="right") - 1
    here = initialise(own.take(np.maximum(before, 0)).mean_elements())
    return range_each_km(here, initialise(visitor.mean_elements()), visitor.epoch_utc)
