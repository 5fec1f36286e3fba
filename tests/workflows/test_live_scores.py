"""What came of a live exercise: the looks of the machine, what cells did, and the score of both."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.workflows.live_play import Play, playing

from hoshimori.dossier.language import Language
from hoshimori.model.rehearsals import ActKind, AnswerVerdict, Verdict
from hoshimori.workflows import live_acts
from hoshimori.workflows.live_scores import (
    as_played,
    live_rehearsal,
    report_of,
    score_page,
    told_of,
)
from hoshimori.workflows.rehearsal_folders import kept_rehearsal
from hoshimori.workflows.rehearse import moments_of, rehearse

pytestmark = pytest.mark.xdist_group("live scores")


def hours(play: Play) -> list[float]:
    return [play.live.stage.hour(look.as_of_utc) for look in live_rehearsal(play.live).looks]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scores") / "drill"


@pytest.fixture(scope="module")
def halfway(folder: Path) -> None:
    """Play seven hours, look at the first moment alone, and kill it."""
    with playing(folder) as play:
        play.turn()
        play.live.looks.look_at_all()
        play.until(7.0)
        number = play.live.stage.stage.cast.numbers["canary-two"]
        live_acts.answer(play.live, "blue", "part-q", str(number), by="sato")
        live_acts.answer(play.live, "green", "words-q", "We see a burn.", by="kim")
        incident = play.floor.view().board.incidents[0].incident_id
        live_acts.noted(
            play.live, "house", ActKind.DECISION, incident, "F2 3",
            by="duty", view=play.floor.view(),
        )  # fmt: skip
        assert hours(play) == [0.0]
        page = score_page(play.live, Language.EN)
        assert (page.looks, page.looks_owed, page.is_over) == (1, 1, False)
        assert [e["verdict"] for e in page.score["events"]] == ["not_due"]


def test_looks_that_are_owed_are_made_up_for_and_none_twice(halfway: None, folder: Path) -> None:
    with playing(folder, goes_on=True) as play:
        play.turn()
        play.live.looks.look_at_all()
        assert play.live.looks.owed() == 0
        at = hours(play)
        assert at[:2] == [0.0, 6.0]
        assert len(set(at)) == len(at)
        play.until(24.0)
        live_acts.points(play.live, "green", "words-q", 4.0, by="umpire")
        play.live.looks.look_at_all()
        told = told_of(play.live)
        (event,) = told.score.events
        assert event.verdict is Verdict.FOUND
        assert event.found_utc == play.live.stage.moment(24.0)
        cells = {cell.cell: cell for cell in told.cells}
        answers = {a.question_id: a for a in cells["blue"].answers}
        assert answers["part-q"].verdict is AnswerVerdict.RIGHT
        assert answers["words-q"].verdict is AnswerVerdict.MISSING
        assert cells["green"].points == 4.0
        assert cells["house"].decisions == 1
        html = report_of(play.live, Language.EN, "html")
        assert b"EXERCISE" in html.data
        assert report_of(play.live, Language.JA, "pdf").data.startswith(b"%PDF")


def test_the_folder_of_an_exercise_is_scored_again_as_any_rehearsal(
    halfway: None, folder: Path
) -> None:
    kept = kept_rehearsal(folder)
    with playing(folder, goes_on=True) as play:
        assert kept.rehearsal == live_rehearsal(play.live)
        assert kept.scenario == as_played(play.live)
        assert kept.told == told_of(play.live)


def test_the_machine_sees_what_it_sees_when_it_plays_alone(halfway: None, folder: Path) -> None:
    with playing(folder, goes_on=True) as play:
        live, sky = live_rehearsal(play.live), play.live.stage.sky
        alone = rehearse(
            play.live.scenario, sky.picture, sky=sky.origin, every_h=6.0, habits=sky.habits
        )
        moments = set(moments_of(play.live.scenario, sky.picture, 6.0))
        by_moment = {look.as_of_utc: look for look in alone.looks}
        shared = [look for look in live.looks if look.as_of_utc in moments]
        assert len(shared) >= 3
        for look in shared:
            assert look == by_moment[look.as_of_utc]


def test_what_the_house_decided_is_about_what_the_machine_saw(halfway: None, folder: Path) -> None:
    with playing(folder, goes_on=True) as play:
        rehearsal = live_rehearsal(play.live)
        (decision,) = [act for act in rehearsal.acts if act.kind is ActKind.DECISION]
        look = next(k for k in reversed(rehearsal.looks) if k.as_of_utc <= decision.at_utc)
        assert decision.subject in {incident.incident_id for incident in look.incidents}
