"""Every story of the belt, judged by the `sgp4` package alone."""

from collections.abc import Callable

import numpy as np
import pytest

from hoshimori.exercise.story import Story
from hoshimori.exercise.synthetic_sky import SyntheticSky
from hoshimori.model.elements import ElementSets
from hoshimori.model.objects import launch_of

SIDEREAL_DAY = 0.99726957
MU_KM3_S2 = 398600.8
BURN_NOISE_M_S = 0.01
ROUNDING_KM = 0.2
"""Angles are published to 1e-4 deg: 74 m at the height of the belt, for either object."""


def story_of(sky: SyntheticSky, name: str) -> Story:
    return next(story for story in sky.stories if story.name == name)


def newest_of(sky: SyntheticSky, story: Story) -> ElementSets:
    newest = sky.element_sets.newest()
    return newest.take(np.searchsorted(newest.norad_id, story.objects))


def separation_km(reference: Callable, sets: ElementSets, days: np.ndarray) -> np.ndarray:
    status, position, _ = reference(sets, days)
    assert not status.any()
    return np.linalg.norm(position[1:] - position[0], axis=2)


def relative_longitude_deg(reference: Callable, sets: ElementSets, days: np.ndarray) -> np.ndarray:
    """East of the first object, averaged over the sidereal day around each moment."""
    turn = np.arange(-12, 12) / 24.0 * SIDEREAL_DAY
    _, position, _ = reference(sets, (days[:, None] + turn).ravel())
    angle = np.unwrap(np.arctan2(position[:, :, 1], position[:, :, 0]), axis=1)
    east = np.degrees(angle[1] - angle[0]).reshape(len(days), -1).mean(axis=1)
    return (east + 180.0) % 360.0 - 180.0


def burns_m_s(sets: ElementSets) -> np.ndarray:
    """In-track velocity changes that explain the steps of the semi-major axis."""
    rate_rad_s = sets.mean_motion_rev_day * 2.0 * np.pi / 86400.0
    axis_km = (MU_KM3_S2 / rate_rad_s**2) ** (1.0 / 3.0)
    return np.diff(axis_km) * rate_rad_s[1:] / 2.0 * 1e3


def test_the_drifter_arrives_when_the_story_says(
    small_sky: SyntheticSky, reference: Callable, as_of_utc: np.datetime64
) -> None:
    story = story_of(small_sky, "drift-in")
    pair = newest_of(small_sky, story)
    arrival_days = (np.datetime64(story.moment_utc.replace(tzinfo=None)) - as_of_utc) / (
        np.timedelta64(1, "D")
    )
    assert arrival_days == pytest.approx(2.0)
    half_width_deg, gap = 0.15, relative_longitude_deg(reference, pair, np.array([0.0, 2.0, 6.0]))
    assert gap[0] < -half_width_deg
    assert gap[1] == pytest.approx(-half_width_deg, abs=0.01)
    assert abs(gap[2]) < half_width_deg
    drift = (gap[1] - gap[0]) / 2.0
    assert drift == pytest.approx(story.drift_deg_day, abs=0.005)
    assert separation_km(reference, pair, np.arange(0.0, 7.0, 0.02)).min() < 40.0


def test_the_drifter_left_its_place_and_braked(small_sky: SyntheticSky) -> None:
    story = story_of(small_sky, "drift-in")
    history = small_sky.element_sets.of_object(story.objects[1])
    steps = burns_m_s(history)
    days = (history.epoch_utc[1:] - small_sky.as_of_utc) / np.timedelta64(1, "D")
    first, second = np.sort(np.argsort(-np.abs(steps))[:2])
    assert -24.0 <= days[first] < -22.5
    assert -5.0 <= days[second] < -3.5
    assert steps[first] == pytest.approx(-0.71, abs=0.02)
    assert steps[second] == pytest.approx(story.delta_v_m_s, abs=0.02)


def test_the_loiterer_keeps_its_distance(small_sky: SyntheticSky, reference: Callable) -> None:
    story = story_of(small_sky, "neighbour")
    pair = newest_of(small_sky, story)
    distance = separation_km(reference, pair, np.arange(0.0, 7.0, 0.02))
    assert 33.0 < distance.min() < distance.max() < 47.0
    assert np.median(distance) == pytest.approx(story.range_km, abs=1.5)
    assert launch_of(pair.object_id[0]) != launch_of(pair.object_id[1])


def test_the_station_keeping_burn_is_in_the_history(small_sky: SyntheticSky) -> None:
    story = story_of(small_sky, "station-keeping")
    history = small_sky.element_sets.of_object(story.objects[0])
    steps = burns_m_s(history)
    days = (history.epoch_utc[1:] - small_sky.as_of_utc) / np.timedelta64(1, "D")
    assert story.delta_v_m_s is not None
    assert 0.03 < abs(story.delta_v_m_s) < 0.1
    after = np.flatnonzero(days > -4.0)[0]
    assert steps[after] == pytest.approx(story.delta_v_m_s, abs=BURN_NOISE_M_S)


def test_the_slot_is_kept_over_the_whole_history(
    small_sky: SyntheticSky, reference: Callable
) -> None:
    asset = next(a for a in small_sky.assets if a.name == "SIM COMSAT 2")
    history = small_sky.element_sets.of_object(asset.norad_id)
    for row in range(0, len(history), 4):
        one = history.take(np.array([row]))
        day = float((one.epoch_utc[0] - small_sky.as_of_utc) / np.timedelta64(1, "D"))
        turn = day + np.arange(24) / 24.0 * SIDEREAL_DAY
        _, position, _ = reference(one, turn)
        sidereal = np.radians(280.46061837 + 360.98564736629 * (turn + 9822.5))  # since J2000
        east = np.degrees(np.arctan2(position[0, :, 1], position[0, :, 0]) - sidereal)
        assert asset.slot_deg_east is not None
        off_deg = (east - asset.slot_deg_east + 180.0) % 360.0 - 180.0
        assert abs(off_deg.mean()) < 0.08


def test_docked_objects_share_every_element_set(small_sky: SyntheticSky) -> None:
    story = story_of(small_sky, "docked in the belt")
    host, guest = (small_sky.element_sets.of_object(n) for n in story.objects)
    assert len(host) == len(guest) >= 20
    for name in ("epoch_utc", "mean_motion_rev_day", "raan_deg", "mean_anomaly_deg"):
        assert np.array_equal(getattr(host, name), getattr(guest, name))


def test_the_cluster_shares_launch_and_slot_and_stays_apart(
    small_sky: SyntheticSky, reference: Callable
) -> None:
    story = story_of(small_sky, "cluster")
    sets = newest_of(small_sky, story)
    assert len({launch_of(text) for text in sets.object_id}) == 1
    distance = separation_km(reference, sets, np.arange(0.0, 7.0, 0.02))
    assert distance.max() < 120.0
    assert distance.min() > 2.0 + ROUNDING_KM


def test_no_unplanted_satellite_is_kept_in_a_planted_slot(
    full_sky: SyntheticSky, reference: Callable
) -> None:
    newest = full_sky.element_sets.newest()
    kept = np.array([name.startswith("SIM-GEO 0") for name in newest.object_name])
    planted = newest_of(full_sky, story_of(full_sky, "drift-in")).take(slice(0, 1))
    _, belt, _ = reference(newest.take(kept), np.array([0.0]))
    _, asset, _ = reference(planted, np.array([0.0]))
    assert np.linalg.norm(belt[:, 0] - asset[:, 0], axis=1).min() > 400.0
