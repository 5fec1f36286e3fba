"""Words that no text of ours may hold, whoever wrote it: verdicts, law, force, and culprits."""

from __future__ import annotations

import re
from typing import Final

from hoshimori.dossier.language import Language

_NEVER: Final = {
    Language.EN: re.compile(
        r"\b(armed attack|act of war|attacker\w*|enem(?:y|ies)|adversar\w*|aggressor\w*|"
        r"culprit\w*|guilty|perpetrator\w*|Article (?:4|5|IV|V)|certainly hostile|retaliat\w*)\b",
        re.IGNORECASE,
    ),
    Language.JA: re.compile(r"武力攻撃|侵略|犯人|加害者|第[四五45]条|報復|敵国|敵対国"),
}


def never_said(text: str, language: Language) -> tuple[str, ...]:
    """Return the words of a text that must not stand there; empty for a sound one.

    >>> never_said("This was an armed attack.", Language.EN)
    ('armed attack',)
    """
    return tuple(found[0] for found in _NEVER[language].finditer(text))
