"""`serve` as its users meet it: it says where it is, ends cleanly, and refuses what cannot be."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("hoshimori")
PATIENCE_S = 240

pytestmark = pytest.mark.xdist_group("cli")


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {f"XDG_{k}_HOME": str(folder / k) for k in ("CONFIG", "DATA", "CACHE")}


def refused(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [PROGRAM, "serve", *arguments], env=environment(folder), capture_output=True, text=True,
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    return done.stderr


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_ends_cleanly(tmp_path: Path, ending: signal.Signals) -> None:
    store = tmp_path / "store"
    server = subprocess.Popen(
        [PROGRAM, "serve", "--synthetic", "--objects", "50", "--port", "0", "--store", store],
        env=environment(tmp_path), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    run = store / "run.json"
    began = time.monotonic()
    while not run.exists() and server.poll() is None and time.monotonic() - began < PATIENCE_S:
        time.sleep(0.05)
    stated = json.loads(run.read_text())
    assert stat.S_IMODE(run.stat().st_mode) == 0o600
    assert stated["url"].startswith("http://127.0.0.1:")
    assert stated["pid"] == server.pid
    assert len(stated["token"]) >= 32
    # The address is taken, so that a second server says so in one line.
    port = stated["url"].rsplit(":", 1)[1]
    line = refused(tmp_path, "--synthetic", "--objects", "50", "--port", port)
    assert f"--port {port}" in line
    server.send_signal(ending)
    _, told = server.communicate(timeout=PATIENCE_S)
    assert server.returncode == 0, told
    assert "keeps watch at" in told
    assert told.rstrip().endswith("ended")
    assert "Traceback" not in told
    assert not run.exists()


def test_half_of_what_tls_needs_is_refused(tmp_path: Path) -> None:
    assert "belong together" in refused(tmp_path, "--tls-key", str(tmp_path / "key.pem"))
    pair = ("--tls-certificate", str(tmp_path / "a.pem"), "--tls-key", str(tmp_path / "b.pem"))
    assert "--tls-certificate" in refused(tmp_path, *pair)


def test_without_accounts_it_listens_on_this_machine_alone(tmp_path: Path) -> None:
    told = refused(tmp_path, "--host", "0.0.0.0", "--port", "0", "--synthetic")
    assert "Traceback" not in told


def test_an_address_that_is_not_here_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"--port {port}" in refused(tmp_path, "--synthetic", "--port", port)
