"""Rules on the sphere, and the flow of probability through it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import lebedev_rule
from scipy.special import erfc

from hoshimori.numerics.collision_overlap import Overlap, overlap
from hoshimori.numerics.collision_sphere import collision_rate, sphere_rule, surface_flow


@pytest.mark.parametrize("rings", [2, 8, 33])
def test_moments_of_the_sphere_are_exact(rings: int) -> None:
    direction, weight = sphere_rule(rings)
    x, y, z = direction
    assert np.sum(weight) == pytest.approx(4.0 * np.pi, rel=1e-13)
    assert np.sum(weight * np.abs(z)) == pytest.approx(2.0 * np.pi, rel=1e-13)
    for second in (x**2, y**2, z**2):
        assert np.sum(weight * second) == pytest.approx(4.0 * np.pi / 3.0, rel=1e-13)
    for odd in (x, y, z, x * y, x * z, y * z):
        assert np.sum(weight * odd) == pytest.approx(0.0, abs=1e-12)
    np.testing.assert_allclose(np.linalg.norm(direction, axis=0), 1.0, rtol=1e-14)


def test_a_smooth_function_agrees_with_lebedev() -> None:
    # Lebedev & Laikov 1999, order 131, as SciPy gives it.
    nodes, weights = lebedev_rule(131)
    bump = np.array([0.3, -2.0, 1.5])
    direction, weight = sphere_rule(32)
    np.testing.assert_allclose(
        np.sum(weight * np.exp(bump @ direction)), np.sum(weights * np.exp(bump @ nodes)), 1e-13
    )


def _meeting(position: list[float], velocity: list[float], covariance: np.ndarray) -> Overlap:
    place = covariance[:3, :3]
    return Overlap(
        np.array([position]),
        np.array([velocity]),
        covariance[None],
        np.linalg.inv(place)[None],
        np.array([np.linalg.slogdet(place)[1]]),
    )


def test_a_small_body_meets_density_times_area_times_speed() -> None:
    covariance = np.diag([1.0, 4.0, 9.0, 0.0, 0.0, 0.0])
    radius, speed = 1e-4, 3.0
    rate = collision_rate(_meeting([1.0, 0.0, 0.0], [0.0, speed, 0.0], covariance), radius, 8)
    density = np.exp(-0.5) / ((2.0 * np.pi) ** 1.5 * 6.0)
    second_order = 1e-7
    assert rate[0] == pytest.approx(np.pi * radius**2 * speed * density, rel=second_order)


def test_uncertain_speed_flows_in_from_all_sides() -> None:
    # Without mean velocity and with equal spread: 4 pi R^2 density sigma / sqrt(2 pi).
    spread = 0.2
    covariance = np.diag([1.0, 1.0, 1.0, *[spread**2] * 3])
    radius = 1e-4
    rate = collision_rate(_meeting([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], covariance), radius, 8)
    density = (2.0 * np.pi) ** -1.5
    expected = 4.0 * np.pi * radius**2 * density * spread / np.sqrt(2.0 * np.pi)
    assert rate[0] == pytest.approx(expected, rel=1e-7)


def test_the_mean_inward_speed_is_that_of_a_cut_normal_distribution() -> None:
    covariance = np.diag([1.0, 1.0, 1.0, *[0.25] * 3])
    rule = sphere_rule(4)
    flow = surface_flow(_meeting([0, 0, 0], [0.0, 0.0, 0.7], covariance), 1e-9, rule, moment=0)
    outward = 0.7 * rule.direction[2]
    x = outward / (0.5 * np.sqrt(2.0))
    expected = 0.5 * np.exp(-(x**2)) / np.sqrt(2.0 * np.pi) - 0.5 * outward * erfc(x)
    np.testing.assert_allclose(flow.inward_km_s[0], expected, rtol=1e-6)


def test_lebedev_gives_the_same_rate_for_a_real_encounter(cara_messages) -> None:
    # A slow one, whose velocity is uncertain enough to round the kink at the equator.
    encounter = cara_messages.take([50])
    met = overlap(encounter.orbits, np.array([[1043.0]]))
    moment = Overlap(*(column[0] for column in met))
    radius = float(encounter.radius_km[0])
    nodes, weights = lebedev_rule(131)
    from_lebedev = surface_flow(moment, radius, type(sphere_rule(2))(nodes, weights), moment=0)
    density = np.exp(-0.5 * from_lebedev.level) / (2.0 * np.pi) ** 1.5
    rate = radius**2 * np.sum(weights * from_lebedev.inward_km_s * density)
    kink = 1e-4
    assert collision_rate(moment, radius, 64)[0] == pytest.approx(rate, rel=kink)


def test_a_moment_without_meeting_has_no_rate() -> None:
    nowhere = _meeting([0, 0, 0], [0, 0, 1], np.eye(6))._replace(log_determinant=np.array([np.nan]))
    assert collision_rate(nowhere, 0.01, 4)[0] == 0.0
