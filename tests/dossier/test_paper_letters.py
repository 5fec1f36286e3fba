"""The fonts that come along hold the letters that they are said to hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import hoshimori.workflows
from hoshimori.dossier.language import Language, words
from hoshimori.dossier.paper_letters import LATIN, letters, printable

FONTS = Path(hoshimori.workflows.__file__).with_name("fonts")


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_fonts_hold_all_letters(weight: str) -> None:
    files = sorted(FONTS.glob(f"*-{weight}.*"))
    assert len(files) == 2
    held = {chr(code) for file in files for code in TTFont(file).getBestCmap()}
    assert letters() - held == set()
    assert held - letters() - {"\xad"} == set()


def test_every_font_comes_with_its_licence() -> None:
    for family in ("NotoSans", "NotoSansCJKjp"):
        licence = (FONTS / f"{family}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL Open Font License, Version 1.1" in " ".join(licence.split())


@pytest.mark.parametrize("language", Language)
def test_our_own_words_need_no_stand_in(language: Language) -> None:
    for text in words(language).values():
        assert printable(text) == text


def test_names_of_allies_are_written_as_they_are() -> None:
    for name in (
        "Müller",
        "Łukasiewicz",
        "Şahin",
        "Ågren",
        "Žižka",
        "Πλάτων",
        "髙橋﨑",
        "ほしもり",
    ):
        assert printable(name) == name
    assert letters() > LATIN
