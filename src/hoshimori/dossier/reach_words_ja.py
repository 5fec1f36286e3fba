"""Japanese words of warning times; the keys are those of every language."""

from __future__ import annotations

REACH_WORDS: dict[str, str] = {
    "reach.scope": (
        "{moment} 時点：他の物体が資産から {within} km 以内に来て並走するまでの最短時間（下限）。"
    ),
    "reach.compared.one": "軌道変更できるとみなした物体 {number} 個。",
    "reach.compared.many": "軌道変更できるとみなした物体 {number} 個。",
    "reach.left_out.one": "デブリ・ロケット機体 {number} 個は対象外。",
    "reach.left_out.many": "デブリ・ロケット機体 {number} 個は対象外。",
    "reach.missing": "新しい軌道要素がない資産：{ids}。",
    "reach.asset": "{asset}・{regime}",
    "reach.count": "速度変化 {speed} m/s：{shortest}。{marks}。{known}。",
    "reach.shortest": "最短の猶予時間 {time}（同程度に短いペイロード：{rarity}）",
    "reach.shortest.near": "{time}の物体あり（同様のペイロード：{rarity}）",
    "reach.shortest.none": "到達できる物体なし",
    "reach.mark": "{days} 以内 {number} 個",
    "reach.known.one": "関係が知られている物体 {number} 個",
    "reach.known.many": "関係が知られている物体 {number} 個",
    "reach.time.hour": "1 時間未満",
    "reach.time.near": "すでに並走",
    "reach.time.between": "{low} から {high}",
    "reach.time.least": "{low} 以上",
    "reach.time.velocity": "速度変化が不足",
    "reach.time.horizon": "{days} 超",
    "reach.limit.near": "なし",
    "reach.limit.phase": "軌道上の位相",
    "reach.limit.plane": "軌道面の移動",
    "reach.limit.velocity": "速度変化",
    "reach.limit.horizon": "時間",
    "reach.plane": "{angle}° の差（{rarity}）",
    "reach.plane.aligns": "{angle}° の差、{days} ± {sigma} 後に {least}°（{rarity}）",
    "reach.column.object": "物体",
    "reach.column.time": "{speed} m/s の場合",
    "reach.column.limit": "時間を決めるもの",
    "reach.column.rarity": "同程度に早い割合",
    "reach.column.plane": "軌道面",
    "reach.explain": (
        "時間は軌道力学上の下限であり、実際にこれより早くはならない。二つ目の時間がある場合は、"
        "二回の速度変化で到達できる時間である。推進薬の残量、物体の状態と目的は分からない。"
        "これは気づくまでの猶予を示すもので、何かが来ることを示すものではない。"
        "高速の通過は含まない（screen で求める）。"
    ),
}
