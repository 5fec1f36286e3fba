"""Mistakes of one file, all of them: where each stands, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from hoshimori.errors import FormatError
from hoshimori.formats.toml_lines import Place

_SHOWN = 40


class Mistakes:
    """What is wrong in one file, gathered while it is read and checked."""

    def __init__(self, source: str, lines: Mapping[Place, int]) -> None:
        self._source = source
        self._lines = lines
        self._found: dict[tuple[int, str, str], FormatError] = {}

    def tell(self, place: Place, problem: str) -> None:
        """Note that something is wrong at a place; the same is noted once."""
        line, field = self.line(place), field_of(place)
        error = FormatError(problem, source=self._source, line=line, field=field)
        self._found.setdefault((line, field, problem), error)

    def all(self) -> tuple[FormatError, ...]:
        """Return the mistakes by line."""
        return tuple(self._found[key] for key in sorted(self._found))

    def count(self, place: Place) -> int:
        """Return how many items a list of the file has, those that could not be read too."""
        size = len(place)
        return sum(at[:size] == place and len(at) == size + 1 for at in self._lines)

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the nearest table round it that is written."""
        for length in range(len(place), 0, -1):
            if place[:length] in self._lines:
                return self._lines[place[:length]]
        return 1


def field_of(place: Place) -> str:
    """Return a place as people name it; items are counted from 1.

    >>> field_of(("inject", 2, "at_h"))
    'inject[3].at_h'
    """
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{shown(part, quoted=False)}" if text else shown(part, quoted=False)
    return text


def shown(value: object, *, quoted: bool = True) -> str:
    """Return a value as it can stand in a message: short and printable."""
    try:
        text = repr(value) if quoted or not str(value).isprintable() else str(value)
    except ValueError:  # Python writes no whole number of more than some thousand digits.
        return "a number of very many digits"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def expected_words(word: str, known: Iterable[str]) -> str:
    """Say which words were expected: the one that was meant, where one is alike, else all.

    >>> expected_words("sede", ["seed", "title"]), expected_words("x", ["seed", "title"])
    ('did you mean seed?', 'expected one of seed, title')
    """
    words = list(known)
    alike = get_close_matches(word[:60], words, n=1)
    return f"did you mean {alike[0]}?" if alike else f"expected one of {', '.join(words)}"
