"""Every story of low orbits, judged by the `sgp4` package alone."""

from collections.abc import Callable

import numpy as np
import pytest

from hoshimori.exercise.low_scenes import circling, crossing
from hoshimori.exercise.refit import states_at
from hoshimori.exercise.story import Story
from hoshimori.exercise.synthetic_sky import SyntheticSky
from hoshimori.model.elements import ElementSets
from hoshimori.model.objects import launch_of

MU_KM3_S2 = 398600.8
ROUNDING_KM = 0.03
"""Angles are published to 1e-4 deg: 12 m in low orbits, for either object."""
BURN_NOISE_M_S = 0.003


def story_of(sky: SyntheticSky, name: str) -> Story:
    return next(story for story in sky.stories if story.name == name)


def newest_of(sky: SyntheticSky, story: Story) -> ElementSets:
    newest = sky.element_sets.newest()
    return newest.take(np.searchsorted(newest.norad_id, story.objects))


def days_after(sky: SyntheticSky, story: Story) -> float:
    moment_utc = np.datetime64(story.moment_utc.replace(tzinfo=None), "us")
    return float((moment_utc - sky.as_of_utc) / np.timedelta64(1, "D"))


def largest_burn_m_s(sets: ElementSets) -> tuple[float, np.datetime64]:
    """The step of the semi-major axis as a velocity change, and the first epoch after it.

    The air's steady pull is the median step and is taken off.
    """
    rate_rad_s = sets.mean_motion_rev_day * 2.0 * np.pi / 86400.0
    axis_km = (MU_KM3_S2 / rate_rad_s**2) ** (1.0 / 3.0)
    steps = np.diff(axis_km) - np.median(np.diff(axis_km))
    place = int(np.argmax(np.abs(steps)))
    return float(steps[place] * rate_rad_s[place] / 2.0 * 1e3), sets.epoch_utc[place + 1]


@pytest.mark.parametrize("name", ["passing SIM IMAGER 2", "passing SIM WEATHER 2"])
def test_the_fragment_passes_at_the_planted_distance_and_time(
    small_sky: SyntheticSky, reference: Callable, name: str
) -> None:
    story = story_of(small_sky, name)
    pair, tca_days = newest_of(small_sky, story), days_after(small_sky, story)
    seconds = np.arange(-5.0, 5.0, 0.01)
    _, position, velocity = reference(pair, tca_days + seconds / 86400.0)
    distance = np.linalg.norm(position[1] - position[0], axis=1)
    nearest = int(np.argmin(distance))
    assert distance[nearest] == pytest.approx(story.miss_km, abs=ROUNDING_KM)
    assert abs(seconds[nearest]) < 0.05
    speed = np.linalg.norm(velocity[1] - velocity[0], axis=1)[nearest]
    assert speed > 5.0
    assert launch_of(pair.object_id[0]) != launch_of(pair.object_id[1])


@pytest.mark.parametrize("miss_km", [0.0, 0.05, 2.0, 9.0])
@pytest.mark.parametrize("turn_deg", [10.0, 74.0, 131.0, 179.0])
def test_a_crossing_orbit_misses_by_what_was_asked(
    as_of_utc: np.datetime64, miss_km: float, turn_deg: float
) -> None:
    elements = circling(as_of_utc, altitude_km=702.0, phase_deg=33.0)
    tca_utc = as_of_utc + np.timedelta64(3, "D")
    other = crossing(elements, tca_utc, miss_km, np.radians(turn_deg))
    moments = np.array([tca_utc])
    (place, speed), (other_place, other_speed) = (states_at(e, moments) for e in (elements, other))
    offset, passing = (other_place - place)[0], (other_speed - speed)[0]
    assert np.linalg.norm(offset) == pytest.approx(miss_km, abs=1e-6)
    assert abs(offset @ passing) < 1e-6 * np.linalg.norm(passing)


