"""Where the spans of a screening are computed: on this machine, or on a Ray cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

import numba
import numpy as np

from hoshimori.errors import SettingsError, SourceError
from hoshimori.workflows.screen_job import (
    Parts,
    ScreenJob,
    Span,
    finished_span,
    parts_of_span,
    searched,
)

_OWN = {"include_dashboard": False, "log_to_driver": False, "logging_level": "error"}
_AT_ONCE_PER_CORE = 2
"""Spans handed to Ray for each core: one computes, one waits."""


class Place(Protocol):
    """Computes spans, in any order, and gives each as soon as it is finished."""

    def __call__(
        self, job: ScreenJob, spans: Sequence[Span]
    ) -> Iterator[tuple[Span, Parts]]: ...  # pragma: no cover


def place_named(text: str) -> Place:
    """Return the place that `--on` names: ``local``, ``ray`` or ``ray://address``.

    Raises:
        SettingsError: it names none, or Ray is not installed.
    """
    if text == "local":
        return on_this_machine
    if text == "ray" or text.startswith("ray://"):
        return _Ray(_ray(), None if text == "ray" else text)
    raise SettingsError(f"--on {text}: expected local, ray or ray://address")


def on_this_machine(job: ScreenJob, spans: Sequence[Span]) -> Iterator[tuple[Span, Parts]]:
    """Search span after span with all cores, and describe each while the next is searched."""
    with ThreadPoolExecutor(1) as describing:
        before: tuple[Span, Future[Parts]] | None = None
        for span in spans:
            found = searched(job, span)
            if before:
                yield before[0], before[1].result()
            before = span, describing.submit(parts_of_span, job, found)
        if before:
            yield before[0], before[1].result()


def _finished_on_one_core(job: ScreenJob, span: Span) -> Parts:
    """Return what `finished_span` does, on the one core that a task asks for."""
    numba.set_num_threads(1)
    return finished_span(job, span)


class _Ray:
    """Spans as tasks of a Ray cluster, one core each."""

    def __init__(self, ray: Any, address: str | None) -> None:
        self._ray, self._address = ray, address

    def __call__(self, job: ScreenJob, spans: Sequence[Span]) -> Iterator[tuple[Span, Parts]]:
        ray = self._ray
        own = not ray.is_initialized()
        if own:
            self._connect()
        try:
            yield from self._tasks(job, spans)
        finally:
            if own:
                ray.shutdown()

    def _connect(self) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anybody
        own = {} if self._address or "RAY_ADDRESS" in os.environ else _OWN
        try:
            self._ray.init(address=self._address, **own)
        except Exception as error:
            # Ray raises what its transport does; to whoever asked, the cluster is not there.
            raise SourceError(f"--on {self._address or 'ray'}: no answer: {error}") from None

    def _tasks(self, job: ScreenJob, spans: Sequence[Span]) -> Iterator[tuple[Span, Parts]]:
        ray = self._ray
        job.errors.judged(np.arange(len(job.element_sets)))  # what a task judges is lost with it
        shared = ray.put(job)
        task = ray.remote(num_cpus=1)(_finished_on_one_core)
        waiting = list(reversed(spans))
        running: dict[Any, Span] = {}
        at_once = _AT_ONCE_PER_CORE * max(1, int(ray.cluster_resources().get("CPU", 1)))
        while waiting or running:
            while waiting and len(running) < at_once:
                span = waiting.pop()
                running[task.remote(shared, span)] = span
            (done, *_), _ = ray.wait(list(running), num_returns=1)
            yield running.pop(done), ray.get(done)


def _ray() -> Any:
    try:
        import ray  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise SettingsError(
            "--on ray needs the package ray: pip install 'hoshimori[ray]'"
        ) from None
    return ray
