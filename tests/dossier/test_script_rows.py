"""Scripts in words: every kind has its words, and a script is shown whole."""

from __future__ import annotations

from typing import get_args

import pytest

from hoshimori.dossier.language import Language, words
from hoshimori.dossier.script_rows import script_row, script_sections
from hoshimori.model.finding import Interval, kind_name
from hoshimori.model.findings import AnyFinding
from hoshimori.model.injects import INJECT_KINDS, Loss, Storm
from hoshimori.model.scenarios import (
    Choice,
    Expected,
    Pace,
    Part,
    Question,
    QuestionKind,
    Scenario,
    ScenarioKind,
    SkyKind,
)

TEXTS = {"en": "Text", "ja": "文"}
SCRIPT = Scenario(
    scenario_id="small",
    kind=ScenarioKind.LOOK_ALIKE,
    title=TEXTS,
    story=TEXTS,
    objectives=(TEXTS, TEXTS),
    source="made up",
    seed=1,
    sky=SkyKind.ANY,
    pace=Pace(length_h=36.0, pauses_h=(12.0,), jumps_h=((14.0, 20.0),)),
    starts_utc=None,
    parts=(
        Part(name="fixed", norad_id=25544, is_asset=True),
        Part(name="stage", choice=Choice(kind="rocket body", height_km=Interval(500, 550, 600))),
        Part(name="beside", choice=Choice(near="fixed", belt_deg_east=Interval(-10, 0, 10))),
        Part(name="new"),
    ),
    cells=(),
    injects=(
        Loss(inject_id="gone", at_h=3.5, part="fixed"),
        Storm(inject_id="storm", at_h=4.0, kp=7.0, f107=200.0, lasts_h=9.0),
    ),
    expected=(
        Expected(inject_id="gone", findings=("anomaly",), within_h=24.0, measures={}),
        Expected(inject_id="storm", findings=(), within_h=24.0, measures={}),
    ),
    questions=(
        Question(
            question_id="when",
            cells=(),
            asked_h=5.0,
            due_h=6.0,
            kind=QuestionKind.TIME,
            text=TEXTS,
            span=Interval(3.0, 3.5, 4.0),
        ),
    ),
)


@pytest.mark.parametrize("language", Language)
def test_every_kind_of_inject_script_and_finding_has_its_words(language: Language) -> None:
    keys = [f"script.inject.kind.{kind.replace('-', '_')}" for kind in INJECT_KINDS]
    keys += [f"script.kind.{kind.name.lower()}" for kind in ScenarioKind]
    keys += [f"kind.{kind_name(kind)}" for kind in get_args(AnyFinding)]
    assert [key for key in keys if key not in words(language)] == []


def test_a_script_is_a_row_of_a_list() -> None:
    row = script_row(SCRIPT, Language.EN)
    assert (row.script, row.title, row.kind, row.length) == (
        "small",
        "Text",
        "benign look-alike",
        "36 h",
    )
    assert row.objectives == "Text\nText"
    assert script_row(SCRIPT, Language.JA).length == "36時間"


def test_a_script_is_shown_whole_and_warns_of_its_answers() -> None:
    sections = dict(script_sections(SCRIPT, Language.EN))
    assert "Holds the answers: not for those who take part." in sections["small: Text"]
    assert sections["Clock"] == (
        "36 h in all; 60 s for one on the wall; a look every 6 h",
        "stops at 12 h",
        "goes from 14 h to 20 h at once",
    )
    assert sections["Cells"] == ("none",)
    assert sections["Parts"] == (
        "fixed: object 25544, watched over",
        "stage: a rocket body, 500 to 600 km high",
        "beside: a payload, in the belt at -10° to 10° east, nearest to fixed",
        "new: brought into being by an inject",
    )
    assert sections["What happens"] == (
        "3.5 h  gone: lost from view, fixed",
        "4 h  storm: geomagnetic storm",
    )
    assert sections["What a watch should find"] == (
        "gone: Elements missing within 24 h",
        "storm: nothing within 24 h",
    )
    assert sections["Questions"] == ("5 h to 6 h  Text", "  right: 3 to 4")
