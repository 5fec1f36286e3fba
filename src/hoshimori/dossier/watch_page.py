"""The watch board as one self-contained page: nothing is loaded, everything is escaped."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

from hoshimori import __version__
from hoshimori.dossier.board_rows import summary
from hoshimori.dossier.board_sections import board_section, passes_section
from hoshimori.dossier.coverage_sections import (
    glossary_section,
    rates_section,
    rerun_section,
    runs_section,
    sources_section,
    unseen_section,
)
from hoshimori.dossier.incident_sections import incident_sections
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.marking_wording import banner_text
from hoshimori.dossier.markup import Html, joined, tag
from hoshimori.dossier.page_pieces import mark, term, with_times
from hoshimori.dossier.page_style import SCRIPT, STYLE
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.story_wording import planted_sentence
from hoshimori.dossier.wording import attention_text, reality_text
from hoshimori.model.board import WatchBoard
from hoshimori.model.incidents import Attention
from hoshimori.model.provenance import Reality

_SOURCES_IN_HEAD = 3


def watch_page(board: WatchBoard, language: Language, command: str) -> str:
    """Return the board as an HTML page that needs nothing else, on screen or on A4 paper.

    `command` is the command line that makes the same board again. The same board gives the same
    bytes. Object names, sources and messages are escaped; no script is needed to read the page.
    """
    content = tag(
        "div",
        tag(
            "div",
            _head(board, language),
            tag(
                "main",
                _summary(board, language),
                _story(board, language),
                board_section(board, language),
                passes_section(board, language),
                incident_sections(board, language),
                unseen_section(board, language),
                runs_section(board, language),
                rates_section(board, language),
                sources_section(board, language),
                rerun_section(command, language),
                glossary_section(language),
            ),
            _foot(language),
        ),
        class_="content",
    )
    sheet = tag("div", _banner(board, language), content, class_="sheet")
    skip = tag("a", say(language, "page.skip"), href="#board", class_="skip")
    body = tag("body", skip, sheet, tag("script", Html(SCRIPT)))
    page = tag("html", _document_head(board, language), body, lang=language.value)
    return f"<!DOCTYPE html>\n{page}\n"


def _document_head(board: WatchBoard, language: Language) -> Html:
    title = f"{say(language, 'page.title')} {utc_text(board.as_of_utc)} · Hoshimori"
    if board.reality is not Reality.REAL:
        title = f"[{reality_text(board.reality, language)}] {title}"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=page_policy()),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Html(STYLE)),
    )


def page_policy() -> str:
    """Return the content policy: nothing is loaded, and only the page's own script runs."""
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    return (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        f"script-src 'sha256-{digest}'"
    )


def _banner(board: WatchBoard, language: Language) -> Html:
    kind = board.reality.name.lower()
    meaning = Html()
    if board.reality is not Reality.REAL:
        meaning = tag("span", say(language, f"reality.{kind}.meaning"))
    issue = f"{say(language, 'page.title')} · {utc_text(board.as_of_utc)}"
    line = tag(
        "div",
        tag("b", banner_text(board.marking, board.reality, language)),
        meaning,
        tag("span", issue, class_="issue"),
    )
    return tag("aside", line, class_=f"running {kind}", aria_label=issue)


def _head(board: WatchBoard, language: Language) -> Html:
    end = utc_text(board.as_of_utc + timedelta(days=board.days_ahead))
    duration = say(language, "duration.days", number=f"{board.days_ahead:g}")
    facts = (
        ("page.as_of", utc_text(board.as_of_utc)),
        ("page.window", say(language, "page.window.value", duration=duration, end=end)),
        ("page.assets", f"{len(board.assets):,}"),
        ("page.objects", f"{board.coverage.objects:,}"),
    )
    tagline = say(language, "page.tagline")
    brand = tag("p", tag("b", "星守 Hoshimori"), " · ", tagline, class_="brand")
    return tag(
        "header",
        brand,
        tag("h1", say(language, "page.title")),
        tag(
            "dl",
            *(term(say(language, key), with_times(value)) for key, value in facts),
            term(say(language, "sources.heading"), _sources_line(board, language), wide=True),
            class_="facts",
        ),
    )


def _sources_line(board: WatchBoard, language: Language) -> Html:
    shown = board.provenances[:_SOURCES_IN_HEAD]
    left_out = len(board.provenances) - len(shown)
    told = [
        tag("span", source.source, " ", tag("code", f"sha256 {source.payload_sha256[:12]}…"))
        for source in shown
    ]
    if left_out > 0:
        told.append(tag("a", f"+ {left_out:,}", href="#sources"))
    return Html(" · ".join(told)) if told else joined(say(language, "sources.none"))


def _summary(board: WatchBoard, language: Language) -> Html:
    said = [tag("p", sentence) for sentence in summary(board, language)]
    silence = tag("p", say(language, "summary.silence"), class_="silence")
    counts = (_count(board, attention, language) for attention in reversed(Attention))
    return tag(
        "div",
        tag("div", *said, silence, class_="said"),
        tag("ul", *counts, class_="counts"),
        class_="summary",
    )


def _story(board: WatchBoard, language: Language) -> Html:
    """Return what was planted, where the sky is a made one: nobody need guess."""
    if not board.story:
        return Html()
    lines = (tag("li", planted_sentence(one, language)) for one in board.story)
    heading = tag("summary", say(language, "story.heading"))
    return tag("details", heading, tag("ul", *lines), class_="fold")


def _count(board: WatchBoard, attention: Attention, language: Language) -> Html:
    number = sum(1 for incident in board.incidents if incident.attention is attention)
    words = attention_text(attention, language)
    return tag("li", tag("b", f"{number:,}"), mark(attention), words, class_=attention.name.lower())


def _foot(language: Language) -> Html:
    return tag(
        "footer",
        tag("p", say(language, "page.physics")),
        tag("p", say(language, "page.footer", version=__version__)),
        tag("p", say(language, "page.unclassified"), class_="classified"),
    )
