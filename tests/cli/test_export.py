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

from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.workflows.skies import made_sky

PROGRAM = Path(sys.executable).with_name("hoshimori")
AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
SKY = ("--catalogue", "made.csv", "--assets", "800000001", "--days", "2")

pytestmark = pytest.mark.xdist_group("cli")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("export")
    rows = made_sky(seed=1, objects=300, as_of_utc=AS_OF).parts[0]
    (made / "made.csv").write_bytes(write_omm_csv(rows))
    return made


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA")}
    return subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env=os.environ | own | {"NO_COLOR": "1"},
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
    told = run(folder, "export", name, "--as", "notso", *SKY, "--language", "ja")
    assert told.returncode == 0, told.stderr
    assert name in told.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("INC-nothing", "--as", "stix"), b"no incident 'INC-nothing'"),
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
