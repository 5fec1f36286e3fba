"""Japanese words of break-ups and separations."""

from __future__ import annotations

from typing import Final

BREAKUP_WORDS: Final = {
    "kind.separation": "分離",
    "kind.breakup": "破砕",
    "headline.separation.one": "{other} が {object} から分離",
    "headline.separation.many": "{number} 個の物体が {object} から分離",
    "headline.breakup": "{object} が破砕（破片 {pieces} 個をカタログ登録）",
    "headline.breakup.unknown": "親物体不明の破砕（破片 {pieces} 個、先頭は {object}）",
    "explain.separation": (
        "新たな物体（{numbers}）の軌道が、同じ時刻に同じ場所で"
        " {object} の軌道に接するか、ごく近い。分離時の相対速度の推定区間は {range} である。"
    ),
    "explain.separation.candidates": "分離元の候補：{candidates}。",
    "explain.separation.limit": (
        "衛星の放出、部品の脱落、古い破片の遅れた登録は似て見えることがある。"
        "軌道要素が示すのは速度であり、目的ではない。"
    ),
    "explain.breakup": (
        "新たな物体 {pieces} 個の軌道が、{start} から {end} の間に、"
        "高度 {altitude} km、{latitude}の 1 点で交わる。"
    ),
    "explain.breakup.resolved": (
        "これらは同じ時刻にその点を通過する。破片だけから求めた時刻は {moment} である。"
    ),
    "explain.breakup.unresolved": (
        "時刻は軌道面だけから求めた。大気抵抗または破片の少なさのため、どの周回かは特定できない。"
    ),
    "explain.breakup.candidates": "破砕した物体の候補：{candidates}。",
    "explain.breakup.no_candidates": "その時刻にその点を通過した登録物体はない。",
    "explain.breakup.cloud": (
        "破片の放出は{energy}で、軌道進行方向の前方に放出された割合は {range} % である。"
    ),
    "explain.breakup.limit": (
        "軌道は原因を示さない。衝突、内部からの破裂、外部からの衝撃の各根拠は "
        "`hoshimori breakups` が並べて示す。破片の登録は今後数週間続く。"
    ),
    "breakup.candidate": "{name} {percent} %",
    "breakup.energy.low": "小さなエネルギー（0.1 J/g 未満）",
    "breakup.energy.moderate": "中程度のエネルギー（0.1〜1 J/g）",
    "breakup.energy.high": "大きなエネルギー（1 J/g 超）",
    "measure.pieces": "登録された破片",
    "measure.event": "時刻",
    "measure.by_pieces": "破片だけから求めた時刻",
    "measure.point": "共通点",
    "measure.point.value": "高度 {altitude} km、{latitude}",
    "measure.pinch": "共通点でのばらつき（動径／面外）",
    "measure.spread": "速度変化のばらつき R / T / N",
    "measure.posigrade": "前方への放出割合（95 %）",
    "measure.energy": "破片のエネルギー",
    "measure.candidates": "候補",
    "measure.parting": "相対速度（95 %）",
    "latitude.north": "北緯 {degrees}°",
    "latitude.south": "南緯 {degrees}°",
    "breakup.summary.none": "カタログ {catalogues} 件で見る限り、破砕も分離もない。",
    "breakup.summary.breakups.one": "破砕 {number} 件",
    "breakup.summary.breakups.many": "破砕 {number} 件",
    "breakup.summary.separations.one": "分離 {number} 件",
    "breakup.summary.separations.many": "分離 {number} 件",
    "breakup.summary": (
        "カタログ {catalogues} 件の間に現れた {new} 個の物体のうち、{breakups}、{separations}。"
    ),
    "breakup.unreported": (
        "検出の対象外：新規打上げ {launches} 件の {deployed} 個（軌道投入）、"
        "共通点を持たない既存打上げの {late} 個（登録の遅れ）。解析用番号は対象としない。"
    ),
    "breakup.waits": (
        "カタログへの登録は数週間遅れる。直近の事象では、親物体のほかに何も現れていないことがある。"
    ),
    "breakup.next.breakup": (
        "次の対応：破片に対する保護対象の接近判定、第 1 候補の観測依頼、次のカタログでの再実行。"
    ),
    "breakup.further.one": "ほか分離 {number} 件（--all で表示）",
    "breakup.further.many": "ほか分離 {number} 件（--all で表示）",
    "breakup.causes": "原因の候補（並記、判定なし）",
    "breakup.for": "支持",
    "breakup.against": "反対",
    "breakup.nothing": "なし",
    "breakup.cause.conjunction": "登録物体との衝突",
    "breakup.cause.explosion": "内部からの破裂",
    "breakup.cause.test": "打ち上げられた物体による衝撃",
    "breakup.missing": (
        "カタログにないもの：打上げ通報、未登録物体、テレメトリ、その時間帯のレーダー・光学記録。"
    ),
    "breakup.sign.other_cloud": "{object} の破片群が同じ点・同じ時刻に発生",
    "breakup.sign.no_other_cloud": "その点・その時刻に別の破片群はない",
    "breakup.sign.passes": "登録物体 {number} 個が数分以内にその点を通過（偶然では {chance} 個）",
    "breakup.sign.no_pass": "登録物体 {number} 個が数分以内にその点を通過（偶然では {chance} 個）",
    "breakup.sign.even": "前方と後方に同程度に放出（前方 {low}–{high} %）",
    "breakup.sign.one_sided": "一方に偏って放出（前方 {low}–{high} %）",
    "breakup.sign.speeds_of_explosions": "破裂に見られる速度（中央値 {median} m/s）",
    "breakup.sign.speeds_of_collisions": "衝突に見られる速度（中央値 {median} m/s）",
    "breakup.sign.low_energy": "エネルギーが小さい（{j_per_g} J/g）",
    "breakup.sign.high_energy": "エネルギーが大きい（{j_per_g} J/g）",
    "breakup.sign.new_launch": "打上げ直後で、推進剤が残っていた余地がある",
    "breakup.sign.not_resolved": "時刻の精度が足りず、通過物体を調べられない",
    "breakup.crossings": "保護対象から {within} km 以内の通過（1 日あたり）",
    "breakup.crossings.none": "保護対象の軌道と交わる破片はない。",
    "breakup.crossings.note": (
        "モデル値は NASA 標準破砕モデルによる 10 cm 以上の全破片で、最も穏やかな場合から"
        "最も激しい場合まで、質量は未知とした。10 倍程度の不確かさがあり、位相は無作為とした。"
    ),
    "breakup.column.asset": "保護対象",
    "breakup.column.catalogued": "登録破片",
    "breakup.column.modelled": "モデル破片",
    "breakup.column.what": "事象",
    "breakup.column.when": "時刻（UTC）",
    "breakup.column.speed": "速度",
    "breakup.column.candidates": "候補",
    "breakup.page.title": "破砕と分離",
    "breakup.page.gabbard": "周期に対する遠地点・近地点（ガバード図）",
    "breakup.page.gabbard.key": (
        "破片ごとに 2 点：丸は遠地点、三角は近地点。十字は共通点の高度。"
        "前方に放出された破片は右側に現れる。"
    ),
    "breakup.page.gabbard.desc": "破片 {pieces} 個、周期 {low}〜{high} 分。",
    "breakup.page.cloud": "破片の速度変化",
    "breakup.page.cloud.key": (
        "左は進行方向と動径方向、右は進行方向と面外方向（m/s）。"
        "第 1 候補または破片群の中央に対する値。"
    ),
    "breakup.page.cloud.desc": "破片 {pieces} 個、ばらつき R / T / N は {spread}。",
    "breakup.plot.period": "周期（分）",
    "breakup.plot.height": "高度（km）",
    "breakup.plot.along": "進行方向（m/s）",
    "breakup.plot.radial": "動径方向（m/s）",
    "breakup.plot.cross": "面外方向（m/s）",
}
