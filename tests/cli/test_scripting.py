"""`hoshimori rehearse list`, `show`, `new`, `check` and `schema` as their users meet them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest
from tests.cli.in_process import completed_text

from hoshimori.workflows.exercise_library import FOLDER, TEMPLATE

PROGRAM = Path(sys.executable).with_name("hoshimori")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA", "CACHE")}
    environment = dict(os.environ) | own | {"COLUMNS": "140", "NO_COLOR": "1"}
    return completed_text(folder, ("rehearse", *arguments), environment)


def test_a_new_script_is_sound_and_never_written_over_another(tmp_path: Path) -> None:
    own = dict(os.environ) | {"XDG_CONFIG_HOME": str(tmp_path), "COLUMNS": "140"}
    made = subprocess.run(
        [PROGRAM, "rehearse", "new", "mine.toml"], cwd=tmp_path, env=own, capture_output=True
    )
    assert (made.returncode, made.stdout) == (0, b"")
    assert (tmp_path / "mine.toml").read_bytes() == TEMPLATE.read_bytes()
    done = run(tmp_path, "check", "mine.toml")
    assert done.returncode == 0
    assert done.stdout == "mine.toml: sound (A visitor in a low orbit)\n"
    again = run(tmp_path, "new", "mine.toml")
    assert again.returncode == 2
    assert "mine.toml is there already: name a new file" in again.stderr
    nowhere = run(tmp_path, "new", "no/such/folder.toml")
    assert nowhere.returncode == 2
    assert "No such file or directory" in nowhere.stderr


def test_a_check_tells_all_mistakes_of_all_files(tmp_path: Path) -> None:
    sound = TEMPLATE.read_text(encoding="utf-8")
    (tmp_path / "good.toml").write_text(sound, encoding="utf-8")
    bad = sound.replace("length_h = 96", "length_h = -1").replace("range_km = 40", "rnge_km = 40")
    (tmp_path / "bad.toml").write_text(bad, encoding="utf-8")
    done = run(tmp_path, "check", "good.toml", "bad.toml", "none.toml")
    assert done.returncode == 2
    assert done.stdout.splitlines() == [
        "good.toml: sound (A visitor in a low orbit)",
        "bad.toml:34:pace.length_h: -1: expected hours, above 0 to 8,760",
        "bad.toml:76:inject[1].range_km: is missing: how near, in kilometres",
        "bad.toml:84:inject[1].rnge_km: unknown key; did you mean range_km?",
        "bad.toml: 3 mistakes",
        "none.toml: cannot be read: No such file or directory",
        "none.toml: 1 mistake",
    ]
    told = json.loads(run(tmp_path, "check", "good.toml", "bad.toml", "--json").stdout)["files"]
    sound_value = {"file": "good.toml", "scenario_id": "my-exercise", "mistakes": [], "hints": []}
    assert told[0] == sound_value
    assert told[1]["scenario_id"] is None
    assert told[1]["mistakes"][0] == {
        "line": 34,
        "field": "pace.length_h",
        "problem": "-1: expected hours, above 0 to 8,760",
    }
    japanese = run(tmp_path, "check", "bad.toml", "--language", "ja")
    assert japanese.stdout.endswith("bad.toml：誤り3件\n")


def test_a_check_hints_at_what_is_sound_and_probably_not_meant(tmp_path: Path) -> None:
    sound = TEMPLATE.read_text(encoding="utf-8")
    given_away = sound.replace("an observation satellite in a low orbit", "the visitor")
    (tmp_path / "odd.toml").write_text(given_away, encoding="utf-8")
    done = run(tmp_path, "check", "odd.toml")
    assert done.returncode == 0
    told = "names the part visitor: cells may read this before play"
    assert done.stdout.splitlines() == [
        f"odd.toml:22:read_ahead.en: hint: {told}",
        "odd.toml: sound (A visitor in a low orbit)",
    ]
    (file,) = json.loads(run(tmp_path, "check", "odd.toml", "--json").stdout)["files"]
    assert file["hints"] == [{"line": 22, "field": "read_ahead.en", "hint": told}]


def test_the_library_is_listed_in_both_languages(tmp_path: Path) -> None:
    scripts = json.loads(run(tmp_path, "list", "--json").stdout)["scenarios"]
    assert [one["scenario_id"] for one in scripts] == sorted(p.stem for p in FOLDER.glob("*.toml"))
    for language in ("en", "ja"):
        shown = run(tmp_path, "list", "--language", language)
        assert shown.returncode == 0
        assert f"{len(scripts)}" in shown.stdout.splitlines()[0]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_script_of_the_library_can_be_shown(tmp_path: Path, language: str) -> None:
    for path in FOLDER.glob("*.toml"):
        shown = run(tmp_path, "show", path.stem, "--language", language)
        assert shown.returncode == 0
        assert shown.stdout.startswith(f"{path.stem}: ")


def test_a_script_is_shown_whole_and_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    shown = run(tmp_path, "show", str(TEMPLATE))
    for told in (
        "  Holds the answers: not for those who take part.",
        "  observer: a payload, 450 to 750 km high, inclined 97° to 99°, watched over",
        "  12 h  comes: approach, visitor, observer",
        "  comes: Proximity, Manoeuvre within 36 h, filed under RPO-UNCONSENTED, SHADOW-COPLANAR",
        "    right: 2",
    ):
        assert told in shown.stdout.splitlines()
    whole = json.loads(run(tmp_path, "show", str(TEMPLATE), "--json").stdout)
    assert whole["injects"][0]["how"] == "shadow"
    missing = run(tmp_path, "show", "no-such-script")
    assert missing.returncode == 2
    assert "neither a script of the library nor a file" in missing.stderr
    (tmp_path / "bad.toml").write_text("seed = 1\n", encoding="utf-8")
    bad = run(tmp_path, "show", "bad.toml")
    assert bad.returncode == 2
    assert "bad.toml:1:id: is missing" in bad.stderr


def test_the_schema_is_one_that_editors_can_use(tmp_path: Path) -> None:
    schema = json.loads(run(tmp_path, "schema").stdout)
    jsonschema_rs.validator_for(schema)
    assert schema["properties"]["seed"]["description"]
