"""Closest approach found again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.collision import collision_probability, encounter_plane
from hoshimori.numerics.collision_approach import (
    straight_approach,
    two_body_approach,
    two_body_states,
)
from hoshimori.numerics.collision_covariance import UncertainStates

_COVARIANCE = np.diag(np.array([0.05, 0.3, 0.05, 3e-4, 5e-5, 5e-5]) ** 2)[None]


def _pair(shift_s: float, angle: float) -> tuple[UncertainStates, UncertainStates]:
    """Two objects on circles, 50 m apart at closest approach, seen a time before it."""
    direction = np.array([[0.0, np.cos(angle), np.sin(angle)]])
    at_closest = (
        UncertainStates(np.array([[7000.0, 0, 0]]), np.array([[0.0, 7.5, 0.0]]), _COVARIANCE),
        UncertainStates(np.array([[7000.05, 0, 0]]), 7.5 * direction, _COVARIANCE),
    )
    early, later = (two_body_states(states, np.array([-shift_s])) for states in at_closest)
    return early, later


@given(st.floats(-5.0, 5.0), st.floats(0.05, 6.0))
def test_the_moment_comes_back(shift_s: float, angle: float) -> None:
    found = two_body_approach(*_pair(shift_s, angle))
    apart = found.secondary.position_km - found.primary.position_km
    micrometre = 1e-9
    speed = 2.0 * 7.5 * abs(np.sin(0.5 * angle))
    assert found.shift_s[0] == pytest.approx(shift_s, abs=5.0 * micrometre / speed)
    np.testing.assert_allclose(apart, [[0.05, 0.0, 0.0]], atol=10.0 * micrometre)


def test_both_motions_agree_over_the_rounding_of_messages() -> None:
    primary, secondary = _pair(5e-4, 1.0)
    straight = straight_approach(primary, secondary)
    curved = two_body_approach(primary, secondary)
    np.testing.assert_allclose(straight.shift_s, curved.shift_s, rtol=1e-5)
    micrometre = 1e-9
    for name in ("primary", "secondary"):
        np.testing.assert_allclose(
            getattr(straight, name).position_km, getattr(curved, name).position_km, atol=micrometre
        )


def test_covariances_move_as_small_differences_do() -> None:
    primary, _ = _pair(0.0, 1.0)
    t_s = np.array([900.0])
    moved = two_body_states(primary, t_s)
    sigma = np.sqrt(np.diagonal(_COVARIANCE[0]))
    columns = []
    for k in range(6):
        ends = []
        for sign in (1.0, -1.0):
            change = sign * 1e-3 * sigma[k] * np.eye(6)[k]
            states = primary._replace(
                position_km=primary.position_km + change[:3],
                velocity_km_s=primary.velocity_km_s + change[3:],
            )
            there = two_body_states(states, t_s)
            ends.append(np.concatenate([there.position_km[0], there.velocity_km_s[0]]))
        columns.append((ends[0] - ends[1]) / 2e-3)
    root = np.stack(columns, axis=1)
    np.testing.assert_allclose(moved.covariance[0], root @ root.T, rtol=1e-4, atol=1e-10)


def test_without_relative_velocity_there_is_no_moment() -> None:
    primary, _ = _pair(0.0, 1.0)
    aside = np.array([[0.0, 0.0, 0.1]])
    beside = primary._replace(position_km=primary.position_km + aside)
    found = straight_approach(primary, beside)
    assert np.isnan(found.shift_s[0])
    np.testing.assert_array_equal(found.secondary.position_km, beside.position_km)


def test_a_largest_distance_is_not_an_approach() -> None:
    primary, secondary = _pair(0.0, 1.0)
    half_a_turn = np.array([2914.0])
    far = (two_body_states(states, half_a_turn / 2.0) for states in (primary, secondary))
    assert np.isnan(two_body_approach(*far).shift_s[0])


def test_covariances_of_position_cannot_be_moved() -> None:
    primary, _ = _pair(0.0, 1.0)
    with pytest.raises(ValueError, match="position and velocity"):
        two_body_states(primary._replace(covariance=primary.covariance[:, :3, :3]), np.array([1.0]))


def test_cara_messages(cara_messages) -> None:
    found = straight_approach(cara_messages.primary, cara_messages.secondary)
    half_a_millisecond, rounding_of_states = 5e-4, 1e-4
    assert np.all(np.abs(found.shift_s) <= half_a_millisecond + rounding_of_states)
    plane = encounter_plane(
        found.secondary.position_km - found.primary.position_km,
        found.secondary.velocity_km_s - found.primary.velocity_km_s,
        (found.primary.covariance + found.secondary.covariance)[:, :3, :3],
        cara_messages.radius_km,
    )
    conditioning = 1e-7
    np.testing.assert_allclose(
        collision_probability(plane), cara_messages.published["Pc2D"], rtol=conditioning
    )
