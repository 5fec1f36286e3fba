"""On which ground one emitter could stand that all disturbed aircraft had in sight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.hexagons import EARTH_RADIUS_KM

_BEARINGS = 120
_STEP_KM = 4.0


@dataclass(frozen=True, slots=True)
class EmitterGround:
    """Ground that is in sight from all places: always an area, never a point."""

    within_km: float
    """Of the middle asked about: all of it lies there."""
    area_km2: float


def common_ground(
    middle_deg: tuple[float, float], places_deg: Floats, reach_km: Floats
) -> EmitterGround | None:
    """Return the ground no farther from each place than its reach; None where there is none.

    Looked at on a grid of 4 km and 3 degrees about the middle (spherical Earth).
    """
    steps = np.arange(0.5, 2.0 * float(reach_km.max()) / _STEP_KM + 1.0) * _STEP_KM
    bearings = (np.arange(_BEARINGS) + 0.5) * 2.0 * np.pi / _BEARINGS
    grid = _directions(_around(middle_deg, bearings[:, None], steps[None, :]))
    inside = np.ones(grid.shape[:2], dtype=np.bool_)
    limits = np.cos(reach_km / EARTH_RADIUS_KM)
    for direction, limit in zip(_directions(places_deg), limits.tolist(), strict=True):
        inside &= grid @ direction >= limit
    if not inside.any():
        return None
    rings = 2.0 * np.pi * EARTH_RADIUS_KM * np.sin(steps / EARTH_RADIUS_KM) * _STEP_KM
    farthest = float(steps[inside.any(axis=0)].max()) + 0.5 * _STEP_KM
    return EmitterGround(farthest, float((inside.mean(axis=0) * rings).sum()))


def _directions(places_deg: Floats) -> Floats:
    lat, lon = np.moveaxis(np.radians(places_deg), -1, 0)
    axes = [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    directions: Floats = np.stack(axes, axis=-1)
    return directions


def _around(middle_deg: tuple[float, float], bearing: Floats, away_km: Floats) -> Floats:
    lat, lon = np.radians(middle_deg)
    arc = away_km / EARTH_RADIUS_KM
    sine = np.sin(lat) * np.cos(arc) + np.cos(lat) * np.sin(arc) * np.cos(bearing)
    east = np.sin(bearing) * np.sin(arc) * np.cos(lat)
    north = np.cos(arc) - np.sin(lat) * sine
    places = np.stack([np.arcsin(sine), lon + np.arctan2(east, north)], axis=-1)
    return np.asarray(np.degrees(places), dtype=np.float64)
