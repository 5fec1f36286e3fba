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
        "{sky}（{objects}物体）での掃引、{day}測定。対象の検出器のいずれかによる検出。"
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
    "card.needs": "入力",
    "card.method": "手法",
    "card.found": "検出率",
    "card.false_alarms": "誤警報",
    "card.errs": "誤りやすい例",
    "card.sources": "出典",
    "sweep.progress": "{of}行中{done}行",
}
