"""Records in the shape of the Unified Data Library, by service: a table of names for each kind.

What a service has no field for goes into its notes. Engagement zones, which the library also knows
as kinds of nearness, are not written.

Source: the library's public schemas as its Python client ``udl-sdk`` 0.1.0a37 states them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, assert_never

from hoshimori.errors import FormatError
from hoshimori.formats.export_marks import marking_banner
from hoshimori.model.exports import GroundArea, IncidentExport, middle_of
from hoshimori.model.finding import kind_of
from hoshimori.model.findings import (
    Anomaly,
    Breakup,
    Conjunction,
    Decay,
    EmitterInterference,
    GeoNeighbour,
    Manoeuvre,
    PatternChange,
    Proximity,
    ReceiverInterference,
    Relation,
    Separation,
    Shadowing,
)
from hoshimori.model.receivers import Link

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "conjunction": ("classificationMarking", "dataMode", "source", "tca"),
    "closelyspacedobjects": (
        "classificationMarking", "dataMode", "source", "csoState", "eventStartTime", "eventType",
    ),
    "maneuver": ("classificationMarking", "dataMode", "source", "eventStartTime"),
    "onorbitevent": ("classificationMarking", "dataMode", "source", "eventTime"),
    "emireport": (
        "classificationMarking", "dataMode", "source", "isr", "reportId", "reportTime",
        "reportType", "requestAssist", "startTime",
    ),
}  # fmt: skip
"""What each service refuses to be without."""

Record = dict[str, Any]

Carried = (
    Conjunction | Proximity | GeoNeighbour | Shadowing | Manoeuvre | Separation | Breakup
    | PatternChange | Decay | Anomaly
)  # fmt: skip
"""Findings that the library has a service for."""


@dataclass(frozen=True, slots=True)
class UdlHeader:
    """What every record must say, and nothing here can guess."""

    classification_marking: str
    """Portion marking as the library asks for it: ``U`` for what is public."""
    source: str
    """Who delivers the record."""


def write_udl(what: IncidentExport, header: UdlHeader) -> bytes:
    """Return the records of an export by service, as one JSON document.

    Raises:
        FormatError: a required field is missing.
    """
    services: dict[str, list[Record]] = {}
    for service, told in _records(what):
        record = _header(what, header) | told
        _check(service, record)
        services.setdefault(service, []).append(record)
    return json.dumps(services, ensure_ascii=False, allow_nan=False, indent=1).encode("utf-8")


def _header(what: IncidentExport, header: UdlHeader) -> Record:
    return {
        "classificationMarking": header.classification_marking.strip(),
        "dataMode": what.reality.value,
        "source": header.source.strip(),
        "origin": what.software,
    }


def _check(service: str, record: Record) -> None:
    missing = [name for name in REQUIRED[service] if record.get(name) in (None, "")]
    if missing:
        raise FormatError(f"a record of {service} must state it", field=", ".join(missing))


def _records(what: IncidentExport) -> Iterator[tuple[str, Record]]:
    for finding in what.findings:
        # The library has no service for what people state; NOTSO and STIX carry reports.
        if isinstance(finding, Carried):
            yield _record(what, finding)
    areas = [area for area in what.areas if not area.is_emitter]
    for number, area in enumerate(areas, 1):
        yield "emireport", _interference(what, area, number)
    heard = [f for f in what.findings if isinstance(f, ReceiverInterference | EmitterInterference)]
    for number, finding in enumerate(heard, len(areas) + 1):
        yield "emireport", _disturbed_link(what, finding, number)


def _record(what: IncidentExport, finding: Carried) -> tuple[str, Record]:
    notes = _notes(what, finding.finding_id)
    match finding:
        case Conjunction():
            return "conjunction", _conjunction(what, finding, notes)
        case Proximity() | GeoNeighbour() | Shadowing():
            return "closelyspacedobjects", _nearness(what, finding) | {"notes": notes}
        case Separation():
            return "closelyspacedobjects", _separation(finding) | {"notes": notes}
        case Manoeuvre():
            return "maneuver", _manoeuvre(what, finding) | {"description": notes}
        case Breakup() | PatternChange() | Decay() | Anomaly():
            return "onorbitevent", _event(finding) | {"description": notes}
        case _:
            assert_never(finding)


def _notes(what: IncidentExport, finding_id: str) -> str:
    """Return the text of a finding with the marks that the library has no field for."""
    text = what.texts.get(finding_id)
    told = f"{text.headline}. {text.sentences}" if text else finding_id
    marks = f"{marking_banner(what.marking)}; {what.incident.incident_id}"
    return f"{what.reality.value}. {told} [{marks}]"


def _conjunction(what: IncidentExport, finding: Conjunction, notes: str) -> Record:
    radial, in_track, cross_track = (component * 1e3 for component in finding.miss_rtn_km)
    return {
        "tca": _time(finding.tca_utc),
        "eventId": what.incident.incident_id,
        "messageId": finding.finding_id,
        "originator": what.software,
        "satNo1": finding.objects[0],
        "satNo2": finding.objects[1],
        "missDistance": finding.miss_km.best * 1e3,
        "relVelMag": finding.speed_km_s * 1e3,
        "relPosR": radial,
        "relPosT": in_track,
        "relPosN": cross_track,
        "comments": notes,
    }


def _nearness(what: IncidentExport, finding: Proximity | GeoNeighbour | Shadowing) -> Record:
    docked = finding.relation is Relation.DOCKED
    ahead = finding.start_utc > what.as_of_utc
    record: Record = {
        "csoState": "PREDICTED" if ahead else "DETECTED",
        "eventType": "DOCK" if docked else "PROXIMITY",
        "eventStartTime": _time(finding.start_utc),
        "eventEndTime": _time(finding.end_utc),
        "extId": finding.finding_id,
        "satNo1": finding.objects[0],
        "satNo2": finding.objects[-1],
    }
    match finding:
        case Proximity():
            angle: Record = {"orbitAlignDel": finding.plane_angle_deg}
            return record | angle | _range(finding)
        case GeoNeighbour():
            return record | {"compType": "LONGITUDE"} | _range(finding)
        case Shadowing():
            plane = {"compType": "PLANARALIGNMENT", "orbitAlignDel": finding.plane_angle_deg.best}
            return record | plane
        case _:
            assert_never(finding)


def _range(finding: Proximity | GeoNeighbour) -> Record:
    """Return the range where one is measured: of docked objects none is."""
    if finding.relation is Relation.DOCKED:
        return {}
    return {"relPosMag": finding.range_km.best, "minRangeEpoch": _time(finding.range_utc)}


def _separation(finding: Separation) -> Record:
    return {
        "csoState": "DETECTED",
        "eventType": "SEPARATION",
        "eventStartTime": _time(finding.start_utc),
        "eventEndTime": _time(finding.end_utc),
        "extId": finding.finding_id,
        "satNo1": finding.objects[0],
        "satNo2": finding.objects[-1],
        "relSpeedMag": finding.relative_speed_m_s.best / 1e3,
    }


def _manoeuvre(what: IncidentExport, finding: Manoeuvre) -> Record:
    radial, in_track, cross_track = (component / 1e3 for component in finding.components_rtn_m_s)
    return {
        "eventStartTime": _time(finding.start_utc),
        "eventEndTime": _time(finding.end_utc),
        "eventId": finding.finding_id,
        "satNo": finding.objects[0],
        "algorithm": finding.detector,
        "deltaVel": finding.delta_v_m_s.best / 1e3,
        "deltaVelU": radial,
        "deltaVelV": in_track,
        "deltaVelW": cross_track,
        "descriptor": what.incident.incident_id,
    }


def _event(finding: Breakup | PatternChange | Decay | Anomaly) -> Record:
    moment = finding.start_utc
    about: int | None = finding.objects[0] if finding.objects else None
    match finding:
        case Breakup():
            moment = finding.event_utc
            about = finding.candidates[0].norad_id if finding.candidates else None
        case Decay():
            moment = finding.reentry_utc
        case PatternChange() | Anomaly():
            pass
        case _:
            assert_never(finding)
    record: Record = {
        "eventTime": _time(moment),
        "eventTimeNotes": f"between {_time(finding.start_utc)} and {_time(finding.end_utc)}",
        "eventType": kind_of(finding).upper(),
        "untilTime": _time(finding.end_utc),
        "origObjectId": finding.finding_id,
    }
    return record if about is None else record | {"satNo": about}


def _interference(what: IncidentExport, area: GroundArea, number: int) -> Record:
    """Return an area as a report of interference; position: its middle."""
    latitude, longitude = middle_of(area)
    return {
        "isr": False,
        "reportId": f"{what.incident.incident_id}/{number}",
        "reportTime": _time(what.as_of_utc),
        "reportType": "GPS",
        "requestAssist": False,
        "startTime": _time(area.start_utc),
        "endTime": _time(area.end_utc),
        "lat": round(latitude, 6),
        "lon": round(longitude, 6),
        "rcvrLocation": area.name,
        "description": _notes(what, area.finding_id),
    }


def _disturbed_link(
    what: IncidentExport, finding: ReceiverInterference | EmitterInterference, number: int
) -> Record:
    """Return a disturbed receiver or link, or the emitter that does it, as a report.

    The library has a field for a point and none for an area: the area stands in the text.
    """
    return {
        "isr": False,
        "reportId": f"{what.incident.incident_id}/{number}",
        "reportTime": _time(what.as_of_utc),
        "reportType": "GPS" if finding.link is Link.NAVIGATION else "SATCOM",
        "requestAssist": False,
        "startTime": _time(finding.start_utc),
        "endTime": _time(finding.end_utc),
        "description": _notes(what, finding.finding_id),
    }


def _time(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"
