"""The file of partners, and their cards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.made_letters import made_partner, made_partners, made_public_key

from hoshimori.errors import FormatError
from hoshimori.formats.partner_cards import (
    card_from,
    card_value,
    is_told_fingerprint,
    parse_address,
    told_fingerprint,
)
from hoshimori.formats.partners import parse_kinds, parse_limit, read_partners, write_partners
from hoshimori.model.letters import LetterKind
from hoshimori.model.markings import Level, Marking
from hoshimori.model.partners import PartnerCard, Partners

PARTNERS = made_partners(
    "JPN",
    made_partner("USA", Marking(Level.AMBER, None, frozenset({"ORCON"}))),
    replace(
        made_partner("ACME-OPS", Marking(Level.CLEAR)),
        address="https://acme.example:8444",
        accepts=frozenset({LetterKind.FACTS, LetterKind.REPORT}),
        revoked=frozenset({"a" * 64}),
        keys=(made_public_key("ACME-OPS"), made_public_key("second")),
        name='A "quoted" name, 星守',
    ),
)
CARD = PartnerCard("JPN", "House", "https://[::1]:8444", made_public_key("JPN"), b"certificate")


@pytest.mark.parametrize("partners", [PARTNERS, made_partners("JPN")])
def test_the_file_comes_back(partners: Partners) -> None:
    assert read_partners(write_partners(partners), "partners.toml") == partners


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "USA"', 'code = "JPN"', "stands twice"),
        ('limit = "TLP:AMBER//ORCON"', 'limit = "TLP:RED"', "TLP:AMBER at most"),
        ('limit = "TLP:AMBER//ORCON"', 'limit = "TLP:GREEN//REL TO USA"', "names no partners"),
        ('reliability = "B"', 'reliability = "Z"', "expected A to F"),
        ('accepts = ["facts"', 'accepts = ["incident"', "expected facts or report"),
        ("[house]", "[house]\npassword = 1", "is no field of this file"),
        ("[house]", "[home]", "is no field of this file"),
        ('address = "https', 'address = "http', "expected an address"),
        ("[[partner]]", "[[partner", "is no TOML"),
    ],
)
def test_what_is_wrong_in_the_file_is_told(old: str, new: str, said: str) -> None:
    text = write_partners(PARTNERS).decode()
    assert old in text
    with pytest.raises(FormatError) as refused:
        read_partners(text.replace(old, new, 1).encode(), "partners.toml")
    assert said in str(refused.value)


def test_one_key_speaks_for_one_partner() -> None:
    both = replace(
        PARTNERS,
        others=(made_partner("USA"), replace(made_partner("AUS"), keys=made_partner("USA").keys)),
    )
    with pytest.raises(FormatError, match="a key that stands twice"):
        read_partners(write_partners(both), "partners.toml")


def test_a_card_comes_back_and_its_fingerprint_is_compared_in_groups() -> None:
    assert card_from(card_value(CARD)) == CARD
    digest = "0123456789abcdef" * 4
    assert is_told_fingerprint(told_fingerprint(digest), digest)
    assert is_told_fingerprint("0123-4567 89AB:cdef 0123 4567 89ab cdef", digest)
    assert not is_told_fingerprint("0123 4567", digest)
    assert not is_told_fingerprint("", digest)
    with pytest.raises(FormatError, match="does not know"):
        card_from(card_value(CARD) | {"more": 1})
    with pytest.raises(FormatError, match="expected a partner's code"):
        card_from(card_value(CARD) | {"code": "a/b"})


@pytest.mark.parametrize("text", ["http://a", "https://a/b", "https://user@a", "file:///etc", "x"])
def test_an_address_is_one_of_https_and_nothing_more(text: str) -> None:
    with pytest.raises(FormatError, match="expected an address"):
        parse_address(text)
    assert parse_address("") == ""


def test_limits_and_kinds() -> None:
    assert parse_limit("TLP:GREEN//SOURCE TERMS").caveats == {"SOURCE TERMS"}
    assert parse_kinds(["report"]) == {LetterKind.REPORT}
