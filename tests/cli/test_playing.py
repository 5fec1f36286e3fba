"""An exercise is served, played from a terminal, killed in the middle, and goes on."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_serve import PATIENCE_S, PROGRAM, environment
from tests.slices import whole_only
from tests.workflows.live_play import SCRIPT
from tests.workflows.test_live_exercise import REPORT

from hoshimori.settings import Settings
from hoshimori.workflows.live_client import LiveAddress, LiveClient, live_client

pytestmark = pytest.mark.xdist_group("cli-playing")


@contextmanager
def served(folder: Path, *arguments: str, ending: signal.Signals) -> Iterator[LiveClient]:
    """Serve the exercise of a folder until it answers, and end it so afterwards."""
    command = [PROGRAM, "rehearse", "serve", *arguments, "--folder", "drill", "--port", "0"]
    server = subprocess.Popen(
        command, cwd=folder, env=environment(folder), stderr=subprocess.PIPE, text=True
    )
    run, began = folder / "drill" / "run.json", time.monotonic()
    try:
        while server.poll() is None and time.monotonic() - began < PATIENCE_S:
            if run.exists() and json.loads(run.read_text())["pid"] == server.pid:
                break
            time.sleep(0.1)
        with live_client(LiveAddress(folder / "drill"), Settings()) as client:
            yield client
    finally:
        server.send_signal(ending)
        _, told = server.communicate(timeout=PATIENCE_S)
    assert "Traceback" not in told, told
    assert server.returncode == (0 if ending is signal.SIGTERM else -ending), told


def run(folder: Path, *arguments: str, status: int = 0) -> Any:
    done = subprocess.run(
        [PROGRAM, "rehearse", *arguments, "--folder", "drill", "--json"],
        cwd=folder, env=environment(folder), capture_output=True, text=True,
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout) if status == 0 else done.stderr


def waited(client: LiveClient, at_h: float, *, is_paused: bool = False) -> dict[str, Any]:
    """Wait until the clock stands at an hour or later."""
    for _ in range(600):
        state: dict[str, Any] = client.read()
        if state["at_h"] >= at_h and state["is_paused"] == is_paused:
            return state
        time.sleep(0.5)
    raise AssertionError(state)


@whole_only
def test_it_is_played_from_a_terminal_killed_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "script.toml").write_text(SCRIPT)
    (tmp_path / "more.toml").write_text(REPORT)
    (tmp_path / "wrong.toml").write_text(REPORT.replace("C3", "Z9"))
    begin = ("script.toml", "--objects", "150", "--speed", "3600", "--name", "Autumn Sky")
    with served(tmp_path, *begin, ending=signal.SIGKILL) as client:
        waited(client, 5.0)
        state = run(tmp_path, "clock", "--pause", "--speed", "7200")
        assert (state["reality"], state["name"]) == ("EXERCISE", "Autumn Sky")
        assert (state["is_paused"], state["speed"]) == (True, 7200.0)
        kept = run(tmp_path, "answer", "words-q", "We see a report.", "--cell", "green")
        assert (kept["id"], kept["cell"]) == (1, "green")
        client.do("messages", {"to": "blue", "text": "Do you see it too?", "cell": "green"})
        refused = run(tmp_path, "message", "blue", "An armed attack!", status=2)
        assert "must not be said" in refused
        assert "inject[1].grade" in run(tmp_path, "inject", "wrong.toml", status=2)
        run(tmp_path, "inject", "more.toml")
        assert "part-q" in [q["id"] for q in run(tmp_path, "questions")["questions"]]
        before = client.read()["at_h"]
    assert "nobody serves it" in run(tmp_path, "state", status=2)
    with served(tmp_path, ending=signal.SIGTERM) as client:
        state = client.read()
        assert (state["at_h"], state["is_paused"], state["speed"]) == (before, True, 7200.0)
        acts = client.read("acts")["acts"]
        assert [(a["kind"], a["cell"]) for a in acts] == [("answer", "green"), ("message", "green")]
        client.do("clock", {"paused": False})
        waited(client, 12.0, is_paused=True)
        told = subprocess.run(
            [PROGRAM, "rehearse", "acts", "--folder", "drill", "--language", "ja"],
            cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert "Do you see it too?" in told
        assert "通信" in told
    assert "holds the exercise" in refused_to_begin(tmp_path)


def refused_to_begin(folder: Path) -> str:
    (folder / "other.toml").write_text(SCRIPT.replace("canary-script", "another-script"))
    done = subprocess.run(
        [PROGRAM, "rehearse", "serve", "other.toml", "--folder", "drill"],
        cwd=folder, env=environment(folder), capture_output=True, text=True,
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    return done.stderr
