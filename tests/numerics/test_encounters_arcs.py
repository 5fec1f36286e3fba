"""Shells and ends of arcs, attacked with orbits of every shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sgp4.api import WGS72, Satrec

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.encounters_arcs import (
    DEPARTURE,
    END,
    HIGH,
    LOW,
    MOST_STEPS,
    START,
    WIDTH,
    write_arcs,
)
from hoshimori.numerics.sgp4 import Satellites, initialise, propagate

T0 = np.datetime64("2025-03-03T00:00:00", "us")
FINE = 41
"""Checks within a step, both ends included."""
REACH_KM = 2.0
"""What the cells allow an arc to stray from its line, apart from its departure and J2."""

AsElements = Callable[[Sequence[Satrec]], MeanElements]


@st.composite
def orbits(draw: st.DrawFn) -> Satrec:
    """Any orbit from low LEO to beyond GEO, perigee above 180 km."""
    perigee_km = draw(st.floats(6560.0, 42000.0))
    e = draw(st.floats(0.0, 0.85))
    axis_km = min(perigee_km / (1.0 - e), 60000.0)
    e = max(1.0 - perigee_km / axis_km, 0.0)
    motion_rad_min = 60.0 * np.sqrt(398600.8 / axis_km**3)
    angle = st.floats(0.0, 2.0 * np.pi)
    node, argument, anomaly = draw(angle), draw(angle), draw(angle)
    made = Satrec()
    epoch = 2460737.5 - 2433281.5 - draw(st.floats(0.0, 3.0))
    inclination = draw(st.floats(0.0, 3.1))
    made.sgp4init(
        WGS72, "i", 1, epoch, 1e-5, 0, 0, e, argument, inclination, anomaly, motion_rad_min, node
    )
    return made


def arcs_of(satellites: Satellites, step_s: float, steps: int) -> np.ndarray:
    middles_s = (np.arange(-1, steps + 1) + 0.5) * step_s
    states = propagate(satellites, T0, middles_s)
    arcs = np.empty((steps, len(satellites), WIDTH), np.float32)
    write_arcs(
        states.position_teme_km,
        states.velocity_teme_km_s,
        states.status,
        0.5 * step_s,
        arcs,
        0,
    )
    return arcs


@settings(
    max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(orbits(), st.sampled_from([60.0, 240.0, 360.0, 480.0]))
def test_no_orbit_leaves_its_shell_or_its_line(
    as_elements: AsElements, orbit: Satrec, step_s: float
) -> None:
    satellites = initialise(as_elements([orbit]))
    arcs = arcs_of(satellites, step_s, MOST_STEPS)[:, 0].astype(np.float64)
    t_s = np.arange(MOST_STEPS)[:, None] * step_s + np.linspace(0.0, step_s, FINE)
    path = propagate(satellites, T0, t_s.ravel()).position_teme_km[0].reshape(MOST_STEPS, FINE, 3)
    radius = np.linalg.norm(path, axis=2)
    known = np.isfinite(radius).all(axis=1) & np.isfinite(arcs[:, LOW])
    assert (radius >= arcs[:, LOW, None])[known].all()
    assert (radius <= arcs[:, HIGH, None])[known].all()
    start, end = arcs[:, START : START + 3], arcs[:, END : END + 3]
    normal = np.cross(start, end)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    across = np.abs(np.einsum("kfc,kc->kf", path, normal))
    pull = 1.7e-3 * 398600.8 / arcs[:, LOW] ** 2 * (0.5 * step_s) ** 2 / 2.0
    reach = REACH_KM + arcs[:, DEPARTURE] + pull
    assert (across <= reach[:, None])[known].all()
    for at, unit in ((0, start), (-1, end)):
        ends = unit * np.linalg.norm(path[:, at], axis=1, keepdims=True)
        assert (np.linalg.norm(ends - path[:, at], axis=1) <= reach)[known].all()


def test_steps_without_a_state_are_missing(as_elements: AsElements) -> None:
    falling = Satrec()
    motion_rad_min = 16.3 * 2 * np.pi / 1440
    falling.sgp4init(WGS72, "i", 1, 27455.75, 2e-2, 0, 0, 3e-4, 0.0, 0.9, 0.0, motion_rad_min, 1.0)
    satellites = initialise(as_elements([falling]))
    middles_s = (np.arange(MOST_STEPS) + 0.5) * 480.0
    lives = propagate(satellites, T0, middles_s).status[0] == 0
    assert lives[0]
    assert not lives[-1]
    arcs = arcs_of(satellites, 480.0, MOST_STEPS)
    assert np.isnan(arcs[~lives]).all()
    assert np.isfinite(arcs[lives, 0, LOW]).sum() >= lives.sum() - 1


@pytest.mark.parametrize("step_s", [60.0, 360.0, 480.0])
def test_an_orbit_that_grazes_the_ground_has_arcs_as_long_as_it_has_states(
    as_elements: AsElements, step_s: float
) -> None:
    # Twelve days of strong drag at a perigee near 50 km: the rates of SGP4 positions differ from
    # its velocities by some 0.1 km/s. A real object of this kind was once lost for that.
    grazing = Satrec()
    grazing.sgp4init(WGS72, "i", 1, 27443.75, 1.1e-3, 0, 0, 0.13, 1.6, 0.3, 4.9, 0.0585, 4.2)
    satellites = initialise(as_elements([grazing]))
    middles_s = (np.arange(MOST_STEPS) + 0.5) * step_s
    assert (propagate(satellites, T0, middles_s).status == 0).all()
    arcs = arcs_of(satellites, step_s, MOST_STEPS)
    assert np.isfinite(arcs).all()
    assert arcs[:, 0, DEPARTURE].max() > 0.1 * step_s


def test_departures_are_small_where_the_theory_is_smooth(as_elements: AsElements) -> None:
    circular = Satrec()
    circular.sgp4init(WGS72, "i", 1, 27455.75, 1e-5, 0, 0, 1e-3, 0.0, 1.7, 0.0, 0.0666, 1.0)
    arcs = arcs_of(initialise(as_elements([circular])), 360.0, MOST_STEPS)
    # 16 mm/s of inconsistency over half a step, at most threefold, and the floor.
    assert arcs[:, 0, DEPARTURE].max() == pytest.approx(0.04, abs=0.03)
