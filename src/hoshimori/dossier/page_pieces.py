"""Pieces that several sections of a page share: marks, chips, figures, pairs of terms."""

from __future__ import annotations

import re
from typing import assert_never

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html, joined, safe, tag
from hoshimori.dossier.wording import reality_text
from hoshimori.model.incidents import Attention
from hoshimori.model.provenance import Reality

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z")


def mark(attention: Attention) -> Html:
    """Return the shape of an attention as a small drawing; the word stands beside it."""
    shape = _shape(attention)
    return Html(f'<svg class="mark" viewBox="0 0 16 16" aria-hidden="true">{shape}</svg>')


def _shape(attention: Attention) -> str:
    match attention:
        case Attention.LOOK:
            return '<path d="M8 0 16 8 8 16 0 8Z" fill="currentColor"></path>'
        case Attention.WATCH:
            return '<path d="M8 1 16 15H0Z" fill="currentColor"></path>'
        case Attention.LOG:
            ring = 'fill="none" stroke="currentColor" stroke-width="2.4"'
            return f'<circle cx="8" cy="8" r="6" {ring}></circle>'
        case _:
            assert_never(attention)


def reality_chip(reality: Reality, language: Language) -> Html:
    """Return a label for what is not real; nothing for what is."""
    if reality is Reality.REAL:
        return Html()
    return tag("span", reality_text(reality, language), class_="chip")


def figure(drawn: Html, title: str, key: str) -> Html:
    """Return a plot with its caption: what it shows, then how to read its marks."""
    caption = tag("figcaption", tag("b", title), " ", key)
    return tag("figure", tag("div", drawn, class_="plot"), caption)


def term(label: str, value: str, *, wide: bool = False) -> Html:
    """Return a label and its value, as one row of a list of terms."""
    return tag("div", tag("dt", label), tag("dd", value), class_="wide" if wide else False)


def with_times(text: str) -> Html:
    """Return text as markup whose moments do not break over lines.

    >>> with_times("at 2025-03-04T12:33Z & later")
    'at <time>2025-03-04T12:33Z</time> &amp; later'
    """
    return Html(_MOMENT.sub(r"<time>\g<0></time>", safe(text)))


def section(anchor: str, heading: str, *children: str) -> Html:
    """Return a section of the page under its heading."""
    return tag("section", tag("h2", heading, id=anchor), *children, aria_labelledby=anchor)


def next_step(words: str, language: Language) -> Html:
    """Return what to do next, as one line."""
    gap = say(language, "sentence.gap")
    return tag("p", tag("b", say(language, "page.next")), f"{gap}{words}")


def in_scroll(content: Html) -> Html:
    """Return something wide that may scroll sideways on its own, also from a keyboard."""
    return tag("div", joined(content), class_="scroll", tabindex="0")
