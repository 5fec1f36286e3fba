"""Made histories of objects under low thrust of known size, and of ones without."""

from __future__ import annotations

import numpy as np

from hoshimori.exercise.actors import LOW_NOISE, Actor, Arc, Noise, published
from hoshimori.exercise.low_scenes import circling
from hoshimori.exercise.records import Register, element_sets
from hoshimori.exercise.refit import rows_of, shifted, stacked
from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.model.objects import ObjectType
from hoshimori.numerics.constants import MINUTES_PER_DAY, SECONDS_PER_DAY
from hoshimori.numerics.elements import Floats, MeanElements, semi_major_axis_km

HISTORY_DAYS, START_DAY, STOP_DAY = 120.0, 40.0, 80.0
"""Thrust lasts from the fortieth to the eightieth day of a hundred and twenty."""
_FIRST_ID = 71_001
_AS_OF_UTC = np.datetime64("2025-09-01", "us")


def thrust_histories(
    rng: np.random.Generator,
    acceleration_m_s2: Floats,
    *,
    altitude_km: float,
    every_days: float,
    noise: Noise = LOW_NOISE,
) -> ElementSets:
    """Return element sets of one object for each in-track acceleration, in that order of numbers.

    Round orbits with drag. What thrust adds to the axis and
    takes from the place along the orbit is added to sets without it; their drag terms stay true,
    which a fit through thrust would bend.
    """
    actors = tuple(
        _actor(rng, _FIRST_ID + k, altitude_km, every_days, noise)
        for k in range(len(acceleration_m_s2))
    )
    elements, numbers = published(actors, _AS_OF_UTC, rng)
    parts = [
        thrusting(rows_of(elements, np.flatnonzero(numbers == _FIRST_ID + k)), float(size))
        for k, size in enumerate(acceleration_m_s2)
    ]
    numbers = np.repeat(_FIRST_ID + np.arange(len(parts)), [len(part) for part in parts])
    register = Register(
        norad_id=numbers,
        name=np.array([f"SIM {i}" for i in numbers], TEXT),
        object_id=np.array([f"2015-{i % 900 + 100}A" for i in numbers], TEXT),
        launch_utc=np.full(len(numbers), np.datetime64("2015-03-01", "us")),
    )
    return element_sets(stacked(parts), register, _AS_OF_UTC, "made thrust").sorted_by_object()


def thrusting(elements: MeanElements, acceleration_m_s2: float) -> MeanElements:
    """Return the sets of one object as if it had thrust in-track between the two days.

    Source: Edelbaum 1961, ARS J. 31, 1079: da/dt = 2 acceleration / mean motion.
    """
    start_utc = _AS_OF_UTC - np.timedelta64(round(HISTORY_DAYS * SECONDS_PER_DAY), "s")
    days = (elements.epoch_utc - start_utc) / np.timedelta64(1, "D")
    axis_km = semi_major_axis_km(elements)
    rate_rad_day = elements.mean_motion_kozai_rad_min * MINUTES_PER_DAY
    rate_rad_s = rate_rad_day / SECONDS_PER_DAY
    km_per_day = 2e-3 * acceleration_m_s2 / rate_rad_s * SECONDS_PER_DAY
    lasted = np.clip(days, START_DAY, STOP_DAY) - START_DAY
    # The way fallen behind: half the square of the time under thrust, then at the final rate.
    behind = 0.5 * lasted**2 + lasted * np.maximum(days - STOP_DAY, 0.0)
    none = np.zeros(len(days))
    turned = -1.5 * rate_rad_day / axis_km * km_per_day * behind
    return shifted(elements, np.stack([km_per_day * lasted, none, none, none, none, turned]))


def _actor(
    rng: np.random.Generator, number: int, altitude_km: float, every_days: float, noise: Noise
) -> Actor:
    elements = circling(
        _AS_OF_UTC,
        altitude_km=altitude_km + rng.uniform(-20.0, 20.0),
        inclination_deg=rng.uniform(50.0, 98.0),
        node_deg=rng.uniform(0.0, 360.0),
        phase_deg=rng.uniform(0.0, 360.0),
        bstar_per_er=rng.uniform(2e-5, 2e-4),
    )
    return Actor(
        norad_id=number,
        name=f"SIM {number}",
        object_id="",
        object_type=ObjectType.PAYLOAD,
        owner="",
        arcs=(Arc(_AS_OF_UTC - np.timedelta64(1000, "D"), elements),),
        cadence_days=every_days,
        age_days=0.2,
        noise=noise,
        since_days=HISTORY_DAYS,
    )
