"""The documents of a dossier: exhibits, pages and papers in every language, as items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import typst

from hoshimori.dossier.document import Document
from hoshimori.dossier.dossier_document import dossier_document
from hoshimori.dossier.dossier_page import dossier_page
from hoshimori.dossier.dossier_paper import dossier_paper
from hoshimori.dossier.exhibit_files import standalone
from hoshimori.dossier.language import Language
from hoshimori.model.briefings import Briefing
from hoshimori.model.changes import Change
from hoshimori.model.dossiers import Blob, Item
from hoshimori.settings import Settings
from hoshimori.workflows.brief import Brief
from hoshimori.workflows.briefing import briefing_of

DOCUMENT, EXHIBIT = "document", "exhibit"
FONTS = Path(__file__).with_name("fonts")
_PAPER, _PAGE, _DRAWING = "application/pdf", "text/html", "image/svg+xml"
_STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
"""Kept for long, and read aloud: ISO 19005-3 level A, and ISO 14289-1."""


def documents_of(
    told: Brief,
    settings: Settings,
    composed_utc: datetime,
    *,
    released_to: frozenset[str] | None = None,
    changes: Sequence[Change] = (),
) -> tuple[Item, ...]:
    """Return the documents of a brief; of a release they tell to whom, and what changed."""
    del settings  # markings are joined in the assessment already
    briefing = briefing_of(
        told, composed_utc=composed_utc, released_to=released_to, changes=changes
    )
    return tuple(
        Item(
            f"file/{blob.name}",
            EXHIBIT if blob.media_type == _DRAWING else DOCUMENT,
            briefing.marking,
            briefing.reality,
            blob,
        )
        for language in Language
        for blob in documents(briefing, language)
    )


def papers_of(items: Sequence[Item]) -> dict[Language, bytes]:
    """Return the papers (PDF) among items, by language."""
    papers = {}
    for item in items:
        if isinstance(item.content, Blob) and item.content.media_type == _PAPER:
            papers[Language(item.content.name.split(".")[-2])] = item.content.data
    return papers


def documents(briefing: Briefing, language: Language) -> tuple[Blob, ...]:
    """Return the page, the paper and the exhibits; the same briefing gives the same bytes."""
    document = dossier_document(briefing, language)
    source = dossier_paper(document, briefing.composed_utc)
    stem = f"dossier.{language.value}"
    return (
        Blob(f"{stem}.html", _PAGE, dossier_page(document).encode()),
        Blob(f"{stem}.pdf", _PAPER, paper_bytes(source, briefing.composed_utc)),
        *_exhibits(document),
    )


def paper_bytes(source: str, composed_utc: datetime) -> bytes:
    """Return the PDF of a paper's source, set in the fonts that come along, and in no others."""
    aware = composed_utc if composed_utc.tzinfo is not None else composed_utc.replace(tzinfo=UTC)
    made = typst.compile(
        source.encode(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=_STANDARDS,
        timestamp=int(aware.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("a paper is one file")
    return made


def _exhibits(document: Document) -> Iterator[Blob]:
    for exhibit in document.exhibits:
        name = f"exhibit-{exhibit.name}.{document.language.value}.svg"
        yield Blob(name, _DRAWING, standalone(exhibit.svg).encode())
