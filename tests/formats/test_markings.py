"""Markings as text. Levels and identifiers after FIRST (TLP 2.0) and its OASIS extension."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.markings import STIX_MARKINGS, parse_marking, stix_level, write_marking
from hoshimori.model.markings import Level, Marking

CODES = st.from_regex(r"[A-Z0-9]([A-Z0-9._-]{0,8}[A-Z0-9])?", fullmatch=True).filter(
    lambda code: code != "NOBODY"
)
CAVEATS = st.sampled_from(("ORCON", "SOURCE TERMS", "NO EARLIER THAN 2027-01-01", "A.1")) | (
    st.from_regex(r"[A-Z]([A-Z]{0,5}( [A-Z]{1,5})?)", fullmatch=True).filter(
        lambda caveat: not caveat.startswith(("TLP", "REL TO", "SECRET", "TOP", "COSMIC", "FOUO"))
    )
)
MARKINGS = st.builds(
    Marking, st.sampled_from(Level), st.none() | st.frozensets(CODES), st.frozensets(CAVEATS)
)


@given(MARKINGS)
def test_what_is_written_is_read_back(marking: Marking) -> None:
    assert parse_marking(write_marking(marking)) == marking


@given(MARKINGS)
def test_capitals_and_spaces_do_not_matter(marking: Marking) -> None:
    text = write_marking(marking).lower().replace("//", "  // ").replace(",", " ,")
    assert parse_marking(f" {text} ") == marking


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("TLP:AMBER+STRICT", "TLP:AMBER+STRICT"),
        ("TLP:WHITE", "TLP:CLEAR"),  # the name of TLP 1.0
        ("TLP:GREEN//ORCON//REL TO JPN, USA", "TLP:GREEN//REL TO USA, JPN//ORCON"),
        # USA first, then nations, then longer codes (CAPCO's order)
        ("TLP:RED//REL TO NATO, JPN, FVEY, AUS, USA", "TLP:RED//REL TO USA, AUS, JPN, FVEY, NATO"),
        ("TLP:RED//REL TO NOBODY", "TLP:RED//REL TO NOBODY"),
        ("TLP:CLEAR//ORCON//ORCON", "TLP:CLEAR//ORCON"),
    ],
)
def test_what_is_written_has_one_order(text: str, written: str) -> None:
    assert write_marking(parse_marking(text)) == written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected a marking that begins with one of TLP:CLEAR, TLP:GREEN, TLP:AMBER"),
        ("AMBER", "begins with one of"),
        ("TLP:PURPLE", "begins with one of"),
        ("ORCON//TLP:RED", "begins with one of"),
        ("TLP:RED//TLP:GREEN", "expected a caveat"),
        ("TLP:RED//", "expected a caveat"),
        ("TLP:RED//REL TO", "expected a partner's code"),
        ("TLP:RED//REL TO JPN USA", "expected a partner's code"),
        ("TLP:RED//REL TO JPN, NOBODY", "stands alone"),
        ("TLP:RED//REL TO JPN//REL TO USA", "REL TO stands twice"),
        ("TLP:RED//SECRET", "NOT FOR CLASSIFIED DATA"),
        ("TLP:RED//noforn", "NOT FOR CLASSIFIED DATA"),
        ("TLP:RED//特定秘密", "NOT FOR CLASSIFIED DATA"),
    ],
)
def test_what_is_no_marking_is_refused_with_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_marking(text)
    assert said in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_is_a_marking_or_refused(text: str) -> None:
    for whole in (text, f"TLP:RED//{text}"):
        try:
            marking = parse_marking(whole)
        except FormatError:
            continue
        assert parse_marking(write_marking(marking)) == marking


@pytest.mark.parametrize(
    "marking",
    [
        Marking(releasable_to=frozenset({"jpn"})),
        Marking(releasable_to=frozenset({"NOBODY"})),
        Marking(releasable_to=frozenset({"A,B"})),
        Marking(caveats=frozenset({"A//B"})),
        Marking(caveats=frozenset({"REL TO JPN"})),
    ],
)
def test_a_marking_that_would_be_read_otherwise_is_not_written(marking: Marking) -> None:
    with pytest.raises(FormatError):
        write_marking(marking)


def test_each_level_has_its_published_identifier_of_stix() -> None:
    """OASIS, cti-stix-common-objects, extension-definition-specifications/tlp-2.0."""
    assert [stix_level(level) for level in Level] == [
        "clear", "green", "amber", "amber+strict", "red",
    ]  # fmt: skip
    assert list(STIX_MARKINGS) == list(Level)
    assert STIX_MARKINGS[Level.AMBER_STRICT].endswith("939a9414-2ddd-4d32-a0cd-375ea402b003")
