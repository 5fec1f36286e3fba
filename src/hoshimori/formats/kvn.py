"""KVN of the CCSDS family: lines, and the blocks between ``X_START`` and ``X_STOP``.

Accepted: any spacing and line ending, comments anywhere and with an equals sign, as some systems
write them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hoshimori.errors import FormatError
from hoshimori.formats.statements import COMMENT, HEADER, Block, Row, Statement


def kvn_lines(data: bytes, source: str) -> Iterator[tuple[int, str]]:
    """Give number and text of each line that is not blank; `FormatError` where it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError("not UTF-8 text: expected KVN", source=source, line=line) from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line_text in enumerate(lines, 1):
        stripped = line_text.replace("\t", " ").strip()
        if stripped:
            yield number, stripped


def comment_in(text: str) -> str | None:
    """Return what a comment line says, None where a line is no comment.

    >>> comment_in("COMMENT = two"), comment_in("COMMENTS = two")
    ('two', None)
    """
    if text.startswith(COMMENT) and not text[len(COMMENT) : len(COMMENT) + 1].strip(" ="):
        return text[len(COMMENT) :].strip().lstrip("=").strip()
    return None


def statement_in(text: str, source: str, line: int) -> Statement:
    """Return the statement of a line; a unit in brackets stays with the value."""
    comment = comment_in(text)
    if comment is not None:
        return Statement(COMMENT, comment, "", line)
    keyword, equals, value = (piece.strip() for piece in text.partition("="))
    if not equals:
        problem = f"{text[:40]!r}: expected KEYWORD = value"
        raise FormatError(problem, source=source, line=line, field=text.split()[0][:40])
    return Statement(keyword, value, "", line)


def kvn_blocks(
    data: bytes, source: str, start: str, sections: Collection[str], tables: Collection[str] = ()
) -> Iterator[list[Block]]:
    """Give the blocks of each message, the header first.

    `start` is the keyword that begins a message, `sections` the names of blocks, `tables` those
    that hold rows of cells. Raises `FormatError` where a line does not belong.
    """
    message: list[Block] = []
    inside = ""
    for number, text in kvn_lines(data, source):
        mark, _, turn = text.rpartition("_")
        if turn in ("START", "STOP") and mark in sections:
            inside = _turn(message, inside, mark, turn, source, number)
        elif "=" not in text and comment_in(text) is None and inside in tables:
            message[-1].rows.append(Row(tuple(text.split()), number))
        else:
            statement = statement_in(text, source, number)
            if statement.keyword == start:
                if message:
                    yield _whole(message, inside)
                message, inside = [Block(HEADER, source, number)], ""
            _take(message, inside, statement, source)
    if message:
        yield _whole(message, inside)


def _turn(message: list[Block], inside: str, mark: str, turn: str, source: str, line: int) -> str:
    """Open or close a block; return the name of the block that is open then."""
    fits = message and (not inside if turn == "START" else inside == mark)
    if not fits:
        problem = "does not belong here"
        raise FormatError(problem, source=source, line=line, field=f"{mark}_{turn}")
    if turn == "STOP":
        return ""
    message.append(Block(mark, source, line))
    return mark


def _take(message: list[Block], inside: str, statement: Statement, source: str) -> None:
    if not message and statement.keyword == COMMENT:
        return
    if not message:
        statement.refuse("expected CCSDS_…_VERS at the start of a message", source)
    if len(message) > 1 and not inside and statement.keyword != COMMENT:
        statement.refuse("stands between two sections: expected …_START before it", source)
    message[-1].statements.append(statement)


def _whole(message: list[Block], inside: str) -> list[Block]:
    if inside:
        message[-1].refuse(f"the message breaks off: expected {inside}_STOP")
    return message
