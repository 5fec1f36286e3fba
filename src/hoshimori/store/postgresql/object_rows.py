"""What catalogues say of objects, in PostgreSQL: every change is kept, the latest of each read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from hoshimori.model.objects import SpaceObject
from hoshimori.store.object_facts import STATED, object_of, stated_by
from hoshimori.store.postgresql.element_rows import storable
from hoshimori.store.postgresql.line import Connection

_NAMES = ", ".join(("norad_id", *STATED))
_MAKE_BATCH = f"""
CREATE TEMP TABLE batch ON COMMIT DROP AS SELECT {_NAMES} FROM space_objects WITH NO DATA
"""
# A statement is kept only where it differs from what the same source said before.
_KEEP_CHANGED = f"""
INSERT INTO space_objects ({_NAMES}, source, known_utc)
WITH before AS (
    SELECT DISTINCT ON (norad_id) {_NAMES} FROM space_objects
    WHERE source = %(source)s AND known_utc <= %(known)s
    ORDER BY norad_id, known_utc DESC, arrival DESC
)
SELECT *, %(source)s, %(known)s
FROM (SELECT {_NAMES} FROM batch EXCEPT SELECT {_NAMES} FROM before) AS changed ORDER BY norad_id
"""
_READ = f"""
SELECT {_NAMES}, source FROM space_objects WHERE known_utc <= %(as_of)s {{permitted}}
ORDER BY norad_id, known_utc, arrival
"""


def append(
    connection: Connection, objects: Iterable[SpaceObject], source: str, known_utc: datetime
) -> int:
    """Keep the statements of a source that are new or changed; return how many."""
    connection.execute(_MAKE_BATCH)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY batch ({_NAMES}) FROM STDIN") as copy:
            for item in objects:
                row = stated_by(item)
                copy.write_row([_storable(row[name]) for name in ("norad_id", *STATED)])
        asked = {"source": storable(source), "known": known_utc}
        kept = cursor.execute(_KEEP_CHANGED, asked).rowcount
    connection.execute("DROP TABLE batch")
    return kept


def read(
    connection: Connection, as_of_utc: datetime, permits: Callable[[str], bool] | None = None
) -> dict[int, SpaceObject]:
    """Return every object; of each property the latest that any (permitted) source stated."""
    asked: dict[str, Any] = {"as_of": as_of_utc}
    condition = ""
    if permits is not None:
        rows = connection.execute("SELECT DISTINCT source FROM space_objects").fetchall()
        asked["permitted"] = [source for (source,) in rows if permits(source)]
        condition = "AND source = ANY(%(permitted)s)"
    told: dict[int, dict[str, Any]] = {}
    sources: dict[int, set[str]] = {}
    for norad_id, *stated, source in connection.execute(_READ.format(permitted=condition), asked):
        latest = told.setdefault(norad_id, {"norad_id": norad_id} | dict.fromkeys(STATED))
        for name, value in zip(STATED, stated, strict=True):
            if value is not None:
                latest[name] = value
        sources.setdefault(norad_id, set()).add(source)
    return {n: object_of(row | {"sources": sorted(sources[n])}) for n, row in told.items()}


def _storable(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value
