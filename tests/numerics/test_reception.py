"""Onset, end and depth of changes in series with known truth."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.reception import (
    as_deep_before,
    episodes_of,
    median_interval,
    over_satellites,
    pieces_of,
    rise_s,
    slope_of,
    stuck,
)


def walked(x: np.ndarray, step_s: float = 30.0, **more: float) -> tuple[np.ndarray, ...]:
    rule = {
        "least": 6.0, "floor": 1.0, "spacing_s": 30.0, "held_most": 200, "fewest": 20,
        "gap_s": 600.0, "settle_s": 1e6,
    } | more  # fmt: skip
    t_s = np.arange(len(x)) * step_s
    return episodes_of(t_s, x, *rule.values())  # type: ignore[arg-type]


def noisy(count: int = 200, seed: int = 1) -> np.ndarray:
    return np.random.Generator(np.random.PCG64(seed)).normal(10.0, 0.5, count)


def test_a_step_has_its_onset_and_end() -> None:
    x = noisy()
    x[100:130] += 12.0
    usual, spread, episode = walked(x)
    assert np.flatnonzero(episode).tolist() == list(range(100, 130))
    assert np.isnan(usual[:20]).all()
    assert usual[100] == pytest.approx(10.0, abs=0.3)
    assert spread[100] == 1.0


def test_single_samples_raise_nothing_however_absurd() -> None:
    x = noisy()
    x[50::10] = 1e9
    assert not walked(x)[2].any()


def test_silence_ends_an_episode_and_a_lasting_one_becomes_usual() -> None:
    x = noisy()
    x[100:] += 12.0
    x[110:140] = np.nan
    episode = walked(x)[2]
    assert set(episode[100:110]) == {1}
    assert set(episode[140:]) == {2}
    lasting = walked(noisy() + np.where(np.arange(200) < 60, 0.0, 12.0), settle_s=1_800.0)
    assert lasting[2][60:121].all()
    assert not lasting[2][-20:].any()
    assert lasting[0][-1] == pytest.approx(22.0, abs=0.3)


def test_what_is_disturbed_teaches_nothing() -> None:
    x = noisy(400)
    x[100:390] += 12.0
    usual = walked(x)[0]
    assert usual[389] == pytest.approx(10.0, abs=0.3)


def test_repeated_values_are_stuck_and_missing_ones_are_not() -> None:
    x = np.array([1.0, 1.0, 1.0, 2.0, np.nan, np.nan, np.nan, 3.0, 3.0])
    assert stuck(x, 3).tolist() == [True] * 3 + [False] * 6
    assert stuck(np.empty(0), 3).tolist() == []


def test_a_lost_satellite_lowers_the_mean_however_weak_it_was() -> None:
    table = np.tile(np.array([50.0, 48.0, 46.0, 30.0]), (60, 1))
    table[40:, 3] = np.nan
    mean, spread = over_satellites(np.arange(60) * 60.0, table)
    assert mean[39] == pytest.approx(43.5)
    assert mean[45] == pytest.approx(36.0)
    assert spread[45] == pytest.approx(2.0)
    none, _ = over_satellites(np.arange(3) * 60.0, np.full((3, 2), np.nan))
    assert none.tolist() == [0.0, 0.0, 0.0]


def test_intervals_of_medians_hold_the_truth_and_widen_with_likeness() -> None:
    rng = np.random.Generator(np.random.PCG64(3))
    held = 0
    for _ in range(400):
        low, best, high = median_interval(rng.normal(0.0, 1.0, 41))
        assert low <= best <= high
        held += low <= 0.0 <= high
    assert 0.93 <= held / 400 <= 0.995
    white = rng.normal(0.0, 1.0, 400)
    alike = np.repeat(rng.normal(0.0, 1.0, 40), 10)
    spans = [h - lo for lo, _, h in map(median_interval, (white, alike))]
    assert spans[1] > 2.0 * spans[0]
    assert median_interval(np.array([7.0])) == (7.0, 7.0, 7.0)


def test_pieces_cover_an_episode_without_gap() -> None:
    depth = np.concatenate([np.full(10, 8.0), np.full(20, 40.0), np.full(5, 9.0)])
    depth[12] = np.nan
    cut = pieces_of(depth, 6.0)
    assert cut == [(0, 9), (10, 29), (30, 34)]
    assert pieces_of(np.full(50, 9.0), 6.0) == [(0, 49)]


def test_the_rise_of_a_step_and_of_a_ramp() -> None:
    t_s = np.arange(100) * 10.0
    step = np.where(np.arange(100) < 50, 0.0, 10.0)
    assert rise_s(t_s, step, 50, 10.0) == 10.0
    ramp = np.clip((np.arange(100) - 20) / 40.0, 0.0, 1.0) * 10.0
    assert rise_s(t_s, ramp, 30, 10.0) == pytest.approx(160.0)


def test_earlier_stretches_as_deep_are_counted() -> None:
    t_s = np.arange(100) * 10.0
    change = np.zeros(100)
    change[20:30] = 12.0
    assert as_deep_before(t_s, change, 900.0, 100.0, 10.0) == (1, 9)
    assert as_deep_before(t_s, change, 0.0, 100.0, 10.0) == (0, 0)


def test_a_slope_is_found_beside_outliers() -> None:
    days = np.arange(20.0)
    values = 40.0 - 0.2 * days
    values[5] = 0.0
    slope, sigma = slope_of(days, values)
    assert slope == pytest.approx(-0.2)
    assert sigma < 1e-9
