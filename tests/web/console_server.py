"""A real server of a small made sky on a free port of this machine, whose clock stands still."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
import uvicorn

from hoshimori.model.access import HOME, Audience, Role
from hoshimori.settings import Settings
from hoshimori.store import Store
from hoshimori.web.access_routes import protect
from hoshimori.web.app import make_app
from hoshimori.web.doorkeeper import Doorkeeper
from hoshimori.workflows.access import add_account
from hoshimori.workflows.entrance import opened_entrance
from hoshimori.workflows.floor import Floor, FloorParts
from hoshimori.workflows.skies import Sky, made_sky

MOMENT = datetime(2026, 11, 27, 6, tzinfo=UTC)
"""The moment at which every clock of the server stands."""
PASSWORD = "correct horse battery staple"  # noqa: S105 - of accounts that live for one test


class StandingClock:
    """A clock on the wall that stands still beside a steady one that runs."""

    def now_utc(self) -> datetime:
        """Return the moment."""
        return MOMENT

    def steady_s(self) -> float:
        """Return steady seconds."""
        return time.monotonic()

    def wait_s(self, seconds: float, woken: threading.Event) -> None:
        """Wait for real."""
        woken.wait(seconds)


@cache
def small_sky() -> Sky:
    """Return the made sky: what was planted, and little else."""
    return made_sky(seed=1, objects=200, as_of_utc=np.datetime64("2026-11-27T06:00", "us"))


def sky_at(store: Store, moment: datetime) -> Sky | None:
    """Return the made sky at any moment: its facts keep when they were known."""
    return replace(small_sky(), as_of_utc=np.datetime64(moment.replace(tzinfo=None), "us"))


@dataclass(frozen=True, slots=True)
class Served:
    """A running server."""

    address: str
    folder: Path
    floor: Floor


@contextlib.contextmanager
def serving(
    folder: Path,
    settings: Settings | None = None,
    accounts: tuple[tuple[str, Role, Audience], ...] = (),
) -> Iterator[Served]:
    """Serve the small sky until the end of the `with` statement; without accounts to anybody."""
    tree = settings or Settings()
    with contextlib.ExitStack() as stack:
        entrance = stack.enter_context(
            opened_entrance(tree, folder, is_local=True, local_token="")
        )
        for name, role, audience in accounts:
            add_account(entrance.file, name, role, audience, PASSWORD, MOMENT)
        parts = FloorParts(clock=StandingClock(), sky_at=sky_at)
        floor = stack.enter_context(Floor(tree, folder, parts))
        app = make_app(floor)
        gate = Doorkeeper(entrance, is_secure=False, now_utc=lambda: MOMENT)
        protect(app, gate, hosts=(), language="en")
        floor.step()
        config = uvicorn.Config(
            app, host="127.0.0.1", port=0, log_level="warning", lifespan="off",
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, name="console-server", daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield Served(f"http://127.0.0.1:{port}", folder, floor)
        finally:
            app.state.desk.listeners.close()
            server.should_exit = True
            thread.join(timeout=30.0)


VIEWERS = (
    ("decider", Role.DECIDER, HOME),
    ("viewer", Role.VIEWER, HOME),
)
"""Accounts of the house."""
