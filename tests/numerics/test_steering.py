"""What remains of an element without nature's part, and how it tells who steers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.numerics.steering import (
    Control,
    Steering,
    accumulated,
    steering_of,
    stretches,
)

DAYS = np.arange(0.0, 180.0)
PULL = 1e-3
NOISE = 1e-4


def read(observed: np.ndarray, days: np.ndarray = DAYS, noise: float = NOISE) -> Steering:
    rng = np.random.default_rng(6)
    return steering_of(
        days,
        observed + noise * rng.standard_normal(len(days)),
        np.full(len(days), PULL),
        floor=1e-4,
        least_jump=0.002,
        longest_cycle_days=60.0,
    )


def told(steering: Steering) -> list[Control]:
    still = np.zeros(len(steering.pieces), dtype=np.bool_)
    found = stretches(steering, still, 60.0)
    assert found[0].start == 0
    assert found[-1].stop == len(steering.days)
    return [one.control for one in found]


def kept_by_burns(every: float, days: np.ndarray = DAYS) -> np.ndarray:
    return PULL * (days % every)


def test_nature_alone_leaves_a_level_remainder() -> None:
    free = read(PULL * DAYS)
    assert np.ptp(free.remainder) < 10.0 * NOISE
    assert told(free) == [Control.FREE]
    assert len(free.burns.row) == 0


def test_a_burn_smeared_over_gaps_of_some_days_is_one_burn() -> None:
    """As published of a geostationary satellite: the first set after the burn shows it too large,
    and the sets around it are four days apart."""
    held = np.isin(DAYS, [83.0, 84.0, 85.0, 87.0, 88.0, 89.0], invert=True)
    observed = kept_by_burns(14.0)
    observed[DAYS >= 86.0] -= 14.0 * PULL
    observed[DAYS == 86.0] -= 7.0 * PULL
    kept = read(observed[held], DAYS[held])
    near = kept.burns.days[(kept.burns.days > 80.0) & (kept.burns.days < 95.0)]
    assert near.tolist() == [86.0]


def test_burns_are_found_on_their_days_with_their_sizes() -> None:
    kept = read(kept_by_burns(14.0))
    assert told(kept) == [Control.IMPULSES]
    assert kept.burns.days.tolist() == list(range(14, 180, 14))
    assert kept.burns.size == pytest.approx(-14.0 * PULL, rel=0.1)


def test_daily_corrections_are_continuous() -> None:
    assert told(read(np.zeros(len(DAYS)))) == [Control.CONTINUOUS]


def test_burns_that_stop_leave_free_drift() -> None:
    until = np.where(DAYS < 98.0, kept_by_burns(14.0), PULL * (DAYS - 98.0))
    assert told(read(until)) == [Control.IMPULSES, Control.FREE]


def test_one_great_burn_keeps_nothing() -> None:
    moved = PULL * DAYS - 0.9 * (DAYS >= 90.0)
    assert told(read(moved)) == [Control.FREE]


def test_sets_a_month_apart_show_that_it_is_held_and_not_how() -> None:
    months = np.arange(0.0, 3000.0, 30.0)
    assert told(read(kept_by_burns(14.0, months), months)) == [Control.HELD]
    assert told(read(PULL * months, months)) == [Control.FREE]


def test_a_few_weeks_without_a_burn_tell_nothing() -> None:
    weeks = np.arange(0.0, 20.0)
    assert told(read(PULL * weeks, weeks)) == [Control.UNKNOWN]


@given(st.floats(-5.0, 5.0))
@settings(max_examples=10)
def test_where_an_element_begins_does_not_matter(offset: float) -> None:
    assert told(read(kept_by_burns(14.0) + offset)) == [Control.IMPULSES]


def test_rates_add_up() -> None:
    assert accumulated(2.0 * DAYS, DAYS)[-1] == pytest.approx(DAYS[-1] ** 2)
