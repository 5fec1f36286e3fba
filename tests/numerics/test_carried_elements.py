"""Elements carried to another epoch give the states that SGP4 gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.carried_elements import carried_elements, kozai_mean_motion_rad_min
from hoshimori.numerics.constants import XKE
from hoshimori.numerics.elements import MeanElements, brouwer_mean_motion_rad_min
from hoshimori.numerics.sgp4 import initialise, propagate_each

EPOCH = np.datetime64("2026-03-01T06:00:00", "us")


def one(
    mean_motion_rev_day: float, eccentricity: float, tilt_deg: float, bstar: float = 0.0
) -> MeanElements:
    columns = (mean_motion_rev_day * 2.0 * np.pi / 1440.0, eccentricity, np.radians(tilt_deg),
               1.2, 0.7, 2.4, bstar)  # fmt: skip
    return MeanElements(np.array([EPOCH]), *(np.array([c]) for c in columns))


@pytest.mark.parametrize(
    ("orbit", "days", "within_km"),
    [
        (one(15.2, 1e-3, 97.4, 1e-4), 3, 0.02),
        (one(14.1, 2e-3, 66.0), 30, 1e-6),
        (one(2.0, 0.7, 63.4), 5, 5.0),
        (one(1.0027, 3e-4, 0.05), 10, 0.5),
    ],
    ids=["low with drag", "low", "Molniya", "belt"],
)
def test_carried_elements_give_the_same_states(
    orbit: MeanElements, days: int, within_km: float
) -> None:
    later = np.array([EPOCH + np.timedelta64(days, "D")])
    carried = carried_elements(orbit, later)
    for after_h in (0, 7):
        moment = later[0] + np.timedelta64(after_h, "h")
        here, there = (
            propagate_each(initialise(e), moment, np.zeros(1)).position_teme_km
            for e in (orbit, carried)
        )
        assert np.linalg.norm(here - there) < within_km


def test_an_orbit_that_drag_has_used_up_is_not_a_number() -> None:
    carried = carried_elements(one(16.3, 1e-3, 51.6, 5e-2), np.array(["2027-03-01"], "M8[us]"))
    assert np.isnan(carried.mean_motion_kozai_rad_min[0])


@given(
    motion=st.floats(0.9, 16.4), eccentricity=st.floats(1e-6, 0.5), tilt_deg=st.floats(0.0, 179.0)
)
def test_the_published_mean_motion_comes_back(
    motion: float, eccentricity: float, tilt_deg: float
) -> None:
    orbit = one(motion, eccentricity, tilt_deg)
    axis_er = (XKE / brouwer_mean_motion_rad_min(orbit)) ** (2.0 / 3.0)
    back = kozai_mean_motion_rad_min(axis_er, orbit.eccentricity, orbit.inclination_rad)
    assert back == pytest.approx(orbit.mean_motion_kozai_rad_min, rel=1e-12)
