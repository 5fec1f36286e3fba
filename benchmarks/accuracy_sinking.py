"""How well re-entries are foretold from histories, and who is said to come down and does not.

Usage: python benchmarks/accuracy_sinking.py [DATA_FOLDER] [--development] [--number N]

Falls are made in air that heats and cools as measured since 1997 (`made_falls`; the folder holds
``spaceweather/SW-All.csv.gz``): of objects that only the air moves, whose drag changes, who lower
themselves at once or slowly, and of such as do not come down: kept up by burns, raised again, or
there for long. Real: the week of May 2026 with sets every half a day (``catalogue/
celestrak_groups_2026-05``), and five years of the station, which always rises again. Two halves,
by seed and by number: settings were found on one (``--development``). The made half held out is of
a seed that nobody looked at before; the real half held out was looked at twice, with a rule made
between (who rose on the whole is not coming down).
The result is printed and kept in benchmarks/results/accuracy_sinking.json.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from made_falls import Array, Falls, Stories, Weather, fallen, published
from measuring import keep

from hoshimori.detectors.decay import DecayDetector
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Decay
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import perigee_altitude_km, semi_major_axis_km
from hoshimori.numerics.rates import share_interval
from hoshimori.numerics.reentry import days_to_reentry, published_axis_rate_km_day

AS_OF = np.datetime64("2025-03-03", "us")
RECEIVED = np.datetime64("2026-06-01", "us")
HORIZON_DAYS = 60.0
LEFT_DAYS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 55.0)
"""True remaining time at which falls are looked at."""
SINCE_DAYS = (0.5, 1.0, 2.0, 3.0, 5.0, 8.0)
"""Time after a change."""
BINS_DAYS = ((0.0, 3.0), (3.0, 8.0), (8.0, 20.0), (20.0, 60.0))
SURE_DAYS, AT_ONCE_DAYS = 4.0, 1.5
"""An end is known if the last set leaves so little; the first where no set came since either."""
DEVELOPMENT, HELD_OUT = 1, 2
SEEDS = {DEVELOPMENT: 1, HELD_OUT: 3}
"""Of made falls; seed 2 was looked at while the rules were made."""


def main() -> None:
    """Measure and keep the figures."""
    asked = arguments()
    if not asked.folder.is_dir():
        print(f"no data in {asked.folder}: nothing measured")
        return
    halves = {"development": DEVELOPMENT, "held out": HELD_OUT}
    if asked.development:
        del halves["held out"]
    weather = Weather.read(asked.folder / "spaceweather" / "SW-All.csv.gz")
    keep(
        "accuracy_sinking",
        {
            name: {
                "made": made(weather, SEEDS[half], asked.number),
                "real": real(asked.folder, half),
            }
            for name, half in halves.items()
        },
    )


def arguments() -> argparse.Namespace:
    """Return what is asked for on the command line."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(os.environ.get("HOSHIMORI_DATA", beside))
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    parser.add_argument("--development", action="store_true")
    parser.add_argument("--number", type=int, default=300, help="objects of each story")
    return parser.parse_args()


@dataclass(frozen=True, slots=True)
class Case:
    """One look at one object."""

    remained_days: float
    """Until its true end; infinite where it does not end."""
    found: Decay | None

    @property
    def ahead_days(self) -> float:
        """Days until the foretold end; infinite where none is."""
        return _days(self.found.reentry_utc - as_datetime(AS_OF)) if self.found else np.inf

    @property
    def held(self) -> bool:
        """Whether the window held the end."""
        if self.found is None or not np.isfinite(self.remained_days):
            return False
        ended = as_datetime(AS_OF) + timedelta(days=self.remained_days)
        return self.found.start_utc <= ended <= self.found.end_utc


def made(weather: Weather, seed: int, number: int) -> dict[str, Any]:
    """Return the scores on made stories."""
    told: dict[str, Any] = {}
    for name, (stories, kind) in stories_of(weather, seed, number).items():
        falls = fallen(stories, weather)
        if kind == "falls":
            looks = {f"{d:g} days before the end": falls.end_day - d for d in LEFT_DAYS}
        elif kind == "changes":
            at = np.minimum(stories.area_from_day, stories.drop_day)
            looks = {f"{d:g} days after": at + d for d in SINCE_DAYS}
        else:
            looks = {f"day {d:g}": np.full(number, d) for d in (16.0, 22.0, 28.0, 34.0)}
        cases = {when: look(falls, days, seed) for when, days in looks.items()}
        told[name] = (alarms if kind == "stays" else scores)(cases)
    return told


