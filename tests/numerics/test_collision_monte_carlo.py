"""Drawn orbits: counting, intervals and agreement with expected collisions."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from hoshimori.numerics.collision_covariance import UncertainStates
from hoshimori.numerics.collision_expected import expected_collisions
from hoshimori.numerics.collision_monte_carlo import clopper_pearson, monte_carlo_probability
from hoshimori.numerics.collision_overlap import uncertain_orbits

CONFIDENCE = 0.9999
"""Of the intervals here: draws are repeatable, and a wrong method misses by far more."""


def _pair(miss_km: float, sigma_km: float) -> tuple[UncertainStates, UncertainStates]:
    sigma = np.array([sigma_km, sigma_km, sigma_km, 1e-8, 1e-8, 1e-8])
    covariance = np.diag(sigma**2)[None]
    return (
        UncertainStates(np.array([[7000.0, 0, 0]]), np.array([[0, 7.5, 0.0]]), covariance),
        UncertainStates(
            np.array([[7000.0 + miss_km, 0, 0]]), np.array([[0, 0.0, 7.5]]), covariance
        ),
    )


def test_nearly_certain_orbits_hit_or_miss() -> None:
    for miss, expected in ((0.0099, 1.0), (0.0101, 0.0)):
        orbits = uncertain_orbits(*_pair(miss, 1e-6), 0.01)
        interval = np.array([-1.0]), np.array([1.0])
        drawn = monte_carlo_probability(orbits, 500, np.random.default_rng(1), *interval)
        assert drawn.probability[0] == expected


def test_a_round_error_has_a_closed_form() -> None:
    # The miss across the velocity is normal and round: 1 - exp(-R^2 / 2 sigma^2).
    orbits = uncertain_orbits(*_pair(0.0, 0.05), 0.03)
    drawn = monte_carlo_probability(orbits, 40000, np.random.default_rng(2), confidence=CONFIDENCE)
    exact = -np.expm1(-0.5 * 0.03**2 / (2.0 * 0.05**2))
    assert drawn.low[0] < exact < drawn.high[0]


def test_the_same_generator_gives_the_same_hits() -> None:
    orbits = uncertain_orbits(*_pair(0.0, 0.05), 0.03)
    first, second = (
        monte_carlo_probability(orbits, 3000, np.random.default_rng(3)) for _ in range(2)
    )
    assert first.hits[0] == second.hits[0] > 0
    assert first.samples[0] == 3000


def test_alfano_2009(alfano_cases) -> None:
    limit, samples = alfano_cases.published["time_limit_s"], 20000
    drawn, at_start = (
        monte_carlo_probability(
            alfano_cases.orbits, samples, np.random.default_rng(4), -limit, end
        ).hits
        for end in (limit, -limit)
    )
    # The same draws: bodies together when the interval begins are no collision in it, for which
    # 3-D-Nc counts. In cases 9, 11 and 12 they are many.
    low, high = clopper_pearson(drawn - at_start, samples, CONFIDENCE)
    expected = alfano_cases.published["pc_3d_hall"]
    assert np.all((low < expected) & (expected < high))
    assert at_start[8] > 1000


def test_what_alfano_counted_in_case_9(alfano_cases) -> None:
    # Alfano 2009: 0.36511606 of 1e8 pairs, those together at the beginning among them.
    case = alfano_cases.take([8])
    limit = case.published["time_limit_s"]
    drawn = monte_carlo_probability(
        case.orbits, 20000, np.random.default_rng(5), -limit, limit, confidence=CONFIDENCE
    )
    assert drawn.low[0] < case.published["pc_monte_carlo_1e8"][0] < drawn.high[0]


def test_a_message_that_the_plane_gets_wrong(cara_messages) -> None:
    # 2-D gives 1e-22 for this one, CARA's Monte Carlo 1.5e-4; here with a body ten times as large.
    slow = cara_messages.take([24])
    orbits = uncertain_orbits(slow.primary, slow.secondary, 10.0 * slow.radius_km)
    drawn = monte_carlo_probability(orbits, 60000, np.random.default_rng(6), confidence=CONFIDENCE)
    assert drawn.hits[0] > 100
    assert drawn.low[0] < expected_collisions(orbits).collisions[0] < drawn.high[0]


@pytest.mark.parametrize("hits", [0, 1, 7, 20])
def test_intervals_leave_out_what_is_improbable(hits: int) -> None:
    low, high = (float(x[0]) for x in clopper_pearson(np.array([hits]), 20, 0.9))
    assert 0.0 <= low <= hits / 20 <= high <= 1.0
    if hits > 0:
        assert binom.sf(hits - 1, 20, low) == pytest.approx(0.05)
    if hits < 20:
        assert binom.cdf(hits, 20, high) == pytest.approx(0.05)


def test_unknown_encounters_have_no_estimate() -> None:
    primary, secondary = _pair(0.0, 0.05)
    hidden = secondary._replace(covariance=np.full((1, 6, 6), np.nan))
    orbits = uncertain_orbits(primary, hidden, 0.03)
    drawn = monte_carlo_probability(orbits, 10, np.random.default_rng(1))
    assert np.isnan([drawn.probability[0], drawn.low[0], drawn.high[0]]).all()


def test_no_samples_are_refused() -> None:
    orbits = uncertain_orbits(*_pair(0.0, 0.05), 0.03)
    with pytest.raises(ValueError, match="at least one sample"):
        monte_carlo_probability(orbits, 0, np.random.default_rng(1))
