"""Japanese words of the documents of a dossier; the keys are those of every language."""

from __future__ import annotations

DOCUMENT_WORDS: dict[str, str] = {
    "document.name": "協議用資料",
    "document.tagline": "同盟が頼る衛星を、公開データで見守る",
    "document.issue": "{incident} · {moment} 時点 · {composed} 作成",
    "document.page": "{page} / {pages} ページ",
    "document.foot": "{software} により作成。時刻は UTC。",
    "document.asset": "資産",
    "document.other": "相手の物体",
    "document.as_of": "把握時点",
    "document.composed": "作成",
    "document.span": "観測期間",
    "document.filed": "分類",
    "document.filed.note": "観測された事象の名称であり、意味付けではない",
    "document.objects.none": "なし",
    "document.seen": "何が観測されたか",
    "document.likelihood": "考えられる説明",
    "document.confidence": "データの裏付けの程度",
    "document.unknown": "分かっていないこと",
    "document.unknown.lead": "次の事項は、手元のどの情報源も肯定も否定もしていない。",
    "document.unknown.more": "ほか {number} 件は第 {part} 部に示す。",
    "document.unknown.none": "評価モデルが求める情報はすべてそろっている。",
    "document.change": "評価を変え得るもの",
    "document.change.none": "単独で評価を大きく変える未入手の情報はない。",
    "document.gates": "ゲート（人のみが開く）",
    "document.gate.open": "開放済み",
    "document.gate.closed": "未開放",
    "document.gate.by": "{who}、{when}",
    "document.released": "{partners} への提供版。提供できる証拠のみから再計算した。",
    "document.released.all": "すべての相手",
    "document.changed": "原本と異なる結論：",
    "document.changed.none": "原本と異なる結論はない。",
    "document.changed.more": "ほか {number} 件は第 {part} 部に示す。",
    "document.limits": (
        "本資料は観測を説明するものであり、何も決定せず、原因者を名指ししない。"
        "すべての記述は、同封のデータから再計算できる（第 {part} 部）。"
    ),
    "document.contents": "分析官向けの内容",
    "document.chart": "十の説明の比較（無害な説明を先に示す）",
    "document.chart.key": (
        "帯は区間を示し、区間内のどの値も優先されない。灰色の区分は ICD 203 の表現による。"
    ),
    "document.chart.benign": "自然・故障・計画・データ",
    "document.chart.other": "その他の説明",
    "document.chart.row": "{name}：{words}、{interval}。",
    "document.part.nature": "自然現象と事故（最初に確認）",
    "document.part.explanations": "説明の比較",
    "document.part.evidence": "証拠と、各説明との整合",
    "document.part.exhibits": "図表：何が測定されたか",
    "document.part.timeline": "時系列",
    "document.part.factors": "十七の要素",
    "document.part.people": "ゲート、人による決定、異なる見解",
    "document.part.behaviour": "行動の指標",
    "document.part.rests": "評価の根拠と、評価を変え得るもの",
    "document.part.inputs": "入力データと来歴",
    "document.part.verify": "本資料の検証方法",
    "document.explanations.note": (
        "「証拠の前」は、比較可能な事象における頻度を示す。"
        "「反証」は、その説明と整合しない証拠の数であり、少ないほど残りやすい。"
    ),
    "document.evidence.note": (
        "CC は非常によく整合、C は整合、N は判断材料にならない、I は整合しにくい、"
        "II は非常に整合しにくい。軌道要素に由来するものは全体で一つの情報源とみなし、"
        "重みに上限を設ける。"
    ),
    "document.evidence.none": "説明の判断材料となる証拠はない。",
    "document.factors.note": (
        "機械が提案し、人が決定する。両方を記録する。要素を合算することはない。"
    ),
    "document.factors.supports": "裏付け：{evidence}。",
    "document.factors.contradicts": "反証：{evidence}。",
    "document.factors.missing": "不足：{missing}。",
    "document.factors.more": "{shown} ほか {number} 件",
    "document.factors.open": "未決定",
    "document.column.decision": "決定",
    "document.column.support": "証拠と不足",
    "document.exhibit": "図表 {number}",
    "document.exhibit.numbers": "数値",
    "document.exhibit.further.one": "ほかの検出結果 {number} 件（一行で示す）",
    "document.exhibit.further.many": "ほかの検出結果 {number} 件（一行ずつ示す）",
    "document.timeline": "測定された時期",
    "document.timeline.key": (
        "帯は、観測された期間または今後予測される期間を示す。縦線は本資料の把握時点である。"
    ),
    "document.timeline.row": "{kind}：{start} から {end}。",
    "document.timeline.start": "開始",
    "document.timeline.end": "終了",
    "document.inputs.enclosed": "同封した事実",
    "document.inputs.kind": "種別",
    "document.inputs.number": "件数",
    "document.inputs.sources": "事実の情報源",
    "document.inputs.source": "情報源",
    "document.inputs.digest": "受領したバイト列の SHA-256",
    "document.inputs.reality": "実在性",
    "document.inputs.files": "同封したファイル",
    "document.inputs.file": "ファイル",
    "document.inputs.file.digest": "SHA-256 値",
    "document.inputs.detectors": "使用した検出器",
    "document.inputs.question": "問い",
    "document.inputs.rate": "誤警報と検出率",
    "document.inputs.settings": "設定",
    "document.inputs.versions": "版",
    "document.inputs.chain": "導出の経路",
    "document.chain.facts": (
        "{sources} の情報源から {facts} 件の事実を読み込んだ。"
        "各事実には、成立時刻、把握時刻、バイト列のダイジェストが付いている。"
    ),
    "document.chain.findings": (
        "所有者や国を参照しない検出器 {detectors} 個が、そこから {findings} 件の検出結果を得た。"
    ),
    "document.chain.incident": "検出結果は、事案 {incident} としてまとめられた。",
    "document.chain.assessment": (
        "評価モデル第 {version} 版（SHA-256 {digest}）が十の説明を比較した。"
    ),
    "document.chain.people": "人が設定した値と見解は {number} 件である。",
    "document.chain.document": "本文は、{moment} に評価から組版された。",
    "document.kind.element_set": "軌道要素",
    "document.kind.asset": "資産",
    "document.kind.object": "物体の記述",
    "document.kind.report": "報告",
    "document.kind.area": "航空機数のセル・日",
    "document.kind.finding": "検出結果",
    "document.verify.lead": (
        "本資料のファイルがあれば、ネットワークも作成者への信頼も必要とせずに検証できる。"
        "公開された形式に従えば、作成者のプログラムも必要としない。"
    ),
    "document.verify.command": "コマンド",
    "document.verify.seal": (
        "次のコマンドは、すべてのバイトを署名済みのコミットメントと照合し、"
        "署名者と、署名が十分であるかを示す。"
    ),
    "document.verify.rerun": ("続いて、同封の事実から検出と評価をやり直し、異なる点を正確に示す。"),
    "document.verify.redacted": "項目を除いた写しも、同じ署名に対して検証できる。",
}
