"""Those who play on a made sky have a past, as a store would hold one."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.exercise.carried_on import Habits, habits_of
from hoshimori.exercise.origins import origins_of
from hoshimori.exercise.pasts import with_pasts
from hoshimori.exercise.tracking import FEWEST_STEPS
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.numerics.elements import semi_major_axis_km

DAY = np.timedelta64(1, "D")


@pytest.fixture(scope="module")
def habits(small_picture: Picture) -> Habits:
    return habits_of(small_picture)


def players(picture: Picture) -> list[int]:
    """Return objects without a history: two of the belt that keep their places, two low ones."""
    names = picture.newest.object_name.tolist()
    ids, counts = np.unique(picture.history.norad_id, return_counts=True)
    alone = set(ids[counts == 1].tolist())
    chosen = []
    for start in ("SIM-GEO 0", "SIM-SSO"):
        own = [n for n, name in zip(picture.newest.norad_id.tolist(), names, strict=True)
               if n in alone and name.startswith(start)]  # fmt: skip
        chosen += own[:2]
    return chosen


def equal(one: ElementSets, other: ElementSets) -> bool:
    names = [name for name in COLUMNS if name != "provenance_index"]
    return all(np.array_equal(getattr(one, n), getattr(other, n)) for n in names)


def test_who_plays_has_a_month_of_sets_that_lead_to_the_known_one(
    small_picture: Picture, habits: Habits
) -> None:
    numbers = players(small_picture)
    assert len(numbers) == 4
    picture = with_pasts(small_picture, numbers, habits, 3)
    moment = as_column_time(picture.as_of_utc)
    for number in numbers:
        known, sets = (p.history.of_object(number) for p in (small_picture, picture))
        assert len(sets) > FEWEST_STEPS
        assert equal(sets.take(slice(-1, None)), known)
        past = sets.take(slice(None, -1))
        assert past.reality is Reality.EXERCISE
        assert origins_of(past) == origins_of(known)
        assert past.epoch_utc.min() > moment - 31 * DAY
        assert past.epoch_utc.min() < moment - 27 * DAY
        assert past.known_utc.max() <= moment
        axis_km = semi_major_axis_km(sets.mean_elements())
        assert np.ptp(axis_km) < 5.0
    assert set(picture.newest.norad_id.tolist()) == set(small_picture.newest.norad_id.tolist())


def test_nobody_else_gets_one_and_who_has_one_keeps_it(
    small_picture: Picture, habits: Habits
) -> None:
    known = next(iter(habits.own))
    assert with_pasts(small_picture, [known], habits, 3) is small_picture
    numbers = players(small_picture)
    picture = with_pasts(small_picture, [known, *numbers], habits, 3)
    others = ~np.isin(picture.history.norad_id, numbers)
    before = ~np.isin(small_picture.history.norad_id, numbers)
    assert equal(picture.history.take(others), small_picture.history.take(before))


def test_the_past_of_one_depends_on_no_other(small_picture: Picture, habits: Habits) -> None:
    numbers = players(small_picture)
    every, one = (
        with_pasts(small_picture, some, habits, 3).history.of_object(numbers[-1])
        for some in (numbers, numbers[-1:])
    )
    assert equal(every, one)
    other = with_pasts(small_picture, numbers, habits, 4).history.of_object(numbers[-1])
    assert not np.array_equal(every.epoch_utc, other.epoch_utc)
