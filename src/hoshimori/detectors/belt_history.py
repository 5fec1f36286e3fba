"""Who stood where in the geostationary belt, beside whom, from when to when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hoshimori.model.belt import BeltHistory, Neighbour, Reversal, Stay, StayRole, YearOfBelt
from hoshimori.model.belt_scene import (
    BeltScene,
    belt_scene,
    company_of,
    dwell_days,
    moment,
    moment_or_none,
    year_of,
)
from hoshimori.model.company_findings import company_finding
from hoshimori.model.detector import Card
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Company, CompanyKind, Proximity
from hoshimori.model.measured_rates import BELT
from hoshimori.model.picture import Picture
from hoshimori.numerics.belt_company import Meetings
from hoshimori.numerics.belt_stays import DRIFTING_DEG_DAY, Brackets, reversals
from hoshimori.numerics.belt_track import BeltTrack, Flags
from hoshimori.numerics.geo import KM_PER_DEG


@dataclass(frozen=True, slots=True)
class BeltHistoryDetector:
    """Tells from element-set histories of any density who stood where and beside whom."""

    close_km: float = 100.0
    """Pairs of the background come at least this near."""
    least_days: float = 7.0
    """And are together for at least so long."""

    card: ClassVar[Card] = Card(
        name="belt_history",
        version=1,
        question="Who stood where in the geostationary belt, beside whom, from when to when?",
        needs="Element sets of the whole belt over the time in question, as dense as can be had.",
        method=(
            "Mean longitude and drift of every set over the sidereal days around it. A stay is a "
            "longest run of sets within 0.2 degrees that moves by at most 0.02 degrees a day; it "
            "begins after the last set outside and by the first inside, and ends likewise, so that "
            "sparse data widen the interval and invent nothing. Pairs are looked at every three "
            "days where both have a set within four; company is a run of looks within 0.3 "
            "degrees and 0.25 degrees a day that comes within 0.2 and 0.05, and within 150 km over "
            "a day. What a set deviates from what SGP4 foresaw from the set before tells who moved "
            "itself; who never does is free. Docked: one element set for both, or twice motion "
            "alike within 5 km all day. Moved together: both then changed their drift and are "
            "alike again. Towed: a free object that was alike with another and within 60 days "
            "changes its drift by 0.35 degrees a day or more. Other kinds by launch, names, and by "
            "whether the one that came is at home: at a slot where it was seen for a year. Base "
            "rate: the share of the belt's objects that in the same year have company of the same "
            "kind at least as near."
        ),
        references=(
            "Roberts and Linares 2021, AMOS: geosynchronous longitude patterns",
            "D'Amico 2010, Autonomous Formation Flying in Low Earth Orbit",
            "Wilson 1927, J. Am. Stat. Assoc. 22 (interval of a share)",
        ),
        false_alarm_rate=BELT,
        known_false_alarms=(
            "Fleets of one operator that move often, and satellites on trial after their launch.",
            "Identities swapped between colocated satellites, which look alike for one set.",
            "Objects without engines near the stable points, where they rest by themselves.",
            "Whoever is not in the catalogue, or only with gaps, is not seen at all.",
        ),
    )

    def history(self, element_sets: ElementSets) -> BeltHistory:
        """Return what element sets, in any order, tell of the belt."""
        scene = belt_scene(element_sets)
        company = company_of(scene)
        beside = _neighbours(scene, company)
        gaps = np.diff(scene.belt.track.days)[np.diff(scene.belt.track.object_id) == 0]
        return BeltHistory(
            since_utc=moment(scene.since),
            until_utc=moment(scene.until),
            objects=len(scene.belt.looks.objects),
            element_sets=len(scene.belt.track),
            median_gap_days=float(np.median(gaps)) if len(gaps) else 0.0,
            stays=tuple(_stay(scene, k, beside.get(k, ())) for k in range(len(scene.belt.stays))),
            company=company,
            reversals=tuple(_reversals(scene)),
            years=tuple(_years(self, scene)),
            names=scene.names,
            provenances=element_sets.provenances,
            reality=scene.sets.reality,
        )

    def detect(self, picture: Picture) -> tuple[Proximity, ...]:
        """Return one finding for each episode of company of an asset, by asset, then by time."""
        scene = belt_scene(picture.history)
        company = company_of(scene)
        assets = [asset.norad_id for asset in picture.assets]
        found = []
        for asset in assets:
            for k, one in enumerate(company):
                other = next((o for o in one.objects if o != asset), asset)
                twice = other in assets and other < asset
                if asset in one.objects and not twice:
                    found.append(_finding(self, scene, k, one, (asset, other)))
        return tuple(found)


def _neighbours(
    scene: BeltScene, company: Sequence[Company]
) -> Mapping[int, tuple[Neighbour, ...]]:
    """Return the neighbours of stays, nearest first, by the row of the stay."""
    beside: dict[int, list[Neighbour]] = defaultdict(list)
    for k, one in enumerate(company):
        for side in (0, 1):
            stay, other = int(scene.found.stay[k, side]), int(scene.found.object_id[k, 1 - side])
            if stay >= 0:
                came = bool(scene.found.came[k] == 1 - side)
                beside[stay].append(
                    Neighbour(
                        norad_id=other,
                        name=scene.names[other],
                        kind=one.kind,
                        closest_km=one.closest_km,
                        dwell_days=one.dwell_days,
                        came=came,
                    )
                )
    return {
        stay: tuple(sorted(found, key=lambda n: n.closest_km.best))
        for stay, found in beside.items()
    }


def _stay(scene: BeltScene, k: int, neighbours: tuple[Neighbour, ...]) -> Stay:
    belt = scene.belt
    first, last = int(belt.stays.first[k]), int(belt.stays.last[k])
    ends = belt.brackets
    dwell = dwell_days(*(float(getattr(ends, n)[k]) for n in Brackets.__dataclass_fields__))
    seen = dwell.low
    norad_id = int(belt.track.object_id[first])
    unseen = max(dwell.high - seen, float(belt.stays.longest_gap_days[k]))
    return Stay(
        norad_id=norad_id,
        name=scene.names[norad_id],
        slot_deg_east=float(belt.stays.slot_deg_east[k]),
        role=tuple(StayRole)[belt.role[k]],
        began_after_utc=moment_or_none(ends.began_after[k]),
        seen_from_utc=moment(ends.began_by[k]),
        seen_until_utc=moment(ends.ended_after[k]),
        ended_before_utc=moment_or_none(ends.ended_by[k]),
        dwell_days=dwell,
        element_sets=int(belt.stays.sets[k]),
        reach_deg=float(belt.stays.reach_deg[k]),
        longest_gap_days=float(belt.stays.longest_gap_days[k]),
        drift_in_deg_day=_drift(belt.track, first - 1, norad_id),
        drift_out_deg_day=_drift(belt.track, last + 1, norad_id),
        too_sparse=unseen > seen,
        neighbours=neighbours,
    )


def _drift(track: BeltTrack, row: int, norad_id: int) -> float | None:
    """Return the drift at a row of an object; None where it shows none or is another's."""
    if not 0 <= row < len(track) or track.object_id[row] != norad_id:
        return None
    drift = float(track.drift_deg_day[row])
    return drift if abs(drift) > DRIFTING_DEG_DAY else None


