"""Japanese words of flights that lost satellite navigation."""

from __future__ import annotations

from typing import Final

PASSAGE_WORDS: Final = {
    "regime.CELL_STEPS": "同じセルの過去の時間区分",
    "document.kind.passage": "航空機のセル通過",
    "explain.passages": (
        "その間に区域を通過した航空機 {seen} 機のうち {bad} 機が、そこで航法の完全性を失った。"
        "割合は {share} %（95 %、1 機を除く）で、それ以前の通過では {usual} である。"
        "うち {bracketed} 機は前後とも正常であった。"
    ),
    "explain.passages.times": (
        "異常のある通報は {onset} から {last} まで（{step} 分の区分で判定）。"
        "{place} を中心とする {cells} セルで、最も遠いセルまで {radius} km である。"
    ),
    "explain.passages.open": "データの終わりの時点でも続いている。",
    "explain.passages.positions.plausible": (
        "動きを確かめられた {checked} 機の位置は、飛行として自然であった。"
        "信号がかき消された場合の現れ方である。"
    ),
    "explain.passages.positions.displaced": (
        "{all} 機のうち {displaced} 機が、飛行では到達できない位置を通報した。"
        "その位置は {shown} 付近で、半数は {within} km 以内にある。"
        "偽の信号に従った場合の現れ方である。"
    ),
    "explain.passages.positions.mixed": (
        "{all} 機のうち {displaced} 機が、飛行では到達できない位置を通報した。"
        "その位置は {shown} 付近で、半数は {within} km 以内にある。ほかの機は完全性が低かった。"
    ),
    "explain.passages.positions.not_told": (
        "確かめられる位置が少なく、信号の消失か偽の信号かは判別できない。"
    ),
    "explain.passages.emitter": (
        "すべての機をそれぞれの高度で見通せる地上の単一の発信源があるとすれば、"
        "中心から {km} km 以内の {area} km² の区域にある。地点ではない。"
    ),
    "explain.passages.no_emitter": (
        "すべての機をそれぞれの高度で見通せる地上の場所はない。発信源が複数あるか、高い位置にある。"
    ),
    "explain.passages.limit": (
        "飛行のように動く偽の位置や、通報をやめた航空機は見えない。"
        "航空情報で公示された試験も同じように見える。航空機のいないセルからは何も言えない。"
    ),
    "rarity.sentence.cell_steps": (
        "同じセルの過去の {compared} 区分のうち、{share}で低下していた（{interval}、95 %）。"
    ),
    "rarity.sentence.cell_steps.none": "同じセルの過去の区分は記録にない。",
    "measure.flights": "影響を受けた航空機",
    "measure.flights.value": "{seen} 機中 {bad} 機（前後とも正常 {bracketed} 機）",
    "measure.onset": "始まり",
    "measure.last": "最後",
    "measure.last.open": "{last}（データの終わり）",
    "measure.positions": "位置",
    "measure.positions.plausible": "飛行として自然",
    "measure.positions.displaced": "位置のずれ",
    "measure.positions.mixed": "位置のずれと完全性の低下の混在",
    "measure.positions.not_told": "少なく判別不能",
    "measure.shown": "通報された位置",
    "measure.shown.value": "{place} 付近、半数が {km} km 以内",
    "measure.flight_heights": "高度別の影響",
    "measure.flight_heights.band": "{low}～{high} km：{all} のうち {disturbed}",
    "measure.flight_heights.above": "{low} km 超：{all} のうち {disturbed}",
    "measure.emitter.flights": "中心から {km} km 以内、{area} km²",
    "interference.passages.coverage": (
        "{since} から {until} まで、{step} 分の区分。航空機のいたセル {cells}、"
        "判定に足りる区分は {all} のうち {told}。区域をなさない {alone} 区分は掲載しない。"
    ),
    "interference.passages.coverage.none": "対象の期間と場所に飛行はない。何も見えていない。",
    "interference.passages.tally": (
        "通報 {reports} 件、航空機 {aircraft} 機。"
        "うち使える完全性のない通報 {without_integrity} 件、範囲外の値を含む通報 {absurd} 件。"
    ),
    "interference.passages.left": "除外：{what}。",
    "interference.passages.left.on_ground": "地上 {number} 件",
    "interference.passages.left.anonymous": "匿名アドレス {number} 件",
    "interference.passages.left.measured": "航空機自身によらないもの {number} 件",
    "interference.passages.left.without_position": "位置なし {number} 件",
    "interference.passages.left.duplicate": "重複 {number} 件",
    "interference.passages.left.late": "未来の時刻 {number} 件",
    "interference.passages.left.not_bracketed": "同じ機が前後で正常でない低下 {number} 件",
    "interference.passages.left.errors": "単発の誤った位置 {number} 件",
    "interference.passages.left.erratic_aircraft": "航跡が何度も飛ぶ航空機 {number} 機",
    "interference.passages.left.faulty": "ほかに影響のない所で繰り返し低下した航空機 {number} 機",
}
