"""The many objects around a story: populations drawn, launched, aged and moved to a moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hoshimori.exercise.air_drag import bstar_per_er, lifetime_years
from hoshimori.exercise.breakup_clouds import BREAKUP_CLOUDS
from hoshimori.exercise.constellations import CONSTELLATIONS
from hoshimori.exercise.high_orbits import high_orbits
from hoshimori.exercise.low_orbits import LOW_ORBITS
from hoshimori.exercise.mean_orbits import MeanOrbits, days_since, joined
from hoshimori.exercise.population import REFERENCE_UTC, Freshness, Launches, Population
from hoshimori.model.objects import ObjectType
from hoshimori.numerics.constants import WGS72_RADIUS_KM
from hoshimori.numerics.elements import Floats, MeanElements, Times

_LEAST_PERIGEE_KM = 230.0
_LEAST_LIFETIME_YEARS = 0.7
_FIRST_LAUNCH_NUMBER = 500  # no year has had as many launches: no designator is a real one
_LAUNCHES_A_YEAR = 1000 - _FIRST_LAUNCH_NUMBER
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_LEAST_AGE_DAYS, _LARGEST_FRESH_AGE_DAYS = 0.05, 4.5


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """Objects without a part in a story, one entry each."""

    elements: MeanElements
    names: tuple[str, ...]
    object_ids: tuple[str, ...]
    object_types: tuple[ObjectType, ...]
    launch_utc: Times

    def __len__(self) -> int:
        return len(self.names)


def populations(clear_of_deg_east: tuple[float, ...]) -> tuple[Population, ...]:
    """Return every population; the belt keeps clear of the longitudes given."""
    return CONSTELLATIONS + LOW_ORBITS + high_orbits(clear_of_deg_east) + BREAKUP_CLOUDS


def crowd_of(
    kinds: Sequence[Population], count: int, as_of_utc: np.datetime64, rng: np.random.Generator
) -> Crowd:
    """Draw `count` objects of these populations as they are published at a moment.

    The draw does not depend on the moment: another moment sees the same objects moved on.
    Raises ValueError where more launches fall into a year than there are designators.
    """
    draws = [_Draw.of(kind, n, rng) for kind, n in zip(kinds, _counts(kinds, count), strict=True)]
    age_days = np.concatenate([draw.age_days for draw in draws])
    epoch_utc = as_of_utc - np.round(age_days * 86400e6).astype("timedelta64[us]")
    orbits = joined([draw.orbits for draw in draws]).advanced(days_since(epoch_utc, REFERENCE_UTC))
    bstar = np.concatenate([draw.bstar_per_er for draw in draws])
    return Crowd(
        elements=orbits.elements(epoch_utc, bstar),
        names=_names(draws),
        object_ids=_object_ids(draws),
        object_types=tuple(draw.kind.object_type for draw in draws for _ in draw.launches),
        launch_utc=np.concatenate([draw.launched_utc[draw.launches] for draw in draws]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Draw:
    """One population as drawn at `REFERENCE_UTC`."""

    kind: Population
    launches: Launches
    launched_utc: Times
    """When each launch of the population was, shape (launches,)."""
    orbits: MeanOrbits
    bstar_per_er: Floats
    age_days: Floats

    @classmethod
    def of(cls, kind: Population, count: int, rng: np.random.Generator) -> _Draw:
        groups = max(1, round(count / kind.per_launch))
        grouped = np.sort(rng.integers(0, groups, count))
        launches = np.unique(grouped, return_inverse=True)[1].astype(np.int64)
        orbits = _above_the_air(kind.orbits(rng, launches))
        return cls(
            kind=kind,
            launches=launches,
            launched_utc=_launch_days(kind, groups, rng),
            orbits=orbits,
            bstar_per_er=_drag(kind, orbits, rng),
            age_days=_ages(kind.freshness, count, rng),
        )


def _counts(kinds: Sequence[Population], count: int) -> list[int]:
    """Return how many of each population make up `count`, rounded by largest remainders."""
    shares = np.array([kind.count for kind in kinds], dtype=np.float64)
    exact = shares / shares.sum() * count
    whole = np.floor(exact).astype(int)
    missing = count - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:missing]] += 1
    return [int(n) for n in whole]


def _above_the_air(orbits: MeanOrbits) -> MeanOrbits:
    """Return the orbits, those that would graze the air made rounder."""
    roundest = 1.0 - (WGS72_RADIUS_KM + _LEAST_PERIGEE_KM) / orbits.semi_major_axis_km
    return MeanOrbits(
        orbits.semi_major_axis_km,
        np.minimum(orbits.eccentricity, np.maximum(roundest, 1e-4)),
        orbits.inclination_rad,
        orbits.raan_rad,
        orbits.arg_of_perigee_rad,
        orbits.mean_anomaly_rad,
    )


def _drag(kind: Population, orbits: MeanOrbits, rng: np.random.Generator) -> Floats:
    """Draw B*; an object that light would have fallen long ago, so it is taken as heavier."""
    spread = kind.area_to_mass_spread * np.clip(rng.normal(size=len(orbits)), -2.5, 2.5)
    area_to_mass = kind.area_to_mass_m2_kg * 10.0**spread
    lightest = area_to_mass * lifetime_years(orbits, area_to_mass) / _LEAST_LIFETIME_YEARS
    return bstar_per_er(orbits.perigee_km, np.minimum(area_to_mass, lightest))


def _ages(freshness: Freshness, count: int, rng: np.random.Generator) -> Floats:
    fresh = freshness.median_days * np.exp(freshness.spread * rng.normal(size=count))
    fresh = np.clip(fresh, _LEAST_AGE_DAYS, _LARGEST_FRESH_AGE_DAYS)
    stale = rng.uniform(5.0, 25.0, count)
    return np.where(rng.random(count) < freshness.stale_share, stale, fresh)


def _launch_days(kind: Population, groups: int, rng: np.random.Generator) -> Times:
    first, last = kind.years
    year = np.sort(rng.integers(first, last + 1, groups))
    day = rng.integers(0, 365, groups)
    january: Times = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    return np.asarray(january + day.astype("timedelta64[D]"))


def _names(draws: Sequence[_Draw]) -> tuple[str, ...]:
    used: Counter[str] = Counter()
    names: list[str] = []
    for draw in draws:
        name, first = draw.kind.name, used[draw.kind.name] + 1
        names.extend(f"{name} {number:04d}" for number in range(first, first + len(draw.launches)))
        used[name] += len(draw.launches)
    return tuple(names)


def _object_ids(draws: Sequence[_Draw]) -> tuple[str, ...]:
    """Return designators YYYY-NNNAAA; objects of one launch share the first eight characters."""
    used: Counter[int] = Counter()
    designators: list[str] = []
    for draw in draws:
        pieces = np.bincount(draw.launches) if len(draw.launches) else np.empty(0, np.int64)
        years = draw.launched_utc.astype("datetime64[Y]").astype(int) + 1970
        for count, year in zip(pieces.tolist(), years.tolist()[: len(pieces)], strict=True):
            if used[year] == _LAUNCHES_A_YEAR:
                raise ValueError(f"more than {_LAUNCHES_A_YEAR} launches in {year}: fewer objects")
            launch = f"{year}-{_FIRST_LAUNCH_NUMBER + used[year]:03d}"
            used[year] += 1
            designators.extend(launch + piece_letters(k) for k in range(count))
    return tuple(designators)


def piece_letters(place: int) -> str:
    """Return the letters of a piece of a launch, from 0; I and O are not used.

    >>> piece_letters(0), piece_letters(23), piece_letters(24), piece_letters(600)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    place += 1
    while place > 0:
        place, letter = divmod(place - 1, len(_LETTERS))
        letters = _LETTERS[letter] + letters
    return letters
