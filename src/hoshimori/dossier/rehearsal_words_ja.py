"""Japanese words of rehearsals and their scores; the keys are those of every language."""

from __future__ import annotations

REHEARSAL_WORDS: dict[str, str] = {
    "rehearsal.column.script": "シナリオ",
    "rehearsal.column.found": "検出",
    "rehearsal.column.noticed": "一部でも検出",
    "rehearsal.column.silent": "正しく沈黙",
    "rehearsal.column.delay": "遅れ（中央値、最大）",
    "rehearsal.column.false": "誤警報",
    "rehearsal.column.brier": "ブライアスコア",
    "rehearsal.column.notes": "期待と異なる点",
    "rehearsal.column.event": "事象",
    "rehearsal.column.what": "内容",
    "rehearsal.column.verdict": "結果",
    "rehearsal.column.after": "公表からの時間",
    "rehearsal.column.label": "分類",
    "rehearsal.column.rank": "正しい説明",
    "rehearsal.column.attention": "注意度",
    "rehearsal.column.happened": "発生",
    "rehearsal.column.observable": "物理的に現れた時刻",
    "rehearsal.column.public": "公表",
    "rehearsal.column.seen": "最初の検出",
    "rehearsal.column.whole": "完全な検出",
    "rehearsal.column.cells": "班の行動",
    "rehearsal.column.group": "説明",
    "rehearsal.column.interval": "区間",
    "rehearsal.column.true": "真実",
    "rehearsal.column.question": "設問",
    "rehearsal.column.answer": "解答",
    "rehearsal.column.points": "得点",
    "rehearsal.column.kind": "種類",
    "rehearsal.column.objects": "物体",
    "rehearsal.column.when": "時刻",
    "rehearsal.column.sky": "元の空によるもの",
    "rehearsal.verdict.found": "検出",
    "rehearsal.verdict.late": "遅れて検出",
    "rehearsal.verdict.partial": "一部のみ",
    "rehearsal.verdict.wrong_parent": "親物体が異なる",
    "rehearsal.verdict.missed": "見逃し",
    "rehearsal.verdict.not_due": "期限前",
    "rehearsal.verdict.silent": "正しく沈黙",
    "rehearsal.verdict.raised": "不要な警報",
    "rehearsal.answer.line": "  {question}　{verdict}：{value}",
    "rehearsal.answer.line.none": "  {question}　{verdict}",
    "rehearsal.answer.right": "正解",
    "rehearsal.answer.wrong": "不正解",
    "rehearsal.answer.late": "期限後",
    "rehearsal.answer.missing": "未解答",
    "rehearsal.answer.judged": "採点済み",
    "rehearsal.answer.waiting": "採点待ち",
    "rehearsal.group.benign": "平和的",
    "rehearsal.group.inspection": "検査",
    "rehearsal.group.test": "試験",
    "rehearsal.group.hostile": "最も重大な区分",
    "rehearsal.group.artefact": "データの誤り",
    "rehearsal.yes": "はい",
    "rehearsal.no": "いいえ",
    "rehearsal.none": "なし",
    "rehearsal.unknown": "–",
    "rehearsal.of": "{total}件中{count}件",
    "rehearsal.delay": "{median}、{worst}",
    "rehearsal.hours": "{hours} 時間",
    "rehearsal.rank": "{rank}位{open}",
    "rehearsal.rank.closed": "（除外されていた）",
    "rehearsal.note": "{name}：{verdict}",
    "rehearsal.gap": "、",
    "rehearsal.title": "{title}：結果",
    "rehearsal.problem": "この空には適合しない：{problem}",
    "rehearsal.hint.never": (
        "注意：{name}（{kind}）：終了までに公開される情報には現れないため、誰も検出できない"
    ),
    "rehearsal.hint.after": (
        "注意：{name}（{kind}）：最初の公開情報が終了の{hours}時間後になるため、誰も検出できない"
    ),
    "rehearsal.line.detection": (
        "期限内の完全な検出：{share}。一部でも検出：{noticed}。正しく沈黙：{silence}。"
    ),
    "rehearsal.line.false": (
        "確認を求めた誤警報：{months}資産月で{count}件、1資産月あたり{rate}。演習なしの同じ空"
        "では{sky}。"
    ),
    "rehearsal.line.delay": "公表から検出まで：中央値{median}、最大{worst}。",
    "rehearsal.line.brier": "説明のブライアスコア（0が最良、2が最悪）：{brier}。",
    "rehearsal.line.wording": "文中にあってはならない語：{count}件。",
    "rehearsal.line.failed": "失敗：{detector}。",
    "rehearsal.all.one": "シナリオ{number}件を実行",
    "rehearsal.all.many": "シナリオ{number}件を実行",
    "rehearsal.written": "{file}を作成",
    "rehearsal.share": "{best} %（{low}～{high} %）",
    "rehearsal.rate": "{best}件（{low}～{high}）",
    "rehearsal.report": "事後報告書",
    "rehearsal.report.tagline": "演習",
    "rehearsal.report.issue": "{script} · 空：{sky} · 開始 {start}",
    "rehearsal.report.foot": "時刻は協定世界時。この報告書の内容はすべて演習である。",
    "rehearsal.fact.script": "シナリオ",
    "rehearsal.fact.kind": "種類",
    "rehearsal.fact.sky": "空",
    "rehearsal.fact.span": "期間",
    "rehearsal.fact.looks": "機械の監視回数",
    "rehearsal.fact.assets": "保護対象",
    "rehearsal.part.story": "実施内容",
    "rehearsal.part.events": "事象と検出結果",
    "rehearsal.part.truth": "真実と把握状況",
    "rehearsal.part.false": "誤警報",
    "rehearsal.part.explanations": "説明",
    "rehearsal.part.cells": "班",
    "rehearsal.part.rules": "採点の方法",
    "rehearsal.events.none": (
        "このシナリオでは検出すべき事象がなく、発した警報はすべて誤警報である。"
    ),
    "rehearsal.false.none": "シナリオで説明できない確認要求はなかった。",
    "rehearsal.explanations.none": "説明の真実がわかる事象で、評価されたものはない。",
    "rehearsal.cells.none": "機械のみで実施した。",
    "rehearsal.chart": "真実と把握状況",
    "rehearsal.chart.start": "開始",
    "rehearsal.chart.key": (
        "棒：発生期間。円：物理的に現れた時刻。ひし形：公表。三角：最初の検出。四角：完全な検"
        "出。十字：班の行動。"
    ),
    "rehearsal.chart.row": (
        "{name}：{start}から{end}まで発生、公表{public}、最初の検出{seen}、完全な検出{found}。"
    ),
    "rehearsal.cell.points": "{of}点中{points}点",
    "rehearsal.cell.acts": "決定{decisions}件、ゲート{gates}件、通信{messages}件",
    "rehearsal.cell.first": "最初の行動まで{hours}",
    "rehearsal.cell.answers": "解答まで中央値{hours}",
    "rehearsal.cell.wording": "文中にあってはならない語：{count}件",
    "rehearsal.measure": "{name} {found}、期待値{low}～{high}",
    "rehearsal.measure.absent": "{name} 測定なし、期待値{low}～{high}",
    "rehearsal.rule.fit": (
        "種類、物体、時刻が合い、事象を示す最初の事実の公表後に見え、演習なしの同じ空には現れ"
        "ない検出を、その事象の検出とする。"
    ),
    "rehearsal.rule.due": (
        "期限内とは、公表からシナリオの定める時間が過ぎた後の最初の監視までをいう。"
    ),
    "rehearsal.rule.part": (
        "一部のみとは、正しい種類の検出が物体の一部だけを示すか、数値が範囲外であることをいう。"
    ),
    "rehearsal.rule.silent": (
        "警報を発すべきでない事象は、人に確認を求めない限り正しく沈黙したものとする。"
    ),
    "rehearsal.rule.false": (
        "誤警報とは、確認を求めたもので、実際に起きたどの事象にも関わらないものをいう。同じ空"
        "が演習なしでも発するものは別に数える。"
    ),
    "rehearsal.rule.truth": "説明の採点は、シナリオの分類が一つの説明群に定まる場合に限る。",
}
