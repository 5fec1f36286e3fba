"""Plots: they draw what they are given, say it in words, stay small and keep their bytes."""

from __future__ import annotations

import re
from typing import Any

import matplotlib as mpl
import pytest

from hoshimori.dossier.board_plots import MOST_CONJUNCTIONS, element_age_plot, miss_distance_plot
from hoshimori.dossier.drawing import Ink
from hoshimori.dossier.language import Language
from hoshimori.dossier.plots import longitude_plot, relative_motion_plot
from hoshimori.model.findings import Interval, LongitudeTrack
from hoshimori.model.incidents import Attention

EN, JA = Language.EN, Language.JA
SIXTY_KILOBYTES = 60_000


def relative(boards: Any, language: Language = EN, **changes: Any) -> str:
    near = boards.proximity(**changes)
    return relative_motion_plot(near, boards.names, boards.as_of, language, name="p")


def test_a_plot_tells_itself_in_words(boards: Any) -> None:
    drawn = relative(boards, JA)
    assert 'role="img" aria-labelledby="p-title p-desc"' in drawn
    assert "31–50 km" in drawn
    assert "動径 R(km)" in drawn
    assert "@" not in drawn


def test_colours_are_the_pages_own(boards: Any) -> None:
    drawn = relative(boards)
    assert "var(--other)" in drawn
    assert not re.search(r"#[0-9a-f]{6}", drawn)
    assert "font-family" not in drawn
    assert {ink.name.lower() for ink in Ink} >= set(re.findall(r"var\(--(\w+)\)", drawn))


def test_ids_carry_the_name_of_the_plot(boards: Any) -> None:
    assert all(i.startswith("p-") for i in re.findall(r' id="([^"]+)"', relative(boards)))


@pytest.mark.parametrize("points", [2, 240, 20_000])
def test_plots_stay_small(boards: Any, points: int) -> None:
    assert len(relative(boards, track=boards.relative_track(points))) < SIXTY_KILOBYTES
    beside = boards.geo_neighbour(track=boards.longitude_track(points))
    drawn = longitude_plot(beside, boards.names, boards.as_of, EN, name="g")
    assert len(drawn) < SIXTY_KILOBYTES


def test_the_moment_of_the_picture_is_drawn_only_where_it_lies_in_the_plot(boards: Any) -> None:
    assert "as of" in relative(boards)
    near = boards.proximity()
    later = relative_motion_plot(near, boards.names, boards.at(40), EN, name="p")
    assert "as of" not in later


def test_longitudes_across_the_antimeridian_stay_together(boards: Any) -> None:
    track = LongitudeTrack(
        (boards.at(-1), boards.as_of, boards.at(1)), (179.9, 180.0, -179.9), (179.5, 179.8, 180.0),
        (90.0, 60.0, 40.0),
    )  # fmt: skip
    beside = boards.geo_neighbour(slot_deg_east=180.0, track=track)
    drawn = longitude_plot(beside, boards.names, boards.as_of, EN, name="g")
    labels = re.findall(r">(\d+\.\d\d) ([EW])<", drawn)
    assert labels
    assert all(float(degrees) > 179.0 for degrees, _ in labels)


def test_an_interval_without_end_can_be_drawn(boards: Any) -> None:
    assert "<path" in relative(boards, range_km=Interval(3.0, 9.0, float("inf")))


def test_miss_distances_are_capped_and_zero_is_drawn(boards: Any) -> None:
    touching = boards.conjunction("c0", miss_km=Interval(0.0, 0.0, 2.0))
    passes = [(boards.conjunction(f"c{i}"), Attention.LOG) for i in range(1, 400)]
    drawn = miss_distance_plot(
        [(touching, Attention.LOOK), *passes], boards.as_of, 7.0, EN, names=boards.names, name="m"
    )
    assert f"{MOST_CONJUNCTIONS} close passes" in drawn
    assert "var(--look)" in drawn
    assert len(drawn) < 2 * SIXTY_KILOBYTES


def test_ages_are_drawn_without_assets_and_with_young_ones(boards: Any) -> None:
    bare = element_age_plot(boards.coverage(assets=()), boards.names, EN, name="a")
    assert "11,203" in bare
    marked = element_age_plot(boards.coverage(), boards.names, JA, name="a")
    assert "ISS (ZARYA) (25544)" in marked


def test_the_users_own_style_neither_enters_nor_is_lost(boards: Any) -> None:
    plain = relative(boards)
    with mpl.rc_context({"lines.linewidth": 9.0, "axes.facecolor": "red"}):
        assert relative(boards) == plain
        assert mpl.rcParams["lines.linewidth"] == 9.0
