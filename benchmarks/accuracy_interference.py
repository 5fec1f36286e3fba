"""How well lost satellite navigation is found in real maps: events with known days, quiet air.

GPSJam's daily maps of Europe and the Middle East (2022-02-14 to 2023-06-30) and of North America
(2022-10-01 to 2022-11-15), one setting for all. Known events must be found with their first and
last days as known the day after they began and when all is known; what lasts must be told as usual
for its area; central France and Denver must show nothing. In quiet regions every area counts as a
false alarm, also those that may have been real tests: the rate is an upper bound. The time is that
of reading and judging the larger map.

Run: ``python benchmarks/accuracy_interference.py`` (two minutes).

Unseen months: ``python benchmarks/accuracy_interference.py --maps FILE… [--events EVENTS.csv]``
prints the same measures of any other maps and keeps nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep, peak_memory_mib
from scipy.signal import lfilter

from hoshimori.detectors.interference import InterferenceDetector
from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.model.findings import Interference, Persistence
from hoshimori.model.interference_report import IntegrityCoverage, Place
from hoshimori.numerics.hexagons import centres_deg, distances_km
from hoshimori.numerics.interference_rise import step_up
from hoshimori.numerics.rates import rate_interval, share_interval
from hoshimori.workflows.interference import IntegrityMaps, interference, maps_of_files

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
GNSS = Path(os.environ.get("HOSHIMORI_DATA", BESIDE)) / "gnss"
EUROPE = "gpsjam_europe_mideast_2022-02-14_2023-06-30.parquet"
AMERICA = "gpsjam_north_america_2022-10-01_2022-11-15.parquet"
ONE_DAY = "raw_2022-10-18-h3_4.csv.gz"


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event of the data's own description, and the days it names."""

    name: str
    place: Place
    days: tuple[date, ...]
    """Days that an area must hold."""
    first_day: date | None = None
    """The day it began, where that is known: of Kaliningrad by the share of low integrity within
    300 km, which was 0.0 % on the day before and 2.6 % (4 March) and 3.0 % (11 March) on it."""
    last_day: date | None = None
    worse_since: date | None = None
    """The day from which a place that is disturbed usually is disturbed more: of Moscow by the same
    share within 150 km, 13 to 22 % all March until the 27th, 20 % on the 28th, 26 to 36 % from the
    29th to 23 April."""


