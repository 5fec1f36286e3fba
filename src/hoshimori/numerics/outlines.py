"""Outlines on the Earth: how large and long they are, what lies in them, how far places are.

An outline is a ring of latitudes and longitudes in degrees, dense enough for its edges to be short
lines, without its first point again. Areas are worked out on an equal-area map about its middle, on
a sphere of the Earth's mean radius: within 0.5 % of the ellipsoid's.

Source: Snyder 1987, Map Projections, USGS Professional Paper 1395, section 24 (Lambert azimuthal
equal-area).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.hexagons import EARTH_RADIUS_KM

Ring = Sequence[tuple[float, float]]


def middle_deg(ring_deg: Ring) -> tuple[float, float]:
    """Return the middle of the points of an outline, latitude and longitude; only for drawing.

    >>> middle_deg([(1.0, 179.0), (1.0, -179.0), (-1.0, -179.0), (-1.0, 179.0)])[0]
    0.0
    """
    x, y, z = _directions(ring_deg).mean(axis=0).tolist()
    latitude = np.degrees(np.arctan2(z, np.hypot(x, y)))
    return float(latitude), float(np.degrees(np.arctan2(y, x)))


def area_km2(ring_deg: Ring) -> float:
    """Return what an outline covers."""
    x, y = _on_map(ring_deg, ring_deg).T
    return float(abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 2.0)


def length_km(ring_deg: Ring) -> float:
    """Return how far the two points of an outline are apart that are farthest apart.

    >>> round(length_km([(0.0, 0.0), (0.0, 1.0), (0.1, 0.5)]), 1)
    111.2
    """
    directions = _directions(ring_deg)
    chord = np.linalg.norm(directions[:, None] - directions[None, :], axis=-1).max()
    return float(2.0 * EARTH_RADIUS_KM * np.arcsin(min(chord / 2.0, 1.0)))


def holds(ring_deg: Ring, place_deg: tuple[float, float]) -> bool:
    """Tell whether a place lies within an outline.

    >>> square = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)]
    >>> holds(square, (0.5, 0.5)), holds(square, (0.5, 1.5)), holds(square, (0.5, -179.5))
    (True, False, False)
    """
    ring = _on_map(ring_deg, ring_deg)
    x, y = _on_map(ring_deg, [place_deg])[0]
    after = np.roll(ring, -1, axis=0)
    crosses = (ring[:, 1] > y) != (after[:, 1] > y)
    rise = np.where(crosses, after[:, 1] - ring[:, 1], 1.0)
    at = ring[:, 0] + (y - ring[:, 1]) / rise * (after[:, 0] - ring[:, 0])
    return bool(np.count_nonzero(crosses & (at > x)) % 2)


def apart_km(ring_deg: Ring, place_deg: tuple[float, float]) -> float:
    """Return how far a place is from an outline; 0 within it.

    That is to the nearest of its points and of those halfway between them.

    >>> square = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)]
    >>> apart_km(square, (0.5, 0.5)), round(apart_km(square, (0.0, 2.0)), 1)
    (0.0, 111.2)
    """
    if holds(ring_deg, place_deg):
        return 0.0
    points = _directions(ring_deg)
    between = points + np.roll(points, -1, axis=0)
    between /= np.linalg.norm(between, axis=1, keepdims=True)
    chord = np.linalg.norm(np.concatenate([points, between]) - _directions([place_deg]), axis=1)
    return float(2.0 * EARTH_RADIUS_KM * np.arcsin(min(float(chord.min()) / 2.0, 1.0)))


def _directions(places_deg: Ring) -> Floats:
    latitude, longitude = np.radians(np.asarray(places_deg, dtype=np.float64)).T
    across = np.cos(latitude)
    axes = (across * np.cos(longitude), across * np.sin(longitude), np.sin(latitude))
    return np.stack(axes, axis=-1)


def _on_map(ring_deg: Ring, places_deg: Ring) -> Floats:
    """Return places on the equal-area map about the middle of an outline [km], shape (n, 2)."""
    latitude, longitude = np.radians(middle_deg(ring_deg))
    north = (
        -np.sin(latitude) * np.cos(longitude),
        -np.sin(latitude) * np.sin(longitude),
        np.cos(latitude),
    )
    east = (-np.sin(longitude), np.cos(longitude), 0.0)
    up = _directions([(float(np.degrees(latitude)), float(np.degrees(longitude)))])[0]
    places = _directions(places_deg)
    away = np.maximum(1.0 + places @ up, 1e-12)
    plane = np.stack([places @ np.array(east), places @ np.array(north)], axis=-1)
    shown: Floats = plane * (EARTH_RADIUS_KM * np.sqrt(2.0 / away))[:, None]
    return shown
