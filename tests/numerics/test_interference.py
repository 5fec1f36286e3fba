"""Disturbed days of cells: the statistic against scipy, and what must never count."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hoshimori.numerics.interference import CellDays, DisturbanceRule, Judgement, fault_rate, judge

RATE = 4e-4
RULE = DisturbanceRule()


def days_of(aircraft: list[int], bad: list[int], *, cells: int = 1) -> CellDays:
    each = len(aircraft) // cells
    return CellDays(
        cell_index=np.repeat(np.arange(cells), each),
        day=np.tile(np.arange(each), cells) + 19_000,
        aircraft=np.array(aircraft, dtype=np.int64),
        bad=np.array(bad, dtype=np.int64),
    )


def judged(aircraft: list[int], bad: list[int], *, cells: int = 1) -> Judgement:
    return judge(days_of(aircraft, bad, cells=cells), RATE, RULE)


@settings(deadline=None)
@given(st.integers(2, 60), st.integers(0, 400))
def test_the_first_day_is_scipys_beta_binomial(bad: int, good: int) -> None:
    told = judged([bad + good], [bad]).p_value[0]
    prior = RULE.prior_aircraft
    scipys = stats.betabinom(bad + good, RATE * prior, (1.0 - RATE) * prior)
    # Summed upward: scipy's own tail is one minus a sum and loses what is small.
    expected = scipys.pmf(np.arange(bad, bad + good + 1)).sum()
    assert told == pytest.approx(expected, rel=1e-6)


def test_later_days_rest_on_the_quiet_days_before() -> None:
    told = judged([100] * 5, [0, 1, 0, 1, 4]).p_value[-1]
    fade = 0.5 ** (1.0 / RULE.half_life_days)
    quiet = sum(100.0 * fade**k for k in (1, 2, 3, 4))
    quiet_bad = fade + fade**3
    alpha = RATE * RULE.prior_aircraft + quiet_bad
    beta = (1.0 - RATE) * RULE.prior_aircraft + quiet - quiet_bad
    assert told == pytest.approx(stats.betabinom(100, alpha, beta).sf(3), rel=1e-7)


@settings(deadline=None)
@given(st.lists(st.integers(1, 600), min_size=1, max_size=40))
def test_a_single_bad_aircraft_never_counts(aircraft: list[int]) -> None:
    assert not judged(aircraft, [1] * len(aircraft)).disturbed.any()


@settings(deadline=None)
@given(st.integers(1, 3))
def test_days_with_few_aircraft_say_nothing(aircraft: int) -> None:
    told = judged([aircraft], [aircraft])
    assert not told.tested.any()
    assert not told.disturbed.any()


def test_a_disturbed_cell_does_not_become_its_own_norm() -> None:
    told = judged([50] * 200, [20] * 200)
    assert told.disturbed.all()
    assert told.past_disturbed[-1] == pytest.approx(told.past_days[-1])
    assert told.past_days[-1] < 200  # older days fade


def test_a_cell_of_faulty_receivers_learns_its_own_rate() -> None:
    faulty = [2, 1, 3, 2, 1, 2, 3, 1, 2, 2] * 4
    told = judged([100] * 40, faulty)
    assert told.p_value[-1] > 10.0 * told.p_value[0]


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_cells_do_not_see_one_another_but_for_the_control_of_chance(seed: int) -> None:
    random = np.random.Generator(np.random.PCG64(seed))
    aircraft = random.integers(1, 200, 60)
    bad = random.binomial(aircraft, random.choice([0.0005, 0.2], 60))
    together = judged(aircraft.tolist(), bad.tolist(), cells=3)
    for k in range(3):
        part = slice(20 * k, 20 * k + 20)
        alone = judged(aircraft[part].tolist(), bad[part].tolist())
        np.testing.assert_array_equal(alone.p_value, together.p_value[part])


def test_of_quiet_air_few_cells_are_called_disturbed() -> None:
    random = np.random.Generator(np.random.PCG64(1))
    aircraft = random.integers(4, 300, 40_000)
    rate = random.beta(RATE * 300.0, (1.0 - RATE) * 300.0, 40_000)
    told = judged(aircraft.tolist(), random.binomial(aircraft, rate).tolist(), cells=1000)
    # One per cent of what is reported a day may be chance: nearly always nothing is reported.
    assert told.disturbed.sum() <= 4


def test_no_rows_give_no_rows() -> None:
    assert not len(judge(days_of([], []), RATE, RULE).disturbed)


def test_the_fault_rate_is_that_of_the_quiet_regions() -> None:
    random = np.random.Generator(np.random.PCG64(2))
    aircraft = random.integers(1, 100, 15_000)
    region = np.repeat([1, 2, 3], 5000)
    bad = random.binomial(aircraft, 5e-4)
    bad[region == 3] = random.binomial(aircraft[region == 3], 0.2)
    assert fault_rate(aircraft, bad, region) == pytest.approx(5e-4, rel=0.25)


def test_a_small_map_takes_the_measured_rate() -> None:
    assert fault_rate(np.array([5, 6]), np.array([2, 3]), np.array([1, 1])) == 4e-4
