"""The logistic curve of detection: what it is drawn from comes out again."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.change import Flags
from hoshimori.numerics.detection_fit import detection_fit
from hoshimori.numerics.elements import Floats


def drawn(count: int, half: float, slope: float, seed: int) -> tuple[Floats, Flags]:
    random = np.random.default_rng(seed)
    size = 10.0 ** random.uniform(-2.0, 2.0, count)
    share = 1.0 / (1.0 + np.exp(-slope * (np.log10(size) - np.log10(half))))
    return size, random.random(count) < share


@pytest.mark.parametrize(("half", "slope"), [(0.1, 4.0), (3.0, 6.0), (1.0, -5.0)])
def test_the_sizes_found_in_half_and_nine_of_ten_come_out(half: float, slope: float) -> None:
    fit = detection_fit(*drawn(4000, half, slope, 1), seed=1)
    assert fit is not None
    assert fit.half is not None
    assert fit.ninety is not None
    ninety = half * 10.0 ** (np.log(9.0) / slope)
    # About three standard errors of so many draws.
    assert fit.half[1] == pytest.approx(half, rel=0.15)
    assert fit.ninety[1] == pytest.approx(ninety, rel=0.25)
    assert fit.slope == pytest.approx(slope, rel=0.15)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    held = 0
    for seed in range(60):
        fit = detection_fit(*drawn(150, 1.0, 4.0, seed), seed=seed)
        assert fit is not None
        assert fit.half is not None
        held += fit.half[0] <= 1.0 <= fit.half[2]
    # Of 60 at 95 %, fewer than 51 come about once in a thousand times (binomial).
    assert held >= 51


def test_where_nearly_all_is_found_no_curve_is_told() -> None:
    size = np.geomspace(0.01, 1.0, 50)
    assert detection_fit(size, np.ones(50, np.bool_), seed=1) is None
    assert detection_fit(size, size > size[2], seed=1) is None


def test_sizes_beyond_what_was_tried_are_not_told() -> None:
    size, found = drawn(400, 1.0, 1.0, 5)
    few = size < 3.0
    fit = detection_fit(size[few], found[few], seed=1)
    assert fit is not None
    assert fit.ninety is None


def test_sizes_told_apart_without_an_exception_give_a_finite_curve() -> None:
    size = np.geomspace(0.01, 100.0, 41)
    fit = detection_fit(size, size > 1.0, seed=1)
    assert fit is not None
    assert fit.half is not None
    assert 0.7 < fit.half[1] < 1.4
    assert np.isfinite([fit.intercept, fit.slope, *fit.half]).all()
