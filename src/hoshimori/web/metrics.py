"""Measures of the running server for Prometheus, and the route that gives them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from hoshimori.errors import HoshimoriError
from hoshimori.model.access import Permission, Viewer
from hoshimori.model.incidents import Attention
from hoshimori.web.access import needs
from hoshimori.web.desk import Desk, DeskHere

_TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

router = APIRouter()


class Measures:
    """What is counted of one application."""

    def __init__(self, desk: Desk) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "hoshimori_requests", "Requests answered.", ("route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "hoshimori_request_seconds",
            "Time until the answer began.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.registry.register(_FloorMeasures(desk))


class _FloorMeasures(Collector):
    """How the floor stands, read when asked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def collect(self) -> Iterator[Metric]:
        desk = self._desk
        state = desk.floor.state()
        yield _gauge("listeners", "Who listens to live events.", desk.listeners.number)
        yield _gauge("answer_cache_bytes", "Memory of answers held.", desk.answers.size)
        yield _gauge("problems", "What is wrong on the floor.", len(state.problems))
        yield _gauge("disk_full", "1 where nothing is written.", float(state.disk.is_full))
        yield _gauge("disk_free_bytes", "Room for facts.", state.disk.free_mib * 2**20)
        yield _gauge("started_timestamp_seconds", "Start.", state.started_utc.timestamp())
        runs = GaugeMetricFamily(
            "hoshimori_job_last_end_timestamp_seconds",
            "End of last run.",
            labels=["job", "outcome"],
        )
        for job in state.jobs:
            if job.last is not None:
                name = f"{job.name.value} {job.subject}".strip()
                labels = [name, job.last.outcome.value]
                runs.add_metric(labels, job.last.ended_utc.timestamp())
        yield runs
        yield from self._of_board(state.now_utc)

    def _of_board(self, now_utc: datetime) -> Iterator[Metric]:
        try:
            view = self._desk.floor.view(wait_s=0.0)
        except HoshimoriError:
            return
        age_s = (now_utc - view.made_utc).total_seconds()
        yield _gauge("board_age_seconds", "Since the newest board was made.", age_s)
        incidents = GaugeMetricFamily(
            "hoshimori_incidents", "Incidents on the board.", labels=["attention"]
        )
        for attention in Attention:
            number = sum(i.attention is attention for i in view.board.incidents)
            incidents.add_metric([attention.name.lower()], number)
        yield incidents
        failed = sum(1 for run in view.board.runs if run.problem)
        yield _gauge("failed_detectors", "Detectors that failed on the board.", failed)
        skipped = sum(1 for run in view.board.runs if not run.is_asked)
        meaning = "Of these, left out as they kept running past their limit."
        yield _gauge("skipped_detectors", meaning, skipped)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"hoshimori_{name}", meaning, value=value)


class MeasuredApplication:
    """Counts what goes through an application, by route and status, never by what was asked."""

    def __init__(self, app: Application, measures: Measures) -> None:
        self._app = app
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        clock = asyncio.get_running_loop()
        began = clock.time()

        async def counted(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", "none")
                self._measures.requests.labels(route, str(message["status"])).inc()
                self._measures.seconds.labels(route).observe(clock.time() - began)
            await send(message)

        await self._app(scope, receive, counted)


@router.get("/metrics", include_in_schema=False)
async def metrics(
    request: Request,
    desk: DeskHere,
    viewer: Annotated[Viewer, Depends(needs(Permission.MEASURE))],
) -> Response:
    """Return the measures of this server in the text format of Prometheus."""
    measures: Measures = request.app.state.measures
    content = await desk.views.run(lambda: generate_latest(measures.registry))
    return Response(content, media_type=_TEXT)
