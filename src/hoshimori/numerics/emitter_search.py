"""Every place on the Earth from which the same differences of arrival would be measured.

Differences of two satellites leave mirror places: the fit is started all over the part of the Earth
that the satellites see, and every place that it comes to is told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.errors import CoverageError
from hoshimori.numerics.arrivals import Arrivals, Bools
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.emitter_fit import Fits, Situation, fits_from, normal_at
from hoshimori.numerics.surface import position_itrf_km, sine_of_elevation, spread_over_the_earth

DEFAULT_STARTS = 160
EXCLUDED_RISE = 13.816
"""Chi-square of two degrees of freedom that chance exceeds once in a thousand."""
_COARSE = 4_000
_REFRACTED = -0.02
"""Sine of elevation at which radio still comes over the horizon: a degree."""
_MOST_POINTS = 60_000
_FEWEST_POINTS = 40


@dataclass(frozen=True, slots=True, eq=False)
class EmitterSearch:
    """Where the fit came to from starts all over the common footprint."""

    places: Fits
    """Not told apart by the measurements, the best first."""
    excluded: Fits
    """Fits that the measurements tell apart from the best: worse by more than `EXCLUDED_RISE`."""
    hidden: int
    """Places from which a satellite would be below the horizon: no solutions, only counted.
    Zero where there are no others; then those are the places."""


def found_places(situation: Situation, *, starts: int = DEFAULT_STARTS) -> EmitterSearch:
    """Return every place that fits, from about so many starts.

    Raises:
        CoverageError: too few measurements of the emitter, no place sees the satellites, or the
            fit settles nowhere.
    """
    sought = int(np.count_nonzero(situation.arrivals.is_sought))
    if sought < 2:
        raise CoverageError(
            f"{sought} measurement(s) of the emitter: one gives a line across the Earth, no area; "
            "add a difference of the other kind, of another time or of another pair"
        )
    fits = fits_from(situation, *footprint_points(situation.arrivals, starts))
    fits = fits.take(np.flatnonzero(_is_area(fits)))
    if not len(fits):
        raise CoverageError(
            "the fit settles nowhere: the lines of position do not cross within sight of the "
            "satellites; check signs (first minus second), units, times and which satellite is "
            "which"
        )
    seen = is_in_sight(situation.arrivals, fits.latitude_rad, fits.longitude_rad)
    own = fits.take(np.flatnonzero(seen)) if seen.any() else fits
    is_worse = own.chi_square - own.chi_square[0] > EXCLUDED_RISE
    return EmitterSearch(
        places=own.take(np.flatnonzero(~is_worse)),
        excluded=own.take(np.flatnonzero(is_worse)),
        hidden=int(np.count_nonzero(~seen)) if seen.any() else 0,
    )


def footprint_points(arrivals: Arrivals, count: int) -> tuple[Floats, Floats]:
    """Return about so many points, spread evenly, that every satellite sees at its measurement.

    Where no place sees all of them, those that see both satellites of any measurement.
    """
    latitude, longitude = spread_over_the_earth(_COARSE)
    share = _in_footprint(arrivals, latitude, longitude).mean()
    wanted = int(np.clip(count / max(share, 1e-4), _FEWEST_POINTS, _MOST_POINTS))
    latitude, longitude = spread_over_the_earth(wanted)
    rows = _in_footprint(arrivals, latitude, longitude)
    if not rows.any():
        raise CoverageError(
            "no place on the Earth sees both satellites of any measurement: check which satellite "
            "is which, and the times"
        )
    return latitude[rows], longitude[rows]


def _in_footprint(arrivals: Arrivals, latitude: Floats, longitude: Floats) -> Bools:
    both = (sines_of_elevation(arrivals, latitude, longitude) > 0.0).all(axis=-1)
    every = both.all(axis=-1)
    return np.asarray(every if every.any() else both.any(axis=-1))


def sines_of_elevation(arrivals: Arrivals, latitude: Floats, longitude: Floats) -> Floats:
    """Return how high both satellites of each measurement of the emitter stand, (n, k, 2)."""
    place = position_itrf_km(latitude, longitude, np.array(0.0))
    sought = arrivals.position_km[arrivals.is_sought]
    return sine_of_elevation(place[:, None, None, :], sought)


def is_in_sight(arrivals: Arrivals, latitude: Floats, longitude: Floats) -> Bools:
    """Return which places see both satellites of every measurement of the emitter."""
    sines = sines_of_elevation(arrivals, latitude, longitude)
    return np.asarray((sines > _REFRACTED).all(axis=(1, 2)))


def _is_area(fits: Fits) -> Bools:
    """Return which fits are held in both directions at all."""
    determinant = np.linalg.det(fits.matrix)
    trace = np.trace(fits.matrix, axis1=1, axis2=2)
    return np.asarray(np.isfinite(determinant) & (determinant > 1e-14 * trace**2) & (trace > 0.0))


@dataclass(frozen=True, slots=True)
class Geometry:
    """How the measurements of the emitter lie to one another, seen from a place."""

    lowest_elevation_rad: float
    """Of any satellite at its measurement; negative below the horizon."""
    sees_a_pair: bool
    """Both satellites of at least one measurement are above the horizon."""
    crossing_rad: float
    """Largest angle between two lines of position."""
    baseline_off_sight_rad: float
    """Largest angle between a baseline and the line of sight along it."""


def geometry_at(situation: Situation, latitude_rad: float, longitude_rad: float) -> Geometry:
    """Return the geometry at a place."""
    arrivals = situation.arrivals
    latitude, longitude = np.array([latitude_rad]), np.array([longitude_rad])
    sines = sines_of_elevation(arrivals, latitude, longitude)[0]
    step = normal_at(situation, latitude, longitude).by_step[0][arrivals.is_sought]
    place = position_itrf_km(latitude, longitude, np.array(situation.height_km))[0]
    sought = arrivals.position_km[arrivals.is_sought]
    baseline, sight = sought[:, 0] - sought[:, 1], place - sought.mean(axis=1)
    lengths = np.linalg.norm(baseline, axis=-1) * np.linalg.norm(sight, axis=-1)
    cosine = np.abs((baseline * sight).sum(axis=-1)) / np.maximum(lengths, 1e-9)
    return Geometry(
        lowest_elevation_rad=float(np.arcsin(sines.min())),
        sees_a_pair=bool((sines > 0.0).all(axis=1).any()),
        crossing_rad=_widest_crossing(step),
        baseline_off_sight_rad=float(np.arccos(np.clip(cosine, 0.0, 1.0)).max()),
    )


def _widest_crossing(step: Floats) -> float:
    """Return the largest angle between lines whose normals are given, 0 to pi/2."""
    bearing = np.arctan2(step[:, 1], step[:, 0])
    apart = np.abs(np.sin(bearing[:, None] - bearing[None, :]))
    return float(np.arcsin(np.clip(apart.max(), 0.0, 1.0)))
