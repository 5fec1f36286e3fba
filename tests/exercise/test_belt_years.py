"""The made years of the belt are where their story says, and marked as made."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hoshimori.exercise.belt_years import CLIENT, HOLDERS, SERVICER, VISITOR
from hoshimori.model.elements import ElementSets
from hoshimori.model.provenance import Reality
from hoshimori.numerics.belt_track import belt_track

Sets = Callable[[float], ElementSets]


def test_every_fact_is_simulated(years_of_belt: Sets) -> None:
    assert years_of_belt(30.0).reality is Reality.SIMULATED


def test_objects_stand_where_their_lives_say(years_of_belt: Sets) -> None:
    sets = years_of_belt(30.0)
    track, _, _ = belt_track(sets.norad_id, sets.mean_elements())
    for number, slot in zip(HOLDERS, (30.0, 41.0, 55.0), strict=True):
        own = track.mean_deg_east[track.object_id == number]
        # 0.02 degrees of station keeping, and what Sun and Moon add to the mean of one day.
        np.testing.assert_allclose(own, slot, atol=0.08)


def test_a_docked_object_has_the_sets_of_its_host(years_of_belt: Sets) -> None:
    sets = years_of_belt(30.0)
    since = np.datetime64("2021-10-01", "us")
    own, host = (
        sets.take((sets.norad_id == i) & (sets.epoch_utc > since)) for i in (SERVICER, CLIENT)
    )
    assert len(own) > 30
    np.testing.assert_array_equal(own.mean_anomaly_deg, host.mean_anomaly_deg)


def test_density_changes_how_often_an_object_is_seen_and_nothing_else(years_of_belt: Sets) -> None:
    dense, sparse = (
        sets.take(sets.norad_id == VISITOR) for sets in (years_of_belt(6.0), years_of_belt(30.0))
    )
    assert len(dense) == 5 * len(sparse)
    at = np.isin(dense.epoch_utc, sparse.epoch_utc)
    np.testing.assert_array_equal(dense.take(at).mean_anomaly_deg, sparse.mean_anomaly_deg)
