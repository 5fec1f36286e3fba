"""`hoshimori explain` as its users meet it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from tests.cli.in_process import completed_text

from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.candidate_causes import CandidateKind
from hoshimori.workflows.skies import made_sky

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")

pytestmark = pytest.mark.xdist_group("explain")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("explain")
    rows = made_sky(seed=1, objects=300, as_of_utc=AS_OF).parts[0].newest()
    (made / "made.csv").write_bytes(write_omm_csv(rows))
    (made / "id.txt").write_text(str(rows.norad_id[0]))
    return made


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA")}
    environment = os.environ | own | {"COLUMNS": "160", "NO_COLOR": "1"}
    asked = ("explain", "--catalogue", "made.csv", *arguments)
    return completed_text(folder, asked, environment)


def asked(folder: Path) -> tuple[str, ...]:
    return (
        "--asset",
        (folder / "id.txt").read_text(),
        "--at",
        "2026-11-01T06:00Z",
        "--draws",
        "49",
    )


def test_json_is_one_document_with_every_candidate(folder: Path) -> None:
    done = run(folder, *asked(folder), "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    told = {one["kind"] for one in document["candidates"]}
    assert len(told) == len(CandidateKind)
    assert document["reality"] == "SIMULATED"
    # Nobody said as of when: whoever asks stands after the moment.
    assert document["as_of_utc"] >= document["at_utc"]
    ranked = [one["chance"] for one in document["candidates"] if one["chance"]]
    assert all(0.0 < chance["p_value"] <= 1.0 and chance["drawn"] <= 49 for chance in ranked)


def test_the_table_and_the_page_in_both_languages(folder: Path) -> None:
    done = run(folder, *asked(folder), "--report", "page.html")
    assert done.returncode == 0, done.stderr
    assert "causes looked at" in done.stdout
    assert "SIMULATED" in done.stdout
    assert "Radiation belt" in (folder / "page.html").read_text(encoding="utf-8")
    japanese = run(folder, *asked(folder), "--language", "ja")
    assert "原因候補" in japanese.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--asset", "abc", "--at", "2026-11-01"), "--asset abc"),
        (("--asset", "5", "--at", "then"), "not a moment"),
        (("--asset", "5", "--at", "2026-11-01"), "no element set of 5"),
        (("--asset", "5", "--at", "2026-11-01", "--station", "x"), "--station x"),
    ],
)
def test_what_cannot_be_understood_is_told_in_one_line(
    folder: Path, arguments: tuple[str, ...], expected: str
) -> None:
    done = run(folder, *arguments)
    assert done.returncode == 2
    assert expected in done.stderr
    assert not done.stdout
