"""`hoshimori export` as its users meet it: the whole door on a made sky."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.cli.in_process import completed

from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.formats.integrity import write_integrity
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.workflows.skies import made_sky

PROGRAM = Path(sys.executable).with_name("hoshimori")
AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
SKY = ("--catalogue", "made.csv", "--assets", "800000001", "--days", "2")

pytestmark = pytest.mark.xdist_group("cli-dossiers")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("export")
    rows = made_sky(seed=1, objects=300, as_of_utc=AS_OF).parts[0]
    (made / "made.csv").write_bytes(write_omm_csv(rows))
    return made


def environment(folder: Path) -> dict[str, str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA")}
    return os.environ | own | {"NO_COLOR": "1"}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return completed(folder, arguments, environment(folder))


def run_process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env=environment(folder),
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def incident(folder: Path) -> dict[str, Any]:
    done = run(folder, "watch", *SKY, "--json")
    assert done.returncode == 0, done.stderr
    first: dict[str, Any] = json.loads(done.stdout)["incidents"][0]
    return first


def test_an_incident_is_written_to_a_file_and_to_stdout(
    folder: Path, incident: dict[str, Any]
) -> None:
    marked = ("--marking", "TLP:GREEN//REL TO JPN, USA")
    name = incident["incident_id"]
    done = run(folder, "export", name, "--as", "czml", *SKY, *marked, "--output", "out.czml")
    assert done.returncode == 0, done.stderr
    assert done.stdout == b""
    assert b"czml written to out.czml" in done.stderr
    packets = json.loads((folder / "out.czml").read_bytes())
    assert packets[0]["properties"]["marking"] == {
        "string": "TLP:AMBER//REL TO USA, JPN//NOT FOR CLASSIFIED DATA"
    }  # files are TLP:AMBER by default, and what is asked for cannot make that laxer
    told = run_process(folder, "export", name, "--as", "notso", *SKY, "--language", "ja")
    assert told.returncode == 0, told.stderr
    assert name in told.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("INC-nothing", "--as", "stix"), b"no incident fits INC-nothing"),
        (("INC-nothing", "--as", "kml"), b"kml"),
        (("INC-nothing", "--as", "stix", "--marking", "SECRET"), b"expected a marking"),
    ],
)
def test_a_mistake_is_told_with_status_2(
    folder: Path, arguments: tuple[str, ...], said: bytes
) -> None:
    done = run(folder, "export", *arguments, *SKY)
    assert done.returncode == 2
    assert said in done.stderr
    assert b"Traceback" not in done.stderr


def test_what_a_form_cannot_carry_is_told(folder: Path, incident: dict[str, Any]) -> None:
    done = run(folder, "export", incident["incident_id"], "--as", "appendix10", *SKY)
    assert done.returncode == 2
    assert b"no interference in this incident" in done.stderr


@pytest.fixture(scope="module")
def dossier(folder: Path, incident: dict[str, Any]) -> str:
    done = run(folder, "brief", incident["incident_id"], *SKY, "--output", "dossier.zip")
    assert done.returncode == 0, done.stderr
    return "dossier.zip"


def test_an_incident_leaves_from_a_dossier_without_its_sky(
    folder: Path, incident: dict[str, Any], dossier: str
) -> None:
    done = run(folder, "export", "--dossier", dossier, "--as", "notso")
    assert done.returncode == 0, done.stderr
    told = done.stdout.decode("utf-8")
    assert incident["incident_id"] in told
    assert "Best benign explanation" in told
    assert told.startswith("TLP:AMBER · SIMULATED")
    assert b"verify" not in done.stderr
    both = run(folder, "export", "--dossier", dossier, "--as", "notso", *SKY)
    assert both.returncode == 2
    assert b"--dossier encloses its facts" in both.stderr
    other = run(folder, "export", "INC-nothing", "--dossier", dossier, "--as", "notso")
    assert other.returncode == 2
    assert incident["incident_id"].encode() in other.stderr


def test_a_dossier_with_a_changed_byte_is_refused(folder: Path, dossier: str) -> None:
    data = bytearray((folder / dossier).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "changed.zip").write_bytes(data)
    done = run(folder, "export", "--dossier", "changed.zip", "--as", "stix")
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


def test_an_assessed_notice_begins_with_the_best_benign_explanation(
    folder: Path, incident: dict[str, Any]
) -> None:
    asked = ("export", incident["incident_id"], "--as", "notso", *SKY)
    assessed = run(folder, *asked, "--assess")
    assert assessed.returncode == 0, assessed.stderr
    assert b"Best benign explanation" in assessed.stdout
    measured = run(folder, *asked)
    assert b"Not assessed" in measured.stdout
    alone = run(folder, *asked, "--space-weather", "made.csv")
    assert alone.returncode == 2
    assert b"--assess" in alone.stderr


def test_maps_alone_give_an_incident_of_the_ground(folder: Path) -> None:
    planted = PlantedDisturbance(34.3, 135.9, 110.0, first_day=22, last_day=24, share=0.4)
    air = MadeAir(rings=14, planted=(planted,))
    cells = disturbed_air(air, np.random.Generator(np.random.PCG64(4)))
    (folder / "integrity.parquet").write_bytes(write_integrity(cells))
    maps = ("--integrity", "integrity.parquet")
    done = run(folder, "export", "--as", "appendix10", *maps)
    assert done.returncode == 0, done.stderr
    assert b"REPORT OF HARMFUL INTERFERENCE" in done.stdout
