"""The area of an emitter where lines of position bend across it: it follows chi-square, bent too.

Such an area is long and narrow. Its ridge, on which chi-square is least across, is followed to
either end from the best place; beside the ridge it is as wide as chi-square allows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.emitter_areas import RISE, Ellipse
from hoshimori.numerics.emitter_fit import Rest, Situation, normal_at, rest_of
from hoshimori.numerics.emitter_search import is_in_sight
from hoshimori.numerics.surface import moved

_STEPS_OF_AXIS = 12.0
_MOST_STEPS = 48
_LARGEST_STEP_KM = 250.0
_CORRECTIONS = 2


@dataclass(frozen=True, slots=True)
class _Point:
    """A place on the ridge."""

    latitude_rad: float
    longitude_rad: float
    rise: float
    """Of chi-square over the best place."""
    along: Floats
    """Unit vector of the ridge, east and north."""
    wide_km: float
    """How far across it chi-square rises by one."""


def bent_outline(
    situation: Situation, latitude_rad: float, longitude_rad: float, ellipse: Ellipse
) -> Floats:
    """Return where chi-square has risen by `RISE`, latitude and longitude [rad], shape (k, 2).

    Counter-clockwise. It ends where a satellite would be below the horizon.
    """
    ridge = _Ridge(situation, rest_of(situation), ellipse)
    axis = np.array([math.sin(ellipse.azimuth_rad), math.cos(ellipse.azimuth_rad)])
    forth = ridge.followed(latitude_rad, longitude_rad, axis)
    back = ridge.followed(latitude_rad, longitude_rad, -axis)
    turned = [_Point(p.latitude_rad, p.longitude_rad, p.rise, -p.along, p.wide_km) for p in back]
    whole = [*turned[:0:-1], *forth]
    right = [ridge.beside(point, 1.0) for point in whole]
    left = [ridge.beside(point, -1.0) for point in reversed(whole)]
    return np.array([*right, *left])


@dataclass(frozen=True, slots=True, eq=False)
class _Ridge:
    situation: Situation
    rest: Rest
    ellipse: Ellipse

    def followed(self, latitude_rad: float, longitude_rad: float, axis: Floats) -> list[_Point]:
        """Return the ridge from the best place, going one way, until the area ends."""
        step_km = min(self.ellipse.semi_major_km / _STEPS_OF_AXIS, _LARGEST_STEP_KM)
        best = self._at(latitude_rad, longitude_rad)[3]
        found = [self._settled(latitude_rad, longitude_rad, axis, best)]
        for _ in range(_MOST_STEPS):
            here = found[-1]
            place = self._moved(here.latitude_rad, here.longitude_rad, here.along * step_km)
            point = self._settled(*place, here.along, best)
            if not self._is_seen(point):
                return found
            if point.rise >= RISE:
                # The end lies between: where a straight rise would reach it.
                share = (RISE - here.rise) / max(point.rise - here.rise, 1e-12)
                end = here.along * step_km * share
                place = self._moved(here.latitude_rad, here.longitude_rad, end)
                return [*found, _Point(*place, RISE, here.along, here.wide_km)]
            found.append(point)
        return found

    def _settled(self, latitude: float, longitude: float, axis: Floats, best: float) -> _Point:
        """Return the place of the ridge beside a place; its rise is that over `best`."""
        for _ in range(_CORRECTIONS):
            values, vectors, slope, _ = self._at(latitude, longitude)
            across = vectors[:, 1]
            step = across * float(slope @ across) / values[1]
            latitude, longitude = self._moved(latitude, longitude, step)
        values, vectors, _, chi_square = self._at(latitude, longitude)
        along = vectors[:, 0] if vectors[:, 0] @ axis >= 0.0 else -vectors[:, 0]
        wide_km = 1.0 / math.sqrt(values[1])
        return _Point(latitude, longitude, chi_square - best, along, wide_km)

    def _at(self, latitude: float, longitude: float) -> tuple[Floats, Floats, Floats, float]:
        here = normal_at(self.situation, np.array([latitude]), np.array([longitude]), self.rest)
        values, vectors = np.linalg.eigh(here.matrix[0])
        return values, vectors, here.slope[0], float(here.chi_square[0])

    def _moved(self, latitude: float, longitude: float, step: Floats) -> tuple[float, float]:
        height = np.array(self.situation.height_km)
        ended = moved(np.array([latitude]), np.array([longitude]), height, step[None, :])
        return float(ended[0][0]), float(ended[1][0])

    def _is_seen(self, point: _Point) -> bool:
        place = np.array([point.latitude_rad]), np.array([point.longitude_rad])
        return bool(is_in_sight(self.situation.arrivals, *place)[0])

    def beside(self, point: _Point, side: float) -> tuple[float, float]:
        """Return the edge of the area to the right (1) or left (-1) of the ridge."""
        width = point.wide_km * math.sqrt(max(RISE - point.rise, 0.0))
        right = np.array([point.along[1], -point.along[0]])
        return self._moved(point.latitude_rad, point.longitude_rad, right * side * width)
