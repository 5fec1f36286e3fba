"""Tracking Data Messages in KVN and XML, versions 1.0 and 2.0, read into columns.

One noun for each segment.  Each has its own time system, because the standard states it for the
data of the segment.  Counts of phase are read in double precision: beyond 15 digits they are
rounded.  Within a section keywords may stand in any order, and a path may hold spaces.

Source: CCSDS 503.0-B-2, sections 3 and 4.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from hoshimori.formats.kvn import kvn_blocks
from hoshimori.formats.packing import LARGEST_UNPACKED_BYTES, unpacked
from hoshimori.formats.statements import (
    COMMENT,
    Block,
    Statement,
    Values,
    header_keywords,
    header_of,
    moment,
    number_in,
)
from hoshimori.formats.xml_tree import (
    Element,
    header_and_parts,
    is_xml,
    statement_of,
    statements_of,
    xml_messages,
)
from hoshimori.model.messages import MessageHeader
from hoshimori.model.tracking_data import TrackingData

VERSIONS = ("1.0", "2.0")
_HEADER = (*header_keywords("TDM"), "MESSAGE_ID")
_INDICES = range(1, 6)
_PARTICIPANTS = tuple(f"PARTICIPANT_{n}" for n in _INDICES)
_PATHS = ("PATH", "PATH_1", "PATH_2")
_TOLD = ("TIME_SYSTEM", "START_TIME", "STOP_TIME", "MODE", *_PARTICIPANTS, *_PATHS)
_NUMBERS = (
    "TURNAROUND_NUMERATOR", "TURNAROUND_DENOMINATOR", "INTEGRATION_INTERVAL", "FREQ_OFFSET",
    "RANGE_MODULUS", "DOPPLER_COUNT_BIAS", "DOPPLER_COUNT_SCALE", "INTERPOLATION_DEGREE",
    *(f"{way}_DELAY_{n}" for way in ("TRANSMIT", "RECEIVE") for n in _INDICES),
    *(f"CORRECTION_{of}" for of in (
        "ANGLE_1", "ANGLE_2", "DOPPLER", "MAG", "RANGE", "RCS", "RECEIVE", "TRANSMIT",
        "ABERRATION_YEARLY", "ABERRATION_DIURNAL",
    )),
)  # fmt: skip
_CHOICES = {
    "MODE": ("SEQUENTIAL", "SINGLE_DIFF"),
    "RANGE_UNITS": ("KM", "S", "RU"),
    "TIMETAG_REF": ("TRANSMIT", "RECEIVE"),
    "INTEGRATION_REF": ("START", "MIDDLE", "END"),
    "RANGE_MODE": ("COHERENT", "CONSTANT", "ONE_WAY"),
    "ANGLE_TYPE": ("AZEL", "RADEC", "XEYN", "XSYE"),
    "DATA_QUALITY": ("RAW", "VALIDATED", "DEGRADED"),
    "CORRECTIONS_APPLIED": ("YES", "NO"),
    "DOPPLER_COUNT_ROLLOVER": ("YES", "NO"),
}
_TEXTS = (
    "TRACK_ID", "DATA_TYPES", "TRANSMIT_BAND", "RECEIVE_BAND", "REFERENCE_FRAME", "INTERPOLATION",
    *(f"EPHEMERIS_NAME_{n}" for n in _INDICES),
)  # fmt: skip
_METADATA = {*_TOLD, *_NUMBERS, *_CHOICES, *_TEXTS}
_UNITS = {
    "CARRIER_POWER": "dBW", "DOPPLER_COUNT": "", "DOPPLER_INSTANTANEOUS": "km/s",
    "DOPPLER_INTEGRATED": "km/s", "PC_N0": "dBHz", "PR_N0": "dBHz", "RANGE": "km",
    "RECEIVE_FREQ": "Hz", "DOR": "s", "VLBI_DELAY": "s", "ANGLE_1": "rad", "ANGLE_2": "rad",
    "MAG": "", "RCS": "m**2", "CLOCK_BIAS": "s", "CLOCK_DRIFT": "s/s", "STEC": "TECU",
    "TROPO_DRY": "km", "TROPO_WET": "km", "PRESSURE": "hPa", "RHUMIDITY": "%", "TEMPERATURE": "K",
    **{f"RECEIVE_FREQ_{n}": "Hz" for n in _INDICES},
    **{f"TRANSMIT_FREQ_{n}": "Hz" for n in _INDICES},
    **{f"TRANSMIT_FREQ_RATE_{n}": "Hz/s" for n in _INDICES},
    **{f"{way}_PHASE_CT_{n}": "" for way in ("RECEIVE", "TRANSMIT") for n in _INDICES},
}  # fmt: skip
"""The unit of each observation in `TrackingData`."""
_FACTORS = {
    "ANGLE_1": math.radians(1.0), "ANGLE_2": math.radians(1.0), "TROPO_DRY": 1e-3,
    "TROPO_WET": 1e-3,
}  # fmt: skip
"""From the unit of the message (degrees, metres) to ours."""
_RANGE_UNITS = {"KM": "km", "S": "s", "RU": "RU"}
_PATH = re.compile(r"[1-5](?:\s*,\s*[1-5])+", re.ASCII)


def read_tdm(
    data: bytes, *, source: str, limit_bytes: int = LARGEST_UNPACKED_BYTES
) -> tuple[TrackingData, ...]:
    """Return the segments of a file, in its order; gzip and zip are unpacked.

    Raises `FormatError` with source, line and field where the file is not a TDM.
    """
    return tuple(
        found
        for name, member in unpacked(data, source=source, limit_bytes=limit_bytes)
        for blocks in _messages(member, name)
        for found in tracking_of(blocks)
    )


def _messages(data: bytes, source: str) -> Iterator[list[Block]]:
    if is_xml(data):
        for element in xml_messages(data, source, "tdm"):
            yield tdm_blocks(element, source)
    else:
        yield from kvn_blocks(data, source, "CCSDS_TDM_VERS", ("META", "DATA"))


def tdm_blocks(element: Element, source: str) -> list[Block]:
    """Return the blocks of one ``tdm``; raise `FormatError` where elements do not belong."""
    header, parts = header_and_parts(element, source)
    blocks = [header]
    for part in parts:
        if part.name == "metadata":
            block = Block("META", source, part.line, list(statements_of(part, (), source)))
            blocks.append(block)
        else:
            rows = [_observation(row, source) for row in part.children]
            blocks.append(Block("DATA", source, part.line, rows))
    return blocks


def _observation(element: Element, source: str) -> Statement:
    """Return an observation as KVN writes it."""
    if element.name == COMMENT:
        return statement_of(element, source)
    if element.name != "observation":
        raise element.refuse("expected <observation>", source)
    parts = [statement_of(child, source) for child in element.children]
    if len(parts) != 2 or parts[0].keyword != "EPOCH":
        raise element.refuse("expected EPOCH and one value", source)
    return parts[1]._replace(value=f"{parts[0].value} {parts[1].value}")


def tracking_of(blocks: list[Block]) -> Iterator[TrackingData]:
    """Give what each segment of a message says; raise `FormatError` where it breaks the rules."""
    first, *others = blocks
    header = header_of(first.values(_HEADER, header_keywords("TDM")), "TDM", VERSIONS)
    wanted = ("META", "DATA") * (len(others) // 2 + 1)
    for block, name in zip(others, wanted, strict=False):
        if block.name != name:
            block.refuse(f"expected {name} here: a segment is metadata, then data")
    if not others or len(others) % 2:
        blocks[-1].refuse("expected segments of metadata and data")
    for meta, data in list(pairwise(others))[::2]:
        yield _tracking(header, meta, data)


def _tracking(header: MessageHeader, meta: Block, data: Block) -> TrackingData:
    values = meta.values(_METADATA, ("TIME_SYSTEM",))
    _check_metadata(meta, values)
    observations = [s for s in data.statements if s.keyword != COMMENT]
    parsed = [_parsed(statement, data.source) for statement in observations]
    units = _UNITS | {"RANGE": _RANGE_UNITS[values.name("RANGE_UNITS", "KM")]}
    keywords = [statement.keyword for statement in observations]
    named = [values.text(keyword) or "" for keyword in _PARTICIPANTS]
    while not named[-1]:
        named.pop()
    return TrackingData(
        header=header,
        participants=tuple(named),
        time_system=values.time_system(),
        times=np.array([time for time, _ in parsed], dtype="datetime64[us]"),
        keywords=np.array(keywords, dtype="U32"),
        values=np.array([value for _, value in parsed], dtype=np.float64),
        units=np.array([units[keyword] for keyword in keywords], dtype="U8"),
        mode=values.name("MODE") or None,
        paths=tuple(_path(values, keyword) for keyword in _PATHS if keyword in values),
        start=values.maybe_moment("START_TIME"),
        stop=values.maybe_moment("STOP_TIME"),
        further=values.further(_TOLD),
        comments=meta.comments() + data.comments(),
    )


def _check_metadata(meta: Block, values: Values) -> None:
    if not any(keyword in values for keyword in _PARTICIPANTS):
        meta.refuse("missing: expected at least one participant", keyword="PARTICIPANT_1")
    for keyword in _NUMBERS:
        values.maybe(keyword, "")
    for keyword, choices in _CHOICES.items():
        if keyword in values and values.name(keyword) not in choices:
            values.refuse(keyword, f"expected one of {', '.join(choices)}")
    wanted = {"SEQUENTIAL": _PATHS[:1], "SINGLE_DIFF": _PATHS[1:]}.get(values.name("MODE"), ())
    for keyword in wanted:
        if keyword not in values:
            values.refuse("MODE", f"expected {keyword} with it")


def _path(values: Values, keyword: str) -> tuple[int, ...]:
    text = values.text(keyword) or ""
    if not _PATH.fullmatch(text):
        values.refuse(keyword, f"{text[:40]!r}: expected indices of participants, as in 1,2,1")
    path = tuple(int(index) for index in text.split(","))
    for index in path:
        if f"PARTICIPANT_{index}" not in values:
            values.refuse(keyword, f"expected PARTICIPANT_{index} to be named")
    return path


def _parsed(statement: Statement, source: str) -> tuple[np.datetime64, float]:
    """Return epoch and value of one observation."""
    if statement.keyword not in _UNITS:
        statement.refuse(f"{statement.keyword[:40]!r} is no observation of a TDM", source)
    cells = statement.value.split()
    value = number_in(cells[1]) if len(cells) == 2 else None
    if value is None:
        statement.refuse(f"{statement.value[:60]!r}: expected an epoch and a number", source)
    time = moment(statement._replace(value=cells[0]), source)
    return time, value * _FACTORS.get(statement.keyword, 1.0)
