"""Every route declares who may use it, gives what it describes, and tells problems in one shape."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from hoshimori.web.access import permissions_of_routes

API = "/api/v1"
LEFT_OUT = ("/assessment", "/interference")
"""The one takes long, the other needs maps that this sky does not have; both have own tests."""

pytestmark = pytest.mark.xdist_group("web")


def first_incident(client: TestClient) -> str:
    return str(client.get(f"{API}/board").json()["rows"][0]["incident_id"])


def test_every_route_declares_who_may_use_it(client: TestClient) -> None:
    app = client.app
    assert isinstance(app, FastAPI)
    routes = list(permissions_of_routes(app))
    assert len(routes) > 15
    assert not [path for path, _, is_declared in routes if not is_declared]


def test_the_description_names_every_route_and_answers_have_described_shapes(
    client: TestClient,
) -> None:
    described = client.get(f"{API}/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert described["info"]["title"] == "Hoshimori"
    for path, methods in described["paths"].items():
        for verb, operation in methods.items():
            assert operation["description"], f"{verb} {path} says nothing"
            successes = {"200", "201", "202", "204"} & set(operation["responses"])
            assert successes, f"{verb} {path}"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_answers_are_what_the_description_says(client: TestClient, language: str) -> None:
    incident = first_incident(client)
    asset = client.get(f"{API}/board").json()["assets"][0]["norad_id"]
    values = {"incident_id": incident, "norad_id": asset, "language": language}
    app = client.app
    assert isinstance(app, FastAPI)
    checked = 0
    for route in iter_route_contexts(app.routes):
        model = getattr(route, "response_model", None)
        path = route.path or ""
        if model is None or "GET" not in (route.methods or ()) or path.endswith(LEFT_OUT):
            continue
        if path.endswith("/interference"):
            continue  # this sky has no integrity maps; test_pictures_in_browser has some
        if not set(re.findall(r"{(\w+)}", path)) <= values.keys():
            continue
        if path.endswith("/interference"):  # this picture holds no maps: 404 is the answer
            continue
        path = path.format(**values)
        for _ in range(6000):
            answer = client.get(path, params={"language": language})
            if answer.status_code != 202:
                break
            time.sleep(0.02)  # still being made
        assert answer.status_code == 200, (path, answer.text)
        TypeAdapter(model).validate_json(answer.content)
        checked += 1
    assert checked >= 10


@pytest.mark.parametrize(
    ("path", "status", "where"),
    [
        ("/objects/999999998", 404, "norad_id"),
        ("/objects/abc", 422, "path.norad_id"),
        ("/objects/0", 422, "path.norad_id"),
        ("/incidents/INC-ffffffffff", 404, "incident_id"),
        ("/incidents/INC-ffffffffff/assessment", 404, "incident_id"),
        ("/board?language=fr", 422, "query.language"),
        ("/board?as_known_at=0001-01-01T00:00:00Z", 422, "query"),
        ("/objects?limit=5000", 422, "query.limit"),
        ("/ephemeris?objects=1&steps=500", 422, "query.steps"),
        ("/nothing", 404, "path"),
    ],
)
def test_problems_have_one_shape(client: TestClient, path: str, status: int, where: str) -> None:
    answer = client.get(f"{API}{path}")
    assert answer.status_code == status
    told: dict[str, Any] = answer.json()
    assert set(told) == {"problem", "where", "expected", "do"}
    assert told["problem"]
    assert told["where"] == where


def test_a_failure_bears_every_header_and_is_counted(client: TestClient) -> None:
    def raises() -> None:
        raise RuntimeError("CANARYSECRET")

    app = client.app
    assert isinstance(app, FastAPI)
    app.post("/raises")(raises)
    answer = client.post("/raises")
    assert (answer.status_code, answer.json()["where"]) == (500, "/raises")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "CANARYSECRET" not in answer.text
    measures = client.get("/metrics").text
    assert 'hoshimori_requests_total{route="/raises",status="500"}' in measures


def test_health_tells_nothing_of_what_is_watched(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert answer.json() == {"alive": True, "has_board": True}
    assert answer.headers["cache-control"] == "no-store"


def test_the_state_says_what_is_watched_and_that_it_is_made(client: TestClient) -> None:
    state = client.get(f"{API}/state").json()
    assert state["reality"] == "SIMULATED"
    assert state["exercise"] is False
    assert state["view_id"] == client.get(f"{API}/board").json()["view_id"]


def test_measures_count_by_route_and_never_by_what_was_asked(client: TestClient) -> None:
    client.get(f"{API}/objects/25544")
    text = client.get("/metrics").text
    assert "hoshimori_failed_detectors 0.0" in text
    assert "hoshimori_skipped_detectors 0.0" in text
    assert 'hoshimori_requests_total{route="/api/v1/objects/{norad_id}",status="404"}' in text
    assert "25544" not in text
    assert "hoshimori_board_age_seconds" in text


def test_without_a_built_console_the_first_page_says_how_to_build_it(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    if "not built" in page.text:
        assert "HOSHIMORI_SKIP_CONSOLE" in page.text
    assert client.get("/assets/../app.py").status_code == 404
    assert client.get("/..%2fapp.py").status_code == 404
