"""Where facts are kept: append-only and bi-temporal."""

from hoshimori.model.receipts import IngestCounts, Receipt
from hoshimori.store.alerts import AlertBook, open_alerts
from hoshimori.store.connection import ServerLine
from hoshimori.store.contract import StoreContract
from hoshimori.store.facts import Store, open_store
from hoshimori.store.journal import Journal, open_journal
from hoshimori.store.remote import CONTRACT, RemoteStore, open_remote_store
from hoshimori.store.spans import SpanFolder, opened_spans, replaced

__all__ = [
    "CONTRACT",
    "AlertBook",
    "IngestCounts",
    "Journal",
    "Receipt",
    "RemoteStore",
    "ServerLine",
    "SpanFolder",
    "Store",
    "StoreContract",
    "open_alerts",
    "open_journal",
    "open_remote_store",
    "open_store",
    "opened_spans",
    "replaced",
]
