"""Expected collisions against CARA's published values, Monte Carlo bounds and Alfano's cases."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from hoshimori.numerics.collision import collision_probability, encounter_plane
from hoshimori.numerics.collision_covariance import UncertainStates
from hoshimori.numerics.collision_expected import (
    ExpectedCollisions,
    encounter_interval_s,
    encounter_span_s,
    expected_collisions,
    single_pass_collisions,
)
from hoshimori.numerics.collision_overlap import uncertain_orbits
from hoshimori.numerics.collision_peak import peak

TRAPEZOID = 1e-3
"""CARA's 3-D-Nc sums its rate by trapezoids of uneven length. On all 50 messages where 2-D-Nc may
be used its column lies 0.07 to 0.09 % above that of 2-D-Nc, the fastest passes included;
`benchmarks/accuracy_collision.py` reproduces it to 2e-5 by its own rule."""


@pytest.fixture(scope="module")
def whole_passes(cara_messages) -> ExpectedCollisions:
    return expected_collisions(cara_messages.orbits)


def test_cara_three_dimensional_column(cara_messages, whole_passes) -> None:
    ratio = whole_passes.collisions / cara_messages.published["Nc3D"] - 1.0
    assert np.all(np.abs(ratio) <= TRAPEZOID)


def test_cara_monte_carlo_bounds(cara_messages, whole_passes) -> None:
    low, high = (cara_messages.published[name] for name in ("PcSDMCLo", "PcSDMCHi"))
    inside = (low <= whole_passes.collisions) & (whole_passes.collisions <= high)
    # The bounds hold 95 % of true values, CARA's own column 51 of 53. Fewer than 48 inside would
    # happen to true values once in 200 times.
    assert binom.cdf(47, 53, 0.95) < 0.06
    assert np.count_nonzero(inside) >= 51


def test_cara_two_dimensional_column(cara_messages) -> None:
    passes = single_pass_collisions(cara_messages.orbits)
    published = cara_messages.published["Nc2D"]
    usable = cara_messages.published["ViolationsNc2D"] == 0
    ratio = passes.collisions[usable] / published[usable] - 1.0
    assert np.count_nonzero(usable) == 50
    tolerance_of_its_peak_overlap = 1e-4
    assert np.all(np.abs(ratio) <= tolerance_of_its_peak_overlap)
    # The plane at the peak says the same for these: their bodies are small against the errors.
    np.testing.assert_allclose(passes.in_plane[usable], passes.collisions[usable], rtol=1e-3)


def test_both_numbers_agree_on_isolated_passes(cara_messages, whole_passes) -> None:
    usable = cara_messages.published["ViolationsNc2D"] == 0
    passes = single_pass_collisions(cara_messages.orbits).collisions
    beyond_the_parabola = 2e-4
    np.testing.assert_allclose(
        passes[usable], whole_passes.collisions[usable], rtol=beyond_the_parabola
    )


def test_alfano_2009(alfano_cases) -> None:
    limit = alfano_cases.published["time_limit_s"]
    found = expected_collisions(alfano_cases.orbits, -limit, limit)
    # CARA's values are promised to 1e-3 by its own tests, and carry its trapezoids.
    np.testing.assert_allclose(found.collisions, alfano_cases.published["pc_3d_hall"], rtol=1e-3)


def test_messages_of_the_unit_tests(sample_message) -> None:
    # CARA's unit tests of 3-D-Nc, with their tolerances: the plane fails by 15 orders of magnitude,
    # a covariance that is not positive definite, and Alfano's case 7 against 1e8 drawn pairs.
    for name, radius_m, expected, tolerance in (
        ("OmitronTestCase_Test08_3DNc.cdm", 20.0, 1.9271201e-05, 1e-3),
        ("AlfanoTestCase07.cdm", 10.0, 0.000161462, 5e-3),
    ):
        found = expected_collisions(sample_message(name, radius_m).orbits)
        assert found.collisions[0] == pytest.approx(expected, rel=tolerance)
    broken = sample_message("OmitronTestCase_Test07_NonPDCovariance.cdm", 20.0).orbits
    assert broken.repaired[0]
    assert expected_collisions(broken).collisions[0] == pytest.approx(0.0, abs=1e-10)


def _fast_crossing() -> tuple[UncertainStates, UncertainStates]:
    sigma = np.array([0.05, 0.2, 0.05, 1e-7, 1e-7, 1e-7])
    covariance = np.diag(sigma**2)[None]
    return (
        UncertainStates(np.array([[7000.0, 0, 0]]), np.array([[0, 7.5, 0.0]]), covariance),
        UncertainStates(np.array([[7000.06, 0, 0]]), np.array([[0, 0.0, 7.5]]), covariance),
    )


@pytest.mark.parametrize("radius_km", [1e-3, 0.02, 0.2])
def test_a_fast_pass_is_that_of_the_plane(radius_km: float) -> None:
    primary, secondary = _fast_crossing()
    plane = encounter_plane(
        secondary.position_km - primary.position_km,
        secondary.velocity_km_s - primary.velocity_km_s,
        (primary.covariance + secondary.covariance)[:, :3, :3],
        radius_km,
    )
    found = expected_collisions(uncertain_orbits(primary, secondary, radius_km))
    curvature = 1e-4
    assert found.collisions[0] == pytest.approx(collision_probability(plane)[0], rel=curvature)
    assert found.start_s[0] < found.mean_s[0] < found.end_s[0]
    assert 0.0 < found.sigma_s[0] < 0.1


def test_the_integral_over_time_adds_up() -> None:
    orbits = uncertain_orbits(*_fast_crossing(), 0.02)
    whole = expected_collisions(orbits, -1.0, 1.0).collisions[0]
    parts = [expected_collisions(orbits, *x).collisions[0] for x in ((-1.0, 0.01), (0.01, 1.0))]
    assert sum(parts) == pytest.approx(whole, rel=2e-5)


def test_no_number_where_nothing_is_known() -> None:
    primary, secondary = _fast_crossing()
    hidden = secondary._replace(covariance=np.full((1, 6, 6), np.nan))
    orbits = uncertain_orbits(primary, hidden, 0.02)
    assert np.isnan(expected_collisions(orbits).collisions[0])
    assert np.isnan(single_pass_collisions(orbits).collisions[0])
    assert np.isnan(peak(orbits).t_s[0])


def test_the_interval_lies_in_the_span_and_holds_the_peak(cara_messages) -> None:
    orbits = cara_messages.orbits
    (start, end), (low, high) = encounter_span_s(orbits), encounter_interval_s(orbits)
    assert np.all((start <= low) & (high <= end))
    usable = cara_messages.published["ViolationsNc2D"] == 0
    at = peak(orbits).t_s
    assert np.all((low[usable] < at[usable]) & (at[usable] < high[usable]))
