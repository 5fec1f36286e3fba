"""A report reads as what somebody states, with source and grade, never as measured."""

from __future__ import annotations

from typing import Any

import pytest

from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.finding_measures import measures
from hoshimori.dossier.language import Language
from hoshimori.dossier.report_wording import statement_text
from hoshimori.dossier.wording import headline, kind_text, range_text, rarity_text, when
from hoshimori.model.reports import Statement

EN, JA = Language.EN, Language.JA


@pytest.mark.parametrize("language", Language)
def test_every_statement_has_words_of_its_own(language: Language) -> None:
    told = [statement_text(statement, language) for statement in Statement]
    assert len(set(told)) == len(Statement)


def test_the_headline_names_who_states_what_of_which_object(boards: Any) -> None:
    told = headline(boards.report(objects=(boards.asset,)), boards.names, EN)
    assert told == (
        "Example <Operator> states of INTELSAT 39 (44476): radio links were disturbed (B2)"
    )
    area = headline(boards.report(objects=()), boards.names, EN)
    assert area == "Example <Operator> states: radio links were disturbed (B2)"
    many = headline(boards.report(objects=(1, 2, 3, 4, 5)), {}, EN)
    assert "Object 1, Object 2, Object 3 and 2 more:" in many


@pytest.mark.parametrize("language", Language)
def test_who_states_it_and_the_grade_stand_in_headline_and_explanation(
    boards: Any, language: Language
) -> None:
    report = boards.report()
    for told in (
        headline(report, boards.names, language),
        explanation(report, boards.names, language),
    ):
        assert "Example <Operator>" in told
        assert "B2" in told


def test_the_explanation_says_that_nothing_was_measured(boards: Any) -> None:
    told = explanation(boards.report(), boards.names, EN)
    assert "It is a statement, not a measurement" in told
    assert "comparable objects show" not in told
    assert range_text(boards.report(), EN) == ""
    assert rarity_text(boards.report().base_rate, EN) == "not measured"
    assert kind_text(boards.report(), EN) == "Report"


def test_the_numbers_hold_the_words_as_said_without_signs_that_print_nothing(boards: Any) -> None:
    report = boards.report(text="as\u202e said\u3000here", reference="")
    told = {m.label: m.value for m in measures(report, boards.as_of, EN)}
    assert told["As said"] == "as said here"
    assert told["Grade (Admiralty code)"].startswith("B2 (source: usually reliable")
    assert told["Marking"] == "TLP:CLEAR"
    assert "Reference" not in told


def test_a_report_is_about_a_moment_or_a_span(boards: Any) -> None:
    moment = boards.report(end_utc=boards.as_of)
    assert when(moment, boards.as_of, EN) == "2025-03-04T00:00Z (now)"
    assert when(boards.report(), boards.as_of, EN).startswith("between 2025-03-04T00:00Z and ")
