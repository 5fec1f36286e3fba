"""`hoshimori alerts` and `watch --alerts` as their users meet them, with a webhook of the test."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from platformdirs import user_cache_dir
from tests.cli.in_process import completed_text

from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.workflows.skies import made_sky

PROGRAM = Path(sys.executable).with_name("hoshimori")
AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
KERNELS = os.environ.get("NUMBA_CACHE_DIR", user_cache_dir("hoshimori"))
SECRET = "hunter2"
RULES = """
version = "made"
[budget]
per_asset_month = 100
most_per_asset = 100
[urgent]
within_h = 24
[news]
steps_h = [72, 24, 6]
back_after_days = 7
[[channel]]
name = "duty"
takes_exercises = true
[[rule]]
name = "all"
attention = "log"
channels = ["duty"]
"""

pytestmark = pytest.mark.xdist_group("cli")


@dataclass
class House:
    """A folder with a catalogue and rules, and a webhook that the rules' channel leads to."""

    folder: Path
    address: str
    got: list[dict[str, Any]] = field(default_factory=list)

    def environment(self, address: str | None) -> dict[str, str]:
        own = {f"XDG_{kind}_HOME": str(self.folder / kind) for kind in ("CONFIG", "DATA", "CACHE")}
        own |= {
            "COLUMNS": "140", "NO_COLOR": "1", "NUMBA_CACHE_DIR": KERNELS,
            "HOSHIMORI_CHANNEL_DUTY": self.address if address is None else address,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }  # fmt: skip
        return os.environ | own

    def run(self, *arguments: str, address: str | None = None) -> subprocess.CompletedProcess[str]:
        asked = (*arguments, "--store", "kept", "--settings", "settings.toml")
        done = completed_text(self.folder, asked, self.environment(address))
        assert SECRET not in done.stdout + done.stderr
        return done

    def run_process(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [PROGRAM, *arguments, "--store", "kept", "--settings", "settings.toml"],
            cwd=self.folder, env=self.environment(None), capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip
        assert SECRET not in done.stdout + done.stderr
        return done


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    rows = made_sky(seed=1, objects=300, as_of_utc=AS_OF).parts[0]
    (tmp_path / "made.csv").write_bytes(write_omm_csv(rows))
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    page = '[alerts]\nrules = "rules.toml"\ntimeout_s = 5\nconsole = "https://watch.example"\n'
    (tmp_path / "settings.toml").write_text(page, encoding="utf-8")
    got: list[dict[str, Any]] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield House(tmp_path, f"json://user:{SECRET}@127.0.0.1:{server.server_port}/in", got)
    server.shutdown()
    server.server_close()


def test_a_watch_tells_people_once_and_somebody_takes_note(house: House) -> None:
    watch = ("watch", "--catalogue", "made.csv", "--assets", "800000001", "--days", "2", "--alerts")
    first = house.run_process(*watch, "--json")
    assert first.returncode == 0, first.stderr
    board = json.loads(first.stdout)
    incidents = {incident["incident_id"] for incident in board["incidents"]}
    assert board["alerts"]["told"] == len(house.got) == len(incidents) >= 1
    assert "#/incident/INC-" in house.got[0]["message"]
    assert all("SIMULATED, NOT REAL" in message["title"] for message in house.got)
    again = house.run(*watch)
    assert "Alerts: " in again.stdout
    assert len(house.got) == len(incidents)
    alerts = json.loads(house.run("alerts", "list", "--json").stdout)["alerts"]
    assert {alert["incident_id"] for alert in alerts} == incidents
    told = alerts[0]["alert_id"]
    noted = house.run("alerts", "acknowledge", told, "--by", "Sato", "--note", "own burn")
    assert f"{told}: noted that Sato" in noted.stdout
    shown = house.run("alerts", "show", told, "--language", "ja").stdout
    assert "確認（Sato）：own burn" in shown
    assert "NOTSO" in shown
    assert "duty：送信済み" in shown
    assert house.run("alerts", "send").stdout == "Nothing was to be sent.\n"
    listed = house.run("alerts", "list", "--state", "acknowledged").stdout
    assert "acknowledged by Sato" in listed
    _verified_then_broken(house)


def _verified_then_broken(house: House) -> None:
    whole = house.run("alerts", "verify")
    assert (whole.returncode, "The book of alerts is whole" in whole.stdout) == (0, True)
    book = next(house.folder.rglob("alerts.sqlite"))
    assert str(book.relative_to(house.folder)) in whole.stderr
    connection = sqlite3.connect(book)
    connection.execute("DROP TRIGGER never_changed")
    connection.execute("UPDATE entries SET body = replace(body, 'Sato', 'Kim') WHERE seq > 1")
    connection.commit()
    connection.close()
    broken = house.run("alerts", "verify", "--language", "ja")
    assert (broken.returncode, "で壊れています" in broken.stdout) == (1, True)
    told = json.loads(house.run("alerts", "verify", "--json").stdout)
    assert (told["problem"], told["broken_at"] > 1) == ("altered", True)


def test_a_channel_is_tested_and_the_rules_are_shown(house: House) -> None:
    none = house.run("alerts", "list")
    assert (none.returncode, "there is no book of alerts yet" in none.stderr) == (2, True)
    done = house.run("alerts", "test", "duty")
    assert (done.returncode, "duty: sent" in done.stdout) == (0, True)
    assert house.got[0]["title"] == "[TEST, NOT REAL] Test of the channel duty"
    rules = house.run("alerts", "rules")
    assert "duty: en, up to TLP:AMBER+STRICT" in rules.stdout
    assert "has an address" in rules.stdout
    document = json.loads(house.run("alerts", "rules", "--json").stdout)
    assert document["channels_with_address"] == ["duty"]
    assert "There are no such alerts." in house.run("alerts", "list").stdout


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "set HOSHIMORI_CHANNEL_DUTY"),
        (f"nonsense://{SECRET}", "its address is not understood"),
        (f"json://user:{SECRET}@127.0.0.1:1/x", "could not be reached"),
    ],
)
def test_a_channel_that_takes_nothing_is_told_with_status_3(
    house: House, address: str, said: str
) -> None:
    done = house.run("alerts", "test", "duty", address=address)
    assert (done.returncode, said in done.stdout) == (3, True)


def test_what_is_asked_wrongly_is_told_in_one_line(house: House) -> None:
    house.run("alerts", "test", "duty")
    for arguments, said in (
        (("alerts", "acknowledge", "ALR-0"), "ALR-0: there is no such alert"),
        (("alerts", "test", "boss"), "boss: the rules have no such channel; they have duty"),
        (("watch", "--catalogue", "made.csv", "--alerts", "--no-record"), "needs the journal"),
    ):
        done = house.run(*arguments)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
        assert said in done.stderr
