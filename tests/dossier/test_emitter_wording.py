"""What located emitters are told as: areas with limits, both languages, never a point alone."""

from __future__ import annotations

from typing import Any

import pytest

from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.finding_exhibits import finding_exhibits
from hoshimori.dossier.finding_measures import measures
from hoshimori.dossier.language import Language
from hoshimori.dossier.wording import headline, kind_text, when
from hoshimori.model.receivers import Link

EN, JA = Language.EN, Language.JA


def test_an_ellipse_is_told_with_its_middle_and_what_it_disturbs(boards: Any) -> None:
    one = boards.emitter()
    assert headline(one, {boards.asset: "INTELSAT 39"}, EN) == (
        "carrier 7: came from within ± 27.8 × 0.900 km, long axis 12° (95 %) around "
        f"48.000° N, 8.000° E; disturbs transponder 3, INTELSAT 39 ({boards.asset}), uplink"
    )
    assert "27.8 × 0.900 km" in headline(one, {}, JA)
    assert kind_text(one, EN) == "Emitter located"


def test_a_bent_area_is_told_by_its_edges_alone(boards: Any) -> None:
    one = boards.emitter(areas=(boards.bent,))
    text = headline(one, {}, EN)
    assert "a bent area of 90,000 km², 1,300 km long (95 %), 47.80° N to 48.20° N" in text
    assert "±" not in text


@pytest.mark.parametrize("language", Language)
def test_numbers_and_limits_stand_in_measures_and_sentences(
    boards: Any, language: Language
) -> None:
    one = boards.emitter(areas=(boards.emitter().areas[0], boards.bent), refused=2)
    told = [m.value for m in measures(one, boards.as_of, language)]
    sentences = explanation(one, {}, language)
    for text in ("\n".join(told), sentences):
        assert "8" in text
        assert "1,300 km" in text
    assert "14,000.000000 MHz" in told
    assert [value[:3] for value in told if value[1:2] == "/"] == ["1/2", "2/2"]
    assert "2026" not in when(one, boards.as_of, language) or "Z" in when(
        one, boards.as_of, language
    )


def test_what_breaks_a_line_is_left_out(boards: Any) -> None:
    one = boards.emitter(signal="<b>\n7", receivers=("m\x00",), objects=(), link=Link.NAVIGATION)
    assert headline(one, {}, EN).startswith("<b>7: came from")
    assert headline(one, {}, EN).endswith("disturbs m, satellite navigation")


def test_every_area_has_a_picture(boards: Any) -> None:
    one = boards.emitter(areas=(boards.emitter().areas[0], boards.bent, boards.bent))
    shown = list(finding_exhibits(one, {}, boards.as_of, EN, name="x"))
    assert [exhibit.name for exhibit in shown] == ["x-area-1", "x-area-2", "x-area-3"]
    assert "carrier 7" in shown[0].caption
