"""Made thrust raises the axis by what Edelbaum's spiral says, and is found where it is large."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import numpy as np
import pytest

from hoshimori.exercise.low_thrust import START_DAY, STOP_DAY, thrust_histories
from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import semi_major_axis_km

MICRO = 1e-6


def test_thrust_changes_the_circular_speed_by_what_it_spends() -> None:
    """Edelbaum 1961: the velocity spent on a slow spiral is the change of circular speed."""
    spent_m_s = 2.0 * MICRO * 86400.0 * (STOP_DAY - START_DAY)
    speeds = []
    for size in (0.0, 2.0 * MICRO):
        rng = np.random.Generator(np.random.PCG64(3))
        sets = thrust_histories(rng, np.array([size]), altitude_km=1250.0, every_days=1.0)
        axis_km = semi_major_axis_km(sets.mean_elements())
        speeds.append(1000.0 * np.sqrt(WGS72_MU_KM3_S2 / axis_km))
    difference = speeds[0] - speeds[1]
    assert np.median(difference[:30]) == pytest.approx(0.0, abs=1e-3)
    assert np.median(difference[-30:]) == pytest.approx(spent_m_s, rel=0.01)


def test_the_benchmark_finds_strong_thrust_and_none_where_there_is_none() -> None:
    here = Path(__file__).resolve().parents[2]
    accuracy = runpy.run_path(os.fspath(here / "benchmarks" / "accuracy_low_thrust.py"))
    told, first = accuracy["_told"](3, 1, accuracy["SKIES"][0], np.array([0.0, 1.0, 3.0]) * MICRO)
    thrusting = told.norad_id[told.low_thrust]
    assert set(thrusting.tolist()) == {first + 1, first + 2}
