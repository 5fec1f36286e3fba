"""Made pairs in low orbits that come together: by a burn of one of them, or by nature alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from hoshimori.exercise.actors import LOW_NOISE, Actor, Arc, burn, published
from hoshimori.exercise.low_scenes import circling
from hoshimori.exercise.mean_orbits import mean_motion_rad_day
from hoshimori.exercise.records import Register, element_sets
from hoshimori.exercise.refit import moved_to, shifted
from hoshimori.exercise.story import moment
from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.model.objects import ObjectType
from hoshimori.numerics.elements import MeanElements, semi_major_axis_km

BEFORE_DAYS, AFTER_DAYS = 75.0, 15.0
"""How long before and after a meeting there are element sets."""
_FIRST_ID = 70_001
_NODE_STEP_DEG = 7.0
_START_UTC = np.datetime64("2025-06-01", "us")


class Coming(Enum):
    """How a made pair comes together."""

    BY_OTHER = "the other burns"
    BY_ASSET = "the asset burns"
    BY_NATURE = "neither burns"
    BESIDE_KEEPER = "the asset only keeps its height"
    """It takes back by burns what the air takes, whoever passes."""


@dataclass(frozen=True, slots=True, eq=False)
class MadePair:
    """Numbers of a pair and the truth about it."""

    asset: int
    other: int
    coming: Coming


def low_company(
    rng: np.random.Generator, pairs: int, *, every_days: float
) -> tuple[ElementSets, tuple[MadePair, ...]]:
    """Return the element sets of made pairs, and how each came together.

    Pairs are in planes of their own. Who comes starts 300 to 900 km away along the orbit, burns 6
    to 25 days before and stops beside the other; by nature two pass at 5 to 60 km a day. The drag
    of both differs; the noise is that of well tracked objects.
    """
    as_of_utc = moment(_START_UTC, BEFORE_DAYS + AFTER_DAYS)
    actors: list[Actor] = []
    truth = []
    ways = tuple(Coming)
    for k in range(pairs):
        asset, other = _FIRST_ID + 2 * k, _FIRST_ID + 2 * k + 1
        coming = ways[k % len(ways)]
        truth.append(MadePair(asset, other, coming))
        arcs = _pair(rng, moment(_START_UTC, BEFORE_DAYS), _NODE_STEP_DEG * k, coming)
        actors += [
            _actor(number, own, every_days)
            for number, own in zip((asset, other), arcs, strict=True)
        ]
    elements, numbers = published(tuple(actors), as_of_utc, rng)
    register = Register(
        norad_id=numbers,
        name=np.array([f"SIM {i}" for i in numbers], TEXT),
        object_id=np.array([f"{2001 + i % 20}-{i % 900 + 100}A" for i in numbers], TEXT),
        launch_utc=np.full(len(numbers), np.datetime64("2010-03-01", "us")),
    )
    return element_sets(elements, register, as_of_utc, "made company").sorted_by_object(), tuple(
        truth
    )


def _actor(norad_id: int, arcs: tuple[Arc, ...], every_days: float) -> Actor:
    return Actor(
        norad_id=norad_id,
        name=f"SIM {norad_id}",
        object_id="",
        object_type=ObjectType.PAYLOAD,
        owner="",
        arcs=arcs,
        cadence_days=every_days,
        age_days=0.3,
        noise=LOW_NOISE,
        since_days=BEFORE_DAYS + AFTER_DAYS,
    )


def _pair(
    rng: np.random.Generator, met_utc: np.datetime64, node_deg: float, coming: Coming
) -> tuple[tuple[Arc, ...], tuple[Arc, ...]]:
    """Return the trajectories of the asset and of the other."""
    altitude_km, bstar = rng.uniform(520.0, 800.0), rng.uniform(2e-5, 8e-5)
    first, second = (
        circling(
            met_utc,
            altitude_km=altitude_km,
            inclination_deg=97.5,
            node_deg=node_deg,
            phase_deg=node_deg,
            bstar_per_er=bstar * drag,
        )
        for drag in (1.0, rng.uniform(0.7, 1.4))
    )
    rate_rad_day = float(mean_motion_rad_day(semi_major_axis_km(first))[0])
    beside_km = rng.uniform(20.0, 70.0) * rng.choice([-1.0, 1.0])
    if coming in (Coming.BY_NATURE, Coming.BESIDE_KEEPER):
        second = _apart(second, beside_km, rng.uniform(5.0, 60.0) / (1.5 * rate_rad_day))
        asset = _always(first)
        if coming is Coming.BESIDE_KEEPER:
            asset = _keeping(rng, asset, met_utc, rate_rad_day)
        return asset, _always(second)
    lasted_days = rng.uniform(6.0, 25.0)
    closing_km_day = rng.uniform(300.0, 900.0) / lasted_days
    # A closing orbit is lower by this much where the comer comes from behind, else higher.
    stop_m_s = np.sign(-beside_km) * closing_km_day / 3.0 / 86.4
    came = _always(_apart(second, beside_km, 0.0))
    came = burn(came, met_utc, (0.0, stop_m_s, 0.0))
    came = burn(came, moment(met_utc, -lasted_days), (0.0, -stop_m_s, 0.0))
    stayed = _always(first)
    return (came, stayed) if coming is Coming.BY_ASSET else (stayed, came)


def _apart(elements: MeanElements, ahead_km: float, higher_km: float) -> MeanElements:
    axis_km = float(semi_major_axis_km(elements)[0])
    errors = np.array([[higher_km, 1e-5, -1e-5, 1e-4, -1e-4, ahead_km / axis_km]]).T
    return shifted(elements, errors)


def _always(elements: MeanElements) -> tuple[Arc, ...]:
    return (Arc(elements.epoch_utc[0] - np.timedelta64(1000, "D"), elements),)


def _keeping(
    rng: np.random.Generator, arcs: tuple[Arc, ...], met_utc: np.datetime64, rate_rad_day: float
) -> tuple[Arc, ...]:
    """Return a trajectory that takes back what the air took every ten days or so before."""
    at_days = 0.0
    while at_days > -BEFORE_DAYS:
        step_days = rng.uniform(7.0, 13.0)
        ends = np.array([moment(met_utc, at_days - step_days), moment(met_utc, at_days)])
        rows = [moved_to(arcs[0].elements, ends[[k]]) for k in (0, 1)]
        lost_km = float(semi_major_axis_km(rows[0])[0] - semi_major_axis_km(rows[1])[0])
        delta_v_m_s = 0.5e3 * rate_rad_day / 86400.0 * lost_km
        arcs = burn(arcs, ends[1], (0.0, delta_v_m_s, 0.0))
        at_days -= step_days
    return arcs
