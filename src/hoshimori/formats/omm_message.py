"""The rules of one OMM as a message (KVN or XML): which keywords, in which section, and together.

A message that breaks them is refused as a whole: unknown keywords, a keyword twice, metadata after
data, keywords of version 3.0 in a message of version 2.0, units other than the standard's, both
MEAN_MOTION and SEMI_MAJOR_AXIS, both BSTAR and BTERM, or a covariance matrix with gaps.  Empty
values are taken as "not stated", as CelesTrak writes CREATION_DATE, ORIGINATOR and OBJECT_ID.

Source: CCSDS 502.0-B-3, tables 4-1 to 4-3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hoshimori.formats.omm import CONSTANTS, DATA_MODE, VERSIONS
from hoshimori.formats.statements import USER_DEFINED, Statement

_HEADER = ("CCSDS_OMM_VERS", "CREATION_DATE", "ORIGINATOR")
_HEADER_3 = ("CLASSIFICATION", "MESSAGE_ID")
_METADATA = (
    "OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "REF_FRAME_EPOCH", "TIME_SYSTEM",
    "MEAN_ELEMENT_THEORY",
)  # fmt: skip
_MEAN_ELEMENTS = (
    "EPOCH", "SEMI_MAJOR_AXIS", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE",
    "ARG_OF_PERICENTER", "MEAN_ANOMALY", "GM",
)  # fmt: skip
_SPACECRAFT = ("MASS", "SOLAR_RAD_AREA", "SOLAR_RAD_COEFF", "DRAG_AREA", "DRAG_COEFF")
_TLE = (
    "EPHEMERIS_TYPE", "CLASSIFICATION_TYPE", "NORAD_CAT_ID", "ELEMENT_SET_NO", "REV_AT_EPOCH",
    "BSTAR", "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT",
)  # fmt: skip
_TLE_3 = ("BTERM", "AGOM")
_AXES = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
_COVARIANCE = tuple(f"C{row}_{_AXES[k]}" for n, row in enumerate(_AXES) for k in range(n + 1))
_SECTION = (
    dict.fromkeys((*_HEADER, *_HEADER_3), 0)
    | dict.fromkeys(_METADATA, 1)
    | dict.fromkeys((*_MEAN_ELEMENTS, *_SPACECRAFT, *_TLE, *_TLE_3), 2)
    | dict.fromkeys(("COV_REF_FRAME", *_COVARIANCE), 2)
)
_UNITS = {
    "MEAN_MOTION": "rev/day", "INCLINATION": "deg", "RA_OF_ASC_NODE": "deg",
    "ARG_OF_PERICENTER": "deg", "MEAN_ANOMALY": "deg", "BSTAR": "1/er",
    "MEAN_MOTION_DOT": "rev/day**2", "MEAN_MOTION_DDOT": "rev/day**3",
}  # fmt: skip
_MANDATORY = ("CCSDS_OMM_VERS", *CONSTANTS)


@dataclass(frozen=True, slots=True)
class Message:
    """One OMM as its statements (without comments) and its bytes."""

    statements: Sequence[Statement]
    line: int
    raw: bytes
    problem: str = ""
    """What its syntax broke already; empty where it did not."""

    def values(self) -> dict[str, str]:
        """Return the value of each keyword."""
        stated = {s.keyword: s.value for s in self.statements}
        return stated | {DATA_MODE: stated.get(USER_DEFINED + DATA_MODE, "")}

    def line_of(self, keyword: str) -> int:
        """Return the line on which a keyword stands, or that of the message."""
        names = (keyword, USER_DEFINED + keyword)
        return next((s.line for s in self.statements if s.keyword in names), self.line)


def fault_of(message: Message) -> tuple[str, str] | None:
    """Return the keyword and the problem where a message breaks the rules, else None."""
    if message.problem:
        return "", message.problem
    seen: set[str] = set()
    section = 0
    for statement in message.statements:
        problem = _statement_problem(statement, seen, section)
        if problem:
            return statement.keyword, problem
        seen.add(statement.keyword)
        section = _SECTION.get(statement.keyword, section)
    return _whole_problem(message.values(), seen)


def _statement_problem(statement: Statement, seen: set[str], section: int) -> str:
    keyword = statement.keyword
    if keyword.startswith(USER_DEFINED) and keyword != USER_DEFINED:
        return f"{keyword} is there twice" if keyword in seen else ""
    if keyword not in _SECTION:
        return f"{keyword[:40]!r} is no keyword of an OMM"
    if keyword in seen:
        return f"{keyword} is there twice"
    if _SECTION[keyword] < section:
        return f"{keyword} comes too late: expected header, metadata, then data"
    unit = _UNITS.get(keyword, "")
    if unit and statement.unit and statement.unit.replace(" ", "").lower() != unit:
        return f"unit [{statement.unit}]: expected [{unit.replace('er', 'ER')}]"
    return ""


def _whole_problem(values: dict[str, str], seen: set[str]) -> tuple[str, str] | None:
    for keyword in _MANDATORY:
        if not values.get(keyword):
            return keyword, f"missing: every OMM states {keyword}"
    version = values["CCSDS_OMM_VERS"]
    if version not in VERSIONS:
        return "CCSDS_OMM_VERS", f"{version[:40]!r} is not supported: expected 2.0 or 3.0"
    for keyword in (*_HEADER_3, *_TLE_3):
        if version == "2.0" and keyword in seen:
            return keyword, "belongs to version 3.0, and the message is of version 2.0"
    for one, other in (("MEAN_MOTION", "SEMI_MAJOR_AXIS"), ("BSTAR", "BTERM")):
        if one in seen and other in seen:
            return other, f"{one} and {other} exclude one another"
    if len(values.get("NORAD_CAT_ID", "").lstrip("+0")) > 9:
        return "NORAD_CAT_ID", f"{values['NORAD_CAT_ID'][:40]!r}: expected up to nine digits"
    gaps = [keyword for keyword in _COVARIANCE if keyword not in seen]
    if gaps and len(gaps) < len(_COVARIANCE):
        return gaps[0], "missing: a covariance matrix states all 21 elements"
    return None
