"""`hoshimori rehearse sweep` as its users meet it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from tests.cli.in_process import completed_text
from tests.slices import whole_only

FAST = ("--synthetic", "--seed", "7", "--objects", "400", "--number", "14", "--only", "loss",
        "--workers", "1", "--controls", "1")  # fmt: skip


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA", "CACHE")}
    environment = dict(os.environ) | own | {"COLUMNS": "140", "NO_COLOR": "1"}
    return completed_text(folder, ("rehearse", "sweep", *arguments), environment)


@whole_only
def test_a_sweep_is_told_kept_and_goes_on(tmp_path: Path) -> None:
    done = run(tmp_path, *FAST, "--output", "rows.jsonl", "--table", "curves.csv", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["reality"] == "EXERCISE"
    assert told["sweep"]["rows"] == 14
    assert {curve["kind"] for curve in told["sweep"]["curves"]} <= {"loss"}
    assert len((tmp_path / "rows.jsonl").read_text("utf-8").splitlines()) == 16
    assert (tmp_path / "curves.csv").read_bytes().startswith(b"reality,kind,")
    more = ("--report", "page.html", "--language", "ja")
    again = run(tmp_path, *FAST, "--output", "rows.jsonl", *more)
    assert again.returncode == 0, again.stderr
    assert "抽選14件" in again.stdout
    assert "EXERCISE" in again.stdout
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "検出率試験" in page
    assert "--report page.html" in page


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--only", "wish"), "expected one of burn"),
        (("--number", "0"), "--number 0: expected 1 or more"),
        (("--workers", "0"), "--workers 0: expected 1 or more"),
        (("--workers", "2", "--ray", "ray"), "choose one of --workers and --ray"),
        (("--synthetic", "--store", "there"), "choose one of"),
    ],
)
def test_what_cannot_be_swept_is_told(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
