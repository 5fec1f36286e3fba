"""The SATCAT: what is known of every catalogued object besides its orbit.

Accepted: CelesTrak's CSV (``OBJECT_NAME, OBJECT_ID, NORAD_CAT_ID, OBJECT_TYPE, OPS_STATUS_CODE,
OWNER, LAUNCH_DATE, DECAY_DATE, RCS``…) and Space-Track's JSON of class satcat (``SATNAME, COUNTRY,
LAUNCH, DECAY, RCSVALUE``…), each also in gzip or zip.  A record that cannot be read is refused
alone.

Source: CelesTrak, "SATCAT Format Documentation"; Space-Track, basicspacedata modeldef satcat.
"""

from __future__ import annotations

import hashlib

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.omm_json import split_json
from hoshimori.formats.records import Origin
from hoshimori.formats.tables import (
    Cells,
    FieldError,
    day,
    norad_id,
    number,
    only_file,
    read_table,
)
from hoshimori.model.objects import ObjectType, SpaceObject
from hoshimori.model.rejections import ObjectReading, Rejection

_TYPES = {
    "PAY": ObjectType.PAYLOAD,
    "R/B": ObjectType.ROCKET_BODY,
    "DEB": ObjectType.DEBRIS,
    "UNK": ObjectType.UNKNOWN,
    "": ObjectType.UNKNOWN,
    "TBA": ObjectType.UNKNOWN,
    "OTHER": ObjectType.UNKNOWN,
} | {kind.value: kind for kind in ObjectType}
_SPACE_TRACK = {
    "OBJECT_NAME": "SATNAME",
    "OWNER": "COUNTRY",
    "LAUNCH_DATE": "LAUNCH",
    "DECAY_DATE": "DECAY",
    "RCS": "RCSVALUE",
}


def read_satcat(data: bytes, *, source: str) -> ObjectReading:
    """Return the objects of a SATCAT file; raises `FormatError` where the bytes are none."""
    content = only_file(data, source)
    if content.lstrip()[:1] in (b"[", b"{"):
        return _read_json(content, source)
    return read_table(
        content,
        source=source,
        delimiter=",",
        needs=("NORAD_CAT_ID", "OBJECT_NAME", "OBJECT_TYPE"),
        take=lambda cells: _object(cells, source),
    )


def _read_json(content: bytes, source: str) -> ObjectReading:
    digest = hashlib.sha256(content).hexdigest()
    records = split_json(content, Origin(source, digest, np.datetime64("NaT", "us")))
    objects: list[SpaceObject] = []
    problems = dict(records.faults.first)
    for row, record in enumerate(records.objects):
        try:
            if row not in problems:
                objects.append(_object(_celestrak_cells(record), source))
        except FieldError as error:
            problems[row] = (error.field, str(error))
    if not objects and not any("NORAD_CAT_ID" in record for record in records.objects):
        raise FormatError("JSON without NORAD_CAT_ID: expected a SATCAT", source=source)
    rejections = (
        Rejection(source, records.place(row, "")[0], field, problem, records.place(row, "")[1])
        for row, (field, problem) in sorted(problems.items())
    )
    return ObjectReading(tuple(objects), tuple(rejections))


def _celestrak_cells(record: dict[str, object]) -> Cells:
    """Rename what Space-Track calls otherwise; its older SATNAME is OBJECT_NAME."""
    names = {their: our for our, their in _SPACE_TRACK.items()}
    return {
        names.get(key, key): "" if value is None else str(value)
        for key, value in record.items()
        if not (key in _SPACE_TRACK and _SPACE_TRACK[key] in record)
    }


def _object(cells: Cells, source: str) -> SpaceObject:
    if "NORAD_CAT_ID" not in cells:
        raise FieldError("NORAD_CAT_ID", "missing")
    kind = cells.get("OBJECT_TYPE", "").strip().upper()
    if kind not in _TYPES:
        raise FieldError("OBJECT_TYPE", f"{kind[:40]!r}: expected PAY, R/B, DEB or UNK")
    return SpaceObject(
        norad_id=norad_id(cells, "NORAD_CAT_ID"),
        name=cells.get("OBJECT_NAME", "").strip(),
        object_id=cells.get("OBJECT_ID", "").strip(),
        object_type=_TYPES[kind],
        owner=cells.get("OWNER", "").strip(),
        operational_status=cells.get("OPS_STATUS_CODE", "").strip(),
        launch_date=day(cells, "LAUNCH_DATE"),
        decay_date=day(cells, "DECAY_DATE"),
        radar_cross_section_m2=number(cells, "RCS"),
        sources=(source,),
    )
