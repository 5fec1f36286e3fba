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
from hoshimori.model.markings import Level, Marking
from hoshimori.settings import FloorSettings, MarkingSettings, Settings
from hoshimori.store import Store
from hoshimori.web.app import make_app
from hoshimori.web.doorkeeper import Doorkeeper
from hoshimori.workflows.access import add_account
from hoshimori.workflows.clocks import MadeClock
from hoshimori.workflows.entrance import opened_entrance
from hoshimori.workflows.floor import Floor, FloorParts
from hoshimori.workflows.skies import Sky, made_sky

MOMENT = datetime(2026, 11, 27, 6, tzinfo=UTC)
"""The moment at which every clock of the server stands."""
DRIFTER = 800_000_002
"""Of the made sky: who drifts in on an asset."""
CANARY = "the operator was rung up twice and did not answer"
"""Text of a report that may go to one partner only."""
SOURCE = "desk of the asset's operator"
REPORT = f"""
[[report]]
statement = "no_answer"
objects = [800000001, {DRIFTER}]
start_utc = 2026-11-26T08:00:00Z
known_utc = 2026-11-26T09:00:00Z
source = "{SOURCE}"
grade = "B2"
text = "{CANARY}"
marking = "TLP:AMBER//REL TO JPN"
reality = "SIMULATED"
"""
PASSWORD = "correct horse battery staple"
ACCOUNTS = {
    "tanaka": (Role.DECIDER, HOME),
    "guest": (Role.VIEWER, HOME),
    "partner": (Role.VIEWER, Audience("USA", Marking(Level.GREEN))),
}
"""Who may sign in: one who decides, one who looks, and a partner."""


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
def serving(folder: Path) -> Iterator[Served]:
    """Serve the small sky to the accounts above until the end of the `with` statement."""
    reports = folder / "reports.toml"
    reports.write_text(REPORT, encoding="utf-8")
    settings = Settings(
        floor=FloorSettings(reports=(str(reports),)),
        markings=MarkingSettings(made_sky="TLP:GREEN//REL TO USA, JPN"),
    )
    with contextlib.ExitStack() as stack:
        entrance = stack.enter_context(
            opened_entrance(settings, folder, is_local=True, local_token="of the tests")
        )
        for name, (role, audience) in ACCOUNTS.items():
            add_account(entrance.file, name, role, audience, PASSWORD, MOMENT)
        parts = FloorParts(clock=MadeClock(MOMENT), sky_at=sky_at, sources={})
        floor = stack.enter_context(Floor(settings, folder, parts))
        gate = Doorkeeper(entrance, is_secure=False, now_utc=lambda: MOMENT)
        app = make_app(floor, gate)
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
