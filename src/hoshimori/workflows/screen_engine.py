"""The engine as `screen` asks it: all that depends on how encounters are searched stands here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from hoshimori.numerics.encounters import Encounters, closest_approaches
from hoshimori.numerics.encounters_sieve import Rows
from hoshimori.numerics.encounters_stays import Stays, stays
from hoshimori.numerics.sgp4 import Satellites

_STEP_S = 480.0
_SHORTEST_STAY_S = 60.0
_LONGEST_SPAN_S = 21_600.0
"""So that little is lost when a screening is cut short."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What to search, in equal steps of time."""

    satellites: Satellites
    t0_utc: np.datetime64
    duration_s: float
    threshold_km: float
    primaries: Rows
    steps: int
    step_s: float


def new_search(
    satellites: Satellites,
    t0_utc: np.datetime64,
    duration_s: float,
    threshold_km: float,
    *,
    primaries: Rows | None = None,
) -> Search:
    """Return a search of all against all, or of some rows against all."""
    steps = int(np.ceil(duration_s / _STEP_S))
    rows = np.arange(len(satellites)) if primaries is None else primaries
    return Search(satellites, t0_utc, duration_s, threshold_km, rows, steps, duration_s / steps)


@lru_cache(maxsize=2)
def _all(search: Search) -> Encounters:
    return closest_approaches(
        search.satellites, search.primaries, search.t0_utc, search.duration_s, search.threshold_km
    )


def encounters_in(search: Search, first: int, last: int, *, device: str = "cpu") -> Encounters:
    """Return the encounters of some steps."""
    found = _all(search)
    low, high = first * search.step_s, last * search.step_s
    return found.take((found.tca_s >= low) & ((found.tca_s < high) | (last == search.steps)))


def slow_stays(search: Search) -> Stays:
    """Return the stays of a search."""
    return stays(
        search.satellites,
        search.primaries,
        search.t0_utc,
        search.duration_s,
        inner_km=search.threshold_km,
        outer_km=search.threshold_km,
        shortest_s=_SHORTEST_STAY_S,
    )


def usable_device(device: str) -> tuple[str, str]:
    """Return the device that will be used and, where it is another one, why."""
    return device, ""


def span_steps(search: Search, memory_mib: int) -> int:
    """Return how many steps a span may have within a memory."""
    longest = int(_LONGEST_SPAN_S / search.step_s)
    return max(1, min(longest, memory_mib // 16))
