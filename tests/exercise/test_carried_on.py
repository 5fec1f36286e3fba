"""Objects go on as catalogues would show them."""

from dataclasses import replace

import numpy as np
import pytest

from hoshimori.exercise.carried_on import Goers, carried_on, gone_on, habits_of
from hoshimori.exercise.tracking import FEWEST_STEPS, blocks, steps_of
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality

DAYS = np.timedelta64(4, "D")


@pytest.fixture(scope="module")
def later(small_picture: Picture) -> ElementSets:
    return carried_on(small_picture, as_column_time(small_picture.as_of_utc) + DAYS, 3)


def equal(one: ElementSets, other: ElementSets) -> bool:
    return all(np.array_equal(getattr(one, n), getattr(other, n)) for n in COLUMNS)


def test_everything_that_comes_is_new_and_of_the_exercise(
    later: ElementSets, small_picture: Picture
) -> None:
    moment = as_column_time(small_picture.as_of_utc)
    assert later.reality is Reality.EXERCISE
    assert later.known_utc.min() > moment
    assert later.epoch_utc.max() <= moment + DAYS
    gone = set(small_picture.newest.norad_id.tolist()) - set(later.norad_id.tolist())
    assert len(gone) < 0.1 * len(small_picture.newest)


def test_the_same_seed_gives_the_same_and_another_another(
    later: ElementSets, small_picture: Picture
) -> None:
    until_utc = as_column_time(small_picture.as_of_utc) + DAYS
    assert equal(later, carried_on(small_picture, until_utc, 3))
    assert not np.array_equal(later.epoch_utc, carried_on(small_picture, until_utc, 4).epoch_utc)


def test_what_one_object_gets_does_not_depend_on_who_else_goes_on(
    later: ElementSets, small_picture: Picture
) -> None:
    until_utc = as_column_time(small_picture.as_of_utc) + DAYS
    ids = small_picture.newest.norad_id
    fewer = carried_on(small_picture, until_utc, 3, without=ids[::2].tolist())
    assert equal(fewer, later.take(np.isin(later.norad_id, ids[1::2])))


def test_objects_with_a_history_keep_their_cadence(
    later: ElementSets, small_picture: Picture
) -> None:
    habits = habits_of(small_picture)
    number = next(n for n in habits.own if np.count_nonzero(later.norad_id == n) >= 4)
    own = habits.steps.of(habits.own[number])
    gaps = np.diff(later.of_object(number).epoch_utc) / np.timedelta64(1, "D")
    for gap in gaps:
        # Whole revolutions of a slightly other orbit.
        assert np.min(np.abs(own.gap_days - gap)) < 0.02


def test_steps_made_backwards_lead_forwards_again(small_picture: Picture) -> None:
    habits = habits_of(small_picture)
    number = next(iter(habits.own))
    last = small_picture.newest.of_object(number)
    since_utc = as_column_time(small_picture.as_of_utc) - np.timedelta64(20, "D")
    before = gone_on(Goers.of(last), habits, since_utc, backwards=True)
    assert len(before.norad_id) > FEWEST_STEPS
    assert before.elements.epoch_utc.max() < last.epoch_utc[0]
    assert np.isfinite(before.elements.mean_motion_kozai_rad_min).all()


def test_denser_air_lets_low_objects_sink(small_picture: Picture) -> None:
    habits = habits_of(small_picture)
    until_utc = as_column_time(small_picture.as_of_utc) + DAYS
    low = small_picture.newest.take(small_picture.newest.mean_motion_rev_day > 15.0)
    low = low.take(low.bstar_per_er > 1e-4)
    went, sank = (
        gone_on(Goers.of(low), habits, until_utc, air=air)
        for air in (None, lambda at_utc, _: np.full(len(at_utc), 2.0))
    )
    last = [
        {int(n): m for n, m in zip(p.norad_id, p.elements.mean_motion_kozai_rad_min, strict=True)}
        for p in (went, sank)
    ]
    both = last[0].keys() & last[1].keys()
    faster = np.mean([last[1][n] > last[0][n] for n in both])
    assert faster > 0.95


def test_a_burn_in_the_history_is_no_error_to_draw_from(small_picture: Picture) -> None:
    habits = habits_of(small_picture)
    number = next(iter(habits.own))
    own = small_picture.history.of_object(number)
    motion = own.mean_motion_rev_day.copy()
    motion[len(motion) // 2 :] += 0.01
    steps = steps_of(replace(own, mean_motion_rev_day=motion))
    assert steps.left[len(motion) // 2 - 1] == 0
    rows = blocks(steps, np.random.default_rng(1), 100.0)
    assert (steps.left[rows] > 0).all()


def test_no_step_comes_twice_before_all_have_come_once(small_picture: Picture) -> None:
    habits = habits_of(small_picture)
    number = max(habits.own, key=lambda n: habits.own[n].stop - habits.own[n].start)
    own = habits.steps.of(habits.own[number])
    usable = np.flatnonzero(own.left > 0)
    for seed in range(20):
        rows = blocks(own, np.random.default_rng(seed), 2.1 * float(own.gap_days[usable].sum()))
        once, twice = rows[: len(usable)], rows[len(usable) : 2 * len(usable)]
        assert sorted(once) == sorted(twice) == usable.tolist()
        # Most steps follow the one that they followed in the real history.
        assert np.mean(np.diff(rows) == 1) > 0.7
