"""Areas of a located signal in forms that others read: GeoJSON, and the ITU's form of interference.

Neither holds a point: GeoJSON has the outline of each 95 % ellipse and the lines of position, the
form of Appendix 10 tells in item h each ellipse by its axes, or the edges of a bent outline.

Source: RFC 7946; ITU Radio Regulations, Appendix 10 and Article 15, section VI; how the form is
used for space services: Recommendation ITU-R SM.2149-0 (2022).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from hoshimori.formats.appendix10 import form_of
from hoshimori.formats.appendix10_radio import located_text, measured_text
from hoshimori.formats.export_marks import marking_banner, reality_prefix
from hoshimori.formats.geojson import cut_line, cut_ring
from hoshimori.model.findings_of_emitters import LocatedArea, as_located
from hoshimori.model.geolocation import EmitterArea, GeolocationReport
from hoshimori.model.markings import Marking

_DECIMALS = 5


def write_located_geojson(report: GeolocationReport, *, marking: Marking, software: str) -> bytes:
    """Return every area and its lines of position as one feature collection."""
    marks = {
        "reality": report.reality.value,
        "marking": marking_banner(marking),
        "start_utc": _time(report.start_utc),
        "end_utc": _time(report.end_utc),
        "software": software,
    }
    features = [
        _feature(feature, marks)
        for number, area in enumerate(report.areas, 1)
        for feature in _features(area, number, report)
    ]
    collection = {
        "type": "FeatureCollection",
        "name": f"{reality_prefix(report.reality)}{report.title or 'located signal'}",
        "hoshimori": marks,
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1).encode("utf-8")


def _features(
    area: EmitterArea, number: int, report: GeolocationReport
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Give identifier, geometry and properties of each feature of an area."""
    rings = cut_ring([(lon, lat) for lat, lon in area.ring_deg])
    polygons = [[_rounded(ring)] for ring in rings]
    yield (
        f"area-{number}",
        {"type": "MultiPolygon", "coordinates": polygons},
        _of_area(area, number, report),
    )
    for row, (line, kind) in enumerate(zip(area.lines_deg, area.line_kinds, strict=True), 1):
        parts = [_rounded(part) for part in cut_line([(lon, lat) for lat, lon in line])]
        if parts:
            geometry = {"type": "MultiLineString", "coordinates": parts}
            told = {"what": "line_of_position", "measured": kind.value, "area": number}
            yield f"line-{number}-{row}", geometry, told


def _of_area(area: EmitterArea, number: int, report: GeolocationReport) -> dict[str, Any]:
    located = as_located(area)
    return {
        "what": "emitter_area",
        "name": f"{reality_prefix(report.reality)}95 % area {number} of {len(report.areas)}",
        "holds_with": 0.95,
        "area_km2": round(located.area_km2, 3),
        "length_km": round(located.length_km, 3),
        **_axes(located),
        "chance": area.chance,
        "is_one_of": len(report.areas),
        "warnings": [one.name.lower() for one in area.warnings],
    }


def _axes(area: LocatedArea) -> dict[str, float]:
    """Return the axes of the ellipse; none where the area is bent."""
    ellipse = area.ellipse
    if ellipse is None:
        return {}
    return {
        "semi_major_km": round(ellipse.semi_major_km, 3),
        "semi_minor_km": round(ellipse.semi_minor_km, 3),
        "azimuth_deg": round(ellipse.azimuth_deg, 1),
    }


def _feature(told: tuple[str, dict[str, Any], dict[str, Any]], marks: dict[str, str]) -> Any:
    feature_id, geometry, properties = told
    return {
        "type": "Feature",
        "id": feature_id,
        "geometry": geometry,
        "properties": properties | marks,
    }


def write_located_appendix10(
    report: GeolocationReport, *, marking: Marking, software: str
) -> bytes:
    """Return the form of a report of harmful interference with the located areas in it."""
    marks = (report.reality.value, marking_banner(marking))
    title = report.title or "a signal"
    about = f"{title}, located by {software}; {len(report.areas)} area(s) fit the measurements"
    return form_of(_items(report), marks=marks, about=about)


def _items(report: GeolocationReport) -> dict[str, str]:
    """Return the items that differences of arrival tell, by letter."""
    span = f"{_time(report.start_utc)} to {_time(report.end_utc)}"
    located = (located_text(as_located(area)) for area in report.areas)
    known = {"h": "; ".join(located), "s": span}
    if report.carrier_hz is not None:
        known["b"] = f"{report.carrier_hz / 1e6:.6f} MHz, {span}"
    counts = (report.tdoa, report.fdoa, report.of_references)
    known["i"] = measured_text(report.satellites, counts)
    if len(report.areas) > 1:
        known["h"] += "; one of these, not told apart by the measurements"
    return known


def _rounded(points: list[tuple[float, float]]) -> list[list[float]]:
    return [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in points]


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
