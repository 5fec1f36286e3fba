"""The vocabulary of Conjunction Data Messages: keywords, their order, units and obligations.

Keywords of the draft of version 2.0 are accepted in messages of either version, because operators'
systems write them into messages of version 1.0, and a warning is worth more than its form.

Source: CCSDS 508.0-B-1 (with corrigendum 2), tables 3-1 to 3-4; CCSDS 508.0-P-1.0.2 for the draft.
"""

from __future__ import annotations

VERSIONS = ("1.0", "2.0")


def _triangle(axes: str, *more: str) -> tuple[str, ...]:
    """Return the lower triangle of a covariance as keywords with units."""
    rows = [*axes, *(f"{axis}DOT" for axis in axes), *more]
    return tuple(
        f"C{row}_{column} [{_unit(row, column)}]"
        for n, row in enumerate(rows)
        for column in rows[: n + 1]
    )


def _unit(row: str, column: str) -> str:
    """Return the unit of an element of a covariance."""
    metres, kilograms, seconds = (
        sum(powers) for powers in zip(_powers(row), _powers(column), strict=True)
    )
    over = [f"{name}**{n}" if n > 1 else name for name, n in
            (("kg", kilograms), ("s", seconds)) if n]  # fmt: skip
    below = f"({'*'.join(over)})" if len(over) > 1 else "".join(over)
    return f"m**{metres}" + (f"/{below}" if below else "")


def _powers(part: str) -> tuple[int, int, int]:
    """Return the powers of metre, 1/kilogram and 1/second of one row."""
    special = {"DRG": (2, 1, 0), "SRP": (2, 1, 0), "THR": (1, 0, 2)}
    return special.get(part, (1, 0, 1) if part.endswith("DOT") else (1, 0, 0))


_MORE = ("DRG", "SRP", "THR")
_RTN = _triangle("RTN", *_MORE)
_XYZ = _triangle("XYZ", *_MORE)

SECTIONS: dict[str, tuple[str, ...]] = {
    "header": (
        "CCSDS_CDM_VERS", "CREATION_DATE", "ORIGINATOR", "MESSAGE_FOR", "MESSAGE_ID",
        "CLASSIFICATION",
    ),
    "relativeMetadataData": (
        "CONJUNCTION_ID", "TCA", "MISS_DISTANCE [m]", "MAHALANOBIS_DISTANCE",
        "RELATIVE_SPEED [m/s]", "APPROACH_ANGLE [deg]",
        "RELATIVE_POSITION_R [m]", "RELATIVE_POSITION_T [m]", "RELATIVE_POSITION_N [m]",
        "RELATIVE_VELOCITY_R [m/s]", "RELATIVE_VELOCITY_T [m/s]", "RELATIVE_VELOCITY_N [m/s]",
        "START_SCREEN_PERIOD", "STOP_SCREEN_PERIOD", "SCREEN_TYPE", "SCREEN_VOLUME_FRAME",
        "SCREEN_VOLUME_SHAPE", "SCREEN_VOLUME_RADIUS [m]", "SCREEN_VOLUME_X [m]",
        "SCREEN_VOLUME_Y [m]", "SCREEN_VOLUME_Z [m]", "SCREEN_ENTRY_TIME", "SCREEN_EXIT_TIME",
        "SCREEN_PC_THRESHOLD", "COLLISION_PERCENTILE", "COLLISION_PROBABILITY",
        "COLLISION_PROBABILITY_METHOD", "COLLISION_MAX_PROBABILITY", "COLLISION_MAX_PC_METHOD",
        "SEFI_COLLISION_PROBABILITY", "SEFI_COLLISION_PROBABILITY_METHOD",
        "SEFI_FRAGMENTATION_MODEL", "PREVIOUS_MESSAGE_ID", "PREVIOUS_MESSAGE_EPOCH",
        "NEXT_MESSAGE_EPOCH",
    ),
    "metadata": (
        "OBJECT", "OBJECT_DESIGNATOR", "CATALOG_NAME", "OBJECT_NAME", "INTERNATIONAL_DESIGNATOR",
        "OBJECT_TYPE", "OPERATOR_CONTACT_POSITION", "OPERATOR_ORGANIZATION", "OPERATOR_PHONE",
        "OPERATOR_EMAIL", "EPHEMERIS_NAME", "ODM_MSG_LINK", "ADM_MSG_LINK",
        "OBS_BEFORE_NEXT_MESSAGE", "COVARIANCE_METHOD", "COVARIANCE_SOURCE", "MANEUVERABLE",
        "ORBIT_CENTER", "REF_FRAME", "ALT_COV_TYPE", "ALT_COV_REF_FRAME", "GRAVITY_MODEL",
        "ATMOSPHERIC_MODEL", "N_BODY_PERTURBATIONS", "SOLAR_RAD_PRESSURE", "EARTH_TIDES",
        "INTRACK_THRUST",
    ),
    "odParameters": (
        "TIME_LASTOB_START", "TIME_LASTOB_END", "RECOMMENDED_OD_SPAN [d]", "ACTUAL_OD_SPAN [d]",
        "OBS_AVAILABLE", "OBS_USED", "TRACKS_AVAILABLE", "TRACKS_USED", "RESIDUALS_ACCEPTED [%]",
        "WEIGHTED_RMS", "OD_EPOCH",
    ),
    "additionalParameters": (
        "AREA_PC [m**2]", "AREA_PC_MIN [m**2]", "AREA_PC_MAX [m**2]", "AREA_DRG [m**2]",
        "AREA_SRP [m**2]", "OEB_PARENT_FRAME", "OEB_PARENT_FRAME_EPOCH", "OEB_Q1", "OEB_Q2",
        "OEB_Q3", "OEB_QC", "OEB_MAX [m]", "OEB_INT [m]", "OEB_MIN [m]",
        "AREA_ALONG_OEB_MAX [m**2]", "AREA_ALONG_OEB_INT [m**2]", "AREA_ALONG_OEB_MIN [m**2]",
        "RCS [m**2]", "RCS_MIN [m**2]", "RCS_MAX [m**2]", "VM_ABSOLUTE", "VM_APPARENT_MIN",
        "VM_APPARENT", "VM_APPARENT_MAX", "REFLECTANCE", "MASS [kg]", "HBR [m]",
        "CD_AREA_OVER_MASS [m**2/kg]", "CR_AREA_OVER_MASS [m**2/kg]",
        "THRUST_ACCELERATION [m/s**2]", "SEDR [W/kg]", "MIN_DV [m/s]", "MAX_DV [m/s]",
        "LEAD_TIME_REQD_BEFORE_TCA [h]", "APOAPSIS_ALTITUDE [km]", "PERIAPSIS_ALTITUDE [km]",
        "INCLINATION [deg]", "COV_CONFIDENCE", "COV_CONFIDENCE_METHOD",
    ),
    "stateVector": (
        "X [km]", "Y [km]", "Z [km]", "X_DOT [km/s]", "Y_DOT [km/s]", "Z_DOT [km/s]",
    ),
    "covarianceMatrix": (
        *dict.fromkeys((*_RTN, *_XYZ)),
        "CSIG3EIGVEC3", "DENSITY_FORECAST_UNCERTAINTY", "CSCALE_FACTOR_MIN", "CSCALE_FACTOR",
        "CSCALE_FACTOR_MAX", "SCREENING_DATA_SOURCE", "DCP_SENSITIVITY_VECTOR_POSITION",
        "DCP_SENSITIVITY_VECTOR_VELOCITY",
    ),
}  # fmt: skip
"""Keywords with units by section (as XML names it), in the order in which they are written."""

