"""Every answer has a number, and what is heard of a request tells the route alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hoshimori.formats.log_lines import log_line
from hoshimori.model.happenings import Happening
from hoshimori.settings import FloorSettings, Settings
from hoshimori.web.app import make_app
from hoshimori.workflows.floor import Floor

NUMBER = re.compile(r"[0-9a-f]{16}")


@pytest.fixture
def heard() -> list[Happening]:
    return []


@pytest.fixture
def client(tmp_path: Path, heard: list[Happening]) -> Iterator[TestClient]:
    settings = Settings(floor=FloorSettings(sources=()))
    with Floor(settings, tmp_path) as floor:
        app = make_app(floor, witness=heard.append)

        async def breaks() -> None:
            raise RuntimeError("no such disk")

        app.add_api_route("/breaks", breaks)
        app.router.routes.insert(0, app.router.routes.pop())  # before the console takes every path
        yield TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)


def test_a_request_is_heard_by_its_number_and_route(
    client: TestClient, heard: list[Happening]
) -> None:
    answer = client.get("/api/v1/objects/25544?language=en&token=hidden-away")
    number = answer.headers["x-request-id"]
    assert NUMBER.fullmatch(number)
    (happening,) = heard
    assert happening.about == "GET /api/v1/objects/{norad_id}"
    assert happening.outcome == str(answer.status_code)
    assert happening.details == {"request_id": number}
    assert "25544" not in log_line(happening)
    assert "hidden-away" not in log_line(happening)


def test_a_number_of_a_proxy_goes_on_and_words_do_not(
    client: TestClient, heard: list[Happening]
) -> None:
    good = "0af7651916cd43dd8448eb211c80319c"
    assert client.get("/healthz", headers={"X-Request-ID": good}).headers["x-request-id"] == good
    bad = 'x" level="info'
    assert client.get("/healthz", headers={"X-Request-ID": bad}).headers["x-request-id"] != bad
    assert [one.about for one in heard] == ["GET /healthz", "GET /healthz"]


def test_what_fails_is_heard_with_its_number(client: TestClient, heard: list[Happening]) -> None:
    answer = client.get("/breaks")
    assert answer.status_code == 500
    assert "no such disk" not in answer.text
    (happening,) = heard
    assert happening.problem == "RuntimeError: no such disk"
    line = json.loads(log_line(happening))
    assert line["level"] == "error"
    assert line["request_id"] == answer.headers["x-request-id"]
