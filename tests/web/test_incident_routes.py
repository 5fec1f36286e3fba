"""Incidents: pages, assessments that weigh side by side, records, decisions."""

from __future__ import annotations

import time
from typing import Any

import pytest
from starlette.testclient import TestClient

from hoshimori.workflows.floor import Floor

API = "/api/v1"

pytestmark = pytest.mark.xdist_group("web")


@pytest.fixture(scope="module")
def incident_id(floor: Floor) -> str:
    return next(i for i in floor.view().board.incidents if i.others).incident_id


def assessed(client: TestClient, incident_id: str, language: str = "en") -> dict[str, Any]:
    path = f"{API}/incidents/{incident_id}/assessment"
    for _ in range(3000):
        answer = client.get(path, params={"language": language})
        if answer.status_code != 202:
            break
        assert int(answer.headers["retry-after"]) >= 1
        time.sleep(0.02)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_a_page_tells_each_finding_in_words_and_numbers(
    client: TestClient, floor: Floor, incident_id: str
) -> None:
    page = client.get(f"{API}/incidents/{incident_id}").json()
    board = floor.view().board
    incident = next(i for i in board.incidents if i.incident_id == incident_id)
    assert [f["finding_id"] for f in page["findings"]] == list(incident.finding_ids)
    for finding in page["findings"]:
        assert finding["explanation"]
        assert finding["measures"]
        assert finding["finding"]["kind"] == finding["kind"]
    assert page["row"]["incident_id"] == incident_id


def test_the_list_is_that_of_the_board(client: TestClient) -> None:
    rows = client.get(f"{API}/incidents").json()["rows"]
    assert rows == client.get(f"{API}/board").json()["rows"]


def test_an_assessment_is_intervals_side_by_side(client: TestClient, incident_id: str) -> None:
    page = assessed(client, incident_id)
    rows = page["text"]["explanations"]
    assert len(rows) == len(page["hypotheses"]) == len(page["benign"]) == 10
    assert page["benign"][page["best_benign"]] is True
    for row in rows:
        assert row["likelihood"]["low"] <= row["likelihood"]["high"]
        assert row["words"]
    assert page["assessment"]["confidence"] in {"low", "moderate", "high"}
    japanese = assessed(client, incident_id, "ja")
    assert japanese["assessment"] == page["assessment"]
    assert japanese["text"]["title"] != page["text"]["title"]


def test_a_decision_stands_beside_what_was_proposed(client: TestClient, incident_id: str) -> None:
    before = assessed(client, incident_id)
    stated = {"kind": "factor", "key": "f3", "value": "2", "because": "Seen by our own station."}
    answer = client.post(f"{API}/incidents/{incident_id}/decisions", json=stated)
    assert answer.status_code == 201, answer.text
    assert answer.json()["decision"]["decided_by"] == "local"
    after = assessed(client, incident_id)
    factors = {f["factor"]: f for f in after["assessment"]["factors"]}
    assert factors["F3"]["decision"]["value"] == "2"
    former = {f["factor"]: f for f in before["assessment"]["factors"]}
    assert factors["F3"]["proposed"] == former["F3"]["proposed"]
    assert answer.json()["proposed"] == former["F3"]["proposed"]
    record = client.get(f"{API}/incidents/{incident_id}/history").json()
    assert "Seen by our own station." in record["decisions"][-1]


@pytest.mark.parametrize(
    "stated",
    [
        {"kind": "factor", "key": "F99", "value": "1", "because": "so"},
        {"kind": "factor", "key": "F1", "value": "17", "because": "so"},
        {"kind": "factor", "key": "F3", "value": "1", "because": ""},
        {"kind": "verdict", "key": "", "value": "guilty", "because": "so"},
        {"kind": "dissent", "value": "x", "more": 1},
        {},
    ],
)
def test_what_cannot_be_decided_is_refused(
    client: TestClient, incident_id: str, stated: dict[str, object]
) -> None:
    answer = client.post(f"{API}/incidents/{incident_id}/decisions", json=stated)
    assert answer.status_code == 422
    assert answer.json()["problem"]
