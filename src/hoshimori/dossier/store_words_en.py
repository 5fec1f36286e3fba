"""English words of stores that move; the keys are those of every language."""

from __future__ import annotations

STORE_WORDS: dict[str, str] = {
    "store.column.table": "Table",
    "store.column.rows": "Rows",
    "store.column.same": "Compared",
    "store.same": "the same",
    "store.differs": "DIFFERS",
    "store.moment": "known at {moment}",
    "store.migrated": "Both stores hold the same: {files} files beside, {moments} moments asked.",
    "store.different": "The stores differ. The one that was made stays closed; see the table.",
    "store.prepared": "The tables are there.",
    "store.granted": "The tables are there, and {role} may read and append.",
    "store.granted.read": "The tables are there, and {role} may read.",
}
