"""CDM in KVN (``KEYWORD = value [unit]`` lines), one message after another in a file.

Accepted: any spacing and line ending, comments with an equals sign (as some systems write them),
numbers without units.  Each message begins with CCSDS_CDM_VERS.
"""

from __future__ import annotations

from collections.abc import Iterator

from hoshimori.errors import FormatError
from hoshimori.formats.cdm_keywords import BARE_NUMBERS, COMMENT, COUNTS, UNIT
from hoshimori.formats.cdm_statements import Statements

_START = "CCSDS_CDM_VERS"


def kvn_messages(data: bytes, source: str) -> Iterator[Statements]:
    """Give the statements of each message; raise `FormatError` where a line is none."""
    message: Statements | None = None
    for number, line in enumerate(_lines(data, source), 1):
        text = line.replace("\t", " ").strip()
        if not text:
            continue
        keyword, value, unit = _split(text, source, number)
        if keyword == _START:
            if message:
                yield message
            message = Statements(source, number)
        if message:
            if keyword == "OBJECT":
                message.begin_part(number)
            message.add(keyword, value, unit, number)
        elif keyword != COMMENT:
            raise FormatError(
                f"{text[:40]!r}: expected CCSDS_CDM_VERS at the start of a message",
                source=source,
                line=number,
            )
    if message:
        yield message


def _lines(data: bytes, source: str) -> list[str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError("not UTF-8 text: expected a CDM", source=source, line=line) from error
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _split(text: str, source: str, line: int) -> tuple[str, str, str]:
    """Return keyword, value and unit of a line."""
    if text.startswith(COMMENT) and not text[len(COMMENT) : len(COMMENT) + 1].strip(" \t="):
        return COMMENT, text[len(COMMENT) :].strip().lstrip("=").strip(), ""
    keyword, equals, value = (piece.strip() for piece in text.partition("="))
    if not equals:
        raise FormatError(
            f"{text[:40]!r}: expected KEYWORD = value [unit]", source=source, line=line
        )
    numeric = UNIT.get(keyword) or keyword in COUNTS or keyword in BARE_NUMBERS
    if numeric and value.endswith("["):  # NASA CARA's samples lose the rest of [%]
        value = value[:-1].strip()
    if numeric and value.endswith("]") and "[" in value:
        value, _, unit = value[:-1].partition("[")
        return keyword, value.strip(), unit.strip()
    return keyword, value, ""
