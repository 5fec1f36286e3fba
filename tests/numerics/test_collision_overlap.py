"""Uncertain orbits and where two of them can meet."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.collision_covariance import UncertainStates, repaired_state_covariance
from hoshimori.numerics.collision_overlap import overlap, uncertain_orbits

_SIGMA = np.array([0.05, 0.3, 0.05, 3e-4, 5e-5, 5e-5])
_COVARIANCE = np.diag(_SIGMA**2)[None]


def _states(position: list[float], velocity: list[float]) -> UncertainStates:
    return UncertainStates(np.array([position]), np.array([velocity]), _COVARIANCE)


def _crossing() -> tuple[UncertainStates, UncertainStates]:
    return (
        _states([7000.0, 0.0, 0.0], [0.0, 7.5, 0.0]),
        _states([7000.05, 0.0, 0.02], [0.0, 0.0, 7.5]),
    )


def test_at_the_moment_of_the_states_errors_are_those_given() -> None:
    primary, secondary = _crossing()
    met = overlap(uncertain_orbits(primary, secondary, 0.01), np.zeros((1, 1)))
    # Turned to the axes of the encounter: lengths and traces stay.
    miss = np.linalg.norm(secondary.position_km - primary.position_km)
    curvature = 1e-4
    assert np.linalg.norm(met.position_km[0, 0]) == pytest.approx(miss, rel=curvature)
    position_trace = np.trace(met.covariance[0, 0, :3, :3])
    assert position_trace == pytest.approx(2.0 * np.sum(_SIGMA[:3] ** 2), rel=curvature)
    np.testing.assert_allclose(
        met.log_determinant, np.linalg.slogdet(met.covariance[..., :3, :3])[1], rtol=1e-9
    )


def test_turning_everything_changes_nothing() -> None:
    turn = np.linalg.qr(np.random.default_rng(5).normal(size=(3, 3)))[0]
    turn *= np.sign(np.linalg.det(turn))
    both = np.kron(np.eye(2), turn)
    t_s = np.array([[-0.1, 0.0, 0.05]])
    levels = []
    for axes, axes_6 in ((np.eye(3), np.eye(6)), (turn, both)):
        states = (
            UncertainStates(
                s.position_km @ axes.T, s.velocity_km_s @ axes.T, axes_6 @ s.covariance @ axes_6.T
            )
            for s in _crossing()
        )
        levels.append(overlap(uncertain_orbits(*states, 0.01), t_s).distance_squared)
    # Elements are not normal in exactly the same way in other axes; some ten sigma off it shows.
    np.testing.assert_allclose(levels[0], levels[1], rtol=1e-4)


@pytest.mark.parametrize("velocity", [[0.0, -7.5, 0.0], [0.0, -7.5, 0.01], [0.0, 7.5, 0.0]])
def test_orbits_against_each_other_and_retrograde_ones(velocity: list[float]) -> None:
    primary = _states([7000.0, 0.0, 0.0], velocity)
    secondary = _states([7000.05, 0.0, 0.02], [0.0, -7.5, 0.0])
    met = overlap(uncertain_orbits(primary, secondary, 0.01), np.zeros((1, 1)))
    assert np.isfinite(met.distance_squared).all()


def test_the_most_probable_pair_beats_every_other() -> None:
    # Of all pairs of orbits in one place at a moment, none is nearer to the means: the distance
    # found is the least of (E1 - M1) / C1 + (E2 - M2) / C2, here against a search at random.
    orbits = uncertain_orbits(*_crossing(), 0.01)
    t_s = np.zeros((1, 1))
    least = overlap(orbits, t_s).distance_squared[0, 0]
    random = np.random.default_rng(2)
    primary, secondary = _crossing()
    inverse = np.linalg.inv(_COVARIANCE[0, :3, :3])
    for place in random.normal(scale=0.05, size=(500, 3)) + primary.position_km[0]:
        apart = [place - s.position_km[0] for s in (primary, secondary)]
        distance = sum(x @ inverse @ x for x in apart)
        curvature = 1e-3
        assert distance >= least * (1.0 - curvature)


def test_covariances_of_position_alone_do_not_do() -> None:
    primary, secondary = (s._replace(covariance=s.covariance[:, :3, :3]) for s in _crossing())
    with pytest.raises(ValueError, match="position and velocity"):
        uncertain_orbits(primary, secondary, 0.01)


def test_what_is_not_known_stays_unknown() -> None:
    primary, secondary = _crossing()
    unbound = secondary._replace(velocity_km_s=np.array([[0.0, 0.0, 12.0]]))
    met = overlap(uncertain_orbits(primary, unbound, 0.01), np.zeros((1, 2)))
    assert np.isnan(met.log_determinant).all()
    hidden = secondary._replace(covariance=np.full((1, 6, 6), np.nan))
    orbits = uncertain_orbits(primary, hidden, 0.01)
    assert np.isnan(overlap(orbits, np.zeros((1, 2))).log_determinant).all()
    assert not orbits.repaired[0]


def test_covariances_of_state_are_repaired_in_one_measure() -> None:
    seconds, radius = np.array([1000.0]), np.array([0.01])
    fine = repaired_state_covariance(_COVARIANCE, seconds, radius)
    assert not fine.repaired[0]
    np.testing.assert_array_equal(fine.covariance, _COVARIANCE)
    broken = _COVARIANCE.copy()
    broken[0, 4, 4] = -1e-10
    mended = repaired_state_covariance(broken, seconds, radius)
    assert mended.repaired[0]
    expected = _COVARIANCE[0].copy()
    # (1e-4 of 10 m) over 1000 s.
    expected[4, 4] = (1e-6 / 1000.0) ** 2
    np.testing.assert_allclose(mended.covariance[0], expected, rtol=1e-9, atol=1e-20)


def test_a_repaired_state_marks_its_encounter() -> None:
    primary, secondary = _crossing()
    broken = secondary.covariance.copy()
    broken[0, 1, 3] = broken[0, 3, 1] = 1.0
    orbits = uncertain_orbits(primary, secondary._replace(covariance=broken), 0.01)
    assert orbits.repaired[0]
    assert np.isfinite(overlap(orbits, np.zeros((1, 1))).distance_squared).all()
