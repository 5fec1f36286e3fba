"""Alpha-5: catalogue numbers from 100,000 to 339,999 in the five columns of a TLE.

The first character is a letter for the first two digits: A is 10, Z is 33, and I and O are never
used.  Below 100,000 the field holds five digits, with leading zeros or (CelesTrak) blanks.

Source: Space-Track, "What is Alpha-5?"; checked against the vectors of the gpconf kit.
"""

from __future__ import annotations

import re

from hoshimori.errors import FormatError

ALPHA5_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
LARGEST_ALPHA5 = 339_999

_FIELD = re.compile(rf"(?: *[0-9]+|[{ALPHA5_LETTERS}][0-9]{{4}})", re.ASCII)


def decode_alpha5(field: str) -> int:
    """Return the catalogue number in the five columns of a TLE.

    Raises `FormatError` for anything but five digits (leading blanks allowed) or one capital
    letter, neither I nor O, with four digits.

    >>> decode_alpha5("T0438"), decode_alpha5("   11")
    (270438, 11)
    """
    if len(field) != 5 or not _FIELD.fullmatch(field):
        raise FormatError(
            f"{field!r} is no catalogue number of a TLE: expected five digits, or a capital letter"
            " other than I and O with four digits (Alpha-5)"
        )
    if field[0].isalpha():
        return (ALPHA5_LETTERS.index(field[0]) + 10) * 10_000 + int(field[1:])
    return int(field)


def encode_alpha5(norad_id: int) -> str:
    """Return the five columns that stand for a catalogue number in a TLE.

    Raises `FormatError` for a number that no TLE can carry.

    >>> encode_alpha5(25544), encode_alpha5(339_999)
    ('25544', 'Z9999')
    """
    if not 0 <= norad_id <= LARGEST_ALPHA5:
        raise FormatError(
            f"catalogue number {norad_id} does not fit a TLE (0 to {LARGEST_ALPHA5:,} with"
            " Alpha-5): write OMM (CSV, JSON, XML or KVN) instead"
        )
    if norad_id < 100_000:
        return f"{norad_id:05d}"
    return f"{ALPHA5_LETTERS[norad_id // 10_000 - 10]}{norad_id % 10_000:04d}"
