from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from hoshimori.exercise.synthetic_sky import FIRST_NORAD_ID, SyntheticSky, synthetic_sky
from hoshimori.model.elements import COLUMNS
from hoshimori.model.objects import ObjectType, launch_of
from hoshimori.model.planted import PlantedKind
from hoshimori.model.provenance import Reality

EDGE_OF_THE_AIR_KM = 120.0
EARTH_RADIUS_KM = 6378.137


def test_the_same_seed_gives_the_same_sky_bit_for_bit(
    small_sky: SyntheticSky, as_of_utc: np.datetime64
) -> None:
    again = synthetic_sky(as_of_utc, np.random.default_rng(7), objects=1_500)
    for name in COLUMNS:
        ours, theirs = getattr(small_sky.element_sets, name), getattr(again.element_sets, name)
        assert np.array_equal(ours, theirs), name
    assert again.stories == small_sky.stories
    assert again.assets == small_sky.assets
    assert dict(again.objects) == dict(small_sky.objects)
    assert again.element_sets.provenances == small_sky.element_sets.provenances


def test_another_seed_gives_another_sky(small_sky: SyntheticSky, as_of_utc: np.datetime64) -> None:
    other = synthetic_sky(as_of_utc, np.random.default_rng(8), objects=1_500)
    ours, theirs = small_sky.element_sets.provenances[0], other.element_sets.provenances[0]
    assert ours.payload_sha256 != theirs.payload_sha256
    assert (ours.source, theirs.source) == ("synthetic sky, seed 7", "synthetic sky, seed 8")


def test_another_moment_gives_the_same_objects_moved_on(
    small_sky: SyntheticSky, as_of_utc: np.datetime64
) -> None:
    later_utc = as_of_utc + np.timedelta64(40, "D")
    later = synthetic_sky(later_utc, np.random.default_rng(7), objects=1_500)
    before, after = small_sky.element_sets.newest(), later.element_sets.newest()
    assert np.array_equal(before.norad_id, after.norad_id)
    assert np.array_equal(before.object_name, after.object_name)
    assert np.array_equal(after.epoch_utc - before.epoch_utc, np.full(1_500, later_utc - as_of_utc))
    crowd = np.array([not _is_cast(small_sky, n) for n in before.norad_id.tolist()])
    size, same_size = before.mean_motion_rev_day[crowd], after.mean_motion_rev_day[crowd]
    assert np.abs(size - same_size).max() < 2e-8
    # A plane that follows the Sun turns by 0.9856 deg a day.
    sun_bound = np.strings.startswith(before.object_name[crowd], "SIM-SSO")
    turned_deg = (after.raan_deg - before.raan_deg)[crowd][sun_bound] % 360.0
    assert np.median(turned_deg) == pytest.approx(40 * 0.985647, abs=0.3)


def _is_cast(sky: SyntheticSky, norad_id: int) -> bool:
    return not sky.objects[norad_id].name.startswith("SIM-")


def test_everything_is_simulated_and_nothing_can_be_taken_for_real(full_sky: SyntheticSky) -> None:
    sets = full_sky.element_sets
    assert sets.reality is Reality.SIMULATED
    assert len(sets.provenances) == 1
    numbers = np.unique(sets.norad_id)
    assert numbers[0] == FIRST_NORAD_ID
    assert numbers[-1] <= 899_999_999
    assert len(numbers) == 30_000 == len(full_sky.objects)
    assert all(thing.name.startswith("SIM") for thing in full_sky.objects.values())
    # No year has had 400 launches: these designators belong to nobody.
    assert all(int(thing.object_id[5:8]) >= 400 for thing in full_sky.objects.values())


def test_names_and_designators_are_unique_and_launches_hold_together(
    full_sky: SyntheticSky,
) -> None:
    things = full_sky.objects.values()
    assert len({thing.name for thing in things}) == 30_000
    assert len({thing.object_id for thing in things}) == 30_000
    launches = Counter(launch_of(thing.object_id) for thing in things)
    assert launches.most_common(1)[0][1] > 20
    assert sum(size == 1 for size in launches.values()) > 500
    for thing in things:
        assert thing.launch_date is not None
        assert str(thing.launch_date.year) == thing.object_id[:4]


