"""Banners and markings as people read them."""

from __future__ import annotations

import pytest

from hoshimori.dossier.language import Language
from hoshimori.dossier.marking_wording import banner_text, marking_text
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality

PARTNERS = frozenset({"JPN", "USA"})


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reality", Reality)
@pytest.mark.parametrize("marking", [None, Marking(Level.RED, PARTNERS, frozenset({"ORCON"}))])
def test_every_banner_states_the_limit_and_what_is_not_real(
    marking: Marking | None, reality: Reality, language: Language
) -> None:
    banner = banner_text(marking, reality, language)
    assert "NOT FOR CLASSIFIED DATA" in banner
    if reality is not Reality.REAL:
        assert reality.value in banner
    assert ("TLP:RED" in banner) == (marking is not None)
    assert ("USA, JPN" in banner) == (marking is not None)


@pytest.mark.parametrize("level", Level)
def test_levels_stay_as_written_in_every_language(level: Level) -> None:
    english = marking_text(Marking(level), Language.EN)
    assert english == str(Marking(level))
    assert marking_text(Marking(level), Language.JA).startswith(f"{english}（")


def test_a_marking_in_japanese() -> None:
    marking = Marking(Level.AMBER_STRICT, frozenset(), frozenset({"SOURCE TERMS"}))
    told = marking_text(marking, Language.JA)
    assert told == "TLP:AMBER+STRICT（自組織限り）//提供先なし//SOURCE TERMS"
