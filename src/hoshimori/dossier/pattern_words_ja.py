"""Japanese words of patterns of life and of orbits that end; the keys are those of English."""

from __future__ import annotations

PATTERN_WORDS: dict[str, str] = {
    "unit.days": "日",
    "aspect.east_west": "東西方向",
    "aspect.north_south": "南北方向",
    "aspect.height": "高度",
    "mode.not_kept": "保持なし（NK）",
    "mode.chemical_keeping": "化学推進による保持（CK）",
    "mode.electric_keeping": "電気推進による保持（EK）",
    "mode.hybrid_keeping": "併用による保持（HK）",
    "mode.kept": "保持（方式は判別できない）",
    "mode.altitude_keeping": "高度保持",
    "mode.phase_keeping": "位相保持",
    "mode.raising": "上昇",
    "mode.lowering": "降下",
    "mode.decay": "大気抵抗による低下",
    "mode.inert": "静穏",
    "mode.unknown": "不明",
    "node.start": "SS データの始まり",
    "node.end": "ES データの終わり",
    "node.initiate_drift": "ID ドリフト開始",
    "node.adjust_drift": "AD ドリフト調整",
    "node.initiate_keeping": "IK 保持開始",
    "kind.pattern_change": "自身の行動様式からの変化",
    "kind.decay": "再突入の見込み",
    "kind.object_lost": "物体の追跡喪失",
    "kind.presumed_decayed": "落下済みと推定",
    "headline.pattern.mode_changed": "{object} の{aspect}の様式が変化：{before} → {after}",
    "headline.pattern.burn_overdue": "{object} は{aspect}の軌道制御を{observed}行っていない",
    "headline.pattern.burn_early": "{object} がわずか{observed}で{aspect}の軌道制御を再度実施",
    "headline.decay": "{object} が再突入へ向けて低下中",
    "headline.object_lost": "{object} を追跡喪失（{age}間、軌道要素なし）",
    "headline.presumed_decayed": "{object} は落下済みと推定（{age}間、軌道要素なし）",
    "explain.pattern.mode_changed": (
        "{moment} 以降、{object} の{aspect}の様式が変わった（以前：{before}、現在：{after}）。"
        "同じ長さの時間に同程度動いたのは、自身の過去の {share} である"
        "（{compared} 物体をそれぞれの過去と比較）。"
    ),
    "explain.pattern.burn_overdue": (
        "{moment} の最新の軌道要素の時点で、{object} の{aspect}の軌道制御は{observed}見られない。"
        "自身の過去から見込まれる間隔は {usual} であり、これほど長い間隔は {share} である"
        "（{compared} 物体をそれぞれの過去と比較）。"
    ),
    "explain.pattern.burn_early": (
        "{object} は {moment} までに{aspect}の軌道制御を行った。前回からの間隔は{observed}である。"
        "自身の過去から見込まれる間隔は {usual} であり、これほど短い間隔は {share} である"
        "（{compared} 物体をそれぞれの過去と比較）。"
    ),
    "explain.pattern.limit": (
        "運用者は計画を変え、衛星を移動し、退役させる。"
        "軌道要素に現れなかった軌道制御があれば、次の制御は遅れて見える。"
    ),
    "explain.decay": (
        "{object} の軌道（{perigee} × {apogee} km）は 1 日に {sinking} km 低下しており、"
        "再突入の時間帯は {window}（90 %）である。"
    ),
    "explain.decay.limit": (
        "この時間帯は大気だけで動く物体について成り立つ。軌道制御や宇宙天気の擾乱があればずれる。"
    ),
    "explain.object_lost": (
        "{object} の最新の軌道要素は {age}前のものである。通常は {usual}ごとに更新されている。"
        "現在の位置はもはや分からない。"
    ),
    "explain.object_lost.limit": (
        "軌道変更、破砕、観測の欠落のいずれもあり得る。軌道要素だけでは区別できない。"
    ),
    "explain.presumed_decayed": (
        "{object} の最新の軌道要素は {age}前のものである。通常は {usual}ごとに更新されている。"
        "その軌道要素によれば、現在までに再突入している。"
    ),
    "explain.presumed_decayed.limit": (
        "カタログの落下通報があれば確定する。最新の軌道要素より後に軌道制御があれば落下していない。"
    ),
    "measure.aspect": "対象",
    "measure.mode": "様式",
    "measure.surprise": "自身の過去で同程度外れた割合",
    "measure.false_share": "このような検出に含まれる誤りの見込み",
    "measure.interval": "間隔",
    "measure.usual_interval": "通常の間隔（90 %）",
    "measure.reentry": "再突入の最良推定",
    "measure.reentry_window": "再突入の時間帯（90 %）",
    "measure.heights": "近地点 × 遠地点",
    "measure.sinking": "軌道長半径の低下",
    "sinking.value": "1 日 {value} km",
    "pattern.title": "{objects}の行動様式（{moment} 時点）。",
    "pattern.title.objects.one": "{number} 物体",
    "pattern.title.objects.many": "{number} 物体",
    "pattern.too_short": "ほか {number} 物体は、軌道要素が少なすぎるか、判定対象外の軌道にある。",
    "pattern.nothing": "比較した {compared} 物体のうち、自身の様式から外れたものはない。",
    "pattern.departures": "自身の様式から外れたもの（{compared} 物体を比較）：",
    "pattern.counts": "現在の様式ごとの物体数：",
    "pattern.further.one": "ほか {number} 物体。--all で全件、--objects で選択。",
    "pattern.further.many": "ほか {number} 物体。--all で全件、--objects で選択。",
    "pattern.column.object": "物体",
    "pattern.column.aspect": "対象",
    "pattern.column.mode": "現在の様式",
    "pattern.column.since": "開始",
    "pattern.column.nodes": "変化",
    "pattern.column.cycle": "軌道制御",
    "pattern.column.next": "次の軌道制御（90 %）",
    "pattern.column.number": "物体数",
    "cycle.words": "{middle} 日ごと（{low}–{high}）、{delta_v} m/s、{burns} 回確認",
    "cycle.too_few": "間隔が 5 回未満",
}
