"""An incident as it leaves the house: what was found, the orbits to draw, marking and reality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.model.assessments import Assessment
from hoshimori.model.conjunction_message import ConjunctionMessage
from hoshimori.model.elements import Column
from hoshimori.model.findings import AnyFinding
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import Marking
from hoshimori.model.provenance import Reality, combined_reality
from hoshimori.model.reports import OperatorReport


class ExportForm(Enum):
    """A standard, or the shape of one, in which an incident can be written."""

    CZML = "czml"
    GEOJSON = "geojson"
    STIX = "stix"
    UDL = "udl"
    NOTSO = "notso"
    CDM = "cdm"
    APPENDIX10 = "appendix10"


def object_name(norad_id: int, names: Mapping[int, str]) -> str:
    """Return an object's name with its number, without characters that print nothing.

    >>> object_name(25544, {25544: "ISS (ZARYA)"}), object_name(7, {})
    ('ISS (ZARYA) (25544)', 'Object 7')
    """
    name = "".join(c for c in names.get(norad_id, "") if c.isprintable()).strip()
    return f"{name} ({norad_id})" if name else f"Object {norad_id}"


@dataclass(frozen=True, slots=True)
class FindingText:
    """What people read of a finding: one line, and some sentences."""

    headline: str
    sentences: str


@dataclass(frozen=True, slots=True, eq=False)
class OrbitSpan:
    """Where one object is over a span of time; columns of shape (n,) and (n, 3)."""

    norad_id: int
    name: str
    is_asset: bool
    period_s: float
    epoch_utc: datetime
    """Of the element set that it comes from."""
    times_utc: Column
    position_gcrf_km: Column
    latitude_deg: Column
    """Geodetic, WGS-84, as are longitude (east, -180 to 180) and height."""
    longitude_deg: Column
    height_km: Column


@dataclass(frozen=True, slots=True)
class GroundPlace:
    """The point of the Earth under something that a finding tells of."""

    name: str
    """Of the object that was above it."""
    kind: str
    """The kind of the finding, as in ``breakup``."""
    finding_id: str
    moment_utc: datetime
    latitude_deg: float
    longitude_deg: float
    height_km: float
    because: str
    """What the place rests on."""


@dataclass(frozen=True, slots=True)
class GroundArea:
    """An area of the Earth that a finding tells of, such as one of disturbed reception."""

    name: str
    kind: str
    finding_id: str
    start_utc: datetime
    end_utc: datetime
    rings: tuple[tuple[tuple[float, float], ...], ...]
    """Outlines, each a ring of (latitude, longitude) in degrees without its first point again."""
    share: float | None = None
    """Share of the receivers in it that were disturbed; None where not counted."""
    middle_deg: tuple[float, float] | None = None
    """Latitude and longitude around which it lies; None: halfway between its edges."""
    is_emitter: bool = False
    """Whether an emitter stands in it with 95 %, where it is one of the places that fit: then no
    point may stand for it alone."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges of an area in degrees; west is east of east where it crosses the antimeridian."""

    south_deg: float
    north_deg: float
    west_deg: float
    east_deg: float


def edges_of(area: GroundArea) -> Edges:
    """Return the edges of an area that holds no pole.

    Its longitudes leave one widest gap between them; the area lies on the other side of it.
    """
    return edges_of_rings(area.rings)


def edges_of_rings(rings: Iterable[Iterable[tuple[float, float]]]) -> Edges:
    """Return the edges of outlines that hold no pole, as `edges_of`."""
    points = [point for ring in rings for point in ring]
    latitudes = [lat for lat, _ in points]
    longitudes = sorted({(lon + 180.0) % 360.0 - 180.0 for _, lon in points})
    after = [*longitudes[1:], longitudes[0] + 360.0]
    gaps = [end - start for start, end in zip(longitudes, after, strict=True)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    west, east = longitudes[(widest + 1) % len(longitudes)], longitudes[widest]
    return Edges(min(latitudes), max(latitudes), west, east)


def middle_of(area: GroundArea) -> tuple[float, float]:
    """Return the latitude and longitude that stand for an area where one point is asked for."""
    if area.middle_deg is not None:
        return area.middle_deg
    edges = edges_of(area)
    width = (edges.east_deg - edges.west_deg) % 360.0
    longitude = (edges.west_deg + width / 2.0 + 180.0) % 360.0 - 180.0
    return (edges.south_deg + edges.north_deg) / 2.0, longitude


@dataclass(frozen=True, slots=True, eq=False)
class IncidentExport:
    """Everything about one incident that any form may write."""

    incident: Incident
    findings: tuple[AnyFinding, ...]
    """In the order of the incident: the deciding one first."""
    texts: Mapping[str, FindingText]
    """By finding id."""
    names: Mapping[int, str]
    as_of_utc: datetime
    marking: Marking
    software: str
    """Who writes it: name and version of the program."""
    facts_reality: Reality = Reality.REAL
    """Of the element sets that the orbits come from."""
    assessment: Assessment | None = None
    orbits: tuple[OrbitSpan, ...] = ()
    left_out: int = 0
    """Objects of the incident whose orbits are not among these."""
    places: tuple[GroundPlace, ...] = ()
    areas: tuple[GroundArea, ...] = ()
    messages: tuple[ConjunctionMessage, ...] = ()
    """Its conjunctions as conjunction messages, made from element sets."""

    @property
    def reality(self) -> Reality:
        """The most contagious reality of all parts: nothing leaves without it."""
        parts = [self.incident.reality, self.facts_reality, *(f.reality for f in self.findings)]
        parts += [m.reality for m in self.messages]
        if self.assessment is not None:
            parts.append(self.assessment.reality)
        return combined_reality(parts)

    @property
    def objects(self) -> tuple[int, ...]:
        """The assets, then the others."""
        return (*self.incident.assets, *self.incident.others)

    @property
    def reports(self) -> tuple[OperatorReport, ...]:
        """What people stated, among the findings."""
        return tuple(f for f in self.findings if isinstance(f, OperatorReport))

    def name_of(self, norad_id: int) -> str:
        """Return an object's name with its number, without characters that print nothing."""
        return object_name(norad_id, self.names)
