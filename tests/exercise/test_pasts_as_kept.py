"""A past for skies of one set each: every object tracked before, none of them new."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hoshimori.exercise.carried_on import Habits, habits_of
from hoshimori.exercise.pasts import as_kept
from hoshimori.model.moments import as_column_time
from hoshimori.model.newcomers import newcomers
from hoshimori.model.picture import Picture
from hoshimori.settings import Settings
from hoshimori.workflows.exercise_skies import SkyAsked, exercise_sky

DAYS = 20.0


@pytest.fixture(scope="module")
def picture() -> Picture:
    return exercise_sky(SkyAsked(objects=200), Settings(), seed=3).picture


@pytest.fixture(scope="module")
def habits(picture: Picture) -> Habits:
    return habits_of(picture)


@pytest.fixture(scope="module")
def begun(picture: Picture, habits: Habits) -> Picture:
    return as_kept(picture, DAYS, 1, habits)


def test_every_object_is_tracked_from_the_first_moment_on(begun: Picture) -> None:
    history = begun.history
    start = as_column_time(begun.as_of_utc) - np.timedelta64(round(DAYS * 24), "h")
    ids, first, counts = np.unique(history.norad_id, return_index=True, return_counts=True)
    assert history.known_utc.min() == start
    assert np.all(np.minimum.reduceat(history.known_utc, first) == start)
    assert np.median(counts) >= 15
    assert set(begun.newest.norad_id) <= set(ids)
    assert not len(newcomers(history))


def test_the_sets_at_hand_stay_the_newest(picture: Picture, begun: Picture) -> None:
    newest = begun.history.newest()
    rows = np.isin(newest.norad_id, begun.newest.norad_id)
    assert np.array_equal(newest.epoch_utc[rows], begun.newest.sorted_by_object().epoch_utc)
    assert len(begun.newest) >= 0.98 * len(picture.newest)
    assert set(begun.newest.norad_id) <= set(picture.newest.norad_id)


def test_the_past_of_one_object_hangs_on_no_other(picture: Picture, habits: Habits) -> None:
    few = picture.newest.norad_id[::3]
    alone = replace(
        picture,
        newest=picture.newest.take(np.isin(picture.newest.norad_id, few)),
        history=picture.history.take(np.isin(picture.history.norad_id, few)),
    )
    whole = as_kept(picture, DAYS, 1, habits).history
    own = as_kept(alone, DAYS, 1, habits).history
    same = whole.take(np.isin(whole.norad_id, few))
    assert np.array_equal(same.epoch_utc, own.epoch_utc)
    assert np.array_equal(same.mean_anomaly_deg, own.mean_anomaly_deg)
