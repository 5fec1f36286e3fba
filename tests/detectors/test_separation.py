"""Separations in histories: who is new, when first seen, from whom perhaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from hoshimori.detectors.separation import SeparationDetector
from hoshimori.exercise.belt_years import START_UTC, Life, belt_lives
from hoshimori.model.assets import Asset
from hoshimori.model.elements import NO_ELEMENT_SETS, ElementSets
from hoshimori.model.findings import Confidence, Separation
from hoshimori.model.picture import Picture

DAYS = 200.0
MOTHER = Life(50_001, "SIM MOTHER", "2018-701A", ((0.0, 60.0), (DAYS, 60.0)))
SISTER = Life(50_002, "SIM SISTER", "2018-701B", ((0.0, -60.0), (DAYS, -60.0)), tilt_deg=2.0)
CHILD = Life(50_900, "SIM CHILD", "2018-701C", ((100.0, 60.05), (DAYS, 60.05)), tilt_deg=0.04)
OTHER = Life(50_003, "SIM OTHER", "2016-702A", ((0.0, 60.1), (DAYS, 60.1)))


def found_in(sets: ElementSets, *assets: int) -> tuple[Separation, ...]:
    now = datetime(2030, 1, 1, tzinfo=UTC)
    picture = Picture(now, sets.newest(), sets, tuple(map(Asset, assets)), 1.0)
    return SeparationDetector().detect(picture)


def made(*lives: Life) -> ElementSets:
    return belt_lives(list(lives), START_UTC, DAYS, every_days=10.0)


def test_a_child_parted_from_its_mother_likelier_than_from_another_of_its_launch() -> None:
    (found,) = found_in(made(MOTHER, SISTER, CHILD, OTHER))
    assert found.objects == (50_001, 50_900)
    assert (found.end_utc.replace(tzinfo=None) - START_UTC.item()).days in range(100, 111)
    assert found.start_utc.replace(tzinfo=None) < found.end_utc.replace(tzinfo=None)
    assert found.candidates[0].norad_id == 50_001
    assert found.candidates[0].probability > 0.9
    assert found.relative_speed_m_s.high < 8.0
    assert np.linalg.norm(found.candidates[0].miss_rtn_km) < 100.0
    assert found.confidence is Confidence.MODERATE
    assert 0.0 < found.base_rate.share.best <= 0.5


def test_of_two_mothers_in_one_orbit_both_are_named() -> None:
    twin = replace(MOTHER, norad_id=50_004, name="SIM TWIN", object_id="2018-701D")
    (found,) = found_in(made(MOTHER, twin, CHILD))
    assert {c.norad_id for c in found.candidates} == {50_001, 50_004}
    assert all(c.probability > 0.3 for c in found.candidates)


def test_assets_choose_by_candidates_and_by_the_new_object() -> None:
    sets = made(MOTHER, SISTER, CHILD, OTHER)
    assert len(found_in(sets, 50_001)) == len(found_in(sets, 50_900)) == 1
    assert found_in(sets, 50_003) == ()


def test_who_was_there_from_the_start_or_has_no_launch_parted_from_nothing() -> None:
    assert found_in(made(MOTHER, SISTER, OTHER)) == ()
    named = made(MOTHER, CHILD)
    nameless = replace(named, object_id=np.full(len(named), "", named.object_id.dtype))
    assert found_in(nameless) == ()
    assert found_in(NO_ELEMENT_SETS) == ()


def test_an_orbit_far_from_all_of_the_launch_is_no_separation() -> None:
    far = replace(CHILD, tilt_deg=9.0)
    assert found_in(made(MOTHER, SISTER, far)) == ()
