"""Where facts are kept: append-only and bi-temporal."""

from hoshimori.store.alerts import AlertBook, open_alerts
from hoshimori.store.facts import Store, open_store
from hoshimori.store.journal import Journal, open_journal
from hoshimori.store.receipts import IngestCounts, Receipt
from hoshimori.store.spans import SpanFolder, opened_spans, replaced

__all__ = [
    "AlertBook",
    "IngestCounts",
    "Journal",
    "Receipt",
    "SpanFolder",
    "Store",
    "open_alerts",
    "open_journal",
    "open_store",
    "opened_spans",
    "replaced",
]
