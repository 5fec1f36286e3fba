"""Equinoctial elements: there and back, in time, and their derivatives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.constants import TWO_PI, WGS84_MU_KM3_S2
from hoshimori.numerics.equinoctial import (
    equinoctial_elements,
    equinoctial_jacobian,
    equinoctial_states,
    osculating_elements,
)


def _drawn(seed: int, count: int, fastest: float = 1.3) -> tuple[np.ndarray, np.ndarray]:
    """States in all directions, from fall to nearly escape."""
    random = np.random.default_rng(seed)
    position, velocity = random.normal(size=(2, count, 3))
    radius = random.uniform(6600.0, 42000.0, (count, 1))
    position *= radius / np.linalg.norm(position, axis=1, keepdims=True)
    speed = random.uniform(0.5, fastest, (count, 1)) * np.sqrt(WGS84_MU_KM3_S2 / radius)
    return position, velocity * speed / np.linalg.norm(velocity, axis=1, keepdims=True)


@given(st.integers(0, 2**32 - 1))
def test_states_come_back(seed: int) -> None:
    position, velocity = _drawn(seed, 20)
    back = equinoctial_states(equinoctial_elements(position, velocity), 0.0)
    micrometre = 1e-9
    # The nearer to a retrograde orbit or to a fall along a line, the more of the rounding is seen:
    # the latter as 1 / sqrt(1 - e), from an e of 0.996 on (of 9,000 seeds the worst are near 1e-5).
    momentum = np.cross(position, velocity)
    shape = 1.0 + momentum[:, 2] / np.linalg.norm(momentum, axis=1)
    energy = 2.0 / np.linalg.norm(position, axis=1) - np.sum(velocity**2, axis=1) / WGS84_MU_KM3_S2
    short_of_one = 0.5 * np.sum(momentum**2, axis=1) / WGS84_MU_KM3_S2 * energy
    conditioning = np.minimum(np.minimum(shape, 1.0), 8.0 * np.sqrt(short_of_one))
    tolerance = (micrometre / conditioning)[:, None]
    assert np.all(np.abs(back[0] - position) <= 10.0 * tolerance)
    assert np.all(np.abs(back[1] - velocity) <= tolerance)


@given(
    st.floats(0.001, 0.8), st.floats(0.01, 3.1), st.floats(0.0, 6.28), st.floats(0.0, 6.28),
    st.floats(0.0, 6.28),
)  # fmt: skip
def test_osculating_elements_are_those_that_a_state_is_made_of(
    e: float, inclination: float, node: float, perigee: float, eccentric: float
) -> None:
    """States by Vallado 2013, algorithm 10: in the plane of the orbit, then turned thrice."""
    axis_km, mu = 12_000.0, WGS84_MU_KM3_S2
    sine, cosine, width = np.sin(eccentric), np.cos(eccentric), np.sqrt(1.0 - e * e)
    speed = np.sqrt(mu / axis_km) / (1.0 - e * cosine)
    position = axis_km * np.array([cosine - e, width * sine, 0.0])
    velocity = speed * np.array([-sine, width * cosine, 0.0])

    def about(axis: int, angle: float) -> np.ndarray:
        turn, (a, b) = np.eye(3), [k for k in range(3) if k != axis]
        turn[a, a] = turn[b, b] = np.cos(angle)
        turn[a, b], turn[b, a] = -np.sin(angle), np.sin(angle)
        return turn

    turn = about(2, node) @ about(0, inclination) @ about(2, perigee)
    utc = np.array(["2026-11-01"], "datetime64[us]")
    found = osculating_elements((turn @ position)[None], (turn @ velocity)[None], utc)
    assert found.mean_motion_kozai_rad_min[0] == pytest.approx(60.0 * np.sqrt(mu / axis_km**3))
    assert found.eccentricity[0] == pytest.approx(e, abs=1e-9)
    assert found.inclination_rad[0] == pytest.approx(inclination, abs=1e-9)
    anomaly = eccentric - e * sine
    for angle, meant in (
        (found.raan_rad[0], node),
        (found.arg_of_perigee_rad[0], perigee),
        (found.mean_anomaly_rad[0], anomaly),
    ):
        assert abs(np.sin(0.5 * (angle - meant))) < 1e-8
        assert 0.0 <= angle <= TWO_PI


@given(st.integers(0, 2**32 - 1), st.floats(-3.0, 3.0))
def test_energy_and_momentum_are_kept_and_time_adds_up(seed: int, revolutions: float) -> None:
    position, velocity = _drawn(seed, 5)
    elements = equinoctial_elements(position, velocity)
    t_s = revolutions * TWO_PI / elements[:, 0]
    later = equinoctial_states(elements, t_s)
    before, after = (
        0.5 * np.sum(v**2, axis=1) - WGS84_MU_KM3_S2 / np.linalg.norm(r, axis=1)
        for r, v in ((position, velocity), later)
    )
    np.testing.assert_allclose(after, before, rtol=1e-9)
    np.testing.assert_allclose(np.cross(*later), np.cross(position, velocity), rtol=1e-8, atol=1e-4)
    halfway = equinoctial_states(elements, 0.5 * t_s)
    onward = equinoctial_states(equinoctial_elements(*halfway), 0.5 * t_s)
    metre_over_three_revolutions = 1e-3
    np.testing.assert_allclose(onward[0], later[0], atol=metre_over_three_revolutions, rtol=0)


@pytest.mark.parametrize("t_s", [0.0, 4000.0, -9000.0])
def test_derivatives_are_those_of_small_differences(t_s: float) -> None:
    elements = equinoctial_elements(*_drawn(3, 30, fastest=1.1))
    jacobian = equinoctial_jacobian(elements, t_s)
    for k, step in enumerate((1e-9, *[1e-6] * 5)):
        change = step * np.eye(6)[k]
        plus, minus = (
            np.concatenate(equinoctial_states(elements + sign * change, t_s), axis=1)
            for sign in (1.0, -1.0)
        )
        difference = (plus - minus) / (2.0 * step)
        scale = np.max(np.abs(difference), axis=0)
        second_order = 1e-6
        assert np.all(np.abs(jacobian[:, :, k] - difference) <= second_order * scale)


def test_a_revolution_brings_everything_back() -> None:
    position, velocity = np.array([[7000.0, 0.0, 0.0]]), np.array([[0.0, 1.0, 7.5]])
    elements = equinoctial_elements(position, velocity)
    r, v = equinoctial_states(elements, TWO_PI / elements[:, 0])
    np.testing.assert_allclose(r, position, atol=1e-8)
    np.testing.assert_allclose(v, velocity, atol=1e-11)


def test_orbits_that_are_not_closed_have_no_elements() -> None:
    escape = np.array([[0.0, 11.5, 0.0]])
    elements = equinoctial_elements(np.array([[7000.0, 0.0, 0.0]]), escape)
    assert np.isnan(elements[0, 0])
    assert np.isnan(equinoctial_states(elements, 10.0)[0]).all()
