"""What was planted in a made sky, in words."""

from __future__ import annotations

from hoshimori.dossier.language import Language, say
from hoshimori.model.planted import Planted


def planted_sentence(planted: Planted, language: Language) -> str:
    """Return what was planted as one sentence."""
    return say(
        language,
        f"planted.{planted.kind.name.lower()}",
        asset=planted.asset,
        other=planted.other,
        measure=planted.measure,
        days=planted.days,
    )
