"""Receipts as JSON values and back; moments keep their microseconds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receipts import IngestCounts, Receipt

Json = Mapping[str, Any]


def counts_json(counts: IngestCounts) -> dict[str, int]:
    """Return what became of the records of a delivery as a JSON value."""
    return {"new": counts.new, "duplicate": counts.duplicate, "rejected": counts.rejected}


def counts_from(value: Json) -> IngestCounts:
    """Return the counts of a JSON value; KeyError, TypeError or ValueError where it holds none."""
    return IngestCounts(int(value["new"]), int(value["duplicate"]), int(value["rejected"]))


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as a JSON value."""
    came_from = receipt.provenance
    return {
        "source": came_from.source,
        "payload_sha256": came_from.payload_sha256,
        "reality": came_from.reality.value,
        "received_utc": receipt.received_utc.astimezone(UTC).isoformat(),
        "byte_count": receipt.byte_count,
        **counts_json(receipt.counts),
    }


def receipt_from(value: Json) -> Receipt:
    """Return the receipt of a JSON value; KeyError, TypeError or ValueError where it holds none."""
    provenance = Provenance(value["source"], value["payload_sha256"], Reality(value["reality"]))
    received_utc = datetime.fromisoformat(value["received_utc"])
    return Receipt(provenance, received_utc, int(value["byte_count"]), counts_from(value))
