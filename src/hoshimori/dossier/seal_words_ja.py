"""Japanese words of the check of a seal; the keys are those of every language."""

from __future__ import annotations

SEAL_WORDS: dict[str, str] = {
    "seal.intact": "改変なし：すべてのバイトが封印時のままです。",
    "seal.changed.one": "改変あり：問題 {number} 件。このファイルに依拠しないでください。",
    "seal.changed.many": "改変あり：問題 {number} 件。このファイルに依拠しないでください。",
    "seal.unreadable": "判定不能：破損が大きく、誰が封印したか読み取れません。",
    "seal.original": "原本：{moment} 作成、{software}（署名者の申告による）",
    "seal.release": "開示版：{moment} 作成、{software}（署名者の申告による）",
    "seal.items.one": "項目 {number} 件",
    "seal.items.many": "項目 {number} 件",
    "seal.withheld.one": "非開示 {number} 件：コミットメントは署名済み、内容は不明",
    "seal.withheld.many": "非開示 {number} 件：コミットメントは署名済み、内容は不明",
    "seal.unsigned": "署名なし",
    "seal.policy.met": (
        "有効な署名：必要数 {holders} のうち {counted}、"
        "組織：必要数 {organisations} のうち {counted_organisations}。条件を満たしています。"
    ),
    "seal.policy.unmet": (
        "有効な署名：必要数 {holders} のうち {counted}、"
        "組織：必要数 {organisations} のうち {counted_organisations}。条件を満たしていません。"
    ),
    "seal.stamped": "署名は {moment} の時点で存在（確認済みタイムスタンプによる）",
    "seal.among": "数に入る署名の組織：{organisations}",
    "seal.signer.known": "{organisation}（{holder}）：{standing}；{algorithm}、鍵 {fingerprint}",
    "seal.signer.unknown": "{standing}；{algorithm}、鍵 {fingerprint}",
    "seal.algorithm.unknown": "未知の鍵種別",
    "seal.standing.trusted": "信頼済み",
    "seal.standing.unknown": "署名は完全だが、鍵の持ち主は手元の信頼ファイルに記載なし",
    "seal.standing.not_yet_valid": "鍵はまだ有効期間前",
    "seal.standing.expired": "記載された作成時に鍵の有効期間が過ぎていた",
    "seal.standing.revoked": "鍵は失効済み",
    "seal.standing.invalid": "署名がこの内容に対応しない",
    "seal.problem": "{place}：{problem}",
    "seal.problem.detail": "{place}：{problem}（{detail}）",
    "seal.problem.unreadable": "読み取れません",
    "seal.problem.member_changed": "改変されています",
    "seal.problem.member_missing": "欠けています",
    "seal.problem.member_added": "追加されています",
    "seal.problem.item_not_committed": "封印された項目ではありません（改変または追加）",
    "seal.problem.item_twice": "項目が重複しています",
    "seal.problem.leaves_changed": "コミットメントが署名されたものと異なります",
    "seal.problem.manifest_changed": "メンバー一覧が封印時と異なります",
    "seal.problem.reality_mixed": "データ種別が混在しています",
    "seal.problem.original_changed": "開示版は別の原本から作られています",
    "seal.problem.released_beyond": "項目が取扱区分を超えて開示されています",
    "seal.problem.signature_invalid": "署名がこの内容に対応しません",
    "seal.problem.bytes_differ": "メンバー以外の部分が改変されています",
    "seal.key.made": (
        "署名鍵を {path} に書きました（本人のみ読み取り可）。次の記載を相手に渡してください："
    ),
}
