"""The documents of a dossier: exhibits, pages and papers in every language, as items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from hoshimori.dossier.language import Language
from hoshimori.model.changes import Change
from hoshimori.model.dossiers import Blob, Item
from hoshimori.settings import Settings
from hoshimori.workflows.brief import Brief

DOCUMENT, EXHIBIT = "document", "exhibit"
_PAPER = "application/pdf"


def documents_of(
    told: Brief,
    settings: Settings,
    composed_utc: datetime,
    *,
    released_to: frozenset[str] | None = None,
    changes: Sequence[Change] = (),
) -> tuple[Item, ...]:
    """Return the documents of a brief; of a release they tell to whom, and what changed."""
    return tuple(_documents(told, settings, composed_utc, released_to, changes))


def papers_of(items: Sequence[Item]) -> dict[Language, bytes]:
    """Return the papers (PDF) among items, by language."""
    papers = {}
    for item in items:
        if isinstance(item.content, Blob) and item.content.media_type == _PAPER:
            papers[Language(item.content.name.split(".")[-2])] = item.content.data
    return papers


def _documents(
    told: Brief,
    settings: Settings,
    composed_utc: datetime,
    released_to: frozenset[str] | None,
    changes: Sequence[Change],
) -> Iterator[Item]:
    yield from ()
