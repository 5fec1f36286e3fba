"""The area in which an emitter stands with 95 %: ellipse, outline, and the lines that cross in it.

The ellipse is that of (H' W H)^-1 on the local tangent plane; it is the whole truth only where the
lines of position are straight across it, which `rise_on_edge` tests.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, chdtri

from hoshimori.numerics.arrivals import Arrivals, differences
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.emitter_fit import Situation, normal_at
from hoshimori.numerics.surface import around, east_north_up, moved, position_itrf_km

SHARE = 0.95
RISE = float(chdtri(2.0, 1.0 - SHARE))
"""Chi-square of two degrees of freedom that holds 95 %: 5.991."""
_OUTLINE = 72
_EDGE = 24
_LARGEST_KM = 9_000.0
_LINE_POINTS = 20
_MOST_LINES = 24
_LONGEST_STEP_KM = 500.0


@dataclass(frozen=True, slots=True)
class Ellipse:
    """An ellipse on the tangent plane of a place."""

    semi_major_km: float
    semi_minor_km: float
    azimuth_rad: float
    """Of the long axis, from north over east, 0 to pi."""

    @property
    def area_km2(self) -> float:
        """Return what it covers on the tangent plane."""
        return math.pi * self.semi_major_km * self.semi_minor_km

    def points_km(self, count: int) -> Floats:
        """Return points on its edge, east and north, shape (count, 2)."""
        turn = np.linspace(0.0, 2.0 * np.pi, count, endpoint=False)
        along, across = self.semi_major_km * np.cos(turn), self.semi_minor_km * np.sin(turn)
        sine, cosine = math.sin(self.azimuth_rad), math.cos(self.azimuth_rad)
        return np.stack([along * sine - across * cosine, along * cosine + across * sine], axis=-1)


@dataclass(frozen=True, slots=True, eq=False)
class LineOfPosition:
    """Every place near an area that gives what one measurement says."""

    row: int
    """Of the measurement."""
    places_rad: Floats
    """Latitude and longitude, shape (41, 2)."""


def ellipse_of(matrix: Floats) -> Ellipse:
    """Return the ellipse that holds 95 %, of normal equations for steps east and north [1/km²].

    >>> ellipse = ellipse_of(np.diag([0.25, 1.0]))
    >>> round(ellipse.semi_major_km, 3), round(ellipse.semi_minor_km, 3)
    (4.895, 2.448)
    >>> round(math.degrees(ellipse.azimuth_rad), 1)
    90.0
    """
    information, axes = np.linalg.eigh(matrix)
    minor, major = (math.sqrt(RISE / max(one, 1e-300)) for one in information[::-1])
    east, north = axes[:, 0]
    return Ellipse(major, minor, math.atan2(east, north) % math.pi)


def outline(latitude_rad: float, longitude_rad: float, ellipse: Ellipse) -> Floats:
    """Return the edge of an ellipse on the Earth, latitude and longitude [rad], shape (72, 2).

    It runs counter-clockwise; axes beyond 9,000 km are cut there.
    """
    cut = Ellipse(
        min(ellipse.semi_major_km, _LARGEST_KM),
        min(ellipse.semi_minor_km, _LARGEST_KM),
        ellipse.azimuth_rad,
    )
    east, north = cut.points_km(_OUTLINE).T
    return np.stack(around(latitude_rad, longitude_rad, east, north), axis=-1)


def is_inside(matrix: Floats, step_km: Floats) -> bool:
    """Return whether a place east and north of the centre lies in the 95 % ellipse."""
    return bool(step_km @ matrix @ step_km <= RISE)


def rise_on_edge(
    situation: Situation, latitude_rad: float, longitude_rad: float, ellipse: Ellipse
) -> tuple[float, float]:
    """Return the least and the largest rise of chi-square on the edge of the ellipse.

    Both are `RISE` where the area is an ellipse; a least one far below means that the area goes on
    beyond it, bent.
    """
    longest = max(ellipse.semi_major_km, 1e-12)
    step = ellipse.points_km(_EDGE) * min(1.0, _LARGEST_KM / longest)
    latitude, longitude = around(latitude_rad, longitude_rad, step[:, 0], step[:, 1])
    edge = normal_at(situation, latitude, longitude).chi_square
    here = normal_at(situation, np.array([latitude_rad]), np.array([longitude_rad])).chi_square[0]
    return float(edge.min() - here), float(edge.max() - here)


def chance_of(chi_square: float, degrees: int) -> float | None:
    """Return how often chance alone gives a larger chi-square; None without degrees of freedom.

    >>> round(chance_of(3.84, 1), 3), chance_of(0.0, 0)
    (0.05, None)
    """
    return float(chdtrc(float(degrees), max(chi_square, 0.0))) if degrees > 0 else None


def lines_of_position(
    situation: Situation, latitude_rad: float, longitude_rad: float, reach_km: float
) -> list[LineOfPosition]:
    """Return lines of position near a place.

    Every place on a line gives what was measured, with orbits, clocks and height as the fit found
    them. Lines go on to about `reach_km` on either side; of many measurements of the emitter, some
    spread evenly.
    """
    here = np.array([latitude_rad]), np.array([longitude_rad])
    fit = normal_at(situation, *here)
    sought = np.flatnonzero(situation.arrivals.is_sought)
    rows = sought[np.unique(np.linspace(0, len(sought) - 1, _MOST_LINES).round().astype(int))]
    rest = (fit.off - fit.residual)[0][rows]
    tracer = _Tracer(situation.arrivals.take(rows), situation.height_km, rest)
    back, forth = (tracer.walk(latitude_rad, longitude_rad, reach_km * s) for s in (-1.0, 1.0))
    return [
        LineOfPosition(row, np.concatenate([back[::-1, k], forth[1:, k]]))
        for k, row in enumerate(rows.tolist())
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Tracer:
    """Follows the line of each measurement over the Earth."""

    arrivals: Arrivals
    height_km: float
    rest: Floats
    """What the fit explains by orbits, clocks and height, over sigma."""

    def walk(self, latitude_rad: float, longitude_rad: float, reach_km: float) -> Floats:
        """Return points on each line from beside a place, going one way, shape (21, m, 2)."""
        count, height = len(self.arrivals), np.array(self.height_km)
        latitude, longitude = np.full(count, latitude_rad), np.full(count, longitude_rad)
        points, before = [], np.zeros((count, 2))
        for _ in range(_LINE_POINTS + 1):
            for _ in range(2):
                latitude, longitude, along = self._on_line(latitude, longitude)
            points.append(np.stack([latitude, longitude], axis=-1))
            along *= np.where((along * before).sum(axis=-1) < 0.0, -1.0, 1.0)[:, None]
            before = along
            step = along * (reach_km / _LINE_POINTS)
            latitude, longitude = moved(latitude, longitude, height, step)
        return np.stack(points)

    def _on_line(self, latitude: Floats, longitude: Floats) -> tuple[Floats, Floats, Floats]:
        """Return places moved to their lines, and the unit vectors along these."""
        height, rows = np.array(self.height_km), np.arange(len(self.arrivals))
        place = position_itrf_km(latitude, longitude, height)
        predicted = differences(self.arrivals, place)
        axes = east_north_up(latitude, longitude)[:, :2]
        weight = 1.0 / self.arrivals.sigma
        slope = np.einsum("mc,mac->ma", predicted.by_emitter[rows, rows], axes) * weight[:, None]
        off = (self.arrivals.value - predicted.value[rows, rows]) * weight - self.rest
        steepness = np.maximum(np.hypot(slope[:, 0], slope[:, 1]), 1e-30)[:, None]
        back = slope / steepness**2 * off[:, None]
        back *= np.minimum(1.0, _LONGEST_STEP_KM / np.maximum(np.hypot(*back.T), 1e-12))[:, None]
        along = np.stack([-slope[:, 1], slope[:, 0]], axis=-1) / steepness
        return *moved(latitude, longitude, height, back), along
