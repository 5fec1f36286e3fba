"""Japanese words of conclusions that a release changes; the keys are those of every language."""

from __future__ import annotations

CHANGE_WORDS: dict[str, str] = {
    "change.incident": "事案そのもの",
    "change.label": "分類",
    "change.likelihood": "可能性",
    "change.confidence": "確信度",
    "change.factor": "要素",
    "change.gate": "ゲートで必要だが未充足",
    "change.finding": "検出",
    "change.none": "共有できる事実からは得られない",
    "change.nothing": "なし",
    "change.found": "検出あり",
    "change.line": "{subject}：本版では {after}。",
    "change.former": "{subject}：原本では {before}、本版では {after}。",
    "change.withheld.one": "{number} 件を非開示とした。",
    "change.withheld.many": "{number} 件を非開示とした。",
}
