"""Japanese words of located emitters in incidents."""

from __future__ import annotations

from typing import Final

EMITTER_WORDS: Final = {
    "kind.interference.emitter": "発信源の区域",
    "regime.HEARD_SIGNALS": "位置を求めた信号",
    "next_step.report_interference": "区域を添えて主管庁に混信を報告",
    "headline.emitter.one": "{signal}：発信源は{area}",
    "headline.emitter.many": "{signal}：発信源は{number}か所の区域のいずれか、例えば{area}",
    "headline.emitter.of": "{headline}、{link}を妨害",
    "emitter.unnamed": "ある信号",
    "emitter.comma": "、",
    "emitter.semicolon": "；",
    "emitter.ellipse": "{place}を中心とする{size}の楕円内（95 %）",
    "emitter.bent": "{edges}の曲がった区域（95 %、面積 {area} km²、長さ {length} km）",
    "emitter.area_name": "{signal}の発信源は{area}",
    "emitter.edges": "{south} 〜 {north}、{west} 〜 {east}",
    "emitter.size": "面積 {area} km²、偶然でこれ以上ずれる割合：{fit}",
    "emitter.counted": (
        "時間差 {tdoa} 個、周波数差 {fdoa} 個、基準発信源の測定 {references} 個、"
        "受け付けなかった測定 {refused} 個"
    ),
    "emitter.page.map": "{signal}の発信区域",
    "emitter.page.map.key": (
        "塗りつぶした輪郭は、合う区域の一つとして 95 % で発信源を含む。"
        "中心から東と北への距離（km）、細い線は緯度と経度。"
    ),
    "explain.emitter": (
        "衛星（{satellites}）で時間差 {tdoa} 個と周波数差 {fdoa} 個が測定された（{when}）。"
    ),
    "explain.emitter.areas.one": "これに合う区域は一つ：{areas}。",
    "explain.emitter.areas.many": (
        "これに同じように合う区域は {number} か所あり、"
        "どれが正しいかは測定からは分からない：{areas}。"
    ),
    "explain.emitter.limits": "制約：{limits}。",
    "explain.emitter.references": (
        "位置が分かっている基準発信源も測定された：{names}（測定 {number} 個）。"
    ),
    "explain.emitter.refused.one": "ありえない測定 1 個を受け付けなかった。",
    "explain.emitter.refused.many": "ありえない測定 {number} 個を受け付けなかった。",
    "explain.emitter.limit": (
        "区域は、発信源が地上で静止しており、示された誤差が正しいとき、95 % で発信源を含む。"
        "誰のものか、なぜ送信したかは示さない。故障や誤操作でも電波は出る。"
    ),
    "rarity.sentence.emitter": ("どの信号の位置を求めるかは人が選ぶため、珍しさを示す数はない。"),
    "measure.signal": "信号",
    "measure.disturbs": "妨害される対象（申告）",
    "measure.carrier": "搬送波",
    "measure.emitter_area": "区域（95 %）",
    "measure.differences": "到来の差",
    "measure.limits": "制約",
}
