"""Any message of the CCSDS navigation family, recognised by its content and never by its name.

Accepted: OPM, OMM, OEM, OCM, TDM and CDM in KVN and XML, CDM in Space-Track's JSON, KVN files and
NDM containers of messages of several kinds; all of them in UTF-8, UTF-16 or UCS-4, and packed
(`hoshimori.formats.packing`).  Attitude messages in a container come back as `OtherMessage`: known
to be there, not read.  OMM become element sets, and only those of SGP4; those that stand beside one
another are taken or refused together (`hoshimori.formats.catalogue` parts them).

Source: CCSDS 502.0-B-3, 503.0-B-2, 505.0-B-3, 508.0-B-1.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.cdm import message_of, read_cdm
from hoshimori.formats.cdm_json import json_records, json_statements
from hoshimori.formats.cdm_xml import xml_statements
from hoshimori.formats.encodings import as_utf8, excerpt
from hoshimori.formats.ocm import comprehensive_of, ocm_blocks, read_ocm
from hoshimori.formats.oem import ephemerides_of, read_oem
from hoshimori.formats.oem_xml import segments_of
from hoshimori.formats.omm_kvn import read_omm_kvn
from hoshimori.formats.omm_xml import read_omm_xml
from hoshimori.formats.opm import opm_block, parameters_of, read_opm
from hoshimori.formats.packing import LARGEST_UNPACKED_BYTES, unpacked
from hoshimori.formats.records import Origin
from hoshimori.formats.tdm import read_tdm, tdm_blocks, tracking_of
from hoshimori.formats.xml_tree import Element, is_xml, messages_in, parse_xml
from hoshimori.model.conjunction_message import ConjunctionMessage
from hoshimori.model.elements import ElementSets
from hoshimori.model.ephemeris import Ephemeris
from hoshimori.model.messages import OtherMessage
from hoshimori.model.orbit_comprehensive import OrbitComprehensive
from hoshimori.model.orbit_parameters import OrbitParameters
from hoshimori.model.rejections import Reading
from hoshimori.model.tracking_data import TrackingData

AnyMessage = (
    ConjunctionMessage | ElementSets | Ephemeris | OrbitComprehensive | OrbitParameters
    | OtherMessage | TrackingData
)  # fmt: skip

_EXPECTED = "expected OPM, OMM, OEM, OCM, TDM or CDM in KVN or XML, or CDM in JSON"
_NOT_READ = ("aem", "apm", "acm", "rdm", "prm", "emm")
_VERSION = re.compile(rb"(?:^|[\r\n])[ \t]*CCSDS_([A-Z]{2,4})_VERS(?:ION)?[ \t]*=")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_VERS = "CCSDS_…_VERS"
_HEAD_BYTES = 4096
_UNKNOWN_MOMENT = np.datetime64("9999-01-01T00:00:00", "us")

_Read = Callable[[], list[AnyMessage]]
_KVN: dict[str, Callable[..., tuple[AnyMessage, ...]]] = {
    "CDM": read_cdm, "OCM": read_ocm, "OEM": read_oem, "OPM": read_opm, "TDM": read_tdm,
}  # fmt: skip
_XML: dict[str, Callable[[Element, str], Iterator[AnyMessage]]] = {
    "cdm": lambda element, source: iter([message_of(xml_statements(element, source))]),
    "ocm": lambda element, source: iter([comprehensive_of(ocm_blocks(element, source))]),
    "oem": lambda element, source: iter(ephemerides_of(*segments_of(element, source))),
    "opm": lambda element, source: iter([parameters_of(opm_block(element, source))]),
    "tdm": lambda element, source: tracking_of(tdm_blocks(element, source)),
}


class MessageReading(NamedTuple):
    """What could be read of a file, and what was refused, each with source, line and field."""

    messages: tuple[AnyMessage, ...]
    refused: tuple[FormatError, ...]


def read_messages(
    data: bytes,
    *,
    source: str,
    received_utc: np.datetime64 = _UNKNOWN_MOMENT,
    limit_bytes: int = LARGEST_UNPACKED_BYTES,
) -> tuple[AnyMessage, ...]:
    """Return the messages of a file, in its order.

    An OEM gives one ephemeris and a TDM one table for each segment. `received_utc` is when element
    sets became known that do not say so. Raises `FormatError` with source, line and field where the
    bytes are no message, or a message breaks its rules.
    """
    reading = read_each_message(
        data, source=source, received_utc=received_utc, limit_bytes=limit_bytes
    )
    for error in reading.refused:
        raise error
    if not reading.messages:
        raise FormatError(f"no message in it: {_EXPECTED}", source=source)
    return reading.messages


def read_each_message(
    data: bytes,
    *,
    source: str,
    received_utc: np.datetime64 = _UNKNOWN_MOMENT,
    limit_bytes: int = LARGEST_UNPACKED_BYTES,
) -> MessageReading:
    """Return the sound messages of a file; one that breaks its rules is refused alone.

    What cannot be parted into messages (XML or JSON that is none, an archive that is damaged) is
    refused as one. Never raises `FormatError`.
    """
    messages: list[AnyMessage] = []
    refused: list[FormatError] = []
    parts = _parts_of_file(data, source, received_utc, limit_bytes)
    while True:
        try:
            read = next(parts, None)
            if read is None:
                break
            messages += read()
        except FormatError as error:
            refused.append(error)
    return MessageReading(tuple(messages), tuple(refused))


def _parts_of_file(
    data: bytes, source: str, received_utc: np.datetime64, limit_bytes: int
) -> Iterator[_Read]:
    """Give, for each message, the function that reads it."""
    for name, member in unpacked(data, source=source, limit_bytes=limit_bytes):
        try:
            text = as_utf8(member, name)
            origin = Origin(name, hashlib.sha256(text).hexdigest(), received_utc)
            yield from _parts(text, origin)
        except FormatError as error:
            yield partial(_fail, error)


def _parts(data: bytes, origin: Origin) -> Iterator[_Read]:
    if is_xml(data):
        yield from _xml_parts(data, origin)
    elif data.lstrip().startswith((b"[", b"{")):
        for number, record in enumerate(json_records(data, origin.source), 1):
            yield partial(_json_message, record, number, origin.source)
    else:
        yield from _kvn_parts(data, origin)


def _fail(error: FormatError) -> list[AnyMessage]:
    raise error


def _json_message(record: object, number: int, source: str) -> list[AnyMessage]:
    return [message_of(*json_statements(record, number, source))]


def _kvn_parts(data: bytes, origin: Origin) -> Iterator[_Read]:
    """Part a file where messages begin; element sets next to one another stay together."""
    starts = list(_VERSION.finditer(data))
    if not starts:
        problem = f"no message ({excerpt(data[:_HEAD_BYTES])}): {_EXPECTED}"
        raise FormatError(problem, source=origin.source, line=1, field=_VERS)
    kinds = [start[1].decode("ascii") for start in starts]
    cuts = [k for k in range(1, len(starts)) if not kinds[k - 1] == kinds[k] == "OMM"]
    edges = [0, *(starts[k].start(1) - len("CCSDS_") for k in cuts), len(data)]
    line = 0
    for k, begin, end in zip([0, *cuts], edges, edges[1:], strict=False):
        piece = data[begin:end]
        yield partial(_kvn_message, piece, kinds[k], line, origin)
        line += len(_LINE_END.findall(piece))


def _kvn_message(data: bytes, kind: str, lines_before: int, origin: Origin) -> list[AnyMessage]:
    source = origin.source
    try:
        if kind == "OMM":
            return [_whole(read_omm_kvn(data, origin))]
        if kind in _KVN:
            return list(_KVN[kind](data, source=source))
    except FormatError as error:
        line = error.line + lines_before if error.line else None
        raise FormatError(error.problem, source=source, line=line, field=error.field) from error
    problem = f"a CCSDS {kind} message: {_EXPECTED}"
    raise FormatError(problem, source=source, line=lines_before + 1, field=f"CCSDS_{kind}_VERS")


def _xml_parts(data: bytes, origin: Origin) -> Iterator[_Read]:
    root = parse_xml(data, origin.source)
    if root.name == "ndm" and not list(messages_in(root, origin.source)):
        raise root.refuse("a container without messages", origin.source)
    for element in messages_in(root, origin.source):
        yield partial(_xml_message, element, element is not root, data, origin)


def _xml_message(
    element: Element, contained: bool, data: bytes, origin: Origin
) -> list[AnyMessage]:
    if element.name in _XML:
        return list(_XML[element.name](element, origin.source))
    if element.name == "omm":
        return [_whole(read_omm_xml(_cut(data, element), origin))]
    if element.name in _NOT_READ and contained:
        return [OtherMessage(element.name.upper(), origin.source, element.line)]
    problem = f"an XML document of <{element.name[:40]}>: {_EXPECTED}"
    raise element.refuse(problem, origin.source)


def _cut(data: bytes, element: Element) -> bytes:
    """Return one message of a document, behind as many lines as stood before it."""
    begin, end = element.span
    return b"\n" * (element.line - 1) + data[begin : data.find(b">", end) + 1]


def _whole(reading: Reading) -> ElementSets:
    """Return the element sets of a file of which nothing was refused."""
    for rejection in reading.rejections:
        raise FormatError(
            rejection.problem,
            source=rejection.source,
            line=rejection.line,
            field=rejection.field or "OMM",
        )
    return reading.element_sets
