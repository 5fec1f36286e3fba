"""Where facts are kept: append-only and bi-temporal."""

from hoshimori.model.receipts import IngestCounts, Receipt
from hoshimori.store.contract import StoreContract
from hoshimori.store.facts import Store, open_store
from hoshimori.store.journal import Journal, open_journal
from hoshimori.store.spans import SpanFolder, opened_spans, replaced

__all__ = [
    "IngestCounts",
    "Journal",
    "Receipt",
    "SpanFolder",
    "Store",
    "StoreContract",
    "open_journal",
    "open_store",
    "opened_spans",
    "replaced",
]
