"""What makes an area of an emitter worth less than its size says: limits, each in one place."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from hoshimori.model.geolocation import ArrivalKind, GeometryWarning
from hoshimori.numerics.emitter_areas import RISE, Ellipse
from hoshimori.numerics.emitter_search import Geometry

MOST_LONG_OF_WIDE = 50.0
LEAST_CROSSING_DEG = 10.0
LEAST_BASELINE_OFF_SIGHT_DEG = 10.0
LOW_DEG = 5.0
LEAST_CHANCE = 0.01
LEAST_RISE, MOST_RISE = 0.5 * RISE, 2.0 * RISE
MOST_BY_ORBITS = 2.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What an area is judged by."""

    ellipse: Ellipse
    geometry: Geometry
    rise: tuple[float, float]
    """Least and largest rise of chi-square on its edge."""
    chance: float | None
    kinds: frozenset[ArrivalKind]
    is_only: bool
    """Whether no other place fits as well."""
    longest_km: float
    without_orbits_km: float
    """How long it would be if orbits and clocks were known exactly."""


def warnings_of(seen: Seen) -> tuple[GeometryWarning, ...]:
    """Return the warnings of an area, the gravest first."""
    return (*_of_place(seen), *_of_measurements(seen), *_of_size(seen))


def _of_place(seen: Seen) -> Iterator[GeometryWarning]:
    elevation_deg = math.degrees(seen.geometry.lowest_elevation_rad)
    if not seen.geometry.sees_a_pair:
        yield GeometryWarning.OUTSIDE_FOOTPRINT
    elif elevation_deg < 0.0:
        yield GeometryWarning.BELOW_HORIZON
    elif elevation_deg < LOW_DEG:
        yield GeometryWarning.LOW
    if not seen.is_only:
        yield GeometryWarning.AMBIGUOUS


def _of_measurements(seen: Seen) -> Iterator[GeometryWarning]:
    if seen.chance is None:
        yield GeometryWarning.UNCHECKED
    elif seen.chance < LEAST_CHANCE:
        yield GeometryWarning.INCONSISTENT
    if seen.kinds == {ArrivalKind.TDOA}:
        yield GeometryWarning.ONLY_TDOA
    if seen.kinds == {ArrivalKind.FDOA}:
        yield GeometryWarning.ONLY_FDOA


def _of_size(seen: Seen) -> Iterator[GeometryWarning]:
    ellipse = seen.ellipse
    if ellipse.semi_major_km > seen.longest_km:
        yield GeometryWarning.LONG
    if ellipse.semi_major_km > MOST_LONG_OF_WIDE * ellipse.semi_minor_km:
        yield GeometryWarning.ILL_CONDITIONED
    if math.degrees(seen.geometry.crossing_rad) < LEAST_CROSSING_DEG:
        yield GeometryWarning.LINES_ALONG
    if math.degrees(seen.geometry.baseline_off_sight_rad) < LEAST_BASELINE_OFF_SIGHT_DEG:
        yield GeometryWarning.BASELINE_ALONG_SIGHT
    if not LEAST_RISE <= seen.rise[0] <= seen.rise[1] <= MOST_RISE:
        yield GeometryWarning.BENT
    if ellipse.semi_major_km > MOST_BY_ORBITS * seen.without_orbits_km:
        yield GeometryWarning.ORBITS_DECIDE
