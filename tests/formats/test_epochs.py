"""Epochs of CCSDS messages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.epochs import format_epochs, parse_epoch, parse_epochs

GOOD = {
    "2020-064T10:34:41.4264": "2020-03-04T10:34:41.426400",  # CCSDS 502.0-B-3, annex G
    "2002-204T15:56:23Z": "2002-07-23T15:56:23",  # CCSDS 502.0-B-3, table 4-1
    "2001-11-06T11:17:33": "2001-11-06T11:17:33",
    "2026-09-20T12:42:37.141056": "2026-09-20T12:42:37.141056",
    "2026-09-20T12:42:37.1": "2026-09-20T12:42:37.1",
    "2024-02-29T00:00:00Z": "2024-02-29T00:00:00",
    "2024-366T00:00:00": "2024-12-31T00:00:00",
    "2016-12-31T23:59:60": "2017-01-01T00:00:00",  # the leap second of 2016
    "2016-12-31T23:59:60.5": "2017-01-01T00:00:00.5",
    "2026-01-01T00:00:00.0000005": "2026-01-01T00:00:00",  # half to even
    "2026-01-01T00:00:00.0000015": "2026-01-01T00:00:00.000002",
    "2026-01-01T00:00:00.00000050000001": "2026-01-01T00:00:00.000001",
    "2026-12-31T23:59:59.9999999": "2027-01-01T00:00:00",
}
BAD = [
    "", "2026-9-20T12:42:37", "2026-09-20 12:42:37", "26263.52959654", "20260920T124237",
    "2026-09-20T12:42:37.141056+00:00", "2026-02-29T00:00:00", "2025-366T00:00:00",
    "2026-000T00:00:00", "2026-13-01T00:00:00", "2026-00-10T00:00:00", "2026-01-01T24:00:00",
    "2026-01-01T00:60:00", "2026-01-01T00:00:60", "2026-01-01T00:00:00.", "0000-01-01T00:00:00",
    "２026-01-01T00:00:00", "2026-01-01T00:00:00.12345x", "2026-01-01T00:00:00\0",
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_what_the_standard_allows_is_read(text: str) -> None:
    assert parse_epoch(text) == np.datetime64(GOOD[text], "us")


@pytest.mark.parametrize("text", BAD)
def test_what_it_does_not_allow_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match="expected YYYY-MM-DDThh:mm:ss"):
        parse_epoch(text)


def test_a_column_is_read_like_its_cells() -> None:
    moments, unreadable = parse_epochs([*GOOD, *BAD])
    assert unreadable.tolist() == list(range(len(GOOD), len(GOOD) + len(BAD)))
    expected = np.array(list(GOOD.values()), dtype="datetime64[us]")
    np.testing.assert_array_equal(moments[: len(GOOD)], expected)
    assert np.isnat(moments[len(GOOD) :]).all()


@given(st.lists(st.datetimes(), max_size=5))
def test_written_epochs_are_read_again(moments: list[object]) -> None:
    column = np.array(moments, dtype="datetime64[us]")
    again, unreadable = parse_epochs(format_epochs(column))
    np.testing.assert_array_equal(again, column)
    assert len(unreadable) == 0
