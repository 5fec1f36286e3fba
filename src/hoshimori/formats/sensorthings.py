"""Observations of OGC SensorThings, as rows of receiver series.

Accepted: what a service answers as JSON: a list of Observations (``value``) with their Datastream
expanded, a Datastream or Thing with Observations inside, or the dataArray form. The name of a
column is that of the ObservedProperty, else of the Datastream, in our words (``cn0_dbhz``); the
receiver is the name of the Thing; ``parameters`` of an Observation and ``properties`` of its
Datastream and Thing may state satellite, band, polarisation, link, object, bearing and place.
``phenomenonTime`` is when it was measured (of an interval its end), ``resultTime`` when it was
known.
Source: OGC 18-088 (SensorThings API 1.1), 8.2 and 12.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.receiver_columns import NUMBERS, PLACES, RECEIVED, RECEIVER, TEXTS, TIME
from hoshimori.formats.receiver_rows import Rows

_EXPECTED = "expected SensorThings Observations: phenomenonTime and result, with their Datastream"
_DEEPEST = 8
_STATED = (*TEXTS, *PLACES)
"""What properties and parameters may state of a receiver."""
_NOT_KNOWN = "not known"

_Told = Mapping[str, Any]


def observation_rows(text: str, source: str) -> Rows:
    """Return the observations of a document, one row each.

    Raises:
        FormatError: the text is no JSON, or holds no observation of a known property.
    """
    try:
        document = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise FormatError(f"not JSON: {error}; {_EXPECTED}", source=source) from None
    records = [_record(one, about) for one, about in _observations(document, {}, 0)]
    told = {name for record in records for name in record} & set(NUMBERS)
    if not told:
        raise FormatError(f"no observation of a known property; {_EXPECTED}", source=source)
    names = (TIME, RECEIVED, *_STATED, *sorted(told))
    return Rows(
        columns={name: [_text(record.get(name)) for record in records] for name in names},
        line=np.arange(1, len(records) + 1),
        raw=[json.dumps(record, default=str).encode() for record in records],
        torn=np.array([bool(record.get(_NOT_KNOWN)) for record in records], dtype=np.bool_),
        torn_field="ObservedProperty",
        torn_because=f"expected one of {', '.join(NUMBERS)}",
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _observations(node: Any, about: _Told, depth: int) -> Iterator[tuple[_Told, _Told]]:
    """Yield each observation with what stands around it."""
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for item in node:
            yield from _observations(item, about, depth + 1)
        return
    if not isinstance(node, dict):
        return
    if "result" in node:
        yield node, about
        return
    around = {**about, **_around(node)}
    if "components" in node and "dataArray" in node:
        yield from _data_array(node, around)
    for name in ("value", "Datastreams", "Datastream", "Observations"):
        if name in node:
            yield from _observations(node[name], around, depth + 1)


def _data_array(node: _Told, about: _Told) -> Iterator[tuple[_Told, _Told]]:
    names, listed = node["components"], node["dataArray"]
    if not isinstance(names, list) or not isinstance(listed, list):
        return
    for values in listed:
        if isinstance(values, Sequence) and len(values) == len(names):
            yield dict(zip(map(str, names), values, strict=True)), about
        else:
            yield {}, about


def _around(node: _Told) -> dict[str, Any]:
    """Return what a Datastream or Thing says of the observations in it."""
    found: dict[str, Any] = {}
    properties = node.get("properties")
    if isinstance(properties, dict):
        found |= {name: properties[name] for name in _STATED if name in properties}
    thing, observed = node.get("Thing"), node.get("ObservedProperty")
    if isinstance(thing, dict):
        found = {**_around(thing), RECEIVER: thing.get("name"), **found}
    if isinstance(observed, dict):
        found["property"] = observed.get("name")
    elif "observationType" in node or "unitOfMeasurement" in node:
        found.setdefault("property", node.get("name"))
    elif "Datastreams" in node:
        found.setdefault(RECEIVER, node.get("name"))
    return found


def _record(one: _Told, about: _Told) -> dict[str, Any]:
    own = one.get("Datastream")
    around = {**about, **(_around(own) if isinstance(own, dict) else {})}
    parameters = one.get("parameters")
    if isinstance(parameters, dict):
        around |= {name: parameters[name] for name in _STATED if name in parameters}
    record = {name: around.get(name) for name in _STATED}
    moment = str(one.get("phenomenonTime") or "")
    record[TIME] = moment.rsplit("/", 1)[-1]
    record[RECEIVED] = one.get("resultTime")
    name = str(around.get("property") or "")
    if name in NUMBERS:
        record[name] = one.get("result")
    else:
        record[_NOT_KNOWN] = name or "no property"
    return record
