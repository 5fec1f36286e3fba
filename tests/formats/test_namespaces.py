"""Keys of objects without a NORAD number."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.formats.namespaces import (
    DESIGNATOR_IDS,
    VIMPEL_IDS,
    designator_id,
    is_norad_id,
    is_object_id,
    vimpel_id,
)

DESIGNATORS = st.from_regex(r"20[0-4][0-9]-[0-9]{3}[A-Z]{1,3}", fullmatch=True)


@given(DESIGNATORS, DESIGNATORS)
def test_different_designators_have_different_keys(one: str, other: str) -> None:
    keys = designator_id(one), designator_id(other)
    assert (keys[0] == keys[1]) == (one == other)
    assert all(key in DESIGNATOR_IDS for key in keys)


def test_the_first_and_last_designators_fit() -> None:
    assert designator_id("1957-000A") in DESIGNATOR_IDS
    assert designator_id("2056-999ZZZ") in DESIGNATOR_IDS
    assert designator_id("1956-001A") is None
    assert designator_id("1998-067AAAA") is None


def test_vimpel_numbers_fit_or_have_no_key() -> None:
    assert vimpel_id(12104) == 2_000_012_104
    assert vimpel_id(0) is None
    assert vimpel_id(len(VIMPEL_IDS) + 1) is None


def test_namespaces_never_meet_norad_numbers() -> None:
    ids = np.array([0, 1, 999_999_999, 1_000_000_000, VIMPEL_IDS[0], DESIGNATOR_IDS[-1], 10**15])
    assert is_norad_id(ids).tolist() == [False, True, True, False, False, False, False]
    assert is_object_id(ids).tolist() == [False, True, True, False, True, True, False]
