"""Where facts are kept: append-only and bi-temporal."""

from hoshimori.model.receipts import IngestCounts, Receipt
from hoshimori.store.alerts import AlertBook, open_alerts
from hoshimori.store.boards import Boards, open_boards
from hoshimori.store.contract import OwnStore, StoreContract
from hoshimori.store.disk import free_mib, is_disk_full
from hoshimori.store.dossier_shelf import DossierShelf
from hoshimori.store.exercise_mark import exercise_of
from hoshimori.store.facts import Store, open_store
from hoshimori.store.floor_record import FloorRecord, open_floor_record
from hoshimori.store.journal import Journal, open_journal
from hoshimori.store.spans import SpanFolder, opened_spans, replaced

__all__ = [
    "AlertBook",
    "Boards",
    "DossierShelf",
    "FloorRecord",
    "IngestCounts",
    "Journal",
    "OwnStore",
    "Receipt",
    "SpanFolder",
    "Store",
    "StoreContract",
    "exercise_of",
    "free_mib",
    "is_disk_full",
    "open_alerts",
    "open_boards",
    "open_floor_record",
    "open_journal",
    "open_store",
    "opened_spans",
    "replaced",
]
