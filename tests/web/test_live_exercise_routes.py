"""Each cell sees its own of a live exercise and nothing else; who directs sees and steers it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.web.live_house import API, PEOPLE, SITS, LiveHouse, live_house
from tests.web.test_access_matrix import paths
from tests.workflows.live_play import playing
from tests.workflows.test_live_exercise import REPORT

from hoshimori.model.access import HOME, Permission
from hoshimori.web.access import permissions_of_routes
from hoshimori.web.app import make_app
from hoshimori.web.exercise_banner import REALITY_HEADER
from hoshimori.workflows.events import EVERY_CELL

pytestmark = pytest.mark.xdist_group("live routes")

PLAYERS = [name for name in PEOPLE if name != "umpire"]
OF_THE_SCRIPT = (
    "CANARYSOURCE", "CANARYTITLE", "CANARYSTORY", "CANARYOBJECTIVE", "CANARYWHITE", "canary-",
    "REPORTLATER", "QUESTIONLATER", "CANARYCHOICE", "later-q",
)  # fmt: skip
"""What no player may read while the exercise stands at its seventh hour."""
OF_BLUE = ("QUESTIONBLUE", "part-q", "ANSWERBLUE", "TASKBLUE", "ONLYFORBLUE")
OF_GREEN = ("QUESTIONGREEN", "time-q", "ANSWERGREEN", "TASKGREEN")
OF_HOUSE = ("ANSWERHOUSE", "TASKHOUSE")
DIRECTS = ("script", "kinds", "score", "debrief.html", "debrief.pdf")
STEERS = {
    "clock": {"paused": True}, "injects": {"toml": REPORT}, "end": {},
    "points": {"cell": "blue", "question_id": "words-q", "points": 1},
}  # fmt: skip


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveHouse]:
    """One at its seventh hour, in which everybody did something."""
    with live_house(tmp_path_factory.mktemp("live") / "drill") as drill:
        for name in PEOPLE:
            drill.clients[name].get("/api/v1/board")
        drill.play.until(7.0)
        for name, text in (("sato", "ANSWERBLUE"), ("kim", "ANSWERGREEN"), ("duty", "ANSWERHOUSE")):
            told = drill.post(name, "answers", question_id="words-q", value=text)
            assert told.status_code == 201, told.text
        number = drill.play.live.stage.stage.cast.numbers["canary-two"]
        drill.post("sato", "answers", question_id="part-q", value=str(number))
        drill.post("umpire", "messages", to="blue", text="ONLYFORBLUE")
        drill.post("umpire", "points", cell="blue", question_id="words-q", points=4.25)
        drill.play.turn()
        yield drill


def hidden_from(name: str) -> tuple[str, ...]:
    cell = SITS[name]
    others = {"blue": OF_BLUE, "green": OF_GREEN, "house": OF_HOUSE}
    own = [text for other, texts in others.items() if other != cell for text in texts]
    # The white cell's own store is that of the house: what it holds for a cell, the house sees.
    report = () if cell in ("blue", "house") else ("REPORTBLUE",)
    return (*OF_THE_SCRIPT, *own, *report)


@pytest.mark.parametrize("name", PLAYERS)
def test_no_byte_of_any_answer_tells_a_player_what_it_must_not_know(
    drill: LiveHouse, name: str
) -> None:
    asked = 0
    for path in paths(drill.house, name):
        answer = drill.house.asked(name, path)
        if path.startswith("/api/v1/openapi"):
            continue
        asked += 1
        found = [text for text in hidden_from(name) if text.encode() in answer]
        assert not found, (path, found, answer[:3000])
        assert not (path.startswith(API) and b"4.25" in answer), "points are told when it is over"
    assert asked > 60
    with drill.play.floor.subscribe(
        drill.house.audiences[name], 0, cell=SITS[name] or ""
    ) as subscription:
        told = repr(subscription.take())
    assert not [text for text in hidden_from(name) if text in told]


def test_what_may_be_seen_is_there(drill: LiveHouse) -> None:
    """Else the test above would pass over an empty house."""
    of_blue = drill.clients["sato"].get(f"{API}/questions").text
    assert all(text in of_blue for text in ("QUESTIONBLUE", "QUESTIONALL", "ANSWERBLUE"))
    assert "ONLYFORBLUE" in drill.clients["sato"].get(f"{API}/acts").text
    assert b"REPORTBLUE" in drill.house.asked("sato", "/api/v1/quiet")
    script = drill.clients["umpire"].get(f"{API}/script").text
    assert all(text in script for text in ("CANARYSTORY", "canary-burn", "REPORTLATER"))
    assert b"REPORTBLUE" not in drill.house.asked("kim", "/api/v1/quiet")


def test_everybody_is_told_where_they_sit(drill: LiveHouse) -> None:
    for name, cell in SITS.items():
        state = drill.get(name)
        assert state["my_cell"] == cell, name
        assert state["is_director"] == (name == "umpire")
        assert not state["plays_all"]
        assert (state["scenario_id"], state["title"], state["story"]) == (
            ("canary-script", "CANARYTITLE", "CANARYSTORY") if name == "umpire" else ("", "", "")
        )
        assert (state["name"], state["read_ahead"]) == ("Autumn Sky", "READAHEAD")
        assert (state["at_h"], state["length_h"]) == (pytest.approx(7.0, abs=0.01), 24.0)
    assert [c["is_white"] for c in drill.get("kim")["cells"]] == [True, False, False, False]


@pytest.mark.parametrize("name", PLAYERS)
def test_nobody_but_who_directs_directs(drill: LiveHouse, name: str) -> None:
    before = drill.get("umpire")
    for path in DIRECTS:
        assert drill.clients[name].get(f"{API}/{path}").status_code == 403, path
    for path, body in STEERS.items():
        assert drill.post(name, path, **body).status_code == 403, path
    assert drill.get("umpire") == before
    assert len(drill.get("umpire", "/script")["injects"]) == 3


def test_every_route_of_an_exercise_declares_what_it_needs(drill: LiveHouse) -> None:
    declared = {p: need for p, need, _ in permissions_of_routes(drill.app) if p.startswith(API)}
    assert all(declared.values())
    directs = {p for p, need in declared.items() if need is Permission.DIRECT_EXERCISES}
    assert directs == {
        f"{API}/{path}"
        for path in ("script", "kinds", "clock", "injects", "points", "end", "score",
                     "debrief.{paper}")
    }  # fmt: skip
    takes_part = {p for p, need in declared.items() if need is Permission.TAKE_PART}
    assert takes_part == {f"{API}/{path}" for path in ("answers", "messages", "decisions")}


def test_the_routes_are_there_with_an_exercise_alone(client: TestClient, drill: LiveHouse) -> None:
    assert client.get(API).status_code == 404
    assert drill.clients["sato"].get(API).headers[REALITY_HEADER] == "EXERCISE"
    assert "/api/v1/exercise" not in client.get("/api/v1/openapi.json").json()["paths"]


def test_nobody_acts_for_another_cell_or_without_one(drill: LiveHouse) -> None:
    told = drill.post("sato", "answers", question_id="words-q", value="x", cell="green")
    assert (told.status_code, told.json()["where"]) == (403, "cell")
    told = drill.post("umpire", "answers", question_id="words-q", value="x", cell="green")
    assert told.status_code == 403
    told = drill.post("guest", "messages", to="blue", text="hello")
    assert told.status_code == 403
    assert "in no cell" in told.json()["problem"]
    assert drill.post("kim", "answers", question_id="part-q", value="1").status_code == 404
    assert drill.post("kim", "answers", question_id="later-q", value="1").status_code == 404


def test_problems_of_the_exercise_have_the_shape_of_the_house(drill: LiveHouse) -> None:
    said = drill.post("kim", "messages", to="blue", text="It was an armed attack.")
    assert said.status_code == 422
    assert set(said.json()) == {"problem", "where", "expected", "do"}
    assert (said.json()["where"], "armed attack" in said.json()["problem"]) == ("text", True)
    wrong = drill.post("umpire", "injects", toml=REPORT.replace("C3", "Z9"))
    assert (wrong.status_code, wrong.json()["where"]) == (422, "inject[1].grade")
    (mistake,) = wrong.json()["mistakes"]
    assert (mistake["line"], mistake["field"]) == (7, "inject[1].grade")
    assert drill.post("umpire", "clock", jump_to_h=1).status_code == 422
    assert drill.post("umpire", "clock", speed=-1).status_code == 422
    assert drill.post("umpire", "clock", haste=2).status_code == 422


def test_the_director_sees_every_answer_and_its_worth(drill: LiveHouse) -> None:
    questions = {q["id"]: q for q in drill.get("umpire", "/questions")["questions"]}
    assert set(questions) == {"part-q", "words-q", "time-q"}
    words = questions["words-q"]
    assert words["cells"] == ["blue", "green", "house"]
    assert [(a["cell"], a["value"], a["points"]) for a in words["answers"]] == [
        ("blue", "ANSWERBLUE", 4.25),
        ("green", "ANSWERGREEN", None),
        ("house", "ANSWERHOUSE", None),
    ]
    part = questions["part-q"]
    assert part["answers"][0]["is_right"] is True
    assert part["right"][0].startswith("canary-two (")
    (own,) = [q for q in drill.get("sato", "/questions")["questions"] if q["id"] == "part-q"]
    assert own["answer"]["value"].isdecimal()
    assert (own["answer"]["is_right"], own["right"], own["answers"]) == (None, [], [])


def test_the_score_and_the_report_are_there_before_the_end(drill: LiveHouse) -> None:
    told = drill.get("umpire", "/score")
    assert (told["reality"], told["is_over"], told["looks"], told["looks_owed"]) == (
        "EXERCISE", False, 0, 2,
    )  # fmt: skip
    assert [cell["cell"] for cell in told["cells"]] == ["blue", "green", "house"]
    assert told["cells"][0]["points"] == 1.0 + 4.25
    assert told["asked"]["part-q"] == "QUESTIONBLUE"
    page = drill.clients["umpire"].get(f"{API}/debrief.html")
    assert "QUESTIONBLUE" in page.text
    assert "EXERCISE" in page.text
    assert "script" not in page.headers["Content-Security-Policy"]
    assert "EXERCISE-after-action-en.html" in page.headers["Content-Disposition"]


def test_acts_say_which_question_they_are_about(drill: LiveHouse) -> None:
    about = {
        (a["kind"], a["cell"], a["subject"]): a["about"]
        for a in drill.get("umpire", "/acts?language=ja")["acts"]
    }
    assert about["answer", "blue", "part-q"] == "訳QUESTIONBLUE"
    assert about["points", "blue", "words-q"] == "訳QUESTIONALL"
    assert about["message", "control", "blue"] == ""
    (own,) = [a for a in drill.get("sato", "/acts")["acts"] if a["subject"] == "part-q"]
    assert (own["about"], own["says"]) == ("QUESTIONBLUE", own["value"])


def test_truth_is_told_once_it_happened_and_to_who_directs(drill: LiveHouse) -> None:
    injects = {i["id"]: i for i in drill.get("umpire", "/script")["injects"]}
    assert injects["canary-burn"]["state"] == "happened"
    assert injects["canary-burn"]["truth"]["measures"]["delta_v_m_s"] == pytest.approx(1.5)
    assert injects["canary-burn"]["parts"] == ["canary-two"]
    assert (injects["canary-later"]["state"], injects["canary-later"]["truth"]) == ("coming", None)
    kinds = drill.get("umpire", "/kinds")
    assert len(kinds["kinds"]) == 17
    assert kinds["parts"] == ["canary-one", "canary-two"]
    assert kinds["kinds"][0]["schema"]["properties"]["kind"]["const"] == kinds["kinds"][0]["kind"]


def test_acts_of_the_house_routes_count_as_well(drill: LiveHouse) -> None:
    incident = drill.play.floor.view(HOME).board.incidents[0].incident_id
    told = drill.clients["duty"].post(
        f"/api/v1/incidents/{incident}/decisions",
        json={"kind": "gate", "key": "G1", "value": "open", "because": "Seen."},
    )
    assert told.status_code == 201, told.text
    acts = drill.get("duty", "/acts")["acts"]
    assert [(a["kind"], a["subject"], a["value"]) for a in acts][-1] == (
        "gate",
        incident,
        "G1 open: Seen.",
    )
    (own, *_) = drill.play.floor.view(drill.house.audiences["sato"]).board.incidents
    body = {"incident_id": own.incident_id, "kind": "factor", "key": "f2", "value": "3"}
    assert drill.post("sato", "decisions", **body).status_code == 201
    assert drill.get("sato", "/acts")["acts"][-1]["value"] == "F2 3"
    gone = drill.post("sato", "decisions", **{**body, "incident_id": "INC-00000000"})
    assert gone.status_code == 404


def test_events_are_for_the_cell_that_they_are_about(drill: LiveHouse) -> None:
    def heard(name: str, cell: str) -> list[str]:
        with drill.play.floor.subscribe(drill.house.audiences[name], 0, cell=cell) as listening:
            return [e.subject for e in listening.take() if e.kind.value == "exercise"]

    of_all = heard("umpire", EVERY_CELL)
    assert of_all.count("question") == 5  # one of blue, one of green, one of all three
    assert heard("sato", "blue").count("question") == 2
    assert heard("kim", "green").count("act") < of_all.count("act")
    assert "script" not in heard("kim", "green")
    assert set(heard("guest", "")) <= {"state"}


def test_alone_without_accounts_one_plays_everybody(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with playing(tmp_path_factory.mktemp("alone") / "drill") as play:
        app = make_app(play.floor, exercise=play.live)
        with TestClient(app, base_url="http://127.0.0.1") as local:
            play.until(5.0)
            state = local.get(API).json()
            assert (state["is_director"], state["plays_all"], state["my_cell"]) == (
                True, True, "control",
            )  # fmt: skip
            body = {"question_id": "words-q", "value": "seen", "cell": "green"}
            assert local.post(f"{API}/answers", json=body).json()["cell"] == "green"
            wrong = local.post(f"{API}/answers", json={**body, "cell": "nobody"})
            assert wrong.status_code == 422
            added = local.post(f"{API}/injects", json={"toml": REPORT})
            assert added.status_code == 201, added.text
            script = local.get(f"{API}/script").json()
            assert [i["id"] for i in script["injects"] if i["is_added"]] == ["more"]
            assert local.post(f"{API}/end").json()["is_over"] is True
            assert local.post(f"{API}/answers", json=body).status_code == 409
            points = {"cell": "green", "question_id": "words-q", "points": 2}
            assert local.post(f"{API}/points", json=points).status_code == 201
