"""Judge warning times and shadowing: optimised transfers, real relocations, quiet catalogues.

Usage: python benchmarks/accuracy_reach.py [made] [within] [real] [planes] [shadowing]

Five questions, one setting for all; those not named keep their figures:

- made: is a bound ever later than an optimised transfer (`reach_truth`), and how much sooner is it?
- within: does that also hold where coming within 50 km will do? (linear programme alone)
- real: between two stays of objects that moved along the belt, was the bound for the velocity
  change really spent no later than the arrival? (``events/geo_history.parquet``)
- planes: how well does free drift foretell the angle between planes? (catalogue snapshots)
- shadowing: how many findings per 1,000 assets, where every satellite is an asset? (snapshots, and
  the CelesTrak groups of May 2026)

The folder is ../shared/data beside the repository, or HOSHIMORI_DATA. The result is printed and
kept in benchmarks/results/accuracy_reach.json.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from reach_relocations import real
from reach_truth import CASES, Case, full_least, linear_least, rates

from hoshimori.detectors.shadowing import ShadowingDetector
from hoshimori.model.assets import Asset
from hoshimori.model.constellations import NO_FAMILY, families
from hoshimori.model.moments import as_column_time
from hoshimori.model.objects import ObjectType, kind_by_name
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import MeanElements, OrbitRegime, orbit_regime
from hoshimori.numerics.planes import carried_to, plane_motion
from hoshimori.numerics.rates import share_interval
from hoshimori.numerics.reach import ReachLimit, reach_times
from hoshimori.workflows.skies import sky_of_files

T0 = np.datetime64("2026-01-01T00:00:00", "us")
FACTORS = (1.0, 1.02, 1.05, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
SNAPSHOTS = ("2025-02-03", "2025-03-03", "2025-03-31", "2025-05-23")


def main(arguments: Sequence[str]) -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("HOSHIMORI_DATA", beside))
    from measuring import RESULTS, keep  # noqa: PLC0415 - as in accuracy_manoeuvres

    sections = {
        "made": made,
        "within": within,
        "real": lambda: real(folder / "events" / "geo_history.parquet"),
        "planes": lambda: planes(folder / "catalogue" / "snapshots"),
        "shadowing": lambda: shadowing(folder / "catalogue"),
    }
    kept = RESULTS / "accuracy_reach.json"
    before = json.loads(kept.read_text(encoding="utf-8"))["figures"] if kept.exists() else {}
    wanted = arguments or (sections if folder.is_dir() else ("made", "within"))
    measured = {name: sections[name]() for name in wanted}
    every = {**before, **measured}
    keep("accuracy_reach", {name: every[name] for name in sections if name in every})


def made() -> dict[str, Any]:
    """Return, for each made case, the bound, the optimised time, and what the bound would cost."""
    found: dict[str, Any] = {}
    for case in CASES:
        for allowed in case.allowed_m_s:
            found[f"{case.name}, {allowed:g} m/s"] = judged(case, allowed)
    ratios = [f["bound_over_optimised"] for f in found.values() if f["optimised_days"] > 0]
    costs = [f["least_m_s_at_bound"] / f["allowed_m_s"] for f in found.values()]
    return {
        "tables": found,
        "all": len(found),
        "bound_later_than_optimised": sum(cost < 0.995 for cost in costs),
        "bound_over_optimised_median": round(float(np.median(ratios)), 3),
        "bound_over_optimised_least": round(min(ratios), 3),
    }


def within(within_km: float = 50.0) -> dict[str, Any]:
    """Return what arriving at the bound would cost where being within a range is enough."""
    found: dict[str, Any] = {}
    for case in CASES:
        here, there = _orbits(case)
        for allowed in case.allowed_m_s:
            bound, limit = _bound(here, there, allowed, within_km)
            least_m_s = 1e3 * linear_least(here, there, 86400.0 * bound, within_km=within_km)[0]
            found[f"{case.name}, {allowed:g} m/s"] = {
                "allowed_m_s": allowed,
                "bound_days": round(bound, 3),
                "limit": limit,
                "least_m_s_at_bound": round(least_m_s, 1),
            }
    costs = [f["least_m_s_at_bound"] / f["allowed_m_s"] for f in found.values()]
    return {
        "within_km": within_km,
        "all": len(found),
        "bound_later_than_optimised": sum(cost < 0.995 for cost in costs),
        "least_over_allowed_median": round(float(np.median(costs)), 3),
        "least_over_allowed_least": round(min(costs), 3),
        "tables": found,
    }


def _orbits(case: Case) -> list[np.ndarray]:
    return [np.array([e[0], e[1], *np.radians(e[2:])]) for e in (case.here, case.there)]


def _bound(
    here: np.ndarray, there: np.ndarray, allowed_m_s: float, within_km: float
) -> tuple[float, str]:
    found = reach_times(
        mean_elements([there, here]),
        np.array([0]),
        T0,
        within_km=within_km,
        horizon_days=365.0,
        delta_v_m_s=allowed_m_s,
    )
    return float(found.days[0, 1]), ReachLimit(found.limit[0, 1]).name.lower()


def judged(case: Case, allowed_m_s: float) -> dict[str, Any]:
    here, there = _orbits(case)
    bound, limit = _bound(here, there, allowed_m_s, 0.01)
    optimised, at_bound = -1.0, math.inf
    for factor in FACTORS:
        spent_m_s = 1e3 * full_least(here, there, 86400.0 * bound * factor)
        at_bound = spent_m_s if factor == 1.0 else at_bound
        if spent_m_s <= 1.002 * allowed_m_s:
            optimised = bound * factor
            break
    return {
        "allowed_m_s": allowed_m_s,
        "bound_days": round(bound, 3),
        "limit": limit,
        "least_m_s_at_bound": round(at_bound, 1),
        "optimised_days": round(optimised, 3),
        "bound_over_optimised": round(bound / optimised, 3),
    }


def mean_elements(orbits: Sequence[np.ndarray]) -> MeanElements:
    e = np.array(orbits)
    motion = np.array([rates(orbit)[5] for orbit in orbits]) * 60.0  # as Kozai's, to first order
    return MeanElements(
        np.full(len(e), T0), motion, e[:, 1], e[:, 2], e[:, 3], e[:, 4], e[:, 5], np.zeros(len(e))
    )


def snapshot(folder: Path, *days: str) -> Picture:
    sky = sky_of_files([folder / f"spacetrack_{day}.3le.gz" for day in days])
    return sky.picture(assets=(Asset(1),), days_ahead=7.0)


def planes(folder: Path) -> dict[str, Any]:
    """Return how far the angle that free drift foretold was off, for random pairs of payloads."""
    found: dict[str, Any] = {}
    for early, late in (("2025-03-03", "2025-03-31"), ("2025-02-03", "2025-05-23")):
        pictures = [snapshot(folder, day) for day in (early, late)]
        both = np.intersect1d(*(p.newest.norad_id for p in pictures))
        sides, moments = [], []
        for picture in pictures:
            sets = picture.newest.sorted_by_object()
            moments.append(as_column_time(picture.as_of_utc))
            mean = sets.take(np.searchsorted(sets.norad_id, both)).mean_elements()
            sides.append(carried_to(mean, moments[-1]))
        names = pictures[1].newest.sorted_by_object()
        kind = [kind_by_name(str(n)) for n in names.object_name[np.isin(names.norad_id, both)]]
        leo = orbit_regime(sides[1]) == OrbitRegime.LEO
        for label, wanted in (("payloads", ObjectType.PAYLOAD), ("debris", ObjectType.DEBRIS)):
            rows = np.flatnonzero(leo & np.array([k is wanted for k in kind]))
            days = float((moments[1] - moments[0]) / np.timedelta64(1, "D"))
            found[f"LEO {label}, {days:.0f} days"] = foretold(sides, rows, days)
    return found


def foretold(sides: Sequence[MeanElements], rows: np.ndarray, days: float) -> dict[str, float]:
    draw = np.random.Generator(np.random.PCG64(1))
    first, second = draw.choice(rows, 20_000), draw.choice(rows, 20_000)
    before = plane_motion(sides[0].take(second), sides[0].take(first))
    after = plane_motion(sides[1].take(second), sides[1].take(first))
    error = np.degrees(np.abs(before.angle_rad(days) - after.angle_rad()))
    slow = np.abs(np.degrees(before.node_rate_rad_day)) < 0.05
    return {
        "pairs": 20_000,
        "error_deg_p50": round(float(np.percentile(error, 50)), 3),
        "error_deg_p95": round(float(np.percentile(error, 95)), 3),
        "slow_pairs": int(slow.sum()),
        "slow_error_deg_p50": round(float(np.percentile(error[slow], 50)), 3),
        "slow_error_deg_p95": round(float(np.percentile(error[slow], 95)), 3),
    }


def shadowing(folder: Path) -> dict[str, Any]:
    """Return findings per 1,000 assets, with every satellite that is no constellation's one."""
    snaps = folder / "snapshots"
    found = {
        "snapshot 2025-02-03": shown(snapshot(snaps, "2025-02-03")),
        "snapshot 2025-05-23": shown(snapshot(snaps, "2025-05-23")),
        "four snapshots to 2025-05-23": shown(snapshot(snaps, *SNAPSHOTS)),
    }
    groups = folder / "celestrak_groups_2026-05"
    named = ("military", "resource", "science", "stations", "weather")
    sky = sky_of_files([groups / f"{name}.parquet" for name in named])
    week = sky.picture(assets=(Asset(1),), days_ahead=7.0)
    found["CelesTrak groups, May 2026 (no large constellations)"] = shown(week)
    return found


def shown(picture: Picture) -> dict[str, Any]:
    sets = picture.newest
    payload = np.array([kind_by_name(str(n)) is ObjectType.PAYLOAD for n in sets.object_name])
    alone = families(sets.object_name) == NO_FAMILY
    chosen = payload & alone & (orbit_regime(sets.mean_elements()) != OrbitRegime.GEO)
    ids = sets.norad_id[chosen]
    picture = replace(picture, assets=tuple(Asset(int(i)) for i in ids))
    findings = ShadowingDetector().detect(picture)
    objects = {i for finding in findings for i in finding.objects}
    low, best, high = share_interval(len(objects & set(ids.tolist())), len(ids))
    sure = {f.objects[0] for f in findings if f.confidence.value != "low"}
    return {
        "assets": len(ids),
        "findings": len(findings),
        "assets_with_one_per_1000": round(1e3 * best, 1),
        "interval_per_1000": [round(1e3 * low, 1), round(1e3 * high, 1)],
        "assets_with_a_held_one_per_1000": round(1e3 * len(sure) / len(ids), 1),
        "by_hold": dict(sorted(Counter(f.hold.value for f in findings).items())),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
