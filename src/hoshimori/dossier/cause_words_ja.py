"""Japanese words of candidate causes: what could explain something on an asset at a moment."""

from __future__ import annotations

from typing import Final

CAUSE_WORDS: Final = {
    "cause.standing.unusual": "まれ",
    "cause.standing.present": "あり",
    "cause.standing.absent": "なし",
    "cause.standing.not_judged": "未評価",
    "cause.name.fast_pass": "高速の通過（前後数分）",
    "cause.name.company": "低速の並走",
    "cause.name.conjunction": "接近（前後数時間）",
    "cause.name.own_manoeuvre": "自身の軌道変更",
    "cause.name.companion_manoeuvre": "並走物体の軌道変更",
    "cause.name.new_object": "似た軌道の新しい物体",
    "cause.name.in_beam": "ビーム内の物体",
    "cause.name.in_line": "地上から見て近くに並ぶ物体",
    "cause.name.disturbed_ground": "視界内の測位障害域",
    "cause.name.eclipse": "地球の影への出入り（食）",
    "cause.name.sun_in_view": "視野に入る太陽",
    "cause.name.sun_behind": "衛星の背後の太陽",
    "cause.name.storm": "磁気嵐（Kp）",
    "cause.name.storm_day": "地磁気の乱れた日（Ap）",
    "cause.name.solar_flux": "太陽電波強度（F10.7）",
    "cause.name.south_atlantic": "南大西洋異常帯",
    "cause.name.radiation_belt": "放射線帯",
    "cause.name.meteor_shower": "流星群",
    "cause.name.debris_flux": "デブリの流束",
    "cause.name.element_age": "古い軌道要素",
    "cause.name.data_artefact": "データの誤り",
    "cause.name.known_failure": "同型機の既知の故障",
    "cause.name.decay": "軌道の寿命",
    "cause.no_states": "比較する時刻の多くで軌道要素から位置が求まらない",
    "cause.no_catalogue": "手元の {number} 物体はカタログの一部にすぎない",
    "cause.no_data": "宇宙天気のファイルがない",
    "cause.not_observed": "指数の観測値は {observed} までで、この時刻を含まない",
    "cause.no_history": "軌道要素が足りない（15 組が必要）、または時刻より後のものがない",
    "cause.fast_pass.passed": "{object} が {range} km（± {error}）を通過、{speed} km/s、{after}",
    "cause.fast_pass.far": "最も近いのは {object}：{range} km（± {error}）、{after}",
    "cause.fast_pass.nobody": "前後 {half} 分に {reach} km 以内の物体なし",
    "cause.conjunction.passed": "{object} が {range} km（± {error}）を通過、{speed} km/s、{after}",
    "cause.conjunction.far": "最も近いのは {object}：{range} km（± {error}）、{after}",
    "cause.conjunction.nobody": "前後半日に {reach} km 以内の物体なし",
    "cause.company.beside": (
        "{object}：{range} km、{slow} m/s。{within} km 以内に {number} 個、一体で動く物体 {as_one} "
        "個"
    ),
    "cause.company.far": (
        "最も近いのは {object}：{range} km、{slow} m/s。一体で動く物体 {as_one} 個"
    ),
    "cause.company.nobody": "500 km 以内に並走する物体なし。一体で動く物体 {as_one} 個",
    "cause.own_manoeuvre.near": "{at}（± {sigma} 時間）に軌道変更、{apart} 時間差、{size} m/s",
    "cause.own_manoeuvre.far": "最も近い軌道変更は {at}、{apart} 時間差、{size} m/s",
    "cause.own_manoeuvre.none": "軌道要素に現れる軌道変更なし",
    "cause.companion_manoeuvre.near": (
        "{object}：{at}（± {sigma} 時間）に軌道変更、{apart} 時間差、{size} m/s"
    ),
    "cause.companion_manoeuvre.far": ("最も近いのは {object}：{at}、{apart} 時間差、{size} m/s"),
    "cause.companion_manoeuvre.none": "並走物体の軌道要素に現れる軌道変更なし",
    "cause.companion_manoeuvre.no_company": "前後の日々に並走する物体なし",
    "cause.new_object.appeared": "10 日以内に {number} 個、最も近いのは {object}（{at} から既知）",
    "cause.new_object.far": "最も近いのは {object}（{at} から既知）",
    "cause.new_object.none": "似た軌道面と高度に現れた物体なし",
    "cause.new_object.one_catalogue": (
        "時刻の前と後に知られたカタログが必要。一つだけでは新しい物体は分からない"
    ),
    "cause.in_beam.inside": (
        "地球方向から {beam}° 以内に {number} 個、最も近いのは {object}：{range} km"
    ),
    "cause.in_beam.nobody": "地球方向から {beam}° 以内、地球の手前に物体なし",
    "cause.in_line.beside": "{place} から見て {object} が {angle}° 隣、距離 {range} km",
    "cause.in_line.far": "{place} から見て最も近いのは {object}：{angle}° 隣",
    "cause.in_line.nobody": "{place}の空に他の物体なし",
    "cause.in_line.below_horizon": "{place}の地平線より下",
    "cause.disturbed_ground.in_sight": (
        "{number} 区域、{area} km²、最大は {spot} 付近。見える範囲は {point} から {horizon} km"
    ),
    "cause.disturbed_ground.none": "見える範囲（{point} から {horizon} km）になし",
    "cause.disturbed_ground.no_maps": (
        "測位品質の地図がない（--integrity）。見える範囲は {point} から {horizon} km"
    ),
    "cause.disturbed_ground.no_map_of_day": (
        "地図がこの日を含まない。見える範囲は {point} から {horizon} km"
    ),
    "cause.eclipse.at_edge": "{dark}、{after}に{edge}",
    "cause.eclipse.away": "{dark}、最も近いのは {after}の{edge}",
    "cause.eclipse.no_shadow": "この時期の軌道は影に入らない",
    "cause.eclipse.dark": "影の中",
    "cause.eclipse.lit": "日照中",
    "cause.eclipse.entry": "進入",
    "cause.eclipse.exit": "離脱",
    "cause.sun_in_view.inside": "太陽はビーム中心から {angle}°、日照中",
    "cause.sun_in_view.outside": "太陽はビーム中心から {angle}°（対象は {beam}° 以下）",
    "cause.sun_in_view.behind_earth": "太陽は地球に隠れている",
    "cause.sun_behind.behind_for_some": (
        "地球中心から見て太陽から {angle}°。いずれかの地点では太陽の前にある"
    ),
    "cause.sun_behind.elsewhere": "太陽から {angle}°（対象は {limit}° 以下）",
    "cause.sun_behind.behind_for_station": "{spot} から見て太陽から {angle}°",
    "cause.sun_behind.elsewhere_for_station": "{spot} から見て太陽から {angle}°",
    "cause.sun_behind.station_not_in_sight": "衛星または太陽が {spot} の地平線より下",
    "cause.storm.storm": "G{level}：{at} に Kp {kp}（ap {ap}）、{hours} 時間の最大",
    "cause.storm.quiet": "{hours} 時間の最大 Kp は {kp}（ap {ap}）。G1 は 5- から",
    "cause.storm_day.disturbed": "{hours} 時間の Ap は {ap}。{limit} 以上が小規模な磁気嵐",
    "cause.storm_day.quiet": "{hours} 時間の Ap は {ap}。{limit} 以上が小規模な磁気嵐",
    "cause.solar_flux.high": "{flux} sfu（高い値は {limit} から）",
    "cause.solar_flux.usual": "{flux} sfu（高い値は {limit} から）",
    "cause.south_atlantic.inside": "直下の地表で {field} nT（限度 {limit}）、高度 {height} km",
    "cause.south_atlantic.outside": "直下の地表で {field} nT（限度 {limit}）",
    "cause.south_atlantic.too_high": "高度 {height} km では対象外（放射線帯を参照）",
    "cause.radiation_belt.inside": "{belt}、L 値 {shell}、高度 {height} km",
    "cause.radiation_belt.outside": "L 値 {shell}、高度 {height} km：外側",
    "cause.radiation_belt.inner": "内帯",
    "cause.radiation_belt.outer": "外帯",
    "cause.meteor_shower.active": (
        "{shower}。全流星群で 1 時間に {hourly} 個、流星群がなければ {sporadic} 個"
    ),
    "cause.meteor_shower.weak": (
        "{shower}（弱い）：1 時間に {hourly} 個、流星群がなければ {sporadic} 個"
    ),
    "cause.meteor_shower.none": "主要な流星群なし",
    "cause.debris_flux.expected": "高度 {height} km で 1 cm の衝突は偶然により 1 日 {expected} 回",
    "cause.debris_flux.rare": "高度 {height} km で 1 cm の衝突は偶然により 1 日 {expected} 回",
    "cause.debris_flux.no_flux_there": "高度 {height} km ではカタログの情報が足りない",
    "cause.element_age.stale": "{age} 日前のもの。{limit} 日を超えると位置は数十 km ずれる",
    "cause.element_age.fresh": "{age} 日前のもの",
    "cause.element_age.few_sets": "時刻との差 {age} 日。{number} 組では比較できない",
    "cause.element_age.later_sets_only": "時刻より前のものがない。最初のものは {age} 日後",
    "cause.after": "{minutes} 分後",
    "cause.before": "{minutes} 分前",
    "cause.place.below": "直下",
    "cause.chance.one_in": "{number} 時刻に 1 回",
    "cause.chance.percent": "時刻の {percent} %",
    "cause.chance.both": "{much}（存在は {there} %）",
    "cause.chance.none": "–",
    "cause.summary": (
        "検討した原因候補 {looked} 件：まれ {unusual} 件、よくあるもの {present} 件、"
        "なし {absent} 件、未評価 {unjudged} 件。"
    ),
    "cause.rarest": (
        "まれさを測った {ranked} 件の中で、最もまれなものと同程度のものは"
        "偶然だけでも最大で時刻の {percent} % に現れる。"
    ),
    "cause.rarest.none": "まれさを測ったもののうち、存在したものはない。",
    "cause.where": (
        "{moment} の {asset}：{point} の上空 {height} km。軌道要素は {epoch}、"
        "調べた物体は {objects} 個。"
    ),
    "cause.next": (
        "まずまれなものを確認し、前後数分のテレメトリを運用者に照会し、"
        "未評価の項目には不足するデータを与える（各行に示す）。"
    ),
    "cause.note": (
        "まれさは先に見るべきものを示し、原因を示すものではない。原因候補は互いに関連し、"
        "ありふれたものが原因のこともあり、調べていないものはここにない。"
        "近くの物体は物理的な事実であり、誰かについての判断ではない。"
        "「未評価」は情報の不足であり、問題がないという意味ではない。"
    ),
    "cause.not_looked_at": (
        "ここではまったく調べていないもの：太陽フレア、プロトン現象、電子フラックス。衛星の姿勢・"
        "電力・温度。コマンドとソフトウェア。運用者の申告。カタログにない送信源。"
        "どのセンサーも追跡していない物体。"
    ),
    "cause.assumptions": (
        "前提：ビームは地球中心を向き、片側 {beam}°。地上の地点は {place}。"
        "偶然の頻度：{days} 日の範囲で選んだ {drawn} 時刻（シード {seed}）に同じ判定を行った割合。"
        "季節と指数は一年、履歴と地図はその期間から選ぶ。"
    ),
    "cause.column.standing": "評価",
    "cause.column.cause": "原因候補",
    "cause.column.what": "その時刻の状況",
    "cause.column.chance": "偶然に同程度",
    "cause.column.span": "比較した時刻",
    "cause.column.object": "物体",
    "cause.column.range": "距離",
    "cause.column.speed": "相対速度",
    "cause.column.angle": "角度",
    "cause.column.at": "時刻",
    "cause.span": "{drawn} 時刻中 {as_much}、{start} から {end}",
    "cause.page.title": "考えられる原因",
    "cause.page.objects": "これらの原因候補に関わる物体",
    "cause.shower.quadrantids": "しぶんぎ座流星群",
    "cause.shower.lyrids": "こと座流星群",
    "cause.shower.eta_aquariids": "みずがめ座エータ流星群",
    "cause.shower.daytime_arietids": "昼間おひつじ座流星群",
    "cause.shower.southern_delta_aquariids": "みずがめ座デルタ南流星群",
    "cause.shower.perseids": "ペルセウス座流星群",
    "cause.shower.orionids": "オリオン座流星群",
    "cause.shower.leonids": "しし座流星群",
    "cause.shower.geminids": "ふたご座流星群",
    "cause.shower.ursids": "こぐま座流星群",
}
