"""What was delivered, what became of it, and the records that were refused."""

from __future__ import annotations

import hashlib
from datetime import UTC

import duckdb
import pyarrow as pa

from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receipts import IngestCounts, Receipt
from hoshimori.model.rejections import Rejection

_REJECTION: dict[str, pa.DataType] = {
    "payload_sha256": pa.string(),
    "source": pa.string(),
    "line": pa.int64(),
    "field": pa.string(),
    "problem": pa.string(),
    "raw": pa.binary(),
}


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
