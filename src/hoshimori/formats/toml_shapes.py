"""What values of a TOML file look like: one description reads, writes, and makes the schema.

A shape reads what `tomllib` returns. What is wrong is noted, and `WRONG` returned in its place, so
that the rest of the file is still read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final, Protocol

from hoshimori.formats.mistakes import Mistakes, expected_words, shown
from hoshimori.formats.toml_lines import Place
from hoshimori.model.finding import Interval


class Wrong(Enum):
    """The type of `WRONG`."""

    WRONG = "wrong"


WRONG: Final = Wrong.WRONG
"""Stands for a value that could not be read."""

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,58}[A-Za-z0-9])?")
_NOT_TEXT = re.compile(
    # Control characters, half characters, and what turns the direction of the text around it.
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
LONGEST_TEXT = 10_000


class Shape(Protocol):
    """How one value is read, written, and described to editors."""

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> Any:
        """Return the value of the model, or `WRONG`."""

    def write(self, value: Any) -> Any:
        """Return what stands in the file."""

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that says something."""

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> str | Wrong:
        """Return it without blanks around it."""
        if not isinstance(value, str):
            mistakes.tell(place, f"{shown(value)} is no text: expected one in quotes")
            return WRONG
        if not value.strip():
            mistakes.tell(place, "nothing in it: expected a text")
            return WRONG
        if len(value) > LONGEST_TEXT:
            mistakes.tell(place, f"{len(value):,} characters: expected at most {LONGEST_TEXT:,}")
            return WRONG
        if found := _NOT_TEXT.search(value):
            mistakes.tell(place, f"character {ord(found[0]):#06x}: expected printable text")
            return WRONG
        return value.strip()

    def write(self, value: Any) -> Any:
        """Return it as it is."""
        return value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}