EVENTS = {
    AMERICA: (
        KnownEvent(
            "Dallas-Fort Worth", Place(32.9, -97.0, 150.0),
            (date(2022, 10, 17), date(2022, 10, 18)), date(2022, 10, 17), date(2022, 10, 18),
        ),
    ),
    EUROPE: (
        KnownEvent("Kaliningrad, 5 March", Place(54.7, 20.5, 300.0), (date(2022, 3, 5),),
                   date(2022, 3, 4), date(2022, 3, 6)),
        KnownEvent(
            "Kaliningrad, 12 and 13 March", Place(54.7, 20.5, 400.0),
            (date(2022, 3, 12), date(2022, 3, 13)), date(2022, 3, 11),
        ),
        KnownEvent("Moscow, 5 April", Place(55.75, 37.6, 300.0), (date(2023, 4, 5),),
                   worse_since=date(2023, 3, 29)),
        KnownEvent("Moscow, 22 April", Place(55.75, 37.6, 200.0), (date(2023, 4, 22),)),
        KnownEvent("Moscow, 27 May", Place(55.75, 37.6, 200.0), (date(2023, 5, 27),)),
    ),
}  # fmt: skip
USUAL = Place(33.5, 34.0, 250.0)
CONTROLS = {
    EUROPE: {"central France": Place(46.5, 2.5, 150.0)},
    AMERICA: {"Denver": Place(39.86, -104.67, 200.0)},
}
QUIET = {
    EUROPE: {
        "British Isles": Place(53.5, -4.0, 500.0),
        "France": Place(46.8, 2.2, 450.0),
        "Iberia": Place(40.0, -4.0, 450.0),
        "Sweden and Norway south of 63 N": Place(60.0, 12.0, 350.0),
    },
    AMERICA: {
        "eastern United States": Place(38.5, -80.0, 700.0),
        "northern plains": Place(44.0, -97.0, 600.0),
    },
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--maps", nargs="+", type=Path, help="files or folders, earlier ones too")
    parser.add_argument(
        "--events", type=Path, help="name,latitude,longitude,radius_km,first_day,last_day"
    )
    given = parser.parse_args()
    if given.maps:
        print(json.dumps(of_unseen_maps(given.maps, given.events), indent=2))
        return
    measure()


def of_unseen_maps(paths: Sequence[Path], events: Path | None) -> dict[str, Any]:
    """Return what is measured of known maps, of any: events, quiet regions, controls, time."""
    wall, cpu = time.perf_counter(), time.process_time()
    maps = maps_of_files(paths)
    report = interference(maps)
    spent = {
        "rows": len(maps.cells),
        "wall_s": round(time.perf_counter() - wall, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
        "peak_memory_mib": round(peak_memory_mib()),
    }
    one = {EUROPE: maps, AMERICA: maps}
    places = [item for named in CONTROLS.values() for item in named.items()]
    return {
        "map": _seen(report.coverage) | _counts(report.areas),
        "areas": [_told(area) for area in report.areas if area.persistence is Persistence.NEW],
        "events": {} if events is None else {e.name: found_event(maps, e) for e in _listed(events)},
        "controls": {name: quiet_place(maps, place) for name, place in places},
        "quiet regions": quiet_regions(one),
        "speed": spent,
    }


def _listed(path: Path) -> list[KnownEvent]:
    """Return the events of a table; every day from the first to the last is named."""
    events = []
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            first, last = (date.fromisoformat(row[k]) for k in ("first_day", "last_day"))
            place = Place(*(float(row[k]) for k in ("latitude", "longitude", "radius_km")))
            count = (last - first).days + 1
            days = tuple(date.fromordinal(first.toordinal() + k) for k in range(count))
            events.append(KnownEvent(row["name"], place, days, first, last))
    return events


def measure() -> None:
    """Measure the maps at hand and keep it."""
    if not GNSS.is_dir():
        print(f"no data in {GNSS}: nothing measured")
        return
    maps = {name: maps_of_files([GNSS / name]) for name in (AMERICA, EUROPE)}
    reports = {name: interference(one) for name, one in maps.items()}
    looks = weekly_looks(maps[EUROPE])
    keep(
        "accuracy_interference",
        {
            "maps": {name: _seen(r.coverage) | _counts(r.areas) for name, r in reports.items()},
            "events": {
                event.name: found_event(maps[name], event)
                for name, events in EVENTS.items()
                for event in events
            },
            "eastern Mediterranean": usual_area(looks),
            "rises": rises(maps[EUROPE], looks),
            "controls": {
                place: quiet_place(maps[name], circle)
                for name, places in CONTROLS.items()
                for place, circle in places.items()
            },
            "quiet regions": quiet_regions(maps),
            "three cells": {"tables": with_three_cells(maps)},
            "made maps": made_maps(),
            "speed": speed(),
        },
    )


def _seen(coverage: IntegrityCoverage) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(coverage).items()
    }


def _counts(areas: Sequence[Interference]) -> dict[str, Any]:
    return {"areas": dict(Counter(one.persistence.value for one in areas))}


def found_event(maps: IntegrityMaps, event: KnownEvent) -> dict[str, Any]:
    """Return whether an event is found, as known when its first and its last day were over."""
    told: dict[str, Any] = {"tables": {}}
    for label, day in (("first day over", event.days[0]), ("last day over", event.days[-1])):
        moment = np.datetime64(day, "us") + np.timedelta64(1, "D")
        areas = interference(maps, as_of_utc=moment, days=7.0, place=event.place).areas
        told["tables"][label] = [_told(one) for one in areas if _holds(one, day)]
    first, last = told["tables"].values()
    told["found"] = bool(first) and bool(last)
    told["every named day disturbed"] = all(
        any(day.isoformat() in one["disturbed_days"] for one in last) for day in event.days
    )
    if event.first_day is not None:
        told["first day right"] = any(
            one["disturbed_days"][0] == event.first_day.isoformat() for one in last
        )
    if event.worse_since is not None:
        rises = [one["worse_since"] for one in last if one["worse_since"]]
        told["first day right"] = event.worse_since.isoformat() in rises
    if event.last_day is not None:
        week = np.datetime64(event.days[-1], "us") + np.timedelta64(8, "D")
        later = interference(maps, as_of_utc=week, days=14.0, place=event.place).areas
        told["last day right"] = any(
            _disturbed(one)[-1] == event.last_day.isoformat() for one in later
        )
    return told


def _holds(finding: Interference, day: date) -> bool:
    return day.isoformat() in _disturbed(finding)


def _disturbed(finding: Interference) -> list[str]:
    inside = [
        one for one in finding.days
        if finding.start_utc.date() <= one.day_utc < finding.end_utc.date()
    ]  # fmt: skip
    return [one.day_utc.isoformat() for one in inside if one.cells_disturbed]


def _told(finding: Interference) -> dict[str, Any]:
    return {
        "disturbed_days": _disturbed(finding),
        "persistence": finding.persistence.value,
        "worse_since": finding.rise.since_utc.isoformat() if finding.rise else None,
        "confidence": finding.confidence.value,
        "cells": len(finding.cells),
        "area_km2": round(finding.area_km2),
        "middle": [round(finding.latitude_deg, 1), round(finding.longitude_deg, 1)],
        "peak_share": [
            round(x, 4) for x in (finding.share.low, finding.share.best, finding.share.high)
        ],
        "past_cell_days_disturbed": [
            round(x, 4) for x in (
                finding.base_rate.share.low, finding.base_rate.share.best,
                finding.base_rate.share.high,
            )
        ],
        "emitter_within_km": finding.emitter_within_km,
    }  # fmt: skip


def usual_area(surveys: Sequence[tuple[int, Sequence[Interference]]]) -> dict[str, Any]:
    """Return in how many weeks the eastern Mediterranean is reported, and as what."""
    persistence: Counter[str] = Counter()
    found = shouted = worse = 0
    for _, everywhere in surveys:
        areas = [one for one in everywhere if _lies_in(one, USUAL)]
        found += bool(areas)
        worse += any(one.rise is not None for one in areas)
        persistence.update({one.persistence.value for one in areas})
        shouted += any(
            one.persistence in (Persistence.NEW, Persistence.UNKNOWN)
            and one.base_rate.share.best <= 0.01
            for one in areas
        )
    return {
        "weeks_looked_at": len(surveys),
        "weeks_with_areas": found,
        "weeks_with": dict(persistence),
        "weeks_that_tell_a_rise": worse,
        "weeks_that_ask_for_a_look": shouted,
    }


def weekly_looks(maps: IntegrityMaps) -> list[tuple[int, Sequence[Interference]]]:
    """Return the areas of the last week, as known on days four weeks apart, by day number."""
    first, last = (maps.cells.day_utc.min(), maps.cells.day_utc.max())
    looks = []
    for day in np.arange(first + 60, last + 1, 28):
        moment = (day + 1).astype("datetime64[us]")
        looks.append(
            (int(day.astype(np.int64)), interference(maps, as_of_utc=moment, days=7.0).areas)
        )
    return looks


def _lies_in(area: Interference, place: Place) -> bool:
    middle = np.array((place.latitude_deg, place.longitude_deg))
    cells = np.array([int(cell, 16) for cell in area.cells], dtype=np.uint64)
    return bool((distances_km(middle, centres_deg(cells)) <= place.radius_km).any())


def rises(
    maps: IntegrityMaps, surveys: Sequence[tuple[int, Sequence[Interference]]]
) -> dict[str, Any]:
    """Return how many areas that are disturbed usually tell a rise, and how many of these lasted.

    One lasted where in the four weeks after the look its median share was nearer to that since the
    rise than to that before; where fewer than 20 days of them are known, it does not count.
    """
    told = usual = lasted = known = 0
    for day, areas in surveys:
        for one in areas:
            usual += one.persistence in (Persistence.PERMANENT, Persistence.RECURRENT)
            if one.rise is None:
                continue
            told += 1
            after = _shares_after(maps, one, day)
            if len(after) >= 20:
                known += 1
                lasted += bool(np.median(after) >= 0.5 * (one.rise.before + one.rise.since))
    return {
        "usual_areas": usual,
        "tell_a_rise": told,
        "followed": known,
        "lasted_95": [round(x, 3) for x in share_interval(lasted, known)],
        "waves_alone": {name: waves_alone(*given) for name, given in WAVES.items()},
    }


WAVES = {
    "a week": (7.0, 0.4),
    "three weeks": (21.0, 0.4),
    "six weeks": (42.0, 0.4),
    "three weeks, half as high": (21.0, 0.2),
}
"""Made waves: how long they hang together [days], and sigma of the logarithm of the share."""


def waves_alone(correlated_days: float, sigma: float, *, runs: int = 400) -> list[float]:
    """Return how often a rise is told of made shares that only come in waves, with its interval."""
    kept = float(np.exp(-1.0 / correlated_days))
    steps = np.random.Generator(np.random.PCG64(1)).normal(0.0, 1.0, (runs, 500))
    waves = lfilter([np.sqrt(1.0 - kept**2)], [1.0, -kept], steps, axis=1)[:, 100:]
    told = sum(step_up(np.arange(400), 0.15 * np.exp(sigma * wave)) is not None for wave in waves)
    return [round(x, 3) for x in share_interval(told, runs)]


def _shares_after(maps: IntegrityMaps, area: Interference, day: int) -> np.ndarray:
    """Return the daily share of aircraft with low integrity in an area, four weeks after a day."""
    cells = np.array([int(cell, 16) for cell in area.cells], dtype=np.uint64)
    number = maps.cells.day_utc.astype(np.int64)
    rows = np.isin(maps.cells.cell, cells) & (number > day) & (number <= day + 28)
    _, place = np.unique(number[rows], return_inverse=True)
    bad = maps.cells.bad[rows]
    spared = np.bincount(place, weights=bad - (bad > 0))
    return np.asarray(spared / np.bincount(place, weights=maps.cells.aircraft[rows]))


def with_three_cells(maps: dict[str, IntegrityMaps]) -> list[dict[str, Any]]:
    """Return the areas of quiet regions that three cells in place of four would tell besides."""
    looser = replace(InterferenceDetector(), fewest_cells=3)
    told: dict[str, dict[str, Any]] = {}
    for name, places in QUIET.items():
        for place in places.values():
            areas = interference(maps[name], place=place, detector=looser).areas
            for one in areas:
                if max(day.cells_disturbed for day in one.days) == 3:
                    told[one.area_key] = _told(one) | {"good": one.good, "bad": one.bad}
    return list(told.values())


def quiet_place(maps: IntegrityMaps, place: Place) -> dict[str, Any]:
    """Return how many areas a place shows, and how much was seen there."""
    report = interference(maps, place=place)
    return {
        "areas": len(report.areas),
        "told_cell_days": report.coverage.told_cell_days,
        "disturbed_cell_days": report.coverage.disturbed_cell_days,
    }


def quiet_regions(maps: dict[str, IntegrityMaps]) -> dict[str, Any]:
    """Return the areas of quiet regions together as a rate with its interval."""
    regions: dict[str, Any] = {}
    areas = seen = 0
    for name, places in QUIET.items():
        for label, place in places.items():
            one = quiet_place(maps[name], place)
            regions[label] = one
            areas += one["areas"]
            seen += one["told_cell_days"]
    low, best, high = rate_interval(areas, seen / 1e6)
    months = rate_interval(areas, seen / 30.4375 / 1000.0)
    return {
        "regions": regions,
        "areas": areas,
        "told_cell_days": seen,
        "per_million_cell_days_95": [round(x, 2) for x in (low, best, high)],
        "per_1000_cell_months_95": [round(x, 3) for x in months],
    }


def made_maps(*, runs: int = 40) -> dict[str, Any]:
    """Return recall and false areas on made maps, where the truth is planted."""
    found = onset_right = end_right = planted_number = false = 0
    cell_days = 0
    for seed in range(runs):
        random = np.random.Generator(np.random.PCG64(seed))
        first = int(random.integers(15, 24))
        days = int(random.integers(1, 5))
        share, radius = float(random.uniform(0.08, 0.5)), float(random.uniform(90.0, 220.0))
        planted = PlantedDisturbance(35.5, 137.5, radius, first, first + days - 1, share)
        cells = disturbed_air(MadeAir(planted=(planted,)), random)
        report = interference(IntegrityMaps(cells, ("made",), ()))
        cell_days += report.coverage.told_cell_days
        middle = np.array((planted.latitude_deg, planted.longitude_deg))
        hits = [one for one in report.areas if _reaches(one, middle, radius)]
        false += len(report.areas) - len(hits)
        planted_number += 1
        found += bool(hits)
        start = (np.datetime64("2026-03-01") + first).astype(date)
        end = (np.datetime64("2026-03-01") + first + days - 1).astype(date)
        told = sorted({d for one in hits for d in _disturbed(one)})
        onset_right += bool(told) and told[0] == start.isoformat()
        end_right += bool(told) and told[-1] == end.isoformat()
    return {
        "maps": runs,
        "found_95": [round(x, 3) for x in share_interval(found, planted_number)],
        "first_day_right": onset_right,
        "last_day_right": end_right,
        "false_areas": false,
        "told_cell_days": cell_days,
    }


def _reaches(finding: Interference, middle: np.ndarray, radius_km: float) -> bool:
    cells = np.array([int(cell, 16) for cell in finding.cells], dtype=np.uint64)
    return bool((distances_km(middle, centres_deg(cells)) <= radius_km + 30.0).any())


def speed() -> dict[str, Any]:
    """Return the seconds that the larger map takes from bytes to areas, and one day's map."""
    told: dict[str, Any] = {}
    for label, name in (("five million rows", EUROPE), ("one day of the world", ONE_DAY)):
        wall, cpu, waited = time.perf_counter(), time.process_time(), _waited_s()
        maps = maps_of_files([GNSS / name])
        report = interference(maps)
        told[label] = {
            "rows": len(maps.cells),
            "areas": len(report.areas),
            "wall_s": round(time.perf_counter() - wall, 2),
            "cpu_s": round(time.process_time() - cpu, 2),
            "waited_s": round(_waited_s() - waited, 2),
        }
    return told | {"peak_memory_mib": round(peak_memory_mib())}


def _waited_s() -> float:
    """Return how long this thread was ready and had no core so far; 0 where none tells."""
    told = Path("/proc/thread-self/schedstat")
    return int(told.read_text().split()[1]) / 1e9 if told.exists() else 0.0


if __name__ == "__main__":
    main()
