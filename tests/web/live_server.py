"""A real server of a live exercise for two cells and who directs, on a free port."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from hoshimori.formats.scenarios import scenario_of
from hoshimori.model.access import HOME, Audience, Role
from hoshimori.model.markings import Level, Marking
from hoshimori.settings import Settings
from hoshimori.web.app import make_app
from hoshimori.web.doorkeeper import Doorkeeper
from hoshimori.workflows.access import add_account
from hoshimori.workflows.entrance import opened_entrance
from hoshimori.workflows.exercise_skies import SkyAsked
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.live_exercise import LiveExercise, settings_of_exercise
from hoshimori.workflows.live_folders import LiveAsked, opened_exercise

NAME = "Autumn Sky"
"""What everybody reads of it."""
STORY = "A satellite comes to a relay of one nation"
"""Of the script: no cell may read it."""
SCRIPT = Path(__file__).with_name("two_nations.toml")
PASSWORD = "correct horse battery staple"
ACCOUNTS = {
    "umpire": (Role.EXERCISE_DIRECTOR, HOME),
    "sato": (Role.VIEWER, Audience("JPN", Marking(Level.AMBER))),
    "kim": (Role.VIEWER, Audience("USA", Marking(Level.AMBER))),
}
"""Who directs, and one person in each cell."""
SIGNED_IN = datetime(2026, 11, 27, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Served:
    """A running server."""

    address: str
    folder: Path
    live: LiveExercise
    floor: Floor


@contextlib.contextmanager
def serving(folder: Path, *, objects: int = 400) -> Iterator[Served]:
    """Serve the script, its clock standing at the start, until the end of the `with` statement."""
    settings = settings_of_exercise(Settings())
    scenario = scenario_of(SCRIPT.read_bytes(), source=SCRIPT.name)
    asked = LiveAsked(scenario, SkyAsked(objects=objects), NAME, is_paused=True)
    with contextlib.ExitStack() as stack:
        live = stack.enter_context(opened_exercise(settings, folder, asked))
        entrance = stack.enter_context(
            opened_entrance(settings, folder, is_local=True, local_token="of the tests")
        )
        for name, (role, audience) in ACCOUNTS.items():
            add_account(entrance.file, name, role, audience, PASSWORD, SIGNED_IN)
        floor = stack.enter_context(Floor(settings, folder, live.parts()))
        live.attach(floor)
        gate = Doorkeeper(entrance, is_secure=False, now_utc=lambda: SIGNED_IN)
        app = make_app(floor, gate, exercise=live)
        config = uvicorn.Config(
            app, host="127.0.0.1", port=0, log_level="warning", lifespan="off",
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, name="exercise-server", daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        floor.start()
        live.start()
        try:
            yield Served(f"http://127.0.0.1:{port}", folder, live, floor)
        finally:
            app.state.desk.listeners.close()
            server.should_exit = True
            thread.join(timeout=30.0)
