"""How well single flights tell lost navigation: made traffic with planted emitters, and without.

The truth is planted: one emitter that drowns or displaces receivers for some time, or none, in
traffic of three densities whose receivers also fail by themselves (never good, coming and going,
short losses, wrong positions, version 0). Measured are what is found, how far onset and end are
off, whether the emitter stands on the ground that is told, drowned against false signals, and
false areas in quiet traffic, also with stations whose clocks are wrong and with shared addresses.

Run: ``python benchmarks/accuracy_aircraft.py`` (five minutes).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from measuring import keep, peak_memory_mib

from hoshimori.detectors.passages import PassageDetector, PassageSurvey
from hoshimori.exercise.aircraft_traffic import (
    Effect,
    MadeTraffic,
    PlantedEmitter,
    aircraft_traffic,
)
from hoshimori.formats.aircraft_reports import read_aircraft_reports, write_aircraft_reports
from hoshimori.model.aircraft_evidence import PositionCheck
from hoshimori.model.aircraft_reports import AircraftReports, joined_reports
from hoshimori.model.findings import Interference
from hoshimori.model.flights import passages_from
from hoshimori.model.moments import as_datetime
from hoshimori.numerics.hexagons import cell_of_text, centres_deg, distances_km
from hoshimori.numerics.rates import rate_interval, share_interval

DENSITIES = {"sparse": 40.0, "middling": 150.0, "dense": 400.0}
"""Flights an hour over 600 by 600 km."""
HOURS = 6.0
FIRST_SEED, FIRST_QUIET_SEED = 1_020, 20_000
"""Traffic of other seeds (0 to 119, 10,000 to 10,019) was looked at while the detector was set."""
RUNS = 120
QUIET_RUNS = 20
QUIET_HOURS = 24.0
DAYS_A_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Trial:
    """One planted emitter and what was told of it."""

    density: str
    emitter: PlantedEmitter
    hits: tuple[Interference, ...]
    others: int
    """Areas that it did not make."""


def main() -> None:
    """Measure all and keep it."""
    trials = [trial(FIRST_SEED + run) for run in range(RUNS)]
    keep(
        "accuracy_aircraft",
        {
            "planted": {name: of_trials([t for t in trials if t.density == name])
                        for name in DENSITIES}
            | {"all": of_trials(trials)},
            "by minutes": by_size(trials, lambda t: (t.emitter.until_s - t.emitter.from_s) / 60.0,
                                  (15.0, 30.0, 60.0, 180.0)),
            "by reach": by_size(trials, lambda t: t.emitter.reach_km, (40.0, 80.0, 140.0, 220.0)),
            "told apart": confusion(trials),
            "quiet": quiet(),
            "quiet with wrong clocks and shared addresses": quiet(troubled=True),
            "speed": speed(),
        },
    )  # fmt: skip


def survey(reports: AircraftReports) -> PassageSurvey:
    """Return what is told of reports as known at their end."""
    moment = reports.time_utc.max().astype("datetime64[us]")
    passages = passages_from(reports, as_of_utc=moment)
    return PassageDetector(look_back_days=1000.0).survey(passages, as_datetime(moment))


def trial(seed: int) -> Trial:
    """Return one trial, drawn by its seed."""
    random = np.random.Generator(np.random.PCG64(seed))
    density = list(DENSITIES)[seed % len(DENSITIES)]
    start = random.uniform(1.5, 2.5) * 3600.0
    emitter = PlantedEmitter(
        latitude_deg=50.0 + random.uniform(-0.6, 0.6),
        longitude_deg=15.0 + random.uniform(-1.0, 1.0),
        reach_km=random.uniform(40.0, 220.0),
        from_s=start,
        until_s=start + 60.0 * random.uniform(15.0, 180.0),
        effect=Effect.DROWNS if seed // 3 % 2 else Effect.DISPLACES,
        susceptible=random.uniform(0.3, 0.95),
        shown_deg=(50.0 + random.uniform(-4.0, 4.0), 22.0),
    )
    made = MadeTraffic(hours=HOURS, flights_an_hour=DENSITIES[density], planted=(emitter,))
    areas = survey(aircraft_traffic(made, random)).findings
    hits = tuple(one for one in areas if _is_of(one, emitter))
    return Trial(density, emitter, hits, len(areas) - len(hits))


def _is_of(finding: Interference, emitter: PlantedEmitter) -> bool:
    cells = np.array([cell_of_text(cell) for cell in finding.cells], dtype=np.uint64)
    middle = np.array((emitter.latitude_deg, emitter.longitude_deg))
    near = distances_km(middle, centres_deg(cells)) <= emitter.reach_km + 30.0
    first, last = (_second(one) for one in (finding.start_utc, finding.end_utc))
    return bool(near.any()) and first <= emitter.until_s + 900.0 and last >= emitter.from_s


def _second(moment: Any) -> float:
    start = MadeTraffic().start_utc
    return float((np.datetime64(moment.replace(tzinfo=None), "ms") - start).astype(np.int64)) / 1e3


def of_trials(trials: Sequence[Trial]) -> dict[str, Any]:
    """Return how many are found, how far off their times are, and if the emitter's ground holds."""
    found = [t for t in trials if t.hits]
    first = [max(t.hits, key=lambda one: one.bad) for t in found]
    evidence = [one.aircraft for one in first]
    onsets = np.array([
        (min(_second(h.aircraft.onset_utc) for h in t.hits if h.aircraft) - t.emitter.from_s) / 60.0
        for t in found
    ])  # fmt: skip
    ends = np.array([
        (max(_second(h.aircraft.last_utc) for h in t.hits if h.aircraft) - t.emitter.until_s) / 60.0
        for t in found
    ])  # fmt: skip
    holds = [
        float(
            distances_km(
                np.array((one.latitude_deg, one.longitude_deg)),
                np.array((t.emitter.latitude_deg, t.emitter.longitude_deg)),
            )
        )
        <= one.emitter_within_km
        for t, one in zip(found, first, strict=True)
        if one.emitter_within_km is not None
    ]
    areas = [e.emitter_area_km2 for e in evidence if e is not None and e.emitter_area_km2]
    return {
        "trials": len(trials),
        "found_95": [round(x, 3) for x in share_interval(len(found), len(trials))],
        "in_several_areas": sum(len(t.hits) > 1 for t in trials),
        "other_areas": sum(t.others for t in trials),
        "onset_off_minutes": _spread(onsets),
        "onset_within_a_step_95": _within(onsets, 15.0),
        "end_off_minutes": _spread(ends),
        "end_within_a_step_95": _within(ends, 15.0),
        "ground_told": len(holds),
        "ground_holds_emitter_95": [round(x, 3) for x in share_interval(sum(holds), len(holds))],
        "ground_km2_median": round(float(np.median(areas))) if areas else None,
    }


