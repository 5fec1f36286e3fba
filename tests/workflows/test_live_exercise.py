"""An exercise is played as its script says, by people who add to it, and goes on after a kill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.workflows.live_play import Play, playing, script

from hoshimori.errors import CoverageError, FormatError, SettingsError
from hoshimori.formats.space_weather import read_space_weather
from hoshimori.model.access import Audience
from hoshimori.model.floor import JobName
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rehearsals import ActKind
from hoshimori.settings import FloorSettings, MarkingSettings, NamedMarking, Settings
from hoshimori.workflows import live_acts
from hoshimori.workflows.audience import permitted
from hoshimori.workflows.exercise_skies import SkyAsked
from hoshimori.workflows.live_exercise import settings_of_exercise
from hoshimori.workflows.live_folders import LiveAsked
from hoshimori.workflows.live_weather import FILE

pytestmark = pytest.mark.xdist_group("live exercise")

REPORT = """[[inject]]
id = "more"
kind = "report"
statement = "no_answer"
parts = ["canary-one"]
source = "a partner"
grade = "C3"
text = "REPORTADDED"
begins_h = 0
is_true = false
"""
QUESTION = """[[question]]
id = "new"
due_h = 10
kind = "number"
text = { en = "How many?", ja = "いくつあるか。" }
span = [1, 2]
"""


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    with playing(tmp_path / "drill") as play:
        yield play


@pytest.fixture(scope="module")
def at_three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """One that stands at its third hour, for what must not change it."""
    with playing(tmp_path_factory.mktemp("three") / "drill") as play:
        play.until(3.0)
        yield play


def watches(play: Play) -> list[float]:
    runs = [run for run in play.floor.runs() if run.name is JobName.WATCH]
    return [round(play.live.stage.hour(run.started_utc), 6) for run in runs]


def test_it_watches_at_its_moments_pauses_jumps_and_ends(play: Play) -> None:
    play.turn()
    assert watches(play) == [0.0]
    play.turn(5 * 3600.0 / 60.0)
    assert play.at_h == pytest.approx(5.0)
    play.turn(600.0)
    assert play.at_h == 6.0  # the rest of what passed on the wall is not made up for
    assert watches(play) == [0.0, 6.0]
    play.turn(600.0)
    assert play.live.clock.moment().is_paused
    assert play.at_h == 12.0
    play.turn(600.0)
    assert play.at_h == 12.0
    play.live.set_clock(paused=False)
    play.turn(0.0)
    play.turn(600.0)
    assert play.at_h == 20.0  # the night was jumped over
    play.until(24.0)
    assert play.live.is_over
    assert watches(play) == [0.0, 6.0, 12.0, 20.0, 24.0]
    play.turn(600.0)
    assert play.at_h == 24.0


def test_the_clock_waits_for_a_machine_that_cannot_keep_up(play: Play) -> None:
    play.turn()
    play.wall[0] += 3600.0
    play.live.conductor.step()
    for _ in range(5):
        play.wall[0] += 60.0
        play.live.conductor.step()
    assert play.at_h == 6.0
    assert play.live.conductor.is_behind
    play.floor.step()
    play.live.conductor.step()
    assert not play.live.conductor.is_behind
    play.wall[0] += 60.0
    assert play.at_h == 7.0


def test_what_is_not_known_yet_is_on_no_board(play: Play) -> None:
    play.turn()
    assert "REPORTBLUE" not in [r.text for r in play.floor.view().picture.reports]
    play.until(6.5)
    assert [r.text for r in play.floor.view().picture.reports] == ["REPORTBLUE"]
    view = play.floor.view()
    assert view.picture.as_of_utc == play.live.stage.moment(6.0)
    assert (
        view.picture.history.known_utc <= np.datetime64(view.picture.as_of_utc.replace(tzinfo=None))
    ).all()
    assert view.board.reality.value == "EXERCISE"


def test_partners_watch_the_assets_of_the_script_on_a_real_sky(play: Play) -> None:
    """What catalogues they may see is open to them, and so is whom the script has them watch."""
    tree = Settings(markings=MarkingSettings(sources=(NamedMarking("open-*", "TLP:CLEAR"),)))
    seen = play.live.stage.stage.at(play.live.stage.starts_utc)
    sources = (Provenance("open-1.csv", "0" * 64, Reality.EXERCISE),)
    history = replace(
        seen.history,
        provenances=sources,
        provenance_index=np.zeros_like(seen.history.provenance_index),
    )
    picture = replace(seen, history=history, newest=history.newest())
    partner = Audience("USA", Marking(Level.GREEN))
    assert picture.assets
    assert play.live.parts().permitted(picture, partner, tree).assets == picture.assets
    assert permitted(picture, partner, tree).assets == ()


def test_white_cell_steers_the_clock_and_never_back(play: Play) -> None:
    play.turn()
    play.live.set_clock(speed=600.0, paused=True)
    play.turn(100.0)
    assert play.at_h == 0.0
    play.live.set_clock(to_h=13.0)
    play.turn()
    assert play.at_h == 13.0
    assert watches(play)[-1] == 13.0  # what lies between is there at once
    assert [q.question_id for q in play.live.asked()] == ["part-q", "time-q", "words-q"]
    for wrong in ({"to_h": 5.0}, {"to_h": 25.0}, {"speed": 0.0}, {"speed": 1e9}):
        with pytest.raises(SettingsError, match="expected"):
            play.live.set_clock(**wrong)
    assert play.live.clock.moment().speed == 600.0
    play.live.end()
    with pytest.raises(SettingsError, match="over"):
        play.live.set_clock(paused=False)


def test_answers_are_checked_by_kind_kept_and_late_not_refused(play: Play) -> None:
    live = play.live
    play.until(1.0)
    with pytest.raises(CoverageError):
        live_acts.answer(live, "blue", "part-q", "1", by="sato")
    play.until(5.0)
    for cell, question, value in (
        ("blue", "part-q", "canary-two"), ("blue", "part-q", ""), ("green", "time-q", "noon"),
        ("green", "words-q", "  "),
    ):  # fmt: skip
        with pytest.raises(FormatError, match="expected"):
            live_acts.answer(live, cell, question, value, by="x")
    for cell, question in (("green", "part-q"), ("blue", "time-q"), ("control", "words-q")):
        with pytest.raises(CoverageError):
            live_acts.answer(live, cell, question, "1", by="x")
    number = live.stage.stage.cast.numbers["canary-two"]
    first = live_acts.answer(live, "blue", "part-q", str(number), by="sato")
    assert first.act.at_utc == live.clock.now_utc()
    assert live_acts.as_scored(live, first.act).value == "canary-two"
    moment = (live.stage.starts_utc + timedelta(hours=2)).isoformat()
    time = live_acts.answer(live, "green", "time-q", moment, by="kim")
    assert float(live_acts.as_scored(live, time.act).value) == pytest.approx(2.0)
    play.until(9.5)
    late = live_acts.answer(live, "blue", "part-q", "7", by="sato")
    assert late.act.at_utc > live.stage.moment(9.0)
    assert [k.number for k in live.acts()] == [1, 2, 3]


def test_what_must_never_be_said_is_not_sent(play: Play) -> None:
    play.turn()
    live = play.live
    for text in ("This was an armed attack.", "これは武力攻撃だ"):
        with pytest.raises(FormatError, match="must not be said") as refused:
            live_acts.message(live, "blue", "green", text, by="sato")
        assert refused.value.field == "text"
    with pytest.raises(CoverageError, match="expected one of control, blue, house"):
        live_acts.message(live, "green", "nobody", "hello", by="kim")
    live_acts.message(live, "green", "blue", "We see an approach.", by="kim")
    assert [(k.act.cell, k.act.subject) for k in live.acts()] == [("green", "blue")]


def test_points_are_for_what_was_asked_and_within_its_worth(play: Play) -> None:
    play.until(5.0)
    live = play.live
    with pytest.raises(FormatError, match="expected 0 to 5"):
        live_acts.points(live, "blue", "words-q", 6.0, by="umpire")
    with pytest.raises(CoverageError):
        live_acts.points(live, "blue", "later-q", 1.0, by="umpire")
    live.end()
    with pytest.raises(SettingsError, match="over"):
        live_acts.answer(live, "blue", "words-q", "x", by="sato")
    live_acts.points(live, "blue", "words-q", 3.5, by="umpire")
    assert [k.act.kind for k in live.acts()] == [ActKind.POINTS]


def test_what_is_added_happens_and_is_kept(play: Play) -> None:
    play.until(3.0)
    kept = play.live.add(REPORT.encode(), "umpire")
    assert "at_h" in kept.toml
    assert "more" in [i.inject_id for i in play.live.scenario.injects]
    play.until(6.5)
    texts = {report.text for report in play.floor.view().picture.reports}
    assert texts == {"REPORTBLUE", "REPORTADDED"}
    play.live.add(QUESTION.encode(), "umpire")
    play.turn(1.0)
    assert "new" in [q.question_id for q in play.live.asked()]


@pytest.mark.parametrize(
    ("toml", "line", "field", "problem"),
    [
        (REPORT.replace("begins_h = 0", "at_h = 1\nbegins_h = 0"), 9, "inject[1].at_h", "is over"),
        (REPORT.replace('"C3"', '"Z9"'), 7, "inject[1].grade", "expected"),
        (REPORT.replace("canary-one", "nobody"), 5, "inject[1].parts[1]", "there is no part"),
        (REPORT.replace('"more"', '"canary-burn"'), 2, "inject[1].id", "taken by the script"),
        (REPORT.replace("source", "sauce"), 1, "inject[1].source", "is missing: who says it"),
        ('[pace]\nlength_h = 5\n', 1, "pace", "cannot be added"),
        ("", None, "", "adds nothing"),
        ("[[inject", 1, "", "not TOML"),
        (REPORT + '[[part]]\nname = "canary-one"\n', 12, "part[1].name", "taken by the script"),
    ],
)  # fmt: skip
def test_an_addition_that_is_wrong_is_told_and_changes_nothing(
    at_three: Play, toml: str, line: int | None, field: str, problem: str
) -> None:
    play = at_three
    before = play.live.stage.stage
    with pytest.raises(FormatError, match=problem) as refused:
        play.live.add(toml.encode(), "umpire")
    assert (refused.value.line, refused.value.field) == (line, field)
    assert play.live.stage.stage is before
    assert play.live.additions() == ()


def test_an_addition_that_does_not_fit_the_sky_changes_nothing(at_three: Play) -> None:
    play = at_three
    before = play.live.stage.stage
    far = b"""[[inject]]
