"""What catalogues say of objects: every statement is kept, the latest of each is read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from hoshimori.model.objects import ObjectType, SpaceObject

STATED: dict[str, pa.DataType] = {
    "name": pa.string(),
    "object_id": pa.string(),
    "object_type": pa.string(),
    "owner": pa.string(),
    "operational_status": pa.string(),
    "launch_date": pa.date32(),
    "decay_date": pa.date32(),
    "radar_cross_section_m2": pa.float64(),
    "hard_body_radius_m": pa.float64(),
    "mass_kg": pa.float64(),
}
"""What is stated of an object, by name."""

_SCHEMA = pa.schema({"norad_id": pa.int32()} | STATED)
_NAMES = ", ".join(_SCHEMA.names)

# A statement is kept only where it differs from what the same source said before.
_KEEP_CHANGED = f"""
INSERT INTO space_objects
WITH before AS (
    SELECT * FROM space_objects WHERE source = $source AND known_utc <= $known_utc
    QUALIFY row_number() OVER (PARTITION BY norad_id ORDER BY known_utc DESC, rowid DESC) = 1
)
SELECT *, $source, $known_utc FROM (SELECT {_NAMES} FROM batch EXCEPT SELECT {_NAMES} FROM before)
"""

_LATEST = ", ".join(f"arg_max({name}, (known_utc, rowid)) AS {name}" for name in STATED)
_READ = f"""
SELECT norad_id, {_LATEST}, list(DISTINCT source ORDER BY source) AS sources
FROM space_objects WHERE known_utc <= $as_of_utc {{permitted}} GROUP BY norad_id ORDER BY norad_id
"""
_OF_PERMITTED = "AND source IN (SELECT unnest($permitted))"


def append(
    connection: duckdb.DuckDBPyConnection,
    objects: Iterable[SpaceObject],
    source: str,
    known_utc: datetime,
) -> int:
    """Keep the statements of a source that are new or changed; return how many."""
    batch = pa.Table.from_pylist([stated_by(item) for item in objects], schema=_SCHEMA)
    connection.register("batch", batch)
    with contextlib.ExitStack() as after:
        after.callback(connection.unregister, "batch")
        asked = {"source": source, "known_utc": known_utc}
        (kept,) = connection.execute(_KEEP_CHANGED, asked).fetchall()[0]
    return int(kept)


def read(
    connection: duckdb.DuckDBPyConnection,
    as_of_utc: datetime,
    permits: Callable[[str], bool] | None = None,
) -> dict[int, SpaceObject]:
    """Return every object; of each property the latest that any (permitted) source stated."""
    asked: dict[str, Any] = {"as_of_utc": as_of_utc}
    if permits is not None:
        rows = connection.execute("SELECT DISTINCT source FROM space_objects").fetchall()
        asked["permitted"] = [source for (source,) in rows if permits(source)]
    query = _READ.format(permitted="" if permits is None else _OF_PERMITTED)
    relation = connection.sql(query, params=asked)
    return {row["norad_id"]: object_of(row) for row in relation.to_arrow_table().to_pylist()}


def stated_by(item: SpaceObject) -> dict[str, Any]:
    """Return what is stated, by name; an empty text and UNKNOWN state nothing."""
    stated = {name: getattr(item, name) for name in STATED if name != "object_type"}
    row = {name: None if value == "" else value for name, value in stated.items()}
    unknown = item.object_type is ObjectType.UNKNOWN
    row["object_type"] = None if unknown else item.object_type.value
    return row | {"norad_id": item.norad_id}


def object_of(row: dict[str, Any]) -> SpaceObject:
    """Return the object that is stated by a row, with the `sources` that stated it."""
    texts = ("name", "object_id", "owner", "operational_status")
    stated = row | {name: row[name] or "" for name in texts}
    stated["object_type"] = ObjectType(row["object_type"] or ObjectType.UNKNOWN.value)
    stated["sources"] = tuple(row["sources"])
    return SpaceObject(**stated)
