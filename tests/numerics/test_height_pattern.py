"""Modes of low orbits from made histories of the semi-major axis."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from hoshimori.numerics.constants import WGS72_MU_KM3_S2, WGS72_RADIUS_KM
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.height_pattern import HeightControl, height_pattern, natural_loss_km_day
from hoshimori.numerics.steering import Burns

DAYS = np.arange(0.0, 200.0)
NONE = np.empty(0, dtype=np.int64)
NO_BURNS = Burns(np.empty(0), NONE, np.empty(0))


def orbits(height_km: np.ndarray, noise_m: float = 1.0) -> MeanElements:
    """Return daily elements of a round polar orbit of these heights, its phase true to them."""
    rng = np.random.default_rng(2)
    axis = WGS72_RADIUS_KM + height_km
    rate = np.sqrt(WGS72_MU_KM3_S2 / axis**3) * 86400.0
    phase = np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]))])
    seen = axis + 1e-3 * noise_m * rng.standard_normal(len(axis))
    zero = np.zeros(len(axis))
    return MeanElements(
        epoch_utc=np.datetime64("2025-01-01", "us") + np.arange(len(axis)) * np.timedelta64(1, "D"),
        mean_motion_kozai_rad_min=np.sqrt(WGS72_MU_KM3_S2 / seen**3) * 60.0,
        eccentricity=zero + 1e-3,
        inclination_rad=zero + np.radians(60.0),
        raan_rad=zero,
        arg_of_perigee_rad=zero,
        mean_anomaly_rad=phase % (2.0 * np.pi),
        bstar_per_er=zero,
    )


def modes(height_km: np.ndarray, burns: Burns = NO_BURNS) -> list[HeightControl]:
    found = height_pattern(orbits(height_km), DAYS[: len(height_km)], burns).modes
    assert found[0].start == 0
    assert found[-1].stop == len(height_km)
    assert all(a.stop == b.start for a, b in pairwise(found))
    return [m.control for m in found]


def saw_teeth(tooth_km: float, every: int = 20) -> tuple[np.ndarray, Burns]:
    """Return a height that sinks steadily and is given back at once, and the burns."""
    rows = np.arange(every, len(DAYS), every)
    height = 700.0 - tooth_km * (DAYS % every) / every
    return height, Burns(DAYS[rows], rows, np.full(len(rows), tooth_km))


def test_saw_teeth_keep_a_height_and_small_ones_a_phase() -> None:
    assert modes(*saw_teeth(2.0)) == [HeightControl.KEPT]
    assert modes(*saw_teeth(0.02)) == [HeightControl.PHASE_KEPT]


def test_sinking_alone_is_decay_and_burns_that_stop_end_the_keeping() -> None:
    assert modes(600.0 - 0.02 * DAYS) == [HeightControl.DECAY]
    height, burns = saw_teeth(2.0)
    left = height.copy()
    left[100:] = height[100] - 0.015 * (DAYS[100:] - 100.0)
    few = Burns(burns.days[:5], burns.row[:5], burns.size[:5])
    assert modes(left, few) == [HeightControl.KEPT, HeightControl.DECAY]


def test_raising_and_lowering_by_engine() -> None:
    raised = 350.0 + np.clip(DAYS - 50.0, 0.0, 60.0) * 3.0
    assert HeightControl.RAISING in modes(raised)
    lowered = 900.0 - np.clip(DAYS - 50.0, 0.0, 60.0) * 3.0
    assert HeightControl.LOWERING in modes(lowered)


def test_a_low_orbit_that_does_not_sink_is_kept_and_a_high_one_tells_nothing() -> None:
    assert modes(np.full(40, 480.0)) == [HeightControl.PHASE_KEPT]
    assert modes(np.full(40, 1200.0)) == [HeightControl.INERT]


@pytest.mark.parametrize("height", [300.0, 500.0, 800.0])
def test_air_takes_more_in_a_storm_and_less_above(height: float) -> None:
    axis = np.array([WGS72_RADIUS_KM + height])
    least, most = natural_loss_km_day(axis, np.array([height]))
    above, _ = natural_loss_km_day(axis + 50.0, np.array([height + 50.0]))
    assert 0.0 < above[0] < least[0] < most[0]
