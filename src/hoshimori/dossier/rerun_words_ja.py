"""Japanese words of running a dossier again; the keys are those of every language."""

from __future__ import annotations

RERUN_WORDS: dict[str, str] = {
    "rerun.same": (
        "同封の事実 {facts} 件から再計算した。検出 {findings} 件中 {reproduced} 件が一致し、"
        "評価も一致した。"
    ),
    "rerun.same.findings": (
        "同封の事実 {facts} 件から再計算した。検出 {findings} 件中 {reproduced} 件が一致した。"
        "比較できる評価は同封されていない。"
    ),
    "rerun.differs": (
        "同封の事実 {facts} 件から再計算したが、一致しない。検出 {findings} 件中 {reproduced} 件が"
        "一致した。"
    ),
    "rerun.difference": "{item}、{path}：同封 {one}、再計算 {other}",
    "rerun.more": "ほか {number} か所",
    "rerun.missing": "{item} は再計算で得られなかった",
    "rerun.added": "{item} は再計算で得られたが、同封されていない",
    "rerun.failed": "検出器が失敗した：{problem}",
    "rerun.version": "{detector} で作成。ここでの版は異なる",
    "rerun.software": "作成時のソフトウェア：{software}",
    "rerun.not": "再計算していない：{because}",
}
