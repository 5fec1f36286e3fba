"""The letters that the fonts of paper documents hold; others are shown by the printers' stand-in.

The fonts come with the program, so that a document looks the same everywhere: Latin, Greek and
Cyrillic letters, signs, kana, and the kanji of Japanese computers (JIS X 0208 with the extensions
of Windows code page 932).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

STAND_IN: Final = "〓"
"""The geta: what Japanese printers set where a letter is missing (JIS X 0208, row 2)."""
_SPANS = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x388, 0x38A), (0x38E, 0x3A1), (0x3A3, 0x3CE),
    (0x400, 0x45F), (0x1E80, 0x1E85), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022),
    (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC), (0x2122, 0x2122),
    (0x2212, 0x2212),
)  # fmt: skip
LATIN: Final = frozenset(
    {"…", *(chr(code) for low, high in _SPANS for code in range(low, high + 1))}
) - {"\xad"}
"""Latin, Greek and Cyrillic letters, figures and their signs."""
_SIGNS = "〜←↑→↓↔⇒⇔∀∂∃∇∈∑√∝∞∠∥∧∨∩∪∫∴∵≈≠≡≤≥≦≧≪≫⊥△▲▽▼◆◇○◎●★☆♀♂♪■□"
_JOINS_NOTHING = {"\xad", "\u200b", "\u200c", "\u200d", "\ufeff"}


@cache
def letters() -> frozenset[str]:
    """Return every letter that the fonts hold."""
    return (LATIN | frozenset(_SIGNS) | _japanese()) - {"≒"}


def _japanese() -> frozenset[str]:
    pairs = (
        bytes((first, second))
        for first in (*range(0x81, 0xA0), *range(0xE0, 0xFD))
        for second in range(0x40, 0xFD)
    )
    found = {pair.decode("cp932", errors="ignore") for pair in pairs}
    return frozenset(
        letter for letter in found if len(letter) == 1 and unicodedata.category(letter) != "Co"
    )


def printable(text: str) -> str:
    """Return text with the stand-in for letters that the fonts lack, without what prints nothing.

    >>> printable("星守 \\u200b😀 ok")
    '星守 〓 ok'
    """
    composed = unicodedata.normalize("NFC", text)
    known = letters()
    return "".join(
        c if c in known else STAND_IN
        for c in composed
        if c not in _JOINS_NOTHING and (c.isprintable() or c in known)
    )
