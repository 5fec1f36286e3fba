"""New objects of old launches: found by their numbers and times, ranked by their orbits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.exercise.refit import pushed, rows_of, stacked
from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.newcomers import Newcomers, newcomers

START = np.datetime64("2020-01-01T00:00:00", "us")
DAY = np.timedelta64(1, "D")


def orbit(axis_km: float, node_deg: float) -> MeanElements:
    made = MeanOrbits(
        semi_major_axis_km=np.array([axis_km]),
        eccentricity=np.array([1e-3]),
        inclination_rad=np.radians([97.9]),
        raan_rad=np.radians([node_deg]),
        arg_of_perigee_rad=np.array([1.0]),
        mean_anomaly_rad=np.array([0.5]),
    )
    return made.elements(np.array([START]), np.zeros(1))


def story(push_m_s: float, *, number: int = 50_000) -> Newcomers:
    """Two of one launch in planes two degrees apart; on day 100 the second lets go a third."""
    first, second = orbit(6990.0, 10.0), orbit(7000.0, 12.0)
    # Without drag an element set serves as well 100 days later but for SGP4's own secular rates.
    epochs = START + np.arange(0, 200, 10) * DAY
    from hoshimori.exercise.refit import moved_to  # noqa: PLC0415

    many = np.zeros(len(epochs), np.int64)
    tracks = [moved_to(rows_of(one, many), epochs) for one in (first, second)]
    at = moved_to(second, np.array([START + 100 * DAY]))
    third = pushed(at, at.epoch_utc, np.array([[0.0, push_m_s, 0.0]]))
    ids = np.repeat([40_001, 40_002, number], [len(epochs), len(epochs), 1])
    return newcomers(ids, np.zeros(len(ids), np.int64), stacked([*tracks, third]))


@pytest.mark.parametrize("push_m_s", [2.0, 60.0])
def test_the_parent_is_nearest_and_the_push_is_measured(push_m_s: float) -> None:
    found = story(push_m_s)
    assert found.new.tolist() == [40, 40]
    assert found.candidate.tolist() == [30, 10]  # the second object's set of day 100 first
    # An in-track push changes axis by 2 dv / v and the eccentricity by as much at most.
    assert found.speed_m_s[0] == pytest.approx(push_m_s, rel=0.25)
    # The planes of the two close by half a degree in 100 days, as their heights differ.
    speed = 1000.0 * np.sqrt(WGS72_MU_KM3_S2 / 7000.0)
    assert found.speed_m_s[1] == pytest.approx(speed * np.radians(1.5), rel=0.1)
    assert np.linalg.norm(found.offset_rtn_km[0]) < 1.0


def test_an_old_number_published_late_is_nothing_new() -> None:
    assert len(story(2.0, number=30_000).new) == 0
    assert len(story(2.0, number=85_000).new) == 0  # analysts' numbers are not issued in order


def test_without_launches_there_is_nothing_to_tell() -> None:
    one = orbit(7000.0, 0.0)
    two = replace(one, epoch_utc=one.epoch_utc + 100 * DAY)
    found = newcomers(np.array([1, 2]), np.array([-1, -1]), stacked([one, two]))
    assert len(found.new) == len(found.speed_m_s) == 0