def _spread(minutes: np.ndarray) -> dict[str, float]:
    if not len(minutes):
        return {}
    low, middle, high = np.quantile(minutes, (0.05, 0.5, 0.95))
    return {"5 %": round(low, 1), "median": round(middle, 1), "95 %": round(high, 1)}


def _within(minutes: np.ndarray, limit: float) -> list[float]:
    inside = int(np.count_nonzero(np.abs(minutes) <= limit))
    return [round(x, 3) for x in share_interval(inside, len(minutes))]


def by_size(trials: Sequence[Trial], size: Any, edges: tuple[float, ...]) -> dict[str, Any]:
    """Return how many are found by one size of the emitter."""
    told = {}
    for low, high in pairwise(edges):
        own = [t for t in trials if low <= size(t) < high]
        found = sum(bool(t.hits) for t in own)
        share = [round(x, 3) for x in share_interval(found, len(own))]
        told[f"{low:g} to {high:g}"] = {"trials": len(own), "found_95": share}
    return told


def confusion(trials: Sequence[Trial]) -> dict[str, dict[str, int]]:
    """Return what the positions were said to show, by what the emitter did."""
    told: dict[str, Counter[str]] = {effect.value: Counter() for effect in Effect}
    for one in trials:
        if not one.hits:
            continue
        largest = max(one.hits, key=lambda area: area.bad)
        check = largest.aircraft.positions if largest.aircraft else PositionCheck.NOT_TOLD
        told[one.emitter.effect.value][check.value] += 1
    return {effect: dict(sorted(counts.items())) for effect, counts in told.items()}


def quiet(*, troubled: bool = False) -> dict[str, Any]:
    """Return the false areas of quiet traffic, as a rate with its interval."""
    areas, steps, faulty, erratic = 0, 0, 0, 0
    for seed in range(QUIET_RUNS):
        random = np.random.Generator(np.random.PCG64(FIRST_QUIET_SEED + seed))
        density = list(DENSITIES.values())[seed % len(DENSITIES)]
        reports = aircraft_traffic(MadeTraffic(hours=QUIET_HOURS, flights_an_hour=density), random)
        if troubled:
            reports = _troubled(reports, random)
        told = survey(reports)
        areas += len(told.findings)
        steps += told.coverage.told_cell_steps
        faulty += told.coverage.faulty_aircraft
        erratic += told.coverage.tally.erratic_aircraft
    months = steps * 900.0 / 86_400.0 / DAYS_A_MONTH
    return {
        "runs": QUIET_RUNS,
        "hours": QUIET_HOURS * QUIET_RUNS,
        "false_areas": areas,
        "told_cell_steps": steps,
        "per_1000_cell_months_95": [round(x, 2) for x in rate_interval(areas, months / 1000.0)],
        "per_day_of_the_region_95": [
            round(x, 3) for x in rate_interval(areas, QUIET_RUNS * QUIET_HOURS / 24.0)
        ],
        "faulty_aircraft_left_out": faulty,
        "erratic_aircraft_left_out": erratic,
    }


def _troubled(reports: AircraftReports, random: np.random.Generator) -> AircraftReports:
    """Return reports of which a station stamps some five minutes late, and some share addresses."""
    late = reports.take(random.random(len(reports)) < 0.2)
    late = replace(late, time_utc=late.time_utc + np.timedelta64(300, "s"))
    names, index = np.unique(reports.address, return_inverse=True)
    shared = names.copy()
    for k in random.integers(0, len(names) // 2, 10).tolist():
        shared[2 * k] = names[2 * k + 1]
    return joined_reports([replace(reports, address=shared[index]), late])


def speed() -> dict[str, Any]:
    """Return the seconds from bytes to areas for six hours of dense traffic."""
    made = MadeTraffic(hours=6.0, flights_an_hour=1200.0, half_width_km=500.0)
    reports = aircraft_traffic(made, np.random.Generator(np.random.PCG64(1)))
    data = write_aircraft_reports(reports)
    wall, cpu = time.perf_counter(), time.process_time()
    told = survey(read_aircraft_reports(data, source="made").reports)
    return {
        "reports": len(reports),
        "areas": len(told.findings),
        "wall_s": round(time.perf_counter() - wall, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
        "peak_memory_mib": round(peak_memory_mib()),
    }


if __name__ == "__main__":
    main()
