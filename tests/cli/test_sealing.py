"""`hoshimori keys`, `sign` and `verify` as their users meet them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import completed_text

PROGRAM = Path(sys.executable).with_name("hoshimori")

pytestmark = pytest.mark.xdist_group("cli-sealing")


def environment(folder: Path, **variables: str) -> dict[str, str]:
    own = {"XDG_CONFIG_HOME": str(folder), "COLUMNS": "160", "NO_COLOR": "1"}
    return os.environ | own | variables


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return completed_text(folder, arguments, environment(folder, **variables))


def run_process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env=environment(folder),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sealing: Any) -> Path:
    """Two keys, a list of both, and a dossier that asks for both organisations."""
    made = tmp_path_factory.mktemp("sealing")
    entries = ""
    for name, organisation in (("jpn", "JPN-MOD"), ("usa", "USA-SPACECOM")):
        done = run(made, "keys", "new", f"{name}.key", "--organisation", organisation)
        assert done.returncode == 0, done.stderr
        entries += done.stdout
    (made / "trust.toml").write_text(entries)
    policy = sealing.Policy(2, 2)
    (made / "unsigned.zip").write_bytes(sealing.packed(sealing.facts(3), policy))
    signed = ("sign", "unsigned.zip", "--key", "jpn.key", "--output", "one.zip")
    assert run(made, *signed).stdout == "one.zip\n"
    signed = ("sign", "one.zip", "--key", "usa.key", "--output", "both.zip", "--json")
    assert json.loads(run(made, *signed).stdout) == {"file": "both.zip"}
    return made


def test_a_key_is_never_printed(folder: Path) -> None:
    secret = (folder / "jpn.key").read_text().splitlines()[1]
    shown = run(folder, "keys", "show", "jpn.key", "--organisation", "JPN-MOD")
    assert shown.returncode == 0
    assert shown.stdout in (folder / "trust.toml").read_text()
    assert secret not in shown.stdout + shown.stderr


def test_two_organisations_sign_and_a_partner_verifies(folder: Path) -> None:
    asked = ("--trust", "trust.toml", "--fail-on", "signatures", "--seal-only")
    done = run_process(folder, "verify", "both.zip", *asked)
    assert done.returncode == 0, done.stderr
    assert "Intact: every byte is as sealed." in done.stdout
    assert "organisations: 2 of 2 needed. Enough." in done.stdout
    assert "TLP:AMBER//REL TO USA, JPN//" in done.stdout


def test_too_few_signatures_are_an_exit_status_only_where_asked(folder: Path) -> None:
    seal = ("verify", "one.zip", "--seal-only", "--trust", "trust.toml")
    assert run(folder, *seal).returncode == 0
    strict = run(folder, *seal, "--fail-on", "signatures")
    assert strict.returncode == 1
    assert "Not enough." in strict.stdout
    nobodys = ("verify", "both.zip", "--seal-only", "--fail-on", "signatures")
    assert run(folder, *nobodys).returncode == 1


def test_what_cannot_be_computed_again_is_not_verified(folder: Path) -> None:
    """These sealed facts hold no question: whole, but nothing that could come out again."""
    done = run(folder, "verify", "both.zip", "--trust", "trust.toml")
    assert done.returncode == 2
    assert "Intact: every byte is as sealed." in done.stdout
    assert "Not computed again: question" in done.stdout
    told = json.loads(run(folder, "verify", "both.zip", "--json").stdout)
    assert told["reproduced"] is None


def test_json_is_one_document(folder: Path) -> None:
    done = run(folder, "verify", "both.zip", "--trust", "trust.toml", "--json")
    document = json.loads(done.stdout)
    assert (document["intact"], document["policy_met"], document["problems"]) == (True, True, [])
    assert document["original"]["organisations"] == ["JPN-MOD", "USA-SPACECOM"]
    assert document["original"]["declaration"]["policy"]["signatures"] == 2
    assert document["marking"]["releasable_to"] == ["JPN", "USA"]


def test_a_changed_file_is_said_to_be_changed_in_both_languages(folder: Path) -> None:
    changed = (folder / "both.zip").read_bytes().replace(b"MADE-UP 1", b"MADE-UP 9")
    (folder / "changed.zip").write_bytes(changed)
    english = run(folder, "verify", "changed.zip")
    assert english.returncode == 2
    assert "Do not rely on this file." in english.stdout
    assert "fact/00001: item is not one that was sealed" in english.stdout
    japanese = run(folder, "verify", "changed.zip", "--language", "ja")
    assert "改変あり" in japanese.stdout


def test_what_is_no_dossier_is_one_line_and_status_2(folder: Path) -> None:
    wrong = run(folder, "sign", "trust.toml", "--key", "jpn.key")
    assert wrong.returncode == 2
    assert "trust.toml:file: unreadable: not a dossier" in wrong.stderr
    assert "Traceback" not in wrong.stderr
    assert run(folder, "verify", "trust.toml").returncode == 2
    assert run(folder, "verify", "missing.zip").returncode == 2
    alone = run(folder, "verify", "both.zip", "--timestamp", "trust.toml")
    assert alone.returncode == 2
    assert "given together" in alone.stderr


def test_a_locked_key_asks_for_its_passphrase(folder: Path) -> None:
    passphrase = {"HOSHIMORI_KEY_PASSPHRASE": "a long one"}
    assert run(folder, "keys", "new", "locked.key", "--lock").returncode == 2
    made = run(folder, "keys", "new", "locked.key", "--lock", "--language", "ja", **passphrase)
    assert made.returncode == 0
    assert "署名鍵を" in made.stderr
    asked = ("sign", "unsigned.zip", "--key", "locked.key", "--output", "locked.zip")
    refused = run(folder, *asked)
    assert refused.returncode == 2
    assert "HOSHIMORI_KEY_PASSPHRASE" in refused.stderr
    assert run(folder, *asked, **passphrase).returncode == 0
