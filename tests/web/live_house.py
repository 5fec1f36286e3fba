"""A live exercise behind the real gate, and everybody who sits somewhere in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.web.test_access_matrix import House
from tests.workflows.live_play import TREE, Play, playing

from hoshimori.model.access import Role
from hoshimori.settings import AccessSettings
from hoshimori.web.app import make_app
from hoshimori.web.doorkeeper import Doorkeeper
from hoshimori.workflows.access import add_key, audience_of
from hoshimori.workflows.entrance import opened_entrance

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PEOPLE: dict[str, tuple[Role, str, str]] = {
    "umpire": (Role.EXERCISE_DIRECTOR, "", ""),
    "sato": (Role.VIEWER, "JPN", "TLP:AMBER"),
    "kim": (Role.VIEWER, "USA", "TLP:AMBER"),
    "duty": (Role.DECIDER, "", ""),
    "guest": (Role.VIEWER, "AUS", "TLP:AMBER"),
}
SITS = {"umpire": "control", "sato": "blue", "kim": "green", "duty": "house", "guest": None}
API = "/api/v1/exercise"


@dataclass
class LiveHouse:
    """The exercise, the application, and a client for each person."""

    play: Play
    app: FastAPI
    clients: dict[str, TestClient]
    house: House

    def get(self, name: str, path: str = "") -> Any:
        answer = self.clients[name].get(f"{API}{path}")
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    def post(self, name: str, path: str, **body: Any) -> Any:
        return self.clients[name].post(f"{API}/{path}", json=body)


@contextmanager
def live_house(folder: Path) -> Iterator[LiveHouse]:
    """Give an exercise before its first hour, with its people."""
    with ExitStack() as stack:
        play = stack.enter_context(playing(folder))
        often = AccessSettings(requests_per_minute=10**6, costly_requests_per_minute=10**6)
        tree = replace(TREE, access=often)
        entrance = stack.enter_context(
            opened_entrance(tree, folder, is_local=False, local_token="token")
        )
        gate = Doorkeeper(entrance, is_secure=False, now_utc=lambda: NOW)
        app = make_app(play.floor, gate, exercise=play.live)
        first = stack.enter_context(TestClient(app, base_url="http://127.0.0.1"))
        clients, audiences = {}, {}
        for name, (role, partner, limit) in PEOPLE.items():
            audiences[name] = audience_of(partner, limit)
            day = timedelta(days=1)
            _, secret = add_key(entrance.file, name, role, audiences[name], day, NOW)
            client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
            client.portal = first.portal
            client.headers["Authorization"] = f"Bearer {secret}"
            clients[name] = client
        house = House(play.floor, app, {**clients, "home": clients["umpire"]},
                      {**audiences, "home": audiences["umpire"]}, [])  # fmt: skip
        play.turn()
        yield LiveHouse(play, app, clients, house)
