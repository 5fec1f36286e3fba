"""OMM in KVN (``KEYWORD = value`` lines), one message after another in a file.

Accepted: CCSDS 2.0 and 3.0, CelesTrak's blank CREATION_DATE and ORIGINATOR, Space-Track's comments
and USER_DEFINED_ lines, units in brackets, any spacing and line ending, numbers without a leading
zero.  Each message begins with CCSDS_OMM_VERS.  `hoshimori.formats.omm_message` says what makes a
message, `hoshimori.formats.omm` what its values may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from hoshimori.formats.namespaces import DESIGNATOR_IDS, designator_id
from hoshimori.formats.omm import columns_of, read_columns
from hoshimori.formats.omm_message import Message, fault_of
from hoshimori.formats.records import Faults, Origin, joined
from hoshimori.formats.statements import Statement
from hoshimori.model.rejections import Reading

BATCH = 500
"""Messages that are kept as statements at a time."""

_START = b"CCSDS_OMM_VERS"


def read_omm_kvn(data: bytes, origin: Origin) -> Reading:
    """Return the records of a file of OMM messages in KVN."""
    messages = _messages(data)
    readings = []
    while batch := list(islice(messages, BATCH)):
        readings.append(read_messages(batch, origin))
    return joined(readings)


def read_messages(messages: Sequence[Message], origin: Origin) -> Reading:
    """Return the records that messages hold; a message that breaks the rules is refused alone."""
    faults = Faults()
    for row, message in enumerate(messages):
        if found := fault_of(message):
            faults.add([row], *found)
    return read_columns(
        columns_of([_keyed(message.values()) for message in messages]),
        len(messages),
        faults,
        lambda row, name: (messages[row].line_of(name), messages[row].raw),
        origin,
        largest_id=DESIGNATOR_IDS.stop - 1,
    )


def _keyed(values: dict[str, str]) -> dict[str, str]:
    """Key a message without NORAD_CAT_ID, which is optional, by its international designator."""
    if "NORAD_CAT_ID" in values:
        return values
    return values | {"NORAD_CAT_ID": str(designator_id(values.get("OBJECT_ID", "")) or "")}


def _messages(data: bytes) -> Iterator[Message]:
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    starts = [n for n, line in enumerate(lines) if line.lstrip().startswith(_START)]
    first = starts[0] if starts else len(lines)
    if any(line.strip() and not _is_comment(line) for line in lines[:first]):
        raw = b"\n".join(lines[:first])
        yield Message((), 1, raw, "expected CCSDS_OMM_VERS at the start of a message")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _message(lines[start:end], start + 1)


def _is_comment(line: bytes) -> bool:
    return line.lstrip().split(b" ")[0] == b"COMMENT"


def _message(lines: Sequence[bytes], first: int) -> Message:
    statements = []
    problem = ""
    for number, line in enumerate(lines, first):
        text = line.decode("utf-8", "replace").strip()
        if not text or text == "COMMENT" or text.startswith("COMMENT "):
            continue
        keyword, equals, value = text.partition("=")
        if not equals and not problem:
            problem = f"line {number} reads {text[:40]!r}: expected KEYWORD = value"
        statements.append(_statement(keyword.strip(), value.strip(), number))
    return Message(tuple(statements), first, b"\n".join(lines), problem)


def _statement(keyword: str, value: str, line: int) -> Statement:
    """Take a unit in brackets off the value of a number; names may end with a bracket."""
    if value.endswith("]") and "[" in value and not keyword.startswith(("OBJECT_", "USER_")):
        value, _, unit = value[:-1].partition("[")
        return Statement(keyword, value.strip(), unit.strip(), line)
    return Statement(keyword, value, "", line)
