"""From catalogue files to a report: events with causes and crossings, and what is no finding."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hoshimori.cli.breaking import run_breakups
from hoshimori.detectors.breakup import BreakupDetector
from hoshimori.dossier.breakup_page import breakup_page
from hoshimori.dossier.language import Language
from hoshimori.dossier.watch_page import watch_page
from hoshimori.errors import CoverageError, SettingsError
from hoshimori.exercise.breakup_scenes import BreakupScene, catalogue_after, catalogue_before
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.assets import Asset
from hoshimori.model.breakup_causes import CauseKind, Sign
from hoshimori.model.breakup_report import BreakupReport
from hoshimori.model.elements import concatenate
from hoshimori.numerics.breakup_model import Fragmentation
from hoshimori.workflows.breakups import breakups, breakups_of_sky
from hoshimori.workflows.skies import Sky
from hoshimori.workflows.watch import watch

EVENT = np.datetime64("2026-03-01T10:00", "us")
BEFORE = np.datetime64("2026-02-20", "us")
AFTER = np.datetime64("2026-04-01", "us")
ONE = BreakupScene(
    EVENT, pieces=24, kind=Fragmentation.COLLISION, latitude_argument_deg=90.0, drag_share=0.0
)
# Another plane through the same point: at the highest latitude of a common inclination.
OTHER = replace(
    ONE, parent_id=30002, parent_name="SIM-OTHER", launch="1999-010", first_piece_id=70101,
    inclination_deg=106.0, raan_deg=ONE.raan_deg + 180.0,
)  # fmt: skip
NEW = replace(
    ONE, launch="2026-020", first_piece_id=70201, kick_share=0.02, drag_share=0.0, raan_deg=10.0
)
ASSETS = (Asset(40001, "ASSET"),)


def sky() -> Sky:
    scenes = (ONE, OTHER)
    before = concatenate([catalogue_before(s, BEFORE) for s in scenes])
    after = concatenate(
        [
            *(catalogue_before(s, AFTER) for s in scenes),
            *(catalogue_after(s, AFTER, np.random.default_rng(5)) for s in (*scenes, NEW)),
        ]
    )
    return Sky(parts=(before, after), origin="before, after", as_of_utc=AFTER)


@pytest.fixture(scope="module")
def report() -> BreakupReport:
    return breakups_of_sky(sky(), assets=ASSETS)


def test_a_collision_is_two_clouds_at_one_point_and_time(report: BreakupReport) -> None:
    assert sorted(e.parent_id for e in report.breakups) == [30002, 40001]
    for event in report.breakups:
        assert abs(event.time_utc.timestamp() - EVENT.astype(float) / 1e6) < 600.0
        causes = {c.kind: c for c in event.causes}
        assert set(causes) == set(CauseKind), "all three, side by side"
        speaks = {e.sign for e in causes[CauseKind.CONJUNCTION].speaks_for}
        assert Sign.OTHER_CLOUD in speaks
        against = {e.sign for e in causes[CauseKind.TEST].speaks_against}
        assert Sign.OTHER_CLOUD in against


def test_deployed_objects_are_counted_and_not_reported(report: BreakupReport) -> None:
    assert report.unreported.deployed == NEW.pieces
    assert report.unreported.launches == 1
    assert report.new_objects == 3 * ONE.pieces


def test_the_parent_itself_lies_in_the_way_of_its_cloud(report: BreakupReport) -> None:
    for event in report.breakups:
        (crossed,) = event.crossings
        assert crossed.norad_id == 40001
        assert crossed.modelled_per_day.low <= crossed.modelled_per_day.best
        assert crossed.modelled_per_day.high > 0.0
        assert crossed.catalogued_per_day >= 0.0


@pytest.mark.parametrize("language", Language)
def test_the_page_is_whole_and_the_same_again(report: BreakupReport, language: Language) -> None:
    page = breakup_page(report, language, "hoshimori breakups before after")
    assert page == breakup_page(report, language, "hoshimori breakups before after")
    assert page.count("<svg") == 2 * len(report.breakups)
    assert "SIMULATED" in page
    assert "nan" not in page.replace("financ", "")
    assert "http" not in page.replace("http-equiv", "")


def test_one_catalogue_is_told_to_be_too_few(tmp_path: Path) -> None:
    with pytest.raises(CoverageError, match="two or more"):
        breakups_of_sky(Sky(parts=(catalogue_before(ONE, BEFORE),), origin="one", as_of_utc=BEFORE))


def test_files_give_the_report_that_their_rows_do(tmp_path: Path, capsys: Any) -> None:
    """The door prints one JSON document of the contract's fields, whatever the files' order."""
    after = concatenate(
        [catalogue_before(ONE, AFTER), catalogue_after(ONE, AFTER, np.random.default_rng(5))]
    )
    for name, rows in (("b.csv", catalogue_before(ONE, BEFORE)), ("a.csv", after)):
        (tmp_path / name).write_bytes(write_omm_csv(rows))
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    assert breakups(files, assets=ASSETS).breakups[0].parent_id == 40001
    status = run_breakups(
        files, assets="40001", language=None, report=None, everything=False, as_json=True,
        fail_on_breakup=True, settings=None,
    )  # fmt: skip
    assert status == 1
    (event,) = json.loads(capsys.readouterr().out)["breakups"]
    assert {"parent_id", "time_utc", "time_sigma_s", "pieces", "candidates"} <= set(event)
    assert event["parent_id"] == 40001


def test_the_screen_tells_causes_and_crossings(tmp_path: Path, capsys: Any) -> None:
    after = concatenate(
        [catalogue_before(ONE, AFTER), catalogue_after(ONE, AFTER, np.random.default_rng(5))]
    )
    folder = tmp_path / "catalogues"
    folder.mkdir()
    for name, rows in (("b.csv", catalogue_before(ONE, BEFORE)), ("a.csv", after)):
        (folder / name).write_bytes(write_omm_csv(rows))
    for language in ("en", "ja"):
        status = run_breakups(
            [folder], assets="40001", language=language, report=tmp_path / f"{language}.html",
            everything=True, as_json=False, fail_on_breakup=False, settings=None,
        )  # fmt: skip
        assert status == 0
        told = capsys.readouterr().out
        assert "40001" in told
        assert "None" not in told
        assert (tmp_path / f"{language}.html").read_text(encoding="utf-8").startswith("<!DOCTYPE")


def test_nothing_named_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nothing to compare"):
        run_breakups(
            [], assets="", language=None, report=None, everything=False, as_json=False,
            fail_on_breakup=False, settings=None,
        )  # fmt: skip


def test_the_watch_puts_a_break_up_on_the_board() -> None:
    made = sky()
    board = watch(made.picture(assets=ASSETS, days_ahead=1.0), detectors=(BreakupDetector(),))
    kinds = [type(f).__name__ for f in board.findings]
    assert kinds.count("Breakup") == 2
    assert {run.problem for run in board.runs} == {""}
    assert board.incidents
    page = watch_page(board, Language.EN, command="hoshimori watch")
    assert "Gabbard" in page
