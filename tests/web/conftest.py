"""One floor over a small made sky, watched once, and its application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
from starlette.testclient import TestClient

from hoshimori.settings import Settings
from hoshimori.web.app import make_app
from hoshimori.workflows.clocks import MadeClock
from hoshimori.workflows.floor import Floor, FloorParts
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
    parts = FloorParts(clock=MadeClock(AS_OF), sky_at=lambda store, moment: made)
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
