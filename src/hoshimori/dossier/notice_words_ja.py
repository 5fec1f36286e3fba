"""Japanese words of notices to space operators; the keys are those of every language."""

from __future__ import annotations

NOTICE_WORDS: dict[str, str] = {
    "notice.title": "NOTSO（宇宙運用者への通報）：{kind}／{object}／{region}",
    "notice.region.ds": "深宇宙軌道（DS）",
    "notice.region.ne": "地球近傍軌道（NE）",
    "notice.region.unknown": "軌道不明",
    "notice.event_id": "事象番号",
    "notice.issued": "基準時刻",
    "notice.issuer": "発出者",
    "notice.direction": "区分",
    "notice.overview": "概要",
    "notice.base_rate": "同様の事象の頻度",
    "notice.assessment": "評価",
    "notice.information": "関連情報",
    "notice.when": "時刻：{start}から{end}まで",
    "notice.more": "この事象には、ほかに{number}件の所見があります。",
    "notice.benign": "最も有力な平和的説明：{name}。ICD 203の用語：{words}。",
    "notice.benign.natural": "自然現象",
    "notice.benign.fault": "技術的な故障または運用上の誤り",
    "notice.benign.planned": "計画された活動",
    "notice.benign.artefact": "データの誤り",
    "notice.others": "ほかの{number}件の説明は、この事象の評価書で検討されています。",
    "notice.confidence": "確信度：{confidence}。",
    "notice.not_assessed": "評価未実施：この通報は測定された事実のみを伝えます。",
    "notice.words.between": "{low}から{high}",
    "notice.next_step": "推奨される次の対応：{step}。",
    "notice.orbit": "{object}：軌道要素の元期{epoch}、周期{minutes}分",
    "notice.place": "{name}：{moment}に緯度{latitude}°、経度{longitude}°",
    "notice.limit": "公開軌道要素による距離には、常に数キロメートルの不確かさがあります。",
}
