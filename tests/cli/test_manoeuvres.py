"""`hoshimori manoeuvres` as its users meet it: arguments, two streams, a status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.cli.in_process import completed_text

from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.workflows.skies import made_sky

PROGRAM = Path(sys.executable).with_name("hoshimori")
AS_OF = np.datetime64("2026-11-01T00:00:00", "us")

pytestmark = pytest.mark.xdist_group("cli-manoeuvres")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("cli")
    rows = made_sky(seed=1, objects=300, as_of_utc=AS_OF).parts[0]
    (made / "made.csv").write_bytes(write_omm_csv(rows))
    return made


def environment(folder: Path) -> dict[str, str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA")}
    return os.environ | own | {"COLUMNS": "160", "NO_COLOR": "1"}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return completed_text(folder, ("manoeuvres", *arguments), environment(folder))


def run_process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, "manoeuvres", *arguments], cwd=folder, env=environment(folder),
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_planted_burns_are_told_in_json_and_nothing_else_is_on_stdout(folder: Path) -> None:
    done = run_process(folder, "--history", "made.csv", "--json", "--output", "burns.parquet")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["reality"] == "SIMULATED"
    # The sky has two clear ones: SIM SHADOW closed in, SIM RADAR 1 raised its orbit.
    named = {m["object_name"] for m in document["manoeuvres"]}
    assert {"SIM SHADOW", "SIM RADAR 1"} <= named
    table = pq.read_table(folder / "burns.parquet")
    assert table["norad_id"].to_pylist() == [m["norad_id"] for m in document["manoeuvres"]]
    assert "written: burns.parquet" in done.stderr


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("SIMULATED", "Velocity change", "What could be seen")), ("ja", ("速度増分", "下限"))],
)
def test_the_table_speaks_both_languages(
    folder: Path, language: str, words: tuple[str, ...]
) -> None:
    done = run(folder, "--history", "made.csv", "--language", language)
    assert done.returncode == 0, done.stderr
    for word in words:
        assert word in done.stdout


def test_objects_can_be_chosen(folder: Path) -> None:
    every = json.loads(run(folder, "--history", "made.csv", "--json").stdout)
    one = every["manoeuvres"][0]["norad_id"]
    done = run(folder, "--history", "made.csv", "--objects", str(one), "--json")
    assert {o["norad_id"] for o in json.loads(done.stdout)["objects"]} == {one}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--history", "absent.csv"), "absent.csv"),
        (("--history", "made.csv", "--objects", "999999"), "no element set"),
        (("--history", "made.csv", "--since", "yesterday"), "not a moment"),
        (("--history", "made.csv", "--output", "none/x.parquet"), "no folder"),
    ],
)
def test_wrong_input_is_one_line_and_status_2(
    folder: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = run(folder, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
