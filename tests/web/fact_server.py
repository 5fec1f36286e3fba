"""A real server of facts on a free port of this machine, over one floor after the other."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException, Request

from hoshimori.formats.markings import parse_marking
from hoshimori.model.access import HOME, Audience, Permission, Role, Viewer
from hoshimori.settings import Settings
from hoshimori.store.connection import ServerLine
from hoshimori.store.remote import RemoteStore, open_remote_store
from hoshimori.web.access import keep_gate
from hoshimori.web.desk import desk_for
from hoshimori.web.fact_routes import router
from hoshimori.web.problems import tell_problems
from hoshimori.workflows.floor import Floor

PARTNER = Audience("USA", parse_marking("TLP:GREEN"))
VIEWERS = {
    "home": Viewer("local", Role.ADMINISTRATOR, HOME, is_local=True),
    "analyst": Viewer("analyst", Role.ANALYST, HOME),
    "reader": Viewer("reader", Role.VIEWER, HOME),
    "partner": Viewer("partner", Role.ANALYST, PARTNER),
}
"""Who asks, by the key that is shown."""


class FactServer:
    """Serves the facts of a floor to the viewers above; the floor can be changed while it runs."""

    def __init__(self) -> None:
        self.app = FastAPI()
        keep_gate(self.app, self)
        self.app.include_router(router)
        tell_problems(self.app)
        self.address = ""
        self.asked: list[str] = []

    def admit(self, request: Request, permission: Permission) -> Viewer:
        """Return the viewer whose key is shown."""
        self.asked.append(str(request.url.path))
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        if key not in VIEWERS:
            raise HTTPException(401, "the key is not known")
        if not VIEWERS[key].may(permission):
            raise HTTPException(403, f"the viewer may not {permission.value}")
        return VIEWERS[key]

    @contextlib.contextmanager
    def floor(self, folder: Path) -> Iterator[Floor]:
        """Serve the facts of a floor over the store of a folder."""
        with Floor(Settings(), folder) as floor:
            self.app.state.desk = desk_for(floor)
            yield floor

    def connect(self, key: str = "home", **line: Any) -> RemoteStore:
        """Return the store as it is seen by whoever holds a key."""
        store = open_remote_store(ServerLine(self.address, key, **line))
        assert store is not None
        return store

    @contextlib.contextmanager
    def fresh_store(self, folder: Path) -> Iterator[RemoteStore]:
        """Serve a new store and connect to it."""
        with self.floor(folder), self.connect() as store:
            yield store


@contextlib.contextmanager
def running() -> Iterator[FactServer]:
    """Run a server in a thread of this process until the end of the `with` statement."""
    facts = FactServer()
    config = uvicorn.Config(
        facts.app, host="127.0.0.1", port=0, log_level="warning", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="fact-server", daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    facts.address = f"http://127.0.0.1:{port}"
    try:
        yield facts
    finally:
        server.should_exit = True
        thread.join(timeout=30.0)
