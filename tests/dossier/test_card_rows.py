"""What cards quote of the sweep."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hoshimori.dossier.card_rows import card_lines, quoted_lines
from hoshimori.dossier.language import Language
from hoshimori.dossier.sweep_rows import number_text
from hoshimori.exercise.drawn_scripts import draw
from hoshimori.workflows.sweep_cut import detectors_for
from hoshimori.workflows.watch import DETECTORS, ON_HISTORIES

RESULT = Path(__file__).parents[2] / "benchmarks" / "results" / "accuracy_sweep.json"
CARDS = {detector.card.name: detector.card for detector in (*DETECTORS, *ON_HISTORIES)}


def test_each_detector_that_a_draw_tests_quotes_its_curve() -> None:
    """The separation of known objects from histories is never the first to show a release."""
    for kind, regime in {(one.kind, one.regime) for one in (draw(1, k) for k in range(30))}:
        for detector in detectors_for(kind, regime):
            if detector.card.name != "separation":
                quoted = detector.card.sweep
                assert quoted is not None
                assert kind in {curve.kind for curve in quoted.curves}


@pytest.mark.parametrize("language", Language)
def test_the_sky_the_day_and_the_sizes_are_said(language: Language) -> None:
    document = json.loads(RESULT.read_text(encoding="utf-8"))
    told = document["figures"]["sweep"]
    head, *lines = quoted_lines(CARDS["manoeuvre"], language)
    assert told["sky"] in head
    assert f"{told['objects']:,}" in head
    assert document["measured_utc"][:10] in head
    across = next(
        one
        for one in told["curves"]
        if one["group"] == "low cross-track" and one["measure"] == "delta_v_m_s"
    )
    half, ninety = across["fit"]["half"], across["fit"]["ninety"]
    for size in (half, ninety):
        ends = "[^0-9.]+".join(number_text(size[end]) for end in ("best", "low", "high"))
        assert any(re.search(ends, line) for line in lines)


def test_a_short_quotation_has_one_curve_of_each_kind() -> None:
    short = quoted_lines(CARDS["manoeuvre"], Language.EN, is_whole=False)
    assert len(short) == 1 + 2 + 2
    assert short[1].startswith("burn, all")
    assert quoted_lines(CARDS["conjunction"], Language.EN) == ()


def test_a_card_is_printed_whole() -> None:
    card = CARDS["shadowing"]
    printed = [text for _, text in card_lines(card, Language.EN)]
    assert {card.needs, card.method, card.false_alarm_rate} < set(printed)
    assert set(quoted_lines(card, Language.EN)) < set(printed)
