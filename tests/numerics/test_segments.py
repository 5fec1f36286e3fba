"""Straight pieces of noisy series: their breaks, slopes and noise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.segments import linear_pieces, noise_of, without_outliers

DAYS = np.arange(120.0)


def noisy(values: np.ndarray, sigma: float = 0.3, seed: int = 1) -> np.ndarray:
    return values + np.random.default_rng(seed).normal(0.0, sigma, len(values))


def test_a_jump_and_a_bend_are_found_where_they_are() -> None:
    truth = np.where(DAYS < 80, 0.1 * DAYS, 8.0 - 0.2 * (DAYS - 80)) + 4.0 * (DAYS >= 40)
    pieces = linear_pieces(DAYS, noisy(truth), 0.3, 40.0)
    assert len(pieces) == 3
    assert pieces.start.tolist()[1] == 40
    assert abs(int(pieces.start[2]) - 80) <= 2
    three_sigma = 3.0 * pieces.slope_sigma
    assert (np.abs(pieces.slope_per_day - [0.1, 0.1, -0.2]) < three_sigma + 0.01).all()


def test_pieces_follow_one_another_and_hold_every_row() -> None:
    walk = np.cumsum(np.random.default_rng(3).normal(0.0, 1.0, 200))
    pieces = linear_pieces(np.arange(200.0), walk, 0.5, 30.0)
    assert pieces.start[0] == 0
    assert pieces.stop[-1] == 200
    assert (pieces.start[1:] == pieces.stop[:-1]).all()
    assert (pieces.stop - pieces.start >= 3).all()


def brute_force_cost(days: np.ndarray, values: np.ndarray, penalty: float) -> float:
    """Return the least cost over all ways to cut, by trying them all."""

    def line(a: int, b: int) -> float:
        fit = np.polyfit(days[a:b] - days[a], values[a:b], 1)
        return float(np.sum((values[a:b] - np.polyval(fit, days[a:b] - days[a])) ** 2))

    best = {0: -penalty}
    for stop in range(3, len(days) + 1):
        options = [best[a] + penalty + line(a, stop) for a in best if stop - a >= 3]
        if options:
            best[stop] = min(options)
    return best[len(days)]


@given(st.lists(st.floats(-5.0, 5.0), min_size=6, max_size=12))
def test_no_other_cut_is_cheaper(values: list[float]) -> None:
    days, series = np.arange(float(len(values))), np.array(values)
    pieces = linear_pieces(days, series, 1.0, 2.0)
    cost = 2.0 * (len(pieces) - 1)
    for k in range(len(pieces)):
        rows = slice(pieces.start[k], pieces.stop[k])
        line = pieces.level[k] + pieces.slope_per_day[k] * (days[rows] - pieces.middle_days[k])
        cost += float(np.sum((series[rows] - line) ** 2))
    assert cost == pytest.approx(brute_force_cost(days, series, 2.0), abs=1e-6)


def test_noise_is_measured_beside_steps_and_slopes() -> None:
    values = noisy(3.0 * DAYS + 50.0 * (DAYS > 60), sigma=0.3)
    assert noise_of(values) == pytest.approx(0.3, rel=0.3)  # of 118 second differences
    assert np.isnan(noise_of(values[:3]))


def test_a_single_bad_row_is_drawn_in_and_a_step_stays() -> None:
    values = np.array([0.0, 0.1, 9.0, 0.1, 0.0, 5.0, 5.1, 5.0])
    cleaned = without_outliers(values, 0.1)
    assert cleaned[2] == pytest.approx(0.1)
    assert cleaned[5:].tolist() == values[5:].tolist()


def test_few_rows_are_one_piece() -> None:
    assert len(linear_pieces(DAYS[:2], np.array([1.0, 2.0]), 0.1, 30.0)) == 1
    assert len(linear_pieces(DAYS[:0], np.empty(0), 0.1, 30.0)) == 0
