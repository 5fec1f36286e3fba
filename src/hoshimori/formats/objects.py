"""Any file about objects, recognised by its content: SATCAT, GCAT, UCS, CARA or a merged table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from hoshimori.errors import FormatError
from hoshimori.formats.metadata import read_cara, read_gcat, read_object_table, read_ucs
from hoshimori.formats.satcat import read_satcat
from hoshimori.formats.tables import only_file
from hoshimori.model.objects import ObjectType, SpaceObject
from hoshimori.model.rejections import ObjectReading

_HEAD_BYTES = 8192


def read_objects(data: bytes, *, source: str) -> ObjectReading:
    """Return the objects that a file describes and the records that were refused.

    `source` is kept with every object.  Raises `FormatError` where the bytes are no such file.
    """
    content = only_file(data, source)
    head = content[:_HEAD_BYTES]
    if content.startswith(b"PAR1"):
        return read_object_table(content, source=source)
    if head.startswith(b"#JCAT"):
        return read_gcat(content, source=source)
    if b"NORAD Number" in head:
        return read_ucs(content, source=source)
    if head.startswith(b"ObjectID,"):
        return read_cara(content, source=source)
    if b"NORAD_CAT_ID" in head:
        return read_satcat(content, source=source)
    raise FormatError(
        "no list of objects: expected a SATCAT (CSV, JSON), GCAT psatcat, the UCS database,"
        " CARA's sizes or a Parquet table of objects",
        source=source,
    )


def merge_objects(objects: Iterable[SpaceObject]) -> dict[int, SpaceObject]:
    """Return one description for each catalogue number; of two statements the first counts.

    Give the lists in order of trust.  The sources of everything merged are kept, in order.
    """
    merged: dict[int, SpaceObject] = {}
    for item in objects:
        known = merged.get(item.norad_id)
        merged[item.norad_id] = item if known is None else _completed(known, item)
    return merged


def _completed(known: SpaceObject, more: SpaceObject) -> SpaceObject:
    news = {
        field.name: getattr(more, field.name)
        for field in fields(SpaceObject)
        if getattr(known, field.name) in ("", None, ObjectType.UNKNOWN)
    }
    sources = tuple(dict.fromkeys(known.sources + more.sources))
    return replace(known, **news, sources=sources)