def test_the_inspector_closes_in_from_behind_in_the_same_plane(
    small_sky: SyntheticSky, reference: Callable
) -> None:
    story = story_of(small_sky, "inspector")
    pair = newest_of(small_sky, story)
    _, position, velocity = reference(pair, np.arange(0.0, 6.0, 0.01))
    offset = position[1] - position[0]
    along = velocity[0] / np.linalg.norm(velocity[0], axis=1, keepdims=True)
    in_track = np.sum(offset * along, axis=1)
    start, end = in_track[:15].mean(), in_track[500:515].mean()
    assert start == pytest.approx(-110.0, abs=4.0)
    assert (end - start) / 5.0 == pytest.approx(story.closing_km_day, abs=1.0)
    normal = [np.cross(r[0], v[0]) for r, v in zip(position, velocity, strict=True)]
    cosine = normal[0] @ normal[1] / np.prod([np.linalg.norm(n) for n in normal])
    assert np.degrees(np.arccos(cosine)) < 0.05
    assert np.linalg.norm(offset, axis=1).min() < 10.0
    assert launch_of(pair.object_id[0]) != launch_of(pair.object_id[1])


@pytest.mark.parametrize(("name", "actor"), [("orbit change", 0), ("inspector", 1)])
def test_burns_show_in_the_history_with_their_size_and_day(
    small_sky: SyntheticSky, name: str, actor: int
) -> None:
    story = story_of(small_sky, name)
    history = small_sky.element_sets.of_object(story.objects[actor])
    size_m_s, after_utc = largest_burn_m_s(history)
    assert size_m_s == pytest.approx(story.delta_v_m_s, abs=BURN_NOISE_M_S)
    days = (after_utc - small_sky.as_of_utc) / np.timedelta64(1, "D")
    burn_days = days_after(small_sky, story) if name == "orbit change" else -12.0
    assert 0.0 < days - burn_days < 0.6


def test_quiet_assets_show_no_burn_and_noise_with_heavy_tails(small_sky: SyntheticSky) -> None:
    quiet = story_of(small_sky, "passing SIM IMAGER 2").objects[0]
    size_m_s, _ = largest_burn_m_s(small_sky.element_sets.of_object(quiet))
    assert 1e-4 < abs(size_m_s) < 0.004


def test_the_overdue_asset_was_updated_twice_a_day_until_nine_days_ago(
    small_sky: SyntheticSky,
) -> None:
    story = story_of(small_sky, "overdue")
    history = small_sky.element_sets.of_object(story.objects[0])
    gaps = np.diff(history.epoch_utc) / np.timedelta64(1, "D")
    assert np.median(gaps) == pytest.approx(story.usual_days, rel=0.15)
    assert gaps.max() < 1.0
    age = (small_sky.as_of_utc - history.epoch_utc[-1]) / np.timedelta64(1, "D")
    assert age == pytest.approx(story.age_days)


def test_station_modules_and_the_freighter_have_identical_elements(
    small_sky: SyntheticSky, reference: Callable
) -> None:
    story = story_of(small_sky, "docked at the station")
    sets = newest_of(small_sky, story)
    _, position, _ = reference(sets, np.arange(0.0, 3.0, 0.1))
    assert np.ptp(position, axis=0).max() == 0.0
    freighter = small_sky.element_sets.of_object(story.objects[-1])
    first = (small_sky.as_of_utc - freighter.epoch_utc[0]) / np.timedelta64(1, "D")
    assert 5.0 < first <= 6.0
    assert len(freighter) >= 10
    assert len(small_sky.element_sets.of_object(story.objects[1])) > 50


def test_the_formation_of_one_launch_keeps_its_distance(
    small_sky: SyntheticSky, reference: Callable
) -> None:
    story = story_of(small_sky, "formation")
    pair = newest_of(small_sky, story)
    _, position, _ = reference(pair, np.arange(0.0, 7.0, 0.01))
    distance = np.linalg.norm(position[1] - position[0], axis=1)
    assert np.abs(distance - 30.0).max() < 1.5
    assert launch_of(pair.object_id[0]) == launch_of(pair.object_id[1])
