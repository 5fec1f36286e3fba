"""A small application behind the real gate, and browsers of different people before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

from hoshimori.model.access import HOME, Permission, Role, Viewer
from hoshimori.settings import AccessSettings, Settings
from hoshimori.web.access import needs
from hoshimori.web.access_routes import protect
from hoshimori.web.doorkeeper import Doorkeeper
from hoshimori.web.problems import tell_problems
from hoshimori.workflows import access as access_workflow
from hoshimori.workflows import passwords
from hoshimori.workflows.access import add_account, audience_of
from hoshimori.workflows.entrance import Entrance, opened_entrance

PASSWORD = "seven bright harbours"
TOKEN = "local-token-canary"
ADDRESS = "http://127.0.0.1"


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = datetime(2026, 11, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **of: float) -> None:
        self.now += timedelta(**of)


@dataclass
class Scene:
    """The application with what stands behind it."""

    app: FastAPI
    entrance: Entrance
    clock: Clock
    folder: Path

    def browser(self, *, address: str = "192.0.2.1") -> TestClient:
        return TestClient(self.app, base_url=ADDRESS, client=(address, 50_000))

    def signed_in(self, name: str) -> TestClient:
        browser = self.browser()
        told = browser.post("/api/v1/session", json={"name": name, "password": PASSWORD})
        assert told.status_code == 200, told.text
        browser.headers["X-CSRF-Token"] = told.json()["forgery_token"]
        return browser

    def audit(self) -> list[tuple[str, str, str, str]]:
        return [(e.kind.value, e.who, e.what, e.why) for e in self.entrance.newest_entries(1000)]


def small_app() -> FastAPI:
    app = FastAPI()

    for permission in Permission:
        asks = Depends(needs(permission))

        def asked(viewer: Viewer = asks) -> dict[str, str]:
            return {"name": viewer.name, "audience": str(viewer.audience)}

        def search(about: str = "", viewer: Viewer = asks) -> dict[str, str]:
            return {"name": viewer.name, "about": about}

        app.get(f"/get/{permission.value}")(search)
        app.post(f"/post/{permission.value}")(asked)
    return app


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """Passwords cost time on purpose; tests of everything else need not pay it."""
    cheap = access_workflow._NO_PASSWORD.replace("32768", "16")
    with (
        patch.object(passwords, "_COST", 16),
        patch.object(access_workflow, "_NO_PASSWORD", cheap),
    ):
        yield


@contextmanager
def scene(
    folder: Path,
    *,
    is_local: bool = False,
    is_secure: bool = False,
    people: dict[str, tuple[Role, str, str]] | None = None,
    access: AccessSettings = AccessSettings(),  # noqa: B008
) -> Iterator[Scene]:
    """Give the application with accounts: name to role, partner, limit."""
    clock = Clock()
    tree = replace(Settings(), access=access)
    opened = opened_entrance(tree, folder, is_local=is_local, local_token=TOKEN)
    with cheap_passwords(), opened as entrance:
        for name, (role, partner, limit) in (people or {}).items():
            audience = audience_of(partner, limit) if partner or limit else HOME
            add_account(entrance.file, name, role, audience, PASSWORD, clock.now)
        app = small_app()
        tell_problems(app)
        gate = Doorkeeper(entrance, is_secure=is_secure, now_utc=clock)
        protect(app, gate, hosts=("watch.example.org",), language="en")
        yield Scene(app, entrance, clock, folder)
