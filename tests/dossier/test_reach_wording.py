"""Warning times in words: bounds as bounds, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from hoshimori.cli.reach_board import reach_view
from hoshimori.dossier.language import Language
from hoshimori.dossier.reach_wording import count_sentence, reach_header, reacher_row
from hoshimori.model.findings import BaseRate, Confidence, Interval, Relation
from hoshimori.model.objects import ObjectType
from hoshimori.model.provenance import Reality
from hoshimori.model.reach import (
    AssetReach,
    PlaneForecast,
    Reacher,
    ReachOutlook,
    WarningCount,
    WarningLimit,
    WarningTime,
)

RATE = BaseRate("GEO", 400, Interval(0.001, 0.0025, 0.01))


def time(low: float | None, high: float | None = None, limit: str = "PHASE") -> WarningTime:
    return WarningTime(50.0, low, high, WarningLimit[limit], RATE)


def reacher(*times: WarningTime) -> Reacher:
    plane = PlaneForecast(0.67, 0.42, 16.0, 0.3, RATE)
    return Reacher(
        55841, "OTHER", ObjectType.PAYLOAD, Relation.UNRELATED, times, plane, Confidence.LOW, "old"
    )


def outlook() -> ReachOutlook:
    counts = (
        WarningCount(50.0, 0.4, ((1.0, 3), (30.0, 12)), 1, RATE),
        WarningCount(200.0, None, ((1.0, 0),), 0, RATE),
    )
    one = reacher(time(0.0, None, "NEAR"), time(0.3, 0.6))
    asset = AssetReach(44476, "ASSET [A]", "GEO", counts, (one,))
    return ReachOutlook(
        datetime(2026, 3, 1, tzinfo=UTC), 50.0, 30.0, (50.0, 200.0), (asset,), (77,), 1234, 7,
        Reality.EXERCISE, (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (time(0.0, None, "NEAR"), "is alongside"),
        (time(0.02, 0.5), "under 1 h to 12 h"),
        (time(4.0), "4.0 d or more"),
        (time(None, None, "VELOCITY"), "needs more"),
        (time(None, None, "HORIZON"), "over 30 d"),
    ],
)
def test_a_bound_is_never_shown_as_a_forecast(given: WarningTime, text: str) -> None:
    assert reacher_row(reacher(given), 30.0, Language.EN).times == (text,)


def test_the_row_says_what_limits_the_first_time_that_can_be() -> None:
    row = reacher_row(
        reacher(time(None, None, "VELOCITY"), time(9.0, None, "PLANE")), 30.0, Language.EN
    )
    assert row.limit == "drift of the plane"
    assert row.rarity == "1 in 400 GEO"
    assert row.plane == "0.67° apart; 0.42° in 16 d ± 7.2 h (1 in 400 GEO)"


def test_sentences_count_and_tell_what_was_left_out() -> None:
    header = " ".join(reach_header(outlook(), Language.EN))
    assert "within 50 km" in header
    assert "1,234 objects" in header
    assert "77" in header
    first, second = (count_sentence(c, Language.EN) for c in outlook().assets[0].counts)
    assert "shortest warning time 9.6 h" in first
    assert "3 within 24 h" in first
    assert "none in reach" in second


@pytest.mark.parametrize("language", Language)
def test_the_board_is_marked_and_shows_names_as_they_are(language: Language) -> None:
    console = Console(width=140, record=True)
    with console.capture() as shown:
        console.print(reach_view(outlook(), language))
    assert "EXERCISE" in shown.get()
    assert "ASSET [A] (44476)" in shown.get()
    real = replace(outlook(), reality=Reality.REAL)
    with console.capture() as shown:
        console.print(reach_view(real, language))
    assert "EXERCISE" not in shown.get()
