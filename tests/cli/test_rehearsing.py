"""`hoshimori rehearse run`, `score` and `debrief` as their users meet them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.in_process import completed_text
from tests.slices import whole_only

from hoshimori.formats.scenarios import write_scenario
from hoshimori.workflows.exercise_library import FOLDER, script_named

PROGRAM = Path(sys.executable).with_name("hoshimori")
FAST = ("--objects", "400", "--every", "48", "--seed", "7")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA", "CACHE")}
    environment = dict(os.environ) | own | {"COLUMNS": "140", "NO_COLOR": "1"}
    return completed_text(folder, ("rehearse", *arguments), environment)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """One of the library that anybody can play, on any sky."""
    text = (FOLDER / "ground-intrusion.toml").read_text(encoding="utf-8")
    path = tmp_path / "anybody.toml"
    lines = [line for line in text.splitlines() if not line.startswith(("belt_deg", "inclination"))]
    path.write_text("\n".join(lines).replace("[part.choice]", "[part.choice]\nkind = \"payload\""),
                    encoding="utf-8")  # fmt: skip
    return path


def test_a_script_is_played_kept_scored_again_and_told(tmp_path: Path, script: Path) -> None:
    done = run(tmp_path, "run", script.name, *FAST, "--output", "kept", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    (rehearsal,) = told["rehearsals"]
    assert (told["reality"], told["problems"]) == ("EXERCISE", [])
    assert told["marking"] == rehearsal["marking"] == "TLP:CLEAR"
    assert {event["verdict"] for event in rehearsal["score"]["events"]} == {"found"}
    assert sorted(p.name for p in (tmp_path / "kept").iterdir()) == [
        "rehearsal.json", "scenario.toml", "score.json",
    ]  # fmt: skip
    assert (tmp_path / "kept" / "scenario.toml").read_bytes() == write_scenario(
        script_named(str(script))
    )
    again = json.loads(run(tmp_path, "score", "kept", "--json").stdout)
    assert again == rehearsal
    shown = run(tmp_path, "score", "kept", "--language", "ja")
    assert "：結果" in shown.stdout
    assert "EXERCISE" in shown.stdout
    assert "TLP:CLEAR" in shown.stdout
    page = run(tmp_path, "debrief", "kept", "--format", "html", "--output", "page.html")
    assert (page.returncode, page.stdout) == (0, "page.html\n")
    assert "EXERCISE" in (tmp_path / "page.html").read_text(encoding="utf-8")
    run(tmp_path, "debrief", "kept", "--output", "paper.pdf")
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")


@whole_only
def test_another_process_with_other_threads_and_hashes_gives_the_same_bytes(
    tmp_path: Path,
) -> None:
    """A slice of `benchmarks/accuracy_repeats.py`, which plays the whole library so."""
    slow = ("re-entry", "--objects", "400", "--every", "96", "--seed", "7")
    for hashes, threads in (("1", "1"), ("2", "2")):
        apart = {"PYTHONHASHSEED": hashes, "NUMBA_NUM_THREADS": threads}
        done = subprocess.run(
            [PROGRAM, "rehearse", "run", *slow, "--output", hashes],
            cwd=tmp_path,
            env={**os.environ, **apart, "TZ": "UTC" if hashes == "1" else "Asia/Tokyo"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    files = sorted((tmp_path / "1").iterdir())
    assert len(files) == 3
    for one in files:
        assert one.read_bytes() == (tmp_path / "2" / one.name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run",), "name a script, or --all"),
        (("run", "quiet-week", "--all"), "name scripts, or ask for --all of them"),
        (("run", "no-such-script"), "neither a script of the library nor a file"),
        (("run", "quiet-week", "--synthetic", "--store", "x"), "choose one of --synthetic"),
        (("run", "quiet-week", "--objects", "5"), "needs 100 or more"),
        (("score", "nowhere"), "`hoshimori rehearse run --output` makes it"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""
