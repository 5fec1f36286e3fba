"""What was delivered, what became of it, and the records that were refused, in PostgreSQL."""

from __future__ import annotations

import hashlib
from datetime import UTC

from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receipts import IngestCounts, Receipt
from hoshimori.model.rejections import Rejection
from hoshimori.store.postgresql.element_rows import storable
from hoshimori.store.postgresql.line import Connection, one

_RECEIPT = "source, payload_sha256, reality, received_utc, byte_count, new_count, duplicate_count"
_RECEIPT += ", rejected_count"
_REFUSED = "payload_sha256, source, line, field, problem, raw"
_MAKE_REFUSED = f"""
CREATE TEMP TABLE refused ON COMMIT DROP AS
SELECT arrival, {_REFUSED} FROM rejections WITH NO DATA
"""
_KEEP_REFUSED = f"""
INSERT INTO rejections ({_REFUSED})
SELECT {_REFUSED} FROM refused WHERE NOT EXISTS (
    SELECT FROM rejections AS held WHERE held.payload_sha256 = refused.payload_sha256
    AND held.source = refused.source AND held.line = refused.line AND held.field = refused.field
) ORDER BY arrival
"""


def append(connection: Connection, receipt: Receipt, rejections: tuple[Rejection, ...]) -> None:
    """Keep a receipt and its refused records, unless the same bytes came before."""
    came_from = receipt.provenance
    counts = receipt.counts
    connection.execute(
        f"INSERT INTO receipts ({_RECEIPT}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s) "
        "ON CONFLICT DO NOTHING",
        (
            storable(came_from.source),
            came_from.payload_sha256,
            came_from.reality.value,
            receipt.received_utc.astimezone(UTC).replace(tzinfo=None),
            receipt.byte_count,
            counts.new,
            counts.duplicate,
            counts.rejected,
        ),
    )
    if not rejections:
        return
    connection.execute(_MAKE_REFUSED)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY refused (arrival, {_REFUSED}) FROM STDIN") as copy,
    ):
        for number, refused in enumerate(rejections):
            texts = storable(refused.source), refused.line, refused.field, refused.problem
            source, line, field, problem = texts
            row = (number, came_from.payload_sha256, source, line, storable(field))
            copy.write_row((*row, storable(problem), refused.raw))
    connection.execute(_KEEP_REFUSED)
    connection.execute("DROP TABLE refused")


def is_held(connection: Connection, payload: bytes, source: str, reality: Reality) -> bool:
    """Tell whether there is a receipt of these bytes from a source."""
    key = (storable(source), hashlib.sha256(payload).hexdigest(), reality.value)
    asked = "SELECT EXISTS (SELECT FROM receipts WHERE source = %s AND payload_sha256 = %s "
    return bool(one(connection, asked + "AND reality = %s)", key)[0])


def read(connection: Connection) -> tuple[Receipt, ...]:
    """Return the receipts in the order of arrival."""
    rows = connection.execute(f"SELECT {_RECEIPT} FROM receipts ORDER BY arrival").fetchall()
    return tuple(
        Receipt(
            Provenance(source, digest, Reality(reality)),
            moment.replace(tzinfo=UTC),
            byte_count,
            IngestCounts(new, duplicate, rejected),
        )
        for source, digest, reality, moment, byte_count, new, duplicate, rejected in rows
    )


def rejections(connection: Connection) -> tuple[Rejection, ...]:
    """Return every refused record in the order of arrival."""
    rows = connection.execute(
        "SELECT source, line, field, problem, raw FROM rejections ORDER BY arrival"
    ).fetchall()
    return tuple(Rejection(*row) for row in rows)
