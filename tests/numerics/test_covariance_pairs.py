"""Pairs of element sets: what they differ by, where, and which do not count."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sgp4.api import Satrec

from hoshimori.numerics.covariance_pairs import (
    along_the_orbit,
    pairwise_differences,
    without_manoeuvres,
)
from hoshimori.numerics.elements import MeanElements, semi_major_axis_km

ONE_METRE_KM = 1e-3
DAILY = np.arange(30.0)
Make = Callable[..., MeanElements]
Join = Callable[..., tuple[MeanElements, np.ndarray]]


def _ids(elements: MeanElements) -> np.ndarray:
    return np.ones(len(elements), np.int64)


def test_sets_that_say_the_same_do_not_differ(made_history: Make) -> None:
    history = made_history(DAILY)
    found = pairwise_differences(history, _ids(history))
    assert len(found) > 100
    assert np.abs(found.residual_rtn_km).max() < ONE_METRE_KM


def test_the_older_set_ahead_shows_as_positive_in_track(made_history: Make) -> None:
    off = np.where(DAILY < 15, 1e-4, 0.0)
    history = made_history(DAILY, mean_anomaly_off_rad=off)
    found = pairwise_differences(history, _ids(history))
    across = (DAILY[found.older] < 15) & (DAILY[found.newer] >= 15)
    ahead_km = 1e-4 * semi_major_axis_km(history)[0]
    radial, in_track, cross_track = found.residual_rtn_km[across].T
    np.testing.assert_allclose(in_track, ahead_km, rtol=0.01)
    assert np.abs(radial).max() < 0.005 * ahead_km
    assert np.abs(cross_track).max() < 0.005 * ahead_km
    assert np.abs(found.residual_rtn_km[~across]).max() < ONE_METRE_KM


def test_a_turned_plane_shows_although_all_epochs_lie_at_one_place_of_the_orbit(
    made_history: Make,
) -> None:
    # One revolution between two epochs of the same argument of latitude is about 0.07 days.
    off = np.where(DAILY < 15, 1e-4, 0.0)
    history = made_history(DAILY, node_off_rad=off)
    found = pairwise_differences(history, _ids(history))
    across = (DAILY[found.older] < 15) & (DAILY[found.newer] >= 15)
    cross_track = np.abs(found.residual_rtn_km[across, 2])
    amplitude_km = 1e-4 * np.sin(1.2) * semi_major_axis_km(history)[0]
    assert cross_track.max() == pytest.approx(amplitude_km, rel=0.03)
    assert cross_track.min() < 0.1 * amplitude_km
    # The mean of |cos| around the orbit.
    assert cross_track.mean() == pytest.approx(2.0 / np.pi * amplitude_km, rel=0.05)


def test_partners_are_the_nearest_to_each_target_age_and_of_the_same_object(
    made_history: Make, joined_histories: Join
) -> None:
    both, ids = joined_histories(made_history(DAILY), made_history(np.array([0.0, 0.9, 9.0])))
    found = pairwise_differences(both, ids, target_ages_days=(1.0, 3.0))
    assert (ids[found.older] == ids[found.newer]).all()
    between = (both.epoch_utc[found.newer] - both.epoch_utc[found.older]) / np.timedelta64(1, "D")
    with_a_past = (ids[found.newer] == 1) & (found.newer >= 3)
    assert set(between[with_a_past].round(6)) == {1.0, 3.0}
    # 8.1 and 9.0 days are too far from both targets.
    assert between[ids[found.newer] == 2].round(6).tolist() == [0.9]
    # Compared within half a revolution about the newer epoch.
    assert np.abs(found.age_days - between).max() <= 0.5 / 14.2


def test_one_set_or_none_has_no_pairs(made_history: Make) -> None:
    for days in ([], [0.0], [0.0, 100.0]):
        history = made_history(np.array(days))
        found = pairwise_differences(history, _ids(history))
        assert len(found) == 0
        assert found.residual_rtn_km.shape == (0, 3)
        assert len(without_manoeuvres(found, history, _ids(history))) == 0


def test_other_objects_change_nothing(made_history: Make, joined_histories: Join) -> None:
    rng = np.random.default_rng(5)
    parts = [
        made_history(np.sort(rng.uniform(0, 40, 25)), mean_anomaly_off_rad=rng.normal(0, 1e-4, 25))
        for _ in range(4)
    ]
    together, ids = joined_histories(*parts)
    found = pairwise_differences(together, ids)
    third = ids[found.newer] == 3
    alone = pairwise_differences(parts[2], _ids(parts[2]))
    np.testing.assert_array_equal(found.older[third] - 50, alone.older)
    np.testing.assert_array_equal(found.age_days[third], alone.age_days)
    np.testing.assert_array_equal(found.residual_rtn_km[third], alone.residual_rtn_km)


def test_against_the_reference_propagator(
    as_elements: Callable[[list[Satrec]], MeanElements],
) -> None:
    # The element set of the ISS in the documentation of the sgp4 package, and one a day later with
    # about its secular changes: what they differ by, computed with that package alone.
    lines = (
        "1 25544U 98067A   19343.69339541  .00001764  00000-0  38792-4 0  9991",
        "2 25544  51.6439 211.2001 0007417  17.6667  85.6398 15.50103472202482",
    )
    first, second = Satrec.twoline2rv(*lines), Satrec.twoline2rv(*lines)
    second.sgp4init(
        1, "i", 25544, first.jdsatepoch + first.jdsatepochF - 2433281.5 + 1.0, first.bstar, 0.0,
        0.0, first.ecco, first.argpo + 0.065, first.inclo, first.mo + 3.14, first.no_kozai,
        first.nodeo - 0.087,
    )  # fmt: skip
    elements = as_elements([first, second])
    found = pairwise_differences(elements, np.ones(2, np.int64))
    assert found.older.tolist() == [0]
    days = float(found.age_days[0])
    whole = first.jdsatepoch
    _, predicted, _ = first.sgp4(whole, first.jdsatepochF + days)
    _, position, velocity = second.sgp4(whole, first.jdsatepochF + days)
    r, v, gap = np.array(position), np.array(velocity), np.array(predicted) - np.array(position)
    radial = r / np.linalg.norm(r)
    cross = np.cross(r, v) / np.linalg.norm(np.cross(r, v))
    x, y = gap @ radial + np.linalg.norm(r), gap @ np.cross(cross, radial)
    expected = [
        np.hypot(x, y) - np.linalg.norm(r),
        np.linalg.norm(r) * np.arctan2(y, x),
        gap @ cross,
    ]
    np.testing.assert_allclose(found.residual_rtn_km[0], expected, rtol=0, atol=10 * ONE_METRE_KM)


@given(st.floats(-3.0, 3.0), st.floats(6500.0, 45000.0))
def test_a_place_farther_along_the_circle_has_no_radial_error(
    ahead_rad: float, radius_km: float
) -> None:
    straight = radius_km * np.array([[np.cos(ahead_rad) - 1.0, np.sin(ahead_rad), 0.0]])
    radial, in_track, _ = along_the_orbit(straight, np.array([radius_km]))[0]
    assert radial == pytest.approx(0.0, abs=ONE_METRE_KM)
    assert in_track == pytest.approx(radius_km * ahead_rad, abs=ONE_METRE_KM)


def test_pairs_across_a_burn_are_left_out_and_only_those(
    made_history: Make, joined_histories: Join
) -> None:
    rng = np.random.default_rng(2)
    days = np.arange(0.0, 60.0)
    noise = rng.normal(0.0, 1e-6, 60)
    before = made_history(days, mean_anomaly_off_rad=noise)
    # 30 cm/s along the track: the mean motion changes by 3 dv / a, and the object drifts away.
    faster = made_history(days, rev_day=14.2 * (1.0 - 3 * 3e-4 / 7.48), mean_anomaly_off_rad=noise)
    burnt, ids = joined_histories(before.take(days < 30), faster.take(days >= 30))
    ids[:] = 1
    found = pairwise_differences(burnt, ids)
    quiet = without_manoeuvres(found, burnt, ids)
    across = (days[found.older] < 30) & (days[found.newer] >= 30)
    assert across.sum() > 20
    kept_across = (days[quiet.older] < 29) & (days[quiet.newer] >= 31)
    assert not kept_across.any()
    assert len(quiet) > 0.7 * (~across).sum()
    assert np.abs(quiet.residual_rtn_km).max() < 0.1 * np.abs(found.residual_rtn_km).max()
