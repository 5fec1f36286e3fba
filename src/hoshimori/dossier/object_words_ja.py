"""Japanese words of the pages of objects."""

from __future__ import annotations

OBJECT_WORDS: dict[str, str] = {
    "object.kind.payload": "ペイロード",
    "object.kind.rocket_body": "ロケット機体",
    "object.kind.debris": "デブリ",
    "object.kind.unknown": "種別不明",
    "object.what": "{name} のカタログ上の種別：{kind}。",
    "object.owner": "カタログ上の所有者は {owner}。ここでの数値は所有者に左右されない。",
    "object.launched": "打上げ番号は {launch}。",
    "object.protected": "この監視が守る資産の一つである。",
    "object.orbit": (
        "高度 {perigee} km から {apogee} km の間を飛び、周期は {period}、"
        "軌道面の傾斜角は {inclination}°（{regime}）。"
    ),
    "object.elements": "最新の軌道要素は {epoch} のもので、基準時刻の {age}前。",
    "object.elements.ahead": "最新の軌道要素は {epoch} のもので、基準時刻の {age}後。",
    "object.no_elements": "過去 30 日間の軌道要素がなく、どこにあるかは分からない。",
    "object.history.one": "手元にある軌道要素は {number} 組。",
    "object.history.many": "手元にある軌道要素は {number} 組。",
    "object.incidents.none": "ボード上に、この物体に関わる事案はない。",
    "object.incidents.one": "ボード上に、この物体に関わる事案が {number} 件ある。",
    "object.incidents.many": "ボード上に、この物体に関わる事案が {number} 件ある。",
    "object.minutes": "{number} 分",
}
