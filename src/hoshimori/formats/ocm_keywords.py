"""The vocabulary of Orbit Comprehensive Messages: keywords by section, elements and their units.

Source: CCSDS 502.0-B-3, tables 6-3 to 6-9; SANA registry of orbital elements.
"""

from __future__ import annotations

METADATA = frozenset((
    "OBJECT_NAME", "INTERNATIONAL_DESIGNATOR", "CATALOG_NAME", "OBJECT_DESIGNATOR",
    "ALTERNATE_NAMES", "ORIGINATOR_POC", "ORIGINATOR_POSITION", "ORIGINATOR_PHONE",
    "ORIGINATOR_EMAIL", "ORIGINATOR_ADDRESS", "TECH_ORG", "TECH_POC", "TECH_POSITION",
    "TECH_PHONE", "TECH_EMAIL", "TECH_ADDRESS", "PREVIOUS_MESSAGE_ID", "NEXT_MESSAGE_ID",
    "ADM_MSG_LINK", "CDM_MSG_LINK", "PRM_MSG_LINK", "RDM_MSG_LINK", "TDM_MSG_LINK", "OPERATOR",
    "OWNER", "COUNTRY", "CONSTELLATION", "OBJECT_TYPE", "TIME_SYSTEM", "EPOCH_TZERO", "OPS_STATUS",
    "ORBIT_CATEGORY", "OCM_DATA_ELEMENTS", "SCLK_OFFSET_AT_EPOCH", "SCLK_SEC_PER_SI_SEC",
    "PREVIOUS_MESSAGE_EPOCH", "NEXT_MESSAGE_EPOCH", "START_TIME", "STOP_TIME", "TIME_SPAN",
    "TAIMUTC_AT_TZERO", "NEXT_LEAP_EPOCH", "NEXT_LEAP_TAIMUTC", "UT1MUTC_AT_TZERO", "EOP_SOURCE",
    "INTERP_METHOD_EOP", "CELESTIAL_SOURCE",
))  # fmt: skip
METADATA_UNITS = {
    "TIME_SPAN": "d", "TAIMUTC_AT_TZERO": "s", "NEXT_LEAP_TAIMUTC": "s", "UT1MUTC_AT_TZERO": "s",
    "SCLK_OFFSET_AT_EPOCH": "s", "SCLK_SEC_PER_SI_SEC": "s",
}  # fmt: skip
TRAJECTORY = frozenset((
    "TRAJ_ID", "TRAJ_PREV_ID", "TRAJ_NEXT_ID", "TRAJ_BASIS", "TRAJ_BASIS_ID", "INTERPOLATION",
    "INTERPOLATION_DEGREE", "PROPAGATOR", "CENTER_NAME", "TRAJ_REF_FRAME", "TRAJ_FRAME_EPOCH",
    "USEABLE_START_TIME", "USEABLE_STOP_TIME", "ORB_REVNUM", "ORB_REVNUM_BASIS", "TRAJ_TYPE",
    "ORB_AVERAGING", "TRAJ_UNITS",
))  # fmt: skip
COVARIANCE = frozenset((
    "COV_ID", "COV_PREV_ID", "COV_NEXT_ID", "COV_BASIS", "COV_BASIS_ID", "COV_REF_FRAME",
    "COV_FRAME_EPOCH", "COV_SCALE_MIN", "COV_SCALE_MAX", "COV_CONFIDENCE", "COV_TYPE",
    "COV_ORDERING", "COV_UNITS",
))  # fmt: skip
MANOEUVRE = frozenset((
    "MAN_ID", "MAN_PREV_ID", "MAN_NEXT_ID", "MAN_BASIS", "MAN_BASIS_ID", "MAN_DEVICE_ID",
    "MAN_PREV_EPOCH", "MAN_NEXT_EPOCH", "MAN_PURPOSE", "MAN_PRED_SOURCE", "MAN_REF_FRAME",
    "MAN_FRAME_EPOCH", "GRAV_ASSIST_NAME", "DC_TYPE", "DC_WIN_OPEN", "DC_WIN_CLOSE",
    "DC_MIN_CYCLES", "DC_MAX_CYCLES", "DC_EXEC_START", "DC_EXEC_STOP", "DC_REF_TIME",
    "DC_TIME_PULSE_DURATION", "DC_TIME_PULSE_PERIOD", "DC_REF_DIR", "DC_BODY_FRAME",
    "DC_BODY_TRIGGER", "DC_PA_START_ANGLE", "DC_PA_STOP_ANGLE", "MAN_COMPOSITION", "MAN_UNITS",
))  # fmt: skip

_KEPLERIAN = ("km", "", "deg", "deg", "deg", "deg")
_SPHERICAL = ("deg", "deg", "deg", "deg", "km", "km/s")
ELEMENTS = {
    "CARTP": ("km",) * 3,
    "CARTPV": ("km",) * 3 + ("km/s",) * 3,
    "CARTPVA": ("km",) * 3 + ("km/s",) * 3 + ("km/s**2",) * 3,
    "KEPLERIAN": _KEPLERIAN,
    "KEPLERIANMEAN": _KEPLERIAN,
    "GEODETIC": ("deg", "deg", "km", "deg", "deg", "km/s"),
    "ADBARV": _SPHERICAL,
    "LDBARV": _SPHERICAL,
    "EQUINOCTIAL": ("km", "", "", "deg", "", "", ""),
    "DELAUNAY": ("deg",) * 3 + ("km**2/s",) * 3,
}
"""The units of the kinds of elements that are known here; others are taken as written."""

MANOEUVRE_UNITS = {
    "MAN_DURA": "s", "DELTA_MASS": "kg", "THR_EFFIC": "", "THR_ISP": "s",
    "DEPLOY_MASS": "kg", "DEPLOY_DV_SIGMA": "%", "DEPLOY_DIR_SIGMA": "deg",
    "DEPLOY_DV_RATIO": "", "DEPLOY_DV_CDA": "m**2",
    **{f"{of}_{axis}": unit for of, unit in (
        ("ACC", "km/s**2"), ("DV", "km/s"), ("THR", "N"), ("DEPLOY_DV", "km/s"),
    ) for axis in "XYZ"},
    **{f"{of}_MAG_SIGMA": "%" for of in ("ACC", "DV", "THR")},
    **{f"{of}_DIR_SIGMA": "deg" for of in ("ACC", "DV", "THR")},
}  # fmt: skip
"""The columns of a manoeuvre that hold numbers."""
MANOEUVRE_TEXTS = ("ACC_INTERP", "THR_INTERP", "DEPLOY_ID")
TIMES = ("TIME_ABSOLUTE", "TIME_RELATIVE")
