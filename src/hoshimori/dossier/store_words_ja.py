"""Japanese words of stores that move; the keys are those of every language."""

from __future__ import annotations

STORE_WORDS: dict[str, str] = {
    "store.column.table": "表",
    "store.column.rows": "行数",
    "store.column.same": "照合",
    "store.same": "一致",
    "store.differs": "不一致",
    "store.moment": "{moment} に知られていたこと",
    "store.migrated": "内容は一致しています（付随ファイル {files} 件、照合時点 {moments} 件）。",
    "store.different": "内容が一致しません。作成中の保管庫は開かれません。表を参照してください。",
    "store.prepared": "表は用意されています。",
    "store.granted": "表は用意されており、{role} は読み取りと追記ができます。",
    "store.granted.read": "表は用意されており、{role} は読み取りができます。",
}
