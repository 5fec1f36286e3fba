"""Disturbances of reception as rows of plain text, the same for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hoshimori.dossier.language import Language
from hoshimori.dossier.receiver_wording import (
    depth_text,
    lasting_text,
    quantity_text,
    receiver_text,
    receiver_when,
    reception_text,
)
from hoshimori.dossier.wording import confidence_text, rarity_text
from hoshimori.model.findings import ReceiverInterference

_MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class ReceiverRow:
    """One disturbance as people read it; plain text that the door must still escape."""

    receiver: str
    what: str
    when: str
    lasted: str
    depth: str
    unusual: str
    confidence: str


def receiver_row(finding: ReceiverInterference, language: Language) -> ReceiverRow:
    """Return the row of a disturbance."""
    seconds = (finding.end_utc - finding.start_utc).total_seconds()
    return ReceiverRow(
        receiver=receiver_text(finding, {}, language),
        what=reception_text(finding.reception, language),
        when=receiver_when(finding, language),
        lasted=lasting_text(seconds, language),
        depth=f"{quantity_text(finding.leading, language)} {depth_text(finding, language)}",
        unusual=rarity_text(finding.base_rate, language),
        confidence=confidence_text(finding.confidence, language),
    )


def shown_disturbances(
    findings: Sequence[ReceiverInterference],
) -> Sequence[ReceiverInterference]:
    """Return as many as one screen holds; they come ordered by what asks for attention."""
    return findings[:_MOST_ROWS]