@dataclass(frozen=True, slots=True)
class Name:
    """A short name that other places of the file refer to."""

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> str | Wrong:
        """Return it."""
        if not isinstance(value, str) or not _NAME.fullmatch(value):
            problem = f"{shown(value)} is no name: expected letters, digits, - and _, at most 60"
            mistakes.tell(place, problem)
            return WRONG
        return value

    def write(self, value: Any) -> Any:
        """Return it as it is."""
        return value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        return {"type": "string", "pattern": f"^{_NAME.pattern}$"}


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> bool | Wrong:
        """Return it."""
        if not isinstance(value, bool):
            mistakes.tell(place, f"{shown(value)}: expected true or false, without quotes")
            return WRONG
        return value

    def write(self, value: Any) -> Any:
        """Return it as it is."""
        return value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number of a unit within limits."""

    unit: str
    low: float
    high: float
    above: bool = False
    """Whether `low` itself is too little."""

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> float | Wrong:
        """Return it."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            mistakes.tell(place, f"{shown(value)} is no number: expected {self.expected}")
            return WRONG
        if not self._holds(value):
            mistakes.tell(place, f"{shown(value)}: expected {self.expected}")
            return WRONG
        return float(value)

    @property
    def expected(self) -> str:
        """Say what is expected, for a message."""
        least = f"above {self.low:,g}" if self.above else f"from {self.low:,g}"
        return f"{self.unit}, {least} to {self.high:,g}"

    def _holds(self, value: float) -> bool:
        """Tell whether it is within; what is not a number or infinite is not."""
        return self.low < value <= self.high if self.above else self.low <= value <= self.high

    def write(self, value: Any) -> Any:
        """Return it as it is."""
        return value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        least = "exclusiveMinimum" if self.above else "minimum"
        return {"type": "number", least: self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within limits."""

    low: int
    high: int

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> int | Wrong:
        """Return it."""
        if type(value) is not int or not self.low <= value <= self.high:
            problem = f"{shown(value)}: expected a whole number, {self.low:,} to {self.high:,}"
            mistakes.tell(place, problem)
            return WRONG
        return value

    def write(self, value: Any) -> Any:
        """Return it as it is."""
        return value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment with its zone."""

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> datetime | Wrong:
        """Return it in UTC."""
        expected = "expected date and time in UTC without quotes, as in 2026-11-01T00:00:00Z"
        if not isinstance(value, datetime):
            mistakes.tell(place, f"{shown(str(value))} is no moment: {expected}")
            return WRONG
        if value.tzinfo is None:
            mistakes.tell(place, f"{value.isoformat()} has no zone: add Z where it is UTC")
            return WRONG
        try:
            return value.astimezone(UTC)
        except OverflowError:
            mistakes.tell(place, f"{value.isoformat()}: {expected}")
            return WRONG

    def write(self, value: Any) -> Any:
        """Return it as it is."""
        return value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        return {"type": "string", "format": "date-time"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A name, or a number from 1 in a list; kept as a text."""

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> str | Wrong:
        """Return it as a text."""
        if type(value) is int:
            read = Whole(1, 1_000).read(value, place, mistakes)
            return str(read) if isinstance(read, int) else WRONG
        return Name().read(value, place, mistakes)

    def write(self, value: Any) -> Any:
        """Return a number where it is one."""
        return int(value) if value.isdecimal() else value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        return {"anyOf": [Whole(1, 1_000).schema(), Name().schema()]}


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words; each stands for a value of the model."""

    choices: Mapping[str, Any]
    noun: str = "word"

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> Any:
        """Return what the word stands for."""
        if not isinstance(value, str) or value not in self.choices:
            meant = expected_words(str(value), self.choices)
            mistakes.tell(place, f"{shown(value)}: unknown {self.noun}; {meant}")
            return WRONG
        return self.choices[value]

    def write(self, value: Any) -> Any:
        """Return the word."""
        return next(word for word, meaning in self.choices.items() if meaning == value)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        return {"enum": list(self.choices)}


@dataclass(frozen=True, slots=True)
class Several:
    """A list of values that look alike."""

    of: Shape
    least: int = 0
    most: int = 1000

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> tuple[Any, ...] | Wrong:
        """Return those that could be read."""
        if isinstance(value, dict):
            mistakes.tell(place, f"one table: expected a list, with [[{place[-1]}]] before each")
            return WRONG
        if not isinstance(value, list):
            mistakes.tell(place, f"{shown(value)} is no list: expected one in [ ]")
            return WRONG
        if not self.least <= len(value) <= self.most:
            limits = f"{self.least} to {self.most:,}" if self.least else f"at most {self.most:,}"
            mistakes.tell(place, f"{len(value):,} given: expected {limits}")
            return WRONG
        read = [self.of.read(one, (*place, n), mistakes) for n, one in enumerate(value)]
        return tuple(one for one in read if one is not WRONG)

    def write(self, value: Any) -> Any:
        """Return a list."""
        return [self.of.write(one) for one in value]

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        least = {"minItems": self.least} if self.least else {}
        return {"type": "array", "items": self.of.schema(), "maxItems": self.most} | least


@dataclass(frozen=True, slots=True)
class Fixed:
    """As many numbers as there are names, each with its own meaning."""

    names: tuple[str, ...]
    of: Number

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> tuple[float, ...] | Wrong:
        """Return them."""
        if not isinstance(value, list) or len(value) != len(self.names):
            expected = f"[{', '.join(self.names)}]"
            mistakes.tell(place, f"{shown(value)}: expected {len(self.names)} numbers, {expected}")
            return WRONG
        read = [self.of.read(one, (*place, n), mistakes) for n, one in enumerate(value)]
        return WRONG if WRONG in read else tuple(one for one in read if one is not WRONG)

    def write(self, value: Any) -> Any:
        """Return a list."""
        return list(value)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        size = len(self.names)
        return {"type": "array", "items": self.of.schema(), "minItems": size, "maxItems": size}


@dataclass(frozen=True, slots=True)
class Span:
    """An interval: ``[low, high]``, or ``[low, best, high]``; without a best, the middle is it."""

    of: Number

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> Interval | Wrong:
        """Return it."""
        if not isinstance(value, list) or len(value) not in (2, 3):
            mistakes.tell(place, f"{shown(value)}: expected [low, high] or [low, best, high]")
            return WRONG
        read = [self.of.read(one, (*place, n), mistakes) for n, one in enumerate(value)]
        edges = [one for one in read if isinstance(one, float)]
        if len(edges) < len(value):
            return WRONG
        if edges != sorted(edges):
            mistakes.tell(place, f"{shown(value)}: expected rising numbers, the lowest first")
            return WRONG
        best = edges[1] if len(edges) == 3 else _middle(edges[0], edges[1])
        return Interval(edges[0], best, edges[-1])

    def write(self, value: Any) -> Any:
        """Return a list, as short as it can be."""
        short = value.best == _middle(value.low, value.high)
        return [value.low, value.high] if short else [value.low, value.best, value.high]

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        return {"type": "array", "items": self.of.schema(), "minItems": 2, "maxItems": 3}


@dataclass(frozen=True, slots=True)
class BothLanguages:
    """The same text in English and in Japanese: ``{ en = "...", ja = "..." }``."""

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> dict[str, str] | Wrong:
        """Return the texts by language."""
        if not isinstance(value, dict):
            mistakes.tell(place, f'{shown(value)}: expected {{ en = "...", ja = "..." }}')
            return WRONG
        for key in value:
            if key not in ("en", "ja"):
                mistakes.tell((*place, key), "unknown key; expected en and ja")
        texts = {}
        for key, name in (("en", "English"), ("ja", "Japanese")):
            if key not in value:
                mistakes.tell((*place, key), f"is missing: add the {name} text")
                continue
            text = Text().read(value[key], (*place, key), mistakes)
            if isinstance(text, str):
                texts[key] = text
        if "ja" in texts and not _JAPANESE.search(texts["ja"]):
            mistakes.tell((*place, "ja"), f"{shown(texts['ja'])} is not Japanese: translate it")
            return WRONG
        return texts if len(texts) == 2 else WRONG

    def write(self, value: Any) -> Any:
        """Return a table."""
        return dict(value)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        texts = {"en": Text().schema(), "ja": Text().schema()}
        return {
            "type": "object",
            "properties": texts,
            "required": ["en", "ja"],
            "additionalProperties": False,
        }


def _middle(low: float, high: float) -> float:
    return 0.5 * low + 0.5 * high
