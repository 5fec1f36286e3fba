"""One report on proximity: what is coming and what histories show, each with its base rate."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hoshimori.cli.proximity import ProximityArguments, run_proximity
from hoshimori.dossier.language import Language
from hoshimori.dossier.proximity_wording import is_known, proximity_row, separation_row
from hoshimori.exercise.belt_years import (
    CLIENT,
    HOLDERS,
    SERVICER,
    START_UTC,
    VISITOR,
    Life,
    belt_lives,
)
from hoshimori.formats.parquet import write_parquet
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import (
    CompanyKind,
    Proximity,
    ProximityMotion,
    Separation,
)
from hoshimori.model.proximity_report import ProximityReport
from hoshimori.workflows.proximity import proximity
from hoshimori.workflows.skies import Sky


@pytest.fixture(scope="module")
def report(years_of_belt: Callable[[float], ElementSets]) -> ProximityReport:
    sky = Sky((years_of_belt(6.0),), "made years")
    assets = (Asset(CLIENT), Asset(HOLDERS[2]))
    return proximity(sky.picture(assets=assets, days_ahead=3.0))


def of_history(report: ProximityReport) -> list[Proximity]:
    return [f for f in report.findings if isinstance(f, Proximity) and f.company is not None]


def test_no_detector_fails_and_every_finding_has_its_base_rate(report: ProximityReport) -> None:
    assert [run.problem for run in report.runs] == [""] * 6
    assert report.findings
    assert all(f.base_rate.compared > 0 for f in report.findings)


def test_the_servicer_is_found_now_and_in_the_history_and_is_a_known_kind(
    report: ProximityReport,
) -> None:
    mine = [f for f in report.findings if set(f.objects) == {CLIENT, SERVICER}]
    assert {getattr(f, "company", None) is None for f in mine} == {True, False}
    assert all(is_known(f) for f in mine)


def test_visits_of_the_past_are_told_with_their_number(report: ProximityReport) -> None:
    mine = [f for f in of_history(report) if VISITOR in f.objects]
    visits = [f for f in mine if f.motion is ProximityMotion.STAY]
    assert [f.company.visit for f in visits if f.company] == [1, 2]
    told = proximity_row(visits[1], report, Language.EN)
    assert told.what.startswith("SIM VISITOR (90001) beside SIM HOLDER 3 (90004): visit, 2. of 2")
    assert not is_known(visits[1])
    assert visits[1].company is not None
    assert visits[1].company.kind is CompanyKind.VISIT


def test_who_passes_an_asset_is_told_as_a_fly_by_and_who_leaves_one_is_not(
    report: ProximityReport,
) -> None:
    assert not [f for f in of_history(report) if f.motion is ProximityMotion.FLY_BY]
    home = Life(50_001, "SIM HOME", "2010-001A", ((0.0, 60.0), (60.0, 60.0)))
    drifter = Life(50_002, "SIM DRIFTER", "1990-001A", ((0.0, 55.0), (60.0, 67.0)))
    sky = Sky((belt_lives([home, drifter], START_UTC, 60.0, every_days=2.0),), "made")
    told = proximity(sky.picture(assets=(Asset(50_001),), days_ahead=1.0))
    (passed,) = (f for f in of_history(told) if f.motion is ProximityMotion.FLY_BY)
    row = proximity_row(passed, told, Language.EN)
    assert row.what.startswith("SIM DRIFTER (50002) flew by SIM HOME (50001), drifting 1")
    assert row.what.endswith(" km a day: free object; by nature")


@pytest.mark.parametrize("columns", ["80", "170"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_door_prints_tables_and_json(
    years_of_belt: Callable[[float], ElementSets],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    columns: str,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    path = tmp_path / "years.parquet"
    path.write_bytes(write_parquet(years_of_belt(30.0)))
    arguments = ProximityArguments((path,), f"{CLIENT},{HOLDERS[2]}", "", 2.0, language, None, None)
    assert run_proximity(arguments, as_json=False, everything=True) == 0
    assert "VISITOR" in capsys.readouterr().out
    assert run_proximity(arguments, as_json=True, everything=False) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["reality"] == "SIMULATED"
    found = told["findings"][-1]
    assert found["kind"] == "proximity"
    assert {"range_km", "dwell_h", "plane_angle_deg", "base_rate", "company"} <= found.keys()


def test_what_parted_from_an_asset_is_a_finding_with_a_row_of_its_own() -> None:
    mother = Life(50_001, "SIM MOTHER", "2018-701A", ((0.0, 60.0), (200.0, 60.0)))
    child = Life(50_900, "SIM CHILD", "2018-701C", ((100.0, 60.05), (200.0, 60.05)), tilt_deg=0.04)
    sky = Sky((belt_lives([mother, child], START_UTC, 200.0, every_days=10.0),), "made")
    told = proximity(sky.picture(assets=(Asset(50_001),), days_ahead=1.0))
    (parted,) = (f for f in told.findings if isinstance(f, Separation))
    assert parted.objects == (50_001, 50_900)
    assert not is_known(parted)
    row = separation_row(parted, told.names, Language.EN)
    assert (row.new, row.candidates) == ("SIM CHILD (50900)", "SIM MOTHER (50001) 100 %")
    unconcerned = proximity(sky.picture(assets=(Asset(999),), days_ahead=1.0))
    assert not any(isinstance(f, Separation) for f in unconcerned.findings)