def _reversals(scene: BeltScene) -> Iterator[Reversal]:
    track, moved, days = scene.belt.track, scene.belt.track.moved_itself(), scene.belt.track.days
    for before, after in zip(*reversals(track, scene.belt.stays), strict=True):
        norad_id = int(track.object_id[before])
        yield Reversal(
            norad_id=norad_id,
            name=scene.names[norad_id],
            after_utc=moment(days[before]),
            before_utc=moment(days[after]),
            deg_east=float(track.mean_deg_east[before]),
            drift_before_deg_day=float(track.drift_deg_day[before]),
            drift_after_deg_day=float(track.drift_deg_day[after]),
            is_natural=not bool(moved[before + 1 : after + 1].any()),
        )


def _years(settings: BeltHistoryDetector, scene: BeltScene) -> Iterator[YearOfBelt]:
    found = scene.found
    near = scene.belt.ranges.closest_km[found.closest] <= settings.close_km
    surely = near & (found.seen_until - found.seen_from >= settings.least_days)
    longest = np.minimum(found.until, scene.until) - np.maximum(found.after, scene.since)
    perhaps = near & ~surely & (longest >= settings.least_days)
    first, last = year_of(found.seen_from), year_of(found.seen_until)
    looks = Counter(year_of(scene.belt.looks.moment_days).tolist())
    for year, objects in sorted(scene.seen_in_year.items()):
        now = (first <= year) & (year <= last)
        yield YearOfBelt(
            year=year,
            objects=objects,
            looks=looks.get(year, 0),
            surely=_pairs_by_kind(found, now & surely),
            perhaps=_pairs_by_kind(found, now & perhaps),
        )


def _pairs_by_kind(found: Meetings, chosen: Flags) -> dict[str, int]:
    kept = found.take(chosen)
    counted = np.unique(np.column_stack([kept.kind, kept.object_id]), axis=0)[:, 0]
    counts = Counter(counted.tolist())
    return {kind.value: counts.get(k, 0) for k, kind in enumerate(CompanyKind)}


def _finding(
    settings: BeltHistoryDetector,
    scene: BeltScene,
    k: int,
    company: Company,
    objects: tuple[int, int],
) -> Proximity:
    looks = np.arange(scene.found.first[k], scene.found.last[k] + 1)
    # Seen from the other, the same track points the other way.
    sign = 1.0 if objects[0] == scene.found.object_id[k, 0] else -1.0
    near = scene.belt.near.take(looks)
    # Negative where the second comes nearer along the belt.
    towards = float(np.sign(np.median(near.separation_deg)))
    return company_finding(
        settings,
        f"{settings.card.name}/{settings.card.version}",
        company,
        objects,
        scene.sets.take(np.unique(scene.belt.rows(looks))),
        days=scene.belt.looks.moment_days[near.moment],
        track_rtn_km=sign * scene.belt.ranges.track_rtn_km[looks],
        drift_km_day=towards * float(np.median(near.drift_deg_day)) * KM_PER_DEG,
    )
