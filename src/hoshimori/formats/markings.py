"""Markings as text: ``TLP:AMBER+STRICT``, ``TLP:GREEN//REL TO USA, JPN//ORCON``.

A level, then what may follow in any order, parted by ``//``: one ``REL TO`` with partners' codes
parted by commas (``REL TO NOBODY`` where none is left), and caveats. Capitals or not, spaces or
not around the parts; what is written has the order of `Marking`. ``TLP:WHITE`` of TLP 1.0 is read
as ``TLP:CLEAR``. Words of classification systems are refused: nothing classified belongs here.

Source: FIRST, Traffic Light Protocol 2.0 (2022); the OASIS extension of STIX 2.1 for TLP 2.0
(extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from hoshimori.errors import FormatError
from hoshimori.model.markings import NOBODY, Level, Marking

STIX_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
"""The extension of STIX 2.1 under which TLP 2.0 levels are marking definitions."""

STIX_MARKINGS: Mapping[Level, str] = MappingProxyType(
    {
        Level.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
        Level.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        Level.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        Level.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
        Level.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    }
)
"""The published identifiers of the levels; they are never made anew."""

_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?", re.ASCII)
_CAVEAT = re.compile(r"[A-Z0-9](?:[A-Z0-9 .,:()'+-]*[A-Z0-9.)])?", re.ASCII)
_CLASSIFIED = re.compile(
    r"(TOP )?SECRET|CONFIDENTIAL|RESTRICTED|CLASSIFIED|COSMIC.*|NOFORN|FOUO|特定秘密|極秘|秘|省秘"
)
_LEVELS = {level.name.replace("_", "+"): level for level in Level} | {"WHITE": Level.CLEAR}


def parse_marking(text: str) -> Marking:
    """Return the marking that a text states.

    Raises:
        FormatError: the text is no marking; the message says what was expected.

    >>> parse_marking("tlp:green // rel to jpn, usa").may_go_to(["JPN"])
    True
    """
    first, *others = (" ".join(part.split()).upper() for part in text.split("//"))
    level = _LEVELS.get(first.removeprefix("TLP:").strip()) if first.startswith("TLP:") else None
    if level is None:
        names = ", ".join(f"TLP:{name}" for name in _LEVELS if name != "WHITE")
        raise FormatError(f"{text[:80]!r}: expected a marking that begins with one of {names}")
    partners: frozenset[str] | None = None
    caveats = set()
    for part in others:
        if not f"{part} ".startswith("REL TO "):
            caveats.add(_caveat(part))
        elif partners is not None:
            raise FormatError(f"{text[:80]!r}: REL TO stands twice; name all partners in one")
        else:
            partners = _partners(part.removeprefix("REL TO"))
    return Marking(level, partners, frozenset(caveats))


def marking_or_strictest(text: str) -> Marking:
    """Return the marking that a text states; the strictest that there is where it states none.

    >>> str(marking_or_strictest("TLP:GREEN")), str(marking_or_strictest("green"))
    ('TLP:GREEN', 'TLP:RED//REL TO NOBODY')
    """
    try:
        return parse_marking(text)
    except FormatError:
        return Marking(Level.RED, frozenset())


def write_marking(marking: Marking) -> str:
    """Return a marking as text that `parse_marking` reads back.

    Raises:
        FormatError: a code or caveat holds what cannot be written.
    """
    for code in marking.releasable_to or ():
        _code(code)
        if code == NOBODY:
            raise FormatError(f"{NOBODY} is the code of no partner")
    for caveat in marking.caveats:
        _caveat(caveat)
    return str(marking)


def stix_level(level: Level) -> str:
    """Return a level as the STIX extension writes it.

    >>> stix_level(Level.AMBER_STRICT)
    'amber+strict'
    """
    return level.name.replace("_", "+").lower()


def parse_partner_code(text: str) -> str:
    """Return the code of one partner, as it stands in ``REL TO``.

    Raises:
        FormatError: the text is no code.

    >>> parse_partner_code("ACME-OPS")
    'ACME-OPS'
    """
    if text == NOBODY:
        raise FormatError(f"{NOBODY} is the code of no partner")
    return _code(text)


def _partners(text: str) -> frozenset[str]:
    codes = [code.strip() for code in text.split(",")]
    if codes == [NOBODY]:
        return frozenset()
    if NOBODY in codes:
        raise FormatError(f"REL TO {NOBODY} stands alone, without other codes")
    return frozenset(_code(code) for code in codes)


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise FormatError(f"{text[:40]!r}: expected a partner's code, as in JPN, USA or ACME-OPS")
    return text


def _caveat(text: str) -> str:
    if _CLASSIFIED.fullmatch(text):
        raise FormatError(f"{text}: not used here; this is NOT FOR CLASSIFIED DATA")
    if not _CAVEAT.fullmatch(text) or text.startswith(("TLP:", "REL TO")) or "  " in text:
        raise FormatError(f"{text[:40]!r}: expected a caveat in capital letters, as in ORCON")
    return text
