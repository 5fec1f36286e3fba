"""Japanese words of natural and accidental explanations: one sentence for each check."""

from __future__ import annotations

from typing import Final

NATURE_WORDS: Final = {
    "natural.title": "自然現象と事故（最初に検討）",
    "natural.speaks_for": "整合する",
    "natural.does_not_speak_for": "兆候なし",
    "natural.not_evaluated": "未評価",
    "natural.note": (
        "「未評価」は情報の不足であり、問題がないという意味ではない。"
        "「整合する」は原因と示されたことを、"
        "「兆候なし」は否定されたことを意味しない。"
    ),
    "natural.name.geomagnetic_storm": "磁気嵐",
    "natural.name.eclipse": "地球の影への出入り（食）",
    "natural.name.sun_outage": "衛星の背後の太陽（太陽雑音）",
    "natural.name.debris_strike": "微小デブリの衝突",
    "natural.name.conjunction": "登録物体の通過",
    "natural.name.decay": "軌道の寿命",
    "natural.name.known_failure": "同型機の既知の故障",
    "natural.name.free_drift": "自由ドリフト",
    "natural.name.data_artefact": "データの誤り",
    "natural.does_not_fit": "{check}：観測された内容としては現れない。",
    "natural.no_moment": "{check}：未評価。時刻を 6 時間以内に特定する情報がない。",
    "natural.no_elements": "{check}：未評価。その時刻の近くに軌道要素がない。",
    "natural.no_catalogue": ("{check}：未評価。手元の {number} 物体はカタログの一部にすぎない。"),
    "natural.geomagnetic_storm.no_data": "磁気嵐：未評価。宇宙天気のファイルがない。",
    "natural.geomagnetic_storm.not_observed": (
        "磁気嵐：未評価。{needed} までの指数が必要だが、観測値は {observed} までである。"
    ),
    "natural.geomagnetic_storm.drag": (
        "{object} の観測が終わる前の {hours} 時間に、レベル G{level} の磁気嵐があった（Kp {kp}、"
        "{at}）。"
        "高度 {height} km の大気密度は静穏日の {density} 倍になった。"
        "{since} 年以降の同じ長さの期間のうち {percent} % に同程度以上の嵐がある。"
    ),
    "natural.geomagnetic_storm.charging": (
        "{object} の観測が終わる前の {hours} 時間に、レベル G{level} の磁気嵐があった（Kp {kp}、"
        "{at}）。"
        "磁気嵐は衛星の帯電を起こし得る。"
        "{since} 年以降の同じ長さの期間のうち {percent} % に同程度以上の嵐がある。"
    ),
    "natural.geomagnetic_storm.quiet": (
        "対象となる {hours} 時間に、{object} に影響する磁気嵐はなかった。"
        "最大の Kp は {kp}（{at}）である。"
    ),
    "natural.geomagnetic_storm.common": (
        "対象となる {hours} 時間にレベル G{level} の磁気嵐があったが（Kp {kp}、{at}）、"
        "{since} 年以降の同じ長さの期間の {percent} % も同様であり、手がかりにならない。"
    ),
    "natural.eclipse.at_edge": (
        "{object} は{edge}（{at}）から {minutes} 分の時点にあった。"
        "電力と温度が変化する時間帯である。"
        "偶然でも全時刻の {percent} % が同じ近さになる。"
    ),
    "natural.eclipse.edge_is_common": (
        "{object} は{edge}（{at}）から {minutes} 分の時点にあったが、"
        "この軌道では全時刻の {percent} % がそうであり、手がかりにならない。"
    ),
    "natural.eclipse.away_from_edge": (
        "{object} は最も近い{edge}（{at}）から {minutes} 分離れており、影響する近さではない。"
    ),
    "natural.eclipse.no_shadow": (
        "{object} はその前後に地球の影に入っていない。太陽は軌道面から {angle}° の方向にあった。"
    ),
    "natural.eclipse.entry": "地球の影への進入",
    "natural.eclipse.exit": "地球の影からの離脱",
    "natural.sun_outage.sun_behind": (
        "地上のいずれかの地点から見て {object} は太陽の前にあった（離角 {angle}°、"
        "{limit}° 以下が対象）。"
        "その地点の受信機は数分間信号を失う。偶然でも全時刻の {percent} % で起こり、"
        "受信地点が決め手となる。"
    ),
    "natural.sun_outage.sun_elsewhere": (
        "地上のどの地点から見ても {object} は太陽の前になかった（離角 {angle}°、"
        "{limit}° 以下が対象）。"
    ),
    "natural.debris_strike.soft_pieces": (
        "{object} の破片の放出エネルギーは小さく、部品への衝突に似る。"
        "高度 {height} km で {days} 日間に偶然見込まれる 1 cm 以上の衝突は {expected} 回である。"
    ),
    "natural.debris_strike.expected": (
        "高度 {height} km の {object} には、{days} 日間に 1 cm 以上のデブリの衝突が"
        "偶然 {expected} 回見込まれる。"
    ),
    "natural.debris_strike.rare": (
        "{object} へのデブリの衝突は否定できないが、まれである。"
        "高度 {height} km で {days} 日間に見込まれる 1 cm 以上の衝突は {expected} 回である。"
    ),
    "natural.debris_strike.no_flux_there": (
        "微小デブリの衝突：未評価。高度 {height} km ではカタログから分かることが少なすぎる。"
    ),
    "natural.conjunction.warned": "この組についての接近通報があった：{source}（{at} 以降に既知）。",
    "natural.conjunction.second_cloud": (
        "二つの破片群が同じ地点と時刻に生じた（{object}）。二つの物体が出会ったことを示す。"
    ),
    "natural.conjunction.passed": (
        "その時刻を挟む {minutes} 分間に、"
        "{within} km 以内を登録物体 {number} 個が通過した（{object}）。"
        "偶然の見込みは {expected} 個である。"
    ),
    "natural.conjunction.passed_by_chance": (
        "その時刻を挟む {minutes} 分間に、"
        "{within} km 以内を登録物体 {number} 個が通過した（{object}）。"
        "ただし偶然でも {expected} 個が見込まれ、手がかりにならない。"
    ),
    "natural.conjunction.none_passed": (
        "その時刻を挟む {minutes} 分間に {within} km 以内を通過した登録物体は、"
        "偶然の見込みを超えない（{number} 個、見込み {expected} 個）。"
    ),
    "natural.conjunction.crossing": (
        "相対速度 {speed} km/s、距離 {miss} km で交差するだけであり、偶然に起こる範囲である。"
        "同種の物体の {percent} % が同程度に近い通過を経験する。"
    ),
    "natural.decay.ends": (
        "{object} の軌道は {start} から {end} の間に終わりを迎える。軌道は日ごとに自然に変化する。"
    ),
    "natural.decay.ended": (
        "{object} は最後の軌道要素からすでに再突入したとみられ、新たな要素は得られない。"
    ),
    "natural.decay.soon": (
        "{object} は近地点高度 {height} km で、軌道上の残りは {days} 日である。"
        "軌道は日ごとに自然に変化する。"
    ),
    "natural.decay.later": (
        "{object} は近地点高度 {height} km で、軌道上の残りは {days} 日である。"
        "まだ説明にはならない。"
    ),
    "natural.decay.far": "{object} は近地点高度 {height} km で、10 年以上軌道にとどまる。",
    "natural.decay.too_high": "{object} は降下しない高さにある（近地点高度 {height} km）。",
    "natural.decay.does_not_sink": "{object} の軌道は降下していない（近地点高度 {height} km）。",
    "natural.known_failure.failed_before": (
        "{object} は、以前に自ら故障したことのある型である：{make}、{mode}。"
        "その時点までに少なくとも "
        "{number} 件、最後の例は {example}（{date}、{source}）。"
    ),
    "natural.known_failure.none_listed": (
        "この型の故障は {number} 項目の一覧にない。ただし一覧は短い。"
    ),
    "natural.known_failure.no_list": "同型機の既知の故障：未評価。一覧がない。",
    "natural.known_failure.no_name": ("同型機の既知の故障：未評価。型を示す名称がない。"),
    "natural.known_failure.battery": "電池の破裂",
    "natural.known_failure.propellant": "推進薬またはタンクの爆発",
    "natural.known_failure.power": "電力または推進系の喪失",
    "natural.known_failure.unknown": "破砕（原因は未公表）",
    "natural.free_drift.free": (
        "{object} を動かしているのは自然の力だけである。{days} 日間の軌道要素 {judged} 組のうち"
        "自由ドリフトから外れるのは {driven} 組（現在 {longitude}、{drift}）。放置すれば{motion}。"
    ),
    "natural.free_drift.steered": (
        "{object} は自由ドリフトではない。"
        "{days} 日間の軌道要素 {judged} 組のうち {driven} 組が外れる"
        "（現在 {longitude}、{drift}）。"
    ),
    "natural.free_drift.not_in_belt": "自由ドリフト：静止軌道帯の物体だけに関わる。",
    "natural.free_drift.too_few_sets": (
        "自由ドリフト：未評価。{object} には 20 日以上離れた軌道要素が少なすぎる。"
    ),
    "natural.free_drift.swings_about_75_e": "東経 75° を中心に振れる",
    "natural.free_drift.swings_about_105_w": "西経 105° を中心に振れる",
    "natural.free_drift.swings_about_both": "東経 75° と西経 105° にまたがって振れる",
    "natural.free_drift.goes_round": "静止軌道帯を一周する",
    "natural.data_artefact.stated": "情報源自身がデータの誤りを認めている：{source}。",
    "natural.data_artefact.one_set_for_two": (
        "{object} は軌道要素を共有している。ドッキング中か、一組で二物体を表しており、"
        "距離 0 は出会いを意味しない。"
    ),
    "natural.data_artefact.as_one": (
        "{object} は一日を通じて 5 km 以内で一体となって動く。"
        "ドッキング中か、一方が他方として追跡されている。"
    ),
    "natural.data_artefact.swapped": (
        "{object} の最新の軌道要素は、互いに相手の以前の軌道に合う。識別の入れ替わりがあり得る。"
    ),
    "natural.data_artefact.unstable_number": (
        "{object}：解析用または未対応の追跡用の番号であり、指す物体が変わることがある。"
    ),
    "natural.data_artefact.overdue": (
        "{object} の軌道要素は {age} 日前のもので、通常の間隔は {usual} 日である。"
        "計算値は大きくずれる。"
    ),
    "natural.data_artefact.stale": (
        "{object} の軌道要素は {age} 日前のものである（{usual} 日以上で古いとみなす）。"
        "計算値は数十 km ずれることがある。"
    ),
    "natural.data_artefact.none": (
        "データの誤りを示すものはない。共有、入れ替わり、古い要素、更新の遅れ、不安定な番号は"
        "いずれも見られない。"
    ),
}
