"""CDM in KVN (``KEYWORD = value [unit]`` lines), one message after another in a file.

Accepted: comments with an equals sign (as some systems write them), numbers without units.  Each
message begins with CCSDS_CDM_VERS.
"""

from __future__ import annotations

from collections.abc import Iterator

from hoshimori.formats.cdm_keywords import BARE_NUMBERS, COUNTS, UNIT
from hoshimori.formats.cdm_statements import Statements
from hoshimori.formats.kvn import kvn_lines, statement_in
from hoshimori.formats.statements import COMMENT, Statement

_START = "CCSDS_CDM_VERS"


def kvn_messages(data: bytes, source: str) -> Iterator[Statements]:
    """Give the statements of each message; raise `FormatError` where a line is none."""
    message: Statements | None = None
    for number, text in kvn_lines(data, source):
        statement = _with_unit(statement_in(text, source, number))
        if statement.keyword == _START:
            if message:
                yield message
            message = Statements(source, number)
        if message:
            if statement.keyword == "OBJECT":
                message.begin_part(number)
            message.parts[-1].statements.append(statement)
        elif statement.keyword != COMMENT:
            statement.refuse(f"expected {_START} at the start of a message", source)
    if message:
        yield message


def _with_unit(statement: Statement) -> Statement:
    """Take the unit off the value of a number."""
    keyword, value = statement.keyword, statement.value
    if not (UNIT.get(keyword) or keyword in COUNTS or keyword in BARE_NUMBERS):
        return statement
    if value.endswith("["):  # NASA CARA's samples lose the rest of [%]
        return statement._replace(value=value[:-1].strip())
    if value.endswith("]") and "[" in value:
        value, _, unit = value[:-1].partition("[")
        return statement._replace(value=value.strip(), unit=unit.strip())
    return statement
