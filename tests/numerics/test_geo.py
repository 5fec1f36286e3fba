"""Mean longitudes over time against what orbit mechanics demands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.constants import TWO_PI
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.frames import gmst82_rad
from hoshimori.numerics.geo import (
    STEPS_PER_DAY,
    belt_motion,
    mean_longitude_each,
    range_each_km,
    wrapped_deg,
)
from hoshimori.numerics.sgp4 import initialise

EPOCH = np.datetime64("2025-03-03T00:00:00", "us")


def belt(
    longitude_deg: list[float],
    drift_deg_day: float = 0.0,
    eccentricity: float = 2e-4,
    inclination_deg: float = 0.05,
) -> MeanElements:
    """Return objects above these longitudes at the epoch, perigee and node fixed."""
    count = len(longitude_deg)
    epochs = np.full(count, EPOCH)
    mean_anomaly = np.radians(longitude_deg) + gmst82_rad(epochs) - 1.5
    return MeanElements(
        epoch_utc=epochs,
        mean_motion_kozai_rad_min=np.full(
            count, (1.00272 + drift_deg_day / 360.0) * TWO_PI / 1440.0
        ),
        eccentricity=np.full(count, eccentricity),
        inclination_rad=np.full(count, np.radians(inclination_deg)),
        raan_rad=np.full(count, 1.4),
        arg_of_perigee_rad=np.full(count, 0.1),
        mean_anomaly_rad=mean_anomaly % TWO_PI,
        bstar_per_er=np.zeros(count),
    )


def test_the_mean_longitude_is_where_the_elements_put_it() -> None:
    elements = belt([60.0, -120.0, 179.9])
    found = mean_longitude_each(initialise(elements), elements.epoch_utc)
    # Sun and Moon move the daily mean of the propagated longitude by about 0.02 degrees.
    lunisolar_deg = 0.05
    np.testing.assert_allclose(found, [60.0, -120.0, 179.9], atol=lunisolar_deg)


@pytest.mark.parametrize(("eccentricity", "inclination_deg"), [(0.02, 0.05), (2e-4, 8.0)])
def test_the_daily_swing_of_the_longitude_is_gone(
    eccentricity: float, inclination_deg: float
) -> None:
    elements = belt([60.0], eccentricity=eccentricity, inclination_deg=inclination_deg)
    motion = belt_motion(initialise(elements), EPOCH, 5.0)
    steady = np.polyval(np.polyfit(motion.t_s, motion.mean_deg_east[0], 2), motion.t_s)
    # Eccentricity alone swings the longitude by 2 e = 2.3 degrees.
    remaining_swing_deg = 0.02
    assert np.abs(motion.mean_deg_east[0] - steady).max() < remaining_swing_deg


def test_drift_follows_from_the_mean_motion() -> None:
    still = belt_motion(initialise(belt([60.0])), EPOCH, 5.0).drift_deg_day()
    moving = belt_motion(initialise(belt([60.0], drift_deg_day=0.8)), EPOCH, 5.0).drift_deg_day()
    rate_of_node_and_resonance = 0.01
    assert moving[0] - still[0] == pytest.approx(0.8, abs=rate_of_node_and_resonance)


def test_moments_begin_at_the_start_and_cover_the_days() -> None:
    motion = belt_motion(initialise(belt([60.0, 61.0])), EPOCH, 2.0)
    assert motion.t_s[0] == 0.0
    assert motion.t_s[-1] >= 2.0 * 86400.0
    assert motion.mean_deg_east.shape == (2, len(motion.t_s))
    assert motion.position_teme_km.shape == (2, len(motion.t_s), 3)
    assert len(belt_motion(initialise(belt([60.0])), EPOCH, 0.0).t_s) >= 2
    assert STEPS_PER_DAY % 4 == 0


def test_one_degree_of_the_belt_is_736_km() -> None:
    satellites = initialise(belt([60.0, 61.0]))
    both = range_each_km(
        satellites.take(np.array([0])), satellites.take(np.array([1])), np.array([EPOCH])
    )
    # 2 a sin(0.5 deg) with a = 42164 km.
    ten_km = 10.0
    assert both[0] == pytest.approx(735.9, abs=ten_km)


def test_nothing_in_nothing_out() -> None:
    empty = initialise(belt([]))
    assert mean_longitude_each(empty, np.empty(0, "datetime64[us]")).shape == (0,)
    assert range_each_km(empty, empty, np.empty(0, "datetime64[us]")).shape == (0,)


@given(st.floats(-1e5, 1e5))
def test_wrapped_angles_are_the_same_direction(angle_deg: float) -> None:
    wrapped = float(wrapped_deg(np.array([angle_deg]))[0])
    assert -180.0 <= wrapped < 180.0 or wrapped == pytest.approx(180.0)
    turns = (angle_deg - wrapped) / 360.0
    assert turns == pytest.approx(round(turns), abs=1e-9)
