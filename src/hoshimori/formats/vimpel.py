"""The JSC Vimpel catalogue of high orbits as a JSON array of TLE1 and TLE2.

Most of its objects have no NORAD number.  They get a key of `hoshimori.formats.namespaces` from
Vimpel's own number (the designator columns of line 1, classification "V") and the name "VIMPEL
<number>"; these can be stored and written to Parquet, but never to OMM or TLE.  Where a record
states a NORAD number, that is its key.  The lines have no checksums and no drag, and they say
nothing of the theory behind them but type 0: propagate them with caution.  In rejections the line
is the number of the record, from 1.
"""

from __future__ import annotations

import numpy as np

from hoshimori.formats.namespaces import vimpel_id
from hoshimori.formats.omm_json import split_json
from hoshimori.formats.records import Origin, reading, texts
from hoshimori.formats.tle_columns import NAMES, read_lines
from hoshimori.model.rejections import Reading


def read_vimpel_json(data: bytes, origin: Origin) -> Reading:
    """Return the element sets of a JSON array of TLE1 and TLE2; `FormatError` if it is not JSON."""
    records = split_json(data, origin)
    first = [_line(record.get("TLE1")) for record in records.objects]
    second = [_line(record.get("TLE2")) for record in records.objects]
    columns = read_lines(first, second, records.faults, foreign=True)
    numbers = columns["object_id"].tolist()
    names = [""] * len(numbers)
    for row in np.flatnonzero(columns["norad_id"] == 0).tolist():
        number = int(numbers[row]) if numbers[row].isdecimal() else 0
        if key := vimpel_id(number):
            columns["norad_id"][row] = key
            names[row] = f"VIMPEL {number}"
    columns["object_id"] = texts([""] * len(numbers))
    columns["object_name"] = texts(names)
    columns["known_utc"] = np.full(len(numbers), origin.received_utc, dtype="datetime64[us]")
    return reading(columns, None, records.faults, records.place, origin, NAMES)


def _line(value: object) -> bytes:
    return value.encode("utf-8", "replace").rstrip() if isinstance(value, str) else b""
