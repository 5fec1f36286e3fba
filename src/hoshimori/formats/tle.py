"""Two-line element sets: 2LE, TLE and 3LE (with a name line, plain or after "0 ").

Accepted: 69 columns with valid checksums on both lines, catalogue numbers of five digits (leading
blanks allowed) or in Alpha-5, two-digit years 57 to 99 for 1957 to 1999 and 00 to 56 for 2000 to
2056, implied-decimal exponents of either sign, blank designators and counters, blank lines,
comment lines that begin with "#", trailing blanks and any line ending.  Refused alone: a set with
a wrong checksum, a line of another length, a letter or a blank inside a number, a line 1 without
its line 2 and the reverse, two lines of different objects, a type other than SGP4 (column 63).

A TLE truncates: what `write_tle` writes differs from the element sets by at most half a unit in
the last place of each field, and it cannot say that a counter is not stated or that data are not
real.

Source: Space-Track, "Basic description of the two-line element set format"; Vallado 2013, 2.4.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.formats.records import Faults, Origin, joined, reading, texts
from hoshimori.formats.tle_columns import LINE_2, NAMES, read_lines
from hoshimori.model.rejections import Reading, Rejection

_BLOCK_SETS = 16_384
_NUMBERED = (b"1 ", b"2 ")
_SHORTEST = 40
"""Below this a line that begins with 1 or 2 may be a name."""


@dataclass(frozen=True, slots=True)
class _Set:
    """Where the lines of one element set stand among the lines that count."""

    name: int | None
    line_1: int


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a file that count: without blank lines and comments."""

    texts: list[bytes]
    numbers: list[int]
    kinds: list[int]
    """1 or 2 for element lines, 0 for anything else."""


def read_tle(data: bytes, origin: Origin) -> Reading:
    """Return the element sets of a file of TLEs, with or without names.

    Raises `FormatError` where the file has no element line at all.
    """
    lines = _lines(data)
    if not any(lines.kinds):
        raise FormatError(
            "no line of a two-line element set: expected lines that begin with '1 ' and '2 '",
            source=origin.source,
        )
    sets, strays = _paired(lines, origin)
    blocks = range(0, len(sets), _BLOCK_SETS)
    readings = [_read_sets(lines, sets[k : k + _BLOCK_SETS], origin) for k in blocks]
    found = joined(readings)
    rejections = sorted(found.rejections + strays, key=lambda rejection: rejection.line)
    return Reading(found.element_sets, tuple(rejections))


def _lines(data: bytes) -> _Lines:
    whole = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    stripped = [line.rstrip() for line in whole]
    counted = [n for n, line in enumerate(stripped) if line and line[:1] != b"#"]
    texts = [stripped[n] for n in counted]
    heads = [b"0 "] + [line[:2] if len(line) > _SHORTEST else b"0 " for line in texts] + [b"0 "]
    kinds = [int(head) if head in _NUMBERED else 0 for head in heads[1:-1]]
    for n, line in enumerate(texts):
        # A short line 1 right before its line 2 is a damaged line, not a name; and the reverse.
        if line[:2] == b"1 " and heads[n + 2] == b"2 ":
            kinds[n] = 1
        elif line[:2] == b"2 " and heads[n] == b"1 ":
            kinds[n] = 2
    return _Lines(texts, [n + 1 for n in counted], kinds)


def _paired(lines: _Lines, origin: Origin) -> tuple[list[_Set], tuple[Rejection, ...]]:
    """Return the sets, and a rejection for every line that belongs to none."""
    sets: list[_Set] = []
    strays: list[Rejection] = []
    name: int | None = None
    kinds = [*lines.kinds, 0]
    place = 0
    while place < len(lines.texts):
        kind, following = kinds[place], kinds[place + 1]
        if kind == 1 and following == 2:
            sets.append(_Set(name, place))
            name, place = None, place + 2
            continue
        if kind == 0 and following == 1:
            name = place
        else:
            strays.append(_stray(lines, place, kind, origin))
            name = None
        place += 1
    return sets, tuple(strays)


def _stray(lines: _Lines, place: int, kind: int, origin: Origin) -> Rejection:
    problem = (
        "neither a name nor a line of an element set: expected a line 1 after it",
        "a line 1 with no line 2 after it",
        "a line 2 with no line 1 before it",
    )[kind]
    return Rejection(origin.source, lines.numbers[place], "", problem, lines.texts[place])


def _read_sets(lines: _Lines, sets: Sequence[_Set], origin: Origin) -> Reading:
    faults = Faults()
    names = ["" if s.name is None else _name(lines.texts[s.name]) for s in sets]
    columns = read_lines(
        [lines.texts[s.line_1] for s in sets],
        [lines.texts[s.line_1 + 1] for s in sets],
        faults,
    )
    columns["object_name"] = texts(names)
    columns["known_utc"] = np.full(len(sets), origin.received_utc, dtype="datetime64[us]")

    def place(row: int, name: str) -> tuple[int, bytes]:
        first = sets[row].line_1
        start = first if sets[row].name is None else first - 1
        raw = b"\n".join(lines.texts[start : first + 2])
        return lines.numbers[first + (LINE_2 in name)], raw

    return reading(columns, None, faults, place, origin, NAMES)


def _name(line: bytes) -> str:
    text = line.decode("utf-8", "replace").strip()
    return text[1:].strip() if text == "0" or text.startswith("0 ") else text
