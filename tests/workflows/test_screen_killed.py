"""A screening killed at any moment and started again gives the table of one that was not."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

# The full run: HOSHIMORI_KILLS=100 pytest tests/workflows/test_screen_killed.py
KILLS = int(os.environ.get("HOSHIMORI_KILLS", "2"))

# Screens a made sky in 24 spans, says when each is handed over to be kept, and waits a little
# after some, so that kills fall everywhere.
SCREEN = """
import sys, time
from pathlib import Path
import numpy as np
from hoshimori.workflows.screen import ScreenPlan, ScreenRequest, screen
from hoshimori.workflows.screen_places import on_this_machine
from hoshimori.workflows.skies import made_sky

start, pause_s = np.datetime64("2026-11-01", "us"), float(sys.argv[2])
sky = made_sky(seed=1, objects=300, as_of_utc=start)

def place(job, spans):
    print("ready", len(spans), flush=True)
    for finished in on_this_machine(job, spans):
        print("next", flush=True)
        yield finished
        time.sleep(pause_s)

screen(sky, ScreenRequest(start, 3.0, 20.0), Path(sys.argv[1]), ScreenPlan(place=place))
"""


def started(output: Path, pause_s: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SCREEN, str(output), str(pause_s)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def killed(output: Path, spans: int, after_s: float) -> int:
    """Start a screening, kill it a while after some spans, and return how many it had to do."""
    with started(output, 0.01) as process:
        assert process.stdout
        words = process.stdout.readline().split()
        assert words[:1] == [b"ready"], process.communicate()[1]
        for _ in range(spans):
            process.stdout.readline()
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
    return int(words[1])


def finished(output: Path) -> tuple[bytes, bytes]:
    with started(output, 0.0) as process:
        _, errors = process.communicate()
        assert process.returncode == 0, errors
    return output.read_bytes(), output.with_name("table.stays.parquet").read_bytes()


def test_a_killed_and_resumed_screening_equals_an_uninterrupted_one(tmp_path: Path) -> None:
    once, often = tmp_path / "once", tmp_path / "often"
    once.mkdir()
    often.mkdir()
    expected = finished(once / "table.parquet")
    moments, output = random.Random(20261128), often / "table.parquet"
    to_do = [killed(output, moments.randrange(4), moments.uniform(0, 0.02)) for _ in range(KILLS)]
    assert to_do == sorted(to_do, reverse=True)
    assert to_do[0] == 24
    assert to_do[-1] < 24  # what was done was not done again
    assert finished(output) == expected
    assert sorted(path.name for path in often.iterdir()) == ["table.parquet", "table.stays.parquet"]
