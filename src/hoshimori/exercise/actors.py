"""Objects with a part in a story: their trajectories, burns, and the element sets published."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.refit import moved_to, pushed, rows_of, shifted, stacked
from hoshimori.model.assets import Asset
from hoshimori.model.objects import ObjectType
from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats, MeanElements, Times

HISTORY_DAYS = 30.0
_FREEDOM = 3.0
_LARGEST = 12.0


@dataclass(frozen=True, slots=True)
class Noise:
    """Errors of published element sets: scales of Student's t with three degrees of freedom.

    Scales after the residuals measured on satellites with published orbits: quiet changes of the
    semi-major axis have a median of 0.1 to 0.6 m in low orbits and some metres in the belt, with
    tails far heavier than Gaussian. Source: Lemmens & Krag 2014, JGCD 37(3) 860.
    """

    axis_m: float
    radial_km: float
    cross_track_km: float
    in_track_km: float


LOW_NOISE = Noise(axis_m=0.35, radial_km=0.008, cross_track_km=0.015, in_track_km=0.03)
FAINT_NOISE = Noise(axis_m=1.5, radial_km=0.03, cross_track_km=0.05, in_track_km=0.15)
STATION_NOISE = Noise(axis_m=3.0, radial_km=0.03, cross_track_km=0.05, in_track_km=0.15)
HIGH_NOISE = Noise(axis_m=6.0, radial_km=0.1, cross_track_km=0.2, in_track_km=0.5)
BELT_NOISE = Noise(axis_m=8.0, radial_km=0.1, cross_track_km=0.2, in_track_km=0.8)


@dataclass(frozen=True, slots=True, eq=False)
class Arc:
    """A trajectory that holds from a moment until the next arc begins; one row of elements."""

    start_utc: np.datetime64
    elements: MeanElements


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Actor:
    """An object with a trajectory and a way of being tracked."""

    norad_id: int
    name: str
    object_id: str
    object_type: ObjectType
    owner: str
    arcs: tuple[Arc, ...]
    """Oldest first; the first also holds before its start."""
    cadence_days: float
    """Usual interval between element sets."""
    age_days: float
    """Age of the newest element set."""
    noise: Noise
    docked_to: int = 0
    """Catalogue number of the object whose element sets this one shares, or 0."""
    since_days: float = HISTORY_DAYS
    """How long ago its first element set (or its docking) is."""
    asset: Asset | None = None
    launch_utc: np.datetime64 | None = None
    """None for a spring day of the year in `object_id`."""


def burn(
    arcs: tuple[Arc, ...], at_utc: np.datetime64, delta_v_rtn_m_s: tuple[float, float, float]
) -> tuple[Arc, ...]:
    """Return the arcs with a burn put before the oldest one: what came after stays as it is."""
    oldest = arcs[0]
    before = pushed(oldest.elements, np.array([at_utc]), -np.array([delta_v_rtn_m_s]))
    start_utc = at_utc - np.timedelta64(1000, "D")
    return (Arc(start_utc, before), replace(oldest, start_utc=at_utc), *arcs[1:])


def published(
    actors: tuple[Actor, ...], as_of_utc: np.datetime64, rng: np.random.Generator
) -> tuple[MeanElements, npt.NDArray[np.int64]]:
    """Return every element set published of the actors, with the catalogue number of each row.

    The newest set of an object is free of error, so that what a story says holds in SGP4; the
    sets before it carry the errors of `Noise`. Docked objects have the sets of their host.
    """
    free = [actor for actor in actors if not actor.docked_to]
    epochs = [_epochs(actor, as_of_utc, rng) for actor in free]
    scales = [_scales(actor.noise, len(e)) for actor, e in zip(free, epochs, strict=True)]
    truth = [_truth(actor, e) for actor, e in zip(free, epochs, strict=True)]
    exact = moved_to(stacked(truth), np.concatenate(epochs))
    noisy = shifted(exact, _errors(exact, np.concatenate(scales, axis=1), rng))
    norad_id = np.repeat([actor.norad_id for actor in free], [len(e) for e in epochs])
    rows, numbers = [np.arange(len(norad_id))], [norad_id]
    for actor in actors:
        if actor.docked_to:
            since_utc = as_of_utc - np.timedelta64(round(actor.since_days * 86400e6), "us")
            shared = (norad_id == actor.docked_to) & (noisy.epoch_utc >= since_utc)
            rows.append(np.flatnonzero(shared))
            numbers.append(np.full(int(shared.sum()), actor.norad_id))
    return rows_of(noisy, np.concatenate(rows)), np.concatenate(numbers)


def _truth(actor: Actor, epoch_utc: Times) -> MeanElements:
    """Return for each epoch the elements of the arc that holds then."""
    starts = np.array([arc.start_utc for arc in actor.arcs[1:]], dtype=epoch_utc.dtype)
    return rows_of(
        stacked([arc.elements for arc in actor.arcs]),
        np.searchsorted(starts, epoch_utc, side="right"),
    )


def _epochs(actor: Actor, as_of_utc: np.datetime64, rng: np.random.Generator) -> Times:
    """Draw the epochs of an actor's element sets, oldest first."""
    count = int(max(1.0, (actor.since_days - actor.age_days) / actor.cadence_days))
    gaps = actor.cadence_days * rng.uniform(0.7, 1.3, count)
    ages_days = actor.age_days + np.concatenate([[0.0], np.cumsum(gaps)[:-1]])
    return as_of_utc - np.round(ages_days[::-1] * 86400e6).astype("timedelta64[us]")


def _scales(noise: Noise, count: int) -> Floats:
    scales = np.array(
        [
            noise.axis_m * 1e-3,
            noise.radial_km,
            noise.radial_km,
            noise.cross_track_km,
            noise.cross_track_km,
            noise.in_track_km,
        ]
    )
    columns = np.tile(scales[:, None], (1, count))
    columns[:, -1] = 0.0
    return columns


def _errors(elements: MeanElements, scales: Floats, rng: np.random.Generator) -> Floats:
    drawn = np.clip(rng.standard_t(_FREEDOM, scales.shape), -_LARGEST, _LARGEST)
    rate_rad_s = elements.mean_motion_kozai_rad_min / 60.0
    axis_km = (WGS72_MU_KM3_S2 / rate_rad_s**2) ** (1.0 / 3.0)
    errors = drawn * scales
    errors[1:] /= axis_km
    return np.asarray(errors)
