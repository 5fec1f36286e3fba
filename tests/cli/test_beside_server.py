"""A real server and real commands side by side on one store."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import numpy as np
import pytest
from platformdirs import user_cache_dir

from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.workflows.skies import made_sky

PROGRAM = Path(sys.executable).with_name("hoshimori")
KERNELS = {"NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR", user_cache_dir("hoshimori"))}
"""Compiled functions are those that are there: a folder of its own would compile them anew."""
ASSETS = "800000001,800000013,800000015"
"""Three assets of the made sky; others come near them."""

pytestmark = pytest.mark.xdist_group("cli")


@dataclass(frozen=True)
class Place:
    """A folder with a store and its settings, in which commands are run."""

    folder: Path

    @property
    def run_file(self) -> Path:
        return self.folder / "kept" / "run.json"

    @property
    def environment(self) -> dict[str, str]:
        own = {f"XDG_{k}_HOME": str(self.folder / k) for k in ("CONFIG", "DATA", "CACHE")}
        plain = {k: v for k, v in os.environ.items() if not k.startswith("HOSHIMORI_")}
        return plain | own | KERNELS | {"COLUMNS": "140", "NO_COLOR": "1"}

    def run(self, *arguments: str, place: str = "--store=kept") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PROGRAM, *arguments, place, "--settings=set.toml"], cwd=self.folder,
            env=self.environment, capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip

    def start(self) -> subprocess.Popen[str]:
        """Start a server and return it once it says where it listens."""
        server = subprocess.Popen(
            [PROGRAM, "serve", "--port=0", "--store=kept", "--settings=set.toml"],
            cwd=self.folder, env=self.environment, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        give_up_at = time.monotonic() + 120.0
        while not self.run_file.exists():
            assert server.poll() is None, server.communicate()[1]
            assert time.monotonic() < give_up_at, "the server did not start"
            time.sleep(0.05)
        return server

    def told(self, *arguments: str) -> dict[str, object]:
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        document: dict[str, object] = json.loads(done.stdout)
        return document


@pytest.fixture(scope="module")
def sets() -> ElementSets:
    now = np.datetime64(datetime.now(UTC).replace(tzinfo=None), "us")
    return concatenate(made_sky(seed=1, objects=200, as_of_utc=now).parts)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, sets: ElementSets) -> Place:
    """A store with half of a made sky, and the other half in a file; no network is asked."""
    folder = tmp_path_factory.mktemp("beside")
    (folder / "set.toml").write_text(
        '[sources]\ncelestrak_url = "https://127.0.0.1:9"\ncache_folder = "cache"\n'
        f'[watch]\nassets = "{ASSETS}"\ndays = 2\n'
    )
    first = np.arange(len(sets)) % 2 == 0
    for name, rows in (("first.csv", first), ("second.csv", ~first)):
        (folder / name).write_bytes(write_omm_csv(sets.take(rows)))
    found = Place(folder)
    assert found.told("ingest", "first.csv", "--known-at=catalogue")["new"] == first.sum()
    return found


@pytest.fixture(scope="module")
def server(place: Place) -> Iterator[subprocess.Popen[str]]:
    running = place.start()
    yield running
    running.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        running.communicate(timeout=60.0)
    running.kill()


@pytest.mark.usefixtures("server")
def test_files_are_ingested_through_the_server_once(place: Place, sets: ElementSets) -> None:
    brought = place.told("ingest", "second.csv", "--known-at=catalogue")
    assert brought["new"] == len(sets) // 2
    again = place.told("ingest", "first.csv", "second.csv", "--known-at=catalogue")
    assert (again["new"], again["duplicate"]) == (0, len(sets))


@pytest.mark.usefixtures("server")
def test_an_incident_goes_its_way_while_the_server_runs(place: Place) -> None:
    watched = place.run("watch", "--json")
    assert watched.returncode == 0, watched.stderr
    assert "watched the server at http://127.0.0.1:" in watched.stderr
    assert "of incidents recorded" in watched.stderr
    board = json.loads(watched.stdout)
    incident = next(i for i in board["incidents"] if i["others"])["incident_id"]

    listed = place.told("incidents", "--all")
    assert incident in {one["incident_id"] for one in listed["incidents"]}
    decided = place.run(
        "decide", incident, "--dissent=A drill, I think.", "--by=A. Analyst", "--because=made"
    )
    assert decided.returncode == 0, decided.stderr
    assessed = place.told("assess", incident)
    assert assessed["incident"]["incident_id"] == incident
    briefed = place.run("brief", incident, "--output=made.zip")
    assert briefed.returncode == 0, briefed.stderr
    assert (place.folder / "made.zip").is_file()


def test_the_server_is_none_the_worse(place: Place, server: subprocess.Popen[str]) -> None:
    run = json.loads(place.run_file.read_text())
    assert place.run_file.stat().st_mode & 0o777 == 0o600
    assert run["pid"] == server.pid
    assert httpx2.get(f"{run['url']}/healthz", timeout=60.0).status_code == 200
    assert place.told("manoeuvres", "--objects=800000001")
    assert place.run("alerts", "list").returncode == 0
    verified = place.run("journal", "verify")
    assert verified.returncode == 0, verified.stderr
    assert server.poll() is None


def test_after_a_killed_server_the_file_itself_is_opened(
    place: Place, server: subprocess.Popen[str], sets: ElementSets
) -> None:
    server.kill()
    server.communicate()
    assert place.run_file.exists()
    again = place.told("ingest", "first.csv", "--known-at=catalogue")
    assert again["duplicate"] == (len(sets) + 1) // 2
