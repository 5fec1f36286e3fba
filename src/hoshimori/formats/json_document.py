"""Nouns to one JSON document: what every command prints with ``--json``.

A noun becomes an object of its fields; findings and other kinds that share a list also say their
``kind``. Times are ISO 8601 UTC with ``Z``, enums their value in one word (``drifts_in``), sets
sorted lists, numbers that are not finite null.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, tzinfo
from enum import Enum, IntEnum
from typing import Any

from hoshimori.model.finding import Finding, kind_of


def write_json(noun: object) -> str:
    """Return a noun as an indented JSON document; keys keep the order of the noun's fields."""
    return json.dumps(as_json_value(noun), ensure_ascii=False, indent=2, allow_nan=False)


def as_json_value(noun: object) -> Any:
    """Return a noun as plain dictionaries, lists, texts and numbers.

    Raises:
        TypeError: the noun holds something that has no JSON form.

    >>> as_json_value(datetime(2025, 3, 3, tzinfo=UTC))
    '2025-03-03T00:00:00.000Z'
    """
    match noun:
        case Enum():
            return _word(noun)
        case None | bool() | int() | str():
            return noun
        case float():
            return noun if math.isfinite(noun) else None
        case datetime():
            return noun.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        case date() | time() | tzinfo():
            return str(noun)
        case Mapping():
            return {str(key): as_json_value(value) for key, value in noun.items()}
        case list() | tuple():
            return [as_json_value(item) for item in noun]
        case frozenset():
            return sorted(as_json_value(item) for item in noun)
        case _ if is_dataclass(noun) and not isinstance(noun, type):
            values = {f.name: as_json_value(getattr(noun, f.name)) for f in fields(noun)}
            return {"kind": kind_of(noun)} | values if isinstance(noun, Finding) else values
        case _:
            raise TypeError(f"{type(noun).__name__} has no JSON form")


def _word(member: Enum) -> str:
    if isinstance(member, IntEnum):
        return member.name.lower()
    return re.sub(r"\W", "_", str(member.value))


def json_with_lists(
    noun: object, lists: Mapping[str, Iterable[Mapping[str, Any]]]
) -> Iterator[str]:
    """Yield the pieces of one JSON document: a noun's fields, then lists too long to hold at once.

    Each list is written as it is read, one element to a line; elements are plain already.

    >>> print("".join(json_with_lists({"days": 1}, {"rows": iter([{"a": 1}, {"a": 2}])})))
    {
      "days": 1,
      "rows": [
        {"a": 1},
        {"a": 2}
      ]
    }
    """
    head = write_json(noun).removesuffix("}").rstrip()
    yield head
    between = "," if head != "{" else ""
    for name, elements in lists.items():
        yield f"{between}\n  {json.dumps(name)}: ["
        between = ","
        comma = ""
        for element in elements:
            line = json.dumps(element, ensure_ascii=False, allow_nan=False)
            yield f"{comma}\n    {line}"
            comma = ","
        yield "\n  ]" if comma else "]"
    yield "\n}"
