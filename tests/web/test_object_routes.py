"""Objects: the catalogue as columns, search, pages, series and states."""

from __future__ import annotations

import numpy as np
import pytest
from starlette.testclient import TestClient

from hoshimori.workflows.floor import Floor

API = "/api/v1"

pytestmark = pytest.mark.xdist_group("web")


def test_the_catalogue_is_columns_of_one_length(client: TestClient, floor: Floor) -> None:
    columns = client.get(f"{API}/catalogue").json()
    newest = floor.view().picture.newest
    lists = {k: v for k, v in columns.items() if isinstance(v, list) and k != "assets"}
    assert {len(v) for v in lists.values()} == {len(newest)}
    assert columns["norad_id"] == sorted(columns["norad_id"])
    np.testing.assert_allclose(columns["mean_motion_rev_per_day"], newest.mean_motion_rev_day)
    np.testing.assert_allclose(columns["bstar"], newest.bstar_per_er, atol=1e-12)
    assert set(columns["regime"]) <= {"LEO", "MEO", "GEO", "HEO"}
    assert set(columns["kind"]) <= {"payload", "rocket body", "debris", "unknown"}


def test_search_finds_by_name_number_and_designator(client: TestClient) -> None:
    columns = client.get(f"{API}/catalogue").json()
    norad_id, name = columns["assets"][0], ""
    page = client.get(f"{API}/objects/{norad_id}").json()
    name, designator = page["name"], page["object_id"]
    for text in (name.lower(), str(norad_id), designator):
        found = client.get(f"{API}/objects", params={"query": text}).json()
        assert norad_id in [one["norad_id"] for one in found["objects"]], text
    first = client.get(f"{API}/objects", params={"query": str(norad_id)}).json()["objects"][0]
    assert first["norad_id"] == norad_id


def test_pages_of_a_search_follow_one_another_and_hold_everything(client: TestClient) -> None:
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        page = client.get(f"{API}/objects", params={"limit": 200, "after": after}).json()
        seen += [one["norad_id"] for one in page["objects"]]
        after = page["next_after"]
    assert len(seen) == len(set(seen)) == page["found"]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_page_tells_of_an_object_and_its_incidents(
    client: TestClient, floor: Floor, language: str
) -> None:
    incident = next(i for i in floor.view().board.incidents if i.others)
    asset = incident.assets[0]
    page = client.get(f"{API}/objects/{asset}", params={"language": language}).json()
    assert incident.incident_id in [row["incident_id"] for row in page["incidents"]]
    assert page["asset"]["norad_id"] == asset
    assert page["orbit"]["perigee_km"] < page["orbit"]["apogee_km"]
    assert page["reality"] == "SIMULATED"
    assert len(page["sentences"]) >= 5
    assert str(asset) in page["sentences"][0]


def test_a_history_is_series_of_one_length(client: TestClient) -> None:
    norad_id = client.get(f"{API}/catalogue").json()["assets"][0]
    series = client.get(f"{API}/objects/{norad_id}/history").json()
    lengths = {len(v) for v in series.values() if isinstance(v, list)}
    assert lengths == {series["element_sets"]}
    assert series["epoch_utc"] == sorted(series["epoch_utc"])
    short = client.get(f"{API}/objects/{norad_id}/history", params={"days": 5}).json()
    assert 0 < short["element_sets"] < series["element_sets"]


def test_states_are_float32_in_the_order_that_the_head_names(client: TestClient) -> None:
    numbers = client.get(f"{API}/catalogue").json()["norad_id"][:3]
    asked = {"objects": ",".join(map(str, reversed(numbers))), "steps": 5, "step_s": 30}
    answer = client.get(f"{API}/ephemeris", params=asked)
    states = np.frombuffer(answer.content, "<f4").reshape(3, 5, 6)
    assert answer.headers["hoshimori-objects"] == ",".join(map(str, numbers))
    radius_km = np.linalg.norm(states[:, :, :3], axis=2)
    assert np.all(radius_km > 6_378.0)
    step_km = np.linalg.norm(np.diff(states[:, :, :3], axis=1), axis=2)
    speed_km_s = np.linalg.norm(states[:, :-1, 3:], axis=2)
    np.testing.assert_allclose(step_km / 30.0, speed_km_s, rtol=0.01)