def test_the_sky_has_the_published_make_up(full_sky: SyntheticSky) -> None:
    """Shares of the tracked population: ESA Annual Space Environment Report 2025, section 2."""
    types = Counter(thing.object_type for thing in full_sky.objects.values())
    assert 0.50 < types[ObjectType.PAYLOAD] / 30_000 < 0.65
    assert 0.05 < types[ObjectType.ROCKET_BODY] / 30_000 < 0.10
    assert 0.28 < types[ObjectType.DEBRIS] / 30_000 < 0.42
    sets = full_sky.element_sets.newest()
    low = sets.mean_motion_rev_day > 11.25
    assert 0.78 < low.mean() < 0.90
    synchronous = np.abs(sets.mean_motion_rev_day - 1.0027) < 0.05
    assert 0.035 < synchronous.mean() < 0.07


def test_elements_have_the_digits_and_the_age_of_published_ones(full_sky: SyntheticSky) -> None:
    sets = full_sky.element_sets
    assert np.array_equal(np.round(sets.mean_motion_rev_day, 8), sets.mean_motion_rev_day)
    assert np.array_equal(np.round(sets.eccentricity, 7), sets.eccentricity)
    for name in ("inclination_deg", "raan_deg", "arg_of_pericenter_deg", "mean_anomaly_deg"):
        angle = getattr(sets, name)
        assert np.array_equal(np.round(angle, 4), angle)
        assert (angle >= 0.0).all()
        assert (angle < 360.0).all()
    assert (sets.known_utc > sets.epoch_utc).all()
    assert (sets.known_utc <= full_sky.as_of_utc).all()
    age_days = (full_sky.as_of_utc - sets.newest().epoch_utc) / np.timedelta64(1, "D")
    assert 0.3 < np.median(age_days) < 0.8
    assert 0.002 < (age_days > 5.0).mean() < 0.03
    assert age_days.max() < 30.0


def test_the_whole_sky_flies_under_the_reference_propagator(
    full_sky: SyntheticSky, reference: Callable
) -> None:
    newest = full_sky.element_sets.newest()
    revolution = np.arange(0.0, 0.08, 0.01)
    status, position, _ = reference(newest, np.concatenate([revolution, 7.0 + revolution]))
    assert not status.any()
    height_km = np.linalg.norm(position, axis=2) - EARTH_RADIUS_KM
    assert height_km.min() > EDGE_OF_THE_AIR_KM


def test_no_element_set_of_any_history_is_broken(
    small_sky: SyntheticSky, reference: Callable
) -> None:
    status, position, _ = reference(small_sky.element_sets, np.array([0.0]))
    assert not status.any()
    assert np.linalg.norm(position, axis=2).min() - EARTH_RADIUS_KM > EDGE_OF_THE_AIR_KM


def test_assets_are_of_several_regimes_and_have_histories(small_sky: SyntheticSky) -> None:
    assert 12 <= len(small_sky.assets) <= 15
    rows = Counter(small_sky.element_sets.norad_id.tolist())
    newest = small_sky.element_sets.newest()
    motion = dict(zip(newest.norad_id.tolist(), newest.mean_motion_rev_day, strict=True))
    for asset in small_sky.assets:
        assert rows[asset.norad_id] >= 20
        assert small_sky.objects[asset.norad_id].name == asset.name
    regimes = {round(float(motion[asset.norad_id])) for asset in small_sky.assets}
    assert {1, 2, 13, 14, 15} <= regimes
    quiet = [n for n, count in rows.items() if count >= 15 and not _is_cast(small_sky, n)]
    assert len(quiet) >= 100


def test_a_story_of_every_kind_is_planted(small_sky: SyntheticSky) -> None:
    assert {story.planted.kind for story in small_sky.stories} == set(PlantedKind)


def test_every_story_names_objects_of_the_sky_with_the_asset_first(
    small_sky: SyntheticSky,
) -> None:
    assets = {asset.norad_id for asset in small_sky.assets}
    assert len({story.name for story in small_sky.stories}) == len(small_sky.stories)
    for story in small_sky.stories:
        assert story.objects[0] in assets
        assert set(story.objects) <= set(small_sky.objects)
        assert story.expected
        assert story.planted.asset == small_sky.objects[story.objects[0]].name
        assert story.moment_utc.tzinfo is not None


def test_too_few_objects_are_refused_with_the_least_number(as_of_utc: np.datetime64) -> None:
    with pytest.raises(ValueError, match=r"needs more than \d+ objects, not 10"):
        synthetic_sky(as_of_utc, np.random.default_rng(1), objects=10)
