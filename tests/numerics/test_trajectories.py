"""Tabulated states: how well they are interpolated, and that nothing is extrapolated."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import OdeSolution, solve_ivp

from hoshimori.numerics.sgp4 import Sgp4Status
from hoshimori.numerics.trajectories import (
    Ephemerides,
    Span,
    ephemerides,
    interpolation_error_km,
    velocities_contradict,
    velocities_km_s,
)

T0 = np.datetime64("2026-11-23T00:00:00", "us")
ONE_MILLIMETRE_KM = 1e-6
ONE_MICROMETRE_S_KM_S = 1e-9
J2_KM5_S2 = 1.5 * 0.00108263 * 398600.4418 * 6378.137**2

ORBITS = {  # perigee radius [km], eccentricity, inclination [rad]
    "low": (6770.0, 0.0007, 0.9),
    "semi-synchronous": (26300.0, 0.01, 0.96),
    "geostationary": (42155.0, 0.0002, 0.001),
    "Molniya": (7000.0, 0.72, 1.1),
}


@lru_cache
def truth(name: str, last_s: float) -> OdeSolution:
    """Return motion around an oblate Earth, integrated to 1e-13: position, then velocity.

    SGP4 will not do: its velocities differ by centimetres a second from the rates of its positions.
    """
    radius, e, i = ORBITS[name]
    speed = np.sqrt(398600.4418 * (1.0 + e) / radius)

    def rates(_: float, state: np.ndarray) -> np.ndarray:
        r, z = np.linalg.norm(state[:3]), state[2]
        flat = J2_KM5_S2 / r**5 * np.array([5 * z**2 / r**2 - 1.0] * 2 + [5 * z**2 / r**2 - 3.0])
        return np.concatenate([state[3:], (flat - 398600.4418 / r**3) * state[:3]])

    start = np.array([radius, 0.0, 0.0, 0.0, speed * np.cos(i), speed * np.sin(i)])
    found = solve_ivp(
        rates, (0.0, last_s), start, method="DOP853", rtol=1e-13, atol=1e-10, dense_output=True,
        max_step=last_s / 400,
    )  # fmt: skip
    return found.sol


def motion(name: str, step_s: float, t_s: np.ndarray) -> np.ndarray:
    return truth(name, 59 * step_s)(np.clip(t_s, 0.0, 59 * step_s)).T


def tabulated(name: str, step_s: float, points: int) -> Ephemerides:
    t_s = np.arange(60) * step_s
    states = motion(name, step_s, t_s)
    utc = T0 + np.rint(t_s * 1e6).astype("timedelta64[us]")
    return ephemerides([[Span(utc, states[:, :3], states[:, 3:], utc[0], utc[-1])]], points)


def errors(name: str, step_s: float, points: int, *, edges: bool) -> tuple[float, float]:
    """Return the largest errors of position [km] and velocity [km/s]."""
    first, last = (0.0, 3.0) if edges else (6.0, 53.0)
    t_s = np.linspace(first * step_s, last * step_s, 997)
    found = tabulated(name, step_s, points).states(T0, t_s)
    meant = motion(name, step_s, t_s)
    return (
        float(np.abs(found.position_teme_km[0] - meant[:, :3]).max()),
        float(np.abs(found.velocity_teme_km_s[0] - meant[:, 3:]).max()),
    )


@pytest.mark.parametrize(
    ("name", "step_s"),
    [("low", 60.0), ("low", 180.0), ("semi-synchronous", 900.0), ("geostationary", 1800.0),
     ("Molniya", 60.0)],
)  # fmt: skip
def test_six_points_are_good_to_a_millimetre_inside_a_span(name: str, step_s: float) -> None:
    position_km, velocity_km_s = errors(name, step_s, 6, edges=False)
    assert position_km < ONE_MILLIMETRE_KM
    assert velocity_km_s < 10 * ONE_MICROMETRE_S_KM_S


@pytest.mark.parametrize(
    ("name", "step_s"), [("low", 300.0), ("semi-synchronous", 900.0), ("geostationary", 1800.0)]
)
def test_six_points_are_good_to_a_millimetre_at_the_ends_too(name: str, step_s: float) -> None:
    assert errors(name, step_s, 6, edges=True)[0] < ONE_MILLIMETRE_KM


def test_the_stated_error_is_that_of_a_circle() -> None:
    radius_km, motion_rad_s, step_s = 6800.0, 0.00113, 600.0
    t_s = np.arange(20) * step_s

    def circle(t_s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        angle = motion_rad_s * t_s
        unit = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
        ahead = np.stack([-np.sin(angle), np.cos(angle), 0 * angle], axis=1)
        return radius_km * unit, radius_km * motion_rad_s * ahead

    utc = T0 + (t_s * 1e6).astype("timedelta64[us]")
    for points in (2, 4):
        table = ephemerides([[Span(utc, *circle(t_s), utc[0], utc[-1])]], points)
        middle_s = np.array([9.5 * step_s])
        found = table.states(T0, middle_s).position_teme_km[0]
        off_km = np.linalg.norm(found - circle(middle_s)[0])
        stated_km = interpolation_error_km(radius_km, motion_rad_s, step_s, points)
        assert off_km == pytest.approx(stated_km, rel=0.05)


def test_samples_are_returned_as_they_are_and_nothing_is_extrapolated() -> None:
    table = tabulated("low", 60.0, 6)
    at_s = np.array([-0.001, 0.0, 600.0, 59 * 60.0, 59 * 60.0 + 0.001])
    found = table.states(T0, at_s)
    np.testing.assert_array_equal(found.status[0], [100, 0, 0, 0, 100])
    assert np.isnan(found.position_teme_km[0, [0, 4]]).all()
    rows = table.position_teme_km[[0, 10, 59]]
    np.testing.assert_allclose(found.position_teme_km[0, 1:4], rows, rtol=1e-15)


def test_between_spans_there_is_nothing() -> None:
    whole = tabulated("low", 60.0, 6)
    utc = whole.sample_us.astype("datetime64[us]")
    pieces = [
        Span(utc[rows], whole.position_teme_km[rows], whole.velocity_teme_km_s[rows],
             utc[rows][0], utc[rows][-1] - np.timedelta64(30, "s"))
        for rows in (slice(0, 20), slice(20, 21), slice(25, 60))
    ]  # fmt: skip
    table = ephemerides([pieces], 6)
    at_s = np.array([600.0, 19 * 60 - 29.0, 19 * 60 + 10.0, 1200.0, 1500.0, 3000.0])
    status = table.states(T0, at_s).status[0]
    outside = int(Sgp4Status.OUTSIDE_EPHEMERIS)
    assert status.tolist() == [0, outside, outside, outside, 0, 0]


def test_shapes_are_those_of_sgp4() -> None:
    utc = tabulated("low", 60.0, 6).sample_us.astype("datetime64[us]")
    spans = []
    for name in ("low", "Molniya"):
        one = tabulated(name, 60.0, 6)
        spans.append([Span(utc, one.position_teme_km, one.velocity_teme_km_s, utc[0], utc[-1])])
    table = ephemerides(spans)
    t_s = np.array([100.0, 200.0, 1e5])
    found = table.states(T0, t_s)
    assert found.position_teme_km.shape == (2, 3, 3)
    assert found.status.shape == (2, 3)
    each = table.states_each(T0, np.array([200.0, 100.0]))
    np.testing.assert_array_equal(each.position_teme_km[1], found.position_teme_km[1, 0])
    swapped = table.take(np.array([1, 0])).states(T0, t_s)
    np.testing.assert_array_equal(swapped.position_teme_km, found.position_teme_km[::-1])
    later = T0 + np.timedelta64(100, "s")
    np.testing.assert_allclose(
        table.states(later, np.array([0.0])).position_teme_km[:, 0],
        found.position_teme_km[:, 0], rtol=0, atol=1e-9,
    )  # fmt: skip


@given(at_s=st.floats(0.0, 59 * 60.0))
def test_velocity_is_the_derivative_of_position(at_s: float) -> None:
    table = tabulated("Molniya", 60.0, 6)
    before, after = max(at_s - 0.5, 0.0), min(at_s + 0.5, 59 * 60.0)
    ends = table.states(T0, np.array([before, after])).position_teme_km[0]
    middle = table.states(T0, np.array([0.5 * (before + after)])).velocity_teme_km_s[0, 0]
    one_centimetre_s = 1e-5
    np.testing.assert_allclose(
        (ends[1] - ends[0]) / (after - before), middle, rtol=0, atol=one_centimetre_s
    )


@pytest.mark.parametrize(
    ("name", "step_s"), [("semi-synchronous", 900.0), ("low", 60.0), ("geostationary", 1800.0)]
)
def test_velocities_from_positions(name: str, step_s: float) -> None:
    t_s = np.arange(60) * step_s
    states = motion(name, step_s, t_s)
    off_km_s = np.abs(velocities_km_s(t_s, states[:, :3]) - states[:, 3:]).max(axis=1)
    one_hundredth_mm_s = 1e-8
    assert off_km_s[6:-6].max() < 1e-3 * one_hundredth_mm_s
    assert off_km_s.max() < one_hundredth_mm_s


@pytest.mark.parametrize(
    ("name", "step_s", "off_km_s", "contradict"),
    [("low", 60.0, 0.0, False), ("low", 60.0, 1e-6, True), ("low", 600.0, 1e-6, False),
     ("geostationary", 1800.0, 0.0, False), ("geostationary", 300.0, 3e-6, True)],
)  # fmt: skip
def test_velocities_that_are_not_the_rates_of_the_positions(
    name: str, step_s: float, off_km_s: float, contradict: bool
) -> None:
    """Of samples ten minutes apart in a low orbit nobody can tell: then they are believed."""
    t_s = np.arange(60) * step_s
    states = motion(name, step_s, t_s)
    stated = states[:, 3:] + np.array([off_km_s, 0.0, 0.0])
    assert velocities_contradict(t_s, states[:, :3], stated) is contradict
    rounded = np.round(states, 6)
    if not off_km_s:
        assert not velocities_contradict(t_s, rounded[:, :3], np.round(states[:, 3:], 9))
    assert not velocities_contradict(t_s[:8], states[:8, :3], stated[:8])


def test_what_cannot_be_tabulated_is_refused() -> None:
    one = tabulated("low", 60.0, 6)._spans(0)[0]
    with pytest.raises(ValueError, match="increasing"):
        ephemerides([[one._replace(utc=one.utc[::-1])]])
    with pytest.raises(ValueError, match="2 to 8"):
        ephemerides([[one]], 9)
    with pytest.raises(ValueError, match="number"):
        ephemerides([[one]]).states(T0, np.array([np.nan]))
    with pytest.raises(ValueError, match="two samples"):
        velocities_km_s(np.zeros(1), np.zeros((1, 3)))
    assert len(ephemerides([])) == 0


def test_stretches_are_spans_that_overlap_or_touch_taken_together() -> None:
    def span(first_s: int, last_s: int) -> Span:
        utc = T0 + np.array([first_s, last_s]).astype("timedelta64[s]")
        return Span(utc, np.ones((2, 3)), np.ones((2, 3)), utc[0], utc[1])

    one = span(500, 600)._replace(usable_stop_utc=T0 + np.timedelta64(550, "s"))
    found = ephemerides([[span(300, 400), span(0, 100), span(50, 200), span(200, 250), one], []])
    later = T0 + np.timedelta64(10, "s")
    assert found.stretches_s(0, later) == [(-10.0, 240.0), (290.0, 390.0), (490.0, 540.0)]
    assert found.stretches_s(1, later) == []
