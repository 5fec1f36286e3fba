"""Facts as single JSON values, for packages that mark, sign and disclose them one by one.

Numbers keep every digit (shortest exact form), times their microseconds; reading gives back the
same columns, so that a computation repeated on them gives the same result.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.model.assets import Asset, Importance
from hoshimori.model.elements import COLUMNS, NO_ELEMENT_SETS, ElementSets
from hoshimori.model.objects import ObjectType, SpaceObject
from hoshimori.model.provenance import Provenance, Reality

Json = Mapping[str, Any]

_OWN_COLUMNS = tuple(name for name in COLUMNS if name != "provenance_index")


def element_set_values(element_sets: ElementSets) -> list[dict[str, Any]]:
    """Return one JSON value for each row: its columns, where it came from, and its reality."""
    columns = {name: _plain(getattr(element_sets, name)) for name in _OWN_COLUMNS}
    origins = [
        {"source": p.source, "payload_sha256": p.payload_sha256, "reality": p.reality.value}
        for p in element_sets.provenances
    ]
    rows = zip(*columns.values(), strict=True)
    places = element_sets.provenance_index.tolist()
    return [
        dict(zip(columns, row, strict=True)) | origins[place]
        for row, place in zip(rows, places, strict=True)
    ]


def element_sets_from(values: Sequence[Json], source: str = "") -> ElementSets:
    """Return the element sets that JSON values hold, in their order.

    Raises:
        FormatError: a value lacks a column, or holds what the column cannot.
    """
    if not values:
        return NO_ELEMENT_SETS
    try:
        origins = [
            Provenance(v["source"], v["payload_sha256"], Reality(v["reality"])) for v in values
        ]
        columns = {name: _column(name, [v[name] for v in values]) for name in _OWN_COLUMNS}
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise FormatError(f"not an element set: {error}", source=source) from None
    provenances = tuple(dict.fromkeys(origins))
    place = {p: k for k, p in enumerate(provenances)}
    index = np.array([place[p] for p in origins], dtype=np.int32)
    return ElementSets(**columns, provenance_index=index, provenances=provenances)


def asset_value(asset: Asset) -> dict[str, Any]:
    """Return an asset as a JSON value."""
    value = {f.name: getattr(asset, f.name) for f in fields(asset)}
    return value | {"importance": asset.importance.value}


def asset_from(value: Json, source: str = "") -> Asset:
    """Return the asset that a JSON value holds.

    Raises:
        FormatError: it is not one.
    """
    try:
        return Asset(**{**value, "importance": Importance(value["importance"])})
    except (KeyError, TypeError, ValueError) as error:
        raise FormatError(f"not an asset: {error}", source=source) from None


def object_value(described: SpaceObject) -> dict[str, Any]:
    """Return a description of an object as a JSON value."""
    value = {f.name: getattr(described, f.name) for f in fields(described)}
    return value | {
        "object_type": described.object_type.value,
        "launch_date": _day(described.launch_date),
        "decay_date": _day(described.decay_date),
        "sources": list(described.sources),
    }


def object_from(value: Json, source: str = "") -> SpaceObject:
    """Return the description that a JSON value holds.

    Raises:
        FormatError: it is not one.
    """
    try:
        return SpaceObject(
            **{
                **value,
                "object_type": ObjectType(value["object_type"]),
                "launch_date": _date(value["launch_date"]),
                "decay_date": _date(value["decay_date"]),
                "sources": tuple(value["sources"]),
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise FormatError(f"not a description of an object: {error}", source=source) from None


def moment_value(moment: datetime) -> str:
    """Return a moment as text with its microseconds.

    >>> moment_value(datetime(2025, 3, 3, tzinfo=UTC))
    '2025-03-03T00:00:00.000000Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment_from_value(text: str) -> datetime:
    """Return the moment that `moment_value` wrote.

    Raises:
        ValueError: it is not such a text.
    """
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)


def _plain(column: np.ndarray[Any, Any]) -> list[Any]:
    if column.dtype.kind == "M":
        return [f"{text}Z" for text in np.datetime_as_string(column, unit="us").tolist()]
    if column.dtype.kind == "f":
        return [value if math.isfinite(value) else None for value in column.tolist()]
    return [str(v) for v in column] if column.dtype.kind == "T" else list(column.tolist())


def _column(name: str, values: list[Any]) -> np.ndarray[Any, Any]:
    kind = COLUMNS[name].kind
    if kind == "M":
        return np.array([_without_zone(v) for v in values], dtype=COLUMNS[name])
    if kind == "f":
        return np.array([math.nan if v is None else float(v) for v in values], dtype=np.float64)
    if kind == "T":
        _require(all(isinstance(v, str) for v in values), name, "text")
    else:
        _require(all(type(v) is int for v in values), name, "a whole number")
    return np.array(values, dtype=COLUMNS[name])


def _without_zone(value: str) -> str:
    _require(isinstance(value, str) and value.endswith("Z"), "time", "a text that ends in Z")
    return value.removesuffix("Z")


def _require(is_so: bool, name: str, expected: str) -> None:
    if not is_so:
        raise ValueError(f"{name}: expected {expected}")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
