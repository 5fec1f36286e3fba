"""Japanese words of the history of the belt; the keys are those of every language."""

from __future__ import annotations

BELT_WORDS: dict[str, str] = {
    "belt.scope": (
        "静止帯の {objects} 物体、{since} から {until} までの軌道要素 {sets} 組。"
        "同じ物体の要素の間隔の半数は {gap}を超えます。"
    ),
    "belt.counts": "滞在 {stays} 件、隣り合い {company} 件、ドリフトの反転 {reversals} 件。",
    "belt.visits.heading": "定位置でないところで他の物体の隣に来た物体（新しい順）：",
    "belt.visits.none": "定位置でないところで他の物体の隣に来た物体はありません。",
    "belt.further.one": "ほか {number} 件（--all で表示）。",
    "belt.further.many": "ほか {number} 件（--all で表示）。",
    "belt.dwell.heading": "{name} の滞在：",
    "belt.dwell.none": "{name} の静止は一度も見られていません。",
    "belt.reversals.heading": "ドリフトの反転：",
    "belt.years.heading": (
        "1 週間以上 100 km 以内で隣り合った組の数（種類別・年別）：上の各行の背景です。"
        "括弧内はデータが疎で判断できないものです。"
    ),
    "belt.column.came": "来た物体",
    "belt.column.beside": "隣の物体",
    "belt.column.slot": "経度",
    "belt.column.seen": "見られた期間",
    "belt.column.possible": "最長の期間",
    "belt.column.days": "日数",
    "belt.column.closest": "最接近 km",
    "belt.column.kind": "種類",
    "belt.column.arrival": "来かた",
    "belt.column.slots": "5 年間の他の位置",
    "belt.column.rarity": "静止帯での割合",
    "belt.column.role": "位置づけ",
    "belt.column.neighbours": "隣の物体：見られた最接近 km",
    "belt.column.drift": "ドリフト 来/去 °/日",
    "belt.column.turned": "期間",
    "belt.column.before": "前のドリフト °/日",
    "belt.column.after": "後のドリフト °/日",
    "belt.column.cause": "原因",
    "belt.role.usual_slot": "定位置",
    "belt.role.first_place": "打上げ後の最初の位置",
    "belt.role.visit": "訪問",
    "belt.role.free": "自由（自然の力だけで動く）",
    "belt.role.not_told": "履歴が短く判断できない",
    "belt.kind.towed": "曳航：自由な物体が会合の後に軌道を変えた",
    "belt.kind.docked_and_moved_together": "結合の後、共に移動",
    "belt.kind.docked": "結合",
    "belt.kind.same_launch": "同じ打上げ",
    "belt.kind.same_constellation": "同じコンステレーション",
    "belt.kind.travelling_together": "共に移動",
    "belt.kind.colocated": "共に定位置",
    "belt.kind.first_place_after_launch": "打上げ後の最初の位置",
    "belt.kind.relocation": "移設",
    "belt.kind.free_object": "自由な物体",
    "belt.kind.not_told": "履歴が短く判断できない",
    "belt.kind.visit": "訪問",
    "belt.arrival.controlled": "自らの機動",
    "belt.arrival.natural": "自然に",
    "belt.arrival.not_seen": "見られず",
    "belt.arrival.not_told": "判定不能",
    "belt.reversal.natural": "自然",
    "belt.reversal.controlled": "自らの機動",
    "belt.start": "{moment} 以前",
    "belt.end": "継続中",
    "belt.span": "{start} ～ {end}",
    "belt.days": "{low}～{high}",
    "belt.closest": "{best}（{low}～{high}）",
    "belt.rarity": "{share} %",
    "belt.visit.again": "{kind}、{visits} 回中 {visit} 回目",
    "belt.sparse": "データが疎で期間は不明",
    "belt.neighbour": "{name} {closest}",
    "belt.neighbours.more": "ほか {number} 件",
    "belt.nobody": "なし",
    "belt.count": "{surely}（{perhaps}）",
    "belt.note": (
        "見られた期間：そこにあることを示す最初と最後の軌道要素の間。最長の期間：その前後で別の場所を"
        "示す要素の間。最接近：見られた日の値。区間は要素の誤差を含み、"
        "1 週間以上見られなかったときは 0 に及びます。"
    ),
    "proximity.heading": "{assets}の近傍（{moment} 時点、先 {days}）：",
    "proximity.assets.one": "{number} 資産",
    "proximity.assets.many": "{number} 資産",
    "proximity.nothing": "既知の関係で説明できない近傍の物体はありません。",
    "proximity.known.one": (
        "既知の種類（結合、軌道上サービス、同じ打上げ、コンステレーション、定位置、移設、自由）の "
        "{number} 件は省略。--all で表示。"
    ),
    "proximity.known.many": (
        "既知の種類（結合、軌道上サービス、同じ打上げ、コンステレーション、定位置、移設、自由）の "
        "{number} 件は省略。--all で表示。"
    ),
    "proximity.separations": "同じ打上げの物体からの分離（履歴による）：",
    "proximity.history": "{asset} の隣に {other}：{kind}、来かた：{arrival}",
    "proximity.passed": (
        "{other} が {asset} の近傍を通過（漂移 1 日 {drift} km）：{kind}、来かた：{arrival}"
    ),
    "proximity.seen": "見られた期間 {seen}、最長 {possible}",
    "proximity.days": "{days} 日",
    "proximity.column.what": "内容",
    "proximity.column.when": "時期",
    "proximity.column.range": "距離",
    "proximity.column.dwell": "滞在",
    "proximity.column.plane": "軌道面の角 °",
    "proximity.column.rarity": "珍しさ",
    "proximity.column.confidence": "確度",
    "proximity.column.new": "新しい物体",
    "proximity.column.first_seen": "初見",
    "proximity.column.speed": "相対速度",
    "proximity.column.candidates": "分離元の候補",
    "belt.picture.title": "静止帯の {name}",
    "belt.picture.desc": "時間と経度：滞在と、それぞれで最も近い物体。",
    "belt.picture.longitude": "経度",
}
