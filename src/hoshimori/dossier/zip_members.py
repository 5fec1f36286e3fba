"""A ZIP file of which every byte follows from its members: stored, dated 1980, nothing else.

Readers of ZIP are lenient, and what they overlook an unseen change may use. Here one list of
members has one sequence of bytes (APPNOTE.TXT 6.3.10: local headers, central directory, end).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from hoshimori.errors import FormatError

MOST_BYTES = 2**30
"""The largest file that is written or read."""
MOST_MEMBERS = 10_000
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_MADE_BY_UNIX, _NEEDS = 0x0314, 20
_MIDNIGHT, _FIRST_OF_1980 = 0, 0x0021
_READABLE_FILE = 0o100644 << 16
_NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]{0,127}/){0,3}[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a ZIP file."""

    name: str
    data: bytes
    as_stated: bool = True
    """Whether the bytes have the checksum that stands beside them."""


def write_members(members: Iterable[Member]) -> bytes:
    """Return the ZIP file of these members, in this order.

    Raises:
        FormatError: a name is not plain or occurs twice, or the file would be too large.
    """
    local, central = bytearray(), bytearray()
    seen: set[str] = set()
    for member in members:
        _check_name(member.name, seen)
        name, data = member.name.encode("ascii"), member.data
        fields = (_NEEDS, 0, 0, _MIDNIGHT, _FIRST_OF_1980, zlib.crc32(data), len(data), len(data))
        if len(local) + len(data) > MOST_BYTES:
            raise FormatError(f"more than {MOST_BYTES:,} bytes", source=member.name)
        central += _CENTRAL.pack(
            b"PK\x01\x02", _MADE_BY_UNIX, *fields, len(name), 0, 0, 0, 0, _READABLE_FILE, len(local)
        )
        central += name
        local += _LOCAL.pack(b"PK\x03\x04", *fields, len(name), 0) + name + data
    count = len(seen)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(central), len(local), 0)
    return bytes(local + central + end)


def read_members(data: bytes) -> tuple[Member, ...]:
    """Return the members of a ZIP file; that its bytes follow from them is for the caller to see.

    Raises:
        FormatError: the bytes are no such file: they begin otherwise, a name is not plain or
            occurs twice, a member is compressed or longer than what is there.
    """
    if len(data) > MOST_BYTES:
        raise FormatError(f"more than {MOST_BYTES:,} bytes")
    if not data.startswith(b"PK\x03\x04"):
        raise FormatError("not a dossier: a ZIP file with its first member in front was expected")
    members: list[Member] = []
    seen: set[str] = set()
    at = 0
    while data[at : at + 4] == b"PK\x03\x04":
        member, at = _read_one(data, at)
        _check_name(member.name, seen)
        members.append(member)
    if data[at : at + 4] != b"PK\x01\x02":
        raise FormatError(f"byte {at:,}: neither another member nor the list of members")
    return tuple(members)


def _read_one(data: bytes, at: int) -> tuple[Member, int]:
    if at + _LOCAL.size > len(data):
        raise FormatError(f"byte {at:,}: ends in the middle of a member")
    _, _, flags, method, _, _, checksum, packed, size, name_size, extra_size = _LOCAL.unpack_from(
        data, at
    )
    start = at + _LOCAL.size + name_size
    name = data[at + _LOCAL.size : start].decode("ascii", "replace")
    if flags or method or extra_size or packed != size:
        raise FormatError("is compressed, encrypted or has extra fields", source=_shown(name))
    if start + size > len(data):
        raise FormatError("is said to be longer than what is there", source=_shown(name))
    content = data[start : start + size]
    return Member(name, content, zlib.crc32(content) == checksum), start + size


def _check_name(name: str, seen: set[str]) -> None:
    if not _NAME.fullmatch(name):
        raise FormatError("is no plain name for a member", source=_shown(name))
    if name.casefold() in seen:
        raise FormatError("stands twice", source=name)
    if len(seen) == MOST_MEMBERS:
        raise FormatError(f"more than {MOST_MEMBERS:,} members", source=name)
    seen.add(name.casefold())


def _shown(name: str) -> str:
    return ascii(name[:80])
