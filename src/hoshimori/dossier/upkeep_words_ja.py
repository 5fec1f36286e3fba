"""Japanese words of backups and upgrades; the keys are those of every language."""

from __future__ import annotations

UPKEEP_WORDS: dict[str, str] = {
    "backup.made": "{folder}：{files} ファイル、{mib} MiB、軌道要素 {facts} 件、照合済み。",
    "backup.digest": "目録の SHA-256（別の場所に控えてください）：{sha256}",
    "backup.of_exercise": "演習「{name}」の保管庫です。",
    "backup.removed": "指定どおり削除しました：{folder}",
    "backup.left_out": "含めていません：{name}（{why}）",
    "backup.left_out.of_this_run": "動作中のサーバーへの接続先",
    "backup.left_out.key": "秘密鍵。--with-keys を付けると含めます",
    "backup.left_out.link": "別の場所へのリンク",
    "backup.left_out.other_store": "独立した保管庫。--store で別にバックアップしてください",
    "backup.left_out.no_file": "ファイルでもフォルダーでもありません",
    "backup.whole": (
        "{folder} は {made} に書かれたままです：{files} ファイルすべてを読み、開いて確認しました。"
    ),
    "backup.not_whole": "{folder} は書かれたままではありません：",
    "backup.restored": "{folder} は {made} の {backup} と同じです。",
    "backup.restored.sessions": (
        "当時のセッションは終了しました。その後に削除したキーとアカウントは復活しています："
        "`hoshimori accounts list` で確認してください。"
    ),
    "backup.restored.alerts": (
        "その時刻より後に送られた通知は記録にないため、もう一度送られることがあります。"
    ),
    "store.column.file": "ファイル",
    "store.column.version": "版",
    "store.column.newest": "この Hoshimori の版",
    "store.column.state": "状態",
    "store.state.current": "最新",
    "store.state.older": "古い版：`hoshimori store upgrade`",
    "store.state.newer": "新しい版：Hoshimori を更新してください",
    "store.nothing": "すべてのファイルが最新の版です。何もしていません。",
    "store.upgraded": "更新しました。更新前の写し（照合済み）：{copy}",
    "store.rolled_back": "保管庫を更新前に戻しました。更新後のもの：{aside}",
    "store.rolled_back.later": (
        "写しの後に {number} 件の受け取りがありました。更新後の保管庫にだけあります："
        "そのファイルを取り込み直してください。"
    ),
}
