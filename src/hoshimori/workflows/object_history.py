"""The history of one object as series for plots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hoshimori.model.elements import ElementSets
from hoshimori.model.moments import as_column_time
from hoshimori.numerics.elements import (
    apogee_altitude_km,
    perigee_altitude_km,
    semi_major_axis_km,
)
from hoshimori.workflows.json_columns import moments, numbers

MOST_DAYS = 20_000.0
"""Longer than anything has been in orbit."""
MOST_POINTS = 5_000
"""Points of one series; of more the newest stand."""


@dataclass(frozen=True, slots=True)
class ObjectHistory:
    """Element sets of one object in the order of their epochs, one list for each quantity."""

    view_id: str
    as_of_utc: datetime
    norad_id: int
    days: float
    element_sets: int
    """How many there are in these days; the lists may hold fewer."""
    epoch_utc: tuple[str, ...]
    known_utc: tuple[str, ...]
    semi_major_axis_km: tuple[float | None, ...]
    perigee_km: tuple[float | None, ...]
    apogee_km: tuple[float | None, ...]
    mean_motion_rev_per_day: tuple[float | None, ...]
    eccentricity: tuple[float | None, ...]
    inclination_deg: tuple[float | None, ...]
    raan_deg: tuple[float | None, ...]
    bstar: tuple[float | None, ...]


def object_history(
    own: ElementSets, norad_id: int, *, as_of_utc: datetime, days: float, view_id: str
) -> ObjectHistory:
    """Return the element sets of the last days as series; `own` are those of the object."""
    since = as_column_time(as_of_utc - timedelta(days=days))
    chosen = own.take(own.epoch_utc >= since)
    shown = chosen.take(slice(max(0, len(chosen) - MOST_POINTS), None))
    elements = shown.mean_elements()
    return ObjectHistory(
        view_id=view_id,
        as_of_utc=as_of_utc,
        norad_id=norad_id,
        days=days,
        element_sets=len(chosen),
        epoch_utc=moments(shown.epoch_utc, "ms"),
        known_utc=moments(shown.known_utc, "ms"),
        semi_major_axis_km=numbers(semi_major_axis_km(elements), 5),
        perigee_km=numbers(perigee_altitude_km(elements), 4),
        apogee_km=numbers(apogee_altitude_km(elements), 4),
        mean_motion_rev_per_day=numbers(shown.mean_motion_rev_day, 8),
        eccentricity=numbers(shown.eccentricity, 8),
        inclination_deg=numbers(shown.inclination_deg, 5),
        raan_deg=numbers(shown.raan_deg, 5),
        bstar=numbers(shown.bstar_per_er, 12),
    )
