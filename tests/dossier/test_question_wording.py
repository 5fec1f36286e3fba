"""Questions and answers as people read them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hoshimori.dossier.language import Language
from hoshimori.dossier.live_rows import act_row, state_lines
from hoshimori.dossier.question_wording import answer_text
from hoshimori.model.scenarios import Question, QuestionKind

QUESTION = Question(
    question_id="first", cells=(), asked_h=1.0, due_h=2.0, kind=QuestionKind.CHOICE,
    text={"en": "What first?", "ja": "最初に何を。"},
    choices=({"en": "Wait", "ja": "待つ"}, {"en": "Ask", "ja": "尋ねる"}), right=("2",),
)  # fmt: skip
STATE = {
    "name": "Autumn Sky", "now_utc": "2026-11-01T00:00:00Z", "at_h": 0.0, "length_h": 24.0,
    "speed": 60.0, "is_director": False, "my_cell": "blue", "task": "Watch.", "read_ahead": "",
    "is_over": False, "is_paused": True, "is_behind": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "english", "japanese"),
    [("2", "Ask", "尋ねる"), ("1, 2", "Wait, Ask", "待つ、尋ねる"), ("7", "7", "7")],
)
def test_a_choice_is_told_by_its_text(value: str, english: str, japanese: str) -> None:
    assert answer_text(QUESTION, value, Language.EN) == english
    assert answer_text(QUESTION, value, Language.JA) == japanese


def test_other_answers_stand_as_they_were_given() -> None:
    number = replace(QUESTION, kind=QuestionKind.NUMBER, choices=())
    assert answer_text(number, "2", Language.EN) == "2"
    assert answer_text(None, "2", Language.EN) == "2"


def test_a_line_of_the_log_has_the_text_of_its_question() -> None:
    act = {"id": 1, "at_utc": "2026-11-01T00:00:00Z", "cell": "blue", "kind": "answer",
           "subject": "first", "about": "What first?", "value": "2", "says": "Ask"}  # fmt: skip
    row = act_row(act, Language.EN)
    assert (row.subject, row.value) == ("What first?", "Ask")
    assert act_row(act | {"about": ""}, Language.EN).subject == "first"


@pytest.mark.parametrize("language", Language)
def test_a_cell_reads_ahead_on_its_terminal(language: Language) -> None:
    assert "READ" not in "".join(state_lines(STATE, language))
    told = state_lines(STATE | {"read_ahead": "READ"}, language)
    assert told[-2] == "READ"
