"""A document as one self-contained HTML page: nothing is loaded, everything is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from hoshimori.dossier.document import (
    Block,
    Bullets,
    Document,
    Exhibit,
    FirstPage,
    GateState,
    Grid,
    Pairs,
    Paragraph,
    Part,
    Ratings,
    Subheading,
    Summary,
)
from hoshimori.dossier.document_style import DOCUMENT_STYLE
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html, table, tag
from hoshimori.dossier.page_pieces import figure, in_scroll, term, with_times
from hoshimori.dossier.page_style import STYLE
from hoshimori.dossier.quantities import unbroken
from hoshimori.model.provenance import Reality

PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Nothing is loaded, and no script runs; for who serves a page."""


def dossier_page(document: Document) -> str:
    """Return the document as an HTML page that needs nothing else, on screen or on A4 paper.

    The same document gives the same bytes; there is no script.
    """
    first = document.first
    main = tag(
        "main",
        _first_page(document),
        _contents(document),
        *(_part(number, part, document) for number, part in enumerate(document.parts, start=1)),
    )
    foot = tag("footer", tag("p", document.foot), tag("p", document.banner, class_="classified"))
    content = tag("div", tag("div", main, foot), class_="content dossier")
    sheet = tag("div", _banner(document), content, class_="sheet")
    body = tag("body", _watermark(document), sheet)
    title = f"{first.title} · {document.incident_id}"
    if document.reality is not Reality.REAL:
        title = f"[{document.reality_word}] {title}"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=PAGE_POLICY),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Html(STYLE + DOCUMENT_STYLE)),
    )
    page = tag("html", head, body, lang=document.language.value)
    return f"<!DOCTYPE html>\n{page}\n"


def _banner(document: Document) -> Html:
    meaning = tag("span", document.meaning) if document.meaning else Html()
    line = tag(
        "div",
        tag("b", document.banner),
        meaning,
        tag("span", document.incident_id, class_="issue"),
    )
    kind = document.reality.name.lower()
    return tag("aside", line, class_=f"running {kind}", aria_label=document.banner)


def _watermark(document: Document) -> Html:
    """Return the word for what is not real, large and behind everything."""
    if document.reality is Reality.REAL:
        return Html()
    return tag("div", document.reality_word, class_="watermark", aria_hidden="true")


def _first_page(document: Document) -> Html:
    first = document.first
    if isinstance(first, Summary):
        return tag(
            "section",
            _head(document),
            *(tag("p", _words(one), class_="said") for one in first.lines),
            _figure(first.chart, None, document.language),
            class_="front",
        )
    return tag(
        "section",
        _head(document),
        _released(first),
        *(tag("p", _words(one), class_="lead") for one in first.seen),
        tag("h2", first.likelihood_heading),
        *(tag("p", _words(sentence), class_="said") for sentence in first.likelihood),
        _figure(first.chart, None, document.language),
        _confidence(first),
        tag("div", _unknown(first, document.language), _changes(first), class_="two"),
        tag("h2", first.gates_heading),
        tag("ol", *(_gate(gate) for gate in first.gates), class_="gates"),
        tag("p", say(document.language, "sentence.gap").join(first.limits), class_="note"),
        class_="front",
    )


def _head(document: Document) -> Html:
    first = document.first
    tagline = say(document.language, "document.tagline")
    return tag(
        "header",
        tag("p", tag("b", "星守 Hoshimori"), " · ", tagline, class_="brand"),
        tag("p", first.kicker, class_="kicker"),
        tag("h1", first.title),
        tag("p", _words(document.issue), class_="note"),
        tag("dl", *(term(k, _words(v)) for k, v in first.facts), class_="facts"),
    )


def _released(first: FirstPage) -> Html:
    if not first.released:
        return Html()
    head, *lines = first.released
    return tag(
        "div", tag("p", tag("b", head)), *(tag("p", line) for line in lines), class_="released"
    )


def _confidence(first: FirstPage) -> Html:
    return tag(
        "div",
        tag("h2", first.confidence_heading),
        tag("p", _words(first.confidence)),
        class_="kept",
    )


def _unknown(first: FirstPage, language: Language) -> Html:
    lead = tag("p", say(language, "document.unknown.lead"), class_="note")
    lines = tag("ul", *(tag("li", _words(line)) for line in first.unknown))
    return tag("div", tag("h2", first.unknown_heading), lead, lines)


def _changes(first: FirstPage) -> Html:
    lines = tag("ul", *(tag("li", _words(line)) for line in first.change))
    return tag("div", tag("h2", first.change_heading), lines)


def _gate(gate: GateState) -> Html:
    return tag(
        "li",
        tag("b", gate.gate),
        tag("span", gate.name),
        tag("span", _words(gate.state), class_="state"),
        class_="open" if gate.opened else False,
    )


def _contents(document: Document) -> Html:
    lines = (tag("li", tag("a", part.heading, href=f"#{part.anchor}")) for part in document.parts)
    return tag("nav", tag("h2", document.contents_heading), tag("ol", *lines), class_="contents")


def _part(number: int, part: Part, document: Document) -> Html:
    heading = tag("h2", tag("span", f"{number}", class_="nr"), part.heading, id=part.anchor)
    blocks = (_block(block, document) for block in part.blocks)
    return tag("section", heading, *blocks, aria_labelledby=part.anchor, class_="part")


def _block(block: Block, document: Document) -> Html:
    match block:
        case Paragraph():
            return tag("p", _words(block.text), class_=block.tone.value)
        case Subheading():
            return tag("h3", block.text)
        case Bullets():
            return tag("ul", *(tag("li", _words(line)) for line in block.lines))
        case Grid():
            return in_scroll(_grid(block))
        case Ratings():
            return in_scroll(_ratings(block))
        case Pairs():
            return tag("dl", *(term(k, _words(v)) for k, v in block.rows), class_="numbers")
        case Exhibit():
            return _figure(block, document.exhibits.index(block), document.language)
        case _:
            assert_never(block)


def _figure(exhibit: Exhibit, number: int | None, language: Language) -> Html:
    if number is None:
        return figure(exhibit.svg, exhibit.caption, exhibit.key)
    counted = say(language, "document.exhibit", number=str(number))
    return figure(exhibit.svg, f"{counted} · {exhibit.caption}", exhibit.key)


def _grid(grid: Grid) -> Html:
    rows = (tuple(_words(cell) for cell in row) for row in grid.rows)
    return table(grid.head, rows)


def _ratings(ratings: Ratings) -> Html:
    upright = (
        tag("th", tag("span", head), scope="col", class_="upright")
        for head in ratings.heads_of_ratings
    )
    heads = (tag("th", head, scope="col") for head in ratings.head)
    rows = (tag("tr", *_ratings_row(texts, rated)) for texts, rated in ratings.rows)
    return tag(
        "table",
        tag("thead", tag("tr", *heads, *upright)),
        tag("tbody", *rows),
        class_="ratings",
    )


def _ratings_row(texts: tuple[str, ...], rated: tuple[str, ...]) -> Iterator[Html]:
    yield tag("th", _words(texts[0]), scope="row")
    yield from (tag("td", _words(text)) for text in texts[1:])
    yield from (tag("td", one, class_=f"rating r-{one.lower()}") for one in rated)


def _words(text: str) -> Html:
    """Return text as markup in which moments, and numbers with their units, stay together."""
    return with_times(unbroken(text))
