"""Japanese words of sweeps; the keys are those of every language."""

from __future__ import annotations

SWEEP_WORDS: dict[str, str] = {
    "sweep.title": "抽選{rows}件（{sky}、シード{seed}）",
    "sweep.column.what": "事象",
    "sweep.column.where": "軌道",
    "sweep.column.measure": "横軸",
    "sweep.column.draws": "件数",
    "sweep.column.found": "検出（95 %）",
    "sweep.column.half": "半数を検出する大きさ",
    "sweep.column.ninety": "9割を検出する大きさ",
    "sweep.column.finding": "所見",
    "sweep.column.count": "件数",
    "sweep.column.months": "資産・月",
    "sweep.column.rate": "1資産・1か月当たり（95 %）",
    "sweep.column.sizes": "範囲",
    "sweep.column.by": "最初に示した所見",
    "sweep.kind.burn": "軌道変更",
    "sweep.kind.slow_thrust": "低推力の加速",
    "sweep.kind.shadow": "同一軌道面への追従",
    "sweep.kind.inspect": "周回観察",
    "sweep.kind.fly_by": "近傍通過",
    "sweep.kind.release": "放出",
    "sweep.kind.break_up": "破砕",
    "sweep.kind.loss": "追跡の喪失",
    "sweep.kind.launch": "同一軌道面への打上げ",
    "sweep.kind.re_entry": "再突入",
    "sweep.where.all": "全体",
    "sweep.where.low": "低軌道",
    "sweep.where.high_low": "高度700 km以上の低軌道",
    "sweep.where.belt": "静止軌道帯",
    "sweep.where.both": "{regime}、{trait}",
    "sweep.trait.radial": "動径方向",
    "sweep.trait.in_track": "進行方向",
    "sweep.trait.cross_track": "軌道面外方向",
    "sweep.trait.struck": "衝突型",
    "sweep.trait.explosion": "爆発",
    "sweep.measure.delta_v_m_s": "速度変化 [m/s]",
    "sweep.measure.acceleration_m_s2": "加速度 [m/s²]",
    "sweep.measure.lasts_h": "噴射時間 [時間]",
    "sweep.measure.range_km": "最接近距離 [km]",
    "sweep.measure.stays_h": "滞在時間 [時間]",
    "sweep.measure.takes_h": "接近に要する時間 [時間]",
    "sweep.measure.catalogued_after_h": "登録までの時間 [時間]",
    "sweep.measure.pieces": "破片数",
    "sweep.measure.plane_deg": "軌道面の角度 [度]",
    "sweep.measure.falls_days": "再突入までの日数",
    "sweep.measure.cadence_h": "軌道要素の通常の間隔 [時間]",
    "sweep.measure.late_h": "軌道要素の遅れ [時間]",
    "sweep.size": "{best}（{low}～{high}）",
    "sweep.share": "{count}件中{found}件：{best} %（{low}～{high} %）",
    "sweep.rate": "{best}（{low}～{high}）",
    "sweep.nothing": "–",
    "sweep.delays": (
        "{kind}、{regime}：検出{count}件。最初の公開情報から半数は{median}時間以内、"
        "9割は{ninety}時間以内。"
    ),
    "sweep.parents": "{kind}：{of}件中{right}件で親天体の第一候補が正しい。",
    "sweep.problems": "{kind}：{count}件は対象の軌道状況に合わない。",
    "sweep.alarms": "手を加えない空で自然に生じる所見",
    "sweep.card.head": (
        "{sky}（{objects}物体）での検出率試験、{day}測定。対象の検出器のいずれかによる検出。"
        "95 %区間付き。「–」は抽選の範囲では求められないことを示す"
    ),
    "sweep.card.curve": (
        "{kind}、{where}、{measure} {low}～{high}：半数を検出する大きさ{half}、"
        "9割を検出する大きさ{ninety}、全体では{share}"
    ),
    "sweep.card.share": (
        "{kind}：この検出器の所見が最初に示したもの、全軌道で{share}。"
        "手を加えない空では1資産・1か月当たり{rate}件の所見が生じる"
    ),
    "sweep.page.title": "検出率試験：何がどれだけ見つかるか",
    "sweep.page.sky": "対象の軌道状況",
    "sweep.page.seed": "シード",
    "sweep.page.counted": (
        "無作為に{rows}件のシナリオを抽選し、{told}件を集計した。{unfit}件は対象の軌道状況に合わない。"
    ),
    "sweep.page.soon": "{soon}件は期限より前に観察が終わる。",
    "sweep.page.reading": (
        "各シナリオでは、検出できないほど小さいものから明白なものまで、一つの事象だけが起こる。"
        "検出とは、正しい種類の所見が正しい物体について、最初の公開情報から5日以内に示され、"
        "手を加えない空では生じないことをいう。区間はすべて95 %。"
    ),
    "sweep.page.drawn": "抽選の内容",
    "sweep.page.drawn.note": (
        "大きさは対数で一様に分布する。そのため全体の検出率は抽選の範囲によって変わるが、"
        "以下の曲線は範囲によらない。"
    ),
    "sweep.page.found": "検出：{share}",
    "sweep.page.plot": "大きさと検出率、手を加えない空で生じる所見と検出率",
    "sweep.page.plot.desc": "検出率の曲線{curves}本（95 %区間付き）。",
    "sweep.page.plot.left": (
        "左：区分ごとの検出率と当てはめた曲線。50 %と90 %の横棒は、"
        "曲線がその検出率に達する大きさの区間。"
    ),
    "sweep.page.plot.right": ("右：所見をまれなものに限るほど左へ移る。点は限度ごとの値。"),
    "sweep.page.traits": "抽選の内訳ごとの検出率",
    "sweep.page.traits.key": "左から：{places}。",
    "sweep.page.delay": "{median}時間、{ninety}時間（{count}件）",
    "sweep.page.rate": "{rate}、計{count}件",
    "sweep.page.axis.found": "検出率",
    "sweep.page.axis.raised": "手を加えない空での所見（1資産・1か月当たり）",
    "sweep.page.curves": "すべての曲線の数値",
    "sweep.page.bins": "区分ごとの件数",
    "sweep.page.delays": "検出までの時間",
    "sweep.page.delays.note": (
        "最初の公開情報から、最初に示した観察まで。半数の検出まで、9割の検出までの時間。"
        "観察は1日1回のため、最大1日の差が含まれる。"
    ),
    "sweep.page.alarms.note": (
        "1資産・1か月当たり。無作為に選んだ資産（軌道ごとに{months}資産・月）について、"
        "それぞれ1回だけ数える。実在の近傍物体も含まれる。"
    ),
    "sweep.page.operating": "検出率と誤警報の関係",
    "sweep.page.operating.note": (
        "まれさが限度以下の所見に限った場合の検出率と、手を加えない空で1資産・1か月当たりに"
        "生じる所見の数。"
    ),
    "sweep.page.limits": "この結果からはわからないこと",
    "sweep.page.limit.sizes": (
        "ドッキング、曳航、番号の取り違え、磁気嵐、電波妨害、報告には、抽選できる大きさがない。"
    ),
    "sweep.page.limit.sky": (
        "単一のカタログや模擬の軌道状況では、軌道要素の誤差と遅れも模擬のものであり、"
        "実際の最悪の例より小さい。実際に検出できる大きさはこれより大きい。"
    ),
    "sweep.page.limit.own": "運用パターンと、長い履歴に基づく通過の所見は対象としていない。",
    "sweep.page.limit.late": "抽選の事象に関わらない物体についての所見は数えない。",
    "card.needs": "入力",
    "card.method": "手法",
    "card.found": "検出率",
    "card.false_alarms": "誤警報",
    "card.errs": "誤りやすい例",
    "card.sources": "出典",
    "sweep.progress": "{of}行中{done}行",
}
