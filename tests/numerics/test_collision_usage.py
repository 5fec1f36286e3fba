"""When the encounter plane may not be used; turning and mending covariances."""

from __future__ import annotations

import numpy as np
from scipy.special import erfcinv

from hoshimori.numerics.collision_covariance import (
    UncertainStates,
    inertial_covariance,
    is_positive_definite,
    repaired_covariance,
)
from hoshimori.numerics.collision_usage import UsageViolation, usage_violations

_SMALL = np.diag([0.01, 0.04, 0.01])
_RADIUS_KM = 0.01


def _states(
    position: list[float], velocity: list[float], covariance: np.ndarray
) -> UncertainStates:
    return UncertainStates(np.array([position]), np.array([velocity]), covariance[None])


def _crossing(relative_velocity: list[float], covariance: np.ndarray = _SMALL) -> np.ndarray:
    velocity = np.array([0.0, 7.5, 0.0])
    primary = _states([7000.0, 0.0, 0.0], velocity.tolist(), _SMALL)
    secondary = _states(
        [7000.1, 0.0, 0.0], (velocity + np.array(relative_velocity)).tolist(), covariance
    )
    return usage_violations(primary, secondary, _RADIUS_KM).violations


def test_a_fast_crossing_breaks_nothing() -> None:
    assert _crossing([0.0, -7.5, 7.5])[0] == 0


def test_a_slow_one_lasts_too_long() -> None:
    # One sigma along the motion is 0.14 km: 141 s at 1 m/s, 1.4 s at 100 m/s; 2 % of the orbit
    # are 117 s.
    assert _crossing([0.0, 0.0, 0.001])[0] & UsageViolation.EXTENDED
    assert not _crossing([0.0, 0.0, 0.1])[0] & UsageViolation.EXTENDED


def test_objects_at_rest_to_each_other_break_what_cannot_be_decided() -> None:
    expected = UsageViolation.EXTENDED | UsageViolation.OFFSET
    assert _crossing([0.0, 0.0, 0.0])[0] == expected


def test_a_long_oblique_error_peaks_elsewhere() -> None:
    axis = np.array([1.0, 0.0, 1.0]) / np.sqrt(2.0)
    needle = 1e-4 * np.eye(3) + 1e4 * np.outer(axis, axis)
    primary = _states([7000.0, 0.0, 0.0], [0.0, 7.5, 0.0], 1e-4 * np.eye(3))
    secondary = _states([7010.0, 0.0, 0.0], [0.0, 7.5, 0.1], needle)
    flags = usage_violations(primary, secondary, _RADIUS_KM).violations
    assert flags[0] & UsageViolation.OFFSET


def test_a_covariance_that_cannot_be() -> None:
    flags = _crossing([0.0, -7.5, 7.5], np.diag([0.01, 0.04, -0.001]))
    assert flags[0] == UsageViolation.NOT_POSITIVE_DEFINITE


def test_inaccuracy_stays_unknown_without_velocities() -> None:
    primary = _states([7000.0, 0.0, 0.0], [0.0, 7.5, 0.0], _SMALL)
    secondary = _states([7000.1, 0.0, 0.0], [0.0, 0.0, 7.5], _SMALL)
    usage = usage_violations(primary, secondary, _RADIUS_KM)
    assert not usage.curved[0]
    assert np.isnan(usage.inaccuracy[0])
    assert usage.violations[0] == 0


def test_the_measures_of_a_short_pass_are_those_of_straight_motion() -> None:
    sigma = np.diag(np.array([0.1, 0.2, 0.1, 1e-7, 1e-7, 1e-7]) ** 2)
    primary = _states([7000.0, 0.0, 0.0], [0.0, 7.5, 0.0], sigma)
    secondary = _states([7000.1, 0.0, 0.0], [0.0, 0.0, 7.5], sigma)
    flat = [s._replace(covariance=s.covariance[:, :3, :3]) for s in (primary, secondary)]
    curved = usage_violations(primary, secondary, _RADIUS_KM)
    straight = usage_violations(*flat, _RADIUS_KM)
    assert curved.curved[0]
    np.testing.assert_allclose(curved.duration, straight.duration, rtol=1e-4)
    np.testing.assert_allclose(curved.offset, straight.offset, rtol=1e-2)
    assert curved.inaccuracy[0] < 1e-4


