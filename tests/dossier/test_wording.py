"""What findings say: every kind, every value, both languages, intervals and never points."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.dossier.explanations import explanation, rarity_sentence
from hoshimori.dossier.finding_measures import measures
from hoshimori.dossier.language import Language
from hoshimori.dossier.pattern_wording import aspect_text, mode_text, node_text
from hoshimori.dossier.quantities import duration_text, interval_text, moment_text, utc_text
from hoshimori.dossier.wording import (
    attention_text,
    confidence_text,
    direction_text,
    headline,
    kind_text,
    name_of,
    next_step_text,
    range_text,
    rarity_text,
    reality_text,
    when,
)
from hoshimori.model.findings import (
    BaseRate,
    Confidence,
    GeoMotion,
    Interval,
    PatternShift,
    Relation,
)
from hoshimori.model.incidents import Attention, Direction, NextStep
from hoshimori.model.pattern import Aspect, Mode, NodeKind
from hoshimori.model.provenance import Reality

EN, JA = Language.EN, Language.JA
kilometres = st.floats(0.0, 1e6, allow_nan=False)


@pytest.mark.parametrize("language", Language)
def test_every_kind_and_value_is_told_without_gaps(boards: Any, language: Language) -> None:
    for finding in boards.every_kind():
        told = [
            headline(finding, boards.names, language),
            kind_text(finding, language),
            when(finding, boards.as_of, language),
            explanation(finding, boards.names, language),
            *(m.value for m in measures(finding, boards.as_of, language)),
        ]
        assert all(told)
        assert not [text for text in told if re.search(r"[{}]|nan|None|inf\b", text)]


@pytest.mark.parametrize("language", Language)
def test_every_value_of_every_enumeration_has_words(language: Language) -> None:
    told = [
        *(confidence_text(value, language) for value in Confidence),
        *(next_step_text(value, language) for value in NextStep),
        *(attention_text(value, language) for value in Attention),
        *(direction_text(value, language) for value in Direction),
        *(reality_text(value, language) for value in Reality),
        *(mode_text(value, language) for value in Mode),
        *(aspect_text(value, language) for value in Aspect),
        *(node_text(value, language) for value in NodeKind),
    ]
    assert all(told)


@pytest.mark.parametrize("reality", [Reality.TEST, Reality.SIMULATED, Reality.EXERCISE])
def test_the_word_of_the_data_standard_survives_translation(reality: Reality) -> None:
    assert reality.value in reality_text(reality, JA)


def test_headlines(boards: Any) -> None:
    drifts, near = boards.geo_neighbour(), boards.proximity(relation=Relation.SAME_LAUNCH)
    assert headline(drifts, boards.names, EN) == (
        "LUCH (OLYMP) 2 (55841) drifts in on INTELSAT 39 (44476)"
    )
    assert headline(near, boards.names, EN).endswith("(same launch)")
    assert headline(boards.docked(), boards.names, EN) == (
        "ISS (ZARYA) (25544) and DOCKED CARGO (41469) are docked"
    )
    assert headline(boards.docked(), boards.names, JA) == (
        "ISS (ZARYA) (25544) と DOCKED CARGO (41469) は結合中"
    )
    assert headline(boards.anomaly(), boards.names, EN) == (
        "No new elements of Object 100000001 for 6.2 d"
    )


def test_departures_and_ends_are_told_in_both_languages(boards: Any) -> None:
    overdue = boards.pattern_change()
    assert headline(overdue, boards.names, EN) == (
        "LUCH (OLYMP) 2 (55841) has not burned for 32 d, east-west"
    )
    assert "within 11.0–18.4 d" in explanation(overdue, boards.names, EN)
    assert "573 objects were compared" in explanation(overdue, boards.names, EN)
    changed = boards.pattern_change(shift=PatternShift.MODE_CHANGED)
    assert headline(changed, boards.names, EN).endswith(
        "east-west: chemical keeping (CK) → not kept (NK)"
    )
    assert headline(boards.decay(), boards.names, JA) == "物体 100000001 が再突入へ向けて低下中"
    assert when(boards.decay(), boards.as_of, EN) == "2025-03-09T12:00Z to 2025-03-14T04:48Z"


def test_ranges_are_intervals_and_docked_pairs_have_none(boards: Any) -> None:
    assert range_text(boards.geo_neighbour(), EN) == "62–94 km"
    assert range_text(boards.conjunction(), JA) == "0–4.2 km"
    assert range_text(boards.docked(), EN) == "docked"
    assert range_text(boards.manoeuvre(), EN) == ""
    point = boards.proximity(range_km=Interval(38.0, 38.0, 38.0))
    assert range_text(point, EN) == "about 38 km (uncertainty not stated)"
    without_end = boards.proximity(range_km=Interval(38.0, 50.0, float("inf")))
    assert range_text(without_end, EN) == "38 km or more"


@given(low=kilometres, width=st.floats(1e-6, 1e6))
def test_a_printed_interval_holds_the_interval(low: float, width: float) -> None:
    high = low + width
    if high <= low:
        return
    printed = interval_text(Interval(low, (low + high) / 2.0, high), "", EN).replace(",", "")
    first, last = map(float, printed.split("–"))
    one_hairs_breadth = 1e-8 * max(1.0, high)
    assert first <= low + one_hairs_breadth
    assert high - one_hairs_breadth <= last
    assert first < last


def test_when_says_how_far_away(boards: Any) -> None:
    assert when(boards.conjunction(tca_utc=boards.at(1.5)), boards.as_of, EN) == (
        "2025-03-05T12:00Z (in 36 h)"
    )
    past = boards.geo_neighbour(motion=GeoMotion.ARRIVED, arrival_utc=boards.at(-3.0))
    assert when(past, boards.as_of, EN) == "arrived 2025-03-01T00:00Z (3.0 d ago) ± 6.0 h (1 σ)"
    assert when(boards.anomaly(), boards.as_of, JA) == "2025-02-25T19:12Z（6.2 日前）以降"
    assert when(boards.docked(), boards.as_of, EN) == "throughout the window"
    assert moment_text(boards.as_of, boards.as_of, EN) == "2025-03-04T00:00Z (now)"


def test_a_moment_without_zone_is_utc(boards: Any) -> None:
    assert utc_text(boards.as_of.replace(tzinfo=None)) == utc_text(boards.as_of)
    assert duration_text(float("nan"), EN) == "not known"


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (Interval(0.017, 0.025, 0.037), "1 in 40 GEO"),
        (Interval(0.0, 0.0, 0.004), "fewer than 1 in 250 GEO"),
        (Interval(0.25, 0.31, 0.4), "3 in 10 GEO"),
        (Interval(0.9, 0.99, 1.0), "nearly all GEO"),
        (Interval(0.0, 0.0, 0.0), "not measured"),
    ],
)
def test_rarity(share: Interval, expected: str) -> None:
    assert rarity_text(BaseRate("GEO", 573, share), EN) == expected


def test_a_rate_of_nothing_compared_is_not_measured() -> None:
    nothing = BaseRate("GEO", 0, Interval(0.0, 0.5, 1.0))
    assert rarity_text(nothing, EN) == "not measured"
    assert "cannot be said" in rarity_sentence(nothing, EN)


def test_an_unknown_regime_stands_as_it_is() -> None:
    rate = BaseRate("LEO, sun-synchronous", 900, Interval(0.01, 0.02, 0.03))
    assert rarity_text(rate, EN) == "1 in 50 LEO, sun-synchronous"


def test_explanations_name_interval_base_rate_and_limit(boards: Any) -> None:
    told = explanation(boards.geo_neighbour(), boards.names, EN)
    for part in ("62–94 km", "About 1 in 170", "573", "0.30–1.20 %", "about 10 km", "westward"):
        assert part in told
    calm = explanation(boards.docked(), boards.names, EN)
    assert "raise no alarm" in calm
    assert " km" not in calm
    edge = explanation(boards.conjunction(at_window_edge=True), boards.names, EN)
    assert "outside" in edge


def test_the_range_over_a_day_is_told_where_it_is_known(boards: Any) -> None:
    wide = boards.geo_neighbour(daily_range_km=Interval(292.0, 1800.0, 3904.0))
    told = {m.label: m.value for m in measures(wide, boards.as_of, EN)}
    assert told["Range over the next day"] == "about 290–3,900 km, median 1,800"


def test_names_hold_nothing_that_prints_nothing() -> None:
    nasty = {7: "A\x1b[31mB‮C\u200b\n"}
    assert name_of(7, nasty, EN) == "A[31mBC (7)"
    assert name_of(8, {8: "\x00 "}, EN) == "Object 8"


def test_overdue_counts_back_from_the_picture(boards: Any) -> None:
    old = boards.anomaly(age_days=1.0)
    assert utc_text(boards.as_of - timedelta(days=1)) in when(old, boards.as_of, EN)


def test_where_the_asset_itself_drifts_the_board_says_so(boards: Any) -> None:
    still = boards.geo_neighbour(motion=GeoMotion.DRIFTS_BY)
    moving = boards.geo_neighbour(
        motion=GeoMotion.DRIFTS_BY, asset_drift_deg_day=0.85, drift_deg_day=-0.85
    )
    assert "itself" not in headline(still, boards.names, Language.EN)
    assert headline(moving, boards.names, Language.EN).startswith(
        "INTELSAT 39 (44476) itself drifts by"
    )
    assert "moves faster over the ground: 0.85" in explanation(moving, boards.names, Language.EN)
    assert "自身" in headline(moving, boards.names, Language.JA)
