"""A machine plays scripts alone on a small made sky: the same seed, the same bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hoshimori.errors import SettingsError
from hoshimori.model.assessments import Assessment
from hoshimori.model.finding import Interval
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rehearsals import Rehearsal, Verdict
from hoshimori.model.scenarios import Choice, Scenario
from hoshimori.settings import MarkingSettings, Settings, settings_from
from hoshimori.workflows.exercise_library import script_named
from hoshimori.workflows.exercise_skies import ExerciseSky, SkyAsked, exercise_sky
from hoshimori.workflows.inquiry import Inquiry, assessment_of
from hoshimori.workflows.rehearsal_folders import (
    ACTS,
    SCORE,
    KeptRehearsal,
    keep_rehearsal,
    kept_rehearsal,
    score_document,
)
from hoshimori.workflows.rehearse import after_action, brier_of, moments_of, rehearse, staged

SEED = 7


@pytest.fixture(scope="module")
def sky() -> ExerciseSky:
    return exercise_sky(SkyAsked(objects=400), Settings(), seed=SEED)


@pytest.fixture(scope="module")
def script() -> Scenario:
    """One of the library whose part anybody can play: a small sky has no belt to choose from."""
    script = script_named("ground-intrusion")
    anybody = tuple(replace(part, choice=Choice()) for part in script.parts)
    return replace(script, parts=anybody)


def play(script: Scenario, sky: ExerciseSky) -> Rehearsal:
    return rehearse(
        script,
        sky.picture,
        sky=sky.origin,
        settings=Settings(),
        every_h=48.0,
        habits=sky.habits,
    )


@pytest.fixture(scope="module")
def played(script: Scenario, sky: ExerciseSky) -> Rehearsal:
    return play(script, sky)


def test_the_same_seed_gives_the_same_bytes(
    script: Scenario, sky: ExerciseSky, played: Rehearsal, tmp_path: Path
) -> None:
    for name, one in (("one", played), ("other", play(script, sky))):
        keep_rehearsal(tmp_path / name, KeptRehearsal(script, one))
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "other" / file.name).read_bytes()


def test_reports_that_come_are_found_and_nothing_is_raised_beside(
    script: Scenario, played: Rehearsal
) -> None:
    score = after_action(script, played).score
    assert {e.inject_id: e.verdict for e in score.events} == {
        expected.inject_id: Verdict.FOUND for expected in script.expected
    }
    assert score.wording == 0
    assert score.failed == ()
    assert score.brier is not None
    assert brier_of([score, score]) == pytest.approx(score.brier)


def test_what_is_told_has_the_marking_of_all_that_went_in(
    script: Scenario, sky: ExerciseSky, tmp_path: Path
) -> None:
    """A made sky with the orbits of one object from an operator, and a report for one partner."""
    history = sky.picture.history
    index = (history.norad_id == history.norad_id[0]).astype(np.int32) * len(history.provenances)
    own = Provenance("operator.csv", "1" * 64, Reality.EXERCISE)
    history = replace(
        history,
        provenance_index=np.maximum(index, history.provenance_index),
        provenances=(*history.provenances, own),
    )
    picture = replace(sky.picture, history=history, newest=history.newest())
    stated = {"made_sky": "TLP:GREEN", "sources": {"operator.csv": "TLP:AMBER+STRICT//ORCON"}}
    least = settings_from(
        {"markings": {**stated, "exercise": "TLP:CLEAR//REL TO JPN, USA"}}, origin="here"
    )
    seen: list[Marking] = []

    def asked(inquiry: Inquiry, incident: Incident, **others: Any) -> Assessment:
        seen.append(others["marking"])
        return assessment_of(inquiry, incident, **others)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hoshimori.workflows.rehearse.assessment_of", asked)
        played = rehearse(script, picture, sky="x", settings=least, every_h=96.0)
    whole = "TLP:AMBER+STRICT//REL TO USA, JPN//ORCON"
    assert seen
    assert {str(one) for one in (*seen, played.marking)} == {whole}
    keep_rehearsal(tmp_path, KeptRehearsal(script, played))
    for name in ("rehearsal.json", SCORE):
        assert json.loads((tmp_path / name).read_bytes())["marking"] == whole
    assert kept_rehearsal(tmp_path).rehearsal.marking == played.marking


def test_reports_of_a_script_have_no_less_than_the_marking_of_exercises(
    script: Scenario, sky: ExerciseSky
) -> None:
    least = Marking(Level.GREEN)
    settings = Settings(markings=MarkingSettings(exercise="TLP:GREEN"))
    stage = staged(script, sky.picture, settings=settings, habits=sky.habits)
    assert stage.tape.reports
    assert all(least.is_within(report.marking) for report in stage.tape.reports)


def test_a_folder_is_scored_again_with_what_people_did(
    script: Scenario, played: Rehearsal, tmp_path: Path
) -> None:
    keep_rehearsal(tmp_path, KeptRehearsal(script, played))
    again = kept_rehearsal(tmp_path)
    assert score_document(again.told) == (tmp_path / SCORE).read_bytes()
    assert json.loads((tmp_path / SCORE).read_bytes())["reality"] == "EXERCISE"
    question = script.questions[0]
    cell = next(c.name for c in script.cells if c.kind.value == "national")
    act = {
        "cell": cell,
        "kind": "answer",
        "at_utc": played.starts_utc.isoformat(),
        "subject": question.question_id,
        "value": question.right[0] if question.right else "2",
    }
    (tmp_path / ACTS).write_text(json.dumps([act]), encoding="utf-8")
    told = kept_rehearsal(tmp_path).told
    assert next(a.value for c in told.cells if c.cell == cell for a in c.answers) == act["value"]


def test_folders_of_other_scripts_and_of_none_are_refused(
    script: Scenario, played: Rehearsal, tmp_path: Path
) -> None:
    keep_rehearsal(tmp_path, KeptRehearsal(script, played))
    other = replace(script, scenario_id="another")
    with pytest.raises(SettingsError, match="holds a rehearsal of ground-intrusion"):
        keep_rehearsal(tmp_path, KeptRehearsal(other, played))
    with pytest.raises(SettingsError, match=r"scenario\.toml"):
        kept_rehearsal(tmp_path / "nowhere")


def test_every_fact_of_every_moment_is_of_an_exercise(script: Scenario, sky: ExerciseSky) -> None:
    stage = staged(script, sky.picture, settings=Settings(), habits=sky.habits)
    for moment in moments_of(script, stage.sky, 48.0):
        for picture in (stage.at(moment), stage.without(moment)):
            assert picture.history.reality is Reality.EXERCISE
            assert all(report.reality is Reality.EXERCISE for report in picture.reports)
            assert (picture.history.known_utc <= np.datetime64(picture.as_of_utc.replace(
                tzinfo=None))).all()  # fmt: skip


def test_what_is_not_injected_is_the_same_with_and_without(
    script: Scenario, sky: ExerciseSky
) -> None:
    stage = staged(script, sky.picture, settings=Settings(), habits=sky.habits)
    (*_, end) = moments_of(script, stage.sky, 48.0)
    one, other = stage.at(end).history, stage.without(end).history
    bystanders = ~np.isin(one.norad_id, list(stage.cast.numbers.values()))
    others = ~np.isin(other.norad_id, list(stage.cast.numbers.values()))
    assert bystanders.any()
    assert (one.epoch_utc[bystanders] == other.epoch_utc[others]).all()
    assert (one.mean_motion_rev_day[bystanders] == other.mean_motion_rev_day[others]).all()


def test_moments_end_with_the_end(script: Scenario, sky: ExerciseSky) -> None:
    moments = list(moments_of(script, sky.picture, 40.0))
    hours = [(m - sky.picture.as_of_utc).total_seconds() / 3600.0 for m in moments]
    assert hours == [40.0, 80.0, script.pace.length_h]


def test_a_script_that_does_not_fit_names_part_and_constraint(
    script: Scenario, sky: ExerciseSky
) -> None:
    nowhere = Choice(height_km=Interval(1.0, 2.0, 3.0))
    unfit = replace(script, parts=(replace(script.parts[0], choice=nowhere),))
    with pytest.raises(SettingsError, match=r"no object of this sky fits height_km 1 to 3"):
        staged(unfit, sky.picture, settings=Settings(), habits=sky.habits)


def test_a_sky_too_small_or_of_an_empty_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="needs 100 or more"):
        exercise_sky(SkyAsked(objects=10), Settings(), seed=1)
    with pytest.raises(SettingsError, match="the store holds nothing"):
        exercise_sky(SkyAsked(store=tmp_path), Settings(), seed=1)
