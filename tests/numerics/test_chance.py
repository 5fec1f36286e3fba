"""Shares by chance: exact for moments that are all alike, whatever the score does through time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest

from hoshimori.numerics.chance import (
    Rank,
    bound_of_several,
    drawn_span,
    rank_of_first,
    span_around,
)

AT = np.datetime64("2025-03-03T12:00:00", "us")
DAY = np.timedelta64(1, "D")


def random(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def test_the_moment_stands_first_and_all_lie_in_the_span() -> None:
    span = drawn_span(AT, 7.0, 50, random(1))
    assert span.t_s[0] == 0.0
    assert len(span.utc) == 51
    assert span.days == pytest.approx(7.0)
    assert span.from_utc <= span.utc.min()
    assert span.utc.max() <= span.until_utc


def test_limits_move_the_span_and_then_cut_it() -> None:
    moved = drawn_span(AT, 4.0, 9, random(1), not_after=AT + DAY)
    assert (moved.until_utc <= AT + DAY, moved.days) == (True, pytest.approx(4.0))
    cut = drawn_span(AT, 4.0, 9, random(1), not_before=AT - DAY, not_after=AT + DAY)
    assert (cut.from_utc, cut.until_utc) == (AT - DAY, AT + DAY)


@pytest.mark.parametrize("away_days", [-9.0, 0.0, 9.0])
def test_a_span_around_another_moment_is_moved_until_it_holds_the_one_asked_about(
    away_days: float,
) -> None:
    middle = AT + np.timedelta64(round(away_days * 86400), "s")
    span = span_around(AT, middle, 7.0, 9, random(2))
    assert span.from_utc <= AT <= span.until_utc
    assert span.days == pytest.approx(7.0)


def test_the_place_in_the_span_is_drawn_evenly_so_that_no_trend_makes_a_moment_special() -> None:
    # A score that only grows with time: its rank is even where the place of the moment is.
    ranks, draws = [], random(1)
    for _ in range(1000):
        rank = rank_of_first(drawn_span(AT, 7.0, 19, draws).t_s)
        assert rank is not None
        ranks.append(rank.spread_p_value(float(draws.random())))
    assert kstest(ranks, "uniform").pvalue > 0.01


@settings(max_examples=25, deadline=None)
@given(scores=st.lists(st.integers(0, 5), min_size=2, max_size=40))
def test_what_is_told_is_never_smaller_than_with_ties_cut(scores: list[int]) -> None:
    rank = rank_of_first(np.array(scores, float))
    assert rank is not None
    assert rank.spread_p_value(0.0) + 1e-12 > 0.0
    assert rank.spread_p_value(1.0) == pytest.approx(rank.p_value)
    assert rank.spread_p_value(0.3) <= rank.p_value


def test_told_shares_are_never_too_small_even_where_most_scores_tie() -> None:
    # Scores of 0 but for one in ten: a share of a tenth or less may come in a tenth of all cases.
    draws = random(3)
    told = []
    for _ in range(400):
        scores = np.where(draws.random(100) < 0.1, draws.random(100), 0.0)
        rank = rank_of_first(scores)
        assert rank is not None
        told.append(rank.p_value)
    below = np.mean(np.array(told) <= 0.1)
    assert below <= 0.1 + 3.0 * np.sqrt(0.09 / 400)
    assert max(told) == 1.0


def test_what_is_not_known_counts_for_nothing() -> None:
    assert rank_of_first(np.array([1.0, np.nan, 2.0, 0.0])) == Rank(1, 1, 2)
    assert rank_of_first(np.array([np.nan, 1.0, 2.0])) is None
    assert rank_of_first(np.array([1.0, np.nan, np.nan, 2.0])) is None


def test_nobody_near_ties_with_nobody_near() -> None:
    rank = rank_of_first(-np.array([np.inf, np.inf, 5.0]))
    assert rank == Rank(2, 1, 2)


def test_many_looked_at_make_one_rare_value_common() -> None:
    assert bound_of_several(0.01, 1) == 0.01
    assert bound_of_several(0.1, 20) == 1.0
