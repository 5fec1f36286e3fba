"""Stays against dense sampling, and a census against all pairs."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.encounters_census import neighbour_pairs
from hoshimori.numerics.encounters_stays import stays
from hoshimori.numerics.sgp4 import Satellites, initialise, propagate

T0 = np.datetime64("2025-03-03T00:00:00", "us")
DURATION_S = 3.0 * 86400.0
ONE_METRE_KM = 1e-3
GRID_S = 10.0


def geostationary(anomaly_deg: np.ndarray, drift_deg_day: np.ndarray) -> MeanElements:
    """Objects of the belt at epoch T0, by offset from the first and by drift."""
    n = len(anomaly_deg)
    rng = np.random.default_rng(1)
    return MeanElements(
        epoch_utc=np.full(n, T0),
        mean_motion_kozai_rad_min=0.00437526 + np.radians(drift_deg_day) / 1440.0,
        eccentricity=rng.uniform(0.0, 3e-4, n),
        inclination_rad=np.radians(rng.uniform(0.01, 0.06, n)),
        raan_rad=np.zeros(n),
        arg_of_perigee_rad=np.zeros(n),
        mean_anomaly_rad=np.radians(60.0 + anomaly_deg),
        bstar_per_er=np.zeros(n),
    )


@pytest.fixture(scope="module")
def belt() -> Satellites:
    """An asset, one drifting by, one that stays, one that comes and remains, one far away."""
    offsets = np.array([0.0, -0.5, 0.08, 0.35, 20.0])
    return initialise(geostationary(offsets, np.array([0.0, 0.4, 0.0, -0.08, 0.0])))


def test_stays_begin_and_end_where_dense_samples_cross_the_outer_range(belt: Satellites) -> None:
    found = stays(belt, [0], T0, DURATION_S, inner_km=100.0, outer_km=150.0, shortest_s=3600.0)
    t = np.arange(0.0, DURATION_S + GRID_S, GRID_S)
    position = propagate(belt, T0, t).position_teme_km
    ranges = np.linalg.norm(position - position[0], axis=-1)
    for k in range(len(found)):
        row = found.secondary[k]
        span = (t >= found.start_s[k] - 1e-3) & (t <= found.end_s[k] + 1e-3)
        assert ranges[row, span].max() <= 150.0 + ONE_METRE_KM
        assert found.closest_km[k] == pytest.approx(ranges[row, span].min(), abs=ONE_METRE_KM)
        before = ranges[row, t < found.start_s[k]]
        assert found.open_start[k] or before[-1] > 150.0
    expected = {
        row
        for row in range(1, len(belt))
        if ranges[row].min() <= 100.0 and np.count_nonzero(ranges[row] <= 150.0) > 360
    }
    assert expected == set(found.secondary) >= {1, 2}


def test_open_ends_are_marked(belt: Satellites) -> None:
    found = stays(belt, [0], T0, DURATION_S, inner_km=100.0, outer_km=150.0, shortest_s=3600.0)
    flags = {
        int(row): (bool(a), bool(b))
        for row, a, b in zip(found.secondary, found.open_start, found.open_end, strict=True)
    }
    assert flags[1] == (False, False)
    assert flags[2] == (True, True)


def test_nothing_near_is_an_empty_answer(belt: Satellites) -> None:
    found = stays(belt, [4], T0, DURATION_S, inner_km=1.0, outer_km=2.0, shortest_s=3600.0)
    assert len(found) == 0


def test_the_census_agrees_with_all_pairs() -> None:
    rng = np.random.default_rng(3)
    objects = initialise(geostationary(rng.uniform(0, 6, 40), rng.normal(0, 0.05, 40)))
    span_s = 86400.0
    found = neighbour_pairs(objects, T0, span_s, outer_km=150.0, fastest_km_s=0.05)
    middle = propagate(objects, T0, np.array([0.5 * span_s])).position_teme_km[:, 0]
    ranges = np.linalg.norm(middle[:, None] - middle[None], axis=-1)
    expected = np.argwhere(np.triu(ranges <= 150.0, k=1))
    np.testing.assert_array_equal(np.stack([found.first, found.second], axis=1), expected)
    assert (found.closest_km <= ranges[found.first, found.second] + ONE_METRE_KM).all()
    assert (found.dwell_s <= span_s).all()
    assert found.dwell_s.max() == pytest.approx(span_s)
