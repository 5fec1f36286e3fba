"""`hoshimori geolocate` as its users meet it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from tests.cli.in_process import completed_text
from tests.made_signals import TWO_LEO

FILES = ("case.toml", "measured.csv", "--ephemerides", "A.oem", "--ephemerides", "B.oem")

pytestmark = pytest.mark.xdist_group("cli-geolocate")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("geolocate")
    TWO_LEO.write(made)
    return made


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA")}
    environment = os.environ | own | {"COLUMNS": "160", "NO_COLOR": "1"}
    return completed_text(folder, ("geolocate", *arguments), environment)


def test_json_is_one_document_and_files_are_written(folder: Path) -> None:
    asked = ("--report", "page.html", "--geojson", "area.geojson", "--form", "form.txt")
    done = run(folder, *FILES, *asked, "--marking", "TLP:AMBER", "--json")
    assert done.returncode == 0, done.stderr
    (area,) = json.loads(done.stdout)["areas"]
    assert area["latitude_deg"] == pytest.approx(34.0, abs=1e-3)
    assert "TLP:AMBER" in (folder / "form.txt").read_text()
    shapes = json.loads((folder / "area.geojson").read_text())
    assert shapes["features"][0]["properties"]["marking"].startswith("TLP:AMBER")
    assert "<svg" in (folder / "page.html").read_text()


def test_the_table_tells_size_and_limits_in_either_language(folder: Path) -> None:
    told = run(folder, *FILES, "--longest-km", "0.1")
    assert "(95 %) around" in told.stdout
    assert "longer than 0.1 km" in told.stdout
    japanese = run(folder, *FILES, "--language", "ja")
    assert "区域とは" in japanese.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "nothing to read: name a case"),
        ((*FILES, "--height-m", "90000"), "--height-m 90000: expected -500 to 20000"),
        ((*FILES, "--tdoa-sigma-s", "nan"), "--tdoa-sigma-s nan: expected"),
        (("case.toml", "measured.csv"), "nothing tells where it was; give its element sets"),
        (("A.oem",), "no measurement could be read: name a TDM or CSV"),
        ((*FILES, "--form", "no/such/folder.txt"), "--form no/such/folder.txt"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run(folder, *arguments)
    assert done.returncode == 2
    assert message in done.stderr.replace("\n", " ")


def test_an_exercise_leaves_only_where_it_is_asked_for(folder: Path) -> None:
    case = (folder / "case.toml").read_text().replace('"SIMULATED"', '"EXERCISE"')
    (folder / "exercise.toml").write_text(case)
    files = ("exercise.toml", *FILES[1:])
    for option in ("--form", "--geojson"):
        refused = run(folder, *files, option, "exercise.txt")
        assert refused.returncode == 2
        assert "exercise" in refused.stderr
        assert not (folder / "exercise.txt").exists()
    shown = run(folder, *files, "--json", "--report", "exercise.html")
    assert '"EXERCISE"' in shown.stdout
    assert "EXERCISE" in (folder / "exercise.html").read_text()
    done = run(folder, *files, "--form", "exercise.txt", "--exercise")
    assert done.returncode == 0
    assert (folder / "exercise.txt").read_text().startswith("EXERCISE\n")
