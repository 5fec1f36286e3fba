"""Score low thrust on made histories: found by acceleration, and false alarms without any.

Usage: python benchmarks/accuracy_low_thrust.py

No labelled low thrust is public. Made objects (`exercise/low_thrust`) thrust in-track for forty
days of a hundred and twenty, up, down, or not at all. An arc is found where at least half of it is
reported; what is reported of objects without thrust is a false alarm. The result is printed and
kept in benchmarks/results/accuracy_low_thrust.json, from which docs/make_manoeuvres.py writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from hoshimori.detectors.manoeuvre import ManoeuvreRule
from hoshimori.exercise.actors import FAINT_NOISE, LOW_NOISE, Noise
from hoshimori.exercise.low_thrust import HISTORY_DAYS, START_DAY, STOP_DAY, thrust_histories
from hoshimori.model.manoeuvres import Doubt, Manoeuvres
from hoshimori.numerics.rates import rate_interval, share_interval

ACCELERATIONS_UM_S2 = (0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1.0, 3.0)
OBJECTS = 20
QUIET = 100


@dataclass(frozen=True)
class Sky:
    """Objects of one kind, and the way that they thrust."""

    name: str
    altitude_km: float
    noise: Noise
    way: float = 1.0


SKIES = (
    Sky("560 km, well tracked, up", 560.0, LOW_NOISE),
    Sky("560 km, faint, up", 560.0, FAINT_NOISE),
    Sky("1,250 km, well tracked, up", 1250.0, LOW_NOISE),
    Sky("1,250 km, well tracked, down", 1250.0, LOW_NOISE, -1.0),
)


def main() -> None:
    from measuring import keep  # noqa: PLC0415 - tests run this file from elsewhere

    keep("accuracy_low_thrust", {"tables": {"by_acceleration": by_acceleration()}} | quiet())


def by_acceleration(objects: int = OBJECTS, seed: int = 11) -> list[dict[str, Any]]:
    """Return the share of arcs found, by orbit and acceleration."""
    rows = []
    for sky in SKIES:
        for size in ACCELERATIONS_UM_S2:
            found, covered, ratio = _found(objects, seed, sky, sky.way * size * 1e-6)
            low, best, high = share_interval(found, objects)
            rows.append(
                {
                    "orbit": sky.name,
                    "acceleration_um_s2": size,
                    "arcs": objects,
                    "found_95": [round(x, 3) for x in (low, best, high)],
                    "median_share_of_time": round(covered, 2),
                    "median_size_over_true": None if np.isnan(ratio) else round(ratio, 2),
                }
            )
    return rows


def _found(objects: int, seed: int, sky: Sky, size: float) -> tuple[int, float, float]:
    """Return how many arcs are found, the median share of their time, and of their size."""
    told = _told(objects, seed, sky, np.full(objects, size))
    share, spent = np.zeros(objects), np.zeros(objects)
    for k, number in enumerate(np.arange(objects) + told[1]):
        own = told[0].take((told[0].norad_id == number) & told[0].low_thrust)
        start, stop = (_days(own, column) for column in ("start_utc", "end_utc"))
        inside = np.minimum(stop, STOP_DAY) - np.maximum(start, START_DAY)
        share[k] = np.maximum(inside, 0.0).sum() / (STOP_DAY - START_DAY)
        spent[k] = own.in_track_m_s.sum() / (size * 86400.0 * (STOP_DAY - START_DAY))
    found = share >= 0.5
    ratio = float(np.median(spent[found])) if found.any() else np.nan
    return int(found.sum()), float(np.median(share)), ratio


def quiet(objects: int = QUIET, seed: int = 12) -> dict[str, Any]:
    """Return what is reported of objects without thrust."""
    arcs = burns = 0
    skies = [sky for sky in SKIES if sky.way > 0.0]
    for sky in skies:
        told = _told(objects, seed, sky, np.zeros(objects))[0]
        arcs += int(told.low_thrust.sum())
        burns += int((~told.low_thrust).sum())
    years = len(skies) * objects * HISTORY_DAYS / 365.25
    return {
        "quiet_object_years": round(years, 1),
        "false_arcs": arcs,
        "false_arcs_per_object_year_95": [round(x, 3) for x in rate_interval(arcs, years)],
        "false_burns": burns,
    }


def _told(
    objects: int, seed: int, sky: Sky, accelerations: np.ndarray[Any, Any]
) -> tuple[Manoeuvres, int]:
    """Return what is reported of made objects, and the number of the first."""
    rng = np.random.Generator(np.random.PCG64(seed))
    sets = thrust_histories(
        rng, accelerations, altitude_km=sky.altitude_km, every_days=0.5, noise=sky.noise
    )
    rule = ManoeuvreRule()
    (judged,), _ = rule.conclude([rule.judge(sets.mean_elements(), sets.norad_id)])
    changes = judged.changes
    return changes.take(changes.doubt == Doubt.NONE), int(sets.norad_id.min())


def _days(own: Manoeuvres, column: str) -> np.ndarray[Any, Any]:
    """Return moments as days of the made history."""
    first = np.datetime64("2025-09-01", "us") - np.timedelta64(round(HISTORY_DAYS * 24), "h")
    return np.asarray((getattr(own, column) - first) / np.timedelta64(1, "D"))


if __name__ == "__main__":
    main()
