"""Japanese words of where a signal can have come from."""

from __future__ import annotations

from typing import Final

GEOLOCATION_WORDS: Final = {
    "geolocation.title": "信号の発信区域",
    "geolocation.place": "{latitude}・{longitude}",
    "geolocation.size": "半軸 {major} × {minor} km、長軸の方位 {azimuth}°",
    "geolocation.column.where": "区域（95 %）の中心",
    "geolocation.column.size": "楕円の半軸",
    "geolocation.column.area": "面積 km²",
    "geolocation.column.fit": "偶然でこれ以上ずれる割合",
    "geolocation.column.elevation": "最も低い衛星の仰角",
    "geolocation.column.notes": "制約",
    "geolocation.fit.none": "検定不能",
    "geolocation.next": (
        "区域内でこの周波数を使う局を、管轄の主管庁と運用者に照会する。"
        "--formは無線通信規則の報告書、--geojsonは輪郭を書き出す。"
        "区域が長いか複数あるときは、別の時刻に測り直す。"
    ),
    "geolocation.summary.one": (
        "時間差 {tdoa} 個と周波数差 {fdoa} 個に合う区域は一つ：{place} 付近、{size}（95 %）。"
    ),
    "geolocation.summary.many": (
        "時間差 {tdoa} 個と周波数差 {fdoa} 個に同じように合う区域は {number} か所ある。"
        "信号はそのどれか一つから来たが、どれかは測定からは分からない。"
        "最もよく合うのは {place} 付近、{size}（95 %）。"
    ),
    "geolocation.meaning": (
        "区域とは、発信源が示された高さの地上で静止しており、示された誤差が正しいとき、"
        "95 % で発信源を含む範囲である。行動の目標となる地点ではなく、"
        "主管庁や運用者が調べ、照会できる範囲を示す。"
    ),
    "geolocation.references": (
        "基準発信源：{names}（測定 {number} 個）。これがなければ半軸は{without}となる。"
    ),
    "geolocation.references.none": ("基準発信源なし：軌道と時計の誤差がそのまま区域に含まれる。"),
    "geolocation.without.nothing": "定まらない値（区域なし）",
    "geolocation.km": "約 {km} km ",
    "geolocation.orbits": (
        "軌道と時計が正確に分かっていれば、最もよく合う区域の半軸は {km} km となる。"
    ),
    "geolocation.states": "衛星の状態：{satellites}。",
    "geolocation.state.ephemeris": "{name} は軌道暦（1σ {sigma}）",
    "geolocation.state.element_sets": "{name} は {age} 日離れた軌道要素（1σ {sigma}）",
    "geolocation.height": "発信源の高さ：{height} ± {sigma} m（1σ）。",
    "geolocation.excluded.one": "はるかに合わない場所がほかに 1 か所あり、除いた。",
    "geolocation.excluded.many": "はるかに合わない場所がほかに {number} か所あり、除いた。",
    "geolocation.hidden.one": "衛星が地平線下となる場所が 1 か所合うが、除いた。",
    "geolocation.hidden.many": "衛星が地平線下となる場所が {number} か所合うが、除いた。",
    "geolocation.rejected.one": "受け付けなかった測定が 1 個ある：",
    "geolocation.rejected.many": "受け付けなかった測定が {number} 個ある：",
    "geolocation.note.ambiguous": "鏡像の場所があり、測定からはどれか分からない",
    "geolocation.note.only_tdoa": "時間差のみ",
    "geolocation.note.only_fdoa": "周波数差のみ",
    "geolocation.note.long": "{longest} km より長い",
    "geolocation.note.ill_conditioned": "一方向だけ精度がはるかに悪い",
    "geolocation.note.lines_along": "位置の線がほぼ平行",
    "geolocation.note.baseline_along_sight": "そこから見て衛星がほぼ重なる",
    "geolocation.note.low": "仰角 5° 未満の衛星がある",
    "geolocation.note.below_horizon": "衛星が地平線下：そこからではない",
    "geolocation.note.outside_footprint": "共通の可視域の外：そこからではない",
    "geolocation.note.bent": "楕円ではない：輪郭は曲がった区域に沿う",
    "geolocation.note.inconsistent": "測定どうしが誤差を超えて矛盾する",
    "geolocation.note.unchecked": "余分な測定がなく、誤りがあっても分からない",
    "geolocation.note.orbits_decide": "軌道の誤差が大きさを決める：基準発信源があれば改善する",
    "geolocation.note.none": "なし",
    "geolocation.page.map": "区域と位置の線",
    "geolocation.page.map.key": (
        "塗られた範囲が 95 % で発信源を含む。実線は時間差、破線は周波数差の線。"
        "中心から東と北への距離（km）で示し、細い線は緯度と経度である。"
    ),
    "geolocation.page.area": "区域 {number}：{place}",
    "geolocation.page.when": "測定時刻",
    "geolocation.page.limits": "この結果の制約",
    "geolocation.plot.east": "東、km",
    "geolocation.plot.north": "北、km",
    "geolocation.written": "{what} を {path} に書き出した",
}
