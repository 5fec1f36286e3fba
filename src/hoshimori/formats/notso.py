"""Notices to space operators (NOTSO): plain text in short lines, marks first and last.

The shape is that of the notices of the Joint Commercial Operations cell as its open training
describes them: a title, one lasting id of the event, overview, assessment, pertinent information.
There is no published standard for it.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

from hoshimori.model.notices import Notice

WIDTH = 72
"""Columns; a letter of East Asian width takes two."""

_INDENT = "   "


def write_notso(notice: Notice) -> bytes:
    """Return a notice as text in UTF-8, no line wider than `WIDTH`."""
    lines = [*notice.marks, "", notice.title]
    lines += [f"{label}: {value}" for label, value in notice.particulars]
    for number, section in enumerate(notice.sections, 1):
        lines += ["", f"{number}. {section.heading}"]
        lines += [_INDENT + paragraph for paragraph in section.paragraphs]
    lines += ["", *notice.marks]
    return ("\n".join(part for line in lines for part in _wrapped(line)) + "\n").encode("utf-8")


def _wrapped(line: str) -> Iterator[str]:
    """Give a line in parts that fit; text without spaces is broken between any two letters."""
    indent = _INDENT if line.startswith(_INDENT) else ""
    text = " ".join(_printable(line).split())
    if not text:
        yield ""
        return
    for part in textwrap.wrap(text, WIDTH - len(indent), break_long_words=False) or [""]:
        yield from (indent + piece for piece in _narrow(part, WIDTH - len(indent)))


def _narrow(text: str, width: int) -> Iterator[str]:
    piece, columns = "", 0
    for letter in text:
        takes = _columns(letter)
        if columns + takes > width:
            yield piece.rstrip()
            piece, columns = "", 0
        piece += letter
        columns += takes
    yield piece


def _columns(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in "WFA" else 1


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
