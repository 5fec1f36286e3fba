"""Japanese words of boards and pages; the keys are those of every language."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Single words and short forms
    "language.name": "日本語",
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
    "reality.test.meaning": "試験用データです。実際の軌道上の状況を示すものではありません。",
    "reality.simulated.meaning": "模擬データです。実際の軌道上の状況を示すものではありません。",
    "reality.exercise.meaning": (
        "演習です。付与された事象は実際のものではありません。実任務の判断に用いないでください。"
    ),
    "relation.unrelated": "同一打上げの記録なし",
    "relation.same_launch": "同一打上げ",
    "relation.docked": "結合中",
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
    "burn.in_track": "主に軌道進行方向",
    "burn.cross_track": "主に軌道面外方向",
    "burn.mixed": "複数方向",
    "kind.conjunction": "接近",
    "kind.proximity": "近傍運動",
    "kind.geo_neighbour": "静止軌道の近隣物体",
    "kind.manoeuvre": "軌道変更",
    "kind.elements_overdue": "軌道要素の更新遅れ",
    "regime.LEO": "低軌道",
    "regime.MEO": "中軌道",
    "regime.GEO": "静止軌道",
    "regime.HEO": "高楕円軌道",
    # Headlines
    "headline.conjunction": "{other} が {asset} に接近（相対速度 {speed} km/s）",
    "headline.proximity.fly_by": "{other} が {asset} の近傍を通過",
    "headline.proximity.stay": "{other} が {asset} の近傍に滞在",
    "headline.proximity.approach": "{other} が {asset} に接近中",
    "headline.proximity.departure": "{other} が {asset} から離隔中",
    "headline.docked": "{asset} と {other} は結合中",
    "headline.geo.drifts_in": "{other} が {asset} の軌道位置へドリフト",
    "headline.geo.drifts_by": "{other} が {asset} の軌道位置をドリフト通過",
    "headline.geo.stays": "{other} が {asset} の隣接経度に滞在",
    "headline.geo.arrived": "{other} が {asset} の隣接経度に到着して停留",
    "headline.geo.left": "{other} が {asset} の隣接経度から離脱",
    "headline.manoeuvre": "{object} が軌道を変更（{direction}）",
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
    "when.since": "{moment} 以降",
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
        "平常時でも{share}がこれと同程度以上を示す（95 % 区間：{interval}）。"
    ),
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
    "explain.geo.drifts_in": (
        "{other} は現在{longitude}にあり、{asset} に対して 1 日あたり {drift}°ドリフトし、"
        "その軌道位置（{slot}）に入る。"
    ),
    "explain.geo.drifts_by": (
        "{other} は現在{longitude}にあり、"
        "{asset} に対して 1 日あたり {drift}°ドリフトしている。軌道要素で見る限り、"
        "その軌道位置（{slot}）を止まらずに通過する。"
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
    "measure.slot": "保護対象の軌道位置",
    "measure.neighbour": "近隣物体の経度",
    "measure.drift_deg": "相対ドリフト（東向き +）",
    "measure.arrival": "軌道位置への到着",
    "measure.inclination": "軌道傾斜角の差",
    "measure.delta_v": "速度増分（95 %）",
    "measure.components": "成分 R / T / N",
    "measure.direction": "方向",
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
    "unit.km_day": "1 日あたり {value} km",
    "unit.deg_day": "1 日あたり {value}°",
    "unit.about": "約 {value}",
    # The board
    "column.attention": "区分",
    "column.what": "事象",
    "column.when": "時刻（UTC）",
    "column.range": "距離（95 %）",
    "column.rarity": "まれさ",
    "column.confidence": "確信度",
    "column.next_step": "次の対応",
    "column.incident": "事案番号",
    # The page
    "page.title": "監視ボード",
    "page.tagline": "同盟国が頼る衛星を見守る、開かれた監視",
    "page.as_of": "基準時刻",
    "page.window": "予測期間",
    "page.window.value": "{duration}間（{end} まで）",
    "page.assets": "保護対象",
    "page.objects": "対象カタログの物体数",
    "page.footer": "Hoshimori {version} により作成。時刻はすべて UTC（協定世界時）。",
    "page.unclassified": "秘密情報の取扱い不可 NOT FOR CLASSIFIED DATA",
    "page.physics": (
        "本資料が示すのは、何がどう動き、どれだけ近く、どれだけまれか、という物理的事実である。"
        "目的については述べず、原因者も特定しない。"
    ),
    "page.skip": "ボードへ移動",
    "summary.quiet": "現時点で要確認の事案はない。",
    "summary.look.one": "要確認の事案が {number} 件ある",
    "summary.look.many": "要確認の事案が {number} 件ある",
    "summary.look.sentence": "{look}。",
    "summary.rest": "{watch}、{log}。",
    "summary.watch.one": "注視すべき事案は {number} 件",
    "summary.watch.many": "注視すべき事案は {number} 件",
    "summary.log.one": "平常として記録した事案は {number} 件である",
    "summary.log.many": "平常として記録した事案は {number} 件である",
    "summary.scope": "今後 {duration}間について、{assets}を{objects}と照合した。",
    "summary.assets.one": "保護対象 {number} 機",
    "summary.assets.many": "保護対象 {number} 機",
    "summary.objects.one": "カタログ物体 {number} 個",
    "summary.objects.many": "カタログ物体 {number} 個",
    "summary.silence": (
        "「異常なし」といえるのは把握できた範囲に限られる。"
        "その限界は「把握できなかった範囲」に示す。"
    ),
    "summary.failed.one": (
        "検出器 {number} 個が失敗したため、該当する種別の検出結果は含まれない。"
    ),
    "summary.failed.many": (
        "検出器 {number} 個が失敗したため、該当する種別の検出結果は含まれない。"
    ),
    "board.heading": "ボード",
    "board.empty": "対応を要する事案はない。",
    "board.routine.one": "平常の事案 {number} 件（結合中、同一打上げ、その軌道では通常のもの）",
    "board.routine.many": "平常の事案 {number} 件（結合中、同一打上げ、その軌道では通常のもの）",
    "board.cut": "{total} 件のうち先頭の {shown} 件を表示した。全件は JSON 出力にある。",
    "incidents.heading": "事案ごとの詳細",
    "incidents.numbers": "数値",
    "incidents.routine": "平常の事案の詳細（{number} 件）",
    "incidents.plots_capped": (
        "図は、図示できる検出 {total} 件のうち先頭の {drawn} 件について描いた。"
        "残りは数値のみを示す。"
    ),
    "incidents.cut": "このほか平常の事案 {number} 件は、詳細を省きボードにのみ示す。",
    "incidents.findings": "検出結果",
    "overview.heading": "期間内のすべての接近",
    "coverage.heading": "把握できなかった範囲",
    "coverage.intro": "平穏なボードは、その限界とともに読んで初めて意味を持つ。",
    "coverage.not_propagated.one": (
        "{total} 個の物体のうち {number} 個は軌道を計算できなかった（落下済み、"
        "または SGP4 が軌道要素を受け付けない）。これについては何もいえない。"
    ),
    "coverage.not_propagated.many": (
        "{total} 個の物体のうち {number} 個は軌道を計算できなかった（落下済み、"
        "または SGP4 が軌道要素を受け付けない）。これらについては何もいえない。"
    ),
    "coverage.ages": (
        "軌道要素の経過時間は、半数が {median}を超え、1 割が {p90}を超える。"
        "5 日を超えるものは {old} 個ある。"
    ),
    "coverage.no_elements": "次の保護対象には軌道要素がなく、何も把握できなかった：{assets}。",
    "coverage.all_elements": "すべての保護対象に軌道要素がある。",
    "coverage.no_history": "軌道要素は物体ごとに 1 組しかないため、軌道変更は検出できない。",
    "coverage.history": (
        "{objects} 個の物体について {sets} 組の軌道要素がある。"
        "軌道変更を検出できるのは複数組ある物体に限られ、"
        "最新の軌道要素より後の変更は検出できない。"
    ),
    "coverage.accuracy": (
        "公開軌道要素で立証できる距離には限界があり、低軌道で数 km、"
        "静止軌道で約 10 km を下回る距離は立証できない。このため距離はすべて区間で示す。"
    ),
    "coverage.unseen": (
        "公開軌道要素のない物体は含まれない。軌道が公表されていない衛星、カタログ登録前の物体、"
        "小さすぎて追跡できないデブリがこれに当たる。"
    ),
    "coverage.future": (
        "予測は、どの物体も軌道変更をしないことを前提とする。今後の軌道変更により予測は変わる。"
    ),
    "coverage.failed": "検出器 {detector} は失敗した：{problem}。",
    "coverage.assets": "保護対象の軌道要素",
    "coverage.asset": "保護対象",
    "coverage.age": "経過時間",
    "coverage.sigma": "進行方向誤差（1 σ）",
    "coverage.state": "状態",
    "coverage.state.fresh": "新しい",
    "coverage.state.old": "5 日超",
    "coverage.state.none": "軌道要素なし",
    "runs.heading": "検出器の実行状況",
    "runs.detector": "検出器",
    "runs.findings": "検出数",
    "runs.state": "状態",
    "runs.ok": "完了",
    "runs.failed": "失敗：{problem}",
    "sources.heading": "データの出所",
    "sources.source": "出所",
    "sources.reality": "区分",
    "sources.digest": "データの SHA-256",
    "sources.none": "出所の記録はない。",
    "rerun.heading": "再実行",
    "rerun.text": "同じデータと次のコマンドにより、同じ検出結果が得られる。",
    "glossary.heading": "用語",
    "glossary.asset": "保護対象",
    "glossary.asset.text": "監視により守ろうとする物体。",
    "glossary.finding": "検出結果",
    "glossary.finding.text": (
        "検出器の報告。物理的事実のみからなり、区間、基準頻度、根拠とした事実を伴う。"
    ),
    "glossary.incident": "事案",
    "glossary.incident.text": (
        "同じ保護対象と同じ相手物体に関する検出結果のまとまり。同一の番号の下で更新され、"
        "重複して報告されない。"
    ),
    "glossary.attention": "区分",
    "glossary.attention.text": "人が確認すべき早さ。まれさと残り時間のみから定める。",
    "glossary.base_rate": "まれさ（基準頻度）",
    "glossary.base_rate.text": ("同じカタログの比較可能な物体のうち、同程度以上を示すものの割合。"),
    "glossary.confidence": "確信度",
    "glossary.confidence.text": "データがその記述をどこまで裏付けるか。起こりやすさではない。",
    "glossary.interval": "区間",
    "glossary.interval.text": "およそ 95 % の場合に真の値を含む範囲。",
    "glossary.elements": "軌道要素",
    "glossary.elements.text": "公開された物体の平均軌道（GP、SGP4 理論用）。",
    "glossary.rtn": "R、T、N",
    "glossary.rtn.text": (
        "保護対象から見た動径方向（地球から離れる向き）、軌道進行方向、軌道面外方向。"
    ),
    "glossary.slot": "軌道位置",
    "glossary.slot.text": "静止衛星が維持する経度。",
    # Plots
    "plot.as_of": "基準時刻",
    "plot.kept": "軌跡は描画のため間引いてある。",
    "plot.rtn.title": "{asset} から見た {other} の動き",
    "plot.rtn.desc": (
        "3 面の図：進行方向に対する動径方向、進行方向に対する面外方向、距離の時間変化。"
        "最小距離の推定区間は {range}、時刻は {moment}。"
    ),
    "plot.rtn.key": (
        "+ 保護対象 · ○ 始点 · ◆ 公称最接近点 · 実線：基準時刻まで · 破線："
        "予測 · 網掛け：最小距離の 95 % 区間。各軸の縮尺は異なる。"
    ),
    "plot.rtn.radial": "動径 R(km)",
    "plot.rtn.in_track": "進行方向 T(km)",
    "plot.rtn.cross_track": "面外 N(km)",
    "plot.rtn.range": "距離(km)",
    "plot.geo.title": "{asset} と {other} の経度",
    "plot.geo.desc": (
        "時間に対する 2 面の図：両物体の経度、および両者間の距離。"
        "最小距離の推定区間は {range}、時刻は {moment}。"
    ),
    "plot.geo.key": (
        "— {asset} · – – {other} · 上の網掛け："
        "保護対象の軌道位置 ±{half}° · 下の網掛け：最小距離の 95 % 区間 · 縦線：基準時刻。"
    ),
    "plot.geo.longitude": "経度(東経 °)",
    "plot.time": "UTC(月-日)",
    "plot.conjunctions.title": "期間内の全接近の最接近距離",
    "plot.conjunctions.desc": (
        "接近 {number} 件の最接近距離（対数軸）と時刻。各点に 95 % 区間を付す。"
    ),
    "plot.conjunctions.key": (
        "◆ 要確認 · ▲ 注視 · ○ 記録 · 棒：95 % 区間。下端を突き抜ける棒は 0 を含む。"
    ),
    "plot.conjunctions.miss": "最接近距離(km)",
    "plot.conjunctions.first": "近いものから {number} 件を描いた。",
    "plot.ages.title": "軌道要素の経過時間",
    "plot.ages.desc": "最新軌道要素の経過時間ごとの物体数。保護対象の経過時間を印で示す。",
    "plot.ages.key": "棒：全物体 · ▼ 保護対象（1 機ずつ、該当する区間に表示）。",
    "plot.ages.age": "最新軌道要素の経過時間(日)",
    "plot.ages.objects": "物体数",
}
