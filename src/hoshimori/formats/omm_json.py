"""OMM in JSON, as CelesTrak and Space-Track serve it: one object, or an array of objects.

Accepted: values as numbers or as texts (Space-Track), null for "not stated", unknown keys passed
over.  Numbers keep their digits until they are read as OMM values.  A record that is not JSON is
refused alone; an array that is cut short keeps its complete records, and the cut is reported.  In
rejections the line is the number of the record, from 1.  `hoshimori.formats.omm` says what the
values may be.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.formats.omm import columns_of, read_columns
from hoshimori.formats.records import Faults, Origin
from hoshimori.model.rejections import Reading

_TWICE = "\x00twice"
_SPACE = re.compile(r"[ \t\r\n]*")
_NEXT_RECORD = re.compile(r"(?<=\})[ \t\r\n]*,[ \t\r\n]*(?=\{)")
_MOST_BREAKS = 1000
_SHOWN = 80  # characters before a cut


@dataclass(frozen=True, slots=True)
class JsonRecords:
    """The records of a document: objects, their own text, and what is wrong with any of them."""

    objects: list[dict[str, Any]]
    spans: list[tuple[int, int]]
    faults: Faults
    text: str

    def place(self, row: int, _: str) -> tuple[int, bytes]:
        """Return the number of a record, from 1, and its bytes."""
        start, end = self.spans[row]
        return row + 1, self.text[start:end].encode("utf-8", "surrogatepass")


def read_omm_json(data: bytes, origin: Origin) -> Reading:
    """Return the records of an OMM JSON file; raises `FormatError` where none of it is JSON."""
    records = split_json(data, origin)
    columns = columns_of(records.objects)
    return read_columns(columns, len(records.objects), records.faults, records.place, origin)


def split_json(data: bytes, origin: Origin) -> JsonRecords:
    """Return the objects of a JSON array, or the single object; numbers come as text.

    Raises `FormatError` where no record of it can be read.
    """
    text = data.decode("utf-8", "replace")
    records = JsonRecords([], [], Faults(), text)
    place = _after_space(text, 0)
    listed = text[place : place + 1] == "["
    if listed:
        place = _after_space(text, place + 1)
    while text[place : place + 1] != "]":
        place = _take_record(records, place)
        if place >= len(text) and listed and (not records.objects or records.objects[-1]):
            cut = (max(place - _SHOWN, 0), place)
            _refuse(records, cut, "the array is cut short: expected a closing bracket")
        if place >= len(text) or not listed:
            break
    tail = _after_space(text, place + listed)
    if tail < len(text):
        _refuse(records, (tail, len(text)), "text after the end of the JSON document")
    if records.objects and not any(records.objects):
        raise FormatError(records.faults.first[0][1], source=origin.source, line=1)
    return records


def _take_record(records: JsonRecords, start: int) -> int:
    """Read one record and what separates it from the next; return where the next begins."""
    text = records.text
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        return _skip_record(records, start, f"not JSON: {error}")
    place = _after_space(text, end)
    if text[place : place + 1] not in ("", ",", "]"):
        return _skip_record(records, start, "expected a comma or a bracket after the record")
    _add(records, value, (start, end))
    return _after_space(text, place + 1) if text[place : place + 1] == "," else place


def _skip_record(records: JsonRecords, start: int, problem: str) -> int:
    """Refuse what stands up to the next record, or up to the end of the array."""
    text = records.text
    found = _NEXT_RECORD.search(text, start)
    if found and len(records.faults.first) < _MOST_BREAKS:
        end, following = found.span()
    else:
        whole = len(text.rstrip())
        end = following = whole - 1 if start < whole and text[whole - 1] == "]" else len(text)
    _refuse(records, (start, end), problem)
    return following


def _add(records: JsonRecords, value: Any, span: tuple[int, int]) -> None:
    if not isinstance(value, dict):
        _refuse(records, span, "expected an object with the OMM keywords")
    elif _TWICE in value:
        _refuse(records, span, f"{value[_TWICE]} is there twice", value[_TWICE])
    else:
        records.objects.append(value)
        records.spans.append(span)


def _refuse(records: JsonRecords, span: tuple[int, int], problem: str, name: str = "") -> None:
    records.faults.add([len(records.objects)], name, problem)
    records.objects.append({})
    records.spans.append(span)


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        keys = [key for key, _ in pairs]
        record[_TWICE] = next(key for key in keys if keys.count(key) > 1)
    return record


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=str, parse_int=str, parse_constant=str
)
