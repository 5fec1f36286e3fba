"""A lasting rise is dated to its day; what only varies, falls or is too short is none."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import lfilter

from hoshimori.numerics.interference_rise import step_up


def noisy(seed: int, level: list[tuple[int, float]], spread: float = 0.015) -> np.ndarray:
    random = np.random.default_rng(seed)
    parts = [random.normal(share, spread, days) for days, share in level]
    return np.clip(np.concatenate(parts), 0.0, 1.0)


@pytest.mark.parametrize("lasts", [7, 10, 40])
def test_a_rise_is_dated_to_the_day(lasts: int) -> None:
    for seed in range(20):
        shares = noisy(seed, [(70, 0.14), (lasts, 0.27)])
        step = step_up(np.arange(len(shares)), shares)
        assert step is not None
        assert step.since_day == 70
        assert step.before == pytest.approx(0.14, abs=0.01)
        assert step.since == pytest.approx(0.27, abs=0.02)


def test_days_without_aircraft_do_not_move_it() -> None:
    shares = noisy(1, [(60, 0.14), (12, 0.27)])
    days = np.delete(np.arange(72), [5, 6, 30, 59, 65])
    step = step_up(days, shares[days])
    assert step is not None
    assert step.since_day == 60


def test_what_only_varies_seldom_shows_a_rise() -> None:
    told = [step_up(np.arange(100), noisy(seed, [(100, 0.14)], 0.04)) for seed in range(300)]
    assert sum(step is not None for step in told) <= 9  # one in a hundred, with 99 % room


@pytest.mark.parametrize(
    "level",
    [[(60, 0.27), (20, 0.14)], [(60, 0.14), (10, 0.27), (20, 0.14)], [(15, 0.14), (10, 0.3)],
     [(60, 0.14), (20, 0.155)], [(60, 0.14), (6, 0.3)], []],
)  # fmt: skip
def test_a_fall_a_past_rise_a_short_past_and_a_small_or_young_rise_are_none(
    level: list[tuple[int, float]],
) -> None:
    shares = noisy(3, level, 0.008) if level else np.zeros(0)
    assert step_up(np.arange(len(shares)), shares) is None


def test_a_wave_that_comes_again_is_no_rise_and_one_above_all_waves_is() -> None:
    waves = [(30, 0.14), (14, 0.25), (40, 0.12), (21, 0.24), (60, 0.13)]
    for level, expected in ((0.26, None), (0.4, 165)):
        shares = noisy(5, [*waves, (14, level)])
        step = step_up(np.arange(len(shares)), shares)
        assert (step.since_day if step else None) == expected
    # What was there more than half a year before does not count.
    shares = noisy(6, [(30, 0.26), (200, 0.13), (14, 0.26)])
    step = step_up(np.arange(len(shares)), shares)
    assert step is not None
    assert step.since_day == 230


def test_waves_of_weeks_alone_seldom_show_a_rise() -> None:
    # Correlated over three weeks, as an area that is disturbed now and then.
    kept = float(np.exp(-1.0 / 21.0))
    steps = np.random.default_rng(1).normal(0.0, np.sqrt(1.0 - kept**2), (60, 500))
    waves = lfilter([1.0], [1.0, -kept], steps, axis=1)[:, 100:]
    told = [step_up(np.arange(400), 0.15 * np.exp(0.4 * wave)) for wave in waves]
    assert sum(step is not None for step in told) <= 9
