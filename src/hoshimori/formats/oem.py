"""Orbit Ephemeris Messages in KVN and XML, versions 1.0 to 3.0, read into nouns.

Frames, centres and time systems are taken as named: whoever uses an ephemeris decides which it
understands.  Values are in kilometres and seconds already, and nothing is interpolated.

Source: CCSDS 502.0-B-3, section 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from hoshimori.formats.oem_kvn import read_kvn
from hoshimori.formats.oem_segments import Segment, check_header, ephemeris
from hoshimori.formats.oem_xml import segments_of
from hoshimori.formats.packing import LARGEST_UNPACKED_BYTES, unpacked
from hoshimori.formats.statements import Block
from hoshimori.formats.xml_tree import is_xml, xml_messages
from hoshimori.model.ephemeris import Ephemeris

_ALIKE = ("object_name", "object_id", "time_system")


def read_oem(
    data: bytes, *, source: str, limit_bytes: int = LARGEST_UNPACKED_BYTES
) -> tuple[Ephemeris, ...]:
    """Return one ephemeris for each segment of a file, in its order; gzip and zip are unpacked.

    Raises `FormatError` with source, line and field where the file is not an OEM.
    """
    return tuple(
        found
        for name, member in unpacked(data, source=source, limit_bytes=limit_bytes)
        for found in _messages(member, name)
    )


def _messages(data: bytes, source: str) -> Iterator[Ephemeris]:
    if is_xml(data):
        for element in xml_messages(data, source, "oem"):
            yield from ephemerides_of(*segments_of(element, source))
    else:
        yield from ephemerides_of(*read_kvn(data, source))


def ephemerides_of(header: Block, segments: list[Segment]) -> list[Ephemeris]:
    """Return the ephemerides of one OEM; raise `FormatError` where it breaks the rules."""
    version = check_header(header)
    if not segments:
        header.refuse("an OEM without segments")
    found = [ephemeris(segment, version) for segment in segments]
    for segment, one in zip(segments, found, strict=True):
        for name in _ALIKE:
            if getattr(one, name) != getattr(found[0], name):
                segment.metadata.refuse(
                    f"{name} {getattr(one, name)[:40]!r} after {getattr(found[0], name)[:40]!r}:"
                    " expected the same in all segments"
                )
    return found
