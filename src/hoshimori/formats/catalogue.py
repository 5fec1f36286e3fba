"""Any catalogue file, recognised by its content and never by its name.

Accepted: OMM in CSV, JSON, XML and KVN; TLE, 2LE and 3LE; Parquet and Arrow (files and streams)
with OMM column names and a few public dialects; the JSC Vimpel catalogue in JSON; all of them in
UTF-8 (with or without a mark) or UTF-16 with a mark, and inside gzip or zip.  The modules of each
format say what exactly they accept.

A file that holds no catalogue at all (empty, an HTML error page, "No GP data found", another CCSDS
message…) raises one `FormatError` that says what it is.  A bad record never raises: it comes back
as a `Rejection`, and every record of the file is either read or rejected.  A catalogue without
records (a header alone, an empty array) is read as no element sets.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.encodings import as_utf8, excerpt
from hoshimori.formats.omm_csv import read_omm_csv
from hoshimori.formats.omm_json import read_omm_json
from hoshimori.formats.omm_kvn import read_omm_kvn
from hoshimori.formats.omm_xml import read_omm_xml
from hoshimori.formats.packing import LARGEST_UNPACKED_BYTES, is_packed, unpacked
from hoshimori.formats.parquet import read_arrow, read_parquet
from hoshimori.formats.records import Origin, joined
from hoshimori.formats.tle import read_tle
from hoshimori.formats.vimpel import read_vimpel_json
from hoshimori.model.provenance import Reality
from hoshimori.model.rejections import Reading, Rejection

Reader = Callable[[bytes, Origin], Reading]

_HEAD_BYTES = 4096
_KEPT_BYTES = 65_536
_EXPECTED = "expected OMM (CSV, JSON, XML, KVN), TLE or 3LE, Parquet or Arrow"
_TLE_LINE = re.compile(rb"(?:^|[\r\n])[12] [ 0-9A-Z]{5}[^\r\n]{33}")
_OTHER_CCSDS = re.compile(rb"(?:^|[\r\n])[ \t]*CCSDS_(?!OMM)([A-Z]{2,4})_VERS[ \t]*=")


def read_catalogue(
    data: bytes,
    *,
    source: str,
    received_utc: np.datetime64,
    reality: Reality = Reality.REAL,
    limit_bytes: int = LARGEST_UNPACKED_BYTES,
) -> Reading:
    """Return the element sets of a catalogue file and the records that were refused.

    `source` names the file in messages and provenance; `received_utc` is when its content became
    known, for records that do not state it; no record can be more real than `reality`.  Raises
    `FormatError` where the bytes are no catalogue.
    """
    digest = hashlib.sha256(data).hexdigest()
    if not is_packed(data):
        return _read(data, Origin(source, digest, received_utc, reality))
    readings: list[Reading] = []
    problems: list[tuple[FormatError, bytes]] = []
    for name, member in unpacked(data, source=source, limit_bytes=limit_bytes):
        try:
            readings.append(_read(member, Origin(name, digest, received_utc, reality)))
        except FormatError as error:
            problems.append((error, member))
    if not readings:
        raise problems[0][0] if problems else FormatError("an empty archive", source=source)
    refused = tuple(_refused_member(error, member) for error, member in problems)
    found = joined(readings)
    return Reading(found.element_sets, found.rejections + refused)


def _refused_member(error: FormatError, member: bytes) -> Rejection:
    return Rejection(
        error.source, error.line or 1, error.field, error.problem, member[:_KEPT_BYTES]
    )


def _read(data: bytes, origin: Origin) -> Reading:
    text = as_utf8(data, origin.source)
    return _reader_for(text, origin)(text, origin)


def _reader_for(data: bytes, origin: Origin) -> Reader:
    """Choose the reader that fits the content; raise `FormatError` where none does."""
    if data.startswith(b"PAR1"):
        return read_parquet
    if data.startswith((b"ARROW1", b"\xff\xff\xff\xff")):
        return read_arrow
    head = data[:_HEAD_BYTES].lstrip()
    if not head and not data.strip():
        raise FormatError(f"an empty file: {_EXPECTED}", source=origin.source)
    if head.startswith(b"<"):
        return _markup_reader(head, origin)
    if head.startswith((b"[", b"{")):
        return _json_reader(head, origin)
    return _text_reader(data, head, origin)


def _markup_reader(head: bytes, origin: Origin) -> Reader:
    if re.search(rb"<(?:!doctype\s+)?html\b", head, re.IGNORECASE):
        raise FormatError(
            f"an HTML page ({excerpt(re.sub(rb'<[^>]*>', b' ', head))}): {_EXPECTED}",
            source=origin.source,
        )
    return read_omm_xml


def _json_reader(head: bytes, origin: Origin) -> Reader:
    if re.match(rb'\[?\s*\{\s*"error"', head):
        raise FormatError(f"an error message: {excerpt(head)}", source=origin.source)
    if re.search(rb'"TLE[12]"', head) and b'"NORAD_CAT_ID"' not in head:
        return read_vimpel_json
    if re.match(rb"\[\s*\]", head) or b'"NORAD_CAT_ID"' in head or b'"EPOCH"' in head:
        return read_omm_json
    raise FormatError(f"JSON without OMM keywords: {_EXPECTED}", source=origin.source)


def _text_reader(data: bytes, head: bytes, origin: Origin) -> Reader:
    if re.search(rb"(?:^|[\r\n])[ \t]*CCSDS_OMM_VERS[ \t]*=", head):
        return read_omm_kvn
    if other := _OTHER_CCSDS.search(head):
        kind = other[1].decode("ascii")
        raise FormatError(f"a CCSDS {kind} message: {_EXPECTED}", source=origin.source)
    header = re.split(rb"[\r\n]", head, maxsplit=1)[0].upper()
    if b"," in header and (b"NORAD_CAT_ID" in header or b"MEAN_MOTION" in header):
        return read_omm_csv
    if _TLE_LINE.search(data):
        return read_tle
    raise FormatError(f"no catalogue ({excerpt(head)}): {_EXPECTED}", source=origin.source)
