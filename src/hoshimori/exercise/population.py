"""What one population of made objects is: how many, what kind, on which orbits, how fresh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.model.objects import ObjectType

Launches = npt.NDArray[np.int64]
"""Which launch of its population each object came with, shape (n,), ascending from 0."""

MakeOrbits = Callable[[np.random.Generator, Launches], MeanOrbits]
"""Draws the orbits of a population at `REFERENCE_UTC`, one for each entry of the launches."""

REFERENCE_UTC = np.datetime64("2026-01-01T00:00:00", "us")
"""When populations are drawn; the sky of any other moment is this one moved on."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the newest element sets are: a lognormal age, and a share that is stale."""

    median_days: float
    spread: float = 0.6
    """Standard deviation of the logarithm of the age."""
    stale_share: float = 0.01
    """Share of objects last updated 5 to 25 days ago."""


OPERATED = Freshness(0.35, 0.45, 0.002)
TRACKED = Freshness(0.6)
FAINT = Freshness(0.9, 0.8, 0.03)
HIGH = Freshness(0.9, 0.6, 0.015)


@dataclass(frozen=True, slots=True)
class Population:
    """Objects of one kind that share their origin."""

    name: str
    """Names of the objects are this and a running number."""
    object_type: ObjectType
    count: int
    """How many of 30,000."""
    orbits: MakeOrbits
    source: str
    """Where the numbers were published."""
    per_launch: float = 1.0
    """Objects that share a launch, on average."""
    years: tuple[int, int] = (1970, 2025)
    """First and last year of launch."""
    area_to_mass_m2_kg: float = 0.01
    """Median; the logarithm spreads with `area_to_mass_spread`."""
    area_to_mass_spread: float = 0.2
    """Standard deviation of the decimal logarithm."""
    freshness: Freshness = TRACKED


def of_launch(values: npt.NDArray[np.float64], launches: Launches) -> npt.NDArray[np.float64]:
    """Return for each object the value of its launch."""
    return values[launches]


def launches_in(launches: Launches) -> int:
    """Return how many launches there are."""
    return int(launches[-1]) + 1 if len(launches) else 0
