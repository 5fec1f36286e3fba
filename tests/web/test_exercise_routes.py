"""A server of an exercise says so on every route; on any other, nothing of an exercise is shown."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient
from tests.web.canaries import AS_OF, Variant, watched_floor
from tests.web.test_access_matrix import House, paths

from hoshimori.dossier.opening import unpack
from hoshimori.exercise.as_exercise import report_as_exercise, sets_as_exercise
from hoshimori.formats import fact_streams
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.formats.reports import read_reports, write_reports
from hoshimori.model.access import HOME
from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.fact_transfer import SentReading
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Reading
from hoshimori.web.app import make_app
from hoshimori.web.exercise_banner import EXERCISE_HEADER, REALITY_HEADER
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.stores import begin_exercise_store

VARIANT = Variant("TLP:CLEAR", "TLP:GREEN//SOURCE TERMS", "TLP:AMBER")
MARK = ExerciseMark("Autumn Sky 秋", AS_OF)
CANARY = "CANARYDRILL"
FIRST_ID = 884_100_001
_STATED = re.compile(r'"reality":\s*"([A-Z]*)"')

pytestmark = pytest.mark.xdist_group("exercise routes")


def _house(folder: Path) -> Iterator[House]:
    with watched_floor(VARIANT, folder, objects=24) as floor:
        app = make_app(floor)
        with TestClient(app, base_url="http://127.0.0.1") as client:
            yield House(floor, app, {"home": client}, {"home": HOME}, [])


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server of an exercise."""
    folder = tmp_path_factory.mktemp("drill")
    begin_exercise_store(folder, MARK)
    yield from _house(folder)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server of the real sky, to which everything of an exercise is offered that can be."""
    folder = tmp_path_factory.mktemp("real")
    for house in _house(folder):
        client = house.clients["home"]
        rows = _exercised()
        sent = client.post("/api/v1/facts?source=drill.csv", content=write_omm_csv(rows))
        assert sent.status_code < 300, sent.text
        assert sent.json()["counts"]["new"] == 0
        page = folder / "reports.toml"
        stated = read_reports(page.read_bytes(), source="reports.toml").reports
        made = replace(report_as_exercise(stated[0]), text=CANARY, source=CANARY)
        page.write_bytes(write_reports([*stated, made]))
        house.floor.watch_soon()
        house.floor.step()
        yield house


def _exercised() -> ElementSets:
    sky = made_sky(seed=2, objects=40, as_of_utc=np.datetime64("2026-11-01", "us"))
    rows = sets_as_exercise(sky.parts[0].newest())
    numbers = FIRST_ID + np.arange(len(rows))
    names = np.array([f"{CANARY} {number}" for number in numbers], TEXT)
    return replace(rows, norad_id=numbers, object_name=names)


def test_every_answer_of_an_exercise_says_so(drill: House) -> None:
    asked = 0
    for path in paths(drill, "home"):
        answer = drill.clients["home"].get(path, follow_redirects=False)
        assert answer.headers[REALITY_HEADER] == "EXERCISE", path
        assert unquote(answer.headers[EXERCISE_HEADER]) == MARK.name
        asked += 1
    assert asked > 60


def test_answers_to_every_other_method_say_so_too_also_refusals(drill: House) -> None:
    client, asked = drill.clients["home"], 0
    for route in iter_route_contexts(drill.app.routes):  # type: ignore[attr-defined]
        for method in sorted((route.methods or set()) - {"GET", "HEAD"}):
            path = re.sub(r"\{[^}]*\}", "ALR-0000000000", route.path or "")
            answer = client.request(method, path, content=b"{}")
            assert answer.status_code < 500, (method, path, answer.text)
            assert answer.headers[REALITY_HEADER] == "EXERCISE", (method, path)
            asked += 1
    assert asked >= 8


def test_nothing_that_an_exercise_shows_is_called_anything_else(drill: House) -> None:
    told: set[str] = set()
    for path in paths(drill, "home"):
        if path.startswith("/api/v1/openapi"):
            continue
        body = drill.asked("home", path)
        found = set(_STATED.findall(body.decode("utf-8", "replace")))
        assert found <= {"EXERCISE"}, (path, found)
        told |= found
    assert told == {"EXERCISE"}


def test_its_state_names_it_before_anything_is_watched(drill: House) -> None:
    state = drill.clients["home"].get("/api/v1/state").json()
    assert (state["exercise"], state["exercise_name"]) == (True, MARK.name)
    assert state["reality"] == "EXERCISE"
    greeting = drill.clients["home"].get("/api/v1/facts").json()
    assert greeting["exercise"]["name"] == MARK.name


def test_what_is_sent_to_an_exercise_becomes_exercise_or_is_refused(drill: House) -> None:
    client = drill.clients["home"]
    rows = replace(_exercised(), provenances=(Provenance("real.csv", "0" * 64),))
    sent = client.post("/api/v1/facts?source=real.csv", content=write_omm_csv(rows))
    assert sent.json()["counts"]["new"] == len(rows)
    refused = client.post("/api/v1/facts/readings", content=_reading(rows, Reality.REAL))
    assert refused.status_code == 409
    assert "of the exercise Autumn Sky" in refused.json()["problem"]


def test_a_dossier_of_an_exercise_says_so_in_its_name_and_in_every_item(drill: House) -> None:
    client = drill.clients["home"]
    (incident_id, *_) = drill.incidents("home")
    state = client.get("/api/v1/session").json()
    order = {"incident_id": incident_id, "languages": ["en"], "release_to": []}
    token = {"X-CSRF-Token": state.get("forgery_token") or ""}
    ordered = client.post("/api/v1/dossiers", json=order, headers=token)
    assert ordered.status_code == 202, ordered.text
    path = f"/api/v1/dossiers/{ordered.json()['dossier_id']}"
    for _ in range(6000):
        page = client.get(path).json()
        if page["state"] != "composing":
            break
        time.sleep(0.02)
    assert page["state"] == "ready", page
    assert page["reality"] == "EXERCISE"
    sent = client.get(f"{path}/file")
    assert 'filename="EXERCISE-DOS-' in sent.headers["Content-Disposition"]
    assert {item.reality for item in unpack(sent.content).items} == {Reality.EXERCISE}


def test_a_server_of_the_real_sky_takes_no_reading_of_an_exercise(real: House) -> None:
    client = real.clients["home"]
    for rows, reality in (
        (_exercised(), Reality.EXERCISE),
        (_exercised(), Reality.REAL),
        (replace(_exercised(), provenances=(Provenance("x", "0" * 64),)), Reality.EXERCISE),
    ):
        refused = client.post("/api/v1/facts/readings", content=_reading(rows, reality))
        assert refused.status_code == 409
        assert "this store is of the real sky" in refused.json()["problem"]


def _reading(rows: ElementSets, reality: Reality) -> bytes:
    digest = "0" * 64
    kept = replace(
        rows, provenances=tuple(replace(p, payload_sha256=digest) for p in rows.provenances)
    )
    sent = SentReading(Reading(kept, ()), Provenance("sent", digest, reality), 1, AS_OF)
    return b"".join(fact_streams.write_reading(sent))


def test_nothing_of_an_exercise_is_in_any_byte_of_a_server_of_the_real_sky(real: House) -> None:
    asked = 0
    numbers = [str(FIRST_ID + k) for k in range(40)]
    for path in paths(real, "home"):
        answer = real.asked("home", path)
        asked += 1
        if path.startswith(("/api/v1/facts/rejections", "/api/v1/facts/file", "/api/v1/state")):
            # They tell the house what was refused and left out, and why; the file holds it too.
            continue
        text = answer.decode("utf-8", "replace")
        assert CANARY not in text, path
        assert not [n for n in numbers if n in text], path
        assert "EXERCISE" not in _STATED.findall(text), path
        assert REALITY_HEADER.lower() not in text.lower(), path
    assert asked > 60


def test_a_server_of_the_real_sky_tells_what_it_left_out(real: House) -> None:
    state = real.clients["home"].get("/api/v1/state").json()
    assert (state["exercise"], state["exercise_name"]) == (False, "")
    assert "1 reports were left out" in json.dumps(state["problems"])
    assert real.clients["home"].get("/api/v1/facts").json()["exercise"] is None
