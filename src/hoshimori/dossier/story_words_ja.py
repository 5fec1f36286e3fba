"""Japanese words of what was planted in a made sky."""

from __future__ import annotations

from typing import Final

STORY_WORDS: Final = {
    "planted.drift_in": (
        "{other} は数週間前に定位置を離れ、{measure} 日前に減速し、約 {days} 日後に {asset}"
        " の軌道位置に入る。"
    ),
    "planted.neighbour": "{other} は {asset} の東約 {measure} km にとどまる。",
    "planted.station_keeping": "{asset} は {days} 日前に通常の東西制御の噴射を行った。",
    "planted.docked_in_belt": "{other} は {asset} に結合している（軌道要素が同一）。",
    "planted.cluster": (
        "{asset} から {other} までの {measure} 機は同じ打上げで、軌道位置を共有する（通常の運用）。"
    ),
    "planted.closing_in": (
        "別の打上げの {other} が、{days} 日前の小さな噴射以来、{asset} と同じ軌道面で後方から"
        " 1 日 {measure} km ずつ近づいている。"
    ),
    "planted.passing": "{other} が {days} 日後に {asset} から {measure} km を通過する。",
    "planted.orbit_change": "{asset} は {days} 日前に毎秒 {measure} m の噴射で軌道を上げた。",
    "planted.overdue": "{asset} は {days} 日前まで 1 日 2 回更新されていた。",
    "planted.docked_at_station": (
        "{other} は {days} 日前に {asset} に結合した。各モジュールと同一の軌道要素をもつ。"
    ),
    "planted.formation": (
        "{asset} と {other} は同じ打上げで、{measure} km 離れて飛行する（通常の運用）。"
    ),
}
