"""Objects: the catalogue as columns, search, pages, series and states."""

from __future__ import annotations

import time
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from hoshimori.model.candidate_causes import CandidateKind
from hoshimori.model.elements import TEXT
from hoshimori.settings import Settings
from hoshimori.web.app import make_app
from hoshimori.web.object_routes import asked_moment
from hoshimori.web.problems import RefusedError
from hoshimori.workflows.catalogue_columns import catalogue_columns, catalogue_id_of
from hoshimori.workflows.clocks import MadeClock
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.floor_parts import FloorParts
from hoshimori.workflows.skies import Sky

API = "/api/v1"
AS_OF = datetime(2026, 11, 1, tzinfo=UTC)

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


def test_a_catalogue_that_did_not_change_is_not_sent_again_beside_a_new_board(
    made: Sky, tmp_path: Path
) -> None:
    clock, known = MadeClock(AS_OF), [made]
    parts = FloorParts(clock=clock, sky_at=lambda store, moment: known[0], sources={}, detectors=())
    with (
        Floor(Settings(), tmp_path, parts) as floor,
        TestClient(make_app(floor), base_url="http://127.0.0.1") as browser,
    ):
        floor.step()
        first, board = browser.get(f"{API}/catalogue"), floor.view().view_id
        clock.pass_s(3600.0)
        floor.step()
        assert floor.view().view_id != board
        held = {"If-None-Match": first.headers["ETag"]}
        again = browser.get(f"{API}/catalogue", headers=held)
        assert (again.status_code, again.content) == (304, b"")
        renamed = {n: replace(one, owner="OTHER") for n, one in made.objects.items()}
        known[0] = replace(made, objects=renamed)
        clock.pass_s(3600.0)
        floor.step()
        changed = browser.get(f"{API}/catalogue", headers=held)
        assert changed.status_code == 200
        assert changed.json()["catalogue_id"] != first.json()["catalogue_id"]
        assert set(changed.json()["owner"]) == {"OTHER"}


def test_the_id_of_a_catalogue_changes_with_all_that_it_tells(floor: Floor) -> None:
    picture = floor.view().picture
    newest, known = picture.newest, catalogue_id_of(picture, marking="TLP:CLEAR")
    assert catalogue_id_of(replace(picture), marking="TLP:CLEAR") == known
    later = replace(picture, as_of_utc=picture.as_of_utc + timedelta(hours=1))
    assert catalogue_id_of(later, marking="TLP:CLEAR") == known
    shown = catalogue_columns(picture, catalogue_id=known, marking="TLP:CLEAR")
    told = {"catalogue_id", "reality", "marking", "kind", "owner", "regime", "assets"}
    columns = {f.name for f in fields(shown)} - told
    source = {
        "name": "object_name", "mean_motion_rev_per_day": "mean_motion_rev_day",
        "arg_perigee_deg": "arg_of_pericenter_deg", "bstar": "bstar_per_er",
    }  # fmt: skip
    others = [
        catalogue_id_of(picture, marking="TLP:GREEN"),
        catalogue_id_of(replace(picture, assets=picture.assets[1:]), marking="TLP:CLEAR"),
        catalogue_id_of(replace(picture, objects={}), marking="TLP:CLEAR"),
        catalogue_id_of(replace(picture, newest=newest.take(slice(1, None))), marking="TLP:CLEAR"),
    ]
    for name in sorted(columns):
        column = getattr(newest, source.get(name, name))
        if column.dtype == TEXT:
            other = np.where(np.arange(len(column)) == 0, np.array("other", TEXT), column)
        else:
            other = column.copy()
            other[0] = other[0] + (np.timedelta64(1, "s") if name == "epoch_utc" else 1)
        moved = replace(newest, **{source.get(name, name): other})
        others.append(catalogue_id_of(replace(picture, newest=moved), marking="TLP:CLEAR"))
    assert len({known, *others}) == len(others) + 1


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


def causes_of(client: TestClient, norad_id: int, **asked: str) -> dict[str, Any]:
    """Return the page of causes, waited for where it is still being made."""
    for _ in range(600):
        answer = client.get(f"{API}/objects/{norad_id}/causes", params={"draws": "19", **asked})
        if answer.status_code != 202:
            break
        time.sleep(0.05)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def test_causes_of_a_moment_stand_in_the_order_of_their_rarity(
    client: TestClient, floor: Floor
) -> None:
    asset = floor.view().board.assets[0].norad_id
    page = causes_of(client, asset, at="2026-10-31T12:00:00Z")
    assert page["at_utc"] == "2026-10-31T12:00:00.000Z"
    lines = page["lines"]
    assert {line["kind"] for line in lines} == {kind.name.lower() for kind in CandidateKind}
    places = ("unusual", "present", "absent", "not_judged")
    assert [places.index(line["standing"]) for line in lines] == sorted(
        places.index(line["standing"]) for line in lines
    )
    storm = next(line for line in lines if line["kind"] == "storm")
    assert (storm["standing"], storm["p_value"]) == ("not_judged", None)
    assert page["reality"] == "SIMULATED"
    assert "NOT FOR CLASSIFIED DATA" in page["banner"]
    assert page["not_looked_at"]
    assert len(page["report"]["candidates"]) == len(lines)
    japanese = causes_of(client, asset, at="2026-10-31T12:00:00Z", language="ja")
    assert japanese["report"] == page["report"]
    assert japanese["not_looked_at"] != page["not_looked_at"]


def test_causes_are_asked_for_what_is_known_alone(client: TestClient, floor: Floor) -> None:
    asset = floor.view().board.assets[0].norad_id
    path = f"{API}/objects/{asset}/causes"
    assert client.get(f"{API}/objects/899999998/causes").status_code == 404
    for asked in (
        {"at": "2026-11-02T00:00:00Z"},
        {"station": "95,0"},
        {"station": "somewhere"},
        {"beam_deg": "0"},
    ):
        answer = client.get(path, params=asked)
        assert answer.status_code == 422, (asked, answer.text)
    # What is seen as known at a moment is asked about until that moment.
    desk, view = client.app.state.desk, floor.view()  # type: ignore[attr-defined]
    past = replace(view, picture=replace(view.picture, as_of_utc=AS_OF - timedelta(days=1)))
    hour = AS_OF - timedelta(hours=1)
    assert asked_moment(desk, past, hour, None) == hour
    with pytest.raises(RefusedError):
        asked_moment(desk, past, hour, past.picture.as_of_utc)
    long_ago = client.get(path, params={"at": "2026-01-01T00:00:00Z"})
    assert long_ago.status_code == 404
    assert "where it was is not known" in long_ago.json()["problem"]
