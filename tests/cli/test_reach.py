"""`hoshimori reach` as its users meet it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.cli.in_process import completed_text

from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.workflows.skies import made_sky

PROGRAM = Path(sys.executable).with_name("hoshimori")
AS_OF = np.datetime64("2026-11-01T00:00:00", "us")

pytestmark = pytest.mark.xdist_group("cli-reach")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reach")
    rows = made_sky(seed=1, objects=300, as_of_utc=AS_OF).parts[0]
    (made / "made.csv").write_bytes(write_omm_csv(rows))
    (made / "ids.txt").write_text(",".join(map(str, rows.newest().norad_id[:2])))
    return made


def environment(folder: Path) -> dict[str, str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA")}
    return os.environ | own | {"COLUMNS": "160", "NO_COLOR": "1"}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    asked = ("reach", "--catalogue", "made.csv", *arguments)
    return completed_text(folder, asked, environment(folder))


def run_process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, "reach", "--catalogue", "made.csv", *arguments], cwd=folder,
        env=environment(folder), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_json_is_one_document_with_what_was_asked(folder: Path) -> None:
    ids = (folder / "ids.txt").read_text()
    asked = ("--assets", ids, "--within-km", "20", "--days", "10", "--delta-v-m-s", "80")
    done = run(folder, *asked, "--list", "3", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert (document["within_km"], document["horizon_days"]) == (20.0, 10.0)
    assert document["delta_v_m_s"] == [80.0]
    assert {a["norad_id"] for a in document["assets"]} == set(map(int, ids.split(",")))
    assert all(len(a["reachers"]) <= 3 for a in document["assets"])


def test_the_screen_shows_bounds_and_errors_are_one_line(folder: Path) -> None:
    ids = (folder / "ids.txt").read_text()
    done = run_process(folder, "--assets", ids)
    assert done.returncode == 0, done.stderr
    assert "at the very earliest" in done.stdout
    wrong = run(folder, "--assets", ids, "--days", "1000")
    assert wrong.returncode == 2
    assert wrong.stderr.strip() == (
        "hoshimori: --days 1000: expected more than 0 and at most 365 days"
    )
