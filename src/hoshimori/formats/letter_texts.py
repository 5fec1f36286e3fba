"""What texts, codes and moments of letters look like; what is otherwise is refused by its place."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.formats.fact_items import moment_from_value
from hoshimori.formats.markings import parse_partner_code

LONGEST_TEXT = 10_000
_DEEPEST = 40
_MOST_VALUES = 500_000
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NOT_TEXT = re.compile(
    # Control characters, half characters, and what turns the direction of the text around it.
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)


class Fields:
    """The fields of one JSON object, each asked for by its name and kind."""

    def __init__(self, value: Any, source: str, path: str = "") -> None:
        """Take an object.

        Raises:
            FormatError: the value is no object.
        """
        self._source, self._path = source, path
        if not isinstance(value, Mapping):
            raise self.wrong("", "expected an object of fields")
        self._values = value

    def wrong(self, name: str, problem: str) -> FormatError:
        """Return the error that names a field."""
        path = ".".join(part for part in (self._path, name) if part)
        return FormatError(problem, source=self._source, field=path)

    def get(self, name: str) -> Any:
        """Return a field as it is."""
        if name not in self._values:
            raise self.wrong(name, "is missing")
        return self._values[name]

    def within(self, name: str) -> Fields:
        """Return the fields of an object that stands in a field."""
        return Fields(self.get(name), self._source, name)

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        """Return a text without characters that print nothing."""
        value = self.get(name)
        if not isinstance(value, str):
            raise self.wrong(name, "expected a text")
        if len(value) > longest:
            raise self.wrong(name, f"{len(value):,} characters: expected at most {longest:,}")
        if _NOT_TEXT.search(value):
            raise self.wrong(name, "control characters: expected printable text")
        return value

    def told(self, name: str) -> str:
        """Return a text that says something."""
        value = self.text(name)
        if not value.strip():
            raise self.wrong(name, "nothing in it: expected a text")
        return value

    def code(self, name: str) -> str:
        """Return the code of an organisation."""
        value = self.text(name, 64)
        try:
            return parse_partner_code(value)
        except FormatError as error:
            raise self.wrong(name, error.problem) from None

    def digest(self, name: str) -> str:
        """Return a SHA-256 in hexadecimal digits."""
        return self._is_digest(self.get(name), name)

    def optional_digest(self, name: str) -> str | None:
        """Return a SHA-256, or None for null."""
        return None if self.get(name) is None else self.digest(name)

    def digests(self, name: str, most: int) -> tuple[str, ...]:
        """Return a list of SHA-256."""
        return tuple(self._is_digest(one, name) for one in self.several(name, most))

    def several(self, name: str, most: int) -> list[Any]:
        """Return a list."""
        value = self.get(name)
        if not isinstance(value, list):
            raise self.wrong(name, "expected a list")
        if len(value) > most:
            raise self.wrong(name, f"{len(value):,} of them: expected at most {most:,}")
        return value

    def number(self, name: str) -> int:
        """Return a whole number from 0 on."""
        value = self.get(name)
        if type(value) is not int or value < 0:
            raise self.wrong(name, "expected a whole number from 0 on")
        return value

    def truth(self, name: str) -> bool:
        """Return yes or no."""
        value = self.get(name)
        if not isinstance(value, bool):
            raise self.wrong(name, "expected true or false")
        return value

    def moment(self, name: str) -> datetime:
        """Return a moment in UTC."""
        try:
            return moment_from_value(self.text(name, 40))
        except ValueError:
            raise self.wrong(name, "expected a moment, as in 2026-01-01T00:00:00.000000Z") from None

    def optional_moment(self, name: str) -> datetime | None:
        """Return a moment, or None for null."""
        return None if self.get(name) is None else self.moment(name)

    def octets(self, name: str) -> bytes:
        """Return bytes written in Base64."""
        value = self.get(name)
        if not isinstance(value, str):
            raise self.wrong(name, "expected Base64")
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            raise self.wrong(name, "is not Base64") from None

    def document(self, name: str) -> Mapping[str, Any]:
        """Return an object of anything that JSON can hold, within limits."""
        value = self.get(name)
        if not isinstance(value, Mapping):
            raise self.wrong(name, "expected an object of fields")
        problem = _problem_of(value)
        if problem:
            raise self.wrong(name, problem)
        return value

    def _is_digest(self, value: Any, name: str) -> str:
        if not isinstance(value, str) or not _DIGEST.fullmatch(value):
            raise self.wrong(name, "expected a SHA-256, 64 hexadecimal digits")
        return value


def octets_value(data: bytes) -> str:
    """Return bytes as a JSON text: Base64."""
    return base64.b64encode(data).decode()


def _problem_of(document: Any) -> str:
    """Return what is wrong with a document; it is looked at level by level, never recursively."""
    level, seen = [document], 0
    for _ in range(_DEEPEST):
        seen += len(level)
        if seen > _MOST_VALUES:
            return f"more than {_MOST_VALUES:,} values"
        texts = [one for one in level if isinstance(one, str)]
        if any(_NOT_TEXT.search(text) for text in texts):
            return "control characters: expected printable text"
        below: list[Any] = []
        for one in level:
            if isinstance(one, Mapping):
                below += [*one.keys(), *one.values()]
            elif isinstance(one, list):
                below += one
        if not below:
            return ""
        level = below
    return f"nested deeper than {_DEEPEST} levels"
