"""The interference map against the area that the detector found, and its bounds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from hoshimori.detectors.interference import InterferenceDetector
from hoshimori.errors import CoverageError
from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.findings import Interference
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.picture import Picture
from hoshimori.numerics.hexagons import cell_of_text, outlines_deg
from hoshimori.workflows.interference import maps_of_files, picture_of_maps
from hoshimori.workflows.interference_map import (
    CellState,
    MapEdges,
    edges_around,
    interference_map,
)

AS_OF = datetime(2026, 3, 31, tzinfo=UTC)
PLANTED = PlantedDisturbance(35.5, 137.5, 150.0, first_day=20, last_day=22, share=0.3)


def picture(integrity: IntegrityCells | None) -> Picture:
    return Picture(AS_OF, NO_ELEMENT_SETS, NO_ELEMENT_SETS, (), 7.0, integrity=integrity)


@pytest.fixture(scope="module")
def scene() -> tuple[Picture, Interference]:
    cells = disturbed_air(MadeAir(planted=(PLANTED,)), np.random.Generator(np.random.PCG64(1)))
    shown = picture(cells)
    (found,) = InterferenceDetector(look_back_days=100.0).survey(cells, AS_OF).findings
    return shown, found


def test_the_map_opens_on_the_peak_day_with_the_cells_of_the_finding(
    scene: tuple[Picture, Interference],
) -> None:
    shown, finding = scene
    drawn = interference_map(shown, [finding])
    assert drawn.day_utc == finding.peak_day_utc
    assert drawn.findings == (finding,)
    disturbed = {c.cell for c in drawn.cells if c.state is CellState.DISTURBED}
    today = next(d for d in finding.days if d.day_utc == drawn.day_utc)
    assert len(disturbed & set(finding.cells)) == today.cells_disturbed
    assert drawn.disturbed == len(disturbed)
    bad = sum(c.bad for c in drawn.cells if c.cell in finding.cells)
    assert bad <= finding.bad


def test_each_cell_tells_since_when_it_is_disturbed(scene: tuple[Picture, Interference]) -> None:
    shown, finding = scene
    drawn = interference_map(shown, [finding], day_utc=date(2026, 3, 22))
    own = [c for c in drawn.cells if c.cell in finding.cells and c.state is CellState.DISTURBED]
    assert own
    for cell in own:
        assert cell.onset_utc in (date(2026, 3, 21), date(2026, 3, 22))
        assert cell.days_disturbed in (1, 2)
        assert (cell.onset_utc == drawn.day_utc) == (cell.days_disturbed == 1)


def test_too_few_aircraft_are_never_drawn_as_quiet(scene: tuple[Picture, Interference]) -> None:
    shown, finding = scene
    assert shown.integrity is not None
    rows = shown.integrity.day_utc == np.datetime64(finding.peak_day_utc, "D")
    few = np.flatnonzero(
        rows & ~np.isin(shown.integrity.cell, list(map(cell_of_text, finding.cells)))
    )
    good = shown.integrity.good.copy()
    bad = shown.integrity.bad.copy()
    good[few[0]], bad[few[0]] = 1, 0
    changed = IntegrityCells(
        cell=shown.integrity.cell,
        day_utc=shown.integrity.day_utc,
        good=good,
        bad=bad,
        provenance_index=shown.integrity.provenance_index,
        provenances=shown.integrity.provenances,
    )
    drawn = interference_map(picture(changed), [finding], edges=MapEdges())
    told = {cell_of_text(c.cell): c for c in drawn.cells}
    assert told[int(shown.integrity.cell[few[0]])].state is CellState.INSUFFICIENT
    assert drawn.insufficient >= 1


def test_a_day_outside_the_episode_has_no_area(scene: tuple[Picture, Interference]) -> None:
    shown, finding = scene
    drawn = interference_map(shown, [finding], day_utc=date(2026, 3, 10))
    assert drawn.findings == ()
    assert all(c.onset_utc is None for c in drawn.cells)
    assert drawn.quiet > 0
    assert drawn.joined[0].rings_deg


def test_edges_hold_the_area(scene: tuple[Picture, Interference]) -> None:
    _, finding = scene
    edges = edges_around([finding])
    middle = np.array([[finding.latitude_deg, finding.longitude_deg]])
    assert edges.holds(middle).all()
    assert not edges.holds(np.array([[0.0, 0.0]])).any()
    assert edges_around(()).is_whole


def test_days_and_maps_that_are_not_there_are_errors(scene: tuple[Picture, Interference]) -> None:
    shown, finding = scene
    with pytest.raises(CoverageError, match="2031"):
        interference_map(shown, [finding], day_utc=date(2031, 1, 1))
    with pytest.raises(CoverageError, match="--integrity"):
        interference_map(picture(None), [finding])


def test_outlines_hold_their_cells_and_cross_the_antimeridian_in_one() -> None:
    cells = np.array([0x841F91BFFFFFFFF, 0x841F919FFFFFFFF], np.uint64)
    rings = outlines_deg(cells)
    assert 1 <= len(rings) <= 2
    assert sum(map(len, rings)) <= 12
    for ring in rings:
        assert np.abs(np.diff(ring[:, 1])).max() < 180.0


def test_dallas(shared_data: Path) -> None:
    """17 and 18 October 2022 around Dallas: published as lost GPS over north Texas for 2 days."""
    name = "gpsjam_north_america_2022-10-01_2022-11-15.parquet"
    maps = maps_of_files([shared_data / "gnss" / name])
    shown = picture_of_maps(maps, as_of_utc=np.datetime64("2022-10-19T00:00:00", "us"))
    findings = InterferenceDetector().detect(shown)
    drawn = interference_map(shown, findings)
    assert drawn.day_utc == date(2022, 10, 18)
    near = [
        c
        for c in drawn.cells
        if c.state is CellState.DISTURBED
        and np.hypot(*(c.ring_deg.mean(axis=0) - (32.9, -97.0)) * (1.0, 0.84)) < 3.0
    ]
    assert len(near) > 10
    assert {c.onset_utc for c in near} == {date(2022, 10, 17), date(2022, 10, 18)}
