"""Japanese words of disturbed receivers and satellite links."""

from __future__ import annotations

from typing import Final

RECEIVER_WORDS: Final = {
    "kind.interference.receiver": "受信の乱れ",
    "regime.RECEIVER_TIME": "この受信機の過去の同じ長さの時間",
    "next_step.compare_reception": "他の受信機と比較し、スペクトルを確認",
    "headline.receiver.all_fell": "{receiver}：すべての信号が同時に低下",
    "headline.receiver.blank_spot": "{receiver}：信号が遮られた",
    "headline.receiver.stronger_alike": "{receiver}：信号が強まり、強さが揃った",
    "headline.receiver.one_satellite": "{receiver}：{satellites}の信号だけが低下",
    "headline.receiver.faded": "{receiver}：信号がゆっくり減衰",
    "headline.receiver.slow_change": "{receiver}：受信状態が数日にわたり変化",
    "headline.receiver.unclear": "{receiver}：受信が乱れた",
    "receiver.name": "{name}（{link}）",
    "receiver.name.object": "{name}（{object}の{link}）",
    "receiver.link.navigation": "衛星測位",
    "receiver.link.downlink": "ダウンリンク",
    "receiver.link.uplink": "アップリンク",
    "receiver.link.crosslink": "衛星間リンク",
    "receiver.reception.all_fell": "全信号が同時に低下",
    "receiver.reception.blank_spot": "遮られた",
    "receiver.reception.stronger_alike": "強まり揃った",
    "receiver.reception.one_satellite": "一つの衛星のみ",
    "receiver.reception.faded": "ゆっくり減衰",
    "receiver.reception.slow_change": "数日にわたり変化",
    "receiver.reception.unclear": "区別できない",
    "receiver.quantity.cn0": "搬送波対雑音比C/N0",
    "receiver.quantity.cn0_spread": "衛星間のC/N0のばらつき",
    "receiver.quantity.gain_control": "利得制御",
    "receiver.quantity.noise_floor": "雑音レベル",
    "receiver.quantity.bit_errors": "ビット誤り率",
    "receiver.quantity.rssi": "受信電力",
    "receiver.quantity.other_rssi": "別の無線機の受信電力",
    "receiver.quantity.used": "可視衛星のうち使用中の割合",
    "receiver.quantity.position_offset": "位置のずれ",
    "receiver.quantity.clock_offset": "時刻のずれ",
    "receiver.until": "{start}から{end}まで",
    "receiver.goes_on": "{start}から、最後の標本でも継続中",
    "receiver.change": "{quantity} {usual} → {during}",
    "receiver.satellites": "直前に追尾していた{tracked}機のうち{fallen}",
    "receiver.lower": "{size}低下",
    "receiver.higher": "{size}上昇",
    "receiver.times": "{size}倍に増加",
    "receiver.seconds": "{number}秒",
    "receiver.minutes": "{number}分",
    "explain.receiver": "{quantity}が{duration}にわたり{depth}した（{when}）。",
    "explain.receiver.changes": "直前の平穏な標本との比較：{changes}。",
    "explain.receiver.unchanged": "通常どおり：{quantities}。",
    "explain.receiver.satellites": (
        "直前に追尾していた{tracked}機のうち{fallen}機が低下または消失した。"
    ),
    "explain.receiver.all_fell": (
        "外部の何かが帯域内に電力を加えたか、他の受信が続く中ですべての信号が失われた。"
        "一つの受信機では、どこからかは分からない。"
    ),
    "explain.receiver.blank_spot": (
        "一部の信号だけが失われたか、別の無線機も受信できなかったか、雑音が増えなかった。"
        "間に何かがある場合と同じである。"
    ),
    "explain.receiver.stronger_alike": (
        "同じ周波数の別の信号源ではこのようになる。屋内の再放射装置でも同じである。"
    ),
    "explain.receiver.one_satellite": "その衛星自体、または経路上の反射による。",
    "explain.receiver.faded": "10 GHzを超える周波数での雨と同じである。現地の天候と比較する。",
    "explain.receiver.slow_change": "経年変化、植物の成長、季節と同じである。",
    "explain.receiver.unclear": "測定された量からは理由が分からない。",
    "explain.receiver.limit": (
        "一つの受信機では場所も発信源も分からない。受信機自体の故障、移動、機器の切替えでも"
        "同じに見えることがある。"
    ),
    "rarity.sentence.receiver": (
        "この受信機の過去の同じ長さの時間{compared}個のうち{share}が同程度に深かった"
        "（{interval}、95 %）。"
    ),
    "rarity.sentence.receiver.none": "この受信機の過去が短く、どれほど稀かは分からない。",
    "measure.receiver": "受信機",
    "measure.reception": "変化の内容",
    "measure.band": "帯域と偏波",
    "measure.depth": "深さ",
    "measure.lasting": "継続時間",
    "measure.rise": "通常から半分の深さまで",
    "measure.changes": "直前の平穏な標本との比較",
    "measure.satellites": "低下した衛星",
    "measure.quiet": "直前の平穏な標本",
    "measure.radio.frequency": "妨害の周波数",
    "measure.radio.bandwidth": "帯域幅",
    "measure.radio.polarisation": "観測された偏波",
    "measure.radio.link": "乱れたリンク",
    "measure.radio.beam": "ビーム",
    "measure.radio.level": "雑音に対するレベル",
    "measure.radio.modulation": "観測された変調",
    "measure.radio.telemetry": "示しているテレメトリの時間",
    "measure.radio.effect": "サービスへの影響",
    "measure.radio.steps": "講じた措置",
    "receivers.next.outside": (
        "近くの受信機や同じ帯域の受信機と比較し、スペクトルを確認し、切替えや移動の有無を照会する。"
        "二つの衛星で受信される場合は、hoshimori geolocate で区域が分かる。"
    ),
    "receivers.next.other": (
        "外部からの電力を示すものはない。他の受信機と、10 GHzを超える帯域では天候とも比較する。"
    ),
    "receivers.next.none": "対応は不要。何が見えたはずかは下に示す。",
    "receivers.summary.one": "受信の乱れ1件（外部からの電力によるもの{outside}件）。",
    "receivers.summary.many": "受信の乱れ{number}件（外部からの電力によるもの{outside}件）。",
    "receivers.summary.none": "受信の乱れはない。",
    "receivers.coverage": (
        "{receiver}：{first}から{last}までの標本{samples}個のうち{judged}個を自身の過去と"
        "比較できた（{quantities}）。値の固着{stuck}個、途絶{silences}回、"
        "短すぎて報告しない乱れ{short}件。"
    ),
    "receivers.coverage.none": "{receiver}：既知の標本はない。",
    "receivers.rejected.one": "読めなかった行が1行ある。",
    "receivers.rejected.many": "読めなかった行が{number}行ある。",
    "receivers.repeated.one": "他の行の重複または訂正が1行ある。",
    "receivers.repeated.many": "他の行の重複または訂正が{number}行ある。",
    "receivers.restart": "{place}（{since}から）",
    "receivers.restarts.one": (
        "標本の番号が{places}で始めに戻る。以後は後の標本として読む。"
        "始まった時刻は不明で、時刻は続けて数えたものである。"
    ),
    "receivers.restarts.many": (
        "標本の番号が{number}回始めに戻る（{places}）。以後は後の標本として読む。"
        "始まった時刻は不明で、時刻は続けて数えたものである。"
    ),
    "receivers.further.one": "ほかに1件ある。--allで表示する。",
    "receivers.further.many": "ほかに{number}件ある。--allで表示する。",
    "receivers.column.receiver": "受信機",
    "receivers.column.what": "変化の内容",
    "receivers.column.when": "時刻（UTC）",
    "receivers.column.lasted": "継続時間",
    "receivers.column.depth": "深さ",
    "receivers.column.unusual": "珍しさ",
    "receivers.column.confidence": "確度",
    "receivers.page.title": "受信機と衛星リンク",
    "receivers.page.course": "{quantity}の推移",
    "receivers.page.onset": "開始",
    "receivers.page.course.key": "乱れた標本に印と網掛けを付けた。破線は通常の値。",
}
