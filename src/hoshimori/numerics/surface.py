"""Places on the Earth's surface: positions, the horizontal plane of each, moves and elevations.

Latitude (geodetic) and longitude in radians, height in kilometres above the WGS-84 ellipsoid;
positions in ITRF, kilometres. Shapes broadcast; vectors have shape (..., 3).
"""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.constants import WGS84_FLATTENING, WGS84_RADIUS_KM
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.frames import geodetic

_E2 = WGS84_FLATTENING * (2.0 - WGS84_FLATTENING)
_GOLDEN_RAD = np.pi * (3.0 - np.sqrt(5.0))


def position_itrf_km(latitude_rad: Floats, longitude_rad: Floats, height_km: Floats) -> Floats:
    """Return the position of places; the inverse of `geodetic`.

    Source: NIMA TR8350.2 (3rd edition, 2000), eq. 4-14.

    >>> position_itrf_km(np.array(0.0), np.array(0.0), np.array(0.5)).tolist()
    [6378.637, 0.0, 0.0]
    """
    sine, cosine = np.sin(latitude_rad), np.cos(latitude_rad)
    normal_km = WGS84_RADIUS_KM / np.sqrt(1.0 - _E2 * sine**2)
    across = (normal_km + height_km) * cosine
    axes = (
        across * np.cos(longitude_rad),
        across * np.sin(longitude_rad),
        (normal_km * (1.0 - _E2) + height_km) * sine,
    )
    return np.stack(np.broadcast_arrays(*axes), axis=-1)


def east_north_up(latitude_rad: Floats, longitude_rad: Floats) -> Floats:
    """Return the unit vectors east, north, up of places as rows, shape (..., 3, 3)."""
    s_lat, c_lat = np.sin(latitude_rad), np.cos(latitude_rad)
    s_lon, c_lon = np.sin(longitude_rad), np.cos(longitude_rad)
    zero = np.zeros_like(s_lon * s_lat)
    east = np.stack(np.broadcast_arrays(-s_lon, c_lon, zero), axis=-1)
    north = np.stack(np.broadcast_arrays(-s_lat * c_lon, -s_lat * s_lon, c_lat), axis=-1)
    up = np.stack(np.broadcast_arrays(c_lat * c_lon, c_lat * s_lon, s_lat), axis=-1)
    return np.stack([east, north, up], axis=-2)


def moved(
    latitude_rad: Floats, longitude_rad: Floats, height_km: Floats, step_km: Floats
) -> tuple[Floats, Floats]:
    """Return latitude and longitude after steps east and north, shape (..., 2), along the surface.

    Exact for short steps; one of L km ends 4e-9 L³ km too near (4 m for 100 km).
    """
    plane = east_north_up(latitude_rad, longitude_rad)[..., :2, :]
    start = position_itrf_km(latitude_rad, longitude_rad, height_km)
    latitude, longitude, _ = geodetic(start + np.einsum("...i,...ij->...j", step_km, plane))
    return latitude, longitude


def around(
    latitude_rad: float, longitude_rad: float, east_km: Floats, north_km: Floats
) -> tuple[Floats, Floats]:
    """Return latitude and longitude at distances and bearings of an azimuthal, equidistant map.

    Bearings and distances from the centre are true to 0.6 % (sphere through the centre).
    """
    centre = position_itrf_km(np.array(latitude_rad), np.array(longitude_rad), np.array(0.0))
    radius_km = float(np.linalg.norm(centre))
    plane = east_north_up(np.array(latitude_rad), np.array(longitude_rad))
    distance = np.hypot(east_km, north_km)
    arc = distance / radius_km
    share = np.divide(np.sin(arc), distance, out=np.zeros_like(arc), where=distance > 0.0)
    along = np.stack([east_km * share, north_km * share, np.cos(arc)], axis=-1) @ plane
    # The plane's "up" is the ellipsoid's normal: read as a normal, it is a geodetic latitude.
    latitude = np.arcsin(np.clip(along[..., 2], -1.0, 1.0))
    return np.asarray(latitude), np.asarray(np.arctan2(along[..., 1], along[..., 0]))


def east_north_km(
    latitude_rad: float, longitude_rad: float, other_latitude: Floats, other_longitude: Floats
) -> Floats:
    """Return where places lie on the map of `around`, east and north, shape (..., 2)."""
    centre = position_itrf_km(np.array(latitude_rad), np.array(longitude_rad), np.array(0.0))
    plane = east_north_up(np.array(latitude_rad), np.array(longitude_rad))
    normal = east_north_up(other_latitude, other_longitude)[..., 2, :]
    east, north, up = np.moveaxis(normal @ plane.T, -1, 0)
    across = np.hypot(east, north)
    distance = np.arctan2(across, up) * float(np.linalg.norm(centre))
    share = np.divide(distance, across, out=np.zeros_like(across), where=across > 0.0)
    return np.stack([east * share, north * share], axis=-1)


def sine_of_elevation(place_km: Floats, satellite_km: Floats) -> Floats:
    """Return the sine of the elevation of satellites above the horizon of places.

    Up is the direction from the Earth's centre: within 0.2 degrees of the plumb line.
    """
    sight = satellite_km - place_km
    up = place_km / np.linalg.norm(place_km, axis=-1, keepdims=True)
    return np.asarray((sight * up).sum(axis=-1) / np.linalg.norm(sight, axis=-1))


def spread_over_the_earth(count: int) -> tuple[Floats, Floats]:
    """Return latitude and longitude of points spread evenly over the Earth, always the same.

    Source: Fibonacci lattice, Swinbank & Purser 2006, Q. J. R. Meteorol. Soc. 132, 1769.
    """
    row = np.arange(count) + 0.5
    latitude = np.arcsin(1.0 - 2.0 * row / count)
    longitude = (row * _GOLDEN_RAD + np.pi) % (2.0 * np.pi) - np.pi
    return latitude, longitude
