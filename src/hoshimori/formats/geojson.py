"""GeoJSON: ground tracks, places and areas of an incident.

Longitude before latitude on WGS-84, height in metres; lines and areas that cross the antimeridian
are cut there; outlines run counter-clockwise.

Source: RFC 7946, sections 3.1.1, 3.1.6, 3.1.9, 4 and 6.1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.export_marks import marks_of, reality_prefix
from hoshimori.model.exports import GroundArea, GroundPlace, IncidentExport, OrbitSpan

Point = tuple[float, float]
"""Longitude and latitude in degrees."""

_DECIMALS = 6
_POLE_DEG = 90.0


def write_geojson(what: IncidentExport) -> bytes:
    """Return the ground tracks, places and areas of an export as one feature collection.

    Raises:
        FormatError: there is nothing on the ground to write.
    """
    features = [*_tracks(what), *_places(what), *_areas(what)]
    if not features:
        raise FormatError("nothing to draw on a map: no orbit, place or area in this incident")
    collection = {
        "type": "FeatureCollection",
        "name": f"{reality_prefix(what.reality)}{what.incident.incident_id}",
        "hoshimori": marks_of(what),
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1).encode("utf-8")


def cut_line(points: Sequence[Point]) -> list[list[Point]]:
    """Return a line in parts that do not cross the antimeridian; longitudes -180 to 180.

    >>> cut_line([(179.0, 0.0), (-179.0, 2.0)])
    [[(179.0, 0.0), (180.0, 1.0)], [(-180.0, 1.0), (-179.0, 2.0)]]
    """
    parts = [[points[0]]] if points else []
    for (_, lat1), (lon2, lat2) in pairwise(points):
        here = parts[-1][-1][0]
        step = (lon2 - here + 180.0) % 360.0 - 180.0
        there = here + step
        if abs(there) > 180.0:
            edge = 180.0 if step > 0.0 else -180.0
            latitude = lat1 + (lat2 - lat1) * (edge - here) / step
            parts[-1].append((edge, latitude))
            parts.append([(-edge, latitude)])
            there -= 2.0 * edge
        parts[-1].append((there, lat2))
    return [part for part in map(_without_repeats, parts) if len(part) > 1]


def cut_ring(ring: Sequence[Point]) -> list[list[Point]]:
    """Return an area in closed counter-clockwise rings that do not cross the antimeridian.

    An area around a pole gets an edge along it.

    >>> [ring[0] for ring in cut_ring([(170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0), (170.0, 10.0)])]
    [(170.0, 0.0), (-180.0, 0.0)]
    """
    unrolled = _with_pole(_unrolled(ring))
    pieces = []
    for shift in (0.0, -360.0, 360.0):
        moved = [(lon + shift, lat) for lon, lat in unrolled]
        inside = _clipped(_clipped(moved, -180.0, 1.0), 180.0, -1.0)
        piece = _without_repeats(inside)
        if len(piece) > 1 and piece[0] == piece[-1]:
            piece.pop()
        if len(piece) >= 3 and abs(_signed_area(piece)) > 0.0:
            ordered = piece if _signed_area(piece) > 0.0 else piece[::-1]
            pieces.append([*ordered, ordered[0]])
    return pieces


def _tracks(what: IncidentExport) -> Iterator[dict[str, Any]]:
    for orbit in what.orbits:
        lines = cut_line(list(zip(orbit.longitude_deg.tolist(), orbit.latitude_deg.tolist(),
                                  strict=True)))  # fmt: skip
        if lines:
            geometry = {"type": "MultiLineString", "coordinates": [_rounded(x) for x in lines]}
            yield _feature(what, f"track-{orbit.norad_id}", geometry, _of_orbit(what, orbit))


def _of_orbit(what: IncidentExport, orbit: OrbitSpan) -> dict[str, Any]:
    return {
        "what": "ground_track",
        "name": reality_prefix(what.reality) + what.name_of(orbit.norad_id),
        "norad_id": orbit.norad_id,
        "is_asset": orbit.is_asset,
        "start_utc": f"{np.datetime_as_string(orbit.times_utc[0], unit='s')}Z",
        "end_utc": f"{np.datetime_as_string(orbit.times_utc[-1], unit='s')}Z",
        "element_set_epoch_utc": _time(orbit.epoch_utc),
    }


def _places(what: IncidentExport) -> Iterator[dict[str, Any]]:
    for number, place in enumerate(what.places, 1):
        longitude = (place.longitude_deg + 180.0) % 360.0 - 180.0
        position = [round(longitude, _DECIMALS), round(place.latitude_deg, _DECIMALS)]
        geometry = {"type": "Point", "coordinates": [*position, round(place.height_km * 1e3)]}
        yield _feature(what, f"place-{number}", geometry, _of_place(what, place))


def _of_place(what: IncidentExport, place: GroundPlace) -> dict[str, Any]:
    return {
        "what": place.kind,
        "name": reality_prefix(what.reality) + place.name,
        "finding": place.finding_id,
        "moment_utc": _time(place.moment_utc),
        "because": place.because,
    }


def _areas(what: IncidentExport) -> Iterator[dict[str, Any]]:
    for number, area in enumerate(what.areas, 1):
        rings = [cut for ring in area.rings for cut in cut_ring([(lon, lat) for lat, lon in ring])]
        if rings:
            polygons = [[_rounded(ring)] for ring in rings]
            geometry = {"type": "MultiPolygon", "coordinates": polygons}
            yield _feature(what, f"area-{number}", geometry, _of_area(what, area))


def _of_area(what: IncidentExport, area: GroundArea) -> dict[str, Any]:
    return {
        "what": area.kind,
        "name": reality_prefix(what.reality) + area.name,
        "finding": area.finding_id,
        "start_utc": _time(area.start_utc),
        "end_utc": _time(area.end_utc),
        "share": area.share,
        **({"holds_emitter_with": 0.95} if area.is_emitter else {}),
    }


def _feature(
    what: IncidentExport, feature_id: str, geometry: dict[str, Any], told: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": feature_id,
        "geometry": geometry,
        "properties": told | marks_of(what),
    }


def _rounded(points: Sequence[Point]) -> list[list[float]]:
    return [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in points]


def _without_repeats(points: Sequence[Point]) -> list[Point]:
    kept = list(points[:1])
    kept += [after for before, after in pairwise(points) if after != before]
    return kept


def _unrolled(ring: Sequence[Point]) -> list[Point]:
    """Return a ring, closed, whose longitudes run on without a jump."""
    points = list(ring[:1])
    for lon, lat in [*ring[1:], *ring[:1]]:
        before = points[-1][0]
        points.append((before + (lon - before + 180.0) % 360.0 - 180.0, lat))
    return points


def _with_pole(points: list[Point]) -> list[Point]:
    """Return a ring that closes: one that ran around the Earth goes back along its pole."""
    if not points or abs(points[-1][0] - points[0][0]) < 180.0:
        return points[:-1]
    pole = _POLE_DEG if sum(lat for _, lat in points) > 0.0 else -_POLE_DEG
    return [*points, (points[-1][0], pole), (points[0][0], pole)]


def _clipped(points: Sequence[Point], edge: float, side: float) -> list[Point]:
    """Return the part of an area on one side of a meridian (Sutherland and Hodgman 1974)."""
    kept: list[Point] = []
    for (lon1, lat1), (lon2, lat2) in zip(points, [*points[1:], *points[:1]], strict=True):
        inside1, inside2 = side * (lon1 - edge) >= 0.0, side * (lon2 - edge) >= 0.0
        if inside1:
            kept.append((lon1, lat1))
        if inside1 != inside2:
            kept.append((edge, lat1 + (lat2 - lat1) * (edge - lon1) / (lon2 - lon1)))
    return kept


def _signed_area(points: Sequence[Point]) -> float:
    """Return twice the area in square degrees, positive where it runs counter-clockwise."""
    closed = [*points, points[0]]
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(closed))


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
