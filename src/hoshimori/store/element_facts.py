"""Element sets in the store: appending without repeating, and the two queries of the house."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from hoshimori.model.elements import NO_ELEMENT_SETS, ElementSets
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.store import columns
from hoshimori.store.claims import IDENTITY, Past, Permits, first_claims, last_of_objects

_RECENT = timedelta(days=30)
"""Most objects have an element set this fresh; only the others need the whole table."""

_IDENTITY_NAMES = ", ".join(IDENTITY)
_LABEL_NAMES = ", ".join(columns.TEXTS)
_PLAIN_NAMES = ", ".join(columns.PLAIN)

# A claim is the statement that an element set was known by some moment. Rows are never changed:
# where a later delivery proves that a set was known earlier, the earlier claim is appended, and
# every query counts the earliest claim only.
_FIND_UNHELD = f"""
CREATE OR REPLACE TEMP TABLE unheld AS
WITH claimed AS (
    SELECT batch.*, provenances.reality,
           row_number() OVER (
               PARTITION BY {_IDENTITY_NAMES}, reality ORDER BY known_utc, arrival
           ) AS claim
    FROM batch JOIN provenances USING (provenance_id)
), held AS (
    SELECT {_IDENTITY_NAMES}, reality, min(known_utc) AS held_since_utc
    FROM (
        SELECT * FROM element_sets SEMI JOIN batch USING (norad_id, epoch_utc)
        WHERE epoch_utc BETWEEN $first_epoch_utc AND $last_epoch_utc
    ) JOIN provenances USING (provenance_id)
    GROUP BY ALL
)
SELECT claimed.*, held_since_utc IS NULL AS is_new
FROM claimed LEFT JOIN held USING ({_IDENTITY_NAMES}, reality)
WHERE claim = 1 AND (held_since_utc IS NULL OR known_utc < held_since_utc)
"""

_KEEP_LABELS = f"""
INSERT INTO labels
SELECT (SELECT count(*) FROM labels) + row_number() OVER (), *
FROM (SELECT DISTINCT {_LABEL_NAMES} FROM unheld ANTI JOIN labels USING ({_LABEL_NAMES}))
"""

# By epoch, so that DuckDB's minima and maxima of each row group let queries skip most of them.
_KEEP_UNHELD = f"""
INSERT INTO element_sets ({_PLAIN_NAMES}, label_id, provenance_id)
SELECT {_PLAIN_NAMES}, label_id, provenance_id FROM unheld JOIN labels USING ({_LABEL_NAMES})
ORDER BY epoch_utc, norad_id, arrival
"""

_KEEP_OBJECT_IDS = """
INSERT INTO object_ids
SELECT DISTINCT norad_id FROM unheld ANTI JOIN object_ids USING (norad_id)
"""

# Who may see only facts from some bytes is asked for those alone; {permitted} is this condition.
_OF_PERMITTED = "AND provenance_id IN (SELECT unnest($permitted))"

_LAST_EPOCH = """
SELECT max(epoch_utc) FROM element_sets
WHERE known_utc <= $as_of_utc AND epoch_utc <= $as_of_utc {permitted}
"""

_NEWEST_OF_RECENT = """
WITH latest AS (
    SELECT norad_id, max(epoch_utc) AS epoch_utc FROM element_sets
    WHERE known_utc <= $as_of_utc AND epoch_utc > $recent_utc {permitted} GROUP BY norad_id
)
SELECT *, rowid AS arrival FROM element_sets SEMI JOIN latest USING (norad_id, epoch_utc)
WHERE known_utc <= $as_of_utc AND epoch_utc > $recent_utc {permitted}
"""

# What is looked for in all rows is looked for in few columns, and fetched by row afterwards.
_NEWEST_OF_REST = """
WITH rest AS (SELECT norad_id FROM object_ids ANTI JOIN found USING (norad_id)),
of_rest AS MATERIALIZED (
    SELECT norad_id, epoch_utc, rowid AS arrival FROM element_sets SEMI JOIN rest USING (norad_id)
    WHERE known_utc <= $as_of_utc {permitted}
),
latest AS (SELECT norad_id, max(epoch_utc) AS epoch_utc FROM of_rest GROUP BY norad_id)
SELECT *, rowid AS arrival FROM element_sets WHERE rowid IN (
    SELECT arrival FROM of_rest SEMI JOIN latest USING (norad_id, epoch_utc)
)
"""

_OF_HISTORY = """
FROM element_sets WHERE known_utc <= $as_of_utc AND epoch_utc >= $since_utc {permitted}
"""
_HISTORY = f"SELECT *, rowid AS arrival {_OF_HISTORY}"
_OF_OBJECTS = "AND norad_id IN (SELECT unnest($norad_ids))"
_OF_SPAN = "AND norad_id > $after AND norad_id <= $until"
_ROWS_OF_OBJECTS = f"SELECT norad_id, count(*) AS number {_OF_HISTORY} AND norad_id > $after"

_LABELS = "SELECT * FROM labels SEMI JOIN chosen USING (label_id) ORDER BY label_id"


def append(connection: duckdb.DuckDBPyConnection, element_sets: ElementSets) -> tuple[int, int]:
    """Keep what is not held yet and return how many rows were new and how many duplicates."""
    if not len(element_sets):
        return 0, 0
    numbers = [_provenance_id(connection, provenance) for provenance in element_sets.provenances]
    span = {
        "first_epoch_utc": element_sets.epoch_utc.min().item(),
        "last_epoch_utc": element_sets.epoch_utc.max().item(),
    }
    with _visible(connection, "batch", columns.arrow_table(element_sets, numbers)):
        connection.execute(_FIND_UNHELD, span)
    (new,) = connection.execute("SELECT count(*) FROM unheld WHERE is_new").fetchall()[0]
    connection.execute(_KEEP_OBJECT_IDS)
    connection.execute(_KEEP_LABELS)
    connection.execute(_KEEP_UNHELD)
    connection.execute("DROP TABLE unheld")
    return new, len(element_sets) - new


def newest(
    connection: duckdb.DuckDBPyConnection, as_of_utc: datetime, permits: Permits | None = None
) -> ElementSets:
    """Return the newest element set of every object among those known at a moment."""
    among, moment = _permitted(connection, permits)
    moment["as_of_utc"] = as_of_utc
    last_epoch = _LAST_EPOCH.format(permitted=among)
    (last_utc,) = connection.execute(last_epoch, moment).fetchall()[0]
    if last_utc is None:
        last_utc = as_of_utc
    recently = moment | {"recent_utc": last_utc - _RECENT}
    recent = _rows(connection, _NEWEST_OF_RECENT.format(permitted=among), recently)
    with _visible(connection, "found", recent.select(["norad_id"])):
        rest = _rows(connection, _NEWEST_OF_REST.format(permitted=among), moment)
    return last_of_objects(
        first_claims(_element_sets(connection, pa.concat_tables([recent, rest])))
    )


def history(connection: duckdb.DuckDBPyConnection, past: Past) -> ElementSets:
    """Return all element sets that are asked for."""
    condition, asked = _asked(connection, past)
    query = _HISTORY.format(permitted=condition)
    return first_claims(_element_sets(connection, _rows(connection, query, asked)))


def page(
    connection: duckdb.DuckDBPyConnection, past: Past, after: int, most_rows: int
) -> tuple[ElementSets, int | None]:
    """Return the history of the next objects after one, and the last of them if more follow.

    As many objects as have `most_rows` rows together, at least one.
    """
    condition, asked = _asked(connection, past)
    asked["after"] = after
    counting = _ROWS_OF_OBJECTS.format(permitted=condition) + " GROUP BY norad_id ORDER BY norad_id"
    counted = _rows(connection, counting, asked)
    if not counted.num_rows:
        return NO_ELEMENT_SETS, None
    within = np.cumsum(counted["number"].to_numpy()) <= most_rows
    objects = max(int(np.count_nonzero(within)), 1)
    until = int(counted["norad_id"][objects - 1].as_py())
    query = f"{_HISTORY.format(permitted=condition)} {_OF_SPAN}"
    rows = _rows(connection, query, asked | {"until": until})
    sets = first_claims(_element_sets(connection, rows))
    return sets, until if objects < counted.num_rows else None


def _asked(connection: duckdb.DuckDBPyConnection, past: Past) -> tuple[str, dict[str, Any]]:
    """Return the further condition of a query about the past, and its parameters."""
    condition, asked = _permitted(connection, past.permits)
    asked |= {"as_of_utc": past.as_of_utc, "since_utc": past.since_utc}
    if past.norad_ids is not None:
        condition += f" {_OF_OBJECTS}"
        asked["norad_ids"] = [int(norad_id) for norad_id in past.norad_ids]
    return condition, asked


def _permitted(
    connection: duckdb.DuckDBPyConnection, permits: Permits | None
) -> tuple[str, dict[str, Any]]:
    """Return the condition that leaves only facts of permitted bytes, and its parameters."""
    if permits is None:
        return "", {}
    numbers = [n for n, provenance in _provenances(connection).items() if permits(provenance)]
    return _OF_PERMITTED, {"permitted": numbers}


def _provenance_id(connection: duckdb.DuckDBPyConnection, provenance: Provenance) -> int:
    key = [provenance.source, provenance.payload_sha256, provenance.reality.value]
    held = connection.execute(
        "SELECT provenance_id FROM provenances "
        "WHERE source = ? AND payload_sha256 = ? AND reality = ?",
        key,
    ).fetchall()
    if held:
        return int(held[0][0])
    (number,) = connection.execute("SELECT count(*) FROM provenances").fetchall()[0]
    connection.execute("INSERT INTO provenances VALUES (?, ?, ?, ?)", [number, *key])
    return int(number)


def _element_sets(connection: duckdb.DuckDBPyConnection, chosen: pa.Table) -> ElementSets:
    """Return rows of `element_sets` ordered by object, epoch, moment of knowing and arrival."""
    with _visible(connection, "chosen", chosen.select(["label_id"])):
        labels = _rows(connection, _LABELS, {})
    return columns.element_sets(chosen, labels, _provenances(connection))


def _provenances(connection: duckdb.DuckDBPyConnection) -> dict[int, Provenance]:
    rows = connection.execute("SELECT * FROM provenances").fetchall()
    return {
        number: Provenance(source, digest, Reality(reality))
        for number, source, digest, reality in rows
    }


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]
) -> pa.Table:
    table: pa.Table = connection.sql(query, params=parameters).to_arrow_table()
    return table


@contextlib.contextmanager
def _visible(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> Iterator[None]:
    connection.register(name, table)
    try:
        yield
    finally:
        connection.unregister(name)
