"""What was planted, in words of both languages."""

from __future__ import annotations

import pytest

from hoshimori.dossier.language import Language
from hoshimori.dossier.story_wording import planted_sentence
from hoshimori.model.planted import Planted, PlantedKind


@pytest.mark.parametrize("kind", PlantedKind)
@pytest.mark.parametrize(("language", "end"), [(Language.EN, "."), (Language.JA, "。")])
def test_every_kind_has_its_sentence(kind: PlantedKind, language: Language, end: str) -> None:
    planted = Planted(kind=kind, asset="SIM A", other="SIM B", measure="3", days="7")
    told = planted_sentence(planted, language)
    assert "SIM A" in told
    assert told.endswith(end)
