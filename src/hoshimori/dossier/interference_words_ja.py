"""Japanese words of lost satellite navigation."""

from __future__ import annotations

from typing import Final

INTERFERENCE_WORDS: Final = {
    "kind.interference": "航法の完全性",
    "regime.CELL_DAYS": "同じセルの過去の日",
    "next_step.check_notices": "航空情報（NOTAM）を確認し、区域の利用者に照会",
    "interference.place": "{latitude}・{longitude}",
    "interference.area_name": "{place}付近の{area} km²",
    "headline.interference.low_integrity": ("{place} 付近 {area} km² で航空機の航法の完全性が低下"),
    "headline.interference.position_displaced": (
        "{place} 付近 {area} km² で航空機が実際と異なる位置を通報"
    ),
    "interference.persistence.new": "この区域では新規",
    "interference.persistence.recurrent": "以前にも発生",
    "interference.persistence.permanent": "この区域では常態",
    "interference.persistence.unknown": "過去の期間が短く判定不能",
    "interference.rise": "{past}、{day} から悪化",
    "explain.interference": (
        "最大の日 {day} には、セルを通過した航空機のべ {total} 機のうち {bad} 機で"
        "完全性が低かった。割合は {share} %（95 %、セルごとに 1 機を除く）で、"
        "同じ区域のそれ以前の日は {usual} である。"
    ),
    "explain.interference.days": (
        "期間中に {cells} セル、1 日に最大 {most} セルで低下した。中心は {place} で、"
        "最も遠いセルまで {radius} km である。"
    ),
    "explain.interference.rise": (
        "{day} から以前より悪化している。1 日当たりの低下機の割合（中央値）は {since} %、"
        "その前の 2 か月は {before} % であった。"
    ),
    "explain.interference.emitter": (
        "高度 12 km の航空機からすべてのセルが見通せる地上の単一の発信源があるとすれば、"
        "中心から {km} km 以内の区域にある。地点ではない。"
    ),
    "explain.interference.no_emitter": (
        "高度 12 km の航空機から見て、中心の地上にある単一の発信源ではすべてのセルを見通せない。"
        "発信源が複数あるか、高さが {height} m 以上である。"
    ),
    "explain.interference.limit": (
        "1 日ごとの集計では、妨害と位置のずれの区別も、時刻や高度も分からない。"
        "航空情報で公示された試験も同じように見える。航空機のいないセルからは何も言えない。"
    ),
    "rarity.sentence.cell_days": (
        "同じセルの過去のべ {compared} 日のうち、{share}で低下していた（{interval}、95 %）。"
    ),
    "rarity.sentence.cell_days.none": "同じセルの過去の日は記録にない。",
    "measure.persistence": "過去との比較",
    "measure.peak_day": "最大の日",
    "measure.integrity_share": "完全性の低い割合",
    "measure.integrity_usual": "それ以前の日",
    "measure.area": "区域",
    "measure.middle": "中心と半径",
    "measure.emitter": "発信源の区域",
    "measure.trend": "日ごとの推移",
    "measure.area.value": "{km2} km²（{cells} セル）",
    "measure.middle.value": "{place}、半径 {radius} km",
    "measure.emitter.value": "中心から {km} km 以内",
    "measure.emitter.none": "地上の単一の場所なし",
    "measure.trend.day": "{day} {percent} %",
    "interference.next.new": (
        "該当日の航空情報（NOTAM）を確認し、乗員の報告を管制機関と航空会社に照会する。"
        "伝えるのは区域と時刻であり、地点ではない。"
    ),
    "interference.next.more": (
        "新規はない。以前より悪化した区域では、飛行する利用者に影響を照会する。"
    ),
    "interference.next.usual": "新規はない。監視を継続する。",
    "interference.next.none": "対応は不要。何が見えたはずかは下に示す。",
    "interference.summary.unknown.one": (
        "1 区域で航空機の航法の完全性が低下。手元の過去が短く、新規かどうかは判定できない。"
    ),
    "interference.summary.unknown.many": (
        "{number} 区域で航空機の航法の完全性が低下。手元の過去が短く、新規かどうかは判定できない。"
    ),
    "interference.summary.one": "1 区域で航空機の航法の完全性が低下（うち新規 {fresh}）。",
    "interference.summary.many": "{number} 区域で航空機の航法の完全性が低下（うち新規 {fresh}）。",
    "interference.summary.none": "航空機の航法の完全性がまとまって低下した区域はない。",
    "interference.coverage": (
        "{days}：航空機のいたセル {cells}、判定に足りる日はのべ {all} 日中 {told} 日。"
        "受信機の故障は航空機の {fault} %。区域をなさない低下のべ {alone} 日は掲載しない。"
    ),
    "interference.coverage.none": "対象の期間と場所の集計はない。何も見えていない。",
    "interference.rejected.one": "1 行を読めなかった。",
    "interference.rejected.many": "{number} 行を読めなかった。",
    "interference.further.one": "ほかに 1 区域（--all で表示）。",
    "interference.further.many": "ほかに {number} 区域（--all で表示）。",
    "interference.column.where": "場所",
    "interference.column.when": "期間（UTC）",
    "interference.column.past": "過去との比較",
    "interference.column.share": "低い割合 %",
    "interference.column.usual": "通常 %",
    "interference.column.area": "面積 km²",
    "interference.column.emitter": "発信源の区域",
    "interference.column.confidence": "確信度",
    "interference.page.title": "航空機の衛星航法",
    "interference.page.map": "低下したセル",
    "interference.page.map.key": (
        "期間中に低下したセル。十字は中心、円は地上の単一の発信源の区域を示す。"
    ),
    "interference.page.trend": "日ごとの推移",
    "interference.plot.east": "東 km",
    "interference.plot.north": "北 km",
}