OF_MESSAGE = ("header", "relativeMetadataData")
"""The sections that describe the encounter; the others describe one object."""

SECTION_OF = {
    entry.partition(" ")[0]: section for section, entries in SECTIONS.items() for entry in entries
}
UNIT = {
    entry.partition(" ")[0]: entry.partition(" ")[2].strip("[]")
    for entries in SECTIONS.values()
    for entry in entries
}
PLACE = {keyword: n for n, keyword in enumerate(SECTION_OF)}
COVARIANCE = tuple(entry.partition(" ")[0] for entry in _RTN[:21])
STATE = tuple(entry.partition(" ")[0] for entry in SECTIONS["stateVector"])
IN_BOTH_MATRICES = {entry.partition(" ")[0] for entry in _RTN} & {
    entry.partition(" ")[0] for entry in _XYZ
}
"""Keywords that the second covariance of the draft repeats."""

MANDATORY_OF_MESSAGE = (
    "CCSDS_CDM_VERS", "CREATION_DATE", "ORIGINATOR", "MESSAGE_ID", "TCA", "MISS_DISTANCE",
)  # fmt: skip
MANDATORY_OF_OBJECT = (
    "OBJECT", "OBJECT_DESIGNATOR", "CATALOG_NAME", "OBJECT_NAME", "INTERNATIONAL_DESIGNATOR",
    "EPHEMERIS_NAME", "COVARIANCE_METHOD", "MANEUVERABLE", "REF_FRAME", *STATE, *COVARIANCE,
)  # fmt: skip

MOMENTS = {
    "CREATION_DATE", "TCA", "START_SCREEN_PERIOD", "STOP_SCREEN_PERIOD", "SCREEN_ENTRY_TIME",
    "SCREEN_EXIT_TIME", "TIME_LASTOB_START", "TIME_LASTOB_END",
}  # fmt: skip
COUNTS = {"OBS_AVAILABLE", "OBS_USED", "TRACKS_AVAILABLE", "TRACKS_USED"}
BARE_NUMBERS = {"COLLISION_PROBABILITY", "WEIGHTED_RMS"}
ANSWERS = {"MANEUVERABLE", "SOLAR_RAD_PRESSURE", "EARTH_TIDES", "INTRACK_THRUST"}
CHOICES = {
    "CCSDS_CDM_VERS": VERSIONS,
    "COVARIANCE_METHOD": ("CALCULATED", "DEFAULT"),
    "REF_FRAME": ("GCRF", "EME2000", "ITRF"),
    "SCREEN_VOLUME_FRAME": ("RTN", "TVN"),
    "SCREEN_VOLUME_SHAPE": ("ELLIPSOID", "BOX", "SPHERE"),
    "OBJECT_TYPE": ("PAYLOAD", "ROCKET BODY", "DEBRIS", "UNKNOWN", "OTHER"),
}
METRES_TO_KILOMETRES = {
    **dict.fromkeys(COVARIANCE, -6),
    **{
        keyword: -3
        for keyword in SECTION_OF
        if keyword.startswith(("RELATIVE_", "SCREEN_VOLUME_")) and UNIT[keyword]
    },
    "MISS_DISTANCE": -3,
    "THRUST_ACCELERATION": -3,
    "HBR": -3,
}
"""The power of ten that turns a number of the message into ours."""

ALSO_WRITTEN = {f"RELATIVE_VELOCITY_{axis}": "m" for axis in "RTN"}
"""Units that are a known slip: NASA CARA's published samples write metres for metres per second."""
