"""Shares with intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.rates import share_interval


def test_wilson_interval_of_a_published_example() -> None:
    # Newcombe 1998, Statist. Med. 17, 857, table I, method 3: 81 of 263 gives 0.2553 to 0.3662.
    low, best, high = share_interval(81, 263)
    last_digit = 5e-5
    assert best == 81 / 263
    assert low == pytest.approx(0.2553, abs=last_digit)
    assert high == pytest.approx(0.3662, abs=last_digit)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_an_interval_holds_its_share(a: int, b: int) -> None:
    low, best, high = share_interval(min(a, b), max(a, b))
    assert 0.0 <= low <= best <= high <= 1.0


@pytest.mark.parametrize(("count", "total"), [(-1, 5), (6, 5)])
def test_impossible_counts_are_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="0 <= count <= total"):
        share_interval(count, total)
