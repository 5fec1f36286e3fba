"""`backup` and `store` as they are typed, in words and as JSON."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hoshimori.cli.app import app

VERSION_1 = Path(__file__).parents[1] / "store" / "version_1" / "facts.duckdb.gz"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / "facts.duckdb").write_bytes(gzip.decompress(VERSION_1.read_bytes()))
    return folder


def run(*words: str | Path, status: int = 0) -> str:
    result = CliRunner().invoke(app, list(map(str, words)), env={"COLUMNS": "160"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result.stdout


def test_a_store_is_upgraded_backed_up_restored_and_rolled_back(
    store: Path, tmp_path: Path
) -> None:
    assert "older: `hoshimori store upgrade`" in run("store", "versions", "--store", store)
    assert "Upgraded. The copy from before" in run("store", "upgrade", "--store", store)
    assert "Nothing to do" in run("store", "upgrade", "--store", store)
    (file,) = json.loads(run("store", "versions", "--store", store, "--json"))["files"]
    assert file["version"] == file["newest"] == 2

    kept = tmp_path / "kept"
    made = json.loads(run("backup", "create", kept, "--store", store, "--json"))
    assert [f["path"] for f in made["manifest"]["files"]] == [
        "store/upgrade.json", "store/facts.duckdb",
    ]  # fmt: skip
    told = run("backup", "verify", made["folder"])
    assert "2 files, all read and opened" in told
    assert made["manifest_sha256"] in told.replace("\n", "")
    assert "セッションは終了しました" in run(
        "backup", "restore", made["folder"], tmp_path / "back", "--language", "ja"
    )
    assert "older" not in run("store", "versions", "--store", tmp_path / "back")

    assert "as it was before the upgrade" in run("store", "rollback", "--store", store)
    assert "older" in run("store", "versions", "--store", store)


def test_a_backup_that_was_changed_is_status_1(store: Path, tmp_path: Path) -> None:
    made = json.loads(run("backup", "create", tmp_path, "--store", store, "--json"))
    facts = Path(made["folder"]) / "store" / "facts.duckdb"
    facts.write_bytes(facts.read_bytes()[:-1])
    told = run("backup", "verify", made["folder"], status=1)
    assert "is NOT as it was written" in told
    assert "store/facts.duckdb: is not as it was written" in told
    document = json.loads(run("backup", "verify", made["folder"], "--json", status=1))
    assert document["problems"] == ["store/facts.duckdb: is not as it was written"]
