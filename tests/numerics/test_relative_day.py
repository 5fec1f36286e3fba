"""The motion of a revolution against propagation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.exercise.refit import shifted, stacked
from hoshimori.numerics.relative import orbit_plane_angle_rad
from hoshimori.numerics.relative_day import day_of_pairs
from hoshimori.numerics.sgp4 import initialise, propagate

START = np.datetime64("2025-03-03T00:00:00", "us")


@settings(max_examples=15, deadline=None)
@given(
    axis_km=st.floats(-0.3, 0.3),
    e_x=st.floats(-2e-3, 2e-3),
    e_y=st.floats(-2e-3, 2e-3),
    tilt=st.floats(-2e-3, 2e-3),
    ahead=st.floats(-0.01, 0.01),
    height_km=st.sampled_from([7000.0, 26_600.0, 42_164.0]),
)
def test_closest_and_farthest_are_those_of_propagation(
    axis_km: float, e_x: float, e_y: float, tilt: float, ahead: float, height_km: float
) -> None:
    one = MeanOrbits(
        semi_major_axis_km=np.array([height_km]),
        eccentricity=np.array([2e-3]),
        inclination_rad=np.array([0.9]),
        raan_rad=np.array([1.0]),
        arg_of_perigee_rad=np.array([0.7]),
        mean_anomaly_rad=np.array([2.0]),
    ).elements(np.array([START]), np.zeros(1))
    other = shifted(one, np.array([[axis_km, e_x, e_y, tilt, -tilt, ahead]]).T)
    satellites = initialise(stacked([one, other]))
    revolution_s = 60.0 * 2.0 * np.pi / float(one.mean_motion_kozai_rad_min[0])
    t_s = np.linspace(-revolution_s / 2.0, revolution_s / 2.0, 401)
    states = propagate(satellites, START, np.append(t_s, 0.0))
    r, v = states.position_teme_km, states.velocity_teme_km_s
    closest, farthest, plane = day_of_pairs((r[:1, -1], v[:1, -1]), (r[1:, -1], v[1:, -1]))
    ranges = np.linalg.norm(r[1, :-1] - r[0, :-1], axis=1)
    # The second order of the motion, and what the Earth's shape, Sun and Moon do in a revolution.
    slack_km = 0.02 * ranges.max() + 0.5
    assert closest[0] == pytest.approx(ranges.min(), abs=slack_km)
    assert farthest[0] == pytest.approx(ranges.max(), abs=slack_km)
    truth = orbit_plane_angle_rad(r[0, -1:], v[0, -1:], r[1, -1:], v[1, -1:])
    assert np.radians(plane[0]) == pytest.approx(truth[0], abs=1e-9)


def test_one_orbit_has_no_distance() -> None:
    state = (np.array([[7000.0, 0.0, 0.0]]), np.array([[0.0, 7.5, 1.0]]))
    assert [float(x[0]) for x in day_of_pairs(state, state)] == [0.0, 0.0, 0.0]
