"""The bounds of the sieve, attacked with orbits of every shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.interpolate import CubicHermiteSpline, interp1d
from sgp4.api import WGS72, Satrec

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.encounters_bounds import (
    ACCELERATION_KM_S2,
    BOUNDS,
    HIGHEST_KM,
    LOWEST_KM,
    PAD_KM,
    bound_objects,
)
from hoshimori.numerics.sgp4 import initialise, propagate

T0 = np.datetime64("2025-03-03T00:00:00", "us")
FINE = 40
"""Checks between two samples."""
SAMPLES = 40


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


@settings(
    max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(orbits(), st.sampled_from([60.0, 240.0, 480.0]))
def test_no_orbit_leaves_its_bounds(
    as_elements: Callable[[Sequence[Satrec]], MeanElements], orbit: Satrec, step_s: float
) -> None:
    satellites = initialise(as_elements([orbit]))
    t_s = np.arange(SAMPLES) * step_s
    sampled = propagate(satellites, T0, t_s)
    bounds = np.empty((1, BOUNDS))
    is_good = sampled.status == 0
    bound_objects(sampled.position_teme_km, sampled.velocity_teme_km_s, step_s, is_good, bounds)
    # The margins at the ends belong to the neighbouring chunks.
    fine_s = np.linspace(t_s[1], t_s[-2], (SAMPLES - 3) * FINE + 1)
    truth = propagate(satellites, T0, fine_s).position_teme_km[0]
    if not is_good.all() or not np.isfinite(truth).all():
        return
    spline = CubicHermiteSpline(t_s, sampled.position_teme_km[0], sampled.velocity_teme_km_s[0])
    radius = np.linalg.norm(truth, axis=1)
    chord = interp1d(t_s, sampled.position_teme_km[0], axis=0)(fine_s)
    sag_km = step_s**2 / 8.0 * bounds[0, ACCELERATION_KM_S2] + bounds[0, PAD_KM]
    assert np.linalg.norm(truth - spline(fine_s), axis=1).max() <= bounds[0, PAD_KM]
    assert radius.min() >= bounds[0, LOWEST_KM]
    assert radius.max() <= bounds[0, HIGHEST_KM]
    assert np.linalg.norm(truth - chord, axis=1).max() <= sag_km


def test_states_that_are_no_trajectory_count_as_missing() -> None:
    t_s = 60.0 * np.arange(20)
    angle = 1.1e-3 * t_s
    position = 7000.0 * np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)[None]
    velocity = 7.7 * np.stack([-np.sin(angle), np.cos(angle), 0 * angle], axis=1)[None]
    position[0, 12:] *= 1.5
    is_good = np.ones((1, 20), bool)
    bounds = np.empty((1, BOUNDS))
    bound_objects(position, velocity, 60.0, is_good, bounds)
    assert is_good[0, :9].all()
    assert not is_good[0, 12:].any()
    assert bounds[0, HIGHEST_KM] < 7100.0
