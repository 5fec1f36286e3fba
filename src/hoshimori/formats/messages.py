"""Any message of the CCSDS navigation family, recognised by its content and never by its name.

Accepted: OPM, OMM, OEM, OCM, TDM and CDM in KVN and XML, CDM in Space-Track's JSON, and NDM
containers, whose messages may be of several kinds; all of them in UTF-8, UTF-16 or UCS-4, and
inside gzip or zip.  Attitude messages in a container come back as `OtherMessage`: known to be
there, not read.  OMM become element sets, and only those of SGP4.

Source: CCSDS 502.0-B-3, 503.0-B-2, 505.0-B-3, 508.0-B-1.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.cdm import message_of, read_cdm
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
_VERS = "CCSDS_…_VERS"
_HEAD_BYTES = 4096
_UNKNOWN_MOMENT = np.datetime64("9999-01-01T00:00:00", "us")

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
    found = tuple(
        message
        for name, member in unpacked(data, source=source, limit_bytes=limit_bytes)
        for message in _read(as_utf8(member, name), name, received_utc)
    )
    if not found:
        raise FormatError(f"no message in it: {_EXPECTED}", source=source)
    return found


def _read(data: bytes, source: str, received_utc: np.datetime64) -> Iterator[AnyMessage]:
    origin = Origin(source, hashlib.sha256(data).hexdigest(), received_utc)
    if is_xml(data):
        yield from _read_xml(data, origin)
    elif data.lstrip().startswith((b"[", b"{")):
        yield from read_cdm(data, source=source)
    else:
        yield from _read_kvn(data, origin)


def _read_kvn(data: bytes, origin: Origin) -> Iterator[AnyMessage]:
    kinds = list(dict.fromkeys(kind.decode() for kind in _VERSION.findall(data)))
    if not kinds:
        problem = f"no message ({excerpt(data[:_HEAD_BYTES])}): {_EXPECTED}"
        raise FormatError(problem, source=origin.source, line=1, field=_VERS)
    if len(kinds) > 1:
        problem = f"messages of several kinds ({', '.join(kinds)}): expected one kind in KVN"
        raise FormatError(problem, source=origin.source, line=1, field=_VERS)
    if kinds[0] == "OMM":
        yield _whole(read_omm_kvn(data, origin))
    elif kinds[0] in _KVN:
        yield from _KVN[kinds[0]](data, source=origin.source)
    else:
        raise FormatError(
            f"a CCSDS {kinds[0]} message: {_EXPECTED}", source=origin.source, line=1,
            field=f"CCSDS_{kinds[0]}_VERS",
        )  # fmt: skip


def _read_xml(data: bytes, origin: Origin) -> Iterator[AnyMessage]:
    root = parse_xml(data, origin.source)
    if root.name == "ndm" and not list(messages_in(root, origin.source)):
        raise root.refuse("a container without messages", origin.source)
    for element in messages_in(root, origin.source):
        if element.name in _XML:
            yield from _XML[element.name](element, origin.source)
        elif element.name == "omm":
            yield _whole(read_omm_xml(_cut(data, element), origin))
        elif element.name in _NOT_READ and element is not root:
            yield OtherMessage(element.name.upper(), origin.source, element.line)
        else:
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
