"""The contour integral against the quadrature: two ways that share no formula."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.numerics.collision import EncounterPlane, collision_probability, encounter_plane
from hoshimori.numerics.collision_patera import patera_probability

PROMISED = 1e-8


def _plane(
    miss_major: float, miss_minor: float, sigma_major: float, sigma_minor: float, radius: float
) -> EncounterPlane:
    columns = (np.array([x]) for x in (miss_major, miss_minor, sigma_major, sigma_minor, radius))
    return EncounterPlane(*columns, repaired=np.array([False]))


misses = st.floats(0.0, 30.0)


@settings(max_examples=60)
@given(misses, misses, st.floats(0.1, 30.0), st.floats(0.01, 1.0), st.floats(1e-3, 3.0))
def test_both_ways_agree(a: float, b: float, sigma: float, ratio: float, radius: float) -> None:
    plane = _plane(a, b, sigma, ratio * sigma, radius)
    quadrature = collision_probability(plane)[0]
    if quadrature > 1e-200:
        assert patera_probability(plane)[0] == pytest.approx(quadrature, rel=PROMISED)


@pytest.mark.parametrize("radius", [1e-4, 0.1, 1.0, 5.0])
def test_a_head_on_pass_with_round_errors_has_a_closed_form(radius: float) -> None:
    exact = -np.expm1(-0.5 * radius**2)
    assert patera_probability(_plane(0.0, 0.0, 1.0, 1.0, radius))[0] == pytest.approx(exact, 1e-12)


def test_what_is_narrow_against_the_body_is_not_stepped_over() -> None:
    plane = _plane(0.3, 0.1, 5.0, 0.001, 1.0)
    np.testing.assert_allclose(
        patera_probability(plane), collision_probability(plane), rtol=PROMISED
    )


def test_radii_of_nothing_and_everything_and_no_plane() -> None:
    plane = EncounterPlane(*np.ones((4, 2)), np.array([0.0, np.inf]), np.zeros(2, dtype=bool))
    np.testing.assert_array_equal(patera_probability(plane), [0.0, 1.0])
    at_rest = encounter_plane(np.ones((1, 3)), np.zeros((1, 3)), np.eye(3)[None], 0.01)
    assert np.isnan(patera_probability(at_rest)).all()


def test_cara_messages(cara_messages) -> None:
    primary, secondary = cara_messages.primary, cara_messages.secondary
    plane = encounter_plane(
        secondary.position_km - primary.position_km,
        secondary.velocity_km_s - primary.velocity_km_s,
        (primary.covariance + secondary.covariance)[:, :3, :3],
        cara_messages.radius_km,
    )
    np.testing.assert_allclose(
        patera_probability(plane), collision_probability(plane), rtol=PROMISED
    )
    # Conditioning of the projected covariance: up to 8,600 times as long as wide.
    as_published = 1e-7
    np.testing.assert_allclose(
        patera_probability(plane), cara_messages.published["Pc2D"], rtol=as_published
    )
