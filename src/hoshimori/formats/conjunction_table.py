"""Conjunctions and stays as Arrow tables, Parquet bytes and plain rows: the schemas of `screen`.

What is written follows from what is in it alone: no moment of writing, no path. Enumerations are
words as in JSON (``same_launch``), times microseconds UTC, what is not known is null.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from enum import Enum
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hoshimori.formats.json_document import as_json_value
from hoshimori.model.elements import Column
from hoshimori.model.relations import RELATIONS
from hoshimori.model.screening import Conjunctions, PairStays
from hoshimori.numerics.collision_conclusion import Conclusion, ProbabilityType
from hoshimori.numerics.covariance_classes import CovarianceOrigin

_UTC = pa.timestamp("us", tz="UTC")
_PLAIN = pa.string()

_CONJUNCTION_FIELDS: list[pa.Field[Any]] = [
    pa.field("object_1", pa.int64()),
    pa.field("object_2", pa.int64()),
    pa.field("name_1", _PLAIN),
    pa.field("name_2", _PLAIN),
    pa.field("tca_utc", _UTC),
    pa.field("miss_km", pa.float64()),
    pa.field("miss_rtn_km", pa.list_(pa.float64(), 3)),
    pa.field("speed_km_s", pa.float64()),
    pa.field("relation", _PLAIN),
    pa.field("at_window_edge", pa.bool_()),
    pa.field("age_1_days", pa.float64()),
    pa.field("age_2_days", pa.float64()),
    pa.field("errors_1", _PLAIN),
    pa.field("errors_2", _PLAIN),
    pa.field("sigma_km", pa.float64()),
    pa.field("hard_body_radius_km", pa.float64()),
    pa.field("pc", pa.float64()),
    pa.field("pc_type", _PLAIN),
    pa.field("diluted", pa.bool_()),
    pa.field("conclusion", _PLAIN),
]
CONJUNCTION_SCHEMA = pa.schema(_CONJUNCTION_FIELDS)
_STAY_FIELDS: list[pa.Field[Any]] = [
    pa.field("object_1", pa.int64()),
    pa.field("object_2", pa.int64()),
    pa.field("name_1", _PLAIN),
    pa.field("name_2", _PLAIN),
    pa.field("start_utc", _UTC),
    pa.field("end_utc", _UTC),
    pa.field("closest_utc", _UTC),
    pa.field("closest_km", pa.float64()),
    pa.field("minima", pa.int64()),
    pa.field("open_start", pa.bool_()),
    pa.field("open_end", pa.bool_()),
    pa.field("relation", _PLAIN),
]
STAY_SCHEMA = pa.schema(_STAY_FIELDS)


def word_of(kind: Enum) -> str:
    """Return the word that stands for an enumeration's value, as in JSON.

    >>> from hoshimori.model.relations import Relation
    >>> word_of(Relation.SAME_LAUNCH)
    'same_launch'
    """
    return str(as_json_value(kind))


RELATION_WORDS = np.array([word_of(r) for r in RELATIONS])
_ORIGIN_WORDS = np.array([word_of(origin) for origin in CovarianceOrigin])
_PC_TYPE_WORDS = np.array([word_of(kind) for kind in ProbabilityType])
_CONCLUSION_WORDS = np.array([word_of(conclusion) for conclusion in Conclusion])


def conjunction_table(rows: Conjunctions) -> pa.Table:
    """Return conjunctions as an Arrow table of `CONJUNCTION_SCHEMA`."""
    flat = pa.array(np.ascontiguousarray(rows.miss_rtn_km).reshape(-1))
    columns: dict[str, Any] = {
        "miss_rtn_km": pa.FixedSizeListArray.from_arrays(flat, 3),
        "relation": relations(rows.relation),
        "errors_1": _words(_ORIGIN_WORDS, rows.errors_1),
        "errors_2": _words(_ORIGIN_WORDS, rows.errors_2),
        "pc": pa.array(rows.pc, mask=np.isnan(rows.pc)),
        "pc_type": _words(_PC_TYPE_WORDS, rows.pc_type),
        "diluted": pa.array(rows.is_diluted),
        "conclusion": _words(_CONCLUSION_WORDS, rows.conclusion),
    }
    return _table(CONJUNCTION_SCHEMA, rows, columns)


def stay_table(rows: PairStays) -> pa.Table:
    """Return stays as an Arrow table of `STAY_SCHEMA`."""
    return _table(STAY_SCHEMA, rows, {"relation": relations(rows.relation)})


def _table(schema: pa.Schema, rows: Conjunctions | PairStays, columns: dict[str, Any]) -> pa.Table:
    for field in schema:
        if field.name not in columns:
            columns[field.name] = _column(getattr(rows, field.name), field.type)
    return pa.table({field.name: columns[field.name] for field in schema}, schema=schema)


def _column(values: Column, kind: pa.DataType) -> pa.Array[Any]:
    if kind == _PLAIN:
        # Names repeat a great deal: each is made a text once.
        once, which = np.unique(values.astype(object), return_inverse=True)
        return pa.array(once.tolist(), _PLAIN).take(pa.array(which.astype(np.int64), pa.int64()))
    return pa.array(values).cast(kind)


def _words(words: Column, places: Column) -> pa.Array[Any]:
    return pa.array(words.tolist(), _PLAIN).take(pa.array(np.asarray(places, np.int64), pa.int64()))


def relations(places: Column) -> pa.Array[Any]:
    """Return the column of relations from their places in `RELATIONS`."""
    return _words(RELATION_WORDS, places)


def table_bytes(table: pa.Table, metadata: dict[str, str] | None = None) -> bytes:
    """Return a table as Parquet; the same table and metadata give the same bytes."""
    target = io.BytesIO()
    with pq.ParquetWriter(target, table.schema, compression="zstd") as writer:
        writer.write_table(table)
        if metadata:
            writer.add_key_value_metadata(metadata)
    return target.getvalue()


def plain_rows(rows: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """Yield rows as JSON writes them: moments as texts, to the millisecond."""
    columns = [_plain(rows[name]) for name in rows.schema.names]
    for values in zip(*columns, strict=True):
        yield dict(zip(rows.schema.names, values, strict=True))


def _plain(column: pa.Array[Any]) -> list[Any]:
    if column.type != _UTC:
        return column.to_pylist()
    moments = column.to_numpy().astype("datetime64[ms]")
    return [f"{text}Z" for text in np.datetime_as_string(moments).tolist()]


assert set(CONJUNCTION_SCHEMA.names) - {"diluted"} == {
    name for name in Conjunctions.__slots__ if name != "is_diluted"
}
assert tuple(STAY_SCHEMA.names) == PairStays.__slots__
