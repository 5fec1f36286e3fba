"""What CCSDS messages are made of, whatever notation they came in: statements, rows and blocks.

A value is refused where it is not of its kind, where its unit is not the standard's (case and
spaces aside), and where it holds control characters.  A block is refused where a keyword is
unknown, missing or there twice.

Source: CCSDS 502.0-B-3, section 7.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.epochs import parse_epoch
from hoshimori.formats.records import texts, unprintable_rows
from hoshimori.model.messages import Entry, MessageHeader

COMMENT = "COMMENT"
HEADER = "HEADER"
"""The name of the block that begins a message."""
USER_DEFINED = "USER_DEFINED_"
TIME_SYSTEMS = (
    "GMST", "GPS", "MET", "MRT", "SCLK", "TAI", "TCB", "TCG", "TDB", "TT", "UT1", "UTC",
)  # fmt: skip
"""Source: SANA registry of time systems."""
LATER_HEADER = ("CLASSIFICATION", "MESSAGE_ID")

_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d{1,4}))?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
USER_KEYWORD = re.compile(USER_DEFINED + r"[A-Za-z0-9_.-]{1,100}", re.ASCII)


class Statement(NamedTuple):
    """One ``KEYWORD = value [unit]`` of a message, with its line in the file."""

    keyword: str
    value: str
    unit: str
    line: int

    def refuse(self, problem: str, source: str) -> NoReturn:
        """Raise `FormatError` for this statement."""
        raise FormatError(problem, source=source, line=self.line, field=self.keyword[:40])


class Row(NamedTuple):
    """One line of a table: its cells, and its line in the file."""

    cells: tuple[str, ...]
    line: int


@dataclass(slots=True)
class Block:
    """One part of a message as it was written; `name` is HEADER, META, TRAJ and the like."""

    name: str
    source: str
    line: int
    statements: list[Statement] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def refuse(self, problem: str, line: int | None = None, keyword: str = "") -> NoReturn:
        """Raise `FormatError` for a line of this block, or for the block as a whole."""
        field = keyword or self.name
        raise FormatError(problem, source=self.source, line=line or self.line, field=field)

    def comments(self) -> tuple[str, ...]:
        """Return the comments that say something."""
        found = [s for s in self.statements if s.keyword == COMMENT and s.value]
        for statement in found:
            check_text(statement, self.source)
        return tuple(statement.value for statement in found)

    def entries(self) -> tuple[Entry, ...]:
        """Return every statement as it was written, comments left out."""
        found = [s for s in self.statements if s.keyword != COMMENT]
        for statement in found:
            check_text(statement, self.source)
        return tuple(Entry(s.keyword[:100], s.value, s.unit) for s in found)

    def values(self, known: Collection[str] | None, mandatory: Iterable[str] = ()) -> Values:
        """Return what the keywords say; a keyword without a value is not stated.

        `known` None takes any keyword. Raises `FormatError` as the module says.
        """
        stated: dict[str, Statement] = {}
        for statement in self.statements:
            keyword = statement.keyword
            if keyword == COMMENT:
                continue
            user = USER_KEYWORD.fullmatch(keyword)
            if known is not None and keyword not in known and not user:
                statement.refuse(f"{keyword[:40]!r} is no keyword here", self.source)
            if keyword in stated:
                statement.refuse("is there twice: expected once", self.source)
            check_text(statement, self.source)
            stated[keyword] = statement
        told = {keyword: s for keyword, s in stated.items() if s.value}
        for keyword in mandatory:
            if keyword not in told:
                self.refuse(f"missing: expected {keyword} in this message", keyword=keyword)
        return Values(self.source, told)


@dataclass(frozen=True, slots=True)
class Values:
    """What the keywords of a block say."""

    source: str
    stated: Mapping[str, Statement]

    def __contains__(self, keyword: str) -> bool:
        """Tell whether a keyword has a value."""
        return keyword in self.stated

    def refuse(self, keyword: str, problem: str) -> NoReturn:
        """Raise `FormatError` for what a keyword says."""
        self.stated[keyword].refuse(problem, self.source)

    def text(self, keyword: str) -> str | None:
        """Return the text of a keyword."""
        return self.stated[keyword].value if keyword in self.stated else None

    def name(self, keyword: str, default: str = "") -> str:
        """Return the text of a keyword in capitals, as names of frames and centres are compared."""
        return (self.text(keyword) or default).upper()

    def number(self, keyword: str, unit: str = "") -> float:
        """Return the number of a keyword that is stated."""
        return number(self.stated[keyword], unit, self.source)

    def maybe(self, keyword: str, unit: str = "") -> float | None:
        """Return the number of a keyword, None where it is not stated."""
        return self.number(keyword, unit) if keyword in self.stated else None

    def vector(self, keywords: Iterable[str], unit: str = "") -> tuple[float, float, float]:
        """Return three numbers that are stated."""
        x, y, z = (self.number(keyword, unit) for keyword in keywords)
        return x, y, z

    def count(self, keyword: str) -> int | None:
        """Return a whole number from 1, None where it is not stated."""
        if keyword not in self.stated:
            return None
        value = self.stated[keyword].value
        if not _COUNT.fullmatch(value) or int(value) < 1:
            self.refuse(keyword, f"{value[:40]!r}: expected a whole number from 1")
        return int(value)

    def moment(self, keyword: str) -> np.datetime64:
        """Return the moment of a keyword that is stated."""
        return moment(self.stated[keyword], self.source)

    def maybe_moment(self, keyword: str) -> np.datetime64 | None:
        """Return the moment of a keyword, None where it is not stated."""
        return self.moment(keyword) if keyword in self.stated else None

    def time_system(self, keyword: str = "TIME_SYSTEM") -> str:
        """Return the time system, one of `TIME_SYSTEMS`."""
        name = self.name(keyword)
        if name not in TIME_SYSTEMS:
            self.refuse(keyword, f"{name[:40]!r}: expected one of {', '.join(TIME_SYSTEMS)}")
        return name

    def further(self, told: Collection[str]) -> tuple[Entry, ...]:
        """Return the statements that no field tells, as they were written."""
        return tuple(
            Entry(s.keyword, s.value, s.unit)
            for keyword, s in self.stated.items()
            if keyword not in told
        )


def header_of(values: Values, kind: str, versions: tuple[str, ...]) -> MessageHeader:
    """Return the header of a message of a kind such as OPM."""
    keyword = f"CCSDS_{kind}_VERS"
    version = values.text(keyword) or ""
    if version not in versions:
        values.refuse(keyword, f"{version[:40]!r}: expected {', '.join(versions)}")
    return MessageHeader(
        version=version,
        created_utc=values.moment("CREATION_DATE"),
        originator=values.text("ORIGINATOR") or "",
        message_id=values.text("MESSAGE_ID"),
        classification=values.text("CLASSIFICATION"),
    )


def header_keywords(kind: str) -> tuple[str, ...]:
    """Return the keywords that every header of a kind states."""
    return f"CCSDS_{kind}_VERS", "CREATION_DATE", "ORIGINATOR"


def number(statement: Statement, unit: str, source: str) -> float:
    """Return the number of a statement; its unit may stand in brackets behind it."""
    text, stated = statement.value, statement.unit
    if text.endswith("]") and "[" in text:
        text, _, stated = text[:-1].partition("[")
    if stated.strip() and stated.replace(" ", "").lower() != unit.lower():
        expected = f"[{unit}]" if unit else "none"
        statement.refuse(f"unit [{stated.strip()[:40]}]: expected {expected}", source)
    value = number_in(text.strip())
    if value is None:
        statement.refuse(f"{text.strip()[:40]!r}: expected a number such as 4.8E-05", source)
    return value


def number_in(text: str) -> float | None:
    """Return the finite number that a text is, None where it is none.

    >>> number_in("+4.5e-3"), number_in("1_0"), number_in("nan"), number_in("1e999")
    (0.0045, None, None, None)
    """
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    return value if math.isfinite(value) else None


def moment(statement: Statement, source: str) -> np.datetime64:
    """Return the moment that a statement names, in the time system of the message."""
    try:
        return parse_epoch(statement.value)
    except FormatError as error:
        statement.refuse(error.problem[:200], source)


def check_text(statement: Statement, source: str) -> None:
    """Raise `FormatError` where a value holds control characters."""
    if unprintable_rows(texts([statement.value])):
        statement.refuse("control characters: expected printable text", source)


def printable(keyword: str, value: str) -> str:
    """Return a text that comes back when it is written; raise `FormatError` for any other."""
    if not value or value != value.strip() or unprintable_rows(texts([value])):
        raise FormatError(
            f"{value[:40]!r}: expected printable text without spaces around it", field=keyword
        )
    return value


def exact(value: float, keyword: str) -> str:
    """Return the fewest digits that name a number; raise `FormatError` where it is not finite."""
    if not math.isfinite(value):
        raise FormatError(f"{value}: a message carries finite numbers only", field=keyword)
    return repr(float(value))
