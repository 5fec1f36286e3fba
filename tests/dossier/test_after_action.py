"""After-action reports: EXERCISE on every page, the same bytes, nothing unescaped."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader
from tests.exercise.test_scoring import (
    ASSET,
    EVENT,
    EXPECTED,
    MARKING,
    START,
    VISITOR,
    finding,
    look,
    rehearsal,
)

from hoshimori.dossier.language import Language
from hoshimori.dossier.marking_wording import banner_text
from hoshimori.errors import SettingsError
from hoshimori.model.assessments import Label
from hoshimori.model.finding import Interval
from hoshimori.model.incidents import Attention
from hoshimori.model.provenance import Reality
from hoshimori.model.rehearsals import ActKind, AfterAction, CellAct
from hoshimori.workflows.debriefing import debrief
from hoshimori.workflows.exercise_library import script_named
from hoshimori.workflows.rehearsal_folders import score_document
from hoshimori.workflows.rehearse import after_action

GROUPS = {"benign": Interval(0.3, 0.5, 0.7), "inspection": Interval(0.1, 0.2, 0.35)}
NEAR = finding(ASSET, VISITOR)
SCRIPT = replace(script_named("low-orbit-shadow"), expected=(EXPECTED,))
QUESTION = SCRIPT.questions[0]


def told(name: str = "watch") -> AfterAction:
    acts = (
        CellAct(
            cell=name, kind=ActKind.ANSWER, subject=QUESTION.question_id, value="<b>visitor</b>",
            at_utc=START + timedelta(hours=QUESTION.asked_h + 1.0),
        ),
        CellAct(
            cell=name, kind=ActKind.DECISION, subject=f"INC-{NEAR.finding_id}", value="watch",
            at_utc=START + timedelta(hours=30.0),
        ),
    )  # fmt: skip
    other = finding(7, 8)
    played = rehearsal(
        look(12),
        look(24, NEAR, other, attention=Attention.LOOK, groups=GROUPS, label=Label.RFI),
        event=EVENT,
    )
    return after_action(SCRIPT, replace(played, acts=acts))


@pytest.mark.parametrize("language", Language)
def test_a_page_says_exercise_and_holds_events_alarms_truth_and_cells(language: Language) -> None:
    page = debrief(SCRIPT, told(), language, "html").data.decode()
    assert debrief(SCRIPT, told(), language, "html").data.decode() == page
    text = re.sub(r"<[^>]+>", " ", page)
    assert "EXERCISE" in text
    assert SCRIPT.title[language.value] in text
    assert "INC-" not in text
    assert page.count("<svg") == 1
    assert "<b>visitor</b>" not in page
    assert "&lt;b&gt;visitor&lt;/b&gt;" in page
    for moment in ("2026-01-01T06:00Z", "2026-01-02T00:00Z", "2026-01-02T06:00Z"):
        assert moment in text
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


@pytest.mark.parametrize("language", Language)
def test_every_page_of_a_paper_says_exercise(language: Language) -> None:
    paper = debrief(SCRIPT, told(), language, "pdf")
    assert paper.name == f"EXERCISE-after-action-{language.value}.pdf"
    pages = PdfReader(io.BytesIO(paper.data)).pages
    assert len(pages) >= 2
    assert all("EXERCISE" in page.extract_text() for page in pages)


@pytest.mark.parametrize("language", Language)
def test_every_page_bears_the_marking_of_what_went_in_as_dossiers_do(language: Language) -> None:
    head = banner_text(MARKING, Reality.EXERCISE, language)
    page = debrief(SCRIPT, told(), language, "html").data.decode()
    assert page.count(head) >= 2
    paper = debrief(SCRIPT, told(), language, "pdf")
    for one in PdfReader(io.BytesIO(paper.data)).pages:
        text = "".join(one.extract_text().split())
        assert "".join(head.split()) in text


def test_the_marking_cannot_be_left_out_of_a_score() -> None:
    assert json.loads(score_document(told()))["marking"] == "TLP:AMBER//REL TO USA, JPN"


def test_other_formats_are_refused() -> None:
    with pytest.raises(SettingsError, match="html or pdf"):
        debrief(SCRIPT, told(), Language.EN, "docx")
