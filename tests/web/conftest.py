"""One floor over a small made sky, watched once, and its application."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pytest
import uvicorn
from fastapi import HTTPException, Request
from starlette.testclient import TestClient

from hoshimori.model.access import Permission, Viewer
from hoshimori.settings import Settings
from hoshimori.web.access import keep_gate
from hoshimori.web.app import make_app
from hoshimori.workflows.clocks import MadeClock
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.floor_parts import FloorParts
from hoshimori.workflows.skies import Sky, made_sky

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
OBJECTS = 600


@pytest.fixture(scope="session")
def made() -> Sky:
    """A small made sky; every fact in it is marked SIMULATED."""
    return made_sky(seed=1, objects=OBJECTS, as_of_utc=np.datetime64("2026-11-01T00:00:00", "us"))


@pytest.fixture(scope="session")
def floor(made: Sky, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    """A floor that has watched once."""
    parts = FloorParts(clock=MadeClock(AS_OF), sky_at=lambda store, moment: made, sources={})
    with Floor(Settings(), tmp_path_factory.mktemp("floor"), parts) as opened:
        opened.step()
        yield opened


@pytest.fixture(scope="session")
def client(floor: Floor) -> Iterator[TestClient]:
    """A client of the application of that floor."""
    with TestClient(
        make_app(floor), base_url="http://127.0.0.1", raise_server_exceptions=False
    ) as c:
        yield c


@dataclass(frozen=True)
class GateOf:
    """Takes everybody for one viewer, and refuses what that viewer may not do."""

    viewer: Viewer

    def admit(self, request: Request, permission: Permission) -> Viewer:
        """Return the viewer."""
        if not self.viewer.may(permission):
            raise HTTPException(403, {"problem": "may not", "where": "", "expected": "", "do": ""})
        return self.viewer


@pytest.fixture(scope="session")
def client_of(floor: Floor, client: TestClient) -> Iterator[Callable[[Viewer], TestClient]]:
    """A function from a viewer to that viewer's client of the same floor."""
    made: dict[Viewer, TestClient] = {}
    with ExitStack() as stack:

        def of(viewer: Viewer) -> TestClient:
            if viewer not in made:
                app = make_app(floor)
                keep_gate(app, GateOf(viewer))
                made[viewer] = stack.enter_context(
                    TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
                )
            return made[viewer]

        yield of


@pytest.fixture(scope="session")
def served(floor: Floor) -> Iterator[tuple[str, uvicorn.Server]]:
    """Give the address of a running server; streams cannot be tried without one."""
    config = uvicorn.Config(make_app(floor), port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}", server
    config.app.state.desk.listeners.close_soon()  # type: ignore[union-attr]
    server.should_exit = True
    thread.join(20)
    assert not thread.is_alive(), "a stream kept the server from ending"
