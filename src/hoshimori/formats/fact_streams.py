"""Facts between a server and its clients: Arrow IPC streams, compressed with zstd.

A stream is written and read block after block. What belongs to all rows (provenances, where the
next page begins, the delivery) stands as JSON in the metadata of its schema. Texts are
dictionaries. Reading gives back the same columns bit by bit; a damaged stream is a `FormatError`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from hoshimori.errors import FormatError
from hoshimori.model.elements import COLUMNS, NO_ELEMENT_SETS, TEXT, Column, ElementSets
from hoshimori.model.elements import concatenate as joined
from hoshimori.model.fact_transfer import FactPage, SentReading
from hoshimori.model.objects import ObjectType, SpaceObject
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Reading, Rejection

MEDIA_TYPE = "application/vnd.apache.arrow.stream"
_KEY = b"hoshimori"
_BLOCK_ROWS = 65_536
_MOST_ROWS = 50_000_000
_T = TypeVar("_T")

Stream = io.IOBase
"""What a stream is read from: a connection, or a file."""

_REJECTIONS: dict[str, pa.DataType] = {
    "source": pa.string(),
    "line": pa.int64(),
    "field": pa.string(),
    "problem": pa.string(),
    "raw": pa.binary(),
}
_OBJECTS: dict[str, pa.DataType] = {
    "norad_id": pa.int32(),
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
    "sources": pa.list_(pa.string()),
}


def write_page(page: FactPage) -> Iterator[bytes]:
    """Yield a page of element sets as a stream."""
    yield from _write_sets(page.element_sets, {"next_after": page.next_after})


def read_page(stream: Stream, source: str) -> FactPage:
    """Return the page in a stream; `source` names it in messages.

    Raises:
        FormatError: the stream is damaged, cut short or no page.
    """
    sets, about = _guarded(lambda: _read_sets(stream), source)
    return FactPage(sets, _guarded(lambda: _maybe_int(about["next_after"]), source))


def write_reading(sent: SentReading) -> Iterator[bytes]:
    """Yield a reading as two streams, of its element sets and of the records refused."""
    about = {
        "delivery": _provenance_json(sent.provenance),
        "byte_count": sent.byte_count,
        "received_utc": sent.received_utc.astimezone(UTC).isoformat(),
    }
    yield from _write_sets(sent.reading.element_sets, about)
    yield from write_rejections(sent.reading.rejections)


def read_reading(stream: Stream, source: str) -> SentReading:
    """Return the reading in a stream.

    Raises:
        FormatError: the stream is damaged, cut short or no reading, or holds element sets of other
            bytes than those that it says were delivered.
    """

    def read() -> SentReading:
        sets, about = _read_sets(stream)
        provenance = _provenance(about["delivery"])
        if any(p.payload_sha256 != provenance.payload_sha256 for p in sets.provenances):
            raise FormatError("element sets of other bytes than those delivered", source=source)
        received_utc = datetime.fromisoformat(about["received_utc"])
        if received_utc.tzinfo is None or not int(about["byte_count"]) >= 0:
            raise ValueError("expected a moment in UTC and a number of bytes")
        reading = Reading(sets, _read_rejections(stream))
        return SentReading(reading, provenance, int(about["byte_count"]), received_utc)

    return _guarded(read, source)


def write_rejections(rejections: Iterable[Rejection]) -> Iterator[bytes]:
    """Yield refused records with their raw bytes as a stream."""
    rows = [{name: getattr(refused, name) for name in _REJECTIONS} for refused in rejections]
    yield from _write_rows(rows, _REJECTIONS)


def read_rejections(stream: Stream, source: str) -> tuple[Rejection, ...]:
    """Return the refused records in a stream; raises `FormatError` where it is damaged."""
    return _guarded(lambda: _read_rejections(stream), source)


def write_objects(objects: Iterable[SpaceObject]) -> Iterator[bytes]:
    """Yield what is known of objects as a stream."""
    rows = [
        {name: getattr(item, name) for name in _OBJECTS}
        | {"object_type": item.object_type.value, "sources": list(item.sources)}
        for item in objects
    ]
    yield from _write_rows(rows, _OBJECTS)


def read_objects(stream: Stream, source: str) -> tuple[SpaceObject, ...]:
    """Return what a stream says of objects; raises `FormatError` where it is damaged."""

    def read() -> tuple[SpaceObject, ...]:
        return tuple(
            SpaceObject(
                **row
                | {"object_type": ObjectType(row["object_type"]), "sources": tuple(row["sources"])}
            )
            for row in _read_rows(stream, _OBJECTS)
        )

    return _guarded(read, source)


def _write_sets(sets: ElementSets, about: Mapping[str, Any]) -> Iterator[bytes]:
    origins = {"provenances": [_provenance_json(p) for p in sets.provenances]}
    schema = pa.schema({name: _arrow_type(name) for name in COLUMNS})
    schema = schema.with_metadata({_KEY: json.dumps({**about, **origins}).encode()})
    blocks = range(0, len(sets), _BLOCK_ROWS)
    yield from _written(schema, (_batch(sets, first, schema) for first in blocks))


def _written(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    sink = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)
            yield sink.getvalue()
            sink.seek(0)
            sink.truncate()
    yield sink.getvalue()


def _arrow_type(name: str) -> pa.DataType:
    dtype = COLUMNS[name]
    if dtype == TEXT:
        return pa.dictionary(pa.int32(), pa.string())
    return pa.timestamp("us") if dtype.kind == "M" else pa.from_numpy_dtype(dtype)


def _batch(sets: ElementSets, first: int, schema: pa.Schema) -> pa.RecordBatch:
    columns: list[pa.Array[Any]] = []
    for name, dtype in COLUMNS.items():
        values = pa.array(getattr(sets, name)[first : first + _BLOCK_ROWS])
        columns.append(values.dictionary_encode() if dtype == TEXT else values)
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _read_sets(stream: Stream) -> tuple[ElementSets, dict[str, Any]]:
    reader = pa.ipc.open_stream(stream)
    about: dict[str, Any] = json.loads((reader.schema.metadata or {})[_KEY])
    if {field.name: field.type for field in reader.schema} != {n: _arrow_type(n) for n in COLUMNS}:
        raise ValueError("other columns than element sets have")
    provenances = tuple(map(_provenance, about["provenances"]))
    parts, rows = [NO_ELEMENT_SETS], 0
    for batch in reader:
        batch.validate(full=True)
        rows += batch.num_rows
        if rows > _MOST_ROWS:
            raise ValueError(f"more than {_MOST_ROWS:,} element sets")
        columns = {name: _column(batch.column(name), name) for name in COLUMNS}
        index = columns["provenance_index"]
        if len(index) and not (index.min() >= 0 and index.max() < len(provenances)):
            raise ValueError("element sets of unstated provenance")
        parts.append(ElementSets(**columns, provenances=provenances))
    return (parts[1] if len(parts) == 2 else joined(parts)), about


def _column(values: Any, name: str) -> Column:
    if values.null_count:
        raise ValueError(f"{name}: a value is missing")
    if COLUMNS[name] != TEXT:
        return np.asarray(values.to_numpy(zero_copy_only=False))
    words = np.array(values.dictionary.to_pylist() or [""], dtype=TEXT)
    return np.asarray(words[values.indices.to_numpy(zero_copy_only=False)])


def _write_rows(rows: list[dict[str, Any]], columns: Mapping[str, pa.DataType]) -> Iterator[bytes]:
    schema = pa.schema(columns)
    blocks = range(0, len(rows), _BLOCK_ROWS)
    batches = (
        pa.RecordBatch.from_pylist(rows[first : first + _BLOCK_ROWS], schema=schema)
        for first in blocks
    )
    yield from _written(schema, batches)


def _read_rows(stream: Stream, columns: Mapping[str, pa.DataType]) -> list[dict[str, Any]]:
    reader = pa.ipc.open_stream(stream)
    if {field.name: field.type for field in reader.schema} != dict(columns):
        raise ValueError(f"other columns than {', '.join(columns)}")
    table = reader.read_all()
    table.validate(full=True)
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def _read_rejections(stream: Stream) -> tuple[Rejection, ...]:
    rows = _read_rows(stream, _REJECTIONS)
    if any(value is None for row in rows for value in row.values()):
        raise ValueError("a value of a refused record is missing")
    return tuple(Rejection(**row) for row in rows)


def _provenance_json(provenance: Provenance) -> list[str]:
    return [provenance.source, provenance.payload_sha256, provenance.reality.value]


def _provenance(stated: list[str]) -> Provenance:
    source, digest, reality = stated
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("expected a SHA-256 digest")
    return Provenance(str(source), digest, Reality(reality))


def _maybe_int(value: int | None) -> int | None:
    return None if value is None else int(value)


def _guarded(read: Callable[[], _T], source: str) -> _T:
    try:
        return read()
    except FormatError:
        raise
    except (pa.ArrowException, ArithmeticError, LookupError, TypeError, ValueError) as error:
        problem = f"a damaged stream of facts ({str(error)[:200]})"
        raise FormatError(problem, source=source) from error
    except (OSError, MemoryError) as error:
        raise FormatError(f"a stream of facts that ends early ({error})", source=source) from error
