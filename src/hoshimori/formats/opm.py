"""Orbit Parameter Messages in KVN and XML, versions 1.0 to 3.0, read into nouns.

Frames and centres are taken as named, whether or not a registry knows them: the standard leaves
others to agreements between partners.  Within a section keywords may stand in any order.  Numbers
are in kilometres and seconds already, degrees become radians.

Source: CCSDS 502.0-B-3, section 3.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from hoshimori.formats.kvn import kvn_blocks
from hoshimori.formats.packing import LARGEST_UNPACKED_BYTES, unpacked
from hoshimori.formats.statements import (
    HEADER,
    LATER_HEADER,
    USER_DEFINED,
    Block,
    Statement,
    Values,
    header_keywords,
    header_of,
)
from hoshimori.formats.triangles import from_lower_triangle
from hoshimori.formats.xml_tree import Element, is_xml, statements_of, version_of, xml_messages
from hoshimori.model.conjunction_message import Matrix
from hoshimori.model.orbit_parameters import (
    KeplerianElements,
    OrbitParameters,
    Spacecraft,
    StatedManoeuvre,
)

VERSIONS = ("1.0", "2.0", "3.0")
_HEADER = ("CCSDS_OPM_VERS", *LATER_HEADER, "CREATION_DATE", "ORIGINATOR")
_METADATA = (
    "OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "REF_FRAME_EPOCH", "TIME_SYSTEM",
)  # fmt: skip
_AXES = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
_STATE = ("EPOCH", *_AXES)
_KEPLERIAN = (
    "SEMI_MAJOR_AXIS", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER",
    "TRUE_ANOMALY", "MEAN_ANOMALY", "GM",
)  # fmt: skip
_SPACECRAFT = ("MASS", "SOLAR_RAD_AREA", "SOLAR_RAD_COEFF", "DRAG_AREA", "DRAG_COEFF")
_COVARIANCE = tuple(f"C{row}_{_AXES[k]}" for n, row in enumerate(_AXES) for k in range(n + 1))
_COV_FRAME = "COV_REF_FRAME"
_IGNITION = "MAN_EPOCH_IGNITION"
_DELTA_V = ("MAN_DV_1", "MAN_DV_2", "MAN_DV_3")
_MANOEUVRE = (_IGNITION, "MAN_DURATION", "MAN_DELTA_MASS", "MAN_REF_FRAME", *_DELTA_V)
_SECTIONS = (
    _HEADER, _METADATA, _STATE, _KEPLERIAN, _SPACECRAFT, (_COV_FRAME, *_COVARIANCE), _MANOEUVRE,
)  # fmt: skip
_SECTION = {keyword: n for n, section in enumerate(_SECTIONS) for keyword in section}
_MANDATORY = (
    *header_keywords("OPM"), "OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME",
    "TIME_SYSTEM", *_STATE,
)  # fmt: skip
_GROUPS = (
    "header", "body", "segment", "metadata", "data", "stateVector", "keplerianElements",
    "spacecraftParameters", "covarianceMatrix", "maneuverParameters", "userDefinedParameters",
)  # fmt: skip
_ONCE = tuple(group for group in _GROUPS if group != "maneuverParameters")


def read_opm(
    data: bytes, *, source: str, limit_bytes: int = LARGEST_UNPACKED_BYTES
) -> tuple[OrbitParameters, ...]:
    """Return the messages of a file, in its order; gzip and zip are unpacked.

    Raises `FormatError` with source, line and field where the file is not an OPM.
    """
    return tuple(
        parameters_of(block)
        for name, member in unpacked(data, source=source, limit_bytes=limit_bytes)
        for block in _blocks(member, name)
    )


def _blocks(data: bytes, source: str) -> Iterator[Block]:
    if is_xml(data):
        for element in xml_messages(data, source, "opm"):
            yield opm_block(element, source)
    else:
        for (block,) in kvn_blocks(data, source, "CCSDS_OPM_VERS", ()):
            yield block


def opm_block(element: Element, source: str) -> Block:
    """Return the statements of one ``opm``; raise `FormatError` where elements do not belong."""
    statements = [version_of(element), *statements_of(element, _GROUPS, source, once=_ONCE)]
    return Block(HEADER, source, element.line, statements)


def parameters_of(block: Block) -> OrbitParameters:
    """Return what one message says; raise `FormatError` where it breaks the rules."""
    _check_order(block)
    manoeuvres = [s for s in block.statements if s.keyword in _MANOEUVRE]
    plain = Block(block.name, block.source, block.line)
    plain.statements = [s for s in block.statements if s.keyword not in _MANOEUVRE]
    values = plain.values(_SECTION, _MANDATORY)
    header = header_of(values, "OPM", VERSIONS)
    for keyword in LATER_HEADER:
        if keyword in values and header.version != "3.0":
            values.refuse(keyword, "belongs to version 3.0")
    covariance = _covariance(values)
    return OrbitParameters(
        header=header,
        object_name=values.text("OBJECT_NAME") or "",
        object_id=values.text("OBJECT_ID") or "",
        centre=values.name("CENTER_NAME"),
        frame=values.name("REF_FRAME"),
        time_system=values.time_system(),
        position_km=values.vector(_AXES[:3], "km"),
        velocity_km_s=values.vector(_AXES[3:], "km/s"),
        keplerian=_keplerian(values),
        spacecraft=_spacecraft(values),
        covariance_km2=covariance,
        covariance_frame=values.name(_COV_FRAME, values.name("REF_FRAME")) if covariance else None,
        manoeuvres=tuple(_manoeuvres(manoeuvres, block)),
        epoch=values.moment("EPOCH"),
        frame_epoch=values.maybe_moment("REF_FRAME_EPOCH"),
        further=values.further(_SECTION),
        comments=block.comments(),
    )


def _check_order(block: Block) -> None:
    """Refuse a section after one that should follow it."""
    reached = 0
    for statement in block.statements:
        place = _SECTION.get(statement.keyword, reached)
        if place < reached:
            before = _SECTIONS[reached][0]
            statement.refuse(f"comes too late: expected before {before}", block.source)
        reached = len(_SECTIONS) - 1 if statement.keyword.startswith(USER_DEFINED) else place


def _keplerian(values: Values) -> KeplerianElements | None:
    stated = [keyword for keyword in _KEPLERIAN if keyword in values]
    if not stated:
        return None
    anomalies = [keyword for keyword in stated if keyword.endswith("_ANOMALY")]
    missing = [keyword for keyword in _KEPLERIAN[:5] if keyword not in values]
    if missing:
        values.refuse(stated[0], f"expected {missing[0]} with it")
    if len(anomalies) != 1:
        values.refuse(stated[0], "expected either TRUE_ANOMALY or MEAN_ANOMALY with it")
    angles = {
        name: math.radians(values.number(keyword, "deg"))
        for name, keyword in (
            ("inclination_rad", "INCLINATION"),
            ("raan_rad", "RA_OF_ASC_NODE"),
            ("arg_of_pericenter_rad", "ARG_OF_PERICENTER"),
            (f"{anomalies[0].lower()}_rad", anomalies[0]),
        )
    }
    return KeplerianElements(
        semi_major_axis_km=values.number("SEMI_MAJOR_AXIS", "km"),
        eccentricity=values.number("ECCENTRICITY"),
        mu_km3_s2=values.maybe("GM", "km**3/s**2"),
        **angles,
    )


def _spacecraft(values: Values) -> Spacecraft:
    units = ("kg", "m**2", "", "m**2", "")
    pairs = zip(_SPACECRAFT, units, strict=True)
    return Spacecraft(*(values.maybe(keyword, unit) for keyword, unit in pairs))


def _covariance(values: Values) -> Matrix | None:
    stated = [keyword for keyword in _COVARIANCE if keyword in values]
    if not stated:
        return None
    if len(stated) < len(_COVARIANCE):
        gap = next(keyword for keyword in _COVARIANCE if keyword not in values)
        values.refuse(stated[0], f"expected {gap} too: a covariance matrix states all 21 elements")
    triangle = np.array([values.number(keyword, _unit(keyword)) for keyword in _COVARIANCE])
    return tuple(tuple(row) for row in from_lower_triangle(triangle).tolist())


def _unit(keyword: str) -> str:
    rates = keyword.count("_DOT")
    return "km**2" + ("", "/s", "/s**2")[rates]


def _manoeuvres(statements: list[Statement], block: Block) -> Iterator[StatedManoeuvre]:
    """Give one manoeuvre for each ignition, in the order of the message."""
    parts: list[Block] = []
    for statement in statements:
        if statement.keyword == _IGNITION or not parts:
            parts.append(Block("MAN", block.source, statement.line))
        parts[-1].statements.append(statement)
    for part in parts:
        values = part.values(_MANOEUVRE, (_IGNITION, "MAN_REF_FRAME", *_DELTA_V))
        yield StatedManoeuvre(
            ignition=values.moment(_IGNITION),
            frame=values.name("MAN_REF_FRAME"),
            delta_v_km_s=values.vector(_DELTA_V, "km/s"),
            duration_s=values.maybe("MAN_DURATION", "s"),
            delta_mass_kg=values.maybe("MAN_DELTA_MASS", "kg"),
        )
