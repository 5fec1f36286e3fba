"""Which probability is stated, and what it supports."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.collision_choice import (
    CollisionEstimate,
    CollisionMethod,
    Drawing,
    choose_probability,
    reported_estimate,
)
from hoshimori.numerics.collision_conclusion import Conclusion, ProbabilityType
from hoshimori.numerics.collision_covariance import UncertainStates
from hoshimori.numerics.collision_usage import UsageViolation


def _pair(
    miss_km: float, sigma_km: float, speed_km_s: float = 7.5
) -> tuple[UncertainStates, UncertainStates]:
    rate = 1e-3 * sigma_km
    covariance = np.diag(np.array([*[sigma_km] * 3, *[rate] * 3]) ** 2)[None]
    return (
        UncertainStates(np.array([[7000.0, 0, 0]]), np.array([[0, 7.5, 0.0]]), covariance),
        UncertainStates(
            np.array([[7000.0 + miss_km, 0, 0]]), np.array([[0, 7.5, speed_km_s]]), covariance
        ),
    )


def _position_only(states: UncertainStates) -> UncertainStates:
    return states._replace(covariance=states.covariance[:, :3, :3])


def _one(
    primary: UncertainStates, secondary: UncertainStates, drawing: Drawing | None = None
) -> CollisionEstimate:
    (estimate,) = choose_probability(primary, secondary, 0.01, drawing=drawing)
    return estimate


def test_a_fast_pass_is_computed_in_the_plane_with_either_covariance() -> None:
    full = _one(*_pair(0.1, 0.05))
    flat = _one(*(_position_only(states) for states in _pair(0.1, 0.05)))
    for estimate in (full, flat):
        assert estimate.method is CollisionMethod.PLANE
        assert estimate.pc_type is ProbabilityType.COMPUTED
        assert estimate.violations == 0
        assert not estimate.repaired
    assert full.pc == pytest.approx(flat.pc)


@pytest.mark.parametrize(
    ("miss_km", "sigma_km", "diluted", "conclusion"),
    [
        (0.05, 0.05, True, Conclusion.ABOVE_THRESHOLD),
        (1.0, 0.05, False, Conclusion.BELOW_THRESHOLD),
        (5.0, 20.0, True, Conclusion.NO_CONCLUSION),
    ],
)
def test_what_a_number_supports(
    miss_km: float, sigma_km: float, diluted: bool, conclusion: Conclusion
) -> None:
    estimate = _one(*_pair(miss_km, sigma_km))
    assert estimate.diluted is diluted
    assert estimate.conclusion is conclusion


def test_no_word_means_safe() -> None:
    assert {word.name for word in Conclusion} == {
        "ABOVE_THRESHOLD", "BELOW_THRESHOLD", "NO_CONCLUSION",
    }  # fmt: skip


def test_a_slow_pass_needs_velocities() -> None:
    flat = _one(*(_position_only(states) for states in _pair(0.1, 0.05, 1e-4)))
    assert flat.pc_type is ProbabilityType.NONE
    assert flat.method is CollisionMethod.NONE
    assert flat.pc is None
    assert flat.violations & UsageViolation.EXTENDED
    assert flat.conclusion is Conclusion.NO_CONCLUSION


def _with_negative_variance(secondary: UncertainStates) -> UncertainStates:
    broken = secondary.covariance.copy()
    broken[0, 1, 1] = -1e-3
    return secondary._replace(covariance=broken)


def test_a_covariance_at_fault_leaves_the_maximum() -> None:
    primary, secondary = (_position_only(states) for states in _pair(0.1, 0.05))
    estimate = _one(primary, _with_negative_variance(secondary))
    assert estimate.pc_type is ProbabilityType.MAXIMUM
    assert estimate.method is CollisionMethod.MAXIMUM
    assert estimate.violations == UsageViolation.NOT_POSITIVE_DEFINITE
    small_body = 0.48394 * 0.01 / 0.1
    assert estimate.pc == pytest.approx(small_body, rel=1e-2)
    assert estimate.conclusion is Conclusion.NO_CONCLUSION


def test_a_maximum_below_the_threshold_excludes() -> None:
    primary, secondary = (_position_only(states) for states in _pair(80.0, 0.05))
    assert (
        _one(primary, _with_negative_variance(secondary)).conclusion is Conclusion.BELOW_THRESHOLD
    )


def test_unknown_rows_are_none_and_leave_the_others_alone() -> None:
    primary, secondary = (
        UncertainStates(*(np.repeat(column, 3, axis=0) for column in states))
        for states in _pair(0.1, 0.05)
    )
    primary.position_km[1] = np.nan
    radius = np.array([0.01, 0.01, np.inf])
    found = choose_probability(primary, secondary, radius)
    assert [x.pc_type.name for x in found] == ["COMPUTED", "NONE", "NONE"]


@pytest.mark.parametrize("radius_km", [0.0, 0.01])
@pytest.mark.parametrize("speed_km_s", [0.0, 7.5])
@pytest.mark.parametrize("sigma_km", [0.0, 0.05])
def test_nothing_degenerate_stops_anything(
    radius_km: float, speed_km_s: float, sigma_km: float
) -> None:
    for miss_km in (0.0, 0.1):
        pair = _pair(miss_km, sigma_km, speed_km_s)
        for states in (pair, tuple(_position_only(x) for x in pair)):
            (estimate,) = choose_probability(*states, radius_km)
            assert estimate.pc is None or 0.0 <= estimate.pc <= 1.0
            assert (estimate.pc is None) == (estimate.pc_type is ProbabilityType.NONE)


def test_what_cannot_be_asked_is_refused() -> None:
    primary, secondary = _pair(0.1, 0.05)
    with pytest.raises(ValueError, match="same kind"):
        choose_probability(primary, _position_only(secondary), 0.01)
    with pytest.raises(ValueError, match="hard-body radius"):
        choose_probability(primary, secondary, -0.01)


def test_reported_numbers_warn_and_never_relieve() -> None:
    assert reported_estimate(2e-4, 1e-4).conclusion is Conclusion.ABOVE_THRESHOLD
    assert reported_estimate(1e-9, 1e-4).conclusion is Conclusion.NO_CONCLUSION
    assert reported_estimate(1e-9, 1e-4).pc_type is ProbabilityType.REPORTED


def test_cara_messages_take_the_method_that_cara_takes(cara_messages) -> None:
    encounters = cara_messages
    found = choose_probability(encounters.primary, encounters.secondary, encounters.radius_km)
    flags = [encounters.published[f"Violations{name}"] > 0 for name in ("Pc2D", "Nc2D")]
    columns = [encounters.published[name] for name in ("Pc2D", "Nc2D", "Nc3D")]
    methods = (CollisionMethod.PLANE, CollisionMethod.SINGLE_PASS, CollisionMethod.WHOLE_PASS)
    for row, estimate in enumerate(found):
        step = int(flags[0][row]) + int(flags[0][row] and flags[1][row])
        assert estimate.method is methods[step]
        trapezoids_of_the_last_column = 1e-3
        assert estimate.pc == pytest.approx(columns[step][row], rel=trapezoids_of_the_last_column)


def test_alfano_cases_that_run_into_the_next_approach_are_drawn(alfano_cases) -> None:
    case = alfano_cases.take([11])
    (silent,) = choose_probability(case.primary, case.secondary, case.radius_km)
    assert silent.pc_type is ProbabilityType.NONE
    drawing = Drawing(4000, np.random.default_rng(1))
    (drawn,) = choose_probability(case.primary, case.secondary, case.radius_km, drawing=drawing)
    assert drawn.method is CollisionMethod.MONTE_CARLO
    assert drawn.interval is not None
    assert drawn.interval[0] < drawn.pc < drawn.interval[1]
    assert drawn.conclusion is Conclusion.ABOVE_THRESHOLD


def test_a_second_pass_in_the_same_approach_is_not_lost(alfano_cases) -> None:
    # Case 2: the pass at closest approach alone would give 0.0062 of 0.0156.
    case = alfano_cases.take([1])
    (estimate,) = choose_probability(case.primary, case.secondary, case.radius_km)
    assert estimate.method is CollisionMethod.WHOLE_PASS
    assert estimate.pc == pytest.approx(case.published["pc_3d_hall"][0], rel=1e-3)
