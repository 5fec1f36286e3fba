"""Japanese words of alerts; the keys are those of every language."""

from __future__ import annotations

ALERT_WORDS: dict[str, str] = {
    "alert.line": "{attention}：{headline}、{soon}、{rarity}",
    "alert.line.made": "【{reality}・現実ではありません】{line}",
    "alert.line.update": "更新：{line}",
    "alert.line.came_back": "再発：{line}",
    "alert.line.escalated": "{minutes}分間未確認：{line}",
    "alert.soon.ahead": "{duration}後",
    "alert.soon.past": "{duration}前",
    "alert.soon.now": "現在",
    "alert.made.exercise": (
        "演習 演習 演習（EXERCISE）：現実の事象ではありません。これに基づいて行動しないでください。"
    ),
    "alert.made.simulated": (
        "模擬（SIMULATED）：作られた空です。現実の事象ではありません。"
        "これに基づいて行動しないでください。"
    ),
    "alert.made.test": (
        "試験（TEST）：現実の事象ではありません。これに基づいて行動しないでください。"
    ),
    "alert.asset": "保護対象：{assets}",
    "alert.asset.ground": "保護対象：なし（地上の利用者に関する事象）",
    "alert.when": "時刻：{moment}",
    "alert.rarity": "まれさ：{rarity}",
    "alert.next_step": "次の対応：{step}",
    "alert.why": "通知の理由：{causes}",
    "alert.look": "詳細：{link}",
    "alert.look.console": "詳細：コンソールの{link}",
    "alert.acknowledge": "確認の記録：hoshimori alerts acknowledge {alert}",
    "alert.over_budget": "通知の上限を超えていますが、要確認で時間がないため送信しました。",
    "alert.pointer": "通知があります：{alert}。取扱区分により、ここには内容を記載できません。",
    "alert.key": "通知キー：{token}",
    "alert.key.again": "届いたか不明のため再送しています。同じキーは同じ通知です。",
    "alert.test.line": "通知先{channel}の試験",
    "alert.test.body": "Hoshimoriの通知がここに届くかを試験しています。事象は起きていません。",
    "alert.cause.new": "新しい事象です",
    "alert.cause.attention_rose": "以前より早い確認が必要です",
    "alert.cause.direction_changed": "区分が変わりました",
    "alert.cause.lead_changed": "判断の基になる所見の種類が変わりました",
    "alert.cause.time_shrank": "残り時間が少なくなりました",
    "alert.cause.came_back": "長い間をおいて再び現れました",
    "alert.cause.escalated": "まだ誰も確認していません",
    "alert.cause.test": "試験です",
}
