"""Words of live exercises on a terminal, in Japanese."""

from __future__ import annotations

LIVE_WORDS = {
    "live.state": "{name}：{now}、{length}時間のうち{at}時間経過、実時間の{speed}倍速",
    "live.seat": "所属セル：{cell}",
    "live.seat.director": "統裁者です。",
    "live.seat.none": "どのセルにも属さず、見学しています。",
    "live.read_ahead": "事前資料：",
    "live.paused": "時計は停止中です。統裁セルが再開します。",
    "live.behind": "時計は計算の完了を待っています。",
    "live.over": "演習は終了しました。",
    "live.none": "まだありません。",
    "live.kept": "番号{number}として記録しました。",
    "live.kept.of": "番号{number}として、{cell}の記録に加えました。",
    "live.column.question": "設問",
    "live.column.text": "内容",
    "live.column.due": "期限",
    "live.column.answer": "回答",
    "live.column.number": "番号",
    "live.column.when": "時刻",
    "live.column.cell": "セル",
    "live.column.kind": "種別",
    "live.column.subject": "対象・宛先",
    "live.column.value": "内容",
    "live.late": "{value}（期限後）",
    "live.act.answer": "回答",
    "live.act.decision": "判断",
    "live.act.gate": "関門",
    "live.act.message": "通信",
    "live.act.acknowledgement": "確認",
    "live.act.points": "得点",
}
