"""Who passed an asset slowly and went on, read from histories in low orbits and in the belt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hoshimori.model.belt_scene import moment
from hoshimori.model.detector import Card
from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import (
    Arrival,
    BaseRate,
    Company,
    CompanyKind,
    Confidence,
    Interval,
    Proximity,
    ProximityMotion,
    Relation,
    RelativeTrack,
)
from hoshimori.model.picture import Picture
from hoshimori.model.relations import relation_between
from hoshimori.numerics.belt_track import in_belt
from hoshimori.numerics.fly_bys import FlyBy, PassRule, fly_bys
from hoshimori.numerics.looks import Flags
from hoshimori.numerics.orbit_company import of_shells

_ROUND = 0.1
_TRACK_POINTS = 240
_FRESH_DAYS = 1.0
_KINDS = {
    Relation.SAME_LAUNCH: CompanyKind.SAME_LAUNCH,
    Relation.SAME_CONSTELLATION: CompanyKind.SAME_CONSTELLATION,
    Relation.DOCKED: CompanyKind.DOCKED,
}

_LOW = PassRule(
    range_km=100.0,
    step_days=2.0,
    reach_days=1.5,
    slowest_km_day=100.0,
    fastest_km_day=2000.0,
    plane_deg=0.5,
    aside_days=4.0,
    steady_km_day=60.0,
)
_BELT = PassRule(
    range_km=100.0,
    step_days=3.0,
    reach_days=4.0,
    slowest_km_day=37.0,
    fastest_km_day=2000.0,
    plane_deg=0.5,
    aside_days=6.0,
    steady_km_day=15.0,
)


@dataclass(frozen=True, slots=True)
class FlyByDetector:
    """Tells from histories who passed an asset within a range, at a drift, without staying."""

    low: PassRule = _LOW
    belt: PassRule = _BELT
    reference_objects: int = 30
    """So many others of the shell are asked the same, as the reference."""

    card: ClassVar[Card] = Card(
        name="fly_by",
        version=1,
        question="Who passed an asset slowly and went on?",
        needs=(
            "Histories of the asset and of its shell: sets within one and a half days of a pass "
            "(four in the belt). Passes at other times are not seen."
        ),
        method=(
            "Every two days (three in the belt) that have element sets all objects of the asset's "
            "shell (0.7 degrees of inclination and 1.5 % of mean motion, or the belt) in planes "
            "within half a degree are followed along their track by secular theory. Who comes "
            "level with the asset there, at a drift of 100 to 2,000 km a day (37 in the belt), "
            "passes; slower ones, and who is within 150 km four days (six) before or after, are "
            "company. SGP4 from the sets nearest to the pass gives the "
            "range over it: within 100 km it is a fly-by. A drift that is the same four days "
            "(six) before and after says that neither changed its course. The range is an "
            "interval from the errors in radius and across, as an error along the track moves the "
            "pass in time alone. Base rate: the share of 30 objects of the shell and the assets "
            "that in this history were passed at least as near."
        ),
        references=(
            "D'Amico 2010, Autonomous Formation Flying in Low Earth Orbit",
            "Vallado et al. 2006, AIAA 2006-6753 (secular theory)",
            "Wilson 1927, J. Am. Stat. Assoc. 22 (interval of a share)",
        ),
        false_alarm_rate=(
            "Not measured: what a pass means is not in the elements. Every finding carries the "
            "share of the shell that shows the same."
        ),
        known_false_alarms=(
            "Satellites of one constellation and debris that drift by for years, pass after pass.",
            "Satellites on their way to their place.",
            "Sets of before a burn that foretell a pass which did not happen.",
        ),
    )

    def detect(self, picture: Picture) -> tuple[Proximity, ...]:
        """Return one finding for each pass by an asset, by asset, then by time."""
        history = picture.history.sorted_by_object()
        assets = frozenset(asset.norad_id for asset in picture.assets)
        found: list[Proximity] = []
        if not len(history) or not assets:
            return ()
        is_belt = in_belt(history.mean_elements()) & (history.eccentricity <= _ROUND)
        mine = np.isin(history.norad_id, list(assets))
        shell = of_shells(history.mean_elements(), np.flatnonzero(mine))
        if (mine & is_belt).any():
            found += _findings(self, self.belt, history, is_belt, assets, "GEO")
        found += _findings(self, self.low, history, shell, assets, "SHELL")
        return tuple(sorted(found, key=lambda f: (f.objects[0], f.start_utc, f.objects[1])))


def _findings(
    detector: FlyByDetector,
    rule: PassRule,
    history: ElementSets,
    inside: Flags,
    assets: frozenset[int],
    regime: str,
) -> Iterator[Proximity]:
    sets = history.take(np.flatnonzero(inside))
    if not len(sets):
        return
    others = np.setdiff1d(sets.norad_id, list(assets))
    sample = others[:: max(1, -(-len(others) // detector.reference_objects))].tolist()
    watched = assets | frozenset(sample)
    _, passes = fly_bys(sets.norad_id, sets.mean_elements(), watched, rule)
    nearest: dict[int, float] = {}
    for one in passes:
        norad_id = int(sets.norad_id[one.rows[0]])
        nearest[norad_id] = min(one.closest_km, nearest.get(norad_id, np.inf))
    compared = len(np.intersect1d(sets.norad_id, list(watched)))
    span = float((sets.epoch_utc.max() - sets.epoch_utc.min()) / np.timedelta64(1, "D"))
    pairs = [tuple(sets.norad_id[list(one.rows)].tolist()) for one in passes]
    times, counted = Counter(pairs), Counter[tuple[int, ...]]()
    for one, pair in zip(passes, pairs, strict=True):
        counted[pair] += 1
        if pair[0] not in assets:
            continue
        near = sum(km <= one.closest_km for km in nearest.values())
        rate = BaseRate.counted(regime, near, compared, span)
        yield _finding(detector, sets, one, (counted[pair], times[pair]), rate)


def _finding(
    detector: FlyByDetector, sets: ElementSets, one: FlyBy, visit: tuple[int, int], rate: BaseRate
) -> Proximity:
    name = f"{detector.card.name}/{detector.card.version}"
    asset, other = (int(sets.norad_id[row]) for row in one.rows)
    used = sets.take(np.array(one.rows))
    basis = tuple(sorted({element_set_digest(used, row) for row in (0, 1)}))
    relation = relation_between(sets, *one.rows)
    company = _company(one, (asset, other), relation, visit, rate)
    fresh = one.age_days <= _FRESH_DAYS and one.is_steady is not None
    ranges = np.linalg.norm(one.track_rtn_km, axis=1)
    return Proximity(
        finding_id=finding_id(name, detector, (asset, other), basis, str(visit[0])),
        detector=name,
        objects=(asset, other),
        start_utc=company.seen_from_utc,
        end_utc=company.seen_until_utc,
        base_rate=rate,
        confidence=Confidence.MODERATE if fresh else Confidence.LOW,
        confidence_because=(
            f"the older of both element sets is {one.age_days:.1f} days from the pass"
            + ("" if one.is_steady is not None else "; too sparse to tell what either did besides")
        ),
        basis=basis,
        reality=used.reality,
        motion=ProximityMotion.FLY_BY,
        relation=relation,
        range_km=company.closest_km,
        range_utc=company.closest_utc,
        median_range_km=float(np.median(ranges)),
        dwell_h=24.0 * company.dwell_days.best,
        plane_angle_deg=one.plane_angle_deg,
        drift_km_day=one.drift_km_day,
        track=_track(one),
        company=company,
    )


def _company(
    one: FlyBy,
    objects: tuple[int, int],
    relation: Relation,
    visit: tuple[int, int],
    rate: BaseRate,
) -> Company:
    start, end = float(one.track_days[0]), float(one.track_days[-1])
    by_course = {
        True: (CompanyKind.FREE_PASSING, Arrival.NATURAL),
        False: (CompanyKind.VISIT, Arrival.CONTROLLED),
        None: (CompanyKind.NOT_TOLD, Arrival.NOT_SEEN),
    }
    kind, arrival = by_course[one.is_steady]
    closest, sigma = one.closest_km, one.sigma_km
    return Company(
        objects=objects,
        kind=_KINDS.get(relation, kind),
        arrival=arrival,
        slots_before=None,
        visit=visit[0],
        visits=visit[1],
        began_after_utc=moment(start),
        seen_from_utc=moment(start),
        seen_until_utc=moment(end),
        ended_before_utc=moment(end),
        dwell_days=Interval(end - start, end - start, end - start),
        looks=1,
        longest_gap_days=0.0,
        mean_deg_east=None,
        separation_deg=None,
        closest_km=Interval(max(closest - 2.0 * sigma, 0.0), closest, closest + 2.0 * sigma),
        closest_utc=moment(one.days),
        farthest_km=float(np.linalg.norm(one.track_rtn_km, axis=1).max()),
        plane_angle_deg=one.plane_angle_deg,
        alike_looks=0,
        identical_looks=0,
        base_rate=rate,
    )


def _track(one: FlyBy) -> RelativeTrack:
    kept = np.unique(np.linspace(0, len(one.track_days) - 1, _TRACK_POINTS).astype(int))
    radial, in_track, cross_track = (tuple(axis.tolist()) for axis in one.track_rtn_km[kept].T)
    times = tuple(moment(float(d)) for d in one.track_days[kept])
    return RelativeTrack(times, radial, in_track, cross_track)
