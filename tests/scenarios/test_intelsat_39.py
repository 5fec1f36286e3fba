"""A known story from files alone: an inspector drifts in on Intelsat 39, stops, and stays.

Public record: reference case 3.4 of the project's brief (Luch-5X, 55841, about 50 km from
Intelsat 39, 44476, at 62 degrees east in March 2025). The files are Space-Track's catalogues of
2025-03-03 and 2025-03-31.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hoshimori.dossier.board_rows import board_rows
from hoshimori.dossier.language import Language
from hoshimori.model.assets import Asset
from hoshimori.model.board import WatchBoard
from hoshimori.model.findings import Conjunction, GeoMotion, GeoNeighbour, Proximity, Relation
from hoshimori.model.incidents import Attention
from hoshimori.workflows.reach import reach
from hoshimori.workflows.skies import sky_of_files
from hoshimori.workflows.watch import DETECTORS, watch

INTELSAT_39, LUCH_2 = 44476, 55841
INTELSAT_1002, MEV_2 = 28358, 46113

pytestmark = pytest.mark.xdist_group("intelsat-39")


def _board(shared_data: Path, *days: str, assets: tuple[int, ...] = (INTELSAT_39,)) -> WatchBoard:
    folder = shared_data / "catalogue" / "snapshots"
    sky = sky_of_files([folder / f"spacetrack_{day}.3le.gz" for day in days])
    return watch(sky.picture(assets=tuple(Asset(i) for i in assets), days_ahead=5.0))


@pytest.fixture(scope="module")
def before(shared_data: Path) -> WatchBoard:
    return _board(shared_data, "2025-03-03")


@pytest.fixture(scope="module")
def after(shared_data: Path) -> WatchBoard:
    return _board(shared_data, "2025-03-31")


@pytest.fixture(scope="module")
def both(shared_data: Path) -> WatchBoard:
    return _board(shared_data, "2025-03-03", "2025-03-31")


def _neighbour(board: WatchBoard) -> GeoNeighbour:
    (found,) = (f for f in board.findings if isinstance(f, GeoNeighbour) and LUCH_2 in f.objects)
    return found


def test_no_detector_fails(before: WatchBoard, after: WatchBoard, both: WatchBoard) -> None:
    assert [run.problem for board in (before, after, both) for run in board.runs] == [""] * 3 * len(
        DETECTORS
    )


def test_on_3_march_it_drifts_in_and_comes_within_about_78_km_in_two_days(
    before: WatchBoard,
) -> None:
    found = _neighbour(before)
    assert found.motion is GeoMotion.DRIFTS_IN
    assert found.relation is Relation.UNRELATED
    within_two_days = [
        r
        for t, r in zip(found.track.times_utc, found.track.range_km, strict=True)
        if before.as_of_utc <= t <= before.as_of_utc + timedelta(days=2)
    ]
    assert min(within_two_days) == pytest.approx(78.0, abs=10.0)
    (incident,) = (i for i in before.incidents if LUCH_2 in i.others)
    assert incident.attention in (Attention.LOOK, Attention.WATCH)


def test_on_31_march_it_stays_at_40_to_50_km_and_closer_passes_are_predicted(
    after: WatchBoard,
) -> None:
    found = _neighbour(after)
    assert found.motion is GeoMotion.STAYS
    near_now = min(
        zip(found.track.times_utc, found.track.range_km, strict=True),
        key=lambda point: abs(point[0] - after.as_of_utc),
    )[1]
    assert 30.0 <= near_now <= 60.0
    assert found.range_km.best < near_now


def test_with_both_files_it_arrived_and_stopped(both: WatchBoard) -> None:
    assert _neighbour(both).motion is GeoMotion.ARRIVED
    (row,) = (r for r in board_rows(both, Language.EN) if f"({LUCH_2})" in r.what)
    assert row.what == "LUCH (OLYMP) 2 (55841) arrived beside INTELSAT 39 (44476) and stopped"
    assert row.attention is Attention.LOOK


def test_its_warning_time_on_3_march_was_no_longer_than_it_took(shared_data: Path) -> None:
    """It stood beside Intelsat 39 by 31 March, which took less than 10 m/s."""
    folder = shared_data / "catalogue" / "snapshots"
    bounds = []
    for day in ("2025-03-03", "2025-03-31"):
        sky = sky_of_files([folder / f"spacetrack_{day}.3le.gz"])
        picture = sky.picture(assets=(Asset(INTELSAT_39),), days_ahead=40.0)
        outlook = reach(picture, delta_v_m_s=(10.0, 50.0), most_listed=20)
        (luch,) = (r for r in outlook.assets[0].reachers if r.norad_id == LUCH_2)
        bounds.append([time.no_sooner_days for time in luch.times])
    slow, fast = bounds[0]
    assert slow is not None
    assert fast is not None
    assert 0.0 < fast < slow < 28.0
    assert bounds[1] == [0.0, 0.0]


def test_no_range_claims_certainty(before: WatchBoard, after: WatchBoard) -> None:
    for board in (before, after):
        for finding in board.findings:
            if isinstance(finding, GeoNeighbour) or (
                isinstance(finding, Proximity) and finding.relation is not Relation.DOCKED
            ):
                assert finding.range_km.high - finding.range_km.low >= 2.0
            if isinstance(finding, Conjunction):
                assert finding.miss_km.high - finding.miss_km.low >= 0.1


def test_docked_objects_with_identical_elements_are_never_a_conjunction(
    shared_data: Path,
) -> None:
    board = _board(shared_data, "2025-03-31", assets=(INTELSAT_1002,))
    about_both = [f for f in board.findings if set(f.objects) == {INTELSAT_1002, MEV_2}]
    assert not [f for f in about_both if isinstance(f, Conjunction)]
    docked = [f for f in about_both if isinstance(f, Proximity | GeoNeighbour)]
    assert docked
    assert all(f.relation is Relation.DOCKED for f in docked)
    (incident,) = (i for i in board.incidents if MEV_2 in i.others)
    assert incident.attention is Attention.LOG
