"""Where in a TOML text each table, key and item stands: `tomllib` does not tell."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from typing import TypeAlias

Place: TypeAlias = tuple[str | int, ...]
"""Keys and positions (from 0) that lead to a value: ``("inject", 2, "at_h")``."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})(?!")', re.S)
_LONG_LITERAL = re.compile(r"'''.*?'''(?:'{0,2})(?!')", re.S)
_SCALAR = re.compile(r"[^,\]}\n#]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRINGS = (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL)
_DEEPEST = 12
"""No file of ours goes deeper; deeper keys stand where their outer ones do."""
_SYNTAX_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")


def lines_of(text: str) -> Mapping[Place, int]:
    """Return the line (from 1) of every table, key and item of a text that `tomllib` reads.

    >>> lines = lines_of("[[part]]\\nname = 'a'\\n[[part]]\\nname = 'b'\\n")
    >>> lines["part", 1], lines["part", 1, "name"]
    (3, 4)
    """
    scan = _Scan(text)
    scan.document()
    return scan.lines


def syntax_mistake(error: Exception, text: str) -> tuple[int, str]:
    """Return line and cause of an error of `tomllib`."""
    said = str(error)
    found = _SYNTAX_AT.search(said)
    cause = said[: found.start()] if found else said
    line = int(found[1]) if found and found[1] else text.rstrip("\n").count("\n") + 1
    return line, cause


class _Scan:
    """One way through a text, statement by statement."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._counts: dict[Place, int] = {}
        self.lines: dict[Place, int] = {}

    def document(self) -> None:
        base: Place = ()
        while self._skip(_BLANK) < len(self._text):
            if self._text[self._at] == "[":
                base = self._header()
            else:
                self._statement(base)

    def _header(self) -> Place:
        is_list = self._text.startswith("[[", self._at)
        start = self._at
        self._at += 2 if is_list else 1
        *before, last = self._key()
        self._at = self._text.index("]", self._at) + (2 if is_list else 1)
        path: Place = ()
        for part in before:
            path = self._newest(_within(path, part))
            self._note(path, start)
        path = _within(path, last)
        self._note(path, start)
        if is_list:
            self._counts[path] = self._counts.get(path, 0) + 1
        path = self._newest(path)
        self._note(path, start)
        return path

    def _newest(self, path: Place) -> Place:
        """Return a path with the position of its newest table, where it names a list of tables."""
        return (*path, self._counts[path] - 1) if path in self._counts else path

    def _statement(self, base: Place) -> None:
        start = self._at
        path = base
        for part in self._key():
            path = _within(path, part)
            self._note(path, start)
        self._skip(_SPACE)
        self._at += 1  # The sign of equality.
        self._value(path)

    def _key(self) -> list[str]:
        parts = []
        while True:
            self._skip(_SPACE)
            parts.append(self._key_part())
            self._skip(_SPACE)
            if self._text[self._at : self._at + 1] != ".":
                return parts
            self._at += 1

    def _key_part(self) -> str:
        for form in (_BASIC, _LITERAL):
            if found := form.match(self._text, self._at):
                self._at = found.end()
                return str(tomllib.loads(f"key = {found[0]}")["key"])
        found = _BARE.match(self._text, self._at)
        assert found is not None, "not a text that tomllib reads"
        self._at = found.end()
        return found[0]

    def _value(self, path: Place) -> None:
        self._skip(_SPACE)
        sign = self._text[self._at : self._at + 1]
        if sign == "[":
            self._list(path)
        elif sign == "{":
            self._inline_table(path)
        elif sign in ('"', "'"):
            self._at = next(f.end() for form in _STRINGS if (f := form.match(self._text, self._at)))
        else:
            self._skip(_SCALAR)

    def _list(self, path: Place) -> None:
        self._at += 1
        position = 0
        while self._more("]"):
            item = _within(path, position)
            self._note(item, self._at)
            self._value(item)
            position += 1

    def _inline_table(self, path: Place) -> None:
        self._at += 1
        while self._more("}"):
            self._statement(path)

    def _more(self, end: str) -> bool:
        """Step over blanks and commas; tell whether something is left before the end."""
        while self._text[self._skip(_BLANK) : self._at + 1] == ",":
            self._at += 1
        if self._text[self._at : self._at + 1] in (end, ""):
            self._at += 1
            return False
        return True

    def _skip(self, form: re.Pattern[str]) -> int:
        found = form.match(self._text, self._at)
        assert found is not None, "these forms match nothing too"
        self._at = found.end()
        return self._at

    def _note(self, path: Place, at: int) -> None:
        self.lines.setdefault(path, bisect_right(self._ends, at - 1) + 1)


def _within(path: Place, part: str | int) -> Place:
    return (*path, part) if len(path) < _DEEPEST else path
