"""Pairs of the belt: looks, episodes, and the ranges of a day against propagation."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.exercise.belt_years import START_UTC, Life, belt_lives
from hoshimori.numerics.belt_pairs import (
    REACH_DAYS,
    belt_episodes,
    belt_looks,
    daily_ranges,
    near_looks,
)
from hoshimori.numerics.belt_track import belt_track
from hoshimori.numerics.sgp4 import propagate

DAYS = 200.0
HOLDER = Life(1, "SIM HOLDER", "2010-001A", ((0.0, 179.95), (DAYS, 179.95)))
VISITOR = Life(
    2,
    "SIM VISITOR",
    "2011-002A",
    ((0.0, 170.0), (50.0, 170.0), (60.0, 180.03), (120.0, 180.03), (140.0, 200.0), (DAYS, 200.0)),
    tilt_deg=0.09,
)


def looked(every_days: float, *lives: Life):  # type: ignore[no-untyped-def]
    sets = belt_lives(lives, START_UTC, DAYS, every_days=every_days)
    elements = sets.mean_elements()
    track, rows, satellites = belt_track(sets.norad_id, elements)
    looks = belt_looks(track)
    return track, elements.take(rows), satellites, looks, near_looks(track, looks)


@pytest.mark.parametrize("every_days", [1.0, 30.0])
def test_a_visit_across_the_date_line_is_one_episode(every_days: float) -> None:
    _, _, _, looks, near = looked(every_days, HOLDER, VISITOR)
    episodes = belt_episodes(looks, near)
    assert len(episodes) == 1
    first, last = (looks.moment_days[near.moment[k[0]]] for k in (episodes.first, episodes.last))
    begun = START_UTC.astype(np.int64) / 86400e6
    assert episodes.after_days[0] - begun <= 60.0 + 1.0
    assert first - begun >= 60.0 - REACH_DAYS
    assert last - begun <= 120.0 + REACH_DAYS
    assert episodes.until_days[0] - begun >= 120.0 - 1.0
    np.testing.assert_allclose(near.separation_deg, 0.08, atol=0.15)


def test_who_drifts_through_is_not_beside() -> None:
    passer = Life(2, "SIM PASSER", "2011-002A", ((0.0, 170.0), (DAYS, 220.0)))
    *_, looks, near = looked(1.0, HOLDER, passer)
    assert len(belt_episodes(looks, near)) == 0


def test_ranges_of_a_day_are_those_of_propagation() -> None:
    track, elements, satellites, looks, near = looked(1.0, HOLDER, VISITOR)
    ranges = daily_ranges(track, satellites, elements, looks, near)
    inner = np.flatnonzero(near.is_inner)
    for look in inner[:: max(len(inner) // 4, 1)]:
        rows = np.array(
            [
                looks.row[near.moment[look], near.first[look]],
                looks.row[near.moment[look], near.second[look]],
            ]
        )
        start = np.datetime64(round((looks.moment_days[near.moment[look]] - 0.5) * 86400e6), "us")
        states = propagate(satellites.take(rows), start, np.linspace(0.0, 86164.0, 500))
        truth = np.linalg.norm(states.position_teme_km[1] - states.position_teme_km[0], axis=1)
        # Sun and Moon over half a day, and the linear motion: below what element sets carry.
        assert ranges.closest_km[look] == pytest.approx(truth.min(), abs=1.0)
        assert ranges.farthest_km[look] == pytest.approx(truth.max(), abs=1.0)
        assert ranges.plane_angle_deg[look] == pytest.approx(0.06, abs=0.02)
        assert ranges.closest_km[look] <= np.linalg.norm(ranges.track_rtn_km[look]) + 0.5
        assert ranges.sigma_km[look] > 0.0


def test_an_object_alone_is_near_nobody() -> None:
    track, elements, satellites, looks, near = looked(5.0, HOLDER)
    assert len(near) == 0
    assert len(belt_episodes(looks, near)) == 0
    assert len(daily_ranges(track, satellites, elements, looks, near).closest_km) == 0