def look(falls: Falls, days: Array, seed: int) -> list[Case]:
    """Return what is foretold on a day of each object, where it flies and has a past."""
    wanted = {
        k: float(day)
        for k, day in enumerate(days)
        if np.isfinite(day) and 5.0 <= day < min(falls.end_day[k] - 0.2, falls.days[-1])
    }
    if not wanted:
        return []
    sets = published(falls, wanted, AS_OF, seed).sorted_by_object()
    picture = Picture(as_datetime(AS_OF), sets.newest(), sets, (), 5.0)
    found = {f.objects[0]: f for f in DecayDetector(horizon_days=HORIZON_DAYS).detect(picture)}
    return [Case(float(falls.end_day[k] - day), found.get(k + 1)) for k, day in wanted.items()]


def stories_of(weather: Weather, seed: int, n: int) -> dict[str, tuple[Stories, str]]:
    """Return all stories, and how each is looked at: before the end, after a change, or anyhow."""
    random = np.random.default_rng(seed)

    def between(low: float, high: float) -> Array:
        return np.exp(random.uniform(np.log(low), np.log(high), n))

    def start(lasts: float) -> Array:
        return np.floor(random.uniform(2.0, len(weather.flux) - lasts - 2.0, n))

    def height(low: float, high: float) -> Array:
        return random.uniform(low, high, n)

    def shape() -> Array:
        return np.where(random.uniform(size=n) < 0.7, between(2e-4, 2e-3), between(2e-3, 2e-2))

    change = random.uniform(16.0, 22.0, n)
    after, before = between(4.0, 60.0), between(300.0, 3000.0)
    return {
        "only the air": (
            Stories(start(200), height(260, 460), shape(), between(20.0, 100.0), 200.0),
            "falls",
        ),
        "drag changes": (
            Stories(
                start(140), height(280, 460), shape(), before, 140.0,
                area_factor=before / after, area_from_day=change,
            ),
            "changes",
        ),
        "lowered by a burn": (
            Stories(
                start(140), height(380, 480), shape(), between(100.0, 1000.0), 140.0,
                drop_km=between(40.0, 180.0), drop_day=change,
            ),
            "changes",
        ),
        "lowered slowly by an engine, then the air": (
            Stories(
                start(160), height(400, 480), shape(), between(400.0, 3000.0), 160.0,
                thrust_km_day=-between(1.0, 8.0), thrust_from_day=change,
                thrust_to_km=height(220, 320),
            ),
            "falls",
        ),
        "kept up by burns": (
            Stories(
                start(40), height(300, 450), shape(), between(25.0, 300.0), 40.0,
                kept_within_km=between(0.5, 8.0),
            ),
            "stays",
        ),
        "raised again by an engine": (
            Stories(
                start(60), height(330, 450), shape(), between(60.0, 300.0), 60.0,
                thrust_km_day=between(0.5, 8.0), thrust_from_day=change,
                thrust_to_km=height(480, 560),
            ),
            "stays",
        ),
        "there for long": (
            Stories(start(140), height(300, 480), shape(), between(150.0, 1500.0), 140.0),
            "stays",
        ),
        "burns down and stays for long": (
            Stories(
                start(140), height(430, 500), shape(), between(600.0, 6000.0), 140.0,
                drop_km=between(1.0, 30.0), drop_day=change,
            ),
            "stays",
        ),
    }  # fmt: skip


def scores(cases: Mapping[str, Sequence[Case]]) -> dict[str, Any]:
    """Return how well ends are foretold, at each look and by the foretold time."""
    told = {when: score(own) for when, own in cases.items() if own}
    pooled = [case for own in cases.values() for case in own]
    for low, high in BINS_DAYS:
        inside = [case for case in pooled if low <= case.ahead_days < high]
        if inside:
            told[f"foretold {low:g} to {high:g} days ahead"] = score(inside)
    return told | {"all": score(pooled)}


def score(cases: Sequence[Case]) -> dict[str, Any]:
    """Return found share of what ends within the horizon, errors, and how often windows held."""
    due = [case for case in cases if case.remained_days <= HORIZON_DAYS]
    found = [case for case in cases if case.found is not None]
    ends = [case for case in found if np.isfinite(case.remained_days)]
    told: dict[str, Any] = {"looks": len(cases)}
    told["found_of_those_due"] = _share(sum(c.found is not None for c in due), len(due))
    if ends:
        errors = np.array([c.ahead_days / c.remained_days - 1.0 for c in ends])
        told |= {
            "median_error_percent": round(100.0 * float(np.median(errors)), 1),
            "median_absolute_error_percent": round(100.0 * float(np.median(np.abs(errors))), 1),
            "nine_in_ten_within_percent": round(100.0 * float(np.quantile(np.abs(errors), 0.9)), 1),
        }
    told["inside_the_90_percent_window"] = _share(sum(c.held for c in found), len(found))
    return told


