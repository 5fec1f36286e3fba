"""Probabilities in the encounter plane against published values and against other quadratures."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import erf, erfc

from hoshimori.numerics.collision import (
    EncounterPlane,
    chan_probability,
    collision_probability,
    encounter_plane,
    mahalanobis_squared,
    square_probability,
)
from hoshimori.numerics.collision_covariance import inertial_covariance
from hoshimori.numerics.collision_patera import patera_probability

QUADRATURE_ERROR = 1e-6
"""What `collision_probability` promises, relative."""
ROUNDING = 1e-9

# Alfano 2009, AAS 09-369: probability of linear motion in the plane, here with the more figures of
# CARA's Pc2D that the literature gives for the same states. Case 12 has no relative velocity.
ALFANO_2D = {
    1: 0.146749501,
    2: 0.00622226707,
    3: 0.100351017,
    4: 0.0493220745,
    5: 0.0444923445,
    6: 0.00433545396,
    7: 0.000158146486,
    8: 0.0369479651,
    9: 0.290161522,
    10: 0.290161522,
    11: 0.00267203364,
}


def _plane(
    miss_major: float, miss_minor: float, sigma_major: float, sigma_minor: float, radius: float
) -> EncounterPlane:
    columns = (np.array([x]) for x in (miss_major, miss_minor, sigma_major, sigma_minor, radius))
    return EncounterPlane(*columns, repaired=np.array([False]))


def _equation_4(plane: EncounterPlane, nodes: int) -> np.ndarray:
    """Hall et al. 2023, eq. 4, along the longer axis with a fixed number of nodes, as published."""
    angle = np.arange(1, nodes + 1)[:, None] * np.pi / (nodes + 1)
    radius = plane.hard_body_radius_km
    x, chord = radius * np.cos(angle), radius * np.sin(angle)
    scale = np.sqrt(2.0) * plane.sigma_minor_km
    inside = erfc((plane.miss_minor_km - chord) / scale)
    inside -= erfc((plane.miss_minor_km + chord) / scale)
    density = np.exp(-0.5 * ((x + plane.miss_major_km) / plane.sigma_major_km) ** 2)
    total = np.sum(inside * density * chord, axis=0) * np.pi / (nodes + 1)
    return total / (np.sqrt(8.0 * np.pi) * plane.sigma_major_km)


def _trapezoid(plane: EncounterPlane) -> np.ndarray:
    """The same integral by the trapezoidal rule with 100 equal steps along the longer axis."""
    x = (np.arange(1, 100)[:, None] / 50.0 - 1.0) * plane.hard_body_radius_km
    chord = np.sqrt(plane.hard_body_radius_km**2 - x**2)
    scale = np.sqrt(2.0) * plane.sigma_minor_km
    inside = erf((chord - plane.miss_minor_km) / scale)
    inside += erf((chord + plane.miss_minor_km) / scale)
    density = np.exp(-0.5 * ((x - plane.miss_major_km) / plane.sigma_major_km) ** 2)
    total = np.sum(inside * density, axis=0) * plane.hard_body_radius_km / 50.0
    return total / (np.sqrt(8.0 * np.pi) * plane.sigma_major_km)


def _whole_range_as_miss(position: np.ndarray, velocity: np.ndarray) -> np.ndarray:
    """Turn a range not quite across the velocity across it: what CARA does without adjustment."""
    along = velocity / np.linalg.norm(velocity, axis=-1, keepdims=True)
    across = position - np.sum(position * along, axis=-1, keepdims=True) * along
    lengths = (np.linalg.norm(x, axis=-1, keepdims=True) for x in (position, across))
    return across * np.divide(*lengths)


# Serra et al. 2016, J. Guid. Control Dyn. 39, 1009, table of Chan's twelve test cases [m]:
# sigma along both axes, radius, miss along both axes, probability.
CHAN_CASES = [
    (50, 25, 5, 10, 0, 9.742e-3),
    (50, 25, 5, 0, 10, 9.181e-3),
    (75, 25, 5, 10, 0, 6.571e-3),
    (75, 25, 5, 0, 10, 6.125e-3),
    (3000, 1000, 10, 1000, 0, 1.577e-5),
    (3000, 1000, 10, 0, 1000, 1.011e-5),
    (3000, 1000, 10, 10000, 0, 6.443e-8),
    (3000, 1000, 10, 0, 10000, 3.219e-27),
    (10000, 1000, 10, 10000, 0, 3.033e-6),
    (10000, 1000, 10, 0, 10000, 9.656e-28),
    (3000, 1000, 50, 5000, 0, 1.039e-4),
    (3000, 1000, 50, 0, 5000, 1.564e-9),
]


@pytest.mark.parametrize("case", CHAN_CASES, ids=str)
def test_published_cases(case: tuple[float, ...]) -> None:
    sigma_major, sigma_minor, radius, miss_major, miss_minor, published = case
    plane = _plane(miss_major, miss_minor, sigma_major, sigma_minor, radius)
    last_digit_of_four = 5e-4
    assert collision_probability(plane)[0] == pytest.approx(published, rel=last_digit_of_four)
    series = 0.05
    assert chan_probability(plane)[0] == pytest.approx(published, rel=series)


def test_a_head_on_pass_with_round_errors_has_a_closed_form() -> None:
    radius = np.array([1e-4, 0.1, 1.0, 5.0, 100.0])
    plane = EncounterPlane(*np.zeros((2, 5)), *np.ones((2, 5)), radius, np.zeros(5, dtype=bool))
    exact = -np.expm1(-0.5 * radius**2)
    np.testing.assert_allclose(collision_probability(plane), exact, rtol=ROUNDING)
    np.testing.assert_allclose(chan_probability(plane), exact, rtol=ROUNDING)


def test_a_square_over_round_errors_has_a_closed_form() -> None:
    plane = _plane(1.2, 0.0, 1.0, 1.0, 0.7)
    root = np.sqrt(2.0)
    exact = 0.5 * (erf(1.9 / root) - erf(0.5 / root)) * erf(0.7 / root)
    assert square_probability(plane)[0] == pytest.approx(exact, rel=ROUNDING)


@pytest.mark.parametrize(
    ("plane", "nodes"),
    [
        (_plane(0.3, 0.4, 1.0, 0.5, 0.02), 64),
        (_plane(7.0, 0.01, 20.0, 0.02, 0.02), 4096),  # elongated a thousandfold
        (_plane(0.3, 0.1, 5.0, 0.001, 1.0), 2**17),  # the disc far wider than the error
        (_plane(2.0, 30.0, 3.0, 1.0, 0.5), 4096),  # deep in the tail
        (_plane(30.0, 0.0, 1.0, 0.8, 5.0), 4096),
    ],
    ids=["usual", "elongated", "wide disc", "tail across", "tail along"],
)
def test_the_quadrature_agrees_with_very_many_nodes(plane: EncounterPlane, nodes: int) -> None:
    pc = collision_probability(plane)
    assert pc[0] > 0.0
    np.testing.assert_allclose(pc, _equation_4(plane, nodes), rtol=QUADRATURE_ERROR)


def test_without_relative_velocity_there_is_no_probability() -> None:
    plane = encounter_plane(np.ones((1, 3)), np.zeros((1, 3)), np.eye(3)[None], 0.01)
    for method in (collision_probability, chan_probability, square_probability):
        assert np.isnan(method(plane)).all()


def test_radii_of_nothing_and_everything() -> None:
    plane = encounter_plane(
        np.ones((2, 3)), np.eye(3)[:2], np.eye(3)[None] * np.ones((2, 1, 1)), np.array([0, np.inf])
    )
    for method in (collision_probability, chan_probability, square_probability):
        np.testing.assert_array_equal(method(plane), [0.0, 1.0])


@pytest.mark.parametrize("radius", [-0.01, np.nan])
def test_impossible_radii_are_refused(radius: float) -> None:
    with pytest.raises(ValueError, match="hard-body radius"):
        encounter_plane(np.ones((1, 3)), np.eye(3)[:1], np.eye(3)[None], radius)


def test_a_projected_covariance_that_cannot_be_is_repaired_and_marked() -> None:
    covariance = np.diag([1.0, -0.5, 1.0])[None]
    plane = encounter_plane(np.array([[0.0, 1.0, 0.0]]), np.eye(3)[2:], covariance, 0.1)
    assert plane.repaired.all()
    assert plane.sigma_minor_km[0] == pytest.approx(1e-5)
    assert collision_probability(plane)[0] == 0.0


lengths = st.floats(1e-3, 30.0)
misses = st.floats(0.0, 30.0)
planes = st.builds(
    lambda a, b, s, ratio, r: _plane(a, b, s, s * ratio, r),
    misses, misses, lengths, st.floats(1e-3, 1.0), lengths,
)  # fmt: skip


@given(planes)
def test_probabilities_are_probabilities(plane: EncounterPlane) -> None:
    for method in (collision_probability, chan_probability, square_probability):
        pc = method(plane)
        assert np.all((pc >= 0.0) & (pc <= 1.0) | np.isnan(pc))
    assert square_probability(plane)[0] >= collision_probability(plane)[0] * (1.0 - 1e-5) - 1e-30


@given(planes, st.floats(1.0, 3.0))
def test_a_larger_body_is_hit_more_often(plane: EncounterPlane, factor: float) -> None:
    larger = _plane(
        plane.miss_major_km[0], plane.miss_minor_km[0], plane.sigma_major_km[0],
        plane.sigma_minor_km[0], factor * plane.hard_body_radius_km[0],
    )  # fmt: skip
    pc, of_larger = collision_probability(plane), collision_probability(larger)
    assert of_larger[0] >= pc[0] * (1.0 - QUADRATURE_ERROR)


@given(misses, misses, st.floats(0.5, 30.0), lengths)
def test_chan_is_exact_for_round_errors(a: float, b: float, sigma: float, radius: float) -> None:
    plane = _plane(a, b, sigma, sigma, radius)
    np.testing.assert_allclose(
        chan_probability(plane), collision_probability(plane), rtol=QUADRATURE_ERROR, atol=1e-280
    )


@given(st.integers(0, 2**32 - 1))
def test_turning_everything_changes_nothing(seed: int) -> None:
    random = np.random.default_rng(seed)
    position, velocity, *roots = random.normal(size=(5, 3))
    covariance = np.array(roots).T @ np.array(roots)
    turn = np.linalg.qr(random.normal(size=(3, 3)))[0]
    one = encounter_plane(position[None], velocity[None], covariance[None], 0.1)
    other = encounter_plane(
        (turn @ position)[None], (turn @ velocity)[None], (turn @ covariance @ turn.T)[None], 0.1
    )
    # Turning rounds the covariance; the more elongated, the more of that is in the shorter axis.
    conditioning = 1e-14 * (one.sigma_major_km / one.sigma_minor_km) ** 2
    tolerance = QUADRATURE_ERROR + conditioning * (1.0 + mahalanobis_squared(one))
    np.testing.assert_allclose(
        collision_probability(one), collision_probability(other), rtol=tolerance[0], atol=1e-280
    )


def test_alfano_2009(shared_data: Path) -> None:
    cases = json.loads((shared_data / "cdm" / "alfano_2009_cases.json").read_text())
    for case in cases:
        primary, secondary = case["at_tca"]["primary"], case["at_tca"]["secondary"]
        plane = encounter_plane(
            1e-3 * np.subtract(secondary["r_m"], primary["r_m"])[None],
            1e-3 * np.subtract(secondary["v_mps"], primary["v_mps"])[None],
            1e-6 * np.add(primary["cov"], secondary["cov"])[None, :3, :3],
            1e-3 * case["hbr_m"],
        )
        six_digits = 5e-7
        expected = ALFANO_2D.get(case["case"], np.nan)
        np.testing.assert_allclose(collision_probability(plane), expected, rtol=six_digits)


def _vector_plane(vector: dict, position: np.ndarray, velocity: np.ndarray) -> EncounterPlane:
    scale = {"m": 1e-3, "km": 1.0}[vector["units"].split(",")[0]]
    covariance = np.add(vector["cov1"], vector["cov2"])[None, :3, :3] * scale**2
    to_equal_area = np.sqrt(np.pi) / 2.0 if "equal area" in vector["hbr_shape"] else 1.0
    radius = scale * vector["hbr"] * to_equal_area
    return encounter_plane(scale * position, scale * velocity, covariance, radius)


def test_cara_unit_tests(shared_data: Path) -> None:
    vectors = json.loads((shared_data / "cdm" / "pc_test_vectors.json").read_text())
    numeric = [vector for vector in vectors if "r1" in vector]
    assert len(numeric) == 14
    for vector in numeric:
        position = np.subtract(vector["r2"], vector["r1"])[None]
        velocity = np.subtract(vector["v2"], vector["v1"])[None]
        plane = _vector_plane(vector, _whole_range_as_miss(position, velocity), velocity)
        tolerance = vector["rel_tol"] or 0.0
        if "square" in vector["hbr_shape"]:
            pc = square_probability(plane)
        elif vector["hbr"] * 5.0 < 1000.0 or vector["expected_pc"] == 0.0:
            pc = collision_probability(plane)
        else:
            # Error ellipses 6,600 times as long as wide, and radii beyond their width: the 64
            # nodes of the published value leave up to 3e-4. Ours is the integral itself.
            pc = _equation_4(plane, 64)
            exact = _equation_4(plane, 2**18)
            np.testing.assert_allclose(collision_probability(plane), exact, rtol=ROUNDING)
            np.testing.assert_allclose(exact, vector["expected_pc"], rtol=3e-4)
        np.testing.assert_allclose(pc, vector["expected_pc"], rtol=tolerance)


def test_the_conjunctions_of_the_avoidance_challenge(shared_data: Path) -> None:
    packed = (shared_data / "cdm" / "conjunctions_2170_states_pc.csv.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()[1:]
    rows = np.array([[float(x) for x in line.split(",")] for line in lines if line.strip()])
    assert len(rows) == 2170
    states = [
        (rows[:, k : k + 3], rows[:, k + 3 : k + 6], rows[:, k + 6 : k + 12]) for k in (2, 14)
    ]
    (r1, v1, c1), (r2, v2, c2) = ((r, v, inertial_covariance(r, v, _full(c))) for r, v, c in states)
    plane = encounter_plane(r2 - r1, v2 - v1, c1 + c2, rows[:, 1])
    published = rows[:, 26]
    # The published values come from this rule, whose error is 0.106 % for small bodies. Ours is the
    # integral itself and so differs by as much.
    np.testing.assert_allclose(_trapezoid(plane), published, rtol=1e-8)
    ours = collision_probability(plane)
    off = np.abs(ours / published - 1.0)
    assert np.percentile(off, 95) < 1.2e-3
    assert np.max(off) < 4e-3
    # A contour integral, which shares nothing with either rule, says the same as ours.
    np.testing.assert_allclose(patera_probability(plane), ours, rtol=1e-11)


def _full(columns: np.ndarray) -> np.ndarray:
    """RTN covariances from columns rr, tt, nn, rt, rn, tn."""
    return columns[:, [0, 3, 4, 3, 1, 5, 4, 5, 2]].reshape(-1, 3, 3)


def test_cara_messages(cara_messages) -> None:
    primary, secondary = cara_messages.primary, cara_messages.secondary
    velocity = secondary.velocity_km_s - primary.velocity_km_s
    covariance = (primary.covariance + secondary.covariance)[:, :3, :3]
    position = secondary.position_km - primary.position_km
    as_given = _whole_range_as_miss(position, velocity)
    # Error ellipses are up to 8,600 times as long as wide: as much is rounding amplified.
    conditioning = 1e-7
    for miss, column in ((as_given, "Pc2D_NoAdj"), (position, "Pc2D")):
        plane = encounter_plane(miss, velocity, covariance, cara_messages.radius_km)
        np.testing.assert_allclose(
            collision_probability(plane), cara_messages.published[column], rtol=conditioning
        )


def test_messages_of_the_unit_tests(sample_message) -> None:
    # CARA's unit tests of the plane: the published digits; a covariance that is at fault.
    for name, radius_m, expected in (
        ("OmitronTestCase_Test08_3DNc.cdm", 20.0, 2.2660816e-20),
        ("OmitronTestCase_Test07_NonPDCovariance.cdm", 20.0, 0.0),
        ("AlfanoTestCase07.cdm", 10.0, ALFANO_2D[7]),
    ):
        message = sample_message(name, radius_m)
        plane = encounter_plane(
            message.secondary.position_km - message.primary.position_km,
            message.secondary.velocity_km_s - message.primary.velocity_km_s,
            (message.primary.covariance + message.secondary.covariance)[:, :3, :3],
            message.radius_km,
        )
        rounding_of_the_message = 1e-5
        assert collision_probability(plane)[0] == pytest.approx(
            expected, rel=rounding_of_the_message
        )
