"""`assess`, `brief`, `release` and `verify` as their users meet them, on a made sky."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.cli.in_process import completed_text

from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.workflows.skies import made_sky

PROGRAM = Path(sys.executable).with_name("hoshimori")
AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
SKY = ("--catalogue", "made.csv", "--assets", "800000001", "--days", "2", "--reports", "said.toml")
REPORT = """
[[report]]
statement = "no_answer"
objects = [800000001, 800000002]
start_utc = 2026-10-30T00:00:00Z
known_utc = 2026-10-31T00:00:00Z
source = "operator of the asset"
grade = "A2"
reality = "{reality}"
text = "Asked in October, no answer."
marking = "TLP:AMBER//REL TO JPN"
"""
NEVER = r"armed attack|Article V|culprit|武力攻撃|第五条"

pytestmark = pytest.mark.xdist_group("cli-dossiers")


def environment(folder: Path) -> dict[str, str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA")}
    return os.environ | own | {"NO_COLOR": "1"}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return completed_text(folder, arguments, environment(folder))


def run_process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env=environment(folder),
        stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False,
        encoding="utf-8",
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sky and a report, a key that partners know, and a signed dossier with its release."""
    made = tmp_path_factory.mktemp("assessments")
    rows = made_sky(seed=1, objects=300, as_of_utc=AS_OF).parts[0]
    (made / "made.csv").write_bytes(write_omm_csv(rows))
    (made / "said.toml").write_text(REPORT.format(reality=rows.reality.name), encoding="utf-8")
    key = run(made, "keys", "new", "jpn.key", "--organisation", "JPN-MOD")
    (made / "trust.toml").write_text(key.stdout, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def brief(folder: Path) -> dict[str, Any]:
    asked = ("--about", "800000001,800000002", "--key", "jpn.key", "--release-to", "jpn,usa")
    done = run_process(folder, "brief", *SKY, *asked, "--json")
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_all_ten_explanations_are_told_in_words(folder: Path) -> None:
    done = run(folder, "assess", "--about", "800000001", *SKY, "--all")
    assert done.returncode == 0, done.stderr
    assert "Explanations side by side" in done.stdout
    assert "hostile act, irreversible" in done.stdout
    assert "I12" in done.stdout
    assert "TLP:AMBER//REL TO JPN" in done.stdout
    assert not re.search(NEVER, done.stdout, re.I)


def test_the_same_in_japanese(folder: Path) -> None:
    done = run(folder, "assess", "--about", "800000001", *SKY, "--language", "ja")
    assert done.returncode == 0, done.stderr
    assert "説明" in done.stdout
    assert not re.search(NEVER, done.stdout)


def test_an_assessment_is_one_json_document(folder: Path) -> None:
    done = run(folder, "assess", "--about", "800000001", *SKY, "--json")
    document = json.loads(done.stdout)
    assert len(document["explanations"]) == 10
    assert [f["factor"] for f in document["factors"]] == [f"F{n}" for n in range(1, 18)]
    assert document["marking"]["releasable_to"] == ["JPN"]


def test_a_dossier_is_written_with_its_papers_and_its_release(
    folder: Path, brief: dict[str, Any]
) -> None:
    assert brief["incident_id"].startswith("INC-")
    assert {"dossier.zip", "dossier.en.pdf", "dossier.ja.pdf", "dossier-JPN-USA.zip"} == set(
        brief["files"]
    )
    assert all((folder / name).stat().st_size > 1_000 for name in brief["files"])
    assert brief["release"]["withheld"] == 1
    assert {"conclusion", "about", "before", "after"} == set(brief["release"]["changes"][0])


@pytest.mark.usefixtures("brief")
def test_a_partner_verifies_and_computes_it_again(folder: Path) -> None:
    asked = ("--trust", "trust.toml", "--fail-on", "signatures", "--json")
    done = run_process(folder, "verify", "dossier.zip", *asked)
    assert done.returncode == 0, done.stdout + done.stderr
    document = json.loads(done.stdout)
    assert (document["intact"], document["policy_met"], document["reproduced"]) == (True,) * 3
    told = run(folder, "verify", "dossier-JPN-USA.zip", "--trust", "trust.toml")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "findings came out the same" in told.stdout


@pytest.mark.usefixtures("brief")
def test_a_changed_file_is_status_2_and_is_not_computed(folder: Path) -> None:
    data = bytearray((folder / "dossier.zip").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "changed.zip").write_bytes(data)
    done = run(folder, "verify", "changed.zip", "--trust", "trust.toml", "--json")
    assert done.returncode == 2
    document = json.loads(done.stdout)
    assert (document["intact"], document["reproduced"]) == (False, None)


@pytest.mark.usefixtures("brief")
def test_a_release_can_be_made_later(folder: Path) -> None:
    asked = ("--to", "USA", "--output", "usa.zip", "--key", "jpn.key")
    done = run(folder, "release", "dossier.zip", *asked, "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["withheld"] == 1
    assert b"Asked in October" in (folder / "dossier.zip").read_bytes()
    assert b"Asked in October" not in (folder / "usa.zip").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("assess", "INC-0000000000", *SKY), "no incident fits INC-0000000000"),
        (("assess", "--about", "two", *SKY), "--about two: expected catalogue numbers"),
        (("assess", "--catalogue", "gone.csv"), "gone.csv"),
        (("brief", *SKY, "--key", "gone.key"), "gone.key"),
        (("brief", *SKY, "--space-weather", "gone.csv"), "gone.csv"),
        (("release", "said.toml", "--to", "JPN", "--output", "x.zip"), "said.toml"),
        (("release", "gone.zip", "--to", "JPN", "--output", "x.zip"), "gone.zip"),
        (("verify", "gone.zip"), "gone.zip"),
    ],
)
def test_a_mistake_is_one_line_and_status_2(
    folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run(folder, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    told = [line for line in done.stderr.splitlines() if line.startswith("hoshimori: ")]
    assert len([line for line in told if said in line and "watched" not in line]) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("brief")
def test_partners_are_codes(folder: Path) -> None:
    done = run(folder, "release", "dossier.zip", "--to", ", ", "--output", "x.zip")
    assert done.returncode == 2
    assert "expected codes of partners" in done.stderr
    assert not (folder / "x.zip").exists()
