"""Dossiers: ordered, composed in the background, previewed, downloaded, verified; copies apart."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from hoshimori.dossier.opening import unpack
from hoshimori.model.access import Audience, Role, Viewer
from hoshimori.model.dossiers import Trust
from hoshimori.model.markings import Level, Marking
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.rerun import rerun
from hoshimori.workflows.verify import verify_seal

API = "/api/v1"
JAPAN = Viewer("partner", Role.VIEWER, Audience("JPN", Marking(Level.AMBER)))
AUSTRALIA = Viewer("other", Role.VIEWER, Audience("AUS", Marking(Level.AMBER)))
ANALYST = Viewer("analyst", Role.ANALYST, Audience())

pytestmark = pytest.mark.xdist_group("web")

Waited = Callable[[TestClient, str], dict[str, Any]]


def ready(client: TestClient, path: str, is_over: Callable[[Any], bool]) -> dict[str, Any]:
    for _ in range(6000):
        answer = client.get(path)
        if answer.status_code != 202 and is_over(answer.json()):
            return dict(answer.json())
        time.sleep(0.02)
    raise AssertionError(f"{path}: {answer.status_code} {answer.text}")


@pytest.fixture(scope="module")
def incident_id(floor: Floor) -> str:
    return next(i for i in floor.view().board.incidents if i.others).incident_id


@pytest.fixture(scope="module")
def dossier(client: TestClient, incident_id: str) -> dict[str, Any]:
    order = {"incident_id": incident_id, "languages": ["en"], "release_to": ["jpn", "USA"]}
    answer = client.post(f"{API}/dossiers", json=order)
    assert answer.status_code == 202, answer.text
    assert answer.json()["state"] == "composing"
    place = answer.headers["location"]
    return ready(client, place, lambda told: told["state"] != "composing")


def test_it_is_sealed_and_verifies(client: TestClient, dossier: dict[str, Any]) -> None:
    assert dossier["state"] == "ready", dossier
    answer = client.get(f"{API}/dossiers/{dossier['dossier_id']}/file")
    assert answer.headers["content-disposition"].endswith(f'"{dossier["whole"]["name"]}"')
    assert hashlib.sha256(answer.content).hexdigest() == dossier["whole"]["sha256"]
    report = verify_seal(answer.content, Trust(), datetime(2026, 11, 2, tzinfo=UTC))
    assert report.intact
    assert rerun(unpack(answer.content).items).same
    names = [str(item.item_id) for item in unpack(answer.content).items]
    assert any(name.endswith("-en.pdf") for name in names)
    assert not any(name.endswith("-ja.pdf") for name in names)


def test_the_copy_for_partners_is_another_file(client: TestClient, dossier: dict[str, Any]) -> None:
    assert dossier["release_to"] == ["JPN", "USA"]
    path = f"{API}/dossiers/{dossier['dossier_id']}/file"
    copy = client.get(path, params={"copy": True})
    assert hashlib.sha256(copy.content).hexdigest() == dossier["copy"]["sha256"]
    assert unpack(copy.content).release is not None


def test_a_partner_gets_the_copy_made_for_it_and_nothing_else(
    client_of: Callable[[Viewer], TestClient], client: TestClient, dossier: dict[str, Any]
) -> None:
    japan, australia = client_of(JAPAN), client_of(AUSTRALIA)
    listed = japan.get(f"{API}/dossiers").json()["dossiers"]
    assert [one["dossier_id"] for one in listed] == [dossier["dossier_id"]]
    assert listed[0]["whole"] is None
    assert listed[0]["ordered_by"] == ""
    path = f"{API}/dossiers/{dossier['dossier_id']}"
    # Asked for the whole, a partner gets the copy.
    got = japan.get(f"{path}/file", params={"copy": False}).content
    assert hashlib.sha256(got).hexdigest() == dossier["copy"]["sha256"]
    assert australia.get(f"{API}/dossiers").json()["dossiers"] == []
    assert australia.get(path).status_code == 404
    assert australia.get(f"{path}/file").status_code == 404


def test_a_preview_says_what_would_go_and_what_changes(
    client: TestClient, dossier: dict[str, Any]
) -> None:
    path = f"{API}/dossiers/{dossier['dossier_id']}/preview?release_to=USA"
    preview = ready(client, path, lambda told: True)
    assert preview["possible"] is True
    assert preview["release_to"] == ["USA"]
    assert sum(kind["go"] for kind in preview["items"]) > 0
    assert preview["withheld"] == sum(kind["stay"] for kind in preview["items"])


def test_who_may_not_release_neither_previews_nor_orders_copies(
    client_of: Callable[[Viewer], TestClient], incident_id: str, dossier: dict[str, Any]
) -> None:
    analyst = client_of(ANALYST)
    order = {"incident_id": incident_id, "release_to": ["JPN"]}
    assert analyst.post(f"{API}/dossiers", json=order).status_code == 403
    path = f"{API}/dossiers/{dossier['dossier_id']}/preview?release_to=JPN"
    assert analyst.get(path).status_code == 403
    assert client_of(JAPAN).post(f"{API}/dossiers", json=order).status_code == 403


@pytest.mark.parametrize(
    ("order", "status"),
    [
        ({"incident_id": "INC-ffffffffff"}, 404),
        ({"incident_id": "everything"}, 422),
        ({"incident_id": "INC-ffffffffff", "languages": ["fr"]}, 422),
        ({"incident_id": "INC-ffffffffff", "release_to": ["../x"]}, 422),
        ({}, 422),
    ],
)
def test_what_cannot_be_composed_is_refused(
    client: TestClient, order: dict[str, Any], status: int
) -> None:
    assert client.post(f"{API}/dossiers", json=order).status_code == status


@pytest.mark.parametrize("name", ["DOS-0000000000", "DOS-xyz", "..%2f..%2ffacts.duckdb"])
def test_there_is_nothing_under_other_names(client: TestClient, name: str) -> None:
    assert client.get(f"{API}/dossiers/{name}/file").status_code in {404, 422}
