"""The main job on a small made sky."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
import pytest

from hoshimori.dossier.blind_spots import blind_spots
from hoshimori.dossier.language import Language
from hoshimori.model.board import WatchBoard
from hoshimori.model.detector import Card
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.findings import AnyFinding
from hoshimori.model.incidents import Attention
from hoshimori.model.objects import SpaceObject
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.workflows.skies import Sky, made_sky
from hoshimori.workflows.watch import DETECTORS, watch

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")

pytestmark = pytest.mark.xdist_group("made-sky")


@pytest.fixture(scope="module")
def sky() -> Sky:
    return made_sky(seed=1, objects=1_500, as_of_utc=AS_OF)


@pytest.fixture(scope="module")
def picture(sky: Sky) -> Picture:
    return sky.picture(assets=sky.assets, days_ahead=7.0)


@pytest.fixture(scope="module")
def board(picture: Picture, sky: Sky) -> WatchBoard:
    return watch(picture, story=sky.story)


@dataclass(frozen=True, slots=True)
class Stumbling:
    """A detector that raises."""

    card: ClassVar[Card] = replace(DETECTORS[0].card, name="stumbling", version=3)

    def detect(self, picture: Picture) -> tuple[AnyFinding, ...]:
        raise ZeroDivisionError("half of nothing")


def test_a_made_sky_gives_a_board_marked_simulated(board: WatchBoard, sky: Sky) -> None:
    assert board.reality is Reality.SIMULATED
    assert {f.reality for f in board.findings} == {Reality.SIMULATED}
    assert board.story == sky.story
    assert len(board.story) >= 8
    assert [run.problem for run in board.runs] == [""] * len(DETECTORS)


def test_a_picture_without_orbits_says_that_it_shows_none(picture: Picture) -> None:
    nothing = replace(picture, newest=NO_ELEMENT_SETS, history=NO_ELEMENT_SETS, objects={})
    board = watch(nothing)
    assert (board.coverage.objects, board.coverage.element_age_days_median) == (0, None)
    assert [run.problem for run in board.runs] == [""] * len(DETECTORS)
    assert blind_spots(board, Language.EN) == (
        "No orbit of any object is at hand: nothing is said about objects in space.",
    )


def test_every_planted_story_is_found_with_the_kinds_it_should_show(board: WatchBoard) -> None:
    from hoshimori.exercise.synthetic_sky import synthetic_sky  # noqa: PLC0415 - the truth

    truth = synthetic_sky(AS_OF, np.random.Generator(np.random.PCG64(1)), objects=1_500).stories
    found = {(type(f), frozenset(f.objects)) for f in board.findings}
    missing = [
        (story.name, kind.__name__)
        for story in truth
        for kind in story.expected
        if not any(k is kind and objects <= set(story.objects) for k, objects in found)
    ]
    assert not missing


def test_the_coverage_says_of_how_many_objects_errors_are_judged(board: WatchBoard) -> None:
    named = {a.norad_id for a in board.assets} | {i for f in board.findings for i in f.objects}
    coverage = board.coverage
    assert 0 < coverage.errors_of_own_history < coverage.objects_on_board <= len(named)


def test_incidents_hold_every_finding_and_the_urgent_come_first(board: WatchBoard) -> None:
    known = {f.finding_id for f in board.findings}
    assert len(known) == len(board.findings)
    assert {i for incident in board.incidents for i in incident.finding_ids} == known
    urgency = [list(Attention).index(i.attention) for i in board.incidents]
    assert urgency == sorted(urgency, reverse=True)


def test_a_detector_that_raises_is_a_line_on_the_board(picture: Picture) -> None:
    board = watch(picture, detectors=(Stumbling(), DETECTORS[0]))
    assert board.runs[0].problem == "ZeroDivisionError: half of nothing"
    assert board.runs[0].detector == "stumbling/3"
    assert board.runs[1].problem == ""


def test_no_finding_depends_on_a_flag(picture: Picture, board: WatchBoard, sky: Sky) -> None:
    """Metamorphic: permuting owners and names of all objects changes labels and nothing else."""
    owners = [o.owner for o in sky.objects.values()]
    turned = {
        i: replace(o, owner=owner + "X", name=f"{o.name} renamed")
        for (i, o), owner in zip(sky.objects.items(), owners[1:] + owners[:1], strict=True)
    }
    again = watch(replace(picture, objects=turned))
    assert again.findings == board.findings
    assert again.incidents == board.incidents
    assert all(isinstance(o, SpaceObject) for o in turned.values())


def test_the_order_of_the_catalogue_changes_nothing(picture: Picture, board: WatchBoard) -> None:
    shuffled = np.random.default_rng(3).permutation(len(picture.newest))
    again = watch(replace(picture, newest=picture.newest.take(shuffled).sorted_by_object()))
    assert again.findings == board.findings


def test_rates_are_counted_per_asset_and_month(board: WatchBoard) -> None:
    for rate in board.rates:
        counted = sum(i.attention is rate.attention for i in board.incidents)
        assert rate.incidents == counted
        months = len(board.assets) * board.days_ahead / 30.4375
        assert rate.per_asset_month.best == pytest.approx(counted / months)


def test_coverage_names_assets_without_elements(sky: Sky) -> None:
    lost = replace(sky.assets[0], norad_id=999_999_999)
    board = watch(sky.picture(assets=(lost,), days_ahead=1.0), detectors=())
    (asset,) = board.coverage.assets
    assert asset.element_age_days is None
    assert sum(count for _, _, count in board.coverage.element_age_histogram) == (
        board.coverage.objects
    )
