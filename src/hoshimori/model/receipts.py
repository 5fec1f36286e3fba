"""What was delivered to the store and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.provenance import Provenance


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
