"""Tails of quiet steps: against laws whose tails are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.tails import BULK_ENDS, Tails, shares_reaching, tails_of

CUT = 9.0


def tails_below_the_cut(strength: np.ndarray) -> Tails:
    kept = strength[strength < CUT]
    return tails_of(kept, np.zeros(len(kept), np.int64), 1)


@pytest.mark.parametrize("exponent", [1.2, 2.0, 4.0])
def test_a_pareto_tail_cut_at_the_threshold_is_recovered_beyond_it(exponent: float) -> None:
    rng = np.random.default_rng(5)
    strength = 1.0 / rng.uniform(size=400_000) ** (1.0 / exponent)
    tails = tails_below_the_cut(strength)
    for beyond in (9.0, 20.0):
        true = beyond**-exponent
        # The fit sees some hundred to some thousand steps of the tail.
        (share,) = shares_reaching(np.array([beyond]), tails, CUT)
        assert share == pytest.approx(true, rel=0.15)


def test_without_steps_nothing_is_known_and_without_a_tail_little() -> None:
    nothing = Tails(np.zeros(1), np.zeros(1), np.zeros(1))
    assert shares_reaching(np.array([100.0]), nothing, CUT).tolist() == [1.0]
    calm = tails_below_the_cut(np.full(50, 0.7))
    weak, strong = shares_reaching(np.array([9.0, 90.0]), calm.take(np.zeros(2, np.int64)), CUT)
    assert 1e-6 < strong < weak < 1e-2


def test_few_steps_borrow_from_the_others_and_many_speak_for_themselves() -> None:
    rng = np.random.default_rng(6)
    noisy = tails_below_the_cut(1.0 / rng.uniform(size=100_000) ** (1.0 / 1.2))
    calm = tails_below_the_cut(1.0 / rng.uniform(size=100_000) ** (1.0 / 6.0))
    few = Tails(calm.steps / 1e4, calm.above / 1e4, calm.log_sum / 1e4)
    at = np.array([12.0])
    (borrowed,) = shares_reaching(at, few.with_others(noisy.pooled()), CUT)
    (own,) = shares_reaching(at, calm.with_others(noisy.pooled()), CUT)
    (theirs,) = shares_reaching(at, noisy, CUT)
    assert borrowed == pytest.approx(theirs, rel=0.5)
    assert own < 0.05 * theirs


@given(
    st.lists(st.floats(0.0, 8.9), min_size=1, max_size=200),
    st.floats(BULK_ENDS, 50.0),
    st.floats(0.0, 50.0),
)
def test_shares_are_shares_and_fall(quiet: list[float], strength: float, more: float) -> None:
    tails = tails_below_the_cut(np.array(quiet)).take(np.zeros(2, np.int64))
    shares = shares_reaching(np.array([strength, strength + more]), tails, CUT)
    assert ((shares >= 0.0) & (shares <= 1.0)).all()
    assert shares[1] <= shares[0] + 1e-12
