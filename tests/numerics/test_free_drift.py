"""What free drift along the belt leads to: published stable points, and motion carried on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.numerics.belt_forces import longitude_acceleration_deg_day2
from hoshimori.numerics.free_drift import FreeMotion, free_motion, potential_deg2_day2


def carried_on(longitude: float, drift: float, years: float = 8.0) -> np.ndarray:
    """Longitudes, day by day, by the acceleration alone (leapfrog)."""
    found = [longitude]
    for _ in range(int(365 * years)):
        drift += 0.5 * float(longitude_acceleration_deg_day2(np.array([longitude]))[0])
        longitude += drift
        drift += 0.5 * float(longitude_acceleration_deg_day2(np.array([longitude]))[0])
        found.append(longitude)
    return np.array(found)


def test_the_wells_lie_at_the_stable_points() -> None:
    """75.1 E and 105.3 W stable, 161.9 E the higher barrier (Soop 1994, section 2.4).

    Within a degree: the three resonant harmonics of SGP4 alone.
    """
    longitudes, potential = potential_deg2_day2()
    west = (longitudes > 200.0) & (longitudes < 300.0)
    assert longitudes[np.argmin(potential)] == pytest.approx(75.1, abs=1.0)
    assert longitudes[west][np.argmin(potential[west])] == pytest.approx(254.7, abs=1.0)
    assert longitudes[np.argmax(potential)] == pytest.approx(161.9, abs=1.0)


@settings(max_examples=15, deadline=None)
@given(st.floats(-180.0, 180.0), st.floats(-0.6, 0.6))
def test_the_motion_is_what_carrying_on_shows(longitude: float, drift: float) -> None:
    path = carried_on(longitude, drift)
    travelled = float(np.ptp(path))
    motion = free_motion(longitude, drift)
    if motion is FreeMotion.GOES_ROUND:
        # Near the barrier it lingers: only the sense must never turn.
        steps = np.diff(path)
        assert travelled >= 360.0 or (steps > -1e-6).all() or (steps < 1e-6).all()
    else:
        assert travelled < 360.0
