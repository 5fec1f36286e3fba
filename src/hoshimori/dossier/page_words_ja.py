"""Japanese words of the page and its plots; the keys are those of every language."""

from __future__ import annotations

PAGE_WORDS: dict[str, str] = {
    # The page
    "page.title": "監視ボード",
    "page.tagline": "同盟国が頼る衛星を見守る、開かれた監視",
    "page.next": "次の対応：",
    "page.as_of": "基準時刻",
    "page.window": "予測期間",
    "page.window.value": "{duration}間（{end} まで）",
    "page.assets": "保護対象",
    "page.objects": "対象カタログの物体数",
    "page.footer": "Hoshimori {version} により作成。時刻はすべて UTC（協定世界時）。",
    "page.unclassified": "秘密情報の取扱い不可 NOT FOR CLASSIFIED DATA",
    "page.physics": (
        "本資料が示すのは、何がどう動き、どれだけ近く、どれだけまれか、"
        "という物理的事実である。目的については述べず、原因者も特定しない。"
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
    "summary.scope": "今後 {duration}について、{assets}を{objects}と照合した。",
    "summary.days.one": "{number} 日間",
    "summary.days.many": "{number} 日間",
    "summary.assets.one": "保護対象 {number} 機",
    "summary.assets.many": "保護対象 {number} 機",
    "summary.objects.one": "カタログ物体 {number} 個",
    "summary.objects.many": "カタログ物体 {number} 個",
    "summary.silence": (
        "「異常なし」といえるのは把握できた範囲に限られる。"
        "その限界は「把握できなかった範囲」に示す。"
    ),
    "summary.failed.one": "検出器 {number} 個が失敗したため、該当する種別の検出結果は含まれない。",
    "summary.failed.many": (
        "検出器 {number} 個が失敗したため、該当する種別の検出結果は含まれない。"
    ),
    "board.heading": "ボード",
    "board.empty": "対応を要する事案はない。",
    "board.routine.one": "平常の事案 {number} 件（結合中、同一打上げ、その軌道では通常のもの）",
    "board.routine.many": "平常の事案 {number} 件（結合中、同一打上げ、その軌道では通常のもの）",
    "board.cut": "{total} 件のうち先頭の {shown} 件を表示した。全件は JSON 出力にある。",
    "board.further.one": "ほかに注視 {number} 件（--all で表示）",
    "board.further.many": "ほかに注視 {number} 件（--all で表示）",
    "story.heading": "模擬環境に付与した事象",
    "incidents.heading": "事案ごとの詳細",
    "incidents.numbers": "数値",
    "incidents.routine": "平常の事案の詳細（{number} 件）",
    "incidents.plots_capped": (
        "図は、図示できる検出 {total} 件のうち先頭の {drawn} 件について描いた。"
        "残りは数値のみを示す。"
    ),
    "incidents.cut": "このほか平常の事案 {number} 件は、詳細を省きボードにのみ示す。",
    "incidents.further": "この事案のほかの検出結果 {number} 件",
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
    "coverage.left_out.one": "{number} 個の物体は、最新の軌道要素が古すぎるため対象外とした。",
    "coverage.left_out.many": "{number} 個の物体は、最新の軌道要素が古すぎるため対象外とした。",
    "coverage.no_orbits": "どの物体の軌道要素も手元にない。宇宙の物体については何も述べていない。",
    "coverage.all_propagated": "{total} 個の物体すべての軌道を計算できた。",
    "coverage.ages": (
        "軌道要素の経過時間は、半数が {median}を超え、1 割が {p90}を超える。"
        "5 日を超えるものは {old} 個ある。"
    ),
    "coverage.no_elements": (
        "次の保護対象には利用できる軌道要素がなく、何も把握できなかった：{assets}。"
    ),
    "coverage.all_elements": "すべての保護対象に軌道要素がある。",
    "coverage.no_history": "軌道要素は物体ごとに 1 組しかないため、軌道変更は検出できない。",
    "coverage.history": (
        "{objects} 個の物体について {sets} 組の軌道要素がある。"
        "軌道変更を検出できるのは複数組ある物体に限られ、"
        "最新の軌道要素より後の変更は検出できない。"
    ),
    "coverage.errors": (
        "軌道要素には誤差が付いていない。この画面にある {objects} 物体のうち {own} 物体は"
        "自身の過去の軌道要素から誤差を求め、他は種類と経過時間から仮定している。"
    ),
    "coverage.accuracy": (
        "公開軌道要素で立証できる距離には限界があり、低軌道で数 km、"
        "静止軌道で約 10 km を下回る距離は立証できない。このため距離はすべて区間で示す。"
    ),
    "coverage.unseen": (
        "公開軌道要素のない物体は含まれない。軌道が公表されていない衛星、"
        "カタログ登録前の物体、小さすぎて追跡できないデブリがこれに当たる。"
    ),
    "coverage.future": (
        "予測は、どの物体も軌道変更をしないことを前提とする。今後の軌道変更により予測は変わる。"
    ),
    "coverage.failed": "検出器 {detector} は失敗した：{problem}。",
    "coverage.not_asked": "検出器 {detector} は今回動かさなかった：{problem}。",
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
    "runs.not_asked": "今回は動かさず：{problem}",
    "rates.heading": "保護対象 1 機・1 か月あたりの件数",
    "rates.incidents": "今回の件数",
    "rates.rate": "1 機・1 か月あたり（95 %）",
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
    "glossary.base_rate.text": "同じカタログの比較可能な物体のうち、同程度以上を示すものの割合。",
    "glossary.confidence": "確信度",
    "glossary.confidence.text": "データがその記述をどこまで裏付けるか。まれさとは別に示す。",
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
        "— {asset} · – – {other} · 左図の網掛け："
        "保護対象の軌道位置 ±{half}° · 右図の網掛け：最小距離の 95 % 区間 · 縦線："
        "基準時刻 · 点：過去の軌道要素 · 表示範囲：軌道位置から最大 2°、過去 35 日まで。"
    ),
    "plot.geo.longitude": "経度(°)",
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
