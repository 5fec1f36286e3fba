"""Japanese words of a screening; the keys are those of every language."""

from __future__ import annotations

SCREEN_WORDS: dict[str, str] = {
    "screen.scope.all": (
        "{objects}を相互にスクリーニング（{start} から {end}、{threshold} km 以内）。"
    ),
    "screen.scope.some": (
        "{primaries}を{objects}に対してスクリーニング（{start} から {end}、{threshold} km 以内）。"
    ),
    "screen.primaries.one": "{number} 物体",
    "screen.primaries.many": "{number} 物体",
    "screen.objects.one": "{number} 物体",
    "screen.objects.many": "{number} 物体",
    "screen.found": "{conjunctions}（{pairs}）、{stays}、{docked}。",
    "screen.conjunctions.one": "最接近 {number} 件",
    "screen.conjunctions.many": "最接近 {number} 件",
    "screen.pairs.one": "{number} 組",
    "screen.pairs.many": "{number} 組",
    "screen.stays.one": "滞在 {number} 件",
    "screen.stays.many": "滞在 {number} 件",
    "screen.docked.one": "結合 {number} 組",
    "screen.docked.many": "結合 {number} 組",
    "screen.above.one": "衝突確率が {threshold} 以上の最接近 {number} 件。",
    "screen.above.many": "衝突確率が {threshold} 以上の最接近 {number} 件。",
    "screen.edge.one": "うち {number} 件は計算期間の端にある。",
    "screen.edge.many": "うち {number} 件は計算期間の端にある。",
    "screen.column.class": "分類",
    "screen.column.conjunctions": "最接近の件数",
    "screen.column.pairs": "組数",
    "screen.column.stays": "滞在の件数",
    "screen.column.objects": "物体",
    "screen.column.when": "最接近時刻（UTC）",
    "screen.column.miss": "最接近距離（km）",
    "screen.column.sigma": "不確かさ 1 σ（km）",
    "screen.column.speed": "相対速度（km/s）",
    "screen.column.pc": "衝突確率",
    "screen.column.conclusion": "結論",
    "screen.column.passes": "回数",
    "screen.closest.folded": "関係が知られていない組の最も近い通過：",
    "screen.closest.everything": "すべての組の最も近い通過：",
    "screen.further.one": "ほかに {number} 組が表にある（--all で表示）。",
    "screen.further.many": "ほかに {number} 組が表にある（--all で表示）。",
    "screen.nothing": "関係が知られていない組の通過は見つからなかった。",
    "screen.class.unrelated": "関係は知られていない",
    "screen.class.docked": "結合中（距離は測定されない）",
    "screen.edge.mark": "{moment}（端）",
    "screen.pc.none": "なし",
    "screen.pc.below": "1e-10 未満",
    "screen.pc.maximum": "最大 {pc}",
    "screen.pc.computed": "{pc}",
    "screen.coverage.all": "カタログの全物体をスクリーニングできた。",
    "screen.coverage.too_old.one": "{number} 物体は軌道要素が 30 日より古いため除外。",
    "screen.coverage.too_old.many": "{number} 物体は軌道要素が 30 日より古いため除外。",
    "screen.coverage.refused.one": "{number} 物体は期間前に落下したか SGP4 で計算できない。",
    "screen.coverage.refused.many": "{number} 物体は期間前に落下したか SGP4 で計算できない。",
    "screen.coverage.decaying.one": "{number} 物体は軌道要素によれば期間内に落下する。",
    "screen.coverage.decaying.many": "{number} 物体は軌道要素によれば期間内に落下する。",
    "screen.coverage.rejected.one": "{number} 件の記録は読めなかった。",
    "screen.coverage.rejected.many": "{number} 件の記録は読めなかった。",
    "screen.coverage.missing": "指定されたがスクリーニングできなかった物体：{ids}。",
    "screen.coverage.ages": (
        "期間の始めの軌道要素の経過時間は中央値 {median}、9 割が {p90} 以内、"
        "5 日より古いものは {old} 件。"
    ),
    "screen.coverage.errors": (
        "軌道要素には誤差が付いていない。表にある {objects} 物体のうち {own} 物体は"
        "自身の過去の軌道要素から誤差を求め、他は種類と経過時間から仮定している。"
        "仮定した誤差は警告の根拠にはなるが、何も否定しない。"
        "小さい数値は何も起きないことを意味せず、今後の軌道変更は予測されない。"
    ),
}
