"""Stays and reversals, told alike from sparse and dense element sets."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.exercise.belt_years import START_UTC, Life, belt_lives, free_orbit
from hoshimori.numerics.belt_stays import (
    HALF_WIDTH_DEG,
    BeltStays,
    Role,
    belt_stays,
    brackets,
    reversals,
    roles,
)
from hoshimori.numerics.belt_track import BeltTrack, belt_track

WANDERER = ((0.0, 10.0), (400.0, 10.0), (440.0, 30.0), (600.0, 30.0), (640.0, 50.0), (900.0, 50.0))


def seen(every_days: float, *lives: Life, days: float = 900.0) -> tuple[BeltTrack, BeltStays]:
    sets = belt_lives(lives, START_UTC, days, every_days=every_days)
    track, _, _ = belt_track(sets.norad_id, sets.mean_elements())
    return track, belt_stays(track)


def roles_of(track: BeltTrack, stays: BeltStays, year: int = 2021) -> np.ndarray:
    ends = np.datetime64(f"{year + 1}-01-01", "D").astype(np.int64)
    return roles(track, stays, np.full(len(track), float(ends)))


def since_start(days: np.ndarray) -> np.ndarray:
    return days - START_UTC.astype(np.int64) / 86400e6


@pytest.mark.parametrize("every_days", [1.0, 7.0, 30.0, 55.0])
def test_the_brackets_hold_the_truth_at_any_density(every_days: float) -> None:
    track, stays = seen(every_days, Life(1, "SIM", "2010-001A", WANDERER))
    np.testing.assert_allclose(stays.slot_deg_east, [10.0, 30.0, 50.0], atol=0.05)
    ends = brackets(track, stays)
    # A drift of half a degree a day is within the width of a stay for so long.
    slack = HALF_WIDTH_DEG / 0.5 + 0.1
    for k, (begun, ended) in enumerate(((0.0, 400.0), (440.0, 600.0), (640.0, 900.0))):
        if k:
            assert since_start(ends.began_after)[k] <= begun + slack
        assert since_start(ends.began_by)[k] >= begun - slack
        assert since_start(ends.ended_after)[k] <= ended + slack
        if k < 2:
            assert since_start(ends.ended_by)[k] >= ended - slack
    assert ends.began_after[0] == -np.inf
    assert ends.ended_by[-1] == np.inf


def test_roles_are_what_the_history_shows_until_then() -> None:
    late = Life(2, "SIM NEW", "2021-002A", ((300.0, -60.0), (320.0, -40.0), (500.0, -40.0)))
    short = Life(3, "SIM SHORT", "2010-003A", ((0.0, 100.0), (200.0, 100.0), (220.0, 110.0)))
    track, stays = seen(5.0, Life(1, "SIM", "2010-001A", WANDERER), late, short)
    found = roles_of(track, stays)
    owner = track.object_id[stays.first]
    assert found[owner == 1].tolist() == [Role.USUAL, Role.VISIT, Role.VISIT]
    assert found[owner == 2].tolist() == [Role.FIRST]
    assert found[owner == 3].tolist() == [Role.NOT_TOLD]
    # Launched ten years before it appears it was only not catalogued: it came from elsewhere.
    assert roles_of(track, stays, 2010)[owner == 2].tolist() == [Role.VISIT]


def test_who_comes_home_is_at_its_usual_slot_again() -> None:
    points = (*WANDERER[:4], (640.0, 10.0), (700.0, 10.0))
    track, stays = seen(10.0, Life(1, "SIM", "2010-001A", points), days=700.0)
    assert roles_of(track, stays).tolist() == [Role.USUAL, Role.VISIT, Role.USUAL]


@pytest.mark.parametrize("every_days", [2.0, 30.0])
def test_an_object_left_to_nature_is_free_where_it_turns(every_days: float) -> None:
    orbit = free_orbit(START_UTC, 128.0, 0.05, 5.0)
    life = Life(1, "SIM FREE", "2001-001A", orbits=((0.0, orbit),))
    track, stays = seen(every_days, life, days=400.0)
    assert len(stays)
    assert set(roles_of(track, stays)) == {Role.FREE}
    before, after = reversals(track, stays)
    assert not track.moved_itself()[before.min(initial=0) : after.max(initial=1) + 1].any()


def test_one_bad_set_ends_no_stay() -> None:
    track, _ = seen(2.0, Life(1, "SIM", "2010-001A", WANDERER), days=300.0)
    longitude = track.mean_deg_east.copy()
    longitude[40] += 3.0
    stays = belt_stays(
        BeltTrack(
            *(
                longitude if n == "mean_deg_east" else getattr(track, n)
                for n in track.__dataclass_fields__
            )
        )
    )
    assert len(stays) == 1
    assert stays.sets[0] == len(track) - 1


def test_a_drift_that_turns_back_at_once_is_a_reversal_and_a_stop_is_none() -> None:
    back = Life(1, "SIM", "2010-001A", ((0.0, 10.0), (100.0, 50.0), (200.0, 10.0)))
    track, stays = seen(7.0, back, days=200.0)
    assert not len(stays)
    before, after = reversals(track, stays)
    assert len(before) == 1
    assert since_start(track.days[before])[0] <= 100.0 <= since_start(track.days[after])[0]
    rests = Life(1, "SIM", "2010-001A", ((0.0, 10.0), (50.0, 30.0), (120.0, 30.0), (200.0, 10.0)))
    track, stays = seen(7.0, rests, days=200.0)
    assert len(stays) == 1
    assert not len(reversals(track, stays)[0])


def test_slow_passers_do_not_stay() -> None:
    slow = Life(1, "SIM", "2010-001A", ((0.0, 10.0), (200.0, 18.0)))
    _, stays = seen(2.0, slow, days=200.0)
    assert not len(stays)
