"""Letters as people look at them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from hoshimori.formats.letters import letter_value
from hoshimori.formats.markings import write_marking
from hoshimori.model.letter_records import LetterView
from hoshimori.model.letters import DossierContent, SignedLetter
from hoshimori.workflows.share_house import Node
from hoshimori.workflows.share_reading import Held


def letter_views(node: Node, held: Held) -> tuple[LetterView, ...]:
    """Return every letter of a node, the ones that came last first."""
    beside: dict[str, set[str]] = {}
    for one in held.disagreements:
        for letter_id in one.letters:
            beside.setdefault(letter_id, set()).update(set(one.letters) - {letter_id})
    return tuple(
        letter_view(node, held, one, tuple(sorted(beside.get(one.letter_id, ()))))
        for one in reversed(held.letters)
    )


def letter_view(
    node: Node, held: Held, one: SignedLetter, beside: tuple[str, ...] = ()
) -> LetterView:
    """Return one letter with what the house makes of it."""
    partner = node.partners.by_code().get(one.letter.origin)
    kept = held.kept[one.letter_id]
    return LetterView(
        letter_id=one.letter_id,
        letter_kind=one.letter.kind,
        origin=one.letter.origin,
        about=one.letter.about,
        stated_utc=one.letter.stated_utc,
        expires_utc=one.letter.expires_utc,
        marking=write_marking(one.letter.marking),
        reality=one.letter.reality,
        state=held.states[one.letter_id],
        via=kept.via,
        received_utc=kept.received_utc,
        reliability=None if partner is None else partner.reliability,
        accepted=one.letter_id in held.accepted,
        beside=beside,
        byte_count=len(one.line),
    )


def content_shown(one: SignedLetter) -> Mapping[str, Any]:
    """Return what a letter tells as JSON; of a dossier its size and digest."""
    content = one.letter.content
    if isinstance(content, DossierContent):
        digest = hashlib.sha256(content.data).hexdigest()
        return {"byte_count": len(content.data), "sha256": digest}
    shown: Mapping[str, Any] = letter_value(one.letter)["content"]
    return shown
