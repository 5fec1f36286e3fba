"""Lambert's problem against textbooks, a peer's published output, and Kepler's own motion."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hoshimori.numerics.constants import WGS84_MU_KM3_S2
from hoshimori.numerics.lambert import along_ellipse, lambert

UP = np.array([0.0, 0.0, 1.0])


def one(r1: list[float], r2: list[float], flight_s: float, **options: object) -> np.ndarray:
    arcs = lambert(np.array([r1]), np.array([r2]), np.array([flight_s]), UP, **options)  # type: ignore[arg-type]
    return np.array([arcs.departure_km_s[0], arcs.arrival_km_s[0]])


def test_vallado_example_7_5() -> None:
    """Vallado 2013, Fundamentals of Astrodynamics and Applications, example 7-5."""
    found = one(
        [15945.34, 0.0, 0.0], [12214.83899, 10249.46731, 0.0], 76.0 * 60.0,
        mu_km3_s2=WGS84_MU_KM3_S2,
    )  # fmt: skip
    printed = [[2.058913, 2.915965, 0.0], [-3.451565, 0.910315, 0.0]]
    assert found == pytest.approx(np.array(printed), abs=2e-6)


def test_curtis_example_5_2() -> None:
    """Curtis 2010, Orbital Mechanics for Engineering Students, example 5.2 (mu 398600)."""
    found = one([5000.0, 10000.0, 2100.0], [-14600.0, 2500.0, 7000.0], 3600.0, mu_km3_s2=398600.0)
    printed = [[-5.99249, 1.92536, 3.24564], [-3.31246, -4.19662, -0.385288]]
    assert found == pytest.approx(np.array(printed), abs=1e-4)


@pytest.mark.parametrize(
    ("revolutions", "left", "departure"),
    [
        (0, False, [0.90230487720848529, 0.64590659483860502, 0.0]),
        (1, True, [0.45213333668550759, 0.79916800651739384, 0.0]),
        (1, False, [0.0, 1.0, 0.0]),
    ],
)
def test_over_a_revolution_it_agrees_with_pykep(
    revolutions: int, left: bool, departure: list[float]
) -> None:
    """Output of pykep 2.3 for a quarter turn in 5/4 revolutions, published by J. L. Cano Rodriguez
    on 2019-06-21 (gist "PyKep experiments")."""
    found = one(
        [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], 2.5 * math.pi,
        mu_km3_s2=1.0, revolutions=revolutions, left=left,
    )  # fmt: skip
    assert found[0] == pytest.approx(np.array(departure), abs=1e-12)


def kepler_place(r: np.ndarray, v: np.ndarray, dt: float) -> np.ndarray:
    """Return where two-body motion leads, with mu = 1, by universal variables (Vallado alg. 8)."""
    size, alpha = float(np.linalg.norm(r)), 2.0 / float(np.linalg.norm(r)) - float(v @ v)
    radial = float(r @ v)

    def stumpff(z: float) -> tuple[float, float]:
        if z > 1e-6:
            s = math.sqrt(z)
            return (1.0 - math.cos(s)) / z, (s - math.sin(s)) / s**3
        if z < -1e-6:
            s = math.sqrt(-z)
            return (1.0 - math.cosh(s)) / z, (math.sinh(s) - s) / s**3
        return 0.5 - z / 24.0, 1.0 / 6.0 - z / 120.0

    def time(chi: float) -> float:
        c2, c3 = stumpff(alpha * chi * chi)
        return chi**3 * c3 + radial * chi**2 * c2 + size * chi * (1.0 - alpha * chi**2 * c3)

    low, high = 0.0, 1.0
    while time(high) < dt:
        high *= 2.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if time(middle) < dt else (low, middle)
    chi = 0.5 * (low + high)
    c2, c3 = stumpff(alpha * chi * chi)
    f, g = 1.0 - chi**2 / size * c2, dt - chi**3 * c3
    return np.asarray(f * r + g * v)


@settings(max_examples=80, deadline=None)
@given(
    size=st.floats(0.3, 3.0), turn=st.floats(0.05, 2 * math.pi - 0.05), tilt=st.floats(-1.2, 1.2),
    flight=st.floats(0.2, 40.0), revolutions=st.integers(0, 3), left=st.booleans(),
)  # fmt: skip
def test_every_arc_is_keplers_motion(
    size: float, turn: float, tilt: float, flight: float, revolutions: int, left: bool
) -> None:
    assume(abs(turn - math.pi) > 0.05)
    r1 = np.array([1.0, 0.0, 0.0])
    spin = np.array([0.0, math.cos(tilt), math.sin(tilt)])
    r2 = size * (math.cos(turn) * r1 + math.sin(turn) * spin)
    found = one(r1.tolist(), r2.tolist(), flight, mu_km3_s2=1.0, revolutions=revolutions, left=left)
    if np.isnan(found).any():
        assert revolutions > 0  # without whole revolutions there is always an arc
        return
    momentum = np.cross(r1, found[0])
    assert momentum[2] > 0.0
    axis = 1.0 / (2.0 - float(found[0] @ found[0]))
    if axis > 0.0:
        turns = flight / (2.0 * math.pi * axis**1.5)
        assert revolutions - 1e-9 <= turns <= revolutions + 1.0 + 1e-9
    assert kepler_place(r1, found[0], flight) == pytest.approx(r2, abs=2e-7 * (1.0 + flight))


def test_there_is_no_arc_along_a_line_or_in_no_time() -> None:
    assert np.isnan(one([1.0, 0.0, 0.0], [-2.0, 0.0, 0.0], 3.0, mu_km3_s2=1.0)).all()
    assert np.isnan(one([1.0, 0.0, 0.0], [0.0, 1.0, 0.0], 0.0, mu_km3_s2=1.0)).all()
    quick = one([1.0, 0.0, 0.0], [0.0, 1.0, 0.0], 1.0, mu_km3_s2=1.0, revolutions=2)
    assert np.isnan(quick).all()


@settings(max_examples=40, deadline=None)
@given(speed=st.floats(0.5, 1.3), climb=st.floats(-0.6, 0.6), turns=st.floats(-3.0, 5.0))
def test_along_an_ellipse_energy_and_momentum_stay_and_the_way_back_is_the_same(
    speed: float, climb: float, turns: float
) -> None:
    r = np.array([[1.0, 0.0, 0.0]])
    v = np.array([[speed * math.sin(climb), speed * math.cos(climb), 0.0]])
    dt = np.array([2.0 * math.pi * turns])
    there, moving = along_ellipse(r, v, dt, mu_km3_s2=1.0)
    assert np.cross(there, moving) == pytest.approx(np.cross(r, v), abs=1e-9)
    energies = [0.5 * np.sum(b**2) - 1.0 / np.linalg.norm(a) for a, b in ((r, v), (there, moving))]
    assert energies[1] == pytest.approx(energies[0], abs=1e-9)
    back, _ = along_ellipse(there, moving, -dt, mu_km3_s2=1.0)
    assert back == pytest.approx(r, abs=1e-7)
    if turns > 0.0:
        assert there[0] == pytest.approx(kepler_place(r[0], v[0], float(dt[0])), abs=1e-6)
