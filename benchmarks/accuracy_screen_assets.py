"""Recall of the asset screen against brute force on a real catalogue.

Truth: every pair on a 10 s grid of the reference ``sgp4`` package, every local minimum of range
narrowed down by ever finer sampling; nothing is shared with the search but the element sets.
Primaries are drawn by a fixed seed: any orbit, eccentric ones, deep-space ones, and a few assets.

Run: ``python benchmarks/accuracy_screen_assets.py [HOURS] [THRESHOLD_KM] [START_DAYS] [SEED]``
(2 h, 20 km, 0 days and seed 1 by default: about a minute). Real data beside the repository or in
HOSHIMORI_DATA.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from measuring import keep
from sgp4.api import WGS72, Satrec, SatrecArray

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.numerics.elements import MeanElements, OrbitRegime, orbit_regime
from hoshimori.numerics.encounters import Encounters, closest_approaches
from hoshimori.numerics.sgp4 import initialise

SNAPSHOT = "spacetrack_2025-03-03.3le.gz"
T0 = np.datetime64("2025-03-03T00:00:00", "us")
T0_JULIAN = 2460737.5
GRID_S = 10.0
FASTEST_KM_S = 17.0
OBJECTS_AT_ONCE = 400
ASSETS = (25544, 44476, 28358, 49330)
SLOW_KM_S = 0.1
Event = tuple[int, int, float, float]
"""Primary, secondary, time, range."""


def main() -> None:
    arguments = [float(a) for a in sys.argv[1:]] + [2.0, 20.0, 0.0, 1.0][len(sys.argv) - 1 :]
    hours, threshold_km, start_days, seed = arguments
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    data = Path(os.environ.get("HOSHIMORI_DATA", beside)) / "catalogue" / "snapshots" / SNAPSHOT
    if not data.is_file():
        print(f"no {data}: nothing measured")
        return
    reading = read_catalogue(data.read_bytes(), source=SNAPSHOT, received_utc=T0)
    sets = reading.element_sets.newest()
    elements = sets.mean_elements()
    primaries = drawn(sets.norad_id, elements, int(seed))
    start_us = np.timedelta64(round(start_days * 86400e6), "us")
    found = closest_approaches(
        initialise(elements), primaries, T0 + start_us, hours * 3600.0, threshold_km
    )
    truth = brute_force(elements, primaries, T0_JULIAN + start_days, hours * 3600.0, threshold_km)
    keep(
        "accuracy_screen_assets",
        {
            "objects": len(sets),
            "primaries": len(primaries),
            "hours": hours,
            "threshold_km": threshold_km,
            "start_days": start_days,
        }
        | compared(found, truth),
    )


def drawn(norad_id: np.ndarray, elements: MeanElements, seed: int) -> np.ndarray:
    """Return the rows of the primaries."""
    rng = np.random.default_rng(seed)
    eccentric = np.flatnonzero(elements.eccentricity > 0.3)
    belt = np.flatnonzero(orbit_regime(elements) == OrbitRegime.GEO)
    chosen = [
        rng.choice(len(elements), 8, replace=False),
        rng.choice(eccentric, 6, replace=False),
        rng.choice(belt, 6, replace=False),
        np.flatnonzero(np.isin(norad_id, ASSETS)),
    ]
    return np.unique(np.concatenate(chosen))


def as_satrec(elements: MeanElements, row: int) -> Satrec:
    made = Satrec()
    days = (elements.epoch_utc[row] - np.datetime64("1949-12-31", "us")) / np.timedelta64(1, "D")
    values = (
        elements.bstar_per_er,
        np.zeros(len(elements)),
        np.zeros(len(elements)),
        elements.eccentricity,
        elements.arg_of_perigee_rad,
        elements.inclination_rad,
        elements.mean_anomaly_rad,
        elements.mean_motion_kozai_rad_min,
        elements.raan_rad,
    )
    made.sgp4init(WGS72, "i", 1, float(days), *(float(column[row]) for column in values))
    return made


def brute_force(
    elements: MeanElements,
    primaries: np.ndarray,
    start_julian: float,
    duration_s: float,
    threshold_km: float,
) -> list[Event]:
    sky = [as_satrec(elements, row) for row in range(len(elements))]
    t_s = np.linspace(0.0, duration_s, round(duration_s / GRID_S) + 1)
    place = {int(row): k for k, row in enumerate(primaries)}
    own = positions([sky[row] for row in primaries], start_julian, t_s)
    events: list[Event] = []
    for first in range(0, len(sky), OBJECTS_AT_ONCE):
        others = positions(sky[first : first + OBJECTS_AT_ONCE], start_julian, t_s)
        for k, primary in enumerate(primaries):
            with np.errstate(invalid="ignore"):
                ranges = np.linalg.norm(others - own[k], axis=2)
            for row, sample in candidates(ranges, threshold_km):
                other = first + int(row)
                if other != primary and place.get(other, len(place)) > k:
                    low, high = (
                        max(t_s[sample] - GRID_S, 0.0),
                        min(t_s[sample] + GRID_S, duration_s),
                    )
                    pair = [sky[primary], sky[other]]
                    tca_s, miss_km = narrowed(pair, start_julian, low, high)
                    if 1e-6 < miss_km <= threshold_km:
                        events.append((int(primary), other, tca_s, miss_km))
    return events


def positions(sky: list[Satrec], start_julian: float, t_s: np.ndarray) -> np.ndarray:
    errors, position, _ = SatrecArray(sky).sgp4(np.full(len(t_s), start_julian), t_s / 86400.0)
    return np.where((errors == 0)[:, :, None], position, np.nan)


def candidates(ranges: np.ndarray, threshold_km: float) -> np.ndarray:
    known = np.pad(np.nan_to_num(ranges, nan=np.inf), ((0, 0), (1, 1)), constant_values=np.inf)
    now = known[:, 1:-1]
    lowest = (now <= known[:, :-2]) & (now < known[:, 2:])
    return np.argwhere(lowest & (now <= threshold_km + FASTEST_KM_S * GRID_S / 2.0))


def narrowed(
    pair: list[Satrec], start_julian: float, low_s: float, high_s: float
) -> tuple[float, float]:
    while True:
        t = np.linspace(low_s, high_s, 41)
        first, second = positions(pair, start_julian, t)
        ranges = np.nan_to_num(np.linalg.norm(second - first, axis=1), nan=np.inf)
        best, step = int(np.argmin(ranges)), t[1] - t[0]
        if step < 1e-4:
            return float(t[best]), float(ranges[best])
        low_s, high_s = max(low_s, t[best] - step), min(high_s, t[best] + step)


def compared(found: Encounters, truth: list[Event]) -> dict[str, object]:
    """Match one to one, nearest in time within a second (slow pairs: within a minute)."""
    speed = found.speed_km_s
    ours: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in range(len(found)):
        ours[int(found.primary[row]), int(found.secondary[row])].append(row)
    missed, rows, shifts, differences = [], [], [], []
    for primary, secondary, tca_s, miss_km in truth:
        free = [row for row in ours[primary, secondary] if row not in rows]
        best = min(free, key=lambda row: abs(found.tca_s[row] - tca_s), default=-1)
        allowed_s = 1.0 if best >= 0 and speed[best] > SLOW_KM_S else 60.0
        if best < 0 or abs(found.tca_s[best] - tca_s) > allowed_s:
            missed.append((primary, secondary, tca_s, miss_km))
            continue
        rows.append(best)
        shifts.append(abs(found.tca_s[best] - tca_s))
        differences.append(abs(found.miss_km[best] - miss_km))
    fast = speed[rows] > SLOW_KM_S
    return {
        "true_events": len(truth),
        "found_of_them": len(rows),
        "slow_among_them": int(np.count_nonzero(~fast)),
        "missed": missed,
        "reported_beyond_truth": len(found) - len(rows),
        "worst_time_fast_s": float(np.max(np.array(shifts)[fast], initial=0.0)),
        "worst_time_slow_s": float(np.max(np.array(shifts)[~fast], initial=0.0)),
        "worst_miss_km": float(np.max(differences, initial=0.0)),
    }


if __name__ == "__main__":
    main()
