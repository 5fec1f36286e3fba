"""Orbit Ephemeris Messages in KVN and XML, versions 1.0 to 3.0, read into nouns.

Frames, centres and time systems are taken as named: whoever uses an ephemeris decides which it
understands.  Values are in kilometres and seconds already, and nothing is interpolated.

Source: CCSDS 502.0-B-3, section 5.
"""

from __future__ import annotations

from hoshimori.errors import FormatError
from hoshimori.formats.oem_kvn import read_kvn
from hoshimori.formats.oem_segments import check_header, ephemeris
from hoshimori.formats.oem_xml import read_xml
from hoshimori.formats.packing import LARGEST_UNPACKED_BYTES, unpacked
from hoshimori.model.ephemeris import Ephemeris

_XML_STARTS = (b"<", b"\xfe\xff", b"\xff\xfe")
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
        for found in _message(member, name)
    )


def _message(data: bytes, source: str) -> list[Ephemeris]:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:2]
    read = read_xml if start.startswith(_XML_STARTS) else read_kvn
    header, segments = read(data, source)
    version = check_header(header, source)
    if not segments:
        raise FormatError("an OEM without segments", source=source)
    found = [ephemeris(segment, version) for segment in segments]
    for segment, one in zip(segments, found, strict=True):
        for name in _ALIKE:
            if getattr(one, name) != getattr(found[0], name):
                raise FormatError(
                    f"{name} {getattr(one, name)[:40]!r} after {getattr(found[0], name)[:40]!r}:"
                    " expected the same in all segments",
                    source=source,
                    line=segment.line,
                )
    return found
