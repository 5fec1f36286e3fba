"""Element sets in PostgreSQL: appending without repeating, and the questions of the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from hoshimori.model.elements import COLUMNS, NO_ELEMENT_SETS, TEXT, ElementSets
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.store import columns
from hoshimori.store.claims import IDENTITY, Past, Permits, first_claims, last_of_objects
from hoshimori.store.postgresql.binary_rows import Column, RowForm
from hoshimori.store.postgresql.line import Connection, one
from hoshimori.store.postgresql.schema import make_parts

_KINDS = {
    name: "moment" if kind.kind == "M" else "int32" if name == "norad_id" else kind.name
    for name, kind in COLUMNS.items()
    if name in columns.PLAIN
}
HELD_KINDS = _KINDS | {"label_id": "int32", "provenance_id": "int32"}
"""The columns of element sets with their kinds, but for the order of arrival."""
_HELD = RowForm(HELD_KINDS | {"arrival": "int64"})
_BATCH = RowForm(_KINDS | {"label_no": "int32", "provenance_id": "int32", "arrival": "int64"})
_SQL_KINDS = {
    "int16": "smallint",
    "int32": "integer",
    "int64": "bigint",
    "float64": "double precision",
    "moment": "timestamp",
}

_RECENT = timedelta(days=3)
"""Nearly all objects that are watched have an element set this fresh."""
_OBJECTS_AT_ONCE = 400
"""Objects whose rows are counted at once for a page."""

_IDENTITY = ", ".join(IDENTITY)
_PLAIN = ", ".join(columns.PLAIN)
_LABEL = ", ".join(columns.TEXTS)

_MAKE_BATCH = f"""
CREATE TEMP TABLE batch ({", ".join(f"{n} {_SQL_KINDS[k]}" for n, k in _BATCH.kinds.items())})
ON COMMIT DROP
"""
_MAKE_LABELS = f"""
CREATE TEMP TABLE batch_labels (
    label_no integer, {", ".join(f"{name} text" for name in columns.TEXTS)}
) ON COMMIT DROP
"""

# Claims as in `element_facts`: rows are never changed; where a later delivery proves that a set
# was known earlier, the earlier claim is appended, and every question counts the earliest only.
_FIND_UNHELD = f"""
CREATE TEMP TABLE unheld ON COMMIT DROP AS
WITH claimed AS (
    SELECT batch.*, reality, row_number() OVER (
        PARTITION BY {_IDENTITY}, reality ORDER BY known_utc, batch.arrival
    ) AS claim
    FROM batch JOIN provenances USING (provenance_id)
), wanted AS (SELECT DISTINCT norad_id, epoch_utc FROM batch),
held AS (
    SELECT {_IDENTITY}, reality, min(known_utc) AS held_since_utc
    FROM element_sets JOIN wanted USING (norad_id, epoch_utc) JOIN provenances USING (provenance_id)
    WHERE epoch_utc BETWEEN %(first)s AND %(last)s
    GROUP BY {_IDENTITY}, reality
)
SELECT claimed.*, held_since_utc IS NULL AS is_new
FROM claimed LEFT JOIN held USING ({_IDENTITY}, reality)
WHERE claim = 1 AND (held_since_utc IS NULL OR known_utc < held_since_utc)
"""
_KEEP_LABELS = f"""
INSERT INTO labels ({_LABEL})
SELECT DISTINCT {_LABEL} FROM batch_labels WHERE label_no IN (SELECT label_no FROM unheld)
EXCEPT SELECT {_LABEL} FROM labels
"""
_KEEP_UNHELD = f"""
INSERT INTO element_sets ({_PLAIN}, label_id, provenance_id)
SELECT {_PLAIN}, label_id, provenance_id
FROM unheld JOIN batch_labels USING (label_no) JOIN labels USING ({_LABEL})
ORDER BY epoch_utc, norad_id, arrival
"""
_KEEP_OBJECT_IDS = """
INSERT INTO object_ids SELECT norad_id FROM unheld EXCEPT SELECT norad_id FROM object_ids
"""

_KNOWN = "known_utc <= %(as_of)s {permitted}"
_OF_PERMITTED = "AND provenance_id = ANY(%(permitted)s)"
# `MATERIALIZED` and `OFFSET 0` keep the order of work as it is written: by blocks, then by object.
# Only of a span, whose blocks are found by epoch: the largest of all rows would read them all.
_LAST_EPOCH = f"""
SELECT max(epoch_utc) FROM element_sets
WHERE epoch_utc > %(since)s AND epoch_utc <= %(as_of)s AND {_KNOWN}
"""
# The latest epoch of each object first (DISTINCT ON), then every claim of that epoch: which of
# them counts is for `first_claims` to say, as in the other stores.
_NEWEST_OF_RECENT = f"""
WITH recent AS MATERIALIZED (
    SELECT norad_id, epoch_utc FROM element_sets WHERE epoch_utc > %(recent)s AND {_KNOWN}
), latest AS (
    SELECT DISTINCT ON (norad_id) norad_id, epoch_utc FROM recent ORDER BY norad_id, epoch_utc DESC
)
SELECT {{names}} FROM element_sets JOIN latest USING (norad_id, epoch_utc)
WHERE epoch_utc > %(recent)s AND {_KNOWN}
"""
_NEWEST_OF_REST = f"""
SELECT {{names}} FROM unnest(%(rest)s::int[]) AS wanted (wanted_id)
CROSS JOIN LATERAL (
    SELECT epoch_utc AS latest_utc FROM element_sets
    WHERE norad_id = wanted_id AND {_KNOWN} ORDER BY epoch_utc DESC LIMIT 1
) AS latest
CROSS JOIN LATERAL (
    SELECT {{names}} FROM element_sets
    WHERE norad_id = wanted_id AND epoch_utc = latest_utc AND {_KNOWN} OFFSET 0
) AS found
"""
_OF_HISTORY = f"FROM element_sets WHERE epoch_utc >= %(since)s AND {_KNOWN}"
_OF_OBJECTS = "AND norad_id = ANY(%(norad_ids)s)"
_OF_SPAN = "AND norad_id > %(after)s AND norad_id <= %(until)s"


def append(connection: Connection, element_sets: ElementSets) -> tuple[int, int]:
    """Keep what is not held yet and return how many rows were new and how many duplicates."""
    if not len(element_sets):
        return 0, 0
    numbers = [_provenance_id(connection, provenance) for provenance in element_sets.provenances]
    _send(connection, element_sets, np.array(numbers, np.int32))
    span = {
        "first": element_sets.epoch_utc.min().item(),
        "last": element_sets.epoch_utc.max().item(),
    }
    make_parts(connection, years_of(element_sets.epoch_utc))
    connection.execute("ANALYZE batch (norad_id, epoch_utc)")
    connection.execute(_FIND_UNHELD, span)
    (new,) = one(connection, "SELECT count(*) FROM unheld WHERE is_new")
    for kept in (_KEEP_OBJECT_IDS, _KEEP_LABELS, _KEEP_UNHELD):
        connection.execute(kept)
    connection.execute("DROP TABLE batch, batch_labels, unheld")
    return int(new), len(element_sets) - int(new)


def newest(
    connection: Connection, as_of_utc: datetime, permits: Permits | None = None
) -> ElementSets:
    """Return the newest element set of every object among those known at a moment."""
    among, asked = _permitted(connection, permits)
    asked["as_of"] = as_of_utc
    asked["recent"] = _recent_utc(connection, among, asked)
    recent = _rows(connection, _NEWEST_OF_RECENT, among, asked)
    objects = connection.execute("SELECT norad_id FROM object_ids").fetchall()
    every = np.array([number for (number,) in objects], np.int32)
    asked["rest"] = np.setdiff1d(every, recent["norad_id"]).tolist()
    rest = _rows(connection, _NEWEST_OF_REST, among, asked)
    both = {name: np.concatenate([recent[name], rest[name]]) for name in recent}
    return last_of_objects(first_claims(_element_sets(connection, both)))


def _recent_utc(connection: Connection, among: str, asked: dict[str, Any]) -> datetime:
    """Return since when most objects have an element set; the moment itself where hardly any has.

    Then each is looked for by itself.
    """
    for span in (_RECENT, 20 * _RECENT):
        query = _LAST_EPOCH.format(permitted=among)
        (last_utc,) = one(connection, query, asked | {"since": asked["as_of"] - span})
        if last_utc is not None:
            since_utc: datetime = last_utc - _RECENT
            return since_utc
    moment: datetime = asked["as_of"]
    return moment


def history(connection: Connection, past: Past) -> ElementSets:
    """Return all element sets that are asked for."""
    condition, asked = _asked(connection, past)
    rows = _rows(connection, f"SELECT {{names}} {_OF_HISTORY}", condition, asked)
    return first_claims(_element_sets(connection, rows))


def page(
    connection: Connection, past: Past, after: int, most_rows: int
) -> tuple[ElementSets, int | None]:
    """Return the history of the next objects after one, and the last of them if more follow.

    As many objects as have `most_rows` rows together, at least one.
    """
    condition, asked = _asked(connection, past)
    span = _span_of_page(connection, condition, asked, after, most_rows)
    if span is None:
        return NO_ELEMENT_SETS, None
    asked |= {"after": after, "until": span.until}
    query = f"SELECT {{names}} {_OF_HISTORY} {_OF_SPAN}"
    sets = first_claims(_element_sets(connection, _rows(connection, query, condition, asked)))
    return sets, span.until if span.is_followed else None


@dataclass(frozen=True, slots=True)
class _PageSpan:
    until: int
    is_followed: bool


def _span_of_page(
    connection: Connection, condition: str, asked: dict[str, Any], after: int, most_rows: int
) -> _PageSpan | None:
    """Return up to which object a page goes; None where nothing is left."""
    counting = f"SELECT norad_id, count(*) {_OF_HISTORY.format(permitted=condition)} {_OF_SPAN} "
    counting += "GROUP BY norad_id ORDER BY norad_id"
    rows, until, place = 0, None, after
    while True:
        ids = "SELECT norad_id FROM object_ids WHERE norad_id > %s ORDER BY norad_id LIMIT %s"
        wanted = connection.execute(ids, (place, _OBJECTS_AT_ONCE)).fetchall()
        if not wanted:
            return None if until is None else _PageSpan(until, is_followed=False)
        span = asked | {"after": place, "until": wanted[-1][0]}
        for norad_id, number in connection.execute(counting, span).fetchall():
            if until is not None and rows + number > most_rows:
                return _PageSpan(until, is_followed=True)
            rows, until = rows + number, int(norad_id)
        place = int(wanted[-1][0])


def _send(connection: Connection, element_sets: ElementSets, numbers: Column) -> None:
    """Bring rows into tables of this transaction, labels apart."""
    texts = [getattr(element_sets, name) for name in columns.TEXTS]
    places: dict[tuple[str, ...], int] = {}
    label_no = [
        places.setdefault(label, len(places))
        for label in zip(*(t.tolist() for t in texts), strict=True)
    ]
    batch = {name: getattr(element_sets, name) for name in columns.PLAIN}
    batch["label_no"] = np.array(label_no, np.int32)
    batch["provenance_id"] = numbers[element_sets.provenance_index]
    batch["arrival"] = np.arange(len(element_sets))
    for made in (_MAKE_BATCH, _MAKE_LABELS):
        connection.execute(made)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY batch ({_BATCH.names}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(_BATCH.write(batch))
        with cursor.copy("COPY batch_labels FROM STDIN") as copy:
            for label, number in places.items():
                copy.write_row((number, *map(storable, label)))


def storable(text: str) -> str:
    """Return a text as PostgreSQL can keep it: the zero byte is shown by its own sign."""
    return text.replace("\0", "\N{SYMBOL FOR NULL}") if "\0" in text else text


def years_of(epochs: Column) -> list[datetime]:
    """Return the beginnings of the years that epochs are of."""
    return [moment.item() for moment in np.unique(epochs.astype("datetime64[Y]")).astype("M8[s]")]


def _asked(connection: Connection, past: Past) -> tuple[str, dict[str, Any]]:
    """Return the further condition of a question about the past, and its parameters."""
    condition, asked = _permitted(connection, past.permits)
    asked |= {"as_of": past.as_of_utc, "since": past.since_utc}
    if past.norad_ids is not None:
        condition += f" {_OF_OBJECTS}"
        asked["norad_ids"] = [int(norad_id) for norad_id in past.norad_ids]
    return condition, asked


def _permitted(connection: Connection, permits: Permits | None) -> tuple[str, dict[str, Any]]:
    """Return the condition that leaves only facts of permitted bytes, and its parameters."""
    if permits is None:
        return "", {}
    numbers = [n for n, provenance in _provenances(connection).items() if permits(provenance)]
    return _OF_PERMITTED, {"permitted": numbers}


def _rows(
    connection: Connection, query: str, condition: str, asked: dict[str, Any]
) -> dict[str, Column]:
    chosen = query.format(names=_HELD.names, permitted=condition)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({chosen}) TO STDOUT (FORMAT BINARY)", asked) as copy,
    ):
        return _HELD.read(b"".join(copy))


def _element_sets(connection: Connection, rows: dict[str, Column]) -> ElementSets:
    """Return rows ordered by object, epoch, moment of knowing and arrival."""
    order = np.lexsort([rows[name] for name in ("arrival", "known_utc", "epoch_utc", "norad_id")])
    ids, label = np.unique(rows["label_id"][order], return_inverse=True)
    asked = f"SELECT {_LABEL} FROM labels WHERE label_id = ANY(%s) ORDER BY label_id"
    labels = connection.execute(asked, (ids.tolist(),)).fetchall()
    texts = list(zip(*labels, strict=True)) or [()] * len(columns.TEXTS)
    chosen = {
        name: np.array(values, dtype=TEXT)[label]
        for name, values in zip(columns.TEXTS, texts, strict=True)
    }
    chosen |= {name: rows[name][order].astype(COLUMNS[name], copy=False) for name in columns.PLAIN}
    numbers, index = np.unique(rows["provenance_id"][order], return_inverse=True)
    known = _provenances(connection)
    return ElementSets(
        **chosen,
        provenance_index=index.astype(np.int32),
        provenances=tuple(known[int(number)] for number in numbers),
    )


def _provenance_id(connection: Connection, provenance: Provenance) -> int:
    key = (storable(provenance.source), provenance.payload_sha256, provenance.reality.value)
    connection.execute(
        "INSERT INTO provenances (source, payload_sha256, reality) VALUES (%s, %s, %s) "
        "ON CONFLICT DO NOTHING",
        key,
    )
    asked = "SELECT provenance_id FROM provenances WHERE source = %s AND payload_sha256 = %s "
    return int(one(connection, asked + "AND reality = %s", key)[0])


def _provenances(connection: Connection) -> dict[int, Provenance]:
    rows = connection.execute(
        "SELECT provenance_id, source, payload_sha256, reality FROM provenances"
    ).fetchall()
    return {
        number: Provenance(source, digest, Reality(reality))
        for number, source, digest, reality in rows
    }
