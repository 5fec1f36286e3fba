"""Where the rows of a sweep are computed: here, in processes of this machine, or on Ray."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numba

from hoshimori.errors import SettingsError, SourceError
from hoshimori.model.sweeps import ControlRow, SweepRow
from hoshimori.workflows.exercise_skies import ExerciseSky

Row = SweepRow | ControlRow
"""One line of a sweep."""


@dataclass(frozen=True, slots=True)
class Task:
    """One row that is to be computed: a draw by its number, or a batch of the untouched sky."""

    number: int = -1
    batch: int | None = None


class Work(Protocol):
    """Computes a row."""

    def __call__(self, task: Task) -> Row: ...  # pragma: no cover


Worker = Callable[[ExerciseSky], Work]
"""Prepares a sky for the rows of a plan; each process does so once."""


class Place(Protocol):
    """Computes rows, in any order, and gives each as soon as it is finished."""

    def __call__(
        self, sky: ExerciseSky, worker: Worker, tasks: Sequence[Task]
    ) -> Iterator[Row]: ...  # pragma: no cover


def here(sky: ExerciseSky, worker: Worker, tasks: Sequence[Task]) -> Iterator[Row]:
    """Compute row after row in this process."""
    work = worker(sky)
    for task in tasks:
        yield work(task)


def in_processes(workers: int) -> Place:
    """Return the place of so many processes; each works out the sky for itself."""
    if workers == 1:
        return here

    def place(sky: ExerciseSky, worker: Worker, tasks: Sequence[Task]) -> Iterator[Row]:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            min(workers, len(tasks)), context, initializer=_begin, initargs=(_sent(sky), worker)
        ) as pool:
            futures = [pool.submit(_row, task) for task in tasks]
            try:
                for future in as_completed(futures):
                    yield future.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    return place


def on_ray(address: str) -> Place:
    """Return the place of a Ray cluster, ``ray`` for one on this machine; an actor for each core.

    Raises:
        SettingsError: Ray is not installed.
    """
    try:
        import ray  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise SettingsError("--ray needs the package ray: pip install 'hoshimori[ray]'") from None

    def place(sky: ExerciseSky, worker: Worker, tasks: Sequence[Task]) -> Iterator[Row]:
        own = not ray.is_initialized()
        if own:
            _connect(ray, address)
        try:
            yield from _by_actors(ray, sky, worker, tasks)
        finally:
            if own:
                ray.shutdown()

    return place


class _Held:
    """What one process keeps between rows."""

    work: Work


def _begin(sky: ExerciseSky, worker: Worker) -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    numba.set_num_threads(1)
    _Held.work = worker(sky)


def _leave_with_parent() -> None:
    """End this process once who began it is gone: a killed sweep leaves no sky in memory."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _row(task: Task) -> Row:
    return _Held.work(task)


class _Actor:
    """A process of a cluster with the sky worked out."""

    def __init__(self, sky: ExerciseSky, worker: Worker) -> None:
        numba.set_num_threads(1)
        self._work = worker(sky)

    def row(self, task: Task) -> Row:
        """Return one row."""
        return self._work(task)


def _by_actors(ray: Any, sky: ExerciseSky, worker: Worker, tasks: Sequence[Task]) -> Iterator[Row]:
    shared = ray.put(_sent(sky))
    cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
    kind = ray.remote(num_cpus=1)(_Actor)
    actors = [kind.remote(shared, worker) for _ in range(min(cores, len(tasks)))]
    waiting, running = list(reversed(tasks)), dict[Any, Any]()
    for actor in actors:
        if waiting:
            running[actor.row.remote(waiting.pop())] = actor
    while running:
        (done, *_), _ = ray.wait(list(running), num_returns=1)
        actor = running.pop(done)
        if waiting:
            running[actor.row.remote(waiting.pop())] = actor
        yield ray.get(done)


def _connect(ray: Any, address: str) -> None:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anybody
    is_own = address == "ray" and "RAY_ADDRESS" not in os.environ
    quiet = {"include_dashboard": False, "log_to_driver": False, "logging_level": "error"}
    try:
        ray.init(address=None if address == "ray" else address, **(quiet if is_own else {}))
    except Exception as error:
        # Ray raises what its transport does; to whoever asked, the cluster is not there.
        raise SourceError(f"--ray {address}: no answer: {error}") from None


def _sent(sky: ExerciseSky) -> ExerciseSky:
    """Return a sky that can be sent to another process: read-only views of tables cannot."""
    return replace(sky, picture=replace(sky.picture, objects=dict(sky.picture.objects)))
