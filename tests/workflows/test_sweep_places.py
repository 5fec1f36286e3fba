"""Where rows are computed: Ray is needed for Ray alone, and its actors get every task once."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numba
import pytest

from hoshimori.model.sweeps import ControlRow, DrawRegime
from hoshimori.settings import Settings
from hoshimori.workflows.exercise_skies import SkyAsked, exercise_sky
from hoshimori.workflows.sweep_places import Row, Task, Work, _by_actors

WITH_RAY = """
from hoshimori.model.sweeps import DrawKind
from hoshimori.settings import Settings
from hoshimori.workflows.exercise_skies import SkyAsked, exercise_sky
from hoshimori.workflows.sweep import SweepPlan, sweep
from hoshimori.workflows.sweep_places import here, on_ray
sky = exercise_sky(SkyAsked(objects=300), Settings(), seed=7)
plan = SweepPlan(seed=1, number=4, only=(DrawKind.LOSS,), controls=0)
assert sweep(sky, plan, place=on_ray("ray")) == sweep(sky, plan, place=here)
"""


KILLED = """
import os, time
from hoshimori.settings import Settings
from hoshimori.workflows.exercise_skies import SkyAsked, exercise_sky
from hoshimori.workflows.sweep_places import Task, in_processes

def worker(sky):
    print(os.getpid(), flush=True)
    return lambda task: time.sleep(600)

if __name__ == "__main__":
    sky = exercise_sky(SkyAsked(objects=100), Settings(), seed=7)
    list(in_processes(2)(sky, worker, [Task(number=0), Task(number=1)]))
"""


def test_processes_end_with_a_killed_sweep(tmp_path: Path) -> None:
    program = tmp_path / "killed.py"
    program.write_text(KILLED)
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE) as sweep:
        assert sweep.stdout
        workers = {int(sweep.stdout.readline()) for _ in range(2)}
        assert len(workers) == 2
        sweep.kill()
        # Their end of the pipe is closed when the last of them is gone; else this waits in vain.
        assert sweep.communicate(timeout=60.0)[0] == b""


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs the extra [ray]")
def test_ray_gives_the_same_rows() -> None:
    subprocess.run([sys.executable, "-c", WITH_RAY], check=True, timeout=300)


def test_without_ray_its_extra_is_named() -> None:
    hidden = "import sys; sys.modules['ray'] = None\n"
    ask = "from hoshimori.workflows.sweep_places import on_ray; on_ray('ray')"
    done = subprocess.run(
        [sys.executable, "-c", hidden + ask], capture_output=True, text=True, check=False
    )
    assert "hoshimori[ray]" in done.stderr


@dataclass(frozen=True, eq=False)
class _Reference:
    value: Any


class _Calls:
    """A method of an actor, asked as Ray asks."""

    def __init__(self, method: Callable[..., Any]) -> None:
        self._method = method

    def remote(self, *arguments: Any) -> _Reference:
        return _Reference(self._method(*arguments))


class _Actors:
    """A class whose objects live in this process."""

    def __init__(self, kind: type) -> None:
        self._kind = kind

    def remote(self, *arguments: Any) -> Any:
        made = self._kind(*arguments)
        made.row = _Calls(made.row)
        return made


class _Ray:
    """As much of Ray as a sweep asks, with three cores."""

    put = staticmethod(lambda value: value)
    get = staticmethod(lambda reference: reference.value)
    wait = staticmethod(lambda running, num_returns: (running[-1:], running[:-1]))
    remote = staticmethod(lambda num_cpus: _Actors)
    cluster_resources = staticmethod(lambda: {"CPU": 3.0})


def _worker(sky: object) -> Work:
    def work(task: Task) -> Row:
        return ControlRow(batch=task.number, regime=DrawRegime.LOW, assets=1, days=1.0, rarities={})

    return work


@pytest.mark.parametrize("count", [1, 3, 10])
def test_every_task_is_computed_once(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numba, "set_num_threads", lambda threads: None)
    sky = exercise_sky(SkyAsked(objects=100), Settings(), seed=1)
    tasks = [Task(number=k) for k in range(count)]
    rows = list(_by_actors(_Ray, sky, _worker, tasks))
    assert sorted(row.batch for row in rows if isinstance(row, ControlRow)) == list(range(count))
