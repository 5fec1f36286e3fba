"""Which keyword of a CDM tells which field of the nouns in `hoshimori.model.conjunction_message`.

A field that needs several keywords is a vector.  Comments that NASA CARA and Space-Track write in a
fixed form tell fields too, because version 1.0 has no keyword for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from hoshimori.formats.cdm_keywords import COVARIANCE, STATE

Names = Mapping[str, str | tuple[str, ...]]

MESSAGE: Names = {
    "version": "CCSDS_CDM_VERS",
    "created_utc": "CREATION_DATE",
    "originator": "ORIGINATOR",
    "message_for": "MESSAGE_FOR",
    "message_id": "MESSAGE_ID",
    "tca_utc": "TCA",
    "miss_km": "MISS_DISTANCE",
    "relative_speed_km_s": "RELATIVE_SPEED",
    "relative_position_rtn_km": tuple(f"RELATIVE_POSITION_{axis}" for axis in "RTN"),
    "relative_velocity_rtn_km_s": tuple(f"RELATIVE_VELOCITY_{axis}" for axis in "RTN"),
    "collision_probability": "COLLISION_PROBABILITY",
    "probability_method": "COLLISION_PROBABILITY_METHOD",
}
SCREENING: Names = {
    "start_utc": "START_SCREEN_PERIOD",
    "stop_utc": "STOP_SCREEN_PERIOD",
    "frame": "SCREEN_VOLUME_FRAME",
    "shape": "SCREEN_VOLUME_SHAPE",
    "size_km": ("SCREEN_VOLUME_X", "SCREEN_VOLUME_Y", "SCREEN_VOLUME_Z"),
    "entry_utc": "SCREEN_ENTRY_TIME",
    "exit_utc": "SCREEN_EXIT_TIME",
}
OBJECT: Names = {
    "designator": "OBJECT_DESIGNATOR",
    "catalogue": "CATALOG_NAME",
    "name": "OBJECT_NAME",
    "international_designator": "INTERNATIONAL_DESIGNATOR",
    "object_type": "OBJECT_TYPE",
    "ephemeris_name": "EPHEMERIS_NAME",
    "covariance_method": "COVARIANCE_METHOD",
    "manoeuvrable": "MANEUVERABLE",
}
FORCE_MODEL: Names = {
    "gravity": "GRAVITY_MODEL",
    "atmosphere": "ATMOSPHERIC_MODEL",
    "third_bodies": "N_BODY_PERTURBATIONS",
    "radiation_pressure": "SOLAR_RAD_PRESSURE",
    "tides": "EARTH_TIDES",
    "in_track_thrust": "INTRACK_THRUST",
}
ORBIT_DETERMINATION: Names = {
    "last_observations_start_utc": "TIME_LASTOB_START",
    "last_observations_end_utc": "TIME_LASTOB_END",
    "recommended_span_days": "RECOMMENDED_OD_SPAN",
    "actual_span_days": "ACTUAL_OD_SPAN",
    "observations_available": "OBS_AVAILABLE",
    "observations_used": "OBS_USED",
    "tracks_available": "TRACKS_AVAILABLE",
    "tracks_used": "TRACKS_USED",
    "residuals_accepted_percent": "RESIDUALS_ACCEPTED",
    "weighted_rms": "WEIGHTED_RMS",
}
BODY: Names = {
    "collision_area_m2": "AREA_PC",
    "drag_area_m2": "AREA_DRG",
    "radiation_area_m2": "AREA_SRP",
    "mass_kg": "MASS",
    "drag_coefficient_area_m2_kg": "CD_AREA_OVER_MASS",
    "radiation_coefficient_area_m2_kg": "CR_AREA_OVER_MASS",
    "thrust_acceleration_km_s2": "THRUST_ACCELERATION",
    "energy_dissipation_w_kg": "SEDR",
}
STATE_AT_TCA: Names = {
    "frame": "REF_FRAME",
    "centre": "ORBIT_CENTER",
    "position_km": STATE[:3],
    "velocity_km_s": STATE[3:],
}

_METRES = r"\s*=\s*((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*(?:\[m\])?"
HARD_BODY_RADIUS = re.compile("HBR" + _METRES, re.ASCII)
OBJECT_HARD_BODY_RADIUS = re.compile("Operator Hard Body Radius" + _METRES, re.ASCII)
EXCLUSION_RADIUS = re.compile("(?:(?i:Exclusion[ _]Volume[ _]Radius))" + _METRES, re.ASCII)
DATA_MODE = re.compile(r"DATA_MODE\s*=\s*(REAL|TEST|SIMULATED|EXERCISE)", re.ASCII)


def keywords(names: Names) -> tuple[str, ...]:
    """Return every keyword of a table."""
    cells = ((name,) if isinstance(name, str) else name for name in names.values())
    return tuple(keyword for cell in cells for keyword in cell)


def used() -> Iterable[str]:
    """Return the keywords that tell a field."""
    for names in (MESSAGE, SCREENING, OBJECT, FORCE_MODEL, ORBIT_DETERMINATION, BODY, STATE_AT_TCA):
        yield from keywords(names)
    yield from ("OBJECT", "HBR", *COVARIANCE)


def taken_comment(comments: list[str], form: re.Pattern[str]) -> str | None:
    """Take the first comment of a form out of the list and return what it says."""
    for place, comment in enumerate(comments):
        if found := form.fullmatch(comment):
            del comments[place]
            return found[1]
    return None


def fields_of(values: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Return the fields of a table that the values tell; a vector needs all of its keywords."""
    found: dict[str, Any] = {}
    for name, cell in names.items():
        if isinstance(cell, str):
            if cell in values:
                found[name] = values[cell]
        elif all(keyword in values for keyword in cell):
            found[name] = tuple(values[keyword] for keyword in cell)
    return found


def values_of(noun: object, names: Names) -> dict[str, Any]:
    """Return what the keywords of a table say of a noun: the inverse of `fields_of`."""
    values: dict[str, Any] = {}
    for name, cell in names.items():
        value = getattr(noun, name)
        if isinstance(cell, str):
            values[cell] = value
        elif value is not None:
            values |= dict(zip(cell, value, strict=True))
    return values
