"""Items of evidence read as a sentence and intervals with units; what was said is quoted."""

from __future__ import annotations

import pytest

from hoshimori.dossier.evidence_wording import evidence_sentence, numbers_text
from hoshimori.dossier.language import Language, words

EN = Language.EN


@pytest.mark.parametrize("language", Language)
def test_every_kind_is_a_sentence_of_its_own(language: Language) -> None:
    kinds = [
        key.removeprefix("evidence.")
        for key in words(language)
        if key.startswith("evidence.") and not key.startswith("evidence.value.")
    ]
    told = [evidence_sentence(kind, language) for kind in kinds]
    assert len(set(told)) == len(kinds)
    assert all(sentence.endswith((".", "。")) for sentence in told)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, ""),
        ({"km_low": 1.0, "km_high": 4.0}, "1.0 to 4.0 km"),
        ({"days_low": 2.0, "days_high": 30.0}, "2.0 to 30 days"),
        ({"deg_low": 0.01, "deg_high": 0.1}, "0.010° to 0.10°"),
        ({"m_s_low": 0.2, "m_s_high": 0.5}, "0.20 to 0.50 m/s"),
        ({"share_low": 0.001, "share_high": 0.02}, "0.10 % to 2.0 % of comparable objects"),
        ({"drift_deg_day": -0.25}, "drift -0.250°/day"),
        ({"slots": 4.0}, "4 other slots"),
        ({"number": 3.0, "chance": 0.5}, "3, by chance 0.50"),
        ({"km_low": 1.0}, ""),
        ({"source": "the owner", "text": "all works"}, "the owner: “all works”"),
    ],
)
def test_numbers_are_intervals_with_units(values: dict[str, float | str], said: str) -> None:
    assert numbers_text(values, EN) == said


def test_what_was_said_is_never_translated() -> None:
    values = {"source": "the owner", "text": "all works"}
    assert "all works" in numbers_text(values, Language.JA)


def test_several_numbers_stand_side_by_side() -> None:
    values = {"km_low": 1.0, "km_high": 2.0, "drift_deg_day": 0.1}
    assert numbers_text(values, EN) == "1.0 to 2.0 km; drift +0.100°/day"
