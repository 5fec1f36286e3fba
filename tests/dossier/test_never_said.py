"""Words that must stand in no text, whoever wrote it."""

from __future__ import annotations

import pytest

from hoshimori.dossier.language import Language, words
from hoshimori.dossier.never_said import never_said


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (Language.EN, "Article 5 applies: an Armed Attack", ("Article 5", "Armed Attack")),
        (Language.EN, "We name the culprit.", ("culprit",)),
        (Language.EN, "An article of clothing; arms length; friendly", ()),
        (Language.JA, "武力攻撃であり第五条が適用される", ("武力攻撃", "第五条")),
        (Language.JA, "接近が見られた", ()),
    ],
)
def test_verdicts_law_and_culprits_are_found(
    language: Language, text: str, found: tuple[str, ...]
) -> None:
    assert never_said(text, language) == found


@pytest.mark.parametrize("language", Language)
def test_no_word_of_ours_holds_any(language: Language) -> None:
    assert [key for key, text in words(language).items() if never_said(text, language)] == []
