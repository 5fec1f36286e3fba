"""The statements of one CDM and what each says, whatever notation they came in.

A statement is refused where its keyword is unknown, stands in the wrong part of the message, comes
twice or before a section that should precede it, where its unit is not the standard's, and where
its value is not of its kind.  Empty values and NaN, as NASA CARA writes them, are "not stated".

Source: CCSDS 508.0-B-1, sections 3 and 6.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats import cdm_keywords as words
from hoshimori.formats.epochs import parse_epoch
from hoshimori.formats.records import EARLIEST_EPOCH_UTC
from hoshimori.formats.statements import COMMENT, USER_KEYWORD, Statement, check_text
from hoshimori.model.messages import Entry

_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d{1,4}))?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_ANSWERS = {"YES": True, "NO": False, "N/A": None, "UNKNOWN": None}
_LIMITS = {
    "MISS_DISTANCE": (0.0, math.inf),
    "RELATIVE_SPEED": (0.0, math.inf),
    "COLLISION_PROBABILITY": (0.0, 1.0),
}
_SECTIONS = tuple(words.SECTIONS)


@dataclass(slots=True)
class Part:
    """The statements about the encounter, or about one of the objects."""

    source: str
    line: int
    statements: list[Statement] = field(default_factory=list)

    def fault(self, problem: str, statement: Statement | None = None, keyword: str = "") -> Any:
        """Raise `FormatError` for a statement, or for the part as a whole."""
        raise FormatError(
            problem,
            source=self.source,
            line=statement.line if statement else self.line,
            field=statement.keyword[:40] if statement else keyword,
        )

    def values(self, mandatory: Sequence[str]) -> dict[str, Any]:
        """Return what the keywords say; those that say nothing are left out."""
        self._check_order()
        stated: dict[str, Any] = {}
        for statement in self._ours():
            if statement.keyword not in stated:
                value = self._value(statement)
                if value is not None or (statement.keyword in words.ANSWERS and statement.value):
                    stated[statement.keyword] = value
        for keyword in mandatory:
            if keyword not in stated:
                self.fault(f"missing: every CDM states {keyword}", keyword=keyword)
        return stated

    def comments(self) -> list[str]:
        """Return the comments that say something."""
        found = [s for s in self.statements if s.keyword == COMMENT and s.value]
        for statement in found:
            check_text(statement, self.source)
        return [statement.value for statement in found]

    def further(self, used: Iterable[str]) -> tuple[Entry, ...]:
        """Return the other statements as they are, in the order of the standard."""
        taken = set(used)
        entries = [
            Entry(s.keyword, s.value, words.UNIT.get(s.keyword, ""))
            for s in self._ours()
            if s.keyword not in taken and self._value(s) is not None
        ]
        last = len(words.PLACE)
        return tuple(sorted(entries, key=lambda e: words.PLACE.get(e.keyword, last)))

    def _ours(self) -> list[Statement]:
        return [s for s in self.statements if s.keyword != COMMENT]

    def _check_order(self) -> None:
        seen: dict[str, int] = {}
        reached = 0
        for statement in self._ours():
            keyword = statement.keyword
            self._check_keyword(statement)
            seen[keyword] = seen.get(keyword, 0) + 1
            if seen[keyword] > (2 if keyword in words.IN_BOTH_MATRICES else 1):
                self.fault("is there twice: expected once", statement)
            section = words.SECTION_OF.get(keyword)
            place = _SECTIONS.index(section) if section else reached
            if place < reached:
                self.fault(f"comes too late: expected before {_SECTIONS[reached]}", statement)
            reached = place

    def _check_keyword(self, statement: Statement) -> None:
        keyword = statement.keyword
        if USER_KEYWORD.fullmatch(keyword):
            return
        if keyword not in words.SECTION_OF:
            self.fault(f"{keyword[:40]!r} is no keyword of a CDM", statement)
        unit, stated = words.UNIT[keyword], statement.unit.replace(" ", "").lower()
        if stated and stated not in (unit.lower(), words.ALSO_WRITTEN.get(keyword)):
            expected = f"[{unit}]" if unit else "none"
            self.fault(f"unit [{statement.unit[:40]}]: expected {expected}", statement)

    def _value(self, statement: Statement) -> Any:
        keyword, text = statement.keyword, statement.value
        if not text:
            return None
        if keyword in words.MOMENTS:
            return self._moment(statement)
        if keyword in words.COUNTS:
            return self._count(statement)
        if keyword in words.BARE_NUMBERS or words.UNIT.get(keyword):
            return self._number(statement)
        check_text(statement, self.source)
        if keyword in words.ANSWERS:
            return self._chosen(statement, tuple(_ANSWERS)) and _ANSWERS[text.upper()]
        if keyword in words.CHOICES:
            return self._chosen(statement, words.CHOICES[keyword])
        return text

    def _chosen(self, statement: Statement, choices: tuple[str, ...]) -> str:
        value = statement.value.upper()
        if value not in choices:
            expected = ", ".join(choices)
            self.fault(f"{statement.value[:40]!r}: expected one of {expected}", statement)
        return value

    def _moment(self, statement: Statement) -> np.datetime64:
        try:
            moment = parse_epoch(statement.value)
        except FormatError as error:
            self.fault(error.problem[:200], statement)
        if moment < EARLIEST_EPOCH_UTC:
            self.fault(f"{statement.value!r}: expected a moment after 1957", statement)
        return moment

    def _count(self, statement: Statement) -> int | None:
        if statement.value.lower() == "nan":
            return None
        if not _COUNT.fullmatch(statement.value):
            self.fault(f"{statement.value[:40]!r}: expected a whole number", statement)
        return int(statement.value)

    def _number(self, statement: Statement) -> float | None:
        if statement.value.lower() == "nan":
            return None
        found = _NUMBER.fullmatch(statement.value)
        if not found:
            self.fault(f"{statement.value[:40]!r}: expected a number such as 4.8E-05", statement)
            return None
        shift = words.METRES_TO_KILOMETRES.get(statement.keyword, 0)
        value = float(f"{found[1]}e{int(found[2] or 0) + shift}")
        low, high = _LIMITS.get(statement.keyword, (-math.inf, math.inf))
        if not (math.isfinite(value) and low <= value <= high):
            expected = f"expected {low:g} to {high:g}" if low > -math.inf else "expected less"
            self.fault(f"{statement.value[:40]!r}: {expected}", statement)
        return value


@dataclass(slots=True)
class Statements:
    """One message as statements: about the encounter, then about each object."""

    source: str
    line: int
    parts: list[Part] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.begin_part(self.line)

    def begin_part(self, line: int) -> None:
        """Go on to the next object."""
        if len(self.parts) == 3:
            raise FormatError("more than two objects", source=self.source, line=line)
        self.parts.append(Part(self.source, line))

    def add(self, keyword: str, value: str, unit: str, line: int) -> None:
        """Add a statement to the part that was begun last."""
        self.parts[-1].statements.append(Statement(keyword, value, unit, line))
