"""What is known of catalogued objects besides their orbits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import lru_cache


class ObjectType(Enum):
    """The kind of object as catalogued; a claim of the catalogue, not a finding."""

    PAYLOAD = "PAYLOAD"
    ROCKET_BODY = "ROCKET BODY"
    DEBRIS = "DEBRIS"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class SpaceObject:
    """What catalogues say of one object; nothing here enters a detector's numbers."""

    norad_id: int
    name: str = ""
    object_id: str = ""
    object_type: ObjectType = ObjectType.UNKNOWN
    owner: str = ""
    """Owner or State code as the source writes it; shown as a label only."""
    operational_status: str = ""
    launch_date: date | None = None
    decay_date: date | None = None
    radar_cross_section_m2: float | None = None
    hard_body_radius_m: float | None = None
    mass_kg: float | None = None
    sources: tuple[str, ...] = field(default=())


def launch_of(object_id: str) -> str:
    """Return the launch part of an international designator, or an empty text.

    >>> launch_of("2023-031A")
    '2023-031'
    """
    return object_id[:8] if len(object_id) >= 9 and object_id[4:5] == "-" else ""


@lru_cache(maxsize=1 << 17)  # the same few ten thousand names are asked for at every look
def kind_by_name(name: str) -> ObjectType:
    """Return the kind that a catalogue's name tells; PAYLOAD where it names a satellite.

    >>> kind_by_name("FENGYUN 1C DEB").name, kind_by_name("SL-4 R/B(2)").name
    ('DEBRIS', 'ROCKET_BODY')
    >>> kind_by_name("TBA - TO BE ASSIGNED").name, kind_by_name("ALOS 2").name
    ('UNKNOWN', 'PAYLOAD')
    """
    words = set(name.upper().replace("-", " ").split())
    if words & {"DEB", "DEBRIS", "COOLANT", "NEEDLES"}:
        return ObjectType.DEBRIS
    if words & {"AKM", "PKM"} or any(word.startswith("R/B") for word in words):
        return ObjectType.ROCKET_BODY
    if not words or words & {"TBA", "OBJECT", "UNKNOWN"}:
        return ObjectType.UNKNOWN
    return ObjectType.PAYLOAD
