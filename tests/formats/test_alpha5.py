"""Alpha-5 both ways, strictly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.alpha5 import decode_alpha5, encode_alpha5


@pytest.mark.parametrize(
    ("norad_id", "field"),
    [  # Space-Track, "What is Alpha-5?", its own examples; then the ends of the range
        (100_000, "A0000"),
        (148_493, "E8493"),
        (182_931, "J2931"),
        (234_018, "P4018"),
        (301_928, "W1928"),
        (339_999, "Z9999"),
        (179_999, "H9999"),
        (229_999, "N9999"),
        (270_291, "T0291"),
        (69_999, "69999"),
        (1, "00001"),
    ],
)
def test_published_examples(norad_id: int, field: str) -> None:
    assert encode_alpha5(norad_id) == field
    assert decode_alpha5(field) == norad_id


@given(st.integers(0, 339_999))
def test_every_number_comes_back(norad_id: int) -> None:
    assert decode_alpha5(encode_alpha5(norad_id)) == norad_id


WRONG = ["I0000", "O1234", "a0000", "AA000", "A000", "1A000", "-0001", "１2345"]


@pytest.mark.parametrize("field", ["", "     ", "A 000", *WRONG])
def test_anything_else_is_refused_with_what_is_expected(field: str) -> None:
    with pytest.raises(FormatError, match="five digits"):
        decode_alpha5(field)


@pytest.mark.parametrize("norad_id", [340_000, 999_999_999, -1])
def test_numbers_beyond_a_tle_come_with_advice(norad_id: int) -> None:
    with pytest.raises(FormatError, match="write OMM"):
        encode_alpha5(norad_id)
