"""What was delivered, what became of it, and the records that were refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Rejection


@dataclass(frozen=True, slots=True)
class IngestCounts:
    """What became of the records of a delivery; together they are all of its records."""

    new: int
    duplicate: int
    """Held already, or twice in the delivery."""
    rejected: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """One delivery: its bytes, when they came and what became of their records."""

    provenance: Provenance
    received_utc: datetime
    byte_count: int
    counts: IngestCounts


_REJECTION: dict[str, pa.DataType] = {
    "payload_sha256": pa.string(),
    "source": pa.string(),
    "line": pa.int64(),
    "field": pa.string(),
    "problem": pa.string(),
    "raw": pa.binary(),
}


def receipt(
    payload: bytes, source: str, received_utc: datetime, reality: Reality, counts: IngestCounts
) -> Receipt:
    """Return the receipt of a delivery."""
    provenance = Provenance(source, hashlib.sha256(payload).hexdigest(), reality)
    return Receipt(provenance, received_utc, len(payload), counts)


def append(
    connection: duckdb.DuckDBPyConnection, receipt: Receipt, rejections: tuple[Rejection, ...]
) -> None:
    """Keep a receipt and its refused records, unless the same bytes came before."""
    came_from = receipt.provenance
    key = [came_from.source, came_from.payload_sha256, came_from.reality.value]
    counts = receipt.counts
    moment = receipt.received_utc.astimezone(UTC).replace(tzinfo=None)
    numbers = [receipt.byte_count, counts.new, counts.duplicate, counts.rejected]
    connection.execute(
        "INSERT INTO receipts SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE NOT EXISTS "
        "(FROM receipts WHERE source = $1 AND payload_sha256 = $2 AND reality = $3)",
        [*key, moment, *numbers],
    )
    rows = [
        {
            "payload_sha256": came_from.payload_sha256,
            "source": refused.source,
            "line": refused.line,
            "field": refused.field,
            "problem": refused.problem,
            "raw": refused.raw,
        }
        for refused in rejections
    ]
    connection.register("refused", pa.Table.from_pylist(rows, schema=pa.schema(_REJECTION)))
    connection.execute(
        "INSERT INTO rejections SELECT * FROM refused "
        "ANTI JOIN rejections USING (payload_sha256, source, line, field)"
    )
    connection.unregister("refused")


def is_held(
    connection: duckdb.DuckDBPyConnection, payload: bytes, source: str, reality: Reality
) -> bool:
    """Tell whether there is a receipt of these bytes from a source."""
    key = [source, hashlib.sha256(payload).hexdigest(), reality.value]
    found = connection.execute(
        "SELECT count(*) FROM receipts WHERE source = ? AND payload_sha256 = ? AND reality = ?", key
    ).fetchall()
    return bool(found[0][0])


def read(connection: duckdb.DuckDBPyConnection) -> tuple[Receipt, ...]:
    """Return the receipts in the order of arrival."""
    rows = connection.execute("SELECT * FROM receipts ORDER BY rowid").fetchall()
    return tuple(
        Receipt(
            Provenance(source, digest, Reality(reality)),
            moment.replace(tzinfo=UTC),
            byte_count,
            IngestCounts(new, duplicate, rejected),
        )
        for source, digest, reality, moment, byte_count, new, duplicate, rejected in rows
    )


def rejections(connection: duckdb.DuckDBPyConnection) -> tuple[Rejection, ...]:
    """Return every refused record in the order of arrival."""
    rows = connection.execute(
        "SELECT source, line, field, problem, raw FROM rejections ORDER BY rowid"
    ).fetchall()
    return tuple(Rejection(*row) for row in rows)
