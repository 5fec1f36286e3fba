"""Boards are in words before anybody asks for them."""

from __future__ import annotations

import time

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from hoshimori.web.app import make_app
from hoshimori.workflows.floor import Floor

pytestmark = pytest.mark.xdist_group("web")


def is_ready_within(app: FastAPI, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if app.state.desk.answers.size:
            return True
        time.sleep(0.05)
    return False


def test_boards_are_ready_before_anybody_asks(floor: Floor) -> None:
    app = make_app(floor)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert is_ready_within(app, 120.0)
        held = app.state.desk.answers.size
        for _ in range(2):
            assert client.get("/api/v1/board").status_code == 200
        assert app.state.desk.answers.size >= held


def test_nothing_is_readied_where_the_application_does_not_run(floor: Floor) -> None:
    app = make_app(floor)
    TestClient(app, base_url="http://127.0.0.1").get("/healthz")
    assert app.state.desk.answers.size == 0
