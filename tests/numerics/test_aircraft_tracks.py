"""Flights judged by themselves: integrity between good reports, motion that no flight makes."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.aircraft_tracks import (
    DISPLACED,
    GOOD,
    LOW,
    UNUSED,
    JudgedTrack,
    Track,
    TrackRule,
    heard_from_km,
    judged_track,
    low_integrity,
)
from hoshimori.numerics.interference_areas import horizon_km

RULE = TrackRule()
DEG_S = 0.23 / 111.195  # 230 m/s to the north


def flight(
    low: list[int], *, every_s: float = 15.0, height_m: float = 11_000.0, start_s: float = 1e9
) -> Track:
    count = len(low)
    time = start_s + every_s * np.arange(count)
    place = np.stack([50.0 + DEG_S * (time - start_s), np.full(count, 15.0)], axis=-1)
    return Track(
        np.zeros(count, np.int64), time, place, np.full(count, height_m), np.array(low, np.int8)
    )


def moved(track: Track, rows: slice, latitude: float, longitude: float) -> Track:
    place = track.place_deg.copy()
    place[rows] = (latitude, longitude)
    return Track(track.aircraft, track.time_s, place, track.altitude_m, track.low)


def judged(track: Track) -> JudgedTrack:
    return judged_track(track, RULE)


@pytest.mark.parametrize(
    ("nic", "nacp", "version", "low"),
    [
        (8, 9, 2, 0), (7, 8, 1, 0), (6, 9, 2, 1), (8, 7, 2, 1), (0, 0, 2, 1),
        (8, -1, 2, 0), (-1, 9, 2, 0), (-1, -1, 2, -1),
        (12, 9, 2, 0), (8, 13, 2, 0), (12, 15, 2, -1),
        (0, 0, 0, -1), (8, 9, 0, -1), (8, 9, -1, -1),
    ],
)  # fmt: skip
def test_low_integrity_by_nic_and_nacp_never_of_version_0(
    nic: int, nacp: int, version: int, low: int
) -> None:
    """Out of range is not stated; version 0 states NUCp, another scale."""
    columns = [np.array([value], np.int8) for value in (nic, nacp, version)]
    assert low_integrity(*columns, RULE).tolist() == [low]


def test_low_between_good_counts_with_both_sides() -> None:
    told = judged(flight([0] * 5 + [1] * 4 + [0] * 5))
    assert told.state.tolist() == [GOOD] * 5 + [LOW] * 4 + [GOOD] * 5
    assert told.bracketed.tolist() == [False] * 5 + [True] * 4 + [False] * 5


@pytest.mark.parametrize("low", [[0] * 5 + [1] * 6, [1] * 6 + [0] * 5])
def test_one_good_side_is_enough_but_is_not_both(low: list[int]) -> None:
    told = judged(flight(low))
    assert np.count_nonzero(told.state == LOW) == 6
    assert not told.bracketed.any()


@pytest.mark.parametrize("low", [[1] * 12, [1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1]])
def test_a_receiver_that_is_never_really_good_says_nothing(low: list[int]) -> None:
    """Short flickers of good between low reports are no working receiver."""
    assert set(judged(flight(low)).state.tolist()) <= {UNUSED}


def test_good_an_hour_and_more_away_is_not_beside() -> None:
    track = flight([0] * 5 + [1] * 5)
    late = np.where(np.arange(10) >= 5, 4000.0, 0.0)
    apart = Track(track.aircraft, track.time_s + late, track.place_deg, track.altitude_m, track.low)
    assert np.count_nonzero(judged(apart).state == LOW) == 0


def test_what_states_no_integrity_is_unused_but_moves() -> None:
    told = judged(flight([-1] * 6))
    assert set(told.state.tolist()) == {UNUSED}
    assert told.checked[1:].all()


def test_a_stretch_that_no_flight_reaches_is_displaced_and_put_back() -> None:
    track = moved(flight([0] * 60), slice(20, 40), 33.8, 35.5)
    told = judged(track)
    assert told.state.tolist() == [GOOD] * 20 + [DISPLACED] * 20 + [GOOD] * 20
    assert told.bracketed[20:40].all()
    truth = flight([0] * 60).place_deg
    ten_metres_deg = 1e-4
    assert np.abs(told.place_deg - truth).max() < ten_metres_deg


def test_the_longer_flight_is_kept_even_where_false_reports_are_more() -> None:
    """A false place that stands does not lead anywhere: what counts is the way made."""
    track = moved(flight([0] * 100), slice(15, 85), 33.8, 35.5)
    state = judged(track).state
    assert (state[15:85] == DISPLACED).all()
    assert (state[:15] == GOOD).all()


def test_single_wrong_positions_are_errors_not_displaced() -> None:
    track = moved(moved(flight([0] * 30), slice(10, 11), 51.5, 20.0), slice(20, 22), 40.0, 0.0)
    told = judged(track)
    assert not (told.state == DISPLACED).any()
    assert told.state[[10, 20, 21]].tolist() == [UNUSED] * 3
    assert (told.state == GOOD).sum() == 27


def test_places_of_the_own_path_told_late_are_of_wrong_clocks() -> None:
    """Stretches that a station stamps five minutes late lie where the aircraft had been."""
    track = flight([0] * 120)
    place = track.place_deg.copy()
    place[60:70] = track.place_deg[40:50]
    late = Track(track.aircraft, track.time_s, place, track.altitude_m, track.low)
    told = judged(late)
    assert not (told.state == DISPLACED).any()
    assert (told.state[60:70] == UNUSED).all()


def test_two_aircraft_under_one_address_are_left_out() -> None:
    track = flight([0] * 120)
    place = track.place_deg.copy()
    for start in range(0, 120, 10):
        place[start : start + 5] += (0.0, 30.0)
    told = judged(Track(track.aircraft, track.time_s, place, track.altitude_m, track.low))
    assert told.erratic.tolist() == [True]
    assert set(told.state.tolist()) == {UNUSED}


def test_standing_still_high_in_the_air_is_displaced() -> None:
    track = flight([0] * 80)
    place = track.place_deg.copy()
    place[50:] = place[49]
    told = judged(Track(track.aircraft, track.time_s, place, track.altitude_m, track.low))
    assert (told.state[60:] == DISPLACED).all()
    assert (told.state[:50] == GOOD).all()
    low = Track(track.aircraft, track.time_s, place, np.full(80, 500.0), track.low)
    assert not (judged(low).state == DISPLACED).any(), "a helicopter may stand"
    balloon = Track(
        track.aircraft, track.time_s, np.full((80, 2), 50.0), track.altitude_m, track.low
    )
    assert not (judged(balloon).state == DISPLACED).any(), "what never flies is no aeroplane"


def test_nothing_gives_nothing() -> None:
    assert len(judged(flight([])).state) == 0


def test_reach_is_the_radio_horizon() -> None:
    reach = heard_from_km(np.array([12_000.0, 0.0]), 10.0)
    assert reach[0] == pytest.approx(horizon_km(10.0, 12_000.0))
    assert reach[1] == pytest.approx(horizon_km(10.0, 0.0))
