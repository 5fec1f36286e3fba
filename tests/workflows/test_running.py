"""Whether a server keeps a store, by the file that it leaves beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hoshimori.errors import StoreError
from hoshimori.workflows.running import NAME, RunFile, kept_run_file, running_server


def gone_pid() -> int:
    """Return the number of a process that has just ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_a_server_that_runs_is_found_and_one_that_stopped_is_not(tmp_path: Path) -> None:
    run = RunFile.here("http://127.0.0.1:8720")
    with kept_run_file(tmp_path, run):
        assert running_server(tmp_path) == run
    assert running_server(tmp_path) is None


def test_the_file_of_a_killed_server_counts_for_nothing(tmp_path: Path) -> None:
    with kept_run_file(tmp_path, RunFile("http://127.0.0.1:8720", "token", gone_pid())):
        assert running_server(tmp_path) is None


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"url": "x", "token": "t", "pid": "many"}'])
def test_a_file_that_tells_nothing_counts_for_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    (tmp_path / NAME).chmod(0o600)
    assert running_server(tmp_path) is None


def test_a_file_that_others_may_write_is_not_trusted(tmp_path: Path) -> None:
    with kept_run_file(tmp_path, RunFile.here("http://127.0.0.1:8720")) as path:
        path.chmod(0o622)
        with pytest.raises(StoreError, match="others may write it"):
            running_server(tmp_path)


@pytest.mark.parametrize(
    ("listens", "reached"),
    [
        ("https://0.0.0.0:8720", "https://127.0.0.1:8720"),
        ("https://[::]:8720", "https://[::1]:8720"),
        ("https://watch.example.org:8720", "https://watch.example.org:8720"),
    ],
)
def test_a_server_on_all_addresses_is_reached_on_this_machine(
    tmp_path: Path, listens: str, reached: str
) -> None:
    path = tmp_path / NAME
    path.write_text(json.dumps({"url": listens, "token": "t", "pid": os.getpid()}))
    path.chmod(0o600)
    found = running_server(tmp_path)
    assert found is not None
    assert found.url == reached
