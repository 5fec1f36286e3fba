"""HTML that is safe by construction: text is escaped unless it was made here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

_WITHOUT_END: Final = frozenset({"meta", "br", "use"})


class Html(str):
    """Markup that may stand in a page as it is; everything else is escaped."""

    __slots__ = ()


def safe(text: str) -> Html:
    """Return text as markup, escaped unless it is markup already.

    >>> safe("<script>")
    '&lt;script&gt;'
    """
    return text if isinstance(text, Html) else Html(escape(text, quote=True))


def joined(*parts: str) -> Html:
    """Return the parts in order as one piece of markup."""
    return Html("".join(safe(part) for part in parts))


def tag(name: str, *children: str, **attributes: str | bool) -> Html:
    """Return an element; `class_` becomes ``class`` and `aria_label` becomes ``aria-label``.

    >>> tag("td", "R & T", class_="number")
    '<td class="number">R &amp; T</td>'
    """
    opening = f"<{name}{''.join(map(_attribute, attributes, attributes.values()))}>"
    if name in _WITHOUT_END:
        return Html(opening)
    return Html(f"{opening}{joined(*children)}</{name}>")


def _attribute(name: str, value: str | bool) -> str:
    if value is False:
        return ""
    hyphenated = name.rstrip("_").replace("_", "-")
    return f" {hyphenated}" if value is True else f' {hyphenated}="{escape(str(value))}"'


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], **attributes: str) -> Html:
    """Return a table with a heading row; the first cell of each row names the row."""
    heading = tag("tr", *(tag("th", cell, scope="col") for cell in head))
    lines = (
        tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:]))
        for row in rows
    )
    return tag("table", tag("thead", heading), tag("tbody", *lines), **attributes)