def alarms(cases: Mapping[str, Sequence[Case]]) -> dict[str, Any]:
    """Return how often an end within the horizon is foretold of who does not end in twice that."""
    pooled = [c for own in cases.values() for c in own if c.remained_days > 2.0 * HORIZON_DAYS]
    return {"false_alarms": _share(sum(c.found is not None for c in pooled), len(pooled))}


def real(folder: Path, half: int) -> dict[str, Any]:
    """Return the scores on the week of May 2026 and on the station."""
    groups = folder / "catalogue" / "celestrak_groups_2026-05"
    told = {path.stem: week(path, half) for path in sorted(groups.glob("*.parquet"))}
    told = {name: figures for name, figures in told.items() if figures["looks"]}
    if half == DEVELOPMENT:
        path = folder / "catalogue" / "histories" / "iss_25544_2020_2024.tle.gz"
        sets = read_catalogue(path.read_bytes(), source=path.name, received_utc=RECEIVED)
        told["the station, weekly over five years"] = station(sets.element_sets)
    return told


def week(path: Path, half: int) -> dict[str, Any]:
    """Return what is foretold of a half of the low objects of a file, once a day."""
    reading = read_catalogue(path.read_bytes(), source=path.name, received_utc=RECEIVED)
    sets = reading.element_sets.sorted_by_object()
    mine = (sets.norad_id * 2654435761 >> 7) % 2 == half - 1
    sets = sets.take(mine & (perigee_altitude_km(sets.mean_elements()) < 500.0))
    if not len(sets):
        return {"looks": 0}
    last, final_utc = sets.newest(), sets.epoch_utc.max()
    left = dict(zip(last.norad_id.tolist(), _left_days(last), strict=True))
    seen = dict(zip(last.norad_id.tolist(), last.epoch_utc, strict=True))
    ends = {
        k: seen[k] + np.timedelta64(round(left[k] * 86400e6), "us")
        for k in left
        if left[k] < AT_ONCE_DAYS
        or (left[k] < SURE_DAYS and (final_utc - seen[k]) / np.timedelta64(1, "D") > 1.5)
    }
    found, held, outlived, looks = 0, [], 0, 0
    for day in range(1, 7):
        as_of = final_utc - np.timedelta64(day, "D")
        known = sets.take(sets.epoch_utc <= as_of)
        if not len(known):
            continue
        picture = Picture(as_datetime(as_of), known.newest(), known, (), 5.0)
        looks += len(picture.newest)
        for decay in DecayDetector(horizon_days=HORIZON_DAYS).detect(picture):
            k, found = decay.objects[0], found + 1
            outlived += as_datetime(seen[k]) > decay.end_utc
            if k in ends:
                held.append(decay.start_utc <= as_datetime(ends[k]) <= decay.end_utc)
    return {
        "looks": looks,
        "findings_per_1000_looks": round(1000.0 * found / max(looks, 1), 2),
        "seen_after_the_window": _share(outlived, found),
        "of_known_ends_inside_the_90_percent_window": _share(sum(held), len(held)),
    }


def station(sets: ElementSets) -> dict[str, Any]:
    """Return how often the station is said to come down, looked at once a week."""
    first, last = sets.epoch_utc.min(), sets.epoch_utc.max()
    looks = np.arange(first + np.timedelta64(20, "D"), last, np.timedelta64(7, "D"))
    found = 0
    for as_of in looks:
        own = (sets.epoch_utc <= as_of) & (sets.epoch_utc > as_of - np.timedelta64(30, "D"))
        known = sets.take(own)
        picture = Picture(as_datetime(as_of), known.newest(), known.sorted_by_object(), (), 5.0)
        found += len(DecayDetector(horizon_days=HORIZON_DAYS).detect(picture))
    return {"looks": len(looks), "false_alarms": _share(found, len(looks))}


def _left_days(newest: ElementSets) -> Array:
    elements = newest.mean_elements()
    axis_km = semi_major_axis_km(elements)
    rates = published_axis_rate_km_day(
        axis_km, newest.mean_motion_rev_day, newest.mean_motion_dot_rev_day2
    )
    return days_to_reentry(axis_km, elements.eccentricity, rates, within_days=HORIZON_DAYS)


def _days(span: timedelta) -> float:
    return span.total_seconds() / 86400.0


def _share(count: int, total: int) -> list[float]:
    """Return a share as low end, best value and high end (95 %), and of how many."""
    if not total:
        return [0.0, 0.0, 0.0, 0]
    return [*(round(x, 3) for x in share_interval(count, total)), total]


if __name__ == "__main__":
    main()
