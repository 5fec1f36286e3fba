"""Maximum probability and dilution."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.collision import EncounterPlane, collision_probability, encounter_plane
from hoshimori.numerics.collision_maximum import (
    DilutionRegion,
    dilution_region,
    maximum_probability,
    maximum_sigma_km,
)


def _plane(miss: tuple[float, float], sigma: tuple[float, float], radius: float) -> EncounterPlane:
    columns = (np.array([x]) for x in (*miss, *sigma, radius))
    return EncounterPlane(*columns, repaired=np.array([False]))


@pytest.mark.parametrize("ratio", [0.001, 0.1, 0.5, 0.79, 0.85, 0.95])
def test_published_approximations_of_the_maximum(ratio: float) -> None:
    # Alfano 2005, J. Astronaut. Sci. 53, for an infinite aspect ratio: fits to the exact maximum.
    fit = 0.48394 * ratio if ratio < 0.8 else 0.21329 * np.exp(1.01511 * ratio) - 0.09025
    error_of_fit = 0.01
    plane = _plane((1.0, 0.0), (1.0, 1.0), ratio)
    assert maximum_probability(plane)[0] == pytest.approx(fit, rel=error_of_fit)


@pytest.mark.parametrize("ratio", [0.01, 0.5, 0.9])
def test_the_maximum_is_reached_by_a_needle_along_the_miss(ratio: float) -> None:
    sigma = maximum_sigma_km(np.array([1.0]), np.array([ratio]))[0]
    pc = [
        collision_probability(_plane((1.0, 0.0), (k * sigma, 1e-4 * ratio), ratio))[0]
        for k in (0.97, 1.0, 1.03)
    ]
    needle_width = 1e-6
    assert pc[1] == pytest.approx(
        maximum_probability(_plane((1.0, 0.0), (1.0, 1.0), ratio))[0], rel=needle_width
    )
    assert pc[1] > max(pc[0], pc[2])


lengths = st.floats(1e-2, 10.0)


@given(lengths, lengths, lengths, st.floats(1e-3, 1.0), lengths)
def test_no_covariance_exceeds_the_maximum(
    a: float, b: float, sigma: float, ratio: float, radius: float
) -> None:
    plane = _plane((a, b), (sigma, ratio * sigma), radius)
    quadrature = 1e-6
    assert collision_probability(plane)[0] <= maximum_probability(plane)[0] * (1.0 + quadrature)


@given(lengths, st.floats(0.01, 0.3), st.floats(0.1, 10.0))
def test_round_errors_dilute_beyond_the_most_probable_size(
    miss: float, radius: float, size: float
) -> None:
    # For small bodies and round errors the probability peaks at sigma = miss / sqrt(2).
    if abs(size - 1.0) < 0.02:
        return
    sigma = size * miss / np.sqrt(2.0)
    plane = _plane((miss, 0.0), (sigma, sigma), 0.01 * radius * miss)
    expected = DilutionRegion.ROBUST if size < 1.0 else DilutionRegion.DILUTED
    assert dilution_region(plane)[0] == expected


def test_an_ellipse_long_along_the_miss_is_diluted_though_it_is_narrow() -> None:
    plane = _plane((0.5, 0.0), (5.0, 0.3), 0.01)
    assert plane.sigma_minor_km[0] < maximum_sigma_km(np.array([0.5]), np.array([0.01]))[0]
    assert dilution_region(plane)[0] == DilutionRegion.DILUTED


def test_without_a_plane_there_is_no_conclusion() -> None:
    plane = encounter_plane(np.ones((1, 3)), np.zeros((1, 3)), np.eye(3)[None], 0.01)
    assert np.isnan(maximum_probability(plane)).all()
    assert dilution_region(plane)[0] == DilutionRegion.DILUTED


def test_a_miss_within_the_radius_can_be_certain() -> None:
    plane = _plane((0.5, 0.0), (1.0, 1.0), 0.6)
    assert maximum_probability(plane)[0] == 1.0
    assert dilution_region(plane)[0] == DilutionRegion.DILUTED
