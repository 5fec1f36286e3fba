"""`accounts` and `audit` as they are typed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hoshimori.cli.app import app
from hoshimori.errors import SettingsError, StoreError
from hoshimori.workflows import passwords

PASSWORD = "seven bright harbours"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_COST", 16)


def run(folder: Path, *words: str, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    env = {"HOSHIMORI_PASSWORD": password, "COLUMNS": "160"}
    result = CliRunner().invoke(app, [*words, "--store", str(folder)], env=env)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_accounts_and_keys_come_and_go_and_the_audit_tells(tmp_path: Path) -> None:
    assert "no accounts yet" in run(tmp_path, "accounts", "list").stdout
    run(tmp_path, "accounts", "add", "sato", "--role", "administrator")
    run(tmp_path, "accounts", "add", "kim", "--partner", "usa", "--limit", "TLP:CLEAR")
    made = json.loads(run(tmp_path, "accounts", "key", "sato", "--json").stdout)
    assert made["secret"].startswith("hoshimori_")
    listed = run(tmp_path, "accounts", "list").stdout
    assert "what may go to USA, up to TLP:CLEAR" in listed
    assert made["key"]["key_id"] in listed
    assert made["secret"] not in listed
    run(tmp_path, "accounts", "revoke", made["key"]["key_id"])
    changed = run(tmp_path, "accounts", "role", "kim", "viewer").stdout
    assert changed.startswith("kim is now viewer, sees what may go to USA, up to TLP:CLEAR.")
    run(tmp_path, "accounts", "password", "kim", password="eleven dark mountains")
    with pytest.raises(SettingsError, match="last administrator"):
        run(tmp_path, "accounts", "remove", "sato")
    run(tmp_path, "accounts", "remove", "kim")
    told = json.loads(run(tmp_path, "accounts", "list", "--json").stdout)
    assert [account["name"] for account in told["accounts"]] == ["sato"]
    assert told["keys"] == []
    shown = json.loads(run(tmp_path, "audit", "show", "--json").stdout)["entries"]
    assert [entry["kind"] for entry in shown].count("refused") == 1
    assert {entry["what"].split()[1] for entry in shown} == {
        "add", "key", "revoke", "role", "password", "remove",
    }  # fmt: skip
    assert PASSWORD not in json.dumps(shown)
    assert "audit" in run(tmp_path, "audit", "verify").stdout


def test_a_key_is_printed_alone_so_that_it_can_be_piped(tmp_path: Path) -> None:
    words = ("accounts", "key", "feed", "--role", "viewer", "--partner", "USA")
    printed = run(tmp_path, *words)
    assert printed.stdout.strip().startswith("hoshimori_")
    assert len(printed.stdout.split()) == 1
    assert "feed" in printed.stderr


def test_both_languages(tmp_path: Path) -> None:
    told = run(tmp_path, "accounts", "add", "sato", "--role", "administrator", "--language", "ja")
    assert told.stdout.startswith("sato がサインインできます：管理者")
    assert "拒否" not in run(tmp_path, "audit", "show", "--language", "ja").stdout
    assert "監査記録は完全です" in run(tmp_path, "audit", "verify", "--language", "ja").stdout


def test_a_broken_audit_is_exit_status_1(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no audit yet"):
        run(tmp_path, "audit", "verify")
    run(tmp_path, "accounts", "add", "sato", "--role", "administrator")
    connection = sqlite3.connect(tmp_path / "audit.sqlite")
    connection.execute("DROP TRIGGER never_changed")
    connection.execute("UPDATE entries SET who = 'somebody else'")
    connection.commit()
    connection.close()
    broken = run(tmp_path, "audit", "verify")
    assert broken.exit_code == 1
    assert "broken at entry 1" in broken.stdout


def test_without_a_terminal_a_password_must_be_stated(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="HOSHIMORI_PASSWORD"):
        run(tmp_path, "accounts", "add", "sato", password="")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--host", "0.0.0.0"], "without accounts"),
        (["--behind-proxy"], "without accounts"),
    ],
)
def test_a_server_that_anybody_could_enter_does_not_start(
    tmp_path: Path, words: list[str], problem: str
) -> None:
    with pytest.raises(SettingsError, match=problem):
        run(tmp_path, "serve", "--port", "0", *words)
    run(tmp_path, "accounts", "add", "sato", "--role", "administrator")
    with pytest.raises(SettingsError, match=r"without TLS|without a name"):
        run(tmp_path, "serve", "--port", "0", *words)
