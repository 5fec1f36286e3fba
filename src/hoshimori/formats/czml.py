"""CZML: the orbits and areas of an incident, for Cesium and what else draws globes.

Positions are written in the inertial frame (GCRF, which CZML calls INERTIAL and Cesium ICRF) in
metres, and interpolated by Lagrange polynomials of seventh degree.

Source: CZML Guide of the Cesium project (packets, document, availability, interpolation).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from typing import Any
from xml.sax.saxutils import escape

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.export_marks import marks_of, reality_prefix
from hoshimori.model.exports import GroundArea, IncidentExport, OrbitSpan
from hoshimori.model.moments import as_column_time, as_datetime

DEGREE = 7
"""Of the interpolating polynomials; with points at most four degrees of true anomaly apart they
err by less than a millimetre, also at the perigee of a Molniya orbit."""

_MOST_LINKS = 20
_ASSET_RGBA = [47, 155, 255, 255]
_OTHER_RGBA = [255, 242, 122, 255]
_LINK_RGBA = [200, 200, 200, 160]
_AREA_RGBA = [230, 120, 60, 110]


def write_czml(what: IncidentExport) -> bytes:
    """Return the orbits and areas of an export as one CZML document.

    Raises:
        FormatError: there is neither.
    """
    if not (what.orbits or what.areas):
        raise FormatError("nothing to draw: no object of this incident has element sets")
    packets = [_document(what), *(_object(what, orbit) for orbit in what.orbits), *_links(what)]
    packets += [packet for n, area in enumerate(what.areas, 1) for packet in _area(what, area, n)]
    return json.dumps(packets, ensure_ascii=False, allow_nan=False, indent=1).encode("utf-8")


def _document(what: IncidentExport) -> dict[str, Any]:
    spans = [(as_datetime(o.times_utc[0]), as_datetime(o.times_utc[-1])) for o in what.orbits]
    spans += [(area.start_utc, area.end_utc) for area in what.areas]
    start, stop = min(span[0] for span in spans), max(span[1] for span in spans)
    current = min(max(what.as_of_utc, start), stop)
    name = f"{reality_prefix(what.reality)}{what.incident.incident_id}"
    return {
        "id": "document",
        "name": name,
        "version": "1.0",
        "description": _description(what),
        "clock": {
            "interval": f"{_time(start)}/{_time(stop)}",
            "currentTime": _time(current),
            "multiplier": 60,
            "range": "LOOP_STOP",
            "step": "SYSTEM_CLOCK_MULTIPLIER",
        },
        "properties": _properties(what),
    }


def _description(what: IncidentExport) -> str:
    """Return the description, which viewers show as HTML."""
    marks = marks_of(what)
    lines = [f"{marks['reality']} — {marks['marking']}"]
    for finding in what.findings:
        text = what.texts.get(finding.finding_id)
        if text:
            lines.append(f"{text.headline}. {text.sentences}")
    if what.left_out:
        lines.append(f"{what.left_out} more objects are not drawn.")
    if what.orbits:
        lines.append("Orbits by SGP4 from public element sets: kilometres off, and not steered.")
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _object(what: IncidentExport, orbit: OrbitSpan) -> dict[str, Any]:
    name = reality_prefix(what.reality) + what.name_of(orbit.norad_id)
    colour = _ASSET_RGBA if orbit.is_asset else _OTHER_RGBA
    start, stop = (as_datetime(orbit.times_utc[k]) for k in (0, -1))
    marks = marks_of(what)
    told = (
        f"{marks['reality']} — {marks['marking']}",
        f"{what.name_of(orbit.norad_id)}; element set of {_time(orbit.epoch_utc)}",
    )
    return {
        "id": _id(orbit),
        "name": name,
        "description": "".join(f"<p>{escape(line)}</p>" for line in told),
        "availability": f"{_time(start)}/{_time(stop)}",
        "position": {
            "epoch": _time(start),
            "referenceFrame": "INERTIAL",
            "interpolationAlgorithm": "LAGRANGE",
            "interpolationDegree": DEGREE,
            "cartesian": _samples(orbit),
        },
        "point": {"pixelSize": 8, "color": {"rgba": colour}},
        "label": {
            "text": name,
            "font": "12px sans-serif",
            "pixelOffset": {"cartesian2": [10, 0]},
            "horizontalOrigin": "LEFT",
            "fillColor": {"rgba": colour},
        },
        "path": {
            "leadTime": round(orbit.period_s / 2.0, 1),
            "trailTime": round(orbit.period_s / 2.0, 1),
            "width": 1.5,
            "resolution": round(orbit.period_s / 120.0, 1),
            "material": {"solidColor": {"color": {"rgba": colour}}},
        },
        "properties": _properties(what) | {"norad_id": {"number": orbit.norad_id}},
    }


def _samples(orbit: OrbitSpan) -> list[float]:
    seconds = (orbit.times_utc - orbit.times_utc[0]) / np.timedelta64(1, "s")
    metres = np.round(orbit.position_gcrf_km * 1000.0, 3)
    rows: list[float] = np.column_stack([seconds, metres]).ravel().tolist()
    return rows


def _links(what: IncidentExport) -> list[dict[str, Any]]:
    """Return lines from each asset to each other object, or between the two assets."""
    assets = [orbit for orbit in what.orbits if orbit.is_asset]
    others = [orbit for orbit in what.orbits if not orbit.is_asset]
    pairs = list(product(assets, others)) if others else list(pairwise(assets))
    return [_link(what, one, other) for one, other in pairs[:_MOST_LINKS]]


def _link(what: IncidentExport, one: OrbitSpan, other: OrbitSpan) -> dict[str, Any]:
    start = as_datetime(max(one.times_utc[0], other.times_utc[0]))
    stop = as_datetime(min(one.times_utc[-1], other.times_utc[-1]))
    shown = _shown(what, start, stop)
    names = f"{what.name_of(one.norad_id)} — {what.name_of(other.norad_id)}"
    return {
        "id": f"range-{one.norad_id}-{other.norad_id}",
        "name": f"{reality_prefix(what.reality)}Range {names}",
        "availability": f"{_time(start)}/{_time(stop)}",
        "polyline": {
            "show": [{"interval": f"{_time(shown[0])}/{_time(shown[1])}", "boolean": True}],
            "positions": {"references": [f"{_id(one)}#position", f"{_id(other)}#position"]},
            "arcType": "NONE",
            "width": 1,
            "material": {"solidColor": {"color": {"rgba": _LINK_RGBA}}},
        },
        "properties": _properties(what),
    }


def _area(what: IncidentExport, area: GroundArea, number: int) -> list[dict[str, Any]]:
    """Return an area as polygons on the ground, one for each of its outlines."""
    marks = marks_of(what)
    text = what.texts.get(area.finding_id)
    told = (f"{marks['reality']} — {marks['marking']}", text.headline if text else area.name)
    return [
        {
            "id": f"area-{number}-{part}",
            "name": f"{reality_prefix(what.reality)}{area.name}",
            "description": "".join(f"<p>{escape(line)}</p>" for line in told),
            "availability": f"{_time(area.start_utc)}/{_time(area.end_utc)}",
            "polygon": {
                "positions": {"cartographicDegrees": [x for la, lo in ring for x in (lo, la, 0.0)]},
                "height": 0.0,
                "material": {"solidColor": {"color": {"rgba": _AREA_RGBA}}},
            },
            "properties": _properties(what),
        }
        for part, ring in enumerate(area.rings, 1)
    ]


def _shown(what: IncidentExport, start: datetime, stop: datetime) -> tuple[datetime, datetime]:
    """Return when a range is drawn: while the incident lasts, and a little around it."""
    around = timedelta(minutes=30)
    begins = max(start, min(what.incident.start_utc - around, stop))
    ends = min(stop, max(what.incident.end_utc + around, start))
    return (begins, ends) if begins <= ends else (start, stop)


def _properties(what: IncidentExport) -> dict[str, Any]:
    return {key: {"string": value} for key, value in marks_of(what).items()}


def _id(orbit: OrbitSpan) -> str:
    return f"object-{orbit.norad_id}"


def _time(moment: datetime) -> str:
    """Return a moment exactly as the columns of an orbit hold it."""
    text = np.datetime_as_string(as_column_time(moment.astimezone(UTC)), unit="us")
    return f"{text}Z"
