"""The board in words and numbers: complete, in both languages, sent once."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from hoshimori.formats.markings import parse_marking
from hoshimori.model.access import Audience, Role, Viewer
from hoshimori.model.floor import KeptBoard
from hoshimori.workflows.floor import Floor

API = "/api/v1"

pytestmark = pytest.mark.xdist_group("web")


def test_every_incident_is_a_row_with_its_findings(client: TestClient, floor: Floor) -> None:
    board = client.get(f"{API}/board").json()
    made = floor.view().board
    assert [row["incident_id"] for row in board["rows"]] == [i.incident_id for i in made.incidents]
    known = {finding["finding_id"] for finding in board["findings"]}
    assert all(set(row["finding_ids"]) <= known for row in board["rows"])
    assert len(known) == len(made.findings)
    assert board["banner"].endswith("SIMULATED · NOT FOR CLASSIFIED DATA")
    assert {run["detector"] for run in board["runs"]} == {run.detector for run in made.runs}


def test_languages_differ_in_words_alone(client: TestClient) -> None:
    english, japanese = (
        client.get(f"{API}/board", params={"language": language}).json()
        for language in ("en", "ja")
    )
    words = {
        "summary", "story", "failures", "blind_spots", "rows", "language", "banner",
        "reality_meaning", "alerts_text",
    }  # fmt: skip
    assert english.keys() == japanese.keys()
    assert {k for k in english if english[k] != japanese[k]} <= words
    codes = ("incident_id", "attention", "direction", "kinds", "assets", "start_utc", "mark")
    for one, other in zip(english["rows"], japanese["rows"], strict=True):
        assert all(one[code] == other[code] for code in codes)
        assert one["what"] != other["what"]


def test_an_answer_that_is_held_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"{API}/board")
    again = client.get(f"{API}/board", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = client.get(f"{API}/board", params={"language": "ja"})
    assert other.headers["etag"] != first.headers["etag"]


def test_answers_are_packed_for_those_who_can_unpack_them(client: TestClient) -> None:
    with client.stream("GET", f"{API}/board", headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    plain = client.get(f"{API}/board", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 3


def test_the_quiet_report_is_a_page_that_needs_nothing_else(client: TestClient) -> None:
    page = client.get(f"{API}/quiet", params={"language": "ja"})
    assert page.headers["content-type"].startswith("text/html")
    assert 'lang="ja"' in page.text
    assert "https://" not in page.text.replace("https://www.w3.org", "")


def test_a_board_that_was_kept_is_given_byte_for_byte(client: TestClient, floor: Floor) -> None:
    moments = client.get(f"{API}/boards").json()["boards"]
    assert moments[-1]["view_id"] == floor.view().view_id
    kept = client.get(f"{API}/boards/{moments[-1]['view_id']}")
    assert kept.text == floor.board_json(floor.view().view_id)
    assert client.get(f"{API}/boards/{'0' * 24}").status_code == 404


def test_nobody_is_told_of_the_future(client: TestClient) -> None:
    answer = client.get(f"{API}/board", params={"as_known_at": "2099-01-01T00:00:00Z"})
    assert answer.status_code == 422
    assert answer.json()["where"] == "as_known_at"


def test_a_past_moment_is_what_was_known_then(client: TestClient) -> None:
    asked = {"as_known_at": "2026-10-25T00:00:00Z"}
    for _ in range(3000):
        answer = client.get(f"{API}/board", params=asked)
        if answer.status_code != 202:
            break
        time.sleep(0.02)
    board = answer.json()
    assert board["as_of_utc"].startswith("2026-10-25T00:00:00")
    assert all(run["problem"] == "" for run in board["runs"])
    newest = client.get(f"{API}/board").json()
    assert board["view_id"] != newest["view_id"]


def test_of_a_thinned_board_one_is_told_how_to_see_it(
    client: TestClient, floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2026, 10, 1, 6, tzinfo=UTC)
    gone = KeptBoard("a" * 24, at, at, "home", "0" * 64)
    monkeypatch.setattr(floor, "thinned_boards", lambda audience: (gone,))
    answer = client.get(f"{API}/boards/{'a' * 24}")
    assert answer.status_code == 404
    assert "thinned" in answer.json()["problem"]
    assert answer.json()["do"] == "ask for /board?as_known_at=2026-10-01T06:00:00.000000Z"
    assert "thinned" not in client.get(f"{API}/boards/{'b' * 24}").json()["problem"]


def test_rows_say_where_in_its_life_an_incident_is(client: TestClient, floor: Floor) -> None:
    board = client.get("/api/v1/board").json()
    assert {row["state"] for row in board["rows"]} == {"new"}
    first = board["rows"][0]["incident_id"]
    assert client.get(f"/api/v1/incidents/{first}").json()["row"]["state"] == "new"
    listed = client.get("/api/v1/incidents").json()["rows"]
    assert {row["state"] for row in listed} == {"new"}
    norad_id = board["rows"][0]["assets"][0]
    of_object = client.get(f"/api/v1/objects/{norad_id}").json()["incidents"]
    assert {row["state"] for row in of_object} == {"new"}


def test_who_sees_a_part_is_not_told_what_was_planted_and_follows_incidents_too(
    client: TestClient, client_of: Callable[[Viewer], TestClient], floor: Floor
) -> None:
    green = Audience("USA", parse_marking("TLP:GREEN"))
    partner = client_of(Viewer("kim", Role.VIEWER, green))
    theirs = partner.get("/api/v1/board")
    for _ in range(3000):
        if theirs.status_code != 202:
            break
        time.sleep(0.02)
        theirs = partner.get("/api/v1/board")
    own = client.get("/api/v1/board").json()
    assert own["story"]
    assert theirs.json()["story"] == []
    assert theirs.json()["alerts"] is None
    rows = theirs.json()["rows"]
    assert {row["state"] for row in rows} == {"new"}
    assert len(rows) == len(own["rows"])
