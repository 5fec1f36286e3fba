"""The same spans as tasks of a local Ray give the same bytes."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

# In a process of its own: Ray starts others, warns of its own accord and holds what it started.
SCREEN = """
import sys
from pathlib import Path
import numpy as np
from hoshimori.workflows.screen import ScreenPlan, ScreenRequest, screen
from hoshimori.workflows.screen_places import place_named
from hoshimori.workflows.skies import made_sky

start = np.datetime64("2026-11-01", "us")
sky = made_sky(seed=1, objects=300, as_of_utc=start)
request, folder = ScreenRequest(start, 1.0, 20.0), Path(sys.argv[1])
for place in sys.argv[2:]:
    if place == "ray":
        import ray
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    screen(sky, request, folder / f"{place}.parquet", ScreenPlan(place=place_named(place)))
"""


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs the extra [ray]")
def test_two_workers_of_ray_give_the_same_table(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCREEN, str(tmp_path), "local", "ray"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ray.parquet").read_bytes() == (tmp_path / "local.parquet").read_bytes()
    stays = [(tmp_path / f"{place}.stays.parquet").read_bytes() for place in ("ray", "local")]
    assert stays[0] == stays[1]


def test_without_ray_the_message_says_what_to_install(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['ray'] = None\n"
    ask = "from hoshimori.workflows.screen_places import place_named; place_named('ray')"
    done = subprocess.run(
        [sys.executable, "-c", hidden + ask], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "SettingsError: --on ray needs the package ray: pip install 'hoshimori[ray]'" in (
        done.stderr
    )
