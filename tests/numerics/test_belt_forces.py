"""What nature does in the belt, against SGP4 and against published figures."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.exercise.belt_scenes import drift_deg_day, resting
from hoshimori.numerics.belt_forces import longitude_acceleration_deg_day2, plane_drift_deg_day

AT_UTC = np.datetime64("2025-03-01T00:00:00", "us")


@pytest.mark.parametrize("longitude", [20.0, 50.0, 120.0, -60.0, -140.0])
def test_the_pull_is_that_of_sgp4(longitude: float) -> None:
    elements = resting(AT_UTC, longitude, tilt_deg=0.5)
    days = 10.0
    later = drift_deg_day(elements, AT_UTC + np.timedelta64(10, "D"))
    sgp4 = (later - drift_deg_day(elements, AT_UTC)) / days
    # Sun and Moon swing the drift by some 1e-3 deg/day within two weeks.
    assert longitude_acceleration_deg_day2(np.array([longitude]))[0] == pytest.approx(
        sgp4, abs=2.5e-4
    )


def test_stable_and_unstable_longitudes() -> None:
    stable, unstable = np.array([75.1, -104.7]), np.array([-11.5, 161.9])
    for places, sign in ((stable, -1.0), (unstable, 1.0)):
        east = longitude_acceleration_deg_day2(places + 3.0)
        west = longitude_acceleration_deg_day2(places - 3.0)
        assert (sign * east > 0.0).all()
        assert (sign * west < 0.0).all()


def test_a_plane_left_alone_comes_back_after_half_a_century() -> None:
    x, y, peak = 0.0, 0.0, 0.0
    step_days = 30.4375
    for month in range(round(54.4 * 12)):  # 0.85 deg a year about a pole 7.4 deg away
        at = np.datetime64("2000-01-01", "us") + np.timedelta64(round(month * step_days), "D")
        dx, dy = plane_drift_deg_day(np.array([x]), np.array([y]), np.array([at]))[0] * step_days
        x, y = x + dx, y + dy
        peak = max(peak, float(np.hypot(x, y)))
    assert peak == pytest.approx(15.0, abs=0.5)
    assert np.hypot(x, y) < 1.5
