"""Where facts are kept: append-only and bi-temporal."""

from hoshimori.store.facts import Store, open_store
from hoshimori.store.receipts import IngestCounts, Receipt

__all__ = ["IngestCounts", "Receipt", "Store", "open_store"]
