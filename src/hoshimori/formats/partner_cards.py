"""Cards of partners as JSON values: what an organisation tells others of its node."""

from __future__ import annotations

import re
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.formats.letter_texts import Fields, octets_value
from hoshimori.model.partners import PartnerCard

FORM = "hoshimori-card/1"
MOST_BYTES = 64 * 1024
_ADDRESS = re.compile(r"https://[A-Za-z0-9.:\[\]_-]{1,250}/?", re.ASCII)
_GROUP = 4
_TOLD_DIGITS = 32


def card_value(card: PartnerCard) -> dict[str, Any]:
    """Return a card as a JSON value."""
    return {
        "form": FORM,
        "code": card.code,
        "name": card.name,
        "address": card.address,
        "public_key": octets_value(card.public_key),
        "certificate": octets_value(card.certificate),
    }


def card_from(value: Any, source: str = "card") -> PartnerCard:
    """Return the card that a JSON value holds.

    Raises:
        FormatError: it holds none, or a field is not as it should be.
    """
    fields = Fields(value, source)
    if fields.text("form", 80) != FORM:
        raise fields.wrong("form", f"expected {FORM}")
    card = PartnerCard(
        code=fields.code("code"),
        name=fields.told("name"),
        address=parse_address(fields.text("address", 300), source),
        public_key=fields.octets("public_key"),
        certificate=fields.octets("certificate"),
    )
    if card_value(card) != value:
        raise fields.wrong(
            "", "has fields that this form does not know, or not as they are written"
        )
    return card


def parse_address(text: str, source: str = "") -> str:
    """Return the address of a node; empty where files alone are exchanged.

    Raises:
        FormatError: it is no address.

    >>> parse_address("https://watch.example.org:8444")
    'https://watch.example.org:8444'
    """
    if text and not _ADDRESS.fullmatch(text):
        problem = f"{text[:80]!r}: expected an address, as in https://watch.example.org:8444"
        raise FormatError(problem, source=source, field="address")
    return text.removesuffix("/")


def told_fingerprint(digest: str) -> str:
    """Return the part of a digest that two people compare by telephone, in groups.

    128 bits: nobody makes another card that has the same.

    >>> told_fingerprint("0123456789abcdef" * 4)
    '0123 4567 89ab cdef 0123 4567 89ab cdef'
    """
    digits = digest[:_TOLD_DIGITS]
    return " ".join(digits[k : k + _GROUP] for k in range(0, _TOLD_DIGITS, _GROUP))


def is_told_fingerprint(text: str, digest: str) -> bool:
    """Tell whether a text is what `told_fingerprint` says of a digest; blanks do not matter."""
    told = re.sub(r"[\s:-]", "", text).lower()
    return told == digest[:_TOLD_DIGITS]
