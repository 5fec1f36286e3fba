"""The page of a sweep: whole, in both languages, marked, without anything from outside."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from tests.dossier.test_watch_page import read

from hoshimori.dossier.language import Language
from hoshimori.dossier.sweep_page import sweep_page
from hoshimori.model.finding import Interval
from hoshimori.model.sweeps import (
    Alarms,
    Bin,
    Curve,
    Delay,
    DrawKind,
    DrawRegime,
    Fit,
    OperatingCurve,
    OperatingPoint,
    Sweep,
)

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
COMMAND = "hoshimori rehearse sweep --synthetic --report '<b>.html'"
SHARE = Interval(0.4, 0.5, 0.6)
BINS = tuple(
    Bin(low=low, high=10 * low, middle=3 * low, count=30, found=found,
        share=Interval(max(0.0, found / 30 - 0.1), found / 30, min(1.0, found / 30 + 0.1)))
    for low, found in ((0.01, 0), (0.1, 15), (1.0, 30))
)  # fmt: skip
FIT = Fit(intercept=1.0, slope=2.0, half=Interval(0.2, 0.3, 0.4), ninety=None)


def curve(kind: DrawKind, group: str, measure: str, fit: Fit | None = FIT) -> Curve:
    return Curve(kind=kind, group=group, measure=measure, count=90, found=45, share=SHARE,
                 bins=BINS, fit=fit)  # fmt: skip


SWEEP = Sweep(
    sky="a <made> sky", seed=7, objects=12345, rows=100, fitting=90,
    curves=(
        curve(DrawKind.BURN, "", "delta_v_m_s"),
        *(curve(DrawKind.BURN, one.value, "delta_v_m_s") for one in DrawRegime),
        curve(DrawKind.BURN, "low in-track", "delta_v_m_s"),
        curve(DrawKind.LOSS, "", "cadence_h", None),
    ),
    delays=(Delay(kind=DrawKind.BURN, regime=DrawRegime.LOW, count=45, median_h=18.0,
                  ninety_h=44.0),),
    alarms=(Alarms(finding="manoeuvre", regime=DrawRegime.LOW, count=3, asset_months=34.2,
                   per_asset_month=Interval(0.018, 0.088, 0.26)),),
    operating=(OperatingCurve(
        kind=DrawKind.BURN, finding="manoeuvre", count=90,
        points=(OperatingPoint(rarity=0.0, found=Interval(0.0, 0.0, 0.1),
                               per_asset_month=Interval(0.0, 0.0, 0.11)),
                OperatingPoint(rarity=1.0, found=SHARE,
                               per_asset_month=Interval(0.018, 0.088, 0.26))),
    ),),
    parents=MappingProxyType({"release": (9, 10)}),
    problems=MappingProxyType({"burn": 4}),
)  # fmt: skip


@pytest.mark.parametrize("language", Language)
def test_the_page_is_whole_marked_and_the_same_each_time(language: Language) -> None:
    page = sweep_page(SWEEP, AS_OF, language, COMMAND)
    assert sweep_page(SWEEP, AS_OF, language, COMMAND) == page
    told = read(page)
    assert not told.problems
    assert not told.open
    assert len(told.ids) == len(set(told.ids))
    assert "EXERCISE" in "".join(told.text)
    assert "<made>" not in page
    assert "<b>.html" not in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert page.count('role="img"') == 3
    assert not re.search(r"#01f00\d|@\d+@", page), "a stand-in was left"


def test_the_page_tells_sizes_shares_delays_alarms_and_limits() -> None:
    text = " ".join("".join(read(sweep_page(SWEEP, AS_OF, Language.EN, COMMAND)).text).split())
    for said in (
        "100 scripts were drawn by chance and 90 counted; 4 do not fit the sky. Of 6 the last look",
        "0.3 (0.2 to 0.4)",
        "45 of 90: 50 % (40 to 60 %)",
        "low orbits, along the track",
        "right in 9 of 10",
        "0.088 (0.018 to 0.26), 3 in all",
        "18 h, 44 h (of 45)",
        "Lost from view",
    ):
        assert said in text, said


def test_a_sweep_of_few_draws_is_told_too() -> None:
    few = replace(SWEEP, curves=(), delays=(), alarms=(), operating=(), parents={}, problems={})
    told = read(sweep_page(few, AS_OF, Language.EN, COMMAND))
    assert not told.problems
