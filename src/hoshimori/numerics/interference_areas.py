"""Disturbed cells that belong together, and where an emitter on the ground could stand."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.hexagons import EARTH_RADIUS_KM, Cells, distances_km, within_rings
from hoshimori.numerics.interference import Whole

_BEARINGS = 72
_STEP_KM = 5.0
_KM_PER_ROOT_M = 4.12
"""Radio horizon over a sphere with 4/3 of the Earth's radius: d = 4.12 (sqrt h1 + sqrt h2)."""


def areas_of(cells: Cells, days: Whole, *, rings: int, gap_days: int) -> Whole:
    """Return the area of each disturbed day of a cell, numbered from 0.

    Two belong to one area where at most `rings` steps and `gap_days` days lie between them, or
    others between them link them.
    """
    rows_of: dict[int, dict[int, int]] = defaultdict(dict)
    for row, (cell, day) in enumerate(zip(cells.tolist(), days.tolist(), strict=True)):
        rows_of[cell][day] = row
    parent = list(range(len(cells)))
    for cell, own in rows_of.items():
        near = [rows_of[other] for other in within_rings(cell, rings) if other in rows_of]
        for day, row in own.items():
            for others in near:
                for later in range(day, day + gap_days + 1):
                    if later in others:
                        _join(parent, row, others[later])
    roots = [_root(parent, row) for row in range(len(cells))]
    _, number = np.unique(np.array(roots, dtype=np.int64), return_inverse=True)
    return number.astype(np.int64)


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


def _join(parent: list[int], first: int, second: int) -> None:
    low, high = sorted((_root(parent, first), _root(parent, second)))
    parent[high] = low


def most_on_one_day(number: Whole, days: Whole) -> Whole:
    """Return for each area, numbered from 0, how many rows its fullest day has.

    >>> most_on_one_day(np.array([0, 0, 0, 1]), np.array([5, 5, 6, 5]))
    array([2, 1])
    """
    if not len(number):
        return np.zeros(0, dtype=np.int64)
    span = int(days.max() - days.min()) + 1
    both, counts = np.unique(number * span + days - days.min(), return_counts=True)
    most = np.zeros(int(number.max()) + 1, dtype=np.int64)
    np.maximum.at(most, both // span, counts)
    return most


def horizon_km(height_1_m: float, height_2_m: float) -> float:
    """Return how far two antennas see one another over smooth ground.

    Source: ITU-R P.310, effective Earth radius 4/3.

    >>> round(horizon_km(10.0, 12000.0))
    464
    """
    return _KM_PER_ROOT_M * (math.sqrt(height_1_m) + math.sqrt(height_2_m))


def height_to_see_m(distance_km: float, other_height_m: float) -> float:
    """Return how high an antenna must stand to see one at a height and distance; 0 on the ground.

    >>> height_to_see_m(400.0, 12000.0)
    0.0
    """
    return max(0.0, distance_km / _KM_PER_ROOT_M - math.sqrt(other_height_m)) ** 2


def reach_of_one_emitter_km(
    centre_deg: tuple[float, float], cells_deg: Floats, horizon: float
) -> float | None:
    """Return the radius about the centre that holds every place from which all cells are in sight.

    None where there is no such place at the centre: no single emitter on the ground reaches all.
    """
    if float(distances_km(np.array(centre_deg), cells_deg).max()) > horizon:
        return None
    steps = np.arange(_STEP_KM, 2.0 * horizon, _STEP_KM)
    bearings = np.linspace(0.0, 2.0 * np.pi, _BEARINGS, endpoint=False)
    places = _places_deg(centre_deg, bearings[:, None], steps[None, :])
    nearest_cosine = (_directions(places) @ _directions(cells_deg).T).min(axis=-1)
    inside = nearest_cosine >= math.cos(horizon / EARTH_RADIUS_KM)
    return float(steps[inside.any(axis=0)].max(initial=0.0)) + _STEP_KM


def _directions(places_deg: Floats) -> Floats:
    lat, lon = np.moveaxis(np.radians(places_deg), -1, 0)
    axes = [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    directions: Floats = np.stack(axes, axis=-1)
    return directions


def _places_deg(centre_deg: tuple[float, float], bearing: Floats, distance_km: Floats) -> Floats:
    """Return places at bearings and distances from a centre (spherical Earth)."""
    lat, lon = math.radians(centre_deg[0]), math.radians(centre_deg[1])
    arc = distance_km / EARTH_RADIUS_KM
    sine = math.sin(lat) * np.cos(arc) + math.cos(lat) * np.sin(arc) * np.cos(bearing)
    east = np.sin(bearing) * np.sin(arc) * math.cos(lat)
    north = np.cos(arc) - math.sin(lat) * sine
    places = np.stack([np.arcsin(sine), lon + np.arctan2(east, north)], axis=-1)
    return np.asarray(np.degrees(places), dtype=np.float64)
