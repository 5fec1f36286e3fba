"""Break-ups told from deployments, late cataloguing and gentle releases, on made catalogues."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hoshimori.detectors.breakup import BreakupDetector
from hoshimori.exercise.breakup_scenes import BreakupScene, catalogue_after, catalogue_before
from hoshimori.model.assets import Asset
from hoshimori.model.elements import TEXT, ElementSets, concatenate
from hoshimori.model.findings import Breakup, Confidence, Relation, Separation
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.picture import Picture
from hoshimori.numerics.breakup_model import Fragmentation

EVENT = np.datetime64("2026-03-01T10:00", "us")
BEFORE = np.datetime64("2026-02-20", "us")
AFTER = np.datetime64("2026-04-01", "us")
SCENE = BreakupScene(EVENT, pieces=30, one_sided=True)
SISTER = replace(
    SCENE, parent_id=40002, parent_name="SIM-SISTER", latitude_argument_deg=140.0, launch="2014-001"
)


def picture(*parts: ElementSets, assets: tuple[int, ...] = ()) -> Picture:
    rows = concatenate(parts).sorted_by_object()
    watched = tuple(Asset(i) for i in assets)
    return Picture(as_datetime(AFTER), rows.newest(), rows, watched, 7.0)


def random() -> np.random.Generator:
    return np.random.default_rng(3)


def known() -> ElementSets:
    """The parent and a sister in the same orbit, a quarter of a turn behind."""
    return concatenate([catalogue_before(s, BEFORE) for s in (SCENE, SISTER)])


@pytest.fixture(scope="module")
def after() -> ElementSets:
    return catalogue_after(SCENE, AFTER, random())


@pytest.fixture(scope="module")
def breakup(after: ElementSets) -> Breakup:
    (found,) = BreakupDetector().detect(picture(known(), after))
    assert isinstance(found, Breakup)
    return found


def test_time_place_and_parent_are_found(breakup: Breakup) -> None:
    assert breakup.is_resolved
    assert abs(as_column_time(breakup.event_by_pieces_utc) - EVENT) < np.timedelta64(10, "m")
    assert breakup.start_utc <= as_datetime(EVENT) <= breakup.end_utc
    assert breakup.end_utc - breakup.start_utc < np.timedelta64(6, "h").item()
    assert breakup.objects == (40001,)
    assert breakup.candidates[0].norad_id == 40001
    assert breakup.candidates[0].relation is Relation.SAME_LAUNCH
    assert breakup.candidates[0].probability > 0.9
    assert breakup.altitude_km == pytest.approx(800.0, abs=15.0)
    assert breakup.pieces == 30
    assert breakup.confidence is Confidence.HIGH


def test_a_cloud_thrown_forward_shows_it(breakup: Breakup) -> None:
    assert breakup.posigrade_share.low > 0.5


def test_the_same_picture_gives_the_same_finding(after: ElementSets, breakup: Breakup) -> None:
    (again,) = BreakupDetector().detect(picture(known(), after))
    assert again == breakup


def test_names_and_designators_are_not_needed(after: ElementSets, breakup: Breakup) -> None:
    blank = np.full(len(after), "", TEXT)
    bare = replace(after, object_name=blank, object_id=blank)
    (found,) = BreakupDetector().detect(picture(known(), bare))
    assert isinstance(found, Breakup)
    assert found.objects == (40001,)
    assert found.pieces >= 27, "the fastest pieces lie beyond the links of planes"
    late_s = (found.event_by_pieces_utc - breakup.event_by_pieces_utc).total_seconds()
    assert abs(late_s) < 120.0


def test_without_its_parent_the_time_is_found_all_the_same(
    after: ElementSets, breakup: Breakup
) -> None:
    (found,) = BreakupDetector().detect(picture(catalogue_before(SISTER, BEFORE), after))
    assert isinstance(found, Breakup)
    assert found.event_by_pieces_utc == breakup.event_by_pieces_utc
    assert 40001 not in {c.norad_id for c in found.candidates}


def test_a_gentle_release_is_a_separation() -> None:
    scene = replace(SCENE, kick_share=0.01, drag_share=0.0, pieces=6)
    (found,) = BreakupDetector().detect(picture(known(), catalogue_after(scene, AFTER, random())))
    assert isinstance(found, Separation)
    assert found.objects[0] == 40001
    assert found.relative_speed_m_s.high < 5.0
    assert found.start_utc <= as_datetime(EVENT) <= found.end_utc


def test_two_objects_that_fly_together_are_two_candidates() -> None:
    twin = replace(SISTER, latitude_argument_deg=SCENE.latitude_argument_deg + 0.05)
    before = concatenate([catalogue_before(s, BEFORE) for s in (SCENE, twin)])
    scene = replace(SCENE, kick_share=0.003, drag_share=0.0, pieces=1)
    (found,) = BreakupDetector().detect(picture(before, catalogue_after(scene, AFTER, random())))
    assert isinstance(found, Separation)
    assert {c.norad_id for c in found.candidates} == {40001, 40002}
    assert sum(c.probability for c in found.candidates) < 1.0


def test_a_deployment_of_a_new_launch_is_nothing() -> None:
    scene = replace(SCENE, launch="2026-020", kick_share=0.02, drag_share=0.0, pieces=40)
    assert BreakupDetector().detect(picture(known(), catalogue_after(scene, AFTER, random()))) == ()


def test_pieces_of_an_old_event_catalogued_late_are_no_new_one() -> None:
    """Four years on their planes lie all around: nothing meets any more."""
    old = replace(SCENE, event_utc=EVENT - np.timedelta64(4 * 365, "D"), drag_share=0.0)
    late = catalogue_after(replace(old, kind=Fragmentation.COLLISION), AFTER, random())
    found = BreakupDetector().detect(picture(known(), late))
    assert [f for f in found if isinstance(f, Breakup)] == []


def test_separations_are_told_where_an_asset_may_be_the_parent() -> None:
    scene = replace(SCENE, kick_share=0.01, drag_share=0.0, pieces=2)
    after = catalogue_after(scene, AFTER, random())
    (found,) = BreakupDetector().detect(picture(known(), after, assets=(40001,)))
    assert found.objects[0] == 40001
    assert BreakupDetector().detect(picture(known(), after, assets=(25544,))) == ()


def test_break_ups_are_told_whatever_the_assets(after: ElementSets) -> None:
    (found,) = BreakupDetector().detect(picture(known(), after, assets=(25544,)))
    assert isinstance(found, Breakup)


def test_one_catalogue_shows_nothing(after: ElementSets) -> None:
    assert BreakupDetector().detect(picture(after)) == ()


def test_old_numbers_that_come_back_are_not_new(after: ElementSets) -> None:
    """Objects lost for a while are not pieces: their numbers were given long ago."""
    returned = replace(after, norad_id=after.norad_id - 69_000)
    many = replace(catalogue_before(SISTER, BEFORE), norad_id=np.array([60_000]))
    assert BreakupDetector().detect(picture(known(), many, returned)) == ()


def test_one_catalogue_whose_records_say_when_they_were_made_shows_nothing(
    after: ElementSets,
) -> None:
    """Its rows became known over a day; the last of them are no newcomers."""
    hours = np.linspace(0.0, 20.0, len(after) + 2)
    made = AFTER - (hours * 3600e6).astype("timedelta64[us]")
    rows = concatenate([known(), after])
    assert BreakupDetector().detect(picture(replace(rows, known_utc=made[::-1]))) == ()
