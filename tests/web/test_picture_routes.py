"""The routes of pictures: what they give, how much, to whom, and how they refuse."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from hoshimori.model.access import HOME, Audience, Role, Viewer
from hoshimori.model.findings import Breakup, Conjunction, GeoNeighbour, Proximity
from hoshimori.model.markings import Level, Marking
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.timeline import Lane

API = "/api/v1"
MOST_BYTES = 300_000

pytestmark = pytest.mark.xdist_group("web")


def incident_with(floor: Floor, kind: type) -> tuple[str, str]:
    board = floor.view().board
    by_id = {f.finding_id: f for f in board.findings}
    return next(
        (incident.incident_id, finding_id)
        for incident in board.incidents
        for finding_id in incident.finding_ids
        if isinstance(by_id[finding_id], kind)
    )


@pytest.mark.parametrize("kind", [Proximity, Conjunction])
def test_a_pair_has_columns_of_one_length(client: TestClient, floor: Floor, kind: type) -> None:
    incident_id, finding_id = incident_with(floor, kind)
    answer = client.get(
        f"{API}/incidents/{incident_id}/relative", params={"finding_id": finding_id}
    )
    assert answer.status_code == 200
    assert len(answer.content) < MOST_BYTES
    page = answer.json()
    columns = [k for k in page if k.endswith(("_km", "_km2", "t_s")) and isinstance(page[k], list)]
    assert len(columns) == 9
    assert len({len(page[name]) for name in columns}) == 1
    place = page["closest"]
    miss = sum(page[f"{axis}_km"][place] ** 2 for axis in ("radial", "in_track", "cross_track"))
    assert miss**0.5 == pytest.approx(page["closest_km"], abs=1e-3)
    finding = next(f for f in floor.view().board.findings if f.finding_id == finding_id)
    stated = finding.miss_km if isinstance(finding, Conjunction) else finding.range_km  # type: ignore[union-attr]
    assert page["closest_km"] == pytest.approx(stated.best, abs=0.02)
    assert finding_id in {choice["finding_id"] for choice in page["choices"]}


def test_the_kind_is_told_in_the_language(client: TestClient, floor: Floor) -> None:
    incident_id, _ = incident_with(floor, Proximity)
    english, japanese = (
        client.get(f"{API}/incidents/{incident_id}/relative", params={"language": language}).json()
        for language in ("en", "ja")
    )
    assert english["kind_text"] != japanese["kind_text"]
    assert english["radial_km"] == japanese["radial_km"]


def test_the_belt_is_told_whole_and_in_part(client: TestClient, floor: Floor) -> None:
    whole = client.get(f"{API}/belt")
    assert whole.status_code == 200
    assert len(whole.content) < MOST_BYTES
    lines = whole.json()["lines"]
    assert sum(lines["points"]) == len(lines["hours"]) == len(lines["deg_east"])
    assert all(past <= count for past, count in zip(lines["past"], lines["points"], strict=True))
    slot = whole.json()["slots"][0]
    part = client.get(
        f"{API}/belt", params={"middle": slot["deg_east"], "width": 8, "past_days": 10}
    ).json()
    assert slot["norad_id"] in part["lines"]["norad_id"]
    assert len(part["lines"]["norad_id"]) < len(lines["norad_id"])
    _, finding_id = incident_with(floor, GeoNeighbour)
    assert finding_id in {n["finding_id"] for n in whole.json()["neighbours"]}


def test_the_timeline_holds_every_incident_and_the_boards_kept(
    client: TestClient, floor: Floor
) -> None:
    answer = client.get(f"{API}/timeline", params={"past_days": 400})
    assert len(answer.content) < MOST_BYTES
    page = answer.json()
    told = {mark["incident_id"] for mark in page["marks"] if mark["incident_id"]}
    assert {i.incident_id for i in floor.view().board.incidents} <= told
    assert {mark["lane"] for mark in page["marks"]} <= {lane.value for lane in Lane}
    kept = [mark for mark in page["marks"] if mark["lane"] == "board"]
    assert len(kept) == len(floor.boards())


def test_alerts_are_on_the_timeline_of_the_house_alone(
    client: TestClient, client_of: Callable[[Viewer], TestClient]
) -> None:
    def alerts(of: TestClient) -> int:
        answer = of.get(f"{API}/timeline")
        for _ in range(600):
            if answer.status_code != 202:
                break
            time.sleep(0.1)  # the view of another audience is made when it is asked for
            answer = of.get(f"{API}/timeline")
        assert answer.status_code == 200
        return sum(mark["lane"] == "alert" for mark in answer.json()["marks"])

    limited = Audience("JPN", Marking(Level.GREEN))
    own = client_of(Viewer("her", Role.VIEWER, HOME))
    partner = client_of(Viewer("them", Role.VIEWER, limited))
    assert alerts(partner) == 0
    assert alerts(own) == alerts(client)


@pytest.mark.parametrize(
    ("path", "parameters", "status"),
    [
        ("incidents/INC-000000/relative", {}, 404),
        ("incidents/nonsense/relative", {}, 422),
        ("breakups/0000/gabbard", {}, 404),
        ("interference", {}, 404),
        ("interference", {"south": 10}, 422),
        ("interference", {"south": 10, "north": 5, "west": 0, "east": 1}, 422),
        ("belt", {"width": 0}, 422),
        ("belt", {"middle": "nan"}, 422),
        ("timeline", {"past_days": 1e9}, 422),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_reason(
    client: TestClient, path: str, parameters: dict[str, float], status: int
) -> None:
    answer = client.get(f"{API}/{path}", params=parameters)
    assert answer.status_code == status, answer.text
    assert answer.json()["problem"]


def test_a_picture_is_made_once_for_a_view(client: TestClient) -> None:
    first = client.get(f"{API}/belt")
    again = client.get(f"{API}/belt", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_the_made_sky_has_no_break_up(floor: Floor) -> None:
    """The 404 above means that there is none, not that it is hidden."""
    assert not any(isinstance(f, Breakup) for f in floor.view().board.findings)
