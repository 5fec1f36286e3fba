"""What was planted in a made sky, as its watchers are told; words are the dossier's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class PlantedKind(Enum):
    """What a planted phenomenon is."""

    DRIFT_IN = "drift-in"
    NEIGHBOUR = "neighbour"
    STATION_KEEPING = "station-keeping"
    DOCKED_IN_BELT = "docked in the belt"
    CLUSTER = "cluster"
    CLOSING_IN = "closing in"
    PASSING = "passing"
    ORBIT_CHANGE = "orbit change"
    OVERDUE = "overdue"
    DOCKED_AT_STATION = "docked at the station"
    FORMATION = "formation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One planted phenomenon."""

    kind: PlantedKind
    asset: str
    """Name of the asset that it concerns."""
    other: str = ""
    """Name of the other object, empty where there is none."""
    measure: str = ""
    """Its number in the unit that its sentence states: km, km a day, m/s; empty for none."""
    days: str = ""
