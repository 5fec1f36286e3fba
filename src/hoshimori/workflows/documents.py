"""The documents of a dossier as files: exhibits, one page and one paper in each language."""

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
from hoshimori.model.dossiers import Blob, Item

DOCUMENT, EXHIBIT = "document", "exhibit"
_PAPER = "application/pdf"
FONTS = Path(__file__).with_name("fonts")
_STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
"""Kept for long, and read aloud: ISO 19005-3 level A, and ISO 14289-1."""


def documents(briefing: Briefing, language: Language) -> tuple[Blob, ...]:
    """Return the page, the paper and the exhibits; the same briefing gives the same bytes."""
    document = dossier_document(briefing, language)
    stem = f"dossier-{language.value}"
    page = dossier_page(document).encode()
    source = dossier_paper(document, briefing.composed_utc)
    return (
        Blob(f"{stem}.html", "text/html", page),
        Blob(f"{stem}.pdf", _PAPER, paper_bytes(source, briefing.composed_utc)),
        *_exhibits(document),
    )


def document_items(
    briefing: Briefing, languages: Sequence[Language] = tuple(Language)
) -> tuple[Item, ...]:
    """Return the documents in some languages, by default in every one, as items of the dossier."""
    return tuple(
        Item(
            f"file/{blob.name}",
            DOCUMENT if blob.media_type != "image/svg+xml" else EXHIBIT,
            briefing.marking,
            briefing.reality,
            blob,
        )
        for language in languages
        for blob in documents(briefing, language)
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
        name = f"exhibit-{exhibit.name}-{document.language.value}.svg"
        yield Blob(name, "image/svg+xml", standalone(exhibit.svg).encode())


def papers_of(items: Sequence[Item]) -> dict[Language, bytes]:
    """Return the papers among the items of a dossier, by language."""
    papers = {}
    for item in items:
        if isinstance(item.content, Blob) and item.content.media_type == _PAPER:
            papers[Language(item.content.name.removesuffix(".pdf")[-2:])] = item.content.data
    return papers