def test_unknown_rows_break_everything_and_leave_the_others_alone() -> None:
    sigma = np.diag(np.array([0.1, 0.2, 0.1, 1e-7, 1e-7, 1e-7]) ** 2)
    primary, secondary = (
        UncertainStates(*(np.repeat(column, 3, axis=0) for column in states))
        for states in (
            _states([7000.0, 0.0, 0.0], [0.0, 7.5, 0.0], sigma),
            _states([7000.1, 0.0, 0.0], [0.0, 0.0, 7.5], sigma),
        )
    )
    secondary.covariance[0] = np.nan
    primary.position_km[1] = np.nan
    everything = sum(UsageViolation)
    without_covariance = everything - UsageViolation.NOT_POSITIVE_DEFINITE
    found = usage_violations(primary, secondary, 0.0).violations
    np.testing.assert_array_equal(found, [everything, without_covariance, 0])


def test_turning_a_covariance_keeps_its_axes_on_the_orbit() -> None:
    position, velocity = np.array([[0.0, 7000.0, 0.0]]), np.array([[-7.5, 0.0, 0.0]])
    rtn = np.diag([1.0, 4.0, 9.0, 1e-6, 4e-6, 9e-6])[None]
    expected = np.diag([4.0, 1.0, 9.0, 4e-6, 1e-6, 9e-6])[None]
    np.testing.assert_allclose(inertial_covariance(position, velocity, rtn), expected, atol=1e-15)
    of_position = inertial_covariance(position, velocity, rtn[:, :3, :3])
    np.testing.assert_allclose(of_position, expected[:, :3, :3], atol=1e-15)


def test_repair_leaves_what_is_right_alone() -> None:
    both = np.stack([_SMALL, np.diag([0.01, 0.04, -1.0])])
    mended = repaired_covariance(both, np.array([_RADIUS_KM, _RADIUS_KM]))
    np.testing.assert_array_equal(mended.repaired, [False, True])
    np.testing.assert_array_equal(mended.covariance[0], _SMALL)
    np.testing.assert_allclose(mended.covariance[1], np.diag([0.01, 0.04, 1e-12]), atol=1e-18)
    np.testing.assert_array_equal(is_positive_definite(both), [True, False])


def test_alfano_2009_cases_that_the_plane_gets_wrong_are_flagged(alfano_cases) -> None:
    usage = usage_violations(alfano_cases.primary, alfano_cases.secondary, alfano_cases.radius_km)
    flags = dict(enumerate(usage.violations.tolist(), start=1))
    # Cases whose Monte Carlo result differs from the plane by a quarter and more.
    for slow in (1, 2, 4, 10, 12):
        assert flags[slow] & (UsageViolation.EXTENDED | UsageViolation.OFFSET)
    # Cases where it agrees and that are short; in the second the body is large against the errors,
    # which the inaccuracy for small bodies does not know.
    assert flags[3] == 0
    assert flags[5] == UsageViolation.INACCURATE


def test_cara_published_flags(cara_messages) -> None:
    # Three digits for inaccurate, offset, extended. No message of the 53 has a covariance at fault.
    usage = usage_violations(
        cara_messages.primary, cara_messages.secondary, cara_messages.radius_km
    )
    assert np.all(usage.curved)
    digits = np.zeros(53)
    for digit, flag in (
        (100, UsageViolation.INACCURATE), (10, UsageViolation.OFFSET), (1, UsageViolation.EXTENDED),
    ):  # fmt: skip
        digits += np.where(usage.violations & flag, digit, 0)
    np.testing.assert_array_equal(digits, cara_messages.published["ViolationsPc2D"])
    assert not np.any(usage.violations & UsageViolation.NOT_POSITIVE_DEFINITE)


def test_the_published_flags_do_not_tell_how_much_may_lie_outside(cara_messages) -> None:
    # The source of the limits is CARA's software, not this table: with 1e-6 instead of 1e-16 left
    # outside, all durations and offsets stay on the same side of their limits.
    usage = usage_violations(
        cara_messages.primary, cara_messages.secondary, cara_messages.radius_km
    )
    shorter = erfcinv(1e-6) / erfcinv(1e-16)
    offset = usage.offset - 0.5 * usage.duration * (1.0 - shorter)
    for measure, other, limit in (
        (usage.duration, shorter * usage.duration, 0.02), (usage.offset, offset, 0.01),
    ):  # fmt: skip
        np.testing.assert_array_equal(measure > limit, other > limit)
