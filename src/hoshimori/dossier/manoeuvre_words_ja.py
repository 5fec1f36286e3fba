"""Japanese words of what histories show; the keys are those of every language."""

from __future__ import annotations

MANOEUVRE_WORDS: dict[str, str] = {
    "manoeuvres.found": "{objects}に{manoeuvres}（{judged}、軌道要素 {sets} 組を調査）。",
    "manoeuvres.manoeuvres.one": "軌道変更 {number} 件",
    "manoeuvres.manoeuvres.many": "軌道変更 {number} 件",
    "manoeuvres.objects.one": "{number} 物体",
    "manoeuvres.objects.many": "{number} 物体",
    "manoeuvres.column.object": "物体",
    "manoeuvres.column.when": "時刻（UTC）",
    "manoeuvres.column.size": "速度増分",
    "manoeuvres.column.components": "進行方向／面外",
    "manoeuvres.column.kind": "種類",
    "manoeuvres.column.strength": "平常雑音比",
    "manoeuvres.column.confidence": "確信度",
    "manoeuvres.kind.impulsive": "噴射",
    "manoeuvres.kind.low_thrust": "低推力",
    "manoeuvres.when.dated": "{moment} ± {duration}（推定）",
    "manoeuvres.when.between": "{start} から {end}",
    "manoeuvres.nothing": "軌道要素の雑音を超える軌道変更はない。",
    "manoeuvres.newest": "各物体の最新の軌道変更：",
    "manoeuvres.last": "最新の軌道変更（古い順）：",
    "manoeuvres.every": "すべての軌道変更（古い順）：",
    "manoeuvres.further": "ほか {number} 件は省略（--all で全件、--json に収録）。",
    "manoeuvres.dismissed.swapped.one": (
        "{number} 件は除外：物体はまもなく元の軌道と位置に戻っており、識別の取り違えと見られる。"
    ),
    "manoeuvres.dismissed.swapped.many": (
        "{number} 件は除外：物体はまもなく元の軌道と位置に戻っており、識別の取り違えと見られる。"
    ),
    "manoeuvres.dismissed.chance.one": (
        "{number} 件は省略：調べた数が多く、偶然でも生じうる大きさである。"
    ),
    "manoeuvres.dismissed.chance.many": (
        "{number} 件は省略：調べた数が多く、偶然でも生じうる大きさである。"
    ),
    "manoeuvres.floor": (
        "検出可能な下限：物体の半数で進行方向 {median} m/s、9 割で {p90} m/s。"
        "面外は {across} m/s と {across_p90} m/s。"
    ),
    "manoeuvres.floor.one": "検出可能な下限：進行方向 {in_track} m/s、面外 {across} m/s。",
    "manoeuvres.short.one": "{number} 物体は軌道要素が少なく判定できない。",
    "manoeuvres.short.many": "{number} 物体は軌道要素が少なく判定できない。",
    "manoeuvres.blind": ("動径方向の噴射と、2 組の軌道要素の間で打ち消し合う噴射は見えない。"),
}