id = "never"
kind = "approach"
part = "canary-two"
target = "canary-one"
how = "rendezvous"
takes_h = 0.1
range_km = 0.1
"""
    with pytest.raises(SettingsError, match="does not fit this sky"):
        play.live.add(far, "umpire")
    assert play.live.stage.stage is before


def test_a_kill_loses_no_act_and_repeats_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "drill"
    with playing(folder) as play:
        play.until(5.0)
        play.live.add(REPORT.encode(), "umpire")
        live_acts.message(play.live, "green", "blue", "hello", by="kim")
        at_act, acts = play.live.clock.now_utc(), play.live.acts()
        tape = play.live.stage.stage.tape
        boards = [board.as_of_utc for board in play.floor.boards()]
        # Killed: nothing is closed in order, and the clock was kept at the last act alone.
        play.live.conductor.close = lambda: None  # type: ignore[method-assign]
    with playing(folder, goes_on=True) as again:
        assert again.live.clock.now_utc() == at_act
        assert again.live.acts() == acts
        assert again.live.name == "Autumn Sky"
        same = again.live.stage.stage.tape
        assert same.truth == tape.truth
        assert np.array_equal(same.element_sets.epoch_utc, tape.element_sets.epoch_utc)
        assert np.array_equal(same.element_sets.known_utc, tape.element_sets.known_utc)
        assert same.reports == tape.reports
        again.until(13.0)
        moments = [board.as_of_utc for board in again.floor.boards()]
        assert moments[: len(boards)] == boards
        assert moments == sorted(moments)
        assert len(again.live.acts()) == len(acts)
        alerts = again.floor.runs()
        assert alerts


def test_the_same_additions_at_the_same_hours_give_the_same_tape(tmp_path: Path) -> None:
    tapes = []
    for name, turn in (("one", 7.0), ("other", 29.0)):
        with playing(tmp_path / name) as play:
            play.live.set_clock(paused=True)
            play.live.set_clock(to_h=3.0)
            play.turn(turn)  # another pace on the wall
            play.live.add(REPORT.encode(), "umpire")
            tapes.append(play.live.stage.stage.tape)
    assert tapes[0].truth == tapes[1].truth
    assert tapes[0].reports == tapes[1].reports
    assert np.array_equal(tapes[0].element_sets.epoch_utc, tapes[1].element_sets.epoch_utc)


def test_an_exercise_takes_no_feed_of_the_house() -> None:
    feeds = {"folders": ("f",), "reports": ("r",), "integrity": ("i",), "receivers": ("x",)}
    house = replace(Settings(), floor=FloorSettings(**feeds))
    floor = settings_of_exercise(house).floor
    assert not any(getattr(floor, feed) for feed in feeds)


def test_a_folder_holds_one_exercise(tmp_path: Path) -> None:
    folder = tmp_path / "drill"
    with playing(folder):
        pass
    other = replace(script(), scenario_id="another")
    asked = LiveAsked(other, SkyAsked(objects=150))
    with (
        pytest.raises(SettingsError, match="holds the exercise Autumn Sky"),
        playing(folder, asked),
    ):
        pass
    with (
        pytest.raises(SettingsError, match="no exercise was begun"),
        playing(tmp_path / "none", goes_on=True),
    ):
        pass
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(Exception, match="begins in an empty one"), playing(tmp_path / "full"):
        pass


def test_a_script_that_does_not_fit_begins_nothing(tmp_path: Path) -> None:
    asked = LiveAsked(
        replace(script(), parts=(replace(script().parts[0], norad_id=1, choice=None),)),
        SkyAsked(objects=150),
    )
    with (
        pytest.raises(SettingsError, match="does not fit this sky"),
        playing(tmp_path / "x", asked),
    ):
        pass
    assert not (tmp_path / "x").exists()


STORM = """[[inject]]
id = "storm"
kind = "storm"
at_h = 10
kp = 8.0
f107 = 200
lasts_h = 18
"""


def test_space_weather_is_known_as_it_comes(play: Play) -> None:
    def highest() -> float:
        data = (play.live.folder / FILE).read_bytes()
        weather = read_space_weather(data, Provenance(FILE, "0" * 64)).weather
        known = weather.kp[np.isfinite(weather.kp)]
        return float(known.max()) if len(known) else 0.0

    play.turn()
    assert highest() == 0.0
    play.live.add(STORM.encode(), "umpire")
    play.live.set_clock(to_h=6.0)
    play.turn()
    assert highest() < 8.0
    play.live.set_clock(to_h=20.0)
    play.turn()
    assert highest() == 8.0
    assert play.floor.settings.sources.space_weather == str(play.live.folder / FILE)


def test_over_it_stays_over_and_can_still_be_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "drill"
    with playing(folder) as play:
        play.until(1.0)
        play.live.end()
        play.turn()
    with playing(folder, goes_on=True) as again:
        again.turn(600.0)
        assert again.live.is_over
        assert again.at_h == pytest.approx(1.0, abs=1e-3)
        assert again.floor.view().board.reality.value == "EXERCISE"
        again.live.looks.look_at_all()
        assert (folder / "score.json").is_file()
        with pytest.raises(SettingsError, match="over"):
            again.live.add(REPORT.encode(), "umpire")
