"""Japanese words of findings and of the board; the keys are those of every language."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Single words and short forms
    "object.unnamed": "物体 {number}",
    "object.named": "{name} ({number})",
    "missing": "不明",
    "sentence.gap": "",
    "list.gap": "、",
    "duration.hours": "{number} 時間",
    "duration.days": "{number} 日",
    "moment.ahead": "{moment}（{duration}後）",
    "moment.past": "{moment}（{duration}前）",
    "moment.now": "{moment}（現在）",
    "moment.range": "{start} 〜 {end}",
    "interval.unknown": "約 {value}（誤差不明）",
    "interval.open": "{value} 以上",
    "longitude.east": "東経 {degrees}°",
    "longitude.west": "西経 {degrees}°",
    "yes": "はい",
    "no": "いいえ",
    # Enumerations
    "attention.look": "要確認",
    "attention.watch": "注視",
    "attention.log": "記録",
    "confidence.low": "低",
    "confidence.moderate": "中",
    "confidence.high": "高",
    "next_step.keep_watching": "監視を継続",
    "next_step.wait_for_elements": "次の軌道要素を待つ",
    "next_step.use_own_ephemeris": "運用者の軌道暦と照合",
    "next_step.ask_for_observation": "観測を依頼",
    "direction.to": "宇宙へ",
    "direction.from": "宇宙から",
    "direction.within": "宇宙内",
    "direction.ground": "地上系",
    "reality.real": "実データ",
    "reality.test": "試験 TEST",
    "reality.simulated": "模擬 SIMULATED",
    "reality.exercise": "演習 EXERCISE",
    "exercise.store": "演習 演習 演習：このストアは演習「{name}」のものです。"
    "内容はすべて現実のものではありません。",
    "reality.test.meaning": "試験用データです。実際の軌道上の状況を示すものではありません。",
    "reality.simulated.meaning": "模擬データです。実際の軌道上の状況を示すものではありません。",
    "reality.exercise.meaning": (
        "演習です。付与された事象は実際のものではありません。実任務の判断に用いないでください。"
    ),
    "relation.unrelated": "同一打上げの記録なし",
    "relation.same_launch": "同一打上げ",
    "relation.same_constellation": "同一コンステレーション",
    "relation.formation": "編隊飛行",
    "relation.docked": "結合中",
    "conclusion.no_conclusion": "結論なし",
    "conclusion.above_threshold": "しきい値以上",
    "conclusion.below_threshold": "しきい値未満",
    "pc_type.none": "なし",
    "pc_type.computed": "計算値",
    "pc_type.maximum": "最大値",
    "pc_type.reported": "通報値",
    "proximity_motion.fly_by": "近傍を通過",
    "proximity_motion.stay": "近傍に滞在",
    "proximity_motion.approach": "接近中",
    "proximity_motion.departure": "離隔中",
    "proximity_motion.docked": "結合中",
    "geo_motion.drifts_in": "ドリフトして接近",
    "geo_motion.drifts_by": "ドリフトして通過",
    "geo_motion.stays": "滞在",
    "geo_motion.arrived": "到着して停留",
    "geo_motion.left": "離脱",
    "plane_hold.matched": "軌道面と移動が一致",
    "plane_hold.kept": "自由な移動に反して一致を維持",
    "plane_hold.came_together": "自由な移動に反して一致",
    "plane_hold.launched_into": "最初の軌道要素から同じ面",
    "burn.in_track": "主に軌道進行方向",
    "burn.cross_track": "主に軌道面外方向",
    "burn.mixed": "複数方向",
    "kind.conjunction": "接近",
    "kind.proximity": "近傍運動",
    "kind.shadowing": "追随（同一軌道面）",
    "kind.geo_neighbour": "静止軌道の近隣物体",
    "kind.manoeuvre": "軌道変更",
    "kind.elements_overdue": "軌道要素の更新遅れ",
    "regime.LEO": "低軌道",
    "regime.MEO": "中軌道",
    "regime.GEO": "静止軌道",
    "regime.HEO": "高楕円軌道",
    "regime.SHELL": "同じ軌道帯",
    "regime.window": "{regime}（{days} 日間）",
    # Headlines
    "headline.conjunction": "{other} が {asset} に接近（相対速度 {speed} km/s）",
    "headline.proximity.fly_by": "{other} が {asset} の近傍を通過",
    "headline.proximity.stay": "{other} が {asset} の近傍に滞在",
    "headline.proximity.approach": "{other} が {asset} に接近中",
    "headline.proximity.departure": "{other} が {asset} から離隔中",
    "headline.docked": "{asset} と {other} は結合中",
    "headline.geo.drifts_in": "{other} が {asset} の軌道位置へドリフト",
    "headline.geo.drifts_in.asset_moves": "{asset} 自身が {other} へ向けてドリフト",
    "headline.geo.drifts_by": "{other} が {asset} の軌道位置をドリフト通過",
    "headline.geo.drifts_by.asset_moves": "{asset} 自身が {other} の近くをドリフト通過",
    "headline.geo.stays": "{other} が {asset} の隣接経度に滞在",
    "headline.geo.arrived": "{other} が {asset} の隣接経度に到着して停留",
    "headline.geo.left": "{other} が {asset} の隣接経度から離脱",
    "headline.shadowing.matched": "{other} が {asset} の軌道面にある",
    "headline.shadowing.kept": "{other} が {asset} の軌道面を保っている",
    "headline.shadowing.came_together": "{other} が {asset} の軌道面に入った",
    "headline.shadowing.launched_into": "{other} が {asset} の軌道面に打ち上げられた",
    "headline.manoeuvre": "{object} が軌道を変更（{direction}）",
    "headline.manoeuvre.low": "{object} が数日にわたり軌道を変更",
    "headline.elements_overdue": "{object} の軌道要素が {age}間更新されていない",
    "headline.same_launch": "{headline}（同一打上げ）",
    "headline.more.one": "ほか {number} 件の検出",
    "headline.more.many": "ほか {number} 件の検出",
    # When
    "when.closest": "最接近 {moment}",
    "when.docked": "期間を通じて",
    "when.arrives": "到着予測 {moment}",
    "when.arrived": "到着 {moment}",
    "when.sigma": "{moment} ± {duration}（1 σ）",
    "when.left": "離脱確認 {moment}",
    "when.between": "{start} 〜 {end} の間",
    "when.since": "{moment}以降",
    # Rarity
    "rarity.unmeasured": "未測定",
    "rarity.nearly_all": "{regime}のほぼすべて",
    "rarity.in_ten": "{regime}で 10 件中 {number} 件",
    "rarity.one_in": "{regime}で {number} 件に 1 件",
    "rarity.fewer": "{regime}で {number} 件に 1 件未満",
    "rarity.share.nearly_all": "ほぼすべて",
    "rarity.share.in_ten": "10 件中およそ {number} 件",
    "rarity.share.one_in": "およそ {number} 件に 1 件",
    "rarity.share.fewer": "{number} 件に 1 件未満",
    "rarity.sentence": (
        "同じカタログの比較可能な{regime}の事例 {compared} 件のうち、"
        "{time}{share}がこれと同程度以上を示す（95 % 区間：{interval}）。"
    ),
    "rarity.time.moment": "平常時でも",
    "rarity.time.window": "{days} 日間では",
    "rarity.sentence.unmeasured": (
        "比較可能な物体での頻度は未測定であり、まれな事象かどうかは判断できない。"
    ),
    # Explanations
    "explain.conjunction": (
        "{other} が {moment} に {asset} に最接近する。相対速度は {speed} km/s、"
        "最接近距離の推定区間は {range} である。"
    ),
    "explain.conjunction.limit": (
        "公開軌道要素では数 km 未満の距離を立証できない。これは実測距離ではなく、"
        "より精度の高い軌道と照合すべきことを示すものである。"
    ),
    "explain.conjunction.edge": (
        "最接近が計算期間の端にあり、真の最接近は期間外にある可能性が残る。"
    ),
    "explain.proximity": (
        "{asset} との最小距離の推定区間は {range}、時刻は {moment} である。"
        "期間内の継続時間は {dwell}である。"
    ),
    "explain.proximity.fly_by": "{other} は通過し、とどまらない。",
    "explain.proximity.stay": "{other} は平均間隔をほぼ保って滞在している。",
    "explain.proximity.approach": "{other} との平均間隔は縮まっている。",
    "explain.proximity.departure": "{other} との平均間隔は広がっている。",
    "explain.docked": (
        "{asset} と {other} は同一の軌道要素で公開されている。"
        "これは結合中の物体に見られる形であり、両者間の距離を測定したものではない。"
    ),
    "explain.docked.calm": "結合中の組は既知の種別であり、監視はするが警報の対象としない。",
    "explain.same_launch": "両物体は同一打上げによるもので、近くにある理由として知られている。",
    "explain.proximity.limit": (
        "近くにあること自体は目的を示さず、公開軌道要素には km 単位の誤差が残る。"
    ),
    "explain.shadowing": (
        "{other} と {asset} の軌道面の差は {angle}、自由な移動による変化は 1 日に {drift}°、"
        "軌道長半径の差は {axis} km。"
    ),
    "explain.shadowing.kept": (
        "{start} からの自由な移動では差は {free}° になるはずだが、{other} は面内にとどまった。"
    ),
    "explain.shadowing.came_together": (
        "{start} からの自由な移動では差は {free}° になるはずだが、{other} は面内に入った。"
    ),
    "explain.shadowing.launched_into": (
        "{other} は最初の軌道要素（{start}）から面内にあり、"
        "以後の自由な移動では差は {free}° になる。"
    ),
    "explain.shadowing.warning": "接近して並走するまでの猶予は少なくとも次のとおり：{times}。",
    "explain.shadowing.time": "{speed} m/s で {time}",
    "explain.shadowing.out_of_reach": "30 日超",
    "explain.shadowing.limit": (
        "一つの軌道面は多くの任務に使われ、面内にあることは目的を示さない。"
        "物体の能力と搭載物は軌道要素からは分からない。"
    ),
    "explain.geo.drifts_in": (
        "{other} は現在{longitude}にあり、{asset} に対して {drift}にドリフトし、"
        "その軌道位置（{slot}）に入る。"
    ),
    "explain.geo.drifts_by": (
        "{other} は現在{longitude}にあり、{asset} に対して {drift}にドリフトしている。"
        "軌道要素で見る限り、その軌道位置（{slot}）を止まらずに通過する。"
    ),
    "explain.geo.asset_moves": (
        "地表に対してより速く動いているのは {asset} 自身であり（{asset_drift}）、"
        "その軌道位置も共に移動する。"
    ),
    "explain.geo.stays": (
        "{other} は現在{longitude}にあり、{asset} の軌道位置（{slot}）の隣で経度を維持している。"
    ),
    "explain.geo.arrived": (
        "{other} は{longitude}までドリフトし、{asset} の軌道位置（{slot}）の隣で停留した。"
    ),
    "explain.geo.left": (
        "{other} は現在{longitude}にあり、{asset} の軌道位置（{slot}）の近くから離れた。"
    ),
    "explain.geo.range": "期間内の最小距離の推定区間は {range}、時刻は {moment} である。",
    "explain.geo.limit": (
        "静止軌道の公開軌道要素には約 10 km の誤差が残り、"
        "最新の軌道要素より後の軌道変更があれば予測は変わる。"
    ),
    "explain.manoeuvre": (
        "{start} から {end} の間に、{object} の軌道が軌道要素の雑音を超えて変化した。"
        "速度増分の推定区間は {range}、{direction}である。"
    ),
    "explain.manoeuvre.low": (
        "{start} から {end} にかけて、{object} の軌道は自然の作用を超えて一方向に変化し続けた。"
        "低推力による速度増分は合計 {range} である。"
    ),
    "explain.manoeuvre.limit": (
        "軌道決定のやり直しや物体の取り違えでも同様に見えることがあり、"
        "整合する軌道要素がもう 1 組公開されるまで確定できない。"
    ),
    "explain.elements_overdue": (
        "{object} の最新の軌道要素は {age}前のものである。通常は {usual}ごとに更新されている。"
    ),
    "explain.elements_overdue.limit": (
        "軌道変更や落下のほか、単に観測または公開されていない場合もあり、"
        "軌道要素だけでは区別できない。"
    ),
    # Numbers of a finding
    "measure.closest": "最接近時刻",
    "measure.miss": "最接近距離（95 %）",
    "measure.speed": "相対速度",
    "measure.miss_rtn": "公称最接近位置 R / T / N",
    "measure.edge": "計算期間の端にある",
    "measure.motion": "動き",
    "measure.relation": "関係",
    "measure.range": "最小距離（95 %）",
    "measure.range_docked": "測定なし（両者の軌道要素が同一）",
    "measure.median": "距離の中央値（公称）",
    "measure.dwell": "継続時間",
    "measure.plane": "軌道面のなす角",
    "measure.drift_km": "進行方向のドリフト",
    "measure.hold": "軌道面の推移",
    "measure.free_drift": "自由な移動による差",
    "measure.node_drift": "資産に対する軌道面の移動（1 日）",
    "measure.axis": "資産に対する軌道長半径",
    "measure.warning": "猶予時間（下限）",
    "measure.slot": "保護対象の軌道位置",
    "measure.neighbour": "近隣物体の経度",
    "measure.drift_deg": "相対ドリフト",
    "measure.arrival": "軌道位置への到着",
    "measure.inclination": "軌道傾斜角の差",
    "measure.daily": "今後 1 日の距離",
    "measure.daily.value": "約 {low}–{high} km（中央値 {middle}）",
    "measure.delta_v": "速度増分（95 %）",
    "measure.components": "成分 R / T / N",
    "measure.direction": "方向",
    "measure.burn": "時刻",
    "measure.p_value": "平常時に同程度変化する割合",
    "measure.age": "最新軌道要素の経過時間",
    "measure.usual": "通常の更新間隔",
    "measure.window": "期間",
    "measure.rate": "基準頻度",
    "measure.rate.value": "{regime} {compared} 件の {share} %（95 %）",
    "measure.confidence": "確信度",
    "measure.because": "確信度を限る要因（検出器の原文）",
    "measure.detector": "検出器",
    "measure.finding": "検出番号",
    "measure.basis": "根拠とした事実",
    "drift.towards": "1 日 {value} km、近づく向き",
    "drift.away": "1 日 {value} km、離れる向き",
    "drift.east": "1 日 {value}° 東向き",
    "drift.west": "1 日 {value}° 西向き",
    "unit.about": "約 {value}",
    # The board
    "column.attention": "区分",
    "column.what": "事象",
    "column.when": "時刻（UTC）",
    "column.range": "距離（95 %）",
    "column.rarity": "まれさ",
    "column.confidence": "確信度",
    "column.next": "次の対応",
    "column.direction": "方向区分",
    "column.incident": "事案番号",
}
